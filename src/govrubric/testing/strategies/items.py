"""A random item and all below it, by construction: a leaf with rules, or a group of items."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import floor
from typing import Any

from hypothesis import strategies as st

from govrubric.formula.build import flag
from govrubric.language.rubric_text import join
from govrubric.language.rules import VERBS
from govrubric.testing.strategies.authored import (
    WORDS_OF_THE_LANGUAGE,
    Values,
    conditions,
    formulas,
    pick,
)
from govrubric.testing.strategies.making import (
    GRADES,
    POLICIES,
    Making,
    features_of_items,
    maybe,
    modes,
    places_of,
    scales,
    shares_of,
    totals,
)
from govrubric.testing.strategies.rules import rules


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
    """The bounds of an item's score, where None is no bound; `unit` is the unit to which the item rounds."""

    lowest: Fraction | None
    highest: Fraction | None
    unit: Fraction | None

    def on_grid(self, value: Fraction) -> Fraction:
        """The number, rounded down to the unit of the item if it rounds."""
        return value if self.unit is None else floor(value / self.unit) * self.unit

    def between(self, share: Fraction, full: Fraction) -> Fraction:
        """A number within the bounds."""
        low, high = self.lowest, self.highest
        if low is None:
            low = self.on_grid(min(Fraction(0), full if high is None else high) - full)
        if high is None:
            high = max(full, low) + full
        return self.on_grid(low + (high - low) * share)


def bounds_of(
    draw: st.DrawFn, full: Fraction, usual: Fraction | None, unit: Fraction | None, *, written: bool
) -> tuple[Values, Bounds]:
    """Floor and ceiling, as keys of an item and as bounds; `usual` is the ceiling if none is written.

    It is ``None`` where extra parts raise the ceiling, by the most that they can contribute, which nobody
    knows yet. Where the item rounds, both are multiples of `unit`.
    """
    free = Bounds(Fraction(0), full if usual is None else usual, unit)
    is_on_grid = unit is None if usual is None else free.on_grid(usual) == usual
    if is_on_grid and not written:
        return {}, free
    share = draw(shares_of)
    absent = (None, None) if is_on_grid else ()
    ceilings = (*absent, "none", free.on_grid(full * share), free.on_grid(full * 3 / 2))
    ceiling: Any = draw(st.sampled_from(ceilings))
    highest = _bound(ceiling, free.highest)
    room = full if highest is None else highest
    floors = (None, None, None, "none", free.on_grid(-full * share), free.on_grid(room * share))
    floor_: Any = draw(st.sampled_from(floors))
    keys = {key: value for key, value in (("floor", floor_), ("ceiling", ceiling)) if value is not None}
    return keys, Bounds(_bound(floor_, Fraction(0)), highest, unit)


def raised(parts: Sequence[Values], path: str, making: Making) -> bool:
    """Whether an extra part of a group may raise its ceiling."""
    return any("extra" in part and join(path, part["id"]) not in making.takers for part in parts)


def _bound(text: Any, default: Fraction | None) -> Fraction | None:
    """A bound as it is meant: the default where none is written, and None for ``none``."""
    if text is None:
        return default
    number: Fraction | None = None if text == "none" else text
    return number


def _drops_all(group: Values, features: frozenset[str], making: Making) -> Values:
    """Of some groups in which a part may not apply, a `drop` of as many as there are, or of more."""
    may_drop = "drop" in features and ("drop" in group or group.get("combine", "sum") != "sum")
    may_lapse = any("not_applicable" in part and "extra" not in part for part in group["items"])
    if not (may_drop and may_lapse) or making.luck.randrange(3):
        return {}
    lowest = making.luck.randrange(len(group["items"]) + 1)
    return {"drop": {"lowest": lowest, "highest": len(group["items"]) + 1 - lowest}}


def _start(draw: st.DrawFn, signs: set[int], full: Fraction, bounds: Bounds) -> Values:
    """The start of a leaf, within its bounds; it is written where the rules may both add and take off."""

    def fits(value: Fraction) -> bool:
        if bounds.lowest is not None and value < bounds.lowest:
            return False
        return bounds.highest is None or value <= bounds.highest

    choices: list[Any] = [word for word, value in (("full", full), ("zero", Fraction(0))) if fits(value)]
    choices.append(Bounds(bounds.lowest, bounds.highest, None).between(draw(shares_of), full))
    if signs in ({1}, {-1}) and fits(full if signs == {-1} else Fraction(0)):
        choices = [None, None, None, *choices]
    start = draw(st.sampled_from(choices))
    return {} if start is None else {"start": start}


def rounding(draw: st.DrawFn, places: int) -> Values:
    """A rounding to so many places."""
    return {"places": places, "mode": draw(modes)}


GATES = ("at_most", "score", "void", "at_least", "between", "score", "grade")
GRADE_GATES = ("grade_at_most", "grade_at_most", "grade_at_most", "both")


