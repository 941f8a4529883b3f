"""Titles of a table -> the first keys of a rubric: id, title, language, days, source."""

import os
import re
from typing import NamedTuple

from govrubric.diagnostics.diagnostic import Lang
from govrubric.language.fields import RUBRIC_ID
from govrubric.lint.clauses.chinese import folded
from govrubric.office.clauses import Position, cleaned
from govrubric.office.grids import ScoringTable
from govrubric.office.ids import spelled
from govrubric.office.items import Items
from govrubric.office.layout import Entry, Object
from govrubric.office.paragraphs import is_heading
from govrubric.office.questions import Question
from govrubric.office.remarks import is_blank

LONGEST = 200  # characters of a title

ANNEX = re.compile(
    r"(?:\[[^\]]*\])?(?P<name>(?:附件|附表|附录|annex|appendix) ?[\d一二三四五六七八九十]*) ?[:.]?",
    re.IGNORECASE,
)
_NAMED = re.compile(
    r"指标|评分|考核|评估|考评|评价|办法|标准|细则|检查|测评|rubric|scor|criteri|assess|evaluat",
    re.IGNORECASE,
)
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")


class Titles(NamedTuple):
    """The title of a table, or an empty text; the number of the annex that it is; and other words."""

    title: str
    annex: str
    others: tuple[str, ...]


def titles_of(table: ScoringTable) -> Titles:
    """The title among the titles above a table, else among the words before it, and what is left over."""
    lines = [line for title in table.titles for part in title.split("\n") if (line := cleaned(part))]
    above = list(table.grid.above)
    annexes = [line for line in lines if ANNEX.fullmatch(folded(line))]
    others = [line for line in lines if line not in annexes and not is_blank(line)]
    headings = [line for line in others if is_heading(line)] or [line for line in above if is_heading(line)]
    named = headings or [line for line in others if _NAMED.search(line)] or others
    title = named[-1] if named else ""
    annex = ANNEX.fullmatch(folded(annexes[0])) if annexes else None
    left = [line for line in (*above, *lines) if line != title and line not in annexes[:1]]
    return Titles(title[:LONGEST], annex["name"].strip() if annex else "", tuple(left))


def head(table: ScoringTable, titles: Titles, file: str, items: Items) -> Object:
    """The keys above the total, with questions at what was guessed; a title may be that of the file."""
    title = titles.title or cleaned(table.grid.name)[:LONGEST]
    years = _YEAR.findall(folded(title))
    at, lang = Position(table.grid.number, 0), items.lang
    guessed = cleaned(os.path.splitext(os.path.basename(file))[0])[:LONGEST] or _UNTITLED[lang]
    entries = [
        Entry("govrubric", "1", word=True),
        Entry("id", _id(title or guessed, years), word=True),
        Entry("title", title) if title else items.asking("title", guessed, at, Question("title")),
        Entry("language", "zh-CN" if lang == "zh" else "en", word=True),
    ]
    if len(years) == 1:
        days = f"{{from: {years[0]}-01-01, to: {years[0]}-12-31}}"
        entries.append(items.asking("valid", days, at, Question("dates"), word=True))
    if titles.annex:
        entries.append(Entry("source", {"document": titles.annex}))
    return entries


_UNTITLED: dict[Lang, str] = {"en": "Scoring table", "zh": "评分表"}


def _id(title: str, years: list[str]) -> str:
    """The id of a rubric: what its title is made of without years, and the year."""
    words = spelled(_YEAR.sub("", folded(title)).lstrip("年度 ")) or "draft"
    id_ = f"{words}-{years[0]}" if len(years) == 1 else words
    return id_ if RUBRIC_ID.fullmatch(id_) else "draft"
