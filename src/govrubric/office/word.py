"""A Word file (.docx) -> its tables, as they would be printed with all changes accepted.

ECMA-376 part 1, 17. Text boxes, pictures, headers, footers and notes at the foot of a page are no part of it.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from xml.etree.ElementTree import Element

from govrubric.diagnostics.diagnostic import Diagnostic
from govrubric.document.package import Package
from govrubric.office.grids import CELLS_LIMIT, Cell, Grid, filled, lines_of
from govrubric.office.numbering import Numbering, number, value

# What holds paragraphs, tables, rows or cells without being one.
_AROUND = frozenset(("sdt", "sdtContent", "customXml", "ins", "moveTo", "smartTag"))
# What is not read at all: drawings and text boxes, and how things looked before a change.
_WITHOUT = frozenset((
    "AlternateContent", "drawing", "pict", "object", "sectPr", "tblGrid", "sdtEndPr", "rt",
    "pPrChange", "rPrChange", "sectPrChange", "tblPrChange", "tblGridChange", "trPrChange", "tcPrChange",
    "numberingChange",
))  # fmt: skip
_ENDS = ("rPr/del", "rPr/moveFrom")  # how the end of a paragraph is said to be deleted
_NO_STYLE_LIST = frozenset(("rPr", "tblPr", "trPr", "tcPr", "tblStylePr", "latentStyles", "docDefaults"))
_BREAKS = {"tab": " ", "ptab": " ", "br": "\n", "cr": "\n", "noBreakHyphen": "-", "sym": "□"}
BASES = 20  # styles that a style may rest on, one upon the other

TITLE_LENGTH, TITLES = 60, 5
# A paragraph that is no title of the table after it: a note, a rule, a sentence, an item of a list.
_NO_TITLE = re.compile(
    "(?:[（(]?[一二三四五六七八九十]+[）)、.])?(?:注|备注|说明|一票否决|否决|加分|扣分|附加|note)"
    "|[（(]?[0-9]+[）).、]|[①-⑳]|.*[。；;：:，,]$",
    re.IGNORECASE | re.DOTALL,
)


def grids_of(package: Package, main_part: str) -> tuple[Grid, ...]:
    """Every table of a document, those within cells too, in the order in which they begin."""
    related = {kind: part for kind, part in package.related(main_part).values() if part in package.parts}
    numbering = Numbering()
    if "numbering" in related:
        numbering = Numbering.of(package.tree(related["numbering"], _WITHOUT))
    styles = {}
    if "styles" in related:
        styles = _lists_of_styles(package.tree(related["styles"], _NO_STYLE_LIST))
    reader = _Reader(package, numbering, styles)
    body = package.tree(main_part, _WITHOUT)
    return reader.document(body)


def _lists_of_styles(root: Element) -> dict[str, tuple[str, int]]:
    """The list and the level of each style of paragraphs that has one, of its own or of what it rests on."""
    own: dict[str, tuple[str, int]] = {}
    based: dict[str, str] = {}
    for style in root.iter("style"):
        name = style.get("styleId", "")
        based[name] = value(style, "basedOn")
        if (listed := style.find("pPr/numPr")) is not None:
            own[name] = value(listed, "numId"), number(value(listed, "ilvl"))
    found = {}
    for name in based:
        at = name
        for _ in range(BASES):
            if at in own:
                found[name] = own[at]
                break
            at = based.get(at, "")
    return found


@dataclass(slots=True)
class _Told:
    """What was read tolerantly so far, in numbers."""

    tracked: int = 0
    hidden: int = 0
    struck: int = 0
    unseen: int = 0
    nested: int = 0
    formulas: int = 0


@dataclass(slots=True)
class _Merging:
    """A cell that later rows may still make higher."""

    lines: tuple[str, ...]
    row: int
    column: int
    columns: int
    rows: int = 1


class _Reader:
    """Reads a document once, from its beginning to its end, since its lists count as they are met."""

    def __init__(self, package: Package, numbering: Numbering, styles: dict[str, tuple[str, int]]) -> None:
        self._package = package
        self._numbering = numbering
        self._styles = styles
        self._told = _Told()
        self._carried = ""  # the text of paragraphs whose end was deleted, for the next
        self._tables = 0
        self._places = 0
        self._inner: list[Grid] = []

    def document(self, root: Element) -> tuple[Grid, ...]:
        found: list[Grid] = []
        paragraphs: list[str] = []
        for block in self._blocks(root.find("body"), "p", "tbl"):
            if block.tag == "p":
                paragraphs += self._paragraph(block)
                continue
            paragraphs += self._rest()
            below, title = _parted(paragraphs)
            if found:
                found[-1] = found[-1]._replace(below=below)
            found.append(self._table(block)._replace(title=title))
            paragraphs = []
        if found:
            found[-1] = found[-1]._replace(below=(*paragraphs, *self._rest()))
        return tuple(sorted([*found, *self._inner], key=lambda grid: grid.number))

    def _blocks(self, parent: Element | None, *names: str) -> Iterator[Element]:
        """The elements of some names that stand in another, or in a content control or the like in it."""
        for child in () if parent is None else parent:
            if child.tag in names:
                yield child
            elif child.tag in _AROUND:
                yield from self._blocks(child, *names)

    def _table(self, table: Element) -> Grid:
        self._tables += 1
        number_ = self._tables
        before = replace(self._told)
        cells: list[_Merging] = []
        above: dict[int, _Merging] = {}
        rows = columns = 0
        for row in self._blocks(table, "tr"):
            if row.find("trPr/del") is not None:
                self._told.tracked += 1
                continue
            above, width = self._row(row, rows, above, cells)
            rows += 1
            columns = max(columns, width)
        self._places += rows * columns
        if self._places > CELLS_LIMIT:
            raise self._package.refused("GR807", limit=CELLS_LIMIT, what="cells", cell="")
        made = [Cell(one.lines, one.row, one.column, one.rows, one.columns) for one in cells]
        notes = tuple(self._notes(number_, before))
        return Grid("", number_, (), (), filled(made, rows, columns), notes)

    def _row(
        self, row: Element, at: int, above: dict[int, _Merging], cells: list[_Merging]
    ) -> tuple[dict[int, _Merging], int]:
        """Read a row: the cells that stand in it by their columns, and how many columns it has."""
        if row.find("trPr/ins") is not None:
            self._told.tracked += 1
        there: dict[int, _Merging] = {}
        properties = row.find("trPr")
        column = 0 if properties is None else number(value(properties, "gridBefore"))
        for cell in self._blocks(row, "tc"):
            if cell.find("tcPr/cellDel") is not None:
                self._told.tracked += 1
                continue
            properties = cell.find("tcPr")
            lines = self._cell(cell)
            columns, merged = 1, None
            if properties is not None:
                columns = max(1, number(value(properties, "gridSpan")))
                merged = properties.find("vMerge")
            over = above.get(column)
            if merged is not None and merged.get("val") != "restart" and over and over.columns == columns:
                over.rows += 1
                there[column] = over
            else:
                there[column] = _Merging(lines, at, column, columns)
                cells.append(there[column])
            column += columns
        return there, column

    def _cell(self, cell: Element) -> tuple[str, ...]:
        lines: list[str] = []
        for block in self._blocks(cell, "p", "tbl"):
            if block.tag == "p":
                lines += self._paragraph(block)
            else:
                lines += self._rest()
                self._told.nested += 1
                self._inner.append(inner := self._table(block))
                lines += filter(None, map(_as_line, inner.cells))
        return (*lines, *self._rest())

    def _rest(self) -> tuple[str, ...]:
        """The lines of what no further paragraph takes up."""
        text, self._carried = self._carried, ""
        return self._lines(text)

    def _paragraph(self, paragraph: Element) -> tuple[str, ...]:
        """The lines of a paragraph, its number before the first; none while its end is deleted."""
        text = self._carried + "".join(self._texts(paragraph))
        self._carried = ""
        properties = paragraph.find("pPr")
        if any(properties is not None and properties.find(mark) is not None for mark in _ENDS):
            self._told.tracked += 1
            self._carried = text
            return ()
        lines = self._lines(text)
        counted = self._number(properties)
        if not counted:
            return lines
        first, *rest = lines or ("",)
        # A Latin word needs a space after the number, and a Chinese one has none.
        return f"{counted} {first}" if first[:1].isascii() and first else f"{counted}{first}", *rest

    def _number(self, properties: Element | None) -> str:
        if properties is None:
            return ""
        list_, level = self._styles.get(value(properties, "pStyle"), ("", 0))
        if (own := properties.find("numPr")) is not None:
            list_, level = value(own, "numId") or list_, number(value(own, "ilvl"))
        (lines, _) = lines_of(self._numbering.next(list_, level))
        return "".join(lines)

    def _lines(self, text: str) -> tuple[str, ...]:
        lines, changed = lines_of(text)
        self._told.unseen += changed
        return lines

    def _texts(self, parent: Element) -> Iterator[str]:
        """The pieces of text in an element, as they are printed."""
        for child in parent:
            if child.tag in ("t", "m:t"):
                yield child.text or ""
            elif child.tag in _BREAKS:
                yield _BREAKS[child.tag]
            elif child.tag in ("del", "moveFrom"):
                self._told.tracked += 1
            elif child.tag == "r" and _is_on(child, "vanish"):
                self._told.hidden += 1
            elif child.tag == "r" and (_is_on(child, "strike") or _is_on(child, "dstrike")):
                self._told.struck += 1
            elif child.tag == "m:oMath":
                self._told.formulas += 1
                yield from self._texts(child)
            elif child.tag == "m:f":
                over, under = ("".join(self._texts(part)) for part in _fraction(child))
                yield f"({over})/({under})"
            elif child.tag not in ("pPr", "rPr", "sdtPr"):
                self._told.tracked += child.tag in ("ins", "moveTo")
                yield from self._texts(child)

    def _notes(self, table: int, before: _Told) -> Iterator[Diagnostic]:
        for code, count in (
            ("GR810", self._told.hidden - before.hidden),
            ("GR811", self._told.tracked - before.tracked),
            ("GR813", self._told.unseen - before.unseen),
            ("GR814", self._told.nested - before.nested),
            ("GR816", self._told.formulas - before.formulas),
            ("GR819", self._told.struck - before.struck),
        ):
            if count:
                said = {"what": "pieces of text", "names": ""} if code == "GR810" else {}
                yield Diagnostic.of(code, self._package.place, table=table, number=count, **said)


def _is_on(run: Element, name: str) -> bool:
    """Whether a run of text has a property that is on or off."""
    found = run.find(f"rPr/{name}")
    return found is not None and found.get("val") not in ("0", "false", "off")


def _fraction(fraction: Element) -> tuple[Element, Element]:
    """What stands over and under the line of a fraction; an empty element for what is missing."""
    over, under = (fraction.find(name) for name in ("m:num", "m:den"))
    empty = Element("m:e")
    return empty if over is None else over, empty if under is None else under


def _as_line(row: tuple[Cell, ...]) -> str:
    """A row of a table within a cell as a line of that cell."""
    texts = [" ".join(cell.lines) for column, cell in enumerate(row) if cell.column == column]
    return " | ".join(texts) if any(texts) else ""


def _parted(paragraphs: list[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Paragraphs before a table -> those that belong to the table before it, and the titles of this one."""
    at = len(paragraphs)
    while at and len(paragraphs) - at < TITLES:
        if len(paragraphs[at - 1]) > TITLE_LENGTH or _NO_TITLE.match(paragraphs[at - 1]):
            break
        at -= 1
    return tuple(paragraphs[:at]), tuple(paragraphs[at:])
