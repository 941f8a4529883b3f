"""The habits of this repository, held by tests: sizes, names, twins, docstrings, and what no file may hold."""

import ast
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import get_args

import pytest

from govrubric.plan.lines import GateLine, ItemLine, RuleLine

ROOT = Path(__file__).parents[1]
SRC = ROOT / "src" / "govrubric"
MODULES = {str(path.relative_to(SRC)): path for path in sorted(SRC.rglob("*.py"))}
RULES = sorted((SRC / "language" / "rules").glob("*.py"))
LINES = 500
RULE_LINES = 150
VAGUE = re.compile(r"(^|_)(util|utils|helper|helpers|manager|managers|common|misc|base|tools)(_|$)")
# Each host in two pieces, so that this file names none.
HOSTS = tuple("".join(pieces) for pieces in (
    ("pypi", ".org"), ("python", "hosted.org"), ("registry.", "npmjs.org"), ("anaconda", ".org"), ("anaconda", ".com"), ("crates", ".io"),
    ("proxy.golang", ".org"), ("rubygems", ".org"), ("repo.maven", ".apache"), ("pypi.tuna", "."), ("mirrors.aliyun", ".com"), ("repo1.maven", ".org"),
))  # fmt: skip


def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text("utf-8"))


def called(module: ast.Module) -> Iterator[str]:
    """The last name of everything that is called."""
    for node in ast.walk(module):
        if isinstance(node, ast.Call):
            yield (
                node.func.id
                if isinstance(node.func, ast.Name)
                else node.func.attr
                if isinstance(node.func, ast.Attribute)
                else ""
            )


def named(module: ast.Module) -> Iterator[str]:
    """Every name and attribute that is read or imported."""
    for node in ast.walk(module):
        if isinstance(node, ast.Name):
            yield node.id
        elif isinstance(node, ast.Attribute):
            yield node.attr
        elif isinstance(node, ast.alias):
            yield node.name


def silent(module: ast.Module) -> Iterator[str]:
    """Public classes and functions of a module that say nothing of themselves; a command does so in its `help`."""
    for node in module.body:
        if isinstance(node, (ast.ClassDef, ast.FunctionDef)) and not node.name.startswith("_"):
            calls = [call for call in node.decorator_list if isinstance(call, ast.Call)]
            has_help = any(word.arg == "help" for call in calls[:1] for word in call.keywords)
            overloads = any(isinstance(one, ast.Name) and one.id == "overload" for one in node.decorator_list)
            if not has_help and not overloads and not ast.get_docstring(node):
                yield node.name


def hosts_in(text: str) -> list[str]:
    return [host for host in HOSTS if host in text.lower()]


@pytest.mark.parametrize("name", MODULES)
def test_a_module_holds_one_concept(name: str) -> None:
    assert len(MODULES[name].read_text("utf-8").splitlines()) < LINES, "look for the second concept in it"


@pytest.mark.parametrize("path", [path for path in RULES if path.stem[0] != "_"], ids=lambda path: path.stem)
def test_a_rule_kind_is_short(path: Path) -> None:
    assert len(path.read_text("utf-8").splitlines()) < RULE_LINES


@pytest.mark.parametrize("name", MODULES)
def test_lines_are_at_most_110_characters(name: str) -> None:
    lines = MODULES[name].read_text("utf-8").splitlines()
    assert [number for number, line in enumerate(lines, 1) if len(line) > 110] == []


def nested_choices(module: ast.Module) -> Iterator[str]:
    """Every conditional expression that has another within it."""
    for node in ast.walk(module):
        if isinstance(node, ast.IfExp) and sum(isinstance(part, ast.IfExp) for part in ast.walk(node)) > 1:
            yield ast.unparse(node)


@pytest.mark.parametrize("name", MODULES)
def test_conditional_expressions_are_not_nested(name: str) -> None:
    assert list(nested_choices(tree(MODULES[name]))) == []


@pytest.mark.parametrize("name", MODULES)
def test_a_module_is_named_for_what_it_is(name: str) -> None:
    assert not [part for part in Path(name).with_suffix("").parts if VAGUE.search(part.strip("_"))]


@pytest.mark.parametrize(
    ("name", "vague"),
    [("utils", True), ("card_helper", True), ("manager", True), ("tally", False), ("manage", False)],
)
def test_a_vague_name_is_seen(name: str, vague: bool) -> None:
    assert bool(VAGUE.search(name)) is vague


@pytest.mark.parametrize("name", MODULES)
def test_a_module_says_what_it_is_in_its_first_line(name: str) -> None:
    first = (ast.get_docstring(tree(MODULES[name])) or "").partition("\n")[0]
    assert first.endswith((".", ":"))
    assert len(first) < 150


