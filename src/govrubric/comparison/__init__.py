"""Two rubrics beside each other."""
