"""The oracles: each takes a sample and says in words where a law does not hold. An empty list means that it holds.

They stand apart from the tests that draw the samples, so that each can also be shown a broken engine and must notice.
"""

import decimal
import json
import pickle
import random
from collections.abc import Iterator, Mapping
from contextlib import nullcontext
from decimal import Context, Decimal
from fractions import Fraction
from typing import Any
from unittest.mock import patch

import reference
from govrubric import CardError, Rubric, ScoreCard, TallyError, loads
from govrubric.compiled import build, function
from govrubric.formula import Add, Const, Extreme, Formula, If, Name, Round, Scale
from govrubric.numbers import ratio
from govrubric.plan import Plan
from reference import Result, evaluate
from strategies import COUNT_LIMIT, Sample

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
    """Scores outside floor and ceiling as the author wrote them; contributions outside the weight where he wrote none."""
    card, found = sample.rubric.score(sample.plain), []
    for path, item in _written_items(sample.values):
        scored = card.items[path]
        full = item.get("out_of", item["total"] if path == "" else item["weight"])
        floor, ceiling = item.get("floor", Fraction(0)), item.get("ceiling", full)
        if (floor != "none" and scored.score < floor) or (ceiling != "none" and scored.score > ceiling):
            found.append(f"{path}: {scored.score} is outside {floor} and {ceiling}")
        if "ceiling" not in item and scored.contribution > item["total" if path == "" else "weight"]:
            found.append(f"{path}: {scored.contribution} is above the weight")
        if "floor" not in item and scored.contribution < 0:
            found.append(f"{path}: {scored.contribution} is below zero")
    return found


def _written_items(item: Mapping[str, Any], path: str = "") -> Iterator[tuple[str, Mapping[str, Any]]]:
    yield path, item
    for part in item.get("items", item.get("indicators", ())):
        yield from _written_items(part, f"{path}.{part['id']}" if path else part["id"])


def rewarded_violations(sample: Sample) -> Found:
    """Scores that one more violation betters, in the item or in any above it; and others that it changes at all."""
    rubric, before = sample.rubric, sample.rubric.score(sample.plain)
    bad = {name for rule in before.rules.values() if rule.verb in ("deduct", "forfeit") for name in rule.inputs}
    found = []
    for name in sorted(bad):
        given = sample.plain.get(name, 0)
        if given is True or given == COUNT_LIMIT:
            continue
        more: Any = True if rubric.inputs[name].kind == "flag" else given + 1
        after = rubric.score(sample.plain | {name: more})
        above = {path for path in before.items if not path or name.startswith(f"{path}.")}
        for path, item in after.items.items():
            was = before.items[path]
            if item.score > was.score or item.contribution > was.contribution or (path not in above and item.score != was.score):
                found.append(f"{path}: {name} = {more} makes {was.score} into {item.score}")
        if after.total > before.total:
            found.append(f"{name} = {more} makes {before.total} into {after.total}")
    return found


def unbalanced(data: Mapping[str, Any]) -> Found:
    """Where the figures of a card's JSON do not add up; done from the digits on paper, without asking the engine."""
    found = []

    def same(path: str, what: str, stated: str, computed: Fraction) -> None:
        if Fraction(stated) != computed:
            found.append(f"{path}: {what} is {stated}, and adds up to {computed}")

    items = {item["path"]: item for item in data["items"]}
    listed = sorted(["", *(part for item in items.values() for part in item["parts"])])
    if listed != sorted(items) or len(items) != len(data["items"]):
        found.append("an item is missing, or stands twice")
    for path, item in items.items():
        weight, out_of, score = Fraction(item["weight"]), Fraction(item["out_of"]), Fraction(item["score"])
        if item["parts"]:
            base = sum((Fraction(items[part]["contribution"]) for part in item["parts"]), Fraction(0))
            base = base if item["ceiling"] is None else min(base, Fraction(item["ceiling"]))
            same(path, "base", item["base"], base if item["floor"] is None else max(base, Fraction(item["floor"])))
        balance = Fraction(item["base"])
        for rule in item["rules"]:
            raw, applied, absorbed = (Fraction(rule[what]) for what in ("raw", "applied", "absorbed"))
            same(rule["path"], "raw", rule["raw"], applied + absorbed)
            balance += applied
            same(rule["path"], "balance", rule["balance"], balance)
            if applied * raw < 0 or abs(applied) > abs(raw):
                found.append(f"{rule['path']}: {applied} was applied of {raw}")
        same(path, "score", item["score"], balance + Fraction(item["rounding"]))
        same(path, "lost", item["lost"], out_of - score)
        same(path, "contribution", item["contribution"], score * weight / out_of)
        if path == "":
            same(path, "total", data["total"], Fraction(item["contribution"]))
            same(path, "exact total", data["exact_total"], balance * weight / out_of)
    return found


