"""Bytes -> values with their places; and text edited at known places."""
