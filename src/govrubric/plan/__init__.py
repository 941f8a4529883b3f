"""Rubric -> lines of formulas."""
