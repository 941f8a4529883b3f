"""A table from an office (Word, Excel, CSV) -> the draft of a rubric."""
