"""Lines -> Python functions over whole numbers, generated as text in which every name is our own."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any, NamedTuple

from govrubric.formula.nodes import Formula, Name, Scope, kept, names
from govrubric.numbers import ROUNDINGS


def function(
    name: str, inputs: Mapping[str, str], lines: Mapping[str, Formula], wanted: Iterable[str]
) -> str:
    """The text of a Python function from whole numbers to whole numbers: `inputs` gives each input's parameter."""
    return f"def {name}({', '.join(inputs.values())}):\n" + statements(inputs, lines, wanted)


def statements(
    inputs: Mapping[str, str], lines: Mapping[str, Formula], wanted: Iterable[str], before: str = ""
) -> str:
    """The text that computes `lines` in order and returns the `wanted` inputs and lines, each over its denominator."""
    results = list(wanted)
    made = body(inputs, lines, results)
    return f"{made.text}    return {before}({', '.join(made.variables[key] for key in results)},)\n"


class Body(NamedTuple):
    """The text of a function but for what it returns, and the variable that holds each input and line."""

    text: str
    variables: Mapping[str, str]


def body(inputs: Mapping[str, str], lines: Mapping[str, Formula], wanted: Iterable[str]) -> Body:
    """The text that computes the `wanted` lines in order, and whatever they need. Every name in it is made here."""
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
    """The function ``made`` that a text defines; `names` is what else the text may use."""
    space: dict[str, Any] = {
        "__builtins__": {},
        "kept": kept,
        "sum": sum,
        "min": min,
        "max": max,
        "abs": abs,
        **(names or {}),
    }
    space.update((mode, rounding) for mode, rounding in ROUNDINGS.items())
    exec(compile(text, "<govrubric plan>", "exec"), space)
    made: Callable[..., Any] = space["made"]
    return made
