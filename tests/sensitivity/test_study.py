"""A study of four units with figures worked out by hand, and variants against rubrics that say the same."""

from pathlib import Path
from typing import Any

import polars as pl
import pytest

from govrubric import Farthest, Indicator, Moves, TallyError, Variation, WhatIf, loads, shipped
from govrubric.numbers import COUNT_LIMIT, Exact
from govrubric.sensitivity.cards import of_cards
from govrubric.sensitivity.study import Study
from govrubric.tally_files import read as units_read
from samples import RICH_TALLY, SMALL, TALLY, codes, rich, small

ROOT = Path(__file__).parents[2]
F = Exact
SAME = Moves(F(0), F(0), 0, 0, None, False, 0, 0)
U2 = {"bonus.used.city": 2, "bonus.judged": 1}
U3 = {"work.index.gap": 7, "bonus.judged": "0.5"}


def units(**tallies: dict[str, Any]) -> pl.DataFrame:
    return of_cards(small(), [small().score(tally, unit=name) for name, tally in tallies.items()])


def moved(mean: Exact, greatest: Exact) -> Moves:
    """Totals that move, and no ranks."""
    return Moves(mean, greatest, 0, 0, None, False, 0, 0)


# Totals 6.6 (93/14), 10, 4.5 and 6.6, which rank 2, 1, 4 and 2.
# To them the work adds 51/14, 7, 4 and 51/14, the bonus 3, 3, 0.5 and 3.
# In tenths, fourteenths and halves: 4 x 19052 - 277 x 256 = 5296 over 140,
# and 4 x 1437 - 277 x 19 = 485 over 20, or 3395 over 140.
FOUR = {"u1": TALLY, "u2": U2, "u3": U3, "u4": TALLY}
STUDY = WhatIf(
    small(),
    4,
    0,
    F(1, 10),
    (
        # 10, 10, 7.5, 10, which rank 1, 1, 4, 1.
        Indicator("work", F(5296, 8691), Moves(F("2.45"), F("3.4"), 2, 2, Farthest("u1", 2, 1), True, 0, 0)),
        # 6.6, 10, 7, 6.6, which rank 3, 1, 2, 3.
        Indicator(
            "bonus", F(3395, 8691), Moves(F("0.625"), F("2.5"), 3, 4, Farthest("u3", 4, 2), False, 0, 0)
        ),
    ),
    (
        Variation("work.late", moved(F("0.05"), F("0.1")), moved(F("-0.05"), F("-0.1"))),  # 6.74… and 6.54…
        Variation(
            "work.papers.missing", moved(F("0.1"), F("0.2")), moved(F("-0.05"), F("-0.1"))
        ),  # 6.79… and 6.49…
        Variation(
            "work.index.gap", moved(F("0.125"), F("0.3")), SAME
        ),  # 6.72… and 4.8; 6.55… and no lower than the floor
        Variation(
            "bonus.used", moved(F("-0.05"), F("-0.2")), SAME
        ),  # u2 alone: 2 x 0.9 + 1, and no higher than the ceiling
        Variation(
            "bonus.judged", moved(F("-0.025"), F("-0.1")), moved(F("0.025"), F("0.1"))
        ),  # u2: 2.9; u3: 4.45 is 4.5, 4.55 is 4.6
    ),
    (
        Variation("work.papers.missing", moved(F("0.15"), F("0.3")), moved(F("-0.3"), F("-0.3"))),
        Variation(
            "work.index.gap", moved(F("0.35"), F("0.5")), moved(F("-0.3"), F("-0.4"))
        ),  # u3 has 8 of 7 gaps then
        Variation("bonus.used.city", moved(F("-0.25"), F(-1)), moved(F("0.25"), F(1))),
        Variation("bonus.used.province", moved(F("-0.25"), F("-0.5")), moved(F("0.5"), F(2))),
    ),
)


