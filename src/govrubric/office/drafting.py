"""File of an office -> the text of a rubric that loads, with a mark at everything that was guessed."""

import os
from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from typing import NamedTuple

from govrubric.diagnostics.diagnostic import Diagnostic, DraftError, Lang
from govrubric.diagnostics.source import Place
from govrubric.document.yaml import parse
from govrubric.lint.clauses.chinese import is_chinese
from govrubric.lint.unconfirmed import waiting
from govrubric.loading import loaded_nodes
from govrubric.office.clauses import Clause, Position, cleaned
from govrubric.office.documents import tables_in
from govrubric.office.grids import ScoringTable
from govrubric.office.head import LONGEST, head, titles_of
from govrubric.office.ids import of_clause
from govrubric.office.items import Items
from govrubric.office.layout import Entry, Object, Writer
from govrubric.office.questions import Kind, Question
from govrubric.office.remarks import remarks
from govrubric.office.structure import Outline, outline
from govrubric.office.table import scoring_tables
from govrubric.office.whole import condition_of, grade_named, grades_as_read, settle, total_of

ROWS = 1500  # of a table; a rubric has no room for an item for each of more
LINES = 5000  # in the cells of its rows and around it
OUTSIDE = 100  # sentences around a table that stand above its draft


class Counts(NamedTuple):
    """What a draft has: items, weights read off the table, clauses, proposed rules, and open questions."""

    items: int
    weights: int
    clauses: int
    rules: int
    questions: int


@dataclass(frozen=True, slots=True)
class Draft:
    """The draft of a rubric.

    `text` is its YAML. `positions` says for the path of each item and rule where it stands in the document:
    table, row and clause, each from 1. `findings` are the open questions, each with that place, and what was
    read tolerantly.
    """

    text: str
    findings: tuple[Diagnostic, ...]
    positions: dict[str, Position]
    counts: Counts
    language: str


def draft(path: str | os.PathLike[str], table: int | None = None) -> Draft:
    """The draft of the scoring table of a .docx, .xlsx or .csv file.

    Args:
        path: the file.
        table: the number among the scoring tables of the file, from 1; needed where there are several.

    Raises:
        GovrubricError: if the file is refused, has no scoring table, or several and none is chosen (GR821).
    """
    file = str(os.fspath(path))
    return drafted(chosen(scoring_tables(tables_in(path), file), file, table), file)


def chosen(tables: tuple[ScoringTable, ...], file: str, number: int | None) -> ScoringTable:
    """The table with a number among the scoring tables of a file, or the only one."""
    if number is None and len(tables) == 1:
        return tables[0]
    if number is not None and number <= len(tables):
        return tables[number - 1]
    names = "; ".join(f"{at} {_name(table)}" for at, table in enumerate(tables, 1))
    code, place = "GR821" if number is None else "GR822", Place(file, 1, 1, 2, "")
    raise DraftError([Diagnostic.of(code, place, count=len(tables), known=names, number=number or 0)])


def _name(table: ScoringTable) -> str:
    """What a table is called, for a list of several."""
    titles = (table.grid.name, *table.titles)
    return cleaned(" ".join(title for title in titles if title))[:40]


