"""Coverage: the points of rules, outcomes, conditions, bounds, gates and grades; none that cannot happen."""

from typing import Any

import pytest

from govrubric import Rubric, loads
from govrubric.cases.coverage import Coverage, coverage, points
from govrubric.language.rules._rule import Rule
from samples import RICH_TALLY, TALLY, rich, small


def one(item: str, more: str = "", weight: int = 5) -> Rubric:
    """A rubric with one item, `a`."""
    return loads(
        f"govrubric: 1\nid: r\ntitle: R\ntotal: {weight}\nround: {{places: 0, mode: half_up}}\n{more}"
        f"indicators:\n  - {{id: a, title: A, weight: {weight}, {item}}}\n"
    )


def named(rubric: Rubric, path: str | None = None) -> list[tuple[str, ...]]:
    """The points of a rubric, or of one path, without their flags."""
    return [
        (point.path, point.kind, point.name)[0 if path is None else 1 :]
        for point in points(rubric)
        if path in (None, point.path)
    ]


def untouched(rubric: Rubric, *tallies: dict[str, Any]) -> list[tuple[str, str, str]]:
    return [
        (point.path, point.kind, point.name)
        for point in coverage(rubric, map(rubric.score, tallies)).untouched
    ]


def touched(rubric: Rubric, path: str, *tallies: dict[str, Any]) -> set[tuple[str, ...]]:
    left = {(kind, name) for where, kind, name in untouched(rubric, *tallies) if where == path}
    return {(kind, name) for kind, name in named(rubric, path) if (kind, name) not in left}


# Rules


PER_CASE = one("rules: [{id: off, deduct: 2, per: case}]")


def test_a_count_acts_or_not() -> None:
    assert named(PER_CASE, "a.off") == [("acts", ""), ("zero", "")]
    assert touched(PER_CASE, "a.off", {}) == {("zero", "")}
    assert touched(PER_CASE, "a.off", {"a.off": 1}) == {("acts", "")}


def test_a_rule_of_which_everything_is_held_back_does_not_act() -> None:
    rubric = one("rules: [{id: gone, deduct: 5}, {id: off, deduct: 1}]")
    assert ("a.off", "acts", "") in untouched(rubric, {"a.gone": True, "a.off": True}, {})


def test_each_level_is_given() -> None:
    rubric = one("rules: [{id: used, award: {city: 1, province: 3}, per: piece}]")
    assert named(rubric, "a.used") == [("acts", ""), ("zero", ""), ("given", "city"), ("given", "province")]
    assert touched(rubric, "a.used", {"a.used.province": 1}) == {("acts", ""), ("given", "province")}


def test_each_step_is_reached() -> None:
    rubric = one("rules: [{id: off, deduct: [1, 2], per: case}]")
    assert named(rubric, "a.off") == [("outcome", "0 case"), ("outcome", "1 case"), ("outcome", "2 case")]
    assert touched(rubric, "a.off", {}) == {("outcome", "0 case")}
    assert touched(rubric, "a.off", {"a.off": 1}) == {("outcome", "1 case")}
    assert touched(rubric, "a.off", {"a.off": 2}) == {("outcome", "1 case"), ("outcome", "2 case")}


def test_each_band_and_what_is_below_them_is_an_outcome() -> None:
    rubric = one("rules: [{id: rate, bands: [{from: 95, points: 5}, {from: 90.5, points: 0}], else: 5}]")
    assert named(rubric, "a.rate") == [("outcome", "from 95"), ("outcome", "from 90.5"), ("outcome", "else")]
    for rate, name in ((96, "from 95"), (95, "from 95"), (94, "from 90.5"), (90, "else")):
        assert touched(rubric, "a.rate", {"a.rate": rate}) == {("outcome", name)}


