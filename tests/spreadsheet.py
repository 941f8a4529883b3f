"""A small spreadsheet: the cells of a workbook, what is typed into some, and what the others then come to.

It reads the XML of a workbook by itself and computes in doubles, as spreadsheets do. Of functions it has
those that our forms use; anything else is an error.
"""

import io
import math
import re
import zipfile
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from typing import Any
from xml.etree import ElementTree

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
LINK = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"

Value = Any  # a float, a text, a bool, None of an empty cell, or a list of these of a range
Node = tuple[Any, ...]

_TOKEN = re.compile(
    r"\s*(?:(?P<number>\d+(?:\.\d+)?)|(?P<text>\"(?:[^\"]|\"\")*\")"
    r"|(?P<ref>(?:'(?:[^']|'')*'!|\w+!)?\$?[A-Z]{1,3}\$?\d+(?::\$?[A-Z]{1,3}\$?\d+)?)"
    r"|(?P<place>\#\d+)|(?P<name>[A-Z]+)|(?P<sign><=|>=|<>|[-+*/&=<>(),]))"
)
_CODE = re.compile("_x([0-9A-F]{4})_")  # how a character is written that XML does not have
_REF = re.compile(r"(?:'((?:[^']|'')*)'!|(\w+)!)?\$?([A-Z]{1,3})\$?(\d+)(?::\$?([A-Z]{1,3})\$?(\d+))?")


def tokens(text: str) -> list[tuple[str, str]]:
    """The tokens of a formula without its ``=``."""
    found, at = [], 0
    while at < len(text):
        match = _TOKEN.match(text, at)
        assert match is not None, f"no formula from {text[at : at + 40]!r} on"
        assert match.lastgroup is not None
        found.append((match.lastgroup, match[match.lastgroup]))
        at = match.end()
    return found


@cache
def parsed(text: str) -> Node:
    """A formula as a tree."""
    return _Parser(tokens(text)).whole()


LEVELS = (("=", "<>", "<", ">", "<=", ">="), ("&",), ("+", "-"), ("*", "/"))


class _Parser:
    def __init__(self, found: list[tuple[str, str]]) -> None:
        self.found, self.at = found, 0

    def peek(self) -> str:
        return self.found[self.at][1] if self.at < len(self.found) else ""

    def take(self, sign: str) -> None:
        assert self.peek() == sign, f"{sign} is missing before {self.found[self.at :]}"
        self.at += 1

    def whole(self) -> Node:
        node = self.level(0)
        assert self.at == len(self.found), f"left over: {self.found[self.at :]}"
        return node

    def level(self, level: int) -> Node:
        if level == len(LEVELS):
            return self.unary()
        node = self.level(level + 1)
        while self.peek() in LEVELS[level] and self.found[self.at][0] == "sign":
            sign = self.peek()
            self.at += 1
            node = ("op", sign, node, self.level(level + 1))
        return node

    def unary(self) -> Node:
        if self.peek() == "-":
            self.at += 1
            return ("op", "*", ("is", -1.0), self.unary())
        kind, text = self.found[self.at]
        self.at += 1
        if kind == "number":
            return ("is", float(text))
        if kind == "text":
            return ("is", text[1:-1].replace('""', '"'))
        if kind in ("ref", "place"):
            return (kind, text)
        if kind == "name":
            if self.peek() != "(":
                return ("is", {"TRUE": True, "FALSE": False}[text])
            self.take("(")
            parts = []
            while self.peek() != ")":
                parts.append(self.level(0))
                if self.peek() != ")":
                    self.take(",")
            self.take(")")
            return ("call", text, *parts)
        assert text == "(", text
        node = self.level(0)
        self.take(")")
        return node


def number(value: Value) -> float:
    assert value is None or type(value) in (float, bool), f"{value!r} is no number"
    return float(value or 0)


