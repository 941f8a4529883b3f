"""Titles of a table -> the first keys of a rubric: id, title, language, days, source."""

import os
import re

from govrubric.diagnostics.diagnostic import Lang
from govrubric.language.fields import RUBRIC_ID
from govrubric.lint.clauses.chinese import folded
from govrubric.office.clauses import Position, cleaned
from govrubric.office.grids import ScoringTable
from govrubric.office.ids import spelled
from govrubric.office.items import Items
from govrubric.office.layout import Entry, Object
from govrubric.office.questions import Question

LONGEST = 200  # characters of a title

ANNEX = re.compile(
    r"(?:\[[^\]]*\])?(?P<name>(?:附件|附表|附录|annex|appendix) ?[\d一二三四五六七八九十]*) ?[:.]?",
    re.IGNORECASE,
)
_NAMED = re.compile(
    r"指标|评分|考核|评估|考评|评价|办法|标准|细则|检查|测评|rubric|scor|criteri|assess|evaluat",
    re.IGNORECASE,
)
_TO_FILL = re.compile(r"盖章|填报|填表|日期:|单位:|单位名称|_{2,}")
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")


def head(table: ScoringTable, file: str, items: Items) -> Object:
    """The keys above the total, with questions at what was guessed; a title may be that of the file."""
    lines = [line for title in table.titles for part in title.split("\n") if (line := cleaned(part))]
    annexes = [match for line in lines if (match := ANNEX.fullmatch(folded(line)))]
    others = [
        line for line in lines if not ANNEX.fullmatch(folded(line)) and not _TO_FILL.search(folded(line))
    ]
    named = [line for line in others if _NAMED.search(line)] or others or [cleaned(table.grid.name)]
    title = named[-1][:LONGEST]
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
    if annexes:
        entries.append(Entry("source", {"document": annexes[0]["name"].strip()}))
    return entries


_UNTITLED: dict[Lang, str] = {"en": "Scoring table", "zh": "评分表"}


def _id(title: str, years: list[str]) -> str:
    """The id of a rubric: what its title is made of without years, and the year."""
    words = spelled(_YEAR.sub("", folded(title)).lstrip("年度 ")) or "draft"
    id_ = f"{words}-{years[0]}" if len(years) == 1 else words
    return id_ if RUBRIC_ID.fullmatch(id_) else "draft"
