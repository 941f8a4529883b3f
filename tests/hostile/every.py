"""All hostile inputs, kind by kind."""

from hostile import editing, optimized, tables
from hostile.case import Case

CASES: list[Case] = [*editing.CASES, *optimized.CASES, *tables.CASES]
