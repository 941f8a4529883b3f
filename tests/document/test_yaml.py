"""Language, section 2: “YAML 1.2, UTF-8, one document. Refused, each with its own message and place:
duplicate keys, anchors and aliases, merge keys, tags, unknown keys …, more than 1 MiB, nesting deeper
than 32.”"""

from collections.abc import Iterator
from typing import NoReturn

import pytest
from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError

from govrubric.document import yaml_events
from govrubric.document.nodes import Plain
from govrubric.document.yaml import parse
from samples import args, codes, placed

Places = list[tuple[str, int, int]]


def findings_of(text: str | bytes) -> Places:
    return placed(parse("f.yaml", text).found)


# What is not part of the language


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a: &x 1\n", [("GR113", 1, 4)]),
        ("&x a\n", [("GR113", 1, 1)]),
        ("a: &x\n  b: 1\n", [("GR113", 1, 4)]),
        ("- &x [1]\n", [("GR113", 1, 3)]),
        ("a: 1\nb: *x\n", [("GR114", 2, 4)]),
        ("*a : 1\n", [("GR114", 1, 1)]),
        ("- *a\n- 1\n", [("GR114", 1, 3)]),
    ],
)
def test_anchors_and_aliases_are_refused(text: str, expected: Places) -> None:
    assert findings_of(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"), [("<<: {a: 1}\n", [("GR115", 1, 1)]), ("a:\n  <<: {b: 1}\n", [("GR115", 2, 3)])]
)
def test_merge_keys_are_refused(text: str, expected: Places) -> None:
    assert findings_of(text) == expected


def test_what_a_merge_key_brings_is_left_out() -> None:
    assert parse("f", "a: {<<: {b: 1}, c: 2}\n").value == {"a": {"c": "2"}}


def test_a_quoted_merge_key_is_text() -> None:
    assert parse("f", '"<<": 1\n').value == {"<<": "1"}


@pytest.mark.parametrize(
    ("text", "tag", "column"),
    [
        ("a: !t 1\n", "!t", 4),
        ("a: !!python/object:os.system 1\n", "tag:yaml.org,2002:python/object:os.system", 4),
        ("!x {a: 1}\n", "!x", 1),
        ("[!y [b]]\n", "!y", 2),
    ],
)
def test_tags_are_refused(text: str, tag: str, column: int) -> None:
    (finding,) = parse("f", text).found
    assert (placed([finding]), args(finding)) == ([("GR116", 1, column)], {"tag": tag})


@pytest.mark.parametrize("text", ["%YAML 1.2\n---\na: 1\n", "%TAG ! x:\n---\na: 1\n"])
def test_directives_are_refused(text: str) -> None:
    assert codes(parse("f", text).found) == ["GR117"]


def test_a_directive_is_shown_where_it_stands() -> None:
    assert findings_of("%YAML 1.2\n---\na: 1\n") == [("GR117", 1, 1)]


@pytest.mark.parametrize(
    ("text", "line"), [("a: 1\n---\nb: 2\n", 2), ("a: 1\n...\nb: 2\n", 3), ("---\na: 1\n---\n", 3)]
)
def test_a_second_document_is_refused_and_not_read(text: str, line: int) -> None:
    tree = parse("f", text)
    assert (placed(tree.found), tree.value) == ([("GR118", line, 1)], {"a": "1"})


def test_one_document_may_be_opened_and_closed() -> None:
    assert findings_of("---\na: 1\n...\n") == []


@pytest.mark.parametrize("text", ["[a]: 1\n", "{a: 1}: 2\n", ": 1\n", "? - a\n: 1\n"])
def test_a_key_that_is_no_text_is_refused(text: str) -> None:
    assert codes(parse("f", text).found) == ["GR119"]


def test_what_belongs_to_a_key_that_is_no_text_is_left_out() -> None:
    assert parse("f", "[a]: {b: 1}\nc: 2\n").value == {"c": "2"}


# Duplicate keys


