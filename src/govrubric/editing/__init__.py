"""A rubric as text: what is written where, laid out in one form, and carried over to the next year."""
