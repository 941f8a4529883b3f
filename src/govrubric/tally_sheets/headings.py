"""The first rows of a sheet -> which of them is the header, and what each of its columns holds.

A heading is the name of an input or its title, one of the labels of a unit, or the evidence or the note of an
input. A title is taken only where no other input has it.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from govrubric.diagnostics.diagnostic import Diagnostic, lang
from govrubric.document import likeness
from govrubric.inputs import inputs_of
from govrubric.scoring.input_names import folded
from govrubric.scoring.scorer import Scorer, labels_of
from govrubric.scoring.tally import VARIANT
from govrubric.tables.columns import absent, input_names
from govrubric.tally_sheets.rows import Row

LOOKED_AT = 30  # rows among which the header is looked for
CELLS = 50_000  # in these rows that are compared with titles
COLUMNS = 200  # findings about a header
CHINESE_LABELS = {
    "单位": "unit",
    "编号": "unit",
    "单位编号": "unit",
    "代码": "unit",
    "名称": "name",
    "单位名称": "name",
    "地区": "name",
    "部门": "name",
}
# What a column beside that of an input holds, by the words that its heading ends in.
BESIDE = {
    "evidence": ("evidence", "自评依据", "考评依据", "依据", "证明材料", "证据"),
    "note": ("note", "notes", "remark", "remarks", "备注", "备考"),
}
NOT_READ = frozenset(("序号", "no", "no.", "#"))  # headings of columns that say nothing of a unit


@dataclass(slots=True)
class Columns:
    """What each column of a sheet holds, by its index.

    `beside` has the columns of evidence and notes: the input, and which of the two. `absent` are the required
    inputs without a column. `found` says what is wrong with the header, and how headings were understood.
    """

    inputs: dict[int, str] = field(default_factory=dict)
    beside: dict[int, tuple[str, str]] = field(default_factory=dict)
    labels: dict[str, int] = field(default_factory=dict)
    absent: frozenset[str] = frozenset()
    found: list[Diagnostic] = field(default_factory=list)


class Headings:
    """What headings mean in the sheets of a rubric."""

    names: frozenset[str]
    labels: tuple[str, ...]

    def __init__(self, rubric: Scorer) -> None:
        self._rubric = rubric
        self._classes = rubric._classes()
        self.names = frozenset(name for one in self._classes for name in one._inputs)
        self.labels = labels_of(rubric)
        self._titled: dict[str, dict[str, None]] = {}
        for one in self._classes:
            for given in inputs_of(one._text, one._plan, lang(one._text.language)):
                for title in (given.title, f"{given.title}({given.unit})"):
                    if any(map(str.isalpha, title)):  # `1.` is no heading
                        self._titled.setdefault(folded(title), {})[given.name] = None
            # The title of an item with several inputs may be that of a column of scores.
            for item in one._plan.items:
                inside = [name for name in one._inputs if name.startswith(f"{item.path}.") or not item.path]
                if len(inside) > 1 and (title := folded(item.item.title)) in self._titled:
                    self._titled[title] |= dict.fromkeys(inside)

    def header_at(self, rows: Sequence[Row], first_line: str) -> int | None:
        """The index of the header: of the first rows, the one with the most names of inputs, or titles.

        Where no row has any, the first may still be one; `first_line` is its text. None of a sheet of another
        kind.
        """
        left, cells = CELLS, []
        for row in rows[:LOOKED_AT]:
            cells.append([cell.strip() for cell in row.cells[:left] if cell.strip()])
            left -= len(row.cells[:left])
        meant = [sum(bool(self.inputs(cell)) for cell in row) for row in cells]
        named = [sum(cell in self.names for cell in row) for row in cells]
        for numbers in (named, meant):
            if any(numbers):
                best = numbers.index(max(numbers))
                first = next((at for at, number in enumerate(meant) if number > 1), best)
                # Titles may stand right above names; but units above a further header are not left out.
                return first if best - first > 1 else best
        return 0 if rows and self.is_header(first_line) else None

    def is_header(self, line: str) -> bool:
        """Whether the first line of a table looks like the header of a tally."""
        return likeness.is_header(line, (*self.names, *self.labels, *CHINESE_LABELS))

    def columns(self, header: Row, filled: frozenset[int]) -> Columns:
        """What the columns of a header hold; `filled` are those with something below the header."""
        reading = _Header(self, header)
        known = input_names(self._rubric._plan, reading.names)
        read = reading.read
        for index, name in enumerate(reading.names):
            if len(read.found) > COLUMNS:
                break
            if not name:
                if index in filled:
                    read.found.append(Diagnostic.of("GR637", header.place(index)))
            elif not reading.add(index):
                near = known.meant(name)
                if near is None:
                    near = known.hints.nearest(name, (*self._rubric._inputs, *self.labels))
                read.found.append(Diagnostic.of("GR601", header.place(index), (name,), name=name, near=near))
        reading.tell()
        self._miss(read, header)
        return read

    def _miss(self, read: Columns, header: Row) -> None:
        """Find the inputs without the column that they must have."""
        classes = self._classes if VARIANT in read.labels else [self._rubric]
        there = tuple(read.inputs.values())
        read.absent = frozenset.intersection(*(frozenset(absent(one._plan, there)) for one in classes))
        for name in sorted(read.absent, key=list(self._rubric._inputs).index):
            read.found.append(Diagnostic.of("GR602", header.whole, (name,), name=name))

    def inputs(self, heading: str) -> tuple[str, ...]:
        """The inputs that have a heading for their name or their title."""
        return (heading,) if heading in self.names else tuple(self._titled.get(folded(heading), ()))


class _Header:
    """A header that is being read, column by column from the left."""

    def __init__(self, headings: Headings, row: Row) -> None:
        self.headings, self.row = headings, row
        self.read = Columns()
        self.names = [cell.strip() for cell in row.cells]
        self._folded = [folded(name) for name in self.names]
        self._counts = Counter(self._folded)
        self._several = sum(bool(name and headings.inputs(name)) for name in self.names) > 1
        self._has_code = any(
            name == "unit" or (name != "单位" and CHINESE_LABELS.get(name) == "unit") for name in self.names
        )
        self._taken: set[object] = set()  # what has a column
        self._understood: list[tuple[int, str]] = []  # the headings that are no names, and what they mean
        self._left_out: list[int] = []

    def add(self, index: int) -> bool:
        """Add a column; False if its heading means nothing."""
        name = self.names[index]
        if (label := self._label(name)) is not None:
            if self._take(index, label, label):
                self.read.labels[label] = index
        elif len(inputs := self.headings.inputs(name)) == 1:
            if self._take(index, inputs[0], inputs[0]):
                self.read.inputs[index] = inputs[0]
        elif inputs:
            self._find(index, Diagnostic.of("GR868", None, (), name=name, known=", ".join(inputs)))
        elif (beside := self._beside(index)) is not None:
            if not beside[0]:
                self._left_out.append(index)
            elif self._take(index, beside, name):
                self.read.beside[index] = beside
        elif self._folded[index] in NOT_READ:
            self._left_out.append(index)
        else:
            return not self._take(index, name, name)
        return True

    def tell(self) -> None:
        """Tell which headings were understood, and which columns were not read."""
        if self._understood:
            said = ", ".join(f"{self.names[index]} = {meant}" for index, meant in self._understood)
            number = len(self._understood)
            self._find(self._understood[0][0], Diagnostic.of("GR881", None, (), number=number, known=said))
        if self._left_out:
            said = ", ".join(self.names[index] for index in self._left_out)
            self._find(self._left_out[0], Diagnostic.of("GR882", None, (), what="columns", known=said))

    def _take(self, index: int, what: object, meant: str) -> bool:
        """Give something its column; False where it has one already, which is told."""
        if what in self._taken:
            self._find(index, Diagnostic.of("GR631", None, (meant,), name=meant))
            return False
        self._taken.add(what)
        if meant != self.names[index]:
            self._understood.append((index, meant))
        return True

    def _find(self, index: int, finding: Diagnostic) -> None:
        self.read.found.append(replace(finding, place=self.row.place(index)))

    def _label(self, name: str) -> str | None:
        """The label of a unit that a heading means. 单位 is its name where another column has its code."""
        if name in self.headings.labels:
            return name
        return "name" if name == "单位" and self._has_code else CHINESE_LABELS.get(name)

    def _beside(self, index: int) -> tuple[str, str] | None:
        """The input whose evidence or note a column holds, and which of the two.

        The input is empty where the column is about the whole row: its heading names no input, and stands
        only once, though there are several inputs.
        """
        text = self._folded[index]
        for kind, words in BESIDE.items():
            if text in words:
                if self._counts[text] == 1 and self._several:
                    return "", kind
                return self.read.inputs.get(index - 1) or self.read.beside.get(index - 1, ("",))[0], kind
            for word in words:
                for whole in (self.names[index], text):  # a name keeps its underscores
                    if whole.rstrip(")）").endswith(word):
                        base = whole.rstrip(")）").removesuffix(word).rstrip(".(（")
                        if len(inputs := self.headings.inputs(base)) == 1:
                            return inputs[0], kind
        return None