@pytest.mark.parametrize(
    "name", [name for name in MODULES if not re.fullmatch(r"language/rules/[a-z]+\.py", name)]
)
def test_every_public_class_and_function_says_what_it_is(name: str) -> None:
    # A verb's page in the manual is the docstring of its module.
    assert list(silent(tree(MODULES[name]))) == []


@pytest.mark.parametrize("name", MODULES)
def test_no_number_passes_through_a_float(name: str) -> None:
    assert "float" not in called(tree(MODULES[name]))
    # How alike two names are is the one thing here that is measured in floats.
    floats = [
        node.value
        for node in ast.walk(tree(MODULES[name]))
        if isinstance(node, ast.Constant) and isinstance(node.value, float)
    ]
    assert sorted(floats) == ([0.6, 0.8] if name == "diagnostics/near.py" else [])


KINDS = frozenset(kind for kinds in (ItemLine, RuleLine, GateLine) for kind in get_args(kinds)) | {
    "exact",
    "grade",
}
LINE_NAME = re.compile(rf":(?:{'|'.join(KINDS)})\d*$")


def line_names(module: ast.Module) -> Iterator[str]:
    """Every text in code that ends like the name of a plan's line, or that is put together like one."""
    for node in ast.walk(module):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and LINE_NAME.search(node.value):
            yield node.value
        elif isinstance(node, ast.JoinedStr):
            texts = [part.value if isinstance(part, ast.Constant) else "" for part in node.values]
            if len(texts) == 3 and texts == ["", ":", ""]:
                yield ast.unparse(node)


@pytest.mark.parametrize("name", sorted(set(MODULES) - {"plan/lines.py"}))
def test_names_of_lines_are_made_in_one_module(name: str) -> None:
    assert list(line_names(tree(MODULES[name]))) == []


@pytest.mark.parametrize("name", MODULES)
def test_nothing_reads_or_sets_the_ambient_decimal_context(name: str) -> None:
    assert not {"getcontext", "setcontext", "localcontext", "DefaultContext"} & set(
        named(tree(MODULES[name]))
    )


@pytest.mark.parametrize("name", MODULES)
def test_no_assertion_is_the_only_word_on_what_users_give(name: str) -> None:
    raised = [
        node
        for node in ast.walk(tree(MODULES[name]))
        if isinstance(node, ast.Raise) and isinstance(node.exc, ast.Call)
    ]
    assert not [
        node
        for node in raised
        if isinstance(node.exc, ast.Call)
        and isinstance(node.exc.func, ast.Name)
        and node.exc.func.id in ("AssertionError", "Exception")
    ]


@pytest.mark.parametrize(
    ("text", "check"),
    [
        ("x = float(y)", called),
        ("import decimal\ndecimal.getcontext()", called),
        ("from decimal import localcontext", named),
        ("class Loud: pass", silent),
        ("a if b else c if d else e", nested_choices),
        ('name = f"{path}:score"', line_names),
        ('name = f"{path}:{kind}"', line_names),
    ],
)
def test_a_bad_habit_is_seen(text: str, check: object) -> None:
    assert callable(check)
    seen = {
        "float",
        "getcontext",
        "localcontext",
        "Loud",
        ":score",
        "f'{path}:{kind}'",
        "a if b else c if d else e",
    }
    assert seen & set(check(ast.parse(text)))


def test_each_verb_has_its_test_and_each_test_its_verb() -> None:
    verbs = {path.stem for path in RULES if not path.stem.startswith("_")}
    assert {
        path.stem.removeprefix("test_") for path in (ROOT / "tests" / "language" / "rules").glob("*.py")
    } == verbs


@pytest.mark.parametrize(
    "name",
    [
        name
        for name in MODULES
        if re.fullmatch(
            r"(?:(?:diagnostics|document|editing|expressions|formula|language|lint|plan|scoring|tables)/)?[a-z][a-z_]*\.py",
            name,
        )
    ],
)
def test_each_module_has_its_test(name: str) -> None:
    path = ROOT / "tests" / name
    assert path.with_name(f"test_{path.name}").exists()


def committed() -> list[Path]:
    """Every file that is or could be committed."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        check=True,
        capture_output=True,
    )
    return [path for name in listed.stdout.decode().split("\0") if name and (path := ROOT / name).is_file()]


@pytest.mark.skipif(not (ROOT / ".git").exists(), reason="only a checkout knows what is committed")
def test_no_committed_file_names_a_package_host() -> None:
    found = [
        (str(path.relative_to(ROOT)), hosts)
        for path in committed()
        if (hosts := hosts_in(path.read_text("utf-8", "replace")))
    ]
    assert found == []


def test_a_package_host_is_seen() -> None:
    assert hosts_in("see https://" + "PyPI" + ".org/simple") == [HOSTS[0]]
