"""What becomes of totals and of the ranking, had rules or counts been otherwise."""
