"""Chinese clauses beside the numbers of their rules."""
