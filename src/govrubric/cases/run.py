"""Rubric x case -> findings, and the card that they are about. Cases stand in the rubric or beside it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any, NamedTuple

from govrubric.diagnostics.diagnostic import Diagnostic, Path, RubricError, TallyError
from govrubric.document.nodes import Plain
from govrubric.language.cases_text import Case
from govrubric.language.fields import DIGITS, kind_of
from govrubric.lint.patches import UnknownChoiceError
from govrubric.lint.variants import ConflictError
from govrubric.numbers import Exact, NotANumber, exact, parse, written
from govrubric.rubric import Rubric
from govrubric.scoring.card import ScoreCard
from govrubric.scoring.input_names import NearInputs

SHOWN = 12  # decimal places of a score that a case may expect
NONE = "none"  # what a case expects where a gate takes a score away, or where the total has no grade


@dataclass(frozen=True, slots=True)
class Expectation:
    """What a case expects under a name, and what it got.

    A score is an exact number and a grade is text; ``None`` is no score or no grade.
    """

    name: str
    expected: Exact | str | None
    got: Exact | str | None

    @property
    def passed(self) -> bool:
        """Whether it got what it expects."""
        return self.expected == self.got


class Miss(NamedTuple):
    """An expectation that does not hold: its name, and the result; ``None`` is no score or no grade."""

    name: str
    got: Fraction | str | None


class Tried(NamedTuple):
    """A case that was run: its card, every finding, the misses by their paths, and all that was compared.

    `card` is ``None`` where the tally was refused. An expectation that cannot be compared, as it names
    nothing or is no number, is a finding alone.
    """

    card: ScoreCard | None
    found: list[Diagnostic]
    missed: dict[Path, Miss]
    compared: tuple[Expectation, ...] = ()


def run(rubric: Rubric) -> Iterator[Diagnostic]:
    """The findings of a rubric's own cases: expectations that do not hold, and tallies that are refused."""
    near = NearInputs(rubric._inputs)
    for index, case in enumerate(rubric._text.cases):
        yield from tried(rubric, case, ("cases", index), near).found


def tried(rubric: Rubric, case: Case, at: Path, near: NearInputs) -> Tried:
    """A case, scored and compared; `at` is its path in the file, whose cases share what is `near`."""
    try:
        own = rubric._choices.of(*_named(rubric, case))
    except UnknownChoiceError as error:
        return Tried(None, [Diagnostic.of(error.code, None, (*at, *error.key), **error.shown)], {})
    except RubricError as error:
        return Tried(None, [replace(one, path=at) for one in error.diagnostics], {})
    except ConflictError:
        return Tried(None, [Diagnostic.of("GR390", None, (*at, "reading"))], {})
    try:
        search = near if own is rubric else None
        card = own._scored(case.tally.plain(), None, None, strict=False, near=search)
    except TallyError as error:
        refusals = [replace(finding, path=(*at, "tally", *finding.path)) for finding in error.diagnostics]
        return Tried(None, refusals, {})
    got: dict[str, Fraction | str | None] = {
        path: None if item.score is None else Fraction(item.score)
        for path, item in card.items.items()
        if path
    }
    got |= {path: Fraction(rule.applied) for path, rule in card.rules.items()}
    got |= {"total": None if card.total is None else Fraction(card.total)}
    shown = card.values
    got |= {path: Fraction(value.value) for path, value in shown.items() if value.kind == "number"}
    graded = {"grade": card.grade} if "grade" not in got else {}
    graded |= {path: str(value.value).lower() for path, value in shown.items() if value.kind == "flag"}
    found, missed, compared = [], {}, []
    for name, path, value in _flat(case.expect.plain(), "", (*at, "expect")):
        if name not in got and name not in graded:
            found.append(Diagnostic.of("GR317", None, path, name=name, near=near.hints.nearest(name, got)))
            continue
        result = graded[name] if name in graded else got[name]
        expected = _graded(value, result) if name in graded else _scored(path, value, result)
        if isinstance(expected, Diagnostic):
            found.append(expected)
            continue
        compared.append(Expectation(name, _value(value, name in graded), _value(result, name in graded)))
        if expected is not None:
            missed[path] = Miss(name, result)
            args = {"case": case.name, "name": name, "expected": expected, "got": _text(result)}
            found.append(Diagnostic.of("GR316", None, path, **args))
    return Tried(card, found, missed, tuple(compared))


def _named(rubric: Rubric, case: Case) -> tuple[str | None, dict[str, str]]:
    """The variant and the readings by which a case is scored: its own, or else those of the rubric."""
    chosen = rubric.chosen
    return case.variant or chosen.variant, {**dict(chosen.readings), **case.readings}


def _value(value: Any, is_grade: bool) -> Exact | str | None:
    """What is expected, or the result, as a value; of what is neither a number nor a text its kind."""
    if value is None or value == NONE:
        return None
    if isinstance(value, Fraction):
        return Exact(value)
    if not isinstance(value, str) or (isinstance(value, Plain) and not is_grade):
        try:
            return Exact(parse(value, SHOWN) if isinstance(value, Plain) else exact(value))
        except NotANumber:
            return str(value) if isinstance(value, str) else kind_of(value)
    return str(value)


def _text(result: Fraction | str | None) -> str:
    """A result as a case would expect it."""
    if result is None:
        return NONE
    return result if isinstance(result, str) else written(result)


def _graded(value: Any, result: Fraction | str | None) -> str | None:
    """The expected grade, in words, if it is not the result; ``None`` where it is."""
    if value == _text(result):
        return None
    return value if isinstance(value, str) else kind_of(value)


def _scored(path: Path, value: Any, result: Fraction | str | None) -> str | Diagnostic | None:
    """The expected score, in words, if it is not the result, or what is wrong with it; ``None`` if it is."""
    if isinstance(value, str) and not isinstance(value, Plain) and DIGITS.fullmatch(value):
        return Diagnostic.of("GR208", None, path, value=value)
    if value == NONE or result is None:
        if value == NONE and result is None:
            return None
        return value if isinstance(value, str) else kind_of(value)
    try:
        # A score is copied as it was shown, and may have more places than a number elsewhere in a rubric.
        expected = parse(value, SHOWN) if isinstance(value, Plain) else exact(value)
    except NotANumber:
        if isinstance(value, str):
            return Diagnostic.of("GR207", None, path, value=value)
        return Diagnostic.of("GR223", None, path, kind=kind_of(value))
    return None if expected == result else written(expected)


def _flat(expect: Mapping[str, Any], above: str, at: Path) -> Iterator[tuple[str, Path, Any]]:
    """Each expectation, nested or not: its dotted name, its path in the file, and the value."""
    for key, value in expect.items():
        name, path = (f"{above}.{key}" if above else key), (*at, key)
        if isinstance(value, dict):
            yield from _flat(value, name, path)
        else:
            yield name, path, value
