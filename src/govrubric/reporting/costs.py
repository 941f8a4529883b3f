"""The cards of many units -> what each indicator and each rule cost them, in points of the total.

A deduction costs what it took. An item that earns its points costs what was not earned: that stands at its
rule where it has one rule, and else at the item.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from typing import NamedTuple

from govrubric.numbers import Exact, as_exact
from govrubric.rubric import Rubric
from govrubric.scoring.card import ScoreCard
from govrubric.scoring.comparing import weighed
from govrubric.scoring.ledger import ItemScore

ZERO = Fraction(0)


class Cost(NamedTuple):
    """What an indicator, a rule or an item cost all units together.

    Attributes:
        path: its path.
        title: its title; of a rule that of its item before it.
        clause: the official wording; `None` where none is written.
        points: the points of the total that all units lost by it.
        units: how many units lost points by it.
        most: the most that one unit lost by it.
    """

    path: str
    title: str
    clause: str | None
    points: Exact
    units: int
    most: Exact


def lost(card: ScoreCard, paths: Iterable[str]) -> list[Fraction]:
    """What each of some items cost a unit, in points of the total; nothing where it has no score."""
    rows = card.items
    points = _worth(rows)
    found = (rows[path] for path in paths)
    return [points[row.path] * row.lost if row.lost and row.applies else ZERO for row in found]


def of_indicators(rubric: Rubric, cards: Sequence[ScoreCard]) -> list[Cost]:
    """What each indicator cost, in file order."""
    paths = rubric.items[""].parts
    units = [lost(card, paths) for card in cards if card.total is not None]
    return [
        _cost(path, *_words(rubric, path), [unit[index] for unit in units])
        for index, path in enumerate(paths)
    ]


def of_rules(rubric: Rubric, cards: Iterable[ScoreCard]) -> list[Cost]:
    """What each rule cost, the most expensive first; rules that cost nothing are left out."""
    found: dict[str, list[Fraction]] = {}
    for card in cards:
        if card.total is None:
            continue  # what takes the whole total has no points of it
        for path, amount in _of_card(card.items):
            found.setdefault(path, []).append(amount)
    costs = [_cost(path, *_words(rubric, path), amounts) for path, amounts in found.items()]
    return sorted((cost for cost in costs if cost.points), key=lambda cost: -cost.points)


def _worth(rows: Mapping[str, ItemScore]) -> dict[str, Fraction]:
    """The items of a card by their paths -> what a point of the score of each was worth in its total."""
    return weighed(rows, _shares)[1]


def _shares(group: ItemScore, parts: Sequence[ItemScore]) -> Mapping[str, Fraction]:
    """How much of the contribution of each part its group took over, as language section 3 says.

    Nothing of one that was dropped, that left, or that another was better or worse than; more than all of
    one among which the weight of others was scaled up or shared out.
    """
    shares = {part.path: Fraction(part.extra) for part in parts}
    regular = [part for part in parts if not part.extra]
    gone = [part for part in regular if not part.applies and part.not_applicable in ("rescale", "spread")]
    stay = sorted(
        (part for part in regular if part not in gone), key=lambda part: part.contribution or Exact(0)
    )
    how = group.combining
    if how is None or not stay:
        return shares
    lowest = min(how.lowest, len(stay) - 1)
    kept = stay[lowest : len(stay) - min(how.highest, len(stay) - 1 - lowest)]
    if how.how in ("min", "max"):
        return shares | {kept[0 if how.how == "min" else -1].path: Fraction(1)}
    if how.how == "mean":
        return shares | {part.path: Fraction(1, len(kept)) for part in kept}
    return shares | {part.path: _scaled(group, part, kept, gone) for part in kept}


def _scaled(
    group: ItemScore, part: ItemScore, kept: Sequence[ItemScore], gone: Sequence[ItemScore]
) -> Fraction:
    """How many times its contribution a part counts in a sum that other parts have left."""
    rescaled, spread = (
        sum((Fraction(one.weight or 0) for one in gone if one.not_applicable == policy), ZERO)
        for policy in ("rescale", "spread")
    )
    here = sum(one.applies for one in kept)
    own = 1 + spread / here / Fraction(part.weight or 1) if part.applies and spread else Fraction(1)
    return own * group.out_of / (group.out_of - rescaled) if rescaled and group.out_of else own


def _of_card(rows: Mapping[str, ItemScore]) -> Iterator[tuple[str, Fraction]]:
    """Each rule, or item, that cost a unit anything, with its points of the total."""
    points = _worth(rows)
    for path, row in rows.items():
        if row.parts and not row.rules:
            continue
        taken = [(rule.path, -rule.applied) for rule in row.rules if rule.applied < 0]
        yield from ((rule, points[path] * amount) for rule, amount in taken)
        if not row.parts and row.applies and row.lost:
            rest = row.lost - sum((amount for _, amount in taken), Exact(0))
            if rest > 0:
                at = row.rules[0].path if len(row.rules) == 1 else path
                yield at, points[path] * rest


def _words(rubric: Rubric, path: str) -> tuple[str, str | None]:
    """The title and the clause of a rule or an item."""
    if path not in rubric.rules:
        item = rubric.items[path]
        return item.title, item.clause
    rule = rubric.rules[path]
    above = rubric.items[rule.item].title
    return f"{above} · {rule.title}" if rule.title else above, rule.clause


def _cost(path: str, title: str, clause: str | None, amounts: Sequence[Fraction]) -> Cost:
    costly = [amount for amount in amounts if amount]
    most = max(costly, default=ZERO)
    return Cost(path, title, clause, as_exact(sum(costly, ZERO)), len(costly), as_exact(most))
