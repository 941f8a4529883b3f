"""Rubric x cards of units -> one report: a page, a workbook, or the filled official forms."""