def test_each_choice_is_an_outcome_though_two_have_the_same_points() -> None:
    rubric = one("start: zero, rules: [{id: mark, choose: {A: 5, B: 0, C: 5}}]")
    assert named(rubric, "a.mark") == [("outcome", "A"), ("outcome", "B"), ("outcome", "C")]
    assert touched(rubric, "a.mark", {"a.mark": "C"}) == {("outcome", "C")}


def test_an_outcome_of_a_rule_that_does_not_count_is_not_touched() -> None:
    rubric = one(
        "start: zero, rules: [{id: mark, choose: {A: 5, B: 0}, when: open}]", "facts: {open: flag}\n"
    )
    assert touched(rubric, "a.mark", {"a.mark": "A"}) == {("false", "")}
    assert touched(rubric, "a.mark", {"a.mark": "A", "open": True}) == {("true", ""), ("outcome", "A")}


def test_a_choice_among_one_is_no_point() -> None:
    assert named(one("start: zero, rules: [{id: mark, choose: {A: 5}}]"), "a.mark") == []


def test_a_formula_asks_for_each_of_its_inputs_in_each_way() -> None:
    rubric = one(
        "start: zero, rules: [{id: f, formula: 'n if k == \"A\" or m else 0', "
        "inputs: {n: count, m: flag, k: {choice: [A, B]}}}]"
    )
    assert named(rubric, "a.f") == [
        ("acts", ""),
        ("zero", ""),
        ("given", "n"),
        ("given", "m"),
        ("given", "k = A"),
        ("given", "k = B"),
    ]
    assert touched(rubric, "a.f", {"a.f": {"m": True, "k": "A"}}) == {
        ("zero", ""),
        ("given", "m"),
        ("given", "k = A"),
    }


def test_what_goes_from_one_side_of_zero_to_the_other_need_not_come_to_it() -> None:
    assert named(one("start: zero, rules: [{id: f, formula: 2 * n - 3, inputs: {n: count}}]"), "a.f") == [
        ("acts", "")
    ]
    assert named(one("start: zero, rules: [{id: c, curve: [[0, -1], [3, 1]]}]"), "a.c") == [("acts", "")]


def test_a_cap_of_a_rule_is_reached_either_way() -> None:
    rubric = one("start: zero, rules: [{id: used, award: 2, per: piece, at_most: 4}]", weight=9)
    assert ("capped", "4") in named(rubric, "a.used")
    assert ("capped", "4") not in touched(rubric, "a.used", {"a.used": 1})
    for pieces in (2, 3):
        assert ("capped", "4") in touched(rubric, "a.used", {"a.used": pieces})
    assert ("capped", "1.5") in touched(
        one("rules: [{id: off, deduct: 1, per: case, at_most: 1.5}]"), "a.off", {"a.off": 2}
    )
    assert named(one("rules: [{id: off, deduct: 1, at_most: 3}]"), "a.off") == [("acts", ""), ("zero", "")]


WHEN = one("rules: [{id: off, deduct: 1, per: case, when: open}]", "facts: {open: flag}\n")


def test_a_condition_holds_or_not_and_while_it_does_not_the_rule_comes_to_nothing_of_its_own() -> None:
    assert named(WHEN, "a.off") == [("acts", ""), ("zero", ""), ("true", ""), ("false", "")]
    assert touched(WHEN, "a.off", {}) == {("false", "")}
    assert touched(WHEN, "a.off", {"open": True}) == {("zero", ""), ("true", "")}


def test_a_condition_that_the_bounds_decide_is_no_point() -> None:
    assert named(one("rules: [{id: off, deduct: 1, when: off <= 1000000000, per: case}]"), "a.off") == [
        ("acts", ""),
        ("zero", ""),
    ]


def test_a_shared_input_counts_for_each_rule() -> None:
    rubric = one(
        "rules: [{id: off, deduct: 1, input: late}, {id: more, deduct: 1, input: late}]",
        "facts: {late: flag}\n",
    )
    assert touched(rubric, "a.more", {"late": True}) == {("acts", "")}


