"""All hostile inputs, kind by kind."""

from hostile import editing, large, optimized, slow
from hostile.case import Case

CASES: list[Case] = [*editing.CASES, *large.CASES, *optimized.CASES, *slow.CASES]
