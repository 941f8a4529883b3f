"""Texts and numbers in JSON Schema: each takes what its field's check takes, and says what the finding says."""

import json
import re
from decimal import Decimal
from pathlib import Path
from typing import Annotated, Any, get_args, get_origin

import pytest
from jsonschema import Draft7Validator
from pydantic import PlainValidator, TypeAdapter, ValidationError
from ruamel.yaml import YAML

from govrubric.document.nodes import Plain
from govrubric.document.yaml import parse
from govrubric.language import fields
from govrubric.language.json_scalars import JsonScalar, cure, message, whole_number
from govrubric.language.json_schema import dumps

# The annotations of `fields` that carry a schema.
CARRIED = [
    (annotation, mark)
    for annotation in vars(fields).values()
    if get_origin(annotation) is Annotated
    for mark in get_args(annotation)[1:]
    if isinstance(mark, JsonScalar)
]
SCALARS = {mark.name: (annotation, mark.schema) for annotation, mark in CARRIED if mark.name}

# What each takes and refuses, as it is written in YAML; what stands in quotes here is quoted there too.
TAKEN = {
    "text": ["a", "甲", "2023", "2023-01-01", "1/3", "'3'"],
    "expression": ["deaths > 0", "3", "'" + "x" * 1000 + "'"],
    "flag": ["true", "false"],
    "id": ["a", "a_1", "x2y"],
    "rubric_id": ["a", "district-2023"],
    "path": ["a", "a.b_1.c"],
    "day": ["2023-01-01", "2024-12-31"],
    "language": ["en", "zh", "zh-CN", "zh-Hans-CN"],
    "number": ["0", "-1", "0.1", "1/3", "-2/3", "0/3", "999999999999"],
    "positive": ["1", "0.1", "1/3", "999999999999"],
    "number_or_none": ["none", "0", "-1/3"],
    "number_or_start": ["full", "zero", "0", "-5"],
    "number_or_name": ["target", "a.b_1.c", "0", "-1/3"],
    "positive_or_name": ["target", "a.b_1.c", "60", "1/3"],
    "version": ["1"],
    "names": ["{}", "{a: 1}", "{a: {b: true}}"],
    "some_names": ["{a: 1}"],
}
REFUSED = {
    "text": ["''", "' '", "[a]", "{}"],
    "expression": ["''", "[a]", "'" + "x" * 1001 + "'"],
    "flag": ["yes", "'yes'", "1", "[]"],
    "id": ["A", "1a", "a-b", "a.b", "甲", "''", "3", "[a]"],
    "rubric_id": ["A", "a.b", "-a", "3"],
    "path": ["a.", ".a", "a..b", "A.b", "a-b", "3"],
    "day": ["2023-13-01", "2023-01-32", "2023-1-1", "0000-01-01", "20230101", "2023", "''"],
    "language": ["fr", "english", "zh_CN", "3"],
    "number": [
        "abc",
        "3分",
        "'3'",
        "3/0",
        "1000000000000",
        "-1000000000000",
        "1/1000000000000",
        "none",
        "true",
        "[1]",
        "{}",
    ],
    "positive": ["0", "-1", "0/3", "-1/3", "3/0", "'3'", "abc", "1000000000000"],
    "number_or_none": ["full", "'3'", "abc", "true", "[]", "3/0"],
    "number_or_start": ["none", "'3'", "abc", "3/0"],
    "number_or_name": ["'3'", "3/0", "a + b", "A", "60万", "[a]"],
    "positive_or_name": ["0", "-1", "'3'", "a + b", "A", "60万", "[a]"],
    "version": ["2", "'1'", "one", "true"],
    "names": ["a", "1", "[a]"],
    "some_names": ["{}", "[]", "a"],
}


def read(text: str) -> Any:
    """A value as YAML's reader has it."""
    return parse("x", f"k: {text}\n").value["k"]


def schema_takes(name: str, value: Any) -> bool:
    valid: bool = Draft7Validator(SCALARS[name][1]).is_valid(json.loads(dumps(value), parse_float=Decimal))
    return valid


def field_takes(name: str, value: Any) -> bool:
    try:
        TypeAdapter(SCALARS[name][0]).validate_python(value)
    except ValidationError:
        return False
    return True


def test_every_scalar_is_tried_both_ways() -> None:
    assert TAKEN.keys() == REFUSED.keys() == SCALARS.keys()


