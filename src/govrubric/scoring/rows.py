"""What all cards of a rubric share, and whole numbers -> a card's rows."""

from collections.abc import Callable, Mapping
from fractions import Fraction
from functools import cached_property
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
REMEMBERED = 10_000


def kept_lines(plan: Plan) -> tuple[LineName, ...]:
    """The lines whose values a card keeps, total, void and grade first; with the inputs, every other line follows from these."""
    kept: list[LineName] = []
    for item in plan.items:
        kept += [item.line("base"), item.line("score")]
        kept += [line for step in item.steps for line in (step.rule.line("raw"), step.balance)]
    names = (name for name in dict.fromkeys(kept) if not isinstance(plan.lines[name], (Const, Name)))
    return (TOTAL, *(name for name in (VOID, GRADE) if decided(plan, name)), *names)


def decided(plan: Plan, name: LineName) -> bool:
    """Whether the tally decides a line."""
    return name in plan.lines and not isinstance(plan.lines[name], Const)


def _step_lines(step: Step) -> tuple[LineName, ...]:
    return (step.rule.line("raw"), step.rule.line("applied"), step.rule.line("absorbed"), step.balance)


def _flag_lines(plan: Plan, item: PlannedItem) -> tuple[LineName, ...]:
    """The flags of an item and of its steps, and its gates (flag, and balance behind); none where nothing is out of the ordinary."""
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
    """The lines that a card shows, in its own order: an item's, its steps', and its flags where the tally decides any."""
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
    """Whole numbers over one denominator as exact numbers, remembered, since points repeat."""

    def __init__(self, den: int) -> None:
        super().__init__()
        self.den = den

    def __missing__(self, value: int) -> Exact:
        if len(self) > REMEMBERED:
            self.clear()
        self[value] = made = ratio(value, self.den)
        return made


class Layout:
    """What all cards of a rubric share, made once for each rubric."""

    def __init__(self, text: RubricText, plan: Plan, digest: str) -> None:
        self.text, self.plan, self.digest = text, plan, digest
        self.lang = lang(text.language)
        self.exact = {
            den: _Exact(den) for den in dict.fromkeys(formula.den for formula in plan.lines.values())
        }
        self.total = self.exact[plan.lines[TOTAL].den]
        self.slots = {one.name: Slot(index, one.den, one.options) for index, one in enumerate(plan.inputs)}
        self.kept = {name: index for index, name in enumerate(kept_lines(plan))}

    @cached_property
    def trace(self) -> Callable[..., tuple[int, ...]]:
        """The values of a card -> its kept lines, for values other than those that were scored."""
        inputs = {one.name: f"i{index}" for index, one in enumerate(self.plan.inputs)}
        return build(function("made", inputs, self.plan.lines, self.kept))

    @cached_property
    def rows(self) -> Callable[..., tuple[ItemScore, ...]]:
        """The values of a card, and then its inputs and kept lines -> its rows: a function made when somebody first looks.

        A card has many rows, so the tuples are built where they are printed, without a step between.
        """
        known = {one.name: f"i{index}" for index, one in enumerate(self.plan.inputs)}
        known |= {name: f"k{index}" for name, index in self.kept.items()}
        rest = {name: formula for name, formula in self.plan.lines.items() if name not in self.kept}
        made = body(known, rest, shown_lines(self.plan))
        space: dict[str, object] = {"new": tuple.__new__, "Item": ItemScore, "Rule": RuleScore, "true": True}
        space |= {f"e{den}": exact for den, exact in self.exact.items()}

        def value(name: str) -> str:
            """The exact number of a line, as the function says it; one that never changes is at hand."""
            formula = self.plan.lines[name]
            if not isinstance(formula, Const):
                return f"e{formula.den}[{made.variables[name]}]"
            return told("c", exact_of(formula.lo))

        def told(letter: str, thing: object) -> str:
            space[name := f"{letter}{len(space)}"] = thing
            return name

        def row(item: PlannedItem) -> str:
            flags = _flag_lines(self.plan, item)
            own = [value(item.line(kind)) for kind in ITEM_LINES]
            steps = [[value(name) for name in _step_lines(step)] for step in item.steps]
            words = [self._words(step, item) for step in item.steps]
            static = _static(self.text, item)
            if flags:
                built = _Conditional(
                    static, tuple(words), tuple(step.both for step in item.steps), self._gates(item)
                )
                return f"{told('r', built)}.row(({', '.join([*own, *(one for step in steps for one in step), *map(value, flags)])},), values)"
            rules = "".join(
                f"new(Rule, ({', '.join([*(told('w', one) for one in said), *step, 'true, values'])})), "
                for said, step in zip(words, steps, strict=True)
            )
            return f"new(Item, ({', '.join([*(told('s', one) for one in static), *own])}, ({rules}), (), true, true))"

        rows = ", ".join(row(item) for item in self.plan.items)
        return build(
            f"def made(values, {', '.join(known.values())}):\n{made.text}    return ({rows},)\n", space
        )

    def _words(self, step: Step, item: PlannedItem) -> tuple[Any, ...]:
        """What a card says of a rule whatever the tally."""
        rule, inputs = step.rule.rule, step.rule.inputs
        working = Working(rule, tuple(self.slots[one.name] for one in inputs), item.full, self.lang)
        return (
            step.rule.path,
            rule.verb,
            rule.clause,
            _words(rule.when),
            tuple(one.name for one in inputs),
            working,
        )

    def _gates(self, item: PlannedItem) -> tuple[tuple[Any, ...], ...]:
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
        """Whether a gate took the total away."""
        return bool(kept[self.kept[VOID]]) if VOID in self.kept else bool(self.plan.lines[VOID].lo)

    def grade(self, kept: tuple[int, ...]) -> str | None:
        """The grade of the whole, if there is one."""
        if not self.plan.grades:
            return None
        place = kept[self.kept[GRADE]] if GRADE in self.kept else int(self.plan.lines[GRADE].lo)
        return self.plan.grades[place] if place >= 0 else None


