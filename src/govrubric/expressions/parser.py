"""Authored text -> a syntax tree of what language section 8 allows, or every slip with its columns.

Nothing is evaluated here. Python's own parser makes the tree. What it would take for something else than the
author means, or would drop in silence, is refused before it sees the text: comments, a single `=`, full-width
signs, numbers in any form but plain digits, prefixes of strings. An id that is a Python keyword (`class`) is
written with a capital letter while Python parses it.
"""

import ast
import keyword
import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from govrubric.numbers import parse as parse_number
from govrubric.numbers import spelled

NODES = 200
DEPTH = 25

KEYWORDS = frozenset(("and", "or", "not", "if", "else", "in"))
# What people type -> what the language writes instead.
INSTEAD = {
    "≥": ">=", "≧": ">=", "=>": ">=", "＞＝": ">=", "＞=": ">=", ">＝": ">=",
    "≤": "<=", "≦": "<=", "=<": "<=", "＜＝": "<=", "＜=": "<=", "<＝": "<=",
    "≠": "!=", "<>": "!=", "＜＞": "!=", "！＝": "!=", "！=": "!=", "!＝": "!=",
    "=": "==", "＝": "==", "＝＝": "==", "×": "*", "÷": "/",
    "&&": "and", "&": "and", "＆＆": "and", "＆": "and", "且": "and", "并且": "and",
    "||": "or", "|": "or", "｜｜": "or", "｜": "or", "或": "or", "或者": "or",
    "!": "not", "！": "not", "非": "not",
    "；": ",", "、": ",", "。": ".", "“": "'", "”": "'", "‘": "'", "’": "'",
}  # fmt: skip
_STRING = re.compile(r"'[^']*'|\"[^\"]*\"")
_NUMBER = re.compile(r"(?<![A-Za-z0-9_.])(?:[0-9]|\.[0-9])[A-Za-z0-9_.]*")
_DIGITS = re.compile(r"[0-9]+(?:\.[0-9]+)?")
_USABLE = re.compile(r"(?!\.\.)[A-Za-z0-9_ ()\[\].,'\"+*/<>=-]+|!=")
_LETTER = re.compile("[A-Za-z0-9_]")
_WORD = re.compile("[A-Za-z_][A-Za-z0-9_]*")
_PATH = re.compile(r"[A-Za-z_][A-Za-z0-9_]*(?: *\. *[A-Za-z_][A-Za-z0-9_]*)*")
_PERCENT = re.compile(r"(?<![0-9.])([0-9]++(?:\.[0-9]++)?) *%(?! *(?!and\b|or\b|if\b|else\b)[A-Za-z0-9_(.])")
_SHARE = re.compile(r"reached *\((?:[^()]|\([^()]*\))*\) *(?:[<>]=?|[=!]=) *")
_WITHIN = re.compile(r"\bin *[(\[]")
_ODD = re.compile(
    r"[“‘][^”’]*[”’]|[\u3400-\u9fff]+"  # typographic quotes, and Chinese words
    r"|<>|＜＞|=>|=<|[！!]＝|！=|[＞＜][＝=]|[><]＝|＝＝|并且|或者|＆＆|｜｜|&&|\|\|"  # signs of two characters
    r"|(?<![=!<>])=(?!=)|!(?!=)|[&|^#;\\`$?@~\x00-\x1f\x7f]|[^\x00-\x7f]"
)

