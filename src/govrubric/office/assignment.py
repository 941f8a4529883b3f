"""Standards of an indicator x its parts -> the part that each speaks of, by its number and by its words."""

import re
from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from govrubric.lint.clauses.chinese import folded, read
from govrubric.office.clauses import Clause
from govrubric.office.questions import Question

_EVERY = re.compile(
    r"每项工作|各项工作|逐项|每一项|各项任务|(?:each|every) (?:part|task|item)", re.IGNORECASE
)
_WORDS = re.compile("[\u4e00-\u9fff]+|[A-Za-z]{3,}")
_ANYWHERE = frozenset(
    (
        "工作",
        "情况",
        "进行",
        "及时",
        "有关",
        "相关",
        "要求",
        "单位",
        "部门",
        "落实",
        "开展",
        "完成",
        "问题",
        "做好",
    )
)
CLEAR = 2  # pairs of characters by which a part must be ahead of the others to be meant without a number


class Assigned(NamedTuple):
    """The parts that a standard is for, none where it is the indicator's, and what is asked about that."""

    parts: tuple[int, ...]
    question: Question | None = None


class Wording(NamedTuple):
    """The number, title and words of a part."""

    number: int | None
    title: str
    text: str


def assigned(title: str, parts: Sequence[Wording], standards: Sequence[Clause]) -> list[Assigned]:
    """For each standard of an indicator its parts; the words of its title are about no part alone.

    A number means the part with that number, or the part at that place where parts have none and are as
    many. Words mean a part if it has them and the others have not. Where numbers and words differ, the number
    holds, and it is asked.
    """
    if not parts:
        return [Assigned(())] * len(standards)
    if len(standards) == 1 and _EVERY.search(standards[0].text) and not read(standards[0].text).figures:
        return [Assigned(tuple(range(len(parts))))]
    return list(map(_Parts(title, parts, len(standards)).of, standards))


class _Parts:
    """The parts of an indicator, found by number or by words that only one of them has."""

    def __init__(self, title: str, parts: Sequence[Wording], standards: int) -> None:
        self.titles = [part.title for part in parts]
        self.as_many = len(parts) == standards
        numbers = [part.number for part in parts]
        unnumbered = all(number is None for number in numbers)
        self.by_number = {number: at for at, number in enumerate(numbers) if number is not None}
        if unnumbered and self.as_many:
            self.by_number = {at + 1: at for at in range(len(parts))}
        words = [_words(part.text) - _words(title) for part in parts]
        common = Counter(word for each in words for word in each)
        self.owners = {word: at for at, each in enumerate(words) for word in each if common[word] == 1}

    def of(self, standard: Clause) -> Assigned:
        """The part of a standard."""
        shared = Counter(self.owners[word] for word in _words(standard.text) if word in self.owners)
        ranked = [at for at, _ in shared.most_common(2)]
        target = self.numbered(standard)
        if target is None:
            first, second = [*(shared[at] for at in ranked), 0, 0][:2]
            if first - second >= CLEAR:
                return Assigned((ranked[0],))
            return Assigned((), Question("at_item", standard.text))
        other = next((at for at in ranked if at != target), None)
        if other is not None and shared[other] >= shared[target]:
            return Assigned((target,), Question("other_part", standard.text, other=self.titles[other]))
        if not shared[target] and not self.as_many:
            return Assigned((target,), Question("by_number", standard.text))
        return Assigned((target,))

    def numbered(self, standard: Clause) -> int | None:
        """The part that the number of a standard names; the only standard is about the only part."""
        if standard.number is not None:
            return self.by_number.get(standard.number)
        return 0 if len(self.titles) == 1 and self.as_many else None


def _words(text: str) -> frozenset[str]:
    """The pairs of neighbouring Chinese characters of a text, and its other words, without common ones."""
    runs = _WORDS.findall(folded(text).lower())
    pairs = {run[at : at + 2] for run in runs for at in range(len(run) - 1) if not run.isascii()}
    return frozenset(pairs | {run for run in runs if run.isascii()}) - _ANYWHERE
