"""Random rubrics by construction, and random tallies of them.

Nothing here is filtered by loading: what is drawn is a rubric by the sentences of the language, so a refusal is a bug.
"""

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from functools import cache, cached_property
from math import floor
from typing import Any

from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st

from authored import WORDS_OF_THE_LANGUAGE, Known, Scope, conditions, formulas, pick, spelled
from govrubric import Rubric
from govrubric.formula import Input
from govrubric.model import RubricText, join, parts
from govrubric.nodes import Plain
from layouts import Values, written
from reference_names import may_be_left_out

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
VERBS = ("deduct", "deduct", "award", "judge", "forfeit", "award", "convert", "choose", "bands", "distance", "curve", "formula", "formula")
DEPTH = 4

OUTCOMES = (
    "优",
    "良",
    "差",
    "A",
    "B",
    "not good",
    "it's",
    'he said "no"',
    "true",
    "2023",
    "1/3",
    "a: b",
    "# 5",
    "C:\\new",
    "第一行\n第二行",
    "e\u0301",
    "长" * 200,
)
MEASURES = tuple(map(Fraction, ("0", "60", "80", "90", "95", "99.5", "100", "-3", "0.25", "1000000000")))
AMOUNTS = tuple(map(Fraction, ("1", "-1", "0", "3", "-0.5", "10", "1/3", "-2/7", "0.01", "100")))
GRADES = ("优秀", "良好", "合格", "不合格", "A", "true", "1")
POLICIES = ("rescale", "spread", "full", "zero")


def combinations(*features: str) -> st.SearchStrategy[frozenset[str]]:
    """None of some features, or one, or a few: one choice for all of them."""
    luck = random.Random(1)
    several = [frozenset(luck.choices(features, k=many)) for many in (2, 2, 2, 3, 3, 5) for _ in range(len(features))]
    alone = [frozenset((one,)) for one in features]
    return st.sampled_from([*[frozenset[str]()] * len(features), *alone, *alone, *several])


# One choice in a strategy costs more than scoring a rule, so choices are strategies that are made once.
verbs, modes = st.sampled_from(VERBS), st.sampled_from(MODES)
scales, totals, shares_of = st.sampled_from(SCALES), st.sampled_from(FULLS), st.sampled_from(PARTS_OF)
maybe = st.sampled_from((False, False, False, True))
forms = st.sampled_from(("per", "once", "levels", "steps"))
takes = st.sampled_from((None, "all", "highest"))
features_of_rules = combinations("at_most", "when", "when", "input")
features_of_items = combinations(
    "out_of", "round", "bounds", "combine", "drop", "extra", "not_applicable", "not_applicable", "counts_when", "gates", "gates"
)
features_of_roots = combinations("out_of", "bounds", "combine", "drop", "extra", "gates", "grades", "grades", "facts", "facts")
steps_of = st.sampled_from((1, 2, 5, 25))
signs = st.sampled_from((1, -1))
places_of = st.integers(0, 6)
places_or_none = st.none() | places_of
seeds = st.integers(0, 9999)


class Words:
    """Names and texts, which change no score, come from a seed rather than each from a choice of its own."""

    def __init__(self, seed: int) -> None:
        self.luck = random.Random(seed)
        # With few names to choose from, what is near often has the name of something far.
        self.ids = self.luck.choice((IDS, self.luck.sample(IDS, 8)))

    def names(self, many: int) -> list[str]:
        return self.luck.sample(self.ids, many)

    def text(self) -> str:
        if self.luck.random() < 0.7:
            return self.luck.choice(TEXTS)
        return "".join(self.luck.choices(TEXTS[:20], k=self.luck.randint(2, 4)))

    def unit(self) -> str:
        return self.luck.choice(UNITS)

    def some(self, *keys: str) -> Values:
        """A text for a few of the keys."""
        return {key: self.text() for key in keys if self.luck.random() < 0.2}


@dataclass
class Making(Scope):
    """A rubric that is being made: what there is to speak of, and words for names and texts."""

    words: Words = field(default_factory=lambda: Words(0))


