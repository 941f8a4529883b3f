"""Lines of a plan -> steps: the few simple formulas that wanted lines need, in an order to compute them."""

from collections import Counter
from collections.abc import Iterable, Mapping

from govrubric.formula.build import line
from govrubric.formula.nodes import Const, Formula, Name, names
from govrubric.tables.lowering import lowered
from govrubric.tables.simplifying import Fits, simplified


def steps(
    lines: Mapping[str, Formula], inputs: Mapping[str, Formula], wanted: Iterable[str], fits: Fits
) -> dict[str, Formula]:
    """The `wanted` lines, and the parts that are used more than once on the way to them.

    Every other line is written out where it is used. A step refers to inputs and to earlier steps. A part
    that two lines share has a name of its own, such as ``#3``. The `inputs` may have closer bounds than
    those that the lines were made with.
    """
    kept = set(wanted)
    plain: dict[str, Formula] = {}

    def put(formula: Formula) -> Formula:
        name = f"#{len(plain)}"
        plain[name] = formula
        return formula if isinstance(formula, Const) else line(name, formula)

    for name in _needed(lines, kept):
        plain[name] = lowered(lines[name], put)
    uses = Counter(used for formula in plain.values() for used in names(formula))
    kept_steps: dict[str, Formula] = {}
    inside = dict(inputs)
    for name, formula in plain.items():
        simple = simplified(formula, inside, fits)
        if name in kept or (uses[name] > 1 and not isinstance(simple, (Const, Name))):
            kept_steps[name] = simple
            simple = simple if isinstance(simple, Const) else line(name, simple)
        inside[name] = simple
    return kept_steps


def _needed(lines: Mapping[str, Formula], wanted: set[str]) -> list[str]:
    """The `wanted` lines and the lines that they use, in the order of the plan."""
    needed = set(wanted)
    for name in reversed(list(lines)):
        if name in needed:
            needed.update(names(lines[name]))
    return [name for name in lines if name in needed]


def levels(ordered: Mapping[str, Formula]) -> list[list[str]]:
    """The names of steps, level by level; a step uses only steps of earlier levels."""
    depth: dict[str, int] = {}
    for name, formula in ordered.items():
        depth[name] = 1 + max((depth[used] for used in names(formula) if used in depth), default=-1)
    by_level: list[list[str]] = [[] for _ in range(max(depth.values(), default=-1) + 1)]
    for name, level in depth.items():
        by_level[level].append(name)
    return by_level