def said(value: Value) -> str:
    """A value as `&` joins it."""
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else repr(value)
    return "" if value is None else str(value)


def half_up(value: float, places: float) -> float:
    """ROUND: of the digits that a spreadsheet shows, halves away from zero."""
    scale = math.pow(10.0, places)
    return math.copysign(math.floor(float(f"{abs(value) * scale:.15g}") + 0.5), value) / scale


def compared(sign: str, a: Value, b: Value) -> bool:
    """A comparison: numbers by their first 15 digits, and any text is above any number."""

    def key(value: Value, other: Value) -> tuple[int, Any]:
        if value is None:
            value = "" if isinstance(other, str) else 0.0
        if isinstance(value, bool):
            return 2, value
        if isinstance(value, str):
            return 1, value.casefold()
        return 0, float(f"{value:.15g}")

    left, right = key(a, b), key(b, a)
    return {
        "=": left == right, "<>": left != right, "<": left < right, ">": left > right,
        "<=": left <= right, ">=": left >= right,
    }[sign]  # fmt: skip


def operated(sign: str, a: Value, b: Value) -> Value:
    if isinstance(a, list) or isinstance(b, list):
        size = len(a if isinstance(a, list) else b)
        left, right = (one if isinstance(one, list) else [one] * size for one in (a, b))
        return [operated(sign, *pair) for pair in zip(left, right, strict=True)]
    if sign == "&":
        return said(a) + said(b)
    if sign in LEVELS[0]:
        return compared(sign, a, b)
    x, y = number(a), number(b)
    return {"+": lambda: x + y, "-": lambda: x - y, "*": lambda: x * y, "/": lambda: x / y}[sign]()


def floored(value: float) -> float:
    """INT: of the first 15 digits, as spreadsheets take it."""
    return float(math.floor(float(f"{value:.15g}")))


def exactly(a: Value, b: Value) -> Value:
    return [said(a) == said(one) for one in b] if isinstance(b, list) else said(a) == said(b)


FUNCTIONS: Mapping[str, Callable[..., Value]] = {
    "ABS": lambda a: abs(number(a)),
    "MIN": lambda *some: min(map(number, some)),
    "MAX": lambda *some: max(map(number, some)),
    "INT": lambda a: floored(number(a)),
    "ROUND": lambda a, places: half_up(number(a), places),
    "ISNUMBER": lambda a: type(a) is float,
    "EXACT": exactly,
    "CHAR": lambda a: chr(int(a)),
    "SUMPRODUCT": lambda some: math.fsum(number(one) for one in some),
    "INDEX": lambda some, place: some[int(place) - 1],
}


class Cells:
    """Formulas and values by their keys, and what they come to; `look` says what a reference stands for."""

    def __init__(self, look: Callable[[str, Any], Value]) -> None:
        self.look = look

    def value(self, node: Node, here: Any) -> Value:
        """What a tree comes to in the sheet `here`."""
        match node:
            case ("is", value):
                return value
            case ("ref" | "place", text):
                return self.look(text, here)
            case ("op", sign, a, b):
                return operated(sign, self.value(a, here), self.value(b, here))
            case ("call", "IF", test, *branches):
                chosen = 0 if truth(self.value(test, here)) else 1
                return self.value(branches[chosen], here) if chosen < len(branches) else False
            case ("call", "AND" | "OR" as name, *parts):
                truths = [truth(self.value(part, here)) for part in parts]  # all of them, as spreadsheets do
                return all(truths) if name == "AND" else any(truths)
            case ("call", "ROW", ("ref", text)):
                first, last = rows_of(text)
                return [float(row) for row in range(first, last + 1)] if last > first else float(first)
            case ("call", name, *parts):
                return FUNCTIONS[name](*(self.value(part, here) for part in parts))
        raise AssertionError(node)


def truth(value: Value) -> bool:
    assert not isinstance(value, (str, list)), f"{value!r} is no condition"
    return bool(value)


