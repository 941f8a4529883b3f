"""Results of suites -> JUnit XML, as build servers read it."""

from collections.abc import Iterable
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from govrubric.cases.report import failures
from govrubric.cases.suite import Tested
from govrubric.diagnostics.bounded import rendered
from govrubric.diagnostics.diagnostic import Diagnostic
from govrubric.diagnostics.display import escaped


def junit(suites: Iterable[Tested], language: str | None) -> str:
    """A test suite for each file, and a test case for each case.

    A file with errors has a single test case, with an error.
    """
    root = Element("testsuites")
    for tested in suites:
        suite, results = tested
        spoken, path = language or suite.language, _safe(suite.path)
        numbers = {
            "tests": len(results) + suite.refused,
            "failures": tested.failed,
            "errors": int(suite.refused),
            "skipped": 0,
        }
        of_file = SubElement(
            root,
            "testsuite",
            {"name": path, "file": path, **{key: str(value) for key, value in numbers.items()}},
        )
        if suite.refused:
            errors = [finding for finding in suite.found if finding.severity == "error"]
            line = str(errors[0].place.line if errors[0].place else 1)
            case = SubElement(
                of_file, "testcase", {"name": errors[0].code, "classname": path, "file": path, "line": line}
            )
            _add_outcome(case, "error", errors[0], rendered(errors, spoken).rstrip(), spoken)
        texts = iter(failures(results, spoken))
        for result in results:
            case = SubElement(
                of_file,
                "testcase",
                {
                    "name": _safe(result.case.name),
                    "classname": path,
                    "file": path,
                    "line": str(result.place.line if result.place else 1),
                },
            )
            if result.found:
                _add_outcome(case, "failure", result.found[0], next(texts), spoken)
    indent(root)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + tostring(root, encoding="unicode") + "\n"


def _add_outcome(case: Element, tag: str, first: Diagnostic, text: str, language: str) -> None:
    """Put an error or a failure into a test case: the `first` finding as its message, and the whole text."""
    outcome = SubElement(case, tag, message=_safe(first.message(language)), type=first.code)
    outcome.text = _safe(text)


def _safe(text: str) -> str:
    """Text with characters that XML does not allow, or that a reader cannot see, as escapes."""
    return escaped(text)
