"""Rubric -> lines: what each item comes to, from its parts or its start to what it contributes, stands here once.

Every line is a formula over inputs and earlier lines; scoring, bounds and every report read the same lines. `plan.lines`
says which lines there are.

Source: language sections 3, 4 and 6.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from types import MappingProxyType
from typing import NamedTuple

from govrubric.diagnostics.diagnostic import Path
from govrubric.expressions import compiler as expressions
from govrubric.expressions.operands import TOTALS
from govrubric.expressions.parser import Slip
from govrubric.formula.build import (
    all_of,
    any_of,
    const,
    greatest,
    if_,
    is_too_large,
    line,
    minus,
    not_,
    rounded,
    scale,
    within,
)
from govrubric.formula.codegen import build, function
from govrubric.formula.nodes import Const, Formula, Input
from govrubric.language.fields import Expression
from govrubric.language.rubric_text import AnyItem, Item, RubricText, join, parts
from govrubric.numbers import Mode
from govrubric.plan.gates import Held, gated, graded
from govrubric.plan.groups import Part, applies, combined
from govrubric.plan.lines import EXACT, ItemLine, LineName, gate_line, item_line
from govrubric.plan.names import Names, Where, order
from govrubric.plan.rules import Effect, Frame, PlannedRule, Step, balanced

ZERO = Fraction(0)
MORE_PLACES = 6
HELPED = 50  # slips, behind which nobody is told a near name, which takes time to find
READ = 1000  # slips, behind which nothing more is read


@dataclass(frozen=True, slots=True)
class PlannedItem:
    """An item with what its defaults come to; `rules` in file order, `steps` in the order in which they take effect."""

    path: str
    item: AnyItem
    full: Fraction
    start: Fraction | None
    floor: Fraction | None
    ceiling: Fraction | None
    parts: tuple[str, ...]
    rules: tuple[PlannedRule, ...]
    steps: tuple[Step, ...]

    def line(self, kind: ItemLine) -> LineName:
        """The name of a line of the item."""
        return item_line(self.path, kind)


@dataclass(frozen=True, slots=True)
class Plan:
    """The lines of a rubric in the order in which they can be computed, and its items from the root down.

    `grades` are the names that the line ``:grade`` counts; `excused` says by which flags an input may be left out; and
    `conditions` has the flag of each condition, by its path in the document.
    """

    inputs: tuple[Input, ...]
    lines: Mapping[str, Formula]
    items: tuple[PlannedItem, ...]
    grades: tuple[str, ...]
    excused: Mapping[str, tuple[str, ...]]
    conditions: Mapping[Path, Formula]


class Otherwise(NamedTuple):
    """What a plan takes otherwise than the rubric says it.

    `share`: of which rules the effect, before their own cap, is so many times what it is (more than none); `full`: which items
    contribute their full marks to whomever they apply and count, whatever is counted in them.
    """

    share: Mapping[str, Fraction] = MappingProxyType({})
    full: frozenset[str] = frozenset()


AS_WRITTEN = Otherwise()


@dataclass(frozen=True, slots=True)
class Lines:
    """What others may ask of an item."""

    score: Formula
    lost: Formula
    reached: Formula
    applies: Formula
    void: Formula
    contribution: Formula


Report = Callable[[Path, Slip], None]


def full_marks(item: AnyItem) -> Fraction:
    """The most an item's own scale gives: `out_of`, or else its weight."""
    return item.out_of or item.weight


def bounds(item: AnyItem) -> tuple[Fraction | None, Fraction | None]:
    """Floor and ceiling of an item's score, ``None`` where there is none; parts that are `extra` raise a ceiling that is not written."""
    floor = ZERO if item.floor is None else item.floor
    ceiling = (
        full_marks(item) + sum((part.weight for part in item.items if part.extra), ZERO)
        if item.ceiling is None
        else item.ceiling
    )
    return (None if floor == "none" else floor), (None if ceiling == "none" else ceiling)


def quotient_places(item: AnyItem, text: RubricText) -> tuple[int, Mode]:
    """To how many places, and how, a quotient among the parts of a group is rounded."""
    if isinstance(item, Item) and item.round is not None:
        return item.round.places, item.round.mode
    return text.round.places + MORE_PLACES, "half_up"


def start_of(item: AnyItem, raws: tuple[Formula, ...]) -> Fraction | None:
    """The balance before any rule; ``None`` when the item must say it, since its rules both give and take."""
    match item.start:
        case "full":
            return full_marks(item)
        case "zero":
            return ZERO
        case None:
            gives, takes = any(raw.hi > 0 for raw in raws), any(raw.lo < 0 for raw in raws)
            return None if gives and takes else full_marks(item) if takes else ZERO
        case number:
            return number


