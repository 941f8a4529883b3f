"""Random tallies are valid, reach the edges and shrink to few names and small numbers."""

from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, find, given, settings
from hypothesis import strategies as st

from govrubric import Rubric, loads
from govrubric.testing import rubrics, tallies
from govrubric.testing.strategies.edges import edges
from govrubric.testing.strategies.tally import Tally, alone
from samples import rich, small

FORM = """\
govrubric: 1
id: t
title: T
total: 10
round: {places: 1, mode: half_up}
facts: {class: {choice: [A, B]}, size: {number: {places: 1, min: 2.5, max: 40}}, seen: flag}
indicators:
  - id: a
    title: A
    weight: 6
    not_applicable: full
    rules: [RULE, {id: mark, judge: 2, step: 0.5}, {id: other, deduct: 1, when: "size > 20 and class == 'B'"}]
    start: full
  - {id: b, title: B, weight: 4, rules: [{id: share, bands: [{from: 95, points: 4}, {from: 80, points: 2}]}]}
"""
ALL = settings(
    database=None,
    max_examples=300,
    phases=[Phase.generate],
    deadline=None,
    derandomize=True,
    suppress_health_check=list(HealthCheck),
)


def form(rule: str = "{id: late, deduct: 0.5, per: day}") -> Rubric:
    return loads(FORM.replace("RULE", rule))


def drawn(strategy: st.SearchStrategy[Tally]) -> list[Tally]:
    found: list[Tally] = []

    def keep(tally: Tally) -> None:
        found.append(tally)

    ALL(given(strategy)(keep))()
    return found


@given(st.data())
def test_every_tally_is_valid(data: st.DataObject) -> None:
    """`tallies`: “valid tallies of a rubric”, of any rubric."""
    rubric = data.draw(rubrics())
    rubric.score(data.draw(tallies(rubric)))
    rubric.score(data.draw(tallies(rubric, edges=False)))


def test_numbers_are_given_as_a_program_gives_them() -> None:
    kinds: dict[str, set[type]] = {}
    for tally in drawn(tallies(form())):
        for name, value in tally.items():
            kinds.setdefault(name, set()).add(type(value))
    assert kinds == {
        "class": {str},
        "size": {int, Decimal},
        "seen": {bool},
        "a.not_applicable": {bool},
        "a.late": {int},
        "a.mark": {int, Decimal},
        "a.other": {bool},
        "b.share": {int, Decimal},
    }


def test_an_optional_input_is_given_or_left_out_and_a_required_input_is_left_out_only_if_excused() -> None:
    found = drawn(tallies(form()))
    for name in ("seen", "a.not_applicable", "a.late", "a.other"):
        assert {name in tally for tally in found} == {True, False}
    assert all(name in tally for tally in found for name in ("class", "size", "b.share"))
    assert {tally.get("a.not_applicable") is True for tally in found if "a.mark" not in tally} == {True}
    assert any("a.mark" in tally for tally in found if tally.get("a.not_applicable"))


def test_a_tally_may_give_nothing_and_everything() -> None:
    found = drawn(tallies(small()))
    assert min(map(len, found)) == 1  # a judged number must be given
    assert max(map(len, found)) == len(small()._inputs)


def test_without_edges_any_value_comes() -> None:
    assert len({tally.get("a.late") for tally in drawn(tallies(form(), edges=False))}) > 25


@pytest.mark.parametrize("inputs", ["formula: '1'"])
def test_a_rubric_that_asks_for_nothing_has_one_tally(inputs: str) -> None:
    text = "govrubric: 1\nid: t\ntitle: T\ntotal: 1\nround: {places: 0, mode: half_up}\nindicators:\n"
    rubric = loads(f"{text}  - {{id: a, title: A, weight: 1, rules: [{{id: r, {inputs}}}]}}\n")
    assert all(tally == {} for tally in drawn(tallies(rubric)))


@pytest.mark.parametrize(
    ("rule", "wanted", "smallest"),
    [
        (
            "{id: late, deduct: 0.5, per: day}",
            lambda card: card.items["a"].applies and card.items["a"].score == 0,
            {"a.late": 12},
        ),
        ("{id: late, deduct: 0.5, per: day}", lambda card: card.rules["a.late"].absorbed < 0, {"a.late": 13}),
        (
            "{id: late, deduct: 0.5, per: day, at_most: 2}",
            lambda card: card.rules["a.late"].raw == -2,
            {"a.late": 4},
        ),
        (
            "{id: late, deduct: [1, 2], per: day}",
            lambda card: card.items["a"].applies and card.items["a"].score == 0,
            {"a.late": 4},
        ),
        (
            "{id: late, deduct: {x: 1, y: 2}, per: day}",
            lambda card: card.items["a"].applies and card.items["a"].score == 0,
            {"a.late.y": 3},
        ),
        ("{id: late, deduct: 1}", lambda card: card.rules["a.late"].applied == -1, {"a.late": True}),
    ],
)
def test_a_tally_shrinks_to_one_name_and_the_smallest_count(
    rule: str, wanted: Callable[[Any], bool], smallest: Tally
) -> None:
    rubric = form(rule)
    needed = {"class": "A", "size": Decimal("2.5"), "a.mark": 0, "b.share": 0}
    chosen = settings(database=None, derandomize=True, max_examples=1000)
    assert find(tallies(rubric), lambda tally: wanted(rubric.score(tally)), settings=chosen) == {
        **needed,
        **smallest,
    }


