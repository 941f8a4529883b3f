"""`batch`: a file of many units -> the same file with their scores."""

import sys
from importlib import import_module
from typing import TYPE_CHECKING, Any

import click

from govrubric.cli import INTERRUPTED
from govrubric.cli._options import LANG, VARIANT
from govrubric.cli._outputs import RUBRIC, TABLE, WRITTEN_TABLE, Command, Unwritten
from govrubric.cli._printing import fail
from govrubric.cli._reading import rubric_of

if TYPE_CHECKING:
    from govrubric.batch.job import Job
    from govrubric.batch.summary import Summary
    from govrubric.diagnostics.diagnostic import Lang


@click.command(
    cls=Command,
    help="""Score a file of any number of units into another, and summarise the totals.

    IN and OUT are .parquet, .csv or .arrow files (also .pq, .ipc, .feather). OUT has every column of IN, then
    the scores. It appears whole or not at all. A unit may stand in IN only once.
    """,
)
@click.argument("rubric", type=RUBRIC)
@click.argument("source", metavar="IN", type=TABLE)
@click.argument("target", metavar="OUT", type=WRITTEN_TABLE)
@click.option(
    "--detail",
    type=click.Choice(["total", "items", "rules"]),
    default="total",
    show_default=True,
    help="Which scores are written.",
)
@click.option(
    "--on-error",
    type=click.Choice(["raise", "report"]),
    default="raise",
    show_default=True,
    help="Refuse a file with rows that cannot be scored, or keep them without scores and say why in a column "
    "`error`.",
)
@click.option(
    "--scaled",
    is_flag=True,
    help="Whole numbers instead of decimals, with what they are over in the names of their columns.",
)
@click.option(
    "--engine",
    type=click.Choice(["polars", "duckdb", "spark"]),
    default="polars",
    show_default=True,
    help="What computes.",
)
@VARIANT
@LANG
def batch(
    rubric: str,
    source: str,
    target: str,
    detail: Any,
    on_error: Any,
    scaled: bool,
    engine: str,
    variant: str | None,
    lang: str | None,
) -> None:
    from govrubric.batch import report
    from govrubric.batch.job import Job
    from govrubric.diagnostics.diagnostic import TallyError
    from govrubric.diagnostics.diagnostic import lang as language_of

    if engine != "polars" and not all(
        path.lower().rstrip("/").endswith((".parquet", ".pq")) for path in (source, target)
    ):
        raise click.UsageError(f"--engine {engine} reads and writes .parquet (or .pq) only")
    loaded = rubric_of(rubric, lang, variant)
    language = language_of(lang or loaded._text.language)
    try:
        summary = _run(Job(loaded, source, target, detail, on_error, scaled, language), engine, language)
    except TallyError as error:
        fail(error.diagnostics, language)
    except ImportError as error:
        raise click.ClickException(str(error)) from None
    except OSError as error:
        raise Unwritten(target, error) from None
    except KeyboardInterrupt:
        click.echo(report.interrupted(target, language), err=True)
        sys.exit(INTERRUPTED)
    click.echo(report.as_text(loaded, summary, language), nl=False)
    if summary.bad:
        fail(summary.first, language)


def _run(job: "Job", engine: str, language: "Lang") -> "Summary":
    """Run the batch by one engine; on a terminal, show its progress."""
    import time

    from govrubric.batch.report import progress_line
    from govrubric.batch.silence import silenced

    if engine != "polars":
        summary: Summary = import_module(f"govrubric.batch.{engine}").run(job)
        return summary
    from govrubric.batch import polars as streamed

    began = time.monotonic_ns()
    with silenced() as terminal:

        def show(rows: int, total: int | None) -> None:
            if terminal.isatty():
                seconds = (time.monotonic_ns() - began) // 10**9
                terminal.write(f"\r{progress_line(rows, total, seconds, language)}\x1b[K")
                terminal.flush()

        try:
            return streamed.run(job, show)
        finally:
            if terminal.isatty():
                terminal.write("\r\x1b[K")
