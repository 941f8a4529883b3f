"""Two cards of one unit -> their differences: item by item, and what makes them, in points of the total.

The ledgers of both cards are read beside each other. What each item, rule and gate adds is weighted as its
group weighs it, and whatever else a group makes of its parts is a cause of the group. So the causes add up
to the difference of the totals, and nothing is left over.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any, Literal, NamedTuple, Protocol

from govrubric.language.rubric_text import join
from govrubric.numbers import Exact, as_exact, written
from govrubric.plan.names import NOT_APPLICABLE
from govrubric.scoring.ledger import Given, ItemScore, RuleScore

ZERO = Fraction(0)
What = Literal["start", "parts", "rule", "gates", "rounding", "standing"]


class Card(Protocol):
    """A score card, as far as it is compared with another."""

    @property
    def unit(self) -> str | None: ...
    @property
    def name(self) -> str | None: ...
    @property
    def variant(self) -> str | None: ...
    @property
    def total(self) -> Decimal | None: ...
    @property
    def grade(self) -> str | None: ...
    @property
    def digest(self) -> str: ...
    @property
    def scoring_digest(self) -> str: ...
    @property
    def items(self) -> Mapping[str, ItemScore]: ...
    @property
    def rules(self) -> Mapping[str, RuleScore]: ...
    @property
    def inputs(self) -> Mapping[str, Given]: ...


class InputDifference(NamedTuple):
    """An input that the two cards give other values.

    Attributes:
        name: its name in tallies.
        own: what the unit's own card gives, with its evidence.
        official: what the official card gives.
    """

    name: str
    own: Given
    official: Given

    @property
    def title(self) -> str | None:
        """What people read in place of its name; `None` where the rubric does not say."""
        return self.own.title


class Cause(NamedTuple):
    """What makes a part of the difference of the totals.

    Attributes:
        what: `rule`; or of an item `start`, where it starts; `parts`, what it makes of its parts beyond
            adding them up; `gates`; `rounding`; or `standing`, whether it applies, counts, and has a score.
        item: the path of the item; the empty path of the whole rubric.
        path: the path of the rule, or else of the item.
        title: the title of the rule, or else of the item; `None` of a rule without one.
        points: the points of the total that the official card has more; below 0, fewer.
        inputs: the inputs that it reads and that differ.
    """

    what: What
    item: str
    path: str
    title: str | None
    points: Exact
    inputs: tuple[InputDifference, ...]


class ItemDifference(NamedTuple):
    """An item on both cards; scores are on its own scale.

    Attributes:
        path: its path; the empty path of the whole rubric.
        title: its title.
        out_of: full marks on its own scale; `None` of an item without full marks.
        own: its score on the unit's own card; `None` where a gate took it away.
        official: its score on the official card; `None` likewise.
        points: the points of the total that the item itself makes, without its parts. Those of all items
            add up to the difference of the totals.
    """

    path: str
    title: str
    out_of: Exact | None
    own: Exact | None
    official: Exact | None
    points: Exact

    @property
    def difference(self) -> Exact | None:
        """The official score less the unit's own; `None` where one of them was taken away."""
        if self.own is None or self.official is None:
            return None
        return self.official - self.own


@dataclass(frozen=True, slots=True)
class CardComparison:
    """A unit's own card and the official one, beside each other. Made by `ScoreCard.compare`.

    Attributes:
        own: the card that `compare` was called on.
        official: the other card.
        items: every item, from the rubric (the empty path) down, in file order.
        causes: what makes the difference, the largest first.
        inputs: every input that differs, in file order.
    """

    own: Card
    official: Card
    items: tuple[ItemDifference, ...]
    causes: tuple[Cause, ...]
    inputs: tuple[InputDifference, ...]

    @property
    def difference(self) -> Exact | None:
        """The official total less the unit's own; `None` where a gate took one of them away."""
        if self.own.total is None or self.official.total is None:
            return None
        return Exact(self.official.total) - self.own.total

    @property
    def other_inputs(self) -> tuple[InputDifference, ...]:
        """The inputs that differ and that no cause names."""
        named = {one.name for cause in self.causes for one in cause.inputs}
        return tuple(one for one in self.inputs if one.name not in named)

    def to_dict(self) -> dict[str, Any]:
        """Plain data, as ``govrubric compare --format json`` prints it for a unit: numbers as digits."""
        return {
            "unit": self.own.unit,
            "name": self.own.name or self.official.name,
            "variant": self.own.variant,
            "self": _side(self.own),
            "official": _side(self.official),
            "difference": _digits(self.difference),
            "items": [
                {
                    "path": item.path,
                    "title": item.title,
                    "out_of": _digits(item.out_of),
                    "self": _digits(item.own),
                    "official": _digits(item.official),
                    "difference": _digits(item.difference),
                    "points": written(item.points),
                }
                for item in self.items
            ],
            "causes": [
                {
                    "what": cause.what,
                    "item": cause.item,
                    "path": cause.path,
                    "title": cause.title,
                    "points": written(cause.points),
                    "inputs": [_input(one) for one in cause.inputs],
                }
                for cause in self.causes
            ],
            "other_inputs": [_input(one) for one in self.other_inputs],
        }


