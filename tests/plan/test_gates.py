"""Gates and grades, each on and off, against balances and grades worked out by hand.

Language 6: “A gate whose condition holds does what it says: score: n sets, score: none voids …, at_most,
at_least bound, grade fixes the grade, grade_at_most lowers it.”
"""

from typing import Any

import pytest

from govrubric.language.gates_text import Gate, Grade
from govrubric.language.rubric_text import RubricText
from govrubric.plan.gates import VOID, grade_names
from govrubric.plan.planner import make_plan
from making import computed, item, leaf, number, text

OFF = {"id": "off", "deduct": 1, "per": "例"}
LADDER: list[dict[str, Any]] = [{"grade": "good", "from": 8}, {"grade": "fair", "from": 6}, {"grade": "poor"}]


def gate(id: str = "veto", when: str = "off > 2", **fields: Any) -> dict[str, Any]:  # noqa: A002 - a key
    return {"id": id, "when": when, **fields}


def gated(*gates: dict[str, Any], **fields: Any) -> RubricText:
    """A leaf `a` of 10 with one point off for each case, and gates."""
    return leaf(OFF, gates=list(gates), **fields)


def lines(of: RubricText, off: int, *names: str) -> tuple[str, ...]:
    values = computed(of, a__off=off)
    return tuple(str(values[name]) for name in names)


def grade(of: RubricText, **given: Any) -> str | None:
    """The grade that a rubric gives, by its name."""
    place = int(computed(of, **given)[":grade"])
    return None if place == VOID else make_plan(of).grades[place]


@pytest.mark.parametrize(
    ("fields", "off", "held", "after"),
    [
        ({"score": 1}, 2, "0", "8"),
        ({"score": 1}, 3, "1", "1"),
        ({"score": 9}, 3, "1", "9"),
        ({"at_most": 5}, 2, "0", "8"),
        ({"at_most": 5}, 3, "1", "5"),
        ({"at_most": 5}, 6, "1", "4"),
        ({"at_least": 5}, 4, "1", "6"),
        ({"at_least": 5}, 6, "1", "5"),
        ({"at_least": 3, "at_most": 5}, 3, "1", "5"),
        ({"at_least": 3, "at_most": 5}, 6, "1", "4"),
        ({"at_least": 3, "at_most": 5}, 9, "1", "3"),
        ({"score": 7, "at_most": 5}, 9, "1", "5"),
        ({"score": 1, "at_least": 2}, 3, "1", "2"),
        ({"grade": "poor"}, 3, "1", "7"),
    ],
)
def test_a_gate_that_holds_sets_or_bounds_the_balance(
    fields: dict[str, Any], off: int, held: str, after: str
) -> None:
    assert lines(gated(gate(**fields)), off, "a.veto:held", "a.veto:gate", "a:gated", "a:score") == (
        held,
        after,
        after,
        after,
    )


def test_each_gate_works_on_what_the_earlier_ones_left() -> None:
    down_up = gated(gate("down", at_most=3), gate("up", at_least=5))
    assert lines(down_up, 3, "a:balance", "a.down:gate", "a.up:gate", "a:score") == ("7", "3", "5", "5")
    up_down = gated(gate("up", at_least=5), gate("down", at_most=3))
    assert lines(up_down, 3, "a:balance", "a.up:gate", "a.down:gate", "a:score") == ("7", "7", "3", "3")


def test_gates_come_before_rounding_and_behind_the_rules() -> None:
    of = leaf(
        {"id": "off", "deduct": number("2/5"), "per": "例"},
        gates=[gate(at_most=9)],
        round={"places": 0, "mode": "down"},
    )
    values = computed(of, a__off=4)
    # 10 - 1.6 = 8.4 is below the cap, and is rounded to 8.
    assert tuple(str(values[f"a:{what}"]) for what in ("balance", "gated", "rounding", "score")) == (
        "42/5",
        "42/5",
        "-2/5",
        "8",
    )


def test_a_gate_that_voids_takes_the_score_away_here_and_above() -> None:
    of = gated(gate(score="none"))
    assert lines(of, 2, "a:void", ":void", ":score", ":contribution") == ("0", "0", "8", "8")
    names = ("a:void", ":void", "a:balance", "a.veto:gate", "a:score", "a:contribution", ":contribution")
    assert lines(of, 3, *names) == ("1", "1", "7", "0", "0", "0", "0")


def test_no_later_gate_undoes_a_void() -> None:
    assert lines(
        gated(gate(score="none"), gate("again", score=5)), 3, "a:void", "a.again:gate", "a:score"
    ) == ("1", "5", "0")


