"""The oracles: each takes a sample and says in words where a law does not hold. An empty list means that it holds.

They stand apart from the tests that draw the samples, so that each can also be shown a broken engine and must notice.
"""

import decimal
import pickle
from collections.abc import Mapping
from contextlib import nullcontext
from decimal import Context
from fractions import Fraction
from itertools import pairwise
from math import floor
from typing import Any
from unittest.mock import patch

from govrubric import CardError, Rubric, ScoreCard, TallyError, loads
from govrubric.formula.codegen import build, function
from govrubric.formula.nodes import Input
from govrubric.numbers import ratio
from govrubric.testing.breach import Breach
from govrubric.testing.interpreter import operations
from govrubric.testing.laws import (
    Law,
    ledger_adds_up,
    never_above_weight,
    never_below_floor,
    never_better,
    order_of_keys,
    readings_agree,
)
from govrubric.testing.strategies.tally import Tally
from reference import Result, evaluate
from reference_names import inputs_of, may_be_left_out, uses
from strategies import Sample, as_decimal

Found = list[str]


def differences(card: ScoreCard, expected: Result) -> Found:
    """Where a card and the reference differ: totals and grade, every figure of items, effects of rules and gates."""
    pairs: list[tuple[str, object, object]] = [
        ("total", card.total, expected.total),
        ("exact total", card.exact_total, expected.exact),
        ("grade", card.grade, expected.grade),
        ("items", list(card.items), list(expected.items)),
        ("rules", sorted(card.rules), sorted(expected.rules)),
        (
            "gates",
            sorted(gate.path for item in card.items.values() for gate in item.gates),
            sorted(expected.gates),
        ),
    ]
    found = [f"{what} {value}, not {wanted}" for what, value, wanted in pairs if value != wanted]
    if any(value != wanted for _, value, wanted in pairs[3:]):
        return found
    for path, item in card.items.items():
        lines: tuple[tuple[str, object, Mapping[str, object]], ...] = (
            ("score", item.score, expected.items),
            ("base", item.base, expected.bases),
            ("rounding", item.rounding, expected.roundings),
            ("lost", item.lost, expected.lost),
            ("contribution", item.contribution, expected.contributions),
            ("applies", item.applies, expected.applies),
            ("counts", item.counts, expected.counts),
        )
        found += [
            f"{path}: {what} {value}, not {all_[path]}" for what, value, all_ in lines if value != all_[path]
        ]
        for gate in item.gates:
            if (gate.held, gate.effect) != expected.gates[gate.path]:
                found.append(
                    f"{gate.path}: held {gate.held} and did {gate.effect}, not {expected.gates[gate.path]}"
                )
    for path, rule in card.rules.items():
        raw, applied = expected.rules[path]
        if (rule.raw, rule.applied, rule.absorbed, rule.counted) != (
            raw,
            applied,
            raw - applied,
            expected.counted[path],
        ):
            found.append(
                f"{path}: raw {rule.raw}, applied {rule.applied}, counted {rule.counted}, not {raw}, {applied}, {expected.counted[path]}"
            )
    return found


def disagreements_long(sample: Sample) -> Found:
    """The text is loaded and the tally is checked by name; the reference never sees either."""
    rubric, expected = loads(sample.source), evaluate(sample.text, sample.tally)
    found = differences(rubric.score(sample.dressed), expected)
    total = rubric.total(sample.dressed)
    return found if total == expected.total else [*found, f"total alone {total}, not {expected.total}"]


def disagreements_fast(sample: Sample) -> Found:
    """A dict of values alone is read at once, unless something is left out that must else be given, and comes to the same."""
    rubric, expected = sample.rubric, evaluate(sample.text, sample.tally)
    wanting = any(one.required and name not in sample.plain for name, one in rubric.inputs.items())
    with (
        nullcontext()
        if wanting
        else patch.object(Rubric, "_check", side_effect=RuntimeError("went the long way"))
    ):
        card, total = rubric.score(sample.plain), rubric.total(sample.plain)
    found = differences(card, expected)
    return found if total == expected.total else [*found, f"total alone {total}, not {expected.total}"]


