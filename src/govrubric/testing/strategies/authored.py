"""Random conditions and formulas by construction: well typed, over known inputs and items, without cycles.

They are drawn as words, in which a `Ref` stands for a full path. Each path is spelled once the whole rubric
is drawn, since a nearer input or item of the same name hides a farther one.
"""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any, Literal, NamedTuple, TypeVar

from hypothesis import strategies as st

from govrubric.formula.nodes import Input
from govrubric.language.rubric_text import join

T = TypeVar("T")
Values = dict[str, Any]
LONGEST = 1000
SIGNS = ("==", ">", ">=", "<", "<=", "!=")
NUMBERS = (
    "0",
    "1",
    "2",
    "3",
    "0.5",
    "10",
    "17",
    "59.99",
    "95",
    "-1",
    "(1 / 3)",
    "1000",
    "0.000001",
    "999999999",
)
SHARES = ("0", "1", "0.5", "0.6", "(1 / 3)", "0.85")
WORDS_OF_THE_LANGUAGE = ("and", "or", "not", "if", "else", "in", "true", "false")

# One draw makes one choice. The first option is the simplest, so that examples shrink to it.
numbers_drawn: st.SearchStrategy[int] = st.integers(0, 9999)


def pick(draw: st.DrawFn, options: Sequence[T]) -> T:
    """One of some options, of any type."""
    return options[draw(numbers_drawn) % len(options)]


class Ref(NamedTuple):
    """An input, a value or an item by its full path, in a text whose names are not spelled yet."""

    path: str
    of_item: bool = False


Word = str | Ref


@dataclass
class Scope:
    """What a rubric has so far: inputs and values by path, rules, those with levels, and finished items.

    The `unweighed` items have no full marks. A text may name finished items without a cycle. `here` is the
    path of the item whose text is drawn.
    """

    luck: random.Random
    inputs: dict[str, Input] = field(default_factory=dict)
    items: list[str] = field(default_factory=list)
    unweighed: set[str] = field(default_factory=set)
    values: dict[str, Literal["number", "flag"]] = field(default_factory=dict)
    rules: list[str] = field(default_factory=list)
    sums: list[str] = field(default_factory=list)
    grades: tuple[str, ...] = ()
    here: str = ""

    def of_kind(self, *kinds: str) -> list[str]:
        """The inputs and values of these kinds; those of the item `here` four times, to be chosen more often.

        A rule with levels is the number of all its cases.
        """
        paths = [path for path, input_ in self.inputs.items() if input_.kind in kinds]
        paths += [path for path, kind in self.values.items() if kind in kinds]
        paths += self.sums if "count" in kinds else []
        return paths + 3 * [path for path in paths if self.here and path.startswith(f"{self.here}.")]

    def askable(self, function: str, item: "Ref") -> str:
        """The function, or `score` where it asks for a share of full marks and the item has none."""
        return "score" if function == "reached" and item.path in self.unweighed else function


class Authored(str):
    """A condition or formula as text, which is written on one line, without escapes."""

    __slots__ = ()


class Draft(NamedTuple):
    """A condition, or a formula (`number`), as words; it belongs to an item, and maybe to a rule of it.

    `alone`: it is the name of a number, in whose place a number may stand.
    """

    words: tuple[Word, ...]
    item: str
    rule: str | None
    number: bool
    alone: bool = False


def conditions(draw: st.DrawFn, scope: Scope, item: str, rule: str | None = None, *totals: str) -> Draft:
    """A condition that this item or rule may have; `totals` are the names of totals that it may use."""
    scope.here = item
    return Draft(tuple(_flag(draw, scope, totals, 2)), item, rule, number=False)


def formulas(draw: st.DrawFn, scope: Scope, item: str, rule: str | None = None) -> Draft:
    """A formula that a rule may have, or a value of an item."""
    scope.here = item
    return Draft(tuple(_number(draw, scope, (), 2)), item, rule, number=True)


def named(draw: st.DrawFn, scope: Scope, item: str, rule: str, *, above_zero: bool) -> Draft | None:
    """The name of a number that a rule may read, of one whose bounds exclude zero where it divides."""
    paths = scope.of_kind("count", "number")
    if above_zero:  # what a value or a sum comes to is not known here
        known = [scope.inputs[path] for path in paths if path in scope.inputs]
        paths = [input_.name for input_ in known if input_.lo > 0 or input_.hi < 0]
    return Draft((Ref(pick(draw, paths)),), item, rule, number=True, alone=True) if paths else None


FARTHEST = Fraction(10**9)
FLAT_SHAPES = ("one", "one", "compare", "compare", "item", "item", "choice", "between")
DEEP_SHAPES = ("not", "and", "or", "if", "same")


