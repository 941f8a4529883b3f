"""The JSON Schema: it is the committed one, and takes and refuses what the shape of a rubric does."""

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft7Validator
from pydantic import BaseModel
from ruamel.yaml import YAML

import bad_files
import govrubric
from govrubric.cli import main
from govrubric.diagnostics.source import Source
from govrubric.document.nodes import Nodes, Plain
from govrubric.document.yaml import parse
from govrubric.language.json_schema import DOCUMENTS, dumps, schema
from govrubric.language.rules import VERBS
from govrubric.language.validation import at, shape
from strategies import Sample, samples
from test_new_verb import BONUS, SRC
from test_reference_page import reached

ROOT = Path(__file__).parents[2]
FILES = {kind: ROOT / "schema" / f"{kind}-1.json" for kind in DOCUMENTS}
SCHEMAS: dict[str, dict[str, Any]] = {
    kind: json.loads(path.read_text("utf-8")) for kind, path in FILES.items()
}
SCHEMA = SCHEMAS["rubric"]
PAGES = [ROOT / "README.md", ROOT / "README.zh-CN.md", *sorted((ROOT / "docs").glob("*.md"))]
RUBRIC = """\
govrubric: 1
id: small
title: Small form
total: 10
round: {places: 1, mode: half_up}
indicators:
  - id: work
    title: Work
    weight: 10
    rules:
      - {id: late, deduct: 1, per: case}
"""


def rubrics() -> Iterator[tuple[str, str]]:
    """Every sound rubric of this repository: shipped, of the gallery, the conformance cases and the manual."""
    for path in sorted((*(ROOT / "rubrics").glob("*.yaml"), *(ROOT / "examples" / "gallery").glob("*.yaml"))):
        yield path.name, path.read_text("utf-8")
    for path in sorted((ROOT / "tests" / "cases").glob("*.yaml")):
        yield path.name, YAML(typ="safe", pure=True).load(path.read_text("utf-8"))["rubric"]
    for page in PAGES:
        for index, block in enumerate(
            re.findall(r"^```yaml\n(govrubric: 1.*?)^```", page.read_text("utf-8"), re.DOTALL | re.MULTILINE)
        ):
            yield f"{page.name}-{index}", block


RUBRICS = dict(rubrics())


def number(digits: str) -> int | Decimal:
    """A number as JSON Schema has it: 2.0 is a whole one."""
    exact = Decimal(digits)
    return int(exact) if exact == exact.to_integral_value() else exact


def in_json(value: Any) -> Any:
    """What a reader of YAML hands to a schema: numbers are numbers, and exact."""
    return json.loads(dumps(value), parse_float=number)


def refused(value: Any, kind: str = "rubric") -> list[str]:
    """Where a schema refuses a value, and why."""
    found = (error for error in Draft7Validator(SCHEMAS[kind]).iter_errors(in_json(value)))
    return sorted((f"{'.'.join(map(str, error.absolute_path))}: {error.message}" for error in found), key=len)


def misshapen(value: Any) -> list[str]:
    """The codes with which the shape of a rubric refuses a value."""
    return [one.code for one in shape(Nodes(Source("x", ("",)), value)).found]


# Files and spellings whose fault no schema can tell, or whose soundness this one does not.
BEYOND = {"GR220"}  # more than six places
NEVER_WRITTEN = "true"  # for a text or an id
NEVER_WHOLE = ("1/3", "-1/3")  # for a whole number


@pytest.mark.parametrize("kind", FILES)
def test_a_committed_schema_is_made_from_the_models(kind: str) -> None:
    assert FILES[kind].read_text("utf-8") == dumps(schema(kind)) + "\n", (
        f"run `govrubric schema {kind} --out schema/{kind}-1.json`"
    )


@pytest.mark.parametrize(("words", "kind"), [((), "rubric"), (("rubric",), "rubric"), (("cases",), "cases")])
def test_the_command_prints_it(words: tuple[str, ...], kind: str) -> None:
    assert CliRunner().invoke(main, ["schema", *words]).stdout == FILES[kind].read_text("utf-8")


