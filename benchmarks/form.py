"""The district form as a list of leaves, for whoever has another language than ours: as data, as texts, as arithmetic.

A leaf begins at some points, adds so many for each case, and stays above zero or below its full marks.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any, Literal

import govrubric

NAME = "2023-district"
# Items whose score is an input as it stands, and the form's one score out of 100, which hundredths of make thousandths of 10 points.
JUDGED = {
    "platforms.new_media": "platforms.new_media.operation_score", "interpretation.targeting": "interpretation.targeting.assessed",
    "organisation.leadership": "organisation.leadership.assessed", "organisation.training": "organisation.training.assessed",
    "organisation.appraisal": "organisation.appraisal.assessed", "organisation.guidance": "organisation.guidance.assessed",
    "organisation.assigned_tasks": "organisation.assigned_tasks.assessed", "innovation.measures": "innovation.measures.assessed",
}  # fmt: skip
# What a point is in an item's column when written out by hand, where that is not 10: what its digits need.
SCALES = {
    "total": 100, "platforms": 1000, "platforms.new_media": 1000, "interpretation": 100, "interpretation.targeting": 100, "organisation": 100,
    "organisation.leadership": 100, "organisation.training": 100, "organisation.appraisal": 100, "organisation.guidance": 100,
    "organisation.assigned_tasks": 100, "innovation": 100, "innovation.measures": 100, "innovation.adoption": 1,
}  # fmt: skip


@dataclass(frozen=True)
class Term:
    """What one case, a flag that is set, or one judged point adds; less than nothing where it takes away."""

    name: str
    each: Fraction
    kind: Literal["count", "flag", "number"]


@dataclass(frozen=True)
class Leaf:
    """One item without parts; `bound` is what can happen to it."""

    path: str
    full: int
    start: int
    terms: tuple[Term, ...]
    bound: Literal["floor", "cap", "none"]


def leaves(rubric: govrubric.Rubric) -> Iterator[Leaf]:
    """The leaves of the form, in file order."""
    for item in rubric.plan.items:
        if item.parts:
            continue
        terms: list[Term] = []
        bound: Literal["floor", "cap", "none"] = "none"
        for planned in item.rules:
            rule: Any = planned.rule
            if rule.verb == "deduct":
                kind: Any = rubric.inputs[planned.path].kind
                terms.append(Term(planned.path, -Fraction(str(rule.deduct)), kind))
                bound = "floor"
            elif rule.verb == "award":
                terms += [
                    Term(f"{planned.path}.{level.name}", Fraction(str(level.points)), "count")
                    for level in rule.award
                ]
                bound = "cap"
            else:
                terms.append(
                    Term(planned.path, Fraction(1) if rule.verb == "judge" else item.full / 100, "number")
                )
        yield Leaf(item.path, int(item.full), int(item.start or 0), tuple(terms), bound)


@dataclass(frozen=True)
class Language:
    """How a language of formulas writes what the form needs.

    `scale` is what a point is in its numbers, and `given` what a judged point is in its inputs: 1000 and 1 are whole thousandths
    made from whole points.
    """

    greater: str
    lesser: str
    choice: str
    name: Callable[[str], str]
    scale: int
    given: int = 1

    def number(self, points: Fraction) -> str:
        """Points in the language's numbers."""
        scaled = points * self.scale
        return format((Decimal(scaled.numerator) / Decimal(scaled.denominator)).normalize(), "f")

    def leaf(self, leaf: Leaf) -> str:
        """One leaf as a formula."""
        parts = [self.number(Fraction(leaf.start))] if leaf.start else []
        for term in leaf.terms:
            size, sign = abs(term.each), "-" if term.each < 0 else "+"
            if term.kind == "flag":
                part = self.choice.format(self.name(term.name), self.number(size), self.number(Fraction(0)))
            else:
                part = f"{self.number(size / (self.given if term.kind == 'number' else 1))} * {self.name(term.name)}"
            parts.append(f"{sign} {part}" if parts else part)
        text = " ".join(parts)
        if leaf.bound == "none":
            return f"({text})"
        return (
            self.greater.format(text, self.number(Fraction(0)))
            if leaf.bound == "floor"
            else self.lesser.format(text, self.number(Fraction(leaf.full)))
        )


def worked(
    leaf: Leaf, term: Callable[[Term], Any], floor: Callable[[Any], Any], cap: Callable[[Any, int], Any]
) -> Any:
    """One leaf as arithmetic over whatever `term` makes of a case, a flag or a judged number."""
    value: Any = leaf.start
    for one in leaf.terms:
        value = value + term(one)
    return floor(value) if leaf.bound == "floor" else cap(value, leaf.full) if leaf.bound == "cap" else value


def groups(rubric: govrubric.Rubric) -> dict[str, list[str]]:
    """Each indicator that has parts, with them."""
    return {
        item.path: [str(part) for part in item.parts]
        for item in rubric.plan.items
        if item.parts and item.path
    }
