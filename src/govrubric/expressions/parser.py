"""Authored text -> a syntax tree that holds nothing but what language section 8 allows, or every slip with its columns.

Nothing here is evaluated. What Python would read otherwise than an author means it, or drop in silence, is refused
before Python reads it: comments, single `=`, full-width signs, numbers in any form but plain digits, prefixes of
strings. An id that is a word of Python's (`class`) is written with a capital while Python reads it.
"""

import ast
import keyword
import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from fractions import Fraction

from govrubric.numbers import parse, spelled

ZERO = Fraction(0)
NODES = 200
DEPTH = 25

WORDS = frozenset(("and", "or", "not", "if", "else", "in"))
# What people type, and what is read.
INSTEAD = {
    "≥": ">=", "≧": ">=", "≤": "<=", "≦": "<=", "≠": "!=", "<>": "!=", "=": "==", "＝": "==", "＝＝": "==", "×": "*", "÷": "/", "&&": "and",
    "||": "or", "&": "and", "|": "or", "!": "not", "！": "not", "且": "and", "并且": "and", "或": "or", "或者": "or", "非": "not", "；": ",", "、": ",", "“": "'",
    "”": "'", "‘": "'", "’": "'", "。": ".", "＆＆": "and", "＆": "and", "｜｜": "or", "｜": "or", "=>": ">=", "=<": "<=", "＜＞": "!=", "！＝": "!=", "！=": "!=",
    "!＝": "!=", "＞＝": ">=", "＞=": ">=", ">＝": ">=", "＜＝": "<=", "＜=": "<=", "<＝": "<=",
}  # fmt: skip
_STRING = re.compile(r"'[^']*'|\"[^\"]*\"")
_NUMBER = re.compile(r"(?<![A-Za-z0-9_.])(?:[0-9]|\.[0-9])[A-Za-z0-9_.]*")
_DIGITS = re.compile(r"[0-9]+(?:\.[0-9]+)?")
_USABLE = re.compile(r"(?!\.\.)[A-Za-z0-9_ ()\[\].,'\"+*/<>=-]+|!=")
_LETTER = re.compile("[A-Za-z0-9_]")
_WORD = re.compile("[A-Za-z_][A-Za-z0-9_]*")
_PATH = re.compile(r"[A-Za-z_][A-Za-z0-9_]*(?: *\. *[A-Za-z_][A-Za-z0-9_]*)*")
_PERCENT = re.compile(r"(?<![0-9.])([0-9]++(?:\.[0-9]++)?) *%(?! *(?!and\b|or\b|if\b|else\b)[A-Za-z0-9_(.])")
_SHARE = re.compile(r"reached *\([^()]*\) *(?:[<>]=?|[=!]=) *$")
_COMPARED = re.compile(r"(?:[=!]=|\bin *[(\[][^)\]]*) *$")
_ODD = re.compile(
    r"[“‘][^”’]*[”’]|[\u3400-\u9fff]+|<>|＜＞|=>|=<|[！!]＝|！=|[＞＜][＝=]|[><]＝|＝＝|并且|或者|＆＆|｜｜|&&|\|\||(?<![=!<>])=(?!=)|!(?!=)|[&|^#;\\`$?@~\x00-\x1f\x7f]|[^\x00-\x7f]"
)