def gates_of(
    draw: st.DrawFn, names: Sequence[str], item: str, full: Fraction, bounds: Bounds, making: Making
) -> list[Values]:
    """Gates with one effect, or two."""
    gates = []
    for name in names:
        gate: Values = {
            "id": name,
            "when": conditions(draw, making, item),
            **making.words.some("title", "clause", "note"),
        }
        low, high = (bounds.between(share, full) for share in sorted((draw(shares_of), draw(shares_of))))
        kind = pick(draw, GATES + (GRADE_GATES if making.grades else ()))
        if kind in ("at_most", "at_least", "score"):
            gate[kind] = low
        elif kind == "void":
            gate["score"] = "none"
        elif kind == "between":
            gate |= {"at_least": low, "at_most": high}
        if kind in ("grade", "void") and (kind == "grade" or draw(maybe)):
            gate["grade"] = pick(draw, (*making.grades, *GRADES))
        if kind in ("grade_at_most", "both"):
            gate["grade_at_most"] = pick(draw, making.grades)
        if kind == "both":
            gate["at_most"] = low
        gates.append(gate)
    return gates


VALUES = 4  # each may multiply others, so that more of them could come to numbers that are too large


def values_of(draw: st.DrawFn, item: str, names: Sequence[str], making: Making) -> Values:
    """Named values of an item or of the rubric, by name; later texts may use them, and some are shown."""
    values: Values = {}
    for name in names:
        if len(making.values) >= VALUES or name in (*WORDS_OF_THE_LANGUAGE, "total", "exact_total"):
            break
        is_flag = draw(maybe)
        formula = (conditions if is_flag else formulas)(draw, making, item)
        shown = pick(draw, ({}, {"show": True}, {"show": True}, {"show": False}))
        values[name] = {"formula": formula, **shown, **making.words.some("title", "note")}
        making.values[join(item, f"values.{name}")] = "flag" if is_flag else "number"
    return values


def group_of(
    draw: st.DrawFn, full: Fraction, names: Sequence[str], features: frozenset[str], unit: Fraction | None
) -> tuple[Values, list[Fraction]]:
    """How the parts of a group combine, and the weight of each; the last may be extra."""
    extra = len(names) > 1 and "extra" in features
    regular = len(names) - extra
    group: Values = {}
    if features & {"combine", "drop"}:
        group["combine"] = pick(draw, ("mean", "min", "max", "sum"))
    if regular > 1 and "drop" in features:
        lowest, highest = draw(st.integers(0, regular - 1)), 0
        if lowest < regular - 1:
            highest = draw(st.integers(0 if lowest else 1, max(1, regular - 1 - lowest)))
        group["drop"] = {
            key: count for key, count in (("lowest", lowest), ("highest", highest)) if count or draw(maybe)
        }
    weights = _split(draw, full, regular) if group.get("combine", "sum") == "sum" else [full] * regular
    if extra:
        grid = unit or Fraction(1, 10)
        weights.append(max(grid, floor(full * draw(shares_of) / grid) * grid))
    return group, weights


def parts_of(
    draw: st.DrawFn,
    path: str,
    names: Sequence[str],
    weights: Sequence[Fraction],
    group: Values,
    depth: int,
    making: Making,
    *,
    extra: bool,
) -> list[Values]:
    """The parts of a group; half of the groups are shuffled, so that a text may name a later item."""
    policies = POLICIES[2:] if "drop" in group and group.get("combine", "sum") == "sum" else POLICIES
    parts = []
    for place, (name, weight) in enumerate(zip(names, weights, strict=True)):
        last = extra and place == len(names) - 1
        if last:
            is_weighed = draw(maybe) or not _unscaled(making)
            own = weight if is_weighed else None
            part = {**draw(items(name, own, depth, path, POLICIES[2:], making)), "extra": True}
        else:
            part = draw(items(name, weight, depth, path, policies, making))
        parts.append(part)
    if making.luck.randrange(10) < 5:
        making.luck.shuffle(parts)
    return parts


def extras_of(
    draw: st.DrawFn, path: str, names: Sequence[str], full: Fraction, depth: int, making: Making
) -> list[Values]:
    """The parts of an item without full marks, which are all extra."""
    weights = [None if draw(st.booleans()) else full * draw(shares_of) or full for _ in names]
    return [
        {**draw(items(name, weight, depth, path, POLICIES[2:], making)), "extra": True}
        for name, weight in zip(names, weights, strict=True)
    ]


def _unscaled(making: Making) -> tuple[str, ...]:
    """The verbs that need no full marks."""
    return tuple(verb for verb in making.verbs if not VERBS[verb].rescales)


def _only_takes(item: Values, signs: set[int], making: Making, path: str) -> bool:
    """Whether nothing in an item without full marks adds, or may add as far as its text shows."""
    return signs <= {-1} and all(join(path, part["id"]) in making.takers for part in item.get("items", ()))


