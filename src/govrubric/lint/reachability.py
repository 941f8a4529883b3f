"""Plan -> what its bounds tell an author: what can never happen, or always does, and what no table could hold.

Every line's bounds are there when its formula is built; nothing here is computed. The findings are warnings: a rubric
that has them scores as it says.

Source: language section 8, “every line has bounds known beforehand”.
"""

from collections.abc import Callable, Iterator
from fractions import Fraction

from govrubric.formula.nodes import Formula, names
from govrubric.language.rubric_text import RubricText, join, parts
from govrubric.lint.finding import Finding
from govrubric.numbers import written
from govrubric.plan.lines import EXACT, TOTAL, gate_line
from govrubric.plan.names import every_text
from govrubric.plan.planner import Plan, PlannedItem
from govrubric.plan.rules import PlannedRule

Check = Callable[[RubricText, Plan], Iterator[Finding]]
INT64 = 2**63


def _places(text: RubricText) -> dict[str, tuple[str | int, ...]]:
    return {path: at for _, path, at in parts(text)}


def unreachable(text: RubricText, plan: Plan) -> Iterator[Finding]:
    """GR401: full marks that no tally reaches, told of the item where it begins and not of those above it.

    Where an ambiguity is registered at the item or within it, its author knows (language section 10).
    """
    places = _places(text)
    registered = [f"{one.at}." for one in text.ambiguities]
    reached: dict[str, bool] = {}
    for item in reversed(plan.items):
        most = plan.lines[item.line("balance")].hi
        reached[item.path] = most >= item.full
        capped = item.ceiling is not None and item.ceiling < item.full
        if (
            not reached[item.path]
            and not capped
            and all(reached[part] for part in item.parts)
            and not _starts(registered, item.path)
        ):
            key = "total" if not item.path else "weight"
            shown = {"path": item.path or text.id, "most": written(most), "full": written(item.full)}
            yield Finding("GR401", (*places[item.path], key), places[item.path], shown)


def _starts(registered: list[str], path: str) -> bool:
    return any(one.startswith(f"{path}.") if path else True for one in registered)


def unbound(text: RubricText, plan: Plan) -> Iterator[Finding]:
    """GR402: a cap that never binds, of a rule, an item or a gate."""
    places = _places(text)
    for item in plan.items:
        at = places[item.path]
        for index, rule in enumerate(item.rules):
            if rule.rule.at_most is not None and not rule.rule.forfeits:
                yield from _idle_cap(rule, item, (*at, "rules", index))
        before, after = _base(item, plan), plan.lines[item.line("balance")]
        for key, bound in (("floor", item.floor), ("ceiling", item.ceiling)):
            stated = getattr(item.item, key)
            if (
                isinstance(stated, Fraction)
                and stated not in (0, item.full)
                and not _touches(before, after, bound)
            ):
                shown = {
                    "path": item.path or text.id,
                    "key": key,
                    "bound": written(stated),
                    "low": written(after.lo),
                    "high": written(after.hi),
                }
                yield Finding("GR402", (*at, key), at, shown)
        for index, gate in enumerate(item.item.gates):
            before, after = after, plan.lines[gate_line(join(item.path, gate.id), "gate")]
            for key, number, idle in (
                ("at_most", gate.at_most, before.hi),
                ("at_least", gate.at_least, before.lo),
            ):
                if (
                    number is not None
                    and gate.score is None
                    and (number >= idle if key == "at_most" else number <= idle)
                ):
                    shown = {
                        "path": join(item.path, gate.id),
                        "key": key,
                        "bound": written(number),
                        "low": written(before.lo),
                        "high": written(before.hi),
                    }
                    yield Finding("GR402", (*at, "gates", index, key), (*at, "gates", index), shown)


def _base(item: PlannedItem, plan: Plan) -> Formula:
    return plan.lines[item.line("parts" if item.parts else "base")]


def _touches(base: Formula, balance: Formula, bound: Fraction | None) -> bool:
    """Whether a balance comes to its bound: from within, or from parts that would go past it."""
    return bound is None or balance.lo <= bound <= balance.hi or base.lo <= bound <= base.hi


def _idle_cap(rule: PlannedRule, item: PlannedItem, at: tuple[str | int, ...]) -> Iterator[Finding]:
    if rule.rule.authored is not None or rule.rule.at_most is None:
        return
    effect = rule.rule.effect(rule.inputs, item.full)
    if -rule.rule.at_most <= effect.lo and effect.hi <= rule.rule.at_most:
        shown = {
            "path": rule.path,
            "key": "at_most",
            "bound": written(rule.rule.at_most),
            "low": written(effect.lo),
            "high": written(effect.hi),
        }
        yield Finding("GR402", (*at, "at_most"), at, shown)


def idle_rules(text: RubricText, plan: Plan) -> Iterator[Finding]:
    """GR403: a rule that moves no balance, though its condition may hold: it is worth nothing, or a bound takes all of it."""
    places = _places(text)
    for item in plan.items:
        for index, rule in enumerate(item.rules):
            applied, counted = plan.lines[rule.line("applied")], plan.lines[rule.line("counted")]
            if applied.lo == applied.hi == 0 and counted.hi > 0:
                at = (*places[item.path], "rules", index)
                yield Finding("GR403", (*at, "id"), at, {"path": rule.path})


def decided(text: RubricText, plan: Plan) -> Iterator[Finding]:
    """GR404 and GR405: conditions that the tally does not decide."""
    for at, one in every_text(text):
        flag = plan.conditions.get(at)
        if flag is not None and flag.lo == flag.hi:
            yield Finding("GR404" if flag.hi == 0 else "GR405", at, at[:-1], {"text": str(one)})


def idle_grades(text: RubricText, plan: Plan) -> Iterator[Finding]:
    """GR406: a grade that no total is given."""
    total = plan.lines[TOTAL if text.grade_on == "rounded" else EXACT]
    by_gate = {
        name for item in plan.items for gate in item.item.gates for name in (gate.grade, gate.grade_at_most)
    }
    for index, grade in enumerate(text.grades):
        above = [one.start for one in text.grades[:index] if one.when is None and one.start is not None]
        beyond = grade.start is not None and grade.start > total.hi
        if grade.grade not in by_gate and (beyond or (above and min(above) <= total.lo)):
            yield Finding("GR406", ("grades", index, "grade"), ("grades", index), {"name": grade.grade})


def too_wide(text: RubricText, plan: Plan) -> Iterator[Finding]:
    """GR407: rules whose effect, with its decimal places, takes more than the 64 bits of a table's column."""
    places = _places(text)
    for item in plan.items:
        for index, rule in enumerate(item.rules):
            raw = plan.lines[rule.line("raw")]
            most = max(abs(raw.lo), abs(raw.hi))
            if most * raw.den >= INT64:
                at = (*places[item.path], "rules", index)
                yield Finding("GR407", (*at, "id"), at, {"path": rule.path, "value": written(most)})


def unused(text: RubricText, plan: Plan) -> Iterator[Finding]:
    """GR408: a fact that no rule shares and no condition speaks of."""
    used = {name for formula in plan.lines.values() for name in names(formula)}
    for fact in text.facts:
        if fact.name not in used:
            yield Finding("GR408", ("facts", fact.name), ("facts",), {"name": fact.name})


CHECKS: tuple[Check, ...] = (unreachable, unbound, idle_rules, decided, idle_grades, too_wide, unused)


def findings(text: RubricText, plan: Plan) -> Iterator[Finding]:
    """Everything that the bounds of a sound rubric's lines tell."""
    for check in CHECKS:
        yield from check(text, plan)