ALLOWED: tuple[type[ast.AST], ...] = (
    ast.Name, ast.Constant, ast.UnaryOp, ast.BinOp, ast.BoolOp, ast.Compare, ast.IfExp, ast.Call, ast.Tuple, ast.List, ast.Set,
)  # fmt: skip
OPERATORS: tuple[type[ast.AST], ...] = (
    ast.Add, ast.Sub, ast.Mult, ast.Div, ast.USub, ast.UAdd, ast.Not, ast.And, ast.Or, ast.Eq, ast.NotEq, ast.Lt, ast.LtE, ast.Gt, ast.GtE, ast.In, ast.NotIn,
    ast.Load,
)  # fmt: skip
# What a construct is called in the message that refuses it.
CALLED: dict[type[ast.AST], str] = {
    ast.Pow: "`**`", ast.Mod: "`%`", ast.FloorDiv: "`//`", ast.LShift: "`<<`", ast.RShift: "`>>`", ast.MatMult: "`@`", ast.Is: "`is`", ast.IsNot: "`is not`",
    ast.Subscript: "`[…]` behind a name", ast.JoinedStr: "text with a prefix", ast.NamedExpr: "`:=`", ast.Starred: "`*`",
    ast.keyword: "a named argument", ast.Attribute: "a point behind what is no name", ast.Dict: "`{…}`",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Slip:
    """What is wrong in a text, from which character to which."""

    code: str
    start: int
    end: int
    args: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Tree:
    """A text that was read; `shift` is how many spaces stand before it."""

    text: str
    root: ast.expr
    shift: int = 0

    def span(self, node: ast.expr | ast.keyword) -> tuple[int, int]:
        """From which character of the text to which a node goes; Python counts bytes."""
        raw = self.text.encode()
        start, end = node.col_offset + self.shift, (node.end_col_offset or 0) + self.shift
        return len(raw[:start].decode()), len(raw[:end].decode())

    def words(self, node: ast.expr) -> str:
        """The text of a node."""
        start, end = self.span(node)
        return self.text[start:end]

    def path(self, node: ast.expr) -> str:
        """The path that a name, or a name with points behind it, spells; an empty text where it is neither."""
        inner = node
        while isinstance(inner, ast.Attribute):
            inner = inner.value
        return "".join(self.words(node).split()) if isinstance(inner, ast.Name) else ""


def bare(text: str) -> str:
    """A text with spaces in place of what stands in quotes."""
    return _STRING.sub(lambda match: " " * len(match[0]), text)


def read(text: str) -> Tree | list[Slip]:
    """A condition or formula -> its tree, or what is wrong with it."""
    unquoted = bare(text)
    if slips := [*_unread(text, unquoted)]:
        return sorted(slips, key=lambda slip: slip.start)
    legal = _PATH.sub(_capitals, unquoted)
    for match in _STRING.finditer(text):
        legal = legal[: match.start()] + match[0] + legal[match.end() :]
    shift = len(legal) - len(legal.lstrip(" "))
    try:
        tree = Tree(text, ast.parse(legal[shift:], mode="eval").body, shift)
    except SyntaxError as error:
        return [_broken(unquoted, error.offset - 1 + shift if error.offset else len(text))]
    except (ValueError, MemoryError, RecursionError):
        return [Slip("GR501", 0, len(text))]
    return _refused(tree) or tree


def _unread(text: str, unquoted: str) -> Iterator[Slip]:
    """What is refused before Python reads the text."""
    for match in _ODD.finditer(unquoted):
        yield Slip(
            "GR502",
            match.start(),
            match.end(),
            {"character": match[0], "instead": _instead(match[0], unquoted[: match.start()])},
        )
    for match in _PERCENT.finditer(unquoted):
        # Of what else a share may be, nobody knows: 95% is 95 of a rate that is measured in per cent.
        share = (
            spelled(parse(match[1]) / 100)
            if len(match[1]) < 8 and _SHARE.search(unquoted, 0, match.start())
            else ""
        )
        yield Slip("GR502", match.start(), match.end(), {"character": match[0], "instead": share})
    for match in _NUMBER.finditer(unquoted):
        if not _DIGITS.fullmatch(match[0]):
            yield Slip("GR507", match.start(), match.end(), {"value": match[0]})
    for match in re.finditer("['\"]", unquoted):
        yield Slip("GR501", match.start(), match.end())  # a quote without its partner
    behind = len(text)
    for match in _STRING.finditer(text):
        # A letter before the quote, or another text, would make Python read something else than what stands there.
        joined = behind <= match.start() and not text[behind : match.start()].strip(" ")
        if joined or "\\" in match[0] or (match.start() and _LETTER.fullmatch(text[match.start() - 1])):
            yield Slip("GR503", match.start(), match.end(), {"what": "text like this"})
        behind = match.end()


def _instead(typed: str, before: str) -> str:
    """What to type for what is no sign: for words where a name is compared, the same in quotes; an empty text where nobody knows."""
    if typed[0] in "“‘" and len(typed) > 1:
        return f'"{typed[1:-1]}"' if "'" in typed else f"'{typed[1:-1]}'"
    if typed not in INSTEAD and "\u3400" <= typed[0] <= "\u9fff":
        return f"'{typed}'" if _COMPARED.search(before) else ""
    instead = INSTEAD.get(typed) or unicodedata.normalize("NFKC", typed)
    return instead if instead != typed and _USABLE.fullmatch(instead) else ""


def _capitals(match: re.Match[str]) -> str:
    """A path in which Python's own words begin with a capital, as no id does; alone, the words of the language stay."""
    kept = frozenset[str]() if "." in match[0] else WORDS
    return _WORD.sub(
        lambda word: word[0].capitalize() if keyword.iskeyword(word[0]) and word[0] not in kept else word[0],
        match[0],
    )


def _broken(unquoted: str, offset: int) -> Slip:
    """Where a text that Python cannot read breaks: at a bracket without its partner, or where Python stopped."""
    open_: list[int] = []
    pairs = {")": "(", "]": "[", "}": "{"}
    for place, character in enumerate(unquoted):
        if character in pairs.values():
            open_.append(place)
        elif character in pairs and (not open_ or unquoted[open_.pop()] != pairs[character]):
            return Slip("GR501", place, place + 1)
    place = open_[-1] if open_ else max(0, min(offset, len(unquoted.rstrip()) - 1))
    return Slip("GR501", place, place + 1)


def _goes_on(node: ast.AST, below: ast.AST) -> bool:
    """Whether the one is the next term of a sum or product, and the other what stands before it: no author sees a level there."""
    return isinstance(node, ast.BinOp) and below is node.left and isinstance(below, ast.BinOp)


def _refused(tree: Tree) -> list[Slip]:
    """What is too large, too deep or not allowed in a tree; walked with a stack, whatever its depth."""
    slips: list[Slip] = []
    stack: list[tuple[ast.AST, ast.expr, int]] = [(tree.root, tree.root, 1)]
    count = 0
    while stack:
        node, above, depth = stack.pop()
        at = node if isinstance(node, (ast.expr, ast.keyword)) else above
        count += isinstance(node, ast.expr)
        if count > NODES or depth > DEPTH:
            number, what, limit = (count, "parts", NODES) if count > NODES else (depth, "levels", DEPTH)
            return [Slip("GR508", *tree.span(at), {"number": number, "what": what, "limit": limit})]
        if isinstance(node, ast.Attribute) and tree.path(node):
            continue
        if not isinstance(node, (*ALLOWED, *OPERATORS)):
            slips.append(
                Slip("GR503", *tree.span(at), {"what": CALLED.get(type(node), "a construct like this")})
            )
            continue
        inner = node if isinstance(node, ast.expr) else above
        stack += [
            (below, inner, depth + (isinstance(below, ast.expr) and not _goes_on(node, below)))
            for below in ast.iter_child_nodes(node)
        ]
    return sorted(slips, key=lambda slip: slip.start)
