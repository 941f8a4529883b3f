"""A seed -> names and texts for a random rubric, hard for YAML, tallies, Python and terminals."""

import random
from collections.abc import Sequence
from typing import Any

from govrubric.testing.strategies.authored import Values

# Names that mean something to YAML, to a tally, to Python or to generated code.
IDS = (
    "value", "total", "unit", "evidence", "note", "name", "i0", "i1", "v0", "t0", "k0", "if", "none", "null",
    "true", "yes", "no", "on", "y", "n", "e5", "nan", "inf", "made", "given", "tally", "counts", "defaults",
    "lambda", "min", "shifted", "raw", "base", "score", "after", "items", "rules", "a", "b", "a_", "a__b",
    "x0_1", "indicators", "long_" + "id_" * 19,
)  # fmt: skip
TEXTS = (
    "公文公开属性认定", "未按时公开的，扣2分", "年报：及时、集中发布", "Late report", "a: b", "x # not a comment", "#5", "- 1", "? x",
    "'", '"', "“引号”", 'he said "no"', "it's", "\\", "C:\\new", "{a: 1}", "[1, 2]", "& * ! | > % @ `", "~",
    "null", "true", "No", "2023", "1.50", "1/3", "0x1F", "1e3", "---", "...", "：", "　缩进　", "第一行\n第二行",
    "tab\there", " around ", "trailing ", "😀", "e\u0301", "=1+1", "…" * 3, "<b>&amp;</b>", "长" * 700,
    "a" * 1500, ("word " * 260).strip() + ": #",
)  # fmt: skip
UNITS = ("例", "件", "次", "case", '"例"', "件: 一", "# 项", "'次'", "百分点%", "例（含）", "1", "no")
OUTCOMES = (
    "优", "良", "差", "A", "B", "not good", "it's", 'he said "no"', "true", "2023", "1/3", "a: b", "# 5",
    "C:\\new", "第一行\n第二行", "e\u0301", "长" * 200,
)  # fmt: skip


class Words:
    """Names and texts. They change no score, so they come from one seed and not from a draw each."""

    luck: random.Random
    ids: Sequence[str]

    def __init__(self, seed: int) -> None:
        self.luck = random.Random(seed)
        # With few names to choose from, a nearer path often hides a farther path of the same name.
        self.ids = self.luck.choice((IDS, self.luck.sample(IDS, 8)))

    def names(self, count: int) -> list[str]:
        return self.luck.sample(self.ids, count)

    def text(self) -> str:
        if self.luck.randrange(10) < 7:
            return self.luck.choice(TEXTS)
        return "".join(self.luck.choices(TEXTS[:20], k=self.luck.randint(2, 4)))

    def unit(self) -> str:
        return self.luck.choice(UNITS)

    def worded(self, key: str, value: Any) -> Any:
        """A value alone, or in a few draws in its long form, which has it at a key, perhaps with words."""
        words = self.some("title", "note")
        return {key: value, **words} if words or self.luck.randrange(10) < 1 else value

    def some(self, *keys: str) -> Values:
        """A text for a few of the keys."""
        return {key: self.text() for key in keys if self.luck.randrange(10) < 2}
