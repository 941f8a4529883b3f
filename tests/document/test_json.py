"""JSON text -> plain values and their places, in the form that YAML has too."""

import inspect
import subprocess
import sys
from pathlib import Path

import pytest

from govrubric.document import json as jsontext
from govrubric.document.json import parse
from govrubric.document.nodes import Nodes, Plain
from samples import args, codes, placed


def read(text: str) -> Nodes:
    return parse("f.json", text.encode())


@pytest.mark.parametrize(
    ("text", "line", "column"),
    [
        ('{"a": 1}x', 1, 9),
        ('{"a": 1,}', 1, 9),
        ('{"a" 1}', 1, 6),
        ("{a: 1}", 1, 2),
        ("{'a': 1}", 1, 2),
        ('{"a": }', 1, 7),
        ('{"a": 1 "b": 2}', 1, 9),
        ('{"a": 1', 1, 8),
        ("[1,]", 1, 4),
        ("[1 2]", 1, 4),
        ("[,1]", 1, 2),
        ("[1,\n2,\n,3]", 3, 1),
        ("[1", 1, 3),
        ('"x', 1, 1),
        ('{"a\n": 1}', 1, 2),
        ('["\\q"]', 1, 2),
        ("[01]", 1, 3),
        ("[.5]", 1, 2),
        ("[+1]", 1, 2),
        ("[0x1]", 1, 3),
        ("// x\n1", 1, 1),
        ("True", 1, 1),
        ("１", 1, 1),
    ],
)
def test_what_is_no_json_is_refused_where_it_broke(text: str, line: int, column: int) -> None:
    tree = read(text)
    assert (placed(tree.found), tree.value) == ([("GR640", line, column)], None)


@pytest.mark.parametrize("text", ["", " \n\t"])
def test_an_empty_text_is_refused(text: str) -> None:
    assert placed(read(text).found) == [("GR124", 1, 1)]


def test_a_depth_of_33_is_refused() -> None:
    assert placed(read("[" * 40 + "]" * 40).found) == [("GR121", 1, 34)]


def test_bytes_of_another_encoding_are_refused() -> None:
    assert placed(parse("f.json", '{"单位": 1}'.encode("utf-16")).found) == [("GR104", 1, 1)]


def test_a_key_given_twice_points_at_the_first_which_is_kept() -> None:
    tree = read('{"a": 1,\n "b": 2, "a": 3}')
    (finding,) = tree.found
    assert (placed([finding]), args(finding), tree.value) == (
        [("GR641", 2, 10)],
        {"key": "a"},
        {"a": "1", "b": "2"},
    )
    assert [(other.place.line, other.place.column) for other in finding.related] == [(1, 2)]


def test_null_is_refused() -> None:
    assert placed(read('{"a": null}').found) == [("GR125", 1, 7)]


def test_an_odd_space_is_refused() -> None:
    assert placed(read('{"a": "\xa0"}').found) == [("GR106", 1, 8)]


def test_a_character_that_nobody_sees_is_refused_between_values() -> None:
    assert placed(read('{"a": 1\u200b}').found)[0] == ("GR105", 1, 8)


def test_a_character_that_nobody_sees_is_refused_once() -> None:
    assert placed(read('{"a": "\u200b"}').found) == [("GR105", 1, 8)]


@pytest.mark.parametrize("escape", ["\\u0000", "\\u001b", "\\u202e", "\\ud800", "\\u200b"])
def test_escaped_characters_that_nobody_sees_are_refused(escape: str) -> None:
    assert codes(read(f'{{"a": "{escape}"}}').found) == ["GR105"]


def test_values_keep_their_digits_and_quotes() -> None:
    value = read('{"a": 0.10, "b": "0.10", "c": [true, 1e3, -0, []], "d": {}}').value
    assert value == {"a": "0.10", "b": "0.10", "c": ("true", "1e3", "-0", ()), "d": {}}
    assert [type(value) for value in (value["a"], value["b"], value["c"][0])] == [Plain, str, Plain]


def test_escapes_in_text_are_read() -> None:
    assert read('"\\u4e2d\\n\\ud83d\\ude00"').value == "中\n😀"


def test_each_value_and_key_has_its_place() -> None:
    tree = read('{"a":\n [1, {"bc": "xy"}]}')
    places = [tree.place(("a", 1, "bc")), tree.place(("a", 0)), tree.place(("a", 1, "bc"), key=True)]
    assert [(place.line, place.column, place.end) for place in places] == [(2, 13, 17), (2, 3, 4), (2, 7, 11)]


def test_a_byte_order_mark_is_skipped() -> None:
    assert parse("f.json", b"\xef\xbb\xbf[1]").value == ("1",)


def test_many_values_are_read_or_refused_in_time(tmp_path: Path) -> None:
    """“at most 2 s”, here under a generous bound"""
    path = tmp_path / "a.json"
    path.write_text("[" + "0,\n" * 100_000 + "0]")
    code = (
        "import sys, pathlib; from govrubric.document.json import parse; "
        "parse('f', pathlib.Path(sys.argv[1]).read_bytes())"
    )
    subprocess.run([sys.executable, "-c", code, path], timeout=20, check=True)


def test_a_million_values_are_read_and_no_more(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jsontext, "VALUES", 3)
    assert (placed(read("[1, 2]").found), placed(read("[1, 2, 3]").found)) == ([], [("GR122", 1, 8)])


def test_behind_a_thousand_findings_nothing_is_read() -> None:
    nodes = read("[" + "null," * 5000 + "0]")
    assert (codes(nodes.found), nodes.value) == (["GR125"] * 1001, None)


def test_a_text_is_refused_where_the_host_left_little_room() -> None:
    def down(calls: int) -> list[str]:
        return down(calls - 1) if calls else codes(read("[" * 30 + "]" * 30).found)

    assert down(sys.getrecursionlimit() - len(inspect.stack()) - 45) == ["GR121"]
    assert codes(read("[" * 30 + "]" * 30).found) == []
