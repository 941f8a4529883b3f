"""Scoring table -> its indicators as a tree of items, each with its weight, its clauses, and what is asked.

A weight is never changed. Where the weights of parts do not add up, an item for the rest or a scale makes the
tree whole, with a question.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from govrubric.lint.clauses.chinese import folded, is_chinese, read
from govrubric.numbers import written
from govrubric.office.assignment import Wording, assigned
from govrubric.office.clauses import (
    Clause,
    Points,
    Position,
    clauses_of,
    cleaned,
    points_alone,
    points_at_end,
    points_in,
    unnumbered,
)
from govrubric.office.grids import Cell, Role, Row, ScoringTable
from govrubric.office.questions import Question

_GIVES = re.compile(r"加分|附加|奖励|bonus|extra", re.IGNORECASE)
_TAKES = re.compile(r"扣分|减分|倒扣|penalt", re.IGNORECASE)
NONE = Question("title")
VETO = re.compile("一票否决")
_HEADING = re.compile(r"^([^:。;,]{2,14}):")
_STOP = re.compile(r"[。;,:]|\. |\n")


@dataclass(slots=True)
class Standard:
    """A clause that says how points are given, and what is asked about where it belongs."""

    clause: Clause
    question: Question | None = None


@dataclass(slots=True)
class Node:
    """An item of the table.

    `requirements` are what it asks for, `standards` how it is scored. `scale` is the sum of its parts where
    that is more than its weight. `questions` are asked at the line of a key. An item that is `extra` comes on
    top of the full marks; of a `rest` the table has no words.
    """

    title: str
    at: Position
    weight: Fraction | None = None
    parts: list["Node"] = field(default_factory=list)
    requirements: list[Clause] = field(default_factory=list)
    standards: list[Standard] = field(default_factory=list)
    assessor: str = ""
    note: str = ""
    extra: bool = False
    rest: bool = False
    scale: Fraction | None = None
    questions: dict[str, Question] = field(default_factory=dict)
    number: int | None = None

    @property
    def wording(self) -> str:
        """What it asks for, as one text."""
        return "\n".join(clause.text for clause in self.requirements)


@dataclass(slots=True)
class Outline:
    """The whole of a table: what it comes to, its items and vetoes, and what is asked about the whole."""

    total: Fraction
    scale: Fraction | None
    items: list[Node]
    vetoes: list[Clause]
    questions: dict[str, Question]


@dataclass(slots=True)
class _Group:
    """A node with its rows of the table, before these are read; its `own` rows are of no group within it."""

    key: tuple[int, int] | None
    text: str
    node: Node
    weight: Cell | None
    rows: list[Row] = field(default_factory=list)
    own: list[Row] = field(default_factory=list)
    groups: list["_Group"] = field(default_factory=list)


def outline(table: ScoringTable, told: Fraction | None = None) -> Outline:
    """The tree of a scoring table, with a weight for each item that is not extra.

    `told` is the total that the words around the table say; the total in the table goes before it.
    """
    groups: list[_Group] = []
    for row in table.rows:
        _place(row, table.grid.number, groups)
    nodes = [_read(group) for group in groups]
    vetoes = [clause for node in nodes if VETO.search(node.title) for clause in _clauses_within(node)]
    total = points_alone(table.total.text) if table.total else None
    items = [node for node in nodes if not VETO.search(node.title)]
    return _settled(items, vetoes, total.points if total else told)


def _place(row: Row, table: int, groups: list[_Group]) -> None:
    """Put a row into the group of its titles, which is the last one where they are the same or empty."""
    weights = {level: weight for level, weight in zip(row.levels, row.weights, strict=False) if weight}
    levels = list(dict.fromkeys(row.levels))
    says = any(_text(row.cells.get(role)) for role in ("requirement", "standard"))
    if not says and not any(map(_text, levels)):
        return
    siblings, group = groups, None
    for cell in levels:
        text, last = _text(cell), siblings[-1] if siblings else None
        if last is not None and _goes_on(last, cell, text, is_lowest=cell is levels[-1]):
            group = last
        elif not text and group is not None:
            continue
        else:
            group = _Group((cell.row, cell.column), text, _node(text, table, row), weights.get(cell))
            siblings.append(group)
        group.rows.append(row)
        siblings = group.groups
    if group is None:
        group = _Group(None, "", _node("", table, row), None, [row])
        siblings.append(group)
    group.own.append(row)


def _node(title: str, table: int, row: Row) -> Node:
    return Node(title, Position(table, row.at))


def _goes_on(last: _Group, cell: Cell, text: str, *, is_lowest: bool) -> bool:
    """Whether a cell is the last group's, is empty, or repeats the title of a level above others."""
    return not text or last.key == (cell.row, cell.column) or (text == last.text and not is_lowest)


