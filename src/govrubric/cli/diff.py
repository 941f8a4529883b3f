"""`diff`: two rubrics, and tallies of the older -> what changed, and the totals under both."""

import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import click

from govrubric.cli._options import LANG, OUT, VARIANT
from govrubric.cli._outputs import RUBRIC, TALLY, Command, Output
from govrubric.cli._printing import as_json, progress, put
from govrubric.cli._reading import of_one, rubric_of, tallied


@click.command(
    cls=Command,
    help="""Compare two rubrics by meaning, and tell what last year's tallies come to under both.

    Exit 0 if they mean the same, 1 if they differ, 2 if there is anything wrong with a file.
    """,
)
@click.argument("older", metavar="OLDER", type=RUBRIC)
@click.argument("newer", metavar="NEWER", type=RUBRIC)
@click.option(
    "--tally",
    "tallies",
    multiple=True,
    type=TALLY,
    metavar="FILE",
    help="Tallies of the older rubric, to be scored under both. May be repeated.",
)
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "markdown"]),
    default="text",
    show_default=True,
    help="What is printed.",
)
@VARIANT
@OUT
@LANG
def diff(
    older: str,
    newer: str,
    tallies: Sequence[str],
    form: str,
    variant: str | None,
    out: Output | None,
    lang: str | None,
) -> None:
    from govrubric.comparison.diff import compared
    from govrubric.diagnostics.bounded import rendered
    from govrubric.diagnostics.diagnostic import lang as language_of

    with _bad_input_exits_with_2():
        before, after = rubric_of(older, lang, variant), rubric_of(newer, lang, variant)
        language = language_of(lang or after._text.language)
        scored = of_one(before, tallied(before, tallies, False, language))
    difference = compared(before, after, progress(scored, len(scored)) if tallies else None)
    if difference.replay is not None:
        found = [finding for unit in difference.replay.refused for finding in unit.diagnostics]
        click.echo(rendered(found, language), nl=False, err=True)
    if form == "json":
        text = as_json(difference.to_dict(language))
    elif form == "markdown":
        text = difference.to_markdown(language)
    else:
        text = difference.to_text(language)
    put(text, out)
    sys.exit(1 if difference.changes else 0)


@contextmanager
def _bad_input_exits_with_2() -> Iterator[None]:
    """Exit with 2 for bad input, as the `diff` of Unix does, since 1 means that the two differ."""
    try:
        yield
    except SystemExit:
        sys.exit(2)