@pytest.mark.parametrize(
    ("text", "second", "first"),
    [
        ("a: 1\nb: 2\na: 3\n", (3, 1), (1, 1)),
        ("{a: 1, b: 2, a: 3}\n", (1, 14), (1, 2)),
        ("x:\n  é: 1\n  e\u0301: 2\n", (3, 3), (2, 3)),
        ('a: 1\n"a": 2\n', (2, 1), (1, 1)),
    ],
)
def test_a_duplicate_key_points_at_the_first(
    text: str, second: tuple[int, int], first: tuple[int, int]
) -> None:
    """“duplicate keys (compared after NFC)”"""
    (finding,) = parse("f", text).found
    assert placed([finding]) == [("GR120", *second)]
    assert [(other.role, other.place.line, other.place.column) for other in finding.related] == [
        ("first", *first)
    ]


def test_of_duplicate_keys_the_first_is_kept() -> None:
    tree = parse("f", "a: {b: 1}\na: {c: 2}\n")
    assert (tree.value, ("a", "c") in tree.values) == ({"a": {"b": "1"}}, False)


# Limits


def test_20001_values_are_refused() -> None:
    """“20 000 nodes”: the list, and 20 000 of its own."""
    tree = parse("f", "- 1\n" * 20_000)
    assert placed(tree.found) == [("GR122", 20_000, 3)]


def test_20000_values_are_read() -> None:
    tree = parse("f", "- 1\n" * 19_999)
    assert (tree.found, len(tree.value)) == ([], 19_999)


def test_a_depth_of_33_is_refused() -> None:
    """“nesting deeper than 32”"""
    assert findings_of("[" * 33 + "]" * 33) == [("GR121", 1, 33)]


def test_a_depth_of_32_is_read() -> None:
    assert findings_of("[" * 32 + "]" * 32) == []


def test_a_line_of_4001_characters_is_refused_and_nothing_is_read() -> None:
    tree = parse("f", "a: 1\nb: " + "x" * 3998 + "\n")
    assert (placed(tree.found), tree.value) == ([("GR108", 2, 4001)], None)


def test_a_text_of_20001_characters_is_refused() -> None:
    """“scalar 20 000”"""
    text = "a: |\n" + "  123456789\n" * 2000 + "  x\n"
    assert findings_of(text) == [("GR123", 1, 4)]


def test_a_text_of_20000_characters_is_read() -> None:
    tree = parse("f", "a: |\n" + "  123456789\n" * 2000)
    assert (tree.found, len(tree.value["a"])) == ([], 20_000)


@pytest.mark.parametrize("text", ["#" * 1_048_577, "中" * 349_526])
def test_a_text_of_more_than_a_mebibyte_is_refused(text: str) -> None:
    (finding,) = parse("f", text).found
    assert (finding.code, args(finding)) == ("GR103", {"limit": "1048576"})


def test_a_mebibyte_of_text_is_read() -> None:
    assert codes(parse("f", f"{'#' * 127}\n" * 8192).found) == ["GR124"]


def test_a_text_has_a_hundred_thousand_lines_at_most() -> None:
    assert codes(parse("f", "#\n" * 99_999).found) == ["GR124"]
    (finding,) = parse("f", "#\n" * 100_000).found
    assert (finding.code, args(finding)) == ("GR122", {"limit": "100000", "what": "lines"})
    assert finding.where == "f:100001:1"


# Characters


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a: x\0y\n", [("GR105", 1, 5)]),
        ("a: x\u202ey\n", [("GR105", 1, 5)]),
        ("a: x\u200by\n", [("GR105", 1, 5)]),
        ("a: x\ry\n", [("GR105", 1, 5)]),
        ("a: \ufeff1\n", [("GR105", 1, 4)]),
        ("a: x\xa0y\n", [("GR106", 1, 5)]),
        ("a:\n\tb: 1\n", [("GR107", 2, 1)]),
        ("a:\n\u3000b: 1\n", [("GR107", 2, 1)]),
        ('a: "x\\u202ey"\n', [("GR105", 1, 4)]),
        ('a: "x\\0y"\n', [("GR105", 1, 4)]),
        ('a: "\\ud800"\n', [("GR105", 1, 4)]),
        ('"\\e": 1\n', [("GR105", 1, 1)]),
    ],
)
def test_characters_that_nobody_sees_are_refused(text: str, expected: Places) -> None:
    """“Scan for control, bidi, zero-width and odd space characters”, written or escaped."""
    assert findings_of(text) == expected


