"""`report`: tallies, and official ones beside them -> a page, a workbook or the filled official forms."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import PurePath
from typing import TYPE_CHECKING

import click

from govrubric.cli._options import LANG
from govrubric.cli._outputs import RUBRIC, TALLY, WRITTEN_TABLE, Command
from govrubric.cli._printing import fail, put_file
from govrubric.cli._reading import rubric_of, tallied

if TYPE_CHECKING:
    from govrubric.comparison.pairs import Scored
    from govrubric.reporting.report import Report

Write = Callable[["Report", str | None], bytes]


def _page() -> Write:
    from govrubric.reporting.page import page

    return lambda report, language: page(report, language).encode("utf-8", "backslashreplace")


def _excel() -> Write:
    from govrubric.reporting.workbook import workbook

    return workbook


def _word() -> Write:
    from govrubric.reporting.documents import document

    return document


FORMATS: Mapping[str, Callable[[], Write]] = {".html": _page, ".xlsx": _excel, ".docx": _word}


def _writer(file: str) -> Write:
    """What writes a file of this kind."""
    from govrubric.diagnostics.diagnostic import FILE
    from govrubric.diagnostics.display import plain

    maker = FORMATS.get(PurePath(file).suffix.lower())
    if maker is None:
        message = f"'{plain(file, FILE)}' does not end in {' or '.join(FORMATS)}"
        raise click.BadParameter(message, param_hint="'--out'")
    try:
        return maker()
    except ImportError:  # what writes reports is an extra
        raise click.ClickException("report needs more packages: pip install 'govrubric[office]'") from None


@click.command(
    cls=Command,
    help="""Write a report of many units: the ranking, what each indicator and rule cost, and for each unit
    the official form and every rule with its working.

    TALLY is a .yaml, .json, .csv or .xlsx file of one or many units, or a folder of .xlsx files.
    """,
)
@click.argument("rubric", type=RUBRIC)
@click.argument("tallies", nargs=-1, required=True, metavar="TALLY…", type=TALLY)
@click.option(
    "--official",
    multiple=True,
    type=TALLY,
    metavar="FILE",
    help="The official assessments: these are ranked, and the units' own stand beside them. May be repeated.",
)
@click.option(
    "--out",
    type=WRITTEN_TABLE,
    required=True,
    metavar="REPORT",
    help="The file to write; its ending decides the format: .html, .xlsx or .docx.",
)
@LANG
def report(rubric: str, tallies: Sequence[str], official: Sequence[str], out: str, lang: str | None) -> None:
    from govrubric.comparison.pairs import named_alike, paired
    from govrubric.diagnostics.diagnostic import TallyError
    from govrubric.diagnostics.diagnostic import lang as language_of
    from govrubric.reporting.report import report as reported

    write = _writer(out)
    loaded = rubric_of(rubric, lang)
    language = language_of(lang or loaded.language)
    own: Scored = tallied(loaded, tallies, False, language, "own" if official else None)
    pairs = None
    if official:
        theirs: Scored = tallied(loaded, official, False, language, "official")
        try:
            own, theirs = named_alike(loaded, own, theirs)
            pairs = paired(loaded, own, theirs)
        except TallyError as error:
            fail(error.diagnostics, language)
    put_file(write(reported(loaded, [card for _, card in own], pairs), lang), out)
