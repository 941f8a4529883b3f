"""`prove`: rubrics -> a certificate of what is proved of each, and of the laws that were tested on it."""

import sys
from collections.abc import Sequence

import click

from govrubric.cli._options import LANG
from govrubric.cli._outputs import PATHS, Command
from govrubric.cli._printing import progress
from govrubric.cli._reading import is_shipped, suites_of


@click.command(
    cls=Command,
    help="""Prove what every score can come to, and try the laws of the language on random tallies.

    PATH is a rubric, a folder of rubrics, or the name of a shipped rubric. Exit 1 if anything does not hold,
    with the smallest tally that shows it.
    """,
)
@click.argument("paths", nargs=-1, required=True, metavar="PATH…", type=PATHS)
@click.option(
    "--examples",
    type=click.IntRange(1, 1_000_000),
    default=200,
    show_default=True,
    help="How many random tallies each law is tried on.",
)
@click.option(
    "--seed",
    type=click.IntRange(0),
    default=0,
    show_default=True,
    help="The same number draws the same tallies.",
)
@LANG
def prove(paths: Sequence[str], examples: int, seed: int, lang: str | None) -> None:
    from govrubric.testing.prove import needed

    try:
        needed()
    except ImportError as error:  # Hypothesis is an extra
        raise click.ClickException(str(error)) from None
    from govrubric.diagnostics.bounded import rendered
    from govrubric.testing.certificate import Proof
    from govrubric.testing.laws import LAWS
    from govrubric.testing.proof import tried

    for path in paths:
        is_shipped(path)
    # A file of cases stands for the rubric that it tests, which is proved once.
    suites = {tests.file: tests for tests in suites_of(paths)}
    if not suites:
        raise click.UsageError(f"no rubric in {', '.join(paths)}")
    all_hold = True
    for tests in suites.values():
        rubric, language = tests.rubric, lang or tests.language
        if rubric is None:
            all_hold = False
            click.echo(rendered(tests.found, language), nl=False)
            continue
        laws = progress(tried(rubric, examples=examples, seed=seed), len(LAWS))
        proof = Proof._of(rubric, laws, seed)
        click.echo(proof.to_text(language))
        all_hold = all_hold and proof.passed
    sys.exit(0 if all_hold else 1)
