"""A sample -> the faults by which a law does not hold, in words; no faults mean that it holds.

These oracles are apart from the tests that draw the samples, so that a broken engine can be tried on each of
them too.
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

from govrubric import CardError, Rubric, RubricError, ScoreCard, TallyError, loads
from govrubric.formula.codegen import build, function
from govrubric.formula.nodes import Input
from govrubric.numbers import _ratio
from govrubric.testing.breach import Breach
from govrubric.testing.interpreter import ZERO, number, operations
from govrubric.testing.laws import (
    Law,
    ledger_adds_up,
    never_above_weight,
    never_below_floor,
    never_better,
    order_of_keys,
    readings_agree,
)
from govrubric.testing.strategies.tally import Tally, beside_cases
from reference import Result, evaluate, exempt
from reference_names import inputs_of, may_be_left_out, uses
from strategies import Sample, as_decimal

Faults = list[str]


def differences(card: ScoreCard, expected: Result) -> Faults:
    """The differences of a card from the reference, in totals, grade, items, rules and gates."""
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
    pairs[3:3] = [
        (path, (type(shown.value) is bool, shown.value), (type(wanted) is bool, wanted))
        for path, shown in card.values.items()
        for wanted in [expected.values[path]]
    ]
    faults = [f"{kind} {value}, not {wanted}" for kind, value, wanted in pairs if value != wanted]
    if any(value != wanted for _, value, wanted in pairs[-3:]):
        return faults
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
        for kind, value, values in lines:
            if value != values[path]:
                faults.append(f"{path}: {kind} {value}, not {values[path]}")
        for gate in item.gates:
            if (gate.held, gate.effect) != expected.gates[gate.path]:
                wanted = expected.gates[gate.path]
                faults.append(f"{gate.path}: held {gate.held} and did {gate.effect}, not {wanted}")
    for path, rule in card.rules.items():
        raw, applied = expected.rules[path]
        counted = expected.counted[path]
        if (rule.raw, rule.applied, rule.absorbed, rule.counted) != (raw, applied, raw - applied, counted):
            stated = f"raw {rule.raw}, applied {rule.applied}, counted {rule.counted}"
            faults.append(f"{path}: {stated}, not {raw}, {applied}, {counted}")
    return faults


def disagreements_long(sample: Sample) -> Faults:
    """The rubric loaded from its text, with a tally in any form, compared with the reference."""
    rubric, expected = loads(sample.source), evaluate(sample.text, sample.tally)
    faults = differences(rubric.score(sample.dressed), expected)
    total = rubric.total(sample.dressed)
    return faults if total == expected.total else [*faults, f"total alone {total}, not {expected.total}"]


def disagreements_fast(sample: Sample) -> Faults:
    """A tally of values alone, compared with the reference; if no required input is absent, the fast way."""
    rubric, expected = sample.rubric, evaluate(sample.text, sample.tally)
    absent = any(input_.required and name not in sample.plain for name, input_ in rubric._inputs.items())
    slow = patch.object(Rubric, "_check", side_effect=RuntimeError("went the long way"))
    with nullcontext() if absent else slow:
        card, total = rubric.score(sample.plain), rubric.total(sample.plain)
    faults = differences(card, expected)
    return faults if total == expected.total else [*faults, f"total alone {total}, not {expected.total}"]


def unlawful(law: Law, sample: Sample, tally: Tally) -> Faults:
    """The breach of a law by a sample, with its tally in one of its forms."""
    try:
        law(sample.rubric, tally)
    except Breach as breach:
        return [str(breach)]
    return []


def out_of_bounds(sample: Sample) -> Faults:
    """Scores outside floor and ceiling, and contributions outside the weight where no bound is written."""
    above = unlawful(never_above_weight, sample, sample.plain)
    return above + unlawful(never_below_floor, sample, sample.plain)


def rewarded_violations(sample: Sample) -> Faults:
    """Scores that one more violation makes better, and scores elsewhere that it changes."""
    return unlawful(never_better, sample, sample.plain)


def ledger_faults(sample: Sample) -> Faults:
    """Figures of a card that do not follow from the others, and the findings of `verify`."""
    return unlawful(ledger_adds_up, sample, sample.dressed)


def differing_readings(sample: Sample) -> Faults:
    """Ways to compute a figure that give different results."""
    return unlawful(readings_agree, sample, sample.dressed)


def order_matters(sample: Sample) -> Faults:
    """Cards that change with the order of a tally's names, at any depth."""
    return unlawful(order_of_keys, sample, sample.plain) + unlawful(order_of_keys, sample, sample.dressed)


