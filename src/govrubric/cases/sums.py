"""Sums and quotients of formulas -> closer bounds, in which equal terms of opposite sign cancel out.

The bounds of a sum add up the bounds of its terms, as if no two terms shared an input. By them
``min(done, target) - target`` may reach the largest count, though it is never above zero. Here the terms are
opened step by step (a line to its formula, a least or greatest to its two cases), so that equal terms of
opposite sign meet.
"""

from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction
from functools import reduce
from operator import or_

from govrubric.formula.build import rounded_number
from govrubric.formula.nodes import Add, Const, Extreme, Formula, If, Input, Name, Quotient, Ratio, Scale

STEPS = 48  # how many terms are opened for one bound
ALL_STEPS = 5000  # how many terms are opened for all bounds together
MANY = 100  # terms of a sum, of which so many more count as one more step
RATIOS = 6  # how many ratios are tried for one bound of a quotient
ZERO = Fraction(0)
Terms = Mapping[Formula, Fraction]


class Sums:
    """Bounds of sums over lines; `lines` has the formula of each name, and may grow between calls."""

    def __init__(self, lines: Mapping[str, Formula]) -> None:
        self.lines = lines
        # The inputs of each line, each a bit of a number: sets of names would take the square of the lines.
        self._inputs: dict[str, int] = {}
        self._bits: dict[str, int] = {}
        self._left = ALL_STEPS

    def bounds(self, formula: Formula) -> tuple[Fraction, Fraction]:
        """The least and the greatest value that is known of a formula."""
        if isinstance(formula, (Quotient, Ratio)) and self._has_common_inputs((formula.over, formula.under)):
            return self._of_quotient(formula)
        if isinstance(formula, Add) and self._has_common_inputs(formula.terms):
            return -self._most((formula, -1)), self._most((formula, 1))
        return formula.lo, formula.hi

    def difference(self, left: Formula, right: Formula) -> tuple[Fraction, Fraction]:
        """The least and the greatest value that is known of `left` less `right`."""
        if not self._has_common_inputs((left, right)):
            return left.lo - right.hi, left.hi - right.lo
        return -self._most((left, -1), (right, 1)), self._most((left, 1), (right, -1))

    def _has_common_inputs(self, formulas: Iterable[Formula]) -> bool:
        """Whether two of the formulas depend on the same input; otherwise nothing cancels out."""
        seen = 0
        for formula in formulas:
            inputs = self._inputs_of(formula)
            if seen & inputs:
                return True
            seen |= inputs
        return False

    def _inputs_of(self, formula: Formula) -> int:
        if isinstance(formula, Input):
            return 1 << self._bits.setdefault(formula.name, len(self._bits))
        if not isinstance(formula, Name):
            return reduce(or_, map(self._inputs_of, formula.parts()), 0)
        if formula.name not in self._inputs:
            known = formula.name in self.lines
            self._inputs[formula.name] = self._inputs_of(self.lines[formula.name]) if known else 0
        return self._inputs[formula.name]

    def _of_quotient(self, formula: Quotient | Ratio) -> tuple[Fraction, Fraction]:
        """A quotient is at most r where its numerator less r times its denominator is never above zero."""
        lo, hi, over, under = formula.lo, formula.hi, formula.over, formula.under
        if under.lo <= 0:
            return lo, hi
        above, below = self._factors(over), self._factors(under)
        ratios = sorted({a / b for leaf in above for a in above[leaf] for b in below.get(leaf, ())})
        highest = next((r for r in ratios[:RATIOS] if self._most((over, 1), (under, -r)) <= 0), None)
        lowest = next(
            (r for r in ratios[: -RATIOS - 1 : -1] if self._most((over, -1), (under, r)) <= 0), None
        )
        if isinstance(formula, Quotient):
            highest, lowest = (
                None if end is None else rounded_number(end, formula.places, formula.mode)
                for end in (highest, lowest)
            )
        his, los = [hi] if highest is None else [hi, highest], [lo] if lowest is None else [lo, lowest]
        return max(los), min(his)

    def _factors(self, formula: Formula) -> dict[Formula, set[Fraction]]:
        """The terms of a formula that are opened no further, and the factors that each of them has there."""
        leaves: dict[Formula, set[Fraction]] = {}
        open_ = [(formula, Fraction(1))]
        for _ in range(STEPS):
            if not open_:
                break
            term, by = open_.pop()
            cases = self._opened(term)
            if not cases and not isinstance(term, Const):
                leaves.setdefault(term, set()).add(by)
            open_ += [(inner, by * factor) for case in cases for inner, factor in case]
        return leaves

    def _most(self, *terms: tuple[Formula, Fraction | int]) -> Fraction:
        """The greatest value that is known of a sum of formulas, each times a factor."""
        steps = iter(range(STEPS))
        return self._greatest(_added({}, [(term, Fraction(by)) for term, by in terms]), steps)

    def _greatest(self, terms: Terms, steps: Iterator[int]) -> Fraction:
        """The bound of the terms as they are, or a closer bound after terms are opened."""
        bound = sum((by * (term.hi if by > 0 else term.lo) for term, by in terms.items()), ZERO)
        openable = [term for term in terms if self._opened(term)]
        if not openable or self._left <= 0 or next(steps, None) is None:
            return bound
        self._left -= 1 + len(terms) // MANY
        # A term that has a single case is opened before a term that has two.
        term = min(openable, key=lambda candidate: len(self._opened(candidate)))
        by, rest = terms[term], {other: factor for other, factor in terms.items() if other is not term}
        bounds = [
            self._greatest(_added(rest, [(inner, by * factor) for inner, factor in case]), steps)
            for case in self._opened(term)
        ]
        # The least of two terms is below both. Of any other two cases it is unknown which applies.
        is_least = isinstance(term, Extreme) and (term.sign == "<") == (by > 0)
        return min(bound, min(bounds) if is_least else max(bounds))

    def _opened(self, term: Formula) -> list[list[tuple[Formula, Fraction]]]:
        """The cases of a term, each a sum; no case where a term is not opened."""
        one = Fraction(1)
        match term:
            case Input():
                return []
            case Name() if term.name in self.lines:
                return [[(self.lines[term.name], one)]]
            case Add():
                return [[(inner, one) for inner in term.terms]]
            case Scale():
                return [[(term.of, term.by)]]
            case Extreme():
                return [[(term.a, one)], [(term.b, one)]]
            case If():
                return [[(term.then, one)], [(term.other, one)]]
            case _:
                return []


def _added(terms: Terms, more: list[tuple[Formula, Fraction]]) -> dict[Formula, Fraction]:
    """A sum with more terms; terms that cancel out are left out."""
    total = dict(terms)
    for term, by in more:
        total[term] = total.get(term, ZERO) + by
    return {term: by for term, by in total.items() if by}
