"""A file of units -> the same file with their scores, however large: read, scored and written piece by piece."""
