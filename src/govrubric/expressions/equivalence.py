"""Tree -> its meaning: the same where texts differ only in spaces, brackets, digits or ways to write a name.

A meaning is plain data, texts within tuples, so that it is the same in every process and every Python.

Source: language section 8.
"""

import ast
from collections.abc import Callable, Iterator

from govrubric.expressions.operands import OF_ITEMS
from govrubric.expressions.parser import Parsed, Tree
from govrubric.numbers import parse, spelled

Meaning = str | tuple["Meaning", ...]


def meaning(parsed: Parsed, of_input: Callable[[str], str], of_item: Callable[[str], str]) -> Meaning:
    """Equal for texts that mean the same; `of_input` and `of_item` turn a name into its full path."""
    assert isinstance(parsed, Tree), "a rubric that loads has no slip in its texts"
    return _Meanings(parsed, of_input, of_item).of(parsed.root)


class _Meanings:
    """The meanings of the parts of a tree."""

    def __init__(self, tree: Tree, of_input: Callable[[str], str], of_item: Callable[[str], str]) -> None:
        self.tree, self.of_input, self.of_item = tree, of_input, of_item

    def of(self, node: ast.AST) -> Meaning:
        if isinstance(node, ast.expr) and (path := self.tree.path(node)):
            return self.of_input(path)
        match node:
            case ast.Constant(value=str(text)):
                return ("text", text)
            case ast.Constant(value=bool(flag)):
                return ("flag", str(flag))  # a fact may be called `true`
            case ast.Constant():
                return spelled(parse(self.tree.source(node)))
            case ast.Call():
                function = self.tree.path(node.func)
                if function in OF_ITEMS:
                    return (function, *(self.of_item(self.tree.path(part)) for part in node.args))
                return (function, *map(self.of, node.args))
            case ast.UnaryOp(op=ast.UAdd(), operand=operand):
                return self.of(operand)
            case ast.BinOp(op=ast.Add() | ast.Sub()):
                return ("sum", *self.terms(node, (ast.Add, ast.Sub)))
            case ast.BinOp():
                return ("product", *self.terms(node, (ast.Mult, ast.Div)))
            case ast.BoolOp():
                return (type(node.op).__name__, *self.flags(node))
            case ast.Tuple() | ast.List() | ast.Set():
                return ("listed", *map(self.of, node.elts))
        return (type(node).__name__, *map(self.of, ast.iter_child_nodes(node)))

    def terms(
        self, node: ast.expr, signs: tuple[type[ast.operator], type[ast.operator]]
    ) -> Iterator[Meaning]:
        """The terms of a sum with their signs, or the factors of a product, without brackets around them.

        Arithmetic is exact, so that brackets around a sum in a sum change nothing but the signs within. There
        may be two hundred terms, hence no recursion.
        """
        left: list[tuple[ast.expr, bool]] = [(node, False)]
        while left:
            part, turned = left.pop()
            if isinstance(part, ast.BinOp) and isinstance(part.op, signs):
                left += [(part.right, turned != isinstance(part.op, signs[1])), (part.left, turned)]
            else:
                yield ("turned", self.of(part)) if turned else self.of(part)

    def flags(self, node: ast.BoolOp) -> Iterator[Meaning]:
        """The parts of a condition that are joined by the same word, whatever brackets are around them."""
        for part in node.values:
            if isinstance(part, ast.BoolOp) and type(part.op) is type(node.op):
                yield from self.flags(part)
            else:
                yield self.of(part)
