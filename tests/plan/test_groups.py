"""A group's base: each way of combining, dropped parts and parts that leave, against sums worked out by hand.

Language 3: “rescale: the item's weight leaves the group, and the rest is scaled up to the group's full
marks; full,
zero: it contributes all or nothing; spread: its weight is shared evenly among the applicable parts.”
"""

from decimal import Decimal
from fractions import Fraction
from typing import Any, NamedTuple

import pytest

from govrubric.formula.build import add, const, flag, scale
from govrubric.formula.build import number as number_input
from govrubric.formula.nodes import Formula, Ratio, names
from govrubric.language.rubric_text import Item
from govrubric.plan.groups import Part, combine, group_applies
from making import item, number, text, value


class Given(NamedTuple):
    """A part: its weight, what it contributes, and whether it applies."""

    weight: int | str
    gives: str
    policy: str | None = None
    here: bool = True
    extra: bool = False


def formula(
    how: str,
    *parts: Given,
    drop: dict[str, int] | None = None,
    low: int = 0,
) -> Formula:
    """The base of a group worth 10 on its own scale.

    The inputs of its parts are `x0`, `x1` …, what they contribute, in hundredths, and the flags `f0`, `f1` ….
    """
    drop_ = {} if drop is None else {"drop": drop}
    children = [
        item("abcdef"[i], number(part.weight), extra=part.extra, **_policy(part))
        for i, part in enumerate(parts)
    ]
    group = text(item("g", 10, combine=how, items=children, **drop_)).indicators[0]
    combined = [
        Part(
            child,
            number_input(f"x{i}", number(part.weight), low=low, places=2),
            flag(f"f{i}") if part.policy else const(1),
        )
        for i, (child, part) in enumerate(zip(group.items, parts, strict=True))
    ]
    return combine(group, number(10), combined)


def _policy(part: Given) -> dict[str, Any]:
    return {} if part.policy is None else {"not_applicable": part.policy}


def base_of(how: str, *parts: Given, **options: Any) -> str:
    """What the parts come to, in digits."""
    base = formula(how, *parts, **options)
    given: dict[str, int] = {}
    for i, part in enumerate(parts):
        given |= {f"x{i}": int(Decimal(part.gives) * 100), f"f{i}": int(part.here)}
    return str(value(base, **{name: given[name] for name in names(base)}))


@pytest.mark.parametrize(("how", "base"), [("sum", "25/2"), ("mean", "25/6"), ("min", "3/2"), ("max", "7")])
def test_parts_are_added_averaged_or_the_least_or_greatest_of_them_counts(how: str, base: str) -> None:
    # 4 + 7 + 1.5 = 12.5, a third of which is 25/6.
    assert base_of(how, Given(10, "4"), Given(10, "7"), Given(10, "1.5")) == base


def test_one_part_alone_is_what_it_is() -> None:
    assert [base_of(how, Given(10, "4.25")) for how in ("sum", "mean", "min", "max")] == ["17/4"] * 4


@pytest.mark.parametrize(
    ("how", "drop", "base"),
    [
        ("sum", {"lowest": 1}, "15"),  # 4 + 5 + 6
        ("sum", {"highest": 1}, "12"),  # 3 + 4 + 5
        ("sum", {"lowest": 2, "highest": 1}, "5"),
        ("mean", {"lowest": 1}, "5"),
        ("mean", {"highest": 1}, "4"),
        ("mean", {"lowest": 1, "highest": 1}, "9/2"),
        ("mean", {"lowest": 0, "highest": 3}, "3"),
        ("min", {"lowest": 1}, "4"),
        ("min", {"lowest": 3}, "6"),
        ("min", {"highest": 2}, "3"),
        ("max", {"highest": 1}, "5"),
        ("max", {"highest": 2}, "4"),
        ("max", {"lowest": 2}, "6"),
    ],
)
def test_the_lowest_and_the_highest_are_dropped(how: str, drop: dict[str, int], base: str) -> None:
    assert base_of(how, Given(10, "5"), Given(10, "3"), Given(10, "6"), Given(10, "4"), drop=drop) == base


@pytest.mark.parametrize(
    ("drop", "base"),
    [
        ({"lowest": 5}, "6"),
        ({"highest": 5}, "3"),
        ({"lowest": 1, "highest": 9}, "5"),
        ({"lowest": 9, "highest": 9}, "6"),
    ],
)
def test_one_part_is_always_left_and_fewer_of_the_highest_are_dropped_first(
    drop: dict[str, int], base: str
) -> None:
    for how in ("sum", "mean", "min", "max"):
        assert base_of(how, Given(10, "3"), Given(10, "6"), Given(10, "5"), drop=drop) == base


