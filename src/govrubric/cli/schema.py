"""`schema`: the language, or the format of cards -> a JSON Schema."""

import click

from govrubric.cli._options import LANG_OF_HELP, OUT
from govrubric.cli._outputs import Command, Output
from govrubric.cli._printing import put


@click.command(
    cls=Command,
    help="""Print the JSON Schema of rubrics, of files of cases, or of score cards.

    By the first two an editor checks, completes and explains as you write; by the third a program checks the
    cards that it reads.
    """,
)
@click.argument("kind", type=click.Choice(["rubric", "cases", "card"]), default="rubric")
@OUT
@LANG_OF_HELP
def schema(kind: str, out: Output | None) -> None:
    from govrubric.language import json_schema
    from govrubric.scoring import card_schema

    data = card_schema.schema() if kind == "card" else json_schema.schema(kind)
    put(json_schema.dumps(data) + "\n", out)
