"""The JSON Schema of a tally: it takes all that `score` takes in this form, and refuses what it can say."""

import json
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from excused import SOUND, WIDE
from govrubric import Rubric, TallyError, load, loads, shipped
from govrubric.testing import rubrics, tallies
from samples import small

GALLERY = sorted((Path(__file__).parents[2] / "rubrics").glob("*.yaml"))


def sound(rubric: Rubric, tally: Any) -> bool:
    return bool(Draft202012Validator(rubric.tally_schema()).is_valid(tally))


def scored(rubric: Rubric, tally: Any) -> bool:
    try:
        rubric.score(tally)
    except TallyError:
        return False
    return True


def as_json(value: Any) -> Any:
    """A value as JSON has it: numbers that are not whole as text."""
    if isinstance(value, (Decimal, Fraction)):
        return str(value)
    return value


@pytest.mark.parametrize("path", GALLERY, ids=lambda path: path.stem)
def test_the_schema_is_sound_and_can_be_written(path: Path) -> None:
    made = load(path).tally_schema()
    Draft202012Validator.check_schema(json.loads(json.dumps(made, allow_nan=False)))
    assert list(made["properties"]) == ["unit", "name", *load(path).inputs]


@given(st.data())
def test_it_takes_every_valid_tally(data: st.DataObject) -> None:
    rubric = data.draw(rubrics())
    tally: dict[str, Any] = {name: as_json(value) for name, value in data.draw(tallies(rubric)).items()}
    for name in list(tally):
        if data.draw(st.integers(0, 3)) == 0:
            tally[name] = {
                "value": tally[name],
                "evidence": ["第3页"],
                "note": data.draw(st.sampled_from([None, "n"])),
            }
    tally["unit"] = "u1"
    assert scored(rubric, tally)
    assert sound(rubric, tally)


BAD: list[Any] = [
    *(-1, 10**12, True, False, None, "", "x", "1/0", "0.1234567", "-0.5", "1.50", "1/2", [], {}, "优", 0, 1, 2, 3),
    *({"value": 1}, {"value": True}, {"value": 1, "why": 2}, {"evidence": []}, {"value": 1, "evidence": "p"}),
    *({"value": 1, "evidence": [""]}, {"value": 1, "note": ""}, {"value": {"value": 1}}, Decimal("0.5"), Decimal("0.25")),
]  # fmt: skip


@given(st.data())
def test_it_never_refuses_what_is_scored(data: st.DataObject) -> None:
    """A value of a valid tally is changed, taken out or put under another name."""
    rubric = data.draw(st.sampled_from([small(), loads(WIDE)]) | rubrics())
    tally: dict[str, Any] = {name: as_json(value) for name, value in data.draw(tallies(rubric)).items()}
    names = [*rubric.inputs, "unit", "name"]
    for _ in range(data.draw(st.integers(1, 2))):
        name = data.draw(st.sampled_from(names))
        tally.pop(name, None)
        if data.draw(st.booleans()):
            tally[name + data.draw(st.sampled_from(["", "", "", "x"]))] = data.draw(st.sampled_from(BAD))
    if scored(rubric, tally):
        assert sound(rubric, tally), tally


@pytest.mark.parametrize(
    "changed",
    [
        {"b.judged": 5}, {"b.judged": 3}, {"b.judged": "2.125"}, {"b.judged": "two"}, {"b.judged": True},
        {"b.judged": None}, {"b.judged": {"value": 2, "why": "x"}}, {"b.judged": {"note": "x"}},
        {"b.judged": {"value": 2, "evidence": [""]}}, {"b.judged": {"value": 2, "evidence": ["x" * 20_001]}},
        {"b.extra": -1}, {"b.extra": 1_000_000_001}, {"b.extra": "3"}, {"b.extra": True}, {"b.extra": 1.5},
        {"class": "三类"}, {"class": 1}, {"share": "0.55"}, {"share": 2}, {"g.not_applicable": 1},
        {"unit": 3}, {"unit": "x" * 20_001}, {"name": ["x"]}, {"nowhere": 1}, {"g": {"a": {"rated": "优"}}},
    ],
)  # fmt: skip
def test_it_refuses_what_it_can_say(changed: dict[str, Any]) -> None:
    rubric = loads(WIDE)
    assert sound(rubric, SOUND)
    assert not sound(rubric, {**SOUND, **changed})


def test_what_must_be_given_may_be_excused() -> None:
    rubric, less = loads(WIDE), {name: value for name, value in SOUND.items() if name != "g.a.rated"}
    assert not sound(rubric, less)
    assert not sound(rubric, {**less, "g.not_applicable": False})
    for flag in ("g.not_applicable", "g.a.not_applicable"):
        for said in (True, {"value": True, "note": "no such item"}):
            assert scored(rubric, {**less, flag: said})
            assert sound(rubric, {**less, flag: said})
    assert not sound(rubric, {**less, "g.a.not_applicable": {"value": False}})
    assert not sound(rubric, {"g.a.not_applicable": True})


def test_what_it_cannot_say_stands_in_the_description() -> None:
    properties = loads(WIDE).tally_schema()["properties"]
    assert properties["share"]["description"].startswith(
        "-0.5 to 0.5, at most 1 decimal places; digits as text"
    )
    assert "in steps of 2" in properties["b.judged"]["description"]
    assert properties["b.extra"]["description"] == "a count of piece 计数"
    assert sound(loads(WIDE), {**SOUND, "share": Decimal("0.55")})
    assert not scored(loads(WIDE), {**SOUND, "share": Decimal("0.55")})


def test_each_schema_is_a_new_one() -> None:
    rubric = shipped("2023-district")
    rubric.tally_schema()["properties"].clear()
    assert len(rubric.tally_schema()["properties"]) == len(rubric.inputs) + 2
