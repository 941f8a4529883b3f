"""`readings`: tallies -> what each unit comes to under each reading of each ambiguity."""

from collections.abc import Sequence

import click

from govrubric.cli._options import LANG, OUT, VARIANT
from govrubric.cli._outputs import RUBRIC, TALLY, Command, Output
from govrubric.cli._printing import as_json, put
from govrubric.cli._reading import rubric_of, tallied


@click.command(
    cls=Command,
    help="""Show what each unit comes to under each reading of each ambiguity, one at a time, and which
    ambiguities can be left open.

    TALLY is a .yaml, .json, .csv or .xlsx file of one or many units, or a folder of .xlsx files; without any,
    the rubric's own cases are taken.
    """,
)
@click.argument("rubric", type=RUBRIC)
@click.argument("tallies", nargs=-1, metavar="[TALLY…]", type=TALLY)
@click.option(
    "--format",
    "form",
    type=click.Choice(["table", "json"]),
    default="table",
    show_default=True,
    help="What is printed.",
)
@VARIANT
@OUT
@LANG
def readings(
    rubric: str, tallies: Sequence[str], form: str, variant: str | None, out: Output | None, lang: str | None
) -> None:
    from govrubric.cli._printing import fail
    from govrubric.comparison.readings import of_cards
    from govrubric.comparison.readings import readings as of_cases
    from govrubric.diagnostics.diagnostic import TallyError
    from govrubric.diagnostics.diagnostic import lang as language_of

    loaded = rubric_of(rubric, lang, variant)
    language = language_of(lang or loaded.language)
    try:
        result = of_cards(loaded, tallied(loaded, tallies, False, language)) if tallies else of_cases(loaded)
    except TallyError as error:  # of a case
        fail(error.diagnostics, language)
    put(as_json(result.to_dict()) if form == "json" else result.to_text(language), out)
