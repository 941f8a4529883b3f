"""`compare`: self-assessments and official assessments -> the differences, and what makes them."""

import click

from govrubric.cli._options import LANG, OUT
from govrubric.cli._outputs import RUBRIC, TALLY, Command, Output
from govrubric.cli._printing import as_json, fail, put
from govrubric.cli._reading import rubric_of, tallied


@click.command(
    cls=Command,
    help="""Show for each unit where its own assessment and the official one differ, item by item, and which
    counts make the difference, the largest first.

    SELF and OFFICIAL are .yaml, .json, .csv or .xlsx files of one or many units, or folders of .xlsx files.
    Units are matched by their codes. Of forms, SELF is the sheet of the unit, OFFICIAL that of the assessor.
    """,
)
@click.argument("rubric", type=RUBRIC)
@click.argument("own", metavar="SELF", type=TALLY)
@click.argument("official", metavar="OFFICIAL", type=TALLY)
@click.option(
    "--format",
    "form",
    type=click.Choice(["table", "csv", "json", "markdown"]),
    default="table",
    show_default=True,
    help="What is printed.",
)
@OUT
@LANG
def compare(rubric: str, own: str, official: str, form: str, out: Output | None, lang: str | None) -> None:
    from govrubric.comparison import pairs_text
    from govrubric.comparison.pairs import named_alike, paired
    from govrubric.diagnostics.diagnostic import TallyError
    from govrubric.diagnostics.diagnostic import lang as language_of

    loaded = rubric_of(rubric, lang)
    language = language_of(lang or loaded.language)
    sides = (
        tallied(loaded, [own], False, language, "own"),
        tallied(loaded, [official], False, language, "official"),
    )
    try:
        pairs = paired(loaded, *named_alike(loaded, *sides))
    except TallyError as error:
        fail(error.diagnostics, language)
    if form == "json":
        text = as_json(pairs.to_dict())
    elif form == "csv":
        text = pairs_text.as_csv(pairs)
    elif form == "markdown":
        text = pairs_text.as_markdown(pairs, language)
    else:
        text = pairs_text.as_text(pairs, language)
    put(text, out, table=form == "csv")
