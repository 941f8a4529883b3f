"""The tour and the page for testers are played: every file is written, every command run, and its whole output is what is shown."""

import contextlib
import re
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest

import govrubric
from govrubric import tally_files
from tour_page import DOCS, PAGES, edited, fits, played, run

PLAIN = 'Words.\n\n```yaml title="a.yaml"\ngovrubric: 1\n```\n\n```console title="exit code 1"\n$ govrubric check a.yaml --format line\n{}```\n'


@pytest.fixture(scope="module")
def outcome(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], tuple[str, Path]]:
    """Plays a page once, whoever asks -> what it shows then, and the folder in which it was played."""

    @cache
    def once(name: str) -> tuple[str, Path]:
        folder = tmp_path_factory.mktemp("played")
        return played((DOCS / name).read_text("utf-8"), folder), folder

    return once


@pytest.mark.parametrize("name", PAGES)
def test_a_page_shows_what_comes_out(name: str, outcome: Callable[[str], tuple[str, Path]]) -> None:
    came, _ = outcome(name)
    assert came == (DOCS / name).read_text("utf-8"), (
        "`python tests/tour_page.py` rewrites the outputs; read the difference"
    )


def test_what_a_server_runs_goes_through_there(outcome: Callable[[str], tuple[str, Path]]) -> None:
    _, folder = outcome("testers.md")
    commands = re.findall(
        "- run: (govrubric .*)", (folder / ".github" / "workflows" / "rubrics.yaml").read_text("utf-8")
    )
    assert len(commands) == 4
    with contextlib.chdir(folder):
        assert [(command, printed) for command in commands for code, printed in [run(command)] if code] == []


def test_an_output_is_put_in_its_place_and_one_that_differs_is_seen(tmp_path: Path) -> None:
    for index, shown in enumerate(("", "a.yaml:1:1: something else\n")):
        folder = tmp_path / str(index)
        folder.mkdir()
        came = played(PLAIN.format(shown), folder)
        assert came.startswith(
            PLAIN.partition("{}")[0] + "a.yaml:1:1: error GR202: the key `id` is missing\n"
        )


def test_commands_print_on_both_streams_and_may_be_several_in_a_block(tmp_path: Path) -> None:
    page = '```console title="exit code 2"\n$ govrubric\n$ govrubric show nowhere\n```'
    came = played(page, tmp_path)
    assert "$ govrubric\nUsage: govrubric [OPTIONS]" in came
    assert "$ govrubric show nowhere\nUsage: govrubric show [OPTIONS]" in came


def test_another_exit_code_is_seen(tmp_path: Path) -> None:
    with pytest.raises(AssertionError, match="nowhere\\.yaml ends with 1, not 0"):
        played("```console\n$ govrubric check nowhere.yaml\n```", tmp_path)


def test_only_commands_that_are_known_are_run(tmp_path: Path) -> None:
    with pytest.raises(AssertionError, match="only govrubric and pytest"):
        played("```console\n$ rm -rf folder\n```", tmp_path)


def test_a_block_of_commands_begins_with_a_command(tmp_path: Path) -> None:
    with pytest.raises(AssertionError, match="begins with one"):
        played("```console\ngovrubric check\n```", tmp_path)


def test_a_file_is_written_once_and_then_shown(tmp_path: Path) -> None:
    page = '```csv title="folder/a.csv"\n{}\n```\n```diff title="folder/a.csv"\n-one\n+two\n```\n```csv title="folder/a.csv"\n{}\n```\n'
    assert played(page.format("one", "three"), tmp_path) == page.format("one", "two")
    assert (tmp_path / "folder" / "a.csv").read_text() == "two\n"


def test_a_block_without_a_title_is_left_alone(tmp_path: Path) -> None:
    page = "```yaml\ngovrubric: 1\n```\n"
    assert played(page, tmp_path) == page
    assert list(tmp_path.iterdir()) == []


def test_an_edit_takes_out_puts_in_and_keeps_what_is_around() -> None:
    assert edited("a\nb\nc\nd\n", " a\n-b\n+B\n+bb\n c\n…\n-d\n", "x") == "a\nB\nbb\nc\n"


@pytest.mark.parametrize(
    ("edit", "found"), [("-z\n", 0), ("-a\n", 2), ("-b\n-a\n", 1), (" b\n-c\n", 0), ("-b\n…\n b\n+x\n", 0)]
)
def test_an_edit_fits_exactly_once(edit: str, found: int) -> None:
    if found == 1:
        assert edited("a\nb\na\n", edit, "x") == "a\n"
    else:
        with pytest.raises(AssertionError, match=f"x has {found} times"):
            edited("a\nb\na\n", edit, "x")


def test_a_line_of_an_edit_says_what_becomes_of_it() -> None:
    with pytest.raises(AssertionError, match="begin with"):
        edited("a\n", "a\n", "x")


@pytest.mark.parametrize(
    ("shown", "fit"),
    [
        ("a\nb\nc\n", True),
        ("a\n…\nc\n", True),
        ("…\nc\n", True),
        ("a\n…\n", True),
        ("a\n…\nb\nc\n", False),  # nothing is cut there
        ("a\n…\nd\n", False),
        ("a\nb…\nc\n", False),
        ("a\nb\n", False),
        ("a.b\nc\n", False),
        ("", False),
    ],
)
def test_only_a_line_of_its_own_stands_for_what_is_cut(shown: str, fit: bool) -> None:
    assert fits(shown, "a\nb\nc\n") is fit


def test_a_form_is_filled_in_cell_by_cell(tmp_path: Path) -> None:
    page = 'Words.\n\n```console\n$ govrubric form 2023-district --out f.xlsx\n已写出：f.xlsx\n```\n\n```text title="back/f.xlsx"\n自评填报!E10 3\n自评填报!I10 第4页\n```\n'
    assert played(page, tmp_path) == page
    (unit,) = tally_files.parse(govrubric.shipped("2023-district"), tmp_path / "back" / "f.xlsx").units
    assert unit.tally["basics.attribution.unlabelled"] == {"value": "3", "evidence": ["第4页"]}


@pytest.mark.parametrize(
    ("line", "wrong"), [("自评填报!B10 3", "no empty cell"), ("E10=3", "a cell and what")]
)
def test_only_an_empty_cell_is_filled_in(line: str, wrong: str, tmp_path: Path) -> None:
    page = f'```console\n$ govrubric form 2023-district --out f.xlsx\n…\n```\n```text title="back/f.xlsx"\n{line}\n```\n'
    with pytest.raises(AssertionError, match=wrong):
        played(page, tmp_path)
