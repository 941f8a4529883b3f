"""Random rubrics by construction, random layouts of their text, and random tallies of them.

Nothing here is filtered by loading: what is drawn is a rubric by the sentences of the language, so a refusal is a bug.
"""

import json
import random
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import cached_property
from math import floor
from typing import Any

from hypothesis import strategies as st

from govrubric import Rubric
from govrubric.formula import Input
from govrubric.model import RubricText, join, parts
from govrubric.nodes import Plain

Values = dict[str, Any]
Tally = dict[str, Any]
COUNT_LIMIT = 1_000_000_000

# Names that mean something to YAML, to a tally, to Python or to generated code.
IDS = (
    "value", "total", "unit", "evidence", "note", "name", "i0", "i1", "v0", "t0", "k0", "if", "none", "null", "true", "yes", "no", "on", "y", "n",
    "e5", "nan", "inf", "made", "given", "tally", "counts", "defaults", "lambda", "min", "shifted", "raw", "base", "score", "after", "items", "rules",
    "a", "b", "a_", "a__b", "x0_1", "indicators", "long_" + "id_" * 20,
)  # fmt: skip
TEXTS = (
    "公文公开属性认定", "未按时公开的，扣2分", "年报：及时、集中发布", "Late report", "a: b", "x # not a comment", "#5", "- 1", "? x", "'", '"', "“引号”", 'he said "no"',
    "it's", "\\", "C:\\new", "{a: 1}", "[1, 2]", "& * ! | > % @ `", "~", "null", "true", "No", "2023", "1.50", "1/3", "0x1F", "1e3", "---", "...", "：", "　缩进　",
    "第一行\n第二行", "tab\there", " around ", "trailing ", "😀", "e\u0301", "=1+1", "…" * 3, "<b>&amp;</b>", "长" * 700, "a" * 1500, ("word " * 260).strip() + ": #",
)  # fmt: skip
UNITS = ("例", "件", "次", "case", '"例"', "件: 一", "# 项", "'次'", "百分点%", "例（含）", "1", "no")
POINTS = tuple(
    map(
        Fraction,
        ["1", "0.1", "0.5", "2", "0.05", "0.01", "0.3", "3", "10", "12.5", "0.000001", "1/3", "2/3", "1/7", "1/128", "1000000", "999999999999"],
    )
)
FULLS = tuple(map(Fraction, ("100", "10", "5", "1", "0.5", "99.9", "120", "1000", "0.25", "7")))
SCALES = tuple(map(Fraction, ("100", "10", "1000", "3", "7", "0.5", "2.5", "1/3", "40")))
PARTS_OF = tuple(map(Fraction, ("1/4", "1/2", "3/4", "1/3", "9/10", "1")))
MODES = ("half_up", "half_even", "down", "up", "floor", "ceiling")
VERBS = ("deduct", "deduct", "deduct", "award", "award", "judge", "convert", "forfeit")
DEPTH = 4

# One choice in a strategy costs more than scoring a rule, so choices are strategies that are made once.
verbs, modes = st.sampled_from(VERBS), st.sampled_from(MODES)
scales, totals, shares_of = st.sampled_from(SCALES), st.sampled_from(FULLS), st.sampled_from(PARTS_OF)
maybe = st.sampled_from((False, False, False, True))
forms = st.sampled_from(("per", "once", "levels", "steps"))
takes = st.sampled_from((None, "all", "highest"))
steps_of = st.sampled_from((1, 2, 5, 25))
places_of = st.integers(0, 6)
places_or_none = st.none() | places_of
seeds = st.integers(0, 9999)


class Words:
    """Names and texts, which change no score, come from a seed rather than each from a choice of its own."""

    def __init__(self, seed: int) -> None:
        self.luck = random.Random(seed)

    def names(self, many: int) -> list[str]:
        return self.luck.sample(IDS, many)

    def text(self) -> str:
        if self.luck.random() < 0.7:
            return self.luck.choice(TEXTS)
        return "".join(self.luck.choices(TEXTS[:20], k=self.luck.randint(2, 4)))

    def unit(self) -> str:
        return self.luck.choice(UNITS)

    def some(self, *keys: str) -> Values:
        """A text for a few of the keys."""
        return {key: self.text() for key in keys if self.luck.random() < 0.2}


