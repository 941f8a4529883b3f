"""`verify`: cards -> whether they are proved."""

import sys
import textwrap

import click

from govrubric.cli._options import LANG
from govrubric.cli._outputs import CARDS, RUBRIC, Command
from govrubric.cli._printing import fail
from govrubric.cli._reading import rubric_of


@click.command(cls=Command)
@click.argument("card", type=CARDS)
@click.argument("rubric", required=False, type=RUBRIC)
@LANG
def verify(card: str, rubric: str | None, lang: str | None) -> None:
    """Prove score cards: that each ledger adds up and, given the RUBRIC, that the card comes out anew."""
    from govrubric.diagnostics.diagnostic import CardError, Diagnostic, plain
    from govrubric.diagnostics.diagnostic import lang as language_of
    from govrubric.document import files
    from govrubric.scoring import card_reader as reading
    from govrubric.scoring.card import ScoreCard

    made = rubric_of(rubric, lang) if rubric else None
    data = files.read(card, reading.LIMIT)
    if isinstance(data, Diagnostic):
        fail([data], lang or "en")
    try:
        text = files.decode(card, data)
        if isinstance(text, Diagnostic):
            raise CardError([text])
        plain_data = reading.parse(text, card)
        rows = (
            plain_data.get("cards")
            if isinstance(plain_data, dict) and "cards" in plain_data
            else [plain_data]
        )
        cards = [ScoreCard.from_dict(row) for row in (rows if isinstance(rows, list) and rows else [rows])]
    except CardError as error:
        fail(error.diagnostics, lang or (made.text.language if made else "en"))
    wrong = False
    for one, row in zip(cards, rows if isinstance(rows, list) and rows else [rows], strict=True):
        language = lang or one.record.header.language
        found = one.verify(made)
        word = {
            "en": ("refused", "verified", "the ledger adds up"),
            "zh": ("不通过", "核验通过", "账目相符"),
        }[language_of(language)]
        verdict = word[0] if found else word[1] if made else word[2]
        total = (
            {"en": "no score", "zh": "不予计分"}[language_of(language)]
            if row.get("total") is None
            else plain(str(row["total"]))
        )
        click.echo(f"{plain(one.unit or card)}: {total} – {verdict}")
        for finding in found:
            click.echo(textwrap.indent(finding.render(language), "  "))
        wrong = wrong or bool(found)
    sys.exit(1 if wrong else 0)
