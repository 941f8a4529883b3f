"""Lines -> Python functions over whole numbers, generated as text; every name in the text is made here."""

from collections.abc import Callable, Iterable, Mapping
from fractions import Fraction
from typing import Any, NamedTuple

from govrubric.formula.nodes import Formula, Name, Scope, kept, names
from govrubric.numbers import ROUNDINGS


def function(
    name: str, inputs: Mapping[str, str], lines: Mapping[str, Formula], wanted: Iterable[str]
) -> str:
    """The text of a Python function that computes the `wanted` inputs and lines; see `statements`.

    `inputs` has the parameter of each input, by the input's name.
    """
    return f"def {name}({', '.join(inputs.values())}):\n" + statements(inputs, lines, wanted)


def statements(
    inputs: Mapping[str, str], lines: Mapping[str, Formula], wanted: Iterable[str], before: str = ""
) -> str:
    """The text that computes `lines` in order and returns a tuple of the `wanted` inputs and lines.

    Each is a whole number over its formula's denominator, or a ``Fraction`` where it is not whole. `before`
    is code that is returned before the tuple.
    """
    results = list(wanted)
    code = body(inputs, lines, results)
    return f"{code.text}    return {before}({', '.join(code.variables[key] for key in results)},)\n"


class Body(NamedTuple):
    """The text of a function without its return statement, and the variable of each input and line."""

    text: str
    variables: Mapping[str, str]


def body(inputs: Mapping[str, str], lines: Mapping[str, Formula], wanted: Iterable[str]) -> Body:
    """The text that computes the `wanted` lines and those that they need, in order."""
    needed = set(wanted)
    for key in reversed(list(lines)):
        if key in needed:
            needed.update(names(lines[key]))
    variables = dict(inputs)
    scope = Scope(variables)
    text = []
    for index, (key, formula) in enumerate(lines.items()):
        if key not in needed:
            continue
        if isinstance(formula, Name):
            variables[key] = variables[formula.name]  # the same value under another name
            continue
        variables[key] = f"v{index}"
        text.append(f"    v{index} = {formula.code(formula.den, scope)}\n")
    return Body("".join(text), variables)


def build(text: str, names: Mapping[str, object] | None = None) -> Callable[..., Any]:
    """The function ``made`` that a text defines; `names` holds what else the text may use."""
    namespace: dict[str, Any] = {
        "__builtins__": {},
        "Fraction": Fraction,
        "kept": kept,
        "sum": sum,
        "min": min,
        "max": max,
        "abs": abs,
        **(names or {}),
    }
    namespace.update((mode, rounding) for mode, rounding in ROUNDINGS.items())
    exec(compile(text, "<govrubric plan>", "exec"), namespace)
    made: Callable[..., Any] = namespace["made"]
    return made
