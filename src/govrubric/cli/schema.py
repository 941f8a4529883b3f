"""`schema`: the language -> a JSON Schema, for editors."""

import click

from govrubric.cli._options import OUT
from govrubric.cli._outputs import Command, Output
from govrubric.cli._printing import put


@click.command(
    cls=Command,
    help="""Print the JSON Schema of rubrics, or of files of cases.

    By it an editor checks, completes and explains as you write.
    """,
)
@click.argument("kind", type=click.Choice(["rubric", "cases"]), default="rubric")
@OUT
def schema(kind: str, out: Output | None) -> None:
    from govrubric.language import json_schema

    put(json_schema.dumps(json_schema.schema(kind)) + "\n", out)
