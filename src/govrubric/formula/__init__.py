"""The exact algebra in which everything is computed: an intermediate representation (IR)."""
