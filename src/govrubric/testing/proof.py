"""Rubric -> whether the laws of the language hold: bounds are proved, laws are tried on many tallies."""

from collections.abc import Iterator
from tempfile import TemporaryDirectory
from typing import Any

import hypothesis
from hypothesis import HealthCheck, Phase, Verbosity, given, settings
from hypothesis.configuration import set_hypothesis_home_dir

from govrubric.rubric import Rubric
from govrubric.testing.bounds import score_bounds
from govrubric.testing.breach import Breach
from govrubric.testing.certificate import LawResult
from govrubric.testing.laws import EXAMPLES, LAWS, SEED, Law, failed
from govrubric.testing.strategies.tally import alone, tallies


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


def tried(rubric: Rubric, *, examples: int = EXAMPLES, seed: int = SEED) -> Iterator[LawResult]:
    """Try every law, in order. The folder with the files that Hypothesis writes is removed afterwards."""
    with TemporaryDirectory(prefix="govrubric-") as folder:
        set_hypothesis_home_dir(folder)
        try:
            for name, law in LAWS.items():
                try:
                    yield LawResult(name, check_law(rubric, law, examples=examples, seed=seed))
                except Breach as breach:
                    yield LawResult(name, 0, breach.tally, breach)
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
    for bounds in score_bounds(rubric):
        if not bounds.kept:
            raise Breach.of(
                "bounds",
                "bounds",
                bounds.path,
                low=bounds.low,
                high=bounds.high,
                floor=bounds.floor,
                ceiling=bounds.ceiling,
            )
