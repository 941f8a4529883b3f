"""Clauses x rules -> where an amount, a direction or a unit of the text is not that of the rubric.

The plain statements of a clause are compared with the points of the rules that quote it. Only an entry under
`ambiguities` accepts a difference.

Source: language section 10, “A rubric whose text does not fit its numbers is accepted only with an entry
here”.
"""

from collections import Counter
from collections.abc import Callable, Container, Iterable, Iterator, Mapping
from fractions import Fraction

from govrubric.language.rubric_text import RubricText
from govrubric.lint.clauses.chinese import Statement, amount_of, folded, numbers_in
from govrubric.lint.clauses.quotes import Mismatch, PlacedRule, Quote, Register, quotes, unregistered
from govrubric.lint.finding import Finding
from govrubric.numbers import written
from govrubric.plan.plan import Plan

ONCE = ("一次", "只扣", "只加", "只计", "不累计", "once")
NUMERALS = frozenset("一二两三四五六七八九十半百")
TAKEN, ADDED = ("扣", "减", "take", "taken"), ("加", "奖", "得", "给", "add", "give")


def amounts(quote: Quote) -> Iterator[Mismatch]:
    """GR420 to GR422: the amounts of the clause and those of the rules are the same.

    An amount that only the clause has and one that only a rule has are one wrong number (GR420); what is left
    over is missing in the rules (GR421) or in the clause (GR422).
    """
    if not quote.effects or any(placed.unreadable for placed in quote.bearers):
        return
    if _runs_through_bands(quote):
        return
    known = Counter(amount for placed in quote.bearers for amount in (*placed.amounts, *_bounds(placed)))
    wholes = {
        number
        for placed in quote.bearers
        for number in (placed.item.full, placed.item.item.weight or placed.item.full)
    }
    only_said = [
        statement
        for statement in quote.effects
        if statement.amount not in known
        and statement.amount / statement.each not in known
        and not _follows(quote, statement, known, wholes)
    ]
    figures = quote.named | {effect.amount / effect.each for effect in quote.effects}
    only_had = [
        (placed, amount) for placed in quote.rules for amount in placed.amounts if amount not in figures
    ]
    for statement, (placed, amount) in zip(only_said, only_had, strict=False):
        shown = {"path": placed.path, "said": quote.words(statement)}
        yield Finding("GR420", placed.places[amount], placed.at, shown, see=quote.see(statement)), amount
    for statement in (*only_said[len(only_had) :], *_said_too_often(quote, known)):
        shown = {"path": quote.path, "said": quote.words(statement)}
        within = (statement.start, statement.end)
        yield Finding("GR421", quote.at, quote.at[:-1], shown, within=within), statement.amount
    if not quote.reading.vague:
        for placed, amount in only_had[len(only_said) :]:
            shown, see = {"path": placed.path}, (quote.at, 0, len(quote.clause))
            yield Finding("GR422", placed.places[amount], placed.at, shown, see=see), amount


def _runs_through_bands(quote: Quote) -> bool:
    """Whether bands have been written out for 每下降1个百分点扣0.5分: their points are not in the clause."""
    has_bands = any(
        threshold.points is not None for placed in quote.bearers for threshold in placed.thresholds
    )
    return has_bands and any(effect.repeats for effect in quote.effects)


def _bounds(placed: PlacedRule) -> Iterator[Fraction]:
    """What a clause may name besides a rule's amounts: its cap, and the bounds of the gates of its item."""
    gates = placed.item.item.gates
    numbers = [number for gate in gates for number in (gate.score, gate.at_most, gate.at_least)]
    yield from (number for number in (placed.rule.at_most, *numbers) if isinstance(number, Fraction))


def _follows(
    quote: Quote, statement: Statement, known: Iterable[Fraction], wholes: Container[Fraction]
) -> bool:
    """Whether an amount follows from others.

    按时完成的得5分 names the full marks, of which `wholes` are those that may be meant, and 逾期2天扣0.2分 twice
    what one day costs.
    """
    if statement.sign == 0 and statement.amount in wholes:
        return True
    may_be_several = statement.repeats is None and "第" not in quote.sentences[statement.start]
    return may_be_several and any(statement.amount % amount == 0 for amount in known if amount)


def _said_too_often(quote: Quote, known: Mapping[Fraction, int]) -> Iterator[Statement]:
    """The statements of an amount beyond the number of rules and levels that have it."""
    alike: dict[Fraction, list[Statement]] = {}
    for effect in quote.effects:
        if effect.sign != 0:
            alike.setdefault(effect.amount, []).append(effect)
    for amount, number in known.items():
        yield from alike.get(amount, [])[number:]


