"""Clauses in Chinese x the numbers of their rules -> findings."""
