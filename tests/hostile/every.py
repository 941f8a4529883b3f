"""All hostile inputs, kind by kind."""

from hostile import (
    cards,
    deep,
    documents,
    editing,
    large,
    optimized,
    reading,
    slow,
    tables,
    unseen,
    workbooks,
    writing,
)
from hostile.case import Case

CASES: list[Case] = [
    *cards.CASES,
    *deep.CASES,
    *documents.CASES,
    *workbooks.CASES,
    *editing.CASES,
    *large.CASES,
    *optimized.CASES,
    *reading.CASES,
    *slow.CASES,
    *tables.CASES,
    *unseen.CASES,
    *writing.CASES,
]
