"""Condition or formula -> its meaning: what differs in spaces, brackets, digits or the way to a name means the same.

Source: language section 8.
"""

import ast
from collections.abc import Callable, Hashable

from govrubric.expressions.operands import OF_ITEMS
from govrubric.expressions.parser import Tree, read
from govrubric.numbers import parse


def meaning(text: str, name: Callable[[str], str], item: Callable[[str], str]) -> Hashable:
    """What a text of a rubric that loads says; `name` and `item` tell what the names of inputs and items in it stand for."""
    tree = read(text)
    assert isinstance(tree, Tree), "a rubric that loads has no slip in its texts"
    words = tree

    def of(node: ast.AST) -> Hashable:
        if isinstance(node, ast.expr) and (path := words.path(node)):
            return name(path)
        if isinstance(node, ast.Constant):
            return repr(node.value) if isinstance(node.value, str | bool) else parse(words.words(node))
        if isinstance(node, ast.Call):
            called = words.path(node.func)
            return (called, *(item(words.path(one)) if called in OF_ITEMS else of(one) for one in node.args))
        kind = "listed" if isinstance(node, ast.Tuple | ast.List | ast.Set) else type(node).__name__
        return (kind, *(of(one) for one in ast.iter_child_nodes(node)))

    return of(tree.root)
