"""Clauses x awards -> awards that are bands of one number, and would all be given at once.

95%以上得6分，90%以上得3分 as two awards gives 9 points to whoever reaches 96 %, and may hide that full marks are
out of reach (GR401). What is said to come on top (再得), what has a condition or an input in common, and what
ends where the next begins (90%—95%得3分) is left alone.

Source: language section 10, “A rubric whose text does not fit its numbers is accepted only with an entry
here”.
"""

import re
from collections.abc import Iterator
from fractions import Fraction
from typing import NamedTuple

from govrubric.language.rubric_text import RubricText
from govrubric.lint.clauses import chinese
from govrubric.lint.clauses.chinese import Statement
from govrubric.lint.clauses.quotes import PlacedRule, Register, placed_rules, with_actual
from govrubric.lint.finding import Finding
from govrubric.plan.plan import Plan

_ON_TOP = re.compile("再|另|追加|累计|叠加|each|also|further|more points|additional", re.IGNORECASE)
_LOOSE = " ,;。:、\n在达到至为的"


class _Step(NamedTuple):
    """An award once for a number from a bound on, with the words before the bound."""

    placed: PlacedRule
    bound: Statement
    subject: str

    @property
    def points(self) -> Fraction:
        return self.placed.amounts[0]


def _step(placed: PlacedRule) -> _Step | None:
    """An award as a step, if its clause gives its points once and from one bound on."""
    rule, counting = placed.rule, placed.rule.counting
    if rule.verb != "award" or rule.clause is None or rule.when is not None or rule.input is not None:
        return None
    if counting is None or not counting.single or counting.per is not None or len(placed.amounts) != 1:
        return None
    reading, text = chinese.read(rule.clause), chinese.folded(rule.clause)
    effects = [*reading.of("effect")]
    own = [at for at, each in enumerate(effects) if each.amount == placed.amounts[0]]
    if len(own) != 1 or _ON_TOP.search(text):
        return None
    effect, begin = effects[own[0]], effects[own[0] - 1].end if own[0] else 0
    bounds = [each for each in reading.of("bound") if begin <= each.start < effect.start]
    if effect.sign or effect.repeats is not False or len(bounds) != 1 or bounds[0].relation[0] != ">":
        return None
    subject = re.split("[,;。]", text[begin : bounds[0].start])[-1].strip(_LOOSE)
    return _Step(placed, bounds[0], subject)


def _stairs(text: RubricText, plan: Plan) -> Iterator[list[_Step]]:
    """Awards that follow each other in an item and are about one number."""
    stair: list[_Step] = []
    for placed in placed_rules(text, plan):
        step = _step(placed)
        if step and stair and _goes_on(stair[0], step):
            stair.append(step)
            continue
        yield stair
        stair = [step] if step else []
    yield stair


def _goes_on(first: _Step, step: _Step) -> bool:
    """Whether a step is about the number that the first is about."""
    is_alike = step.bound.unit == first.bound.unit and step.subject in first.subject
    return is_alike and step.placed.item is first.placed.item


def findings(text: RubricText, plan: Plan) -> Iterator[Finding]:
    """GR455: awards of which a better number is given all, though each is a band of its own."""
    register = Register(text)
    for stair in _stairs(text, plan):
        ranked = sorted(stair, key=lambda step: step.bound.amount)
        points = [step.points for step in ranked]
        is_stair = len({step.bound.amount for step in stair}) == len(stair) > 1
        if not is_stair or points != sorted(set(points)) or stair[0].placed.item.item.take == "highest":
            continue
        total, placed, best = sum(points, Fraction(0)), stair[1].placed, ranked[-1]
        paths = [path for step in stair for path in (step.placed.path, step.placed.item.path)]
        if not register.at(*paths).accept(total):
            clause = best.placed.rule.clause or ""
            shown = {"path": placed.path, "said": clause[best.bound.start : best.bound.end]}
            yield with_actual(Finding("GR455", placed.verb, placed.at, shown), total)