def test_a_study_by_hand() -> None:
    what = Study(small(), units(**FOUR), F(1, 10))
    assert what.result(what.outcomes()) == STUDY


@pytest.mark.parametrize(
    ("rule", "old", "less", "more"),
    [
        (
            "work.late",
            "deduct: 1, clause: A late",
            "deduct: 0.75, clause: A late",
            "deduct: 1.25, clause: A late",
        ),
        ("work.papers.missing", "deduct: 0.3", "deduct: 0.225", "deduct: 0.375"),
        ("work.index.gap", "deduct: 1, per: gap", "deduct: 0.75, per: gap", "deduct: 1.25, per: gap"),
        (
            "bonus.used",
            "{city: 1, province: 2}",
            "{city: 0.75, province: 1.5}",
            "{city: 1.25, province: 2.5}",
        ),
    ],
)
def test_a_share_of_a_rule_is_what_a_rubric_with_other_points_comes_to(
    rule: str, old: str, less: str, more: str
) -> None:
    assert SMALL.count(old) == 1
    what = Study(small(), units(**FOUR), F(1, 4))
    (found,) = [one for one in what.result(what.outcomes()).rules if one.path == rule]
    for moves, form in ((found.less, less), (found.more, more)):
        other = loads(SMALL.replace(old, form))
        changes = [F(other.total(tally) or 0) - F(small().total(tally) or 0) for tally in FOUR.values()]
        assert moves.mean == sum(changes) / 4
        assert moves.greatest == max(changes, key=abs)


def test_a_count_by_one_is_what_score_comes_to_with_it() -> None:
    rubric = shipped("2023-department")
    cards = units_read(rubric, ROOT / "examples" / "2023-departments.csv")
    tallies: list[dict[str, Any]] = [
        {name: given.value for name, given in card.inputs.items()} for card in cards
    ]
    what = Study(rubric, of_cards(rubric, cards), F(1, 10))
    what.variants = tuple(one for one in what.variants if one.kind == "count")
    for one in what.result(what.outcomes()).counts:
        for step, moves in ((-1, one.less), (1, one.more)):
            changed = [{**tally, one.path: max(tally[one.path] + step, 0)} for tally in tallies]
            changes = [
                F(rubric.total(now) or 0) - F(rubric.total(was) or 0)
                for now, was in zip(changed, tallies, strict=True)
            ]
            assert moves.mean == sum(changes) / 12
            assert moves.greatest == max(changes, key=abs)


def test_what_forfeits_has_no_points() -> None:
    assert "work.papers.absent" not in [one.path for one in STUDY.rules]


def test_a_column_that_is_left_out_is_none_of_them_and_one_more_is_one() -> None:
    frame = pl.DataFrame({"bonus.judged": ["0.5", "1"]})
    what = Study(small(), frame, F(1, 10))
    study = what.result(what.outcomes())
    (gaps,) = [one for one in study.counts if one.path == "work.index.gap"]
    # 7.5 and 8, less 3/7: 7.07 and 7.57.
    assert (gaps.less, gaps.more) == (SAME, moved(F("-0.4"), F("-0.4")))
    assert study.indicators[1].moves.farthest == Farthest("#1", 2, 1)


def test_a_total_on_another_scale_and_a_column_that_is_called_like_one() -> None:
    rule = "{id: late, deduct: 3, per: paper}"
    form = (
        SMALL.partition("indicators:")[0]
        + f"out_of: 30\nindicators: [{{id: a, title: A, weight: 30, rules: [{rule}]}}]\n"
    )
    what = Study(loads(form), pl.DataFrame({"total/7": [1, 2], "a/7": [5, 5], "a.late": [0, 1]}), F(1, 3))
    # 30 and 27 of 30 are 10 and 9; with a third less or more off each 9.333 and 8.667.
    assert what.before.totals.to_list() == [100, 90]
    (late,) = what.result(what.outcomes()).rules
    assert (late.less, late.more) == (moved(F("0.15"), F("0.3")), moved(F("-0.15"), F("-0.3")))
    assert what.result(what.outcomes()).indicators[0].spread == 1


