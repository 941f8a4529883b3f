"""What all cards of a rubric share, and whole numbers -> a card's rows."""

from collections.abc import Callable, Mapping
from fractions import Fraction
from operator import getitem
from typing import Any, NamedTuple, Protocol

from govrubric.diagnostics import lang
from govrubric.effects import Step
from govrubric.formula import Const, Name
from govrubric.ledger import Action, Combining, GateScore, Given, Header, ItemScore, Record, RuleScore, Slot, Working
from govrubric.model import AnyItem, RubricText, join
from govrubric.numbers import Exact, ratio
from govrubric.plan import Plan, PlannedItem, quotient_places
from govrubric.version import __version__

Evidence = Mapping[str, tuple[tuple[str, ...], str | None]]
ITEM_LINES = ("base", "rounding", "score", "lost", "contribution")
FLAGS = ("applies", "counts", "void")
REMEMBERED = 10_000


def kept_lines(plan: Plan) -> tuple[str, ...]:
    """The lines whose values a card keeps, total, void and grade first; with the inputs, every other line follows from these."""
    kept = []
    for item in plan.items:
        kept += [f"{item.path}:base", f"{item.path}:score"]
        kept += [line for step in item.steps for line in (f"{step.rule.path}:raw", step.balance)]
    names = (name for name in dict.fromkeys(kept) if not isinstance(plan.lines[name], (Const, Name)))
    return (":contribution", *(name for name in (":void", ":grade") if decided(plan, name)), *names)


def decided(plan: Plan, name: str) -> bool:
    """Whether the tally decides a line."""
    return name in plan.lines and not isinstance(plan.lines[name], Const)


def _step_lines(step: Step) -> tuple[str, ...]:
    return (*(f"{step.rule.path}:{what}" for what in ("raw", "applied", "absorbed")), step.balance)


def _flag_lines(plan: Plan, item: PlannedItem) -> tuple[str, ...]:
    """The flags of an item and of its steps, and its gates (flag, and balance behind); none where nothing is out of the ordinary."""
    usual = {f"{item.path}:{flag}": flag != "void" for flag in FLAGS} | {f"{step.rule.path}:counted": True for step in item.steps}
    steps = [f"{step.rule.path}:counted" for step in item.steps]
    gates = [f"{join(item.path, gate.id)}:{what}" for gate in item.item.gates for what in ("held", "gate")]
    plain = all(plan.lines[name].lo == plan.lines[name].hi == flag for name, flag in usual.items())
    if plain and not gates and not any(step.both for step in item.steps):
        return ()
    return (*(f"{item.path}:{flag}" for flag in FLAGS), *steps, *gates, f"{item.path}:balance")


