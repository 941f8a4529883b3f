"""Score cards and rubrics as text, tables and CSV: these print lines and never compute."""
