"""`judged`: points that an assessor sets within a range, taken or added, in all or for each case."""

from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from pydantic import ValidationError

from govrubric.diagnostics.diagnostic import Lang
from govrubric.formula.nodes import Each
from govrubric.language.rules._points import PointsRule
from govrubric.language.rules._rule import Amount, Counting
from govrubric.language.rules.award import Award
from govrubric.language.rules.deduct import Deduct
from making import effect, number, rule, said

UP_TO = rule(Deduct, deduct="judged", to=3)
BETWEEN = rule(Deduct, deduct="judged", **{"from": 2}, to=6)
EACH = rule(Deduct, deduct="judged", **{"from": 5}, to=10, per="例")
EACH_UP_TO = rule(Deduct, deduct="judged", to=Decimal("0.5"), per="每例")
MERIT = rule(Award, award="judged", to=2, step=Decimal("0.5"), places=1)
RANGED_MERIT = rule(Award, award="judged", **{"from": 1}, to=2, per="case")


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"deduct": "judge", "to": 3}, "GR208"),
        ({"deduct": "judged", "to": 0}, "GR214"),
        ({"deduct": "judged", "to": [3]}, "GR223"),
        ({"deduct": "judged", "to": 3, "from": "none"}, "GR208"),
        ({"deduct": "judged", "to": 3, "places": 7}, "GR221"),
        ({"deduct": "judged", "to": 3, "step": 0}, "GR214"),
    ],
)
def test_a_wrong_field_is_refused(fields: dict[str, Any], code: str) -> None:
    with pytest.raises(ValidationError) as refused:
        rule(Deduct, **fields)
    assert [error["type"] for error in refused.value.errors()] == [code]


JUDGED = {"deduct": "judged"}


@pytest.mark.parametrize(
    ("fields", "problem"),
    [
        (JUDGED, ("GR202", "to", {"key": "to"})),
        (JUDGED | {"to": 3, "from": -1}, ("GR214", "from", {"value": "-1"})),
        (
            JUDGED | {"to": 2, "from": 6},
            ("GR334", "from", {"name": "r", "least": "from", "most": "to", "low": "6", "high": "2"}),
        ),
        (
            JUDGED | {"to": 3, "from": Decimal("0.125")},
            ("GR335", "to", {"name": "r", "least": "from", "most": "to", "places": "2"}),
        ),
        (
            JUDGED | {"to": Decimal("2.5"), "places": 0},
            ("GR335", "to", {"name": "r", "least": "from", "most": "to", "places": "0"}),
        ),
        (
            JUDGED | {"to": 3, "places": 1, "step": Decimal("0.25")},
            ("GR309", "step", {"step": "0.25", "places": "1"}),
        ),
        (JUDGED | {"to": 3, "step": 2}, ("GR344", "to", {"key": "to", "value": "3", "step": "2"})),
        (
            JUDGED | {"from": 1, "to": 3, "step": 2},
            ("GR344", "from", {"key": "from", "value": "1", "step": "2"}),
        ),
        (JUDGED | {"to": 3, "take": "highest"}, ("GR308", "take", {"verb": "deduct"})),
        ({"deduct": 1, "to": 3}, ("GR331", "to", {"key": "to", "verb": "deduct"})),
        ({"deduct": 1, "from": 3}, ("GR331", "from", {"key": "from", "verb": "deduct"})),
        ({"deduct": 1, "step": 3}, ("GR331", "step", {"key": "step", "verb": "deduct"})),
        ({"deduct": 1, "places": 0}, ("GR331", "places", {"key": "places", "verb": "deduct"})),
    ],
)
def test_fields_that_do_not_fit_each_other_are_a_finding(
    fields: dict[str, Any], problem: tuple[str, str, dict[str, str]]
) -> None:
    assert rule(Deduct, **fields).problems() == (problem,)


