"""Hostile inputs, each with what must happen: `python tests/hostile/run.py` runs them all."""