QUOTIENTS = """
govrubric: 1
id: q
title: Q
total: 20
round: {places: 2, mode: half_up}
facts: {all: {title: All, number: {places: 0, min: 1, max: 10000}}}
indicators:
- {id: total, title: T, weight: 10, rules: [{id: done, title: Done, convert: all, places: 0}]}
- {id: error, title: E, weight: 10, rules: [{id: wrong, deduct: 5, per: case}]}
"""


def test_each_unit_may_have_a_denominator_of_its_own_and_an_indicator_any_name() -> None:
    frame = pl.DataFrame({"all": [2, 2, 4], "total.done": [1, 2, 1], "error.wrong": [0, 1, 2]})
    what = Study(loads(QUOTIENTS), frame, F(1, 10))
    # 5, 10 and 2.5 with 10, 5 and 0: totals 15, 15 and 2.5.
    assert what.before.totals.to_list() == [1500, 1500, 250]
    # 3 x (75 + 150 + 6.25) less 17.5 x 32.5 = 125; 3 x (150 + 75) less 15 x 32.5 = 187.5.
    found = what.result(what.outcomes())
    assert [(one.path, one.spread) for one in found.indicators] == [("total", F(2, 5)), ("error", F(3, 5))]


def test_thirds_of_a_unit_are_cut_to_the_millionth_of_a_point() -> None:
    frame = pl.DataFrame({"all": [3, 1], "total.done": [1, 0], "error.wrong": [1, 2]})
    what = Study(loads(QUOTIENTS), frame, F(1, 10))
    # 10/3 and 0 with 5 and 0: 3.333333 of 8.333333 set them apart, and 5.
    found = what.result(what.outcomes())
    assert [one.spread for one in found.indicators] == [F(3333333, 8333333), F(5000000, 8333333)]


def test_small_columns_and_the_largest_counts_go_by_one_too() -> None:
    frame = pl.DataFrame(
        {
            "bonus.judged": [0, 0],
            "work.papers.missing": pl.Series([255, 0], dtype=pl.UInt8),
            "work.index.gap": [COUNT_LIMIT, 0],
        }
    )
    what = Study(small(), frame, F(1, 10))
    counts = {one.path: one for one in what.result(what.outcomes()).counts}
    assert counts["work.papers.missing"].more == moved(F("-0.15"), F("-0.3"))
    assert counts["work.index.gap"].more == moved(F("-0.2"), F("-0.4"))


def test_a_unit_without_a_total_has_no_rank_and_a_count_may_change_its_grade() -> None:
    tallies = [{**RICH_TALLY, "desk.calls.missed": 5}, RICH_TALLY, {**RICH_TALLY, "served": False}]
    frame = of_cards(rich(), [rich().score(tally, unit=f"r{index}") for index, tally in enumerate(tallies)])
    what = Study(rich(), frame, F(1, 10))
    study = what.result(what.outcomes())
    assert (study.units, study.void) == (3, 1)
    # 72 and 60; with one call less 75 and 72, with one more 60 and 60.
    (calls,) = [one for one in study.counts if one.path == "desk.calls.missed"]
    assert calls.less == Moves(F("7.5"), F(12), 0, 0, None, False, 0, 1)
    assert calls.more == Moves(F(-6), F(-12), 1, 1, Farthest("r1", 2, 1), True, 0, 1)
    # All have 60 for the desk: 102, held at 100, and 60 with more than five missed.
    assert study.indicators[0].moves == Moves(F(14), F(28), 0, 0, None, False, 1, 1)


def test_what_is_wrong_with_a_row_is_told_as_by_score() -> None:
    with pytest.raises(TallyError) as caught:
        Study(small(), pl.DataFrame({"bonus.judged": [0, 2]}), F(1, 10))
    assert codes(caught.value.diagnostics) == ["GR650", "GR607"]
