"""Everything shown in the README and the manual is run: rubrics are checked, Python is tried, commands print what is shown."""

import doctest
import re
import shlex
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

import govrubric
import tour_page
from govrubric.cli import main

ROOT = Path(__file__).parents[1]
PAGES = [ROOT / "README.md", ROOT / "README.zh-CN.md", *sorted((ROOT / "docs").glob("*.md"))]
# Whose blocks follow from one another; `test_tour.py` runs them.
PLAYED = {ROOT / "docs" / name for name in tour_page.PAGES}


def _blocks(kind: str) -> list[tuple[str, str]]:
    return [
        (f"{page.name}-{index}", block)
        for page in PAGES
        if page not in PLAYED
        for index, block in enumerate(
            re.findall(rf"^```{kind}\n(.*?)^```", page.read_text("utf-8"), re.DOTALL | re.MULTILINE)
        )
    ]


def _params(kind: str, start: str = "") -> list[object]:
    return [pytest.param(block, id=name) for name, block in _blocks(kind) if block.startswith(start)]


@pytest.mark.parametrize("text", _params("yaml", "govrubric: 1"))
def test_every_rubric_in_the_manual_is_clean_and_its_cases_pass(text: str, tmp_path: Path) -> None:
    path = tmp_path / "rubric.yaml"
    path.write_text(text, encoding="utf-8")
    assert [one.render() for one in govrubric.check(path)] == []
    assert govrubric.load(path)._text.cases or govrubric.load(path)._text.ambiguities


def test_the_tally_in_the_manual_is_a_tally_of_the_shipped_rubric_but_for_what_it_leaves_out(
    tmp_path: Path,
) -> None:
    (text,) = [block for name, block in _blocks("yaml") if name.startswith("tally")]
    path = tmp_path / "tally.yaml"
    path.write_text(text, encoding="utf-8")
    from govrubric import tally_files

    with pytest.raises(govrubric.TallyError) as caught:
        tally_files.read(govrubric.shipped("2023-district"), path)
    assert {one.code for one in caught.value.diagnostics} == {"GR602"}
    assert len(caught.value.diagnostics) == 7


@pytest.mark.parametrize(
    "page", [pytest.param(page, id=page.name) for page in PAGES if ">>>" in page.read_text("utf-8")]
)
def test_python_in_the_manual_prints_what_is_shown(page: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    result = doctest.testfile(str(page), module_relative=False)
    assert result.attempted > 3
    assert result.failed == 0


@pytest.mark.parametrize("block", _params("console"))
def test_commands_in_the_manual_print_what_is_shown(
    block: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    for path in (*(ROOT / "rubrics").glob("*.yaml"), *(ROOT / "examples").glob("*district*")):
        (tmp_path / path.name).write_bytes(path.read_bytes())
    monkeypatch.chdir(tmp_path)
    command, _, shown = block.partition("\n")
    arguments = shlex.split(command.removeprefix("$ govrubric "))
    assert CliRunner().invoke(main, arguments).stdout.startswith(shown)


@pytest.mark.parametrize("name", main.list_commands(click.Context(main)))
def test_every_command_has_a_section_that_names_its_options(name: str) -> None:
    command = main.get_command(click.Context(main), name)
    section = re.search(
        rf"^## {name}\n(.*?)(?=^## |\Z)",
        (ROOT / "docs" / "cli.md").read_text("utf-8"),
        re.DOTALL | re.MULTILINE,
    )
    assert command
    assert section
    assert [
        one.opts[0]
        for one in command.params
        if isinstance(one, click.Option) and one.opts[0] not in section[1]
    ] == []


@pytest.mark.parametrize("page", [ROOT / "README.md", ROOT / "README.zh-CN.md"], ids=["en", "zh"])
def test_every_command_is_named_in_the_readme(page: Path) -> None:
    words = {word for code in re.findall("`([^`\n]+)`", page.read_text("utf-8")) for word in code.split()}
    assert set(main.list_commands(click.Context(main))) - words == set()


def test_the_finding_in_the_manual_is_what_check_prints(tmp_path: Path) -> None:
    (rubric,) = [
        block
        for name, block in _blocks("yaml")
        if name.startswith("authoring") and "id: archive-2025" in block
    ]
    (shown,) = [block for name, block in _blocks("text") if name.startswith("authoring") and "GR215" in block]
    path = tmp_path / "archive.yaml"
    path.write_text(
        rubric.replace(
            "deduct: 0.1, per: 件, clause: 未按时归档的，每件扣0.1分，扣完为止}", "dedcut: 0.1, per: 件}"
        ),
        encoding="utf-8",
    )
    printed = CliRunner().invoke(main, ["check", str(path)]).stdout
    assert printed.replace(str(path), "archive.yaml").strip() == shown.strip()


@pytest.mark.parametrize("page", [pytest.param(page, id=page.name) for page in PAGES])
def test_every_link_within_the_repository_leads_somewhere(page: Path) -> None:
    for target in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", page.read_text("utf-8")):
        assert (page.parent / target).exists(), target