def _text(cell: Cell | None) -> str:
    """The text of a cell on one line."""
    if cell is None:
        return ""
    words = [text for line in cell.lines for part in line.split("\n") if (text := cleaned(part))]
    return ("" if is_chinese("".join(words)) else " ").join(words)


def _read(group: _Group, above: frozenset[tuple[int, int]] = frozenset()) -> Node:
    """The node of a group, with all that its rows say; `above` are cells of points of the items around it."""
    node, first = group.node, group.rows[0]
    for row in (group.own if group.groups else group.rows)[:1]:
        node.assessor, node.note = _who(row)
    _name(node)
    cell = group.weight or _only(group.rows, "weight")
    if cell is not None and (cell.row, cell.column) not in above and (points := points_alone(cell.text)):
        above |= {(cell.row, cell.column)}
        _weigh(node, points)
    if group.groups:
        node.parts = [_read(inner, above) for inner in group.groups]
        _lift(node)
        for row in group.own:
            node.requirements += _clauses(row, "requirement", node.at.table)
            _hand_out(node, _clauses(row, "standard", node.at.table))
    elif len(group.rows) == 1:
        _read_row(node, first)
    else:
        _read_rows(node, group.rows)
    return node


def _who(row: Row) -> tuple[str, str]:
    """Who assesses what a row asks for, and what is noted of it."""
    return _text(row.cells.get("assessor")), _text(row.cells.get("note"))


def _take_over(node: Node, parts: Sequence[Node]) -> None:
    """Put in who assesses parts that become one with their item, and what is noted of them."""
    for name in ("assessor", "note"):
        said = dict.fromkeys(getattr(one, name) for one in (node, *parts))
        setattr(node, name, "；".join(filter(None, said)))


def _name(node: Node) -> None:
    """Take the number and the points out of a title."""
    title, points = points_at_end(node.title)
    node.title = unnumbered(title)
    if points is not None:
        _weigh(node, points)


def _weigh(node: Node, points: Points) -> None:
    """Give a node points where it has none yet."""
    if node.weight is None:
        node.weight = points.points
        if points.percent:
            node.questions["weight"] = Question("percent", f"{written(points.points)}%")


def _only(rows: Sequence[Row], role: Role) -> Cell | None:
    """The only cell of a role that some rows have with a text."""
    cells = {(cell.row, cell.column): cell for row in rows if (cell := row.cells.get(role)) and _text(cell)}
    return next(iter(cells.values())) if len(cells) == 1 else None


def _lift(node: Node) -> None:
    """The only part of an item has all of its points; what several rows share belongs to the item."""
    if len(node.parts) == 1 and node.parts[0].weight is None:
        node.parts[0].weight = node.weight
    for name in ("assessor", "note"):
        values = {getattr(part, name) for part in node.parts}
        if len(values) == 1 and getattr(node, name) in ("", *values):
            setattr(node, name, values.pop())
            for part in node.parts:
                setattr(part, name, "")


def _read_row(node: Node, row: Row) -> None:
    """The requirements and standards of a row; requirements that say points become parts."""
    requirements = _clauses(row, "requirement", node.at.table)
    if not node.title:
        _entitle(node, requirements or _clauses(row, "standard", node.at.table))
    _divide(node, requirements)
    _hand_out(node, _clauses(row, "standard", node.at.table))


