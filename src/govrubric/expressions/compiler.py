"""Parsed text -> one formula, or every slip in it.

simpleeval walks the tree once, when the rubric is loaded. Each of its handlers is replaced by a method of
ours, which takes and gives operands: formulas that stand for values. So no text reaches a Python object.

Source: language section 8.
"""

import ast
from collections.abc import Sequence
from itertools import groupby

from simpleeval import SimpleEval

from govrubric.expressions.operands import (
    FUNCTIONS,
    KIND_NAMES,
    OF_ITEMS,
    SIGNS,
    TOTALS,
    UNKNOWN,
    Kind,
    Names,
    Operand,
)
from govrubric.expressions.parser import Parsed, Slip, Tree
from govrubric.formula.build import (
    absolute,
    add,
    all_of,
    any_of,
    compare,
    const,
    extreme_of,
    greatest,
    if_,
    is_too_large,
    is_zero,
    least,
    not_,
    ratio,
    rounded,
    scale,
    times,
)
from govrubric.formula.nodes import Const, Formula, Input
from govrubric.numbers import PLACES, NotANumber, parse, written

# How many arguments a function takes, at least and at most; every other takes one.
ARGUMENTS = {"min": (2, 100), "max": (2, 100), "round": (2, 2)}


def condition(parsed: Parsed, names: Names) -> tuple[Formula, list[Slip]]:
    """A condition -> a flag, or a constant and what is wrong."""
    return _compiled(parsed, names, "flag")


def amount(parsed: Parsed, names: Names) -> tuple[Formula, list[Slip]]:
    """A formula for an amount -> a number, or a constant and what is wrong."""
    return _compiled(parsed, names, "number")


def value(parsed: Parsed, names: Names) -> tuple[Operand, list[Slip]]:
    """A text that is a condition or a formula -> a flag or a number, or `UNKNOWN` and what is wrong."""
    if not isinstance(parsed, Tree):
        return UNKNOWN, parsed
    compiler = _Compiler(parsed, names)
    operand = compiler.operand(parsed.root)
    if operand.kind != "unknown":
        wanted: Kind = "flag" if operand.kind == "flag" else "number"
        operand = Operand(wanted, compiler.checked(parsed.root, operand, wanted))
    slips = sorted(compiler.slips, key=lambda slip: slip.start)
    return (UNKNOWN if slips else operand), slips


def _compiled(parsed: Parsed, names: Names, wanted: Kind) -> tuple[Formula, list[Slip]]:
    if not isinstance(parsed, Tree):
        return const(0), parsed
    compiler = _Compiler(parsed, names)
    formula = compiler.typed(parsed.root, wanted)
    slips = sorted(compiler.slips, key=lambda slip: slip.start)
    return (const(0) if slips else formula), slips


