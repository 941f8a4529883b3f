"""The direction of imports, and the one owner of each library."""

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

SRC = Path(__file__).parents[1] / "src" / "govrubric"

# A module imports from tiers above its own only. `rules.*`, `render.*` and `cli.*` stand for whatever else is in there.
TIERS = (
    (
        "version",
        "batch",
        "diff",
        "editing",
        "frames",
        "study",
        "trial",
        "numbers",
        "source",
        "catalogue.form",
    ),
    ("catalogue.*",),
    ("catalogue",),
    ("diagnostics",),
    ("files", "wording"),
    ("nodes",),
    ("broken", "editing.edits", "editing.comments"),
    ("yamltext", "jsontext", "editing.blocks"),
    ("lint.allowed", "lint.unconfirmed"),
    ("fields",),
    ("formula",),
    ("algebra",),
    ("compiled", "declared", "rebuilt", "syntax", "scalars"),
    ("operands",),
    ("expressions", "diff.meaning"),
    ("rules._rule",),
    ("rules._points", "rules._measured"),
    ("rules.*",),
    ("rules",),
    ("model",),
    ("editing.kinds",),
    ("editing.formatting",),
    ("finding", "lookup", "schema"),
    ("effects", "combine"),
    ("gates",),
    ("plan",),
    ("trial.narrowed", "bounds", "lint.groups", "lint.rules", "diff.reach"),
    ("lint",),
    ("lint.quoted",),
    ("lint.limits", "lint.text", "lint.wording"),
    ("tally",),
    ("ledger",),
    ("audit",),
    ("record",),
    ("reading",),
    ("render", "render.text"),
    ("layout",),
    ("marginal",),
    ("card",),
    ("score",),
    ("frames.lowered", "frames.simpler", "frames.engine"),
    ("frames.steps", "frames.emitted"),
    ("frames.outputs", "frames.texts", "frames.inputs"),
    ("frames.program",),
    ("frames.faults", "frames.scoring"),
    ("frames.elsewhere", "frames.lazily"),
    ("frames.tables",),
    ("canonical",),
    ("rubric",),
    ("shape", "diff.matching"),
    ("editing.marking",),
    ("cases", "diff.compare"),
    ("loading", "diff.difference"),
    ("units", "trial.suite"),
    ("trial.checked", "trial.expected", "trial.touched", "editing.successor", "diff.recount"),
    ("batch.kinds", "batch.progress", "batch.silence", "batch.commas", "batch.summary", "batch.job"),
    ("batch.tables", "batch.passing", "batch.found"),
    ("batch.duckdb", "batch.spark", "batch.streamed"),
    ("study.cards", "study.ranking", "study.spread"),
    ("study.table", "study.whatif"),
    ("render.changes", "render.trial"),
    ("render.outcome",),
    ("render.*",),
    ("testing.authored", "testing.breach", "testing.interpreter"),
    ("testing.edges", "testing.paper", "testing.readings", "testing.words"),
    ("testing.laws", "testing.making", "testing.tally"),
    ("testing.proof", "testing.rules"),
    ("testing.items",),
    ("testing.rubric",),
    ("testing.tables",),
    ("testing.*",),
    ("testing",),
    ("cli._options", "cli._printing"),
    ("cli._reading",),
    ("cli.*",),
    ("cli",),
    ("__main__",),
)
# What the door imports before anybody asks for more.
DOOR = {"version"}
OWNERS = {
    "ruamel": ("yamltext",),
    "pydantic": ("fields", "declared", "model", "rules", "schema", "shape", "canonical"),
    "simpleeval": ("expressions",),
    "pydantic_core": ("fields", "shape"),
    "click": ("cli", "__main__"),
    "polars": ("study",),
    "hypothesis": ("testing",),
    "pytest": ("testing",),
}


def module_of(path: Path) -> str:
    """``rules/deduct.py`` -> ``rules.deduct``; the package itself is the empty name."""
    return ".".join(path.relative_to(SRC).with_suffix("").parts).removesuffix("__init__").removesuffix(".")