ALLOWED: tuple[type[ast.AST], ...] = (
    ast.Name, ast.Constant, ast.UnaryOp, ast.BinOp, ast.BoolOp, ast.Compare, ast.IfExp, ast.Call,
    ast.Tuple, ast.List, ast.Set,
)  # fmt: skip
OPERATORS: tuple[type[ast.AST], ...] = (
    ast.Add, ast.Sub, ast.Mult, ast.Div, ast.USub, ast.UAdd, ast.Not, ast.And, ast.Or,
    ast.Eq, ast.NotEq, ast.Lt, ast.LtE, ast.Gt, ast.GtE, ast.In, ast.NotIn, ast.Load,
)  # fmt: skip
# What a construct is called in the message that refuses it.
CALLED: dict[type[ast.AST], str] = {
    ast.Pow: "`**`", ast.Mod: "`%`", ast.FloorDiv: "`//`", ast.LShift: "`<<`", ast.RShift: "`>>`",
    ast.MatMult: "`@`", ast.Is: "`is`", ast.IsNot: "`is not`", ast.NamedExpr: "`:=`", ast.Starred: "`*`",
    ast.Subscript: "`[…]` after a name", ast.Attribute: "a point after what is no name", ast.Dict: "`{…}`",
    ast.JoinedStr: "text with a prefix", ast.keyword: "a named argument",
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
    """A text and its syntax tree; the tree counts columns from after the text's first `shift` spaces."""

    text: str
    root: ast.expr
    shift: int = 0

    def span(self, node: ast.expr | ast.keyword) -> tuple[int, int]:
        """The first character of a node, and the one after its last; the tree itself counts bytes."""
        raw = self.text.encode()
        start, end = node.col_offset + self.shift, (node.end_col_offset or 0) + self.shift
        return len(raw[:start].decode()), len(raw[:end].decode())

    def source(self, node: ast.expr) -> str:
        """The part of the text that a node was parsed from."""
        start, end = self.span(node)
        return self.text[start:end]

    def path(self, node: ast.expr) -> str:
        """The path that a name, or names joined by points, spell; an empty text for any other node."""
        inner = node
        while isinstance(inner, ast.Attribute):
            inner = inner.value
        return "".join(self.source(node).split()) if isinstance(inner, ast.Name) else ""


Parsed = Tree | list[Slip]
"""What comes of parsing a text: its tree, or everything that is wrong with it."""


def parse(text: str) -> Parsed:
    """A condition or formula -> its tree, or every slip in it."""
    unquoted = _STRING.sub(lambda match: " " * len(match[0]), text)
    if slips := [*_refused_before_parsing(text, unquoted)]:
        return sorted(slips, key=lambda slip: slip.start)
    legal = _PATH.sub(_with_capitals, unquoted)
    for match in _STRING.finditer(text):
        legal = legal[: match.start()] + match[0] + legal[match.end() :]
    shift = len(legal) - len(legal.lstrip(" "))
    try:
        tree = Tree(text, ast.parse(legal[shift:], mode="eval").body, shift)
    except SyntaxError as error:
        return [_broken(unquoted, error.offset - 1 + shift if error.offset else len(text))]
    except (ValueError, MemoryError, RecursionError):
        return [Slip("GR501", 0, len(text))]
    return _refused_in_tree(tree) or tree


def _refused_before_parsing(text: str, unquoted: str) -> Iterator[Slip]:
    """Characters, numbers and quotes that Python's parser must not see."""
    for match in _ODD.finditer(unquoted):
        yield Slip(
            "GR502",
            match.start(),
            match.end(),
            {"character": match[0], "instead": _instead(match[0], unquoted[: match.start()])},
        )
    for match in _PERCENT.finditer(unquoted):
        # `reached(…)` is a share, so 95% means 0.95 there. Elsewhere 95 may be meant, of a rate in per cent.
        at = unquoted.rfind("reached", 0, match.start())
        is_share = len(match[1]) < 8 and at >= 0 and _SHARE.fullmatch(unquoted, at, match.start())
        share = spelled(parse_number(match[1]) / 100) if is_share else ""
        yield Slip("GR502", match.start(), match.end(), {"character": match[0], "instead": share})
    for match in _NUMBER.finditer(unquoted):
        if not _DIGITS.fullmatch(match[0]):
            yield Slip("GR507", match.start(), match.end(), {"value": match[0]})
    for match in re.finditer("['\"]", unquoted):
        yield Slip("GR501", match.start(), match.end())  # a quote without its partner
    end = len(text)  # of the quoted text before
    for match in _STRING.finditer(text):
        # Python takes a letter before a quote for a prefix, and joins quoted texts that stand side by side.
        joined = end <= match.start() and not text[end : match.start()].strip(" ")
        if joined or "\\" in match[0] or (match.start() and _LETTER.fullmatch(text[match.start() - 1])):
            yield Slip("GR503", match.start(), match.end(), {"what": "text like this"})
        end = match.end()


def _instead(typed: str, before: str) -> str:
    """What to write instead: the sign that is meant, or quotes around compared words; ``""`` if unclear."""
    if typed[0] in "“‘" and len(typed) > 1:
        return f'"{typed[1:-1]}"' if "'" in typed else f"'{typed[1:-1]}'"
    if typed not in INSTEAD and "\u3400" <= typed[0] <= "\u9fff":
        return f"'{typed}'" if _is_compared(before) else ""
    instead = INSTEAD.get(typed) or unicodedata.normalize("NFKC", typed)
    return instead if instead != typed and _USABLE.fullmatch(instead) else ""


def _is_compared(before: str) -> bool:
    """Whether a choice may follow: after `==`, `!=` or within the list after `in`."""
    *_, last = re.split(r"[)\]]", before)
    return before.rstrip(" ").endswith(("==", "!=")) or _WITHIN.search(last) is not None


def _with_capitals(match: re.Match[str]) -> str:
    """A path whose Python keywords begin with a capital, as no id does; a lone `and` or the like stays."""
    kept = frozenset[str]() if "." in match[0] else KEYWORDS

    def legal(word: re.Match[str]) -> str:
        return word[0].capitalize() if keyword.iskeyword(word[0]) and word[0] not in kept else word[0]

    return _WORD.sub(legal, match[0])


def _broken(unquoted: str, offset: int) -> Slip:
    """Where a text that Python cannot parse breaks: at an unpaired bracket, or where Python stopped."""
    open_: list[int] = []
    pairs = {")": "(", "]": "[", "}": "{"}
    for place, character in enumerate(unquoted):
        if character in pairs.values():
            open_.append(place)
        elif character in pairs and (not open_ or unquoted[open_.pop()] != pairs[character]):
            return Slip("GR501", place, place + 1)
    place = open_[-1] if open_ else max(0, min(offset, len(unquoted.rstrip()) - 1))
    return Slip("GR501", place, place + 1)


def _is_earlier_term(below: ast.AST, node: ast.AST) -> bool:
    """Whether `below` is what comes before the last term of a sum or product: to an author no deeper."""
    return isinstance(node, ast.BinOp) and below is node.left and isinstance(below, ast.BinOp)


def _refused_in_tree(tree: Tree) -> list[Slip]:
    """What is too large, too deep or not allowed in a tree; walked with a stack, since it may be deep."""
    slips: list[Slip] = []
    stack: list[tuple[ast.AST, ast.expr, int]] = [(tree.root, tree.root, 1)]
    count = 0
    while stack:
        node, above, depth = stack.pop()
        at = node if isinstance(node, (ast.expr, ast.keyword)) else above
        count += isinstance(node, ast.expr)
        if count > NODES:
            return [Slip("GR508", *tree.span(at), {"number": count, "what": "parts", "limit": NODES})]
        if depth > DEPTH:
            return [Slip("GR508", *tree.span(at), {"number": depth, "what": "levels", "limit": DEPTH})]
        if isinstance(node, ast.Attribute) and tree.path(node):
            continue
        if not isinstance(node, (*ALLOWED, *OPERATORS)):
            slips.append(
                Slip("GR503", *tree.span(at), {"what": CALLED.get(type(node), "a construct like this")})
            )
            continue
        inner = node if isinstance(node, ast.expr) else above
        stack += [
            (below, inner, depth + (isinstance(below, ast.expr) and not _is_earlier_term(below, node)))
            for below in ast.iter_child_nodes(node)
        ]
    return sorted(slips, key=lambda slip: slip.start)