def _flag(draw: st.DrawFn, scope: Scope, totals: tuple[str, ...], depth: int) -> Iterator[Word]:
    """A condition of one of the shapes; those of `depth` 1 and more hold other conditions."""
    shape = pick(draw, FLAT_SHAPES + (DEEP_SHAPES if depth else ()))
    choices = [path for path in scope.of_kind("choice") if _quotable(scope.inputs[path].options)]
    if shape == "item" and scope.items:
        yield from _of_item(draw, scope)
    elif shape == "choice" and choices:
        yield from _of_choice(draw, scope, pick(draw, choices))
    elif shape == "compare":
        yield from (
            *_leaf(draw, scope, totals),
            pick(draw, SIGNS),
            *((pick(draw, NUMBERS),) if draw(st.booleans()) else _leaf(draw, scope, totals)),
        )
    elif shape == "between":
        yield from (
            pick(draw, NUMBERS),
            pick(draw, SIGNS),
            *_leaf(draw, scope, totals),
            pick(draw, SIGNS),
            pick(draw, NUMBERS),
        )
    elif shape == "not":
        yield from ("not", "(", *_flag(draw, scope, totals, depth - 1), ")")
    elif shape in ("and", "or"):
        yield from (
            "(",
            *_flag(draw, scope, totals, depth - 1),
            shape,
            *_flag(draw, scope, totals, depth - 1),
            ")",
        )
    elif shape == "if":
        yield from (
            "(",
            *_flag(draw, scope, totals, depth - 1),
            "if",
            *_flag(draw, scope, totals, 0),
            "else",
            *_flag(draw, scope, totals, 0),
            ")",
        )
    elif shape == "same":
        yield from (
            "(",
            *_flag(draw, scope, totals, 0),
            ")",
            pick(draw, ("==", "!=")),
            "(",
            *_flag(draw, scope, totals, depth - 1),
            ")",
        )
    elif flags := scope.of_kind("flag"):
        yield from ["not"] if draw(st.booleans()) else []
        yield Ref(pick(draw, flags))
    else:
        yield pick(draw, ("True", "False"))


def _of_item(draw: st.DrawFn, scope: Scope) -> Iterator[Word]:
    """A condition on the score of an item, or on whether it applies."""
    function = pick(draw, ("score", "reached", "lost", "applies", "both"))
    path = Ref(pick(draw, scope.items[::-1]), of_item=True)
    if function == "applies":
        yield from ("applies", "(", path, ")")
    elif function == "both":
        sign = pick(draw, SIGNS)
        other = Ref(pick(draw, scope.items), of_item=True)
        left, right = (scope.askable("reached", one) for one in (path, other))
        yield from (left, "(", path, ")", sign, right, "(", other, ")")
    else:
        sign = pick(draw, SIGNS)
        constant = pick(draw, SHARES if function == "reached" else NUMBERS)
        yield from (scope.askable(function, path), "(", path, ")", sign, constant)


def _quotable(options: Sequence[str]) -> list[str]:
    """The names of a choice that can be quoted in a text, which has no escapes."""
    return [
        name
        for name in options
        if name.isprintable() and "\\" not in name and not ("'" in name and '"' in name)
    ]


def _quoted(name: str, luck: random.Random) -> str:
    """A name in quotes that it does not hold itself."""
    if "'" in name:
        return f'"{name}"'
    double = luck.randrange(10) < 3 and '"' not in name
    return f'"{name}"' if double else f"'{name}'"


def _of_choice(draw: st.DrawFn, scope: Scope, path: str) -> Iterator[Word]:
    """A condition on which name of a choice is given."""
    names = [_quoted(name, scope.luck) for name in _quotable(scope.inputs[path].options)]
    shape = pick(draw, ("==", "!=", "turned", "in", "not in"))
    if shape == "turned":
        yield from (pick(draw, names), "==", Ref(path))
    elif shape in ("==", "!="):
        yield from (Ref(path), shape, pick(draw, names))
    else:
        opening, closing = pick(draw, (("(", ")"), ("[", "]"), ("{", "}")))
        yield from (
            Ref(path),
            *shape.split(),
            opening,
            pick(draw, names),
            ",",
            *((pick(draw, names),) if len(names) > 1 else ()),
            closing,
        )


def _leaf(draw: st.DrawFn, scope: Scope, totals: tuple[str, ...]) -> Iterator[Word]:
    """A number without an operation."""
    if len(totals) and draw(st.booleans()):
        yield pick(draw, totals)
        return
    numbers = scope.of_kind("count", "number")
    if scope.items and (not numbers or not draw(numbers_drawn) % 4):
        function = pick(draw, ("score", "lost", "reached"))
        path = Ref(pick(draw, scope.items[::-1]), of_item=True)
        yield from (scope.askable(function, path), "(", path, ")")
    else:
        yield Ref(pick(draw, numbers[::-1])) if numbers else "3"


