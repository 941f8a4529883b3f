"""Whole numbers -> a card's rows, and what all cards of a rubric share."""

from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from functools import cached_property
from itertools import chain
from typing import Any, NamedTuple

from govrubric.diagnostics.diagnostic import Lang, lang
from govrubric.formula.codegen import Body, body, build, function
from govrubric.formula.nodes import Const, Formula, Name
from govrubric.language.rubric_text import AnyItem, RubricText, join
from govrubric.numbers import Exact, ratio
from govrubric.plan.lines import EXACT, GRADE, TOTAL, VOID, GateLine, ItemLine, LineName, gate_line
from govrubric.plan.plan import Plan, PlannedItem
from govrubric.plan.rules import Step
from govrubric.scoring.derived_flags import DerivedFlags
from govrubric.scoring.ledger import (
    Combining,
    GateScore,
    Header,
    ItemScore,
    ReadingUsed,
    RuleScore,
    ShownValue,
    VariantUsed,
)
from govrubric.scoring.sentences import RuleSentences, Slot, gate_sentence
from govrubric.version import __version__

Evidence = Mapping[str, tuple[tuple[str, ...], str | None]]
Rows = Callable[..., tuple[ItemScore, ...]]
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


def _excuse_lines(item: PlannedItem) -> list[LineName]:
    """The line of the flag that an item does not apply, where a condition decides it."""
    return [] if item.item.exempt_when is None else [item.line("excused")]


def _target_lines(item: PlannedItem) -> list[LineName]:
    """The lines of the numbers that the rules of an item read by a name, step by step."""
    return [step.rule.line("target") for step in item.steps if step.rule.target is not None]


