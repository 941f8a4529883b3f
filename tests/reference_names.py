"""Rubric -> its inputs, what a name means where it stands, and who uses what: language sections 7 and 8, for the reference."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from govrubric.language.inputs import ChoiceOf, NumberOf, Type
from govrubric.language.rubric_text import AnyItem, RubricText, join, parts
from govrubric.language.rules._rule import Rule
from reference_expressions import OF_ITEMS, Value, spoken_of

ZERO = Fraction(0)


def said(rule: Rule, key: str) -> Any:
    """A field that some verbs have; a checker sees only what all have."""
    return getattr(rule, key)


def inputs_of(text: RubricText) -> dict[str, Value]:
    """Every input, with the value that stands for it where it is left out."""
    found = {one.name: _unsaid(one.type) for one in text.facts}
    for item, path, _ in parts(text):
        if item.not_applicable is not None:
            found[f"{path}.not_applicable"] = False
        for rule in item.rules:
            found |= {} if rule.input is not None else _own_inputs(rule, join(path, rule.id))
    return found


def _own_inputs(rule: Rule, path: str) -> dict[str, Value]:
    field = said(rule, rule.verb)
    if rule.verb == "formula":
        return {f"{path}.{one.name}": _unsaid(one.type) for one in said(rule, "inputs_")}
    if rule.verb == "choose":
        return {path: field[0].name}
    if (
        rule.verb in ("deduct", "award")
        and not isinstance(field, Fraction)
        and not isinstance(field[0], Fraction)
    ):
        return {f"{path}.{level}": ZERO for level, _ in field}
    once = rule.verb == "forfeit" or (rule.verb in ("deduct", "award") and said(rule, "per") is None)
    return {path: False if once else ZERO}


def _unsaid(type_: Type) -> Value:
    """Zero, false, the first name, or the number nearest to zero."""
    match type_:
        case NumberOf(number=numbers):
            return min(max(ZERO, numbers.min), numbers.max)
        case ChoiceOf(choice=options):
            return options[0]
        case _:
            return False if type_ == "flag" else ZERO


def resolved(name: str, known: Mapping[str, object], *places: str | None) -> str | None:
    """The full path of a name: the first that is known of the name behind each of the places in turn."""
    return next(
        (join(place, name) for place in places if place is not None and join(place, name) in known), None
    )


def excuses(items: Mapping[str, AnyItem], path: str) -> list[str]:
    """The flags that say that an item does not apply: its own, and those of all above it."""
    words = path.split(".")
    above = [".".join(words[:end]) for end in range(1, len(words) + 1)]
    return [f"{one}.not_applicable" for one in above if items[one].not_applicable is not None]


def _texts(item: AnyItem, path: str) -> Iterator[tuple[str, str | None]]:
    """The conditions and formulas of an item, each with the path of its rule."""
    yield from (
        (text, None) for text in (item.counts_when, *(gate.when for gate in item.gates)) if text is not None
    )
    for rule in item.rules:
        formula = said(rule, "formula") if rule.verb == "formula" else None
        yield from ((text, join(path, rule.id)) for text in (rule.when, formula) if text is not None)


@dataclass
class Uses:
    """Who uses what: for each input the items (or grades: the empty path) that read it, and what texts ask of items."""

    inputs: dict[str, set[str]]
    by_text: set[str]
    by_counts_when: set[str]
    asked: set[str]


def uses(text: RubricText) -> Uses:
    """Rubric -> who uses which input and which item's score."""
    items: dict[str, AnyItem] = {path: item for item, path, _ in parts(text)}
    known = inputs_of(text)
    found = Uses({name: set[str]() for name in known}, set(), set(), set())
    texts = [(one, "", None) for one in (grade.when for grade in text.grades) if one is not None]
    all_texts = texts + [
        (one, path, rule) for item, path, _ in parts(text) for one, rule in _texts(item, path)
    ]
    for item, path, _ in parts(text):
        for rule in item.rules:
            own = [rule.input] if rule.input is not None else list(_own_inputs(rule, join(path, rule.id)))
            for name in own:
                found.inputs[name].add(path)
    for one, path, rule_path in all_texts:
        for function, name in spoken_of(one):
            if function in OF_ITEMS:
                asked = resolved(name, items, path, "")
                assert asked is not None
                found.asked.add(asked)
            elif (used := resolved(name, known, rule_path, path, "")) is not None:
                found.inputs[used].add(path)
                found.by_text.add(used)
                if one == items[path].counts_when:
                    found.by_counts_when.add(used)
    return found


def may_be_left_out(text: RubricText, tally: Mapping[str, Any]) -> set[str]:
    """The inputs that a flag of the tally excuses: set above everybody who uses the input."""
    items: dict[str, AnyItem] = {path: item for item, path, _ in parts(text)}
    facts = {one.name for one in text.facts}
    return {
        name
        for name, users in uses(text).inputs.items()
        if name not in facts
        and users
        and any(
            tally.get(one) is True
            for one in set.intersection(
                *(set(excuses(items, path)) if path else set[str]() for path in users)
            )
        )
    }