def test_bytes_of_another_encoding_are_refused() -> None:
    assert findings_of("a: 标题\n".encode("gbk")) == [("GR104", 1, 4)]


def test_a_byte_order_mark_is_skipped() -> None:
    assert parse("f", "\ufeffa: 1\n").value == parse("f", b"\xef\xbb\xbfa: 1\n").value == {"a": "1"}


def test_an_ideographic_space_within_text_stays() -> None:
    assert parse("f", "a: 中\u3000文\n").value == {"a": "中\u3000文"}


# A full-width colon


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("title：x\nweight：1\n", [("GR112", 1, 6)]),
        ("a: 1\ntitle：x\n", [("GR112", 2, 6)]),
        ("a: 1\ntitle：x\nb: 2\n", [("GR112", 2, 6)]),
        ("a: 1\nb:\n  c：x\n", [("GR112", 3, 4)]),
        ("a: see\n\n  title：x\n", [("GR112", 3, 8)]),
    ],
)
def test_a_full_width_colon_that_swallowed_the_text_is_named(text: str, expected: Places) -> None:
    """“A full-width colon that swallowed the document gets its own message.”"""
    assert findings_of(text) == expected


def test_a_full_width_colon_behind_a_key_in_braces_is_named() -> None:
    assert findings_of("{id：a, b: 1}\n")[0] == ("GR112", 1, 4)


def test_a_full_width_colon_in_chinese_text_is_fine() -> None:
    assert parse("f", "a: 说明：全文\n").value == {"a": "说明：全文"}


# Broken YAML


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('a: "x\nb: 1\n', [("GR111", 1, 4)]),
        ("b: 1\na: 'x\nc: 1\n", [("GR111", 2, 4)]),
        ("a: [1, 2\nb: 1\n", [("GR109", 1, 4)]),
        ("a: {b: 1，c: 2}\n", [("GR136", 1, 9)]),
        ("a: {b: [1，2}\n", [("GR109", 1, 8)]),
        ("a: {b: 1\n", [("GR109", 1, 4)]),
        ("a: b: c\n", [("GR126", 1, 5)]),
        ("a: b\n  c: d\n", [("GR126", 2, 4)]),
        (" a: 1\nb: 2\n", [("GR110", 2, 1)]),
        ("- a\nb: 1\n", [("GR110", 2, 1)]),
        ("a: @x\n", [("GR134", 1, 4)]),
        ("a: `x\n", [("GR134", 1, 4)]),
        ("a: {b: %x}\n", [("GR134", 1, 8)]),
        ("a: {b: @x, c: 1}\n", [("GR134", 1, 8)]),
        ("- ｛b: 1, c: 1｝\n", [("GR135", 1, 3)]),
    ],
)
def test_broken_text_is_refused_where_it_broke(text: str, expected: Places) -> None:
    """“an unclosed quote points at the quote (`context_mark`), not at the end of the file.”"""
    assert findings_of(text) == expected


@pytest.mark.parametrize(("text", "column"), [('a: "C:\\qwe"\n', 7), ('a: "\\xZZ"\n', 6)])
def test_an_unknown_escape_is_no_open_quote(text: str, column: int) -> None:
    assert findings_of(text) == [("GR127", 1, column)]


def test_a_stray_comma_is_shown_where_it_stands() -> None:
    assert findings_of("a: [,]\n") == [("GR110", 1, 5)]


@pytest.mark.parametrize(
    "text",
    [
        'a: "\\U00110000"\n',
        'a: "\\UFFFFFFFF"\n',
    ],
)
def test_the_librarys_own_slip_is_a_finding(text: str) -> None:
    """“Every exception of the YAML library becomes a diagnostic (it also raises ValueError …)”"""
    assert codes(parse("f", text).found) == ["GR110"]


@pytest.mark.parametrize(
    "slip",
    [
        YAMLError("x"),
        ValueError(),
        IndexError(),
        TypeError(),
        AttributeError(),
        KeyError(),
        RecursionError(),
        AssertionError(),
        OverflowError(),
    ],
)
def test_a_slip_without_a_place_is_shown_where_reading_stood(
    slip: Exception, monkeypatch: pytest.MonkeyPatch
) -> None:
    """“… IndexError, TypeError and errors without a line”"""

    def some(yaml: YAML, text: str) -> Iterator[object]:
        yield from list(real(yaml, text))[:6]
        raise slip

    real = YAML.parse
    monkeypatch.setattr(YAML, "parse", some)
    monkeypatch.setattr(yaml_events, "pyyaml", None)
    assert findings_of("a: 1\nb: 2\n") == [("GR110", 2, 1)]


