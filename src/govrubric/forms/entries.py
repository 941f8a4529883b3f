"""An input and its cell -> cell formulas: whether what stands there may stand there, and which number it is.

Nothing is taken that `score` refuses: what is wrong is told beside the cell, and counts as left empty.
"""

from collections.abc import Sequence
from fractions import Fraction
from math import ceil, floor
from typing import NamedTuple

from govrubric.diagnostics.diagnostic import Lang
from govrubric.formula.nodes import Input
from govrubric.numbers import written

PHRASES = {
    "en": {
        "missing": "not filled in", "flag": "Yes or No", "choice": "not in the list",
        "count": "whole number from 0 to {}", "number": "{} to {}, at most {} decimal places",
        "zero": "0, or ",
        "step": ", in steps of {}", "each": "{} to {} for each case", "yes": "Yes", "no": "No",
    },
    "zh": {
        "missing": "未填", "flag": "应填“是”或“否”", "choice": "不在可选之列",
        "count": "应为0至{}的整数", "number": "应为{}至{}，最多{}位小数", "zero": "应为0，或",
        "step": "，且为{}的倍数", "each": "每例应为{}至{}", "yes": "是", "no": "否",
    },
}  # fmt: skip


class Entry(NamedTuple):
    """Where an input is filled in: its cell, the cell that tells what is wrong, and the list of a choice."""

    value: str
    message: str
    options: str = ""


class Range(NamedTuple):
    """The whole numbers that a count or a number may be, over its denominator, and the same as digits."""

    low: int
    high: int
    low_digits: str
    high_digits: str


def range_of(known: Input) -> Range:
    """The least and the greatest number that may be filled in, steps and places considered."""
    step = known.step or Fraction(1, known.den)
    low, high = ceil(known.lo / step) * step, floor(known.hi / step) * step
    return Range(ceil(known.lo * known.den), floor(known.hi * known.den), written(low), written(high))


def whole_number(known: Input, entry: Entry) -> str:
    """The formula of the input's whole number; what is left empty or wrong is what a tally leaves out."""
    return f'IF(AND({entry.value}<>"",{entry.message}=""),{_taken(known, entry)},{known.unsaid})'


def _taken(known: Input, entry: Entry) -> str:
    match known.kind:
        case "count":
            return entry.value
        case "flag":
            # The words of both languages, so that a form may be filled in by anybody.
            return (
                f'IF(OR({entry.value}="{PHRASES["zh"]["yes"]}",{entry.value}="{PHRASES["en"]["yes"]}"),1,0)'
            )
        case "choice":
            first = entry.options.partition(":")[0]
            return f"SUMPRODUCT(EXACT({entry.value},{entry.options})*(ROW({entry.options})-ROW({first})))"
        case _:
            return _whole(known, entry)


def message(known: Input, entry: Entry, excused_by: Sequence[str], cases: str | None, language: Lang) -> str:
    """The formula of what is wrong with an entry; empty text where nothing is.

    `excused_by` are the cells of the flags that allow it to be left out, and `cases` that of its count.
    """
    phrases = PHRASES[language]
    missing = f'"{phrases["missing"]}"' if known.required else '""'
    if known.required and excused_by:
        missing = f'IF({any_of([f"{cell}>0" for cell in excused_by])},"",{missing})'
    said = _said(known, phrases)
    return f'IF({entry.value}="",{missing},IF({_fits(known, entry, cases)},"","{said}"))'


def any_of(conditions: Sequence[str]) -> str:
    """A condition that holds where one of them does; a function takes 255 of them."""
    if len(conditions) == 1:
        return conditions[0]
    chunks = [f"OR({','.join(conditions[at : at + 200])})" for at in range(0, len(conditions), 200)]
    return any_of(chunks)


def _said(known: Input, phrases: dict[str, str]) -> str:
    if known.kind in ("flag", "choice"):
        return phrases[known.kind]
    ends = range_of(known)
    if known.kind == "count":
        return phrases["count"].format(ends.high_digits)
    low = ends.low_digits
    zero = ""
    if known.gap is not None:
        low, zero = written(known.gap), phrases["zero"]
    text = phrases["number"].format(low, ends.high_digits, known.places)
    if known.each is not None:
        text = phrases["each"].format(written(known.each.low), written(known.each.high))
    if zero:
        text = zero + text.removeprefix("应为")
    return text if known.step is None else text + phrases["step"].format(written(known.step))


def _fits(known: Input, entry: Entry, cases: str | None) -> str:
    """Whether what is filled in may stand there."""
    value = entry.value
    match known.kind:
        case "count":
            high = range_of(known).high_digits
            return f"IF(ISNUMBER({value}),AND({value}>=0,{value}<={high},INT({value})={value}),FALSE)"
        case "flag":
            words = [PHRASES[language][word] for language in ("zh", "en") for word in ("yes", "no")]
            return any_of([f'{value}="{word}"' for word in words])
        case "choice":
            return f"SUMPRODUCT(EXACT({value},{entry.options})*1)=1"
        case _:
            return f"IF(ISNUMBER({value}),AND({','.join(_number_fits(known, entry, cases))}),FALSE)"


def _whole(known: Input, entry: Entry) -> str:
    """The whole number over its denominator that a number is."""
    return f"ROUND({entry.value}*{known.den},0)" if known.den != 1 else f"ROUND({entry.value},0)"


def _number_fits(known: Input, entry: Entry, cases: str | None) -> list[str]:
    whole, ends = _whole(known, entry), range_of(known)
    tests = [
        f"ROUND({entry.value},{known.places})={entry.value}",
        f"{whole}>={ends.low}",
        f"{whole}<={ends.high}",
    ]
    if known.gap is not None:
        tests.append(f"OR({whole}<=0,{whole}>={ceil(known.gap * known.den)})")
    if known.step is not None:
        step = (
            known.step * known.den
        ).numerator  # whole numbers that are multiples of n/d are multiples of n
        tests.append(f"INT({whole}/{step})*{step}={whole}")
    if known.each is not None:
        low, high = known.each.low * known.den, known.each.high * known.den
        tests.append(f"{cases}*{low.numerator}<={_product(whole, low.denominator)}")
        tests.append(f"{cases}*{high.numerator}>={_product(whole, high.denominator)}")
    return tests


def _product(text: str, factor: int) -> str:
    return text if factor == 1 else f"{text}*{factor}"
