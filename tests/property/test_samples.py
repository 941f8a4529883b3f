"""The events that random rubrics and tallies reach; without them a law would not be tried."""

from collections import Counter
from collections.abc import Iterator

import pytest

from govrubric.language.rubric_text import parts
from govrubric.language.rules import VERBS
from govrubric.testing.strategies.authored import Authored
from reference import Result, evaluate
from reference_expressions import words
from strategies import COUNT_LIMIT, Sample, corpus

POLICIES = ("rescale", "spread", "full", "zero")
FUNCTIONS = ("min", "max", "abs", "round", "floor", "ceil", "score", "lost", "reached", "applies")
OPERATORS = ("and", "or", "not", "if", "in", "+", "-", "*", "/", "<", "<=", ">", ">=", "==", "!=")


def events(sample: Sample) -> Iterator[str]:
    """The events of a sample."""
    text, card = sample.text, sample.rubric.score(sample.plain)
    result: Result = evaluate(text, sample.tally)
    counts = [value for value in sample.tally.values() if type(value) is int]
    yield from (
        f"a count of {name}"
        for name, count in (("none", 0), ("one", 1), ("the limit", COUNT_LIMIT))
        if count in counts
    )
    yield from (
        "left out though it must be given"
        for name, input_ in sample.rubric._inputs.items()
        if input_.required and name not in sample.tally
    )
    yield "no total" if result.total is None else "a total"
    first = text.grades[0].grade if text.grades else None
    if result.grade is None:
        yield "no grade"
    else:
        yield "the first grade" if result.grade == first else "another grade"
    yield f"graded on the {text.grade_on}" if text.grades else "no ladder"
    for path, item in card.items.items():
        written = sample.rubric._items[path].item
        dropping = " without some" if written.drop else ""
        yield f"combined by {written.combine}{dropping}" if item.parts else "a leaf"
        yield f"where it counts: {item.counts}" if item.counts_when is not None else "counts always"
        if not item.applies:
            outer = [
                each for each in card.items if each and f"{path}.".startswith(f"{each}.") and each != path
            ]
            excused = {each for each in outer if sample.tally.get(f"{each}.not_applicable") is True}
            excused |= {each for each in outer if card.items[each].excused}
            if item.excused:
                yield f"absent by a condition: {item.not_applicable}"
            elif sample.tally.get(f"{path}.not_applicable") is True:
                yield f"absent by itself: {item.not_applicable}"
            else:
                yield "absent from above" if excused else "lapsed"
        yield "an extra part that gives" if item.extra and item.contribution else "no extra part"
        if item.weight is None:
            yield "no full marks, of a group" if item.parts else "no full marks"
            yield (
                "below zero without full marks" if item.score is not None and item.score < 0 else "not below"
            )
        if item.applies and item.score is not None:
            yield from (
                f"at its {name}"
                for name, bound in (("floor", item.floor), ("ceiling", item.ceiling))
                if item.score == bound
            )
        yield "rounded" if item.rounding else "not rounded"
        for gate in item.gates:
            yield f"a gate that held: {gate.held}"
            yield f"a gate that moves: {gate.effect != 0}"
        voided_here = any(gate.held and gate.voids for gate in item.gates)
        yield "void by a part alone" if item.score is None and not voided_here else "not void by a part"
        for rule in item.rules:
            for sign, there in (
                ("gives", rule.raw > 0),
                ("takes", rule.raw < 0),
                ("is absorbed in part", 0 != rule.absorbed != rule.raw),
            ):
                yield f"{rule.verb} {sign}" if there else "a rule at rest"
            yield f"when: {rule.counted}" if rule.when is not None and item.applies else "unconditional"
    yield from (
        f"shares an input: {rule.verb}" for item, _, _ in parts(text) for rule in item.rules if rule.input
    )
    for expression in authored(sample.values):
        yield from (f"in a text: {word}" for _, word in words(expression) if word in (*FUNCTIONS, *OPERATORS))


def authored(values: object) -> Iterator[str]:
    """Every condition and formula."""
    match values:
        case dict():
            for value in values.values():
                yield from authored(value)
        case list():
            for value in values:
                yield from authored(value)
        case _:
            if isinstance(values, Authored):
                yield str(values)


EXPECTED = (
    *(f"a count of {many}" for many in ("none", "one", "the limit")),
    *(
        "left out though it must be given",
        "no total",
        "the first grade",
        "another grade",
        "no grade",
        "graded on the exact",
        "graded on the rounded",
    ),
    *(f"combined by {how}{drop}" for how in ("sum", "mean", "min", "max") for drop in ("", " without some")),
    *(f"where it counts: {flag}" for flag in (True, False)),
    *(f"absent by itself: {policy}" for policy in POLICIES),
    *(f"absent by a condition: {policy}" for policy in POLICIES),
    *(
        "absent from above",
        "lapsed",
        "an extra part that gives",
        "no full marks",
        "no full marks, of a group",
        "below zero without full marks",
        "at its floor",
        "at its ceiling",
        "rounded",
        "void by a part alone",
    ),
    *(f"a gate that {what}: {flag}" for what in ("held", "moves") for flag in (True, False)),
    *(f"{verb} gives" for verb in VERBS if verb not in ("deduct", "forfeit")),
    *(f"{verb} takes" for verb in VERBS if verb not in ("award", "judge", "convert")),
    *(f"{verb} is absorbed in part" for verb in VERBS if verb != "forfeit"),
    *(f"shares an input: {verb}" for verb in VERBS if verb != "formula"),
    *(f"when: {flag}" for flag in (True, False)),
    *(f"in a text: {word}" for word in (*FUNCTIONS, *OPERATORS)),
)


@pytest.fixture(scope="module")
def seen() -> Counter[str]:
    return Counter(event for values in corpus() for event in set(events(Sample(*values))))


@pytest.mark.parametrize("event", EXPECTED)
def test_random_samples_come_to(seen: Counter[str], event: str) -> None:
    """Every verb in every direction, every policy, gates on and off, every operator: in some samples."""
    assert seen[event] > 0
