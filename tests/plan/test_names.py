"""A rubric's names: its inputs, the scope of a condition or formula, and the order of planning its items.

Language 8: “Names are inputs, by full path or, inside an item, by the rule's own id.”
"""

from fractions import Fraction
from typing import Any, NamedTuple

import pytest

from govrubric.expressions.operands import Operand, Refused, operand_of
from govrubric.formula.build import choice, const, flag, measured, tally_count
from govrubric.formula.build import number as number_input
from govrubric.formula.nodes import Formula, Input
from govrubric.plan.names import (
    Names,
    NameScope,
    every_text,
    excusing,
    fits,
    texts,
)
from making import item, number, text

OFF = {"id": "off", "deduct": 1, "per": "例"}
JUDGED = {"id": "judged", "judge": 5}


def part(id: str = "a", weight: int = 10, **fields: Any) -> dict[str, Any]:  # noqa: A002 - the key's name
    return item(id, weight, **{"rules": [OFF], **fields})


def group(id: str, *parts: dict[str, Any], **fields: Any) -> dict[str, Any]:  # noqa: A002 - the key's name
    return item(id, 10, items=list(parts), **fields)


# The texts of a rubric


def test_every_condition_and_formula_of_an_item_is_found_with_its_key() -> None:
    rules = [{**OFF, "when": "1 > 0"}, OFF, {"id": "f", "formula": "2", "when": "3 > 0"}]
    gates = [{"id": "g", "when": "4 > 0", "score": 0}, {"id": "h", "when": "5 > 0", "score": 0}]
    indicator = text(part(rules=rules, gates=gates, counts_when="0 > 0")).indicators[0]
    assert [(key, str(expression)) for key, expression in texts(indicator)] == [
        (("counts_when",), "0 > 0"),
        (("rules", 0, "when"), "1 > 0"),
        (("rules", 2, "when"), "3 > 0"),
        (("rules", 2, "formula"), "2"),
        (("gates", 0, "when"), "4 > 0"),
        (("gates", 1, "when"), "5 > 0"),
    ]


def test_every_text_of_a_rubric_is_found_with_its_place() -> None:
    of = text(
        group("g", part("a", counts_when="1 > 0")), gates=[{"id": "v", "when": "0 > 0", "score": 0}],
        grades=[{"grade": "A", "from": 1}, {"grade": "B", "when": "2 > 0"}, {"grade": "C"}],
    )  # fmt: skip
    assert [(path, str(expression)) for path, expression in every_text(of)] == [
        (("gates", 0, "when"), "0 > 0"),
        (("indicators", 0, "items", 0, "counts_when"), "1 > 0"),
        (("grades", 1, "when"), "2 > 0"),
    ]


def test_the_flag_that_excuses_an_item_is_named_by_its_path() -> None:
    assert (excusing("g.a"), excusing("")) == ("g.a.not_applicable", "not_applicable")


# Shared inputs


@pytest.mark.parametrize(
    ("own", "shared", "fit"),
    [
        (tally_count("x", "例"), tally_count("y", "次"), True),
        (tally_count("x", "例"), flag("y"), False),
        (tally_count("x", "例"), number_input("y", number(5)), False),
        (flag("x"), flag("y"), True),
        (flag("x"), tally_count("y", None), False),
        (choice("x", ("A", "B")), choice("y", ("B", "A")), True),
        (choice("x", ("A", "B", "C")), choice("y", ("C", "A")), True),
        (choice("x", ("A", "B")), choice("y", ("A", "C")), False),
        (choice("x", ("A", "B")), tally_count("y", None), False),
        (measured("x", 2, None), tally_count("y", None), True),
        (measured("x", 2, None), number_input("y", number(5), places=2), True),
        (measured("x", 2, None), number_input("y", number(5), places=3), False),
        (measured("x", 2, None), flag("y"), False),
        (measured("x", 2, None), choice("y", ("A",)), False),
        (number_input("x", number(5), places=2), number_input("y", number(5), places=2), True),
        (number_input("x", number(5), places=2), number_input("y", number("5.01"), places=2), False),
        (number_input("x", number(5), low=1, places=2), number_input("y", number(5), low=1, places=2), True),
        (number_input("x", number(5), low=1, places=2), number_input("y", number(5), places=2), False),
        (number_input("x", number(5)), tally_count("y", None), False),
        (
            number_input("x", number(5), places=1, step=number("0.5")),
            number_input("y", number(5), places=0),
            True,
        ),
        (
            number_input("x", number(5), places=1, step=number("0.5")),
            number_input("y", number(5), places=1),
            False,
        ),
        (
            number_input("x", number(5), places=1, step=number("0.5")),
            number_input("y", number(5), places=1, step=number("0.5")),
            True,
        ),
        (number_input("x", number(6), step=number(2)), number_input("y", number(6)), False),
        (
            number_input("x", number(6), places=1, step=number("0.1")),
            number_input("y", number(6), places=1),
            True,
        ),
    ],
)
def test_a_rule_reads_a_shared_input_each_value_of_which_fits(own: Input, shared: Input, fit: bool) -> None:
    assert fits(own, shared) is fit


