"""Sheets and forms that people fill in, of Excel or CSV -> units, tolerant where nothing is in doubt."""