def rows_of(text: str) -> tuple[int, int]:
    match = _REF.fullmatch(text)
    assert match is not None
    return int(match[4]), int(match[6] or match[4])


class Spreadsheet:
    """The sheets of a workbook: `formulas` and `values` by sheet and cell, such as ``("自评填报", "E12")``."""

    def __init__(self, data: bytes) -> None:
        self.formulas: dict[tuple[str, str], str] = {}
        self.values: dict[tuple[str, str], Value] = {}
        self.cached: dict[tuple[str, str], Value] = {}
        self.parts = {
            name: zipfile.ZipFile(io.BytesIO(data)).read(name)
            for name in zipfile.ZipFile(io.BytesIO(data)).namelist()
        }
        self.sheets = dict(self._sheets())
        shared = self._shared()
        for sheet, part in self.sheets.items():
            for cell in ElementTree.fromstring(self.parts[part]).iter(f"{MAIN}c"):
                self._read(sheet, cell, shared)
        self._known: dict[tuple[str, str], Value] = {}
        self._cells = Cells(self._look)

    def _sheets(self) -> Iterator[tuple[str, str]]:
        links = {
            link.get("Id"): link.get("Target")
            for link in ElementTree.fromstring(self.parts["xl/_rels/workbook.xml.rels"])
        }
        for sheet in ElementTree.fromstring(self.parts["xl/workbook.xml"]).iter(f"{MAIN}sheet"):
            target = links[sheet.get(f"{LINK}id")]
            assert target is not None
            yield sheet.get("name", ""), "xl/" + target.removeprefix("/xl/")

    def _shared(self) -> list[str]:
        if "xl/sharedStrings.xml" not in self.parts:
            return []
        items = ElementTree.fromstring(self.parts["xl/sharedStrings.xml"]).iter(f"{MAIN}si")
        texts = ("".join(text.text or "" for text in item.iter(f"{MAIN}t")) for item in items)
        return [_CODE.sub(lambda match: chr(int(match[1], 16)), text) for text in texts]

    def _read(self, sheet: str, cell: ElementTree.Element, shared: list[str]) -> None:
        key = sheet, cell.get("r", "")
        formula, value = cell.find(f"{MAIN}f"), cell.find(f"{MAIN}v")
        text = None if value is None else value.text or ""
        read: Value = text
        if text is not None and cell.get("t") == "s":
            read = shared[int(text)]
        elif text and cell.get("t", "n") == "n":
            read = float(text)
        elif cell.get("t") == "b":
            read = text == "1"
        if formula is not None:
            self.formulas[key] = formula.text or ""
            self.cached[key] = read
        elif read is not None:
            self.values[key] = read

    def type(self, sheet: str, cell: str, value: Value) -> None:
        """Type a value into a cell; all else is computed anew."""
        assert (sheet, cell) not in self.formulas, f"{sheet}!{cell} has a formula"
        self.values[sheet, cell] = float(value) if type(value) is int else value
        self._known.clear()

    def clear(self, sheet: str, cell: str) -> None:
        self.values.pop((sheet, cell), None)
        self._known.clear()

    def __getitem__(self, key: tuple[str, str]) -> Value:
        if key not in self.formulas:
            return self.values.get(key)
        if key not in self._known:
            value = self._cells.value(parsed(self.formulas[key]), key[0])
            self._known[key] = 0.0 if value is None else value
        return self._known[key]

    def _look(self, text: str, here: str) -> Value:
        match = _REF.fullmatch(text)
        assert match is not None
        sheet = (match[1] or match[2] or here).replace("''", "'")
        assert sheet in self.sheets, f"there is no sheet {sheet}"
        if match[5] is None:
            return self[sheet, match[3] + match[4]]
        assert match[3] == match[5], "ranges are within a column"
        return [self[sheet, f"{match[3]}{row}"] for row in range(int(match[4]), int(match[6]) + 1)]