@st.composite
def rules(draw: st.DrawFn, name: str, full: Fraction, item: str, making: Making) -> Values:
    """One rule of any verb and form; what the tally gives it is known from then on."""
    verb, words, path = draw(verbs), making.words, join(item, name)
    features = draw(features_of_rules)
    rule: Values = {"id": name, **words.some("clause", "note")}
    points = st.sampled_from((*POINTS, full, full / 2, full / 3, full / 10))
    if "at_most" in features:
        rule["at_most"] = draw(points)
    own: dict[str, Known] = {}
    if verb == "forfeit":
        rule[verb], own = "all", {path: Known("flag")}
    elif verb in ("judge", "convert"):
        rule[verb] = draw(points if draw(maybe) else totals)
        places = draw(places_or_none)
        if places is not None:
            rule["places"] = places
        if verb == "judge" and draw(maybe):
            rule["step"] = Fraction(draw(steps_of), 10 ** (2 if places is None else places))
        own = {path: Known("number", high=rule[verb], places=2 if places is None else places, step=rule.get("step"))}
    elif verb in ("bands", "distance", "curve"):
        rule |= _measured(draw, verb, words)
        own = {path: Known("number", low=Fraction(-COUNT_LIMIT), places=rule.get("places", 2))}
    elif verb == "choose":
        known = [making.inputs[one].options for one in making.of_kind("choice")] if "input" in features else []
        options = dict.fromkeys((*(pick(draw, known) if known else ()), *words.luck.sample(OUTCOMES, words.luck.randint(1, 4))))
        rule[verb], own = {option: pick(draw, AMOUNTS) for option in options}, {path: Known("choice", options=tuple(options))}
    elif verb == "formula":
        rule |= _formula(draw, path, item, making)
    else:
        rule, own = _cases(draw, verb, rule, points, path, words)
    shared = (
        [one for one in making.inputs if not one.endswith(".not_applicable") and _fits(own[path], making.inputs[one])]
        if "input" in features and path in own
        else []
    )
    if shared:
        rule["input"] = pick(draw, shared)
    else:
        making.inputs |= own
    if "when" in features:
        rule["when"] = conditions(draw, making, item, path)
    return rule


def _cases(draw: st.DrawFn, verb: str, rule: Values, points: st.SearchStrategy[Fraction], path: str, words: Words) -> tuple[Values, dict[str, Known]]:
    """Points for cases, in one of the four forms, and what the tally counts."""
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
    if form == "levels":
        return rule, {join(path, level): Known("count") for level in rule[verb]}
    return rule, {path: Known("flag" if form == "once" else "count")}


def _measured(draw: st.DrawFn, verb: str, words: Words) -> Values:
    """Points by a measured number."""
    rule: Values = words.luck.choice(({}, {"unit": words.unit()}, {"places": words.luck.randint(0, 6)}))
    if verb == "distance":
        far = {
            draw(st.sampled_from(("below", "above"))): pick(draw, MEASURES[:-1]),
            "each": draw(totals),
            "points": pick(draw, AMOUNTS) * draw(signs),
        }
        whole = pick(draw, (None, "up", "down", "no"))
        return {**rule, verb: far if whole is None else {**far, "whole": whole}}
    marks = sorted(words.luck.sample(MEASURES, draw(st.integers(2, 4))))
    heights = [pick(draw, AMOUNTS) for _ in marks]
    if verb == "curve":
        return {**rule, verb: [[x, y] for x, y in zip(marks, heights, strict=True)]}
    bands = [{"from": x, "points": y} for x, y in zip(marks, heights, strict=True)][::-1]
    return {**rule, verb: bands, **({"else": pick(draw, AMOUNTS)} if draw(maybe) else {})}


def _formula(draw: st.DrawFn, path: str, item: str, making: Making) -> Values:
    """A formula and the inputs of its own."""
    declared = {name: _declared(draw, making.words) for name in making.words.names(draw(st.integers(0, 3)))}
    making.inputs |= {join(path, name): known for name, (_, known) in declared.items()}
    rule: Values = {"formula": formulas(draw, making, item, path)}
    return rule | ({"inputs": {name: type_ for name, (type_, _) in declared.items()}} if declared else {})