def test_the_command_writes_it(tmp_path: Path) -> None:
    assert CliRunner().invoke(main, ["schema", "--out", str(tmp_path / "s.json")]).stdout == ""
    assert (tmp_path / "s.json").read_bytes() == FILES["rubric"].read_bytes()


@pytest.mark.parametrize("kind", FILES)
def test_a_schema_is_one(kind: str) -> None:
    Draft7Validator.check_schema(SCHEMAS[kind])
    assert SCHEMAS[kind]["$id"].endswith(f"/schema/{kind}-1.json")


@pytest.mark.parametrize("kind", FILES)
def test_every_reference_leads_somewhere_and_everything_is_referred_to(kind: str) -> None:
    assert set(re.findall(r'"#/definitions/(\w+)"', FILES[kind].read_text("utf-8"))) == set(
        SCHEMAS[kind]["definitions"]
    )


@pytest.mark.parametrize("name", RUBRICS)
def test_every_sound_rubric_is_taken(name: str) -> None:
    assert refused(parse(name, RUBRICS[name]).value) == []


def shaped_files() -> Iterator[Path]:
    """The failing rubrics that can be read."""
    for path in bad_files.bad_files():
        if (
            path.suffix == ".yaml"
            and ".tally" not in path.name
            and not any(one.severity == "error" for one in parse("", path.read_bytes()).found)
        ):
            yield path


@pytest.mark.parametrize("path", list(shaped_files()), ids=lambda path: path.name)
def test_a_failing_file_is_refused_where_its_shape_is(path: Path) -> None:
    value = parse("", path.read_bytes()).value
    assert bool(refused(value)) is (bool(misshapen(value)) and path.name[:5] not in BEYOND)


def test_most_findings_of_the_shape_are_tried() -> None:
    assert sum(path.name.startswith("GR2") for path in shaped_files()) >= 20


JUNK: list[Any] = [
    None,
    *map(Plain, ("abc", "A b", "3", "-1", "0", "0.5", "1/3", "-1/3", "3/0", "0/3", "7", "1000000000000")),
    *map(Plain, ("none", "full", "flag", "2023-01-01", "2023-13-01", NEVER_WRITTEN)),
    "3", "", " ", "x" * 1001,
    (), (Plain("1"),), (Plain("1"), Plain("2")), ((Plain("1"), Plain("2")),), ({},),
    {}, {"a": Plain("1")}, {"A b": Plain("1")}, {"number": {}}, {"choice": ("a",)},
]  # fmt: skip


def paths(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """The path of everything in a value."""
    for key, inner in (
        value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, tuple) else ()
    ):
        yield (*path, key)
        yield from paths(inner, (*path, key))


def put(value: Any, path: tuple[Any, ...], new: Any) -> Any:
    """The value with something else at a path, or nothing."""
    key, rest = path[0], path[1:]
    changed = put(value[key], rest, new) if rest else new
    if isinstance(value, dict):
        return {
            name: changed if name == key else inner
            for name, inner in value.items()
            if name != key or changed is not None
        }
    return (*value[:key], *(() if changed is None else (changed,)), *value[key + 1 :])


@cache
def plain(name: str) -> Any:
    return parse(name, RUBRICS[name]).value


@given(st.data())
def test_one_slip_is_refused_where_the_shape_refuses_it(data: st.DataObject) -> None:
    """Both are made from the same models, one by pydantic, the other here."""
    value = plain(data.draw(st.sampled_from(sorted(RUBRICS))))
    path, new = data.draw(st.sampled_from(list(paths(value)))), data.draw(st.sampled_from(JUNK))
    wrong = put(value, path, new)
    if misshapen(wrong) and not (new in NEVER_WHOLE and misshapen(wrong) == ["GR221"]):
        assert refused(wrong)
    elif new != NEVER_WRITTEN:
        assert (refused(wrong), misshapen(wrong)) in (([], []), ([], ["GR221"]))


@given(samples())
def test_any_rubric_is_taken_in_any_layout(sample: Sample) -> None:
    for text in (sample.source, sample.rubric.to_text()):
        # Nobody writes its version as `1/1`.
        assert refused({**parse("", text).value, "govrubric": 1}) == []


