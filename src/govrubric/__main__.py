"""`python -m govrubric`: the command."""

from govrubric.cli import main

main(prog_name="govrubric")