RANGES: tuple[dict[str, Any], ...] = (
    {},
    {"places": 0, "min": 0, "max": 100},
    {"min": -5, "max": 5},
    {"places": 3, "min": Fraction("0.125"), "max": 2},
    {"places": 1, "min": -20, "max": -10},
    {"max": 7},
)


def _declared(draw: st.DrawFn, words: Words) -> tuple[Any, Known]:
    """The type of a declared input, as it is written and as it is meant."""
    kind = pick(draw, ("flag", "count", "number", "choice"))
    if kind == "number":
        written = pick(draw, RANGES)
        known = Known(kind, Fraction(written.get("min", 0)), Fraction(written.get("max", COUNT_LIMIT)), written.get("places", 2))
        return {kind: written}, known
    if kind == "choice":
        options = words.luck.sample(OUTCOMES, words.luck.randint(1, 4))
        return {kind: options}, Known(kind, options=tuple(options))
    return kind, Known(kind)


def _fits(own: Known, shared: Known) -> bool:
    """Whether a rule may read another input than its own: every value of that one must be a value for it."""
    if own.kind == "number" and shared.kind in ("number", "count"):
        return own.low <= shared.low and shared.high <= own.high and shared.places <= own.places and own.step in (None, shared.step)
    return own.kind == shared.kind and set(shared.options) <= set(own.options)


def _split(draw: st.DrawFn, total: Fraction, pieces: int) -> list[Fraction]:
    """Weights that add up exactly, as shares or in tenths."""
    if draw(st.booleans()) and (total * 10).denominator == 1 and total * 10 >= pieces:
        room = int(total * 10) - pieces
        cuts = sorted(draw(st.lists(st.integers(0, room), min_size=pieces - 1, max_size=pieces - 1)))
        return [Fraction(high - low + 1, 10) for low, high in zip([0, *cuts], [*cuts, room], strict=True)]
    shares = draw(st.lists(st.sampled_from((1, 2, 3, 5)), min_size=pieces, max_size=pieces))
    return [total * share / sum(shares) for share in shares]


@dataclass(frozen=True)
class Bounds:
    """What an item's score stays within; none is no bound."""

    lowest: Fraction | None
    highest: Fraction | None
    unit: Fraction | None

    def on_grid(self, value: Fraction) -> Fraction:
        """The number, or one below it where the item rounds."""
        return value if self.unit is None else floor(value / self.unit) * self.unit

    def between(self, share: Fraction, full: Fraction) -> Fraction:
        """A number within the bounds."""
        low = self.lowest if self.lowest is not None else self.on_grid(min(Fraction(0), full if self.highest is None else self.highest) - full)
        high = self.highest if self.highest is not None else max(full, low) + full
        return self.on_grid(low + (high - low) * share)


def _bounds(draw: st.DrawFn, full: Fraction, usual: Fraction, unit: Fraction | None, *, written: bool) -> tuple[Values, Bounds]:
    """Floor and ceiling as written and as meant; both are multiples of `unit` where the item rounds. `usual` is the ceiling unless written."""
    free = Bounds(Fraction(0), usual, unit)
    if free.on_grid(usual) == usual and not written:
        return {}, free
    share = draw(shares_of)
    unsaid = (None, None) if free.on_grid(usual) == usual else ()
    top: Any = draw(st.sampled_from((*unsaid, "none", free.on_grid(full * share), free.on_grid(full * 3 / 2))))
    ceiling = usual if top is None else None if top == "none" else top
    room = full if ceiling is None else ceiling
    bottom: Any = draw(st.sampled_from((None, None, None, "none", free.on_grid(-full * share), free.on_grid(room * share))))
    lowest = Fraction(0) if bottom is None else None if bottom == "none" else bottom
    return {key: value for key, value in (("floor", bottom), ("ceiling", top)) if value is not None}, Bounds(lowest, ceiling, unit)


