"""What one case more or fewer changes, against figures worked out by hand."""

import pickle
from typing import Any

import pytest
from click.testing import CliRunner

from govrubric import CardError, ScoreCard, loads
from govrubric.cli import main
from govrubric.numbers import COUNT_LIMIT, Exact
from govrubric.scoring.marginal import Marginal
from samples import RICH_TALLY, SMALL, TALLY, codes, rich, small

D, F = Exact, Exact

# Exactly 93/14, published 6.6. Papers stand at 2.5 of 4, the index at 5 of 7 (each gap takes 3/7 of a point),
# and the bonus at 3 of 4 earned.
SMALL_ROWS = (
    Marginal("work.late", None, "work", True, False, D(1), D(1), D(1), None, False),  # 107/14 = 7.64…
    Marginal(
        "work.papers.missing", "case", "work.papers", 5, 4, D("0.3"), D("0.3"), D("0.3"), None, False
    ),  # 6.94…
    Marginal(
        "work.papers.missing", "case", "work.papers", 5, 6, D("-0.3"), D("-0.3"), D("-0.3"), None, False
    ),  # 6.34…
    Marginal(
        "work.papers.absent", None, "work.papers", False, True, D("-2.5"), D("-2.5"), D("-2.5"), None, False
    ),  # 4.14…
    Marginal(
        "work.index.gap", "gap", "work.index", 2, 1, D("0.5"), F(3, 7), D(1), None, False
    ),  # 99/14 = 7.07…
    Marginal(
        "work.index.gap", "gap", "work.index", 2, 3, D("-0.4"), F(-3, 7), D(-1), None, False
    ),  # 87/14 = 6.21…
    Marginal("bonus.used.city", "piece", "bonus", 2, 1, D(0), D(0), D(0), None, False),
    Marginal("bonus.used.city", "piece", "bonus", 2, 3, D(0), D(0), D(0), None, False),
    Marginal(
        "bonus.used.province", "piece", "bonus", 1, 0, D("-0.5"), D("-0.5"), D("-0.5"), None, False
    ),  # 2 x 1 + 0.5: 6.14…
    Marginal("bonus.used.province", "piece", "bonus", 1, 2, D(0), D(0), D(0), None, False),
)


def of(name: str, **changes: Any) -> list[Marginal]:
    """The rows of one input of the rich card."""
    return [row for row in rich().score({**RICH_TALLY, **changes}).marginal() if row.input == name]


def test_every_count_goes_by_one_and_every_flag_turns() -> None:
    assert small().score(TALLY).marginal() == SMALL_ROWS


def test_a_count_of_none_has_no_fewer_and_the_largest_no_more() -> None:
    rows = small().score({"work.index.gap": COUNT_LIMIT, "bonus.judged": 0}).marginal()
    assert [(row.before, row.after) for row in rows if row.input == "work.papers.missing"] == [(0, 1)]
    assert [(row.before, row.after) for row in rows if row.input == "work.index.gap"] == [
        (COUNT_LIMIT, COUNT_LIMIT - 1)
    ]


def test_every_other_choice_is_tried() -> None:
    form = SMALL.replace(
        "{id: judged, judge: 1, step: 0.5}", "{id: rated, choose: {good: 2, fair: 1, poor: 0}}"
    )
    rows = [
        row for row in loads(form).score({"bonus.rated": "fair"}).marginal() if row.input == "bonus.rated"
    ]
    # Seven for the work, one for the bonus.
    assert rows == [
        Marginal("bonus.rated", None, "bonus", "fair", "good", D(1), D(1), D(1), None, False),
        Marginal("bonus.rated", None, "bonus", "fair", "poor", D(-1), D(-1), D(-1), None, False),
    ]


def test_a_fact_belongs_to_the_whole_and_a_gate_tells_on_the_total_and_the_grade() -> None:
    # Five calls missed: the cap does not hold, and 20 x 60/40 + 42 = 72 stands. Closed offices have no score.
    assert of("served") == [Marginal("served", None, "", True, False, None, None, None, "Closed", True)]
    assert of("class") == [Marginal("class", None, "", "B", "A", D(0), D(0), D(0), "Fair", False)]
    assert of("desk.calls.missed")[0] == Marginal(
        "desk.calls.missed", "call", "desk.calls", 6, 5, D(12), D(12), D(2), "Fair", False
    )


