"""Plan -> what a rubric contains as users see it: its inputs, items, rules, gates and grades."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields
from datetime import date
from fractions import Fraction
from types import MappingProxyType
from typing import Literal, NamedTuple

from govrubric.diagnostics.diagnostic import Lang, lang
from govrubric.diagnostics.display import plain
from govrubric.formula import nodes
from govrubric.formula.nodes import Kind
from govrubric.language import gates_text
from govrubric.language.combining import Combine
from govrubric.language.not_applicable import Policy
from govrubric.language.rubric_text import AnyItem, RubricText, Take, join
from govrubric.numbers import Exact, Mode, ratio
from govrubric.plan.lines import LineName
from govrubric.plan.names import excusing, value_path
from govrubric.plan.plan import Plan, PlannedItem, PlannedValue
from govrubric.plan.rules import PlannedRule
from govrubric.scoring.sentences import gate_sentence

_SHOWN = 60  # characters that a representation shows of a text
_LISTED = 5  # entries that it shows of a list
_NOT_APPLICABLE: dict[Lang, str] = {"en": "not applicable", "zh": "不适用"}
_COLON: dict[Lang, str] = {"en": ": ", "zh": "："}
_WITHIN: dict[Lang, str] = {"en": ", ", "zh": "，"}  # between a rule and its level or declared input
_BRACKETS: dict[Lang, str] = {"en": " ({})", "zh": "（{}）"}


def _shown(self: "Input | Item | Rule | Gate | Value | Grade | Period") -> str:
    """A value by its fields, without those that say nothing, and with long texts cut."""
    values = [(one.name, getattr(self, one.name)) for one in fields(self) if one.repr]
    shown = [
        f"{name}={_short(value)}"
        for name, value in values
        if value is not None and value is not False and value != ()
    ]
    return f"{type(self).__name__}({', '.join(shown)})"


def _short(value: object) -> str:
    """The value of a field in few characters, all of which can be seen."""
    if isinstance(value, str):
        return repr(plain(value, _SHOWN))
    if isinstance(value, tuple):
        more = "…" if len(value) > _LISTED else ""
        return f"({''.join(f'{_short(entry)}, ' for entry in value[:_LISTED])}{more}".rstrip(" ") + ")"
    return str(value)


@dataclass(frozen=True, slots=True, repr=False)
class Input:
    """What a tally may give under one name, with all that a form needs to ask for it.

    Attributes:
        name: its name in a tally, a dotted path.
        kind: `count` (a whole number of cases), `flag` (true or false), `number` (judged, converted or
            measured) or `choice` (one of `options`).
        title: what a form prints for it: the title of its item, then that of its rule, then that of its
            level or declared input. A level or a declared input without a title has its id there, a rule
            without one has it where another rule of the item has the same clause or also none. Where two
            inputs of an item would still have both the same title and the same clause, ids follow in
            brackets after all of that item. A fact has its own title, or else its name.
        clause: the official wording of its rule, or else of its item; `None` where neither has one.
        item: the path of its item; the empty path, which is the whole rubric, of a fact.
        rule: the path of its rule; `None` of a fact, and of a flag by which an item does not apply.
        unit: what is counted or measured, for people; `None` where none is written.
        minimum: the least number that a tally may give; `None` of a flag or a choice.
        maximum: the greatest number that a tally may give; `None` of a flag or a choice.
        least_above_zero: the least number above zero that a tally may give, where not every number from
            `minimum` on is possible: 0, or from 2 to 6. `None` where there is no such gap.
        cases: of points for counted cases, the name of that count; `None` of any other input.
        least_per_case: the least points for each of these cases; `None` without `cases`.
        most_per_case: the most points for each of these cases; `None` without `cases`.
        places: how many decimal places it may have, 0 of a count; `None` of a flag or a choice.
        step: every value is a multiple of it: 1 of a count, else the step that its rule asks for, or else
            the unit of the last of its `places`; `None` of a flag or a choice.
        options: the names of a choice, in file order; empty of any other kind.
        labels: what a form prints for each of them: its title, or else the name.
        required: whether a tally must give it, unless a flag of `excused_by` is true or a condition of
            `excused_when` holds. Scoring with `strict`
            requires counts and flags too.
        default: what is taken where a tally leaves it out: 0 of a count, `False` of a flag, and of a number
            or a choice the default that the rubric writes; `None` where it is required.
        excused_by: the names of the flags any one of which, if true, allows a tally to leave it out.
        excused_when: the paths of the items whose `not_applicable_when`, where it holds, allows that too.
    """

    name: str
    kind: Kind
    title: str
    clause: str | None
    item: str
    rule: str | None
    unit: str | None
    minimum: Exact | None
    maximum: Exact | None
    least_above_zero: Exact | None
    cases: str | None
    least_per_case: Exact | None
    most_per_case: Exact | None
    places: int | None
    step: Exact | None
    options: tuple[str, ...]
    labels: tuple[str, ...] = field(repr=False)
    required: bool
    default: int | bool | str | Exact | None
    excused_by: tuple[str, ...]
    excused_when: tuple[str, ...]

    __repr__ = _shown


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

    __repr__ = _shown


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

    __repr__ = _shown


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

    __repr__ = _shown


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

    __repr__ = _shown


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

    __repr__ = _shown


@dataclass(frozen=True, slots=True, repr=False)
class Period:
    """The days for which a rubric holds.

    Attributes:
        first: the first day; `None` where it is open.
        last: the last day, which belongs to the period; `None` where it is open.
    """

    first: date | None
    last: date | None

    __repr__ = _shown


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
    inputs = {given.name: given for given in _inputs(text, plan, language)}
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


def _number(number: Fraction) -> Exact:
    return ratio(number.numerator, number.denominator)


def _exact(number: Fraction | None) -> Exact | None:
    return None if number is None else _number(number)


def _plain_text(text: str | None) -> str | None:
    """A condition as text that holds its characters and nothing else."""
    return None if text is None else str(text)


def _clause(item: AnyItem) -> str | None:
    """The clause of an item; the whole rubric has none."""
    return None if isinstance(item, RubricText) else item.clause


def _item(planned: PlannedItem, language: Lang) -> Item:
    item = planned.item
    return Item(
        path=planned.path,
        title=item.title,
        clause=_clause(item),
        assessed_by=None if isinstance(item, RubricText) else item.assessed_by,
        weight=_exact(item.weight),
        full=None if item.weight is None else _number(planned.full),
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
        score=_number(gate.score) if isinstance(gate.score, Fraction) else None,
        at_least=_exact(gate.at_least),
        at_most=_exact(gate.at_most),
        grade=gate.grade,
        grade_at_most=gate.grade_at_most,
        note=gate.note,
    )


class _Owner(NamedTuple):
    """Where an input belongs, and what people call it."""

    title: str
    clause: str | None = None
    item: str = ""
    rule: str | None = None


def _inputs(text: RubricText, plan: Plan, language: Lang) -> Iterator[Input]:
    """The inputs of a plan, which names every input of a rubric once."""
    owners = {fact.name: _Owner(fact.title or fact.name) for fact in text.facts}
    for item in plan.items:
        owners.update(_owners(item, language))
    for given in plan.inputs:
        yield _input(given, owners[given.name], plan.excused.get(given.name, ()))


def _owners(planned: PlannedItem, language: Lang) -> Iterator[tuple[str, _Owner]]:
    """The inputs that belong to an item: the flag that it does not apply, and those of its rules."""
    item, path, above = planned.item, planned.path, _clause(planned.item)
    titled = item.title + _COLON[language]
    owners = {}
    if item.policy is not None and item.exempt_when is None:
        owners[excusing(path)] = _Owner(titled + _NOT_APPLICABLE[language], above, path)
    asking = [rule for rule in planned.rules if rule.rule.input is None and rule.inputs]
    clauses = Counter(rule.rule.clause or above for rule in asking)
    for rule in asking:
        clause = rule.rule.clause or above
        named = rule.rule.title is not None or clauses[clause] > 1
        titles = rule.rule.title is not None or bool(rule.rule.titles())
        for given in rule.inputs:
            # A level or a declared input has a name below that of its rule.
            below = [given.title or _below(given, rule)] if given.name != rule.path else []
            names = [rule.rule.shown, *below] if named else below
            between = _WITHIN[language] if titles else "."
            title = titled + between.join(names) if names else item.title
            owners[given.name] = _Owner(title, clause, path, rule.path)
    differ = len({(owner.title, owner.clause) for owner in owners.values()}) == len(owners)
    for name, owner in owners.items():
        ids = "" if differ else _BRACKETS[language].format(name.removeprefix(f"{path}."))
        yield name, owner._replace(title=owner.title + ids)


def _below(given: nodes.Input, rule: PlannedRule) -> str:
    """The name of a level or a declared input within its rule."""
    return given.name.removeprefix(f"{rule.path}.")


def _default(given: nodes.Input) -> int | bool | str | Exact | None:
    """What is taken where a tally leaves an input out."""
    if given.required:
        return None
    if given.kind == "number":
        return ratio(given.unsaid, given.den)
    if given.kind == "choice":
        return given.options[given.unsaid]
    return False if given.kind == "flag" else 0


def _input(given: nodes.Input, owner: _Owner, excused_by: tuple[str, ...]) -> Input:
    numeric = given.kind in ("count", "number")
    step = given.step or Fraction(1, 10**given.places)
    each = given.each
    return Input(
        name=given.name,
        kind=given.kind,
        title=owner.title,
        clause=owner.clause,
        item=owner.item,
        rule=owner.rule,
        unit=given.unit,
        minimum=_number(given.lo) if numeric else None,
        maximum=_number(given.hi // step * step) if numeric else None,
        least_above_zero=_exact(given.gap),
        cases=each.of if each else None,
        least_per_case=_number(each.low) if each else None,
        most_per_case=_number(each.high) if each else None,
        places=given.places if numeric else None,
        step=_number(step) if numeric else None,
        options=given.options,
        labels=given.labels or given.options,
        required=given.required,
        default=_default(given),
        excused_by=tuple(name for name in excused_by if not isinstance(name, LineName)),
        excused_when=tuple(name.path for name in excused_by if isinstance(name, LineName)),
    )
