"""A rubric's text, laid out or moved on by a year."""
