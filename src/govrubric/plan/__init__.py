"""Rubric -> lines: each a name and a formula over inputs and earlier lines."""