def test_a_key_that_nobody_knows_is_refused_everywhere() -> None:
    value = parse("", RUBRIC).value
    objects = [path for path in paths(value) if isinstance(at(value, path), dict)]
    wrong = [put(value, path, {**at(value, path), "colour": Plain("red")}) for path in objects]
    assert len(wrong) == 3  # the rounding, the indicator and its rule
    for one in [{**value, "colour": Plain("red")}, *wrong]:
        assert any("('colour' was unexpected)" in message for message in refused(one))


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("deduct: 1", "deduct: 1, judge: 3", "1 is not of type 'null'"),
        ("deduct: 1, ", "clause: x, ", "'deduct' is a required property"),
        ("deduct: 1", "deduct: 1, unit: 天", "Additional properties are not allowed ('unit' was unexpected)"),
        ("deduct: 1", "deduct: {城市: 1}", "'城市' does not match '^[a-z][a-z0-9_]{0,63}$'"),
        (
            "mode: half_up",
            "mode: halfup",
            "'halfup' is not one of ['half_up', 'half_even', 'down', 'up', 'floor', 'ceiling']",
        ),
        ("places: 1", "places: 7", "7 is greater than the maximum of 6"),
        ("places: 1", "places: 1.5", "Decimal('1.5') is not of type 'integer', 'string'"),
        ("places: 1", "places: '1'", "'1' does not match '^-?[0-9]{1,12}/(?!0+$)[0-9]{1,12}$'"),
    ],
)
def test_what_a_schema_says(old: str, new: str, message: str) -> None:
    errors = Draft7Validator(SCHEMA).iter_errors(in_json(parse("", RUBRIC.replace(old, new)).value))
    told = [one.message for error in errors for one in (error, *(error.context or ()))]
    assert message in told


CASES = """\
rubric: 2023-district.yaml
note: worked out by hand
cases:
  - name: three without a label
    tally: {basics: {attribution.unlabelled: 3}}
    expect: {total: none, grade: '3'}
"""


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("", "", ""),
        ("rubric: 2023-district.yaml\n", "", ": 'rubric' is a required property"),
        ("note", "notes", ": Additional properties are not allowed ('notes' was unexpected)"),
        ("expect: {total: none, grade: '3'}", "expect: {}", "cases.0.expect: {} should be non-empty"),
    ],
)
def test_a_file_of_cases_has_a_schema_of_its_own(old: str, new: str, message: str) -> None:
    assert refused(parse("", CASES.replace(old, new)).value, "cases") == [message] * bool(message)


# What a key means


MODELS = [model for document in DOCUMENTS.values() for model in reached(document, set())]


def keys(model: type[BaseModel]) -> Iterator[tuple[type[BaseModel], str]]:
    """Each key of a model, with the class that has it."""
    for name, field in model.model_fields.items():
        yield (
            next(one for one in reversed(model.__mro__) if name in vars(one).get("__annotations__", {})),
            field.alias or name,
        )


def test_every_key_has_its_chinese() -> None:
    missing = [
        f"{model.__name__}.{key}"
        for model in MODELS
        for _, key in keys(model)
        if not any(key in vars(one).get("chinese", ()) for one in model.__mro__)
    ]
    assert missing == []


def test_all_chinese_is_that_of_a_key() -> None:
    known = {(one.__name__, key) for model in MODELS for one, key in keys(model)} | {("Model", "note")}
    every = {base for model in MODELS for base in model.__mro__}
    said = {(base.__name__, key) for base in every for key in vars(base).get("chinese", ())}
    assert len(said) > 90
    assert sorted(said - known) == []


def marked(text: str) -> set[str]:
    return set(re.findall(r"`([^`]+)`", text))


def described(schema: Any) -> Iterator[str]:
    if isinstance(schema, dict):
        if isinstance(schema.get("description"), str):
            yield schema["description"]
        for inner in schema.values():
            yield from described(inner)
    elif isinstance(schema, list):
        for inner in schema:
            yield from described(inner)


def test_both_languages_name_the_same_words() -> None:
    for text in described(SCHEMA):
        english, chinese, *_ = text.split("\n\n")
        assert marked(english) <= marked(chinese), text