def noticed_absence(sample: Sample) -> Faults:
    """Cards that change with an input that only items that do not apply use: absent, or at either end.

    An input of a `counts_when` is not among them, since `counts_when` is computed for items that do not apply
    too.
    """
    free = (
        may_be_left_out(sample.text, sample.plain, exempt(sample.text, sample.plain))
        - uses(sample.text).by_counts_when
    )
    inputs = {
        name: input_
        for name, input_ in sample.rubric._inputs.items()
        if name in free and not name.endswith(".not_applicable")
    }
    given = {name: value for name, value in sample.plain.items() if name not in inputs}
    tallies = [beside_cases(sample.rubric, given | values, lambda: ZERO) for values in ({}, *ends(inputs))]
    scored = [_scores(sample.rubric.score(tally)) for tally in tallies]
    return [f"{before} became {after}" for before, after in pairwise(scored) if before != after]


def _scores(card: ScoreCard) -> tuple[object, ...]:
    rules = [(rule.path, rule.raw, rule.applied, rule.counted) for rule in card.rules.values()]
    return card.total, card.grade, [item._replace(rules=()) for item in card.items.values()], rules


def ends(inputs: Mapping[str, Input]) -> tuple[dict[str, Any], dict[str, Any]]:
    """The least and the greatest value of each input; those of a choice are its first and its last name."""
    least: dict[str, Any] = {}
    most: dict[str, Any] = {}
    for name, input_ in inputs.items():
        ends: tuple[Any, Any] = int(input_.lo), int(input_.hi)
        if input_.kind == "flag":
            ends = False, True
        elif input_.kind == "choice":
            ends = input_.options[0], input_.options[-1]
        elif input_.kind == "number":
            step = input_.step or Fraction(1, input_.den)
            greatest = floor(input_.hi / step) * step
            ends = as_decimal(input_.lo, input_.places), as_decimal(greatest, input_.places)
        least[name], most[name] = ends
    return least, most


def everything(rubric: Rubric, tally: Mapping[str, Any]) -> tuple[str, ...]:
    """Everything that a rubric makes of a tally, as text."""
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


def context_matters(sample: Sample, context: Context) -> Faults:
    """Results that change, or errors, under a decimal context of the caller."""
    fresh = sample.fresh()
    outside = everything(fresh, sample.dressed), everything(fresh, sample.plain)
    _ratio.cache_clear()  # what was computed outside must not be cached inside
    with decimal.localcontext(context):
        rubric = loads(sample.source)
        try:
            inside = everything(rubric, sample.dressed), everything(rubric, sample.plain)
        except ArithmeticError as error:
            return [f"{type(error).__name__} under {context}"]
        finally:
            _ratio.cache_clear()
    return [
        f"{before} became {after}"
        for forms in zip(outside, inside, strict=True)
        for before, after in zip(*forms, strict=True)
        if before != after
    ]


def lost_on_the_way(sample: Sample) -> Faults:
    """Differences where text -> rubric -> text -> rubric is not the identity."""
    first, faults = loads(sample.source), []
    if first != sample.rubric or first.digest != sample.rubric.digest:
        faults.append("the text was read as something else")
    other = loads(Sample(sample.values, sample.tally, sample.seed + 1).source)
    if other != first or other.digest != first.digest or other.to_text() != first.to_text():
        faults.append("another layout of the same text is another rubric")
    try:
        again = loads(first.to_text())
    except RubricError:
        return [*faults, "its own text is refused"]
    same = (again, again.to_text(), again.digest, hash(again))
    if same != (first, first.to_text(), first.digest, hash(first)):
        faults.append("its own text is another rubric")
    if again.score(sample.plain).to_json() != first.score(sample.plain).to_json():
        faults.append("its own text scores otherwise")
    return faults


def altered_on_paper(sample: Sample) -> Faults:
    """Differences of a card that was written and read again, and findings of `verify` in a correct card."""
    card = sample.rubric.score(sample.dressed, unit="330100", name=None)
    text = card.to_json()
    again = ScoreCard.from_json(text)
    faults = [] if again == card and card == again and hash(again) == hash(card) else ["another card"]
    faults += [] if again.to_json() == text and again.to_dict() == card.to_dict() else ["another text"]
    figures = ("total", "exact_total", "maximum", "unit", "name", "assumed", "grade")
    pairs: list[tuple[object, object]] = [
        (getattr(card, figure), getattr(again, figure)) for figure in figures
    ]
    pairs.append((dict(card.inputs), dict(again.inputs)))
    pairs += [
        (item._replace(rules=(), gates=()), again.items[path]._replace(rules=(), gates=()))
        for path, item in card.items.items()
    ]
    pairs += [(card.rules, again.rules), (card.gates, again.gates)]
    faults += [f"{before} became {after}" for before, after in pairs if before != after]
    # A card that was read says so in its last line.
    if not (again.explain().startswith(card.explain()) and again.explain() != card.explain()):
        faults.append("another explanation")
    for version in (card, again):
        faults += map(str, (*version.verify(), *version.verify(sample.rubric)))
    return faults


