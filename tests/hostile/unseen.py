"""x"""
from hostile.case import Case
CASES: list[Case] = []