def _start(draw: st.DrawFn, own: list[Values], full: Fraction, bounds: Bounds) -> Values:
    """Where a leaf starts, between its bounds; written where its rules both give and take, or may."""

    def fits(value: Fraction) -> bool:
        return (bounds.lowest is None or value >= bounds.lowest) and (bounds.highest is None or value <= bounds.highest)

    signs = {sign for rule in own for sign in _signs(rule)}
    choices: list[Any] = [word for word, value in (("full", full), ("zero", Fraction(0))) if fits(value)]
    choices.append(Bounds(bounds.lowest, bounds.highest, None).between(draw(shares_of), full))
    if signs in ({1}, {-1}) and fits(full if signs == {-1} else Fraction(0)):
        choices = [None, None, None, *choices]
    start = draw(st.sampled_from(choices))
    return {} if start is None else {"start": start}


def _signs(rule: Values) -> set[int]:
    """Whether a rule gives (1), takes (-1) or may do either."""
    if rule.keys() & {"deduct", "forfeit"}:
        return {-1}
    if rule.keys() & {"award", "judge", "convert"}:
        return {1}
    points = [0, 1, -1]
    if "input" in rule:
        return {1, -1}  # whatever of its points the other input reaches
    if "choose" in rule:
        points = list(rule["choose"].values())
    elif "curve" in rule:
        points = [y for _, y in rule["curve"]]
    elif "bands" in rule:
        points = [band["points"] for band in rule["bands"]] + [rule.get("else", 0)]
    elif "distance" in rule:
        points = [rule["distance"]["points"]]
    return {1 if one > 0 else -1 for one in points if one}


def _rounding(draw: st.DrawFn, places: int) -> Values:
    return {"places": places, "mode": draw(modes)}


def _gates(draw: st.DrawFn, names: Sequence[str], item: str, full: Fraction, bounds: Bounds, making: Making) -> list[Values]:
    """Gates that do one thing, or two."""
    found = []
    for name in names:
        gate: Values = {"id": name, "when": conditions(draw, making, item), **making.words.some("clause", "note")}
        number, other = (bounds.between(share, full) for share in sorted((draw(shares_of), draw(shares_of))))
        kinds = ("at_most", "score", "void", "at_least", "between", "score", "grade") + (
            "grade_at_most",
            "grade_at_most",
            "grade_at_most",
            "both",
        ) * bool(making.grades)
        kind = pick(draw, kinds)
        if kind in ("at_most", "at_least", "score"):
            gate[kind] = number
        elif kind == "void":
            gate["score"] = "none"
        elif kind == "between":
            gate |= {"at_least": number, "at_most": other}
        if kind in ("grade", "void") and (kind == "grade" or draw(maybe)):
            gate["grade"] = pick(draw, (*making.grades, *GRADES))
        if kind in ("grade_at_most", "both"):
            gate |= {"grade_at_most": pick(draw, making.grades), **({"at_most": number} if kind == "both" else {})}
        found.append(gate)
    return found


def _group(draw: st.DrawFn, full: Fraction, names: Sequence[str], features: frozenset[str], unit: Fraction | None) -> tuple[Values, list[Fraction]]:
    """How the parts of a group combine, and the weight of each; the last may be extra."""
    extra = len(names) > 1 and "extra" in features
    regular = len(names) - extra
    group: Values = {"combine": pick(draw, ("mean", "min", "max", "sum"))} if features & {"combine", "drop"} else {}
    if regular > 1 and "drop" in features:
        lowest = draw(st.integers(0, regular - 1))
        highest = draw(st.integers(0 if lowest else 1, max(1, regular - 1 - lowest))) if lowest < regular - 1 else 0
        group["drop"] = {key: many for key, many in (("lowest", lowest), ("highest", highest)) if many or draw(maybe)}
    weights = _split(draw, full, regular) if group.get("combine", "sum") == "sum" else [full] * regular
    if extra:
        grid = unit or Fraction(1, 10)
        weights.append(max(grid, floor(full * draw(shares_of) / grid) * grid))
    return group, weights


