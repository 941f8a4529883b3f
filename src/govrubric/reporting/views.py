"""Report -> the texts of its tables, the same for a page and a workbook; figures as digits."""

from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import NamedTuple

from govrubric.comparison.pairs_text import cause_in_words
from govrubric.diagnostics.diagnostic import Lang
from govrubric.numbers import Exact, shown, written
from govrubric.reporting.phrases import PHRASES
from govrubric.reporting.report import ReportUnit
from govrubric.scoring.card import ScoreCard
from govrubric.scoring.explain import number, signed, working_in_words
from govrubric.scoring.ledger import Given, ItemScore, RuleScore


class Figures(NamedTuple):
    """What one card says of a rule: its working, its points, and the balance after it."""

    working: str
    points: str
    balance: str


class RuleView(NamedTuple):
    """A rule of an item, or a gate that holds, on each card of a unit; `None` of a card that is not there."""

    title: str
    clause: str
    evidence: tuple[str, ...]
    own: Figures | None
    official: Figures | None


class ItemView(NamedTuple):
    """An item with its rules: its scores on each card, in words."""

    path: str
    title: str
    depth: int
    own: str
    official: str
    rules: tuple[RuleView, ...]


TENTHS = 10
NOTHING = Figures("", "", "")


def total_of(card: ScoreCard | None, lang: Lang, places: int) -> str:
    """The published total; empty without a card."""
    if card is None:
        return ""
    return PHRASES[lang]["none"] if card.total is None else written(Fraction(card.total), places)


def contribution(row: ItemScore, lang: Lang, places: int) -> str:
    """What an item adds to its group; a dash where it does not apply and adds nothing."""
    if not row.applies and not row.contribution:
        return PHRASES[lang]["away"]
    return PHRASES[lang]["none"] if row.contribution is None else number(row.contribution, places)


def shade(row: ItemScore) -> int | None:
    """The share of full marks in tenths, cut off: 10 for full marks, 0 for none or less.

    `None` where an item has no full marks or no score, or does not apply.
    """
    if row.score is None or not row.out_of or not row.applies:
        return None
    return max(0, min(TENTHS, row.score * TENTHS // row.out_of))


def difference(unit: ReportUnit, places: int) -> str:
    """The official total less the unit's own."""
    change = None if unit.differences is None else unit.differences.difference
    return "" if change is None else signed(change, places)


def causes(unit: ReportUnit, lang: Lang, places: int) -> Iterator[tuple[str, str]]:
    """What makes the difference between the two cards of a unit, the largest first."""
    if unit.differences is not None:
        rows = unit.card.items
        for cause in unit.differences.causes:
            title = rows[cause.item].title if cause.item else PHRASES[lang]["total"]
            name = f"{title} · {cause.title}" if cause.what == "rule" and cause.title else title
            yield signed(cause.points, places), cause_in_words(cause, lang, name)


def ledgers(unit: ReportUnit, lang: Lang) -> Iterator[ItemView]:
    """Every item of a unit that has rules or gates, from the first indicator on, the rubric itself last."""
    sides = [_Side.of(card, lang) for card in (unit.own, unit.official)]
    known = next(side for side in reversed(sides) if side is not None)
    own, official = sides
    for path in [*(path for path in known.rows if path), ""]:
        row = known.rows[path]
        rules = tuple(_rules(row, own, official, lang, known.places))
        if rules:
            yield ItemView(
                path,
                row.title if path else PHRASES[lang]["total"],
                path.count("."),
                "" if own is None else _score(own.rows[path], lang, own.places),
                "" if official is None else _score(official.rows[path], lang, official.places),
                rules,
            )


class _Side(NamedTuple):
    """What one card says."""

    rows: Mapping[str, ItemScore]
    rules: Mapping[str, RuleScore]
    inputs: Mapping[str, Given]
    places: int

    @classmethod
    def of(cls, card: ScoreCard | None, lang: Lang) -> "_Side | None":
        if card is None:
            return None
        record = card._spoken(lang)
        rows = {item.path: item for item in record.items}
        rules = {rule.path: rule for item in record.items for rule in item.rules}
        inputs = {given.name: given for given in record.inputs}
        return cls(rows, rules, inputs, record.header.places)


def _rules(
    row: ItemScore, own: _Side | None, official: _Side | None, lang: Lang, places: int
) -> Iterator[RuleView]:
    for rule in row.rules:
        evidence = [text for side in (own, official) for text in _evidence(rule, side, lang)]
        sides = (_figures(rule.path, row.path, side, lang) for side in (own, official))
        title = rule.title or (row.title if len(row.rules) == 1 else rule.shown)
        yield RuleView(title, rule.clause or "", tuple(dict.fromkeys(evidence)), *sides)
    for index, gate in enumerate(row.gates):
        held = [None if side is None else side.rows[row.path].gates[index] for side in (own, official)]
        if any(one is not None and one.held for one in held):
            figures = (
                None if one is None else _gate(one.sentence, one.effect, places, held=one.held)
                for one in held
            )
            yield RuleView(PHRASES[lang]["gate"].format(gate.shown), gate.clause or "", (), *figures)


def _gate(sentence: str, effect: Exact, places: int, *, held: bool) -> Figures:
    return Figures(sentence, signed(effect, places), "") if held else NOTHING


def _figures(path: str, item: str, side: _Side | None, lang: Lang) -> Figures | None:
    if side is None:
        return None
    rule, row = side.rules[path], side.rows[item]
    if not row.applies:
        return Figures(PHRASES[lang]["not applicable"], "", "")
    working = working_in_words(rule, row, lang, side.places)
    return Figures(working, signed(rule.applied, side.places), number(rule.balance, side.places))


def _evidence(rule: RuleScore, side: _Side | None, lang: Lang) -> Iterator[str]:
    """What the inputs of a rule rest on, and the remarks about them."""
    if side is not None:
        for name in rule.inputs:
            yield from side.inputs[name].evidence
            if side.inputs[name].note:
                yield PHRASES[lang]["note"].format(side.inputs[name].note)


def _score(row: ItemScore, lang: Lang, places: int) -> str:
    """The score of an item out of its full marks."""
    phrases = PHRASES[lang]
    if row.score is None:
        return phrases["none"]
    if not row.applies:
        return phrases["not applicable"]
    if row.out_of is None:
        return signed(row.score, places)
    return phrases["scored"].format(number(row.score, places), written(row.out_of))


def digits(value: Fraction, places: int) -> str:
    """A number for people."""
    return shown(value, places + 2)
