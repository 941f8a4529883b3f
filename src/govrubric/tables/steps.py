"""Lines of a plan -> steps: the few formulas behind what is wanted, each in simple operations, in an order to compute them."""

from collections import Counter
from collections.abc import Iterable, Mapping

from govrubric.formula.build import line
from govrubric.formula.nodes import Const, Formula, Name, names
from govrubric.tables.lowering import lowered
from govrubric.tables.simplifying import Fits, simplified


def steps(
    lines: Mapping[str, Formula], inputs: Mapping[str, Formula], wanted: Iterable[str], fits: Fits
) -> dict[str, Formula]:
    """The `wanted` lines and what is used more than once on the way to them; every other line is written out where it is used.

    A step speaks of inputs and of steps before it. What two lines share keeps a name of its own, such as ``#3``. The
    `inputs` may have closer bounds than those that the lines were made with.
    """
    kept = set(wanted)
    needed = _needed(lines, kept)
    plain: dict[str, Formula] = {}

    def put(formula: Formula) -> Formula:
        name = f"#{len(plain)}"
        plain[name] = formula
        return formula if isinstance(formula, Const) else line(name, formula)

    for name in needed:
        plain[name] = lowered(lines[name], put)
    uses = Counter(used for formula in plain.values() for used in names(formula))
    made: dict[str, Formula] = {}
    inside = dict(inputs)
    for name, formula in plain.items():
        simple = simplified(formula, inside, fits)
        if name in kept or (uses[name] > 1 and not isinstance(simple, (Const, Name))):
            made[name] = simple
            simple = simple if isinstance(simple, Const) else line(name, simple)
        inside[name] = simple
    return made


def _needed(lines: Mapping[str, Formula], wanted: set[str]) -> list[str]:
    """The lines behind some, in their order."""
    found = set(wanted)
    for name in reversed(list(lines)):
        if name in found:
            found.update(names(lines[name]))
    return [name for name in lines if name in found]


def levels(made: Mapping[str, Formula]) -> list[list[str]]:
    """The names of steps by how many others stand before them; those of one level need nothing of each other."""
    depth: dict[str, int] = {}
    for name, formula in made.items():
        depth[name] = 1 + max((depth[used] for used in names(formula) if used in depth), default=-1)
    found: list[list[str]] = [[] for _ in range(max(depth.values(), default=-1) + 1)]
    for name, level in depth.items():
        found[level].append(name)
    return found