def test_an_error_without_any_mark_is_shown_at_the_start(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(_: str) -> NoReturn:
        raise MarkedYAMLError()

    monkeypatch.setattr(yaml_events, "careful", fail)
    monkeypatch.setattr(yaml_events, "pyyaml", None)
    assert findings_of("a: 1\n") == [("GR110", 1, 1)]


# Nothing


@pytest.mark.parametrize("text", ["", "\n\n", "# nothing\n"])
def test_an_empty_text_is_refused(text: str) -> None:
    assert findings_of(text) == [("GR124", 1, 1)]


def test_a_refused_alias_is_not_nothing() -> None:
    assert findings_of("*x\n") == [("GR114", 1, 1)]


@pytest.mark.parametrize(
    ("text", "line", "column"),
    [
        ("~", 1, 1),
        ("a: ~\n", 1, 4),
        ("a: null\n", 1, 4),
        ("a: {b: NULL}\n", 1, 8),
        ("[Null]\n", 1, 2),
        ("---\n", 2, 1),
    ],
)
def test_a_value_that_is_not_there_is_refused(text: str, line: int, column: int) -> None:
    assert findings_of(text) == [("GR125", line, column)]


def test_a_key_without_a_value_is_shown_on_its_own_line() -> None:
    assert [line for _, line, _ in findings_of("a:\n\n# note\nb: 1\n")] == [1]


def test_a_quoted_null_is_text() -> None:
    assert parse("f", "a: 'null'\nb: ''\n").value == {"a": "null", "b": ""}


def test_text_that_a_comma_cut_in_braces_is_named() -> None:
    (finding,) = parse("f", "a: {b: 扣分,每例, c: 1}\n").found
    assert (placed([finding]), args(finding)) == ([("GR129", 1, 11)], {"text": "每例"})


@pytest.mark.parametrize(
    ("text", "code"),
    [("a: {b:1}\n", "GR128"), ("a: {c: 1, b:\u3000甲}\n", "GR128"), ("a: {b:/x}\n", "GR125")],
)
def test_a_colon_without_a_space_in_braces_is_named(text: str, code: str) -> None:
    """A full-width space is none to YAML."""
    assert [finding.code for finding in parse("f", text).found] == [code]


def test_a_name_without_a_value_in_braces_is_refused() -> None:
    assert findings_of("a: {b, c: 1}\n") == [("GR125", 1, 5)]


def test_a_refused_key_without_a_value_is_refused_once() -> None:
    assert findings_of("{id：a, b: 1}\n") == [("GR112", 1, 4)]


def test_a_tag_without_a_name_is_refused() -> None:
    (finding, *_) = [finding for finding in parse("f", "a: 1\nb: !! c\n").found if finding.code == "GR116"]
    assert placed([finding]) == [("GR116", 2, 4)]


def test_a_colon_without_a_space_is_named() -> None:
    assert findings_of("title:x\nweight: 1\n") == [("GR128", 1, 6)]


def test_a_full_width_colon_in_a_broken_text_is_named_once() -> None:
    assert findings_of("a：1\nb: [\n") == [("GR112", 1, 2)]


# Surprises


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a: 说明 # c\n", [("GR130", 1, 7)]),
        ("a: two words # c\n", [("GR130", 1, 14)]),
        ("a: 说\n  明 #c\n", [("GR130", 2, 5)]),
        ("a: yes\n", [("GR131", 1, 4)]),
        ("a: No\n", [("GR131", 1, 4)]),
        ("a: on\n", [("GR131", 1, 4)]),
        ("[off, y, N]\n", [("GR131", 1, 2), ("GR131", 1, 7), ("GR131", 1, 10)]),
        ("a: 010\n", [("GR132", 1, 4)]),
        ("a: -01.5\n", [("GR132", 1, 4)]),
        ("a: 1_000\n", [("GR133", 1, 4)]),
        ("a: 1:30\n", [("GR133", 1, 4)]),
        ("a: １２\n", [("GR133", 1, 4)]),
        ("a: 1２.5\n", [("GR133", 1, 4)]),
    ],
)
def test_what_yaml_reads_otherwise_than_people_is_a_warning(text: str, expected: Places) -> None:
    """“Text after ` #` on a value line is worth a warning; so are `yes`/`no`/`on`, `010`, `1_000`, `1:30`,
    full-width digits.”"""
    tree = parse("f", text)
    assert (placed(tree.found), {finding.severity for finding in tree.found}) == (expected, {"warning"})