SHARING = text(
    group(
        "g",
        part("a", 5, rules=[{**OFF, "input": "deaths"}, JUDGED]),
        part("b", 5, rules=[{"id": "c", "convert": 5, "input": "g.a.judged"}]),
    ),
    facts={"deaths": "count", "class": {"choice": ["A", "B"]}},
)


def test_a_rubrics_names_are_its_items_rules_and_inputs_in_file_order() -> None:
    names = Names.of(SHARING)
    assert list(names.items) == ["", "g", "g.a", "g.b"]
    assert [*names.rules] == ["g.a.off", "g.a.judged", "g.b.c"]
    assert list(names.inputs) == ["deaths", "class", "g.a.judged"]
    assert names.users == {"deaths": {""}, "class": {""}, "g.a.judged": {"g.a"}}


def test_the_flag_of_an_item_stands_before_the_inputs_of_its_rules() -> None:
    names = Names.of(text(group("g", part("a", not_applicable="zero"), not_applicable="full")))
    assert list(names.inputs) == ["g.not_applicable", "g.a.not_applicable", "g.a.off"]
    assert names.inputs["g.not_applicable"] == flag("g.not_applicable")


def test_the_inputs_of_a_rule_that_two_rubrics_share_are_made_once() -> None:
    names = Names.of(SHARING)
    again = Names.of(SHARING, names)
    assert again.inputs == names.inputs
    assert again.inputs["g.a.judged"] is names.inputs["g.a.judged"]
    assert Names.of(SHARING).inputs["g.a.judged"] is not names.inputs["g.a.judged"]
    other = Names.of(text(part("b", 5), group("g", part("a", rules=[{"id": "off", "deduct": 2}]))), names)
    assert {name for name in other.inputs if name.startswith("g")} == {"g.a.off"}
    assert (
        other.inputs["g.a.off"]
        == Names.of(text(group("g", part("a", rules=[{"id": "off", "deduct": 2}])))).inputs["g.a.off"]
    )


def test_a_rule_reads_its_own_inputs_or_the_one_that_it_shares() -> None:
    names = Names.of(SHARING)
    assert [given.name for given in names.of_rule("g.a.off")] == ["deaths"]
    assert [given.name for given in names.of_rule("g.a.judged")] == ["g.a.judged"]
    assert [given.name for given in names.of_rule("g.b.c")] == ["g.a.judged"]
    assert names.users["g.a.judged"] == {"g.a", "g.b"}


@pytest.mark.parametrize(
    "rule",
    [
        {**OFF, "input": "unknown"},
        {**OFF, "input": "class"},
        {"id": "off", "deduct": {"x": 1, "y": 2}, "per": "例", "input": "deaths"},
    ],
)
def test_a_rule_that_cannot_share_an_input_reads_its_own(rule: dict[str, Any]) -> None:
    names = Names.of(text(part(rules=[rule]), facts={"deaths": "count", "class": {"choice": ["A"]}}))
    assert all(given.name.startswith("a.off") for given in names.of_rule("a.off"))


# What may be left out


def test_an_item_is_excused_by_its_own_flag_and_those_above_it() -> None:
    names = Names.of(text(group("g", group("h", part("a", not_applicable="zero")), not_applicable="full")))
    assert names.excuses("g.h.a") == ("g.not_applicable", "g.h.a.not_applicable")
    assert names.excuses("g.h") == names.excuses("g") == ("g.not_applicable",)
    assert names.excuses("") == ()


def test_what_must_be_given_may_be_left_out_where_everybody_who_uses_it_is_excused() -> None:
    names = Names.of(
        text(group("g", part("a", rules=[JUDGED, OFF], not_applicable="zero"), not_applicable="full"))
    )
    assert names.excused() == {"g.a.judged": ("g.not_applicable", "g.a.not_applicable")}


