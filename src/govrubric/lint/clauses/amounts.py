"""Clauses x rules -> where an amount, a direction or a unit of the text is not that of the rubric.

What a clause words plainly is compared with the points of the rules that quote it; a difference is accepted only by an
entry under `ambiguities`.

Source: language section 10, “A rubric whose text does not fit its numbers is accepted only with an entry here”.
"""

import re
from collections.abc import Callable, Iterator
from fractions import Fraction

from govrubric.language.rubric_text import RubricText
from govrubric.lint.clauses.chinese import Said, folded
from govrubric.lint.clauses.quotes import Found, Placed, Quoted, quoted, unregistered
from govrubric.lint.finding import Finding
from govrubric.numbers import written
from govrubric.plan.planner import Plan

ONCE = ("一次", "只扣", "只加", "只计", "不累计", "once")
TAKEN, ADDED = ("扣", "减", "take", "taken"), ("加", "奖", "得", "给", "add", "give")


def amounts(quote: Quoted) -> Iterator[Found]:
    """GR420 to GR422: each amount of the clause is one of a rule's, and each of a rule's is one of the clause."""
    if not quote.effects or any(one.unreadable for one in quote.bearers):
        return
    borne = [amount for one in quote.bearers for amount in (*one.amounts, *_others(one))]
    lost = [one for one in quote.effects if one.amount not in borne and not _follows(quote, one, borne)]
    unsaid = [
        (one, amount)
        for one in quote.rules
        for amount in one.amounts
        if amount not in quote.statements.figures
    ]
    for said, (rule, amount) in zip(lost, unsaid, strict=False):
        shown = {"path": rule.path, "said": quote.words(said)}
        yield Finding("GR420", rule.at_amount(amount), rule.at, shown, see=quote.see(said)), amount
    for said in (*lost[len(unsaid) :], *_once_more(quote, borne)):
        shown = {"path": quote.path, "said": quote.words(said)}
        yield Finding("GR421", quote.at, quote.at[:-1], shown, within=(said.start, said.end)), said.amount
    if not quote.statements.vague:
        for rule, amount in unsaid[len(lost) :]:
            shown = {"path": rule.path}
            yield (
                Finding(
                    "GR422", rule.at_amount(amount), rule.at, shown, see=(quote.at, 0, len(quote.clause))
                ),
                amount,
            )


def _others(one: Placed) -> Iterator[Fraction]:
    """Amounts that stand beside a rule's own: its cap, and what the gates of its item hold the score to."""
    gates = [number for gate in one.item.item.gates for number in (gate.score, gate.at_most, gate.at_least)]
    yield from (number for number in (one.rule.at_most, *gates) if isinstance(number, Fraction))


def _follows(quote: Quoted, said: Said, borne: list[Fraction]) -> bool:
    """Whether an amount follows from others: 按时完成的得5分 names full marks, 逾期2天扣0.2分 twice what one day costs."""
    wholes = {number for one in quote.bearers for number in (one.item.full, one.item.item.weight)}
    before = re.split("[,;。，；]", quote.clause[: said.start])[-1]
    counted = said.repeats is None and "第" not in before
    return (said.sign == 0 and said.amount in wholes) or (
        counted and any(said.amount % one == 0 for one in borne if one)
    )


def _once_more(quote: Quoted, borne: list[Fraction]) -> Iterator[Said]:
    """Statements of an amount beyond the rules and levels that have it: one of those was lost."""
    for amount in dict.fromkeys(borne):
        same = [said for said in quote.effects if said.amount == amount and said.sign != 0]
        yield from same[borne.count(amount) :]


def orders(quote: Quoted) -> Iterator[Found]:
    """GR443: levels have their points in the order of the clause, or two of them are swapped."""
    named = tuple(said.amount for said in quote.effects)
    for one in quote.rules:
        if (
            one.has_levels
            and len(set(named)) == len(named)
            and named != one.amounts
            and sorted(named) == sorted(one.amounts)
        ):
            shown, ends = (
                {"path": one.path, "said": _listed(named)},
                (quote.effects[0].start, quote.effects[-1].end),
            )
            yield Finding("GR443", one.verb, one.at, shown, see=(quote.at, *ends)), (_listed(one.amounts),)


def _listed(amounts: tuple[Fraction, ...]) -> str:
    return "、".join(map(written, amounts))


def directions(quote: Quoted) -> Iterator[Found]:
    """GR423: what the clause takes away is taken away, and what it adds is added."""
    for said in quote.effects:
        bearing = [one for one in quote.bearers if said.amount in one.amounts]
        if (
            said.sign
            and bearing
            and not any(
                said.sign * said.amount == amount.points for one in bearing for amount in one.rule.amounts()
            )
        ):
            rule = bearing[0]
            shown = {
                "path": rule.path,
                "said": quote.words(said),
                "what": "taken" if said.sign > 0 else "added",
            }
            yield (
                Finding("GR423", rule.verb, rule.at, shown, see=quote.see(said)),
                TAKEN if said.sign > 0 else ADDED,
            )


def units(quote: Quoted) -> Iterator[Found]:
    """GR424 and GR425: points are for each case where the clause says 每, once where it does not, and for the same unit."""
    for one in quote.rules:
        counting = one.rule.counting
        if counting is None:
            continue
        own = [said for said in quote.effects if said.amount in one.amounts]
        each = {said.repeats for said in own}
        if counting.per is None and each == {True}:
            shown = {"path": one.path, "said": quote.words(own[0]), "what": "once"}
            yield Finding("GR424", one.verb, one.at, shown, see=quote.see(own[0])), ONCE
        elif counting.per is not None and each == {False} and "每" not in quote.clause and counting.single:
            shown = {"path": one.path, "said": quote.words(own[0]), "what": "for each case"}
            yield Finding("GR424", (*one.at, "per"), one.at, shown, see=quote.see(own[0])), (counting.per,)
        elif (
            counting.per is not None
            and each == {True}
            and (unit := _unit(counting.per))
            and not any(_counts(quote, said, unit) for said in own)
        ):
            shown = {"path": one.path, "said": quote.words(own[0])}
            yield Finding("GR425", (*one.at, "per"), one.at, shown, see=quote.see(own[0])), (counting.per,)


def _unit(per: str) -> str:
    """The unit of a rule without what a clause may leave out; empty where it is not in Chinese."""
    unit = folded(per).lstrip("每一1")
    return unit if any("\u4e00" <= character <= "\u9fff" for character in unit) else ""


def _counts(quote: Quoted, said: Said, unit: str) -> bool:
    """Whether a statement counts in the unit: in the words behind 每, or a longer name of it in the words before."""
    named = (said.unit, unit.replace("日", "天"), said.unit.replace("日", "天"))
    return (
        named[1] in named[2]
        or (len(unit) > 1 and unit in folded(quote.clause[: said.end]))
        or any(one in said.unit for one in unit.split("/"))
    )


CHECKS: tuple[Callable[[Quoted], Iterator[Found]], ...] = (amounts, orders, directions, units)


def findings(text: RubricText, plan: Plan) -> Iterator[Finding]:
    """Every clause whose amounts, directions or units are not those of its rules."""
    for quote in quoted(text, plan):
        for check in CHECKS:
            yield from unregistered(text, quote, check(quote))
