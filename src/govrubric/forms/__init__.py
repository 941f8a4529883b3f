"""Rubric -> forms that people fill in with Excel or Word."""
