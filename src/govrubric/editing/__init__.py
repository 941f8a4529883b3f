"""Text of a rubric -> the same laid out, or that of the next year."""
