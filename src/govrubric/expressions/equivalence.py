"""Tree -> its meaning: the same where texts differ only in spaces, brackets, digits or ways to write a name.

Source: language section 8.
"""

import ast
from collections.abc import Callable, Hashable

from govrubric.expressions.operands import OF_ITEMS
from govrubric.expressions.parser import Parsed, Tree
from govrubric.numbers import parse


def meaning(parsed: Parsed, of_input: Callable[[str], str], of_item: Callable[[str], str]) -> Hashable:
    """Equal for texts that mean the same; `of_input` and `of_item` turn a name into its full path."""
    assert isinstance(parsed, Tree), "a rubric that loads has no slip in its texts"
    tree = parsed

    def of(node: ast.AST) -> Hashable:
        if isinstance(node, ast.expr) and (path := tree.path(node)):
            return of_input(path)
        if isinstance(node, ast.Constant):
            return repr(node.value) if isinstance(node.value, str | bool) else parse(tree.source(node))
        if isinstance(node, ast.Call):
            function = tree.path(node.func)
            argument = (lambda part: of_item(tree.path(part))) if function in OF_ITEMS else of
            return (function, *map(argument, node.args))
        kind = "listed" if isinstance(node, ast.Tuple | ast.List | ast.Set) else type(node).__name__
        return (kind, *map(of, ast.iter_child_nodes(node)))

    return of(tree.root)