def test_only_flags_at_or_above_every_user_excuse() -> None:
    names = Names.of(
        text(group("g", part("a", rules=[JUDGED], not_applicable="zero"), part("b"), not_applicable="full"))
    )
    names.users["g.a.judged"].add("g.b")
    assert names.excused() == {"g.a.judged": ("g.not_applicable",)}
    names.users["g.a.judged"].add("")
    assert names.excused() == {}


def test_a_fact_is_never_left_out() -> None:
    names = Names.of(text(part(not_applicable="zero"), facts={"class": {"choice": ["A"]}}))
    names.users["class"].add("a")
    assert names.excused() == {}


# What a name means


class Seen(NamedTuple):
    """The lines of an item, for a text that asks for them."""

    score: Formula = const(1)
    lost: Formula = const(2)
    reached: Formula = const(3)
    applies: Formula = const(4)


TWO_INPUTS = {"id": "f", "formula": "x", "inputs": {"x": "count", "off": "count"}}
NAMED = Names.of(
    text(
        group("g", part("a", rules=[OFF, TWO_INPUTS]), part("g", rules=[OFF])),
        facts={"x": "count", "y": "flag"},
    )
)  # fmt: skip


def where(item_path: str = "g.a", rule_path: str = "", **options: Any) -> NameScope:
    return NameScope(
        NAMED,
        {path: Seen(const(place)) for place, path in enumerate(NAMED.items)},
        item_path,
        rule_path,
        **options,
    )


@pytest.mark.parametrize(
    ("item_path", "rule_path", "name", "meant"),
    [
        ("g.a", "g.a.f", "x", "g.a.f.x"),
        ("g.a", "g.a.f", "off", "g.a.f.off"),
        ("g.a", "g.a.off", "off", "g.a.off"),
        ("g.a", "", "off", "g.a.off"),
        ("g.a", "", "x", "x"),
        ("g.a", "", "f.x", "g.a.f.x"),
        ("g.a", "g.a.f", "y", "y"),
        ("g.a", "", "g.a.off", "g.a.off"),
        ("g", "", "a.off", "g.a.off"),
        ("g", "", "g.off", "g.g.off"),
        ("", "", "g.a.off", "g.a.off"),
        ("g.a", "", "g.g.off", "g.g.off"),
        ("g.a", "", "g.off", None),
        ("", "", "off", None),
        ("g.a", "", "a", None),
        ("g.a", "", "f", None),
    ],
)
def test_a_name_is_looked_up_in_its_rule_then_in_its_item_then_as_a_path(
    item_path: str, rule_path: str, name: str, meant: str | None
) -> None:
    found = where(item_path, rule_path).value(name)
    given = found.formula if isinstance(found, Operand) else None
    assert (given.name if isinstance(given, Input) else None) == meant


def test_who_speaks_of_an_input_uses_it() -> None:
    names = Names.of(text(part("a", 5), part("b", 5)))
    assert NameScope(names, {}, "b").value("a.off") == operand_of(names.inputs["a.off"])
    assert names.users["a.off"] == {"a", "b"}
    assert NameScope(names, {}, "b").value("a.of") is None
    assert names.users.keys() == {"a.off", "b.off"}


def test_the_flag_of_an_item_has_no_user_until_somebody_speaks_of_it() -> None:
    names = Names.of(text(part(not_applicable="zero")))
    assert "a.not_applicable" not in names.users
    NameScope(names, {}, "a").value("not_applicable")
    assert names.users["a.not_applicable"] == {"a"}


def test_totals_have_names_where_there_are_totals() -> None:
    totals = {"total": const(7), "exact_total": const(8)}
    assert where("", totals=totals).value("total") == operand_of(const(7))
    assert where("", totals=totals).value("exact_total") == operand_of(const(8))
    assert where("").value("total") is None


@pytest.mark.parametrize(
    ("item_path", "name", "place"),
    [
        ("g", "a", 2),
        ("g", "g", 3),
        ("", "g", 1),
        ("g.a", "g", 1),
        ("g.a", "g.a", 2),
        ("g", "g.g", 3),
        ("", "g.a", 2),
    ],
)
def test_an_item_is_looked_up_within_its_asker_and_then_as_a_path(
    item_path: str, name: str, place: int
) -> None:
    assert where(item_path).item(name) == Seen(const(place))


@pytest.mark.parametrize(
    ("item_path", "name"), [("g.a", "a"), ("", "a"), ("g", "off"), ("g.a", "off"), ("", ""), ("g", "zzz")]
)
def test_what_is_no_item_is_not_found(item_path: str, name: str) -> None:
    assert where(item_path).item(name) is None


