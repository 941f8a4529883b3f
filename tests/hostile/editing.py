"""`fmt`, `new`, `test --update`: any text gives the same values or a finding, and never a file that is then refused."""

from hostile.case import Case

CASES: list[Case] = []
