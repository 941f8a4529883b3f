"""Paragraphs after a table -> vetoes, and items that come on top of the full marks."""

import re
from collections.abc import Iterable
from typing import NamedTuple

from govrubric.lint.clauses.chinese import folded, read
from govrubric.office.clauses import Clause, Position, cleaned, unnumbered
from govrubric.office.structure import VETO, Node, Standard

_TOP = re.compile("加分|扣分|减分")
HEADING = 16  # characters of a paragraph that may be a heading


class Remarks(NamedTuple):
    """What the paragraphs after a table say that changes a score."""

    items: list[Node]
    vetoes: list[Clause]


def remarks(paragraphs: Iterable[str], table: int) -> Remarks:
    """What paragraphs say about 一票否决; and points that they give or take under a heading, as 加分项."""
    found = Remarks([], [])
    heading, item = "", None
    for number, paragraph in enumerate(paragraphs, 1):
        text = unnumbered(cleaned(paragraph.replace("\n", " ")))
        clause = Clause(text, None, Position(table, 0, number))
        has_effects = bool(read(text).of("effect"))
        if VETO.search(text):
            found.vetoes.append(clause)
        elif _TOP.search(text) and len(text) <= HEADING and not has_effects:
            heading, item = folded(text).rstrip(":。 "), None
        elif heading and has_effects:
            if item is None:
                item = Node(heading, clause.at, extra=True)
                found.items.append(item)
            item.standards.append(Standard(clause))
    return found