# Edges


def test_a_floor_is_just_reached_or_holds_back() -> None:
    assert named(one("rules: [{id: off, deduct: 1, per: case}]"), "a") == [("floor", "0"), ("below", "0")]
    for cases, kinds in ((4, set()), (5, {("floor", "0")}), (6, {("below", "0")})):
        assert touched(one("rules: [{id: off, deduct: 1, per: case}]"), "a", {"a.off": cases}) == kinds


@pytest.mark.parametrize(
    ("item", "kinds"),
    [
        ("rules: [{id: off, deduct: 2, per: case}]", ["below"]),  # 5 - 2 - 2 - 2 leaps over the floor
        ("rules: [{id: off, deduct: 5}]", ["floor"]),
        ("rules: [{id: off, deduct: 2}, {id: late, deduct: 3}]", ["floor"]),  # together, and no further
        ("rules: [{id: off, deduct: 2}, {id: late, deduct: 2}]", []),
        ("rules: [{id: off, deduct: 6}]", ["below"]),
        ("rules: [{id: off, deduct: {a: 2, b: 2.5}, per: case}]", ["floor", "below"]),  # twice 2.5
        ("rules: [{id: off, deduct: [1, 3, 1], per: case}]", ["floor", "below"]),
        ("rules: [{id: off, deduct: [1, 3, 2], per: case}]", ["below"]),
        ("rules: [{id: off, forfeit: all}]", ["floor"]),
        ("rules: [{id: off, forfeit: all}, {id: late, deduct: 2, per: case}]", ["floor", "below"]),
        (
            "start: zero, rules: [{id: judged, judge: 5}, {id: off, forfeit: all}]",
            ["floor", "ceiling"],
        ),  # a forfeit takes no more than there is
        (
            "start: zero, rules: [{id: judged, judge: 5}, {id: off, deduct: 1, per: case}]",
            ["below", "ceiling"],
        ),
        (
            "floor: -1, rules: [{id: off, forfeit: all}, {id: late, deduct: 5, per: case}]",
            ["below"],
        ),  # a forfeit stops at 0
        ("floor: -1, rules: [{id: off, deduct: 2, per: case}]", ["floor", "below"]),  # 5 + 1 = 3 x 2
        ("floor: none, rules: [{id: off, deduct: 2, per: case}]", []),
        (
            "rules: [{id: off, deduct: 1, per: case, when: 'off > 2'}]",
            ["below"],
        ),  # the effect of a condition is not known
        ("rules: [{id: rate, distance: {below: 95, each: 1, points: -1}}]", ["below"]),
        ("start: zero, rules: [{id: f, formula: n, inputs: {n: count}}]", ["above"]),
        ("rules: [{id: judged, judge: 5}]", ["ceiling"]),
        ("rules: [{id: judged, judge: 6}]", ["above"]),
        ("rules: [{id: judged, judge: 4}]", []),
        ("rules: [{id: used, award: 1, per: piece}]", ["ceiling", "above"]),
        ("rules: [{id: used, award: 2, per: piece}]", ["above"]),
        ("ceiling: none, rules: [{id: used, award: 2, per: piece}]", []),
        ("ceiling: 6, rules: [{id: used, award: 2, per: piece}]", ["ceiling", "above"]),
        ("start: zero, rules: [{id: mark, choose: {A: 5, B: 6, C: -1}}]", ["below", "ceiling", "above"]),
        ("start: 2, rules: [{id: used, award: 3}, {id: off, deduct: 2}]", ["floor", "ceiling"]),
    ],
)
def test_an_edge_is_a_point_only_where_a_tally_comes_to_it(item: str, kinds: list[str]) -> None:
    assert [
        kind for kind, _ in named(one(item), "a") if kind in ("floor", "below", "ceiling", "above")
    ] == kinds


