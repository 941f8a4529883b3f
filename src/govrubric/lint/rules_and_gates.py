"""Lints of rules, facts, gates and grades, each of which needs more than one field.

Source: language sections 5 to 7.
"""

from collections.abc import Iterator, Mapping
from fractions import Fraction

from govrubric.diagnostics.diagnostic import Path
from govrubric.diagnostics.near import Hints
from govrubric.expressions.operands import TOTALS
from govrubric.expressions.parser import KEYWORDS
from govrubric.language.gates_text import Gate
from govrubric.language.inputs import default_problem, problem
from govrubric.language.rubric_text import RubricText, join, parts
from govrubric.language.rules._rule import Key
from govrubric.lint.finding import Finding, Lint
from govrubric.numbers import written
from govrubric.plan.names import VALUES, Names, fits
from govrubric.plan.plan import Plan

WORDS = frozenset(("true", "false", *TOTALS, *KEYWORDS))
RESERVED = WORDS | {"unit", "name"}


def rule_fields(text: RubricText) -> Iterator[Finding]:
    """GR307 to GR309 and others: what each verb finds wrong with its own fields."""
    for item, path, at in parts(text):
        for index, rule in enumerate(item.rules):
            for code, key, args in rule.problems():
                yield _of_rule((*at, "rules", index), code, key, {"path": join(path, rule.id), **args})


def _of_rule(where: Path, code: str, key: Key | tuple[Key, ...], args: Mapping[str, str]) -> Finding:
    """A finding at a key of the rule that stands at a place, or at a path within what stands at the key."""
    if isinstance(key, tuple):
        return Finding(code, (*where, *key), (*where, key[0]), args)
    return Finding(code, (*where, key), where, args)


def choosing(text: RubricText) -> Iterator[Finding]:
    """GR360: where an item takes the greatest alone, there are rules to choose among."""
    for item, path, at in parts(text):
        number = sum(not rule.forfeits for rule in item.rules)
        if item.take == "highest" and number < 2:
            yield Finding("GR360", (*at, "take"), at, {"path": path, "number": number})


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
    """GR329, GR330 and others: a shared input exists, and its values fit the rule that reads it."""
    if all(rule.input is None for item, _, _ in parts(text) for rule in item.rules):
        return
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
            elif not rule.problems():
                for code, key, args in rule.problems_of(shared):
                    yield _of_rule(where, code, key, {**shown, **args})


def facts(text: RubricText) -> Iterator[Finding]:
    """GR332: the name of a fact is free; and what is wrong with its declaration (GR328, GR334, GR335)."""
    taken = RESERVED | {item.id for item in text.indicators} | ({VALUES} if text.values else set())
    for fact in text.facts:
        if fact.name in taken:
            yield Finding("GR332", ("facts", fact.name), ("facts",), {"name": fact.name})
        if wrong := problem(fact):
            code, args = wrong
            yield Finding(code, ("facts", fact.name), ("facts", fact.name), {"path": fact.name, **args})


def values(text: RubricText) -> Iterator[Finding]:
    """GR332 and GR347: the name of a value is free, and nothing else is called `values` beside values."""
    for item, path, at in parts(text):
        for value in item.values:
            if value.name in WORDS:
                yield Finding("GR332", (*at, VALUES, value.name), (*at, VALUES), {"name": value.name})
        key = "indicators" if isinstance(item, RubricText) else "items"
        things = [(part.id, (*at, key, index)) for index, part in enumerate(item.items)]
        things += [(rule.id, (*at, "rules", index)) for index, rule in enumerate(item.rules)]
        for id_, where in things if item.values else ():
            if id_ == VALUES:
                yield Finding("GR347", (*where, "id"), where, {"path": path or text.id})


def gates(text: RubricText, plan: Plan) -> Iterator[Finding]:
    """GR324 to GR326 and GR339: a gate has an effect, within its item's bounds, and names a known grade."""
    grades, hints = [grade.grade for grade in text.grades], Hints()
    known, planned = ", ".join(dict.fromkeys(grades)), {item.path: item for item in plan.items}
    for item, path, at in parts(text):
        floor, ceiling = planned[path].floor, planned[path].ceiling
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
    """GR327, GR328 and GR340: only the last grade is without condition; best first, none twice in vain.

    A grade may stand more than once, but without `when` once, and with one and the same condition once.
    """
    yield from _grades_in_vain(text)
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


def _grades_in_vain(text: RubricText) -> Iterator[Finding]:
    """GR328: a grade that an earlier entry gives to the same totals, or to higher ones without condition."""
    seen: dict[tuple[str, Fraction | None, str | None], Path] = {}
    for index, grade in enumerate(text.grades[:-1]):
        when = None if grade.when is None else str(grade.when)
        key = grade.grade, None if when is None else grade.start, when
        at: Path = ("grades", index)
        if key in seen:
            shown = {"name": grade.grade, "parent": "grades"}
            yield Finding("GR328", (*at, "grade"), at, shown, seen[key])
        seen.setdefault(key, (*at, "grade"))


LINTS: tuple[Lint, ...] = (rule_fields, choosing, defaults, shared_inputs, facts, values, grades)
