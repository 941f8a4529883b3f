"""Where each character of a scalar stands, in every style; both YAML libraries give the same marks."""

from typing import Any

import pytest

from govrubric.document import yaml_events
from govrubric.document.nodes import Nodes
from govrubric.document.yaml import parse


@pytest.fixture(params=["quick", "careful"], autouse=True)
def _library(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    if request.param == "careful":
        monkeypatch.setattr(yaml_events, "quick", lambda _: None)


def read(scalar: str) -> Nodes:
    nodes = parse("x", f"a: 1\nwhen: {scalar}\nz: 2\n")
    assert nodes.found == []
    return nodes


def shown(scalar: str) -> str:
    """The characters of the file at the places of those of the scalar; ⏎ stands for the end of a line."""
    nodes = read(scalar)
    spots = nodes.spots(("when",))
    assert spots is not None
    assert len(spots) == len(nodes.value["when"]) + 1
    lines = [f"{line}⏎" for line in nodes.source.lines]
    return "".join(lines[line][column] for line, column in spots[:-1])


@pytest.mark.parametrize(
    ("scalar", "text", "places"),
    [
        ("ab or c", "ab or c", "ab or c"),
        ("'it''s'", "it's", "it's"),
        ('"a b"', "a b", "a b"),
        ("''", "", ""),
        # Folded without being a block: the ends of lines and what is around them are one space.
        ("ab\n  or c", "ab or c", "ab⏎or c"),
        ("ab  \n  or c", "ab or c", "ab or c"),
        ("\n  ab\n  or c", "ab or c", "ab⏎or c"),
        ("ab\n\n\n  c", "ab\n\nc", "ab⏎⏎c"),
        ("'ab\n  or ''c'", "ab or 'c", "ab⏎or 'c"),
        ('"ab\n  or c"', "ab or c", "ab⏎or c"),
        ('"\n  ab\n  "', " ab ", "⏎ab⏎"),
        ('"ab\n\n  c"', "ab\nc", "ab⏎c"),
        # Blocks
        (">-\n  ab\n  or c", "ab or c", "ab⏎or c"),
        (">\n  ab\n  or c", "ab or c\n", "ab⏎or c⏎"),
        (">+\n  ab\n", "ab\n\n", "ab⏎⏎"),
        (">-\n  ab\n\n  c", "ab\nc", "ab⏎c"),
        (">-\n  ab\n    c\n  d", "ab\n  c\nd", "ab⏎  c⏎d"),
        (">-\n\n  ab", "\nab", "⏎ab"),
        (">1-\n  ab\n  c", " ab\n c", " ab⏎ c"),
        ("|\n  ab\n  or c", "ab\nor c\n", "ab⏎or c⏎"),
        ("|-\n  ab\n\n    c", "ab\n\n  c", "ab⏎⏎  c"),
        ("|- # why\n  ab", "ab", "ab"),
    ],
)
def test_each_character_stands_where_it_is_written(scalar: str, text: str, places: str) -> None:
    nodes = read(scalar)
    assert str(nodes.value["when"]) == text
    assert nodes.is_literal(("when",))
    spots = nodes.spots(("when",))
    assert spots is not None
    assert len(spots) == len(text) + 1
    found = shown(scalar)
    # A fold stands at the end of the line before, where there may be a space of the file.
    assert found.rstrip("⏎").replace(" ", "⏎") == places.rstrip("⏎").replace(" ", "⏎")


@pytest.mark.parametrize("scalar", [r'"a \x3e b"', '"a\\\n  b"', r'"\u4f60"', r'"a \"b\""'])
def test_the_places_of_escapes_are_not_told(scalar: str) -> None:
    nodes = read(scalar)
    assert nodes.spots(("when",)) is None
    assert not nodes.is_literal(("when",))
    whole = nodes.place(("when",))
    assert nodes.characters(("when",), 2, 3) == whole


@pytest.mark.parametrize(
    ("scalar", "start", "end", "line", "columns"),
    [
        ("ab or c", 3, 5, 2, (10, 12)),
        ("ab\n  or c", 3, 5, 3, (3, 5)),
        ("ab\n  or c", 6, 7, 3, (6, 7)),
        ("ab\n  or c", 7, 7, 3, (7, 8)),  # after the last character
        ("ab\n  or c", 0, 7, 2, (7, 9)),  # over two lines: as far as the first goes
        ("ab\n  or c", 0, 2, 2, (7, 9)),
        (">-\n  ab\n  or c", 0, 2, 3, (3, 5)),
        ("'it''s on'", 5, 7, 2, (14, 16)),
    ],
)
def test_some_of_the_characters(scalar: str, start: int, end: int, line: int, columns: Any) -> None:
    place = read(scalar).characters(("when",), start, end)
    assert (place.line, (place.column, place.end)) == (line, columns)


@pytest.mark.parametrize("scalar", [">-", "|", ">\n   "])
def test_the_places_of_an_empty_block_are_not_told(scalar: str) -> None:
    nodes = parse("x", f"when: {scalar}\n")
    assert nodes.value == {"when": ""}
    assert nodes.spots(("when",)) is None