def test_of_awards_and_deductions_each_has_its_edge() -> None:
    rubric = one("start: 2, rules: [{id: used, award: 1, per: piece}, {id: off, deduct: 1, per: case}]")
    edges = [("floor", "0"), ("below", "0"), ("ceiling", "5"), ("above", "5")]
    assert named(rubric, "a") == edges
    # 2 + 3 = 5; 2 + 4 goes 1 too far, and 5 - 5 = 0; 2 - 3 goes 1 too far.
    for used, off, found in (
        (3, 0, {edges[2]}),
        (4, 5, {edges[0], edges[3]}),
        (0, 3, {edges[1]}),
        (0, 1, set()),
    ):
        assert touched(rubric, "a", {"a.used": used, "a.off": off}) == found


def test_a_rule_that_gives_and_takes_has_both_edges() -> None:
    rubric = one(
        "start: 1, rules: [{id: f, formula: x, inputs: {x: {number: {places: 0, min: -9, max: 9}}}}]"
    )
    assert named(rubric, "a") == [("below", "0"), ("above", "5")]
    assert touched(rubric, "a", {"a.f.x": 5}) == {("above", "5")}
    assert touched(rubric, "a", {"a.f.x": -2}) == {("below", "0")}
    assert touched(rubric, "a", {"a.f.x": 4}) == set()


def test_the_whole_has_edges_where_its_parts_go_past_them() -> None:
    rubric = one("floor: none, rules: [{id: off, deduct: 2, per: case}]")
    assert named(rubric, "") == [("below", "0")]
    assert touched(rubric, "", {"a.off": 3}) == {("below", "0")}
    assert named(PER_CASE, "") == []


def test_a_group_with_rules_is_held_whatever_its_parts_come_to() -> None:
    rubric = one(
        "rules: [{id: late, deduct: 1, per: day}], "
        "items: [{id: b, title: B, weight: 5, rules: [{id: off, deduct: 1, per: case}]}]"
    )
    assert named(rubric, "a") == [("below", "0")]
    assert touched(rubric, "a", {"a.late": 1, "a.b.off": 5}) == {("below", "0")}
    assert touched(rubric, "a", {"a.late": 1, "a.b.off": 4}) == set()


def test_a_mean_is_not_thought_to_go_past_its_parts() -> None:
    parts = ", ".join(
        (
            f"{{id: {name}, title: {name.upper()}, weight: 5, not_applicable: rescale, "
            f"rules: [{{id: m, judge: 5}}]}}"
        )
        for name in "bcd"
    )
    rubric = one(
        f"combine: mean, drop: {{lowest: 1}}, not_applicable: zero, "
        f"items: [{parts}, {{id: x, title: X, weight: 1, extra: true, "
        f"rules: [{{id: m, judge: 1}}]}}]"
    )
    assert [kind for kind, _ in named(rubric, "a")] == ["absent"]
    rubric = one(
        f"combine: mean, drop: {{lowest: 1}}, not_applicable: zero, ceiling: 5, "
        f"items: [{parts}, {{id: x, title: X, weight: 1, extra: true, "
        f"rules: [{{id: m, judge: 1}}]}}]"
    )
    assert [kind for kind, _ in named(rubric, "a")] == ["absent", "above"]


def test_a_floor_above_zero_is_no_edge_of_what_does_not_apply() -> None:
    rubric = one("not_applicable: zero, floor: 1, rules: [{id: off, deduct: 1, per: case}]")
    assert touched(rubric, "a", {"a.not_applicable": True}) == {("absent", "")}


SHARE = "round(min(done, target) / max(target, 1), 2)"
BOTH = "inputs: {done: count, target: count}"


