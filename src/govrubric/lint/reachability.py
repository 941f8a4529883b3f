"""Plan -> what can never happen or always does, and what no table can hold, as the bounds of its lines show.

A formula has its bounds from when it is built; nothing is computed here. The findings are warnings: the
rubric scores as it says.

Source: language section 8, “every line has bounds known beforehand”.
"""

import re
from collections.abc import Callable, Iterator
from fractions import Fraction

from govrubric.diagnostics.diagnostic import Path
from govrubric.formula.nodes import Formula, names
from govrubric.language.gates_text import Gate
from govrubric.language.rubric_text import RubricText, join, parts
from govrubric.language.variants_text import Ambiguity
from govrubric.lint.finding import Finding
from govrubric.numbers import written
from govrubric.plan.lines import EXACT, TOTAL, gate_line
from govrubric.plan.names import VALUES, every_text
from govrubric.plan.plan import Plan, PlannedItem
from govrubric.plan.rules import PlannedRule

Check = Callable[[RubricText, Plan], Iterator[Finding]]
INT64 = 2**63


def _places(text: RubricText) -> dict[str, Path]:
    """The place of each item by its path."""
    return {path: at for _, path, at in parts(text)}


def unreachable(text: RubricText, plan: Plan) -> Iterator[Finding]:
    """GR401: full marks that no tally reaches, at the lowest such item and not at those above it.

    There is no finding where an ambiguity that is about the marks is registered at the item or within it
    (language section 10); another question there says nothing of them.
    """
    places = _places(text)
    reached: dict[str, bool] = {}
    for item in reversed(plan.items):
        most = plan.lines[item.line("balance")].hi
        reached[item.path] = item.item.weight is None or most >= item.full
        capped = item.ceiling is not None and item.ceiling < item.full
        if (
            not reached[item.path]
            and not capped
            and all(reached[part] for part in item.parts)
            and not any(_is_about(entry, item.path, most, item.full) for entry in text.ambiguities)
        ):
            key = "total" if not item.path else "weight"
            shown = {"path": item.path or text.id, "most": written(most), "full": written(item.full)}
            yield Finding("GR401", (*places[item.path], key), places[item.path], shown)


# How a text speaks of the marks of an item, and how a key of a rubric changes what may be reached.
_MARKS = re.compile(
    r"满分|分值|权重|标准分|其余 ?[\d.]* ?分|(?:最高|最多|至多)(?:只|仅|能|可|会)*[得有]|达不到|得不到|full marks|full score|"
    r"weight|maximum|at (?:the )?most|reach",
    re.IGNORECASE,
)
_KEYS = frozenset(("weight", "out_of", "start", "ceiling", "total"))
_NUMBER = re.compile(r"\d+(?:\.\d+)?")


def _is_about(entry: Ambiguity, path: str, most: Fraction, full: Fraction) -> bool:
    """Whether an ambiguity at an item or within it is about the marks that can be reached there.

    It names them, in words or both in numbers, or an option sets what they come from. The whole rubric has
    the empty path.
    """
    if path and not f"{entry.at}.".startswith(f"{path}."):
        return False
    patches = [option.patch for option in entry.named]
    changed = {key.rpartition(".")[2] for patch in patches if patch.set for key in patch.set.plain()}
    said = [entry.question, entry.decided, entry.clause or "", entry.note or ""]
    said += [option for option in entry.options if isinstance(option, str)]
    said += [words for patch in patches for words in (patch.title or "", patch.note or "")]
    words = " ".join(said)
    numbers = {Fraction(number) for number in _NUMBER.findall(words)}
    return bool(changed & _KEYS) or {most, full} <= numbers or _MARKS.search(words) is not None


def idle_caps(text: RubricText, plan: Plan) -> Iterator[Finding]:
    """GR402: a cap or bound of a rule, an item or a gate that no tally ever reaches."""
    places = _places(text)
    for item in plan.items:
        at = places[item.path]
        for index, rule in enumerate(item.rules):
            if rule.rule.at_most is not None and not rule.rule.forfeits:
                yield from _idle_rule_cap(rule, item, (*at, "rules", index))
        base = plan.lines[item.line("parts" if item.parts else "base")]
        balance = plan.lines[item.line("balance")]
        for key, bound in (("floor", item.floor), ("ceiling", item.ceiling)):
            stated = getattr(item.item, key)
            is_own = isinstance(stated, Fraction) and stated not in (0, item.full)
            if is_own and not _touches(base, balance, bound):
                yield _idle(item.path or text.id, at, key, stated, balance)
        for index, gate in enumerate(item.item.gates):
            if gate.score is None:
                yield from _idle_gate(gate, join(item.path, gate.id), (*at, "gates", index), balance)
            balance = plan.lines[gate_line(join(item.path, gate.id), "gate")]