def ledger_faults(sample: Sample) -> Found:
    """The same from a card's JSON, with each rounding done again; and the card's own `verify`."""
    card = sample.rubric.score(sample.dressed)
    data = json.loads(card.to_json())
    found = [*unbalanced(data), *map(str, card.verify())]
    modes = {path: item["round"] for path, item in _written_items(sample.values) if "round" in item}
    for item in data["items"]:
        before = Fraction(item["score"]) - Fraction(item["rounding"])
        share = Fraction(item["weight"]) / Fraction(item["out_of"]) if item["path"] == "" else Fraction(1)
        mode = modes.get(item["path"])
        after = before if mode is None else reference.rounded(before * share, mode["places"], mode["mode"]) / share
        if Fraction(item["score"]) != after:
            found.append(f"{item['path']}: {before} is rounded to {item['score']}, not to {after}")
    return found


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
        f"{Fraction(card.exact_total)} {Fraction(rubric.total(tally))}",
        str(checked),
        rubric.to_text(),
    )


def context_matters(sample: Sample, context: Context) -> Found:
    """Whether a decimal context of the caller's makes anything else, be it an error."""
    outside = everything(sample.fresh(), sample.dressed), everything(sample.fresh(), sample.plain)
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
    pairs += [(item._replace(rules=()), again.items[path]._replace(rules=())) for path, item in card.items.items()]
    pairs += [((*rule[:4], rule.sentence, *rule[5:9]), again.rules[path][:9]) for path, rule in card.rules.items()]
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


def evaluate_lines(plan: Plan, inputs: Mapping[str, Fraction]) -> Iterator[tuple[str, Formula, Fraction]]:
    """Every operation of every line with its value, by walking the formulas."""
    known, seen = dict(inputs), list[tuple[str, Formula, Fraction]]()

    def walk(name: str, formula: Formula) -> Fraction:
        match formula:
            case Const():
                value = formula.lo
            case Name():
                value = known[formula.name]
            case Add():
                value = sum((walk(name, term) for term in formula.terms), Fraction(0))
            case Scale():
                value = walk(name, formula.of) * formula.by
            case Extreme():
                value = (min if formula.sign == "<" else max)(walk(name, formula.a), walk(name, formula.b))
            case If():
                test, then, other = (walk(name, part) for part in (formula.test, formula.then, formula.other))
                value = then if test > 0 else other
            case Round():
                value = reference.rounded(walk(name, formula.of), formula.places, formula.mode)
            case _:
                raise AssertionError(f"the oracle does not know {type(formula).__name__}")
        seen.append((name, formula, value))
        return value

    for name, formula in plan.lines.items():
        known[name] = walk(name, formula)
    return iter(seen)


def loose_lines(sample: Sample) -> Found:
    """Operations whose value leaves their bounds or is no whole number over their denominator, or is printed as another."""
    plan = sample.rubric.plan
    exact = {one.name: Fraction(sample.tally.get(one.name, 0)) for one in plan.inputs}
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
    """What is raised for a valid tally, and totals of `total` and `score` that differ."""
    found: Found = []
    complete = {name: 0 if one.kind == "count" else False if one.kind == "flag" else Decimal(0) for name, one in sample.rubric.inputs.items()}
    most = {name: COUNT_LIMIT if one.kind == "count" else one.kind == "flag" for name, one in sample.rubric.inputs.items()}
    numbers = {name: value for name, value in sample.plain.items() if sample.rubric.inputs[name].kind == "number"}
    for tally in (sample.plain, sample.dressed, complete, most | numbers):
        try:
            card = sample.rubric.score(tally)
            total = sample.rubric.total(tally)
            everything(sample.rubric, tally)
            if tally is complete and sample.rubric.score(tally, strict=True) != card:
                found.append("strict makes another card")
        except Exception as error:
            found.append(f"{type(error).__name__}: {error} for {tally}")
        else:
            if card.total != total:
                found.append(f"{card.total} is not {total}")
    return found
