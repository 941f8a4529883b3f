"""Gates and grades -> lines: what each gate does to its item's balance, and the grade of the whole.

Source: language section 6.
"""

from collections.abc import Sequence
from fractions import Fraction
from typing import NamedTuple

from govrubric.formula.build import all_of, any_of, compare, const, greatest, if_, within
from govrubric.formula.nodes import Formula
from govrubric.language.gates_text import Gate, Grade
from govrubric.plan.lines import GRADE, gate_line, rung_line
from govrubric.plan.rules import Put

VOID = -1  # the grade where there is no score


class PlannedGate(NamedTuple):
    """A gate with its path, and the flag that its condition holds."""

    path: str
    gate: Gate
    held: Formula


def apply_gates(put: Put, gates: Sequence[PlannedGate], balance: Formula) -> tuple[Formula, Formula]:
    """The lines of an item's gates, in file order.

    Returns the balance after the last gate, and the flag that a gate voids the score.
    """
    for planned in gates:
        changed = _change(planned.gate, balance)
        balance = put(gate_line(planned.path, "gate"), if_(planned.held, changed, balance))
    return balance, any_of(*(planned.held for planned in gates if planned.gate.score == "none"))


def _change(gate: Gate, balance: Formula) -> Formula:
    """The balance after a gate whose condition holds."""
    if isinstance(gate.score, Fraction):
        balance = const(gate.score)
    elif gate.score is not None:
        balance = const(0)  # there is no score: the flag `void` says so here and in every item above
    return within(balance, gate.at_least, gate.at_most)


def grade_names(grades: Sequence[Grade], gates: Sequence[Gate]) -> tuple[str, ...]:
    """Every grade that may be given: those of the ladder, best first, then those that only a gate gives.

    One that stands more than once has the rank of the place where it first stands.
    """
    ladder = [grade.grade for grade in grades]
    return tuple(dict.fromkeys([*ladder, *(gate.grade for gate in gates if gate.grade is not None)]))


def assign_grade(
    put: Put,
    grades: Sequence[tuple[Grade, Formula]],
    total: Formula,
    gates: Sequence[PlannedGate],
    void: Formula,
) -> tuple[str, ...]:
    """The lines of the grade: first the ladder, then the gates that lower the grade, then those that fix it.

    Returns the names of the grades. The line ``:grade`` is an index of these names; -1 is no grade.
    """
    names = grade_names([grade for grade, _ in grades], [planned.gate for planned in gates])
    if not names:
        return ()
    grade = const(VOID)
    for place, (rung, holds) in reversed(list(enumerate(grades))):
        reached = const(1) if rung.start is None else compare((">=",), (total, const(rung.start)))
        grade = put(rung_line(place), if_(all_of(reached, holds), const(names.index(rung.grade)), grade))
    for path, gate, held in gates:
        if gate.grade_at_most in names:
            lowered = greatest(grade, const(names.index(gate.grade_at_most)))
            grade = put(gate_line(path, "lowered"), if_(held, lowered, grade))
    grade = if_(void, const(VOID), grade)
    for path, gate, held in gates:
        if gate.grade is not None:
            grade = put(gate_line(path, "graded"), if_(held, const(names.index(gate.grade)), grade))
    put(GRADE, grade)
    return names
