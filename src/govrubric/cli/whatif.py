"""`whatif`: tallies -> how totals and ranks move with rules and counts, and what decides the ranking."""

from collections.abc import Sequence
from fractions import Fraction
from typing import TYPE_CHECKING

import click

from govrubric.cli._options import LANG, OUT, VARIANT
from govrubric.cli._outputs import RUBRIC, TALLY, Command, Output
from govrubric.cli._printing import as_json, fail, progress, put
from govrubric.cli._reading import of_one, rubric_of, tallied

if TYPE_CHECKING:
    from govrubric.rubric import Rubric
    from govrubric.sensitivity.units import Frame


def _share(_: click.Context, __: click.Parameter, value: str) -> Fraction:
    """`10%` -> 1/10. The sign is required, since 0.1 could mean a tenth or a tenth of a percent."""
    from govrubric.numbers import NotANumber, parse

    try:
        if value[-1:] in ("%", "％") and 0 < (share := parse(value[:-1].strip()) / 100) < 1:
            return share
    except NotANumber:
        pass
    raise click.BadParameter(f"{value!r} is no percentage above 0% and below 100%; write it as 10%")


@click.command(
    cls=Command,
    help="""Show how totals and the ranking move with each rule and count, and which indicator
    decides the ranking.

    TALLY is a .yaml, .json, .csv or .xlsx file of many units, or a folder of .xlsx files; or it is one large
    table, as a .parquet, .arrow or .csv file.
    """,
)
@click.argument("rubric", type=RUBRIC)
@click.argument("tallies", nargs=-1, required=True, metavar="TALLY…", type=TALLY)
@click.option(
    "--share",
    callback=_share,
    default="10%",
    show_default=True,
    metavar="PERCENT",
    help="By how much the effect of each rule is made smaller and larger.",
)
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
def whatif(
    rubric: str,
    tallies: Sequence[str],
    share: Fraction,
    form: str,
    variant: str | None,
    out: Output | None,
    lang: str | None,
) -> None:
    from govrubric.sensitivity.whatif import needed

    try:
        needed()
    except ImportError as error:  # polars is an extra
        raise click.ClickException(str(error)) from None
    from govrubric.diagnostics.diagnostic import TallyError
    from govrubric.diagnostics.diagnostic import lang as language_of
    from govrubric.sensitivity.study import Study

    loaded = rubric_of(rubric, lang, variant)
    language = language_of(lang or loaded._text.language)
    try:
        study = Study(loaded, _frame(loaded, tallies, language), share)
    except TallyError as error:
        fail(error.diagnostics, language)
    result = study.result(progress(study.outcomes(), len(study.variants)))
    put(as_json(result.to_dict()) if form == "json" else result.to_text(language), out)


def _frame(rubric: "Rubric", tallies: Sequence[str], language: str) -> "Frame":
    """The units of all files as one frame."""
    from govrubric.sensitivity import cards, units

    if not any(map(units.is_table, tallies)):
        one = of_one(rubric, tallied(rubric, tallies, False, language))
        return cards.of_cards(rubric, [card for _, card in one])
    if len(tallies) > 1:
        raise click.UsageError("a table stands alone: put its units and the others into one file")
    return units.read(rubric, tallies[0])