def make(text: RubricText, report: Report | None = None, otherwise: Otherwise = AS_WRITTEN) -> Plan:
    """A linted rubric -> its plan. Of one that is not, what is wrong with its conditions and formulas goes to `report`."""
    return _Planner(text, report, otherwise).plan()


class _Planner:
    """The lines of a rubric, as they come to be."""

    def __init__(self, text: RubricText, report: Report | None, otherwise: Otherwise) -> None:
        self.text, self.report, self.otherwise, self.slips = text, report, otherwise, 0
        self.names = Names.of(text)
        self.paths, self.circles = order(self.names)
        self.places = {path: at for _, path, at in parts(text)}
        self.lines: dict[str, Formula] = {}
        self.built: dict[str, Lines] = {}
        self.items: dict[str, PlannedItem] = {}
        self.gates: dict[str, tuple[Held, ...]] = {}
        self.conditions: dict[Path, Formula] = {}

    def plan(self) -> Plan:
        for path in self.paths:
            self.item(path)
        grades = self.grade()
        items = tuple(self.items[path] for path in self.names.items)
        excused, conditions = MappingProxyType(self.names.excused()), MappingProxyType(self.conditions)
        return Plan(
            tuple(self.names.inputs.values()),
            MappingProxyType(self.lines),
            items,
            grades,
            excused,
            conditions,
        )

    def put(self, name: LineName, formula: Formula) -> Formula:
        """Keep a line; gives back what later lines use for it."""
        if is_too_large(formula):
            path = item = name.path
            while item not in self.places:
                item = item.rpartition(".")[0]
            self.tell((*self.places[item], "id"), Slip("GR518", 0, 0, {"text": path or self.text.id}))
            formula = const(0)
        self.lines[name] = formula
        return formula if isinstance(formula, Const) else line(name, formula)

    def tell(self, at: Path, slip: Slip) -> None:
        self.slips += 1
        if self.report is not None:
            self.report(at, slip)

    def read(
        self,
        text: Expression | None,
        at: Path,
        item: str,
        rule: str = "",
        *,
        number: bool = False,
        totals: Mapping[str, Formula] | None = None,
    ) -> Formula:
        """A condition, which holds where there is none, or a formula for a `number`; `at` is where it stands."""
        if text is None or self.slips > READ:
            return const(1)
        where = Where(self.names, self.built, item, rule, totals or {}, self.circles, self.slips < HELPED)
        formula, slips = (expressions.amount if number else expressions.condition)(text.parsed, where)
        for slip in slips:
            self.tell(at, slip)
        if not number:
            self.conditions[at] = formula
        return formula

    def item(self, path: str) -> None:
        """The lines of an item; its parts, and whatever its conditions ask for, are there."""
        item, at = self.names.items[path], self.places[path]
        full, (floor, ceiling) = full_marks(item), bounds(item)
        below = [(part, self.built[join(path, part.id)]) for part in item.items]
        inside = (
            applies([(part, lines.applies) for part, lines in below]) if below else self.not_excused(path)
        )
        here = self.put(item_line(path, "applies"), inside)
        effects = [self.effect(path, index, full, here) for index in range(len(item.rules))]
        start = start_of(item, tuple(one.amount for one in effects))
        if below:
            parts_ = [Part(part, lines.contribution, lines.applies) for part, lines in below]
            came = self.put(
                item_line(path, "parts"), combined(item, full, parts_, *quotient_places(item, self.text))
            )
            base = within(came, floor, ceiling)
        else:
            base = const(start or ZERO)  # a lint asks for the start that must be said
        base = self.put(item_line(path, "base"), if_(here, base, const(0)))
        steps, balance = balanced(self.put, effects, base, Frame(floor, ceiling, here))
        rules = tuple(one.rule for one in effects)
        self.items[path] = PlannedItem(
            path,
            item,
            full,
            start,
            floor,
            ceiling,
            tuple(join(path, part.id) for part in item.items),
            rules,
            steps,
        )

        balance = self.put(item_line(path, "balance"), balance)
        held = [
            (gate, self.read(gate.when, (*at, "gates", index, "when"), path))
            for index, gate in enumerate(item.gates)
        ]
        self.gates[path] = tuple(
            Held(
                join(path, gate.id),
                gate,
                self.put(gate_line(join(path, gate.id), "held"), all_of(here, holds)),
            )
            for gate, holds in held
        )
        balance, voided = gated(self.put, self.gates[path], balance)
        balance = self.put(item_line(path, "gated"), balance)
        void = self.put(
            item_line(path, "void"), all_of(here, any_of(voided, *(lines.void for _, lines in below)))
        )
        score = self.put(item_line(path, "score"), if_(void, const(0), self.rounded(item, balance, full)))
        self.put(
            item_line(path, "rounding"),
            if_(void, const(0), minus(score, balance)) if item.round else const(0),
        )
        lost = self.put(
            item_line(path, "lost"), if_(here, greatest(minus(const(full), score), const(0)), const(0))
        )
        counts = self.put(item_line(path, "counts"), self.read(item.counts_when, (*at, "counts_when"), path))
        contribution = self.put(
            item_line(path, "contribution"), if_(counts, self.contribution(item, path, score, here), const(0))
        )
        self.built[path] = Lines(
            score, lost, scale(score, 1 / full), here, all_of(void, counts), contribution
        )

    def not_excused(self, path: str) -> Formula:
        """The flag that neither an item nor any above it was said not to apply."""
        return not_(any_of(*(self.names.inputs[name] for name in self.names.excuses(path))))

    def effect(self, path: str, index: int, full: Fraction, here: Formula) -> Effect:
        """A rule of an item with its effect; none, where the rule's own fields are wrong."""
        rule, at = self.names.items[path].rules[index], (*self.places[path], "rules", index)
        rule_path = join(path, rule.id)
        inputs = self.names.of_rule(rule, rule_path, path)
        counts = all_of(here, self.read(rule.when, (*at, "when"), path, rule_path))
        amount = const(0)
        if not rule.problems():
            given: tuple[Formula, ...] = inputs
            if rule.authored is not None:
                given = (self.read(rule.authored, (*at, rule.verb), path, rule_path, number=True),)
            amount = rule.raw(given, full, self.otherwise.share.get(rule_path, Fraction(1)))
        return Effect(PlannedRule(rule_path, rule, inputs), counts, amount)

    def rounded(self, item: AnyItem, balance: Formula, full: Fraction) -> Formula:
        if item.round is None:
            return balance
        # The rubric publishes its total, so that is what it rounds; an item rounds its score on its own scale.
        share = item.weight / full if isinstance(item, RubricText) else Fraction(1)
        return scale(rounded(scale(balance, share), item.round.places, item.round.mode), 1 / share)

    def contribution(self, item: AnyItem, path: str, score: Formula, here: Formula) -> Formula:
        """What an item adds to its parent; one that does not apply, all or nothing, as its policy says."""
        counted = scale(score, item.weight / full_marks(item))
        if path in self.otherwise.full:
            counted = if_(here, const(item.weight), const(0))
        if item.not_applicable != "full":
            return counted
        above = self.not_excused(path.rpartition(".")[0]) if "." in path else const(1)
        return if_(here, counted, if_(above, const(item.weight), const(0)))

    def grade(self) -> tuple[str, ...]:
        """The lines of the grade, from the totals and all gates, those of the parts before those of their group."""
        root, text = self.built[""], self.text
        exact = self.put(EXACT, scale(self.line(item_line("", "gated")), text.weight / full_marks(text)))
        totals = dict(zip(TOTALS, (root.contribution, exact), strict=True))
        rungs = [
            (grade, self.read(grade.when, ("grades", index, "when"), "", totals=totals))
            for index, grade in enumerate(text.grades)
        ]
        gates = [one for path in _inside_first(text) for one in self.gates[path]]
        return graded(
            self.put,
            rungs,
            totals["total" if text.grade_on == "rounded" else "exact_total"],
            gates,
            root.void,
        )

    def line(self, name: LineName) -> Formula:
        formula = self.lines[name]
        return formula if isinstance(formula, Const) else line(name, formula)


def _inside_first(item: AnyItem, path: str = "") -> Iterator[str]:
    """Every path, the parts before their group."""
    for part in item.items:
        yield from _inside_first(part, join(path, part.id))
    yield path


def emptied_at(rule: PlannedRule, item: PlannedItem) -> int | None:
    """How many cases of a rule with one count take the whole of an item, from its start down to its floor.

    None where no number says it: in an item that other rules may fill up again, or whose parts decide where it starts,
    or where it depends on a condition.
    """
    authored = any(one.rule.authored is not None for one in item.rules)
    if (
        authored
        or item.start is None
        or item.floor is None
        or item.parts
        or rule.rule.when is not None
        or len(rule.inputs) != 1
    ):
        return None
    gives = any(one.rule.raw(one.inputs, item.full).hi > 0 for one in item.rules)
    raw = rule.rule.raw(rule.inputs, item.full)
    room = item.start - item.floor
    if gives or rule.inputs[0].kind != "count" or -raw.lo < room or room <= 0:
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
