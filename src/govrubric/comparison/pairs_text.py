"""Units with their two cards -> a table for a terminal, tables for a memo, and CSV."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from fractions import Fraction

from govrubric.comparison.markdown import cell, table
from govrubric.comparison.pairs import Pair, Pairs
from govrubric.diagnostics.diagnostic import Lang
from govrubric.diagnostics.display import plain
from govrubric.document import csv
from govrubric.numbers import Exact, places_of, shown, written
from govrubric.reports.text_table import text_table
from govrubric.scoring.comparing import Card, CardComparison, Cause, InputDifference
from govrubric.scoring.explain import given_in_words

PHRASES = {
    "en": {
        "unit": "unit", "name": "name", "variant": "variant", "own": "self", "official": "official",
        "difference": "difference",
        "place": "place", "grade": "grade", "item": "item", "total": "total",
        "points": "points", "cause": "what makes it", "void": "none",
        "rule": "{}", "start": "{}: start", "parts": "{}: what it makes of its parts", "gates": "{}: gates",
        "rounding": "{}: rounding", "standing": "{}: whether it applies, counts and has a score",
        "counts": "{} ({})", "change": "{}: {} → {}", "list": "; ", "others": "also filled in otherwise: {}",
        "same": "all is alike", "only_own": "only the self-assessment has: {}",
        "only_official": "only the official assessment has: {}", "units": ", ",
        "both": "{} unit(s), {} of them differ",
    },
    "zh": {
        "unit": "单位", "name": "名称", "variant": "版本", "own": "自评", "official": "考评",
        "difference": "差", "place": "名次", "grade": "等次", "item": "指标", "total": "总分",
        "points": "影响总分", "cause": "原因", "void": "无",
        "rule": "{}", "start": "{}：起点", "parts": "{}：各部分的合成", "gates": "{}：门槛",
        "rounding": "{}：舍入", "standing": "{}：是否适用、是否计入、是否计分",
        "counts": "{}（{}）", "change": "{}：{} → {}", "list": "；", "others": "另有填报不同：{}",
        "same": "完全一致", "only_own": "只有自评的单位：{}", "only_official": "只有考评的单位：{}",
        "units": "、", "both": "{} 个单位，其中 {} 个有差异",
    },
}  # fmt: skip
LONG = 200  # characters that are shown of a text


def as_text(pairs: Pairs, lang: Lang) -> str:
    """A row for each unit; then, for each that differs, its items and what makes the difference."""
    phrases = PHRASES[lang]
    heads, rows = _summary(pairs, lang)
    lines = [plain(pairs.rubric.title, LONG), ""]
    if rows:
        lines += text_table([heads, *rows], left=range(len(heads) - 4), ruled=True)
        lines += ["", _count(pairs, lang)]
    for pair in _differing(pairs):
        lines += ["", _label(pair.cards.own, pair.cards.official), ""]
        items = [
            [phrases["item"], *(phrases[key] for key in ("own", "official", "difference"))],
            *_items(pair, pairs, lang),
        ]
        lines += (f"  {line}" for line in text_table(items, left=(0,), ruled=True)) if len(items) > 1 else ()
        causes = [(_signed(cause.points, pairs), cause_in_words(cause, lang)) for cause in pair.cards.causes]
        width = max((len(points) for points, _ in causes), default=0)
        lines += ["", *(f"  {points.rjust(width)}  {text}" for points, text in causes)] if causes else []
        lines += (f"  {text}" for text in _others(pair.cards, lang))
    for text in _alone(pairs, lang):
        lines += ["", text]
    return "\n".join(lines) + "\n"


def as_markdown(pairs: Pairs, lang: Lang) -> str:
    """The same as tables."""
    phrases = PHRASES[lang]
    heads, rows = _summary(pairs, lang)
    lines = [f"# {cell(pairs.rubric.title)}"]
    if rows:
        lines += [*_table(heads, rows), "", cell(_count(pairs, lang))]
    for pair in _differing(pairs):
        lines += ["", f"## {cell(_label(pair.cards.own, pair.cards.official))}"]
        heads = [phrases[key] for key in ("item", "own", "official", "difference")]
        lines += _table(heads, list(_items(pair, pairs, lang)))
        causes = [(cause_in_words(cause, lang), _signed(cause.points, pairs)) for cause in pair.cards.causes]
        lines += _table([phrases["cause"], phrases["points"]], causes)
        for text in _others(pair.cards, lang):
            lines += ["", cell(text)]
    for text in _alone(pairs, lang):
        lines += ["", cell(text)]
    return "\n".join(lines) + "\n"


def as_csv(pairs: Pairs) -> str:
    """A row for the total of each unit, then a row for each item and for each cause that differs.

    The column `points` holds what an item or cause adds to the difference of the totals; those of the causes
    add up to it.
    """
    head = ("unit", "name", "what", "path", "title", "self", "official", "difference", "points", "counts")
    rows = [row for pair in pairs.units for row in _csv_rows(pair)]
    alone = [
        (card.unit or "", card.name or "", f"only_{side}", "", "", *_totals(card, side), "", "", "")
        for side, cards in (("self", pairs.only_own), ("official", pairs.only_official))
        for card in cards
    ]
    return csv.written([head, *rows, *alone])


def _csv_rows(pair: Pair) -> Iterator[tuple[str, ...]]:
    cards = pair.cards
    unit = (cards.own.unit or "", cards.own.name or cards.official.name or "")
    totals = (_digits(cards.own.total), _digits(cards.official.total), _digits(cards.difference))
    yield (*unit, "total", "", "", *totals, _digits(cards.difference), "")
    for item in cards.items:
        if item.path and item.own != item.official:
            scores = (item.own, item.official, item.difference)
            yield (*unit, "item", item.path, item.title, *map(_digits, scores), "", "")
    for cause in cards.causes:
        counts = "; ".join(f"{one.name}: {_value(one, 'en')}" for one in cause.inputs)
        yield (*unit, cause.what, cause.path, cause.title or "", "", "", "", _digits(cause.points), counts)


def _totals(card: Card, side: str) -> tuple[str, str]:
    total = _digits(card.total)
    return (total, "") if side == "self" else ("", total)


def _digits(number: Decimal | Fraction | None) -> str:
    """A number in digits; a fraction such as 26/3 becomes a text, since a spreadsheet takes it for a date."""
    if number is None:
        return ""
    value = Fraction(number)
    return written(value) if places_of(value) is not None else f"'{written(value)}"


def _summary(pairs: Pairs, lang: Lang) -> tuple[list[str], list[list[str]]]:
    """The heads and the row of each unit; the last four columns are numbers."""
    phrases = PHRASES[lang]
    varied = any(pair.cards.own.variant for pair in pairs.units)
    graded = bool(pairs.rubric._plan.grades)
    keys = ["unit", "name", *(["variant"] if varied else []), *(["grade"] if graded else [])]
    heads = [phrases[key] for key in (*keys, "own", "official", "difference", "place")]
    rows = []
    for own_place, official_place, cards in (
        (pair.own_place, pair.official_place, pair.cards) for pair in pairs.units
    ):
        texts = [plain(cards.own.unit or "–"), plain(cards.own.name or cards.official.name or "–")]
        texts += [cards.own.variant or "–"] if varied else []
        texts += [_change(cards.own.grade or "–", cards.official.grade or "–")] if graded else []
        totals = [_total(card, pairs, lang) for card in (cards.own, cards.official)]
        difference = "–" if cards.difference is None else _signed(cards.difference, pairs)
        places = _change(str(own_place or "–"), str(official_place or "–"))
        rows.append([*texts, *totals, difference, places])
    return heads, rows


def _change(before: str, after: str) -> str:
    return plain(before) if before == after else f"{plain(before)} → {plain(after)}"


def _total(card: Card, pairs: Pairs, lang: Lang) -> str:
    if card.total is None:
        return PHRASES[lang]["void"]
    return written(Fraction(card.total), pairs.rubric._text.round.places)


def _signed(points: Exact, pairs: Pairs) -> str:
    digits = shown(points, pairs.rubric._text.round.places + 2)
    return f"+{digits}" if points > 0 else digits


def _differing(pairs: Pairs) -> Iterator[Pair]:
    return (pair for pair in pairs.units if pair.cards.causes or pair.cards.inputs)


def _count(pairs: Pairs, lang: Lang) -> str:
    return PHRASES[lang]["both"].format(len(pairs.units), sum(1 for _ in _differing(pairs)))


def _label(card: Card, other: Card | None = None) -> str:
    """The code of a unit, and its name as either card gives it."""
    name = card.name or (other.name if other else None)
    return " ".join(plain(text) for text in (card.unit, name) if text)


def _items(pair: Pair, pairs: Pairs, lang: Lang) -> Iterator[list[str]]:
    """A row for each item whose score differs, in file order; parts stand below their group."""
    places = pairs.rubric._text.round.places
    for item in pair.cards.items:
        if item.path and item.own != item.official:
            depth = "  " * item.path.count(".")
            scores = [
                PHRASES[lang]["void"] if score is None else shown(score, places + 2)
                for score in (item.own, item.official)
            ]
            difference = "–" if item.difference is None else _signed(item.difference, pairs)
            yield [f"{depth}{plain(item.title, LONG)}", *scores, difference]


def cause_in_words(cause: Cause, lang: Lang, name: str | None = None) -> str:
    """A cause in words, with the counts that differ; `name` stands in place of its path and title."""
    phrases = PHRASES[lang]
    path = cause.path or phrases["total"]
    titled = path if cause.title is None or not cause.path else f"{path} {plain(cause.title, LONG)}"
    text = phrases[cause.what].format(name or titled)
    if not cause.inputs:
        return text
    own_name = len(cause.inputs) == 1 and cause.inputs[0].name == cause.path
    counts = [
        _value(one, lang) if own_name else phrases["change"].format(_named(one), *_values(one, lang))
        for one in cause.inputs
    ]
    return phrases["counts"].format(text, phrases["list"].join(counts))


def _others(cards: CardComparison, lang: Lang) -> Iterator[str]:
    """The inputs that differ and that no cause names."""
    phrases = PHRASES[lang]
    if rest := cards.other_inputs:
        counts = [phrases["change"].format(_named(one), *_values(one, lang)) for one in rest]
        yield phrases["others"].format(phrases["list"].join(counts))


def _named(one: InputDifference) -> str:
    return one.name if one.title is None else plain(one.title, LONG)


def _value(one: InputDifference, lang: Lang) -> str:
    own, official = _values(one, lang)
    return f"{own} → {official}"


def _values(one: InputDifference, lang: Lang) -> tuple[str, str]:
    return given_in_words(one.own, lang), given_in_words(one.official, lang)


def _alone(pairs: Pairs, lang: Lang) -> Iterator[str]:
    """The units that only one side has."""
    phrases = PHRASES[lang]
    for key, cards in (("only_own", pairs.only_own), ("only_official", pairs.only_official)):
        if cards:
            yield phrases[key].format(phrases["units"].join(map(_label, cards)))


def _table(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> Iterator[str]:
    return table(heads, [[cell(text) for text in row] for row in rows])