def test_a_part_that_leaves_lets_the_rest_be_scaled_up_to_the_full_marks() -> None:
    # 4 + 1.5 of 8, which is 5.5 x 10/8.
    assert base_of("sum", Given(5, "4"), Given(3, "1.5"), Given(2, "0", "rescale", here=False)) == "55/8"
    assert base_of("sum", Given(5, "4"), Given(3, "1.5"), Given(2, "1", "rescale")) == "13/2"


def test_two_parts_that_leave_are_scaled_away_together() -> None:
    # 4 of 5: 4 x 10/5; 6 of 7: 6 x 10/7
    assert (
        base_of(
            "sum", Given(5, "4"), Given(3, "0", "rescale", here=False), Given(2, "0", "rescale", here=False)
        )
        == "8"
    )
    assert (
        base_of("sum", Given(5, "4"), Given(3, "0", "rescale", here=False), Given(2, "2", "rescale"))
        == "60/7"
    )


def test_the_weight_of_a_part_that_leaves_is_shared_out_evenly() -> None:
    # The 2 are 1 for each of the two: 5.5 + 4/5 + 1.5/3 = 6.8.
    assert base_of("sum", Given(5, "4"), Given(3, "1.5"), Given(2, "0", "spread", here=False)) == "34/5"
    assert base_of("sum", Given(5, "4"), Given(3, "1.5"), Given(2, "1", "spread")) == "13/2"


def test_the_weights_of_two_parts_are_shared_out_together() -> None:
    # 3 + 2 go to the part that is left: 4 + 5 x 4/5.
    assert (
        base_of(
            "sum", Given(5, "4"), Given(3, "0", "spread", here=False), Given(2, "0", "spread", here=False)
        )
        == "8"
    )
    # 2 go to two: 4 + 1.5 + 1 x (4/5 + 1.5/3).
    assert (
        base_of("sum", Given(5, "4"), Given(3, "1.5", "spread"), Given(2, "0", "spread", here=False))
        == "34/5"
    )


def test_what_is_shared_out_is_scaled_up_where_other_parts_are_scaled_away() -> None:
    parts = (
        Given(4, "3"),
        Given(3, "1.5"),
        Given(2, "0", "spread", here=False),
        Given(1, "0", "rescale", here=False),
    )
    # (4.5 + 2/2 x (3/4 + 1.5/3)) x 10/9 = 5.75 x 10/9
    assert base_of("sum", *parts) == "115/18"


def test_a_part_that_stays_with_all_or_nothing_gets_no_share() -> None:
    # The 2 go to the one part that applies: 4 + 3 + 2 x 4/5.
    assert (
        base_of("sum", Given(5, "4"), Given(3, "3", "full", here=False), Given(2, "0", "spread", here=False))
        == "43/5"
    )
    assert (
        base_of("sum", Given(5, "4"), Given(3, "0", "zero", here=False), Given(2, "0", "spread", here=False))
        == "28/5"
    )


def test_a_part_that_stays_with_all_or_nothing_is_scaled_up_with_the_rest() -> None:
    assert (
        base_of("sum", Given(5, "4"), Given(3, "3", "full", here=False), Given(2, "0", "rescale", here=False))
        == "35/4"
    )
    assert (
        base_of("sum", Given(5, "4"), Given(3, "0", "zero", here=False), Given(2, "0", "rescale", here=False))
        == "5"
    )


def test_parts_that_stay_with_all_or_nothing_take_no_dividing() -> None:
    base = formula("sum", Given(5, "4"), Given(3, "3", "full"), Given(2, "0", "zero"))
    assert (base.den, str(base.lo), str(base.hi)) == (100, "0", "10")
    assert (
        base_of("sum", Given(5, "4"), Given(3, "3", "full", here=False), Given(2, "0", "zero", here=False))
        == "7"
    )


@pytest.mark.parametrize("policy", ["rescale", "spread"])
def test_where_every_part_leaves_there_is_a_number_that_nobody_looks_at(policy: str) -> None:
    assert base_of("sum", Given(5, "0", policy, here=False), Given(5, "0", policy, here=False)) == "0"
    for how in ("mean", "min", "max"):
        assert base_of(how, Given(10, "0", policy, here=False), Given(10, "0", policy, here=False)) == "0"


