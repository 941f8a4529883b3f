"""The names of a plan's lines: a path in the rubric and a kind of line, such as `basics.attribution:score`.

================  =============================================================================
of an item
``excused``       the flag that a condition says that it does not apply
``applies``       the flag that it applies
``parts``         what a group's parts come to
``base``          the balance before its rules
``balance``       the balance after its rules
``gated``         the balance after its gates
``void``          the flag that a gate took its score away, here or in a part
``score``         its score
``rounding``      what rounding changed
``lost``          what is missing to the full marks
``counts``        the flag that it adds to its parent
``contribution``  what it adds
of a rule
``target``        the number that it reads by a name
``counted``       the flag that it acts
``raw``           its effect before floor and ceiling
``most``          where the item takes the greatest alone: the greatest award so far
``least``         likewise: the greatest deduction so far
``given``         likewise: what counts of its own award
``taken``         likewise: what counts of its own deduction
``up``            the balance after what it gives, where it may also take
``applied``       the part of its effect that the balance took
``absorbed``      the rest
``after``         the balance after it
of a gate
``held``          the flag that its condition holds
``gate``          the balance after it
``lowered``       the grade after it, where it lowers the grade
``graded``        the grade after it, where it fixes the grade
of a value
``value``         what it comes to
of the rubric     the lines of an item, with an empty path, and:
``exact``         the total before its rounding
``grade0``, …     the grade by the rungs of the ladder from this place down
``grade``         the grade
================  =============================================================================

Every name is made here, so that a type checker finds a misspelt name.
"""

from typing import Literal

ItemLine = Literal[
    "excused",
    "applies",
    "counts",
    "void",
    "parts",
    "base",
    "balance",
    "gated",
    "score",
    "rounding",
    "lost",
    "contribution",
]
RuleLine = Literal[
    "target", "raw", "applied", "absorbed", "after", "up", "counted", "most", "given", "least", "taken"
]
GateLine = Literal["held", "gate", "lowered", "graded"]
VALUE = "value"


class LineName(str):
    """The name of a line; as text it is the name in formulas, in generated code and of a table's column."""

    __slots__ = ()

    @property
    def path(self) -> str:
        """The path of the item, rule or gate; empty for the rubric itself."""
        return self.rpartition(":")[0]

    @property
    def kind(self) -> str:
        """The kind of line, such as ``score``."""
        return self.rpartition(":")[2]


def item_line(path: str, kind: ItemLine) -> LineName:
    """A line of an item; with the empty path, of the rubric."""
    return LineName(f"{path}:{kind}")


def rule_line(path: str, kind: RuleLine) -> LineName:
    """A line of a rule."""
    return LineName(f"{path}:{kind}")


def gate_line(path: str, kind: GateLine) -> LineName:
    """A line of a gate."""
    return LineName(f"{path}:{kind}")


def value_line(path: str) -> LineName:
    """The line of a named value, such as ``basics.values.both:value``."""
    return LineName(f"{path}:{VALUE}")


def rung_line(place: int) -> LineName:
    """The grade by the rungs of the ladder from this place down."""
    return LineName(f":grade{place}")


TOTAL = item_line("", "contribution")
VOID = item_line("", "void")
EXACT = LineName(":exact")
GRADE = LineName(":grade")
