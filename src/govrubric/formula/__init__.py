"""The exact algebra that everything is computed in."""