@pytest.mark.parametrize("of", [UP_TO, BETWEEN, EACH, EACH_UP_TO, MERIT, RANGED_MERIT])
def test_a_range_that_fits_is_right(of: PointsRule) -> None:
    assert of.problems() == ()


@pytest.mark.parametrize(
    ("of", "given", "points"),
    [
        (UP_TO, ["0"], "0"),
        (UP_TO, ["2.25"], "-2.25"),
        (BETWEEN, ["6"], "-6"),
        (EACH, ["3", "20"], "-20"),
        (MERIT, ["1.5"], "1.5"),
        (RANGED_MERIT, ["2", "3"], "3"),
        (rule(Deduct, deduct="judged", to=3, at_most=2), ["2.5"], "-2"),
    ],
)
def test_what_was_judged_is_taken_or_added(of: PointsRule, given: list[str], points: str) -> None:
    assert effect(of, *given) == number(points)


@pytest.mark.parametrize(
    ("of", "wanted"),
    [
        (UP_TO, ("3", 2, None, None)),
        (BETWEEN, ("6", 2, None, "2")),
        (MERIT, ("2", 1, "0.5", None)),
    ],
)
def test_the_points_must_be_given_within_the_range(of: PointsRule, wanted: tuple[object, ...]) -> None:
    (points,) = of.inputs("a.r")
    shown = [None if one is None else str(Fraction(one)) for one in (points.step, points.gap)]
    step, gap = wanted[2:]
    assert shown == [None if step is None else str(number(str(step))), gap]
    assert (points.name, points.kind, str(points.lo), str(points.hi), points.places) == (
        *("a.r", "number", "0"),
        *wanted[:2],
    )
    assert points.required


@pytest.mark.parametrize(
    ("of", "most_cases", "most_points", "each"),
    [
        (EACH, "100000000", "1000000000", ("5", "10")),
        (EACH_UP_TO, "1000000000", "500000000", ("0", "1/2")),
        (rule(Deduct, deduct="judged", to=3, per="例"), "333333333", "999999999", ("0", "3")),
        (rule(Deduct, deduct="judged", to=2 * 10**9, per="例"), "1", "2000000000", ("0", "2000000000")),
    ],
)
def test_cases_and_points_go_together(
    of: PointsRule, most_cases: str, most_points: str, each: tuple[str, str]
) -> None:
    """However many cases there may be, there are points for them."""
    cases, points = of.inputs("a.r")
    assert (cases.name, cases.kind, str(cases.hi), cases.required) == (
        "a.r.cases",
        "count",
        most_cases,
        False,
    )
    assert (points.name, points.kind, str(points.hi)) == ("a.r.points", "number", most_points)
    assert points.each == Each("a.r.cases", number(each[0]), number(each[1]))
    assert points.required


@pytest.mark.parametrize(
    ("cases", "points", "holds"),
    [(0, 0, True), (0, 1, False), (2, 10, True), (2, 9, False), (2, 20, True), (2, 21, False)],
)
def test_each_case_has_points_within_the_range(cases: int, points: int, holds: bool) -> None:
    assert Each("n", number(5), number(10)).holds(number(cases), number(points)) is holds


@pytest.mark.parametrize(
    ("of", "lang", "words"),
    [
        (UP_TO, "en", "judged, up to 3 off"),
        (UP_TO, "zh", "在3分内酌情扣分"),
        (BETWEEN, "en", "judged, 2 to 6 off, or nothing"),
        (BETWEEN, "zh", "视情节扣2至6分，也可不扣"),
        (EACH, "en", "judged, 5 to 10 off per 例"),
        (EACH, "zh", "每例酌情扣5至10分"),
        (rule(Deduct, deduct="judged", **{"from": 6}, to=6), "zh", "视情节扣6分，也可不扣"),
        (rule(Award, award="judged", **{"from": 6}, to=6, per="件"), "en", "judged, 6 added per 件"),
        (EACH_UP_TO, "en", "judged, up to 0.5 off per 例"),
        (EACH_UP_TO, "zh", "每例在0.5分内酌情扣分"),
        (MERIT, "en", "judged, up to 2 added, in steps of 0.5"),
        (MERIT, "zh", "在2分内酌情加分，每0.5分一档"),
        (RANGED_MERIT, "en", "judged, 1 to 2 added per case"),
        (rule(Deduct, deduct="judged", to=3, at_most=2), "zh", "在3分内酌情扣分，最多扣2分"),
    ],
)
def test_a_rule_says_itself_in_words(of: PointsRule, lang: Lang, words: str) -> None:
    assert of.says(lang) == words


