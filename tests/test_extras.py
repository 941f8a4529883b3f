"""Items without full marks (加分项, 扣分项) in every reading of a rubric and of a card."""

import copy
from decimal import Decimal
from fractions import Fraction
from typing import Any

import polars as pl
import pytest

import govrubric
from govrubric import Diagnostic, Exact, ScoreCard, loads
from govrubric.comparison.compare import compare
from govrubric.plan.planner import Assumptions, make_plan
from govrubric.reports.marginal import render_marginal
from govrubric.testing import bounds
from govrubric.testing.breach import Breach
from govrubric.testing.certificate import PHRASES, _row
from govrubric.testing.laws import LAWS

FORM = """\
govrubric: 1
id: f
title: 考核
language: zh-CN
total: 100
round: {places: 1, mode: half_up}
indicators:
  - {id: work, title: 工作, weight: 100, rules: [{id: late, deduct: 2, per: 次}]}
  - {id: faults, title: 扣分项, extra: true, rules: [{id: seen, deduct: 3, per: 起}]}
  - id: praise
    title: 加分项
    extra: true
    ceiling: 5
    items:
      - {id: prize, title: 获奖, extra: true, ceiling: none, rules: [{id: won, award: {city: 1, state: 3}, per: 项}]}
      - {id: novel, title: 创新, extra: true, weight: 2, rules: [{id: judged, judge: 2}]}
"""
NOTHING = {"praise.novel.judged": 0}
RUBRIC = loads(FORM)


def digits(*values: object) -> list[str]:
    return [str(value) for value in values]


def card(**tally: Any) -> ScoreCard:
    return RUBRIC.score({**NOTHING, **{name.replace("__", "."): value for name, value in tally.items()}})


def test_with_nothing_found_and_nothing_earned_nothing_is_lost_and_no_ceiling_is_higher() -> None:
    found = card()
    ceilings = (found.items[path].ceiling for path in ("", "faults"))
    assert digits(found.total, *ceilings) == ["100", "105", "0"]
    assert {row.lost for row in found.items.values()} == {0}
    assert "失分" not in found.explain("zh")
    assert loads(FORM[: FORM.index("  - id: praise")]).item("").ceiling == 100


def test_what_was_taken_is_lost_and_told() -> None:
    found = card(faults__seen=2)
    assert digits(found.total, found.items["faults"].lost, found.items[""].lost) == ["94", "6", "6"]
    assert "\n  faults 扣分项  -6（失分6）\n" in found.explain("zh")
    assert "\n  faults 扣分项  -6  (lost 6)\n" in found.explain("en")


def test_the_floor_of_the_whole_still_holds() -> None:
    found = card(faults__seen=40)
    assert digits(found.total, found.items["faults"].lost) == ["0", "120"]


def test_a_user_sees_that_there_are_no_full_marks() -> None:
    faults, praise, novel = (RUBRIC.item(path) for path in ("faults", "praise", "praise.novel"))
    assert digits(faults.weight, faults.full, faults.start, faults.floor, faults.ceiling) == [
        "None", "None", "0", "None", "0",
    ]  # fmt: skip
    assert digits(praise.weight, praise.full, praise.floor, praise.ceiling) == ["None", "None", "0", "5"]
    assert digits(novel.weight, novel.full, faults.extra) == ["2", "2", "True"]


def test_a_card_has_nothing_for_its_weight_and_is_read_again() -> None:
    found = card(faults__seen=1, praise__prize__won__city=2)
    data = found.to_dict()
    rows = {row["path"]: row for row in data["items"]}
    assert [rows["faults"][key] for key in ("weight", "out_of", "floor", "ceiling", "score", "lost")] == [
        None, None, None, "0", "-3", "3",
    ]  # fmt: skip
    again = ScoreCard.from_dict(data)
    assert (again == found, again.verify(), again.verify(RUBRIC)) == (True, (), ())


@pytest.mark.parametrize(
    ("row", "changes"),
    [
        (2, {"weight": "3"}),
        (2, {"out_of": "3"}),
        (2, {"extra": False}),
        (1, {"weight": None}),
        (1, {"weight": None, "out_of": None}),
        (0, {"weight": None, "out_of": None, "extra": True}),
    ],
)
def test_a_card_that_lacks_full_marks_elsewhere_is_refused(row: int, changes: dict[str, Any]) -> None:
    data = copy.deepcopy(card().to_dict())
    data["items"][row] |= changes
    with pytest.raises(govrubric.CardError) as refused:
        ScoreCard.from_dict(data)
    first: Diagnostic = refused.value.diagnostics[0]
    assert first.path[:2] == ("items", row)


def test_a_loss_that_is_not_there_is_found_without_the_rubric() -> None:
    data = card().to_dict()
    data["items"][4]["lost"] = "5"
    found = {(one.code, one.path) for one in ScoreCard.from_dict(data).verify()}
    assert ("GR702", ("praise.prize",)) in found


