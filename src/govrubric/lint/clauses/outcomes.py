"""Clauses x gates, levels and the rubric's days -> where the outcome, the choice or the year is another.

Source: language section 10, “A rubric whose text does not fit its numbers is accepted only with an entry
here”.
"""

import re
from collections.abc import Iterator
from fractions import Fraction

from govrubric.language.gates_text import Gate
from govrubric.language.rubric_text import RubricText, join, parts
from govrubric.lint.clauses import chinese
from govrubric.lint.clauses.chinese import Reading, Statement
from govrubric.lint.clauses.quotes import Actual, Mismatch, Quote, Register, quotes, unregistered, with_actual
from govrubric.lint.finding import Finding
from govrubric.plan.plan import Plan

VETO = "一票否决"
# 〔2017〕16号 is the number of a document, and no year of the rubric.
_YEAR = re.compile(r"(?<![0-9〔\[(（])(?:19|20)[0-9]{2}(?![0-9])")


def highest(quote: Quote) -> Iterator[Mismatch]:
    """GR451: 取最高 between levels takes the highest."""
    said = quote.reading.of("highest")
    for placed in quote.rules if said else ():
        counting, item = placed.rule.counting, placed.item.item
        if counting and placed.has_levels and not counting.highest and item.take != "highest":
            shown = {"path": placed.path, "said": quote.words(said[0])}
            finding = Finding("GR451", placed.verb, placed.at, shown, see=quote.see(said[0]))
            yield finding, ("累计", "各级", "all")


def nothing(quote: Quote) -> Iterator[Mismatch]:
    """GR420 of 不得分 and 得满分: a rule that takes or gives once what its clause calls all has all points."""
    for placed in quote.rules:
        counting, amounts = placed.rule.counting, placed.amounts
        is_single = counting is not None and counting.single and counting.per is None and len(amounts) == 1
        if quote.effects or len(quote.rules) > 1 or not is_single:
            continue
        takes = -amounts[0] in placed.points
        said = quote.reading.of("nothing" if takes else "whole")
        wholes = {placed.item.full, placed.item.item.weight, *quote.reading.figures}
        if said and amounts[0] not in wholes and amounts[0] < placed.item.full:
            shown = {"path": placed.path, "said": quote.words(said[0])}
            yield Finding("GR420", placed.verb, placed.at, shown, see=quote.see(said[0])), amounts[0]


def doubled(quote: Quote) -> Iterator[Mismatch]:
    """GR420 of 加倍: the second step is twice the first, unless the clause names it."""
    for statement in quote.reading.of("multiple")[:1]:
        for placed in quote.rules:
            first, second = (*placed.amounts, Fraction(0), Fraction(0))[:2]
            wanted = (first * statement.amount, *quote.reading.figures)
            if placed.has_steps and first in quote.figures and second not in wanted:
                shown = {"path": placed.path, "said": quote.words(statement)}
                yield (
                    Finding("GR420", placed.places[second], placed.at, shown, see=quote.see(statement)),
                    second,
                )


def of_gates(text: RubricText, register: Register) -> Iterator[Finding]:
    """GR453: a gate fixes the grade and the score that its clause names."""
    for item, path, at in parts(text):
        for index, gate in enumerate(item.gates):
            name, where = join(path, gate.id), (*at, "gates", index)
            decisions = register.at(name, path)
            for key, statement, actual in _otherwise(gate):
                if not decisions.accept(actual):
                    assert gate.clause is not None, "a statement is of a clause"
                    shown = {"path": name, "said": gate.clause[statement.start : statement.end]}
                    see = ((*where, "clause"), statement.start, statement.end)
                    yield with_actual(Finding("GR453", (*where, key), where, shown, see=see), actual)


def _otherwise(gate: Gate) -> Iterator[tuple[str, Statement, Actual]]:
    """What the clause of a gate says otherwise: the key of the gate, the statement, what the gate has."""
    reading = chinese.read(gate.clause) if gate.clause is not None else Reading(())
    verdicts = [said for said in reading.of("verdict") if said.unit != VETO]
    if verdicts and gate.grade is not None and not any(_alike(said.unit, gate.grade) for said in verdicts):
        yield "grade", verdicts[0], (gate.grade,)
    if not isinstance(gate.score, Fraction):
        return
    fixed = [said for said in reading.of("effect") if said.sign == 0] + [*reading.of("nothing")]
    if fixed and gate.score not in {said.amount for said in fixed}:
        yield "score", fixed[0], gate.score


def _alike(verdict: str, grade: str) -> bool:
    """Whether a grade is the verdict of a clause, in a longer name or, of D级, a shorter one."""
    return verdict in grade or verdict.rstrip("级等") == grade


def years(text: RubricText) -> Iterator[Finding]:
    """GR454: the years of a rubric's title, of its id, and of the days for which it holds go together."""
    told = _YEAR.findall(chinese.folded(text.title))
    if not told:
        return
    in_id = _YEAR.findall(text.id)
    if in_id and not set(in_id) & set(told):
        yield Finding("GR454", ("id",), (), {"said": told[0], "key": "id", "has": text.id})
    valid = text.valid
    if valid is None or valid.start is None or valid.to is None:
        return
    if not any(valid.start.year <= int(year) <= valid.to.year for year in told):
        has = f"{valid.start} – {valid.to}"
        yield Finding("GR454", ("valid",), (), {"said": told[0], "key": "valid", "has": has})


def findings(text: RubricText, plan: Plan) -> Iterator[Finding]:
    """Every outcome, choice and year of the text that is not that of the rubric."""
    register = Register(text)
    for quote in quotes(text, plan):
        for check in (highest, nothing, doubled):
            yield from unregistered(register, quote, check(quote))
    yield from of_gates(text, register)
    yield from years(text)
