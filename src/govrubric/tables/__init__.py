"""Plan x table of units -> table with their scores."""
