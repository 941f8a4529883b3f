"""`verify`: cards -> whether each of them holds."""

import os
import sys
import textwrap
from collections.abc import Sequence
from contextlib import suppress
from typing import TYPE_CHECKING

import click

from govrubric.cli._options import LANG
from govrubric.cli._outputs import CARDS, RUBRIC, Command
from govrubric.cli._printing import progress
from govrubric.cli._reading import rubric_of

if TYPE_CHECKING:
    from govrubric.diagnostics.diagnostic import Diagnostic

READ = 1000  # findings, after which the reading ends: the file is another kind of file


@click.command(cls=Command)
@click.argument("card", type=CARDS)
@click.argument("rubric", required=False, type=RUBRIC)
@LANG
def verify(card: str, rubric: str | None, lang: str | None) -> None:
    """Prove score cards: that each ledger adds up and, given the RUBRIC, that the card comes out anew."""
    from govrubric.diagnostics.bounded import MOST
    from govrubric.diagnostics.diagnostic import CardError, more
    from govrubric.diagnostics.diagnostic import lang as language_of
    from govrubric.diagnostics.display import plain
    from govrubric.scoring import card_files

    loaded = rubric_of(rubric, lang) if rubric else None
    refusals = lang or (loaded.text.language if loaded else "en")
    entries = card_files.cards(card)
    if not sys.stdout.isatty():  # on a terminal, the verdicts themselves show how far it is
        length = 0
        with suppress(OSError, ValueError):
            length = os.path.getsize(card)
        entries = progress(entries, length, lambda entry: entry.read)
    wrong = False
    told: list[Diagnostic] = []

    def tell(found: Sequence["Diagnostic"], language: str, indent: str = "") -> None:
        """Print findings, as many as are shown of one file."""
        room = max(0, MOST - 1 - len(told))
        told.extend(found)
        for finding in found[:room]:
            click.echo(
                textwrap.indent(finding.render(language), indent) + ("" if indent else "\n"), err=not indent
            )

    try:
        for entry in entries:
            if entry.card is None:
                wrong = True
                tell(entry.findings, refusals)
                if len(told) > READ:
                    break
                continue
            language = lang or entry.card.record.header.language
            found = entry.card.verify(loaded)
            total = plain(str(entry.total))
            if entry.total is None:
                total = {"en": "no score", "zh": "不予计分"}[language_of(language)]
            verdict = _verdict(bool(found), loaded is not None, language)
            click.echo(f"{plain(entry.card.unit or card)}: {total} – {verdict}")
            tell(found, language, "  ")
            wrong = wrong or bool(found)
    except CardError as error:
        tell(error.diagnostics, refusals)
        wrong = True
    if len(told) >= MOST:
        click.echo(more(told[MOST - 1 :]).render(refusals), err=True)
    sys.exit(1 if wrong else 0)


def _verdict(wrong: bool, scored_anew: bool, language: str) -> str:
    """The verdict on a card, in words."""
    from govrubric.diagnostics.diagnostic import lang

    refused, verified, consistent = {
        "en": ("refused", "verified", "the ledger adds up"),
        "zh": ("不通过", "核验通过", "账目相符"),
    }[lang(language)]
    if wrong:
        return refused
    return verified if scored_anew else consistent