def unlawful(law: Law, sample: Sample, tally: Tally) -> Found:
    """What a law says of a sample, in one form of its tally or another."""
    try:
        law(sample.rubric, tally)
    except Breach as breach:
        return [str(breach)]
    return []


def out_of_bounds(sample: Sample) -> Found:
    """Scores outside floor and ceiling as the author wrote them, and contributions outside the weight where he wrote none."""
    return unlawful(never_above_weight, sample, sample.plain) + unlawful(
        never_below_floor, sample, sample.plain
    )


def rewarded_violations(sample: Sample) -> Found:
    """Scores that one more violation betters, in the item or in any above it; and others that it changes at all."""
    return unlawful(never_better, sample, sample.plain)


def ledger_faults(sample: Sample) -> Found:
    """Figures of a card that the others do not come to on paper, each rounding done again; and what its own `verify` finds."""
    return unlawful(ledger_adds_up, sample, sample.dressed)


def differing_readings(sample: Sample) -> Found:
    """Ways to come to a figure that do not come to the same."""
    return unlawful(readings_agree, sample, sample.dressed)


def order_matters(sample: Sample) -> Found:
    """Whether another order of a tally's names, at any depth, makes another card."""
    return unlawful(order_of_keys, sample, sample.plain) + unlawful(order_of_keys, sample, sample.dressed)


def noticed_absence(sample: Sample) -> Found:
    """What an input changes that serves nothing but what does not apply: whatever its value, and given or not.

    Whether an item counts is asked of one that does not apply as well, so what a `counts_when` speaks of has a say.
    """
    free = may_be_left_out(sample.text, sample.tally) - uses(sample.text).by_counts_when
    inputs = {
        name: one
        for name, one in sample.rubric.inputs.items()
        if name in free and not name.endswith(".not_applicable")
    }
    given = {name: value for name, value in sample.plain.items() if name not in inputs}
    scored = [_scores(sample.rubric.score(given | values)) for values in ({}, *map(dict, ends(inputs)))]
    return [f"{one} became {other}" for one, other in pairwise(scored) if one != other]


def _scores(card: ScoreCard) -> tuple[object, ...]:
    rules = [(rule.path, rule.raw, rule.applied, rule.counted) for rule in card.rules.values()]
    return card.total, card.grade, [item._replace(rules=()) for item in card.items.values()], rules


def ends(inputs: Mapping[str, Input]) -> tuple[dict[str, Any], dict[str, Any]]:
    """The least and the greatest that may be given; a choice has a first and a last name."""
    least: dict[str, Any] = {}
    most: dict[str, Any] = {}
    for name, one in inputs.items():
        step = one.step or Fraction(1, one.den)
        ends: tuple[Any, Any] = int(one.lo), int(one.hi)
        if one.kind == "flag":
            ends = False, True
        elif one.kind == "choice":
            ends = one.options[0], one.options[-1]
        elif one.kind == "number":
            ends = as_decimal(one.lo, one.places), as_decimal(floor(one.hi / step) * step, one.places)
        least[name], most[name] = ends
    return least, most


def everything(rubric: Rubric, tally: Mapping[str, Any]) -> tuple[str, ...]:
    """All that can be had of a rubric and a tally, as text."""
    card = rubric.score(tally, unit="u1", name="单位")
    again = ScoreCard.from_json(card.to_json())
    checked = (*card.verify(rubric), *again.verify(rubric))
    return (
        card.to_json(),
        again.to_json(),
        card.explain("zh"),
        card.explain("en"),
        repr(card),
        f"{card.exact_total} {rubric.total(tally)} {card.grade}",
        str(checked),
        rubric.to_text(),
    )


def context_matters(sample: Sample, context: Context) -> Found:
    """Whether a decimal context of the caller's makes anything else, be it an error."""
    fresh = sample.fresh()
    outside = everything(fresh, sample.dressed), everything(fresh, sample.plain)
    ratio.cache_clear()  # what was computed outside is not to be remembered inside
    with decimal.localcontext(context):
        rubric = loads(sample.source)
        try:
            inside = everything(rubric, sample.dressed), everything(rubric, sample.plain)
        except ArithmeticError as error:
            return [f"{type(error).__name__} under {context}"]
        finally:
            ratio.cache_clear()
    return [
        f"{one} became {other}"
        for ways in zip(outside, inside, strict=True)
        for one, other in zip(*ways, strict=True)
        if one != other
    ]


