"""Arguments and exit codes: 0 all is well, 1 findings, 2 wrong usage. Each command imports what it alone needs."""

import sys
import textwrap
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn, TypeVar

import click

from govrubric.version import __version__

if TYPE_CHECKING:
    from govrubric.card import ScoreCard
    from govrubric.diagnostics import Diagnostic
    from govrubric.rubric import Rubric
    from govrubric.units import Unit

T = TypeVar("T")


def _language(_: click.Context, __: click.Parameter, value: str | None) -> str | None:
    if value is not None and value.lower().split("-")[0] not in ("en", "zh"):
        raise click.BadParameter(f"{value!r} is not spoken here; choose en or zh-CN")
    return value


LANG = click.option("--lang", metavar="LANG", callback=_language, help="Language of the output: en or zh-CN. Default: the rubric's own.")
OUT = click.option("--out", type=click.Path(dir_okay=False), help="Write to this file instead of the screen; it appears whole or not at all.")


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="govrubric")
def main() -> None:
    """Written scoring rubrics as typed YAML, scored exactly, with a full audit trace.

    RUBRIC is the path of a rubric file, or the name of one that is shipped: 2023-district, 2023-department.
    """


@main.command()
@click.argument("paths", nargs=-1, required=True, metavar="PATH…")
@click.option("--format", "form", type=click.Choice(["text", "json", "line"]), default="text", show_default=True, help="How findings are printed.")
@LANG
def check(paths: Sequence[str], form: str, lang: str | None) -> None:
    """Check rubric files: every finding, and every case of theirs that fails. Exit 1 if there is any."""
    from govrubric.loading import examine

    found: list[dict[str, Any]] = []
    count = 0
    for path in paths:
        done = examine(path)
        language = lang or done.language
        count += len(done.found)
        found += [one.to_dict(language) for one in done.found]
        if form == "text":
            click.echo("".join(f"{one.render(language)}\n\n" for one in done.found), nl=False)
            if not done.found and done.rubric is not None:
                click.echo(_clean(path, done.rubric, language))
        elif form == "line":
            click.echo("".join(f"{one.line(language)}\n" for one in done.found), nl=False)
    if form == "json":
        click.echo(_json(found), nl=False)
    sys.exit(1 if count else 0)


def _clean(path: str, rubric: "Rubric", language: str) -> str:
    from govrubric.diagnostics import lang, plain

    cases = len(rubric.text.cases)
    words = {
        "en": "clean, {} case(s) pass" if cases else "clean, but without a case of its own",
        "zh": "无问题，{} 个案例全部通过" if cases else "无问题，但没有自带案例",
    }[lang(language)]
    return f"{plain(path, 300)}: {words.format(cases)}"


@main.command()
@click.argument("rubric")
@click.argument("tallies", nargs=-1, required=True, metavar="TALLY…")
@click.option("--format", "form", type=click.Choice(["table", "json", "csv"]), default="table", show_default=True, help="What is printed.")
@OUT
@click.option("--strict", is_flag=True, help="Refuse a tally that leaves out a count or a flag.")
@LANG
def score(rubric: str, tallies: Sequence[str], form: str, out: str | None, strict: bool, lang: str | None) -> None:
    """Score one or many units. TALLY is a .yaml, .json or .csv file of one or many units."""
    from govrubric.diagnostics import lang as language_of
    from govrubric.render import table

    made = _rubric(rubric, lang)
    language = language_of(lang or made.text.language)
    cards = _scored(made, tallies, strict, language)
    if form == "json":
        text = _json({"rubric": {"id": made.id, "title": made.title, "digest": made.digest}, "cards": [card.to_dict() for card in cards]})
    else:
        text = table.as_csv(made, cards) if form == "csv" else table.table(made, cards, language)
        # Without the mark, the spreadsheets of most offices read a file in another encoding.
        text = "\ufeff" + text if form == "csv" and out else text
    _put(text, out)


@main.command()
@click.argument("rubric")
@click.argument("tally")
@click.option("--unit", help="Explain this unit of the file; default: all of them.")
@OUT
@LANG
def explain(rubric: str, tally: str, unit: str | None, out: str | None, lang: str | None) -> None:
    """Show how each score comes about, rule by rule."""
    from govrubric.diagnostics import lang as language_of
    from govrubric.diagnostics import nearest

    made = _rubric(rubric, lang)
    language = language_of(lang or made.text.language)
    cards = _scored(made, [tally], False, language)
    if unit is not None:
        units = [card.unit for card in cards if card.unit]
        cards = [card for card in cards if card.unit == unit]
        if not cards:
            near = nearest(unit, units)
            raise click.UsageError(f"no unit {unit!r} in {tally}" + (f"; did you mean {near!r}?" if near else f"; it has {', '.join(units[:20])}"))
    _put("\n".join(card.explain(language) for card in cards), out)


