"""The district form as a list of leaves, for other languages: as data, as formulas in text, as arithmetic.

A leaf starts at some points, adds points for each case, and stays above zero or below its full marks.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any, Literal

import govrubric

NAME = "2023-district"
# Items whose score is an input itself, and the item that is scored out of 100: hundredths of that score are
# thousandths of 10 points.
JUDGED = {
    "platforms.new_media": "platforms.new_media.operation_score",
    "interpretation.targeting": "interpretation.targeting.assessed",
    "organisation.leadership": "organisation.leadership.assessed",
    "organisation.training": "organisation.training.assessed",
    "organisation.appraisal": "organisation.appraisal.assessed",
    "organisation.guidance": "organisation.guidance.assessed",
    "organisation.assigned_tasks": "organisation.assigned_tasks.assessed",
    "innovation.measures": "innovation.measures.assessed",
}  # fmt: skip
# The number that stands for a point in the column of an item computed by hand, where its digits need more or
# less than 10.
SCALES = {
    "total": 100, "platforms": 1000, "platforms.new_media": 1000, "interpretation": 100,
    "interpretation.targeting": 100, "organisation": 100, "organisation.leadership": 100,
    "organisation.training": 100, "organisation.appraisal": 100, "organisation.guidance": 100,
    "organisation.assigned_tasks": 100, "innovation": 100, "innovation.measures": 100,
    "innovation.adoption": 1,
}  # fmt: skip


@dataclass(frozen=True)
class Term:
    """The points that a case, a flag or a judged point adds; below zero where it takes off."""

    name: str
    each: Fraction
    kind: Literal["count", "flag", "number"]


@dataclass(frozen=True)
class Leaf:
    """An item without parts; `bound` is the bound that its points can reach."""

    path: str
    full: int
    start: int
    terms: tuple[Term, ...]
    bound: Literal["floor", "cap", "none"]


def leaves(rubric: govrubric.Rubric) -> Iterator[Leaf]:
    """The leaves of the form, in file order."""
    for item in rubric._plan.items:
        if item.parts:
            continue
        terms: list[Term] = []
        bound: Literal["floor", "cap", "none"] = "none"
        for planned in item.rules:
            rule: Any = planned.rule
            if rule.verb == "deduct":
                kind: Any = rubric._inputs[planned.path].kind
                terms.append(Term(planned.path, -Fraction(str(rule.deduct)), kind))
                bound = "floor"
            elif rule.verb == "award":
                terms += [
                    Term(f"{planned.path}.{level.name}", Fraction(str(level.points)), "count")
                    for level in rule.award
                ]
                bound = "cap"
            else:
                each = Fraction(1) if rule.verb == "judge" else item.full / 100
                terms.append(Term(planned.path, each, "number"))
        yield Leaf(item.path, int(item.full), int(item.start or 0), tuple(terms), bound)


@dataclass(frozen=True)
class Language:
    """The syntax of a language of formulas, as far as the form needs it.

    `scale` is the number that stands for a point, and `given` the number that stands for a judged point in
    the inputs: 1000 and 1 are whole thousandths made from whole points.
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
        """A leaf as a formula."""
        parts = [self.number(Fraction(leaf.start))] if leaf.start else []
        for term in leaf.terms:
            size, sign = abs(term.each), "-" if term.each < 0 else "+"
            if term.kind == "flag":
                part = self.choice.format(self.name(term.name), self.number(size), self.number(Fraction(0)))
            else:
                each = size / self.given if term.kind == "number" else size
                part = f"{self.number(each)} * {self.name(term.name)}"
            parts.append(f"{sign} {part}" if parts else part)
        text = " ".join(parts)
        if leaf.bound == "none":
            return f"({text})"
        if leaf.bound == "floor":
            return self.greater.format(text, self.number(Fraction(0)))
        return self.lesser.format(text, self.number(Fraction(leaf.full)))


def worked(
    leaf: Leaf, value_of: Callable[[Term], Any], floor: Callable[[Any], Any], cap: Callable[[Any, int], Any]
) -> Any:
    """A leaf as arithmetic over the values of its terms."""
    value: Any = leaf.start
    for term in leaf.terms:
        value = value + value_of(term)
    if leaf.bound == "floor":
        return floor(value)
    return cap(value, leaf.full) if leaf.bound == "cap" else value


def groups(rubric: govrubric.Rubric) -> dict[str, list[str]]:
    """Each indicator that has parts, with its parts."""
    return {
        item.path: [str(part) for part in item.parts]
        for item in rubric._plan.items
        if item.parts and item.path
    }
