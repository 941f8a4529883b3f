"""Values of inputs -> which items do not apply by their own conditions: the flags that no tally gives."""

from collections.abc import Callable, Mapping, Sequence
from functools import cached_property
from typing import Any

from govrubric.formula.codegen import build, function
from govrubric.formula.nodes import Formula, names
from govrubric.plan.plan import Plan
from govrubric.scoring.values import whole


def needed_lines(lines: Mapping[str, Formula], wanted: str) -> list[str]:
    """A line and the lines that it is made of."""
    needed = {wanted}
    for name in reversed(list(lines)):
        if name in needed:
            needed.update(used for used in names(lines[name]) if used in lines)
    return [name for name in lines if name in needed]


class DerivedFlags:
    """The flags of a plan that conditions decide; their function is made when it is first needed."""

    def __init__(self, plan: Plan) -> None:
        self._plan = plan

    def __bool__(self) -> bool:
        return bool(self._plan.derived)

    @cached_property
    def _compute(self) -> Callable[..., tuple[int, ...]]:
        parameters = {known.name: f"i{index}" for index, known in enumerate(self._plan.inputs)}
        return build(function("made", parameters, self._plan.lines, self._plan.derived))

    def read(self) -> list[str]:
        """The inputs that the conditions read, those of outer items first.

        What a condition reads is excused by items further out alone.
        """
        inputs, read = {known.name for known in self._plan.inputs}, dict[str, None]()
        for flag in sorted(self._plan.derived, key=lambda name: name.count(".")):
            needed: dict[str, None] = {flag: None}
            for name in needed_lines(self._plan.lines, flag):
                needed.update(dict.fromkeys(names(self._plan.lines[name])))
            read |= {name: None for name in needed if name in inputs}
        return list(read)

    def raised(self, values: Sequence[int]) -> set[str]:
        """The names of the flags that are true where the inputs have these whole numbers."""
        if not self:
            return set()
        flags = self._compute(*values)
        return {name for name, flag in zip(self._plan.derived, flags, strict=True) if flag}

    def raised_by(self, tally: Mapping[str, Any]) -> set[str]:
        """The same for a tally of values alone, where what is wrong counts as what is left out."""
        values = []
        for known in self._plan.inputs if self else ():
            value = whole(known, tally[known.name]) if known.name in tally else None
            values.append(known.unsaid if value is None else value)
        return self.raised(values)