def _parts(
    draw: st.DrawFn, path: str, names: Sequence[str], weights: Sequence[Fraction], group: Values, depth: int, making: Making, *, extra: bool
) -> list[Values]:
    """The parts of a group, in a file order that is not the one in which they were made, so that a text may speak of what comes later."""
    policies = POLICIES[2:] if "drop" in group and group.get("combine", "sum") == "sum" else POLICIES
    found = []
    for place, (name, weight) in enumerate(zip(names, weights, strict=True)):
        last = extra and place == len(names) - 1
        part = draw(items(name, weight, depth, path, POLICIES[2:] if last else policies, making))
        found.append(part | {"extra": True} if last else part)
    if making.luck.random() < 0.5:
        making.luck.shuffle(found)
    return found


@st.composite
def items(draw: st.DrawFn, name: str, weight: Fraction, depth: int, parent: str, policies: Sequence[str], making: Making) -> Values:
    """An item and all below it; it may not apply in one of the ways that its parent can do with."""
    words, path, features = making.words, join(parent, name), draw(features_of_items)
    item: Values = {"id": name, "title": words.text(), "weight": weight, **words.some("clause", "note", "assessed_by")}
    if "out_of" in features:
        item["out_of"] = draw(scales)
    full = item.get("out_of", weight)
    if "round" in features:
        item["round"] = _rounding(draw, draw(places_of))
    unit = Fraction(1, 10 ** item["round"]["places"]) if "round" in item else None
    deeper = depth < DEPTH and draw(maybe if depth > 1 else st.booleans())
    pieces, own = (draw(st.integers(1, 3 if depth > 1 else 4)), draw(st.sampled_from((0, 0, 1, 2)))) if deeper else (0, draw(st.integers(1, 4)))
    gates = draw(st.integers(1, 2)) if "gates" in features else 0
    names = words.names(pieces + own + gates)
    if "not_applicable" in features:
        item["not_applicable"] = pick(draw, policies)
        making.inputs[join(path, "not_applicable")] = Known("flag")
    usual = full
    if pieces:
        group, weights = _group(draw, full, names[:pieces], features, unit)
        extra = len(weights) > 1 and "extra" in features
        usual = full + (weights[-1] if extra else 0)
        item |= group
        item["items"] = _parts(draw, path, names[:pieces], weights, group, depth + 1, making, extra=extra)
        if "not_applicable" not in item and all("not_applicable" in part for part in item["items"] if "extra" not in part):
            item["not_applicable"] = pick(draw, policies)
            making.inputs[join(path, "not_applicable")] = Known("flag")
    if own:
        item["rules"] = [draw(rules(one, full, path, making)) for one in names[pieces : pieces + own]]
        making.luck.shuffle(item["rules"])
    written, bounds = _bounds(draw, full, usual, unit, written="bounds" in features)
    item |= written if pieces else written | _start(draw, item["rules"], full, bounds)
    if gates:
        item["gates"] = _gates(draw, names[pieces + own :], path, full, bounds, making)
    if "counts_when" in features:
        item["counts_when"] = conditions(draw, making, path)
    making.items.append(path)
    return item


def _facts(draw: st.DrawFn, taken: Sequence[str], making: Making) -> Values:
    """Inputs that belong to no rule."""
    reserved = (*taken, "unit", "name", "total", "exact_total", *WORDS_OF_THE_LANGUAGE)
    facts = {}
    for name in [one for one in making.words.names(8) if one not in reserved][: draw(st.integers(1, 4))]:
        facts[name], making.inputs[name] = _declared(draw, making.words)
    return facts


def _grades(draw: st.DrawFn, names: Sequence[str], total: Fraction, making: Making) -> list[Values]:
    """A ladder of grades, or conditions alone; the last is for everybody."""
    found: list[Values] = []
    starts = sorted({floor(total * draw(shares_of) * 100) / Fraction(100) for _ in names[1:]}, reverse=True)
    for place, name in enumerate(names[:-1]):
        grade: Values = {"grade": name, **making.words.some("note")}
        if place < len(starts):
            grade["from"] = starts[place]
        if place >= len(starts) or draw(maybe):
            grade["when"] = conditions(draw, making, "", None, "total", "exact_total")
        found.append(grade)
    return [*found, {"grade": names[-1]}]


