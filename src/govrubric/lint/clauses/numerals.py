"""Text with full-width characters and Chinese numerals -> plain text of the same length, and numbers."""

import re
from collections.abc import Sequence
from fractions import Fraction
from functools import lru_cache

from govrubric.numbers import NotANumber, parse

PLACES = 12  # more than an author may write elsewhere, since an official text may quote computed numbers

NUMBER = (
    r"(?:(?<![\d.])\d{1,12}+(?: ?\. ?\d{1,12}+)?+(?:/\d{1,12}+)?+"
    r"|[零〇一二两三四五六七八九十百壹贰叁肆伍陆柒捌玖拾佰]{1,7}+(?:点[零〇一二三四五六七八九壹贰叁肆伍陆柒捌玖]{1,6}+)?+|半)"
)
POINTS = rf"(?P<amount>{NUMBER}) ?个?分(?P<half>半?)(?![钟之类别部段贝制项支])"
HAN = "[\u4e00-\u9fff]"

# Each character becomes one character, so that places in the folded text are places in the clause.
_FOLDED = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {
    0x3000: " ", 0x3010: "(", 0x3011: ")", 0x3014: "(", 0x3015: ")", 0xFF3B: "(", 0xFF3D: ")",
    0x2212: "-", 0x2013: "-", 0x2014: "-",
}  # fmt: skip
_DIGITS = {
    digit: value
    for row in ("零一二三四五六七八九", "〇壹贰叁肆伍陆柒捌玖")
    for value, digit in enumerate(row)
} | {"两": 2}


def folded(text: str) -> str:
    """The text with full-width characters as plain ones and all brackets round; its length stays."""
    return text.translate(_FOLDED)


def squeezed(text: str) -> tuple[str, Sequence[int]]:
    """The text with each run of blanks as one blank, and the place of each of its characters before that."""
    if "  " not in text:
        return text, range(len(text))
    kept = [at for at, pair in enumerate(zip(f"x{text}", text, strict=False)) if pair != (" ", " ")]
    return "".join(text[at] for at in kept), kept


def amount_of(text: str) -> Fraction | None:
    """Digits or Chinese numerals -> the number; ``None`` where the text is no number."""
    text = text.replace(" ", "")
    if text == "半":
        return Fraction(1, 2)
    try:
        return parse(text, PLACES)
    except NotANumber:
        pass
    whole, _, places = text.partition("点")
    total = digit = 0
    for character in whole:
        if (unit := {"十": 10, "拾": 10, "百": 100, "佰": 100}.get(character)) is not None:
            if digit == 0 and (unit == 100 or total % 100):
                return None
            total, digit = total + (digit or 1) * unit, 0
        elif character not in _DIGITS or digit:
            return None
        else:
            digit = _DIGITS[character]
    fraction = int("".join(str(_DIGITS[place]) for place in places) or "0")
    return total + digit + Fraction(fraction, 10 ** len(places))


@lru_cache(maxsize=4096)
def numbers_in(text: str) -> frozenset[Fraction]:
    """Every number of a text: each in digits, and in words before 分."""
    plain, _ = squeezed(folded(text))
    numbers = {amount_of(match[0]) for match in re.finditer(r"\d+(?:\.\d+)?(?:/\d+)?", plain)}
    numbers |= {amount_of(match["amount"]) for match in re.finditer(POINTS, plain)}
    return frozenset(number for number in numbers if number is not None)


def is_chinese(text: str) -> bool:
    """Whether a text has Chinese characters."""
    return re.search(HAN, text) is not None
