"""Plan -> what a tally may give, as users see it: each input with the title that a form prints for it."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from fractions import Fraction
from typing import NamedTuple

from govrubric.diagnostics.brief import brief
from govrubric.diagnostics.diagnostic import Lang
from govrubric.formula import nodes
from govrubric.formula.nodes import Kind
from govrubric.language.rubric_text import RubricText
from govrubric.numbers import Exact, as_exact, ratio
from govrubric.plan.lines import LineName
from govrubric.plan.names import excusing
from govrubric.plan.plan import Plan, PlannedItem
from govrubric.plan.rules import PlannedRule

_NOT_APPLICABLE: dict[Lang, str] = {"en": "not applicable", "zh": "不适用"}
_COLON: dict[Lang, str] = {"en": ": ", "zh": "："}
_WITHIN: dict[Lang, str] = {"en": ", ", "zh": "，"}  # between a rule and its level or declared input
_BRACKETS: dict[Lang, str] = {"en": " ({})", "zh": "（{}）"}


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

    __repr__ = brief


class _Owner(NamedTuple):
    """Where an input belongs, and what people call it."""

    title: str
    clause: str | None = None
    item: str = ""
    rule: str | None = None


def inputs_of(text: RubricText, plan: Plan, language: Lang) -> Iterator[Input]:
    """The inputs of a plan, which names every input of a rubric once."""
    owners = {fact.name: _Owner(fact.title or fact.name) for fact in text.facts}
    for item in plan.items:
        owners.update(_owners(item, language))
    for given in plan.inputs:
        yield _input(given, owners[given.name], plan.excused.get(given.name, ()))


def _owners(planned: PlannedItem, language: Lang) -> Iterator[tuple[str, _Owner]]:
    """The inputs that belong to an item: the flag that it does not apply, and those of its rules."""
    item, path = planned.item, planned.path
    above = None if isinstance(item, RubricText) else item.clause
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
        minimum=as_exact(given.lo) if numeric else None,
        maximum=as_exact(given.hi // step * step) if numeric else None,
        least_above_zero=None if given.gap is None else as_exact(given.gap),
        cases=each.of if each else None,
        least_per_case=as_exact(each.low) if each else None,
        most_per_case=as_exact(each.high) if each else None,
        places=given.places if numeric else None,
        step=as_exact(step) if numeric else None,
        options=given.options,
        labels=given.labels or given.options,
        required=given.required,
        default=_default(given),
        excused_by=tuple(name for name in excused_by if not isinstance(name, LineName)),
        excused_when=tuple(name.path for name in excused_by if isinstance(name, LineName)),
    )
