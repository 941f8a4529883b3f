"""`govrubric.whatif`: tallies -> how totals and ranks move, as objects, and what the command prints."""

import builtins
import dataclasses
import json
import pickle
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from click.testing import CliRunner

import govrubric
from govrubric import Exact, Farthest, TallyError, WhatIf, cli
from samples import SMALL, TALLY, small

FOUR: list[dict[str, Any]] = [
    {"unit": "u1", **TALLY},
    {"unit": "u2", "bonus.used.city": 2, "bonus.judged": 1},
    {"unit": "u3", "work.index.gap": 7, "bonus.judged": "0.5"},
    {"unit": "u4", **TALLY},
]


def tried(**options: Any) -> WhatIf:
    return govrubric.whatif(small(), FOUR, **options)


def test_it_tells_how_units_move_with_each_thing() -> None:
    """The figures of tests/sensitivity/test_study.py: 6.6, 10, 4.5 and 6.6 are 10, 10, 7.5 and 10 with full marks."""
    found = tried()
    assert (found.rubric, found.units, found.void, found.share) == (small(), 4, 0, Exact("0.1"))
    work, bonus = found.indicators
    assert (work.path, work.spread, work.moves.mean, work.moves.greatest) == (
        "work",
        Exact("5296/8691"),
        Exact("2.45"),
        Exact("3.4"),
    )
    assert (work.moves.moved, work.moves.places, work.moves.first) == (2, 2, True)
    assert bonus.moves.farthest == Farthest("u3", 4, 2)
    assert [one.path for one in found.rules][:2] == ["work.late", "work.papers.missing"]
    (city,) = [one for one in found.counts if one.path == "bonus.used.city"]
    assert (city.less.mean, city.more.mean, city.more.regraded, city.more.void) == (
        Exact("-0.25"),
        Exact("0.25"),
        0,
        0,
    )


def test_every_number_is_exact() -> None:
    found = tried()
    numbers = [found.share, found.indicators[0].spread, found.indicators[0].moves.mean]
    numbers += [found.rules[0].less.mean, found.rules[0].less.greatest]
    assert {type(number) for number in numbers} == {Exact}


@pytest.mark.parametrize("share", [Decimal("0.25"), Fraction(1, 4), "0.25", "1/4"])
def test_a_share_is_an_exact_number(share: Decimal | Fraction | str) -> None:
    """A quarter of 4.5 points off for papers is a wider step than a tenth: 0.9 x 5 x 0.3, and 0.75 x 5 x 0.3."""
    found = tried(share=share)
    assert found.share == Exact("0.25")
    assert found.rules[1].less.greatest == Exact("0.4")


@pytest.mark.parametrize("share", ["10%", 0, 1, "1.5", Decimal("-0.1"), Decimal("NaN"), 0.1, None])
def test_another_share_is_a_value_error(share: Any) -> None:
    with pytest.raises(ValueError, match="a share is above 0 and below 1"):
        tried(share=share)


def test_a_frame_is_taken_as_it_is() -> None:
    frame = pl.DataFrame(
        {
            "unit": ["u1", "u2", "u3", "u4"], "work.late": [True, False, False, True],
            "work.papers.missing": [5, 0, 0, 5], "work.index.gap": [2, 0, 7, 2],
            "bonus.used.city": [2, 2, 0, 2], "bonus.used.province": [1, 0, 0, 1],
            "bonus.judged": ["0.5", "1", "0.5", "0.5"],
        }
    )  # fmt: skip
    assert govrubric.whatif(small(), frame) == tried()


def test_units_of_a_file_may_be_given(tmp_path: Path) -> None:
    path = tmp_path / "tallies.json"
    path.write_text(json.dumps(FOUR[1:3]), "utf-8")
    assert govrubric.whatif(small(), small().read(path)) == govrubric.whatif(small(), FOUR[1:3])


def codes(tallies: Any) -> list[tuple[str, tuple[str | int, ...]]]:
    with pytest.raises(TallyError) as caught:
        govrubric.whatif(small(), tallies)
    return [(one.code, one.path) for one in caught.value.diagnostics]


def test_what_is_wrong_is_told_with_the_number_of_its_tally() -> None:
    assert codes([FOUR[1], {"unit": "u2", "bonus.judged": 7}, {}]) == [
        ("GR633", ("u2", "unit")),
        ("GR607", ("u2", "bonus.judged")),
        ("GR602", (2, "bonus.judged")),
    ]


@pytest.mark.parametrize(
    "nothing", [[], pl.DataFrame({"bonus.judged": []}, schema={"bonus.judged": pl.String})]
)
def test_without_a_unit_there_is_nothing_to_tell(nothing: Any) -> None:
    assert codes(nothing) == [("GR634", ())]


@pytest.mark.parametrize(
    ("tallies", "kind"), [(pl.LazyFrame({"bonus.judged": [1]}), "LazyFrame"), (None, "NoneType")]
)
def test_what_is_neither_tallies_nor_a_frame_is_wrong_usage(tallies: Any, kind: str) -> None:
    with pytest.raises(TypeError, match=f"tallies are mappings, or a frame of polars, and not {kind}"):
        govrubric.whatif(small(), tallies)


def test_a_unit_of_a_frame_is_named_by_what_can_be_seen() -> None:
    """The totals are 5 and 8; with full marks for the work, 8 and 8."""
    frame = pl.DataFrame({"unit": ["u\x1b", "u2"], "bonus.judged": [1, 1], "work.index.gap": [7, 0]})
    assert govrubric.whatif(small(), frame).indicators[0].moves.farthest == Farthest("u\\u001b", 2, 1)


def test_what_is_wrong_with_a_frame_is_told_with_its_row() -> None:
    assert [code for code, _ in codes(pl.DataFrame({"bonus.judged": [0, 2]}))] == ["GR650", "GR607"]
    frame = pl.DataFrame({"unit": ["a", "a"], "bonus.judged": [0, 1]})
    assert [code for code, _ in codes(frame)] == ["GR633"]


def test_it_is_frozen_equal_by_content_and_picklable() -> None:
    found = tried()
    assert pickle.loads(pickle.dumps(found)) == found == tried()
    assert hash(found) == hash(tried())
    with pytest.raises(dataclasses.FrozenInstanceError):
        found.units = 5  # type: ignore[misc] # what is tested
    assert repr(found) == "<WhatIf small 4 unit(s)>"


@pytest.mark.parametrize("language", [None, "en", "zh-CN"])
def test_it_gives_what_the_command_prints(
    language: str | None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("small.yaml").write_text(SMALL, "utf-8")
    Path("four.json").write_text(json.dumps(FOUR, default=str), "utf-8")
    found = tried()
    assert capsys.readouterr() == ("", "")
    words = ["whatif", "small.yaml", "four.json", *(["--lang", language] if language else [])]
    assert found.to_text(language) == CliRunner().invoke(cli.main, words).stdout
    printed = CliRunner().invoke(cli.main, [*words, "--format", "json"]).stdout
    assert found.to_dict() == json.loads(printed)
    assert str(found) == found.to_text("en")


def test_without_polars_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    real = builtins.__import__

    def refused(name: str, *rest: Any) -> Any:
        if name == "polars":
            raise ImportError(name)
        return real(name, *rest)

    monkeypatch.setattr(builtins, "__import__", refused)
    with pytest.raises(ImportError, match=r"whatif needs more packages: pip install 'govrubric\[frames\]'"):
        tried()
