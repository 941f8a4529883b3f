"""`check`: rubrics and files of cases -> every finding, in the form that the reader takes."""

import sys
from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

import click

from govrubric.cli._help import of_person
from govrubric.cli._options import LANG
from govrubric.cli._outputs import PATHS, Command
from govrubric.cli._printing import as_json
from govrubric.cli._reading import is_shipped

if TYPE_CHECKING:
    from govrubric.diagnostics.diagnostic import Diagnostic


@click.command(
    cls=Command,
    help="""Check rubrics and *.cases.yaml files: every finding, and every case that fails.

    PATH may be a folder.

    Exit 1 if there is any finding, or nothing to check.
    """,
)
@click.argument("paths", nargs=-1, required=True, metavar="PATH…", type=PATHS)
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
    from govrubric import checking
    from govrubric.cases import folders
    from govrubric.diagnostics.bounded import bounded
    from govrubric.diagnostics.diagnostic import lang as language_of

    for path in paths:
        is_shipped(path)
    files = folders.every(paths)
    results: list[checking.Checked] = []
    found: list[tuple[Diagnostic, str]] = []
    for file, within in files:
        result = checking.checked(file, results, within=within)
        results.append(result)
        unread = result.rubric is not None and result.rubric.nodes is None
        language = lang or (of_person() if unread else result.language)
        if form == "text" and not result.found:
            click.echo(_clean(file, result.cases, language))
        else:
            written = partial(_written, form=form, language=language, described=set())
            shown = bounded(result.found, written)
            found += [(finding, language) for finding in shown]
            if form in ("text", "line", "github"):
                click.echo("".join(map(written, shown)), nl=False)
    if form == "json":
        click.echo(as_json([finding.to_dict(language) for finding, language in found]), nl=False)
    elif form == "sarif":
        from govrubric.diagnostics import sarif

        click.echo(as_json(sarif.log(found)), nl=False)
    if not files:
        nothing = {"en": "there is no rubric and no file of cases", "zh": "没有找到评分表或案例文件"}
        click.echo(nothing[language_of(lang or of_person())], err=True)
    sys.exit(1 if found or not files else 0)


def _written(finding: "Diagnostic", form: str, language: str, described: set[str]) -> str:
    """A finding in the form that was asked for; a SARIF log describes each code once."""
    if form == "json":
        return as_json([finding.to_dict(language)])
    if form == "sarif":
        from govrubric.diagnostics import sarif

        rules = [] if finding.code in described else [sarif.rule(finding.code, language)]
        described.add(finding.code)
        return as_json([sarif.result(finding, 0, language), *rules])
    if form == "text":
        return f"{finding.render(language)}\n\n"
    if form == "line":
        return f"{finding.line(language)}\n"
    from govrubric.diagnostics import github

    return f"{github.command(finding, language)}\n"


def _clean(path: str, cases: int, language: str) -> str:
    """The line about a file without a finding."""
    from govrubric.diagnostics.diagnostic import lang
    from govrubric.diagnostics.display import plain

    phrase = {
        "en": "clean, {} case(s) pass" if cases else "clean, but without a case of its own",
        "zh": "无问题，{} 个案例全部通过" if cases else "无问题，但没有自带案例",
    }[lang(language)]
    return f"{plain(path, 300)}: {phrase.format(cases)}"
