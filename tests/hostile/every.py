"""All hostile inputs, kind by kind."""

from hostile import cards, deep, editing, optimized, reading, unseen, writing
from hostile.case import Case

CASES: list[Case] = [
    *cards.CASES,
    *deep.CASES,
    *editing.CASES,
    *optimized.CASES,
    *reading.CASES,
    *unseen.CASES,
    *writing.CASES,
]