def compared(own: Card, official: Card) -> CardComparison:
    """Two cards of one unit by one rubric -> what differs; raises `ValueError` for any others."""
    if own.scoring_digest != official.scoring_digest or not _are_alike(own, official):
        raise ValueError("these cards are of two rubrics, or of two variants of one")
    if own.unit is not None and official.unit is not None and own.unit != official.unit:
        raise ValueError("these cards are of two units")
    inputs = tuple(
        InputDifference(one.name, one, other)
        for one, other in zip(own.inputs.values(), official.inputs.values(), strict=True)
        if (type(one.value), one.value) != (type(other.value), other.value)
    )
    sides = _Side(own), _Side(official)
    causes = tuple(_causes(*sides, {one.name: one for one in inputs}))
    points: dict[str, Fraction] = {}
    for cause in causes:
        points[cause.item] = points.get(cause.item, ZERO) + cause.points
    items = tuple(
        ItemDifference(
            path,
            row.title,
            row.out_of,
            row.score,
            sides[1].rows[path].score,
            as_exact(points.get(path, ZERO)),
        )
        for path, row in sides[0].rows.items()
    )
    largest_first = sorted(causes, key=lambda cause: -abs(cause.points))
    return CardComparison(own, official, items, tuple(largest_first), inputs)


def _are_alike(own: Card, official: Card) -> bool:
    """Whether two cards have the same items, rules and inputs, as those of one rubric have."""
    return all(
        mine.keys() == theirs.keys()
        for mine, theirs in (
            (own.items, official.items),
            (own.rules, official.rules),
            (own.inputs, official.inputs),
        )
    )


Shares = Callable[[ItemScore, Sequence[ItemScore]], Mapping[str, Fraction]]


def weighed(rows: Mapping[str, ItemScore], shares: Shares) -> tuple[dict[str, Fraction], dict[str, Fraction]]:
    """What a point of the contribution of each item is worth in the total, and a point of its score.

    `shares` tells how much of the contribution of each of its parts a group takes over.
    """
    weights, points = {"": Fraction(1)}, dict[str, Fraction]()
    for path, row in rows.items():
        points[path] = weights[path]
        if row.weight is not None and row.out_of and row.weight != row.out_of:
            points[path] *= Fraction(row.weight) / row.out_of
        if row.parts:
            found = shares(row, [rows[part] for part in row.parts])
            weights |= {part: points[path] * share for part, share in found.items()}
    return weights, points


class _Side:
    """The rows of a card, and what their points are worth in the total."""

    def __init__(self, card: Card) -> None:
        self.rows: Mapping[str, ItemScore] = card.items
        self.weights, self.points = weighed(self.rows, _shares)

    def contribution(self, path: str) -> Fraction:
        """What an item adds to the total; nothing where it has no score."""
        return self.weights[path] * (self.rows[path].contribution or 0)

    def beyond_parts(self, path: str) -> Fraction:
        """What an item starts from, without what its parts add."""
        parts = (self.contribution(part) for part in self.rows[path].parts)
        return self.points[path] * self.rows[path].base - sum(parts, ZERO)

    def gates(self, path: str) -> Fraction:
        return self.points[path] * sum((gate.effect for gate in self.rows[path].gates), Exact(0))

    def standing(self, path: str) -> Fraction:
        """What an item contributes beyond its ledger: less than nothing where it does not count."""
        row = self.rows[path]
        ledger = row.base + row.rounding + sum((rule.applied for rule in row.rules), Exact(0))
        return self.contribution(path) - self.points[path] * ledger - self.gates(path)


def _shares(group: ItemScore, parts: Sequence[ItemScore]) -> Mapping[str, Fraction]:
    """The shares of parts by the rubric alone, which are the same for both cards."""
    share = Fraction(1)
    if group.combining is not None and group.combining.how == "mean":
        counted = sum(not one.extra for one in parts) - group.combining.lowest - group.combining.highest
        share = Fraction(1, max(1, counted))
    return {part.path: Fraction(1) if part.extra else share for part in parts}


def _causes(own: _Side, official: _Side, inputs: Mapping[str, InputDifference]) -> Iterator[Cause]:
    """What makes the difference, item by item; nothing that makes none."""
    for path, row in own.rows.items():
        other = official.rows[path]
        rules = {rule.path: rule for rule in other.rules}
        flag = (join(path, NOT_APPLICABLE),)
        start: What = "parts" if row.parts else "start"
        found: list[tuple[What, Fraction, RuleScore | None]] = [
            (start, official.beyond_parts(path) - own.beyond_parts(path), None),
            *(
                ("rule", own.points[path] * (rules[rule.path].applied - rule.applied), rule)
                for rule in row.rules
                if rule.path in rules
            ),
            ("gates", official.gates(path) - own.gates(path), None),
            ("rounding", own.points[path] * (other.rounding - row.rounding), None),
            ("standing", official.standing(path) - own.standing(path), None),
        ]
        for what, amount, rule in found:
            if amount:
                at, title = (path, row.title) if rule is None else (rule.path, rule.title)
                names = flag if rule is None else rule.inputs
                known = tuple(inputs[name] for name in names if name in inputs)
                yield Cause(what, path, at, title, as_exact(amount), known)


def _side(card: Card) -> dict[str, str | None]:
    return {"total": _digits(card.total), "grade": card.grade, "digest": card.digest}


def _input(one: InputDifference) -> dict[str, Any]:
    return {
        "name": one.name,
        "title": one.title,
        "self": _value(one.own.value),
        "official": _value(one.official.value),
    }


def _value(value: bool | int | str | Exact) -> bool | int | str:
    """A value as in a card: a number that may have decimal places as its digits."""
    return value if isinstance(value, (bool, int, str)) else written(value)


def _digits(number: Decimal | Fraction | None) -> str | None:
    return None if number is None else written(Fraction(number))