# Edges


@pytest.mark.parametrize(
    ("rule", "name", "told"),
    [
        # 6 ÷ 0.5: before the floor, at it, beyond.
        ("{id: late, deduct: 0.5, per: day}", "a.late", [0, 1, 2, 3, 4, 11, 12, 13, 1_000_000_000]),
        # A cap of 4 is reached by 8, and the floor would be by 12.
        (
            "{id: late, deduct: 0.5, per: day, at_most: 4}",
            "a.late",
            [0, 1, 2, 3, 4, 7, 8, 9, 11, 12, 13, 1_000_000_000],
        ),
        # The steps end after the second case; 1 + 2 + 2 + 1 take all.
        ("{id: late, deduct: [1, 2], per: day}", "a.late", [0, 1, 2, 3, 4, 1_000_000_000]),
        (
            "{id: late, deduct: 1, per: day, when: a.late > 40}",
            "a.late",
            [0, 1, 2, 3, 4, 5, 6, 7, 39, 40, 41, 1_000_000_000],
        ),
        (
            "{id: late, deduct: 1, per: day, when: score(b) + a.late * 2 >= 30}",
            "a.late",
            [0, 1, 2, 3, 4, 5, 6, 7, 14, 15, 16, 1_000_000_000],
        ),
    ],
)
def test_edges_are_on_both_sides_of_each_threshold(rule: str, name: str, told: list[int]) -> None:
    assert list(edges(form(rule))[name]) == [Fraction(one) for one in told]


def test_edges_of_numbers_are_on_both_sides_of_bands_and_conditions_and_at_both_ends() -> None:
    found = edges(form())
    share = [
        Fraction(one)
        for one in ("79.99", "80", "80.01", "94.99", "95", "95.01", "-1000000000", "1000000000", "0")
    ]
    assert set(share) <= set(found["b.share"])
    assert {Fraction("2.5"), Fraction("19.9"), Fraction(20), Fraction("20.1"), Fraction(40)} <= set(
        found["size"]
    )
    # On a step of 0.5 there is no more than this.
    assert found["a.mark"] == (Fraction(0), Fraction("0.5"), Fraction(1), Fraction("1.5"), Fraction(2))
    assert "seen" not in found
    assert "class" not in found


def test_an_award_is_told_where_it_comes_to_the_ceiling() -> None:
    # 10 ÷ 1 and, of the two levels, 3 ÷ 1 and 3 ÷ 2, which lies between 1 and 2.
    assert Fraction(3) in edges(small())["bonus.used.city"]
    assert set(edges(small())["bonus.used.province"]) == {
        Fraction(one) for one in (0, 1, 2, 3, 4, 1_000_000_000)
    }


def test_edges_stay_where_a_fault_has_left_out_the_bound(monkeypatch: pytest.MonkeyPatch) -> None:
    from govrubric.formula import build as algebra
    from govrubric.plan import planner as plan
    from govrubric.plan import rules as effects

    for module in (plan, effects):
        monkeypatch.setattr(module, "within", lambda made, *_: algebra.within(made, None, None))
    assert {Fraction(11), Fraction(12), Fraction(13)} <= set(edges(form())["a.late"])


# One name alone


def test_each_name_alone_is_tried_from_zero_on() -> None:
    must = {"class": "A", "size": 40, "a.mark": 2, "b.share": 0}
    found = list(alone(form(), {**must, "a.late": 11, "a.other": True}))
    late = [{**must, "a.late": one} for one in (0, 1, 2, 3, 4, 11, 12, 13, 1_000_000_000)]
    assert found == [*late, {**must, "a.other": True}, {**must, "a.other": False}]


def test_a_flag_that_excuses_stays_with_what_it_excuses() -> None:
    assert (
        list(alone(form(), {"class": "A", "size": 40, "b.share": 0, "a.not_applicable": True, "a.late": 3}))
        == []
    )


def test_a_rich_rubric_is_drawn_too() -> None:
    assert all(rich().score(tally) for tally in drawn(tallies(rich()))[:50])
