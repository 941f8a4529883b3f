"""All hostile inputs, kind by kind."""

from hostile import cards, deep, editing, optimized, unseen
from hostile.case import Case

CASES: list[Case] = [*cards.CASES, *deep.CASES, *editing.CASES, *optimized.CASES, *unseen.CASES]
