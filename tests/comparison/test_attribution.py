"""Two cards of a unit -> effects, each worked by hand; that they add up is a law of tests/property."""

from dataclasses import asdict
from fractions import Fraction
from typing import Any

import pytest

from govrubric import loads
from govrubric.comparison.attribution import Differences, Effect
from govrubric.comparison.compare import compare
from govrubric.comparison.replay import reached
from govrubric.numbers import Exact

FORM = """\
govrubric: 1
id: t
title: T
total: 20
round: {places: 2, mode: half_up}
facts: {served: flag}
indicators:
  - id: a
    title: A
    weight: 10
    items:
      - {id: x, title: X, weight: 6, rules: [{id: late, deduct: 0.5, per: case}, {id: poor, deduct: 1}]}
      - {id: y, title: Y1, weight: 4, rules: [{id: j, judge: 4}]}
  - {id: b, title: B, weight: 10, rules: [{id: used, award: 1, per: piece}]}
"""
TALLY = {"a.x.late": 3, "a.y.j": 3, "b.used": 4, "served": True}


def effects(
    *edits: tuple[str, str], form: str = FORM, hidden: tuple[str, ...] = (), **given: Any
) -> list[tuple[str, str | None, str | None, str | None]]:
    """What, old path, new path and digits of each effect, from the form to the form with some texts replaced.

    `given` are values of the newer rubric, by name with `__` for the dot; all others are those of `TALLY`.
    """
    newer = form
    for old, new in edits:
        assert newer.count(old) == 1, old
        newer = newer.replace(old, new)
    before, after = loads(form), loads(newer)
    tally: dict[str, Any] = {name: value for name, value in TALLY.items() if name in after._inputs}
    tally |= {name.replace("__", "."): value for name, value in given.items()}
    cards = (
        before.score({name: value for name, value in {**TALLY, **tally}.items() if name in before._inputs}),
        after.score(tally),
    )
    found = Differences(compare(before, after)).of(*cards, reached(after._plan, hidden))
    return [
        (one.what, one.old, one.new, None if one.amount is None else str(Fraction(one.amount)))
        for one in found
    ]


def test_nothing_changed_and_nothing_did_anything() -> None:
    assert effects() == []


def test_an_amount() -> None:
    """3 x 0.5 = 1.5 off, and 3 x 1 = 3 off."""
    assert effects(("deduct: 0.5", "deduct: 1")) == [("rule", "a.x.late", "a.x.late", "-3/2")]


def test_an_amount_where_the_floor_is_reached() -> None:
    """8 x 0.5 = 4 off; of 8 x 1 = 8 the floor lets 6 through."""
    assert effects(("deduct: 0.5", "deduct: 1"), a__x__late=8) == [("rule", "a.x.late", "a.x.late", "-2")]


def test_weights() -> None:
    """X starts from 5 instead of 6; Y is judged."""
    assert effects(("weight: 6", "weight: 5"), ("weight: 4", "weight: 5")) == [("start", "a.x", "a.x", "-1")]


def test_a_scale() -> None:
    """X starts from 12, each point of which weighs 1/2, so that 1.5 off weighs 0.75."""
    assert effects(("weight: 6", "weight: 6, out_of: 12")) == [("rule", "a.x.late", "a.x.late", "3/4")]


def test_a_scale_of_a_group_weighs_what_is_within_it() -> None:
    """A is worth 5 of 15: X loses 0.75 of its 3 instead of 1.5 of its 6, and 3 judged points count 1.5.

    Weighted as in the newer rubric, the parts do the same under both. What A makes of
    them is 3.75 less: 7.5 before, 3.75 after.
    """
    found = effects(("total: 20", "total: 15"), ("    weight: 10\n", "    weight: 5\n    out_of: 10\n"))
    assert found == [("parts", "a", "a", "-15/4")]


def test_an_item_that_is_gone() -> None:
    """Y had 3 of 4 judged; X starts from 10 instead of 6."""
    y = "      - {id: y, title: Y1, weight: 4, rules: [{id: j, judge: 4}]}\n"
    assert effects((y, ""), ("weight: 6", "weight: 10")) == [
        ("start", "a.x", "a.x", "4"),
        ("item", "a.y", None, "-3"),
    ]