@pytest.mark.parametrize(
    ("of", "given", "lang", "words"),
    [
        (UP_TO, ["2.5"], "en", "judged 2.5 off"),
        (UP_TO, ["2.5"], "zh", "酌情扣2.5分"),
        (UP_TO, ["0"], "zh", "不扣分"),
        (UP_TO, ["0"], "en", "nothing off"),
        (MERIT, ["0"], "zh", "不加分"),
        (EACH, ["3", "20"], "en", "3 例, judged 20 off"),
        (EACH, ["3", "20"], "zh", "3例，酌情扣20分"),
        (EACH, ["0", "0"], "en", "0 例"),
        (EACH, ["0", "0"], "zh", "0例"),
        (EACH_UP_TO, ["2", "0"], "zh", "2例，不扣分"),
        (RANGED_MERIT, ["2", "3"], "zh", "2 case，酌情加3分"),
        (MERIT, ["1.5"], "en", "judged 1.5 added"),
        (MERIT, ["1.5"], "zh", "酌情加1.5分"),
        (rule(Deduct, deduct="judged", to=3, at_most=2), ["2.5"], "en", "judged 2.5 off, at most 2"),
    ],
)
def test_the_working_shows_what_was_judged(of: PointsRule, given: list[str], lang: Lang, words: str) -> None:
    assert said(of, *given, lang=lang) == words


@pytest.mark.parametrize(
    ("of", "amounts"),
    [
        (UP_TO, (Amount(number(-3), key="to"),)),
        (BETWEEN, (Amount(number(-2), key="from"), Amount(number(-6), key="to"))),
        (rule(Award, award="judged", to=2, **{"from": 2}), (Amount(number(2), key="to"),)),
    ],
)
def test_a_clause_names_the_ends_of_the_range(of: PointsRule, amounts: tuple[Amount, ...]) -> None:
    assert of.amounts() == amounts


def test_a_case_has_no_single_amount_and_no_outcome_of_its_own() -> None:
    assert EACH.counting == Counting("例", single=False)
    assert (EACH.levels, EACH.steps, EACH.outcomes(EACH.inputs("r"))) == ((), (), ())
    assert rule(Deduct, deduct=1).judged is None


class First:
    """A draw that takes what it is told of some options, one after the other."""

    def __init__(self, chance: bool, *places: int) -> None:
        self.lucky, self.places = chance, list(places)

    def chance(self) -> bool:
        return self.lucky

    def choice(self, options: Any) -> Any:
        return options[self.places.pop(0)]

    def points(self) -> Fraction:
        return Fraction(10, 3)

    def unit(self) -> str:
        return "例"


@pytest.mark.parametrize(
    ("draw", "fields"),
    [
        (First(False, 4, 0, 0, 1), {"to": number("3.33")}),
        (
            First(False, 4, 1, 3, 0),
            {"places": 0, "to": number(3), "from": number(2), "per": "例"},
        ),
        (
            First(True, 4, 2, 2, 2, 1),
            {"places": 1, "step": number("0.5"), "to": number(3), "from": number(3)},
        ),
    ],
)
def test_a_random_range_fits(draw: Any, fields: dict[str, Any]) -> None:
    drawn = Deduct.drawn(draw)
    assert drawn == {"deduct": "judged", **fields}
    assert rule(Deduct, **drawn).problems() == ()
