"""The oracles: each takes a sample and says in words where a law does not hold. An empty list means that it holds.

They stand apart from the tests that draw the samples, so that each can also be shown a broken engine and must notice.
"""

import decimal
import json
import operator
import pickle
import random
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import nullcontext
from decimal import Context
from fractions import Fraction
from itertools import pairwise
from math import floor
from typing import Any
from unittest.mock import patch

import reference
from govrubric import CardError, Rubric, ScoreCard, TallyError, loads
from govrubric.compiled import build, function
from govrubric.formula import Absolute, Add, Chain, Const, Extreme, Formula, If, Input, Logic, Name, Quotient, Ranked, Round, Scale, Times
from govrubric.numbers import ratio
from govrubric.plan import Plan
from reference import Result, evaluate
from reference_names import inputs_of, may_be_left_out, uses
from strategies import COUNT_LIMIT, Sample, as_decimal

Found = list[str]


def differences(card: ScoreCard, expected: Result) -> Found:
    """Where a card and the reference differ: totals and grade, every figure of items, effects of rules and gates."""
    pairs: list[tuple[str, object, object]] = [
        ("total", card.total, expected.total),
        ("exact total", card.exact_total, expected.exact),
        ("grade", card.grade, expected.grade),
        ("items", list(card.items), list(expected.items)),
        ("rules", sorted(card.rules), sorted(expected.rules)),
        ("gates", sorted(gate.path for item in card.items.values() for gate in item.gates), sorted(expected.gates)),
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
        found += [f"{path}: {what} {value}, not {all_[path]}" for what, value, all_ in lines if value != all_[path]]
        for gate in item.gates:
            if (gate.held, gate.effect) != expected.gates[gate.path]:
                found.append(f"{gate.path}: held {gate.held} and did {gate.effect}, not {expected.gates[gate.path]}")
    for path, rule in card.rules.items():
        raw, applied = expected.rules[path]
        if (rule.raw, rule.applied, rule.absorbed, rule.counted) != (raw, applied, raw - applied, expected.counted[path]):
            found.append(f"{path}: raw {rule.raw}, applied {rule.applied}, counted {rule.counted}, not {raw}, {applied}, {expected.counted[path]}")
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
    with nullcontext() if wanting else patch.object(Rubric, "_check", side_effect=RuntimeError("went the long way")):
        card, total = rubric.score(sample.plain), rubric.total(sample.plain)
    found = differences(card, expected)
    return found if total == expected.total else [*found, f"total alone {total}, not {expected.total}"]


def out_of_bounds(sample: Sample) -> Found:
    """Scores outside floor and ceiling as the author wrote them; contributions outside the weight where he wrote none.

    An item that does not apply, and one without a score, has nothing to bound but its contribution.
    """
    card, found = sample.rubric.score(sample.plain), []
    for path, item in _written_items(sample.values):
        scored = card.items[path]
        weight = item["total" if path == "" else "weight"]
        full = item.get("out_of", weight)
        more = sum((part["weight"] for part in item.get("items", item.get("indicators", ())) if "extra" in part), Fraction(0))
        floor, ceiling = item.get("floor", Fraction(0)), item.get("ceiling", full + more)
        if scored.score is None or scored.contribution is None:
            continue
        if scored.applies and ((floor != "none" and scored.score < floor) or (ceiling != "none" and scored.score > ceiling)):
            found.append(f"{path}: {scored.score} is outside {floor} and {ceiling}")
        if ("ceiling" not in item or not scored.applies) and scored.contribution > weight * (full + more) / full:
            found.append(f"{path}: {scored.contribution} is above the weight")
        if ("floor" not in item or not scored.applies) and scored.contribution < 0:
            found.append(f"{path}: {scored.contribution} is below zero")
    return found


def _written_items(item: Mapping[str, Any], path: str = "") -> Iterator[tuple[str, Mapping[str, Any]]]:
    yield path, item
    for part in item.get("items", item.get("indicators", ())):
        yield from _written_items(part, f"{path}.{part['id']}" if path else part["id"])


def rewarded_violations(sample: Sample) -> Found:
    """Scores that one more violation betters, in the item or in any above it; and others that it changes at all.

    The language promises it of a count or flag that only one rule reads and no condition or formula, while none asks for the
    score of an item at or above it either: else an author may write whatever he likes.
    """
    rubric, before = sample.rubric, sample.rubric.score(sample.plain)
    used = uses(sample.text)
    readers = Counter(name for rule in before.rules.values() for name in rule.inputs)
    bad = [(name, path) for path, rule in before.rules.items() if rule.verb in ("deduct", "forfeit") for name in rule.inputs]
    found = []
    for name, rule_path in sorted(bad):
        above = {path for path in before.items if not path or rule_path.startswith(f"{path}.")}
        given = sample.plain.get(name, 0)
        if readers[name] > 1 or name in used.by_text or above & used.asked or given is True or given == COUNT_LIMIT:
            continue
        more: Any = True if rubric.inputs[name].kind == "flag" else given + 1
        after = rubric.score(sample.plain | {name: more})
        for path, item in after.items.items():
            was = before.items[path]
            better = [new for old, new in ((was.score, item.score), (was.contribution, item.contribution)) if (new is None) != (old is None)]
            better += [
                new
                for old, new in ((was.score, item.score), (was.contribution, item.contribution))
                if new is not None and old is not None and new > old
            ]
            if better or (path not in above and item.score != was.score):
                found.append(f"{path}: {name} = {more} makes {was.score} into {item.score}")
        if after.total is not None and before.total is not None and after.total > before.total:
            found.append(f"{name} = {more} makes {before.total} into {after.total}")
    return found


ZERO = Fraction(0)
LEAVING = ("rescale", "spread")


def unbalanced(data: Mapping[str, Any]) -> Found:
    """Where the figures of a card's JSON do not add up; done from the digits on paper, without asking the engine."""
    found = []

    def same(path: str, what: str, stated: str | None, computed: Fraction | None) -> None:
        if (None if stated is None else Fraction(stated)) != computed:
            found.append(f"{path}: {what} is {stated}, and adds up to {computed}")

    items = {item["path"]: item for item in data["items"]}
    flags = {given["name"] for given in data["inputs"] if given["value"] is True}
    listed = sorted(["", *(part for item in items.values() for part in item["parts"])])
    if listed != sorted(items) or len(items) != len(data["items"]):
        found.append("an item is missing, or stands twice")
    for path, item in items.items():
        weight, out_of = Fraction(item["weight"]), Fraction(item["out_of"])
        parts = [items[part] for part in item["parts"]]
        lapsed = bool(parts) and not any(part["applies"] for part in parts if not part["extra"])
        if item["applies"] is (_excused(path, flags) or lapsed):
            found.append(f"{path}: whether it applies is {item['applies']}")
        if item["parts"] and item["applies"]:
            base = _combined(item, parts)
            base = base if item["ceiling"] is None else min(base, Fraction(item["ceiling"]))
            same(path, "base", item["base"], base if item["floor"] is None else max(base, Fraction(item["floor"])))
        balance = Fraction(item["base"])
        for rule in item["rules"]:
            raw, applied, absorbed = (Fraction(rule[what]) for what in ("raw", "applied", "absorbed"))
            same(rule["path"], "raw", rule["raw"], applied + absorbed)
            balance += applied
            same(rule["path"], "balance", rule["balance"], balance)
            if applied * raw < 0 or abs(applied) > abs(raw) or (raw != 0 and not rule["counted"]):
                found.append(f"{rule['path']}: {applied} was applied of {raw}")
        for gate in item["gates"]:
            balance += Fraction(gate["effect"])
            if not gate["held"]:
                same(gate["path"], "effect", gate["effect"], ZERO)
        if not item["applies"]:
            idle = [item[what] for what in ("base", "rounding", "score", "lost")] + [rule["raw"] for rule in item["rules"]]
            if any(one != "0" for one in idle) or any(one["held"] for one in item["gates"]) or any(one["counted"] for one in item["rules"]):
                found.append(f"{path}: it does not apply, and says {idle}")
        void_below = any(part["score"] is None and part["applies"] and part["counts"] for part in parts)
        void = item["applies"] and (void_below or any(gate["held"] and gate["voids"] for gate in item["gates"]))
        if void is (item["score"] is not None):
            found.append(f"{path}: whether it has a score is said by {item['score']}")
        if item["score"] is None:
            same(path, "lost", item["lost"], None)
            same(path, "contribution", item["contribution"], None)
            same(path, "rounding", item["rounding"], ZERO)
        else:
            score = Fraction(item["score"])
            same(path, "score", item["score"], balance + Fraction(item["rounding"]))
            same(path, "lost", item["lost"], max(ZERO, out_of - score) if item["applies"] else ZERO)
            counted = score * weight / out_of if item["applies"] else weight if _stays_full(item, flags) else ZERO
            same(path, "contribution", item["contribution"], counted if item["counts"] else ZERO)
        if path == "":
            same(path, "total", data["total"], None if item["score"] is None else Fraction(item["contribution"]))
            same(path, "exact total", data["exact_total"], None if item["score"] is None else balance * weight / out_of)
    return found


def _excused(path: str, flags: set[str]) -> bool:
    """Whether the tally says of an item, or of one above it, that it does not apply."""
    words = path.split(".")
    return any(f"{'.'.join(words[:end])}.not_applicable" in flags for end in range(1, len(words) + 1))


def _stays_full(item: Mapping[str, Any], flags: set[str]) -> bool:
    return item["not_applicable"] == "full" and not _excused(item["path"].rpartition(".")[0], flags)


def _combined(item: Mapping[str, Any], parts: Sequence[Mapping[str, Any]]) -> Fraction:
    """What the parts come to: where some leave, each that stays is weighed anew."""
    how, extra = item["combining"], sum((Fraction(part["contribution"] or 0) for part in parts if part["extra"]), ZERO)
    regular = [part for part in parts if not part["extra"]]
    gone = [part for part in regular if not part["applies"] and part["not_applicable"] in LEAVING]
    stay = [part for part in regular if part not in gone]
    values = sorted(Fraction(part["contribution"] or 0) for part in stay)
    for many, end in ((how["lowest"], 0), (how["highest"], -1)):
        for _ in range(min(many, len(values) - 1)):
            del values[end]
    if how["how"] in ("min", "max"):
        return extra + (values[0] if how["how"] == "min" else values[-1])
    base = sum(values, ZERO)
    if how["how"] == "mean":
        base /= len(values)
    elif gone:
        rescaled, spread = (sum((Fraction(part["weight"]) for part in gone if part["not_applicable"] == policy), ZERO) for policy in LEAVING)
        share = spread / sum(1 for part in stay if part["applies"])
        anew = [(Fraction(part["weight"]), Fraction(part["weight"]) + (share if part["applies"] else 0), part) for part in stay]
        full = Fraction(item["out_of"])
        base = sum((new * Fraction(part["contribution"] or 0) / old for old, new, part in anew), ZERO) * full / (full - rescaled)
    return extra + (reference.rounded(base, how["places"], how["mode"]) if gone else base)


def ledger_faults(sample: Sample) -> Found:
    """The same from a card's JSON, with each rounding done again; and the card's own `verify`."""
    card = sample.rubric.score(sample.dressed)
    data = json.loads(card.to_json())
    found = [*unbalanced(data), *map(str, card.verify())]
    modes = {path: item["round"] for path, item in _written_items(sample.values) if "round" in item}
    for item in data["items"]:
        if item["score"] is None or not item["applies"]:
            continue
        before = Fraction(item["score"]) - Fraction(item["rounding"])
        share = Fraction(item["weight"]) / Fraction(item["out_of"]) if item["path"] == "" else Fraction(1)
        mode = modes.get(item["path"])
        after = before if mode is None else reference.rounded(before * share, mode["places"], mode["mode"]) / share
        if Fraction(item["score"]) != after:
            found.append(f"{item['path']}: {before} is rounded to {item['score']}, not to {after}")
    return found


def noticed_absence(sample: Sample) -> Found:
    """What an input changes that serves nothing but what does not apply: whatever its value, and given or not.

    Whether an item counts is asked of one that does not apply as well, so what a `counts_when` speaks of has a say.
    """
    free = may_be_left_out(sample.text, sample.tally) - uses(sample.text).by_counts_when
    inputs = {name: one for name, one in sample.rubric.inputs.items() if name in free and not name.endswith(".not_applicable")}
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


def order_matters(sample: Sample, seed: int) -> Found:
    """Whether another order of a tally's names, at any depth, makes another card."""
    luck = random.Random(seed)

    def mixed(tally: Mapping[str, Any]) -> dict[str, Any]:
        pairs = [(key, mixed(value) if isinstance(value, dict) else value) for key, value in tally.items()]
        luck.shuffle(pairs)
        return dict(pairs)

    found = []
    for tally in (sample.plain, sample.dressed):
        other = mixed(tally)
        if sample.rubric.score(tally).to_json() != sample.rubric.score(other).to_json():
            found.append(f"{list(tally)} and {list(other)}")
        if sample.rubric.total(tally) != sample.rubric.total(other):
            found.append(f"the total of {list(tally)} and {list(other)}")
    return found


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
    return [f"{one} became {other}" for ways in zip(outside, inside, strict=True) for one, other in zip(*ways, strict=True) if one != other]


def lost_on_the_way(sample: Sample) -> Found:
    """Where text -> rubric -> text -> rubric is not the identity."""
    first, found = loads(sample.source), []
    if first != sample.rubric or first.digest != sample.rubric.digest:
        found.append("the text was read as something else")
    other = loads(Sample(sample.values, sample.tally, sample.seed + 1).source)
    if other != first or other.digest != first.digest or other.to_text() != first.to_text():
        found.append("another layout of the same text is another rubric")
    again = loads(first.to_text())
    if again != first or again.to_text() != first.to_text() or again.digest != first.digest or hash(again) != hash(first):
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
    pairs: list[tuple[object, object]] = [(card.total, again.total), (card.exact_total, again.exact_total), (card.maximum, again.maximum)]
    pairs += [(card.unit, again.unit), (card.name, again.name), (card.assumed, again.assumed), (dict(card.inputs), dict(again.inputs))]
    pairs += [(card.grade, again.grade)]
    pairs += [(item._replace(rules=(), gates=()), again.items[path]._replace(rules=(), gates=())) for path, item in card.items.items()]
    pairs += [(rule._replace(working=rule.sentence, values=()), again.rules[path]) for path, rule in card.rules.items()]
    gates = [(gate, other) for path, item in card.items.items() for gate, other in zip(item.gates, again.items[path].gates, strict=True)]
    pairs += [(gate._replace(action=gate.sentence), other) for gate, other in gates]
    found += [f"{one} became {other}" for one, other in pairs if one != other]
    if again.explain() != card.explain():
        found.append("another explanation")
    return found + [str(one) for which in (card, again) for one in (*which.verify(), *which.verify(sample.rubric))]


def lost_in_transit(sample: Sample) -> Found:
    """What a rubric or a card loses when it is pickled."""
    rubric, card = sample.rubric, sample.rubric.score(sample.dressed, unit="u1", name="单位")
    found = []
    for protocol in (2, pickle.HIGHEST_PROTOCOL):
        again, paper = pickle.loads(pickle.dumps(rubric, protocol)), pickle.loads(pickle.dumps(card, protocol))
        if (again, hash(again), again.digest) != (rubric, hash(rubric), rubric.digest):
            found.append("another rubric")
        if (paper, hash(paper), paper.total) != (card, hash(card), card.total) or paper.explain() != card.explain():
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
    return [] if card.verify(sample.rubric) else [f"{text[place - 40 : place + 40]!r} became {changed[place - 40 : place + 40]!r}"]


SIGNS = {"<": operator.lt, "<=": operator.le, ">": operator.gt, ">=": operator.ge, "==": operator.eq, "!=": operator.ne}


def evaluate_lines(plan: Plan, inputs: Mapping[str, Fraction]) -> Iterator[tuple[str, Formula, Fraction]]:
    """Every operation of every line with its value, by walking the formulas."""
    known, seen = dict(inputs), list[tuple[str, Formula, Fraction]]()

    def walk(name: str, formula: Formula) -> Fraction:
        parts = [walk(name, part) for part in formula.parts()]
        match formula:
            case Const():
                value = formula.lo
            case Name():
                value = known[formula.name]
            case Add():
                value = sum(parts, ZERO)
            case Scale():
                value = parts[0] * formula.by
            case Times():
                value = parts[0] * parts[1]
            case Absolute():
                value = abs(parts[0])
            case Extreme():
                value = (min if formula.sign == "<" else max)(parts)
            case Chain():
                value = Fraction(all(SIGNS[sign](one, other) for sign, one, other in zip(formula.signs, parts, parts[1:], strict=False)))
            case Logic():
                value = Fraction((all if formula.word == "and" else any)(part > 0 for part in parts))
            case If():
                value = parts[1] if parts[0] > 0 else parts[2]
            case Round():
                value = reference.rounded(parts[0], formula.places, formula.mode)
            case Quotient():
                value = reference.rounded(parts[0] / parts[1], formula.places, formula.mode)
            case Ranked():
                here = zip(parts[: len(formula.terms)], parts[len(formula.terms) :], strict=True)
                value = _ranked(formula, [term for term, flag in here if flag > 0])
            case _:
                raise AssertionError(f"the oracle does not know {type(formula).__name__}")
        seen.append((name, formula, value))
        return value

    for name, formula in plan.lines.items():
        known[name] = walk(name, formula)
    return iter(seen)


def _ranked(formula: Ranked, here: list[Fraction]) -> Fraction:
    values = sorted(here)
    for many, end in ((formula.lowest, 0), (formula.highest, -1)):
        for _ in range(min(many, len(values) - 1)):
            del values[end]
    return {"sum": sum(values, ZERO), "min": min(values, default=ZERO), "max": max(values, default=ZERO)}[formula.how]


def whole_inputs(sample: Sample) -> dict[str, Fraction]:
    """Each input as a number: a flag is 0 or 1, a choice the place of its name, and what is left out what stands for it."""
    given = {**inputs_of(sample.text), **sample.tally}
    return {name: Fraction(one.options.index(given[name]) if one.kind == "choice" else given[name]) for name, one in sample.rubric.inputs.items()}


def loose_lines(sample: Sample) -> Found:
    """Operations whose value leaves their bounds or is no whole number over their denominator, or is printed as another."""
    plan = sample.rubric.plan
    exact = whole_inputs(sample)
    found, last = [], {}
    for name, formula, value in evaluate_lines(plan, exact):
        last[name] = value
        if not formula.lo <= value <= formula.hi:
            found.append(f"{name}: {value} is outside {formula.lo} and {formula.hi}")
        if (value * formula.den).denominator != 1:
            found.append(f"{name}: {value} is no whole number of 1/{formula.den}")
    parameters = {one.name: f"i{index}" for index, one in enumerate(plan.inputs)}
    printed = build(function("made", parameters, plan.lines, list(plan.lines)))(*(int(exact[one.name] * one.den) for one in plan.inputs))
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
            unnamed = [name for name in wrong if not any(as_shown(name) in one.message("en") for one in error.diagnostics)]
            found += [f"{name} stands in no message" for name in unnamed]
            if any(ord(character) < 32 and character != "\n" for character in str(error)):
                found.append("a raw control character")
            if max(len(one.message(language)) for one in error.diagnostics for language in ("en", "zh")) > 2000:
                found.append("a message of more than 2 000 characters")
        else:
            found.append(f"{[tally.get(name) for name in sorted(wrong)]!r:.200} was taken")
    after = list(tally.items())
    if len(after) != len(before) or any(one[0] != two[0] or one[1] is not two[1] for one, two in zip(before, after, strict=True)):
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
