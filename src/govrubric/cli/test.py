"""`test`: rubrics and files of cases -> which cases hold, and what no case touches."""

import sys
from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

import click

from govrubric.cli._options import LANG
from govrubric.cli._outputs import PATHS, WRITTEN, Command, Output, spare
from govrubric.cli._printing import progress, put, replace
from govrubric.cli._reading import is_shipped, suites_of

if TYPE_CHECKING:
    from govrubric.cases.suite import Tested


@click.command(
    cls=Command,
    help="""Run the cases of rubrics and of *.cases.yaml files, and report what no case touches.

    PATH may be a folder. Exit 1 if a case fails, a file has errors, or there is no case at all.
    """,
)
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
    "junit_file",
    type=WRITTEN,
    metavar="FILE",
    help="Write the results to this file too, as JUnit XML.",
)
@LANG
def test(paths: Sequence[str], update: bool, least: int, junit_file: Output | None, lang: str | None) -> None:
    from govrubric.cases import junit, suite
    from govrubric.cases.outcomes import CaseReport, page

    shipped = [path for path in paths if is_shipped(path)]
    if update and shipped:
        raise click.UsageError(f"--update writes into files, and {shipped[0]!r} is none: give its path")
    suites = suites_of(paths)
    # A file of cases names a rubric that may stand elsewhere.
    spare(junit_file, [cases.file for cases in suites], "--junit")
    # Where the JUnit report goes to the screen, all other text goes to standard error.
    echo = partial(click.echo, err=junit_file is not None and junit_file.is_screen)
    results = list(progress((suite.Tested(cases, list(suite.run(cases))) for cases in suites), len(suites)))
    if update:
        results = [_updated(tested, lang, echo) for tested in results]
    report = CaseReport._of(results)
    echo("".join(page(report, lang, least)), nl=False)
    if junit_file:
        put(junit.junit(results, lang), junit_file)
    enough = all(covers.percent >= least for covers in report.coverage)
    sys.exit(0 if report.passed and enough else 1)


def _updated(tested: "Tested", lang: str | None, echo: Callable[[str], None]) -> "Tested":
    """A suite whose failing expectations were rewritten, run again."""
    from govrubric.cases import report, suite, update
    from govrubric.diagnostics.diagnostic import Diagnostic

    changes = list(update.changes(tested))
    if not changes:
        return tested
    again = update.updated(tested.suite, changes)
    if isinstance(again, Diagnostic):
        return tested._replace(suite=tested.suite._replace(found=[*tested.suite.found, again]))
    replace(again.data.decode(), tested.suite.path, over=tested.suite.data)
    for change in changes:
        echo(report.change(change, lang or tested.suite.language))
    return suite.Tested(again, list(suite.run(again)))
