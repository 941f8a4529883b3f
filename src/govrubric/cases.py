"""Rubric x its own cases -> findings: tests that live with the rubric."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from fractions import Fraction
from typing import Any

from govrubric.diagnostics import Diagnostic, Path, TallyError, nearest
from govrubric.fields import DIGITS, kind_of
from govrubric.model import Case
from govrubric.nodes import Plain
from govrubric.numbers import NotANumber, exact, parse, written
from govrubric.rubric import Rubric

SHOWN = 12
NONE = "none"  # what a case expects of a score that a gate takes away, and of a total that is given no grade


def run(rubric: Rubric) -> Iterator[Diagnostic]:
    """Every case that does not hold, and every case that cannot be scored."""
    for index, case in enumerate(rubric.text.cases):
        yield from _run(rubric, case, ("cases", index))


def _run(rubric: Rubric, case: Case, at: Path) -> Iterator[Diagnostic]:
    try:
        card = rubric.score(case.tally.plain())
    except TallyError as error:
        yield from (replace(one, path=(*at, "tally", *one.path)) for one in error.diagnostics)
        return
    got: dict[str, Fraction | None] = {path: None if item.score is None else Fraction(item.score) for path, item in card.items.items() if path}
    got |= {path: Fraction(rule.applied) for path, rule in card.rules.items()}
    got |= {"total": None if card.total is None else Fraction(card.total)}
    for name, path, value in _flat(case.expect.plain(), "", (*at, "expect")):
        if name == "grade" and name not in got:
            if value != (card.grade or NONE):
                wanted = value if isinstance(value, str) else kind_of(value)
                yield Diagnostic.of("GR316", None, path, case=case.name, name=name, expected=wanted, got=card.grade or NONE)
        elif name not in got:
            yield Diagnostic.of("GR317", None, path, name=name, near=nearest(name, got))
        else:
            yield from _compared(case, name, path, value, got[name])


def _compared(case: Case, name: str, path: Path, value: Any, got: Fraction | None) -> Iterator[Diagnostic]:
    if isinstance(value, str) and not isinstance(value, Plain) and DIGITS.fullmatch(value):
        yield Diagnostic.of("GR208", None, path, value=value)
        return
    if value == NONE or got is None:
        if value != NONE or got is not None:
            stated = value if isinstance(value, str) else kind_of(value)
            yield Diagnostic.of("GR316", None, path, case=case.name, name=name, expected=stated, got=NONE if got is None else written(got))
        return
    try:
        # Scores may have more places than what an author decides, and whoever expects one copies it as it was shown.
        expected = parse(value, SHOWN) if isinstance(value, Plain) else exact(value)
    except NotANumber:
        yield Diagnostic.of("GR207", None, path, value=value) if isinstance(value, str) else Diagnostic.of("GR223", None, path, kind=kind_of(value))
    else:
        if expected != got:
            yield Diagnostic.of("GR316", None, path, case=case.name, name=name, expected=written(expected), got=written(got))


def _flat(expect: Mapping[str, Any], above: str, at: Path) -> Iterator[tuple[str, Path, Any]]:
    for key, value in expect.items():
        name, path = (f"{above}.{key}" if above else key), (*at, key)
        if isinstance(value, dict):
            yield from _flat(value, name, path)
        else:
            yield name, path, value
