"""`score`: tallies -> a table, CSV or sealed cards."""

from collections.abc import Sequence

import click

from govrubric.cli._options import LANG, OUT
from govrubric.cli._outputs import RUBRIC, TALLY, Command, Output
from govrubric.cli._printing import as_json, put
from govrubric.cli._reading import rubric_of, scored


@click.command(
    cls=Command,
    help="""Score one or many units. TALLY is a .yaml, .json, .csv or .xlsx file of one or many units, or a
    folder of .xlsx files.""",
)
@click.argument("rubric", type=RUBRIC)
@click.argument("tallies", nargs=-1, required=True, metavar="TALLY…", type=TALLY)
@click.option(
    "--format",
    "form",
    type=click.Choice(["table", "json", "csv"]),
    default="table",
    show_default=True,
    help="What is printed.",
)
@OUT
@click.option("--strict", is_flag=True, help="Refuse a tally that leaves out a count or a flag.")
@click.option("--rank", is_flag=True, help="Add the place of each unit by total, among those of its variant.")
@LANG
def score(
    rubric: str,
    tallies: Sequence[str],
    form: str,
    out: Output | None,
    strict: bool,
    rank: bool,
    lang: str | None,
) -> None:
    from govrubric.diagnostics.diagnostic import lang as language_of
    from govrubric.reports import score_table
    from govrubric.scoring.places import ranking

    loaded = rubric_of(rubric, lang)
    language = language_of(lang or loaded._text.language)
    cards = scored(loaded, tallies, strict, language)
    if form == "json":
        header = {"id": loaded.id, "title": loaded.title, "digest": loaded.digest}
        ranked = ranking((card.unit, card.variant, card.total) for card in cards)
        beside = {"rubric": header, **({"ranking": ranked} if rank else {})}
        text = as_json({**beside, "cards": [card.to_dict() for card in cards]})
    elif form == "csv":
        text = score_table.as_csv(loaded, cards, ranked=rank)
    else:
        text = score_table.table(loaded, cards, language, ranked=rank)
    put(text, out, table=form == "csv")
