"""`govrubric.diff`: two rubrics and tallies of the older -> changes and units as objects, and what the command prints."""

import dataclasses
import json
import pickle
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

import govrubric
from govrubric import Diff, Exact, Rubric, TallyError, cli
from samples import RICH, SMALL, rich, small

NEWER = SMALL.replace("deduct: 0.3", "deduct: 0.5").replace("          - {id: absent, forfeit: all}\n", "")
FIRST: dict[str, Any] = {"unit": "u1", "name": "First", "work.papers.missing": 2, "bonus.judged": 1}
SECOND: dict[str, Any] = {"unit": "u2", "work": {"papers": {"absent": True}}, "bonus.judged": 0}


def compared() -> Diff:
    return govrubric.diff(small(), govrubric.loads(NEWER), [FIRST, SECOND])


def test_what_changed_is_a_list_of_changes() -> None:
    changes = govrubric.diff(small(), govrubric.loads(NEWER)).changes
    assert [(one.kind, one.what, one.old, one.new, one.scoring) for one in changes] == [
        ("changed", "rule", "work.papers.missing", "work.papers.missing", True),
        ("removed", "rule", "work.papers.absent", None, True),
    ]
    assert (changes[0].key, changes[0].before, changes[0].after) == ("deduct", "0.3", "0.5")


def test_two_that_mean_the_same_have_no_changes() -> None:
    found = govrubric.diff(small(), govrubric.loads(SMALL.replace("total: 10", "total: 10.0")))
    assert (found.changes, found.remarks, found.replay) == ((), (), None)


def test_tallies_are_scored_under_both() -> None:
    """Two papers at 0.3 and at 0.5 each; the papers of the second unit, 2 points, are no longer forfeit."""
    replay = compared().replay
    assert replay is not None
    first, second = replay.units
    assert (first.unit, first.name, first.before, first.after) == (
        "u1",
        "First",
        Decimal("7.4"),
        Decimal("7.0"),
    )
    assert first.difference == Exact("-0.4")
    assert isinstance(first.difference, Exact)
    assert [(one.what, one.new, str(one.amount)) for one in first.effects] == [
        ("rule", "work.papers.missing", "-0.4")
    ]
    assert isinstance(first.effects[0].amount, Exact)
    assert (second.unit, second.name, second.unknown) == ("u2", None, frozenset())
    assert [(one.input, one.units) for one in replay.dropped] == [("work.papers.absent", 1)]
    assert (replay.added, replay.refused) == ((), ())


def test_what_only_the_newer_asks_for_is_named_and_unknown() -> None:
    newer = SMALL.replace("step: 0.5}", "step: 0.5}\n      - {id: extra, award: 1, per: idea}")
    replay = govrubric.diff(small(), govrubric.loads(newer), [FIRST]).replay
    assert replay is not None
    assert replay.added == ("bonus.extra",)
    (unit,) = replay.units
    assert (unit.after, unit.difference, unit.unknown) == (None, None, frozenset({"total", "place"}))


def test_a_unit_that_the_newer_refuses_is_told_with_its_findings() -> None:
    newer = govrubric.loads(SMALL.replace("judge: 1, step: 0.5", "judge: 0.5, step: 0.5"))
    replay = govrubric.diff(small(), newer, [FIRST, SECOND]).replay
    assert replay is not None
    (refused,) = replay.refused
    assert (refused.unit, refused.name) == ("u1", "First")
    assert [(one.code, one.path) for one in refused.diagnostics] == [("GR607", ("u1", "bonus.judged"))]
    assert [one.unit for one in replay.units] == ["u2"]


def test_a_was_that_names_nothing_is_a_remark() -> None:
    newer = govrubric.loads(SMALL.replace("id: bonus\n", "id: bonus\n    was: gone\n"))
    (remark,) = govrubric.diff(small(), newer).remarks
    assert (remark.kind, remark.path, remark.was) == ("nothing", "bonus", "gone")


@pytest.mark.parametrize(
    ("tallies", "codes", "path"),
    [
        ([FIRST, {"unit": "u2", "bonus": {"judged": 7}}], ["GR607"], ("u2", "bonus", "judged")),
        ([FIRST, {"bonus.judged": 0, "bonus.judge": 1}], ["GR601"], (1, "bonus.judge")),
        ([FIRST, FIRST], ["GR633"], ("u1", "unit")),
        ([{**FIRST, "unit": "a\u200bb"}], ["GR105"], (0, "unit")),
        ([{**FIRST, "unit": 7}], ["GR636"], (0, "unit")),
        (["u1"], ["GR613"], (0,)),
    ],
)
def test_a_tally_that_the_older_refuses_is_an_error_with_its_number(
    tallies: list[Any], codes: list[str], path: tuple[object, ...]
) -> None:
    with pytest.raises(TallyError) as caught:
        govrubric.diff(small(), govrubric.loads(NEWER), tallies)
    assert [one.code for one in caught.value.diagnostics] == codes
    assert caught.value.diagnostics[0].path == path


def test_units_of_a_file_may_be_given(tmp_path: Path) -> None:
    path = tmp_path / "tallies.yaml"
    path.write_text("- {unit: u1, name: First, work.papers.missing: 2, bonus.judged: 1}\n", "utf-8")
    newer = govrubric.loads(NEWER)
    assert govrubric.diff(small(), newer, small().read(path)) == govrubric.diff(small(), newer, [FIRST])


def test_a_difference_is_frozen_equal_by_content_and_picklable() -> None:
    found = compared()
    assert pickle.loads(pickle.dumps(found)) == found == compared()
    assert found != govrubric.diff(small(), govrubric.loads(NEWER))
    assert len({found, compared()}) == len({*found.changes, *compared().changes}) - 1 == 1
    with pytest.raises(dataclasses.FrozenInstanceError):
        found.replay = None  # type: ignore[misc] # what is tested
    assert repr(found) == "<Diff small small 2 change(s)>"


FORMS = ("text", "json", "markdown")


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("language", [None, "en", "zh-CN"])
@pytest.mark.parametrize(
    ("older", "newer"), [(SMALL, NEWER), (RICH, RICH.replace("total: 20", "total: 20.0"))]
)
def test_it_gives_what_the_command_prints(
    form: str, language: str | None, older: str, newer: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("old.yaml").write_text(older, "utf-8")
    Path("new.yaml").write_text(newer, "utf-8")
    words = ["diff", "old.yaml", "new.yaml", "--format", form]
    printed = CliRunner().invoke(cli.main, [*words, *(["--lang", language] if language else [])]).stdout
    found = govrubric.diff(govrubric.load("old.yaml"), govrubric.load("new.yaml"))
    if form == "json":
        assert found.to_dict(language) == json.loads(printed)
    elif form == "markdown":
        assert found.to_markdown(language) == printed
    else:
        assert found.to_text(language) == printed
        assert language is not None or str(found) == printed


def test_it_is_in_the_language_of_the_newer_rubric() -> None:
    newer: Rubric = govrubric.loads(NEWER.replace("id: small\n", "id: small\nlanguage: zh-CN\n"))
    assert "可能改变结果" in str(govrubric.diff(small(), newer))
    assert "can change what a unit comes to" in str(govrubric.diff(newer, small()))


def test_nothing_is_printed(capsys: pytest.CaptureFixture[str]) -> None:
    newer = govrubric.loads(SMALL.replace("judge: 1, step: 0.5", "judge: 0.5, step: 0.5"))
    assert govrubric.diff(small(), newer, [FIRST]).replay is not None
    assert capsys.readouterr() == ("", "")
    assert rich() is not None
