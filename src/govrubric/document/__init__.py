"""Bytes -> values with their places; text x edits at known places -> text."""
