"""The door of the package: its names, which are imported when they are first asked for, and the manual's list of them."""

import re
import subprocess
import sys
import typing
from pathlib import Path

import pytest

import govrubric

ROOT = Path(__file__).parents[1]
PUBLIC = [
    "Ambiguity", "AmbiguityReadings", "CardComparison", "CardError", "CaseFile", "CaseReport", "CaseResult", "Cause", "Change",
    "Chosen", "Combining", "Coverage", "CoveragePoint", "Diagnostic", "Diff", "DraftError", "DroppedInput", "Effect",
    "Exact", "Expectation", "Farthest", "Gate", "GateScore", "Given", "GovrubricError", "Grade",
    "Indicator", "Input", "InputDifference", "Item", "ItemDifference", "ItemScore", "LawResult", "Marginal", "Moves", "Option", "Period",
    "Place", "Proof", "Reading", "Readings", "RefusedUnit", "Related", "Remark", "Replay", "Rubric",
    "RubricError", "Rule", "RuleScore", "ScoreBounds", "ScoreCard", "ShownValue", "Tally", "TallyError",
    "TallyModel", "TallyValue", "Unit", "UnitDiff", "UnitReading", "Value", "Variant", "Variation",
    "WhatIf", "__version__", "check", "diff", "load", "loads", "prove", "read_cards", "readings", "shipped",
    "shipped_names", "test", "verify_many", "whatif",
]  # fmt: skip


def run(code: str) -> str:
    """What a fresh interpreter prints."""
    return subprocess.run(
        [sys.executable, "-c", code], check=True, capture_output=True, text=True
    ).stdout.strip()


def test_an_unknown_name_is_refused() -> None:
    with pytest.raises(AttributeError, match="module 'govrubric' has no attribute 'scores'"):
        _ = govrubric.scores  # type: ignore[attr-defined] # what is tested


def test_the_public_names_are_these() -> None:
    assert govrubric.__all__ == PUBLIC


def test_the_manual_lists_the_public_names_and_no_others() -> None:
    page = (ROOT / "docs" / "api.md").read_text("utf-8")
    listed = re.findall(r"^::: govrubric\.(\w+)", page, re.MULTILINE) + re.findall(
        r"`govrubric\.(__\w+__)`", page
    )
    assert sorted(listed) == sorted(PUBLIC)


def test_dir_shows_the_public_names() -> None:
    assert set(PUBLIC) == set(dir(govrubric))


@pytest.mark.parametrize("name", PUBLIC)
def test_a_public_name_is_there_when_it_is_asked_for(name: str) -> None:
    assert run(f"import govrubric; print(govrubric.{name} is not None)") == "True"


ALIASES = ("Tally", "TallyValue")  # of types, which have no names of their own


@pytest.mark.parametrize("name", [name for name in PUBLIC if name not in ("__version__", *ALIASES)])
def test_a_public_name_is_known_as_its_own(name: str) -> None:
    assert getattr(govrubric, name).__name__ == name
    assert getattr(govrubric, name).__doc__


@pytest.mark.parametrize("name", ALIASES)
def test_an_alias_is_a_type(name: str) -> None:
    assert typing.get_args(getattr(govrubric, name))


@pytest.mark.parametrize(
    "library", ["pydantic", "ruamel", "click", "polars", "hypothesis", "govrubric.language.rubric_text"]
)
def test_importing_the_package_imports_nothing_heavy(library: str) -> None:
    assert run(f"import sys, govrubric; dir(govrubric); print({library!r} in sys.modules)") == "False"


def test_a_name_asked_for_once_is_kept() -> None:
    assert run("import govrubric; govrubric.load; print('load' in vars(govrubric))") == "True"


def test_a_star_import_gives_the_public_names() -> None:
    names = run(
        "names = set(globals()); from govrubric import *; print(*sorted(set(globals()) - names - {'names'}))"
    )
    assert names.split() == PUBLIC


@pytest.mark.parametrize("library", ["polars", "hypothesis", "click"])
def test_no_name_needs_an_extra_before_it_is_called(library: str) -> None:
    """Without the extras every name can be imported; a call says what to install."""
    assert run(f"import sys; sys.modules[{library!r}] = None; from govrubric import *; print(prove, whatif)")


def test_no_name_is_that_of_a_module() -> None:
    """Importing such a module would put it in the place of the function."""
    folder = Path(govrubric.__file__).parent
    assert [name for name in PUBLIC if (folder / name).exists() or (folder / f"{name}.py").exists()] == []


def test_the_package_says_that_it_is_typed() -> None:
    assert (Path(govrubric.__file__).parent / "py.typed").exists()
