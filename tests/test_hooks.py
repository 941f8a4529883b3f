"""The hooks for pre-commit, and what the manual says of editors: that each command and file that is named is there."""

import json
import re
import shlex
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from ruamel.yaml import YAML

from govrubric.cli import main
from govrubric.language.json_schema import DOCUMENTS

ROOT = Path(__file__).parents[1]
PAGE = (ROOT / "docs" / "editor.md").read_text("utf-8")
HOOKS: dict[str, dict[str, Any]] = {
    hook["id"]: hook
    for hook in YAML(typ="safe", pure=True).load((ROOT / ".pre-commit-hooks.yaml").read_text("utf-8"))
}


def blocks(kind: str) -> list[str]:
    return re.findall(rf"^```{kind}\n(.*?)^```", PAGE, re.DOTALL | re.MULTILINE)


def looks_at(hook: dict[str, Any], path: str) -> bool:
    """Whether pre-commit hands a file to a hook: its pattern is searched for in the path."""
    return re.search(hook["files"], path) is not None


@pytest.mark.parametrize("hook", HOOKS.values(), ids=lambda hook: hook["id"])
def test_a_hook_runs_a_command_that_is_there(hook: dict[str, Any]) -> None:
    program, *words = shlex.split(hook["entry"])
    assert program == "govrubric"
    assert CliRunner().invoke(main, [*words, "--help"]).exit_code == 0
    assert hook["id"] == f"govrubric-{words[0]}"


@pytest.mark.parametrize("hook", HOOKS.values(), ids=lambda hook: hook["id"])
def test_a_hook_is_installed_with_what_the_command_needs(hook: dict[str, Any]) -> None:
    assert (hook["language"], hook["additional_dependencies"]) == ("python", [".[cli]"])


@pytest.mark.parametrize(
    ("path", "hooks"),
    [
        ("rubrics/2023-district.yaml", ["check", "test", "fmt"]),
        ("forms/rubrics/more/a.yml", ["check", "test", "fmt"]),
        ("forms/a.rubric.yaml", ["check", "test", "fmt"]),
        ("tests/a.cases.yml", ["check", "test", "fmt"]),
        ("tests/A.cases.YML", ["check", "test", "fmt"]),
        ("forms/a.Rubric.YAML", ["check", "test", "fmt"]),
        ("docker-compose.yaml", []),
        ("myrubrics/a.yaml", []),
    ],
)
def test_a_hook_looks_at_what_is_for_it(path: str, hooks: list[str]) -> None:
    assert [name for name, hook in HOOKS.items() if looks_at(hook, path)] == [
        f"govrubric-{name}" for name in hooks
    ]


def test_the_manual_names_every_hook() -> None:
    (config,) = [block for block in blocks("yaml") if block.startswith("repos:")]
    (repo,) = YAML(typ="safe", pure=True).load(config)["repos"]
    assert sorted(hook["id"] for hook in repo["hooks"]) == sorted(HOOKS)
    assert sorted(re.findall(r"^\| `(govrubric-\w+)` \|", PAGE, re.MULTILINE)) == sorted(HOOKS)


def test_the_manual_names_schemas_that_are_there() -> None:
    (settings,) = blocks("json")
    named = json.loads(settings)["yaml.schemas"]
    assert sorted(named) == sorted(f"./schema/{kind}-1.json" for kind in DOCUMENTS)
    assert all((ROOT / path).exists() for path in named)


@pytest.mark.parametrize(
    "line",
    [
        line
        for kind in ("sh", "yaml")
        for block in blocks(kind)
        for line in block.splitlines()
        if "govrubric " in line
    ],
)
def test_the_manual_shows_commands_that_are_there(
    line: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "rubrics").mkdir()
    (tmp_path / "rubrics" / "a.yaml").write_bytes((ROOT / "rubrics" / "2023-department.yaml").read_bytes())
    command = re.sub(r"^.*?govrubric ", "", line).partition("#")[0].partition(">")[0].replace("*", "a")
    done = CliRunner().invoke(main, shlex.split(command))
    assert (done.exit_code, done.stderr) == (0, "")
