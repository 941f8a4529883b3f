"""A card's rows -> whatever in them does not add up: done from the figures alone, without asking the engine.

Source: language sections 3 and 4.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction

from govrubric.diagnostics.diagnostic import Diagnostic
from govrubric.numbers import ROUNDINGS, Exact, written
from govrubric.plan.names import excusing
from govrubric.scoring.ledger import Combining, ItemScore, Record

ZERO = Fraction(0)
LEAVING = ("rescale", "spread")


def audit(record: Record) -> list[Diagnostic]:
    """Every place where the ledger does not add up, in the card's order."""
    items = {item.path: item for item in record.items}
    flags = {given.name for given in record.inputs if given.kind == "flag" and given.value}
    found = [
        Diagnostic.of(
            "GR702",
            None,
            (path or record.header.rubric,),
            what=what,
            stated=_shown(stated),
            computed=_shown(computed),
        )
        for item in record.items
        for path, what, stated, computed in _sums(item, items, flags)
        if stated != computed
    ]
    for item in record.items:
        score = item.score
        if score is None or not item.applies:
            continue
        low, high = (
            item.floor is not None and score < item.floor,
            item.ceiling is not None and score > item.ceiling,
        )
        bound = item.floor if low else item.ceiling
        if (low or high) and bound is not None:
            found.append(
                Diagnostic.of(
                    "GR704",
                    None,
                    (item.path,),
                    score=written(Fraction(score)),
                    bound=written(Fraction(bound)),
                )
            )
    return found


def _shown(value: Exact | bool | None) -> str:
    if value is None or isinstance(value, bool):
        return "none" if value is None else str(value).lower()
    return written(Fraction(value))


def gaps(record: Record) -> list[str]:
    """Paths and names that keep a card from being whole: its items are one tree, and no input is used that is not there."""
    paths = [item.path for item in record.items]
    parts = [part for item in record.items for part in item.parts]
    inside = [
        part
        for item in record.items
        for part in item.parts
        if not part.startswith(f"{item.path}." if item.path else "") or not part
    ]
    names = [given.name for given in record.inputs]
    used = {name for item in record.items for rule in item.rules for name in rule.inputs}
    repeated = sorted(name for name, many in Counter(names).items() if many > 1)
    return inside + _unequal(paths, ["", *parts]) + repeated + sorted(used - set(names))


def _unequal(one: list[str], other: list[str]) -> list[str]:
    """What stands in one of two lists and not, or not as often, in the other."""
    more, less = Counter(one), Counter(other)
    return sorted(((more - less) + (less - more)).elements())


Stated = Exact | bool | None


def _sums(
    item: ItemScore, items: Mapping[str, ItemScore], flags: set[str]
) -> Iterator[tuple[str, str, Stated, Stated]]:
    """Each sum of an item: path, what it is, what the card says, and what it comes to."""
    parts = [items[part] for part in item.parts]
    excused = any(excusing(path) in flags for path in _above(item.path))
    applies = not excused and (not parts or any(part.applies for part in parts if not part.extra))
    yield item.path, "applies", item.applies, applies
    void = item.applies and (
        any(gate.held and gate.voids for gate in item.gates)
        or any(part.void and part.counts for part in parts)
    )
    yield item.path, "void", item.void, void
    weight, out_of = Fraction(item.weight), Fraction(item.out_of)
    if item.combining is not None:
        base = _base(item.combining, out_of, parts) if item.applies else ZERO
        if item.applies and item.ceiling is not None:
            base = min(base, Fraction(item.ceiling))
        if item.applies and item.floor is not None:
            base = max(base, Fraction(item.floor))
        yield item.path, "base", item.base, base
    elif not item.applies:
        yield item.path, "base", item.base, ZERO
    balance = Fraction(item.base)
    for rule in item.rules:
        balance += Fraction(rule.applied)
        yield rule.path, "balance", rule.balance, balance
        yield rule.path, "raw", rule.raw, Fraction(rule.applied) + Fraction(rule.absorbed)
        if not rule.counted:
            yield rule.path, "raw", rule.raw, ZERO
    for gate in item.gates:
        balance += Fraction(gate.effect)
        if not gate.held:
            yield gate.path, "effect", gate.effect, ZERO
    if item.score is None:
        return
    yield item.path, "score", item.score, balance + Fraction(item.rounding)
    yield item.path, "lost", item.lost, max(ZERO, out_of - Fraction(item.score)) if item.applies else ZERO
    yield (
        item.path,
        "contribution",
        item.contribution,
        _contribution(item, Fraction(item.score) * weight / out_of, flags),
    )


def _above(path: str) -> list[str]:
    """The paths of the items from the top down to this one; of the rubric itself none."""
    words = path.split(".") if path else []
    return [".".join(words[:end]) for end in range(1, len(words) + 1)]


def _contribution(item: ItemScore, counted: Fraction, flags: set[str]) -> Fraction:
    if item.applies or item.not_applicable != "full":
        return counted if item.counts else ZERO
    above = any(excusing(path) in flags for path in _above(item.path)[:-1])
    return Fraction(item.weight) if item.counts and not above else ZERO


def _base(combining: Combining, full: Fraction, parts: Sequence[ItemScore]) -> Fraction:
    """What the parts come to, as the language says it in words."""
    extra = sum((Fraction(part.contribution or 0) for part in parts if part.extra), ZERO)
    counted = [part for part in parts if not part.extra]
    here = [part for part in counted if part.applies or part.not_applicable not in LEAVING]
    values = sorted(Fraction(part.contribution or 0) for part in here)
    lowest = min(combining.lowest, max(0, len(values) - 1))
    highest = min(combining.highest, max(0, len(values) - 1 - lowest))
    kept = values[lowest : len(values) - highest] or [ZERO]
    if combining.how in ("min", "max"):
        return (kept[0] if combining.how == "min" else kept[-1]) + extra
    base = sum(kept, ZERO) / (len(kept) if combining.how == "mean" else 1)
    if len(here) < len(counted) and combining.how == "sum":
        gone = {
            policy: sum(
                (Fraction(p.weight) for p in counted if not p.applies and p.not_applicable == policy), ZERO
            )
            for policy in LEAVING
        }
        applicable = [part for part in counted if part.applies]
        share = sum(
            (Fraction(part.contribution or 0) / Fraction(part.weight) for part in applicable), ZERO
        ) / max(1, len(applicable))
        base = (base + gone["spread"] * share) * full / (full - gone["rescale"] or 1)
    if len(here) < len(counted):
        units = base * 10**combining.places
        base = Fraction(ROUNDINGS[combining.mode](units.numerator, units.denominator), 10**combining.places)
    return base + extra
