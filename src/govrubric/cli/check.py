"""`check`: rubric files -> every finding, in the form that the reader takes."""

import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import click

from govrubric.cli._options import LANG
from govrubric.cli._printing import as_json

if TYPE_CHECKING:
    from govrubric.rubric import Rubric


@click.command()
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
        click.echo(as_json(found), nl=False)
    sys.exit(1 if count else 0)


def _clean(path: str, rubric: "Rubric", language: str) -> str:
    from govrubric.diagnostics import lang, plain

    cases = len(rubric.text.cases)
    words = {
        "en": "clean, {} case(s) pass" if cases else "clean, but without a case of its own",
        "zh": "无问题，{} 个案例全部通过" if cases else "无问题，但没有自带案例",
    }[lang(language)]
    return f"{plain(path, 300)}: {words.format(cases)}"