def test_a_description_is_in_both_languages_with_the_default() -> None:
    assert SCHEMA["definitions"]["Item"]["properties"]["combine"]["description"].split("\n\n") == [
        "how the parts make the group's base: their sum, their mean, the least or the greatest",
        "各子项如何得出本项的基数：合计、平均、最低或最高",
        "default 默认值 `sum`",
    ]


@pytest.mark.parametrize(("key", "default"), [("extra", "`false`"), ("weight", None), ("floor", None)])
def test_a_default_is_told_as_it_would_be_written(key: str, default: str | None) -> None:
    words = SCHEMA["definitions"]["Item"]["properties"][key]["description"]
    assert words.partition("默认值 ")[2] == (default or "")


def test_a_number_by_default_is_told_in_digits() -> None:
    assert SCHEMA["definitions"]["Range"]["properties"]["max"]["description"].endswith("默认值 `1000000000`")


def test_words_beside_a_number_are_examples_too() -> None:
    properties = SCHEMA["definitions"]["Item"]["properties"]
    assert (properties["floor"]["examples"], properties["start"]["examples"]) == (
        [-5, "none"],
        ["full", "zero"],
    )


# Rules to begin with


@pytest.mark.parametrize(
    "snippet", SCHEMA["definitions"]["verbless"]["defaultSnippets"], ids=lambda one: one["label"]
)
def test_a_rule_to_begin_with_is_a_sound_rule(snippet: dict[str, Any]) -> None:
    rule = (
        ", ".join(f"{key}: {value}" for key, value in snippet["body"].items())
        .replace("${1:", "")
        .replace("}, ", ", ", 1)
    )
    text = RUBRIC.replace(
        "id: late, deduct: 1, per: case", rule.replace("min(visits * 0.2, 3)", "'min(visits * 0.2, 3)'")
    )
    assert [
        item.id
        for item in govrubric.loads(
            text.replace("weight: 10", "weight: 10\n    start: zero")
        )._text.indicators
    ] == ["work"]


def test_there_is_a_rule_to_begin_with_for_every_verb() -> None:
    assert [one["label"] for one in SCHEMA["definitions"]["verbless"]["defaultSnippets"]] == [
        f"{verb} …" for verb in VERBS
    ]


def test_a_new_verb_is_in_the_schema_by_its_file_alone(tmp_path: Path) -> None:
    """A verb is one file among the rules, and nothing else."""
    shutil.copytree(SRC, tmp_path / "govrubric", ignore=shutil.ignore_patterns("__pycache__"))
    (tmp_path / "govrubric" / "language" / "rules" / "bonus.py").write_text(BONUS, "utf-8")
    command = [sys.executable, "-m", "govrubric", "schema"]
    environment = {
        **os.environ,
        "PYTHONPATH": str(tmp_path),
        "PYTHONDONTWRITEBYTECODE": "1",
        "PYTHONIOENCODING": "utf-8",
    }
    done = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, check=True)
    made = json.loads(done.stdout)["definitions"]
    assert made["Bonus"]["required"] == ["id", "bonus", "per"]
    assert made["Bonus"]["properties"]["bonus"]["$ref"] == "#/definitions/positive"
    assert "第二次起每次加多少分" in made["Bonus"]["properties"]["bonus"]["description"]
    assert {"if": {"type": "object", "required": ["bonus"]}, "then": {"$ref": "#/definitions/Bonus"}} in made[
        "Rule"
    ]["allOf"]
    assert "bonus …" in [one["label"] for one in made["verbless"]["defaultSnippets"]]


# JSON text


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ({}, "{}"),
        ((), "[]"),
        ([Plain("0.10"), Plain("-3"), Plain("true")], "[\n 0.10,\n -3,\n true\n]"),
        ([Plain("1/3"), Plain("1e3"), Plain("null"), "3"], '[\n "1/3",\n "1e3",\n "null",\n "3"\n]'),
        ([Plain("010"), Plain("00.5"), Plain("-00")], "[\n 10,\n 0.5,\n -0\n]"),
        ({"甲": {"a": 1, "b": False}}, '{\n "甲": {\n  "a": 1,\n  "b": false\n }\n}'),
    ],
)
def test_plain_data_as_json(value: Any, text: str) -> None:
    assert dumps(value) == text