@pytest.mark.parametrize(
    ("item", "kinds"),
    [
        (
            f"start: zero, rules: [{{id: f, formula: '{SHARE} * 5', {BOTH}}}]",
            [],
        ),  # 5 at most, which it need not hit
        (f"start: zero, ceiling: 3, rules: [{{id: f, formula: '{SHARE} * 5', {BOTH}}}]", ["above"]),
        (f"start: full, rules: [{{id: f, formula: '{SHARE} * -3', {BOTH}}}]", []),  # takes 60 % at most
        (f"start: full, rules: [{{id: f, formula: '{SHARE} * -6', {BOTH}}}]", ["below"]),
        (f"rules: [{{id: f, formula: 'min(done, target) - target', {BOTH}}}], start: full", ["below"]),
        (f"start: full, rules: [{{id: f, formula: 'done - max(done, target)', {BOTH}}}]", ["below"]),
        (f"start: full, rules: [{{id: f, formula: 'done - target', {BOTH}}}]", ["below", "above"]),
        ("start: zero, rules: [{id: j, judge: 5, places: 0, step: 2}]", []),  # 0, 2 or 4
        ("start: zero, rules: [{id: j, judge: 5, places: 0}]", ["ceiling"]),
    ],
)
def test_an_edge_that_a_formula_never_comes_to_is_not_asked_for(item: str, kinds: list[str]) -> None:
    assert [
        kind
        for path, kind, _ in untouched(one(item))
        if path == "a" and kind in ("floor", "below", "ceiling", "above")
    ] == kinds


def test_a_comparison_of_what_cannot_be_is_not_asked_for() -> None:
    rubric = one(
        f"start: zero, rules: [{{id: f, formula: done, at_most: 5, "
        f"when: 'min(done, target) > target', {BOTH}}}]"
    )
    # The condition never holds, so neither does the rule act, nor come to its cap, nor need its inputs.
    assert untouched(rubric) == [("a.f", "false", "")]


def test_bounds_are_known_of_more_inputs_than_are_tried() -> None:
    more = "".join(f", {{id: d{place}, deduct: 1}}" for place in range(13))
    rubric = one(
        "start: full, floor: none, ceiling: none, "
        f"rules: [{{id: f, formula: 'min(done, target) - target', {BOTH}}}{more}]"
    )
    assert [kind for path, kind, _ in untouched(rubric) if path == ""] == ["below"]


# Items, gates and grades


def test_an_item_applies_or_not_and_counts_or_not() -> None:
    rubric = one(
        "not_applicable: full, counts_when: open, floor: none, rules: [{id: off, deduct: 1}]",
        "facts: {open: flag}\n",
    )
    assert named(rubric, "a") == [("absent", ""), ("counts", ""), ("uncounted", "")]
    assert touched(rubric, "a", {"open": True}) == {("counts", "")}
    assert touched(rubric, "a", {"a.not_applicable": True}) == {("absent", ""), ("uncounted", "")}
    assert touched(rubric, "a.off", {"a.not_applicable": True}) == set()


def test_a_gate_holds_or_not() -> None:
    rubric = one("rules: [{id: off, deduct: 1, per: case}], gates: [{id: veto, when: off > 2, score: 0}]")
    assert named(rubric, "a.veto") == [("held", ""), ("open", "")]
    assert touched(rubric, "a.veto", {"a.off": 3}) == {("held", "")}
    assert touched(rubric, "a.veto", {"a.off": 2}) == {("open", "")}


GRADES = (
    "gates: [{id: closed, when: closed, score: none, grade: Closed}]\nfacts: {closed: flag}\n"
    "grades: [{grade: A+, from: 6}, {grade: A, from: 5, when: a.off == 0}, "
    "{grade: B, from: 2}, {grade: C, from: 0}, {grade: D}]\n"
)


def test_each_grade_that_may_be_given_is_and_conditions_hold_or_not() -> None:
    rubric = one("rules: [{id: off, deduct: 1, per: case}]", GRADES)
    grades = [
        ("grade", "A"),
        ("grade", "B"),
        ("grade", "C"),
        ("grade", "Closed"),
        ("eligible", "A"),
        ("ineligible", "A"),
    ]
    assert named(rubric, "") == grades
    assert touched(rubric, "", {"a.off": 1}) == {("grade", "B"), ("ineligible", "A")}
    assert touched(rubric, "", {"closed": True}) == {("grade", "Closed"), ("eligible", "A")}


