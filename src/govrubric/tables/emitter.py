"""Formula -> an expression over columns of whole numbers, as wide as its bounds ask for.

It computes for a column of units what `Formula.code` computes for a unit: the value times a denominator, as a
whole number.
"""

import operator
from collections.abc import Callable, Mapping
from fractions import Fraction
from functools import reduce
from math import lcm
from typing import NamedTuple

from govrubric.formula.nodes import (
    Absolute,
    Add,
    Chain,
    Const,
    Extreme,
    Formula,
    If,
    Input,
    Logic,
    Name,
    Quotient,
    Ratio,
    Round,
    Scale,
    Sign,
    Times,
)
from govrubric.tables.engines import Engine, Expr, TooWideError

COMPARE: Mapping[Sign, Callable[[Expr, Expr], Expr]] = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
    "==": operator.eq,
    "!=": operator.ne,
}
MIRRORED: Mapping[Sign, Sign] = {"<": ">", "<=": ">=", ">": "<", ">=": "<=", "==": "==", "!=": "!="}


class Column(NamedTuple):
    """A column of whole numbers that are `bits` wide, or of flags (`bits` is 0)."""

    expr: Expr
    bits: int


def is_flag(formula: Formula) -> bool:
    """Whether a formula is emitted as a column of flags."""
    return isinstance(formula, (Chain, Logic)) or (isinstance(formula, Input) and formula.kind == "flag")


def reach(formula: Formula, den: int) -> int:
    """The greatest distance from zero of a formula's whole number over `den`."""
    return int(max(abs(formula.lo), abs(formula.hi)) * den)


