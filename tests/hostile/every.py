"""All hostile inputs, kind by kind."""

from hostile import cards, deep, editing, optimized, reading, tables, unseen, writing
from hostile.case import Case

CASES: list[Case] = [
    *cards.CASES,
    *deep.CASES,
    *editing.CASES,
    *optimized.CASES,
    *reading.CASES,
    *tables.CASES,
    *unseen.CASES,
    *writing.CASES,
]
