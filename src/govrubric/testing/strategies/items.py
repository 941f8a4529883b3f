"""A random item and all below it, by construction: a leaf with rules, or a group whose parts it can do with."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import floor
from typing import Any

from hypothesis import strategies as st

from govrubric.formula.build import flag
from govrubric.language.rubric_text import join
from govrubric.testing.strategies.authored import Values, conditions, pick
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
    """What an item's score stays within; none is no bound."""

    lowest: Fraction | None
    highest: Fraction | None
    unit: Fraction | None

    def on_grid(self, value: Fraction) -> Fraction:
        """The number, or one below it where the item rounds."""
        return value if self.unit is None else floor(value / self.unit) * self.unit

    def between(self, share: Fraction, full: Fraction) -> Fraction:
        """A number within the bounds."""
        low = (
            self.lowest
            if self.lowest is not None
            else self.on_grid(min(Fraction(0), full if self.highest is None else self.highest) - full)
        )
        high = self.highest if self.highest is not None else max(full, low) + full
        return self.on_grid(low + (high - low) * share)


def bounds_of(
    draw: st.DrawFn, full: Fraction, usual: Fraction, unit: Fraction | None, *, written: bool
) -> tuple[Values, Bounds]:
    """Floor and ceiling as written and as meant; both are multiples of `unit` where the item rounds. `usual` is the ceiling unless written."""
    free = Bounds(Fraction(0), usual, unit)
    if free.on_grid(usual) == usual and not written:
        return {}, free
    share = draw(shares_of)
    unsaid = (None, None) if free.on_grid(usual) == usual else ()
    top: Any = draw(
        st.sampled_from((*unsaid, "none", free.on_grid(full * share), free.on_grid(full * 3 / 2)))
    )
    ceiling = usual if top is None else None if top == "none" else top
    room = full if ceiling is None else ceiling
    bottom: Any = draw(
        st.sampled_from((None, None, None, "none", free.on_grid(-full * share), free.on_grid(room * share)))
    )
    lowest = Fraction(0) if bottom is None else None if bottom == "none" else bottom
    return {key: value for key, value in (("floor", bottom), ("ceiling", top)) if value is not None}, Bounds(
        lowest, ceiling, unit
    )


def _start(draw: st.DrawFn, signs: set[int], full: Fraction, bounds: Bounds) -> Values:
    """Where a leaf starts, between its bounds; written where its rules both give and take, or may."""

    def fits(value: Fraction) -> bool:
        return (bounds.lowest is None or value >= bounds.lowest) and (
            bounds.highest is None or value <= bounds.highest
        )

    choices: list[Any] = [word for word, value in (("full", full), ("zero", Fraction(0))) if fits(value)]
    choices.append(Bounds(bounds.lowest, bounds.highest, None).between(draw(shares_of), full))
    if signs in ({1}, {-1}) and fits(full if signs == {-1} else Fraction(0)):
        choices = [None, None, None, *choices]
    start = draw(st.sampled_from(choices))
    return {} if start is None else {"start": start}


def rounding(draw: st.DrawFn, places: int) -> Values:
    """A rounding to so many places."""
    return {"places": places, "mode": draw(modes)}


def gates_of(
    draw: st.DrawFn, names: Sequence[str], item: str, full: Fraction, bounds: Bounds, making: Making
) -> list[Values]:
    """Gates that do one thing, or two."""
    found = []
    for name in names:
        gate: Values = {
            "id": name,
            "when": conditions(draw, making, item),
            **making.words.some("clause", "note"),
        }
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
            gate |= {
                "grade_at_most": pick(draw, making.grades),
                **({"at_most": number} if kind == "both" else {}),
            }
        found.append(gate)
    return found