@pytest.mark.parametrize(("off", "void"), [(0, "0"), (2, "1"), (5, "1"), (7, "1")])
def test_one_of_several_gates_is_enough_to_void(off: int, void: str) -> None:
    of = gated(
        gate("few", "1 < off < 4", score="none"),
        gate("cap", at_most=9),
        gate("many", "off > 4", score="none"),
    )
    assert lines(of, off, ":void") == (void,)


def test_a_void_score_has_no_rounding() -> None:
    of = gated(gate(score="none"), round={"places": 0, "mode": "up"}, start=number("19/2"))
    assert lines(of, 3, "a:rounding") == ("0",)


def test_the_gates_of_a_group_and_of_the_rubric_see_their_own_balance() -> None:
    group = item("g", 10, items=[item("a", 10, rules=[OFF])], gates=[gate("cap", "a.off > 2", at_most=5)])
    of = text(group, gates=[gate("top", "g.a.off > 4", at_most=1)])
    assert [str(computed(of, g__a__off=off)[":score"]) for off in (2, 3, 5)] == ["8", "5", "1"]


def test_a_gate_of_an_item_that_does_not_apply_does_not_hold() -> None:
    of = gated(gate(when="True", score=3, grade="fixed"), not_applicable="zero")
    values = computed(of, a__not_applicable=1)
    assert (str(values["a.veto:held"]), str(values["a:score"]), grade(of, a__not_applicable=1)) == (
        "0",
        "0",
        None,
    )
    assert (str(computed(of)["a:score"]), grade(of)) == ("3", "fixed")


def test_a_gate_of_an_item_that_does_not_count_holds() -> None:
    of = gated(gate(when="True", at_most=3), counts_when="off > 5")
    values = computed(of)
    assert tuple(str(values[f"a{what}"]) for what in (".veto:held", ":score", ":contribution")) == (
        "1",
        "3",
        "0",
    )


def graded(
    grades: list[dict[str, Any]],
    *gates: dict[str, Any],
    of_part: tuple[dict[str, Any], ...] = (),
    **fields: Any,
) -> RubricText:
    """A rubric of one leaf with a list of grades, and gates of its own and of the leaf."""
    return text(
        item("a", 10, rules=[OFF], **({"gates": list(of_part)} if of_part else {})),
        grades=grades,
        **_some(gates),
        **fields,
    )


def _some(gates: tuple[dict[str, Any], ...]) -> dict[str, Any]:
    return {"gates": list(gates)} if gates else {}


@pytest.mark.parametrize(
    ("off", "wanted"), [(0, "good"), (2, "good"), (3, "fair"), (4, "fair"), (5, "poor"), (99, "poor")]
)
def test_the_first_grade_that_the_total_reaches_is_given(off: int, wanted: str) -> None:
    assert grade(graded(LADDER), a__off=off) == wanted


@pytest.mark.parametrize(("off", "wanted"), [(0, "best"), (1, "good"), (2, "good"), (3, "poor")])
def test_a_grade_may_want_a_total_and_a_condition(off: int, wanted: str) -> None:
    ladder: list[dict[str, Any]] = [
        {"grade": "best", "from": 8, "when": "lost(a) == 0"},
        {"grade": "good", "from": 8},
        {"grade": "poor"},
    ]
    assert grade(graded(ladder), a__off=off) == wanted


@pytest.mark.parametrize(("off", "wanted"), [(9, "A"), (8, "B"), (5, "B"), (4, "C")])
def test_a_ladder_may_go_by_conditions_on_the_total_alone(off: int, wanted: str) -> None:
    assert (
        grade(
            graded(
                [{"grade": "A", "when": "total <= 1"}, {"grade": "B", "when": "total <= 5"}, {"grade": "C"}]
            ),
            a__off=off,
        )
        == wanted
    )


@pytest.mark.parametrize(
    ("fields", "wanted"),
    [({}, "good"), ({"grade_on": "rounded"}, "good"), ({"grade_on": "exact"}, "fair")],
)
def test_grades_go_by_the_rounded_total_unless_told(fields: dict[str, Any], wanted: str) -> None:
    # 7.5 is published as 8.
    of = text(
        item("a", 10, out_of=20, rules=[OFF]), grades=LADDER, round={"places": 0, "mode": "half_up"}, **fields
    )
    assert grade(of, a__off=5) == wanted


def test_conditions_of_grades_know_both_totals() -> None:
    ladder: list[dict[str, Any]] = [
        {"grade": "up", "when": "total > exact_total"},
        {"grade": "even", "when": "total == exact_total"},
        {"grade": "down"},
    ]
    of = text(item("a", 10, out_of=40, rules=[OFF]), grades=ladder, round={"places": 0, "mode": "half_up"})
    assert [grade(of, a__off=off) for off in (0, 1, 3)] == ["even", "up", "down"]  # 10, 9.75, 9.25


