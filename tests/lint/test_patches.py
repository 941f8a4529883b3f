"""What the keys of variants and options name, and what is wrong with them."""

import pytest

from classes import CHIEFS
from govrubric import RubricError, loads
from govrubric.lint.patches import MOST


def wrong(
    settings: str, old: str = "platforms.website.weight: 20", text: str = CHIEFS
) -> list[tuple[str, dict[str, str]]]:
    """The findings of the rubric with other settings of its county."""
    assert old in text
    try:
        loads(text.replace(old, settings))
    except RubricError as error:
        return [(one.code, dict(one.args)) for one in error.diagnostics]
    return []


@pytest.mark.parametrize(
    "settings",
    [
        "platforms.website.weight: 20, round.places: 1, total: 30",
        "platforms.website.weight: 20, platforms.website.stale.deduct: 0.2",
        "platforms.website.weight: 20, chiefs.share.distance.whole: down",
        "platforms.website.weight: 20, chiefs.share.distance: {above: 5, each: 1, points: -1}",
        "platforms.website.weight: 20, grades: [{grade: fine}]",
        "platforms.website.weight: 20, grades.1.from: 20",
        "platforms.website.weight: 20, grade_on: exact",
        "platforms.website.weight: 20, chiefs.extra: false",
        "platforms.website.weight: 20, platforms.combine: sum",
        "platforms.website.weight: 20, chiefs.floor: none, chiefs.out_of: 10, ceiling: 29",
    ],
)
def test_what_stands_there_can_be_other(settings: str) -> None:
    assert wrong(settings) == []


@pytest.mark.parametrize("key", ["area.worse.deduct.a", "area.worse.deduct.a.points"])
def test_the_points_of_a_level_go_by_either_form(key: str) -> None:
    text = CHIEFS.replace("{platforms.area.bad.deduct: 2}", f"{{platforms.{key}: 2}}")
    rubric = loads(text).reading(area="two")
    assert rubric.score({"chiefs.share": 95, "platforms.area.worse.a": 1}).total == 28
    assert loads(rubric.to_text())._text == rubric._text
    assert loads(loads(text).to_text()) == loads(text)
    long = text.replace("{a: 1, b: 2}", "{a: {points: 1, title: A}, b: {points: 2}}")
    titled = loads(long).reading(area="two")
    assert titled.score({"chiefs.share": 95, "platforms.area.worse.a": 1}).total == 28


@pytest.mark.parametrize(
    ("name", "near"),
    [
        ("platforms.website.weigth", "platforms.website.weight"),
        ("platforms.websit.weight", "platforms.website.weight"),
        ("chiefs.share.distance.wole", "chiefs.share.distance.whole"),
        ("chiefs.share.when", ""),
        ("chiefs.counts_when", ""),
        ("grades.3.from", ""),
        ("grades.0.from", ""),
        ("grades.one.from", ""),
        ("round.places.x", ""),
        ("indicators.1.weight", ""),
        ("platforms.area.worse.deduct.a.title", ""),
        ("points", ""),
        ("platforms.area.worse.deduct.c", ""),
        ("totals", "total"),
        ("chiefs.share.distance.wole.x", ""),
        ("platform.website.weight", "platforms.website.weight"),
        ("platforms", ""),
        ("platforms.website", "platforms.weight"),
        ("", ""),
    ],
)
def test_what_does_not_stand_there_cannot(name: str, near: str) -> None:
    assert wrong(f"'{name}': 20") == [("GR380", {"name": name, "near": near})]


def test_a_default_stands_there_where_its_key_is_not_written() -> None:
    assert wrong("platforms.website.weight: 20, platforms.website.stale.take: all") == []
    assert wrong("platforms.website.weight: 20, chiefs.share.places: 1") == []
    assert wrong("platforms.website.weight: 20, platforms.website.weight.x: 1")[0][0] == "GR380"
    facts = CHIEFS.replace("grades:", "facts: {n: {number: {max: 9}}, kind: {choice: [x]}}\ngrades:")
    assert wrong("platforms.website.weight: 20, facts.n.number.places: 1", text=facts) == []
    assert wrong("platforms.website.weight: 20, facts.m.number.places: 1", text=facts)[0][0] == "GR380"
    assert wrong("platforms.website.weight: 20, facts.n.number.max.x: 1", text=facts)[0][0] == "GR380"


@pytest.mark.parametrize(
    "name",
    ["id", "platforms.id", "chiefs.share.id", "cases", "cases.1.name", "language", "variants.city.title"],
)
def test_names_and_registers_are_the_same_in_all(name: str) -> None:
    text = CHIEFS.replace("title: Chiefs\n", "title: Chiefs\nlanguage: en\n", 1)
    assert wrong(f"{name}: x", text=text) == [("GR381", {"name": name})]


@pytest.mark.parametrize(
    ("without", "code"),
    [
        ("platforms.area.wors", "GR380"),
        ("total", "GR380"),
        ("platforms.area, platforms.area.bad", "GR382"),
        ("platforms.website", "GR382"),
    ],
)
def test_only_items_and_rules_are_taken_out_once(without: str, code: str) -> None:
    found = wrong(f"[{without}]", "[platforms.area]")
    assert [one[0] for one in found] == [code]


def test_a_gate_is_other_but_not_taken_out() -> None:
    text = CHIEFS.replace(
        "    weight: 10\n", "    weight: 10\n    gates: [{id: cap, when: score(platforms) < 1, at_most: 5}]\n"
    )
    assert wrong("platforms.website.weight: 20, chiefs.cap.at_most: 4", text=text) == []
    assert wrong("[platforms.area, chiefs.cap]", "[platforms.area]", text) == [
        ("GR380", {"name": "chiefs.cap", "near": "chiefs"})
    ]


def test_there_are_so_many_at_most() -> None:
    many = "".join(f"  v{number}: {{}}\n" for number in range(MOST))
    text = CHIEFS.replace("  city: {title: City}\n", many)
    assert [one[0] for one in wrong("platforms.website.weight: 20", text=text)] == ["GR385"]


def test_all_is_told_at_once() -> None:
    found = wrong(
        "platforms.weigt: 20, chiefs.weigt: 3", text=CHIEFS.replace("decision: one", "decision: none")
    )
    assert [one[0] for one in found] == ["GR380", "GR380", "GR383"]
