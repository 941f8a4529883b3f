"""Rubric x case -> findings, and the card that they are about: tests that live with the rubric or beside it."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from fractions import Fraction
from typing import Any, NamedTuple

from govrubric.diagnostics.diagnostic import Diagnostic, Path, TallyError
from govrubric.diagnostics.near import nearest
from govrubric.document.nodes import Plain
from govrubric.language.cases_text import Case
from govrubric.language.fields import DIGITS, kind_of
from govrubric.numbers import NotANumber, exact, parse, written
from govrubric.rubric import Rubric
from govrubric.scoring.card import ScoreCard

SHOWN = 12
NONE = "none"  # what a case expects of a score that a gate takes away, and of a total that is given no grade


class Miss(NamedTuple):
    """An expectation that does not hold: of what, and what it came to; ``None`` for no score and no grade."""

    name: str
    got: Fraction | str | None


class Tried(NamedTuple):
    """A case that was run: its card, unless the tally was refused, every finding, and the misses by their paths."""

    card: ScoreCard | None
    found: list[Diagnostic]
    missed: dict[Path, Miss]


def run(rubric: Rubric) -> Iterator[Diagnostic]:
    """Every case of a rubric's own that does not hold, and every one that cannot be scored."""
    for index, case in enumerate(rubric.text.cases):
        yield from tried(rubric, case, ("cases", index)).found


def tried(rubric: Rubric, case: Case, at: Path) -> Tried:
    """A case, scored and compared; `at` is where it stands."""
    try:
        card = rubric.score(case.tally.plain())
    except TallyError as error:
        return Tried(None, [replace(one, path=(*at, "tally", *one.path)) for one in error.diagnostics], {})
    got: dict[str, Fraction | str | None] = {
        path: None if item.score is None else Fraction(item.score)
        for path, item in card.items.items()
        if path
    }
    got |= {path: Fraction(rule.applied) for path, rule in card.rules.items()}
    got |= {"total": None if card.total is None else Fraction(card.total)}
    graded = {"grade": card.grade} if "grade" not in got else {}
    found, missed = [], {}
    for name, path, value in _flat(case.expect.plain(), "", (*at, "expect")):
        if name not in got and name not in graded:
            found.append(Diagnostic.of("GR317", None, path, name=name, near=nearest(name, got)))
            continue
        came = graded[name] if name in graded else got[name]
        wrong = _graded(value, came) if name in graded else _scored(path, value, came)
        if isinstance(wrong, Diagnostic):
            found.append(wrong)
        elif wrong is not None:
            missed[path] = Miss(name, came)
            found.append(
                Diagnostic.of("GR316", None, path, case=case.name, name=name, expected=wrong, got=_told(came))
            )
    return Tried(card, found, missed)


def _told(came: Fraction | str | None) -> str:
    if came is None:
        return NONE
    return came if isinstance(came, str) else written(came)


def _graded(value: Any, came: Fraction | str | None) -> str | None:
    """The expected grade, in words, if it is another; ``None`` where it holds."""
    if value == _told(came):
        return None
    return value if isinstance(value, str) else kind_of(value)


def _scored(path: Path, value: Any, came: Fraction | str | None) -> str | Diagnostic | None:
    """The expected score, in words, if it is another, or what is wrong with it; ``None`` where it holds."""
    if isinstance(value, str) and not isinstance(value, Plain) and DIGITS.fullmatch(value):
        return Diagnostic.of("GR208", None, path, value=value)
    if value == NONE or came is None:
        if value == NONE and came is None:
            return None
        return value if isinstance(value, str) else kind_of(value)
    try:
        # A score may have more places than an author may write elsewhere; it is copied here as it was shown.
        expected = parse(value, SHOWN) if isinstance(value, Plain) else exact(value)
    except NotANumber:
        return (
            Diagnostic.of("GR207", None, path, value=value)
            if isinstance(value, str)
            else Diagnostic.of("GR223", None, path, kind=kind_of(value))
        )
    return None if expected == came else written(expected)


def _flat(expect: Mapping[str, Any], above: str, at: Path) -> Iterator[tuple[str, Path, Any]]:
    for key, value in expect.items():
        name, path = (f"{above}.{key}" if above else key), (*at, key)
        if isinstance(value, dict):
            yield from _flat(value, name, path)
        else:
            yield name, path, value
