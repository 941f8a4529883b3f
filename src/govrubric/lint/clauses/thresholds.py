"""Clauses x rules and conditions -> where a number that is compared is not that of the text.

What a clause compares (95%以上, 低于21分, 每低2个百分点, 或) stands beside the bands, ways, curves, formulas and
conditions of what quotes it. A number is told only if the clause has one that the rubric has not, and the
rubric one that the clause has not: then one of the two is wrong.

Source: language section 10, “A rubric whose text does not fit its numbers is accepted only with an entry
here”.
"""

from collections.abc import Container, Iterable, Iterator
from fractions import Fraction

from govrubric.diagnostics.diagnostic import Path
from govrubric.expressions.dependencies import compared, connectives, constants
from govrubric.language.fields import Expression
from govrubric.language.rubric_text import RubricText, join, parts
from govrubric.language.rules._rule import Threshold
from govrubric.lint.clauses import chinese
from govrubric.lint.clauses.chinese import Reading, Statement
from govrubric.lint.clauses.quotes import (
    Mismatch,
    PlacedRule,
    Quote,
    Register,
    quotes,
    unregistered,
    with_actual,
)
from govrubric.lint.finding import Finding
from govrubric.numbers import written
from govrubric.plan.plan import Plan

HUNDRED = Fraction(100)
TRIVIAL = frozenset(map(Fraction, (0, 1, 100)))
WITH_IT, WITHOUT = (">=", "<"), (">", "<=")
DOWN, UP = ("低", "降", "下降", "少", "差", "缺"), ("高", "超", "增", "多")
PERCENT, NUMERALS = ("%", "百分点", "percent"), frozenset("0123456789一两半")
WHOLE = {1: "up", -1: "down"}


def named(clause: str, reading: Reading) -> frozenset[Fraction]:
    """Every number of a clause."""
    amounts = (number for said in reading.statements for number in (said.amount, said.each))
    return chinese.numbers_in(clause) | frozenset(amounts)


def _has(numbers: Container[Fraction], number: Fraction) -> bool:
    """Whether a number is among others, as it stands or as a share for a percentage."""
    if number <= 1 and number * HUNDRED in numbers:
        return True
    return number in numbers or (number <= HUNDRED and number / HUNDRED in numbers)


def of_rules(quote: Quote) -> Iterator[Mismatch]:
    """GR450 of what was measured: the thresholds of bands, ways and curves are those of the clause."""
    bounds = quote.reading.of("bound")
    numbers = named(quote.clause, quote.reading)
    known = {
        number
        for placed in quote.bearers
        for threshold in placed.thresholds
        for number in (threshold.number, threshold.each or threshold.number)
    }
    only_said = [bound for bound in bounds if not _has(known, bound.amount)]
    for placed in quote.rules:
        only_had = [threshold for threshold in placed.thresholds if not _has(numbers, threshold.number)]
        for statement, threshold in zip(only_said, only_had, strict=False):
            yield _mismatch(quote, placed, statement, threshold.at), threshold.number
        for threshold in placed.thresholds:
            yield from _edges(quote, placed, threshold, bounds)
            if threshold.each is not None:
                yield from _ways(quote, placed, threshold)


def _mismatch(quote: Quote, placed: PlacedRule, statement: Statement, at: Path) -> Finding:
    shown = {"path": placed.path, "said": quote.words(statement)}
    return Finding("GR450", (*placed.at, *at), placed.at, shown, see=quote.see(statement))


def _edges(
    quote: Quote, placed: PlacedRule, threshold: Threshold, bounds: Iterable[Statement]
) -> Iterator[Mismatch]:
    """GR450 of an edge: whether the number itself belongs to the band is as in the clause."""
    own = [bound for bound in bounds if bound.amount == threshold.number]
    if own and _is_contrary(threshold.includes, own):
        has = f"{threshold.at[-1]}: {written(threshold.number)}"
        yield _mismatch(quote, placed, own[0], threshold.at), (has,)


def _is_contrary(includes: bool | None, bounds: Iterable[Statement]) -> bool:
    """Whether bounds of one number all say otherwise of it than a comparison that `includes` it, or not."""
    if includes is None:
        return False
    contrary = WITHOUT if includes else WITH_IT
    return all(bound.relation in contrary for bound in bounds)


def _ways(quote: Quote, placed: PlacedRule, threshold: Threshold) -> Iterator[Mismatch]:
    """GR450 of a way: its side, its unit, and what becomes of a begun unit."""
    (key, side), each = threshold.at, threshold.each or Fraction(1)
    effects = [effect for effect in quote.effects if effect.repeats and effect.amount in placed.places]
    counted = [effect for effect in effects if _names_unit(effect)]
    if counted and all(each not in {one.each, *chinese.numbers_in(one.unit)} for one in counted):
        yield _mismatch(quote, placed, counted[0], (key, "each")), each
    ways = {_way(effect.unit) for effect in effects}
    if ways and "" not in ways and threshold.way not in ways:
        yield _mismatch(quote, placed, effects[0], threshold.at), (str(side),)
    for begun in quote.reading.of("begun"):
        if begun.sign and WHOLE[begun.sign] != threshold.whole:
            yield _mismatch(quote, placed, begun, (key,)), (f"whole: {threshold.whole}",)


def _names_unit(effect: Statement) -> bool:
    """Whether an effect says how large its unit is: 每低1个百分点, and not every quarter of an hour."""
    return effect.each != 1 or effect.per in PERCENT or not NUMERALS.isdisjoint(effect.unit)


def _way(unit: str) -> str:
    """Which way the words after 每 go: below in 每低1个百分点."""
    if unit.startswith(DOWN):
        return "below"
    return "above" if unit.startswith(UP) else ""


