"""A divisor -> a multiple of all numbers that it may come to, where these are few.

The weights of the parts that apply, or the number of parts that are left, come to few numbers, so that what
is divided by them has a fixed denominator.
"""

from collections.abc import Callable
from math import ceil, floor, gcd, lcm

from govrubric.formula.nodes import Add, Const, Extreme, Formula, If, Scale, Times

VALUES = 500  # numbers that a divisor, or a part of it, may come to
MULTIPLE = 10**12  # scores over a larger denominator no longer fit into 64 bits

Wholes = frozenset[int]


def common_multiple(under: Formula) -> int | None:
    """A whole number that gives a whole number when it is divided by what `under` may come to.

    `under` is above zero. ``None`` where it may come to too many numbers, or their multiple is too large.
    """
    wholes = _wholes(under)
    if wholes is None:
        return None
    multiple = 1
    for whole in sorted(wholes):
        multiple = lcm(multiple, whole // gcd(whole, under.den))
        if multiple > MULTIPLE:
            return None
    return multiple


def _wholes(formula: Formula) -> Wholes | None:
    """The whole numbers over its denominator that a formula may come to, and maybe others in its bounds.

    ``None`` where they are too many, or where the formula is not whole.
    """
    low, high = ceil(formula.lo * formula.den), floor(formula.hi * formula.den)
    found = _combined(formula)
    if found is None:
        return frozenset(range(low, high + 1)) if formula.is_whole and high - low < VALUES else None
    return frozenset(whole for whole in found if low <= whole <= high)


def _combined(formula: Formula) -> Wholes | None:
    """The whole numbers that those of its parts make; ``None`` where the parts do not tell."""
    match formula:
        case Const():
            return frozenset((int(formula.lo * formula.den),))
        case Scale():
            factor = int(formula.by * formula.den / formula.of.den)
            of = _wholes(formula.of)
            return None if of is None else frozenset(whole * factor for whole in of)
        case Add():
            total: Wholes | None = frozenset((0,))
            for term in formula.terms:
                total = _pairs(total, _over(term, formula.den), lambda a, b: a + b)
            return total
        case Times():
            return _pairs(_wholes(formula.a), _wholes(formula.b), lambda a, b: a * b)
        case Extreme():
            pick = min if formula.sign == "<" else max
            return _pairs(_over(formula.a, formula.den), _over(formula.b, formula.den), pick)
        case If():
            then, other = _over(formula.then, formula.den), _over(formula.other, formula.den)
            return None if then is None or other is None else then | other
        case _:
            return None


def _over(formula: Formula, den: int) -> Wholes | None:
    """The whole numbers over a multiple of the formula's own denominator."""
    wholes = _wholes(formula)
    return None if wholes is None else frozenset(whole * (den // formula.den) for whole in wholes)


def _pairs(a: Wholes | None, b: Wholes | None, made: Callable[[int, int], int]) -> Wholes | None:
    """What is made of every two numbers; ``None`` where that is too many."""
    if a is None or b is None or len(a) * len(b) > 10 * VALUES:
        return None
    pairs = frozenset(made(x, y) for x in a for y in b)
    return pairs if len(pairs) <= VALUES else None
