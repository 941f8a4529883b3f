"""Conditions and formulas -> their values: a parser of language section 8 that computes as it reads.

Every part is computed over fractions as soon as it is read, and so are both sides of an `if`, since no part
of a text can fail. A value is a number (`Fraction`), a flag (`bool`) or a name (`str`).
"""

import operator
import re
from collections.abc import Callable, Iterator
from fractions import Fraction
from math import ceil, floor

Value = Fraction | bool | str
OF_ITEMS = ("score", "lost", "reached", "applies")
OPERATORS = ("and", "or", "not", "if", "else", "in")
TOKEN = re.compile(
    r"""\s*(?:
        (?P<number>[0-9]+(?:\.[0-9]+)?)
        | (?P<text>'[^']*'|"[^"]*")
        | (?P<name>\w+(?:\s*\.\s*\w+)*)
        | (?P<sign>[<>=!]=|[-+*/<>(){}\[\],])
    )""",
    re.VERBOSE,
)
COMPARED: dict[str, Callable[[Value, Value], bool]] = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
    "==": operator.eq,
    "!=": operator.ne,
}


def worked_out(
    text: str, of_input: Callable[[str], Value | None], of_item: Callable[[str, str], Value]
) -> Value:
    """The value of a text. `of_input` has the value of an input, `of_item` that of a function of an item."""
    reader = _Reader(text, of_input, of_item)
    value = reader.either()
    assert reader.done, f"not read to its end: {text}"
    return value


def spoken_of(text: str) -> Iterator[tuple[str, str]]:
    """Each name in a text, with the function of an item whose argument it is, or with ""."""
    tokens = [("", ""), ("", ""), *words(text), ("", "")]
    for place in range(2, len(tokens) - 1):
        kind, word = tokens[place]
        if kind == "name" and tokens[place + 1][1] != "(" and word not in OPERATORS:
            function, bracket = tokens[place - 2][1], tokens[place - 1][1]
            yield (function if bracket == "(" and function in OF_ITEMS else ""), word


def words(text: str) -> list[tuple[str, str]]:
    """Numbers, texts, names and signs in order; a name is a path without spaces."""
    tokens, place = [], 0
    while place < len(text.rstrip()):
        match = TOKEN.match(text, place)
        assert match is not None, f"unreadable from {place}: {text}"
        assert match.lastgroup is not None
        word = match[match.lastgroup]
        tokens.append((match.lastgroup, re.sub(r"\s", "", word) if match.lastgroup == "name" else word))
        place = match.end()
    return tokens


class _Reader:
    def __init__(
        self, text: str, of_input: Callable[[str], Value | None], of_item: Callable[[str, str], Value]
    ) -> None:
        self.words, self.place = words(text), 0
        self.of_input, self.of_item = of_input, of_item

    @property
    def done(self) -> bool:
        return self.place == len(self.words)

    @property
    def next(self) -> str:
        """The next word if it is a sign or an operator, otherwise ""."""
        kind, word = self.words[self.place] if not self.done else ("", "")
        return word if kind == "sign" or word in OPERATORS else ""

    def took(self, *expected: str) -> str:
        """Take the next word if it is one of the expected words; "" if it is not."""
        word = self.next
        if word not in expected:
            return ""
        self.place += 1
        return word

    def either(self) -> Value:
        """``a if c else b``"""
        value = self.any_of()
        if self.took("if"):
            test = self.any_of()
            assert self.took("else")
            other = self.either()
            return value if flag(test) else other
        return value

    def any_of(self) -> Value:
        value = self.all_of()
        while self.took("or"):
            other = self.all_of()
            value = flag(value) or flag(other)
        return value

    def all_of(self) -> Value:
        value = self.negated()
        while self.took("and"):
            other = self.negated()
            value = flag(value) and flag(other)
        return value

    def negated(self) -> Value:
        return not flag(self.negated()) if self.took("not") else self.compared()

    def compared(self) -> Value:
        left = self.sum()
        if self.took("not"):
            assert self.took("in")
            return left not in self.listed()
        if self.took("in"):
            return left in self.listed()
        holds: bool | None = None
        while sign := self.took(*COMPARED):
            right = self.sum()
            holds = holds is not False and COMPARED[sign](left, right)
            left = right
        return left if holds is None else holds

    def listed(self) -> list[Value]:
        assert self.took("(", "[", "{")
        values = [self.sum()]
        while self.took(","):
            if self.next not in (")", "]", "}"):
                values.append(self.sum())
        assert self.took(")", "]", "}")
        return values

    def sum(self) -> Value:
        value = self.product()
        while sign := self.took("+", "-"):
            other = number(self.product())
            value = number(value) + (other if sign == "+" else -other)
        return value

    def product(self) -> Value:
        value = self.signed()
        while sign := self.took("*", "/"):
            other = number(self.signed())
            value = number(value) * other if sign == "*" else number(value) / other
        return value

    def signed(self) -> Value:
        if sign := self.took("-", "+"):
            value = number(self.signed())
            return -value if sign == "-" else value
        return self.single()

    def single(self) -> Value:
        if self.took("("):
            value = self.either()
            assert self.took(")")
            return value
        kind, word = self.words[self.place]
        self.place += 1
        if kind == "number":
            return Fraction(word)
        if kind == "text":
            return word[1:-1]
        if self.next == "(":
            return self.called(word)
        value_ = self.of_input(word)
        if value_ is not None:
            return value_
        assert word in ("true", "false", "True", "False"), f"unknown: {word}"
        return word in ("true", "True")

    def called(self, function: str) -> Value:
        assert self.took("(")
        if function in OF_ITEMS:
            path = self.words[self.place][1]
            self.place += 1
            assert self.took(")") or (self.took(",") and self.took(")"))
            return self.of_item(function, path)
        arguments = [number(self.either())]
        # A comma may follow the last argument too.
        while self.took(",") and self.words[self.place][1] != ")":
            arguments.append(number(self.either()))
        assert self.took(")")
        first = arguments[0]
        if function == "round":
            return half_up(first, int(arguments[1]))
        if function in ("min", "max"):
            return min(arguments) if function == "min" else max(arguments)
        return {"abs": abs(first), "floor": Fraction(floor(first)), "ceil": Fraction(ceil(first))}[function]


def half_up(value: Fraction, places: int) -> Fraction:
    """A value rounded to some places, away from zero at a tie."""
    size = Fraction(floor(abs(value) * 10**places + Fraction(1, 2)), 10**places)
    return size if value >= 0 else -size


def number(value: Value) -> Fraction:
    assert type(value) is Fraction, f"a number is wanted, not {value!r}"
    return value


def flag(value: Value) -> bool:
    assert type(value) is bool, f"a flag is wanted, not {value!r}"
    return value
