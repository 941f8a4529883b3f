"""What somebody wrote in a cell -> the text that the input takes, and in which way it was understood.

A text is understood only where it can mean one thing. All else stays as it is, and the tally refuses it.
"""

import re
from fractions import Fraction
from typing import Literal

from govrubric.diagnostics.diagnostic import Diagnostic
from govrubric.diagnostics.source import Place
from govrubric.formula.nodes import Input
from govrubric.language.rules._measured import PERCENT
from govrubric.numbers import written

Way = Literal[
    "words for true and false", "full-width digits", "counts with a point and zeros", "titles of options",
    "percentages", "numbers kept as text",
]  # fmt: skip
WORDS = {
    "是": "true", "√": "true", "✓": "true", "✔": "true", "有": "true", "yes": "true",
    "否": "false", "×": "false", "✗": "false", "✘": "false", "无": "false", "no": "false",
}  # fmt: skip
_HALF = str.maketrans("０１２３４５６７８９．－％", "0123456789.-%")
_FULL = re.compile("[０-９]")
_WHOLE = re.compile(r"([0-9]{1,30})\.0{1,30}", re.ASCII)
_NUMBER = re.compile(r"-?[0-9]{1,12}(?:\.[0-9]{1,12})?", re.ASCII)
_SHARE = re.compile(r"([0-9]{1,12}(?:\.[0-9]{1,12})?) ?%", re.ASCII)


def understood(known: Input, text: str) -> tuple[str, Way | None]:
    """The text that an input takes for what was written, and how it was understood, if not as it stands."""
    if known.kind == "flag":
        word = WORDS.get(text.lower())
        return (text, None) if word is None else (word, "words for true and false")
    if known.kind == "choice":
        return _option(known, text)
    half = text.translate(_HALF)
    way: Way | None = "full-width digits" if _FULL.search(text) else None
    if known.kind == "count":
        if match := _WHOLE.fullmatch(half):
            return match[1], "counts with a point and zeros"
    elif match := _SHARE.fullmatch(half):
        return _hundredths(known, text, match[1])
    return (half, way) if way and _NUMBER.fullmatch(half) else (text, None)


def _option(known: Input, text: str) -> tuple[str, Way | None]:
    """The option that has a title, if it is the only one and no option has it for its name."""
    named = [
        option for option, title in zip(known.options, known.labels, strict=False) if title.strip() == text
    ]
    if text in known.options or len(named) != 1:
        return text, None
    return named[0], "titles of options"


def _hundredths(known: Input, text: str, digits: str) -> tuple[str, Way | None]:
    """A percentage: so many of an input that counts hundredths, and else a share of an input up to 1."""
    if known.unit in PERCENT:
        return digits, "percentages"
    if known.hi <= 1:
        return written(Fraction(digits) / 100), "percentages"
    return text, None


def is_number(text: str) -> bool:
    """Whether a text is the digits of a number, and nothing else."""
    return _NUMBER.fullmatch(text) is not None


class Ways:
    """How often each way of understanding was taken in a file, and where first."""

    def __init__(self) -> None:
        self._taken: dict[Way, tuple[Place, int]] = {}

    def take(self, way: Way, place: Place) -> None:
        """Count a cell that was understood in a way."""
        first, number = self._taken.get(way, (place, 0))
        self._taken[way] = first, number + 1

    def told(self) -> list[Diagnostic]:
        """A note for each way that was taken."""
        return [
            Diagnostic.of("GR880", first, what=way, number=number)
            for way, (first, number) in self._taken.items()
        ]
