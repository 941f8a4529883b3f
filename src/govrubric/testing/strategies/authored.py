"""Random conditions and formulas by construction: typed, over the inputs and items that are there, without circles.

They are drawn as words in which names stand for full paths; how each name is spelled is decided when the whole rubric
is there, since what stands nearer takes a name away from what stands farther off.
"""

import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple, TypeVar

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

# One draw decides one thing, and the first of anything is the simplest.
numbers_drawn = st.integers(0, 9999)


def pick(draw: st.DrawFn, options: Sequence[T]) -> T:
    """One of some options, whatever they are."""
    return options[draw(numbers_drawn) % len(options)]


class Ref(NamedTuple):
    """An input or an item by its full path, in a text that is not spelled yet."""

    path: str
    of_item: bool = False


Word = str | Ref


@dataclass
class Scope:
    """What a rubric has so far: inputs by their paths, and the items that are whole, which closes no circle."""

    luck: random.Random
    inputs: dict[str, Input] = field(default_factory=dict)
    items: list[str] = field(default_factory=list)
    grades: tuple[str, ...] = ()
    here: str = ""

    def of_kind(self, *kinds: str) -> list[str]:
        """The inputs of these kinds, those of the item in hand four times, so that they are chosen more often."""
        found = [path for path, one in self.inputs.items() if one.kind in kinds]
        return found + 3 * [path for path in found if self.here and path.startswith(f"{self.here}.")]


class Authored(str):
    """A condition or formula, which stands on one line, without escapes."""

    __slots__ = ()


class Draft(NamedTuple):
    """A condition, or a formula for a number, of an item and maybe a rule, as words."""

    words: tuple[Word, ...]
    item: str
    rule: str | None
    number: bool


def conditions(draw: st.DrawFn, scope: Scope, item: str, rule: str | None = None, *totals: str) -> Draft:
    """A condition that a text of this item may state."""
    scope.here = item
    return Draft(tuple(_flag(draw, scope, totals, 2)), item, rule, number=False)


def formulas(draw: st.DrawFn, scope: Scope, item: str, rule: str) -> Draft:
    """A formula that a rule may have."""
    scope.here = item
    return Draft(tuple(_number(draw, scope, (), 2)), item, rule, number=True)


def _flag(draw: st.DrawFn, scope: Scope, totals: tuple[str, ...], depth: int) -> Iterator[Word]:
    shapes = ("one", "one", "compare", "compare", "item", "item", "choice", "between") + (
        ("not", "and", "or", "if", "same") if depth else ()
    )
    shape = pick(draw, shapes)
    if shape == "item" and scope.items:
        yield from _of_item(draw, scope)
    elif shape == "choice" and (
        chosen := [path for path in scope.of_kind("choice") if _quotable(scope.inputs[path].options)]
    ):
        yield from _chosen(draw, scope, pick(draw, chosen))
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
    """What is asked of an item, in a condition."""
    function, path = (
        pick(draw, ("score", "reached", "lost", "applies", "both")),
        Ref(pick(draw, scope.items[::-1]), of_item=True),
    )
    if function == "applies":
        yield from ("applies", "(", path, ")")
    elif function == "both":
        yield from (
            "reached",
            "(",
            path,
            ")",
            pick(draw, SIGNS),
            "reached",
            "(",
            Ref(pick(draw, scope.items), of_item=True),
            ")",
        )
    else:
        yield from (
            function,
            "(",
            path,
            ")",
            pick(draw, SIGNS),
            pick(draw, SHARES if function == "reached" else NUMBERS),
        )


def _quotable(options: Sequence[str]) -> list[str]:
    """The names of a choice that can be written in a text, which knows no escapes."""
    return [
        one for one in options if one.isprintable() and "\\" not in one and not ("'" in one and '"' in one)
    ]


