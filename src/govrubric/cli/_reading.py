"""The arguments of a command -> a rubric, and the cards of its tallies."""

import os
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from govrubric.cli._help import of_person
from govrubric.cli._printing import fail, progress

if TYPE_CHECKING:
    from govrubric.cases.suite import Suite
    from govrubric.diagnostics.diagnostic import Diagnostic
    from govrubric.rubric import Rubric
    from govrubric.scoring.card import ScoreCard
    from govrubric.tally_sheets.forms import Of
    from govrubric.tally_sheets.units import FileUnit


def rubric_of(name: str, lang: str | None, variant: str | None = None) -> "Rubric":
    """A rubric by its path or by its shipped name, or a variant of it."""
    from govrubric.diagnostics.diagnostic import RubricError, UnreadableRubricError
    from govrubric.loading import load, shipped

    try:
        rubric = shipped(name) if is_shipped(name) else load(name)
        return rubric if variant is None else rubric.variant(variant)
    except UnreadableRubricError as error:
        fail(error.diagnostics, lang or of_person())
    except RubricError as error:
        fail(error.diagnostics, lang or error.language)
    except KeyError as error:
        raise click.UsageError(error.args[0]) from None


def is_shipped(name: str) -> bool:
    """Whether a name is that of a shipped rubric and not of a file.

    A name without a folder or an ending that is neither of the two is wrong usage.
    """
    from govrubric.diagnostics.near import nearest
    from govrubric.loading import shipped_names

    if os.path.lexists(name) or name in shipped_names():
        return not os.path.lexists(name)
    if "/" not in name and not Path(name).suffix:
        near = nearest(name, shipped_names())
        hint = f"did you mean {near!r}?" if near else f"shipped are {', '.join(shipped_names())}"
        raise click.UsageError(f"{name!r} is neither a file nor a shipped rubric; {hint}")
    return False


def suites_of(paths: Sequence[str]) -> list["Suite"]:
    """The cases of all files; what is said of a file that cannot be read is in the language of the person."""
    from govrubric.cases import suite

    return [one if one.data else one._replace(language=of_person()) for one in suite.every(paths)]


def scored(rubric: "Rubric", paths: Sequence[str], strict: bool, language: str) -> list["ScoreCard"]:
    """The cards of all files in the order given, or every finding of all of them."""
    return [card for _, card in tallied(rubric, paths, strict, language)]


def of_one(
    rubric: "Rubric", scored: list[tuple["FileUnit", "ScoreCard"]]
) -> list[tuple["FileUnit", "ScoreCard"]]:
    """The same units, all of which are of the rubric itself, for what looks at one rubric."""
    from govrubric import tally_files
    from govrubric.diagnostics.diagnostic import TallyError

    try:
        return tally_files.of_one(rubric, scored)
    except TallyError as error:
        fail(error.diagnostics, error.language)


def tallied(
    rubric: "Rubric", paths: Sequence[str], strict: bool, language: str, of: "Of | None" = None
) -> list[tuple["FileUnit", "ScoreCard"]]:
    """The cards of all files in the order given, each with its unit; `of` is the side that is read of a form."""
    from govrubric import tally_files
    from govrubric.diagnostics.bounded import rendered
    from govrubric.scoring.card import ScoreCard

    found: list[Diagnostic] = []
    cards: list[ScoreCard] = []
    units: list[FileUnit] = []
    for path in paths:
        file = tally_files.parse(rubric, path, of=of)
        found += file.found
        units += tally_files.known_by_file(file.units, path)
    found += tally_files.repeated(units)
    for result in progress(tally_files.score(rubric, units, strict=strict), len(units)):
        if isinstance(result, ScoreCard):
            cards.append(result)
        else:
            found += result
    if any(finding.severity == "error" for finding in found):
        fail(found, language)
    if found:
        click.echo(rendered(found, language), nl=False, err=True)
    return list(zip(units, cards, strict=True))