OPERATIONS = (
    "scaled", "+", "-", "*", "min", "max", "over", "share", "ratio", "if", "abs", "round", "floor", "ceil",
    "turned", "tariff",
)  # fmt: skip


def _number(draw: st.DrawFn, scope: Scope, totals: tuple[str, ...], depth: int) -> Iterator[Word]:
    """A number of one of the operations, in brackets; at `depth` 0 a leaf."""
    if not depth:
        yield from _leaf(draw, scope, totals)
        return
    left, right = (
        list(_number(draw, scope, totals, depth - 1 if draw(st.booleans()) else 0)) for _ in range(2)
    )
    constant = pick(draw, NUMBERS)
    match pick(draw, OPERATIONS):
        case "scaled":
            yield from ("(", *left, "*", constant, ")")
        case ("+" | "-" | "*") as sign:
            yield from ("(", *left, sign, *right, ")")
        case ("min" | "max") as function:
            yield from (function, "(", *left, ",", *right, ",", constant, ")")
        case "over":
            yield from ("(", *left, "/", pick(draw, ("3", "7", "(2 - 0.5)", "-4")), ")")
        case "share":
            divisor = ("max", "(", *right, ",", "1", ")")
            yield from ("round", "(", *left, "/", *divisor, ",", pick(draw, ("0", "2", "6")), ")")
        case "ratio":
            yield from ("(", *left, "/", pick(draw, ("", "-")), "max", "(", *right, ",", "1", ")", ")")
        case "if":
            yield from ("(", *left, "if", *_flag(draw, scope, totals, 0), "else", *right, ")")
        case "round":
            yield from ("round", "(", *left, "/", "3", ",", pick(draw, ("1", "0", "4")), ")")
        case "turned":
            yield from ("(", "-", *left, "+", constant, ")")
        case "tariff":
            excess = ("max", "(", *left, "-", constant, ",", "0", ")")
            yield from ("min", "(", *excess, "*", "0.3", ",", "5", ")")
        case function:
            yield from (function, "(", *left, "/", "2", ")")


def spelled(values: Any, scope: Scope) -> Any:
    """Values with every condition and formula as text."""
    match values:
        case Draft():
            text = _text(values, scope)
            # In place of a name stands the number with which a rule's input goes as far as with the name.
            return FARTHEST if values.alone and text == "1" else Authored(text)
        case dict():
            return {key: spelled(value, scope) for key, value in values.items()}
        case list():
            return [spelled(value, scope) for value in values]
        case _:
            return values


def _text(draft: Draft, scope: Scope) -> str:
    """A draft as text; a constant where a path has no spelling, or the text is too long."""
    fallback = "1" if draft.number else "True"
    words = []
    for word in draft.words:
        if isinstance(word, str):
            words.append(word)
            continue
        ways = _spellings(word, scope, draft)
        if not ways:
            return fallback
        words.append(scope.luck.choice(ways))
    text = scope.luck.choice((" ", " ", "  ")).join(words)
    for tight in ("( ", " )", " ,") if scope.luck.randrange(10) < 8 else ():
        text = text.replace(tight, tight.strip())
    return text if len(text) <= LONGEST else fallback


def _spellings(word: Ref, scope: Scope, draft: Draft) -> list[str]:
    """The names of a path, from the rule, from the item, or in full, unless they mean something nearer."""
    rule = () if word.of_item or draft.rule is None else (draft.rule,)
    places = (*rule, draft.item, "")
    names = [
        word.path.removeprefix(f"{place}.") if place else word.path
        for place in places
        if not place or word.path.startswith(f"{place}.")
    ]
    if word.path in scope.values:
        names.append(word.path.rpartition(".")[2])
    if word.of_item:
        meant = [_item(name, scope, places) for name in names]
    else:
        meant = [_value(name, scope, draft) for name in names]
    pairs = zip(names, meant, strict=True)
    return [name for name, path in pairs if name not in WORDS_OF_THE_LANGUAGE and path == word.path]


def _item(name: str, scope: Scope, places: Sequence[str]) -> str | None:
    """The item that a name means: the first that exists, from the nearest place outwards."""
    return next((path for path in (join(place, name) for place in places) if path in scope.items), None)


def _value(name: str, scope: Scope, draft: Draft) -> str | None:
    """The input, value or rule with levels that a name means; none where it may mean two.

    A value is meant by its name alone unless something else of its item, or nearer, has that name.
    """
    if draft.rule is not None and join(draft.rule, name) in scope.inputs:
        return join(draft.rule, name)
    others = {*scope.items, *scope.rules, *scope.inputs}
    for place in (draft.item, ""):
        path, alone = join(place, name), join(place, f"values.{name}")
        if alone in scope.values:
            return None if path in others else alone
        if path in scope.inputs or path in scope.values or path in scope.sums:
            return path
        if path in others and f"values.{name}" in scope.values:
            return None
    return None
