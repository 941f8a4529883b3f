"""Units under each reading, as text."""

from typing import Any

from classes import CHIEFS, chiefs
from govrubric import loads, readings
from govrubric.diagnostics.display import cells

UNITS: list[dict[str, Any]] = [
    {"unit": "a", "name": "甲县", "chiefs.share": "90.5"},
    {"unit": "b", "variant": "county", "chiefs.share": "90.5", "platforms.website.stale": 1},
    {"unit": "c", "chiefs.share": 95, "platforms.area.bad": True},
]


def test_the_report_in_english() -> None:
    text = str(readings(chiefs(), UNITS)).splitlines()
    assert text[0] == "Chiefs"
    assert text[3:] == [
        "each_percent (chiefs.share)",
        "  question: is a part of a percent counted?",
        "  decided: whole percents only",
        "  prorata pro rata: changes 2 of 3 totals",
        "  asked the office is asked: not run: it is words alone; say under `set` or `without` what the rubric would be",
        "",
        "  unit  name  variant  decided  place  grade  prorata  place  grade",
        "  ────  ────  ───────  ───────  ─────  ─────  ───────  ─────  ─────",
        "  a     甲县  –         29.50      1   good    29.55*     1   good",
        "  b     –     county    29.40      1   good    29.45*     1   good",
        "  c     –     –         29.00      2   good    29.00      2   good",
        "",
        "area (platforms.area.bad)",
        "  question: how much?",
        "  decided: one point",
        "  two two points: changes 1 of 3 totals",
        "",
        "  unit  name  variant  decided  place  grade     two  place  grade",
        "  ────  ────  ───────  ───────  ─────  ─────  ──────  ─────  ─────",
        "  a     甲县  –         29.50      1   good   29.50      1   good",
        "  b     –     county    29.40      1   good   29.40      1   good",
        "  c     –     –         29.00      2   good   28.00*     2   good",
        "",
        "old (total)",
        "  question: who signs?",
        "  decided: the office",
        "  the bureau: not run: it is words alone; say under `set` or `without` what the rubric would be",
        "",
        "* other than decided",
        "matters: each_percent, area",
        "not known, since not every reading was run: old",
    ]


def test_columns_stand_below_each_other_in_chinese_too() -> None:
    text = readings(chiefs(), UNITS).to_text("zh").splitlines()
    rows = text[9:14]
    assert "单位" in rows[0]
    assert len({cells(row) for row in (rows[0], rows[1])}) == 1
    assert "两种理解" not in "".join(text)
    assert text[-1] == "有的理解未试算，尚不能断定：old"


def test_all_kinds_of_verdicts() -> None:
    text = (
        CHIEFS.replace("bad.deduct: 2", "bad.deduct: 5")
        .replace("{id: bad, deduct: 1}", "{id: bad, deduct: 0.1}")
        .replace("from: 28", "from: 29")
    )
    told = str(readings(loads(text), UNITS))
    assert "two two points: changes 1 of 3 totals, the ranking, 1 grade(s)" in told
    refused = CHIEFS.replace(
        "set: {platforms.area.bad.deduct: 2}", "set: {platforms.area.rules: [{id: seen, judge: 5}]}"
    )
    told = str(readings(loads(refused), UNITS))
    assert "changes nothing" not in told
    assert "2 could not be scored" in told
    assert "  refused      –      –" in told


def test_what_can_be_left_open_is_said() -> None:
    told = str(readings(chiefs().variant("county"), UNITS[1:2]))
    assert "two two points: changes nothing" in told
    assert "can be left open, since no reading changes anything: area" in told
    assert told.splitlines()[1].startswith("chiefs (county) · sha256:")


def test_a_rubric_without_grades_units_or_ambiguities() -> None:
    plain = CHIEFS.partition("grades:")[0]
    assert str(readings(loads(plain))).splitlines()[2:] == [
        "", "no unit was given, and the rubric has no case of its own", "", "no ambiguity is registered",
    ]  # fmt: skip
    without = CHIEFS.replace("grades:\n  - {grade: good, from: 28}\n  - {grade: bad}\n", "")
    told = str(readings(loads(without), UNITS))
    assert "  unit  name  variant  decided  place  prorata  place" in told
    refused = without.replace(
        "set: {platforms.area.bad.deduct: 2}", "set: {platforms.area.rules: [{id: seen, judge: 5}]}"
    )
    assert "refused" in str(readings(loads(refused)))
    assert "it has no other options" in str(
        readings(loads(without.replace("    options: [the office, the bureau]\n", "")))
    )


def test_a_total_that_a_gate_takes_is_none() -> None:
    text = CHIEFS.replace("grades:", "gates: [{id: veto, when: chiefs.share > 94, score: none}]\ngrades:")
    assert "none" in str(readings(loads(text), UNITS))


def test_the_author_says_why_a_reading_cannot_be_run() -> None:
    noted = CHIEFS.replace(
        "asked: the office is asked", "asked: {title: the office is asked, note: it has not answered}"
    )
    assert noted != CHIEFS
    rubric = loads(noted)
    assert (
        "  asked the office is asked: not run: it has not answered"
        in str(readings(rubric, UNITS)).splitlines()
    )
    assert (
        "  asked the office is asked：未试算：it has not answered"
        in readings(rubric, UNITS).to_text("zh").splitlines()
    )