def shown_lines(plan: Plan) -> tuple[str, ...]:
    """The lines that a card shows, in its own order: an item's, its steps', and its flags where the tally decides any."""
    return tuple(
        name
        for item in plan.items
        for names in ([f"{item.path}:{what}" for what in ITEM_LINES], *map(_step_lines, item.steps), _flag_lines(plan, item))
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


class Derive(Protocol):
    """Inputs and kept lines -> the lines that a card shows."""

    @property
    def derive(self) -> Callable[..., tuple[int, ...]]: ...


class Layout:
    """What all cards of a rubric share, made once for each rubric."""

    def __init__(self, text: RubricText, plan: Plan, digest: str, run: Derive) -> None:
        self.text, self.plan, self.digest, self.run = text, plan, digest, run
        self.lang = lang(text.language)
        exact = {formula.den: _Exact(formula.den) for formula in plan.lines.values()}
        shown = shown_lines(plan)
        self.exact = tuple(exact[plan.lines[name].den] for name in shown)
        self.total = exact[plan.lines[":contribution"].den]
        self.slots = {one.name: Slot(index, one.den, one.options) for index, one in enumerate(plan.inputs)}
        place = {name: index for index, name in reversed(list(enumerate(shown)))}
        self.items = tuple(self._item(item, place) for item in plan.items)
        self.kept = {name: index for index, name in enumerate(kept_lines(plan))}

    def header(self, unit: str | None, name: str | None, kept: tuple[int, ...]) -> Header:
        text = self.text
        return Header(__version__, text.id, text.title, text.language, self.digest, exact_of(text.total), unit, name, self.grade(kept))

    def is_void(self, kept: tuple[int, ...]) -> bool:
        """Whether a gate took the total away."""
        return bool(kept[self.kept[":void"]]) if ":void" in self.kept else bool(self.plan.lines[":void"].lo)

    def grade(self, kept: tuple[int, ...]) -> str | None:
        """The grade of the whole, if there is one."""
        if not self.plan.grades:
            return None
        place = kept[self.kept[":grade"]] if ":grade" in self.kept else int(self.plan.lines[":grade"].lo)
        return self.plan.grades[place] if place >= 0 else None

    def _item(self, item: PlannedItem, place: Mapping[str, int]) -> "_ItemLayout":
        first = place[f"{item.path}:base"]
        behind = first + len(ITEM_LINES)
        words = tuple(
            (
                (step.rule.path, step.rule.rule.verb, step.rule.rule.clause, _words(step.rule.rule.when), tuple(one.name for one in step.rule.inputs))
                + (Working(step.rule.rule, tuple(self.slots[one.name] for one in step.rule.inputs), item.full, self.lang),),
                slice(behind + 4 * index, behind + 4 * index + 4),
            )
            for index, step in enumerate(item.steps)
        )
        gates = tuple((join(item.path, gate.id), str(gate.when), gate.clause, Action(gate, self.lang)) for gate in item.item.gates)
        flags = behind + 4 * len(item.steps) if _flag_lines(self.plan, item) else None
        return _ItemLayout(_static(self.text, item), slice(first, behind), words, gates, flags, tuple(step.both for step in item.steps))


class _ItemLayout(NamedTuple):
    """An item's own words, and where its lines stand among those that a card shows."""

    static: tuple[Any, ...]
    own: slice
    rules: tuple[tuple[tuple[Any, ...], slice], ...]
    gates: tuple[tuple[Any, ...], ...]
    flags: int | None
    both: tuple[bool, ...]


def _static(text: RubricText, item: PlannedItem) -> tuple[Any, ...]:
    one: AnyItem = item.item
    numbers = tuple(None if value is None else exact_of(value) for value in (one.weight, item.full, item.floor, item.ceiling))
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
    """The rows of a card that was just scored. Tuples are laid together, since a card has many rows."""
    layout, new, tail = live.layout, tuple.__new__, (True, live.values)
    shown = tuple(map(getitem, layout.exact, layout.run.derive(*live.values, *live.kept)))
    return tuple(
        [
            new(ItemScore, (*static, *shown[own], tuple([new(RuleScore, words + shown[lines] + tail) for words, lines in rules]), (), True, True))
            if flags is None
            else _row(live, shown, static, own, rules, gates, flags, both)
            for static, own, rules, gates, flags, both in layout.items
        ]
    )


def _row(
    live: Live,
    shown: tuple[Exact, ...],
    static: tuple[Any, ...],
    own: slice,
    rules: tuple[tuple[tuple[Any, ...], slice], ...],
    gates: tuple[tuple[Any, ...], ...],
    flags: int,
    both: tuple[bool, ...],
) -> ItemScore:
    """The row of an item with conditions, gates, or rules that may give and take."""
    applies, counts, void = map(bool, shown[flags : flags + len(FLAGS)])
    at = flags + len(FLAGS)
    scored = []
    for index, (words, lines) in enumerate(rules):
        raw = shown[lines][0]
        # Of the two steps of a rule that may give and take, a card shows the one that it took; the first of them gives.
        if both[index] and (raw > 0) is (words[0] in [one[0] for one, _ in rules[:index]]):
            continue
        scored.append(RuleScore._make((*words, *shown[lines], bool(shown[at + index]), live.values)))
    at += len(rules)
    balance = shown[at + 2 * len(gates)]
    held = []
    for index, words in enumerate(gates):
        after = shown[at + 2 * index + 1]
        held.append(GateScore._make((*words, bool(shown[at + 2 * index]), exact_of(Fraction(after) - Fraction(balance)))))
        balance = after
    base, rounding, score, lost, contribution = shown[own]
    numbers = (base, rounding, None, None, None) if void else (base, rounding, score, lost, contribution)
    return ItemScore._make((*static, *numbers, tuple(scored), tuple(held), applies, counts))


def input_rows(live: Live) -> tuple[Given, ...]:
    """What was given, and what was assumed."""
    given, evidence = live.given, live.evidence
    nothing: tuple[tuple[str, ...], str | None] = ((), None)
    return tuple(
        Given(
            one.name,
            one.kind,
            one.unit,
            value if one.kind == "count" else value > 0 if one.kind == "flag" else one.options[value] if one.options else ratio(value, one.den),
            given is not None and one.name not in given,
            *evidence.get(one.name, nothing),
        )
        for one, value in zip(live.layout.plan.inputs, live.values, strict=True)
    )


def record_of(live: Live, items: tuple[ItemScore, ...]) -> Record:
    """Everything that a card says."""
    return Record(live.layout.header(live.unit, live.name, live.kept), input_rows(live), items)