def test_every_field_with_a_check_of_its_own_carries_a_schema() -> None:
    checked = [
        name
        for name, annotation in vars(fields).items()
        if get_origin(annotation) is Annotated
        and any(isinstance(mark, PlainValidator) for mark in get_args(annotation)[1:])
    ]
    assert len(checked) == len(CARRIED) == 19


def test_two_scalars_have_two_names() -> None:
    names = [mark.name for _, mark in CARRIED if mark.name]
    assert len(names) == len(set(names)) == 17


@pytest.mark.parametrize(("name", "text"), [(name, text) for name, texts in TAKEN.items() for text in texts])
def test_both_take_it(name: str, text: str) -> None:
    assert (schema_takes(name, read(text)), field_takes(name, read(text))) == (True, True)


@pytest.mark.parametrize(
    ("name", "text"), [(name, text) for name, texts in REFUSED.items() for text in texts]
)
def test_both_refuse_it(name: str, text: str) -> None:
    assert (schema_takes(name, read(text)), field_takes(name, read(text))) == (False, False)


@pytest.mark.parametrize(
    ("name", "text"), [("text", "true"), ("id", "true"), ("expression", "false"), ("flag", "'true'")]
)
def test_what_nobody_writes_is_refused_by_the_schema_alone(name: str, text: str) -> None:
    assert (schema_takes(name, read(text)), field_takes(name, read(text))) == (False, True)


@pytest.mark.parametrize(
    ("name", "text"), [("number", "0.1234567"), ("day", "2023-02-30"), ("version", "1.0")]
)
def test_what_no_schema_can_tell_is_left_to_the_check(name: str, text: str) -> None:
    assert schema_takes(name, read(text))


@pytest.mark.parametrize(
    ("text", "taken"),
    [
        ("0", True),
        ("6", True),
        ("6/2", True),
        ("7", False),
        ("-1", False),
        ("1.5", False),
        ("'3'", False),
        ("a", False),
    ],
)
def test_a_whole_number_is_one_in_its_range(text: str, taken: bool) -> None:
    assert Draft7Validator(whole_number(0, 6)).is_valid(json.loads(dumps(read(text)))) is taken


def test_a_whole_number_is_told_in_its_range() -> None:
    assert (
        whole_number(0, 6)["errorMessage"]
        == "write a whole number in this range, without a point\n请写此范围内不带小数点的数"
    )


def test_a_cure_is_told_in_both_languages() -> None:
    assert cure("GR210", words="none, 3.5") == "write one of: none, 3.5\n请从中选用：none, 3.5"


def test_what_is_optional_in_a_cure_is_left_out() -> None:
    assert "instance" not in cure("GR211")


def test_a_finding_is_told_with_its_cure() -> None:
    assert (
        message("GR216", verbs="…")
        == "the rule has more than one verb: …; make a rule of each\n规则写了多种计分方式：…；请拆成多条规则"
    )


def test_a_plain_number_is_read_as_such() -> None:
    assert isinstance(read("3"), Plain)


# An editor hands a schema the values that YAML makes of a text, and the check sees the text itself


EDITOR_PAGE = Path(__file__).parents[2] / "docs" / "editor.md"
KINDS: dict[str, tuple[Any, ...]] = {
    "a number": (fields.Number, fields.Positive, fields.NumberOrNone, fields.Start),
    "a whole number": (fields.Places, fields.Dropped, fields.Version),
    "a flag": (fields.Flag,),
    "a day": (fields.Date,),
    "a text": (fields.Text, fields.Authored),
    "an id": (fields.Id, fields.WasPath, fields.RubricId),
}
SPELLINGS = (
    *("0", "1", "-1", "-0", "0.5", "2.50", "3.0", "1.0", "999999999999", "1000000000000", "007", "010"),
    *("00.5", "1/3", "-1/3", "3/0", "+1/3", "1./3", "1/3.0", "1/-3"),
    *("'1/3'", '"1/3"', "'-1/3'", "'3'", "'0.5'", "'+5'"),
    *(".5", "-.5", "+.5", "5.", "-5.", "+5", "+0.5", "++5", "-+5", ".", "+", "5..", "1.2.3", "..5"),
    *("1e3", "1E3", "1e-3", "1.5e+2", "5e-1", "1e13", "1e999", "-1e999", "1e", "1e+", ".e3", "1e3.5"),
    *("0x1F", "0xff", "0X1F", "0o17", "0O17", "0b11", "0x", "0o8", "-0x1F", "+0o17", "1_000", "0x1_F"),
    *("0.1234567", "0.5000000", "1.0000000", "1000000000000.5", "'0.1234567'"),
    *(".inf", "-.inf", "+.inf", ".Inf", ".INF", ".iNF", "inf"),
    *(".nan", ".NaN", ".NAN", "-.nan", ".Nan", "nan"),
    *("１２", "３.５", "1，000", "95%", "12:30", "1 000", "3分", "五"),
    *("true", "True", "TRUE", "tRUE", "false", "False", "FALSE", "yes", "no", "on"),
    *("'true'", "'True'", "'false'"),
    *("none", "'none'", "None", "full", "'full'", "abc", "null", "~", "Null", "'null'"),
    *("2023-01-01", "2023-02-30", "2023-04-31", "2023-1-1", "2023-01-01T00:00:00", "'2023-01-01'"),
    *("&n 3", "!!int 3", "!!float 3", "!!int '3'"),
)  # fmt: skip