class _Compiler:
    """Compiles one tree. A part that is wrong is reported once; to what stands around it, it is `UNKNOWN`."""

    def __init__(self, tree: Tree, names: Names) -> None:
        self.tree, self.names = tree, names
        self.slips: list[Slip] = []
        self.evaluator = SimpleEval(operators={}, functions={}, names={})
        self.evaluator.nodes = {
            ast.Name: self.name,
            ast.Attribute: self.name,
            ast.Constant: self.constant,
            ast.UnaryOp: self.unary,
            ast.BinOp: self.binary,
            ast.BoolOp: self.logic,
            ast.Compare: self.compared,
            ast.IfExp: self.either,
            ast.Call: self.called,
            **dict.fromkeys((ast.Tuple, ast.List, ast.Set), self.listed),
        }

    def operand(self, node: ast.expr) -> Operand:
        """What stands for the value of a part."""
        operand = self.evaluator.eval(self.tree.text, node)
        assert isinstance(operand, Operand)
        return operand

    def slip(self, node: ast.expr, code: str, **args: object) -> Operand:
        """Report what is wrong with a part; gives back the operand for it."""
        self.slips.append(Slip(code, *self.tree.span(node), args))
        return UNKNOWN

    def typed(self, node: ast.expr, wanted: Kind) -> Formula:
        """The formula of a part that must be of one kind."""
        return self.checked(node, self.operand(node), wanted)

    def checked(self, node: ast.expr, operand: Operand, wanted: Kind) -> Formula:
        """The formula of a part's operand, which must be of one kind."""
        if operand.kind not in (wanted, "unknown"):
            self.wrong_kind(node, operand, wanted)
        elif is_too_large(operand.formula):
            return self.slip(node, "GR518", text=self.tree.source(node)).formula
        return operand.formula

    def wrong_kind(self, node: ast.expr, operand: Operand, wanted: Kind) -> Operand:
        """Report a part of one kind where another must stand."""
        found = {"wanted": KIND_NAMES[wanted], "kind": KIND_NAMES[operand.kind]}
        return self.slip(node, "GR506", **found, text=self.tree.source(node))

    def name(self, node: ast.expr) -> Operand:
        path = self.tree.path(node)
        value = self.names.value(path)
        if isinstance(value, Operand):
            return value
        if value is not None:
            return self.slip(node, value.code, **value.args)
        if path in ("true", "false"):
            return Operand("flag", const(path == "true"))
        inside = self.names.inside(path)
        if inside is not None:
            return self.slip(node, "GR505", name=path, inside=inside)
        if path in TOTALS:
            return self.slip(node, "GR520", name=path)
        return self.slip(node, "GR504", name=path, near=self.names.nearest(path, self.names.inputs()))

    def constant(self, node: ast.Constant) -> Operand:
        value = node.value
        if isinstance(value, bool):
            return Operand("flag", const(value))
        if isinstance(value, str):
            return Operand("text", const(0), value)
        try:
            return Operand("number", const(parse(self.tree.source(node))))
        except NotANumber:
            return self.slip(node, "GR507", value=self.tree.source(node))

    def unary(self, node: ast.UnaryOp) -> Operand:
        if isinstance(node.op, ast.Not):
            return self.whole(node, "flag", not_(self.typed(node.operand, "flag")))
        sign = -1 if isinstance(node.op, ast.USub) else 1
        return self.whole(node, "number", scale(self.typed(node.operand, "number"), sign))

    def binary(self, node: ast.BinOp) -> Operand:
        """A sum or product, from the left; without recursion, since it may have a hundred terms."""
        terms = [node]
        while isinstance(terms[-1].left, ast.BinOp):
            terms.append(terms[-1].left)
        operand = self.operand(terms[-1].left)
        for is_sum, run in groupby(reversed(terms), lambda term: isinstance(term.op, (ast.Add, ast.Sub))):
            if is_sum:
                operand = self.total(list(run), operand)
            else:
                for term in run:
                    operand = self.next_factor(term, operand)
        return operand

    def total(self, nodes: list[ast.BinOp], before: Operand) -> Operand:
        """What some sums and differences add to the operand before them, in one formula for them all."""
        formulas = [self.checked(nodes[0].left, before, "number")]
        for node in nodes:
            term = self.typed(node.right, "number")
            term = term if isinstance(node.op, ast.Add) else scale(term, -1)
            if len(formulas) == 1 and isinstance(formulas[0], Const) and isinstance(term, Const):
                formulas[0] = add(formulas[0], term)
            else:
                formulas.append(term)
        return self.whole(nodes[-1], "number", add(*formulas))

    def next_factor(self, node: ast.BinOp, before: Operand) -> Operand:
        left, right = self.checked(node.left, before, "number"), self.typed(node.right, "number")
        if isinstance(node.op, ast.Div):
            return self.divided(node, left, right)
        return self.whole(node, "number", times(left, right))

    def divided(self, node: ast.BinOp, over: Formula, under: Formula) -> Operand:
        """A quotient, which is exact; the bounds of its divisor must exclude zero."""
        if not self.sound(node.right):
            return UNKNOWN
        divisor = self.tree.source(node.right)
        if is_zero(under):
            return self.slip(node.right, "GR510", divisor=divisor)
        if under.lo <= 0 <= under.hi:
            bounds = {"low": written(under.lo), "high": written(under.hi)}
            return self.slip(node.right, "GR517", divisor=divisor, **bounds)
        return self.whole(node, "number", ratio(over, under))

    def whole(self, node: ast.expr, kind: Kind, formula: Formula) -> Operand:
        """The operand for a part; `UNKNOWN` where the part is wrong, so that one slip causes no other."""
        return Operand(kind, formula) if self.sound(node) else UNKNOWN

    def sound(self, node: ast.expr) -> bool:
        """Whether nothing within a part was found wrong."""
        start, end = self.tree.span(node)
        return not any(start <= slip.start and slip.end <= end for slip in self.slips)

    def logic(self, node: ast.BoolOp) -> Operand:
        flags = [self.typed(part, "flag") for part in node.values]
        return self.whole(node, "flag", (all_of if isinstance(node.op, ast.And) else any_of)(*flags))

    def either(self, node: ast.IfExp) -> Operand:
        test, then, other = self.typed(node.test, "flag"), self.operand(node.body), self.operand(node.orelse)
        if "unknown" in (then.kind, other.kind):
            return UNKNOWN
        kind: Kind = "flag" if then.kind == "flag" else "number"
        branches = self.checked(node.body, then, kind), self.checked(node.orelse, other, kind)
        return self.whole(node, kind, if_(test, *branches))

    def listed(self, node: ast.expr) -> Operand:
        """A list, which may stand only after `in`; `among` looks at it there without coming here."""
        return self.slip(node, "GR503", what=self.tree.source(node))

    def compared(self, node: ast.Compare) -> Operand:
        left = self.operand(node.left)
        if len(node.ops) == 1 and isinstance(node.ops[0], (ast.In, ast.NotIn)):
            return self.among(node, left, node.comparators[0], within=isinstance(node.ops[0], ast.In))
        if any(isinstance(op, (ast.In, ast.NotIn)) for op in node.ops):
            for part in node.comparators:
                if not isinstance(part, (ast.Tuple, ast.List, ast.Set)):
                    self.operand(part)
            return self.slip(node, "GR503", what="`in` in a chain of comparisons")
        operands, nodes = [left, *map(self.operand, node.comparators)], [node.left, *node.comparators]
        signs = [SIGNS[type(op)] for op in node.ops]
        kinds = {operand.kind for operand in operands}
        if "unknown" in kinds:
            return UNKNOWN
        if len(operands) == 2 and signs[0] in ("==", "!="):
            if kinds == {"choice", "text"}:
                chosen, word = (0, 1) if left.kind == "choice" else (1, 0)
                return self.equal(
                    operands[chosen], [(nodes[word], operands[word].words)], within=signs[0] == "=="
                )
            if kinds == {"flag"}:
                return Operand("flag", compare(signs, [operand.formula for operand in operands]))
        for operand, part in zip(operands, nodes, strict=True):
            if operand.kind != "number":
                return self.wrong_kind(part, operand, "number")
        return Operand("flag", compare(signs, [operand.formula for operand in operands]))

    def among(self, node: ast.Compare, chosen: Operand, words: ast.expr, *, within: bool) -> Operand:
        """Whether a choice is one of a list of names."""
        if chosen.kind not in ("choice", "unknown"):
            return self.wrong_kind(node.left, chosen, "choice")
        if not isinstance(words, (ast.Tuple, ast.List, ast.Set)) or not words.elts:
            return self.slip(words, "GR512", text=self.tree.source(words))
        listed = [
            (part, part.value)
            for part in words.elts
            if isinstance(part, ast.Constant) and isinstance(part.value, str)
        ]
        if len(listed) < len(words.elts):
            return self.slip(words, "GR512", text=self.tree.source(words))
        return self.equal(chosen, listed, within=within) if chosen.kind == "choice" else UNKNOWN

    def equal(self, chosen: Operand, words: Sequence[tuple[ast.expr, str]], *, within: bool) -> Operand:
        """Whether a choice is one of a few names, or none of them."""
        given = chosen.formula
        assert isinstance(given, Input)
        options = given.options
        for node, word in words:
            if word not in options:
                near = self.names.nearest(word, options)
                return self.slip(node, "GR511", value=word, known=", ".join(options), near=near)
        if {word for _, word in words} >= set(options):
            return Operand("flag", const(within))
        found = any_of(*(compare(("==",), (given, const(options.index(word)))) for _, word in words))
        return Operand("flag", found if within else not_(found))

    def called(self, node: ast.Call) -> Operand:
        name = self.tree.path(node.func)
        if name not in FUNCTIONS:
            for part in node.args:
                if not self.tree.path(part):  # a path may be that of an item
                    self.operand(part)
            known = {"near": self.names.nearest(name, FUNCTIONS), "known": ", ".join(FUNCTIONS)}
            return self.slip(node.func, "GR513", name=name or self.tree.source(node.func), **known)
        least_count, most_count = ARGUMENTS.get(name, (1, 1))
        if not least_count <= len(node.args) <= most_count:
            for part in () if name in OF_ITEMS else node.args:
                self.typed(part, "number")
            wanted = "2 or more" if most_count > 2 else least_count
            return self.slip(node, "GR514", name=name, wanted=wanted, given=len(node.args))
        if name in OF_ITEMS:
            return self.asked_of_item(name, node.args[0])
        if name == "round":
            return self.rounding(node.args[0], node.args[1])
        parts = [self.typed(part, "number") for part in node.args]
        if name in ("floor", "ceil"):
            return self.whole(node, "number", rounded(parts[0], 0, "floor" if name == "floor" else "ceiling"))
        if name == "abs":
            return self.whole(node, "number", absolute(parts[0]))
        return self.whole(node, "number", extreme_of(least if name == "min" else greatest, parts))

    def asked_of_item(self, function: str, node: ast.expr) -> Operand:
        """What `score`, `lost`, `reached` or `applies` gives for the item that a node names."""
        path = self.tree.path(node)
        lines = self.names.item(path) if path else None
        if isinstance(lines, list):
            return self.slip(node, "GR509", name=path, circle=" → ".join(lines))
        if lines is None:
            near = self.names.nearest(path, self.names.items())
            return self.slip(node, "GR515", function=function, name=path or self.tree.source(node), near=near)
        match function:
            case "applies":
                return Operand("flag", lines.applies)
            case "reached":
                if lines.reached is None:
                    return self.slip(node, "GR525", name=path)
                return Operand("number", lines.reached)
            case "lost":
                return Operand("number", lines.lost)
            case _:
                return Operand("number", lines.score)

    def rounding(self, node: ast.expr, places: ast.expr) -> Operand:
        """``round(x, places)``, half up."""
        digits = self.tree.source(places)
        if not isinstance(places, ast.Constant) or not digits.isdecimal() or int(digits) > PLACES:
            self.slip(places, "GR516", text=digits, most=PLACES)
            digits = "0"
        return self.whole(node, "number", rounded(self.typed(node, "number"), int(digits), "half_up"))