@st.composite
def rules(draw: st.DrawFn, name: str, full: Fraction, words: Words) -> Values:
    """One rule of any verb and form."""
    verb = draw(verbs)
    rule: Values = {"id": name, **words.some("clause", "note")}
    points = st.sampled_from((*POINTS, full, full / 2, full / 3, full / 10))
    if draw(maybe):
        rule["at_most"] = draw(points)
    if verb == "forfeit":
        return rule | {verb: "all"}
    if verb in ("judge", "convert"):
        rule[verb] = draw(points if draw(maybe) else totals)
        places = draw(places_or_none)
        if places is not None:
            rule["places"] = places
        if verb == "judge" and draw(maybe):
            rule["step"] = Fraction(draw(steps_of), 10 ** (2 if places is None else places))
        return rule
    form = draw(forms)
    if form in ("per", "once"):
        rule[verb] = draw(points)
    elif form == "steps":
        rule[verb] = draw(st.lists(points, min_size=1, max_size=4))
    else:
        rule[verb] = {level: draw(points) for level in words.names(words.luck.randint(1, 4))}
        if take := draw(takes):
            rule["take"] = take
    if form != "once":
        rule["per"] = words.unit()
    return rule


def _split(draw: st.DrawFn, total: Fraction, pieces: int) -> list[Fraction]:
    """Weights that add up exactly, as shares or in tenths."""
    if draw(st.booleans()) and (total * 10).denominator == 1 and total * 10 >= pieces:
        room = int(total * 10) - pieces
        cuts = sorted(draw(st.lists(st.integers(0, room), min_size=pieces - 1, max_size=pieces - 1)))
        return [Fraction(high - low + 1, 10) for low, high in zip([0, *cuts], [*cuts, room], strict=True)]
    shares = draw(st.lists(st.sampled_from((1, 2, 3, 5)), min_size=pieces, max_size=pieces))
    return [total * share / sum(shares) for share in shares]


def _bounds(draw: st.DrawFn, full: Fraction, unit: Fraction | None) -> tuple[Values, Fraction | None, Fraction | None]:
    """Floor and ceiling as written and as meant; both are multiples of `unit` where the item rounds."""

    def on_grid(value: Fraction) -> Fraction:
        return value if unit is None else floor(value / unit) * unit

    if on_grid(full) == full and draw(st.booleans()):
        return {}, Fraction(0), full
    share = draw(shares_of)
    usual = (None, None) if on_grid(full) == full else ()
    top: Any = draw(st.sampled_from((*usual, "none", on_grid(full * share), on_grid(full * 3 / 2))))
    ceiling = full if top is None else None if top == "none" else top
    room = full if ceiling is None else ceiling
    bottom: Any = draw(st.sampled_from((None, None, None, "none", on_grid(-full * share), on_grid(room * share))))
    lowest = Fraction(0) if bottom is None else None if bottom == "none" else bottom
    written = {key: value for key, value in (("floor", bottom), ("ceiling", top)) if value is not None}
    return written, lowest, ceiling


def _start(draw: st.DrawFn, own: list[Values], full: Fraction, lowest: Fraction | None, highest: Fraction | None) -> Values:
    """Where a leaf starts, between its bounds; written where its rules both give and take."""

    def fits(value: Fraction) -> bool:
        return (lowest is None or value >= lowest) and (highest is None or value <= highest)

    takes = {bool({"deduct", "forfeit"} & rule.keys()) for rule in own}
    low = lowest if lowest is not None else min(Fraction(0), full if highest is None else highest) - full
    high = highest if highest is not None else max(full, low) + full
    choices: list[Any] = [word for word, value in (("full", full), ("zero", Fraction(0))) if fits(value)]
    choices.append(low + (high - low) * draw(shares_of))
    if len(takes) == 1 and fits(full if takes == {True} else Fraction(0)):
        choices = [None, None, None, *choices]
    start = draw(st.sampled_from(choices))
    return {} if start is None else {"start": start}


def _rounding(draw: st.DrawFn, places: int) -> Values:
    return {"places": places, "mode": draw(modes)}