@st.composite
def rubrics(draw: st.DrawFn) -> Values:
    """A whole rubric as plain values."""
    total, words = draw(totals), Words(draw(seeds))
    luck, features = words.luck, draw(features_of_roots)
    making = Making(luck, words=words)
    rubric: Values = {"govrubric": 1, "id": luck.choice(("r", "district-2023", "no", "x-1_", "null")), "title": words.text(), "total": total}
    if "out_of" in features:
        rubric["out_of"] = draw(scales)
    full = rubric.get("out_of", total)
    fewest = next(places for places in range(7) if (total * 10**places).denominator == 1)
    rubric["round"] = _rounding(draw, draw(st.integers(fewest, 6)))
    unit = Fraction(1, 10 ** rubric["round"]["places"]) * full / total
    if language := luck.choice((None, "zh-CN", "en", "zh-Hant")):
        rubric["language"] = language
    gates = draw(st.integers(1, 2)) if "gates" in features else 0
    names = words.names(draw(st.integers(1, 4)) + gates)
    pieces = len(names) - gates
    if "facts" in features:
        rubric["facts"] = _facts(draw, names, making)
    if "grades" in features:
        making.grades = tuple(luck.sample(GRADES, luck.randint(1, 5)))
    group, weights = _group(draw, full, names[:pieces], features, unit)
    extra = pieces > 1 and "extra" in features
    rubric |= group
    rubric["indicators"] = _parts(draw, "", names[:pieces], weights, group, 1, making, extra=extra)
    written, bounds = _bounds(draw, full, full + (weights[-1] if extra else 0), unit, written="bounds" in features)
    rubric |= written
    if gates:
        rubric["gates"] = _gates(draw, names[pieces:], "", full, bounds, making)
    if making.grades:
        rubric["grades"] = _grades(draw, making.grades, total, making)
        rubric |= luck.choice(({}, {"grade_on": "exact"}, {"grade_on": "rounded"}))
    if luck.random() < 0.3:
        rubric |= words.some("note")
        rubric["valid"] = {"from": Plain("2023-01-01"), "to": Plain("2023-12-31")}
        rubric["source"] = {"issuer": words.text()}
        rubric["ambiguities"] = [{"id": "a1", "at": names[0], "question": words.text(), "decision": words.text(), "options": [words.text(), "x"]}]
        cell = luck.choice((Plain("1"), Plain("-2.50"), Plain("true"), "1", "true", "否", [Plain("3"), "b"], {"a": Plain("1/3")}))
        rubric["cases"] = [{"name": words.text(), "tally": {words.text()[:900]: cell}, "expect": {"total": Plain("1")}}]
    made: Values = spelled(rubric, making)
    return made


# Rubric -> tallies

usuals = st.sampled_from((None, None, None, 0, 1, COUNT_LIMIT))
excusals = st.sampled_from(("none", "none", "some", "some", "all"))


def telling_counts(text: RubricText) -> dict[str, set[int]]:
    """For each input, the numbers of cases just before and at the floor or ceiling, and where steps end."""
    found: dict[str, set[int]] = {}
    for item, path, _ in parts(text):
        full = item.out_of or item.weight
        for rule in item.rules:
            if rule.verb not in ("deduct", "award"):
                continue
            value = getattr(rule, rule.verb)
            named: dict[str, list[Fraction]] = {"": [value]} if isinstance(value, Fraction) else {}
            if isinstance(value, tuple):
                named = {"": list(value)} if isinstance(value[0], Fraction) else {level: [points] for level, points in value}
            for level, steps in named.items():
                counts = found.setdefault(rule.input or join(join(path, rule.id), level), set())
                counts |= {len(steps) - 1, len(steps), len(steps) + 1}
                for room in (full, rule.at_most or full):
                    emptied = floor(room / steps[-1])
                    counts |= {min(max(0, emptied + more), COUNT_LIMIT) for more in (-1, 0, 1)}
    return found