@pytest.mark.parametrize(
    "text",
    [
        "a: 5 # c\n",
        "a: '说明' # c\n",
        "a: true\n",
        "a: 0\n",
        "a: 0.5\n",
        "a: '010'\n",
        "a: 'yes'\n",
        "a: 2023-01-01\n",
        "a: 3#4\n",
    ],
)
def test_what_reads_as_it_looks_is_no_warning(text: str) -> None:
    assert findings_of(text) == []


# Values and places


def test_scalars_stay_text_and_remember_their_quotes() -> None:
    value = parse("f", "a: 0.10\nb: '0.10'\nc: [true, \"x\"]\n").value
    assert value == {"a": "0.10", "b": "0.10", "c": ("true", "x")}
    assert [type(value) for value in (value["a"], value["b"], *value["c"])] == [Plain, str, Plain, str]


def test_each_value_and_key_has_its_place() -> None:
    tree = parse("f.yaml", "a:\n  - b: 1\n    cd: [2, 34]\n")
    places = [tree.place(path) for path in (("a", 0, "b"), ("a", 0, "cd", 1), ("a", 0))]
    keys = [tree.place(path, key=True) for path in (("a",), ("a", 0, "cd"))]
    assert [(place.line, place.column, place.end) for place in places + keys] == [
        (2, 8, 9),
        (3, 13, 15),
        (2, 5, 9),
        (1, 1, 2),
        (3, 5, 7),
    ]


def test_what_is_not_there_is_shown_at_the_nearest_thing_around_it() -> None:
    tree = parse("f.yaml", "a:\n  b: 1\n")
    assert [(str(tree.place(path)), str(tree.place(path, key=True))) for path in (("a", "x", 3), ("y",))] == [
        ("f.yaml:2:3", "f.yaml:1:1"),
        ("f.yaml:1:1", "f.yaml:1:1"),
    ]


def test_a_text_without_values_is_shown_at_its_start() -> None:
    assert str(parse("f.yaml", "").place(("a",))) == "f.yaml:1:1"


def test_windows_line_ends_move_no_place() -> None:
    assert findings_of("a: 1\r\nb: yes\r\n") == [("GR131", 2, 4)]


@pytest.mark.parametrize(
    ("text", "code"), [("a: !!\n", "GR116"), ("a: !x\n", "GR116"), ("a: &x\nb: 1\n", "GR113")]
)
def test_nothing_behind_a_tag_or_an_anchor_is_not_refused_twice(text: str, code: str) -> None:
    assert codes(parse("f", text).found) == [code]


@pytest.mark.parametrize("text", ["a: PDF\uff1ax\n", "- b: App\uff1a下载\n"])
def test_a_full_width_colon_within_a_text_is_text(text: str) -> None:
    assert parse("f", text).found == []


@pytest.mark.parametrize("text", ["title: hello # c\n", "title: 中文 # c\n", "mode: half_up # c\n"])
def test_a_comment_behind_a_text_is_worth_a_warning(text: str) -> None:
    """“Text after ` #` on a value line is worth a warning”"""
    assert codes(parse("f", text).found) == ["GR130"]


@pytest.mark.parametrize("text", ["weight: 5 # c\n", "from: 2023-01-01 # c\n", "late: true # c\n"])
def test_a_comment_behind_a_number_a_day_or_a_flag_loses_nothing(text: str) -> None:
    assert parse("f", text).found == []


def test_a_tag_that_the_library_cannot_even_read_is_called_a_tag() -> None:
    assert findings_of("title: !重点 台账\n") == [("GR116", 1, 8)]
