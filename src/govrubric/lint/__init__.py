"""What is wrong with a rubric as a whole."""