def test_asking_for_an_item_that_is_not_built_closes_a_circle() -> None:
    assert NameScope(NAMED, {}, "g.a").item("g") == ["g.a", "g"]
    assert NameScope(NAMED, {}, "g.a", circles={("g.a", "g"): ["g", "g.a", "g"]}).item("g") == [
        "g",
        "g.a",
        "g",
    ]


def test_asking_closes_the_circle_that_was_found_though_the_item_is_built() -> None:
    assert where("g.a", circles={("g.a", "g"): ["g", "g.a", "g"]}).item("g") == ["g", "g.a", "g"]
    assert where("g.a", circles={("g.g", "g"): ["g", "g.g", "g"]}).item("g") == Seen(const(1))


@pytest.mark.parametrize(
    ("item_path", "name", "inside"),
    [
        ("", "g", "g.a.off"),
        ("", "g.a", "g.a.off"),
        ("g.a", "f", "g.a.f.x"),
        ("g", "g", "g.g.off"),
        ("g.a", "off", ""),
        ("", "off", None),
        ("", "x", None),
    ],
)
def test_for_an_item_or_a_rule_an_input_within_it_is_known(
    item_path: str, name: str, inside: str | None
) -> None:
    assert where(item_path).inside(name) == inside


def test_names_that_are_known_are_the_totals_those_near_and_all() -> None:
    every = ["x", "y", "g.a.off", "g.a.f.x", "g.a.f.off", "g.g.off"]
    assert list(where("", totals={"total": const(1)}).inputs()) == ["total", *every]
    assert list(where("g.a").inputs()) == ["off", "f.x", "f.off", *every]
    assert list(where("g").items()) == ["g", "g.a", "g.g"]


