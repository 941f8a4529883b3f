"""Lints of rules, facts, gates and grades, each of which needs more than one field.

Source: language sections 5 to 7.
"""

from collections.abc import Iterator, Mapping
from fractions import Fraction

from govrubric.diagnostics.near import Hints
from govrubric.expressions.operands import TOTALS
from govrubric.expressions.parser import KEYWORDS
from govrubric.language.inputs import default_problem, problem
from govrubric.language.rubric_text import Gate, RubricText, join, parts
from govrubric.lint.finding import Finding, Lint, repeated
from govrubric.numbers import written
from govrubric.plan.names import Names, fits
from govrubric.plan.planner import bounds

RESERVED = frozenset(("unit", "name", "true", "false", *TOTALS, *KEYWORDS))


def rule_fields(text: RubricText) -> Iterator[Finding]:
    """GR307 to GR309 and others: what each verb finds wrong with its own fields."""
    for item, path, at in parts(text):
        for index, rule in enumerate(item.rules):
            for code, key, args in rule.problems():
                where = (*at, "rules", index)
                yield Finding(code, (*where, key), where, {"path": join(path, rule.id), **args})


def defaults(text: RubricText) -> Iterator[Finding]:
    """GR345 and GR346: a default stands where a rule reads one number or choice of its own, and is one."""
    for item, path, at in parts(text):
        for index, rule in enumerate(item.rules):
            if rule.left_out is None or rule.problems():
                continue
            where, rule_path = (*at, "rules", index), join(path, rule.id)
            own = rule.inputs(rule_path)
            if rule.input is not None or len(own) != 1 or own[0].kind not in ("number", "choice"):
                yield Finding("GR346", (*where, "default"), where, {"path": rule_path})
            elif found := default_problem(own[0], rule.left_out):
                yield Finding(found[0], (*where, "default"), where, found[1])


def shared_inputs(text: RubricText) -> Iterator[Finding]:
    """GR329 and GR330: a shared input exists, and its values fit the rule that reads it."""
    names, hints = Names.of(text), Hints()
    for item, path, at in parts(text):
        for index, rule in enumerate(item.rules):
            if rule.input is None:
                continue
            where, shown = (*at, "rules", index), {"path": join(path, rule.id), "name": rule.input}
            shared, own = names.inputs.get(rule.input), rule.inputs(join(path, rule.id))
            if shared is None:
                near = hints.nearest(rule.input, names.inputs)
                yield Finding("GR329", (*where, "input"), where, {**shown, "near": near})
            elif len(own) != 1 or not fits(own[0], shared):
                wanted = own[0].kind if len(own) == 1 else "several inputs"
                kinds = {"kind": shared.kind, "wanted": wanted}
                yield Finding("GR330", (*where, "input"), where, {**shown, **kinds})


def facts(text: RubricText) -> Iterator[Finding]:
    """GR332: the name of a fact is free; and what is wrong with its declaration (GR328, GR334, GR335)."""
    taken = RESERVED | {item.id for item in text.indicators}
    for fact in text.facts:
        if fact.name in taken:
            yield Finding("GR332", ("facts", fact.name), ("facts",), {"name": fact.name})
        if wrong := problem(fact):
            code, args = wrong
            yield Finding(code, ("facts", fact.name), ("facts", fact.name), {"path": fact.name, **args})


def gates(text: RubricText) -> Iterator[Finding]:
    """GR324 to GR326 and GR339: a gate has an effect, within its item's bounds, and names a known grade."""
    grades, hints = [grade.grade for grade in text.grades], Hints()
    known = ", ".join(grades)
    for item, path, at in parts(text):
        floor, ceiling = bounds(item)
        for index, gate in enumerate(item.gates):
            where, shown = (*at, "gates", index), {"path": join(path, gate.id)}
            effects = (gate.score, gate.at_most, gate.at_least, gate.grade, gate.grade_at_most)
            if all(effect is None for effect in effects):
                yield Finding("GR324", (*where, "id"), where, shown)
            for key, number in _numbers(gate).items():
                if (floor is not None and number < floor) or (ceiling is not None and number > ceiling):
                    numbers = {"number": written(number), "floor": _bound(floor), "ceiling": _bound(ceiling)}
                    yield Finding("GR325", (*where, key), where, {**shown, **numbers})
            if gate.at_least is not None and gate.at_most is not None and gate.at_least > gate.at_most:
                numbers = {"low": written(gate.at_least), "high": written(gate.at_most)}
                yield Finding("GR339", (*where, "at_least"), where, {**shown, **numbers})
            if gate.grade_at_most is not None and gate.grade_at_most not in grades:
                near = hints.nearest(gate.grade_at_most, grades)
                names = {"name": gate.grade_at_most, "known": known, "near": near}
                yield Finding("GR326", (*where, "grade_at_most"), where, {**shown, **names})


def _numbers(gate: Gate) -> Mapping[str, Fraction]:
    """The numbers that a gate may set a score to, by their key."""
    values = {"score": gate.score, "at_most": gate.at_most, "at_least": gate.at_least}
    return {key: value for key, value in values.items() if isinstance(value, Fraction)}


def _bound(bound: Fraction | None) -> str:
    return "none" if bound is None else written(bound)


def grades(text: RubricText) -> Iterator[Finding]:
    """GR327, GR328 and GR340: only the last grade is without condition; each stands once, best first."""
    names = [(grade.grade, ("grades", index, "grade")) for index, grade in enumerate(text.grades)]
    yield from repeated("GR328", names, parent="grades")
    last = len(text.grades) - 1
    lowest: Fraction | None = None
    for index, grade in enumerate(text.grades):
        if (grade.start is None and grade.when is None) is not (index == last):
            yield Finding("GR327", ("grades", index, "grade"), ("grades", index), {"name": grade.grade})
        if grade.start is not None and lowest is not None and grade.start >= lowest and grade.when is None:
            shown = {"name": grade.grade, "from": written(grade.start)}
            yield Finding("GR340", ("grades", index, "from"), ("grades", index), shown)
        if grade.start is not None and grade.when is None:
            lowest = grade.start if lowest is None else min(lowest, grade.start)


LINTS: tuple[Lint, ...] = (rule_fields, defaults, shared_inputs, facts, gates, grades)