def bounds_on_top(
    draw: st.DrawFn, full: Fraction, unit: Fraction | None, *, written: bool, takes: bool
) -> tuple[Values, Bounds]:
    """Floor and ceiling of an item without full marks. Where it may add, its ceiling is written.

    So is its floor, since its text may not show that it adds: a formula may only take.
    """
    free = Bounds(None, Fraction(0), unit)
    if takes and not written:
        return {}, free
    share = draw(shares_of)
    floors = (*((None,) if takes else (Fraction(0),)), "none", free.on_grid(-full * share))
    floor_: Any = draw(st.sampled_from(floors))
    ceiling: Any = None if takes else draw(st.sampled_from(("none", free.on_grid(full * share), full)))
    if isinstance(ceiling, Fraction):
        ceiling = free.on_grid(ceiling)
    keys = {key: value for key, value in (("floor", floor_), ("ceiling", ceiling)) if value is not None}
    return keys, Bounds(_bound(floor_, None), _bound(ceiling, Fraction(0)), unit)


def _not_applicable(draw: st.DrawFn, path: str, policies: Sequence[str], making: Making) -> Values:
    """What happens where an item does not apply, which a tally says, or a condition on inputs alone."""
    policy, name = pick(draw, policies), join(path, "not_applicable")
    if draw(maybe):
        # The condition is used by the item above, and asks for no item.
        when = conditions(draw, Making(making.luck, making.inputs, here=path), path)
        return {"not_applicable": {"when": when, "then": policy, **making.words.some("note")}}
    making.inputs[name] = flag(name)
    return {"not_applicable": policy}


@st.composite
def items(
    draw: st.DrawFn,
    name: str,
    weight: Fraction | None,
    depth: int,
    parent: str,
    policies: Sequence[str],
    making: Making,
) -> Values:
    """An item and all below it; `policies` are those for "not applicable" that its parent allows.

    One without `weight` has no full marks.
    """
    words, path, features = making.words, join(parent, name), draw(features_of_items)
    item: Values = {
        "id": name,
        "title": words.text(),
        **({} if weight is None else {"weight": weight}),
        **words.some("clause", "note", "assessed_by"),
    }
    if weight is None:
        making.unweighed.add(path)
    elif "out_of" in features:
        item["out_of"] = draw(scales)
    # Of an item without full marks, this is only what its points are drawn by.
    full: Fraction = item.get("out_of", weight) or draw(totals)
    if "round" in features:
        item["round"] = rounding(draw, draw(places_of))
    unit = Fraction(1, 10 ** item["round"]["places"]) if "round" in item else None
    deeper = depth < making.depth and draw(maybe if depth > 1 else st.booleans())
    if deeper:
        pieces, own = draw(st.integers(1, 3 if depth > 1 else 4)), draw(st.sampled_from((0, 0, 1, 2)))
    else:
        pieces, own = 0, draw(st.integers(1, 4))
    gates = draw(st.integers(1, 2)) if "gates" in features else 0
    names = words.names(pieces + own + gates)
    if "not_applicable" in features:
        item |= _not_applicable(draw, path, policies, making)
    if pieces and weight is None:
        item["items"] = extras_of(draw, path, names[:pieces], full, depth + 1, making)
        if "not_applicable" not in item and all("not_applicable" in part for part in item["items"]):
            item |= _not_applicable(draw, path, policies, making)
    elif pieces:
        group, weights = group_of(draw, full, names[:pieces], features, unit)
        extra = len(weights) > 1 and "extra" in features
        item |= group
        item["items"] = parts_of(draw, path, names[:pieces], weights, group, depth + 1, making, extra=extra)
        item |= _drops_all(item, features, making)
        if "not_applicable" not in item and all(
            "not_applicable" in part for part in item["items"] if "extra" not in part
        ):
            item |= _not_applicable(draw, path, policies, making)
    signs: set[int] = set()
    if "values" in features and (values := values_of(draw, path, words.names(2), making)):
        item["values"] = values
    if own:
        verbs = making.verbs
        if weight is None:
            taking = tuple(verb for verb in verbs if VERBS[verb].punishes)
            takes = draw(st.booleans())
            verbs = taking if taking and takes else _unscaled(making)
        drawn = [draw(rules(rule, full, path, making, verbs)) for rule in names[pieces : pieces + own]]
        item["rules"] = [rule for rule, _ in drawn]
        signs.update(*(rule_signs for _, rule_signs in drawn))
        making.luck.shuffle(item["rules"])
        if "take" in features and sum("forfeit" not in rule for rule in item["rules"]) > 1:
            item["take"] = "highest"
    if weight is None:
        takes = _only_takes(item, signs, making, path)
        written, bounds = bounds_on_top(draw, full, unit, written="bounds" in features, takes=takes)
        if takes:
            making.takers.add(path)
        start = {} if draw(st.booleans()) else {"start": bounds.between(draw(shares_of), full)}
    else:
        usual = None if raised(item.get("items", ()), path, making) else full
        written, bounds = bounds_of(draw, full, usual, unit, written="bounds" in features)
        start = {} if pieces else _start(draw, signs, full, bounds)
    item |= written if pieces else written | start
    if gates:
        item["gates"] = gates_of(draw, names[pieces + own :], path, full, bounds, making)
    if "counts_when" in features:
        item["counts_when"] = conditions(draw, making, path)
    making.items.append(path)
    return item
