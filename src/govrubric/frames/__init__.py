"""Rubric x table -> the same table with its scores: the lines of a plan as columns."""
