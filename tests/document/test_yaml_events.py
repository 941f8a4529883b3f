"""The fast library gives what the careful one gives, and nothing depends on whether it is installed."""

import importlib.util
import random
import subprocess
import sys
from pathlib import Path

import pytest

from govrubric.document import yaml_events
from govrubric.document.nodes import Nodes
from govrubric.document.yaml import parse
from strewing import strewn
from test_hostile import mutated

ROOT = Path(__file__).parents[2]
TEXTS = sorted(
    path
    for folder in ("rubrics", "examples", "tests/bad")
    for path in (ROOT / folder).rglob("*.yaml")
    if path.stat().st_size < 40_000
)
TOKENS = (
    "a: ", "b:\n", "- ", "  - ", "? ", "|\n", "|-\n", ">+\n", "|2\n", "\n", "\n\n", "  ", "# c\n", " # d\n", "'it''s'", '"q\\n"', '"\\\n  k"', "[", "]", "{", "}", ", ",
    "[a: 1]", "{a, b}", "---\n", "...\n", "\r\n", "x" * 200, "值：", "　", "- - a\n", "k: [\n  a,  # c\n  b\n]\n", "a: >\n  t\n\n  u\n", "'a\n  b'\n", "null", "~", "yes", "&a ",
)  # fmt: skip


def both(data: bytes, monkeypatch: pytest.MonkeyPatch) -> tuple[Nodes, Nodes]:
    """The nodes of a text with the fast library and without it."""
    with_it = parse("x", data)
    with monkeypatch.context() as patch:
        patch.setattr(yaml_events, "pyyaml", None)
        return with_it, parse("x", data)


def test_the_fast_library_is_here() -> None:
    """Or the tests below would compare the careful one with itself."""
    assert yaml_events.quick("a: 1\n") is not None


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.name)
def test_every_text_here_is_read_alike(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fast, careful = both(path.read_bytes(), monkeypatch)
    assert fast == careful


@pytest.mark.parametrize("seed", range(60))
def test_changed_texts_are_read_alike(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Values, spans, keys and findings, of damaged texts and of texts with comments strewn in."""
    luck = random.Random(seed)
    for number in range(5):
        data = luck.choice(TEXTS).read_bytes()
        if number % 2:
            data = mutated(data, seed * 10 + number)
        elif data.isascii():
            data = strewn(data.decode(), seed)[0].encode()
        fast, careful = both(data + b"\n", monkeypatch)
        assert fast == careful


@pytest.mark.parametrize("seed", range(60))
def test_any_signs_are_read_alike(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    luck = random.Random(seed)
    for _ in range(30):
        text = "".join(luck.choice(TOKENS) for _ in range(luck.randint(1, 8))) + "\n"
        fast, careful = both(text.encode(), monkeypatch)
        assert fast == careful, ascii(text)


@pytest.mark.parametrize("text", ["a: 1", "a:\t1\n", "a: |#\n", "a: >#\n"])
def test_what_the_libraries_read_in_other_ways_is_left_to_the_careful_one(text: str) -> None:
    assert yaml_events.quick(text) is None


@pytest.mark.parametrize("text", ["", "# c\n", "[\n", "a: &b 1\n", "- " * 40 + "\n", "a\n---\nb\n"])
def test_what_is_refused_is_read_once_more_with_care(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    fast, careful = both(text.encode(), monkeypatch)
    assert fast == careful
    assert fast.found


def test_the_module_without_the_fast_library_has_the_careful_one(monkeypatch: pytest.MonkeyPatch) -> None:
    assert yaml_events.__spec__ is not None
    assert yaml_events.__spec__.loader is not None
    alone = importlib.util.module_from_spec(yaml_events.__spec__)
    monkeypatch.setitem(sys.modules, "yaml", None)
    yaml_events.__spec__.loader.exec_module(alone)
    assert alone.pyyaml is None
    assert alone.quick("a: 1\n") is None
    assert set(alone.KINDS.values()) == set(yaml_events.KINDS.values())


@pytest.mark.parametrize("missing", ["yaml", "yaml.cyaml"])
def test_a_rubric_is_the_same_without_the_fast_library(missing: str) -> None:
    """It may be absent, or built without libyaml."""
    code = (
        f"import sys; sys.modules[{missing!r}] = None\n"
        "import govrubric; from govrubric.document import yaml_events\n"
        "assert yaml_events.pyyaml is None\n"
        "print(govrubric.shipped('2023-district').digest)\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    from govrubric import shipped

    assert done.stdout.strip() == shipped("2023-district").digest