def _chosen(draw: st.DrawFn, scope: Scope, path: str) -> Iterator[Word]:
    names = [
        f'"{one}"' if "'" in one or (scope.luck.randrange(10) < 3 and '"' not in one) else f"'{one}'"
        for one in _quotable(scope.inputs[path].options)
    ]
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
    """A number that no operation makes."""
    if len(totals) and draw(st.booleans()):
        yield pick(draw, totals)
        return
    numbers = scope.of_kind("count", "number")
    if scope.items and (not numbers or not draw(numbers_drawn) % 4):
        yield from (pick(draw, ("score", "lost")), "(", Ref(pick(draw, scope.items[::-1]), of_item=True), ")")
    else:
        yield Ref(pick(draw, numbers[::-1])) if numbers else "3"


def _number(draw: st.DrawFn, scope: Scope, totals: tuple[str, ...], depth: int) -> Iterator[Word]:
    """A number; every one but a leaf stands in brackets."""
    if not depth:
        yield from _leaf(draw, scope, totals)
        return
    one, other = (
        list(_number(draw, scope, totals, depth - 1 if draw(st.booleans()) else 0)) for _ in range(2)
    )
    constant = pick(draw, NUMBERS)
    match pick(
        draw,
        (
            "scaled",
            "+",
            "-",
            "*",
            "min",
            "max",
            "over",
            "share",
            "if",
            "abs",
            "round",
            "floor",
            "ceil",
            "turned",
            "tariff",
        ),
    ):
        case "scaled":
            yield from ("(", *one, "*", constant, ")")
        case ("+" | "-" | "*") as sign:
            yield from ("(", *one, sign, *other, ")")
        case ("min" | "max") as function:
            yield from (function, "(", *one, ",", *other, ",", constant, ")")
        case "over":
            yield from ("(", *one, "/", pick(draw, ("3", "7", "(2 - 0.5)", "-4")), ")")
        case "share":
            yield from (
                "round",
                "(",
                *one,
                "/",
                "max",
                "(",
                *other,
                ",",
                "1",
                ")",
                ",",
                pick(draw, ("0", "2", "6")),
                ")",
            )
        case "if":
            yield from ("(", *one, "if", *_flag(draw, scope, totals, 0), "else", *other, ")")
        case "round":
            yield from ("round", "(", *one, "/", "3", ",", pick(draw, ("1", "0", "4")), ")")
        case "turned":
            yield from ("(", "-", *one, "+", constant, ")")
        case "tariff":
            yield from ("min", "(", "max", "(", *one, "-", constant, ",", "0", ")", "*", "0.3", ",", "5", ")")
        case function:
            yield from (function, "(", *one, "/", "2", ")")


def spelled(values: Any, scope: Scope) -> Any:
    """Values with every condition and formula in letters."""
    match values:
        case Draft():
            return Authored(_text(values, scope))
        case dict():
            return {key: spelled(value, scope) for key, value in values.items()}
        case list():
            return [spelled(value, scope) for value in values]
        case _:
            return values


def _text(draft: Draft, scope: Scope) -> str:
    known = {False: dict[str, object](scope.inputs), True: dict[str, object].fromkeys(scope.items)}
    words = []
    for word in draft.words:
        if isinstance(word, str):
            words.append(word)
            continue
        places = (draft.item, "") if word.of_item or draft.rule is None else (draft.rule, draft.item, "")
        ways = _spellings(word.path, known[word.of_item], places)
        if not ways:
            return "1" if draft.number else "True"
        words.append(scope.luck.choice(ways))
    text = scope.luck.choice((" ", " ", "  ")).join(words)
    for tight in ("( ", " )", " ,") if scope.luck.randrange(10) < 8 else ():
        text = text.replace(tight, tight.strip())
    return text if len(text) <= LONGEST else "1" if draft.number else "True"


def _spellings(path: str, known: Mapping[str, object], places: Sequence[str]) -> list[str]:
    """The ways to name a path: from the rule, from the item, or in full, as long as nothing nearer has that name."""
    ways = [
        path.removeprefix(f"{place}.") if place else path
        for place in places
        if not place or path.startswith(f"{place}.")
    ]
    return [
        way
        for way in ways
        if way not in WORDS_OF_THE_LANGUAGE
        and next((found for place in places if (found := join(place, way)) in known), None) == path
    ]
