"""All findings -> those that are shown: at most a hundred about a file, then how many more there are."""

from collections.abc import Callable, Iterable, Iterator, Sequence

from govrubric.diagnostics.diagnostic import Diagnostic, Severity, in_file_order, more

MOST = 100  # findings about one file that are shown, the one that says how many more there are among them
BYTES = 90_000  # that they may take
_RANKS: dict[Severity, int] = {"error": 0, "warning": 1, "note": 2}


def bounded(
    findings: Iterable[Diagnostic], written: Callable[[Diagnostic], str], most: int = MOST
) -> list[Diagnostic]:
    """The findings to show, in file order, with a GR100 for each file that has more.

    Errors go before warnings, and these before notes, where not all are shown. `written` is the form in which
    findings are printed.
    """
    by_file: dict[str, list[Diagnostic]] = {}
    for finding in in_file_order(findings):
        by_file.setdefault(finding.place.file if finding.place else "", []).append(finding)
    return [finding for of_file in by_file.values() for finding in _of_file(of_file, written, most)]


def few(findings: Sequence[Diagnostic], most: int = MOST) -> Sequence[Diagnostic]:
    """The first of the findings about a value, and a GR100 for the rest."""
    return findings if len(findings) <= most else [*findings[: most - 1], more(findings[most - 1 :])]


def rendered(findings: Iterable[Diagnostic], language: str, most: int = MOST) -> str:
    """The findings to show as text, each with an empty line after it."""

    def written(finding: Diagnostic) -> str:
        return f"{finding.render(language)}\n\n"

    return "".join(map(written, bounded(findings, written, most)))


def _of_file(
    findings: list[Diagnostic], written: Callable[[Diagnostic], str], most: int
) -> Iterator[Diagnostic]:
    first = sorted(findings, key=lambda finding: _RANKS[finding.severity])[:most]
    length = 0
    shown: set[int] = set()
    for finding in first:
        length += len(written(finding).encode("utf-8", "replace"))
        if length > BYTES:
            break
        shown.add(id(finding))
    if len(shown) == len(findings):
        yield from findings
        return
    if len(shown) == most:
        shown.remove(id(first[-1]))
    yield from (finding for finding in findings if id(finding) in shown)
    yield more([finding for finding in findings if id(finding) not in shown])
