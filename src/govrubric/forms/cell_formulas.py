"""Plan -> a cell formula for each line, over whole numbers that a spreadsheet keeps exactly.

A spreadsheet computes with doubles of which it compares 15 digits, so each number on the way has fewer: the
bounds of formulas prove it, and a line for which they do not is refused. A cell holds the whole number of a
line over the denominator of its formula; a part that is used twice, or is long, has a cell of its own.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from functools import cached_property
from math import gcd, lcm
from typing import Any, NamedTuple

from govrubric.formula.build import (
    add,
    all_of,
    any_of,
    compare,
    const,
    line,
    minus,
    quotient,
    scale,
    times,
)
from govrubric.formula.build import (
    known as held,
)
from govrubric.formula.codegen import build, function
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
    names,
)
from govrubric.formula.rebuild import rebuilt
from govrubric.numbers import COUNT_LIMIT
from govrubric.tables.emitter import reach
from govrubric.tables.fractions import over_line, taken_apart, under_line
from govrubric.tables.lowering import lowered

LIMIT = 10**15  # no whole number in a cell reaches it: a spreadsheet compares 15 digits
# Where dividend and divisor together do not reach it, the rest of a division shows in these digits.
DIVIDED = 10**14
LEAST = 100_000  # to which the greatest count of a form may be lowered so that its numbers stay exact
LONG = 1500  # characters of a cell's formula, of which Excel takes 8192
DEEP = 32  # brackets and functions within each other, of which Excel takes 64
MANY = 100  # terms of a sum and flags of a condition, of which Excel takes 255
SIGNS: Mapping[Sign, str] = {"==": "=", "!=": "<>"}


class TooLargeError(Exception):
    """A line whose numbers a spreadsheet would not keep exactly; `most` is how large they may become."""

    name: str
    most: int

    def __init__(self, name: str, most: int) -> None:
        super().__init__(name)
        self.name, self.most = name, most


class Cell(NamedTuple):
    """A cell of the working: the line that it holds, and the text of its formula without ``=``.

    In the text, `#` and a number stand for the cell of that place among all cells, the inputs first.
    """

    name: str
    formula: Formula
    text: str


class Figure(NamedTuple):
    """Where a line's number stands: the place of its whole number, and what that is divided by.

    `under` is the place of a cell with the denominator; where there is none, it is `den`.
    """

    place: int
    den: int
    under: int | None = None


class Working:
    """The cells that compute the `wanted` lines of a plan from its inputs.

    `cells` are in an order in which they can be computed; the inputs have the places before them.
    """

    inputs: tuple[Input, ...]
    cells: tuple[Cell, ...]
    places: Mapping[str, int]

    @classmethod
    def of(cls, inputs: Sequence[Input], lines: Mapping[str, Formula], wanted: Sequence[str]) -> "Working":
        """The working of a plan, in which inputs without a limit of their own get one where that is needed.

        The greatest count of all, a thousand million, is then lowered by powers of ten for the inputs of a
        line that may be too large; raises `TooLargeError` where it would fall below `LEAST`.
        """
        most = {known.name: COUNT_LIMIT for known in inputs if known.hi == COUNT_LIMIT}
        while True:
            limited = [_limited(known, most.get(known.name, COUNT_LIMIT)) for known in inputs]
            try:
                return cls(limited, lines, wanted)
            except TooLargeError as error:
                needed = _inputs_of(lines, error.name)
                lower = [name for name in most if name in needed and most[name] > LEAST]
                if not lower:
                    raise
                most.update((name, most[name] // 10) for name in lower)

    def __init__(self, inputs: Sequence[Input], lines: Mapping[str, Formula], wanted: Iterable[str]) -> None:
        """Raises `TooLargeError` at the first line that may be too large."""
        self.inputs = tuple(inputs)
        apart = taken_apart(lines)
        needed = _needed(apart, [part for name in wanted for part in _parts_of(name, apart)])
        printer = _Printer({known.name: place for place, known in enumerate(self.inputs)})
        # What a line refers to may have closer bounds, and another denominator, than it had in the plan.
        inside: dict[str, Formula] = {known.name: known for known in self.inputs}
        for name in needed:
            inside[name] = line(name, printer.print(name, _within(apart[name], inside)))
        self.cells, self.places = tuple(printer.cells), printer.places

    def figure(self, name: str) -> Figure:
        """Where the number of a line stands."""
        if (over := over_line(name)) in self.places:
            return Figure(self.places[over], 1, self.places[under_line(name)])
        place = self.places[name]
        formulas = (*self.inputs, *(cell.formula for cell in self.cells))
        return Figure(place, formulas[place].den)

    def values(self, inputs: Sequence[int]) -> tuple[int, ...]:
        """The whole number of every input and cell, for the whole numbers of the inputs."""
        return (*inputs, *self._computed(*inputs))

    @cached_property
    def _computed(self) -> Callable[..., tuple[int, ...]]:
        parameters = {known.name: f"i{place}" for place, known in enumerate(self.inputs)}
        formulas = {cell.name: cell.formula for cell in self.cells}
        made: Callable[..., Any] = build(function("made", parameters, formulas, formulas))
        return made


def _parts_of(name: str, apart: Mapping[str, Formula]) -> tuple[str, ...]:
    """The line, or its numerator and its denominator where it was taken apart."""
    return (name,) if name in apart else (over_line(name), under_line(name))


def _limited(known: Input, most: int) -> Input:
    """An input that is at most so far from zero."""
    return replace(known, lo=max(known.lo, Fraction(-most)), hi=min(known.hi, Fraction(most)))


def _within(formula: Formula, inside: Mapping[str, Formula]) -> Formula:
    """The formula over lines and inputs with closer bounds, which make its own closer."""
    if isinstance(formula, Name):
        return inside[formula.name]
    made = rebuilt(formula, [_within(part, inside) for part in formula.parts()])
    return made if isinstance(made, Const) else held(made, formula.lo, formula.hi)


def _inputs_of(lines: Mapping[str, Formula], name: str) -> set[str]:
    """What a line is made of, through all lines before it; `name` may be that of its numerator."""
    needed = {name.removesuffix(":over").removesuffix(":under")}
    for one in reversed(list(lines)):
        if one in needed:
            needed.update(names(lines[one]))
    return needed


def _needed(lines: Mapping[str, Formula], wanted: Iterable[str]) -> list[str]:
    """The `wanted` lines and those that they are made of, in the order of the plan."""
    needed = set(wanted)
    for name in reversed(list(lines)):
        if name in needed:
            needed.update(names(lines[name]))
    return [name for name in lines if name in needed]


class _Text(NamedTuple):
    """The text of a part of a formula, and how many brackets and functions stand within each other in it."""

    text: str
    depth: int = 0


def _around(form: str, *parts: _Text) -> _Text:
    """The parts within a function or brackets."""
    return _Text(form.format(*(part.text for part in parts)), 1 + max(part.depth for part in parts))


class _Printer:
    """Lines -> cells, one after the other; what a line needs beside it is put before it."""

    def __init__(self, places: dict[str, int]) -> None:
        self.places = places
        self.cells: list[Cell] = []
        self._line = ""
        self._beside = 0

    def print(self, name: str, formula: Formula) -> Formula:
        """Add the cell of a line; returns its formula, in operations that every table has."""
        self._line = name
        formula = lowered(formula, self.put)
        self._add(name, formula, self.number(formula, formula.den).text)
        return formula

    def put(self, formula: Formula) -> Formula:
        """Add a cell for a part of a line; returns the formula that refers to it."""
        if isinstance(formula, (Const, Name)):
            return formula
        self._add(name := self._fresh(), formula, self.number(formula, formula.den).text)
        return line(name, formula)

    def _fresh(self) -> str:
        """A name for a cell beside the lines."""
        self._beside += 1
        return f"#{self._beside}"

    def _add(self, name: str, formula: Formula, text: str) -> None:
        self.places[name] = len(self.places)
        self.cells.append(Cell(name, formula, text))

    def number(self, formula: Formula, den: int) -> _Text:
        """The formula's whole number over `den`, a multiple of its own denominator."""
        self._check(reach(formula, den))
        text = self._number(formula, den)
        if len(text.text) <= LONG and text.depth <= DEEP:
            return text
        own = text if den == formula.den else self._number(formula, formula.den)
        self._add(name := self._fresh(), formula, own.text)
        return self._number(line(name, formula), den)

    def truth(self, formula: Formula) -> _Text:
        """A condition that holds where the formula is above zero."""
        match formula:
            case Chain():
                return self._compared(formula)
            case Logic():
                if len(formula.flags) > MANY:
                    make = all_of if formula.word == "and" else any_of
                    return self.truth(make(*(self.put(make(*some)) for some in _chunks(formula.flags))))
                flags = [self.truth(flag) for flag in formula.flags]
                if _are_long(flags):
                    flags = [self.truth(self.put(flag)) for flag in formula.flags]
                return _around(f"{formula.word.upper()}({','.join(['{}'] * len(flags))})", *flags)
            case _:
                number = self.number(formula, formula.den)
                return _Text(f"{number.text}>0", number.depth)

    def _number(self, formula: Formula, den: int) -> _Text:
        match formula:
            case Const():
                value = int(formula.lo * den)
                return _Text(str(value) if value >= 0 else f"({value})", int(value < 0))
            case Name():
                return self._times(_Text(f"#{self.places[formula.name]}"), den // formula.den)
            case Add():
                return self._sum(formula, den)
            case Scale():
                factor = int(formula.by * Fraction(den, formula.of.den))
                return self._times(self.number(formula.of, formula.of.den), factor)
            case Times():
                a, b = self.number(formula.a, formula.a.den), self.number(formula.b, formula.b.den)
                return self._times(_around("({}*{})", a, b), den // formula.den)
            case Absolute():
                return _around("ABS({})", self.number(formula.of, den))
            case Extreme():
                pick = "MIN" if formula.sign == "<" else "MAX"
                return _around(f"{pick}({{}},{{}})", self.number(formula.a, den), self.number(formula.b, den))
            case If():
                then, other = self.number(formula.then, den), self.number(formula.other, den)
                return _around("IF({},{},{})", self.truth(formula.test), then, other)
            case Round():
                return self._floor(formula.of, const(1), den)
            case Quotient():
                return self._floor(formula.over, formula.under, den)
            case Ratio():
                return self._ratio(formula, den)
            case _:  # Chain and Logic
                return _around(f"IF({{}},{den},0)", self.truth(formula))

    def _check(self, most: int, limit: int = LIMIT) -> None:
        if most >= limit:
            raise TooLargeError(self._line, most)

    def _times(self, text: _Text, factor: int) -> _Text:
        if factor == 1:
            return text
        return _around("(-{})", text) if factor == -1 else _around(f"({{}}*{factor})", text)

    def _sum(self, formula: Add, den: int) -> _Text:
        self._check(sum(reach(term, den) for term in formula.terms))
        if len(formula.terms) > MANY:
            return self.number(add(*(self.put(add(*some)) for some in _chunks(formula.terms))), den)
        terms = [self.number(term, den) for term in formula.terms]
        if _are_long(terms):
            terms = [self.number(self.put(term), den) for term in formula.terms]
        return _around(f"({'+'.join(['{}'] * len(terms))})", *terms)

    def _compared(self, formula: Chain) -> _Text:
        """Each term compared with the next; one between two others stands in both comparisons."""
        den = lcm(*(term.den for term in formula.terms))
        last = len(formula.terms) - 1
        terms = [
            self.number(term if place in (0, last) else self.put(term), den)
            for place, term in enumerate(formula.terms)
        ]
        links = [
            _Text(f"{a.text}{SIGNS.get(sign, sign)}{b.text}", max(a.depth, b.depth))
            for sign, a, b in zip(formula.signs, terms, terms[1:], strict=False)
        ]
        if len(links) == 1:
            return links[0]
        return _around(f"AND({','.join(['{}'] * len(links))})", *links)

    def _ratio(self, formula: Ratio, den: int) -> _Text:
        """An exact quotient with a fixed denominator: what is divided is a multiple of the divisor."""
        assert formula.multiple is not None, "all others were taken apart"
        multiple = formula.multiple * formula.under.den
        self._check(multiple)
        over, under = (
            self.number(formula.over, formula.over.den),
            self.number(formula.under, formula.under.den),
        )
        return self._times(_around(f"({{}}*({multiple}/{{}}))", over, under), den // formula.den)

    def _floor(self, over: Formula, under: Formula, den: int) -> _Text:
        """The whole number below a quotient, times `den`; the divisor is above zero.

        A spreadsheet rounds a long quotient up to a whole number that it does not reach. So of a long one
        a cell of its own has what the spreadsheet says, and it is multiplied out to see.
        """
        common = over.den * under.den // gcd(over.den, under.den)
        whole_over, whole_under = scale(over, common), scale(under, common)
        most = reach(whole_over, 1) + reach(whole_under, 1)
        self._check(most)
        if most < DIVIDED:
            parts = self.number(whole_over, 1), self.number(whole_under, 1)
            return self._times(_around("INT({}/{})", *parts), den)
        a, b = self.put(whole_over), self.put(whole_under)
        said = quotient(a, b, 0, "floor")
        self._add(
            name := self._fresh(), said, _around("INT({}/{})", self.number(a, 1), self.number(b, 1)).text
        )
        said = line(name, said)
        back = held(times(said, b), a.lo - b.hi, a.hi + b.hi)
        return self.number(minus(said, compare((">",), (back, a))), den)


def _are_long(parts: Sequence[_Text]) -> bool:
    """Whether parts are too long to stand in one formula."""
    return sum(len(part.text) for part in parts) > 2 * LONG


def _chunks(parts: Sequence[Formula]) -> list[Sequence[Formula]]:
    return [parts[start : start + MANY] for start in range(0, len(parts), MANY)]
