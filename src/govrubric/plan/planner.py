"""Rubric -> plan: for each item the lines from its parts or its start to what it contributes.

Every line is a formula over inputs and earlier lines; scoring, bounds and all reports read the same lines.
`plan.lines` lists the kinds of lines.

Source: language sections 3, 4 and 6.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from fractions import Fraction
from types import MappingProxyType
from typing import Literal, NamedTuple

from govrubric.diagnostics.diagnostic import Path
from govrubric.expressions import compiler
from govrubric.expressions.dependencies import requests
from govrubric.expressions.operands import TOTALS, UNKNOWN, Operand
from govrubric.expressions.parser import Slip
from govrubric.formula.build import (
    all_of,
    any_of,
    const,
    greatest,
    if_,
    is_too_large,
    minus,
    not_,
    rounded,
    scale,
    within,
)
from govrubric.formula.nodes import Formula
from govrubric.language.fields import Expression
from govrubric.language.gates_text import Gate
from govrubric.language.rubric_text import AnyItem, Item, RubricText, join, parts
from govrubric.language.rules._rule import Rule
from govrubric.plan.built import Built, line_of
from govrubric.plan.gates import PlannedGate, apply_gates, assign_grade
from govrubric.plan.groups import Part, combine, group_applies, within_extra
from govrubric.plan.lines import EXACT, TOTAL, LineName, gate_line, item_line, rule_line, value_line
from govrubric.plan.names import NOT_APPLICABLE, VALUES, Names, NameScope, excusing
from govrubric.plan.order import item_order
from govrubric.plan.plan import Plan, PlannedItem, PlannedValue
from govrubric.plan.rules import Effect, Limits, PlannedRule, apply_rules
from govrubric.plan.scale import bounds, full_marks, share_of, start_of, usual_bounds
from govrubric.plan.unchanged import Unchanged

ZERO = Fraction(0)
READ = 1000  # after so many slips no further condition or formula is compiled


class Assumptions(NamedTuple):
    """What a plan assumes against the rubric, to study its influence.

    `share`: factors, above zero, for the effects of rules, before their own caps; `full`: items that
    contribute their full marks wherever they apply and count, whatever the tally says. One without full marks
    then contributes nothing.
    """

    share: Mapping[str, Fraction] = MappingProxyType({})
    full: frozenset[str] = frozenset()


AS_WRITTEN = Assumptions()


Report = Callable[[Path, Slip], None]


def make_plan(
    text: RubricText,
    report: Report | None = None,
    assumptions: Assumptions = AS_WRITTEN,
    unchanged: Unchanged | None = None,
) -> Plan:
    """A rubric -> its plan.

    `report` is called with every error in a condition or formula; a linted rubric has none. What is
    `unchanged` from another rubric, which has no errors and no assumptions, is taken over from its plan.
    """
    return _Planner(text, report, assumptions, unchanged).plan()


class _Planner:
    """The lines of a rubric while they are made, item by item."""

    def __init__(
        self, text: RubricText, report: Report | None, assumptions: Assumptions, unchanged: Unchanged | None
    ) -> None:
        self.unchanged = unchanged
        self.text, self.report, self.assumptions, self.slips = text, report, assumptions, 0
        self.names = Names.of(text, None if unchanged is None else unchanged.names)
        self.paths, self.circles = item_order(self.names)
        self.places = {path: at for _, path, at in parts(text)}
        self.lines: dict[str, Formula] = {}
        self.built: dict[str, Built] = {}
        self.values: dict[str, Operand] = {}
        self.items: dict[str, PlannedItem] = {}
        self.gates: dict[str, tuple[PlannedGate, ...]] = {}
        self.conditions: dict[Path, Formula] = {}

    def plan(self) -> Plan:
        for path in self.paths:
            if path in self.names.values:
                self.value(path)
            else:
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
            tuple(map(self.planned_value, self.names.values)),
            tuple(item_line(path, "excused") for path in self.names.items if self.derives(path)),
        )

    def derives(self, path: str) -> bool:
        """Whether a condition decides that an item does not apply."""
        return self.names.items[path].exempt_when is not None

    def put(self, name: LineName, formula: Formula) -> Formula:
        """Keep a line; returns the formula by which later lines refer to it."""
        if is_too_large(formula):
            path = item = name.path
            while item not in self.places:
                item = item.rpartition(".")[0]
            self.report_slip((*self.places[item], "id"), Slip("GR518", 0, 0, {"text": path or self.text.id}))
            formula = const(0)
        self.lines[name] = formula
        return line_of(self.lines, name)

    def report_slip(self, at: Path, slip: Slip) -> None:
        self.slips += 1
        if self.report is not None:
            self.report(at, slip)

    def compile(
        self,
        text: Expression | None,
        at: Path,
        item: str,
        rule: str = "",
        *,
        number: bool = False,
        totals: Mapping[str, Formula] | None = None,
        user: str | None = None,
    ) -> Formula:
        """A condition, or with `number` a formula, that stands at `at`; an absent condition holds."""
        if text is None or self.slips > READ:
            return const(1)
        scope = NameScope(
            self.names, self.built, item, rule, totals or {}, self.circles, self.values, user=user
        )
        formula, slips = (compiler.amount if number else compiler.condition)(text.parsed, scope)
        for slip in slips:
            self.report_slip(at, slip)
        if not number:
            self.conditions[at] = formula
        return formula

    def planned_value(self, path: str) -> PlannedValue:
        value, item = self.names.values[path]
        kind: Literal["number", "flag"] = "flag" if self.values[path].kind == "flag" else "number"
        return PlannedValue(path, value, item, kind, path in self.names.used)

    def value(self, path: str) -> None:
        """The line of a named value, which is 0 or false while its item does not apply.

        The values and items that it needs are planned already. One that is wrong is reported once, and is
        `UNKNOWN` to what uses it.
        """
        value, item = self.names.values[path]
        operand = UNKNOWN
        if self.slips <= READ:
            scope = NameScope(
                self.names, self.built, item, circles=self.circles, values=self.values, node=path
            )
            operand, slips = compiler.value(value.text.formula.parsed, scope)
            for slip in slips:
                self.report_slip((*self.places[item], VALUES, value.name, "formula"), slip)
        while_here = if_(self.applies(item) if item else const(1), operand.formula, const(0))
        self.values[path] = Operand(operand.kind, self.put(value_line(path), while_here))

    def applies(self, path: str) -> Formula:
        """The line of the flag that an item applies, which is made where it is first needed."""
        name = item_line(path, "applies")
        if name not in self.lines:
            item = self.names.items[path]
            below = [(part, self.applies(join(path, part.id))) for part in item.items]
            self.put(name, group_applies(item, below) if below else self.not_excused(path))
        return self.line(name)

    def item(self, path: str) -> None:
        """The lines of an item; its parts, and the items that its conditions ask for, are planned already."""
        item, at = self.names.items[path], self.places[path]
        kept = None if self.unchanged is None else self.unchanged.item(path, self.names.items)
        if kept is not None:
            self.lines.update(kept.lines)
            self.items[path], self.gates[path], self.built[path] = kept.item, (), kept.built
            return
        below = [(part, self.built[join(path, part.id)]) for part in item.items]
        if item.policy is not None:
            self.excuse(path)  # of a group, none of whose parts may need it
        here = self.applies(path)
        balance = self.balance_after_rules(path, item, below, here)

        conditions = [
            self.compile(gate.when, (*at, "gates", index, "when"), path)
            for index, gate in enumerate(item.gates)
        ]
        self.gates[path] = tuple(
            self.planned_gate(join(path, gate.id), gate, all_of(here, condition))
            for gate, condition in zip(item.gates, conditions, strict=True)
        )
        balance, voided = apply_gates(self.put, self.gates[path], balance)
        balance = self.put(item_line(path, "gated"), balance)
        self.put_after_gates(path, item, below, here, balance, voided)
        self.built[path] = Built.of(self.lines, path, full_marks(item))

    def balance_after_rules(
        self, path: str, item: AnyItem, below: Sequence[tuple[Item, Built]], here: Formula
    ) -> Formula:
        """The lines of an item's base and rules; returns the balance after them."""
        full = full_marks(item)
        effects = [self.effect(path, index, full, here) for index in range(len(item.rules))]
        amounts = tuple(effect.amount for effect in effects)
        start = start_of(item, amounts)
        parts_ = [Part(part, lines.contribution, lines.applies) for part, lines in below]
        usual = usual_bounds(item, amounts, parts_)
        floor, ceiling = bounds(item, usual)
        if below:
            combined = combine(item, full, parts_)
            base = within(self.put(item_line(path, "parts"), combined), floor, ceiling)
        else:
            base = const(start or ZERO)  # a lint reports a start that must be written and is not
        base = self.put(item_line(path, "base"), if_(here, base, const(0)))
        steps, balance = apply_rules(
            self.put, effects, base, Limits(floor, ceiling, here), highest=item.take == "highest"
        )
        paths = tuple(join(path, part.id) for part in item.items)
        rules = tuple(effect.rule for effect in effects)
        self.items[path] = PlannedItem(path, item, full, start, floor, ceiling, usual, paths, rules, steps)
        return self.put(item_line(path, "balance"), balance)

    def planned_gate(self, path: str, gate: Gate, held: Formula) -> PlannedGate:
        return PlannedGate(path, gate, self.put(gate_line(path, "held"), held))

    def put_after_gates(
        self,
        path: str,
        item: AnyItem,
        below: Sequence[tuple[Item, Built]],
        here: Formula,
        balance: Formula,
        voided: Formula,
    ) -> None:
        """Put the lines of an item from its balance after all gates to what it contributes."""
        zero, full = const(0), full_marks(item)
        void = all_of(here, any_of(voided, *(lines.void for _, lines in below)))
        void = self.put(item_line(path, "void"), void)
        score = self.put(item_line(path, "score"), self.score(item, balance, void))
        change = if_(void, zero, minus(score, balance)) if item.round else zero
        self.put(item_line(path, "rounding"), change)
        marks = zero if within_extra(self.names.items, path) else const(full)
        lost = if_(here, greatest(minus(marks, score), zero), zero)
        self.put(item_line(path, "lost"), lost)
        counts = self.compile(item.counts_when, (*self.places[path], "counts_when"), path)
        counts = self.put(item_line(path, "counts"), counts)
        contribution = if_(counts, self.contribution(item, path, score, here), zero)
        if item_line(path, "contribution") not in self.lines:
            self.put(item_line(path, "contribution"), contribution)

    def not_excused(self, path: str) -> Formula:
        """The flag that neither an item nor any item above it is excused, by the tally or a condition."""
        return not_(any_of(*map(self.excuse, self.names.excusable(path))))

    def excuse(self, path: str) -> Formula:
        """The flag that an item does not apply by itself.

        What its condition reads is used by the item above: it is excused only where that one is. A condition
        that asked for scores would need what it decides on.
        """
        text = self.names.items[path].exempt_when
        if text is None:
            return self.names.inputs[excusing(path)]
        name, at = item_line(path, "excused"), (*self.places[path], NOT_APPLICABLE, "when")
        if name not in self.lines:
            asked = requests(text.parsed)
            for request in asked:
                shown = {"text": f"{request.function}({request.name})"}
                self.report_slip(at, Slip("GR522", request.start, request.end, shown))
            above = path.rpartition(".")[0]
            condition = const(0) if asked else self.compile(text, at, path, user=above)
            self.put(name, all_of(self.not_excused(above), condition))
        return self.line(name)

    def effect(self, path: str, index: int, full: Fraction, here: Formula) -> Effect:
        """A rule of an item with its effect; the effect is 0 where the rule's own fields are wrong."""
        rule, at = self.names.items[path].rules[index], (*self.places[path], "rules", index)
        rule_path = join(path, rule.id)
        inputs = self.names.of_rule(rule_path)
        counts = all_of(here, self.compile(rule.when, (*at, "when"), path, rule_path))
        planned, amount = PlannedRule(rule_path, rule, inputs, self.target(rule, at, path)), const(0)
        if not rule.problems() and (rule.target is None or planned.target is not None):
            given = planned.given
            if rule.authored is not None:
                given = (self.compile(rule.authored, (*at, rule.verb), path, rule_path, number=True),)
            amount = rule.raw(given, full, self.assumptions.share.get(rule_path, Fraction(1)))
        return Effect(planned, counts, amount)

    def target(self, rule: Rule, at: Path, item: str) -> Formula | None:
        """The number that a rule reads by a name; ``None`` where there is none, or it is wrong."""
        if rule.target is None:
            return None
        before, place, rule_path = self.slips, (*at, *rule.target.at), join(item, rule.id)
        target = self.compile(rule.target.name, place, item, rule_path, number=True)
        target = self.put(rule_line(rule_path, "target"), target)
        if self.slips == before and (found := rule.target_problem(target)) is not None:
            self.report_slip(place, Slip(found[0], 0, len(rule.target.name), found[1]))
        return target if self.slips == before else None

    def score(self, item: AnyItem, balance: Formula, void: Formula) -> Formula:
        """The score of an item: its balance, rounded as the item says, or 0 where it is void."""
        round_ = item.round
        if round_ is None:
            return if_(void, const(0), balance)
        # The rubric rounds its published total, and not its score on another scale; an item rounds its score.
        share = share_of(item) if isinstance(item, RubricText) else Fraction(1)
        published = if_(void, const(0), rounded(scale(balance, share), round_.places, round_.mode))
        if share != 1:  # so that the total has no other denominator than its places
            published = self.put(TOTAL, published)
        return scale(published, 1 / share)

    def contribution(self, item: AnyItem, path: str, score: Formula, here: Formula) -> Formula:
        """What an item adds to its parent; where it does not apply, its weight or nothing, by its policy."""
        counted, all_of_it = scale(score, share_of(item)), const(item.weight or ZERO)
        if path in self.assumptions.full:
            counted = if_(here, all_of_it, const(0))
        if item.policy != "full":
            return counted
        above = self.not_excused(path.rpartition(".")[0]) if "." in path else const(1)
        return if_(here, counted, if_(above, all_of_it, const(0)))

    def grade(self) -> tuple[str, ...]:
        """The lines of the grade, from the totals and the gates, those of parts before those of groups."""
        root, text = self.built[""], self.text
        exact = self.put(EXACT, scale(self.line(item_line("", "gated")), share_of(text)))
        totals = dict(zip(TOTALS, (root.contribution, exact), strict=True))
        rungs = [
            (grade, self.compile(grade.when, ("grades", index, "when"), "", totals=totals))
            for index, grade in enumerate(text.grades)
        ]
        gates = [gate for path in _parts_first(text) for gate in self.gates[path]]
        total = totals["total" if text.grade_on == "rounded" else "exact_total"]
        return assign_grade(self.put, rungs, total, gates, root.void)

    def line(self, name: LineName) -> Formula:
        return line_of(self.lines, name)


def _parts_first(item: AnyItem, path: str = "") -> Iterator[str]:
    """Every path, the parts before their group."""
    for part in item.items:
        yield from _parts_first(part, join(path, part.id))
    yield path
