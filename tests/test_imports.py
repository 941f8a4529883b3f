"""Imports point left, folder by folder; each library has its owners; and nobody who only looks in pays for much."""

import ast
import re
import sys
from collections.abc import Iterator
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

SRC = Path(__file__).parents[1] / "src" / "govrubric"
FOLDERS = (
    *("numbers", "version", "rubric_callbacks", "diagnostics", "document", "formula", "expressions", "language", "plan", "lint"),
    *("scoring", "tables", "inputs", "tally_sheets", "tally_files", "contents", "registers", "choices", "inventory", "rubric", "loading", "reports", "batch", "sensitivity", "cases", "editing"),
    *("office", "forms"),
    *("checking", "comparison", "reporting", "testing", "cli", "__main__"),
)  # fmt: skip
OWNERS = {
    "ruamel": {"document"},
    "yaml": {"document"},
    "pydantic": {"language", "scoring"},
    "pydantic_core": {"language", "scoring"},
    "simpleeval": {"expressions"},
    "polars": {"sensitivity"},
    "python_calamine": {"office"},
    "docx": {"forms"},
    "jinja2": {"reporting"},
    "markupsafe": {"reporting"},
    "pypinyin": {"office"},
    "xlsxwriter": {"forms"},
    "click": {"cli", "__main__"},
    "hypothesis": {"testing"},
    "pytest": {"testing"},
}


def imports(text: str) -> Iterator[str]:
    """Every module that a text imports, wherever in it and whoever sees it."""
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert not node.level, "imports are absolute"
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def backward(folder: str, text: str) -> list[str]:
    """The imports of a folder's text that point to its right."""
    ours = [name.split(".")[1] for name in imports(text) if name.startswith("govrubric.")]
    return [name for name in ours if FOLDERS.index(name) > FOLDERS.index(folder)]


FILES = [str(path.relative_to(SRC)) for path in sorted(SRC.rglob("*.py"))]


@pytest.mark.parametrize("name", [name for name in FILES if name != "__init__.py"])
def test_imports_point_left(name: str) -> None:
    assert backward(name.removesuffix(".py").split("/")[0], (SRC / name).read_text("utf-8")) == []


@pytest.mark.parametrize(
    "text",
    [
        "from govrubric.plan.planner import make_plan",
        "import govrubric.plan.planner",
        "from govrubric import plan",
        "def f():\n    from govrubric.language.rules import VERBS",
        "if TYPE_CHECKING:\n    import govrubric.rubric",
    ],
)
def test_an_import_that_points_right_is_seen(text: str) -> None:
    assert backward("formula", text)


def test_a_folder_that_nobody_placed_is_seen() -> None:
    with pytest.raises(ValueError, match="not in tuple"):
        backward("formula", "from govrubric.helpers import help_")


def test_every_folder_has_one_place() -> None:
    there = {name.removesuffix(".py").split("/")[0] for name in FILES} - {"__init__"}
    assert sorted(FOLDERS) == sorted(there)


def test_the_manual_shows_this_order() -> None:
    page = (SRC.parents[1] / "docs" / "architecture.md").read_text("utf-8")
    assert f"\n{' < '.join(FOLDERS[:-1])}\n" in page


def test_the_modules_of_a_folder_make_no_circle() -> None:
    modules = {
        name.removesuffix(".py").removesuffix("/__init__").replace("/", "."): SRC / name for name in FILES
    }
    needs = {}
    for module, path in modules.items():
        named = [one.removeprefix("govrubric.") for one in imports(path.read_text("utf-8"))]
        reached = {one if one in modules else one.rpartition(".")[0] for one in named}
        needs[module] = (reached & modules.keys()) - {module}
    needs["__init__"] = needs["testing"] = set()  # the doors
    assert list(TopologicalSorter(needs).static_order())


@pytest.mark.parametrize("name", FILES)
def test_each_library_has_its_owners(name: str) -> None:
    libraries = {one.partition(".")[0] for one in imports((SRC / name).read_text("utf-8"))}
    for library in libraries - set(sys.stdlib_module_names) - {"govrubric"}:
        assert name.removesuffix(".py").split("/")[0] in OWNERS.get(library, ()), f"{name} imports {library}"


def test_each_owner_uses_its_library() -> None:
    used = {
        (one.partition(".")[0], name.removesuffix(".py").split("/")[0])
        for name in FILES
        for one in imports((SRC / name).read_text("utf-8"))
    }
    assert {(library, owner) for library, owners in OWNERS.items() for owner in owners} <= used


def test_the_manual_names_only_files_that_are_there() -> None:
    page = (SRC.parents[1] / "docs" / "architecture.md").read_text("utf-8")
    named = set(re.findall(r"`((?:\w+/)+\w+\.py)`", page))
    assert len(named) > 30
    assert [name for name in named if not any((root / name).exists() for root in (SRC, SRC.parents[1]))] == []
