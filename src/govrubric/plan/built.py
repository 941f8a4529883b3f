"""What other lines may use of an item whose lines are made."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from govrubric.formula.build import all_of, line, scale
from govrubric.formula.nodes import Const, Formula
from govrubric.plan.lines import LineName, item_line


@dataclass(frozen=True, slots=True)
class Built:
    """The lines of an item that its group, and conditions and formulas, may use."""

    score: Formula
    lost: Formula
    reached: Formula | None  # of an item without full marks there is none
    applies: Formula
    void: Formula
    contribution: Formula

    @classmethod
    def of(cls, lines: Mapping[str, Formula], path: str, full: Fraction) -> "Built":
        """Those of the item at a path; `full` are its full marks."""
        score, lost, applies = (
            line_of(lines, item_line(path, kind)) for kind in ("score", "lost", "applies")
        )
        void, counts = (line_of(lines, item_line(path, kind)) for kind in ("void", "counts"))
        contribution = line_of(lines, item_line(path, "contribution"))
        reached = scale(score, 1 / full) if full else None
        return cls(score, lost, reached, applies, all_of(void, counts), contribution)


def line_of(lines: Mapping[str, Formula], name: LineName) -> Formula:
    """The formula by which later lines refer to one: a constant stands for itself."""
    formula = lines[name]
    return formula if isinstance(formula, Const) else line(name, formula)