def test_near_names_are_those_of_the_hints_that_all_texts_of_a_rubric_share(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    scope = where("g.a")
    assert scope.nearest("of", scope.inputs()) == "off"
    monkeypatch.setattr(scope.names.hints, "left", 0)  # the names are those of other tests too
    assert scope.nearest("of", scope.inputs()) == ""


@pytest.mark.parametrize(
    ("item_path", "name", "path"),
    [
        ("g", "a", "g.a"),
        ("g", "g", "g.g"),
        ("", "g", "g"),
        ("g.a", "g.a", "g.a"),
        ("g", "zzz", None),
        ("g", "", None),
    ],
)
def test_the_name_of_an_item_stands_for_its_full_path(item_path: str, name: str, path: str | None) -> None:
    assert where(item_path).path_of_item(name) == path


def test_numbers_are_whole_where_steps_are() -> None:
    assert fits(number_input("x", number(6), step=Fraction(1)), number_input("y", number(6)))


def test_a_rule_that_reads_the_flag_of_an_item_uses_it() -> None:
    names = Names.of(
        text(
            part("a", not_applicable="zero"),
            part("b", rules=[{"id": "late", "deduct": 1, "input": "a.not_applicable"}]),
        )
    )
    assert [given.name for given in names.of_rule("b.late")] == ["a.not_applicable"]
    assert names.users["a.not_applicable"] == {"b"}


# Named values

VALUED = Names.of(
    text(
        item(
            "a",
            10,
            rules=[
                {"id": "late", "deduct": {"low": 1, "high": 2}, "per": "case"},
                {"id": "n", "deduct": 1},
                {"id": "f", "formula": "y"},
            ],
            values={"heavy": {"formula": "late > 3"}, "n": {"formula": "late + 1"}, "x": {"formula": "2"}},
        ),
        item("b", 10, rules=[OFF], values={"near": {"formula": "early + 1"}}),
        facts={"x": "count", "y": "count"},
        values={
            "early": {"formula": "y + other"},
            "other": {"formula": "y * 2"},
            "scored": {"formula": "score(b)"},
            "on": {"formula": "scored > 1"},
            "within": {"formula": "a.values.heavy"},
            "b": {"formula": "1"},
            "f": {"formula": "1"},
        },
    )
)
ONE = Operand("number", const(1))


def scope(item_path: str = "a", **options: Any) -> NameScope:
    return NameScope(VALUED, {}, item_path, **options)


@pytest.mark.parametrize(
    ("item_path", "name", "meant"),
    [
        ("a", "heavy", ["a.values.heavy"]),
        ("a", "early", ["values.early"]),
        ("a", "values.early", ["values.early"]),
        ("b", "a.values.heavy", ["a.values.heavy"]),
        ("", "heavy", []),
        ("a", "late", ["a.late"]),
        ("a", "n", ["a.n", "a.values.n"]),  # of the same item: nobody can tell which
        ("a", "x", ["a.values.x"]),  # within the item before the fact of the rubric
        ("b", "x", ["x"]),
        ("", "b", ["b", "values.b"]),
        ("a", "b", ["b", "values.b"]),
        ("b", "off", ["b.off"]),
        ("b", "nothing", []),
        ("a", "f", []),  # the rule of the item hides the value of the rubric
        ("b", "f", ["values.f"]),
    ],
)
def test_what_a_name_may_mean_among_inputs_rules_and_values(
    item_path: str, name: str, meant: list[str]
) -> None:
    assert scope(item_path).meant(name) == meant
    assert scope(item_path).path_of(name) == (meant[0] if meant else None)


def test_a_value_is_what_was_planned_for_it_and_is_used_from_then_on() -> None:
    VALUED.used.clear()
    assert scope(values={"values.early": ONE}).value("early") is ONE
    assert VALUED.used == {"values.early"}


def test_a_name_of_two_things_of_an_item_is_refused_with_both() -> None:
    assert scope().value("n") == Refused("GR528", {"name": "n", "path": "a.n", "other": "a.values.n"})


def test_a_value_that_asks_for_itself_closes_a_circle() -> None:
    asked = scope(circles={("a", "values.early"): ["a", "values.early", "a"]}, values={"values.early": ONE})
    assert asked.value("early") == Refused("GR509", {"name": "early", "circle": "a → values.early → a"})
    assert scope(node="values.on").value("early") == Refused(
        "GR509", {"name": "early", "circle": "values.on → values.early"}
    )
    node = scope(node="values.on", circles={("a", "values.early"): ["x"]}, values={"values.early": ONE})
    assert node.value("early") is ONE


@pytest.mark.parametrize(
    ("path", "early"),
    [
        ("values.early", True),
        ("values.other", True),
        ("values.scored", False),
        ("values.on", False),
        ("values.within", False),
        ("a.values.heavy", False),
    ],
)
def test_a_value_is_known_early_if_no_score_and_no_item_is_behind_it(path: str, early: bool) -> None:
    assert VALUED.known_early(path) is early


def test_whether_an_item_applies_may_need_what_is_known_early_alone() -> None:
    planned = dict.fromkeys(VALUED.values, ONE)
    assert scope("", user="b", values=planned).value("early") is ONE
    assert scope("", user="b", values=planned).value("on") == Refused("GR522", {"text": "on"})


def test_a_rule_with_levels_is_their_sum_and_the_item_uses_each() -> None:
    VALUED.users["a.late.low"].discard("b")
    total = scope("b").value("a.late")
    assert isinstance(total, Operand)
    assert [total.formula.lo, total.formula.hi] == [0, 2 * 10**9]
    assert "b" in VALUED.users["a.late.low"]


def test_names_that_are_known_are_those_of_values_too() -> None:
    assert list(scope("a").inputs()) == [
        "late.low", "late.high", "n", "x", "y", "a.late.low", "a.late.high", "a.n", "b.off",
        "heavy", "n", "x", "early", "other", "scored", "on", "within", "b", "f",
        "values.early", "values.other", "values.scored", "values.on", "values.within", "values.b", "values.f",
        "a.values.heavy", "a.values.n", "a.values.x", "b.values.near",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("own", "shared", "fit"),
    [
        (None, measured("m", 0, None), False),
        (Fraction(2), number_input("s", Fraction(9)), False),
        (Fraction(2), number_input("s", Fraction(9), low=2), True),
        (Fraction(2), number_input("s", Fraction(9), low=1), False),
        (Fraction(2), number_input("s", Fraction(9), gap=Fraction(2)), True),
        (Fraction(2), number_input("s", Fraction(9), gap=Fraction(3)), True),
        (Fraction(2), number_input("s", Fraction(9), gap=Fraction(1)), False),
        (Fraction(2), tally_count("s", None, 9), False),
        (Fraction(1), tally_count("s", None, 9), True),
        (Fraction(1, 2), tally_count("s", None, 9), True),
        (Fraction(1), number_input("s", Fraction(9)), False),
    ],
)
def test_a_shared_number_has_no_value_in_the_gap(own: Fraction | None, shared: Input, fit: bool) -> None:
    assert fits(number_input("own", Fraction(9), gap=own), shared) is fit
