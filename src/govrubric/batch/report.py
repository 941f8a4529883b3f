"""Summary of a batch -> text for people."""

import os
from collections.abc import Iterator
from typing import TYPE_CHECKING

from govrubric.diagnostics.diagnostic import Lang
from govrubric.diagnostics.display import cells, plain
from govrubric.formula.build import rounded_number
from govrubric.numbers import written
from govrubric.rubric import Rubric

if TYPE_CHECKING:
    from govrubric.batch.summary import Summary

WORDS = {
    "en": {
        "units": "{} unit(s)", "void": "{} without a total", "bad": "{} row(s) in error, which have no scores",
        "lowest": "lowest total", "lower": "lower quartile", "median": "median", "upper": "upper quartile", "highest": "highest total",
        "mean": "mean", "interrupted": "interrupted: {} was not written", "kept": ", and what stood there before is whole",
    },
    "zh": {
        "units": "{} 个单位", "void": "{} 个无总分", "bad": "{} 行有误，没有得分",
        "lowest": "最低总分", "lower": "下四分位数", "median": "中位数", "upper": "上四分位数", "highest": "最高总分",
        "mean": "平均", "interrupted": "已中断：未写出 {}", "kept": "，原有文件完好",
    },
}  # fmt: skip


def as_text(rubric: Rubric, summary: "Summary", lang: Lang) -> str:
    """The number of units, where their totals lie, the units with each grade, and the rows in error by code."""
    return "\n".join([plain(rubric.title, 200), "", *_lines(rubric, summary, lang)]) + "\n"


def _lines(rubric: Rubric, summary: "Summary", lang: Lang) -> Iterator[str]:
    say = WORDS[lang]
    yield say["units"].format(summary.units)
    if summary.void:
        yield say["void"].format(summary.void)
    if summary.bad:
        yield say["bad"].format(summary.bad)
    if summary.spread:
        places = rubric.text.round.places
        mean = rounded_number(summary.spread.mean, places + 1, "half_up")
        ranks = [
            (say[name], written(value, places))
            for name, value in summary.spread._asdict().items()
            if name != "mean"
        ]
        yield from ("", *_columns([*ranks, (say["mean"], written(mean, places + 1))]))
    if summary.grades:
        yield from ("", *_columns([(plain(name), str(units)) for name, units in summary.grades.items()]))
    if summary.codes:
        yield from ("", *_columns([(code, str(rows)) for code, rows in summary.codes.items()]))


def _columns(rows: list[tuple[str, str]]) -> Iterator[str]:
    width, digits = (
        max(cells(name) for name, _ in rows),
        max(len(number.partition(".")[0]) for _, number in rows),
    )
    for name, number in rows:
        yield f"{name}{' ' * (width - cells(name))}  {' ' * (digits - len(number.partition('.')[0]))}{number}"


def interrupted(out: str, lang: Lang) -> str:
    """That somebody ended the batch, and whether there is still what there was."""
    say = WORDS[lang]
    return say["interrupted"].format(plain(out, 300)) + (say["kept"] if os.path.exists(out) else "")
