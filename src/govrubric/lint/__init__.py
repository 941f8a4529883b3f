"""Rubric -> what is wrong with it as a whole."""
