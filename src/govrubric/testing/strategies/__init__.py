"""Random rubrics, tallies and tables, valid by construction."""