def orders(quote: Quote) -> Iterator[Mismatch]:
    """GR443: the points of levels and steps stand in the order of the clause; else two are swapped."""
    said = tuple(statement.amount for statement in quote.effects)
    for placed in quote.rules:
        had = placed.amounts
        is_swapped = said != had and sorted(said) == sorted(had) and len(set(said)) == len(said)
        is_ordered = placed.has_levels or (placed.has_steps and "第" in quote.clause)
        if is_ordered and is_swapped:
            shown = {"path": placed.path, "said": _listed(said)}
            see = (quote.at, quote.effects[0].start, quote.effects[-1].end)
            yield Finding("GR443", placed.verb, placed.at, shown, see=see), (_listed(had),)


def _listed(amounts: tuple[Fraction, ...]) -> str:
    return "、".join(map(written, amounts))


def ranges(quote: Quote) -> Iterator[Mismatch]:
    """GR420 of a range: points that are judged lie within the range of the clause, if it names just one."""
    ends = quote.reading.of("range")
    judged = [placed for placed in quote.rules if "to" in placed.ends]
    if len(ends) != 2 or len(judged) != 1:
        return
    (placed,), first, last = judged, *ends
    had = placed.ends.get("from", Fraction(0)), placed.ends["to"]
    for key, end, actual in zip(("from", "to"), ends, had, strict=True):
        if end.amount != actual:
            at = (*placed.at, key) if key in placed.ends else placed.verb
            shown = {"path": placed.path, "said": quote.clause[first.start : last.end]}
            see = (quote.at, first.start, last.end)
            yield Finding("GR420", at, placed.at, shown, see=see), actual
            return


def directions(quote: Quote) -> Iterator[Mismatch]:
    """GR423: what the clause takes is taken, and what it gives is given."""
    for statement in quote.effects:
        with_amount = [placed for placed in quote.bearers if statement.amount in placed.places]
        signed = statement.sign * statement.amount
        if statement.sign and with_amount and not any(signed in placed.points for placed in with_amount):
            direction, words = ("taken", TAKEN) if statement.sign > 0 else ("added", ADDED)
            placed = with_amount[0]
            shown = {"path": placed.path, "said": quote.words(statement), "what": direction}
            yield Finding("GR423", placed.verb, placed.at, shown, see=quote.see(statement)), words


def units(quote: Quote) -> Iterator[Mismatch]:
    """GR424 and GR425: points are for each case where the clause says so, in its unit, and else once."""
    for placed in quote.rules:
        counting = placed.rule.counting
        own = [statement for statement in quote.effects if statement.amount in placed.places]
        if counting is None or not own:
            continue
        repeats = {statement.repeats for statement in own}
        see, shown = quote.see(own[0]), {"path": placed.path, "said": quote.words(own[0])}
        if counting.per is None:
            if repeats == {True}:
                yield Finding("GR424", placed.verb, placed.at, {**shown, "what": "once"}, see=see), ONCE
            continue
        per = (*placed.at, "per")
        if repeats == {False} and "每" not in quote.clause and counting.single:
            shown["what"] = "for each case"
            yield Finding("GR424", per, placed.at, shown, see=see), (counting.per,)
        unit = _unit(counting.per)
        if (repeats == {True} and unit and not any(_is_counted_in(quote, said, unit) for said in own)) or (
            repeats == {True} and all(_is_of_several(said, counting.per) for said in own)
        ):
            yield Finding("GR425", per, placed.at, shown, see=see), (counting.per,)


def _is_of_several(statement: Statement, per: str) -> bool:
    """Whether points are for so many cases (每3例扣0.1分), and the rule takes them for each."""
    named = numbers_in(per) | {amount_of(per[:1]) if per[:1] in NUMERALS else None}
    return statement.each != 1 and statement.each not in named


def _unit(per: str) -> str:
    """The unit of a rule without 每 and 一, which a clause may leave out; empty where it is not in Chinese."""
    unit = folded(per).lstrip("每一1")
    return unit if any("\u4e00" <= character <= "\u9fff" for character in unit) else ""


def _is_counted_in(quote: Quote, statement: Statement, unit: str) -> bool:
    """Whether a statement counts in the unit: after 每, where 日 and 天 are the same, or anywhere before it."""
    if unit.replace("日", "天") in statement.unit.replace("日", "天"):
        return True
    if len(unit) > 1 and quote.folded.find(unit, 0, statement.end) >= 0:
        return True
    return any(part in statement.unit for part in unit.split("/"))


CHECKS: tuple[Callable[[Quote], Iterator[Mismatch]], ...] = (amounts, orders, ranges, directions, units)


def findings(text: RubricText, plan: Plan) -> Iterator[Finding]:
    """Every clause whose amounts, directions or units are not those of its rules."""
    register = Register(text)
    for quote in quotes(text, plan):
        for check in CHECKS:
            yield from unregistered(register, quote, check(quote))
