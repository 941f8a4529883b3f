"""The rows of a score card, and the proof that they add up, without asking the engine.

Numbers are exact: `Decimal` where the digits end, `Fraction` where they do not. Points are on the item's own scale
(`out_of`), contributions on its parent's.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import NamedTuple

from govrubric.diagnostics import Diagnostic, Lang
from govrubric.formula import Kind
from govrubric.numbers import Exact, written
from govrubric.rules._rule import Rule


class Header(NamedTuple):
    """What a card says of itself: versions, the rubric and the unit."""

    engine: str
    rubric: str
    title: str
    language: str
    digest: str
    maximum: Exact
    unit: str | None
    name: str | None


class Given(NamedTuple):
    """One input: what was counted or judged, and on what evidence; `assumed` when the tally left it out."""

    name: str
    kind: Kind
    unit: str | None
    value: int | bool | Exact
    assumed: bool
    evidence: tuple[str, ...]
    note: str | None


class Working(NamedTuple):
    """A rule and where its inputs stand among the card's values: enough to make its sentence when somebody reads it."""

    rule: Rule
    slots: tuple[tuple[int, int], ...]
    full: Fraction
    language: Lang

    def sentence(self, values: tuple[int, ...], raw: Exact, lang: Lang | None) -> str:
        given = tuple(Fraction(values[slot], den) for slot, den in self.slots)
        return self.rule.working(given, self.full, written(abs(Fraction(raw))), lang or self.language)


class RuleScore(NamedTuple):
    """One rule's effect in points: ``raw == applied + absorbed``, and `balance` is what stood behind it."""

    path: str
    verb: str
    clause: str | None
    inputs: tuple[str, ...]
    working: str | Working
    raw: Exact
    applied: Exact
    absorbed: Exact
    balance: Exact
    values: tuple[int, ...] = ()

    @property
    def sentence(self) -> str:
        """How the raw effect comes from what was counted, in the rubric's language: ``3 例 × 0.1 = 0.3``."""
        return self.sentence_in(None)

    def sentence_in(self, lang: Lang | None) -> str:
        """The sentence in another language; a card that was written down knows only the one it was written in."""
        return self.working if isinstance(self.working, str) else self.working.sentence(self.values, self.raw, lang)


class ItemScore(NamedTuple):
    """One item's ledger: ``base + Σ applied + rounding == score`` and ``contribution == score × weight ÷ out_of``.

    A group's `base` is the sum of its parts' contributions, held within floor and ceiling; ``None`` means no bound.
    """

    path: str
    title: str
    clause: str | None
    assessed_by: str | None
    weight: Exact
    out_of: Exact
    floor: Exact | None
    ceiling: Exact | None
    parts: tuple[str, ...]
    base: Exact
    rounding: Exact
    score: Exact
    lost: Exact
    contribution: Exact
    rules: tuple[RuleScore, ...]


@dataclass(frozen=True, slots=True)
class Record:
    """A card written down."""

    header: Header
    inputs: tuple[Given, ...]
    items: tuple[ItemScore, ...]


def audit(record: Record) -> list[Diagnostic]:
    """Every place where the ledger does not add up (language, section 4), in the card's order."""
    items = {item.path: item for item in record.items}
    found = [
        Diagnostic.of("GR702", None, (path or record.header.rubric,), what=what, stated=written(Fraction(stated)), computed=written(computed))
        for item in record.items
        for path, what, stated, computed in _sums(item, items)
        if Fraction(stated) != computed
    ]
    for item in record.items:
        low, high = item.floor is not None and item.score < item.floor, item.ceiling is not None and item.score > item.ceiling
        bound = item.floor if low else item.ceiling
        if (low or high) and bound is not None:
            found.append(Diagnostic.of("GR704", None, (item.path,), score=written(Fraction(item.score)), bound=written(Fraction(bound))))
    return found


def gaps(record: Record) -> list[str]:
    """Paths and names that keep a card from being whole: its items are one tree, and each input serves one rule."""
    paths = [item.path for item in record.items]
    parts = [part for item in record.items for part in item.parts]
    inside = [part for item in record.items for part in item.parts if not part.startswith(f"{item.path}." if item.path else "") or not part]
    names = [given.name for given in record.inputs]
    used = [name for item in record.items for rule in item.rules for name in rule.inputs]
    return inside + _unequal(paths, ["", *parts]) + _unequal(names, used)


def _unequal(one: list[str], other: list[str]) -> list[str]:
    """What stands in one of two lists and not, or not as often, in the other."""
    more, less = Counter(one), Counter(other)
    return sorted(((more - less) + (less - more)).elements())


def _sums(item: ItemScore, items: dict[str, ItemScore]) -> Iterator[tuple[str, str, Exact, Fraction]]:
    """Each sum of an item: path, what it is, what the card says, and what it comes to."""
    weight, out_of = Fraction(item.weight), Fraction(item.out_of)
    if item.parts:
        total = sum((Fraction(items[part].contribution) for part in item.parts), Fraction(0))
        if item.ceiling is not None:
            total = min(total, Fraction(item.ceiling))
        if item.floor is not None:
            total = max(total, Fraction(item.floor))
        yield item.path, "base", item.base, total
    balance = Fraction(item.base)
    for rule in item.rules:
        balance += Fraction(rule.applied)
        yield rule.path, "balance", rule.balance, balance
        yield rule.path, "raw", rule.raw, Fraction(rule.applied) + Fraction(rule.absorbed)
    yield item.path, "score", item.score, balance + Fraction(item.rounding)
    yield item.path, "lost", item.lost, out_of - Fraction(item.score)
    yield item.path, "contribution", item.contribution, Fraction(item.score) * weight / out_of
