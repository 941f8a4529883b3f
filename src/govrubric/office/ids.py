"""Titles -> ids: the pinyin of their first words, or their English words; each once within its item."""

import re
from collections import Counter
from collections.abc import Iterable

from pypinyin import lazy_pinyin

from govrubric.language.fields import ID
from govrubric.lint.clauses.chinese import folded
from govrubric.lint.rules_and_gates import RESERVED
from govrubric.plan.names import NOT_APPLICABLE, VALUES

SYLLABLES = 4
WORDS = 3
LETTERS = 32  # of an id before a number that tells it from others
_TAKEN = RESERVED | {NOT_APPLICABLE, VALUES, "cases", "points"}
_RUN = re.compile("[\u4e00-\u9fff]+|[a-z]+|[0-9]+")
_SMALL = frozenset(
    ("a", "an", "the", "of", "and", "or", "for", "to", "in", "on", "at", "by", "is", "are", "be")
)
_FAULT = re.compile(
    "(?:出现|存在|发生|发现)|(?=未|不(?!少于|低于|超过|高于|多于|足|满|小于|大于)|无|没有|缺|违反|逾期|超期|超过|迟)"
)
_NOT = "未不无缺"
_ODD_ALONE = "少多迟早漏错"  # alone before a word of two syllables: 少|开放, and 迟报
# What stands before a word or between two, and is in neither.
_SMALL_BEFORE = re.compile(
    "(?:被|按照|按(?!时|期|要求|规定|质|量)|由|对(?!外|口|接|象|标)|因|凡|每|经(?!费|济|营|验|常))(?=..)"
)
_BETWEEN = re.compile("及以[上下]|以及|(?<!参)[和与或](?=..)(?!谐|会|者)|的|(?<!以)及(?!时|格|早)")
_BOUNDS = frozenset(("以上", "以下", "以内", "不足", "达到", "低于", "高于"))


class Ids:
    """The ids that are taken within an item, and those made for it.

    Of `titles`, those that begin alike are told apart by what follows: 政务公开基础工作 and 政务公开平台建设
    become jichu_gongzuo and pingtai_jianshe.
    """

    beginnings: Counter[str]

    def __init__(self, titles: Iterable[str] = ()) -> None:
        self.numbers: dict[str, int] = dict.fromkeys(_TAKEN, 1)
        self.beginnings = Counter(_chinese(title)[:SYLLABLES] for title in titles)

    def of(self, title: str, otherwise: str) -> str:
        """A new id for a title; `otherwise` where a title has no words to make one of."""
        words = _chinese(title)
        if self.beginnings[words[:SYLLABLES]] > 1 and len(words) >= SYLLABLES + 2:
            title = words[SYLLABLES:]
        base = id_ = spelled(title) or otherwise
        while id_ in self.numbers:
            self.numbers[base] += 1
            id_ = f"{base}_{self.numbers[base]}"
        self.numbers[id_] = 1
        return id_


def _chinese(title: str) -> str:
    """The Chinese characters of a title."""
    return "".join(run for run in _RUN.findall(title[:200]) if not run.isascii())


def of_clause(condition: str) -> str:
    """The words of a condition that tell what is wrong: from 未, 不, 缺 on, or after 出现, if it has such."""
    if match := _FAULT.search(condition, 0, 200):
        return condition[match.end() :] or condition
    return condition


def spelled(title: str) -> str:
    """公开年报 -> gongkai_nianbao, Annual report -> annual_report; two syllables make a word."""
    runs = _RUN.findall(folded(title[:200]).lower())
    chinese = [run for run in runs if not run.isascii()]
    if chinese:
        words = _words(chinese)
        if set(chinese) <= _BOUNDS:  # of 60%以下 the number tells it from others
            words += [run for run in runs if run.isdigit()][:1]
    else:
        words = [run for run in runs if run not in _SMALL or len(runs) == 1][:WORDS]
    text = re.sub("[^a-z0-9_]", "", "_".join(words)).lstrip("0123456789_")[:LETTERS].rstrip("_")
    return text if ID.fullmatch(text) else ""


def _words(runs: Iterable[str]) -> list[str]:
    """The first words of Chinese runs in pinyin: two syllables each, without the small words among them."""
    words: list[str] = []
    room = SYLLABLES
    for run in runs:
        bare = _SMALL_BEFORE.sub("", run, count=1) if _SMALL_BEFORE.match(run) else run
        for part in [one for one in _BETWEEN.split(bare) if one] or [run]:
            alone = part[0] in _NOT or (part[0] in _ODD_ALONE and len(part) % 2 == 1)
            # 未按时 is wei_anshi, and not weian_shi
            syllables = lazy_pinyin(part[: room + alone], errors="ignore") if room else []
            found = ["".join(syllables[max(at, 0) : at + 2]) for at in range(-alone, len(syllables), 2)]
            words += [word for word in found if word]
            room = max(0, room - len(syllables) + alone)
    return words
