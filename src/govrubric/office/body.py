"""The rows below a header -> rows of a scoring table, and what stands among them: sections, totals, notes.

A row of one wide cell is the title of a section, or a note if it reads like one. A row that begins with 合计 is
a total.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from govrubric.diagnostics.diagnostic import Diagnostic
from govrubric.diagnostics.source import Place
from govrubric.lint.clauses.chinese import is_chinese
from govrubric.office.clauses import points_alone
from govrubric.office.grades import grades_of
from govrubric.office.grids import Cell, Grid, Role, Row
from govrubric.office.header import HOW, SCORED, Header, standing
from govrubric.office.headings import bare, role_of, unbracketed

SECTION_LENGTH = 40  # characters of a section's title
_FIGURE = re.compile("[0-9]")
_ORDINAL = re.compile(r"[0-9]+(?:[.-][0-9]+)*|[一二三四五六七八九十]+|[ivx]+|[a-z]")
_AMOUNT = r"(?:\([^()]*\))?[:：]?[0-9.]*分?"
_SUBTOTAL = re.compile(rf"(?:小计|分项合计|本项合计|sub-?total){_AMOUNT}")
_TOTAL = re.compile(
    r"(?:总?合计|总计|总分值?|共计|总得分|(?:分值|得分|总分)合计|合计(?:得分|分值?)|(?:grand)?total(?:score|points|marks)?"
    rf"|sum|overall){_AMOUNT}"
)
_NOTE = re.compile(
    "(?:注|备注|说明|填表说明|note)[:：0-9].*|.*[。；;]|.*(?:签字|签名|签章|盖章|填表人|审核人).*", re.DOTALL
)
# What stands before words about the whole, in a cell of its own or in the same.
_WORDS = re.compile(
    "(?:注|备注|附注|(?:填表|评分|考核|计分)?说明|(?:考核|评定|评价|考评)?(?:等次|等级|档次)(?:评定|划分|设置|标准)?|notes?|grades?)[:：]?"
)
_NOTE_BEGINS = re.compile("(?:注|备注|附注|(?:填表|评分|考核|计分)?说明|notes?)[0-9]?[:：].", re.DOTALL)
_SAYS = re.compile(r"[^\W\d_]")
# What the title of a section covers besides what is scored, and what may stand beside it.
_COVERED: frozenset[Role | None] = frozenset(("number", "standard"))
_BESIDE: frozenset[Role | None] = frozenset(("number", "weight", "self", "official", "assessor", "note"))


def is_total(cell: Cell) -> bool:
    """Whether a cell is the label of a total or of a subtotal."""
    if len(cell.text) > SECTION_LENGTH:
        return False
    text = bare(cell.text)
    return bool(_TOTAL.fullmatch(text) or _SUBTOTAL.fullmatch(text))


class Body:
    """The rows below a header, as far as they were read: `rows`, the lines of notes, and the total.

    They end before the row `end`. `has_merged` says whether any cell of the grid is merged.
    """

    def __init__(self, grid: Grid, header: Header, end: int, has_merged: bool, file: str) -> None:
        self.rows: list[Row] = []
        self.below: list[str] = []
        self.total: Cell | None = None
        self._grid = grid
        self._header = header
        self._file = file
        self._roles = _without_counters(grid.cells[header.last + 1 : end], header)
        self._levels = [column for column, role in enumerate(self._roles) if role == "indicator"]
        self._has_merged = has_merged
        self._section: tuple[Cell, Cell | None] | None = None
        self._has_rows = True  # whether a row stands below the section
        self._last = max(filter(self._says_how, range(header.last + 1, end)), default=end)
        self._above: dict[int, Cell] = {}  # the last cell of each column of indicators
        self._continued: Counter[int] = Counter()  # empty cells that were read as belonging to one above
        self._unread: Counter[int] = Counter()  # cells of columns that have no role

    def read(self, at: int) -> None:
        """Read the next row."""
        cells = standing(self._grid, at)
        if not cells or self._reads_total(cells, at) or self._reads_words(cells, at):
            return
        if self._reads_section(cells, at):
            return
        row = self._grid.cells[at]
        own = {role for role, cell in zip(self._roles, row, strict=True) if cell.lines and cell.row == at}
        if not own & (SCORED | HOW):
            self.below += _lines(cell for cell in cells if cell.row == at)
            return
        for column, (role, cell) in enumerate(zip(self._roles, row, strict=True)):
            self._unread[column] += role is None and cell.column == column and bool(cell.lines)
        levels = self._levels_of(at)
        found: dict[Role, Cell] = {}
        for role in dict.fromkeys(self._roles):
            if role is not None and role != "weight":
                found[role] = self._cell(at, role, levels)
        if levels:
            found["indicator"] = levels[-1][1]
        weights: dict[int, Cell] = {}
        for owner, weight in self._weights(at).items():
            weights.setdefault(_weighed(levels, owner, weight), weight)
        if "weight" in self._roles:
            lowest = levels[-1][0] if levels else self._levels[-1]
            found["weight"] = weights.get(lowest, Cell((), at, self._roles.index("weight")))
        section = [] if self._section is None else [self._section]
        self._has_rows = True
        self.rows.append(
            Row(
                found,
                (*(cell for cell, _ in section), *(cell for _, cell in levels)),
                at + 1,
                (*(weight for _, weight in section), *(weights.get(column) for column, _ in levels)),
            )
        )

    def _reads_total(self, cells: list[Cell], at: int) -> bool:
        """Take a row as a total, of which the cell with the figure counts, or as a subtotal."""
        label = next((cell for cell in cells[:2] if cell.row == at and is_total(cell)), None)
        if label is None:
            return False
        weight = list(self._weights(at).values())
        if not _SUBTOTAL.fullmatch(bare(label.text)):
            self.total = next((one for one in (label, *weight) if _FIGURE.search(one.text)), label)
        others = (cell for cell in cells if cell.row == at and cell not in (label, *weight))
        self.below += _lines(cell for cell in others if not is_total(cell) and not points_alone(cell.text))
        self._begin(None)
        return True

    def _reads_words(self, cells: list[Cell], at: int) -> bool:
        """Take a row that scores nothing as words about the whole: 说明, 注, or what the grades are."""
        own = [cell for cell in cells if cell.row == at]
        if not own or any(_FIGURE.search(weight.text) for weight in self._weights(at).values()):
            return False
        first, *others = own
        text = bare(unbracketed(first.text))
        labels = _WORDS.fullmatch(text) is not None and len(others) > 0
        begins = not others and (_NOTE_BEGINS.match(text) is not None or self._is_note(first, cells, at))
        if not (labels or begins or any(len(grades_of(cell.text)) > 1 for cell in own)):
            return False
        if labels:
            label = f"{first.text.rstrip('：: ')}{'：' if is_chinese(first.text) else ': '}"
            lines = [line for cell in others for line in cell.lines]
            self.below += [f"{label}{line}" for line in lines[:1]] + lines[1:]
        else:
            self.below += [line for cell in own for line in cell.lines]
        return True

    def _is_note(self, first: Cell, cells: list[Cell], at: int) -> bool:
        """Whether the only text of a row is words: at the left a sentence, or below all that is scored."""
        is_left = self._roles[first.column] == "number" or first.column == self._levels[0]
        return is_left and (
            at > self._last or (len(cells) == 1 and _NOTE.fullmatch(bare(first.text)) is not None)
        )

    def _says_how(self, at: int) -> bool:
        """Whether a row has several texts, or one that says how something is scored."""
        cells = standing(self._grid, at)
        return len(cells) > 1 or any(self._over(cell) <= HOW for cell in cells)

    def _reads_section(self, cells: list[Cell], at: int) -> bool:
        """Take a row that is one wide cell as the title of a section, or as a note."""
        wide = cells[0] if len(cells) == 1 else self._across(cells)
        if wide is None or wide.row < at or (len(cells) == 1 and not self._stands_alone(wide)):
            return False
        if _NOTE.fullmatch(bare(wide.text)) or len(wide.text) > SECTION_LENGTH or len(wide.lines) > 1:
            self.below += wide.lines
        else:
            weights = [cell for cell in cells if cell is not wide and "weight" in self._over(cell)]
            self._begin((wide, next(iter(weights), None)))
        return True

    def _begin(self, section: tuple[Cell, Cell | None] | None) -> None:
        """Begin a section, or none; a title without rows below it is kept as words."""
        if self._section is not None and not self._has_rows:
            self.below += self._section[0].lines
        self._section, self._has_rows = section, False
        self._above = {}

    def _over(self, cell: Cell) -> set[Role | None]:
        """The roles of the columns that a cell covers."""
        return set(self._roles[cell.column : cell.column + cell.columns])

    def _across(self, cells: list[Cell]) -> Cell | None:
        """The cell that covers what is scored and its number or how, if nothing else says how."""
        for cell in cells:
            over = self._over(cell)
            if over & SCORED and over & _COVERED:
                others = set().union(*(self._over(one) for one in cells if one is not cell))
                return cell if others <= _BESIDE else None
        return None

    def _stands_alone(self, cell: Cell) -> bool:
        """Whether the only cell of a row is a title: it is wide, or the table has no merged cells at all."""
        if cell.columns > 1:
            return True
        is_first = self._roles[cell.column] == "number" or cell.column == self._levels[0]
        return is_first and not self._has_merged

    def _levels_of(self, at: int) -> list[tuple[int, Cell]]:
        """The indicators of a row, each with its column; an empty cell belongs to the one above it."""
        found: list[tuple[int, Cell]] = []
        is_new = False
        for column in self._levels:
            cell = self._grid.cells[at][column]
            above = self._above.get(column)
            if not cell.lines:
                if is_new or above is None:
                    self._above.pop(column, None)
                    continue
                self._continued[column] += 1
                cell = above
            is_new = is_new or cell is not above
            self._above[column] = cell
            if all(cell is not one for _, one in found):
                found.append((column, cell))
        return found

    def _weights(self, at: int) -> dict[int, Cell]:
        """The weights of a row by the column of the indicator that they belong to.

        A column of weights belongs to the indicators on its left, unless other columns stand between.
        """
        found: dict[int, Cell] = {}
        owner = self._levels[-1]
        for column, role in enumerate(self._roles):
            cell = self._grid.cells[at][column]
            if role == "indicator":
                owner = column
            elif role == "weight" and cell.lines:
                found.setdefault(owner, cell)
            elif role != "weight":
                owner = self._levels[-1]
        return found

    def _cell(self, at: int, role: Role, levels: list[tuple[int, Cell]]) -> Cell:
        """The cell of a role; of several columns the lines of all, those of grades after their headings."""
        columns = [column for column, one in enumerate(self._roles) if one == role]
        cells: dict[int, Cell] = {}
        for column in columns:
            cell = self._grid.cells[at][column]
            known = (*cells.values(), *(one for _, one in levels))
            if cell.lines and all(cell is not one for one in known):
                cells[column] = cell
        if len(cells) < 2:
            return next(iter(cells.values()), Cell((), at, columns[0]))
        lines: list[str] = []
        for column, cell in cells.items():
            heading = self._header.headings[column][-1]
            if role == "standard" and role_of(heading) != role:  # a grade: 优秀, 良好
                lines.append(f"{heading}：{cell.lines[0]}")
                lines += cell.lines[1:]
            else:
                lines += cell.lines
        first = next(iter(cells.values()))
        return first._replace(lines=tuple(lines))

    def notes(self) -> Iterator[Diagnostic]:
        """What was read tolerantly, and the columns that were not read."""
        for code, counted in (("GR815", self._continued), ("GR817", self._unread)):
            for column, number in sorted(counted.items()):
                if number:
                    place = Place(self._file, self._header.last + 1, column + 1, column + 2, "")
                    name = "/".join(self._header.headings[column]) or str(column + 1)
                    yield Diagnostic.of(code, place, table=self._grid.number, number=number, name=name)


def _lines(cells: Iterable[Cell]) -> list[str]:
    """The lines of cells that say something, and not just a number."""
    return [line for cell in cells for line in cell.lines if _SAYS.search(line)]


def _weighed(levels: list[tuple[int, Cell]], owner: int, weight: Cell) -> int:
    """The column of the indicator that a weight is that of, of those up to the column that it belongs to.

    It is the lowest indicator that reaches over as many rows as the weight does, else the highest.
    """
    columns = [(column, cell) for column, cell in levels if column <= owner]
    reaching = [column for column, cell in columns if cell.rows >= weight.rows]
    if reaching:
        return reaching[-1]
    return columns[0][0] if columns else owner


def _without_counters(rows: Sequence[tuple[Cell, ...]], header: Header) -> tuple[Role | None, ...]:
    """The roles of columns; those of indicators that only count are numbers (Item: 1, 2), if not all do."""
    columns = header.of("indicator")
    counters = [column for column in columns if _counts(rows, header, column)]
    counters = counters if len(counters) < len(columns) else []
    return tuple("number" if column in counters else role for column, role in enumerate(header.roles))


def _counts(rows: Sequence[tuple[Cell, ...]], header: Header, column: int) -> bool:
    cells = [row[column] for row in rows if row[column].columns == 1]
    texts = [bare(cell.text) for cell in cells if not is_total(cell)]
    said = [text for text in texts if text and text not in header.headings[column]]
    return bool(said) and all(_ORDINAL.fullmatch(text) for text in said)
