"""A card's rows -> what in them does not add up, from the figures alone and without the engine.

Source: language sections 3 and 4.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from math import lcm

from govrubric.diagnostics.diagnostic import Diagnostic
from govrubric.numbers import Exact, written
from govrubric.plan.names import excusing
from govrubric.scoring.ledger import Combining, ItemScore, Record

ZERO = Exact(0)
Stated = Fraction | bool | None
LEAVING = ("rescale", "spread")
BITS = 1 << 15  # of a common denominator; those of a rubric have fewer (see `formula.build.is_too_large`)


def audit(record: Record) -> list[Diagnostic]:
    """Every place where the ledger does not add up, in the card's order."""
    items = {item.path: item for item in record.items}
    flags = {given.name for given in record.inputs if given.kind == "flag" and given.value}
    findings = [
        Diagnostic.of(
            "GR702",
            None,
            (path or record.header.rubric,),
            what=figure,
            stated=_shown(stated),
            computed=_shown(computed),
        )
        for item in record.items
        for path, figure, stated, computed in _figures(item, items, flags)
        if stated != computed
    ]
    for item in record.items:
        bound = _passed_bound(item)
        if item.score is not None and bound is not None:
            score = written(item.score)
            findings.append(
                Diagnostic.of("GR704", None, (item.path,), score=score, bound=written(Fraction(bound)))
            )
    return findings


def _passed_bound(item: ItemScore) -> Exact | None:
    """The floor that an item's score is below, or the ceiling that it is above."""
    if item.score is None or not item.applies:
        return None
    if item.floor is not None and item.score < item.floor:
        return item.floor
    if item.ceiling is not None and item.score > item.ceiling:
        return item.ceiling
    return None


def _shown(value: Stated) -> str:
    if value is None or isinstance(value, bool):
        return "none" if value is None else str(value).lower()
    return written(value)


def gaps(record: Record) -> list[str]:
    """What keeps a card from being whole: items that make no tree, inputs repeated or missing, and values."""
    paths = [item.path for item in record.items]
    parts = [part for item in record.items for part in item.parts]
    outside = [
        part
        for item in record.items
        for part in item.parts
        if not part.startswith(f"{item.path}." if item.path else "") or not part
    ]
    names = [given.name for given in record.inputs]
    used = {name for item in record.items for rule in item.rules for name in rule.inputs}
    names += [value.path for value in record.values]
    repeated = sorted(name for name, times in Counter(names).items() if times > 1)
    return outside + _unequal(paths, ["", *parts]) + repeated + sorted(used - set(names))


def _unequal(left: list[str], right: list[str]) -> list[str]:
    """What stands more often in one of two lists than in the other."""
    lefts, rights = Counter(left), Counter(right)
    return sorted(((lefts - rights) + (rights - lefts)).elements())


def unwieldy(record: Record) -> int | None:
    """The index of the first item whose figures have no common denominator of a bearable length.

    Only a forged card has such an item, and adding its figures up would take very long.
    """
    items = {item.path: item for item in record.items}
    every = {den for item in record.items for den in _denominators(item, items)}
    if sum(den.bit_length() for den in every) <= BITS:
        return None
    for index, item in enumerate(record.items):
        if _is_long(_denominators(item, items)):
            return index
    return None


def _denominators(item: ItemScore, items: Mapping[str, ItemScore]) -> set[int]:
    """What the figures of an item, and what it takes from its parts, are divided by."""
    numbers = [item.base, item.rounding, item.score, item.lost, item.contribution, item.floor, item.ceiling]
    for rule in item.rules:
        numbers += [rule.raw, rule.applied, rule.absorbed, rule.balance]
    numbers += [gate.effect for gate in item.gates]
    parts = [items[part] for part in item.parts]
    numbers += [part.contribution for part in parts]
    dens = {number.denominator for number in numbers if number is not None}
    return dens | {part.weight.numerator for part in parts if part.weight is not None}


def _is_long(dens: Iterable[int]) -> bool:
    """Whether the least common multiple of whole numbers is very long."""
    common = 1
    for den in dens:
        common = lcm(common, den)
        if common.bit_length() > BITS:
            return True
    return False