def test_a_table_of_units_has_the_same_numbers() -> None:
    frame = pl.DataFrame(
        {
            "unit": ["a", "b"],
            "faults.seen": [0, 2],
            "praise.prize.won.city": [0, 9],
            "praise.novel.judged": [Decimal("0.00"), Decimal("1.50")],
        }
    )
    scored = RUBRIC.score_frame(frame, detail="items")
    assert scored["total"].to_list() == [100, 99]
    assert scored["faults"].to_list() == [0, -6]
    assert scored["praise"].to_list() == [0, 5]


def test_one_case_more_or_fewer() -> None:
    moved = {(row.input, row.after): digits(row.total, row.score) for row in card(faults__seen=1).marginal()}
    assert moved["faults.seen", 2] == ["-3", "-3"]
    assert moved["faults.seen", 0] == ["3", "3"]
    assert "faults.seen" in render_marginal(card(faults__seen=1).marginal(), 1, "zh")


def changes(old: str, new: str) -> set[tuple[str | None, str | None, Any, Any]]:
    compared = compare(loads(old), loads(new))
    return {(change.new, change.key, change.before, change.after) for change in compared.changes}


def test_a_default_that_is_written_out_is_no_change() -> None:
    """Floor, ceiling and start follow from the other keys."""
    written = FORM.replace("title: 扣分项,", "title: 扣分项, floor: none, ceiling: 0, start: zero,").replace(
        "title: 获奖,", "title: 获奖, floor: 0,"
    )
    assert changes(FORM, written) == set()
    assert loads(FORM).scoring_digest == loads(written).scoring_digest


def test_full_marks_that_are_new_are_a_change() -> None:
    weighed = FORM.replace("title: 扣分项,", "title: 扣分项, weight: 5, floor: none,")
    assert {key for _, key, *_ in changes(FORM, weighed)} == {"weight", "floor", "start"}
    assert loads(FORM).scoring_digest != loads(weighed).scoring_digest


def test_an_item_that_is_new_is_told_by_what_it_may_add_or_take() -> None:
    without = FORM[: FORM.index("  - id: praise")]
    text = govrubric.diff(loads(without), loads(FORM)).to_text("zh")
    assert "加分项，加分项，最多5分" in text
    assert "bonus, no ceiling" in govrubric.diff(loads(without), loads(FORM)).to_text("en")


def test_the_points_of_a_unit_under_both_rubrics_add_up() -> None:
    stricter = loads(FORM.replace("deduct: 3", "deduct: 4"))
    compared = govrubric.diff(RUBRIC, stricter, [{**NOTHING, "faults.seen": 2}])
    assert "-2" in compared.to_text("en")


def test_the_interval_of_an_item_without_a_weight_has_a_row_too() -> None:
    faults = bounds.score_bounds(RUBRIC)[2]
    assert digits(faults.weight, faults.high, faults.floor) == ["None", "0", "None"]
    assert _row(faults, PHRASES["en"])[:2] == ["faults", PHRASES["en"]["none"]]


def test_had_all_full_marks_in_an_item_that_has_none_it_would_count_for_nothing() -> None:
    plan = make_plan(RUBRIC._text, assumptions=Assumptions(full=frozenset(["faults"])))
    contribution = plan.lines["faults:contribution"]
    assert contribution.lo == contribution.hi == Fraction(0)


TALLIES: tuple[dict[str, Any], ...] = (
    NOTHING,
    {"praise.novel.judged": "1.25", "faults.seen": 4, "praise.prize.won.city": 1, "work.late": 3},
    {"praise.novel.judged": 2, "praise.prize.won.state": 9},
)


@pytest.mark.parametrize("law", LAWS)
@pytest.mark.parametrize("tally", TALLIES)
def test_every_law_holds(law: str, tally: dict[str, Any]) -> None:
    LAWS[law](RUBRIC, tally)


@pytest.mark.parametrize(
    ("law", "path", "score"),
    [
        ("never_above_weight", "faults", Exact(1)),
        ("never_above_weight", "praise", Exact(6)),
        ("never_above_weight", "", Exact(106)),
        ("never_below_floor", "praise", Exact(-1)),
    ],
)
def test_a_score_past_its_bound_breaks_a_law(
    law: str, path: str, score: Exact, monkeypatch: pytest.MonkeyPatch
) -> None:
    scored = card()
    rows = dict(scored.items)
    rows[path] = rows[path]._replace(score=score)
    monkeypatch.setattr(ScoreCard, "items", rows)
    monkeypatch.setattr(govrubric.Rubric, "score", lambda *_: scored)
    with pytest.raises(Breach) as broken:
        LAWS[law](RUBRIC, NOTHING)
    assert broken.value.path == path


def test_an_item_below_zero_breaks_no_law_where_it_only_takes() -> None:
    LAWS["never_below_floor"](RUBRIC, {**NOTHING, "faults.seen": 7})


def test_what_starts_below_zero_is_no_warning() -> None:
    """An item without full marks has none that nobody reaches."""
    low = FORM.replace("title: 扣分项,", "title: 扣分项, start: -1,")
    assert govrubric.check(text=low) == []
