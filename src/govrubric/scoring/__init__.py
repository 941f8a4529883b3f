"""Plan x tally -> score card."""