def lost_on_the_way(sample: Sample) -> Found:
    """Where text -> rubric -> text -> rubric is not the identity."""
    first, found = loads(sample.source), []
    if first != sample.rubric or first.digest != sample.rubric.digest:
        found.append("the text was read as something else")
    other = loads(Sample(sample.values, sample.tally, sample.seed + 1).source)
    if other != first or other.digest != first.digest or other.to_text() != first.to_text():
        found.append("another layout of the same text is another rubric")
    again = loads(first.to_text())
    if (
        again != first
        or again.to_text() != first.to_text()
        or again.digest != first.digest
        or hash(again) != hash(first)
    ):
        found.append("its own text is another rubric")
    if again.score(sample.plain).to_json() != first.score(sample.plain).to_json():
        found.append("its own text scores otherwise")
    return found


def altered_on_paper(sample: Sample) -> Found:
    """What a card loses when it is written down and read again, or what `verify` finds in a card that is right."""
    card = sample.rubric.score(sample.dressed, unit="330100", name=None)
    text = card.to_json()
    again = ScoreCard.from_json(text)
    found = [] if again == card and card == again and hash(again) == hash(card) else ["another card"]
    found += [] if again.to_json() == text and again.to_dict() == card.to_dict() else ["another text"]
    pairs: list[tuple[object, object]] = [
        (card.total, again.total),
        (card.exact_total, again.exact_total),
        (card.maximum, again.maximum),
    ]
    pairs += [
        (card.unit, again.unit),
        (card.name, again.name),
        (card.assumed, again.assumed),
        (dict(card.inputs), dict(again.inputs)),
    ]
    pairs += [(card.grade, again.grade)]
    pairs += [
        (item._replace(rules=(), gates=()), again.items[path]._replace(rules=(), gates=()))
        for path, item in card.items.items()
    ]
    pairs += [
        (rule._replace(working=rule.sentence, values=()), again.rules[path])
        for path, rule in card.rules.items()
    ]
    gates = [
        (gate, other)
        for path, item in card.items.items()
        for gate, other in zip(item.gates, again.items[path].gates, strict=True)
    ]
    pairs += [(gate._replace(action=gate.sentence), other) for gate, other in gates]
    found += [f"{one} became {other}" for one, other in pairs if one != other]
    if again.explain() != card.explain():
        found.append("another explanation")
    return found + [
        str(one) for which in (card, again) for one in (*which.verify(), *which.verify(sample.rubric))
    ]


def lost_in_transit(sample: Sample) -> Found:
    """What a rubric or a card loses when it is pickled."""
    rubric, card = sample.rubric, sample.rubric.score(sample.dressed, unit="u1", name="单位")
    found = []
    for protocol in (2, pickle.HIGHEST_PROTOCOL):
        again, paper = (
            pickle.loads(pickle.dumps(rubric, protocol)),
            pickle.loads(pickle.dumps(card, protocol)),
        )
        if (again, hash(again), again.digest) != (rubric, hash(rubric), rubric.digest):
            found.append("another rubric")
        if (paper, hash(paper), paper.total) != (
            card,
            hash(card),
            card.total,
        ) or paper.explain() != card.explain():
            found.append("another card")
        if again.score(sample.dressed, unit="u1", name="单位") != card:
            found.append("the rubric scores otherwise")
    return found


def unnoticed_digit(sample: Sample, at: int, by: int) -> Found:
    """Whether a card of which one digit was changed is taken for a good one."""
    text = sample.rubric.score(sample.dressed, unit="u1").to_json()
    digits = [place for place, character in enumerate(text) if character in "0123456789"]
    place = digits[at % len(digits)]
    changed = text[:place] + str((int(text[place]) + by) % 10) + text[place + 1 :]
    try:
        card = ScoreCard.from_json(changed)
    except CardError:
        return []
    return (
        []
        if card.verify(sample.rubric)
        else [f"{text[place - 40 : place + 40]!r} became {changed[place - 40 : place + 40]!r}"]
    )