def test_a_grade_that_stands_twice_has_a_point_for_each_condition() -> None:
    rubric = one(
        "rules: [{id: off, deduct: 1, per: case}]",
        "grades: [{grade: A, from: 9}, {grade: A, from: 4, when: a.off == 1}, {grade: A, when: a.off == 2}, "
        "{grade: B, from: 3}, {grade: C}]\n",
    )
    # Nobody comes to 9 of 5, but the other entries may give an A.
    assert named(rubric, "") == [
        *(("grade", name) for name in "ABC"),
        *((kind, f"A (a.off == {number})") for number in (1, 2) for kind in ("eligible", "ineligible")),
    ]
    assert touched(rubric, "", {"a.off": 1}) == {
        ("grade", "A"),
        ("eligible", "A (a.off == 1)"),
        ("ineligible", "A (a.off == 2)"),
    }


# All of it


def test_what_is_proved_never_to_be_does_not_count() -> None:
    # Who takes 1 back has 1.
    rubric = one(
        "start: zero, rules: [{id: used, award: 1, per: piece}, {id: back, deduct: 1, when: used > 0}]"
    )
    assert ("below", "0") in named(rubric, "a")
    every = [{"a.used": used, "a.back": back} for used in (0, 1, 5, 6) for back in (False, True)]
    assert untouched(rubric, *every) == []
    assert untouched(rubric, *every[:2]) != []


def test_every_card_adds_what_it_touches() -> None:
    cards = [PER_CASE.score({}), PER_CASE.score({"a.off": 3})]
    result = coverage(PER_CASE, cards)
    assert (result.points, result.touched, result.percent, result.untouched) == (3, 3, 100, ())
    result = coverage(PER_CASE, cards[:1])
    assert (result.points, result.touched, result.percent) == (3, 1, 33)
    assert coverage(PER_CASE, []).percent == 0


def test_the_percent_is_rounded_down_and_nothing_to_touch_is_touched() -> None:
    some = tuple(points(PER_CASE))
    assert Coverage(PER_CASE, 200, some[:1]).percent == 99
    assert Coverage(PER_CASE, 0, ()).percent == 100
    nothing = one("rules: [{id: off, deduct: 1, per: case, when: 'False'}]")
    assert coverage(nothing, [nothing.score({})]) == Coverage(nothing, 0, ())


def test_a_written_card_touches_what_it_touched() -> None:
    card = rich().score(RICH_TALLY)
    assert coverage(rich(), [type(card).from_json(card.to_json())]) == coverage(rich(), [card])


def test_the_points_of_two_whole_rubrics() -> None:
    # The one tally gives every input it names, its 5 papers and 2 gaps reach no floor, and its 4 pieces pass
    # the ceiling.
    assert untouched(small(), TALLY) == [
        ("work", "below", "0"),
        ("work.late", "zero", ""),
        ("work.papers", "floor", "0"),
        ("work.papers", "below", "0"),
        ("work.papers.missing", "zero", ""),
        ("work.papers.absent", "acts", ""),
        ("work.index", "floor", "0"),
        ("work.index", "below", "0"),
        ("work.index.gap", "zero", ""),
        ("bonus", "ceiling", "3"),
        ("bonus.used", "zero", ""),
        ("bonus.judged", "acts", ""),
        ("bonus.judged", "zero", ""),
    ]
    assert len(untouched(rich(), RICH_TALLY, {**RICH_TALLY, "served": False})) < len(
        untouched(rich(), RICH_TALLY)
    )


def test_a_rule_lists_its_outcomes_only_where_its_verb_does() -> None:
    rule: Rule = PER_CASE._items["a"].rules[0].rule
    assert rule.outcomes(()) == ()
