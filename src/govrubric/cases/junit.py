"""What came of suites -> JUnit XML, as build servers read it."""

from collections.abc import Iterable
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from govrubric.cases.report import failure
from govrubric.cases.suite import Tested
from govrubric.diagnostics.display import UNSAFE


def junit(done: Iterable[Tested], language: str | None) -> str:
    """A test suite for each file, a test case for each case; a file with errors has a single case with an error."""
    root = Element("testsuites")
    for one in done:
        suite, results = one
        spoken, path = language or suite.language, _safe(suite.path)
        numbers = {
            "tests": len(results) + suite.refused,
            "failures": one.failed,
            "errors": int(suite.refused),
            "skipped": 0,
        }
        of_file = SubElement(
            root,
            "testsuite",
            {"name": path, "file": path, **{key: str(value) for key, value in numbers.items()}},
        )
        if suite.refused:
            errors = [one for one in suite.found if one.severity == "error"]
            line = str(errors[0].place.line if errors[0].place else 1)
            case = SubElement(
                of_file, "testcase", {"name": errors[0].code, "classname": path, "file": path, "line": line}
            )
            text = "\n".join(error.render(spoken) for error in errors)
            SubElement(
                case, "error", message=_safe(errors[0].message(spoken)), type=errors[0].code
            ).text = _safe(text)
        for result in results:
            case = SubElement(
                of_file,
                "testcase",
                {
                    "name": _safe(result.case.name),
                    "classname": path,
                    "file": path,
                    "line": str(result.place.line),
                },
            )
            if result.found:
                first = result.found[0]
                SubElement(
                    case, "failure", message=_safe(first.message(spoken)), type=first.code
                ).text = _safe(failure(result, spoken))
    indent(root)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + tostring(root, encoding="unicode") + "\n"


def _safe(text: str) -> str:
    """Text with characters that XML does not allow, or that a reader cannot see, as escapes."""
    return UNSAFE.sub(lambda match: f"\\u{ord(match[0]):04x}", text)