def test_a_quotient_keeps_all_its_digits() -> None:
    """Language 3: “Nothing rounds but `round`.”"""
    # 1 x 10/3, and (2 + 2 + 6)/3
    assert base_of("sum", Given(3, "1"), Given(7, "0", "rescale", here=False)) == "10/3"
    three = Given(10, "2"), Given(10, "2"), Given(10, "6")
    assert base_of("mean", *three, Given(10, "0", "rescale", here=False)) == "10/3"


def test_a_sum_is_exact_as_long_as_nobody_leaves() -> None:
    group = text(item("g", 10, items=[item("a", 3), item("b", 7, not_applicable="rescale")])).indicators[0]
    thirds = scale(number_input("x", number(1)), Fraction(1, 3))
    base = combine(
        group,
        number(10),
        [Part(group.items[0], thirds, const(1)), Part(group.items[1], const(7), flag("f"))],
    )
    assert str(value(base, x=1, f=1)) == "22/3"  # 1/3 + 7


@pytest.mark.parametrize("policy", ["rescale", "spread"])
def test_a_mean_leaves_out_who_leaves(policy: str) -> None:
    parts = Given(10, "4"), Given(10, "7"), Given(10, "0", policy, here=False)
    assert base_of("mean", *parts) == "11/2"
    assert (
        base_of("mean", parts[0], Given(10, "0", policy, here=False), Given(10, "0", policy, here=False))
        == "4"
    )
    # All three: 13/3.
    assert base_of("mean", *parts[:2], Given(10, "2", policy)) == "13/3"


def test_a_mean_lies_between_its_parts_whoever_is_dropped_or_leaves() -> None:
    """Language 8: “every line has bounds known beforehand”, no wider than what a mean can come to."""
    parts = [Given(10, "4", "rescale"), *[Given(10, "4")] * 5]
    base = formula("mean", *parts, drop={"lowest": 1, "highest": 1})
    assert (base.lo, base.hi) == (Fraction(0), Fraction(10))
    assert (formula("mean", *parts, low=-2).lo, formula("mean", *parts, low=-2).hi) == (
        Fraction(-2),
        Fraction(10),
    )


def test_a_mean_counts_who_stays_with_nothing_and_is_then_exact() -> None:
    assert base_of("mean", Given(10, "4"), Given(10, "7"), Given(10, "0", "zero", here=False)) == "11/3"
    assert base_of("mean", Given(10, "4"), Given(10, "7"), Given(10, "10", "full", here=False)) == "7"


@pytest.mark.parametrize(
    ("drop", "here", "base"),
    [
        ({"lowest": 1}, (True, True, True), "5"),  # 4 and 6
        ({"lowest": 1}, (True, True, False), "4"),
        ({"lowest": 1}, (True, False, False), "3"),
        ({"highest": 1}, (True, True, True), "7/2"),
        ({"highest": 1}, (True, True, False), "3"),
        ({"highest": 1}, (False, False, True), "6"),
        ({"lowest": 1, "highest": 1}, (True, True, True), "4"),
        ({"lowest": 1, "highest": 1}, (True, True, False), "4"),  # fewer of the highest
        ({"lowest": 1, "highest": 1}, (True, False, False), "3"),
        ({"lowest": 2}, (True, True, False), "4"),
    ],
)
def test_a_mean_drops_of_those_that_are_left(drop: dict[str, int], here: tuple[bool, ...], base: str) -> None:
    parts = [
        Given(10, gives if applies else "0", "rescale", here=applies)
        for gives, applies in zip(("3", "4", "6"), here, strict=True)
    ]
    assert base_of("mean", *parts, drop=drop) == base


@pytest.mark.parametrize("policy", ["rescale", "spread"])
def test_the_least_and_the_greatest_are_of_those_that_do_not_leave(policy: str) -> None:
    parts = Given(10, "4"), Given(10, "7"), Given(10, "0", policy, here=False)
    assert (base_of("min", *parts), base_of("max", *parts)) == ("4", "7")
    last = Given(10, "0", policy, here=False), Given(10, "-3", policy), parts[2]
    assert (base_of("min", *last, low=-10), base_of("max", *last, low=-10)) == ("-3", "-3")


def test_the_least_counts_who_stays_with_nothing() -> None:
    assert base_of("min", Given(10, "4"), Given(10, "0", "zero", here=False)) == "0"
    assert base_of("max", Given(10, "4"), Given(10, "10", "full", here=False)) == "10"


