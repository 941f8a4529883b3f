"""Rubric -> lines: the order of effects, caps, weights, rounding and the ledger stand here, once.

Every line is a formula over inputs and earlier lines; scoring, bounds and every rendering read the same lines. An item
`basics.attribution` has the lines ``:parts`` (a group's sum), ``:base``, ``:balance`` (before rounding), ``:score``,
``:rounding``, ``:lost`` and ``:contribution``; its rule `unlabelled` has ``:raw``, ``:applied``, ``:absorbed`` and
``:after`` (the balance behind it). The rubric itself has the empty path.

Source: language sections 3 and 4.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from types import MappingProxyType

from govrubric.compiled import build, function
from govrubric.formula import Formula, Input, add, const, greatest, if_, least, line, rounded, scale
from govrubric.model import AnyItem, RubricText, join
from govrubric.rules._rule import Rule


@dataclass(frozen=True, slots=True)
class PlannedRule:
    """A rule with its path and its inputs."""

    path: str
    rule: Rule
    inputs: tuple[Input, ...]


@dataclass(frozen=True, slots=True)
class PlannedItem:
    """An item with what its defaults come to; `rules` stand in the order in which they take effect."""

    path: str
    item: AnyItem
    full: Fraction
    start: Fraction | None
    floor: Fraction | None
    ceiling: Fraction | None
    parts: tuple[str, ...]
    rules: tuple[PlannedRule, ...]


@dataclass(frozen=True, slots=True)
class Plan:
    """The lines of a rubric in the order in which they can be computed, and its items from the root down."""

    inputs: tuple[Input, ...]
    lines: Mapping[str, Formula]
    items: tuple[PlannedItem, ...]


def full_marks(item: AnyItem) -> Fraction:
    """The most an item's own scale gives: `out_of`, or else its weight."""
    return item.out_of or item.weight


def bounds(item: AnyItem) -> tuple[Fraction | None, Fraction | None]:
    """Floor and ceiling of an item's score; ``None`` where there is none."""
    floor = Fraction(0) if item.floor is None else item.floor
    ceiling = full_marks(item) if item.ceiling is None else item.ceiling
    return (None if floor == "none" else floor), (None if ceiling == "none" else ceiling)


def start_of(item: AnyItem, raws: tuple[Formula, ...]) -> Fraction | None:
    """The balance before any rule; ``None`` when the item must say it, since its rules both give and take."""
    match item.start:
        case "full":
            return full_marks(item)
        case "zero":
            return Fraction(0)
        case None:
            gives, takes = any(raw.hi > 0 for raw in raws), any(raw.lo < 0 for raw in raws)
            return None if gives and takes else full_marks(item) if takes else Fraction(0)
        case number:
            return number


def make(text: RubricText) -> Plan:
    """A linted rubric -> its plan."""
    lines: dict[str, Formula] = {}
    items: list[PlannedItem] = []
    _item(text, "", lines, items)
    inputs = tuple(given for item in items for rule in _in_file_order(item) for given in rule.inputs)
    return Plan(inputs, MappingProxyType(lines), tuple(items))


def _in_file_order(item: PlannedItem) -> Iterator[PlannedRule]:
    places = {join(item.path, rule.id): index for index, rule in enumerate(item.item.rules)}
    return iter(sorted(item.rules, key=lambda rule: places[rule.path]))


def plan_rule(rule: Rule, path: str, full: Fraction) -> tuple[PlannedRule, Formula]:
    """A rule with its inputs, and its raw effect."""
    inputs = rule.inputs(path)
    return PlannedRule(path, rule, inputs), rule.raw(inputs, full)