def whole_inputs(sample: Sample) -> dict[str, Fraction]:
    """Each input as a number: a flag is 0 or 1, a choice the place of its name, and what is left out what stands for it."""
    given = {**inputs_of(sample.text), **sample.tally}
    return {
        name: Fraction(one.options.index(given[name]) if one.kind == "choice" else given[name])
        for name, one in sample.rubric.inputs.items()
    }


def loose_lines(sample: Sample) -> Found:
    """Operations whose value leaves their bounds or is no whole number over their denominator, or is printed as another."""
    plan = sample.rubric.plan
    exact = whole_inputs(sample)
    found, last = [], {}
    for name, formula, value in operations(plan, exact):
        last[name] = value
        if not formula.lo <= value <= formula.hi:
            found.append(f"{name}: {value} is outside {formula.lo} and {formula.hi}")
        if (value * formula.den).denominator != 1:
            found.append(f"{name}: {value} is no whole number of 1/{formula.den}")
    parameters = {one.name: f"i{index}" for index, one in enumerate(plan.inputs)}
    printed = build(function("made", parameters, plan.lines, list(plan.lines)))(
        *(int(exact[one.name] * one.den) for one in plan.inputs)
    )
    for (name, formula), whole in zip(plan.lines.items(), printed, strict=True):
        if Fraction(whole, formula.den) != last[name]:
            found.append(f"{name}: printed as {Fraction(whole, formula.den)}, not {last[name]}")
    return found


def named(error: TallyError) -> list[str]:
    """The inputs that a refusal names, one for each finding."""
    return sorted(dict(one.args).get("name", "nothing") for one in error.diagnostics)


def as_shown(name: str) -> str:
    """A name as a message shows it: 80 characters of it at most."""
    return name if len(name) <= 80 else name[:79] + "…"


def unrefused(rubric: Rubric, tally: Mapping[str, Any], wrong: set[str]) -> Found:
    """Whether a tally in which the values of `wrong` do not fit is refused for just these, and left as it was."""
    before, found = [(key, value) for key, value in tally.items()], []
    for way in (rubric.score, rubric.total):
        try:
            way(tally)
        except TallyError as error:
            if named(error) != sorted(map(as_shown, wrong)):
                found.append(f"{named(error)} were named, not {sorted(wrong)}")
            unnamed = [
                name
                for name in wrong
                if not any(as_shown(name) in one.message("en") for one in error.diagnostics)
            ]
            found += [f"{name} stands in no message" for name in unnamed]
            if any(ord(character) < 32 and character != "\n" for character in str(error)):
                found.append("a raw control character")
            if (
                max(len(one.message(language)) for one in error.diagnostics for language in ("en", "zh"))
                > 2000
            ):
                found.append("a message of more than 2 000 characters")
        else:
            found.append(f"{[tally.get(name) for name in sorted(wrong)]!r:.200} was taken")
    after = list(tally.items())
    if len(after) != len(before) or any(
        one[0] != two[0] or one[1] is not two[1] for one, two in zip(before, after, strict=True)
    ):
        found.append("the caller's tally was changed")
    return found


def failures(sample: Sample) -> Found:
    """What is raised for a valid tally, be it at the ends of everything, and totals of `total` and `score` that differ."""
    found: Found = []
    least, most = ends(sample.rubric.inputs)
    absent = {name: True for name in most if name.endswith(".not_applicable")}
    present = dict.fromkeys(absent, False)
    for tally in (sample.plain, sample.dressed, least, most, most | present, least | absent):
        complete = tally is not sample.plain and tally is not sample.dressed
        try:
            card = sample.rubric.score(tally)
            total = sample.rubric.total(tally)
            if not complete or tally is most:
                everything(sample.rubric, tally)
            if complete and sample.rubric.score(tally, strict=True) != card:
                found.append("strict makes another card")
        except Exception as error:
            found.append(f"{type(error).__name__}: {error} for {tally}")
        else:
            if card.total != total:
                found.append(f"{card.total} is not {total}")
            if complete:
                found += differences(card, evaluate(sample.text, tally))
    return found
