"""Rubric -> whether the laws of the language hold of it: its bounds are proved, and each law is tried on many tallies."""

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
    """What an item's score never leaves, by interval arithmetic alone; `kept`: it lies within floor and ceiling.

    Of an item that `may_lack` a score, since it may not apply or be void, the 0 that stands for it is among what it may come to.
    """

    item: PlannedItem
    low: Fraction
    high: Fraction
    kept: bool
    may_lack: bool = False


def intervals(rubric: Rubric) -> tuple[Interval, ...]:
    """The least and the most that each item's score can come to, of every tally there is."""
    found = []
    for item in rubric.plan.items:
        score, lines = rubric.plan.lines[item.line("score")], rubric.plan.lines
        # The score of what does not apply, or is void, stands as 0 in the formula, whatever the bounds.
        nothing = (ZERO,) if lines[item.line("applies")].lo < 1 or lines[item.line("void")].hi > 0 else ()
        above = item.floor is None or score.lo >= min((item.floor, *nothing))
        below = item.ceiling is None or score.hi <= max((item.ceiling, *nothing))
        found.append(Interval(item, score.lo, score.hi, above and below, bool(nothing)))
    return tuple(found)


def check_law(rubric: Rubric, law: Law, *, examples: int = EXAMPLES, seed: int = SEED) -> int:
    """A law on so many random tallies of a rubric, the same for the same `seed` -> how many were tried.

    Raises `Breach`, with the smallest tally that was found to break the law.
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
        found = breach
    for tally in alone(rubric, dict(found.tally or {})):
        attempt(tally)
    raise found


class Tried(NamedTuple):
    """What came of a law: so many tallies obey it, or the smallest that was found to break it."""

    law: str
    tallies: int
    breach: Breach | None


def tried(rubric: Rubric, *, examples: int = EXAMPLES, seed: int = SEED) -> Iterator[Tried]:
    """Every law in turn, with what came of it; Hypothesis writes what it notes in a folder that is gone afterwards."""
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
    """The bounds of every item, and every law of `govrubric.testing.laws`; raises `Breach` at the first that does not hold."""
    check_bounds(rubric)
    for law in LAWS.values():
        check_law(rubric, law, examples=examples, seed=seed)


def check_bounds(rubric: Rubric) -> None:
    """Raises `Breach` where interval arithmetic does not prove that a score stays within floor and ceiling."""
    for one in intervals(rubric):
        if not one.kept:
            told = {"low": one.low, "high": one.high, "floor": one.item.floor, "ceiling": one.item.ceiling}
            raise Breach.of("bounds", "bounds", one.item.path, **told)
