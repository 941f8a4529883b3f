"""Cards that earlier versions wrote: this version reads them, proves them, and comes to the same figures."""

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

import govrubric
import stored_card
from figures import figures

FOLDERS = sorted(stored_card.STORED.glob("*.*.*"))
CARDS = sorted(stored_card.STORED.glob("*/*.card.json"))
each_card = pytest.mark.parametrize("path", CARDS, ids=lambda path: f"{path.parent.name}-{path.name}")

# Version and rubric -> total, total before rounding, grade, digest and scoring digest.
WRITTEN = {
    ("0.1.0", "2023-district"): (
        Decimal("88.15"),
        Decimal("88.15"),
        None,
        "sha256:48d37aebdaa40a101ea3851e6aefd2f2972516ab8e9c1e0beba7c08a5aff10f2",
        "sha256:50d1930a4488c4fdab2bfbbdefdb47ef6aaf6a5f335334406c84f1606086bd3e",
    ),
    ("0.1.0", "service-level"): (
        Decimal("88.1"),
        Decimal("88.1"),
        "Nine tenths of the fee",
        "sha256:e73caa809def9e7e0ef13c956720ebc680c95149ddc61152753489c0927a4ad9",
        "sha256:5e06fd69eb49239bcd72261eed694563923b8c51b55611376ef1c9b496e8db7f",
    ),
    ("0.1.0", "tender"): (
        None,
        None,
        "Rejected",
        "sha256:c48e968314778a785846426cb7b5f3950b4f3454196181213790bd4f444abe04",
        "sha256:e4cb38d82648368e1b5be64f8ea81a8662ad4802e66e7738917614a095aad9a1",
    ),
    ("0.1.0", "university-course"): (
        Decimal(78),
        Decimal("78.45"),
        "C",
        "sha256:7baff5f2079f6917f4edaeaf343ee97344420749919aae3199aef30ff8fbb019",
        "sha256:48996d7d2c3bfc521048691f1e558cf3dc87ddb97de9bafaf5458345863c9969",
    ),
}


def rubric_of(card: Path) -> govrubric.Rubric:
    """The rubric as it stood when the card was made."""
    return govrubric.load(card.with_name(f"{card.name.removesuffix('.card.json')}.yaml"))


def tally_of(stored: dict[str, Any]) -> dict[str, Any]:
    """The tally of a card's plain data, with counts as numbers and the rest as it stands there."""
    return {
        given["name"]: {
            "value": int(given["value"]) if given["kind"] == "count" else given["value"],
            "evidence": given["evidence"],
            **({"note": given["note"]} if given["note"] else {}),
        }
        for given in stored["inputs"]
        if not given["assumed"]
    }


def test_there_are_stored_cards() -> None:
    """Each version that was released keeps its cards, and this table has their figures."""
    assert {(path.parent.name, path.name.removesuffix(".card.json")) for path in CARDS} == set(WRITTEN)
    assert {folder.name for folder in FOLDERS} == {version for version, _ in WRITTEN}


@each_card
def test_a_stored_card_is_read_and_proved(path: Path) -> None:
    card = govrubric.ScoreCard.from_json(path.read_text("utf-8"))
    assert card.verify() == ()
    assert card.verify(rubric_of(path)) == ()


@each_card
def test_a_stored_card_is_written_as_it_was_read(path: Path) -> None:
    text = path.read_text("utf-8")
    assert govrubric.ScoreCard.from_json(text).to_json() == text


@each_card
def test_every_figure_of_a_stored_card_comes_out_the_same(path: Path) -> None:
    """Without `verify`: the tally that stands on the card is scored, and all but words is compared."""
    stored = json.loads(path.read_text("utf-8"))
    rubric = rubric_of(path)
    again = rubric.score(tally_of(stored), unit=stored["unit"], name=stored["name"]).to_dict()
    assert figures(again) == figures(stored)
    assert [given["evidence"] for given in again["inputs"]] == [
        given["evidence"] for given in stored["inputs"]
    ]


@each_card
def test_figures_and_digests_are_those_of_that_day(path: Path) -> None:
    total, exact, grade, digest, scoring_digest = WRITTEN[
        (path.parent.name, path.name.removesuffix(".card.json"))
    ]
    stored, rubric = json.loads(path.read_text("utf-8")), rubric_of(path)
    card = rubric.score(tally_of(stored))
    assert (card.total, card.exact_total, card.grade) == (total, exact, grade)
    assert (rubric.digest, rubric.scoring_digest) == (digest, scoring_digest)
    assert stored["rubric"]["digest"] == digest


@each_card
def test_a_stored_card_has_another_figure_nowhere(path: Path) -> None:
    """What the tests above compare is there: a changed score, grade or input is seen."""
    stored = json.loads(path.read_text("utf-8"))
    for key, value in (("total", "1"), ("grade", "X"), ("inputs", []), ("items", stored["items"][1:])):
        assert figures({**stored, key: value}) != figures(stored)


def test_what_is_kept_is_never_written_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(stored_card, "STORED", tmp_path / "stored")
    monkeypatch.setattr(stored_card, "ROOT", tmp_path)
    kept = tmp_path / "stored" / govrubric.__version__
    kept.mkdir(parents=True)
    assert stored_card.main() == 1
    assert "never written again" in capsys.readouterr().err
    assert list(kept.iterdir()) == []


def test_new_cards_are_written_as_they_are_kept(tmp_path: Path) -> None:
    """The script writes a rubric and a card for each case, which are proved like those that are kept."""
    stored_card.write(tmp_path / "new")
    written = sorted(path.name for path in (tmp_path / "new").iterdir())
    stems = sorted(Path(path).stem for path in stored_card.CASES)
    assert written == sorted([*(f"{stem}.yaml" for stem in stems), *(f"{stem}.card.json" for stem in stems)])
    for path in (tmp_path / "new").glob("*.card.json"):
        assert govrubric.ScoreCard.from_json(path.read_text("utf-8")).verify(rubric_of(path)) == ()
    with pytest.raises(FileExistsError):
        stored_card.write(tmp_path / "new")