def test_an_item_that_is_new() -> None:
    """Z starts from 2; X from 4 instead of 6."""
    z = (
        "weight: 4, rules: [{id: poor, deduct: 1}, {id: late, deduct: 0.5, per: case}]}\n"
        "      - {id: z, title: Z, weight: 2, rules: [{id: r, deduct: 1}]}"
    )
    found = effects(("weight: 6, rules: [{id: late, deduct: 0.5, per: case}, {id: poor, deduct: 1}]}", z))
    assert found == [("start", "a.x", "a.x", "-2"), ("item", None, "a.z", "2")]


def test_a_rule_that_is_gone_and_one_that_is_new() -> None:
    found = effects(("{id: poor, deduct: 1}", "{id: lost, deduct: 2}"), a__x__lost=True)
    assert found == [("rule", None, "a.x.lost", "-2")]
    assert effects(("{id: late, deduct: 0.5, per: case}, ", "")) == [("rule", "a.x.late", None, "3/2")]


def test_a_group_that_is_new_is_one_effect_unless_something_in_it_is_old() -> None:
    """C is worth 10, of which D starts from 4 and X, which was in A, from 6, and loses 1.5 here as there."""
    d = (
        "  - id: c\n    title: C\n    weight: 10\n    items:\n"
        "      - {id: d, title: D, weight: 4, rules: [{id: r, deduct: 1}]}\n"
    )
    x = (
        "      - {id: x, title: X, weight: 6, "
        "rules: [{id: late, deduct: 0.5, per: case}, {id: poor, deduct: 1}]}\n"
    )
    moved = x.replace("title: X", "title: X, was: a.x")
    more = (("total: 20", "total: 30"), ("  - {id: b", d + x + "  - {id: b"))
    assert effects(*more, c__x__late=0) == [("item", None, "c", "10")]
    found = effects(
        ("total: 20", "total: 24"),
        (x, ""),
        ("    weight: 10\n", "    weight: 4\n"),
        ("  - {id: b", d + moved + "  - {id: b"),
        c__x__late=3,
    )
    assert found == [("item", None, "c.d", "4")]


def test_a_group_that_is_gone_but_for_what_was_in_it() -> None:
    """Y is gone with its 3 judged points, and X stands alone."""
    a = FORM[FORM.index("  - id: a") : FORM.index("  - {id: b")]
    x = (
        "  - {id: x, title: X, was: a.x, weight: 6, "
        "rules: [{id: late, deduct: 0.5, per: case}, {id: poor, deduct: 1}]}\n"
    )
    assert effects(("total: 20", "total: 16"), (a, x), x__late=3) == [("item", "a.y", None, "-3")]


def test_a_rule_that_moved() -> None:
    """1.5 is off in B instead of in X, where B has 4 to lose it from."""
    found = effects(
        ("{id: late, deduct: 0.5, per: case}, ", ""),
        (
            "rules: [{id: used",
            "start: zero, rules: [{id: late, was: a.x.late, deduct: 0.5, per: case}, {id: used",
        ),
        b__late=3,
    )
    assert found == []


def test_a_mean() -> None:
    """Of two parts each counts half: 0.5 x (3 x 0.5) less is off. Before, the mean of 4.5 and 3 was 3.75."""
    mean = (
        FORM.replace("    weight: 10\n", "    weight: 10\n    combine: mean\n")
        .replace("weight: 6", "weight: 10")
        .replace("weight: 4", "weight: 10")
    )
    assert effects(("deduct: 0.5", "deduct: 1"), form=mean) == [("rule", "a.x.late", "a.x.late", "-3/4")]


def test_the_least_of_the_parts() -> None:
    """The least part is 3 judged; under the newer rubric it is X with 10 - 9 = 1.

    X loses 7.5 more, and A takes 2 of that, which is 5.5 the other way.
    """
    least = (
        FORM.replace("    weight: 10\n", "    weight: 10\n    combine: min\n")
        .replace("weight: 6", "weight: 10")
        .replace("weight: 4", "weight: 10")
    )
    assert effects(("deduct: 0.5", "deduct: 3"), form=least) == [
        ("rule", "a.x.late", "a.x.late", "-15/2"),
        ("parts", "a", "a", "11/2"),
    ]


def test_a_gate() -> None:
    """Of 4.5 + 3 = 7.5 a gate leaves 5."""
    assert effects(
        ("    weight: 10\n", "    weight: 10\n    gates: [{id: g, when: served, at_most: 5}]\n")
    ) == [("gates", "a", "a", "-5/2")]


def test_a_rounding() -> None:
    """11.5 becomes 12."""
    assert effects(("places: 2", "places: 0")) == [("rounding", "", "", "1/2")]