def _item(item: AnyItem, path: str, lines: dict[str, Formula], items: list[PlannedItem]) -> Formula:
    """Add the item's lines; gives back its contribution to its parent."""
    index = len(items)
    items.append(PlannedItem(path, item, Fraction(0), None, None, None, (), ()))  # keeps its place before its parts
    full, (floor, ceiling) = full_marks(item), bounds(item)

    def put(name: str, formula: Formula) -> Formula:
        lines[name] = formula
        return line(name, formula)

    contributions = [_item(part, join(path, part.id), lines, items) for part in item.items]
    planned = [plan_rule(rule, join(path, rule.id), full) for rule in item.rules]
    start = start_of(item, tuple(raw for _, raw in planned))
    if contributions:
        base = put(f"{path}:parts", add(*contributions))
        balance = put(f"{path}:base", _within(base, floor, ceiling))
    else:
        assert start is not None, "a lint asks for it"
        balance = put(f"{path}:base", const(start))

    awards = [(rule, raw) for rule, raw in planned if not rule.rule.forfeits and raw.lo >= 0]
    deductions = [(rule, raw) for rule, raw in planned if not rule.rule.forfeits and raw.lo < 0]
    forfeits = [(rule, raw) for rule, raw in planned if rule.rule.forfeits]
    for rule, effect in (*awards, *deductions, *forfeits):
        before = balance
        if rule.rule.forfeits:
            balance = put(f"{rule.path}:after", _forfeited(rule, before, floor))
            raw = put(f"{rule.path}:raw", balance - before)
        else:
            raw = put(f"{rule.path}:raw", effect)
            balance = put(f"{rule.path}:after", _within(before + raw, floor if effect.lo < 0 else None, ceiling if effect.lo >= 0 else None))
        applied = put(f"{rule.path}:applied", balance - before)
        put(f"{rule.path}:absorbed", raw - applied)

    balance = put(f"{path}:balance", balance)
    score = put(f"{path}:score", _rounded(item, balance, full))
    put(f"{path}:rounding", score - balance if item.round else const(0))
    put(f"{path}:lost", const(full) - score)
    in_effect_order = tuple(rule for rule, _ in (*awards, *deductions, *forfeits))
    parts = tuple(join(path, part.id) for part in item.items)
    items[index] = PlannedItem(path, item, full, start, floor, ceiling, parts, in_effect_order)
    return put(f"{path}:contribution", scale(score, item.weight / full))


def _within(formula: Formula, floor: Fraction | None, ceiling: Fraction | None) -> Formula:
    if ceiling is not None:
        formula = least(formula, const(ceiling))
    return formula if floor is None else greatest(formula, const(floor))


def _rounded(item: AnyItem, balance: Formula, full: Fraction) -> Formula:
    if item.round is None:
        return balance
    # The rubric publishes its total, so that is what it rounds; an item rounds its score on its own scale.
    share = item.weight / full if isinstance(item, RubricText) else Fraction(1)
    return scale(rounded(scale(balance, share), item.round.places, item.round.mode), 1 / share)


def _forfeited(rule: PlannedRule, balance: Formula, floor: Fraction | None) -> Formula:
    """Down to zero, or to the floor if that is higher, but by no more than the rule's own cap."""
    left = least(balance, const(max(Fraction(0), floor or Fraction(0))))
    if rule.rule.at_most is not None:
        left = greatest(left, balance + const(-rule.rule.at_most))
    return if_(rule.inputs[0], left, balance)


def emptied_at(rule: PlannedRule, item: PlannedItem) -> int | None:
    """How many cases of a rule with one count take the whole of an item, from its start down to its floor.

    None where no number says it: in an item that other rules may fill up again, or whose parts decide where it starts.
    """
    gives = any(one.rule.raw(one.inputs, item.full).hi > 0 for one in item.rules)
    if item.start is None or item.floor is None or item.parts or gives or len(rule.inputs) != 1 or rule.inputs[0].kind != "count":
        return None
    raw = rule.rule.raw(rule.inputs, item.full)
    room = item.start - item.floor
    if -raw.lo < room or room <= 0:
        return None
    compute = build(function("made", {rule.inputs[0].name: "n"}, {"raw": raw}, ["raw"]))
    low, high = 0, int(rule.inputs[0].hi)
    while low < high:
        middle = (low + high) // 2
        if -compute(middle)[0] >= room * raw.den:
            high = middle
        else:
            low = middle + 1
    return low
