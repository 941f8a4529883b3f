"""`show`: a rubric -> its tree, or a tally to be filled in."""

import click

from govrubric.cli._options import LANG, OUT, VARIANT
from govrubric.cli._outputs import RUBRIC, Command, Output
from govrubric.cli._printing import put
from govrubric.cli._reading import rubric_of


@click.command(
    cls=Command,
    help="Show a rubric: its tree with weights, its rules as sentences with their clauses, and its notes.",
)
@click.argument("rubric", type=RUBRIC)
@click.option(
    "--blank",
    type=click.Choice(["csv", "yaml"]),
    help="Print a tally to be filled in instead: every input by its name.",
)
@VARIANT
@OUT
@LANG
def show(rubric: str, blank: str | None, variant: str | None, out: Output | None, lang: str | None) -> None:
    from govrubric.diagnostics.diagnostic import lang as language_of
    from govrubric.reports import blanks
    from govrubric.reports.outline import outline

    loaded = rubric_of(rubric, lang, variant)
    language = language_of(lang or loaded._text.language)
    if blank == "csv":
        put(blanks.as_csv(loaded), out, table=True)
    else:
        put(blanks.as_yaml(loaded, language) if blank else outline(loaded, language), out)