def drafted(table: ScoringTable, file: str = "") -> Draft:
    """The draft of a scoring table of a file."""
    lines = sum(len(cell.lines) for row in table.rows for cell in row.cells.values())
    lines += len(table.grid.above) + len(table.grid.below)
    for limit, what, number in ((ROWS, "rows", len(table.rows)), (LINES, "lines", lines)):
        if number > limit:
            raise DraftError([Diagnostic.of("GR824", Place(file, 1, 1, 2, ""), limit=limit, what=what)])
    titles = titles_of(table)
    said = remarks((*titles.others, *table.grid.below), table.grid.number)
    told = total_of(said, titles.title)
    tree = outline(table, told)
    if not tree.items:
        raise DraftError([Diagnostic.of("GR823", Place(file, 1, 1, 2, ""), number=table.grid.number)])
    tree.items += said.items
    settle(tree, said, told)
    words = "".join(cell.text for row in table.rows for cell in row.cells.values())
    lang: Lang = "zh" if is_chinese(words + "".join(table.titles)) else "en"
    items = Items(lang)
    indicators = items.all(tree.items)
    of_items, items.findings = sorted(items.findings, key=_place), []
    facts, behind = _gates([*tree.vetoes, *said.vetoes], items)
    behind += grades_as_read(said, lang, items, table.grid.number)
    of_gates, items.findings = items.findings, []
    outside = items.ask((), Position(table.grid.number, 0), _outside(said.unread))
    of_words, items.findings = items.findings, []
    front = [*head(table, titles, file, items), *_frame(tree, table, items)]
    text = _written(outside, [*front, *facts], indicators, behind, lang)
    result = loaded_nodes(nodes := parse("draft.yaml", text))
    if result.rubric is None and {finding.code for finding in result.found} == {"GR311"}:
        # Points on top may have more places than a total is rounded to; without a ceiling nothing is passed.
        front = [*front[:-1], *_open(table, items), front[-1]]
        text = _written(outside, [*front, *facts], indicators, behind, lang)
        result = loaded_nodes(nodes := parse("draft.yaml", text))
    rubric = result.only()
    counts = Counts(items.items, items.weights, len(items.clauses), items.rules, len(waiting(nodes)))
    findings = (*table.grid.notes, *of_words, *items.findings, *of_gates, *of_items)
    return Draft(text, findings, items.positions, counts, rubric.language)


def _outside(unread: list[str]) -> list[Question]:
    """The questions about words that are not in a draft."""
    asked = [Question("outside", one) for one in unread[:OUTSIDE]]
    if more := unread[OUTSIDE:]:
        asked.append(Question("outside_more", more[0], number=str(len(more))))
    return asked


def _place(finding: Diagnostic) -> tuple[int, int]:
    """Where in the table a question comes from: its row and clause."""
    args = dict(finding.args)
    return int(args["row"] or 0), int(args["clause"] or 0)


def _written(
    outside: Iterable[Question], front: Object, indicators: list[Object], behind: Object, lang: Lang
) -> str:
    """The text of a rubric in the layout of `fmt`, with the words that are not in it above it."""
    writer = Writer(lang)
    for question in outside:
        writer.comment(question)
    writer.object(front, 0)
    writer.lines += ["", "indicators:"]
    for index, item in enumerate(indicators):
        writer.lines += [""] if index else []
        writer.part(item, 2)
    if behind:
        writer.lines.append("")
        writer.object(behind, 0)
    return "\n".join(writer.lines) + "\n"


def _open(table: ScoringTable, items: Items) -> Object:
    """A total without a ceiling."""
    at = Position(table.grid.number, 0)
    return [items.asking("ceiling", "none", at, Question("ceiling"), word=True)]


def _frame(tree: Outline, table: ScoringTable, items: Items) -> Object:
    """What the whole comes to, and how it is rounded."""
    at = Position(table.grid.number, 0)
    asked = tree.questions
    total = [asked["total"]] if "total" in asked else []
    entries = [Entry("total", tree.total, items.ask(("total",), at, total))]
    if tree.scale is not None:
        entries.append(items.asking("out_of", tree.scale, at, asked["out_of"]))
    return [
        *entries,
        items.asking("round", "{places: 2, mode: half_up}", at, Question("rounding"), word=True),
    ]


def _gates(vetoes: list[Clause], items: Items) -> tuple[Object, Object]:
    """Vetoes as gates, each on a fact of its own: the keys of the facts and of the gates."""
    if not vetoes:
        return [], []
    facts: Object = []
    gates: list[Object] = []
    for veto in vetoes:
        condition = condition_of(veto.text)
        fact = items.ids.of(of_clause(condition), "veto")
        items.clauses.add(id(veto))
        items.positions[fact] = veto.at
        facts.append(Entry(fact, {"type": "flag", "title": condition[:LONGEST]}))
        grade = grade_named(veto.text)
        kind: Kind = "gate_grade" if grade else "gate"
        asked = items.ask((fact,), veto.at, [Question(kind, veto.text, other=grade)])
        gates.append(
            [
                Entry("id", items.ids.of("", "veto"), word=True),
                Entry("when", fact, word=True),
                Entry("grade", grade, asked) if grade else Entry("score", Fraction(0), asked),
                Entry("clause", veto.text),
            ]
        )
    return [Entry("facts", facts)], [Entry("gates", gates)]