def shown_lines(plan: Plan) -> tuple[LineName, ...]:
    """The lines that a card shows, item by item: the item's own, those of its steps, and its flags."""
    return tuple(
        name
        for item in plan.items
        for names in (
            [item.line(kind) for kind in ITEM_LINES],
            *map(_step_lines, item.steps),
            _flag_lines(plan, item),
            _target_lines(item),
            _excuse_lines(item),
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
    scoring_digest: str
    exact: dict[int, _Exact]
    total: _Exact
    slots: dict[str, Slot]
    kept: dict[LineName, int]

    def __init__(
        self,
        text: RubricText,
        plan: Plan,
        digest: str,
        scoring_digest: str,
        variant: VariantUsed | None = None,
        readings: tuple[ReadingUsed, ...] = (),
    ) -> None:
        self.variant: VariantUsed | None = variant
        self.readings: tuple[ReadingUsed, ...] = readings
        self.text, self.plan, self.digest, self.scoring_digest = text, plan, digest, scoring_digest
        self.lang = lang(text.language)
        self.exact = {
            den: _Exact(den) for den in dict.fromkeys(formula.den for formula in plan.lines.values())
        }
        self.total = self.exact[plan.lines[TOTAL].den]
        self.slots = {
            known.name: Slot(index, known.den, known.options, known.kind == "flag")
            for index, known in enumerate(plan.inputs)
        }
        self.kept = {name: index for index, name in enumerate(kept_lines(plan))}
        self._rows: dict[Lang, Rows] = {}

    @cached_property
    def derived(self) -> DerivedFlags:
        """The flags that items do not apply, where conditions decide them."""
        return DerivedFlags(self.plan)

    @cached_property
    def trace(self) -> Callable[..., tuple[int, ...]]:
        """The values of a card -> its kept lines, for values other than those that were scored."""
        inputs = {known.name: f"i{index}" for index, known in enumerate(self.plan.inputs)}
        return build(function("made", inputs, self.plan.lines, self.kept))

    def rows(self, lang: Lang) -> Rows:
        """The values of a card, and again each value and kept line -> its rows, with sentences in a language.

        The function is made when it is first used.
        """
        if lang not in self._rows:
            self._rows[lang] = _rows(self, lang)
        return self._rows[lang]

    @cached_property
    def values(self) -> Callable[..., tuple[ShownValue, ...]]:
        """The values of a card, and again each value and kept line -> the named values that it shows."""
        shown, code = self.plan.shown, Code(self)
        made = code.function(f"({''.join(f'{code.whole(value.line)}, ' for value in shown)})", {})

        def rows(*values: Any) -> tuple[ShownValue, ...]:
            return tuple(
                ShownValue(
                    value.path,
                    value.value.text.title,
                    value.kind,
                    whole > 0 if value.kind == "flag" else self.exact[self.plan.lines[value.line].den][whole],
                )
                for value, whole in zip(shown, made(*values), strict=True)
            )

        return rows

    def is_plain(self, item: PlannedItem) -> bool:
        """Whether an item's row has no flags that the tally decides, no gates, and its rules in one order."""
        return not _flag_lines(self.plan, item)

    def rule_fields(self, step: Step) -> tuple[Any, ...]:
        """The fields of a rule's row before its sentence, which are the same for every tally."""
        rule = step.rule.rule
        inputs = tuple(known.name for known in step.rule.inputs)
        return (step.rule.path, rule.title, rule.verb, rule.clause, _plain_text(rule.when), inputs)

    def sentences(
        self, step: Step, item: PlannedItem, lang: Lang, finish: Callable[[str], str] = str
    ) -> RuleSentences:
        """The sentences of a rule's row."""
        slots = tuple(self.slots[known.name] for known in step.rule.inputs)
        den = self.plan.lines[step.rule.line("raw")].den
        target, places = step.rule.target, self.text.round.places
        target_den = None if target is None else target.den
        return RuleSentences(step.rule.rule, slots, item.full, den, places, lang, finish, target_den)

    def gate_fields(self, item: PlannedItem, lang: Lang) -> tuple[tuple[Any, ...], ...]:
        """The fields of each gate's row that are the same for every tally."""
        return tuple(
            (
                join(item.path, gate.id),
                gate.title,
                str(gate.when),
                gate.clause,
                gate_sentence(gate, lang),
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
            self.scoring_digest,
            exact_of(text.total),
            text.round.places,
            unit,
            name,
            self.grade(kept),
            self.variant,
            self.readings,
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


class Code:
    """The text of a function of a card's whole numbers while it is made, and the objects that it names.

    The function takes the values, and again each value and kept line.
    """

    lines: Mapping[str, Formula]
    body: Body
    head: str
    space: dict[str, object]

    def __init__(self, layout: Layout) -> None:
        variables = {known.name: f"i{index}" for index, known in enumerate(layout.plan.inputs)}
        variables |= {name: f"k{index}" for name, index in layout.kept.items()}
        self.lines = layout.plan.lines
        rest = {name: formula for name, formula in self.lines.items() if name not in layout.kept}
        values = [value.line for value in layout.plan.shown]
        self.body = body(variables, rest, (*shown_lines(layout.plan), *values, EXACT))
        self.head = f"def made(values, {', '.join(variables.values())}):\n"
        self.space = {}

    def constant(self, letter: str, value: object) -> str:
        """A name that stands for a value in the text."""
        self.space[name := f"{letter}{len(self.space)}"] = value
        return name

    def whole(self, name: LineName) -> str:
        """The text of a line's whole number."""
        formula = self.lines[name]
        return str(int(formula.lo * formula.den)) if isinstance(formula, Const) else self.body.variables[name]

    def sentence(self, sentences: RuleSentences, step: Step) -> str:
        """The text of a rule's sentence."""
        values = [self.body.variables[known.name] for known in step.rule.inputs]
        if step.rule.target is not None:
            values.append(self.whole(step.rule.line("target")))
        key = ", ".join([self.whole(step.rule.line("raw")), *values])
        return f"{self.constant('w', sentences)}[({key},)]"

    def function(self, result: str, names: Mapping[str, object]) -> Callable[..., Any]:
        """The function, which returns the `result`; `names` holds what else the text uses."""
        return build(f"{self.head}{self.body.text}    return {result}\n", {**self.space, **names})


def _rows(layout: Layout, lang: Lang) -> Rows:
    """The function that makes the rows of a card, with sentences in a language.

    A card has many rows, so the generated text builds their tuples directly, from the exact numbers of the
    lines.
    """
    code = Code(layout)

    def number(name: LineName) -> str:
        """The text of a line's exact number."""
        formula = layout.plan.lines[name]
        if isinstance(formula, Const):
            return code.constant("c", exact_of(formula.lo))
        return f"e{formula.den}[{code.body.variables[name]}]"

    def row(item: PlannedItem) -> str:
        """The text of an item's row."""
        own = [number(item.line(kind)) for kind in ITEM_LINES]
        steps = [[number(name) for name in _step_lines(step)] for step in item.steps]
        item_fields = _item_fields(item)
        if not layout.is_plain(item):
            rules = tuple(
                _UnusualRule(layout.rule_fields(step), layout.sentences(step, item, lang), step.both)
                for step in item.steps
            )
            unusual = _UnusualItem(
                item_fields,
                rules,
                layout.gate_fields(item, lang),
                _plain_text(item.item.exempt_when),
                item.item.take,
            )
            flags = map(number, (*_flag_lines(layout.plan, item), *_target_lines(item)))
            excuse = map(number, _excuse_lines(item))
            shown = [*own, *chain.from_iterable(steps), *flags, *excuse]
            return f"{code.constant('r', unusual)}.row(({', '.join(shown)},), values)"
        rule_rows = ""
        for step, numbers in zip(item.steps, steps, strict=True):
            constants = [code.constant("w", field) for field in layout.rule_fields(step)]
            sentence = code.sentence(layout.sentences(step, item, lang), step)
            rule_rows += f"new(Rule, ({', '.join([*constants, sentence, *numbers])}, true)), "
        take = code.constant("s", item.item.take)
        when = code.constant("s", _plain_text(item.item.exempt_when))
        texts = [*(code.constant("s", field) for field in item_fields), *own]
        return f"new(Item, ({', '.join(texts)}, ({rule_rows}), (), true, true, false, {when}, {take}))"

    rows = ", ".join(row(item) for item in layout.plan.items)
    names: dict[str, object] = {
        "new": tuple.__new__,
        "Item": ItemScore,
        "Rule": RuleScore,
        "true": True,
        "false": False,
    }
    names |= {f"e{den}": exact for den, exact in layout.exact.items()}
    return code.function(f"({rows},)", names)


class _UnusualRule(NamedTuple):
    """A rule of an unusual item: its fields that are the same for every tally, and its sentences.

    `both`: the rule may give and may take, so that it has two steps.
    """

    fields: tuple[Any, ...]
    sentences: RuleSentences
    both: bool

    def sentence(self, raw: Exact, values: tuple[int, ...], target: Sequence[Exact], *, counted: bool) -> str:
        """How its effect comes from its inputs, which stand among the card's `values`, and its `target`."""
        given = tuple(values[slot.place] for slot in self.sentences.slots)
        if not counted:
            return self.sentences.uncounted(given)
        targets = [number * (self.sentences.target_den or 1) for number in target]
        return self.sentences[(raw * self.sentences.den, *given, *targets)]


class _UnusualItem(NamedTuple):
    """An item with conditions, with gates, or with rules that may give and take.

    `fields` and `gates` are the fields of its rows that are the same for every tally, and so is
    the condition on which it does not apply.
    """

    fields: tuple[Any, ...]
    rules: tuple[_UnusualRule, ...]
    gates: tuple[tuple[Any, ...], ...]
    exempt_when: str | None
    take: str

    def row(self, shown: tuple[Exact, ...], values: tuple[int, ...]) -> ItemScore:
        """The item's row; `shown` has its own lines, those of its steps, and its flags."""
        base, rounding, score, lost, contribution = shown[: len(ITEM_LINES)]
        named = [rule.sentences.target_den is not None for rule in self.rules]
        end = len(shown) - sum(named) - (self.exempt_when is not None)
        steps, targets = shown[len(ITEM_LINES) : end], iter(shown[end:])
        excused = self.exempt_when is not None and bool(shown[-1])
        flags = steps[4 * len(self.rules) :]
        applies, counts, void = map(bool, flags[: len(FLAGS)])
        counted, gates = flags[len(FLAGS) :], flags[len(FLAGS) + len(self.rules) :]
        rule_rows = []
        seen: set[str] = set()
        for index, rule in enumerate(self.rules):
            lines, path = steps[4 * index : 4 * index + 4], rule.fields[0]
            target = [next(targets)] if named[index] else []
            # Of the two steps of a rule that may give and take, a card shows the one that it took; the first
            # of them gives.
            if not rule.both or (lines[0] > 0) is not (path in seen):
                counts_now = bool(counted[index])
                sentence = rule.sentence(lines[0], values, target, counted=counts_now)
                rule_rows.append(RuleScore._make((*rule.fields, sentence, *lines, counts_now)))
            seen.add(path)
        balance = gates[-1]
        gate_rows = []
        for index, fields in enumerate(self.gates):
            held, after = gates[2 * index : 2 * index + 2]
            gate_rows.append(GateScore._make((*fields, bool(held), after - balance)))
            balance = after
        numbers = (base, rounding, None, None, None) if void else (base, rounding, score, lost, contribution)
        rows = tuple(rule_rows), tuple(gate_rows)
        return ItemScore._make(
            (*self.fields, *numbers, *rows, applies, counts, excused, self.exempt_when, self.take)
        )


def _item_fields(item: PlannedItem) -> tuple[Any, ...]:
    """The fields of an item's row that are the same for every tally."""
    authored: AnyItem = item.item
    numbers = tuple(
        None if value is None else exact_of(value)
        for value in (authored.weight, item.full or None, item.floor, item.ceiling)
    )
    combining = None
    if item.parts:
        drop = authored.drop
        lowest, highest = (drop.lowest, drop.highest) if drop else (0, 0)
        combining = Combining(authored.combine, lowest, highest)
    clause, assessor = getattr(authored, "clause", None), getattr(authored, "assessed_by", None)
    policies = (authored.extra, authored.policy, _plain_text(authored.counts_when))
    return (item.path, authored.title, clause, assessor, *numbers, item.parts, combining, *policies)


def _plain_text(text: str | None) -> str | None:
    """A condition as plain text, as a card has it that was read."""
    return None if text is None else str(text)


def exact_of(value: Fraction) -> Exact:
    """A fraction -> the exact number that users get."""
    return ratio(value.numerator, value.denominator)
