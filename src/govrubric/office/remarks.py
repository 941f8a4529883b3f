"""Paragraphs after a table -> vetoes, and items that come on top of the full marks."""

import re
from collections.abc import Iterable
from typing import NamedTuple

from govrubric.lint.clauses.chinese import folded, is_chinese, read
from govrubric.office.clauses import Clause, Position, cleaned, unnumbered
from govrubric.office.questions import Question
from govrubric.office.structure import VETO, Node, Standard

_TOP = re.compile("加分|扣分|减分|奖励|bonus|penalt|deduction", re.IGNORECASE)
_HEADED = re.compile(r"(?P<heading>[^:]{2,16}?): ?(?=\S)")
HEADING = 16  # characters of a paragraph that may be a heading


class Remarks(NamedTuple):
    """What the paragraphs after a table say that changes a score."""

    items: list[Node]
    vetoes: list[Clause]


def remarks(paragraphs: Iterable[str], table: int) -> Remarks:
    """What paragraphs say about 一票否决; and points that they give or take, under a heading as 加分项 or not."""
    found = Remarks([], [])
    heading, item = "", None
    for number, paragraph in enumerate(paragraphs, 1):
        text = unnumbered(cleaned(paragraph.replace("\n", " ")))
        effects = read(text).of("effect", "range")
        at = Position(table, 0, number)
        if VETO.search(text):
            found.vetoes.append(Clause(text, None, at))
        elif not effects:
            if _TOP.search(text) and len(text) <= HEADING:
                heading, item = folded(text).rstrip(":。 "), None
        else:
            headed = _HEADED.match(folded(text))
            if headed and _TOP.search(headed["heading"]) and headed.end() <= effects[0].start:
                heading, item, text = text[: headed.end("heading")], None, text[headed.end() :]
            if item is None:
                item = Node(heading or _called(text, effects[0].sign), at, extra=True)
                if not heading:
                    item.questions["extra"] = Question("extra")
                found.items.append(item)
            item.standards.append(Standard(Clause(text, None, at)))
    return found


def _called(text: str, sign: int) -> str:
    """The title of an item for points that stand below a table without a heading."""
    titles = ("扣分", "加分") if is_chinese(text) else ("Deductions", "Bonus")
    return titles[sign >= 0]