def in_editor(spelling: str) -> Any:
    """The value of a scalar by the core schema of YAML 1.2 (its section 10.3.2), with exact numbers."""
    node = YAML(typ="safe", pure=True).compose(f"k: {spelling}\n").value[0][1]
    text = node.value
    if node.style and "int" not in node.tag:
        return text
    if re.fullmatch(r"null|Null|NULL|~|", text):
        return None
    if re.fullmatch(r"true|True|TRUE|false|False|FALSE", text):
        return text.lower() == "true"
    if re.fullmatch(r"0o[0-7]+", text):
        return int(text[2:], 8)
    if re.fullmatch(r"0x[0-9a-fA-F]+", text):
        return int(text[2:], 16)
    if re.fullmatch(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?", text):
        digits = Decimal(text)
        return int(digits) if abs(digits) < 10**20 and digits == int(digits) else digits
    if re.fullmatch(r"[-+]?(\.inf|\.Inf|\.INF)", text):
        return float("-inf" if text[0] == "-" else "inf")
    return float("nan") if re.fullmatch(r"\.nan|\.NaN|\.NAN", text) else text


def refusals(annotation: Any, spelling: str) -> list[str]:
    """The codes with which the check refuses a spelling."""
    nodes = parse("x", f"k: {spelling}\n")
    codes = [one.code for one in nodes.found if one.severity == "error"]
    if codes:
        return codes
    try:
        TypeAdapter(annotation).validate_python(nodes.value["k"])
    except ValidationError as error:
        return [one["type"] for one in error.errors()]
    return []


def schema_of(annotation: Any) -> Any:
    return next(mark.schema for mark in get_args(annotation)[1:] if isinstance(mark, JsonScalar))


def differing() -> dict[tuple[str, str], tuple[str, ...]]:
    """Spelling and kind of field on which schema and check differ -> the codes of the check, if it refuses."""
    found = {}
    for spelling in SPELLINGS:
        value = in_editor(spelling)
        for kind, annotations in KINDS.items():
            codes: set[str] = set()
            differ = False
            for annotation in annotations:
                refused = refusals(annotation, spelling)
                if Draft7Validator(schema_of(annotation)).is_valid(value) is bool(refused):
                    differ = True
                    codes.update(refused)
            # What holds of every number is not said of whole numbers again.
            if differ and not (kind == "a whole number" and (spelling, "a number") in found):
                found[spelling, kind] = tuple(sorted(codes))
    return found


def told_on_the_page() -> dict[tuple[str, str], tuple[str, ...]]:
    """The same from the rows of the page's table: spellings, kinds of fields, and who tells."""
    rows = re.findall(
        r"^\| (`.*) \| (.*) \| the (check|editor)\b(.*) \|$", EDITOR_PAGE.read_text("utf-8"), re.MULTILINE
    )
    found = {}
    for spellings, kinds, teller, rest in rows:
        codes = tuple(sorted(re.findall(r"GR[0-9]{3}", rest)))
        assert bool(codes) is (teller == "check")
        for spelling in re.findall("`([^`]+)`", spellings):
            found.update({(spelling, kind): codes for kind in kinds.split(", ")})
    return found


def test_where_schema_and_check_differ_is_on_the_page() -> None:
    assert differing() == told_on_the_page()


@pytest.mark.parametrize(
    "spelling", [".nan", ".NaN", ".NAN", ".inf", "-.inf", "1e999", "1_000", "0b11", "True"]
)
@pytest.mark.parametrize("annotation", KINDS["a number"])
def test_no_such_thing_is_a_number_to_the_schema(annotation: Any, spelling: str) -> None:
    assert not Draft7Validator(schema_of(annotation)).is_valid(in_editor(spelling))