MODULES = {module_of(path): path for path in sorted(SRC.rglob("*.py"))}


def imports(text: str) -> Iterator[tuple[str, str | None]]:
    """Every module that a text imports, with the name taken from it; what only checkers see is left out."""

    def walk(node: ast.AST) -> Iterator[tuple[str, str | None]]:
        if isinstance(node, ast.If) and isinstance(node.test, ast.Name) and node.test.id == "TYPE_CHECKING":
            for other in node.orelse:
                yield from walk(other)
            return
        if isinstance(node, ast.Import):
            yield from ((alias.name, None) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from ((f"{'.' * node.level}{node.module or ''}", alias.name) for alias in node.names)
        for below in ast.iter_child_nodes(node):
            yield from walk(below)

    yield from walk(ast.parse(text))


def own(module: str, name: str | None) -> str | None:
    """The module of ours that an import reaches, if any."""
    if module == "govrubric":
        return name or ""
    inside = module.removeprefix("govrubric.")
    return None if inside == module else f"{inside}.{name}" if f"{inside}.{name}" in MODULES else inside


def tier(module: str) -> int:
    """Where a module stands; `ValueError` when it stands nowhere."""
    for wanted in (module, f"{module.partition('.')[0]}.*" if "." in module else module):
        for index, tier_ in enumerate(TIERS):
            if wanted in tier_:
                return index
    raise ValueError(f"{module} has no place in the order of modules: give it one")


def back(module: str, text: str) -> list[str]:
    """The imports of a module that go against the direction."""
    reached = {found for name, taken in imports(text) if (found := own(name, taken)) is not None}
    return sorted(one for one in reached if tier(one) >= tier(module))


@pytest.mark.parametrize(
    "text",
    [
        "from govrubric.plan import make",
        "import govrubric.plan",
        "from govrubric import plan",
        "def f():\n    from govrubric.rules import VERBS",
        "if x:\n    pass\nelse:\n    import govrubric.model",
    ],
)
def test_an_import_that_goes_back_is_seen(text: str) -> None:
    assert back("formula", text)


def test_what_only_checkers_see_is_no_import() -> None:
    text = "if TYPE_CHECKING:\n    from govrubric.plan import make\nelse:\n    from govrubric.numbers import Mode"
    assert list(imports(text)) == [("govrubric.numbers", "Mode")]


def test_a_module_that_nobody_placed_is_seen() -> None:
    with pytest.raises(ValueError, match="no place"):
        tier("helpers")


@pytest.mark.parametrize("module", [name for name in MODULES if name])
def test_imports_go_one_way(module: str) -> None:
    assert back(module, MODULES[module].read_text("utf-8")) == []


def test_the_door_imports_nothing_that_is_heavy() -> None:
    assert {own(*one) for one in imports(MODULES[""].read_text("utf-8"))} - {None} == DOOR


def test_the_order_names_no_module_that_is_gone() -> None:
    named = {name for tier_ in TIERS for name in tier_ if not name.endswith(".*")}
    assert named - MODULES.keys() == set()


@pytest.mark.parametrize("module", MODULES)
def test_no_import_is_relative(module: str) -> None:
    assert not [name for name, _ in imports(MODULES[module].read_text("utf-8")) if name.startswith(".")]


@pytest.mark.parametrize("module", MODULES)
def test_each_library_has_its_owners(module: str) -> None:
    libraries = (
        {name.partition(".")[0] for name, _ in imports(MODULES[module].read_text("utf-8"))}
        - set(sys.stdlib_module_names)
        - {"govrubric"}
    )
    for library in libraries:
        assert module.partition(".")[0] in OWNERS.get(library, ()), (
            f"{module or 'the package'} imports {library}"
        )


def test_each_owner_uses_its_library() -> None:
    used = {
        (name.partition(".")[0], module.partition(".")[0])
        for module, path in MODULES.items()
        for name, _ in imports(path.read_text("utf-8"))
    }
    assert [
        (library, owner)
        for library, owners in OWNERS.items()
        for owner in owners
        if (library, owner) not in used
    ] == []