def _read_rows(node: Node, rows: list[Row]) -> None:
    """Several rows of an item, each of which is a part where it has words of its own."""
    seen: set[tuple[int, int]] = set()
    standards: list[Clause] = []
    said = [_who(row) for row in rows]
    if len({who for who in said if any(who)}) > 1:
        node.assessor = node.note = ""
    for row in rows:
        part = Node("", node.at._replace(row=row.at))
        if not (node.assessor or node.note):
            part.assessor, part.note = _who(row)
        own: list[Clause] = []
        for role in ("requirement", "standard"):
            cell = row.cells.get(role)
            if cell is None or (cell.row, cell.column) in seen:
                continue
            seen.add((cell.row, cell.column))
            clauses = _clauses(row, role, node.at.table)
            if role == "requirement":
                part.requirements = clauses
            elif cell.rows > 1:
                standards += clauses
            else:
                own = clauses
        if not part.requirements and not own:
            continue
        if not part.requirements and node.parts:
            _hand_out(node.parts[-1], own)
            continue
        requirements, part.requirements = part.requirements, []
        _entitle(part, requirements or own)
        cell = _only([row], "weight")
        if cell is not None and _only(rows, "weight") is None and (points := points_alone(cell.text)):
            _weigh(part, points)
        _divide(part, requirements)
        _hand_out(part, own)
        node.parts.append(part)
    _hand_out(node, standards)


def _clauses(row: Row, role: Role, table: int) -> list[Clause]:
    """The clauses of a row's cell."""
    cell = row.cells.get(role)
    return clauses_of(cell.lines, table, row.at) if cell else []


def _entitle(node: Node, clauses: Sequence[Clause]) -> None:
    """The title of an item that the table gives none: its heading, or its first words."""
    node.title = heading(clauses[0].text) if clauses else ""


def heading(text: str) -> str:
    """The words before the first stop of a clause, without points in brackets."""
    plain = folded(text)
    found = _HEADING.match(plain) or _STOP.search(plain)
    end = len(text)
    if found is not None:
        end = found.end(1) if found.re is _HEADING else found.start()
    return points_at_end(text[:end])[0] or text[:end]


def _divide(node: Node, clauses: list[Clause]) -> None:
    """Requirements that say points of their own become parts of an item; the others stay with it."""
    weights = [points_in(clause.text) for clause in clauses]
    if len(clauses) == 1 and weights[0] is not None:
        _weigh(node, weights[0])
    said = [points for points in weights if points is not None]
    if not said or (len(clauses) == 1 and said[0].points == node.weight):
        node.requirements = clauses
        return
    for clause, points in zip(clauses, weights, strict=True):
        if points is None:
            node.requirements.append(clause)
            node.questions.setdefault("clause", Question("unweighted", clause.text))
        else:
            part = Node(heading(clause.text), clause.at, requirements=[clause], number=clause.number)
            _weigh(part, points)
            node.parts.append(part)


def _hand_out(node: Node, clauses: list[Clause]) -> None:
    """Each standard to the part that it speaks of, or to the item."""
    parts = [Wording(part.number, part.title, part.wording or part.title) for part in node.parts]
    for clause, (targets, question) in zip(clauses, assigned(node.title, parts, clauses), strict=True):
        for target in targets:
            node.parts[target].standards.append(Standard(clause, question))
        if not targets:
            node.standards.append(Standard(clause, question))


def _clauses_within(node: Node) -> Iterator[Clause]:
    """Every clause of an item and of its parts; its title where it has none."""
    if node.title and not node.requirements and not node.standards and not node.parts:
        yield Clause(node.title, None, node.at)
    yield from node.requirements
    yield from (standard.clause for standard in node.standards)
    for part in node.parts:
        yield from _clauses_within(part)


def _settled(items: list[Node], vetoes: list[Clause], total: Fraction | None) -> Outline:
    """The tree with a weight for each item; sums that do not fit are made whole, and asked about."""
    for item in items:
        _collapse(item)
        _sum_up(item)
    _set_extras(items, total)
    questions: dict[str, Question] = {}
    whole = Node("", Position(0, 0), total, items)
    counted = [item for item in items if not item.extra]
    if total is None:
        for item in counted:
            if item.weight is None:
                item.weight = Fraction(1)
                item.questions["weight"] = Question("no_points")
        whole.weight = sum((item.weight or Fraction(0) for item in counted), Fraction(0))
        questions["total"] = Question("total")
    _fit(whole)
    if "scale" in whole.questions:
        questions["out_of"] = whole.questions["scale"]
    if whole.weight == 100 and "scale" not in whole.questions:
        for item in items:
            for part in (item, *_within(item)):
                if part.questions.get("weight", NONE).kind == "percent":
                    del part.questions["weight"]  # of 100 points a share is as many points
    return Outline(whole.weight or Fraction(1), whole.scale, whole.parts, vetoes, questions)