class Emitter:
    """Formulas -> expressions; `columns` holds those of inputs and steps."""

    engine: Engine
    columns: Mapping[str, Column]

    def __init__(self, engine: Engine, columns: Mapping[str, Column]) -> None:
        self.engine, self.columns = engine, columns

    def bits(self, most: int) -> int:
        """The narrowest width for numbers from ``-most`` to `most`."""
        for width in self.engine.widths:
            if most < 1 << (width - 1):
                return width
        raise TooWideError(most.bit_length() + 1, self.engine.widths[-1])

    def number(self, formula: Formula, den: int) -> Column:
        """The formula's whole number over `den`, a multiple of its own denominator."""
        if is_flag(formula) or (isinstance(formula, Name) and not self.columns[formula.name].bits):
            return self._chosen(self.truth(formula), den, 0)
        match formula:
            case Const():
                value = int(formula.lo * den)
                bits = self.bits(abs(value))
                return Column(self.engine.lit(value, bits), bits)
            case Name():
                return self._times(self.columns[formula.name], den // formula.den, reach(formula, den))
            case Add():
                return self._sum(formula, den)
            case Scale():
                return self._scaled(formula.of, formula.by, den)
            case Times():
                a, b = self.number(formula.a, formula.a.den), self.number(formula.b, formula.b.den)
                most = reach(formula.a, formula.a.den) * reach(formula.b, formula.b.den)
                bits = max(self.bits(most), a.bits, b.bits)
                product = Column(self._as(a, bits) * self._as(b, bits), bits)
                return self._times(product, den // formula.den, reach(formula, den))
            case Absolute():
                of = self.number(formula.of, den)
                return Column(of.expr.abs(), of.bits)
            case Extreme():
                return self._extreme(formula, den)
            case If():
                then, other = self.number(formula.then, den), self.number(formula.other, den)
                bits = max(then.bits, other.bits)
                when = self.engine.module.when(self.truth(formula.test))
                return Column(when.then(self._as(then, bits)).otherwise(self._as(other, bits)), bits)
            case Round():
                return self._rounded(formula, den)
            case Ratio():
                return self._shared_out(formula, den)
            case Quotient():
                return self._divided(formula, den)
            case _:
                raise TypeError(f"no column is emitted of {type(formula).__name__}")

    def truth(self, formula: Formula) -> Expr:
        """A flag for each row: whether the formula is above zero."""
        match formula:
            case Name() if not self.columns[formula.name].bits:
                return self.columns[formula.name].expr
            case Chain():
                den = lcm(*(term.den for term in formula.terms))
                terms = [self.number(term, den) for term in formula.terms]
                return reduce(
                    lambda a, b: a & b, map(self._compared, formula.signs, terms, terms[1:], formula.terms)
                )
            case Logic():
                flags = map(self.truth, formula.flags)
                return reduce((lambda a, b: a & b) if formula.word == "and" else (lambda a, b: a | b), flags)
            case _:
                column = self.number(formula, formula.den)
                return column.expr > self.engine.lit(0, column.bits)

    def _compared(self, sign: Sign, a: Column, b: Column, first: Formula) -> Expr:
        """The comparison of two columns; `first` is the formula of `a`."""
        if isinstance(first, Const):
            # Polars makes a single row of a constant to the left of a `when` that is the same in every row.
            sign, a, b = MIRRORED[sign], b, a
        bits = max(a.bits, b.bits)
        left, right = self._as(a, bits), self._as(b, bits)
        return COMPARE[sign](left, right)

    def _as(self, column: Column, bits: int) -> Expr:
        return column.expr if column.bits == bits else self.engine.cast(column.expr, bits)

    def _chosen(self, test: Expr, then: int, other: int) -> Column:
        bits = self.bits(max(abs(then), abs(other)))
        when = self.engine.module.when(test)
        return Column(when.then(self.engine.lit(then, bits)).otherwise(self.engine.lit(other, bits)), bits)

    def _times(self, column: Column, factor: int, most: int) -> Column:
        """A column times a whole number; the product is no further from zero than `most`."""
        if factor == 1:
            return column
        bits = max(self.bits(most), column.bits, self.bits(abs(factor)))
        expr = self._as(column, bits)
        if factor == -1:
            return Column(self.engine.lit(0, bits) - expr, bits)
        return Column(expr * self.engine.lit(factor, bits), bits)

    def _scaled(self, formula: Formula, by: Fraction, den: int) -> Column:
        factor = int(by * Fraction(den, formula.den))
        if is_flag(formula):
            return self._chosen(self.truth(formula), factor, 0)
        most = reach(formula, formula.den) * abs(factor)
        return self._times(self.number(formula, formula.den), factor, most)

    def _sum(self, formula: Add, den: int) -> Column:
        """A sum in halves of halves; no part of it is wider than all terms together.

        Terms with a negative factor are added up by themselves and then subtracted.
        """
        constant, plus, minus = 0, [], []
        for term in formula.terms:
            if isinstance(term, Const):
                constant += int(term.lo * den)
            elif isinstance(term, Scale) and term.by < 0 and not is_flag(term.of):
                minus.append(self._scaled(term.of, -term.by, den))
            else:
                plus.append(self.number(term, den))
        most = abs(constant) + sum(reach(term, den) for term in formula.terms if not isinstance(term, Const))
        bits = max(self.bits(most), *(column.bits for column in (*plus, *minus)))
        exprs = [self._as(column, bits) for column in plus]
        if constant or not exprs:
            exprs.append(self.engine.lit(constant, bits))
        total = _halved(exprs)
        if minus:
            total = total - _halved([self._as(column, bits) for column in minus])
        return Column(total, bits)

    def _extreme(self, formula: Extreme, den: int) -> Column:
        a, b = self.number(formula.a, den), self.number(formula.b, den)
        bits = max(a.bits, b.bits)
        pick = self.engine.module.min_horizontal if formula.sign == "<" else self.engine.module.max_horizontal
        picked = pick(self._as(a, bits), self._as(b, bits))
        least = self.bits(reach(formula, den))
        return Column(picked, bits) if least == bits else Column(self.engine.cast(picked, least), least)

    def _divided(self, formula: Quotient, den: int) -> Column:
        over, under = formula.over, formula.under
        a, b = self.number(over, over.den), self.number(under, under.den)
        a = self._times(a, under.den, reach(over, over.den) * under.den)
        b = self._times(b, over.den, reach(under, under.den) * over.den)
        most = max(reach(over, over.den) * under.den, reach(under, under.den) * over.den)
        bits = max(a.bits, b.bits)
        quotient = self.engine.quotient(self._as(a, bits), self._as(b, bits), most=most)
        return self._times(Column(quotient, bits), den, reach(formula, den))

    def _shared_out(self, formula: Ratio, den: int) -> Column:
        """An exact quotient with a fixed denominator; `tables.fractions` has taken all others apart."""
        assert formula.multiple is not None
        a, b = self.number(formula.over, formula.over.den), self.number(formula.under, formula.under.den)
        multiple = formula.multiple * formula.under.den
        bits = max(b.bits, self.bits(multiple))
        quotient = self.engine.quotient(self.engine.lit(multiple, bits), self._as(b, bits), most=multiple)
        wide = max(a.bits, bits, self.bits(reach(formula, formula.den)))
        product = self._as(a, wide) * self._as(Column(quotient, bits), wide)
        return self._times(Column(product, wide), den // formula.den, reach(formula, den))

    def _rounded(self, formula: Round, den: int) -> Column:
        over, under = self.number(formula.of, formula.of.den), formula.of.den
        bits = max(over.bits, self.bits(under))
        most = max(reach(formula.of, under), under)
        quotient = self.engine.quotient(self._as(over, bits), self.engine.lit(under, bits), most=most)
        return self._times(Column(quotient, bits), den, reach(formula, den))


def _halved(exprs: list[Expr]) -> Expr:
    """The sum of terms in halves of halves: a chain of hundreds is nested deeper than an engine can read."""
    if len(exprs) == 1:
        return exprs[0]
    middle = len(exprs) // 2
    return _halved(exprs[:middle]) + _halved(exprs[middle:])
