"""Clause -> statements: the points, units, caps, bounds and full marks that it names, with places.

The grammar of its language says what each wording is (`chinese_forms`, `english_forms`). Here its forms take
turns. Nothing here knows a rubric.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from functools import lru_cache
from typing import Literal

from govrubric.lint.clauses import chinese_forms, english_forms, english_units, units
from govrubric.lint.clauses.forms import Form, Grammar
from govrubric.lint.clauses.numerals import amount_of, folded, is_chinese, numbers_in, squeezed
from govrubric.lint.clauses.statement import TOO_LONG, Kind, Reading, Relation, Statement
from govrubric.lint.clauses.units import Repeats

__all__ = (
    "LONGEST",
    "MOST",
    "Reading",
    "Statement",
    "amount_of",
    "folded",
    "is_chinese",
    "numbers_in",
    "read",
)

LONGEST = 4000  # characters of a text that is read
MOST = 100  # statements of such a text
BEHIND = 60  # characters before a form in which its verb or a 每 is sought

_POINTS: frozenset[Kind] = frozenset(("effect", "range", "cap", "full", "base", "figure", "nothing", "whole"))
HALF = Fraction(1, 2)


@lru_cache(maxsize=4096)
def read(clause: str) -> Reading:
    """A clause -> its statements.

    The forms take turns in the order of the grammar, and no two statements are of the same characters. A
    text that is too long for one clause, or has too many statements, counts as vague.
    """
    chinese = is_chinese(clause)
    grammar = chinese_forms.GRAMMAR if chinese else english_forms.GRAMMAR
    text, places = squeezed(folded(clause))
    if len(text) > LONGEST:
        return TOO_LONG
    statements: list[Statement] = []
    taken, small = bytearray(len(text)), text.lower()
    tried = (form for form in grammar.forms if any(hint in small for hint in form.hint))
    for statement in (found for form in tried for found in _statements(grammar, form, text)):
        start, end = statement.start, statement.end
        if not any(taken[start:end]):
            statements.append(statement)
            taken[start:end] = b"x" * (end - start)
            if len(statements) > MOST:
                return TOO_LONG
    statements.sort(key=lambda statement: statement.start)
    has_ranges = any(statement.kind == "range" for statement in statements)
    repeated = _in_chinese(text, statements) if chinese else _in_english(text, statements)
    in_clause = tuple(
        replace(statement, start=places[statement.start], end=places[statement.end - 1] + 1)
        for statement in sorted(repeated, key=lambda statement: statement.start)
    )
    return Reading(in_clause, has_ranges or grammar.compiled(grammar.vague).search(text) is not None)


def _statements(grammar: Grammar, form: Form, text: str) -> Iterator[Statement]:
    """What a form of words says, wherever a text has it."""
    for match in grammar.compiled(form.pattern).finditer(text):
        groups = match.groupdict()
        before = text[max(0, match.start() - BEHIND) : match.start()]
        if form.unless and form.unless in re.split("[,;。]", before)[-1]:
            continue
        verb = groups.get("verb")
        if not verb and form.before and (behind := grammar.compiled(form.before).search(before[-10:])):
            verb = behind["verb"]
        start, end = match.span("said" if groups.get("said") else 0)
        amount = grammar.number(groups["amount"]) if groups.get("amount") else form.amount
        if amount is None or (form.kind == "cap" and not amount):
            continue
        sign = -1 if groups.get("minus") else form.sign or grammar.sign(verb)
        unit = (groups.get("unit") or groups.get("unit2") or "").strip()
        amount += HALF if groups.get("half") else 0
        if unit == "成":
            amount, unit = amount * 10, "%"
        statement = Statement(form.kind, start, end, amount, sign, unit, relation=form.relation)
        yield from (statement,) if groups.get("amount2") is None else _ends(grammar, match, statement)


def _ends(grammar: Grammar, match: re.Match[str], both: Statement) -> Iterator[Statement]:
    """The two ends of a range such as 1至3分, or 90%—95%."""
    middle, second, groups = match.start("amount2"), grammar.number(match["amount2"]), match.groupdict()
    low, high = replace(both, end=middle), replace(both, start=middle, amount=second or Fraction(0))
    if both.kind == "bound":
        low = replace(low, relation=_relation(">", groups["in"], groups["out"]))
        high = replace(high, relation=_relation("<", groups["in2"], groups["out2"]))
    yield low
    if second is not None:
        yield high


def _relation(side: Literal["<", ">"], included: str | None, excluded: str | None) -> Relation:
    """The relation of an end that is said to be included, or excluded, or neither."""
    relations: dict[str, tuple[Relation, Relation, Relation]] = {
        ">": (">=", ">", ">~"),
        "<": ("<=", "<", "<~"),
    }
    with_it, without, unsaid = relations[side]
    if included:
        return with_it
    return without if excluded else unsaid


def _in_chinese(text: str, statements: list[Statement]) -> Iterator[Statement]:
    """Each statement; effects with what they repeat for, and no bounds within the words that say that."""
    masked = _masked(text, statements)
    previous = 0
    waiting: list[Statement] = []  # bounds that the words of the next effect may include
    for statement in statements:
        if statement.kind in ("effect", "range"):
            around = units.around(text, masked, statement.start, statement.end, previous)
            repeated = _repeated(statement, around)
            yield from (bound for bound in waiting if bound.end <= repeated.start)
            waiting = []
            yield repeated
        elif statement.kind == "bound" or _is_step(text, statement):
            waiting.append(statement)
            continue
        else:
            yield statement
        if statement.kind in _POINTS:
            previous = statement.end
    yield from waiting


def _is_step(text: str, statement: Statement) -> bool:
    """Whether points are those of which an effect is for each: 每提高1分加0.2分."""
    if statement.kind != "figure" or text[statement.end : statement.end + 1] not in ("扣", "减", "加", "得"):
        return False
    return "每" in re.split("[,;。]", text[max(0, statement.start - 20) : statement.start])[-1]


def _in_english(text: str, statements: list[Statement]) -> Iterator[Statement]:
    """Each statement; effects with what they repeat for."""
    previous = 0
    for statement in statements:
        if statement.kind in ("effect", "range"):
            around = english_units.around(text, statement.start, statement.end, previous)
            yield _repeated(statement, around)
            previous = statement.end
        else:
            yield statement


def _repeated(statement: Statement, found: Repeats) -> Statement:
    """A statement with what it repeats for; it begins with the words that say so."""
    start = statement.start + found.start
    return replace(
        statement, start=start, unit=found.unit, repeats=found.repeats, per=found.per, each=found.each
    )


def _masked(text: str, statements: list[Statement]) -> str:
    """The text without the characters of its bounds and deadlines, whose numbers count nothing."""
    spans = [(statement.start, statement.end) for statement in statements if statement.kind == "bound"]
    spans += [match.span() for match in re.finditer(units.DEADLINE, text)]
    characters = list(text)
    for start, end in spans:
        characters[start:end] = " " * (end - start)
    return "".join(characters)
