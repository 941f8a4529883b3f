"""Tree -> what it depends on: the items that it asks for, and the inputs that it names.

Source: language section 8.
"""

import ast
from fractions import Fraction
from typing import NamedTuple

from govrubric.expressions.operands import OF_ITEMS
from govrubric.expressions.parser import Parsed, Tree
from govrubric.numbers import parse


class Request(NamedTuple):
    """A call such as ``score(b)``: the function, the item's name as written, and where the call stands."""

    function: str
    name: str
    start: int
    end: int


class Compared(NamedTuple):
    """A number that a text compares with something, and whether the number itself counts to what lies above.

    It does in ``x >= 3`` and ``x < 3``. In ``x == 3``, and where a text has a ``not``, that is left open.
    """

    number: Fraction
    includes: bool | None


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


def constants(parsed: Parsed) -> set[Fraction]:
    """The numbers that a text writes; none where the text has slips."""
    if not isinstance(parsed, Tree):
        return set()
    return {number for node in ast.walk(parsed.root) if (number := _number(parsed, node)) is not None}


def compared(parsed: Parsed) -> list[Compared]:
    """The numbers that a text compares with something; none where the text has slips."""
    if not isinstance(parsed, Tree):
        return []
    nodes = [*ast.walk(parsed.root)]
    turned = any(isinstance(node, ast.Not) for node in nodes)
    found = []
    for node in nodes:
        if isinstance(node, ast.Compare):
            sides = [node.left, *node.comparators]
            for left, operator, right in zip(sides, node.ops, sides[1:], strict=False):
                for number, forth in ((_number(parsed, right), True), (_number(parsed, left), False)):
                    if number is not None:
                        includes = None if turned else _INCLUDES.get((type(operator), forth))
                        found.append(Compared(number, includes))
    return found


_INCLUDES: dict[tuple[type[ast.cmpop], bool], bool] = {
    (ast.GtE, True): True, (ast.Lt, True): True, (ast.Gt, True): False, (ast.LtE, True): False,
    (ast.LtE, False): True, (ast.Gt, False): True, (ast.Lt, False): False, (ast.GtE, False): False,
}  # fmt: skip


def connectives(parsed: Parsed) -> set[str]:
    """Whether a text joins conditions by ``and``, by ``or``, or by both."""
    if not isinstance(parsed, Tree):
        return set()
    nodes = (node for node in ast.walk(parsed.root) if isinstance(node, ast.BoolOp))
    return {"and" if isinstance(node.op, ast.And) else "or" for node in nodes}


def _number(tree: Tree, node: ast.AST) -> Fraction | None:
    """The number that a node writes, from its source; ``None`` of any other node."""
    if not isinstance(node, ast.Constant) or type(node.value) not in (int, float):
        return None
    return parse(tree.source(node))
