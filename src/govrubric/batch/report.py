"""Summary and progress of a batch -> text for people."""

import os
from collections.abc import Iterator
from typing import TYPE_CHECKING

from govrubric.diagnostics.diagnostic import Lang
from govrubric.diagnostics.display import plain
from govrubric.formula.build import rounded_number
from govrubric.numbers import written
from govrubric.reports.text_table import text_table
from govrubric.rubric import Rubric

if TYPE_CHECKING:
    from govrubric.batch.summary import Summary

PHRASES = {
    "en": {
        "units": "{} unit(s)", "void": "{} without a total",
        "bad": "{} row(s) in error, which have no scores",
        "lowest": "lowest total", "lower": "lower quartile", "median": "median",
        "upper": "upper quartile", "highest": "highest total", "mean": "mean",
        "interrupted": "interrupted: {} was not written", "kept": ", and what stood there before is whole",
        "progress": "{} units, {}/s", "progress of": "{} %: {} of {} units, {}/s, {} left",
    },
    "zh": {
        "units": "{} 个单位", "void": "{} 个无总分",
        "bad": "{} 行有误，没有得分",
        "lowest": "最低总分", "lower": "下四分位数", "median": "中位数",
        "upper": "上四分位数", "highest": "最高总分", "mean": "平均",
        "interrupted": "已中断：未写出 {}", "kept": "，原有文件完好",
        "progress": "{} 个单位，每秒 {} 个", "progress of": "{} %：{} / {} 个单位，每秒 {} 个，约余 {}",
    },
}  # fmt: skip


def as_text(rubric: Rubric, summary: "Summary", lang: Lang) -> str:
    """The number of units, their distribution, the units with each grade, and the rows in error by code."""
    return "\n".join([plain(rubric.title, 200), "", *_lines(rubric, summary, lang)]) + "\n"


def _lines(rubric: Rubric, summary: "Summary", lang: Lang) -> Iterator[str]:
    phrases = PHRASES[lang]
    yield phrases["units"].format(summary.units)
    if summary.void:
        yield phrases["void"].format(summary.void)
    if summary.bad:
        yield phrases["bad"].format(summary.bad)
    if summary.spread:
        places = rubric._text.round.places
        mean = rounded_number(summary.spread.mean, places + 1, "half_up")
        ranks = [
            (phrases[name], written(value, places))
            for name, value in summary.spread._asdict().items()
            if name != "mean"
        ]
        yield from ("", *_aligned([*ranks, (phrases["mean"], written(mean, places + 1))]))
    if summary.grades:
        yield from ("", *_aligned([(plain(name), str(units)) for name, units in summary.grades.items()]))
    if summary.codes:
        yield from ("", *_aligned([(code, str(rows)) for code, rows in summary.codes.items()]))


def _aligned(rows: list[tuple[str, str]]) -> Iterator[str]:
    """Names and numbers in two columns, the points of the numbers below each other."""
    lengths = [len(number) - len(number.partition(".")[0]) for _, number in rows]
    filled = [
        (name, number + " " * (max(lengths) - length))
        for (name, number), length in zip(rows, lengths, strict=True)
    ]
    return text_table(filled, left={0})


def progress_line(done: int, whole: int | None, seconds: int, lang: Lang) -> str:
    """The number of units done, the share of the `whole`, the speed, and the time that is left.

    The share and the time left are known only where the number of units is known.
    """
    rate = done // max(seconds, 1)
    if whole is None:
        return PHRASES[lang]["progress"].format(_grouped(done), _grouped(rate))
    share = 100 * done // max(whole, 1)
    left = _clock(-(-max(whole - done, 0) // rate)) if rate else "–"
    return PHRASES[lang]["progress of"].format(share, _grouped(done), _grouped(whole), _grouped(rate), left)


def _grouped(number: int) -> str:
    return f"{number:,}".replace(",", " ")


def _clock(seconds: int) -> str:
    return f"{seconds // 3600}:{seconds // 60 % 60:02}:{seconds % 60:02}"


def interrupted(out: str, lang: Lang) -> str:
    """The message that the batch was interrupted, and that the earlier file at `out`, if any, is whole."""
    phrases = PHRASES[lang]
    return phrases["interrupted"].format(plain(out, 300)) + (phrases["kept"] if os.path.exists(out) else "")
