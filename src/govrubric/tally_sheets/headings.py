"""The first rows of a sheet -> which of them is the header, and what each of its columns holds.

A heading is the name of an input or its title, one of the labels of a unit, or the evidence or the note of an
input. A title is taken only where no other input has it.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

from govrubric.diagnostics.diagnostic import Diagnostic, lang
from govrubric.document import likeness
from govrubric.inputs import inputs_of
from govrubric.scoring.input_names import folded
from govrubric.scoring.scorer import Scorer, labels_of
from govrubric.scoring.tally import VARIANT
from govrubric.tables.columns import absent, input_names
from govrubric.tally_sheets.rows import Row

LOOKED_AT = 30  # rows among which the header is looked for
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

    def __init__(self, rubric: Scorer) -> None:
        self._rubric = rubric
        self._classes = rubric._classes()
        self.names = {name for one in self._classes for name in one._inputs}
        self.labels = labels_of(rubric)
        self._titled: dict[str, dict[str, None]] = {}
        for one in self._classes:
            for given in inputs_of(one._text, one._plan, lang(one._text.language)):
                for title in (given.title, f"{given.title}({given.unit})"):
                    if any(map(str.isalpha, title)):  # `1.` is no heading
                        self._titled.setdefault(folded(title), {})[given.name] = None
            # The title of an item with several inputs may be that of a column of scores, and means none of them.
            for item in one._plan.items:
                inside = [name for name in one._inputs if name.startswith(f"{item.path}.") or not item.path]
                if len(inside) > 1 and (title := folded(item.item.title)) in self._titled:
                    self._titled[title] |= dict.fromkeys(inside)

    def header_at(self, rows: Sequence[Row], first_line: str) -> int | None:
        """The index of the header: of the first rows, the one with the most names of inputs, or titles.

        Where no row has any, the first may still be one; `first_line` is its text. None of a sheet of another
        kind.
        """
        cells = [[cell.strip() for cell in row.cells] for row in rows[:LOOKED_AT]]
        for known in (self.names.__contains__, self._inputs):
            numbers = [sum(bool(known(cell)) for cell in row) for row in cells]
            if any(numbers):
                return numbers.index(max(numbers))
        return 0 if rows and self.is_header(first_line) else None

    def is_header(self, line: str) -> bool:
        """Whether the first line of a table looks like the header of a tally."""
        return likeness.is_header(line, (*self.names, *self.labels, *CHINESE_LABELS))

    def columns(self, header: Row, filled: frozenset[int]) -> Columns:
        """What the columns of a header hold; `filled` are those with something below the header."""
        read = Columns()
        names = [cell.strip() for cell in header.cells]
        known = input_names(self._rubric._plan, names)
        understood: list[tuple[int, str]] = []  # the headings that were not names, and what they were read as
        left_out: list[int] = []
        for index, name in enumerate(names):
            place = header.place(index)
            if not name:
                if index in filled:
                    read.found.append(Diagnostic.of("GR637", place))
                continue
            label = self._label(name, names)
            inputs = self._inputs(name)
            if label is None and not inputs and (beside := self._beside(index, read, names)):
                if beside[0]:
                    read.beside[index] = beside
                else:
                    left_out.append(index)
            elif label is None and not inputs:
                if folded(name) in NOT_READ:
                    left_out.append(index)
                elif names.index(name) == index:
                    near = known.meant(name)
                    if near is None:
                        near = known.hints.nearest(name, (*self._rubric._inputs, *self.labels))
                    read.found.append(Diagnostic.of("GR601", place, (name,), name=name, near=near))
                else:
                    read.found.append(Diagnostic.of("GR631", place, (name,), name=name))
            elif label is None and len(inputs) > 1:
                read.found.append(Diagnostic.of("GR868", place, name=name, known=", ".join(inputs)))
            else:
                meant = label or inputs[0]
                if meant in read.labels or meant in read.inputs.values():
                    read.found.append(Diagnostic.of("GR631", place, (meant,), name=meant))
                    continue
                if meant != name:
                    understood.append((index, meant))
                if label is None:
                    read.inputs[index] = meant
                else:
                    read.labels[label] = index
        read.found = read.found[:COLUMNS]
        self._tell(read, header, understood, left_out)
        self._miss(read, header)
        return read

    def _miss(self, read: Columns, header: Row) -> None:
        """Find the inputs without the column that they must have."""
        classes = self._classes if VARIANT in read.labels else [self._rubric]
        there = tuple(read.inputs.values())
        read.absent = frozenset.intersection(*(frozenset(absent(one._plan, there)) for one in classes))
        for name in sorted(read.absent, key=list(self._rubric._inputs).index):
            read.found.append(Diagnostic.of("GR602", header.whole, (name,), name=name))

    def _tell(
        self, read: Columns, header: Row, understood: list[tuple[int, str]], left_out: list[int]
    ) -> None:
        """Tell which headings were understood, and which columns were not read."""
        if understood:
            said = ", ".join(f"{header.cells[index].strip()} = {meant}" for index, meant in understood)
            place = header.place(understood[0][0])
            read.found.append(Diagnostic.of("GR881", place, number=len(understood), known=said))
        if left_out:
            said = ", ".join(header.cells[index].strip() for index in left_out)
            read.found.append(Diagnostic.of("GR882", header.place(left_out[0]), what="columns", known=said))

    def _inputs(self, heading: str) -> tuple[str, ...]:
        """The inputs that have a heading for their name or their title."""
        name = heading.strip()
        return (name,) if name in self.names else tuple(self._titled.get(folded(name), ()))

    def _label(self, name: str, names: Sequence[str]) -> str | None:
        """The label of a unit that a heading means. 单位 is its name where another column has its code."""
        if name in self.labels:
            return name
        if name == "单位" and any(
            other == "unit" or (other != name and CHINESE_LABELS.get(other) == "unit") for other in names
        ):
            return "name"
        return CHINESE_LABELS.get(name)

    def _beside(self, index: int, read: Columns, names: Sequence[str]) -> tuple[str, str] | None:
        """The input whose evidence or note a column holds, and which of the two.

        The input is empty where the column is about the whole row: its heading names no input, and stands
        only once, though there are several inputs.
        """
        text = folded(names[index])
        for kind, words in BESIDE.items():
            if text in words:
                once = [folded(name) for name in names].count(text) == 1
                if once and sum(bool(self._inputs(name)) for name in names) > 1:
                    return "", kind
                return read.inputs.get(index - 1) or read.beside.get(index - 1, ("",))[0], kind
            for word in words:
                for whole in (names[index], text):  # a name keeps its underscores
                    if whole.rstrip(")）").endswith(word):
                        inputs = self._inputs(whole.rstrip(")）").removesuffix(word).rstrip(".(（"))
                        if len(inputs) == 1:
                            return inputs[0], kind
        return None
