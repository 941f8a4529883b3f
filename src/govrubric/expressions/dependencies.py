"""Tree -> what it depends on: the items that it asks for, and the inputs that it names.

Source: language section 8.
"""

import ast
from typing import NamedTuple

from govrubric.expressions.operands import OF_ITEMS
from govrubric.expressions.parser import Parsed, Tree


class Request(NamedTuple):
    """A call such as ``score(b)``: the function, the item's name as written, and where the call stands."""

    function: str
    name: str
    start: int
    end: int


def requests(parsed: Parsed) -> list[Request]:
    """The calls that ask for an item, in the order of the text; none where the text has slips."""
    if not isinstance(parsed, Tree):
        return []
    found = []
    for node in ast.walk(parsed.root):
        if isinstance(node, ast.Call) and len(node.args) == 1:
            function, name = parsed.path(node.func), parsed.path(node.args[0])
            if function in OF_ITEMS and name:
                found.append(Request(function, name, *parsed.span(node)))
    return sorted(found, key=lambda request: request.start)


def named(parsed: Parsed) -> list[str]:
    """The names that a text uses as values, each once, in the order of its tree; none where it has slips.

    The names of functions, and of the items that it asks for, are not among them.
    """
    if not isinstance(parsed, Tree):
        return []
    found: dict[str, None] = {}
    left: list[ast.AST] = [parsed.root]
    while left:
        node = left.pop()
        if isinstance(node, ast.Call):
            asks = parsed.path(node.func) in OF_ITEMS
            left += [] if asks else reversed(node.args)
        elif isinstance(node, ast.Name | ast.Attribute):
            found[parsed.path(node)] = None
        else:
            left += reversed([*ast.iter_child_nodes(node)])
    return [*found]


def mentioned(parsed: Parsed) -> set[str]:
    """Every name in a text, and the names that its paths begin with; none where the text has slips."""
    if not isinstance(parsed, Tree):
        return set()
    names = (node for node in ast.walk(parsed.root) if isinstance(node, ast.Name | ast.Attribute))
    return {parsed.path(node) for node in names}
