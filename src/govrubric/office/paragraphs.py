"""Paragraphs before a table -> its titles among them, and what else they say.

A title may have an explanation between it and the table: 考核细则, then 说明：总分100分。
"""

import re
from collections.abc import Sequence

from govrubric.lint.clauses.chinese import folded

TITLE_LENGTH, TITLES = 60, 5
# A paragraph that is no title of the table after it: a note, a rule, a sentence, an item of a list.
_NO_TITLE = re.compile(
    r"(?:\(?[一二三四五六七八九十]+[)、.])?(?:注|备注|说明|填表说明|一票否决|否决|加分|扣分|附加|总分|满分|等次|等级|note)"
    r"|\(?[0-9]+[).、]|[①-⑳]|.*[。;:,.]$",
    re.IGNORECASE | re.DOTALL,
)
# How the title of a scoring table ends, but for what brackets hold after it.
_NAMED = re.compile(
    r"(?:表|细则|办法|标准|体系|指标|方案|规则|制度|清单|评分|考核|rubric|scheme|criteria|assessment|scoring|scorecard)"
    r"(?: ?\([^()]*\))* ?$",
    re.IGNORECASE,
)
_ORDINAL = re.compile(
    r"\(?[一二三四五六七八九十]+[)、.]|第[一二三四五六七八九十]+[章节条部]|part |section ", re.IGNORECASE
)

Lines = tuple[str, ...]


def may_be_title(line: str) -> bool:
    """Whether a line may be a title of the table after it."""
    return len(line) <= TITLE_LENGTH and not _NO_TITLE.match(folded(line))


def is_heading(line: str) -> bool:
    """Whether a line is called as a scoring table is, and is no part of a longer text."""
    plain = folded(line)
    return may_be_title(line) and _NAMED.search(plain) is not None and not _ORDINAL.match(plain)


def parted(lines: Sequence[str]) -> tuple[Lines, Lines, Lines]:
    """Paragraphs before a table -> those before its titles, the titles, and those between them and the table.

    Where others stand between, a title is called as a scoring table is.
    """
    end = len(lines)
    while end and not may_be_title(lines[end - 1]):
        end -= 1
    at = end
    while at and end - at < TITLES and may_be_title(lines[at - 1]):
        at -= 1
    if end < len(lines) and not any(map(is_heading, lines[at:end])):
        return tuple(lines), (), ()
    return tuple(lines[:at]), tuple(lines[at:end]), tuple(lines[end:])