def of_bands(quote: Quote) -> Iterator[Mismatch]:
    """GR443 of bands: each threshold has the points that the clause gives it."""
    said = [*_paired(quote)]
    for placed in quote.rules:
        had = {t.number: abs(t.points) for t in placed.thresholds if t.points is not None}
        paired = {number for number, _ in said} == had.keys()
        for number, effect in said if paired else ():
            if had[number] != effect.amount and effect.amount in had.values():
                amounts = "、".join(written(effect.amount) for _, effect in said)
                shown = {"path": placed.path, "said": amounts}
                finding = Finding("GR443", placed.verb, placed.at, shown, see=quote.see(effect))
                yield finding, ("、".join(map(written, had.values())),)
                break


def _paired(quote: Quote) -> Iterator[tuple[Fraction, Statement]]:
    """The points of a clause, each with the lower bound for which it is given."""
    last = 0
    for effect in quote.effects:
        lower = [
            bound
            for bound in quote.reading.of("bound")
            if last <= bound.start < effect.start and bound.relation in (">", ">=", ">~")
        ]
        if len(lower) == 1:
            yield lower[0].amount, effect
        last = effect.end


def of_formulas(quote: Quote) -> Iterator[Mismatch]:
    """GR450 of a formula: its numbers are those of its clause."""
    numbers = named(quote.clause, quote.reading)
    for placed in quote.rules:
        authored = placed.rule.authored
        if authored is None:
            continue
        item = placed.item
        own = (item.full, item.item.weight, item.ceiling, placed.rule.at_most)
        usual = TRIVIAL.union(number for number in own if number is not None)
        writes = constants(authored.parsed)
        said = [
            statement
            for statement in quote.reading.of("effect", "cap", "bound")
            if not all(_has(writes | usual, number) for number in (statement.amount, statement.each))
        ]
        had = [number for number in sorted(writes) if not _has(numbers | usual, number)]
        for statement, number in zip(said, had, strict=False):
            yield _mismatch(quote, placed, statement, (placed.rule.verb,)), number


def _conditions(text: RubricText) -> Iterator[tuple[str, Path, Expression, str, frozenset[Fraction]]]:
    """Each condition: its owner's path and place, the condition, the clause, and numbers of other kinds."""
    for item, path, at in parts(text):
        for index, rule in enumerate(item.rules):
            # What is measured or computed is compared with the clause already.
            by_number = rule.measures or rule.authored is not None
            if rule.when is not None and rule.clause is not None and not by_number:
                where = (*at, "rules", index)
                known = [abs(amount.points) for amount in rule.amounts()]
                yield join(path, rule.id), where, rule.when, rule.clause, frozenset(known)
        for index, gate in enumerate(item.gates):
            if gate.clause is not None:
                where = (*at, "gates", index)
                set_to = (gate.score, gate.at_most, gate.at_least)
                known = [number for number in set_to if isinstance(number, Fraction)]
                yield join(path, gate.id), where, gate.when, gate.clause, frozenset(known)


def of_conditions(text: RubricText, register: Register) -> Iterator[Finding]:
    """GR450 and GR452: a condition compares with the numbers of its clause, and joins as the clause does."""
    for path, at, condition, clause, known in _conditions(text):
        reading = chinese.read(clause)
        decisions = register.at(path, path.rpartition(".")[0])
        for statement, actual, code in _in_condition(condition, clause, reading, known):
            shown = {"path": path, "said": clause[statement.start : statement.end]}
            see = ((*at, "clause"), statement.start, statement.end)
            if not decisions.accept(actual):
                yield with_actual(Finding(code, (*at, "when"), at, shown, see=see), actual)


def _in_condition(
    condition: Expression, clause: str, reading: Reading, known: frozenset[Fraction]
) -> Iterator[tuple[Statement, Fraction | tuple[str, ...], str]]:
    """What a clause says otherwise than a condition: the statement, what the condition has, and the code."""
    bounds = reading.of("bound")
    comparisons, had = compared(condition.parsed), constants(condition.parsed)
    numbers = named(clause, reading)
    only_said = [bound for bound in bounds if not _has(had | known, bound.amount)]
    only_had = [
        one.number for one in comparisons if not _has(numbers, one.number) and one.number not in TRIVIAL
    ]
    for statement, number in zip(only_said, only_had, strict=False):
        yield statement, number, "GR450"
    for one in comparisons:
        own = [bound for bound in bounds if bound.amount == one.number]
        if own and _is_contrary(one.includes, own):
            yield own[0], (str(condition),), "GR450"
    if wrong := _joined_otherwise(condition, reading):
        yield wrong


def _joined_otherwise(
    condition: Expression, reading: Reading
) -> tuple[Statement, tuple[str, ...], str] | None:
    """The connective of a clause that is not that of its condition, where each has just one kind."""
    either, both, joins = reading.of("either"), reading.of("both"), connectives(condition.parsed)
    if len(joins) != 1 or bool(either) == bool(both):
        return None
    (has,) = joins
    bounds = reading.of("bound")
    said = (*either, *both)[0]
    # 漏报或迟报 may be one thing: 或 joins conditions where it stands between two bounds.
    between = len(bounds) > 1 and bounds[0].end <= said.start < bounds[-1].start
    if has == "and" and either and between:
        return said, (has,), "GR452"
    return (said, (has,), "GR452") if has == "or" and both else None


def findings(text: RubricText, plan: Plan) -> Iterator[Finding]:
    """Every number that is compared, and is not that of the text."""
    register = Register(text)
    for quote in quotes(text, plan):
        for check in (of_rules, of_bands, of_formulas):
            yield from unregistered(register, quote, check(quote))
    yield from of_conditions(text, register)