def telling_numbers(text: RubricText) -> dict[str, set[Fraction]]:
    """For each measured number, where its points change."""
    found: dict[str, set[Fraction]] = {}
    for item, path, _ in parts(text):
        for rule in item.rules:
            marks = found.setdefault(rule.input or join(path, rule.id), set())
            value: Any = getattr(rule, rule.verb)
            if rule.verb == "bands":
                marks |= {band.start for band in value}
            elif rule.verb == "curve":
                marks |= {point.x for point in value} | {(value[0].x + value[1].x) / 2}
            elif rule.verb == "distance":
                threshold, sign = (value.below, -1) if value.below is not None else (value.above, 1)
                marks |= {threshold + sign * value.each * units / 2 for units in (0, 1, 2, 3, 20)}
    return found


# What conditions compare with, and shares of a range.
MARKS = tuple(map(Fraction, ("0", "1", "2", "3", "0.5", "10", "17", "59.99", "95", "1000")))
SHARES = tuple(map(Fraction, ("1/3", "1/2", "9/10", "1/7")))


def _numbers(one: Input, marks: set[Fraction]) -> list[Fraction]:
    """Numbers that an input may be given: its ends, whatever is telling and what lies beside it."""
    step = one.step or Fraction(1, one.den)
    wanted = [*MARKS, *sorted(marks), *(one.lo + (one.hi - one.lo) * share for share in SHARES)]
    beside = [(floor(mark / step) + more) * step for mark in wanted for more in (0, -1, 1)]
    return sorted({number for number in (one.lo, floor(one.hi / step) * step, *beside) if one.lo <= number <= one.hi})


@st.composite
def tallies(draw: st.DrawFn, rubric: Rubric) -> Tally:
    """An exact value for every input: whole numbers, flags, fractions and names."""
    counts, numbers = telling_counts(rubric.text), telling_numbers(rubric.text)
    tally: Tally = {}
    usual = draw(usuals)  # now and then all counts are the same
    excused = draw(excusals)
    for name, one in rubric.inputs.items():
        if name.endswith(".not_applicable"):
            tally[name] = excused == "all" or (excused == "some" and draw(st.booleans()))
        elif one.kind == "flag":
            tally[name] = draw(st.booleans()) if usual is None else usual > 0
        elif one.kind == "count":
            told = sorted({0, 1, 2, 3, 17, COUNT_LIMIT, *counts.get(name, ())})
            tally[name] = pick(draw, told) if usual is None else usual
        elif one.kind == "choice":
            tally[name] = pick(draw, one.options)
        else:
            tally[name] = pick(draw, _numbers(one, numbers.get(name, set())))
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
        ways += [f"{as_decimal(number, one.places):f}"] + [f"{number.numerator}/{number.denominator}"] * (abs(number.numerator) < 10**12)
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
    """A rubric by construction, and a tally of it; a few values may be left out, where they may."""
    values = draw(rubrics())
    rubric = Rubric(RubricText.model_validate(values))
    tally, seed = draw(tallies(rubric)), draw(seeds)
    luck = random.Random(seed)
    for name in luck.sample(list(tally), luck.choice((0, 0, min(2, len(tally)), len(tally)))):
        if not rubric.inputs[name].required and not (name.endswith(".not_applicable") and luck.random() < 0.5):
            del tally[name]
    if luck.random() < 0.5:
        for name in may_be_left_out(rubric.text, tally) & tally.keys():
            if rubric.inputs[name].required:
                del tally[name]
    sample = Sample(values, tally, seed)
    sample.__dict__.update(text=rubric.text, rubric=rubric)  # as if somebody had asked for them
    return sample


SAMPLES = 400


@cache
def corpus() -> tuple[tuple[Values, Tally, int], ...]:
    """A few hundred samples, the same every time."""
    found: list[tuple[Values, Tally, int]] = []

    @seed(1)
    @settings(database=None, max_examples=SAMPLES, phases=[Phase.generate], deadline=None, suppress_health_check=list(HealthCheck))
    @given(samples())
    def collect(sample: Sample) -> None:
        found.append((sample.values, sample.tally, sample.seed))

    collect()
    return tuple(found)