@pytest.mark.parametrize(
    ("how", "base"), [("sum", "19/2"), ("mean", "11/2"), ("min", "9/2"), ("max", "13/2")]
)
def test_extra_parts_come_on_top_whatever_the_combination(how: str, base: str) -> None:
    # Of 3 and 5; 1 and 0.5 on top.
    assert (
        base_of(how, Given(4, "1", extra=True), Given(10, "3"), Given(10, "5"), Given(1, "0.5", extra=True))
        == base
    )


def test_extra_parts_are_not_dropped() -> None:
    assert (
        base_of("sum", Given(10, "3"), Given(10, "5"), Given(4, "1", extra=True), drop={"lowest": 1}) == "6"
    )
    assert (
        base_of("mean", Given(10, "3"), Given(10, "5"), Given(10, "9", extra=True), drop={"highest": 1})
        == "12"
    )


def test_extra_parts_are_added_behind_the_quotient_and_get_no_share() -> None:
    # 1 x 10/3, and 0.25 on top
    assert (
        base_of("sum", Given(3, "1"), Given(7, "0", "rescale", here=False), Given(2, "0.25", extra=True))
        == "43/12"
    )
    # 4 + 5 x 4/5, and 1 on top
    assert (
        base_of("sum", Given(5, "4"), Given(5, "0", "spread", here=False), Given(2, "1", extra=True)) == "9"
    )


def test_a_group_of_extra_parts_only_which_a_lint_refuses_is_their_sum() -> None:
    assert base_of("sum", Given(4, "1", extra=True), Given(4, "2", extra=True)) == "3"


@pytest.mark.parametrize("policy", ["rescale", "spread"])
def test_the_bounds_of_a_sum_that_is_scaled_are_those_of_its_shares(policy: str) -> None:
    # Each part contributes from nothing to its weight, and so does the sum; from -6 of 6 and of 4, it is
    # down to -15.
    base = formula("sum", Given(6, "0"), Given(4, "0", policy))
    assert (str(base.lo), str(base.hi)) == ("0", "10")
    base = formula("sum", Given(6, "0"), Given(4, "0", policy), low=-6)
    assert (str(base.lo), str(base.hi)) == ("-15", "10")


def test_the_bounds_of_a_mean_are_the_least_and_the_greatest() -> None:
    base = formula("mean", Given(10, "0"), Given("1/3", "0", "rescale"), low=-1)
    assert (str(base.lo), str(base.hi)) == ("-1", "10")
    base = formula("mean", Given("1/3", "0"), Given("1/3", "0", "rescale"))
    assert (str(base.lo), str(base.hi)) == ("0", "1/3")


@pytest.mark.parametrize("how", ["sum", "mean"])
def test_nothing_is_divided_where_no_part_may_leave(how: str) -> None:
    assert not _divides(formula(how, Given(6, "0"), Given(3, "0", "zero"), Given(1, "0", "full")))
    assert _divides(formula(how, Given(6, "0"), Given(4, "0", "rescale")))


def _divides(base: Formula) -> bool:
    return isinstance(base, Ratio) or any(map(_divides, base.parts()))


def test_a_group_applies_where_one_of_its_parts_does_that_is_not_extra() -> None:
    part, extra = (Item.model_validate(item("a", 1, extra=extra)) for extra in (False, True))
    group = Item.model_validate(item("g", 1))
    base = group_applies(group, [(part, flag("a")), (part, flag("b")), (extra, flag("c"))])
    assert sorted(names(base)) == ["a", "b"]
    assert [str(value(base, a=a, b=b)) for a, b in ((0, 0), (0, 1), (1, 0))] == ["0", "1", "1"]
    unweighed = Item.model_validate({"id": "g", "title": "g", "extra": True, "items": [item("a", 1)]})
    assert sorted(names(group_applies(unweighed, [(extra, flag("c"))]))) == ["c"]


@pytest.mark.parametrize(
    ("policy", "leaves"),
    [("rescale", True), ("spread", True), ("full", False), ("zero", False), (None, False)],
)
def test_who_stays_is_always_counted(policy: str | None, leaves: bool) -> None:
    part = Part(Item.model_validate(item("a", 1, not_applicable=policy)), const(0), flag("f"))
    assert part.here == (flag("f") if leaves else const(1))


def test_contributions_that_are_formulas_are_used_once_for_each_place() -> None:
    group = text(item("g", 10, items=[item("a", 10), item("b", 10)], combine="mean")).indicators[0]
    parts = [Part(part, add(flag(f"x{i}"), const(1)), const(1)) for i, part in enumerate(group.items)]
    assert str(value(combine(group, number(10), parts), x0=1, x1=0)) == "3/2"
