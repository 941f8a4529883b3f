"""Plan -> what a rubric contains as users see it: its items, rules, gates, values and grades."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from types import MappingProxyType
from typing import Literal, NamedTuple

from govrubric.diagnostics.brief import brief
from govrubric.diagnostics.diagnostic import Lang, lang
from govrubric.inputs import Input, inputs_of
from govrubric.language import gates_text
from govrubric.language.combining import Combine
from govrubric.language.not_applicable import Policy
from govrubric.language.rubric_text import RubricText, Take, join
from govrubric.numbers import Exact, Mode, as_exact
from govrubric.plan.names import value_path
from govrubric.plan.plan import Plan, PlannedItem, PlannedValue
from govrubric.plan.rules import PlannedRule
from govrubric.scoring.sentences import gate_sentence


@dataclass(frozen=True, slots=True, repr=False)
class Rule:
    """A rule of an item.

    Attributes:
        path: the path of its item and its id.
        title: its name for people; `None` where none is written.
        item: the path of its item.
        verb: what it does, in the word of the language, such as `deduct`.
        sentence: the whole rule in words, in the rubric's language, with its points, `when` and `at_most`.
        clause: the official wording; `None` where none is written.
        when: the condition while which it acts; `None` where it always does.
        at_most: the most points that it gives or takes; `None` where it has no cap of its own.
        unit: what is counted or measured, for people; `None` where none is written.
        inputs: the names of the inputs that it reads, be they its own or shared with others.
        note: the author's remark; `None` where there is none.
    """

    path: str
    title: str | None
    item: str
    verb: str
    sentence: str
    clause: str | None
    when: str | None
    at_most: Exact | None
    unit: str | None
    inputs: tuple[str, ...]
    note: str | None

    __repr__ = brief


@dataclass(frozen=True, slots=True, repr=False)
class Gate:
    """A veto or a cap on the score of an item, or on the grade of the whole, while its condition holds.

    Attributes:
        path: the path of its item and its id.
        title: its name for people; `None` where none is written.
        item: the path of its item; the empty path, which is the whole rubric, of a gate on the total.
        when: the condition while which it acts.
        sentence: what it then does in words, in the rubric's language.
        clause: the official wording; `None` where none is written.
        voids: whether it takes the score away, so that there is none here or above.
        score: the points to which it sets the score; `None` where it does not.
        at_least: the points to which it raises a lower score; `None` where it does not.
        at_most: the points to which it lowers a higher score; `None` where it does not.
        grade: the grade that it fixes; `None` where it does not.
        grade_at_most: the grade to which it lowers a better one; `None` where it does not.
        note: the author's remark; `None` where there is none.
    """

    path: str
    title: str | None
    item: str
    when: str
    sentence: str
    clause: str | None
    voids: bool
    score: Exact | None
    at_least: Exact | None
    at_most: Exact | None
    grade: str | None
    grade_at_most: str | None
    note: str | None

    __repr__ = brief


@dataclass(frozen=True, slots=True, repr=False)
class Value:
    """A number or a flag with a name of its own, which conditions and formulas use.

    Attributes:
        path: its path: ``values`` and its name, after the path of its item.
        title: its name for people; `None` where none is written.
        item: the path of its item; the empty path, which is the whole rubric, of a value of the rubric.
        kind: `number` or `flag`.
        formula: what it comes to, as the author wrote it.
        minimum: a bound below which no tally brings it; `None` of a flag.
        maximum: a bound above which no tally brings it; `None` of a flag.
        show: whether it stands at the head of the card, and is a column of tables.
        note: the author's remark; `None` where there is none.
    """

    path: str
    title: str | None
    item: str
    kind: Literal["number", "flag"]
    formula: str
    minimum: Exact | None
    maximum: Exact | None
    show: bool
    note: str | None

    __repr__ = brief


@dataclass(frozen=True, slots=True, repr=False)
class Item:
    """An indicator, one of its parts, or the whole rubric. Points are on its own scale, of `full` marks.

    Attributes:
        path: its path; the empty path of the whole rubric.
        title: its name for people.
        clause: the official wording; `None` where none is written.
        assessed_by: who assesses it, for people; `None` where nobody is named.
        weight: full marks that it adds to its group; of the whole rubric, the total. `None` of an extra item
            without full marks, whose score counts as it is.
        full: full marks on its own scale (`out_of`), which is its weight where no other is written; `None`
            likewise.
        start: its balance before any rule; `None` of a group, which starts from what its parts come to.
        take: `all`, or `highest` where of its awards, and of its deductions, only the greatest counts.
        floor: the least that its score can come to; `None` where there is no floor.
        ceiling: the most that its score can come to; `None` where there is no ceiling.
        extra: whether its points come on top of the full marks of its group.
        combine: how its parts make its base: `sum`, `mean`, `min` or `max`.
        drop_lowest: how many of its lowest parts are left out.
        drop_highest: how many of its highest parts are left out.
        places: to how many decimal places its score is rounded; `None` where it is not. Of the whole rubric,
            those of the published total.
        rounding: by which rule: `half_up`, `half_even`, `down`, `up`, `floor` or `ceiling`; `None` where its
            score is not rounded.
        not_applicable: what happens where it does not apply: `rescale`, `full`, `zero` or `spread`; `None`
            where it always does by itself. The flag is the input ``<path>.not_applicable``, if no condition
            decides it.
        not_applicable_when: the condition on which it does not apply; `None` where a tally says so, or
            nothing does.
        counts_when: the condition while which it adds to its group; `None` where it always does.
        parts: the paths of its parts, in file order; empty of an item that has rules alone.
        rules: its rules, in file order.
        gates: its gates, in file order.
        values: the paths of its named values, in file order.
        note: the author's remark; `None` where there is none.
    """

    path: str
    title: str
    clause: str | None
    assessed_by: str | None
    weight: Exact | None
    full: Exact | None
    start: Exact | None
    take: Take
    floor: Exact | None
    ceiling: Exact | None
    extra: bool
    combine: Combine
    drop_lowest: int
    drop_highest: int
    places: int | None
    rounding: Mode | None
    not_applicable: Policy | None
    not_applicable_when: str | None
    counts_when: str | None
    parts: tuple[str, ...]
    rules: tuple[Rule, ...] = field(repr=False)
    gates: tuple[Gate, ...] = field(repr=False)
    values: tuple[str, ...]
    note: str | None

    __repr__ = brief


@dataclass(frozen=True, slots=True, repr=False)
class Grade:
    """A grade of the whole. The first of a rubric's grades whose bound and condition are met is given.

    Attributes:
        name: the grade's name.
        minimum: the least total that is given it; `None` where any is.
        total: which total `minimum` is compared with: the `rounded` or the `exact` one.
        when: the condition for it; `None` where there is none.
        note: the author's remark; `None` where there is none.
    """

    name: str
    minimum: Exact | None
    total: Literal["rounded", "exact"]
    when: str | None
    note: str | None

    __repr__ = brief


@dataclass(frozen=True, slots=True, repr=False)
class Period:
    """The days for which a rubric holds.

    Attributes:
        first: the first day; `None` where it is open.
        last: the last day, which belongs to the period; `None` where it is open.
    """

    first: date | None
    last: date | None

    __repr__ = brief


class Contents(NamedTuple):
    """All that a rubric contains, by path or name, in file order."""

    items: Mapping[str, Item]
    rules: Mapping[str, Rule]
    inputs: Mapping[str, Input]
    facts: Mapping[str, Input]
    gates: Mapping[str, Gate]
    values: Mapping[str, Value]
    grades: tuple[Grade, ...]


def contents(text: RubricText, plan: Plan) -> Contents:
    """A rubric and its plan -> what users see of them."""
    language = lang(text.language)
    items = {planned.path: _item(planned, language) for planned in plan.items}
    inputs = {given.name: given for given in inputs_of(text, plan, language)}
    return Contents(
        MappingProxyType(items),
        MappingProxyType({rule.path: rule for item in items.values() for rule in item.rules}),
        MappingProxyType(inputs),
        MappingProxyType({fact.name: inputs[fact.name] for fact in text.facts}),
        MappingProxyType({gate.path: gate for item in items.values() for gate in item.gates}),
        MappingProxyType({value.path: _value(value, plan) for value in plan.values}),
        tuple(
            Grade(one.grade, _exact(one.start), text.grade_on, _plain_text(one.when), one.note)
            for one in text.grades
        ),
    )


def _exact(number: Fraction | None) -> Exact | None:
    return None if number is None else as_exact(number)


def _plain_text(text: str | None) -> str | None:
    """A condition as text that holds its characters and nothing else."""
    return None if text is None else str(text)


def _item(planned: PlannedItem, language: Lang) -> Item:
    item = planned.item
    return Item(
        path=planned.path,
        title=item.title,
        clause=None if isinstance(item, RubricText) else item.clause,
        assessed_by=None if isinstance(item, RubricText) else item.assessed_by,
        weight=_exact(item.weight),
        full=None if item.weight is None else as_exact(planned.full),
        start=None if planned.parts else _exact(planned.start),
        take=item.take,
        floor=_exact(planned.floor),
        ceiling=_exact(planned.ceiling),
        extra=item.extra,
        combine=item.combine,
        drop_lowest=item.drop.lowest if item.drop else 0,
        drop_highest=item.drop.highest if item.drop else 0,
        places=item.round.places if item.round else None,
        rounding=item.round.mode if item.round else None,
        not_applicable=item.policy,
        not_applicable_when=_plain_text(item.exempt_when),
        counts_when=_plain_text(item.counts_when),
        parts=planned.parts,
        rules=tuple(_rule(rule, planned.path, language) for rule in planned.rules),
        gates=tuple(_gate(gate, planned.path, language) for gate in item.gates),
        values=tuple(value_path(planned.path, value.name) for value in item.values),
        note=item.note,
    )


def _value(planned: PlannedValue, plan: Plan) -> Value:
    path, (_, text), item, kind, _ = planned
    line = plan.lines[planned.line]
    ends = (_exact(line.lo), _exact(line.hi)) if kind == "number" else (None, None)
    return Value(path, text.title, item, kind, str(text.formula), *ends, text.show, text.note)


def _rule(planned: PlannedRule, item: str, language: Lang) -> Rule:
    rule = planned.rule
    return Rule(
        path=planned.path,
        title=rule.title,
        item=item,
        verb=rule.verb,
        sentence=rule.says(language),
        clause=rule.clause,
        when=_plain_text(rule.when),
        at_most=_exact(rule.at_most),
        unit=planned.unit or None,
        inputs=tuple(given.name for given in planned.inputs),
        note=rule.note,
    )


def _gate(gate: gates_text.Gate, item: str, language: Lang) -> Gate:
    return Gate(
        path=join(item, gate.id),
        title=gate.title,
        item=item,
        when=str(gate.when),
        sentence=gate_sentence(gate, language),
        clause=gate.clause,
        voids=gate.score == "none",
        score=as_exact(gate.score) if isinstance(gate.score, Fraction) else None,
        at_least=_exact(gate.at_least),
        at_most=_exact(gate.at_most),
        grade=gate.grade,
        grade_at_most=gate.grade_at_most,
        note=gate.note,
    )