@st.composite
def items(draw: st.DrawFn, name: str, weight: Fraction, depth: int, words: Words) -> Values:
    """An item and all below it."""
    item: Values = {"id": name, "title": words.text(), "weight": weight, **words.some("clause", "note", "assessed_by")}
    if draw(maybe):
        item["out_of"] = draw(scales)
    full = item.get("out_of", weight)
    unit = None
    if draw(maybe):
        item["round"] = _rounding(draw, draw(places_of))
        unit = Fraction(1, 10 ** item["round"]["places"])
    written, lowest, highest = _bounds(draw, full, unit)
    item |= written
    deeper = depth < DEPTH and draw(maybe if depth > 1 else st.booleans())
    pieces, own = (draw(st.integers(1, 3 if depth > 1 else 4)), draw(st.sampled_from((0, 0, 1, 2)))) if deeper else (0, draw(st.integers(1, 4)))
    names = words.names(pieces + own)
    if pieces:
        weights = _split(draw, full, pieces)
        item["items"] = [draw(items(one, share, depth + 1, words)) for one, share in zip(names[:pieces], weights, strict=True)]
    if own:
        item["rules"] = [draw(rules(one, full, words)) for one in names[pieces:]]
    return item if pieces else item | _start(draw, item["rules"], full, lowest, highest)


@st.composite
def rubrics(draw: st.DrawFn) -> Values:
    """A whole rubric as plain values."""
    total, words = draw(totals), Words(draw(seeds))
    luck = words.luck
    rubric: Values = {"govrubric": 1, "id": luck.choice(("r", "district-2023", "no", "x-1_", "null")), "title": words.text(), "total": total}
    if draw(maybe):
        rubric["out_of"] = draw(scales)
    full = rubric.get("out_of", total)
    fewest = next(places for places in range(7) if (total * 10**places).denominator == 1)
    rubric["round"] = _rounding(draw, draw(st.integers(fewest, 6)))
    rubric |= _bounds(draw, full, Fraction(1, 10 ** rubric["round"]["places"]) * full / total)[0]
    if language := luck.choice((None, "zh-CN", "en", "zh-Hant")):
        rubric["language"] = language
    names = words.names(draw(st.integers(1, 4)))
    rubric["indicators"] = [draw(items(one, weight, 1, words)) for one, weight in zip(names, _split(draw, full, len(names)), strict=True)]
    if luck.random() < 0.3:
        rubric |= words.some("note")
        rubric["valid"] = {"from": Plain("2023-01-01"), "to": Plain("2023-12-31")}
        rubric["source"] = {"issuer": words.text()}
        rubric["ambiguities"] = [{"id": "a1", "at": names[0], "question": words.text(), "decision": words.text(), "options": [words.text(), "x"]}]
        cell = luck.choice((Plain("1"), Plain("-2.50"), Plain("true"), "1", "true", "否", [Plain("3"), "b"], {"a": Plain("1/3")}))
        rubric["cases"] = [{"name": words.text(), "tally": {words.text()[:900]: cell}, "expect": {"total": Plain("1")}}]
    return rubric


# Values -> text


def written(values: Values, style: int) -> str:
    """A rubric's values as YAML; `style` chooses among the layouts, quotes and orders of keys that mean the same."""
    return "\n".join(_Writer(random.Random(style)).mapping(values, "")) + "\n"


_TAKEN = re.compile(r"true|false|null|yes|no|on|off|y|n|nan|inf")
_WORD = re.compile(r"[a-z][a-z0-9_]*")
_LINES = re.compile(r"[^\s#](?:[^\n\t]*[^\s])?(?:\n[^\s#](?:[^\n\t]*[^\s])?)*")
_SAFE = re.compile(r"[a-z一-鿿][a-z0-9_一-鿿，、（）]*")


