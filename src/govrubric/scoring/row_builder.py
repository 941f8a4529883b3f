"""Whole numbers -> a card's rows, and what all cards of a rubric share."""

from collections.abc import Callable, Mapping
from fractions import Fraction
from functools import cached_property
from itertools import chain
from typing import Any, NamedTuple

from govrubric.diagnostics.diagnostic import lang
from govrubric.formula.codegen import body, build, function
from govrubric.formula.nodes import Const, Name
from govrubric.language.rubric_text import AnyItem, RubricText, join
from govrubric.numbers import Exact, ratio
from govrubric.plan.lines import GRADE, TOTAL, VOID, GateLine, ItemLine, LineName, gate_line
from govrubric.plan.planner import Plan, PlannedItem, quotient_places
from govrubric.plan.rules import Step
from govrubric.scoring.ledger import (
    Action,
    Combining,
    GateScore,
    Given,
    Header,
    ItemScore,
    Record,
    RuleScore,
    Slot,
    Working,
)
from govrubric.version import __version__

Evidence = Mapping[str, tuple[tuple[str, ...], str | None]]
ITEM_LINES: tuple[ItemLine, ...] = ("base", "rounding", "score", "lost", "contribution")
FLAGS: tuple[ItemLine, ...] = ("applies", "counts", "void")
GATE_LINES: tuple[GateLine, ...] = ("held", "gate")
REMEMBERED = 10_000  # exact numbers of one denominator


def kept_lines(plan: Plan) -> tuple[LineName, ...]:
    """The lines a card keeps: total, void and grade first; the others follow from these and the inputs."""
    kept: list[LineName] = []
    for item in plan.items:
        kept += [item.line("base"), item.line("score")]
        kept += [line for step in item.steps for line in (step.rule.line("raw"), step.balance)]
    names = (name for name in dict.fromkeys(kept) if not isinstance(plan.lines[name], (Const, Name)))
    return (TOTAL, *(name for name in (VOID, GRADE) if decided(plan, name)), *names)


def decided(plan: Plan, name: LineName) -> bool:
    """Whether the tally decides the value of a line."""
    return name in plan.lines and not isinstance(plan.lines[name], Const)


def _step_lines(step: Step) -> tuple[LineName, ...]:
    return (step.rule.line("raw"), step.rule.line("applied"), step.rule.line("absorbed"), step.balance)


def _flag_lines(plan: Plan, item: PlannedItem) -> tuple[LineName, ...]:
    """The flags of an item and its steps, flag and balance of each gate, and the balance before the gates.

    There are none for a plain item: it always applies, counts and has a score, its rules always count and
    only give or only take, and it has no gates.
    """
    usual = {item.line(flag): flag != "void" for flag in FLAGS} | {
        step.rule.line("counted"): True for step in item.steps
    }
    steps = [step.rule.line("counted") for step in item.steps]
    gates = [gate_line(join(item.path, gate.id), kind) for gate in item.item.gates for kind in GATE_LINES]
    plain = all(plan.lines[name].lo == plan.lines[name].hi == flag for name, flag in usual.items())
    if plain and not gates and not any(step.both for step in item.steps):
        return ()
    return (*(item.line(flag) for flag in FLAGS), *steps, *gates, item.line("balance"))


def shown_lines(plan: Plan) -> tuple[LineName, ...]:
    """The lines that a card shows, item by item: the item's own, those of its steps, and its flags."""
    return tuple(
        name
        for item in plan.items
        for names in (
            [item.line(kind) for kind in ITEM_LINES],
            *map(_step_lines, item.steps),
            _flag_lines(plan, item),
        )
        for name in names
    )


class _Exact(dict[int, Exact]):
    """Whole numbers over one denominator -> exact numbers, kept for reuse, since points repeat."""

    def __init__(self, den: int) -> None:
        super().__init__()
        self.den = den

    def __missing__(self, value: int) -> Exact:
        if len(self) > REMEMBERED:
            self.clear()
        self[value] = number = ratio(value, self.den)
        return number


