"""The model of a tally for pydantic: it refuses what `score` refuses, at the field that is wrong."""

import asyncio
import json
from decimal import Decimal
from typing import Any

import fastapi
import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from pydantic import ValidationError

from excused import SOUND, WIDE
from govrubric import TallyModel, loads, shipped
from govrubric.testing import rubrics, tallies


def found(model: type[TallyModel], tally: Any) -> list[tuple[str, tuple[int | str, ...]]]:
    """The types of all errors, each with the field."""
    with pytest.raises(ValidationError) as caught:
        model.model_validate(tally)
    return [(error["type"], error["loc"]) for error in caught.value.errors()]


@given(st.data())
def test_it_takes_every_valid_tally_and_gives_it_back(data: st.DataObject) -> None:
    rubric = data.draw(rubrics())
    tally: dict[str, Any] = {**data.draw(tallies(rubric)), "unit": "u1"}
    given_ = rubric.tally_model().model_validate(tally).tally()
    assert given_ == tally
    assert rubric.score(given_).to_dict() == rubric.score(tally).to_dict()


@pytest.mark.parametrize(
    ("changed", "code", "field"),
    [
        ({"b.judged": 5}, "GR607", "b.judged"),
        ({"b.judged": 0.5}, "GR609", "b.judged"),
        ({"b.judged": 2.0}, "GR606", "b.judged"),
        ({"b.judged": {"value": 2, "why": "x"}}, "GR611", "b.judged"),
        ({"b.judged": None}, "GR615", "b.judged"),
        ({"b.extra": True}, "GR603", "b.extra"),
        ({"g.not_applicable": 1}, "GR605", "g.not_applicable"),
        ({"class": "三类"}, "GR616", "class"),
        ({"unit": 3}, "GR636", "unit"),
        ({"unit": "a\nb"}, "GR105", "unit"),
        ({"nowhere": 1}, "extra_forbidden", "nowhere"),
    ],
)
def test_what_is_wrong_is_told_at_its_field(changed: dict[str, Any], code: str, field: str) -> None:
    assert found(loads(WIDE).tally_model(), {**SOUND, **changed}) == [(code, (field,))]


def test_what_must_be_given_may_be_excused() -> None:
    model, less = (
        loads(WIDE).tally_model(),
        {name: value for name, value in SOUND.items() if name != "g.a.rated"},
    )
    assert found(model, less) == [("GR602", ("g.a.rated",))]
    assert found(model, {**less, "g.not_applicable": "true"}) == [
        ("GR605", ("g.not_applicable",)),
        ("GR602", ("g.a.rated",)),
    ]
    for said in (True, {"value": True, "evidence": ["p. 3"]}):
        tally = {**less, "g.not_applicable": said}
        assert model.model_validate(tally).tally() == tally
    assert found(model, {}) == [
        ("missing", ("class",)),
        ("missing", ("share",)),
        ("GR602", ("g.a.rated",)),
        ("missing", ("b.judged",)),
    ]


def test_only_what_was_given_is_in_the_tally() -> None:
    made = loads(WIDE).tally_model().model_validate(SOUND)
    assert (made.tally(), loads(WIDE).score(made.tally()).assumed) == (
        SOUND,
        ("g.not_applicable", "g.a.not_applicable", "b.extra"),
    )
    with pytest.raises(ValidationError, match="frozen"):
        made.unit = "u2"  # type: ignore[attr-defined] # its fields are made from the rubric


def test_it_is_made_once() -> None:
    rubric = loads(WIDE)
    assert rubric.tally_model() is rubric.tally_model()
    assert issubclass(rubric.tally_model(), TallyModel)


def test_its_schema_says_what_the_schema_of_a_tally_says() -> None:
    """But for numbers that are not whole, which are text, since JSON becomes floats on its way to a model."""
    rubric = loads(WIDE)
    made = json.loads(json.dumps(rubric.tally_model().model_json_schema()))
    Draft202012Validator.check_schema(made)
    whole = json.loads(json.dumps(rubric.tally_schema()).replace('"number"', '"integer"'))
    assert (made["title"], made["additionalProperties"]) == ("Wide", False)
    assert sorted(made["properties"]) == sorted(whole["properties"])
    assert sorted(made["required"]) == sorted(whole["required"])
    for name, said in whole["properties"].items():
        text = json.dumps(said)
        for key, shared in whole["$defs"].items():
            text = text.replace(json.dumps({"$ref": f"#/$defs/{key}"}), json.dumps(shared))
        assert {key: made["properties"][name][key] for key in json.loads(text)} == json.loads(text)


RUBRIC = shipped("2023-district")
JUDGED: dict[str, Any] = {name: 1 for name, known in RUBRIC.inputs.items() if known.required}


def posted(body: dict[str, Any]) -> httpx.Response:
    """The answer of a service that scores by the district form."""
    app = fastapi.FastAPI()
    model = RUBRIC.tally_model()

    @app.post("/cards")
    def card(tally: model) -> dict[str, Any]:  # type: ignore[valid-type] # it is made from the rubric
        return RUBRIC.score(tally.tally()).to_dict()  # type: ignore[attr-defined] # the model is made from the rubric

    async def answer() -> httpx.Response:
        transport = httpx.ASGITransport(app=app)
        async with httpx.AsyncClient(transport=transport, base_url="http://form") as client:
            assert (await client.get("/openapi.json")).status_code == 200
            return await client.post("/cards", json=body)

    return asyncio.run(answer())


def test_a_service_scores_what_it_is_sent() -> None:
    sent = {**JUDGED, "unit": "d01", "basics.attribution.unlabelled": {"value": 3, "evidence": ["p. 3"]}}
    answer = posted(sent | {"platforms.new_media.operation_score": "88.65"})
    assert answer.status_code == 200
    expected = RUBRIC.score({**sent, "platforms.new_media.operation_score": Decimal("88.65")})
    assert answer.json() == expected.to_dict()


def test_a_service_refuses_what_is_wrong_at_its_field() -> None:
    answer = posted(
        {**JUDGED, "basics.attribution.unlabelled": -1, "platforms.new_media.operation_score": 88.65}
    )
    assert answer.status_code == 422
    assert [(one["type"], one["loc"]) for one in answer.json()["detail"]] == [
        ("GR604", ["body", "basics.attribution.unlabelled"]),
        ("GR606", ["body", "platforms.new_media.operation_score"]),
    ]
