"""`verify`: cards -> whether each of them holds."""

import os
import sys
import textwrap
from collections.abc import Iterator, Sequence
from contextlib import suppress
from typing import TYPE_CHECKING, Any

import click

from govrubric.cli._help import of_person
from govrubric.cli._options import LANG
from govrubric.cli._outputs import CARDS, RUBRIC, TALLY, Command
from govrubric.cli._printing import as_json, progress
from govrubric.cli._reading import rubric_of, scored

if TYPE_CHECKING:
    from govrubric.diagnostics.diagnostic import Diagnostic
    from govrubric.rubric import Rubric
    from govrubric.scoring.card_files import Entry
    from govrubric.scoring.tallied import Tallied

VERDICTS = {
    "en": {
        "refused": "refused", "verified": "verified", "consistent": "the ledger adds up", "none": "no score",
        "reworded": "its figures are verified",
    },
    "zh": {
        "refused": "不通过", "verified": "核验通过", "consistent": "账目相符", "none": "不予计分",
        "reworded": "各项数字核验通过",
    },
}  # fmt: skip
READ = 1000  # findings, after which the reading ends: the file is another kind of file


@click.command(
    cls=Command,
    help="""Prove score cards: that each ledger adds up and, given the RUBRIC, that the card comes out anew.

    What could not be checked is told at the end.
    """,
)
@click.argument("card", type=CARDS)
@click.argument("rubric", required=False, type=RUBRIC)
@click.option(
    "--tally",
    "tallies",
    multiple=True,
    type=TALLY,
    metavar="FILE",
    help="The tallies of the cards, to be compared with them: all of them. May be repeated.",
)
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="What is printed.",
)
@LANG
def verify(card: str, rubric: str | None, tallies: Sequence[str], form: str, lang: str | None) -> None:
    from govrubric.diagnostics.diagnostic import lang as language_of
    from govrubric.scoring.tallied import Tallied

    if tallies and rubric is None:
        raise click.UsageError("--tally needs the RUBRIC, by which the tallies are scored")
    loaded = rubric_of(rubric, lang) if rubric else None
    language = lang or (loaded._text.language if loaded else of_person())
    tallied = Tallied(scored(loaded, tallies, False, language_of(language))) if loaded and tallies else None
    proof = _Proof(card, loaded, tallied, lang, language)
    as_text = form == "text"
    entries = proof.entries()
    if not (as_text and sys.stdout.isatty()):  # on a terminal, the verdicts themselves show how far it is
        length = 0
        with suppress(OSError, ValueError):
            length = os.path.getsize(card)
        entries = progress(entries, length, lambda entry: entry.read)
    for entry in entries:
        proof.judge(entry, as_text)
        if proof.shown + proof.hidden > READ and not proof.judged:
            break
    proof.end(as_text)
    sys.exit(1 if proof.wrong else 0)


class _Proof:
    """The judgement of the cards of a file, one after another."""

    def __init__(
        self, name: str, rubric: "Rubric | None", tallied: "Tallied | None", lang: str | None, language: str
    ) -> None:
        self.name, self.rubric, self.tallied = name, rubric, tallied
        self.lang, self.language = lang, language  # as it was asked for; of what is about no card
        self.judged = False
        self.shown = self.hidden = 0  # findings
        self.engines: set[str] = set()
        self.cards: list[dict[str, Any]] = []
        self.findings: list[Diagnostic] = []
        self.wrong = False

    def entries(self) -> "Iterator[Entry]":
        """What stands in the file; a finding that it cannot be read any further comes last."""
        from govrubric.diagnostics.diagnostic import CardError
        from govrubric.scoring import card_files

        try:
            yield from card_files.cards(self.name)
        except CardError as error:
            yield card_files.Entry(None, None, error.diagnostics, 0)

    def judge(self, entry: "Entry", as_text: bool) -> None:
        """Judge a card; as text, print the verdict."""
        from govrubric.diagnostics.diagnostic import lang as language_of
        from govrubric.diagnostics.display import plain
        from govrubric.version import __version__

        card = entry.card
        if card is None:
            self.refuse(entry.findings, as_text)
            return
        found = [*entry.findings, *card.verify(self.rubric)]
        found += self.tallied.differences(card) if self.tallied else []
        self.engines |= {card.engine_version} - {__version__}
        language = self.lang or card._record.header.language
        if self.rubric is None:
            self.language = language
        self.judged = True
        words = VERDICTS[language_of(language)]
        verdict = "consistent" if self.rubric is None else "verified"
        if found:
            refused = any(finding.severity == "error" for finding in found)
            verdict, self.wrong = ("refused" if refused else "reworded"), self.wrong or refused
        if as_text:
            total = words["none"] if entry.total is None else plain(str(entry.total))
            click.echo(f"{plain(card.unit or self.name)}: {total} – {words[verdict]}")
            for finding in self.take(found):
                click.echo(textwrap.indent(finding.render(language), "  "))
        else:
            self.cards.append(
                {
                    "unit": card.unit,
                    "total": entry.total,
                    "verdict": verdict,
                    "findings": [finding.to_dict(language) for finding in self.take(found)],
                }
            )

    def refuse(self, findings: "Sequence[Diagnostic]", as_text: bool) -> None:
        """Findings that are about no card that could be read."""
        self.wrong = self.wrong or bool(findings)
        shown = self.take(findings)
        self.findings += shown
        for finding in shown if as_text else ():
            click.echo(finding.render(self.language) + "\n", err=True)

    def take(self, findings: "Sequence[Diagnostic]") -> "Sequence[Diagnostic]":
        """The findings that are shown: as many as are shown of one file."""
        from govrubric.diagnostics.bounded import MOST

        shown = findings[: max(0, MOST - 1 - self.shown)]
        self.shown += len(shown)
        self.hidden += len(findings) - len(shown)
        return shown

    def end(self, as_text: bool) -> None:
        """The units without a card, and what was not checked."""
        from govrubric.diagnostics.diagnostic import Diagnostic
        from govrubric.diagnostics.diagnostic import lang as language_of
        from govrubric.diagnostics.source import Place
        from govrubric.scoring.unchecked import unchecked

        self.refuse(self.tallied.missing() if self.tallied else (), as_text)
        more: tuple[str, ...] = ()
        if self.hidden:
            finding = Diagnostic.of("GR100", Place(self.name, 1, 1, 2, ""), number=self.hidden, what="file")
            more = (finding.render(self.language) + "\n",)
        lines = unchecked(
            language_of(self.language),
            rubric=self.rubric is not None,
            tallies=self.tallied is not None,
            engines=self.engines,
        )
        if as_text:
            click.echo("".join(f"{line}\n" for line in (*more, *lines) if self.judged or more), nl=False)
            return
        data = {
            "rubric": self.rubric and self.rubric.digest,
            "cards": self.cards,
            "findings": [finding.to_dict(self.language) for finding in self.findings],
            "hidden": self.hidden,
            "unchecked": lines,
        }
        click.echo(as_json(data), nl=False)
