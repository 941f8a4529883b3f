"""`explain`: tallies -> how each score comes about."""

import click

from govrubric.cli._options import LANG, OUT
from govrubric.cli._outputs import RUBRIC, TALLY, Command, Output
from govrubric.cli._printing import put
from govrubric.cli._reading import rubric_of, scored


@click.command(cls=Command, help="""Show how each score comes about, rule by rule.""")
@click.argument("rubric", type=RUBRIC)
@click.argument("tally", type=TALLY)
@click.option("--unit", help="Explain this unit of the file; default: all of them.")
@click.option("--marginal", is_flag=True, help="Show too what one case more or fewer changes.")
@OUT
@LANG
def explain(
    rubric: str, tally: str, unit: str | None, marginal: bool, out: Output | None, lang: str | None
) -> None:
    from govrubric.diagnostics.diagnostic import lang as language_of
    from govrubric.diagnostics.near import nearest
    from govrubric.reports.marginal import render_marginal

    loaded = rubric_of(rubric, lang)
    language = language_of(lang or loaded._text.language)
    cards = scored(loaded, [tally], False, language)
    if unit is not None:
        units = [card.unit for card in cards if card.unit]
        cards = [card for card in cards if card.unit == unit]
        if not cards:
            near = nearest(unit, units)
            hint = f"did you mean {near!r}?" if near else f"it has {', '.join(units[:20])}"
            raise click.UsageError(f"no unit {unit!r} in {tally}; {hint}")
    parts = []
    for card in cards:
        parts.append(card.explain(language))
        if marginal:
            parts.append(render_marginal(card.marginal(), loaded._text.round.places, language))
    put("\n".join(parts), out)