class Layout:
    """What all cards of a rubric share, made once for each rubric."""

    text: RubricText
    plan: Plan
    digest: str
    exact: dict[int, _Exact]
    total: _Exact
    slots: dict[str, Slot]
    kept: dict[LineName, int]

    def __init__(self, text: RubricText, plan: Plan, digest: str) -> None:
        self.text, self.plan, self.digest = text, plan, digest
        self.lang = lang(text.language)
        self.exact = {
            den: _Exact(den) for den in dict.fromkeys(formula.den for formula in plan.lines.values())
        }
        self.total = self.exact[plan.lines[TOTAL].den]
        self.slots = {
            known.name: Slot(index, known.den, known.options) for index, known in enumerate(plan.inputs)
        }
        self.kept = {name: index for index, name in enumerate(kept_lines(plan))}

    @cached_property
    def trace(self) -> Callable[..., tuple[int, ...]]:
        """The values of a card -> its kept lines, for values other than those that were scored."""
        inputs = {known.name: f"i{index}" for index, known in enumerate(self.plan.inputs)}
        return build(function("made", inputs, self.plan.lines, self.kept))

    @cached_property
    def rows(self) -> Callable[..., tuple[ItemScore, ...]]:
        """The values of a card, and again each value and kept line -> its rows; made when it is first used.

        A card has many rows, so the generated text builds their tuples directly, from the exact numbers of
        the lines.
        """
        variables = {known.name: f"i{index}" for index, known in enumerate(self.plan.inputs)}
        variables |= {name: f"k{index}" for name, index in self.kept.items()}
        rest = {name: formula for name, formula in self.plan.lines.items() if name not in self.kept}
        computed = body(variables, rest, shown_lines(self.plan))
        space: dict[str, object] = {"new": tuple.__new__, "Item": ItemScore, "Rule": RuleScore, "true": True}
        space |= {f"e{den}": exact for den, exact in self.exact.items()}

        def constant(letter: str, value: object) -> str:
            """A name that stands for the value in the text."""
            space[name := f"{letter}{len(space)}"] = value
            return name

        def number(name: LineName) -> str:
            """The text of a line's exact number."""
            formula = self.plan.lines[name]
            if isinstance(formula, Const):
                return constant("c", exact_of(formula.lo))
            return f"e{formula.den}[{computed.variables[name]}]"

        def row(item: PlannedItem) -> str:
            """The text of an item's row."""
            flags = _flag_lines(self.plan, item)
            own = [number(item.line(kind)) for kind in ITEM_LINES]
            steps = [[number(name) for name in _step_lines(step)] for step in item.steps]
            fields = [self._rule_fields(step, item) for step in item.steps]
            item_fields = _item_fields(self.text, item)
            if flags:
                signs = tuple(step.both for step in item.steps)
                unusual = _UnusualItem(item_fields, tuple(fields), signs, self._gate_fields(item))
                shown = [*own, *chain.from_iterable(steps), *map(number, flags)]
                return f"{constant('r', unusual)}.row(({', '.join(shown)},), values)"
            rules = ""
            for rule_fields, step in zip(fields, steps, strict=True):
                constants = [constant("w", field) for field in rule_fields]
                rules += f"new(Rule, ({', '.join([*constants, *step, 'true, values'])})), "
            texts = [*(constant("s", field) for field in item_fields), *own]
            return f"new(Item, ({', '.join(texts)}, ({rules}), (), true, true))"

        rows = ", ".join(row(item) for item in self.plan.items)
        head = f"def made(values, {', '.join(variables.values())}):\n"
        return build(f"{head}{computed.text}    return ({rows},)\n", space)

    def _rule_fields(self, step: Step, item: PlannedItem) -> tuple[Any, ...]:
        """The fields of a rule's row that are the same for every tally."""
        rule, inputs = step.rule.rule, step.rule.inputs
        slots = tuple(self.slots[known.name] for known in inputs)
        return (
            step.rule.path,
            rule.verb,
            rule.clause,
            _plain_text(rule.when),
            tuple(known.name for known in inputs),
            Working(rule, slots, item.full, self.lang),
        )

    def _gate_fields(self, item: PlannedItem) -> tuple[tuple[Any, ...], ...]:
        """The fields of each gate's row that are the same for every tally."""
        return tuple(
            (
                join(item.path, gate.id),
                str(gate.when),
                gate.clause,
                Action(gate, self.lang),
                gate.score == "none",
            )
            for gate in item.item.gates
        )

    def header(self, unit: str | None, name: str | None, kept: tuple[int, ...]) -> Header:
        """What the card of a unit says of itself."""
        text = self.text
        return Header(
            __version__,
            text.id,
            text.title,
            text.language,
            self.digest,
            exact_of(text.total),
            unit,
            name,
            self.grade(kept),
        )

    def is_void(self, kept: tuple[int, ...]) -> bool:
        """Whether a gate takes the total away."""
        return bool(kept[self.kept[VOID]]) if VOID in self.kept else bool(self.plan.lines[VOID].lo)

    def grade(self, kept: tuple[int, ...]) -> str | None:
        """The grade of the whole, or ``None``."""
        if not self.plan.grades:
            return None
        place = kept[self.kept[GRADE]] if GRADE in self.kept else int(self.plan.lines[GRADE].lo)
        return self.plan.grades[place] if place >= 0 else None