def test_the_exact_total_is_on_the_scale_of_the_total() -> None:
    of = text(item("a", 1000, rules=[OFF]), out_of=1000, total=100, round={"places": 0, "mode": "half_up"})
    assert str(computed(of, a__off=5)[":exact"]) == "199/2"


@pytest.mark.parametrize(("off", "wanted"), [(0, "good"), (3, "poor"), (9, "poor")])
def test_a_gate_lowers_the_grade(off: int, wanted: str) -> None:
    assert grade(graded(LADDER, gate(when="a.off > 2", grade_at_most="poor")), a__off=off) == wanted


def test_a_gate_never_raises_a_grade_by_lowering_it() -> None:
    assert grade(graded(LADDER, gate(when="True", grade_at_most="good")), a__off=5) == "poor"


@pytest.mark.parametrize(
    "gates",
    [
        (gate("one", "True", grade_at_most="fair"), gate("two", "True", grade_at_most="poor")),
        (gate("one", "True", grade_at_most="poor"), gate("two", "True", grade_at_most="fair")),
    ],
)
def test_the_lowest_of_two_wins_whatever_their_order(gates: tuple[dict[str, Any], ...]) -> None:
    assert grade(graded(LADDER, *gates)) == "poor"


def test_a_gate_fixes_the_grade_whatever_lowers_it() -> None:
    fixed, lower = gate("fixed", "True", grade="good"), gate("lower", "True", grade_at_most="poor")
    assert grade(graded(LADDER, fixed, lower), a__off=9) == "good"
    assert grade(graded(LADDER, lower, fixed), a__off=9) == "good"


def test_the_last_gate_that_held_fixes_the_grade() -> None:
    gates = (
        gate("one", "True", grade="red"),
        gate("two", "a.off > 2", grade="yellow"),
        gate("three", "a.off > 4", grade="good"),
    )
    assert [grade(graded(LADDER, *gates), a__off=off) for off in (0, 3, 5)] == ["red", "yellow", "good"]


def test_gates_of_parts_come_before_those_of_what_they_belong_to() -> None:
    part, own = gate("part", "True", grade="red"), gate("own", "True", grade="yellow")
    assert grade(graded(LADDER, own, of_part=(part,))) == "yellow"
    assert grade(graded(LADDER, gate("own", "a.off > 2", grade="yellow"), of_part=(part,))) == "red"


def test_of_two_parts_the_later_one_fixes_the_grade() -> None:
    first, second = (item(name, 5, rules=[OFF], gates=[gate("g", "True", grade=name)]) for name in "ab")
    assert grade(text(first, second)) == "b"
    assert grade(text(second, first)) == "a"


def test_a_void_total_has_no_grade_unless_a_gate_fixes_one() -> None:
    void = gate("void", "a.off > 2", score="none")
    assert [grade(graded(LADDER, void), a__off=off) for off in (2, 3)] == ["good", None]
    assert grade(graded(LADDER, void, gate("lower", "True", grade_at_most="poor")), a__off=3) is None
    assert grade(graded(LADDER, gate("fixed", "True", grade="poor"), void), a__off=3) == "poor"


def test_a_rubric_without_a_ladder_gives_a_grade_only_by_a_gate() -> None:
    of = text(item("a", 10, rules=[OFF], gates=[gate(grade="red")]))
    assert [grade(of, a__off=off) for off in (2, 3)] == [None, "red"]
    assert make_plan(of).grades == ("red",)


def test_a_rubric_that_gives_no_grade_has_no_line_for_it() -> None:
    plan = make_plan(text(item("a", 10, rules=[OFF], gates=[gate(at_most=5)])))
    assert plan.grades == ()
    assert ":grade" not in plan.lines


def test_names_of_grades_stand_best_first_and_those_of_gates_behind_them() -> None:
    grades = tuple(Grade.model_validate(grade) for grade in LADDER)
    gates = tuple(
        Gate.model_validate({"id": "x", "when": "True", **fields})
        for fields in ({"grade": "red"}, {"at_most": 1}, {"grade": "fair"}, {"grade": "red"})
    )
    assert grade_names(grades, gates) == ("good", "fair", "poor", "red")


def test_every_step_of_a_grade_is_a_line_of_its_own() -> None:
    of = graded(
        LADDER, gate("lower", "a.off > 2", grade_at_most="fair"), gate("fixed", "a.off > 4", grade="red")
    )
    values = computed(of, a__off=3)
    names = [name for name in make_plan(of).lines if "grade" in name or "lowered" in name]
    assert names == [":grade2", ":grade1", ":grade0", "lower:lowered", "fixed:graded", ":grade"]
    assert [str(values[name]) for name in names] == ["2", "1", "1", "1", "1", "1"]