def lost_in_transit(sample: Sample) -> Faults:
    """Differences of a rubric or a card that was pickled."""
    rubric, card = sample.rubric, sample.rubric.score(sample.dressed, unit="u1", name="单位")
    faults = []
    for protocol in (2, pickle.HIGHEST_PROTOCOL):
        rubric_again = pickle.loads(pickle.dumps(rubric, protocol))
        card_again = pickle.loads(pickle.dumps(card, protocol))
        same = (rubric_again, hash(rubric_again), rubric_again.digest)
        if same != (rubric, hash(rubric), rubric.digest):
            faults.append("another rubric")
        if (card_again, hash(card_again), card_again.total) != (card, hash(card), card.total):
            faults.append("another card")
        if card_again.explain() != card.explain():
            faults.append("another explanation")
        if rubric_again.score(sample.dressed, unit="u1", name="单位") != card:
            faults.append("the rubric scores otherwise")
    return faults


def unnoticed_digit(sample: Sample, at: int, by: int) -> Faults:
    """A card with a changed digit in which `verify` finds nothing."""
    text = sample.rubric.score(sample.dressed, unit="u1").to_json()
    digits = [place for place, character in enumerate(text) if character in "0123456789"]
    place = digits[at % len(digits)]
    changed = text[:place] + str((int(text[place]) + by) % 10) + text[place + 1 :]
    try:
        card = ScoreCard.from_json(changed)
    except CardError:
        return []
    if card.verify(sample.rubric):
        return []
    return [f"{text[place - 40 : place + 40]!r} became {changed[place - 40 : place + 40]!r}"]


def whole_inputs(sample: Sample) -> dict[str, Fraction]:
    """Each input as a number: a flag is 0 or 1, a choice is the index of its name."""
    given = {**inputs_of(sample.text), **sample.tally}
    return {name: number(input_, given[name]) for name, input_ in sample.rubric._inputs.items()}


def loose_lines(sample: Sample) -> Faults:
    """Operations that are out of bounds, not whole over their denominator, or other in generated code."""
    plan = sample.rubric._plan
    exact = whole_inputs(sample)
    faults, last = [], {}
    for name, formula, value in operations(plan, exact):
        last[name] = value
        if not formula.lo <= value <= formula.hi:
            faults.append(f"{name}: {value} is outside {formula.lo} and {formula.hi}")
        if formula.is_whole and (value * formula.den).denominator != 1:
            faults.append(f"{name}: {value} is no whole number of 1/{formula.den}")
    parameters = {input_.name: f"i{index}" for index, input_ in enumerate(plan.inputs)}
    compute = build(function("made", parameters, plan.lines, list(plan.lines)))
    results = compute(*(int(exact[input_.name] * input_.den) for input_ in plan.inputs))
    for (name, formula), whole in zip(plan.lines.items(), results, strict=True):
        if Fraction(whole, formula.den) != last[name]:
            faults.append(f"{name}: printed as {Fraction(whole, formula.den)}, not {last[name]}")
    return faults


def named(error: TallyError) -> list[str]:
    """The name of the input in each finding of a refusal."""
    return sorted(dict(finding.args).get("name", "nothing") for finding in error.diagnostics)


def as_shown(name: str) -> str:
    """A name as a message shows it: at most 80 characters."""
    return name if len(name) <= 80 else name[:79] + "…"


def unrefused(rubric: Rubric, tally: Mapping[str, Any], wrong: set[str]) -> Faults:
    """Faults in the refusal of a tally: it must name the `wrong` values, and leave the tally unchanged."""
    before = list(tally.items())
    faults = []
    for score in (rubric.score, rubric.total):
        try:
            score(tally)
        except TallyError as error:
            if named(error) != sorted(map(as_shown, wrong)):
                faults.append(f"{named(error)} were named, not {sorted(wrong)}")
            messages = [finding.message("en") for finding in error.diagnostics]
            unnamed = [name for name in wrong if not any(as_shown(name) in message for message in messages)]
            faults += [f"{name} stands in no message" for name in unnamed]
            if any(ord(character) < 32 and character != "\n" for character in str(error)):
                faults.append("a raw control character")
            messages += [finding.message("zh") for finding in error.diagnostics]
            if max(map(len, messages)) > 2000:
                faults.append("a message of more than 2 000 characters")
        else:
            faults.append(f"{[tally.get(name) for name in sorted(wrong)]!r:.200} was taken")
    if [(name, id(value)) for name, value in tally.items()] != [(name, id(value)) for name, value in before]:
        faults.append("the caller's tally was changed")
    return faults


def failures(sample: Sample) -> Faults:
    """Errors for a valid tally, also with all inputs at an end; and differences of `total` and `score`."""
    faults: Faults = []
    least, most = ends(sample.rubric._inputs)
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
                faults.append("strict makes another card")
        except Exception as error:
            faults.append(f"{type(error).__name__}: {error} for {tally}")
        else:
            if card.total != total:
                faults.append(f"{card.total} is not {total}")
            if complete:
                faults += differences(card, evaluate(sample.text, tally))
    return faults
