"""Limits of a tally: how much evidence, how many findings; a written card can always be read back."""

import time
from typing import Any

import pytest

from govrubric import Rubric, ScoreCard, TallyError, shipped
from govrubric.scoring.tally import ALL_NOTES, EACH_NOTE
from samples import args, codes, refused, small

DISTRICT = shipped("2023-district")
JUDGED: dict[str, Any] = {name: 1 for name, known in DISTRICT._inputs.items() if known.required}


def noted(rubric: Rubric, text: str, each: int, characters: int) -> dict[str, Any]:
    """A tally whose inputs have evidence, texts of `each` such characters, that counts as so many in all."""
    tally: dict[str, Any] = {}
    texts, rest = divmod(characters, each + EACH_NOTE)
    for place, (name, known) in enumerate(rubric._inputs.items()):
        share = texts // len(rubric._inputs) + (place < texts % len(rubric._inputs))
        evidence = [text * each] * share
        if place == 0 and rest > EACH_NOTE:
            evidence.append("x" * (rest - EACH_NOTE))
        tally[name] = {"value": False if known.kind == "flag" else 1, "evidence": evidence}
    return tally


@pytest.mark.parametrize("each", [1, 20, 20_000])
@pytest.mark.parametrize("text", ['"', "\\", "\n", ",", "，", "\U00020000"])
def test_the_card_of_the_longest_evidence_can_be_read_back(text: str, each: int) -> None:
    """Whatever JSON writes for a character, and however short the texts are."""
    label = "," if text == "\n" else text
    tally = noted(DISTRICT, text, each, ALL_NOTES)
    card = DISTRICT.score(tally, unit=label * 20_000, name=label * 262_144)
    again = ScoreCard.from_json(card.to_json())
    assert again.to_dict() == card.to_dict()
    assert again.verify(DISTRICT) == ()


@pytest.mark.parametrize(("key", "limit"), [("unit", 20_000), ("name", 262_144)])
def test_a_label_has_its_limit_too(key: str, limit: int) -> None:
    longer = "x" * (limit + 1)
    for tally, labels in ((JUDGED, {key: longer}), ({**JUDGED, key: longer}, {})):
        (found,) = refused(TallyError, lambda t=tally, k=labels: DISTRICT.score(t, **k))  # type: ignore[misc] # mypy infers no lambda with a default
        assert (found.code, found.path, args(found)) == ("GR123", (key,), {"limit": str(limit)})


@pytest.mark.parametrize("each", [1, 100, 20_000])
def test_one_character_more_is_refused(each: int) -> None:
    tally = noted(DISTRICT, "x", each, ALL_NOTES)
    DISTRICT.score(tally)
    tally["organisation.training.assessed"] = {**tally["organisation.training.assessed"], "note": "xxxxxxxx"}
    (found,) = refused(TallyError, lambda: DISTRICT.score(tally))
    assert (found.code, args(found)) == ("GR617", {"limit": "1048576"})


@pytest.mark.parametrize("each", [1, 20_000])
def test_very_much_evidence_is_one_finding(each: int) -> None:
    began = time.process_time()  # a traced run takes several times as long
    tally = noted(DISTRICT, "x", each, 9_600_000)
    (found,) = refused(TallyError, lambda: DISTRICT.score(tally))
    assert found.code == "GR617"
    assert found.path[0] in DISTRICT._inputs
    assert time.process_time() - began < 4


@pytest.mark.parametrize("score", [small().score, small().total], ids=["score", "total"])
def test_very_many_unknown_names_are_told_of_in_a_hundred_findings(score: Any) -> None:
    """The rest are counted, and what a tally lacks is not said of one that was not read to its end."""
    tally = {f"wrok.lat{number}": 1 for number in range(100_000)}
    began = time.process_time()  # a traced run takes several times as long
    found = refused(TallyError, lambda: score(tally))
    assert time.process_time() - began < 4
    assert codes(found) == ["GR122", *["GR601"] * 98, "GR100"]
    assert args(found[-1])["number"] == "19902"


def test_a_hundred_findings_are_all_told() -> None:
    tally = {"bonus.judged": 1, **{f"wrong{number}": 1 for number in range(100)}}
    assert codes(refused(TallyError, lambda: small().score(tally))) == ["GR601"] * 100
    tally["wrong"] = 1
    assert codes(refused(TallyError, lambda: small().score(tally))) == [*["GR601"] * 99, "GR100"]
