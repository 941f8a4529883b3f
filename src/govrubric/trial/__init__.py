"""Rubrics and files of cases -> what came of their cases, and what no case touches."""
