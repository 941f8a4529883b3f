"""Rubric -> its inputs, the paths that names mean, and the uses of inputs and items, for the reference.

Source: language sections 7 and 8.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from govrubric.language.inputs import ChoiceOf, NumberOf, Type
from govrubric.language.rubric_text import AnyItem, RubricText, join, parts
from govrubric.language.rules._rule import Rule
from reference_expressions import OF_ITEMS, Value, spoken_of

ZERO = Fraction(0)


def said(rule: Rule, key: str) -> Any:
    """A field that only some verbs have, so that a type checker does not see it."""
    return getattr(rule, key)


def inputs_of(text: RubricText) -> dict[str, Value]:
    """Every input, with its default."""
    inputs = {fact.name: _unsaid(fact.kind) for fact in text.facts}
    for item, path, _ in parts(text):
        if item.policy is not None and item.exempt_when is None:
            inputs[f"{path}.not_applicable"] = False
        for rule in item.rules:
            if rule.input is None:
                inputs |= _own_inputs(rule, join(path, rule.id))
    return inputs


def _own_inputs(rule: Rule, path: str) -> dict[str, Value]:
    field = said(rule, rule.verb)
    if getattr(rule, "default", None) is not None:
        return {path: said(rule, "default")}
    if rule.verb == "formula":
        return {f"{path}.{input_.name}": _unsaid(input_.kind) for input_ in said(rule, "inputs_")}
    if rule.verb == "choose":
        return {path: field[0].name}
    for_cases = rule.verb in ("deduct", "award")
    if field == "judged":
        return {path: ZERO} if said(rule, "per") is None else {f"{path}.cases": ZERO, f"{path}.points": ZERO}
    if for_cases and not isinstance(field, Fraction) and not isinstance(field[0], Fraction):
        return {f"{path}.{level}": ZERO for level, _ in field}
    once = rule.verb == "forfeit" or (for_cases and said(rule, "per") is None)
    return {path: False if once else ZERO}


def _unsaid(type_: Type) -> Value:
    """The default of a type: the one that is written, or zero, false, the first name, or nearest to zero."""
    match type_:
        case NumberOf(default=Fraction() as written) | ChoiceOf(default=str() as written):
            return written
        case NumberOf(number=numbers):
            return min(max(ZERO, numbers.min), numbers.max)
        case ChoiceOf(choice=options):
            return options[0]
        case _:
            return False if type_ == "flag" else ZERO


def resolved(name: str, known: Mapping[str, object], *places: str | None) -> str | None:
    """The full path of a name: the first known path among the places, each joined with the name."""
    paths = (join(place, name) for place in places if place is not None)
    return next((path for path in paths if path in known), None)


@dataclass
class Known:
    """Everything that a name may mean: inputs, the formula of each value and its item, and rules with levels."""

    items: dict[str, AnyItem]
    inputs: dict[str, Value]
    values: dict[str, tuple[str, str]]
    levels: dict[str, list[str]]
    rules: set[str]

    @classmethod
    def of(cls, text: RubricText) -> "Known":
        known = cls({path: item for item, path, _ in parts(text)}, inputs_of(text), {}, {}, set())
        for path, item in known.items.items():
            for name, value in item.values:
                known.values[join(path, f"values.{name}")] = value.formula, path
            for rule in item.rules:
                known.rules.add(join(path, rule.id))
                own = [*_own_inputs(rule, join(path, rule.id))]
                if own and rule.verb in ("deduct", "award") and said(rule, rule.verb) != "judged":
                    levelled = [name for name in own if name != join(path, rule.id)]
                    shared = [rule.input] if rule.input is not None else levelled
                    if levelled:
                        known.levels[join(path, rule.id)] = shared
        return known

    def meant(self, name: str, item: str, rule: str | None) -> str | None:
        """The path of the input, value or rule with levels that a name means, from the nearest place outwards."""
        if rule is not None and f"{rule}.{name}" in self.inputs:
            return f"{rule}.{name}"
        hidden = False
        for place in (item, ""):
            path, alone = join(place, name), join(place, f"values.{name}")
            if path in self.inputs or path in self.levels or path in self.values:
                return path
            if alone in self.values and not hidden:
                return alone
            hidden = hidden or path in self.items or path in self.rules
        return None


def excusable(items: Mapping[str, AnyItem], path: str) -> list[str]:
    """The item and the groups around it, those of them that may not apply by themselves."""
    words = path.split(".")
    paths = [".".join(words[:end]) for end in range(1, len(words) + 1)]
    return [outer for outer in paths if items[outer].policy is not None]


def _texts(item: AnyItem, path: str) -> Iterator[tuple[str, str | None]]:
    """The conditions and formulas of an item, each with the path of its rule."""
    yield from (
        (text, None) for text in (item.counts_when, *(gate.when for gate in item.gates)) if text is not None
    )
    for rule in item.rules:
        formula = said(rule, "formula") if rule.verb == "formula" else None
        texts = (rule.when, formula, *_names_of_numbers(rule))
        yield from ((text, join(path, rule.id)) for text in texts if text is not None)


def _names_of_numbers(rule: Rule) -> list[str]:
    """The names that stand where a rule may have a number."""
    values: tuple[object, ...] = ()
    if rule.verb == "convert":
        values = (said(rule, "convert"),)
    elif rule.verb == "distance":
        values = (said(rule, "distance").below, said(rule, "distance").above)
    return [value for value in values if isinstance(value, str)]


@dataclass
class Uses:
    """The uses of inputs and items: for each input the items that read it (grades have the empty path).

    `by_text` and `by_counts_when` are the inputs that a text, or a `counts_when`, reads; `asked` the items
    that a text reads.
    """

    inputs: dict[str, set[str]]
    by_text: set[str]
    by_counts_when: set[str]
    asked: set[str]


def uses(text: RubricText) -> Uses:
    """Rubric -> the uses of its inputs and items."""
    items: dict[str, AnyItem] = {path: item for item, path, _ in parts(text)}
    known = inputs_of(text)
    result = Uses({name: set[str]() for name in known}, set(), set(), set())
    texts: list[tuple[str, str, str | None]] = []
    texts += [(grade.when, "", None) for grade in text.grades if grade.when is not None]
    everything = Known.of(text)
    texts += [(formula, path, None) for formula, path in everything.values.values()]
    for item, path, _ in parts(text):
        for _, name in spoken_of(item.exempt_when or "true"):
            # It is read before it is known whether the item applies, so that the item above uses it.
            if (used := resolved(name, known, path, "")) is not None:
                result.inputs[used].add(path.rpartition(".")[0])
                result.by_text.add(used)
        texts += [(expression, path, rule_path) for expression, rule_path in _texts(item, path)]
        for rule in item.rules:
            own = _own_inputs(rule, join(path, rule.id)) if rule.input is None else [rule.input]
            for name in own:
                result.inputs[name].add(path)
    for expression, path, rule_path in texts:
        for function, name in spoken_of(expression):
            if function in OF_ITEMS:
                asked = resolved(name, items, path, "")
                assert asked is not None
                result.asked.add(asked)
                continue
            used = everything.meant(name, path, rule_path)
            for input_ in everything.levels.get(used or "", [used] if used in known else []):
                assert input_ is not None
                result.inputs[input_].add(path)
                result.by_text.add(input_)
                if expression == items[path].counts_when:
                    result.by_counts_when.add(input_)
    return result


def may_be_left_out(text: RubricText, tally: Mapping[str, Any], exempt: Callable[[str], bool]) -> set[str]:
    """The inputs that need not be given: every item that uses them is excused; `exempt` says which are."""
    items: dict[str, AnyItem] = {path: item for item, path, _ in parts(text)}
    free = set()
    for name, users in uses(text).inputs.items():
        outer = [set(excusable(items, path)) if path else set[str]() for path in users]
        if outer and any(
            exempt(path) if items[path].exempt_when else tally.get(f"{path}.not_applicable") is True
            for path in set.intersection(*outer)
        ):
            free.add(name)
    return free - {fact.name for fact in text.facts}
