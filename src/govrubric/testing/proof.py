"""Rubric -> whether the laws of the language hold: bounds are proved, laws are tried on many tallies."""

from collections.abc import Iterator
from fractions import Fraction
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple

import hypothesis
from hypothesis import HealthCheck, Phase, Verbosity, given, settings
from hypothesis.configuration import set_hypothesis_home_dir

from govrubric.plan.planner import PlannedItem
from govrubric.rubric import Rubric
from govrubric.testing.breach import Breach
from govrubric.testing.laws import LAWS, Law, failed
from govrubric.testing.strategies.tally import alone, tallies

ZERO = Fraction(0)
EXAMPLES = 200
SEED = 0


class Interval(NamedTuple):
    """The interval that an item's score never leaves, by interval arithmetic alone.

    `kept`: the interval lies within floor and ceiling. `may_lack`: the item may have no score, since it may
    not apply or be void; the interval then holds the 0 that stands for no score.
    """

    item: PlannedItem
    low: Fraction
    high: Fraction
    kept: bool
    may_lack: bool = False


def intervals(rubric: Rubric) -> tuple[Interval, ...]:
    """The least and the greatest score of each item, over every tally."""
    found = []
    for item in rubric._plan.items:
        score, lines = rubric._plan.lines[item.line("score")], rubric._plan.lines
        # An item that does not apply, or is void, has the score 0 in the formula, whatever its bounds.
        nothing = (ZERO,) if lines[item.line("applies")].lo < 1 or lines[item.line("void")].hi > 0 else ()
        above = item.floor is None or score.lo >= min((item.floor, *nothing))
        below = item.ceiling is None or score.hi <= max((item.ceiling, *nothing))
        found.append(Interval(item, score.lo, score.hi, above and below, bool(nothing)))
    return tuple(found)


def check_law(rubric: Rubric, law: Law, *, examples: int = EXAMPLES, seed: int = SEED) -> int:
    """Try a law on `examples` random tallies of a rubric -> the number of tallies; a seed fixes them.

    Raises `Breach`, with the smallest tally found that breaks the law.
    """
    tried = 0

    def attempt(tally: dict[str, Any]) -> None:
        nonlocal tried
        tried += 1
        try:
            law(rubric, tally)
        except Breach as breach:
            raise breach.by(tally) from None
        except Exception as error:
            raise failed(law.__name__, error).by(tally) from error

    chosen = settings(
        max_examples=examples,
        database=None,
        deadline=None,
        derandomize=False,
        phases=(Phase.generate, Phase.shrink),
        suppress_health_check=tuple(HealthCheck),
        report_multiple_bugs=False,
        print_blob=False,
        verbosity=Verbosity.quiet,
    )
    try:
        hypothesis.seed(seed)(chosen(given(tallies(rubric))(attempt)))()
        return tried
    except Breach as breach:
        smallest = breach
    for tally in alone(rubric, dict(smallest.tally or {})):
        attempt(tally)
    raise smallest


class Tried(NamedTuple):
    """The result of a law: the number of tallies that obey it, or the breach by the smallest tally found."""

    law: str
    tallies: int
    breach: Breach | None


def tried(rubric: Rubric, *, examples: int = EXAMPLES, seed: int = SEED) -> Iterator[Tried]:
    """Try every law, in order. The folder with the files that Hypothesis writes is removed afterwards."""
    with TemporaryDirectory(prefix="govrubric-") as folder:
        set_hypothesis_home_dir(folder)
        try:
            for name, law in LAWS.items():
                try:
                    yield Tried(name, check_law(rubric, law, examples=examples, seed=seed), None)
                except Breach as breach:
                    yield Tried(name, 0, breach)
        finally:
            set_hypothesis_home_dir(None)


def check_all_laws(rubric: Rubric, *, examples: int = EXAMPLES, seed: int = SEED) -> None:
    """Check the bounds of every item, and every law of `govrubric.testing.laws`.

    Raises `Breach` at the first that does not hold.
    """
    check_bounds(rubric)
    for law in LAWS.values():
        check_law(rubric, law, examples=examples, seed=seed)


def check_bounds(rubric: Rubric) -> None:
    """Raise `Breach` unless interval arithmetic proves that each score stays within its floor and ceiling."""
    for item, low, high, kept, _ in intervals(rubric):
        if not kept:
            raise Breach.of(
                "bounds", "bounds", item.path, low=low, high=high, floor=item.floor, ceiling=item.ceiling
            )
