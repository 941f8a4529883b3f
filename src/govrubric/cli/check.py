"""`check`: rubric files -> every finding, in the form that the reader takes."""

import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from govrubric.cli._options import LANG
from govrubric.cli._printing import as_json

if TYPE_CHECKING:
    from govrubric.diagnostics import Diagnostic
    from govrubric.rubric import Rubric


@click.command()
@click.argument("paths", nargs=-1, required=True, metavar="PATH…")
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "line", "sarif", "github"]),
    default="text",
    show_default=True,
    help="How findings are printed.",
)
@LANG
def check(paths: Sequence[str], form: str, lang: str | None) -> None:
    """Check rubric files: every finding, and every case of theirs that fails. Exit 1 if there is any."""
    from govrubric.loading import examine

    found: list[tuple[Diagnostic, str]] = []
    for path in paths:
        done = examine(path)
        language = lang or done.language
        found += [(one, language) for one in done.found]
        if form == "text" and not done.found and done.rubric is not None:
            click.echo(_clean(path, done.rubric, language))
        elif form in ("text", "line", "github"):
            click.echo("".join(_told(one, form, language) for one in done.found), nl=False)
    if form == "json":
        click.echo(as_json([one.to_dict(language) for one, language in found]), nl=False)
    elif form == "sarif":
        from govrubric.render import sarif

        click.echo(as_json(sarif.log(found)), nl=False)
    sys.exit(1 if found else 0)


def _told(one: "Diagnostic", form: str, language: str) -> str:
    from govrubric.render import github

    if form == "text":
        return f"{one.render(language)}\n\n"
    return f"{one.line(language) if form == 'line' else github.command(one, language)}\n"


def _clean(path: str, rubric: "Rubric", language: str) -> str:
    from govrubric.diagnostics import lang, plain

    cases = len(rubric.text.cases)
    words = {
        "en": "clean, {} case(s) pass" if cases else "clean, but without a case of its own",
        "zh": "无问题，{} 个案例全部通过" if cases else "无问题，但没有自带案例",
    }[lang(language)]
    return f"{plain(path, 300)}: {words.format(cases)}"