class _Conditional(NamedTuple):
    """An item with conditions, gates, or rules that may give and take: what a card says of it whatever the tally."""

    static: tuple[Any, ...]
    words: tuple[tuple[Any, ...], ...]
    both: tuple[bool, ...]
    gates: tuple[tuple[Any, ...], ...]

    def row(self, shown: tuple[Exact, ...], values: tuple[int, ...]) -> ItemScore:
        """The item's row; `shown` are its own lines, those of its steps, and its flags."""
        base, rounding, score, lost, contribution = shown[: len(ITEM_LINES)]
        steps = shown[len(ITEM_LINES) :]
        flags = steps[4 * len(self.words) :]
        applies, counts, void = map(bool, flags[: len(FLAGS)])
        counted, gates = flags[len(FLAGS) :], flags[len(FLAGS) + len(self.words) :]
        scored = []
        seen: set[str] = set()
        for index, words in enumerate(self.words):
            lines = steps[4 * index : 4 * index + 4]
            # Of the two steps of a rule that may give and take, a card shows the one that it took; the first of them gives.
            if not self.both[index] or (lines[0] > 0) is not (words[0] in seen):
                scored.append(RuleScore._make((*words, *lines, bool(counted[index]), values)))
            seen.add(words[0])
        balance = gates[-1]
        held = []
        for index, words in enumerate(self.gates):
            after = gates[2 * index + 1]
            held.append(
                GateScore._make(
                    (*words, bool(gates[2 * index]), exact_of(Fraction(after) - Fraction(balance)))
                )
            )
            balance = after
        numbers = (base, rounding, None, None, None) if void else (base, rounding, score, lost, contribution)
        return ItemScore._make((*self.static, *numbers, tuple(scored), tuple(held), applies, counts))


def _static(text: RubricText, item: PlannedItem) -> tuple[Any, ...]:
    one: AnyItem = item.item
    numbers = tuple(
        None if value is None else exact_of(value)
        for value in (one.weight, item.full, item.floor, item.ceiling)
    )
    combining = None
    if item.parts:
        lowest, highest = (one.drop.lowest, one.drop.highest) if one.drop else (0, 0)
        combining = Combining(one.combine, lowest, highest, *quotient_places(one, text))
    words = (item.path, one.title, getattr(one, "clause", None), getattr(one, "assessed_by", None))
    return (*words, *numbers, item.parts, combining, one.extra, one.not_applicable, _words(one.counts_when))


def _words(text: str | None) -> str | None:
    """A condition as plain text, which is what a card that was written down has."""
    return None if text is None else str(text)


def exact_of(value: Fraction) -> Exact:
    """A fraction as the exact number users get."""
    return ratio(value.numerator, value.denominator)


class Live(NamedTuple):
    """What a card keeps when it is scored: whole numbers, and what the tally said beside them."""

    layout: Layout
    values: tuple[int, ...]
    kept: tuple[int, ...]
    given: frozenset[str] | None
    evidence: Evidence
    unit: str | None
    name: str | None


def item_rows(live: Live) -> tuple[ItemScore, ...]:
    """The rows of a card that was just scored."""
    return live.layout.rows(live.values, *live.values, *live.kept)


def input_rows(live: Live) -> tuple[Given, ...]:
    """What was given, and what was assumed."""
    given, evidence = live.given, live.evidence
    nothing: tuple[tuple[str, ...], str | None] = ((), None)
    return tuple(
        Given(
            one.name,
            one.kind,
            one.unit,
            value
            if one.kind == "count"
            else value > 0
            if one.kind == "flag"
            else one.options[value]
            if one.options
            else ratio(value, one.den),
            given is not None and one.name not in given,
            *evidence.get(one.name, nothing),
        )
        for one, value in zip(live.layout.plan.inputs, live.values, strict=True)
    )


def record_of(live: Live, items: tuple[ItemScore, ...]) -> Record:
    """Everything that a card says."""
    return Record(live.layout.header(live.unit, live.name, live.kept), input_rows(live), items)