def _collapse(node: Node) -> None:
    """Parts without points are no items: their words and standards belong to the item around them."""
    for part in node.parts:
        _collapse(part)
    if node.parts and all(part.weight is None and not part.parts for part in node.parts):
        _take_over(node, node.parts)
        for part in node.parts:
            title = Clause(part.title, None, part.at)
            told = part.wording or "\n".join(each.clause.text for each in part.standards)
            if part.title and not told.startswith(part.title):
                node.requirements.append(title)
            node.requirements += part.requirements
            node.standards += part.standards
        node.parts = []


def _sum_up(node: Node) -> None:
    """An item without points has those of its parts together, where each has some."""
    for part in node.parts:
        _sum_up(part)
    if node.weight is None and node.parts and all(part.weight is not None for part in node.parts):
        node.weight = sum((part.weight or Fraction(0) for part in node.parts), Fraction(0))
        node.questions["weight"] = Question("summed")


def _set_extras(items: list[Node], total: Fraction | None) -> None:
    """Items called 加分项 or 扣分项 are extra, unless the total counts them in with points of their own."""
    named = [item for item in items if _GIVES.search(item.title) or _TAKES.search(item.title)]
    counted = sum((item.weight or Fraction(0) for item in items), Fraction(0))
    on_top = sum((item.weight or Fraction(0) for item in named), Fraction(0))
    if (total is not None and counted == total and on_top) or len(named) == len(items):
        return
    for item in named:
        item.extra = True
        _flatten(item)
        if counted - on_top != total:
            item.questions["extra"] = Question("extra")


def is_taking(title: str) -> bool:
    """Whether an item of this title takes points: 扣分项."""
    return _TAKES.search(title) is not None and _GIVES.search(title) is None


def _flatten(item: Node) -> None:
    """The parts of an extra item are its standards: what they weigh is said in their clauses."""
    _take_over(item, list(_within(item)))
    for part in _within(item):
        item.requirements += part.requirements
        item.standards += part.standards
    item.parts = []


def _within(item: Node) -> Iterator[Node]:
    """The parts of an item at any depth."""
    for part in item.parts:
        yield part
        yield from _within(part)


def _fit(node: Node) -> None:
    """Make the weights of parts add up: shares for those without, an item for the rest, or a scale."""
    parts = [part for part in node.parts if not part.extra]
    weight = node.weight or Fraction(0)
    missing = [part for part in parts if part.weight is None]
    known = sum((part.weight or Fraction(0) for part in parts), Fraction(0))
    for part in missing:
        part.weight = (weight - known) / len(missing) if known < weight else Fraction(1)
        part.questions["weight"] = Question("shared" if known < weight else "no_points")
    in_all = sum((part.weight or Fraction(0) for part in parts), Fraction(0))
    asked = {"number": written(in_all), "other": written(weight)}
    if parts and in_all < weight:
        rest = Node("", node.at, weight - in_all, rest=True, questions={"weight": Question("rest", **asked)})
        node.parts.append(rest)
    elif in_all == weight:
        for part in parts:
            if part.questions.get("weight", NONE).kind == "summed":
                del part.questions["weight"]  # it fits, so that nothing is guessed
    elif parts and in_all > weight:
        node.scale = in_all
        node.questions["scale"] = Question("over", **asked)
    for part in parts:
        _fit(part)
        if part.parts and part.parts[-1].rest:
            _give_to_rest(part, part.parts[-1])


def _give_to_rest(node: Node, rest: Node) -> None:
    """Standards that give points, beside parts that have theirs already, are likely about the rest."""
    for part in (node, *node.parts[:-1]):
        for standard in part.standards:
            if is_award(standard.clause.text):
                asked = Question("other_part", standard.clause.text, other=part.title)
                rest.standards.append(Standard(standard.clause, standard.question or asked))
        part.standards = [each for each in part.standards if not is_award(each.clause.text)]


def is_award(text: str) -> bool:
    """Whether a standard gives points and takes none."""
    signs = {statement.sign for statement in read(text).of("effect")}
    return signs == {1}
