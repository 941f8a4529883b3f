"""A file of units, of any size -> another with their scores."""