class _Writer:
    def __init__(self, luck: random.Random) -> None:
        self.luck = luck

    def chance(self) -> bool:
        return self.luck.random() < 0.4

    def pairs(self, value: Values, within: str) -> list[tuple[str, Any]]:
        """Keys in any order, but levels, whose order is that of the card."""
        found = list(value.items())
        if within not in ("deduct", "award") and self.chance():
            self.luck.shuffle(found)
        return found

    def mapping(self, value: Values, within: str) -> Iterator[str]:
        for key, inner in self.pairs(value, within):
            yield from self.entry(f"{self.key(key)}:", inner, key)

    def entry(self, head: str, value: Any, key: str) -> Iterator[str]:
        flow = self.flow(value, key)
        if len(flow) < 1500 and (self.chance() or not isinstance(value, (dict, list, str)) or isinstance(value, Plain)):
            yield f"{head} {flow}"
        elif isinstance(value, dict):
            yield head
            yield from (f"  {line}" for line in self.mapping(value, key))
        elif isinstance(value, list):
            yield head
            for one in value:
                lines = list(self.mapping(one, key)) if isinstance(one, dict) else list(self.entry("", one, key))
                yield from (f"{'- ' if number == 0 else '  '}{line.lstrip() if number == 0 else line}" for number, line in enumerate(lines))
        elif self.chance() and len(value) < 3000 and _LINES.fullmatch(value):
            yield f"{head} |-"
            yield from (f"  {line}" for line in value.split("\n"))
        else:
            yield f"{head} {self.folded(value)}"

    def flow(self, value: Any, within: str) -> str:
        match value:
            case dict():
                return "{" + ", ".join(f"{self.key(key)}: {self.flow(inner, key)}" for key, inner in self.pairs(value, within)) + "}"
            case list():
                return "[" + ", ".join(self.flow(one, within) for one in value) + "]"
            case Plain():
                return str(value)
            case str():
                return self.text(value)
            case _:
                return self.number(Fraction(value))

    def key(self, key: str) -> str:
        plain = _WORD.fullmatch(key) and not _TAKEN.fullmatch(key)
        return key if plain and not self.chance() else json.dumps(key, ensure_ascii=False)

    def text(self, text: str) -> str:
        if _SAFE.fullmatch(text) and not _TAKEN.fullmatch(text) and self.chance():
            return text
        if not re.search(r"[\n\t]", text) and self.chance():
            return "'" + text.replace("'", "''") + "'"
        return json.dumps(text, ensure_ascii=self.chance() and max(text) < "\ud800")

    def folded(self, text: str) -> str:
        """Text in double quotes, over several lines when it is long: a line break behind a backslash is none."""
        pieces = [json.dumps(text[at : at + 900], ensure_ascii=False)[1:-1] for at in range(0, len(text), 900)]
        return '"' + "\\\n    ".join(("\\" if at and piece.startswith(" ") else "") + piece for at, piece in enumerate(pieces)) + '"'

    def number(self, number: Fraction) -> str:
        places = next((places for places in range(7) if (number * 10**places).denominator == 1), None)
        if places is None or (self.chance() and self.chance() and abs(number) < 10**9):
            factor = 1 if places is None else self.luck.choice((1, 2, 3))
            return f"{number.numerator * factor}/{number.denominator * factor}"
        places = self.luck.randint(places, 6) if self.chance() else places
        digits = str(abs(number.numerator) * 10**places // number.denominator).rjust(places + 1, "0")
        return ("-" if number < 0 else "") + (f"{digits[:-places]}.{digits[-places:]}" if places else digits)


# Rubric -> tallies

usuals = st.sampled_from((None, None, None, 0, 1, COUNT_LIMIT))


def telling_counts(text: RubricText) -> dict[str, set[int]]:
    """For each input, the numbers of cases just before and at the floor or ceiling, and where steps end."""
    found: dict[str, set[int]] = {}
    for item, path, _ in parts(text):
        full = item.out_of or item.weight
        for rule in item.rules:
            value = getattr(rule, rule.verb)
            named: dict[str, list[Fraction]] = {"": [value]} if isinstance(value, Fraction) else {}
            if isinstance(value, tuple):
                named = {"": list(value)} if isinstance(value[0], Fraction) else {level: [points] for level, points in value}
            for level, steps in named.items():
                counts = found.setdefault(join(join(path, rule.id), level) if level else join(path, rule.id), set())
                counts |= {len(steps) - 1, len(steps), len(steps) + 1}
                for room in (full, rule.at_most or full):
                    emptied = floor(room / steps[-1])
                    counts |= {min(max(0, emptied + more), COUNT_LIMIT) for more in (-1, 0, 1)}
    return found


@st.composite
def tallies(draw: st.DrawFn, rubric: Rubric) -> Tally:
    """An exact value for every input: whole numbers, flags and fractions."""
    counts = telling_counts(rubric.text)
    tally: Tally = {}
    usual = draw(usuals)  # now and then all counts are the same
    for name, one in rubric.inputs.items():
        if one.kind == "flag":
            tally[name] = draw(st.booleans()) if usual is None else usual > 0
        elif one.kind == "count":
            told = sorted({0, 1, 2, 3, 17, COUNT_LIMIT, *counts[name]})
            tally[name] = draw(st.sampled_from(told)) if usual is None else usual
        else:
            units = 1 if one.step is None else int(one.step * one.den)
            highest = floor(one.hi * one.den / units)
            tally[name] = Fraction(draw(st.integers(0, highest)) * units, one.den)
    return tally


def as_decimal(value: Fraction, places: int, more: int = 0) -> Decimal:
    """A number as a `Decimal` with `more` zeros behind it, made without arithmetic."""
    return Decimal(f"{int(value * 10**places)}{'0' * more}E-{places + more}")


def _worded(luck: random.Random, value: Any, one: Input, *, digits: bool) -> Any:
    """A value in a form that a program may give it in; only `digits` as text go the long way."""
    if one.kind != "number":
        return value
    number = Fraction(value)
    ways: list[Any] = [as_decimal(number, one.places, more) for more in (0, 0, 3, 60)]
    if number.denominator == 1:
        ways += [int(number), int(number), Decimal(int(number))]
    if digits:
        ways += [f"{as_decimal(number, one.places):f}", f"{number.numerator}/{number.denominator}"]
    return luck.choice(ways)


def dressed(tally: Tally, inputs: Mapping[str, Input], words: Words) -> Tally:
    """A tally with evidence and notes, its names dotted, nested or partly so."""
    luck = words.luck
    whole: Tally = {}
    how = luck.choice(("dotted", "nested", "mixed"))
    for name, value in tally.items():
        given = _worded(luck, value, inputs[name], digits=True)
        if luck.random() < 0.4:
            evidence = [words.text() for _ in range(luck.randint(0, 2))]
            given = luck.choice(({"value": given}, {"note": words.text(), "evidence": evidence, "value": given}))
        path = name.split(".")
        first = 1 if how == "nested" else len(path) if how == "dotted" else luck.randint(1, len(path))
        inner, steps = whole, [".".join(path[:first]), *path[first:]]
        for word in steps[:-1]:
            inner = inner.setdefault(word, {})
        inner[steps[-1]] = given
    return whole


@dataclass(frozen=True)
class Sample:
    """A rubric and a tally of it, which is exact in `tally`, and in `plain` as a program gives it."""

    values: Values
    tally: Tally
    seed: int

    @cached_property
    def text(self) -> RubricText:
        return RubricText.model_validate(self.values)

    @cached_property
    def rubric(self) -> Rubric:
        return self.fresh()

    def fresh(self) -> Rubric:
        """The rubric made anew, with nothing remembered."""
        return Rubric(self.text)

    @property
    def source(self) -> str:
        """The rubric as an author may have written it."""
        return written(self.values, self.seed)

    @cached_property
    def plain(self) -> Tally:
        luck = random.Random(self.seed)
        return {name: _worded(luck, value, self.rubric.inputs[name], digits=False) for name, value in self.tally.items()}

    @cached_property
    def dressed(self) -> Tally:
        """The same tally in any form that the language knows."""
        return dressed(self.tally, self.rubric.inputs, Words(self.seed))


@st.composite
def samples(draw: st.DrawFn) -> Sample:
    """A rubric by construction, and a tally of it; a few counts and flags may be left out."""
    values = draw(rubrics())
    rubric = Rubric(RubricText.model_validate(values))
    tally, seed = draw(tallies(rubric)), draw(seeds)
    luck = random.Random(seed)
    for name in luck.sample(list(tally), luck.choice((0, 0, min(2, len(tally)), len(tally)))):
        if rubric.inputs[name].kind != "number":
            del tally[name]
    return Sample(values, tally, seed)
