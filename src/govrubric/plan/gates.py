"""Gates and grades -> lines: what each gate does to its item's balance, and which grade the whole is given.

Source: language section 6.
"""

from collections.abc import Sequence
from fractions import Fraction
from typing import NamedTuple

from govrubric.formula.build import all_of, any_of, compare, const, greatest, if_, within
from govrubric.formula.nodes import Formula
from govrubric.language.rubric_text import Gate, Grade
from govrubric.plan.lines import GRADE, gate_line, rung_line
from govrubric.plan.rules import Put

VOID = -1  # the grade of what has none


class Held(NamedTuple):
    """A gate, and the flag that its condition holds."""

    path: str
    gate: Gate
    held: Formula


def gated(put: Put, gates: Sequence[Held], balance: Formula) -> tuple[Formula, Formula]:
    """The lines of an item's gates, in file order; gives back the balance behind the last, and the flag that one voids the score."""
    for one in gates:
        balance = put(gate_line(one.path, "gate"), if_(one.held, _done(one.gate, balance), balance))
    return balance, any_of(*(one.held for one in gates if one.gate.score == "none"))


def _done(gate: Gate, balance: Formula) -> Formula:
    """What a gate that holds makes of a balance."""
    if isinstance(gate.score, Fraction):
        balance = const(gate.score)
    elif gate.score is not None:
        balance = const(0)  # voided: there is no score, and nobody above counts with it
    return within(balance, gate.at_least, gate.at_most)


def labels(grades: Sequence[Grade], gates: Sequence[Gate]) -> tuple[str, ...]:
    """Every grade that may be given: those of the ladder, best first, then those that only a gate gives."""
    return tuple(
        dict.fromkeys(
            [*(one.grade for one in grades), *(gate.grade for gate in gates if gate.grade is not None)]
        )
    )


def graded(
    put: Put, grades: Sequence[tuple[Grade, Formula]], total: Formula, gates: Sequence[Held], void: Formula
) -> tuple[str, ...]:
    """The lines of the grade: each of the ladder with its condition, what gates lower it to, and what they fix it at.

    The line ``:grade`` counts among the names that are given back; -1 is none.
    """
    names = labels([grade for grade, _ in grades], [one.gate for one in gates])
    if not names:
        return ()
    grade = const(VOID)
    for place, (one, holds) in reversed(list(enumerate(grades))):
        reached = const(1) if one.start is None else compare((">=",), (total, const(one.start)))
        grade = put(rung_line(place), if_(all_of(reached, holds), const(place), grade))
    for one_gate in gates:
        if one_gate.gate.grade_at_most in names:
            lowered = greatest(grade, const(names.index(one_gate.gate.grade_at_most)))
            grade = put(gate_line(one_gate.path, "lowered"), if_(one_gate.held, lowered, grade))
    grade = if_(void, const(VOID), grade)
    for one_gate in gates:
        if one_gate.gate.grade is not None:
            grade = put(
                gate_line(one_gate.path, "graded"),
                if_(one_gate.held, const(names.index(one_gate.gate.grade)), grade),
            )
    put(GRADE, grade)
    return names