class _UnusualItem(NamedTuple):
    """An item with conditions, with gates, or with rules that may give and take.

    `fields`, `rules` and `gates` are the fields of its rows that are the same for every tally; `both` says
    which rules may give and take.
    """

    fields: tuple[Any, ...]
    rules: tuple[tuple[Any, ...], ...]
    both: tuple[bool, ...]
    gates: tuple[tuple[Any, ...], ...]

    def row(self, shown: tuple[Exact, ...], values: tuple[int, ...]) -> ItemScore:
        """The item's row; `shown` has its own lines, those of its steps, and its flags."""
        base, rounding, score, lost, contribution = shown[: len(ITEM_LINES)]
        steps = shown[len(ITEM_LINES) :]
        flags = steps[4 * len(self.rules) :]
        applies, counts, void = map(bool, flags[: len(FLAGS)])
        counted, gates = flags[len(FLAGS) :], flags[len(FLAGS) + len(self.rules) :]
        rule_rows = []
        seen: set[str] = set()
        for index, fields in enumerate(self.rules):
            lines = steps[4 * index : 4 * index + 4]
            # Of the two steps of a rule that may give and take, a card shows the one that it took; the first
            # of them gives.
            if not self.both[index] or (lines[0] > 0) is not (fields[0] in seen):
                rule_rows.append(RuleScore._make((*fields, *lines, bool(counted[index]), values)))
            seen.add(fields[0])
        balance = gates[-1]
        gate_rows = []
        for index, fields in enumerate(self.gates):
            held, after = gates[2 * index : 2 * index + 2]
            effect = exact_of(Fraction(after) - Fraction(balance))
            gate_rows.append(GateScore._make((*fields, bool(held), effect)))
            balance = after
        numbers = (base, rounding, None, None, None) if void else (base, rounding, score, lost, contribution)
        return ItemScore._make((*self.fields, *numbers, tuple(rule_rows), tuple(gate_rows), applies, counts))


def _item_fields(text: RubricText, item: PlannedItem) -> tuple[Any, ...]:
    """The fields of an item's row that are the same for every tally."""
    authored: AnyItem = item.item
    numbers = tuple(
        None if value is None else exact_of(value)
        for value in (authored.weight, item.full, item.floor, item.ceiling)
    )
    combining = None
    if item.parts:
        drop = authored.drop
        lowest, highest = (drop.lowest, drop.highest) if drop else (0, 0)
        combining = Combining(authored.combine, lowest, highest, *quotient_places(authored, text))
    clause, assessor = getattr(authored, "clause", None), getattr(authored, "assessed_by", None)
    policies = (authored.extra, authored.not_applicable, _plain_text(authored.counts_when))
    return (item.path, authored.title, clause, assessor, *numbers, item.parts, combining, *policies)


def _plain_text(text: str | None) -> str | None:
    """A condition as plain text, as a card has it that was read."""
    return None if text is None else str(text)


def exact_of(value: Fraction) -> Exact:
    """A fraction -> the exact number that users get."""
    return ratio(value.numerator, value.denominator)


class ScoredUnit(NamedTuple):
    """What a card keeps of a unit that was scored: whole numbers, and what its tally says besides them.

    `values` are those of the inputs, and `kept` those of the kept lines. `given` are the inputs that the
    tally gave; ``None`` means all of them.
    """

    layout: Layout
    values: tuple[int, ...]
    kept: tuple[int, ...]
    given: frozenset[str] | None
    evidence: Evidence
    unit: str | None
    name: str | None


def item_rows(unit: ScoredUnit) -> tuple[ItemScore, ...]:
    """The rows of the card of a scored unit."""
    return unit.layout.rows(unit.values, *unit.values, *unit.kept)


def input_rows(unit: ScoredUnit) -> tuple[Given, ...]:
    """The inputs of a scored unit, given or assumed."""
    nothing: tuple[tuple[str, ...], str | None] = ((), None)
    given, rows = unit.given, []
    for known, whole in zip(unit.layout.plan.inputs, unit.values, strict=True):
        value: int | bool | str | Exact = whole
        if known.kind == "flag":
            value = whole > 0
        elif known.kind != "count":
            value = known.options[whole] if known.options else ratio(whole, known.den)
        assumed = given is not None and known.name not in given
        evidence, note = unit.evidence.get(known.name, nothing)
        rows.append(Given(known.name, known.kind, known.unit, value, assumed, evidence, note))
    return tuple(rows)


def record_of(unit: ScoredUnit, items: tuple[ItemScore, ...]) -> Record:
    """Everything that a card says."""
    return Record(unit.layout.header(unit.unit, unit.name, unit.kept), input_rows(unit), items)
