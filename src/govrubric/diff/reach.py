"""Plan x inputs -> the lines that they have a part in: whatever these inputs are given, every other line stays as it is."""

from collections.abc import Iterable

from govrubric.formula.nodes import names
from govrubric.plan.planner import Plan


def reached(plan: Plan, inputs: Iterable[str]) -> frozenset[str]:
    """The lines that use any of the inputs, or a line that does."""
    found = set(inputs)
    for name, formula in plan.lines.items():
        if not found.isdisjoint(names(formula)):
            found.add(name)
    return frozenset(found)
