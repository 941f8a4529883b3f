"""The schema of a card takes every card, and none with a key that is missing, new, or of another type."""

import copy
import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from hypothesis import given
from jsonschema import Draft7Validator

from govrubric import CardError, ScoreCard
from govrubric.cli import main
from govrubric.language.json_schema import dumps
from govrubric.scoring import card_schema
from pairs import FILES, built, file_values
from samples import RICH_TALLY, rich
from strategies import Sample, samples

ROOT = Path(__file__).parents[2]
FILE = ROOT / "schema" / "card-1.json"
SCHEMA: dict[str, Any] = json.loads(FILE.read_text("utf-8"))
VALIDATOR = Draft7Validator(SCHEMA)
Step = str | int
# A value of each type that JSON has; a text and a whole number that no key takes.
OTHERS = (None, True, -1, 1.5, "\u2603 no such text", [1], {"x": 1})


def refused(data: Any) -> list[str]:
    """Where the schema refuses a card, and why."""
    return [f"{list(error.absolute_path)}: {error.message}" for error in VALIDATOR.iter_errors(data)]


def card() -> dict[str, Any]:
    """A card with everything on it: gates, a grade, evidence, an item that does not apply, and one that is void."""
    data: dict[str, Any] = json.loads(rich().score(RICH_TALLY, unit="u1", name="First").to_json())
    data["rubric"]["variant"] = {"id": "v", "title": "V"}
    data["rubric"]["readings"] = [{"ambiguity": "q", "option": "o", "title": "O"}]
    return data


def every_place(data: Any, path: tuple[Step, ...] = ()) -> Iterator[tuple[Step, ...]]:
    """The path of every key in plain data."""
    if isinstance(data, dict):
        for key, value in data.items():
            yield (*path, key)
            yield from every_place(value, (*path, key))
    elif isinstance(data, list):
        for index, value in enumerate(data):
            yield from every_place(value, (*path, index))


def places(data: Any) -> Iterable[tuple[Step, ...]]:
    """The path of each key of each kind of object, once: of the last item, the last rule and so on."""
    return {
        tuple(step for step in path if isinstance(step, str)): path for path in every_place(data)
    }.values()


def holder(data: Any, path: tuple[Step, ...]) -> Any:
    """The object that has the last key of a path."""
    for step in path[:-1]:
        data = data[step]
    return data


def test_the_committed_schema_is_made_from_the_table() -> None:
    made = dumps(card_schema.schema()) + "\n"
    assert FILE.read_text("utf-8") == made, "run `govrubric schema card --out schema/card-1.json`"


def test_the_command_prints_it() -> None:
    done = CliRunner().invoke(main, ["schema", "card"])
    assert (done.exit_code, done.output) == (0, FILE.read_text("utf-8"))


def test_it_is_a_sound_schema() -> None:
    Draft7Validator.check_schema(SCHEMA)


@given(samples())
def test_every_card_is_taken(sample: Sample) -> None:
    """A card of any rubric and tally, with and without evidence."""
    for tally in (sample.plain, sample.dressed):
        made = sample.rubric.score(tally, unit="u", name=None)
        assert refused(json.loads(made.to_json())) == []


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_card_of_the_gallery_is_taken(path: Path) -> None:
    rubric = built(file_values(path))
    tally = {
        name: given.options[0] if given.options else str(given.lo)
        for name, given in rubric._inputs.items()
        if given.required
    }
    assert refused(json.loads(rubric.score(tally).to_json())) == []


def test_a_card_has_every_key_of_the_table() -> None:
    """So that the tests below try each key."""
    found = {path[-1] for path in places(card())}
    assert found == {key for keys in (card_schema.CARD, *card_schema.OBJECTS.values()) for key in keys}


def test_no_key_may_be_missing_or_have_another_name() -> None:
    data = card()
    taken = []
    for path in places(data):
        for new in (None, f"{path[-1]}_", str(path[-1]).upper()):
            changed = copy.deepcopy(data)
            value = holder(changed, path).pop(path[-1])
            if new is not None:
                holder(changed, path)[new] = value
            taken += [] if refused(changed) else [(path, new)]
    assert taken == []


def test_no_key_takes_a_value_of_another_type() -> None:
    """The key of an input's value is tried for each kind below; the last input here is a number."""
    data = card()
    taken = set()
    for path in places(data):
        for other in OTHERS:
            changed = copy.deepcopy(data)
            holder(changed, path)[path[-1]] = other
            if not refused(changed):
                taken.add((str(path[-1]), type(other).__name__))
    words = {
        "clause",
        "when",
        "counts_when",
        "not_applicable_when",
        "note",
        "unit",
        "name",
        "assessed_by",
        "grade",
        "title",
        "sentence",
    }
    nulls = {
        "floor",
        "ceiling",
        "score",
        "lost",
        "contribution",
        "total",
        "exact_total",
        "combining",
        "not_applicable",
        "variant",
    }
    flags = {"assumed", "counted", "voids", "held", "extra", "applies", "counts", "excused"}
    assert taken == {
        *((key, "str") for key in words),
        *((key, "NoneType") for key in (*nulls, *words - {"sentence"})),
        *((key, "bool") for key in flags),
    }


@pytest.mark.parametrize(
    "number",
    ["1.0", "01", "-0", "+1", "1e3", ".5", "5.", "1/0", "0/1", "0.50", "", " 1", "１", "1,000", "NaN", "--1"],
)
def test_a_number_has_one_form(number: str) -> None:
    """The reader refuses these too, or finds the card changed."""
    data = card()
    data["items"][0]["base"] = number
    assert refused(data)
    with pytest.raises(CardError):
        ScoreCard.from_dict(data)


@pytest.mark.parametrize(
    "number", ["0", "1", "-1", "0.5", "-0.05", "10.25", "1/3", "-22/7", "123456789012345.5"]
)
def test_a_number_may_have_any_digits(number: str) -> None:
    data = card()
    data["items"][0]["base"] = number
    assert refused(data) == []
    ScoreCard.from_dict(data)


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        ("flag", "true"), ("flag", "1"), ("count", True), ("count", "1.5"), ("count", "-1"), ("count", "01"), ("number", True), ("number", "x"),
        ("choice", False), ("text", "x"),
    ],
)  # fmt: skip
def test_a_value_is_of_its_kind(kind: str, value: str | bool) -> None:
    data = card()
    data["inputs"][0] |= {"kind": kind, "value": value}
    assert refused(data)


def test_the_first_item_is_the_rubric_and_no_other_is() -> None:
    data = card()
    for wrong in ([], data["items"][1:], [data["items"][0], data["items"][0]]):
        assert refused({**data, "items": wrong})


def test_the_manual_names_every_key() -> None:
    page = (ROOT / "docs" / "card.md").read_text("utf-8")
    keys = {key for keys in (card_schema.CARD, *card_schema.OBJECTS.values()) for key in keys}
    assert sorted(key for key in keys if f"`{key}`" not in page) == []