def test_of_a_unit_without_a_score_nothing_changes_it_but_what_gives_it_one() -> None:
    rows = rich().score({**RICH_TALLY, "served": False}).marginal()
    assert {row.total for row in rows} == {row.exact_total for row in rows} == {None}
    assert [row.input for row in rows if row.regraded] == ["served"]
    assert (rows[0].grade, rows[0].score) == ("Fair", None)
    assert {row.score for row in rows if row.input == "desk.calls.missed"} == {D(2), D(-2)}


def test_a_flag_that_lets_something_be_left_out_stays_while_it_was() -> None:
    assert of("desk.mail.not_applicable") == []
    # With all mail replied to: 18 + 20 = 38 of 60, and 42 is 80, which the gate lowers to 60 as before.
    (row,) = of("desk.mail.not_applicable", **{"desk.mail.replied": 20})
    assert row == Marginal(
        "desk.mail.not_applicable", None, "desk.mail", True, False, D(0), D(0), D(20), "Fair", False
    )


def test_a_flag_that_excuses_nothing_needed_may_be_taken_back() -> None:
    form = SMALL.replace(
        "    weight: 3\n    rules:\n      - {id: used",
        "    weight: 3\n    not_applicable: zero\n    rules:\n      - {id: used",
    )
    form = form.replace("        weight: 3\n", "        weight: 3\n        not_applicable: full\n")
    tally = {"bonus.not_applicable": True, "work.index.not_applicable": True}
    turned = [(row.input, row.total) for row in loads(form).score(tally).marginal() if row.after is False]
    # Without a judgement the bonus cannot apply; the index can: it contributes its 3 either way.
    assert turned == [("work.index.not_applicable", D(0))]


@pytest.mark.parametrize(
    "again",
    [lambda card: ScoreCard.from_json(card.to_json()), lambda card: pickle.loads(pickle.dumps(card))],
    ids=["read", "unpickled"],
)
def test_a_card_that_was_read_needs_its_rubric(again: Any) -> None:
    card = again(small().score(TALLY, unit="u1"))
    with pytest.raises(
        ValueError, match=r"^this card was read, so that it needs its rubric: card\.marginal\(rubric\)$"
    ):
        card.marginal()
    assert card.marginal(small()) == SMALL_ROWS


def test_a_card_that_the_rubric_does_not_verify_is_refused() -> None:
    with pytest.raises(CardError) as caught:
        small().score(TALLY).marginal(rich())
    assert codes(caught.value.diagnostics) == ["GR706"]


# 18 x 60/40 for the desk, and 40: the gate lowers 67 to 60, and with five calls missed 30 and 40 stand.
TOLD = """
One case more or fewer, a mark set or not, another choice:
     total      item  grade   change       input
  no score  no score  Closed  yes → no     served
         0         0          B → A        class
       +10        +2          6 → 5 call   desk.calls.missed
         0        -2          6 → 7 call   desk.calls.missed
         0        +1          0 → 1 visit  desk.visits.held
         0        +1          0 → 1 essay  tests.more.essays
"""


def test_explain_shows_it(tmp_path: Any) -> None:
    (tmp_path / "rich.yaml").write_text(rich().to_text(), encoding="utf-8")
    (tmp_path / "one.json").write_text(
        '{"served": true, "class": "B", "desk.calls.missed": 6, "desk.mail.not_applicable": true, '
        '"tests.first.graded": 40, "tests.second.graded": 20, "tests.third.graded": 40}'
    )
    words = ["explain", str(tmp_path / "rich.yaml"), str(tmp_path / "one.json")]
    plain = CliRunner().invoke(main, words).stdout
    marginal = CliRunner().invoke(main, [*words, "--marginal"]).stdout
    assert marginal.startswith(plain)
    assert marginal.removeprefix(plain) == TOLD
    assert "不予计分" in CliRunner().invoke(main, [*words, "--marginal", "--lang", "zh-CN"]).stdout
