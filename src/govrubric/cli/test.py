"""`test`: rubrics and files of cases -> which cases hold, and what no case touches."""

import sys
from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

import click

from govrubric.cli._options import LANG
from govrubric.cli._outputs import PATHS, SCREEN, WRITTEN, Command, spare
from govrubric.cli._printing import progress, put, replace
from govrubric.cli._reading import is_shipped

if TYPE_CHECKING:
    from govrubric.cases.suite import Tested


@click.command(cls=Command)
@click.argument("paths", nargs=-1, required=True, metavar="PATH…", type=PATHS)
@click.option(
    "--update",
    is_flag=True,
    help="Where a case expects something else, write into its file what it comes to.",
)
@click.option(
    "--cover-min",
    "least",
    type=click.IntRange(0, 100),
    default=0,
    metavar="PERCENT",
    help="Fail if the cases touch less of a rubric than this.",
)
@click.option(
    "--junit",
    "report",
    type=WRITTEN,
    metavar="FILE",
    help="Write the results to this file too, as JUnit XML.",
)
@LANG
def test(paths: Sequence[str], update: bool, least: int, report: str | None, lang: str | None) -> None:
    """Run the cases of rubrics and of *.cases.yaml files, and report what no case touches.

    PATH may be a folder. Exit 1 if a case fails, a file has errors, or there is no case at all.
    """
    from govrubric.cases import coverage as touched
    from govrubric.cases import coverage_report as coverage
    from govrubric.cases import junit, suite
    from govrubric.cases import report as outcome
    from govrubric.diagnostics.diagnostic import lang as language_of

    shipped = [path for path in paths if is_shipped(path)]
    if update and shipped:
        raise click.UsageError(f"--update writes into files, and {shipped[0]!r} is none: give its path")
    suites = suite.every(paths)
    # A file of cases names a rubric that may stand elsewhere.
    spare(report, [read.file for read in suites], "--junit")
    # Where the report is on the screen, the text beside it goes to standard error.
    say = partial(click.echo, err=report == SCREEN)
    done = list(progress((suite.Tested(read, list(suite.run(read))) for read in suites), len(suites)))
    if update:
        done = [_updated(tested, lang, say) for tested in done]
    for tested in done:
        language = lang or tested.suite.language
        say("".join(f"{found.render(language)}\n\n" for found in tested.suite.found), nl=False)
        say(
            "".join(f"{outcome.failure(result, language)}\n\n" for result in tested.results if result.found),
            nl=False,
        )
        if len(done) > 1:
            say(outcome.tested(tested, language))
    if len(done) > 1:
        say()
    enough = True
    for rubric, cards in suite.by_rubric(done):
        share = touched.coverage(rubric, cards)
        say(coverage.covered(rubric, share, least, language_of(lang or rubric.text.language)))
        enough = enough and share.percent >= least
    language = lang or next((read.language for read in suites), "en")
    refused = any(tested.suite.refused for tested in done)
    nothing = not any(tested.results for tested in done)
    say(outcome.nothing(language) if nothing and not refused else outcome.summary(done, language))
    if report:
        put(junit.junit(done, lang), report)
    sys.exit(1 if nothing or refused or not enough or any(tested.failed for tested in done) else 0)


def _updated(done: "Tested", lang: str | None, say: Callable[[str], None]) -> "Tested":
    """A suite whose failing expectations were written anew, run again."""
    from govrubric.cases import report as outcome
    from govrubric.cases import suite
    from govrubric.cases import update as expected

    changes = list(expected.changes(done))
    if not changes:
        return done
    data = expected.updated(done.suite, changes)
    replace(data.decode(), done.suite.path)
    for change in changes:
        say(outcome.change(change, lang or done.suite.language))
    again = suite.of(done.suite.path, data)
    return suite.Tested(again, list(suite.run(again)))
