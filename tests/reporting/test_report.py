"""Who stands in a report, in which order, and with which place."""

from classes import chiefs
from reported import OFFICIAL, OWN, of


def test_units_stand_by_their_places_and_those_without_a_total_last() -> None:
    report = of()
    assert [(unit.number, unit.card.unit, unit.place) for unit in report.units] == [
        (1, "u3", 1), (2, "u1", 2), (3, "u2", 3),
    ]  # fmt: skip
    assert not report.has_official
    assert [(one.title, len(one.units)) for one in report.classes] == [(None, 3)]


def test_the_official_assessments_are_ranked_and_a_unit_without_one_has_no_place() -> None:
    report = of(OWN, OFFICIAL)
    assert [(unit.card.unit, unit.name, unit.place, str(unit.card.total)) for unit in report.units] == [
        ("u4", None, 1, "8"), ("u2", "Second", 2, "7.5"), ("u1", "First", 3, "7.4"), ("u3", "Third", None, "8"),
    ]  # fmt: skip
    assert [unit.own is None for unit in report.units] == [True, False, False, False]
    assert [unit.official is None for unit in report.units] == [False, False, False, True]
    assert [unit.differences is None for unit in report.units] == [True, False, False, True]


def test_the_units_of_a_variant_are_a_class() -> None:
    own = [
        {"unit": "a", "variant": "county", "chiefs.share": 94},
        {"unit": "b", "chiefs.share": 94},
        {"unit": "c", "variant": "city", "chiefs.share": 93},
        {"unit": "d", "variant": "county", "chiefs.share": 95},
    ]
    report = of(own, None, chiefs())
    assert [(one.title, [(unit.card.unit, unit.place) for unit in one.units]) for one in report.classes] == [
        (None, [("b", 1)]), ("City", [("c", 1)]), ("county", [("d", 1), ("a", 2)]),
    ]  # fmt: skip
    assert [unit.number for unit in report.units] == [1, 2, 3, 4]
    assert report.classes[2].rubric == chiefs().variant("county")
