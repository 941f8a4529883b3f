"""Checks that need more than one field: each a function that yields findings of one code."""

import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from fractions import Fraction

from govrubric.diagnostics import Path, nearest
from govrubric.model import AnyItem, RubricText, join, parts
from govrubric.numbers import written
from govrubric.plan import bounds, full_marks, plan_rule, start_of


@dataclass(frozen=True, slots=True)
class Finding:
    """What a lint says: `about` is the object judged, `path` the place to show, `first` what came before it."""

    code: str
    path: Path
    about: Path
    args: Mapping[str, object] = field(default_factory=dict)
    first: Path | None = None


Lint = Callable[[RubricText], Iterator[Finding]]


def _repeated(code: str, names: Iterable[tuple[str, Path]], **args: object) -> Iterator[Finding]:
    seen: dict[str, Path] = {}
    for name, path in names:
        same = unicodedata.normalize("NFC", name)
        if same in seen:
            yield Finding(code, path, path[:-1], {"name": name, **args}, seen[same])
        seen.setdefault(same, path)


def repeated_id(text: RubricText) -> Iterator[Finding]:
    """GR301: an id is unique among its siblings, parts and rules alike."""
    for item, path, at in parts(text):
        key = "indicators" if isinstance(item, RubricText) else "items"
        siblings = [(part.id, (*at, key, index, "id")) for index, part in enumerate(item.items)]
        siblings += [(rule.id, (*at, "rules", index, "id")) for index, rule in enumerate(item.rules)]
        yield from _repeated("GR301", siblings, parent=path or text.id)


def weights(text: RubricText) -> Iterator[Finding]:
    """GR302: the weights of a group's parts add up to its full marks."""
    for item, path, at in parts(text):
        if item.items:
            total = sum((part.weight for part in item.items), Fraction(0))
            if total != full_marks(item):
                shown = " + ".join(written(part.weight) for part in item.items)
                key = "out_of" if item.out_of else "total" if isinstance(item, RubricText) else "weight"
                yield Finding(
                    "GR302", (*at, key), at, {"path": path or text.id, "sum": shown, "is": written(total), "full": written(full_marks(item))}
                )


def empty_leaf(text: RubricText) -> Iterator[Finding]:
    """GR303: an item has parts or rules."""
    for item, path, at in parts(text):
        if not item.items and not item.rules:
            yield Finding("GR303", (*at, "id"), at, {"path": path})


def unsaid_start(text: RubricText) -> Iterator[Finding]:
    """GR304: a leaf whose rules both give and take says where it starts."""
    for item, path, at in parts(text):
        if not item.items and item.rules and _start(item, path) is None:
            yield Finding("GR304", (*at, "id"), at, {"path": path})


def _start(item: AnyItem, path: str) -> Fraction | None:
    """Where a leaf starts, as far as its rules are sound."""
    raws = (plan_rule(rule, join(path, rule.id), full_marks(item))[1] for rule in item.rules if not rule.problems())
    return start_of(item, tuple(raws))


def group_start(text: RubricText) -> Iterator[Finding]:
    """GR305: a group starts from its parts, not from a number."""
    for item, path, at in parts(text):
        if item.items and item.start is not None:
            yield Finding("GR305", (*at, "start"), at, {"path": path})


def crossed_bounds(text: RubricText) -> Iterator[Finding]:
    """GR306 and GR310: floor, start and ceiling stand in this order."""
    for item, path, at in parts(text):
        floor, ceiling = bounds(item)
        if floor is not None and ceiling is not None and floor > ceiling:
            key = "floor" if item.floor is not None else "ceiling"
            yield Finding("GR306", (*at, key), at, {"path": path or text.id, "floor": written(floor), "ceiling": written(ceiling)})
            continue
        start = None if item.items else _start(item, path)
        if start is not None and ((floor is not None and start < floor) or (ceiling is not None and start > ceiling)):
            key = next(key for key in ("start", "floor", "ceiling", "id") if getattr(item, key) is not None)
            shown = {"path": path, "start": written(start), "floor": _bound(floor), "ceiling": _bound(ceiling)}
            yield Finding("GR310", (*at, key), at, shown)


def _bound(bound: Fraction | None) -> str:
    return "none" if bound is None else written(bound)


def rule_fields(text: RubricText) -> Iterator[Finding]:
    """GR307–GR309: what each verb says of its own fields."""
    for item, path, at in parts(text):
        for index, rule in enumerate(item.rules):
            for code, key, args in rule.problems():
                yield Finding(code, (*at, "rules", index, key), (*at, "rules", index), {"path": join(path, rule.id), **args})


def round_bounds(text: RubricText) -> Iterator[Finding]:
    """GR311: floor and ceiling survive the item's own rounding, or a score could be rounded past them."""
    for item, path, at in parts(text):
        if item.round is not None:
            share = item.weight / full_marks(item) if isinstance(item, RubricText) else Fraction(1)
            for bound in bounds(item):
                if bound is not None and (bound * share * 10**item.round.places).denominator != 1:
                    shown = {"path": path or text.id, "places": item.round.places, "bound": written(bound)}
                    yield Finding("GR311", (*at, "round", "places"), at, shown)


def validity(text: RubricText) -> Iterator[Finding]:
    """GR312: the first day is not behind the last."""
    valid = text.valid
    if valid is not None and valid.start and valid.to and valid.start > valid.to:
        yield Finding("GR312", ("valid", "to"), ("valid",), {"first": valid.start, "last": valid.to})


def known_paths(text: RubricText) -> dict[str, Path]:
    """Every path of items and rules, with its place."""
    known: dict[str, Path] = {}
    for item, path, at in parts(text):
        if path:
            known[path] = at
        known.update({join(path, rule.id): (*at, "rules", index) for index, rule in enumerate(item.rules)})
    return known


def ambiguity_place(text: RubricText) -> Iterator[Finding]:
    """GR313: an ambiguity stands at an item or rule of the rubric."""
    known = known_paths(text)
    for index, ambiguity in enumerate(text.ambiguities):
        if ambiguity.at not in known:
            yield Finding("GR313", ("ambiguities", index, "at"), (), {"name": ambiguity.at, "near": nearest(ambiguity.at, known)})


def repeated_ambiguity(text: RubricText) -> Iterator[Finding]:
    """GR314: an ambiguity's id is used once."""
    yield from _repeated("GR314", [(one.id, ("ambiguities", i, "id")) for i, one in enumerate(text.ambiguities)])


def repeated_case(text: RubricText) -> Iterator[Finding]:
    """GR315: a case's name is used once, so that a report names one case."""
    yield from _repeated("GR315", [(case.name, ("cases", i, "name")) for i, case in enumerate(text.cases)])


LINTS: tuple[Lint, ...] = (
    repeated_id,
    weights,
    empty_leaf,
    unsaid_start,
    group_start,
    crossed_bounds,
    rule_fields,
    round_bounds,
    validity,
    ambiguity_place,
    repeated_ambiguity,
    repeated_case,
)


def lint(text: RubricText) -> Iterator[Finding]:
    """Everything that is wrong with a rubric whose fields are each right."""
    for one in LINTS:
        yield from one(text)