def _touches(base: Formula, balance: Formula, bound: Fraction | None) -> bool:
    """Whether a balance comes to its bound: from within, or from parts that would go past it."""
    return bound is None or balance.lo <= bound <= balance.hi or base.lo <= bound <= base.hi


def _idle_rule_cap(rule: PlannedRule, item: PlannedItem, at: Path) -> Iterator[Finding]:
    """The cap of a rule whose effect always stays within it; caps of formulas are not judged."""
    cap = rule.rule.at_most
    if rule.rule.authored is not None or cap is None:
        return
    effect = rule.rule.effect(rule.given, item.full)
    if -cap <= effect.lo and effect.hi <= cap:
        yield _idle(rule.path, at, "at_most", cap, effect)


def _idle_gate(gate: Gate, path: str, at: Path, balance: Formula) -> Iterator[Finding]:
    """The bounds of a gate that hold no balance before it back."""
    if gate.at_most is not None and gate.at_most >= balance.hi:
        yield _idle(path, at, "at_most", gate.at_most, balance)
    if gate.at_least is not None and gate.at_least <= balance.lo:
        yield _idle(path, at, "at_least", gate.at_least, balance)


def _idle(path: str, at: Path, key: str, bound: Fraction, held: Formula) -> Finding:
    """The finding about a bound, with the range of what it should hold."""
    range_ = {"low": written(held.lo), "high": written(held.hi)}
    return Finding("GR402", (*at, key), at, {"path": path, "key": key, "bound": written(bound), **range_})


def idle_rules(text: RubricText, plan: Plan) -> Iterator[Finding]:
    """GR403: a rule that never moves its balance, though its condition may hold: a bound absorbs it all."""
    places = _places(text)
    for item in plan.items:
        for index, rule in enumerate(item.rules):
            applied, counted = plan.lines[rule.line("applied")], plan.lines[rule.line("counted")]
            if applied.lo == applied.hi == 0 and counted.hi > 0:
                at = (*places[item.path], "rules", index)
                yield Finding("GR403", (*at, "id"), at, {"path": rule.path})


def constant_conditions(text: RubricText, plan: Plan) -> Iterator[Finding]:
    """GR404 and GR405: conditions that never hold, or always do."""
    for at, condition in every_text(text):
        flag = plan.conditions.get(at)
        if flag is not None and flag.lo == flag.hi:
            yield Finding("GR404" if flag.hi == 0 else "GR405", at, at[:-1], {"text": str(condition)})


def idle_grades(text: RubricText, plan: Plan) -> Iterator[Finding]:
    """GR406: a grade that no total is given and that no gate names."""
    total = plan.lines[TOTAL if text.grade_on == "rounded" else EXACT]
    by_gate = {
        name for item in plan.items for gate in item.item.gates for name in (gate.grade, gate.grade_at_most)
    }
    above: Fraction | None = None  # the least total for which a better grade is given without a condition
    for index, grade in enumerate(text.grades):
        beyond = grade.start is not None and grade.start > total.hi
        if grade.grade not in by_gate and (beyond or (above is not None and above <= total.lo)):
            yield Finding("GR406", ("grades", index, "grade"), ("grades", index), {"name": grade.grade})
        if grade.when is None and grade.start is not None:
            above = grade.start if above is None else min(above, grade.start)


def too_wide(text: RubricText, plan: Plan) -> Iterator[Finding]:
    """GR407: rules whose effect, with its decimal places, needs more than the 64 bits of a table's column."""
    places = _places(text)
    for item in plan.items:
        for index, rule in enumerate(item.rules):
            raw = plan.lines[rule.line("raw")]
            most = max(abs(raw.lo), abs(raw.hi))
            if most * raw.den >= INT64:
                at = (*places[item.path], "rules", index)
                yield Finding("GR407", (*at, "id"), at, {"path": rule.path, "value": written(most)})


def unused_facts(text: RubricText, plan: Plan) -> Iterator[Finding]:
    """GR408: a fact that no rule and no condition reads."""
    used = {name for formula in plan.lines.values() for name in names(formula)}
    for fact in text.facts:
        if fact.name not in used:
            yield Finding("GR408", ("facts", fact.name), ("facts",), {"name": fact.name})


def unused_values(text: RubricText, plan: Plan) -> Iterator[Finding]:
    """GR418: a named value that nothing uses and that is not shown."""
    places = _places(text)
    for _, value, item, _, is_used in plan.values:
        if not is_used and not value.text.show:
            at = (*places[item], VALUES)
            yield Finding("GR418", (*at, value.name), at, {"name": value.name})


CHECKS: tuple[Check, ...] = (
    unreachable, idle_caps, idle_rules, constant_conditions, idle_grades, too_wide, unused_facts,
    unused_values,
)  # fmt: skip


def findings(text: RubricText, plan: Plan) -> Iterator[Finding]:
    """Everything that the bounds of the lines of a sound rubric show."""
    for check in CHECKS:
        yield from check(text, plan)
