"""Units under each reading of each ambiguity."""

from decimal import Decimal
from typing import Any

import pytest

from classes import CHIEFS, chiefs
from govrubric import Reading, TallyError, loads, readings

UNITS: list[dict[str, Any]] = [
    {"unit": "a", "chiefs.share": "90.5"},
    {"unit": "b", "variant": "county", "chiefs.share": "90.5", "platforms.website.stale": 1},
    {"unit": "c", "chiefs.share": 95, "platforms.area.bad": True},
]


def of(ambiguity: str, option: str | None = None, text: str = CHIEFS) -> Reading:
    (one,) = [one for one in readings(loads(text), UNITS).ambiguities if one.ambiguity.id == ambiguity]
    return next(reading for reading in one.readings if option in (None, reading.option.id))


def test_every_unit_has_its_total_place_and_grade_with_a_reading() -> None:
    result = readings(chiefs(), UNITS)
    assert [(unit.unit, unit.variant, unit.total, unit.place, unit.grade) for unit in result.units] == [
        ("a", None, Decimal("29.5"), 1, "good"),
        ("b", "county", Decimal("29.4"), 1, "good"),
        ("c", None, Decimal("29"), 2, "good"),
    ]
    prorata = of("each_percent", "prorata")
    assert [(unit.total, unit.place) for unit in prorata.units] == [
        (Decimal("29.55"), 1), (Decimal("29.45"), 1), (Decimal("29"), 2),
    ]  # fmt: skip
    assert prorata.why is None
    assert prorata.changes == {"total"}


def test_places_and_grades_that_change_are_told() -> None:
    text = CHIEFS.replace("bad.deduct: 2", "bad.deduct: 5").replace("from: 28", "from: 29")
    assert of("area", "two", text).changes == {"total", "grade"}
    lower = text.replace("deduct: 1}", "deduct: 0.1}")
    assert of("area", "two", lower).changes == {"total", "ranking", "grade"}


def test_equal_totals_have_one_place() -> None:
    result = readings(
        chiefs(), [{"unit": name, "chiefs.share": share} for name, share in (("a", 95), ("b", 94), ("c", 95))]
    )
    assert [unit.place for unit in result.units] == [1, 3, 1]


def test_a_reading_in_words_is_listed_and_not_run() -> None:
    asked = of("each_percent", "asked")
    assert (asked.why, asked.units, asked.changes) == ("words", (), frozenset())
    assert of("old").why == "words"


def test_what_changes_nothing_can_be_left_open() -> None:
    result = readings(chiefs(), UNITS[:2])
    assert [(one.ambiguity.id, one.open, one.changes) for one in result.ambiguities] == [
        ("each_percent", False, {"total"}),
        ("area", True, frozenset()),
        ("old", False, frozenset()),
    ]


def test_an_ambiguity_without_options_is_not_open() -> None:
    (*_, old) = readings(
        loads(CHIEFS.replace("    options: [the office, the bureau]\n", "")), UNITS
    ).ambiguities
    assert (old.readings, old.open) == ((), False)


def test_without_tallies_the_cases_are_units_without_places() -> None:
    result = readings(chiefs())
    assert [(unit.unit, unit.variant, unit.total, unit.place) for unit in result.units] == [
        ("base", None, Decimal("29.5"), None),
        ("county", "county", Decimal("29.3"), None),
    ]
    assert (result.ranked, repr(result)) == (False, "<Readings chiefs 3 ambiguities, 2 units>")


def test_a_chosen_rubric_is_compared_with_what_was_decided_too() -> None:
    result = readings(chiefs().reading(each_percent="prorata"), UNITS)
    first = result.ambiguities[0].readings
    assert [(reading.option.id, reading.why) for reading in first] == [("whole", None), ("asked", "words")]
    assert [unit.total for unit in first[0].units] == [Decimal("29.5"), Decimal("29.4"), Decimal("29")]


def test_a_reading_that_asks_for_more_cannot_score_a_unit() -> None:
    text = CHIEFS.replace(
        "set: {platforms.area.bad.deduct: 2}", "set: {platforms.area.rules: [{id: seen, judge: 5}]}"
    )
    two = of("area", "two", text)
    assert [[one.code for one in unit.diagnostics] for unit in two.units] == [["GR602"], [], ["GR602"]]
    assert two.refused == 2
    assert [unit.place for unit in two.units] == [None, 1, None]
    assert two.changes == frozenset()


def test_a_reading_that_a_variant_excludes_is_not_run() -> None:
    text = CHIEFS.replace("county: {set: {", "county: {set: {chiefs.share.distance.whole: down, ")
    assert of("each_percent", "prorata", text).why == "excluded"


def test_a_reading_that_fits_no_variant_is_not_run() -> None:
    text = CHIEFS.replace(
        "set: {platforms.area.bad.deduct: 2}", "set: {platforms.area.weight: 4, platforms.website.weight: 16}"
    )
    text = text.replace(
        "county: {set: {platforms.website.weight: 20}", "county: {set: {platforms.weight: 15, total: 25}"
    )
    assert of("area", "two", text).why == "unsound"


def test_what_the_rubric_refuses_is_refused() -> None:
    with pytest.raises(TallyError):
        readings(chiefs(), [{"unit": "a"}])


def test_a_total_that_a_gate_takes_has_no_place() -> None:
    text = CHIEFS.replace("grades:", "gates: [{id: veto, when: platforms.area.bad, score: none}]\ngrades:")
    text = text.replace("without: [platforms.area]", "without: [platforms.area.worse]").replace(
        "platforms.website.weight: 20", "platforms.website.weight: 15"
    )
    result = readings(loads(text), UNITS)
    assert [(unit.total, unit.place) for unit in result.units][2] == (None, None)


def test_plain_data_has_all() -> None:
    data = readings(chiefs(), UNITS).to_dict()
    assert data["units"][1] == {
        "unit": "b", "name": None, "variant": "county", "total": "29.4", "place": 1, "grade": "good", "findings": [],
    }  # fmt: skip
    first = data["ambiguities"][0]
    assert [first[key] for key in ("id", "at", "decision", "open", "changes")] == [
        "each_percent", "chiefs.share", "whole percents only", False, ["total"],
    ]  # fmt: skip
    assert [(one["option"], one["title"], one["why"], one["changes"]) for one in first["readings"]] == [
        ("prorata", "pro rata", None, ["total"]), ("asked", "the office is asked", "words", []),
    ]  # fmt: skip
