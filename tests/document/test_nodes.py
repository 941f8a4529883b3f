"""Nodes: plain values and their places."""

import pytest

from govrubric.diagnostics.diagnostic import Path
from govrubric.diagnostics.source import Source
from govrubric.document.nodes import Nodes, Plain, Span
from samples import args, placed


def two_keys() -> Nodes:
    source = Source.of("f.yaml", "a:\n  bc: 12\n  d:\n    - x\n    - y\n")
    values: dict[Path, Span] = {(): Span(0, 0, 5, 0), ("a",): Span(1, 2, 5, 0), ("a", "bc"): Span(1, 6, 1, 8)}
    return Nodes(
        source, {"a": {"bc": Plain("12")}}, values, {("a",): Span(0, 0, 0, 1), ("a", "bc"): Span(1, 2, 1, 4)}
    )


@pytest.mark.parametrize(
    ("path", "key", "place"),
    [
        (("a", "bc", 3), False, "f.yaml:2:7"),
        (("a", "e"), False, "f.yaml:2:3"),
        (("a", "e"), True, "f.yaml:1:1"),
        (("z",), False, "f.yaml:1:1"),
        (("a", "bc"), False, "f.yaml:2:7"),
        (("a", "bc"), True, "f.yaml:2:3"),
    ],
)
def test_what_is_not_there_is_shown_at_the_nearest_thing_around_it(
    path: tuple[str | int, ...], key: bool, place: str
) -> None:
    assert str(two_keys().place(path, key=key)) == place


def test_a_text_without_values_is_shown_at_its_start() -> None:
    assert str(Nodes(Source.of("f.yaml", "x\n")).place(("a", 1))) == "f.yaml:1:1"


def test_a_place_ends_with_its_value_or_with_its_first_line() -> None:
    assert (two_keys().place(("a", "bc")).end, two_keys().place(("a",)).end) == (9, 9)


def test_a_span_has_its_place() -> None:
    assert str(two_keys().mark(Span(3, 4, 3, 7))) == "f.yaml:4:5"


def test_a_key_that_stands_twice_points_at_the_first() -> None:
    nodes = two_keys()
    nodes.repeated("GR120", Span(2, 2, 2, 3), Span(1, 2, 1, 4), ("a", "bc"), "bc")
    (finding,) = nodes.found
    assert (placed([finding]), args(finding), finding.path) == ([("GR120", 3, 3)], {"key": "bc"}, ("a", "bc"))
    assert [(other.role, other.place.line, other.place.column) for other in finding.related] == [
        ("first", 2, 3)
    ]


def test_unquoted_text_is_text_and_says_that_it_had_no_quotes() -> None:
    assert (Plain("3") == "3", isinstance(Plain("3"), str), repr(Plain("3"))) == (True, True, "Plain('3')")
