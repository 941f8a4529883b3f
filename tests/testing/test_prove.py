"""`govrubric.prove`: what is proved and tried as an object, and the certificate that the command prints."""

import dataclasses
import json
import pickle
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

import govrubric
from govrubric import Exact, Proof, Rubric, ScoreBounds, cli
from govrubric.testing import laws
from govrubric.testing.breach import Breach
from samples import RICH, SMALL, small


def broken(_: Rubric, tally: Mapping[str, Any]) -> None:
    """A law that no tally with a paper missing obeys."""
    if tally.get("work.papers.missing", 0):
        raise Breach.of("order_of_keys", "order", "work", figure="score", stated=1, other=2)


@pytest.fixture
def failed(monkeypatch: pytest.MonkeyPatch) -> Proof:
    monkeypatch.setitem(laws.LAWS, "order_of_keys", broken)
    return govrubric.prove(small(), examples=20)


def test_what_every_score_can_come_to_is_a_list_of_bounds() -> None:
    proof = govrubric.prove(small(), examples=1)
    assert proof.bounds[0] == ScoreBounds(
        "", "Small form", Exact(10), Exact(0), Exact(10), Exact(0), Exact(10), True, False
    )
    assert [(one.path, str(one.low), str(one.high)) for one in proof.bounds][-1] == ("bonus", "0", "3")
    assert {type(proof.bounds[0].weight), type(proof.bounds[0].floor)} == {Exact}


def test_each_law_has_its_result() -> None:
    proof = govrubric.prove(small(), examples=3, seed=7)
    assert [(one.law, one.passed, one.counterexample) for one in proof.laws] == [
        (name, True, None) for name in laws.LAWS
    ]
    assert {one.tallies for one in proof.laws} == {3}
    assert (proof.passed, proof.seed, proof.rubric) == (True, 7, small())
    assert proof.laws[0].title() == "a valid tally is always scored"
    assert (proof.laws[0].title("zh"), proof.laws[0].message()) == ("凡合规的填报都能计分", "")


def test_a_law_that_breaks_has_the_smallest_tally_that_shows_it(failed: Proof) -> None:
    (law,) = [one for one in failed.laws if not one.passed]
    assert (law.law, law.tallies, failed.passed) == ("order_of_keys", 0, False)
    assert law.counterexample is not None
    assert law.counterexample["work.papers.missing"] == 1
    assert law.message() == "work: the score is 1, and with the keys in another order 2"
    assert law.message("zh").startswith("work：得分为 1")


def test_a_score_that_may_leave_its_bounds_does_not_pass() -> None:
    bounds = govrubric.prove(small(), examples=1).bounds
    outside = dataclasses.replace(bounds[0], kept=False)
    assert Proof(small(), (outside, *bounds[1:]), (), 0).passed is False


def test_it_is_plain_data_too(failed: Proof) -> None:
    data = failed.to_dict("en")
    assert json.loads(json.dumps(data)) == data
    assert (data["rubric"]["id"], data["passed"], data["seed"]) == ("small", False, 0)
    assert data["bounds"][-1] == {
        "path": "bonus", "title": "Bonus", "weight": "3", "low": "0", "high": "3", "floor": "0", "ceiling": "3",
        "kept": True, "may_lack": False,
    }  # fmt: skip
    assert data["laws"][0] == {
        "law": "never_fails", "title": "a valid tally is always scored", "passed": True, "tallies": 20,
        "message": None, "counterexample": None,
    }  # fmt: skip
    counterexample = next(one["counterexample"] for one in data["laws"] if not one["passed"])
    assert counterexample["work.papers.missing"] == 1
    assert isinstance(counterexample["bonus.judged"], (int, str))


def test_it_is_frozen_equal_by_content_and_picklable(failed: Proof) -> None:
    assert pickle.loads(pickle.dumps(failed)) == failed == govrubric.prove(small(), examples=20)
    assert len({failed, pickle.loads(pickle.dumps(failed))}) == 1
    with pytest.raises(dataclasses.FrozenInstanceError):
        failed.seed = 1  # type: ignore[misc] # what is tested
    assert repr(failed) == "<Proof small failed>"
    assert repr(Proof(small(), (), (), 0)) == "<Proof small passed>"


@pytest.mark.parametrize("text", [SMALL, RICH])
@pytest.mark.parametrize("language", [None, "zh-CN"])
def test_it_gives_what_the_command_prints(
    text: str, language: str | None, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "form.yaml"
    path.write_text(text, "utf-8")
    proof = govrubric.prove(govrubric.load(path), examples=2, seed=3)
    assert capsys.readouterr() == ("", "")
    words = [
        "prove",
        str(path),
        "--examples",
        "2",
        "--seed",
        "3",
        *(["--lang", language] if language else []),
    ]
    assert CliRunner().invoke(cli.main, words).stdout == f"{proof.to_text(language)}\n"
    assert str(proof) == proof.to_text()


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"examples": 0}, "examples is a whole number from 1"),
        ({"examples": True}, "examples is a whole number from 1"),
        ({"seed": -1}, "seed is a whole number from 0"),
        ({"seed": "1"}, "seed is a whole number from 0"),
    ],
)
def test_other_options_are_a_value_error(options: dict[str, Any], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        govrubric.prove(small(), **options)


def test_without_hypothesis_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "hypothesis", None)
    with pytest.raises(
        ImportError, match=r"prove needs one more package: pip install 'govrubric\[testing\]'"
    ):
        govrubric.prove(small())
