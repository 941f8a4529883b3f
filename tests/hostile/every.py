"""All hostile inputs, kind by kind."""

from hostile import editing, optimized, reading, writing
from hostile.case import Case

CASES: list[Case] = [
    *editing.CASES,
    *optimized.CASES,
    *reading.CASES,
    *writing.CASES,
]