def group_of(
    draw: st.DrawFn, full: Fraction, names: Sequence[str], features: frozenset[str], unit: Fraction | None
) -> tuple[Values, list[Fraction]]:
    """How the parts of a group combine, and the weight of each; the last may be extra."""
    extra = len(names) > 1 and "extra" in features
    regular = len(names) - extra
    group: Values = (
        {"combine": pick(draw, ("mean", "min", "max", "sum"))} if features & {"combine", "drop"} else {}
    )
    if regular > 1 and "drop" in features:
        lowest = draw(st.integers(0, regular - 1))
        highest = (
            draw(st.integers(0 if lowest else 1, max(1, regular - 1 - lowest))) if lowest < regular - 1 else 0
        )
        group["drop"] = {
            key: many for key, many in (("lowest", lowest), ("highest", highest)) if many or draw(maybe)
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
    """The parts of a group, in a file order that is not the one in which they were made, so that a text may speak of what comes later."""
    policies = POLICIES[2:] if "drop" in group and group.get("combine", "sum") == "sum" else POLICIES
    found = []
    for place, (name, weight) in enumerate(zip(names, weights, strict=True)):
        last = extra and place == len(names) - 1
        part = draw(items(name, weight, depth, path, POLICIES[2:] if last else policies, making))
        found.append(part | {"extra": True} if last else part)
    if making.luck.randrange(10) < 5:
        making.luck.shuffle(found)
    return found


@st.composite
def items(
    draw: st.DrawFn,
    name: str,
    weight: Fraction,
    depth: int,
    parent: str,
    policies: Sequence[str],
    making: Making,
) -> Values:
    """An item and all below it; it may not apply in one of the ways that its parent can do with."""
    words, path, features = making.words, join(parent, name), draw(features_of_items)
    item: Values = {
        "id": name,
        "title": words.text(),
        "weight": weight,
        **words.some("clause", "note", "assessed_by"),
    }
    if "out_of" in features:
        item["out_of"] = draw(scales)
    full = item.get("out_of", weight)
    if "round" in features:
        item["round"] = rounding(draw, draw(places_of))
    unit = Fraction(1, 10 ** item["round"]["places"]) if "round" in item else None
    deeper = depth < making.depth and draw(maybe if depth > 1 else st.booleans())
    pieces, own = (
        (draw(st.integers(1, 3 if depth > 1 else 4)), draw(st.sampled_from((0, 0, 1, 2))))
        if deeper
        else (0, draw(st.integers(1, 4)))
    )
    gates = draw(st.integers(1, 2)) if "gates" in features else 0
    names = words.names(pieces + own + gates)
    if "not_applicable" in features:
        item["not_applicable"] = pick(draw, policies)
        making.inputs[join(path, "not_applicable")] = flag(join(path, "not_applicable"))
    usual = full
    if pieces:
        group, weights = group_of(draw, full, names[:pieces], features, unit)
        extra = len(weights) > 1 and "extra" in features
        usual = full + (weights[-1] if extra else 0)
        item |= group
        item["items"] = parts_of(draw, path, names[:pieces], weights, group, depth + 1, making, extra=extra)
        if "not_applicable" not in item and all(
            "not_applicable" in part for part in item["items"] if "extra" not in part
        ):
            item["not_applicable"] = pick(draw, policies)
            making.inputs[join(path, "not_applicable")] = flag(join(path, "not_applicable"))
    signs: set[int] = set()
    if own:
        drawn = [draw(rules(one, full, path, making)) for one in names[pieces : pieces + own]]
        item["rules"] = [rule for rule, _ in drawn]
        signs.update(*(each for _, each in drawn))
        making.luck.shuffle(item["rules"])
    written, bounds = bounds_of(draw, full, usual, unit, written="bounds" in features)
    item |= written if pieces else written | _start(draw, signs, full, bounds)
    if gates:
        item["gates"] = gates_of(draw, names[pieces + own :], path, full, bounds, making)
    if "counts_when" in features:
        item["counts_when"] = conditions(draw, making, path)
    making.items.append(path)
    return item
