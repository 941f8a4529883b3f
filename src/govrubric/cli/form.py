"""`form`: a rubric -> its official form to fill in, one for each unit where there is a list of them."""

import os
from collections.abc import Callable, Mapping, Sequence
from pathlib import PurePath
from typing import TYPE_CHECKING

import click

from govrubric.cli._options import LANG, VARIANT
from govrubric.cli._outputs import RUBRIC, TALLY, WRITTEN_TABLE, Command
from govrubric.cli._printing import fail, progress, put_file
from govrubric.cli._reading import rubric_of
from govrubric.cli._unit_cards import filled_word

if TYPE_CHECKING:
    from govrubric.rubric import Rubric

Write = Callable[[str, str], bytes]
"""The code and the name of a unit, or empty text -> the bytes of its form."""


def _excel(rubric: "Rubric", language: str | None) -> Write:
    try:
        from govrubric.forms.workbook import ExcelForm
    except ImportError:  # what writes workbooks is an extra
        raise click.ClickException("form needs more packages: pip install 'govrubric[office]'") from None
    return ExcelForm(rubric, language).file


def _word(rubric: "Rubric", language: str | None) -> Write:
    try:
        from govrubric.forms.word import UnitCards, written
    except ImportError:  # what writes Word files is an extra
        raise click.ClickException("form needs more packages: pip install 'govrubric[office]'") from None

    def file(unit: str, name: str) -> bytes:
        return written(rubric, [UnitCards(unit or None, name or None)], language)

    return file


FORMATS: Mapping[str, Callable[["Rubric", str | None], Write]] = {".xlsx": _excel, ".docx": _word}


def _maker(file: str) -> Callable[["Rubric", str | None], Write]:
    """What writes a file of this kind."""
    from govrubric.diagnostics.diagnostic import FILE
    from govrubric.diagnostics.display import plain

    maker = FORMATS.get(PurePath(file).suffix.lower())
    if maker is None:
        message = f"'{plain(file, FILE)}' does not end in {' or '.join(FORMATS)}"
        raise click.BadParameter(message, param_hint="'--out'")
    return maker


@click.command(
    cls=Command,
    help="""Write the official form of RUBRIC, to be filled in.

    A workbook (.xlsx) has the official form, a sheet for the unit's own assessment and one for the assessor,
    and computes every score while people type. A Word file (.docx) is the official form alone, blank or, with
    `--tally` and `--official`, filled in and ready to sign. A file that exists already is never written over.
    """,
)
@click.argument("rubric", type=RUBRIC)
@click.option(
    "--out",
    type=WRITTEN_TABLE,
    required=True,
    metavar="FORM",
    help="The file to write; its ending decides the format: .xlsx or .docx.",
)
@click.option(
    "--units",
    type=TALLY,
    metavar="UNITS",
    help="A .csv file with columns unit and name: a form for each unit, with its code in the file's name.",
)
@click.option(
    "--tally",
    "own",
    type=TALLY,
    multiple=True,
    metavar="TALLY",
    help="The units' own assessments, which fill in a .docx; may be given several times.",
)
@click.option(
    "--official",
    type=TALLY,
    multiple=True,
    metavar="TALLY",
    help="The official assessments, likewise.",
)
@VARIANT
@LANG
def form(
    rubric: str,
    out: str,
    units: str | None,
    own: Sequence[str],
    official: Sequence[str],
    variant: str | None,
    lang: str | None,
) -> None:
    from govrubric.diagnostics.diagnostic import CardError, RubricError, TallyError
    from govrubric.diagnostics.diagnostic import lang as language_of

    maker = _maker(out)
    loaded = rubric_of(rubric, lang, variant)
    language = lang or loaded.language
    filled = bool(own or official)
    if filled and maker is not _word:
        raise click.UsageError("--tally and --official fill in a .docx; people fill in a workbook")
    try:
        files = {out: ("", "")} if units is None else _files(out, units, variant, language)
        for file in files:
            _spare(file)
        write = maker(loaded, lang)
        if filled:
            write = filled_word(loaded, (own, official), [unit for unit, _ in files.values()], lang)
        for file, (unit, name) in progress(files.items(), len(files)):
            put_file(write(unit, name), file)
    except (CardError, RubricError, TallyError) as error:
        fail(error.diagnostics, language)
    click.echo(_summary(list(files), zh=language_of(language) == "zh"), err=True)


def _files(out: str, units: str, variant: str | None, language: str) -> dict[str, tuple[str, str]]:
    """The file of each unit, with its code and its name."""
    from govrubric.forms.units import file_names, units_of

    listed = units_of(units, language)
    if any(unit.variant not in ("", variant) for unit in listed):
        raise click.UsageError(
            "the list has units of other variants; write the forms of each variant by themselves, "
            "with --variant"
        )
    named = file_names(out, listed, language)
    return {file: (unit.unit, unit.name) for file, unit in named.items()}


def _spare(file: str) -> None:
    """Refuse a file that exists, since people may have filled it in."""
    from govrubric.diagnostics.diagnostic import FILE
    from govrubric.diagnostics.display import plain

    if os.path.lexists(file):
        message = f"'{plain(file, FILE)}' exists already, and is not written over"
        raise click.BadParameter(message, param_hint="'--out'")


def _summary(files: list[str], *, zh: bool) -> str:
    """How many forms were written, and where."""
    from govrubric.diagnostics.diagnostic import FILE
    from govrubric.diagnostics.display import plain

    first, last = plain(files[0], FILE), plain(files[-1], FILE)
    if len(files) == 1:
        return f"已写出：{first}" if zh else f"written: {first}"
    if zh:
        return f"已写出 {len(files)} 份：{first} 至 {last}"
    return f"{len(files)} forms written: {first} to {last}"
