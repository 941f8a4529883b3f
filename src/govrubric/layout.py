"""What all cards of a rubric share, and whole numbers -> a card's rows."""

from collections.abc import Callable, Iterator, Mapping
from fractions import Fraction
from operator import getitem
from typing import Any, NamedTuple, Protocol

from govrubric.diagnostics import lang
from govrubric.formula import Const, Name
from govrubric.ledger import Given, Header, ItemScore, Record, RuleScore, Working
from govrubric.model import RubricText
from govrubric.numbers import Exact, ratio
from govrubric.plan import Plan, PlannedItem, PlannedRule
from govrubric.version import __version__

Evidence = Mapping[str, tuple[tuple[str, ...], str | None]]
ITEM_LINES = ("base", "rounding", "score", "lost", "contribution")
RULE_LINES = ("raw", "applied", "absorbed", "after")
REMEMBERED = 10_000


def kept_lines(plan: Plan) -> tuple[str, ...]:
    """The lines whose values a card keeps, the total first; with the inputs, every other line follows from these."""
    kept = [":contribution"]
    for item in plan.items:
        kept += [f"{item.path}:base", f"{item.path}:score"]
        kept += [f"{rule.path}:{what}" for rule in item.rules for what in ("raw", "after")]
    return tuple(name for name in kept if name == ":contribution" or not isinstance(plan.lines[name], (Const, Name)))


def shown_lines(plan: Plan) -> tuple[str, ...]:
    """The lines that a card shows, in its own order."""
    return tuple(
        f"{path}:{what}"
        for item in plan.items
        for path, lines in ((item.path, ITEM_LINES), *((rule.path, RULE_LINES) for rule in item.rules))
        for what in lines
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
        self.exact = tuple(exact[plan.lines[name].den] for name in shown_lines(plan))
        self.total = exact[plan.lines[":contribution"].den]
        slot = {one.name: (index, one.den) for index, one in enumerate(plan.inputs)}
        self.items = tuple(
            (
                (item.path, item.item.title, getattr(item.item, "clause", None), getattr(item.item, "assessed_by", None))
                + tuple(None if value is None else exact_of(value) for value in (item.item.weight, item.full, item.floor, item.ceiling))
                + (item.parts,),
                slice(first, first + len(ITEM_LINES)),
                tuple(self._rule(rule, item.full, slot, first + len(ITEM_LINES) + n * len(RULE_LINES)) for n, rule in enumerate(item.rules)),
            )
            for item, first in _positions(plan)
        )

    def header(self, unit: str | None, name: str | None) -> Header:
        text = self.text
        return Header(__version__, text.id, text.title, text.language, self.digest, exact_of(text.total), unit, name)

    def _rule(self, rule: PlannedRule, full: Fraction, slot: Mapping[str, tuple[int, int]], first: int) -> tuple[tuple[Any, ...], slice]:
        inputs = tuple(one.name for one in rule.inputs)
        working = Working(rule.rule, tuple(slot[name] for name in inputs), full, self.lang)
        return (rule.path, rule.rule.verb, rule.rule.clause, inputs, working), slice(first, first + len(RULE_LINES))


def _positions(plan: Plan) -> Iterator[tuple[PlannedItem, int]]:
    """Each item, and where its lines begin among those that a card shows."""
    first = 0
    for item in plan.items:
        yield item, first
        first += len(ITEM_LINES) + len(RULE_LINES) * len(item.rules)


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
    layout, new, tail = live.layout, tuple.__new__, (live.values,)
    shown = tuple(map(getitem, layout.exact, layout.run.derive(*live.values, *live.kept)))
    return tuple(
        [
            new(ItemScore, (*static, *shown[own], tuple([new(RuleScore, words + shown[lines] + tail) for words, lines in rules])))
            for static, own, rules in layout.items
        ]
    )


def input_rows(live: Live) -> tuple[Given, ...]:
    """What was given, and what was assumed."""
    given, evidence = live.given, live.evidence
    nothing: tuple[tuple[str, ...], str | None] = ((), None)
    return tuple(
        Given(
            one.name,
            one.kind,
            one.unit,
            value if one.kind == "count" else value > 0 if one.kind == "flag" else ratio(value, one.den),
            given is not None and one.name not in given,
            *evidence.get(one.name, nothing),
        )
        for one, value in zip(live.layout.plan.inputs, live.values, strict=True)
    )


def record_of(live: Live, items: tuple[ItemScore, ...]) -> Record:
    """Everything that a card says."""
    return Record(live.layout.header(live.unit, live.name), input_rows(live), items)