@main.command()
@click.argument("card")
@click.argument("rubric", required=False)
@LANG
def verify(card: str, rubric: str | None, lang: str | None) -> None:
    """Prove score cards: that each ledger adds up and, given the RUBRIC, that the card comes out anew."""
    from govrubric import files, reading
    from govrubric.card import ScoreCard
    from govrubric.diagnostics import CardError, Diagnostic, plain
    from govrubric.diagnostics import lang as language_of

    made = _rubric(rubric, lang) if rubric else None
    data = files.read(card, reading.LIMIT)
    if isinstance(data, Diagnostic):
        _fail([data], lang or "en")
    try:
        text = files.decode(card, data)
        if isinstance(text, Diagnostic):
            raise CardError([text])
        plain_data = reading.parse(text, card)
        rows = plain_data.get("cards") if isinstance(plain_data, dict) and "cards" in plain_data else [plain_data]
        cards = [ScoreCard.from_dict(row) for row in (rows if isinstance(rows, list) and rows else [rows])]
    except CardError as error:
        _fail(error.diagnostics, lang or (made.text.language if made else "en"))
    wrong = False
    for one, row in zip(cards, rows if isinstance(rows, list) and rows else [rows], strict=True):
        language = lang or one.record.header.language
        found = one.verify(made)
        word = {"en": ("refused", "verified", "the ledger adds up"), "zh": ("不通过", "核验通过", "账目相符")}[language_of(language)]
        verdict = word[0] if found else word[1] if made else word[2]
        total = {"en": "no score", "zh": "不予计分"}[language_of(language)] if row.get("total") is None else plain(str(row["total"]))
        click.echo(f"{plain(one.unit or card)}: {total} – {verdict}")
        for finding in found:
            click.echo(textwrap.indent(finding.render(language), "  "))
        wrong = wrong or bool(found)
    sys.exit(1 if wrong else 0)


@main.command()
@click.argument("rubric")
@click.option("--blank", type=click.Choice(["csv", "yaml"]), help="Print a tally to be filled in instead: every input by its name.")
@OUT
@LANG
def show(rubric: str, blank: str | None, out: str | None, lang: str | None) -> None:
    """Show a rubric: its tree with weights, its rules as sentences, and the cases that empty an item."""
    from govrubric.diagnostics import lang as language_of
    from govrubric.render import blanks
    from govrubric.render.outline import outline

    made = _rubric(rubric, lang)
    language = language_of(lang or made.text.language)
    if blank == "csv":
        _put(("\ufeff" if out else "") + blanks.as_csv(made), out)
    else:
        _put(blanks.as_yaml(made, language) if blank else outline(made, language), out)


def _rubric(name: str, lang: str | None) -> "Rubric":
    """A rubric by its path or by its shipped name."""
    from govrubric.diagnostics import RubricError, nearest
    from govrubric.loading import load, shipped, shipped_names

    try:
        if name in shipped_names() and not Path(name).exists():
            return shipped(name)
        if "/" not in name and not Path(name).suffix and not Path(name).exists():
            near = nearest(name, shipped_names())
            hint = f"did you mean {near!r}?" if near else f"shipped are {', '.join(shipped_names())}"
            raise click.UsageError(f"{name!r} is neither a file nor a shipped rubric; {hint}")
        return load(name)
    except RubricError as error:
        _fail(error.diagnostics, lang or error.language)


def _scored(rubric: "Rubric", paths: Sequence[str], strict: bool, language: str) -> list["ScoreCard"]:
    """The cards of all files in the order given, or every finding of all of them."""
    from dataclasses import replace

    from govrubric import units
    from govrubric.card import ScoreCard

    found: list[Diagnostic] = []
    cards: list[ScoreCard] = []
    every: list[Unit] = []
    for path in paths:
        read = units.parse(rubric, path)
        found += read.found
        # A file of one unit that gives no code is known by its file's name.
        every += [replace(unit, unit=unit.unit or Path(path).stem) if len(read.units) == 1 else unit for unit in read.units]
    found += units.repeated(every)
    for done in _progress(units.score(rubric, every, strict=strict), len(every)):
        if isinstance(done, ScoreCard):
            cards.append(done)
        else:
            found += done
    if any(one.severity == "error" for one in found):
        _fail(found, language)
    for warning in found:
        click.echo(warning.render(language), err=True)
    return cards


def _progress(done: Iterable[T], length: int) -> Iterator[T]:
    """Hand on what is done; on a terminal, after a second, show how far it is."""
    import time

    began = time.monotonic()
    bar = None
    for count, one in enumerate(done, 1):
        if bar is None and sys.stderr.isatty() and time.monotonic() - began > 1:
            bar = click.progressbar(length=length, file=sys.stderr, show_pos=True)
            bar.update(count - 1)
        if bar is not None:
            bar.update(1)
        yield one
    if bar is not None:
        bar.render_finish()


def _json(data: object) -> str:
    from govrubric import record

    return record.dumps(data)


def _put(text: str, out: str | None) -> None:
    """Print the text, or put it in place as a file."""
    if out is None:
        click.echo(text, nl=False)
        return
    from govrubric import files

    try:
        files.write(out, text)
    except OSError as error:
        raise click.ClickException(f"{out} was not written, and what stood there before is whole: {error.strerror or error}") from None


def _fail(found: Iterable["Diagnostic"], language: str) -> NoReturn:
    """Print findings, and leave with the exit code of bad input."""
    from govrubric.diagnostics import in_file_order

    for one in in_file_order(found):
        click.echo(one.render(language) + "\n", err=True)
    sys.exit(1)