def test_what_does_not_count() -> None:
    assert effects(("weight: 4, ", "weight: 4, counts_when: not served, ")) == [
        ("standing", "a.y", "a.y", "-3")
    ]


def test_what_has_no_score() -> None:
    """Y's 3 are gone, A's 4.5 and the whole's 4 of B with them, since there is no score above a void one."""
    found = effects(("weight: 4, ", "weight: 4, gates: [{id: v, when: served, score: none}], "))
    assert [(what, new) for what, _, new, _ in found] == [
        ("gates", "a.y"),
        ("standing", "a"),
        ("standing", ""),
    ]
    assert sum(Fraction(amount or "") for *_, amount in found) == Fraction("-11.5")


def test_what_is_unknown_is_not_reported_and_the_rest_is() -> None:
    found = effects(
        ("deduct: 0.5", "deduct: 1"), ("{id: j, judge: 4}", "{id: k, judge: 4}"), a__y__k=2, hidden=("a.y.k",)
    )
    assert found == [
        ("rule", "a.x.late", "a.x.late", "-3/2"),
        ("rule", "a.y.j", None, "-3"),
        ("rule", None, "a.y.k", None),
        ("rounding", "", "", None),
    ]


@pytest.mark.parametrize(
    ("edit", "unknown"),
    [
        (("weight: 4, ", "weight: 4, counts_when: not served, "), [("standing", "a.y")]),
        (("weight: 4, ", "weight: 4, gates: [{id: g, when: served, at_most: 2}], "), [("gates", "a.y")]),
        (
            ("weight: 4, ", "weight: 4, gates: [{id: g, when: served, score: none}], "),
            [("gates", "a.y"), ("standing", "a.y"), ("standing", "a"), ("rounding", ""), ("standing", "")],
        ),
        (
            (
                "    weight: 10\n",
                "    weight: 10\n    rules: [{id: r, deduct: 1, when: served, input: served}]\n",
            ),
            [("rule", "a.r")],
        ),
        (("    weight: 10\n", "    weight: 10\n    combine: sum\n    ceiling: 9\n"), []),
        (
            ("weight: 6, rules: [{id: late,", "weight: 6, rules: [{id: late, when: served,"),
            [("rule", "a.x.late")],
        ),
        (
            ("weight: 6, rules: [{id: late,", "weight: 6, floor: none, rules: [{id: late, when: served,"),
            [("rule", "a.x.late"), ("parts", "a")],
        ),
    ],
)
def test_what_a_fact_has_a_part_in(edit: tuple[str, str], unknown: list[tuple[str, str]]) -> None:
    """The rounding of the whole depends on every part; parts that only add up are no effect of their own."""
    found = [(what, new) for what, _, new, amount in effects(edit, hidden=("served",)) if amount is None]
    assert found == (unknown if not unknown or ("rounding", "") in unknown else [*unknown, ("rounding", "")])


def test_whether_an_item_counts_is_unknown_also_where_it_would() -> None:
    found = effects(("weight: 4, ", "weight: 4, counts_when: not served, "), hidden=("served",), served=False)
    assert [(what, new) for what, _, new, amount in found if amount is None] == [
        ("standing", "a.y"),
        ("rounding", ""),
    ]


def test_an_item_that_is_new_is_unknown_where_it_was_never_counted() -> None:
    z = (
        "weight: 4, rules: [{id: poor, deduct: 1}, {id: late, deduct: 0.5, per: case}]}\n"
        "      - {id: z, title: Z, weight: 2, rules: [{id: r, deduct: 1}]}"
    )
    found = effects(
        ("weight: 6, rules: [{id: late, deduct: 0.5, per: case}, {id: poor, deduct: 1}]}", z),
        hidden=("a.z.r",),
    )
    assert found == [("start", "a.x", "a.x", "-2"), ("item", None, "a.z", None), ("rounding", "", "", None)]


def test_a_rule_that_does_something_is_unknown_where_the_floor_may_stop_it() -> None:
    edit = ("weight: 6, rules: [{id: late,", "weight: 6, rules: [{id: late, when: served,")
    found = effects(edit, hidden=("served",), a__x__poor=True)
    assert [(what, new) for what, _, new, amount in found if amount is None] == [
        ("rule", "a.x.late"),
        ("rule", "a.x.poor"),
        ("rounding", ""),
    ]


def test_an_effect_is_plain() -> None:
    assert asdict(Effect("item", None, "a", Exact(1))) == {
        "what": "item",
        "old": None,
        "new": "a",
        "amount": Exact(1),
    }