def _figures(
    item: ItemScore, items: Mapping[str, ItemScore], flags: set[str]
) -> Iterator[tuple[str, str, Stated, Stated]]:
    """Each figure of an item that can be computed: path, name, what is stated, and what it comes to."""
    parts = [items[part] for part in item.parts]
    excused = any(_excused(path, items, flags) for path in _above(item.path))
    applies = not excused and (
        not parts or any(part.applies for part in parts if item.weight is None or not part.extra)
    )
    yield item.path, "applies", item.applies, applies
    void = item.applies and (
        any(gate.held and gate.voids for gate in item.gates)
        or any(part.void and part.counts for part in parts)
    )
    yield item.path, "void", item.void, void
    if item.combining is not None:
        base = combined(item.combining, item.out_of or ZERO, parts) if item.applies else ZERO
        if item.applies and item.ceiling is not None:
            base = min(base, item.ceiling)
        if item.applies and item.floor is not None:
            base = max(base, item.floor)
        yield item.path, "base", item.base, base
    elif not item.applies:
        yield item.path, "base", item.base, ZERO
    balance, passed_over = item.base, item.passed_over
    for rule in item.rules:
        balance += rule.applied
        yield rule.path, "balance", rule.balance, balance
        yield rule.path, "raw", rule.raw, rule.applied + rule.absorbed
        if not rule.counted:
            yield rule.path, "raw", rule.raw, ZERO
        if rule.path in passed_over:
            yield rule.path, "applied", rule.applied, ZERO
    for gate in item.gates:
        balance += gate.effect
        if not gate.held:
            yield gate.path, "effect", gate.effect, ZERO
    if item.score is None:
        return
    yield item.path, "score", item.score, balance + item.rounding
    is_extra = any(items[path].extra for path in _above(item.path) if path in items)
    marks = ZERO if is_extra else item.out_of or ZERO
    yield item.path, "lost", item.lost, max(ZERO, marks - item.score) if item.applies else ZERO
    counted = item.score * (item.weight or 1) / (item.out_of or 1)
    yield item.path, "contribution", item.contribution, _contribution(item, counted, items, flags)


def _above(path: str) -> list[str]:
    """The paths of the items from the top down to this one; none for the rubric itself."""
    words = path.split(".") if path else []
    return [".".join(words[:end]) for end in range(1, len(words) + 1)]


def _excused(path: str, items: Mapping[str, ItemScore], flags: set[str]) -> bool:
    """Whether an item does not apply by itself: by a flag of the tally, or by its condition."""
    return excusing(path) in flags or (path in items and items[path].excused)


def _contribution(item: ItemScore, counted: Exact, items: Mapping[str, ItemScore], flags: set[str]) -> Exact:
    """What an item adds to its parent: `counted` is its score on the scale of the parent."""
    if item.applies or item.not_applicable != "full":
        return counted if item.counts else ZERO
    above = any(_excused(path, items, flags) for path in _above(item.path)[:-1])
    return item.weight or ZERO if item.counts and not above else ZERO


def combined(combining: Combining, full: Exact, parts: Sequence[ItemScore]) -> Exact:
    """What the parts of a group come to before its bounds, computed as section 3 of the language says it."""
    extra = sum((part.contribution or ZERO for part in parts if part.extra), ZERO)
    counted = [part for part in parts if not part.extra]
    staying = [part for part in counted if part.applies or part.not_applicable not in LEAVING]
    values = sorted(part.contribution or ZERO for part in staying)
    lowest = min(combining.lowest, max(0, len(values) - 1))
    highest = min(combining.highest, max(0, len(values) - 1 - lowest))
    kept = values[lowest : len(values) - highest] or [ZERO]
    if combining.how in ("min", "max"):
        return (kept[0] if combining.how == "min" else kept[-1]) + extra
    base = sum(kept, ZERO) / (len(kept) if combining.how == "mean" else 1)
    if len(staying) < len(counted) and combining.how == "sum":
        left = {policy: _weight_left(counted, policy) for policy in LEAVING}
        applicable = [part for part in counted if part.applies]
        share = sum(((part.contribution or ZERO) / (part.weight or 1) for part in applicable), ZERO) / max(
            1, len(applicable)
        )
        base = (base + left["spread"] * share) * full / (full - left["rescale"] or 1)
    return base + extra


def _weight_left(parts: Sequence[ItemScore], policy: str) -> Exact:
    """The weight of the parts that do not apply and leave their group by a policy."""
    leaving = [part for part in parts if not part.applies and part.not_applicable == policy]
    return sum((part.weight or ZERO for part in leaving), ZERO)
