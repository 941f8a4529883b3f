"""The benchmarks without a clock: limits and peers come to the engine's numbers, and what was measured is told as it is."""

import json
import xml.etree.ElementTree as ET
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

import by_hand
import form
import govrubric
import pictures
import report
import single
import single_peers
from goals import Goal
from rounds import Row, Variant, Wrong, measured

SVG = "{http://www.w3.org/2000/svg}"
RUBRIC = govrubric.shipped(form.NAME)
LEAVES = {leaf.path: leaf for leaf in form.leaves(RUBRIC)}
POINTS = form.Language("max({}, {})", "min({}, {})", "({} ? {} : {})", str, 1)
THOUSANDTHS = form.Language("max({}, {})", "min({}, {})", "({} ? {} : {})", str, 1000, 100)


def silent(_: str) -> None:
    """Progress that nobody reads."""


def variant(wrong: int, *, exact: bool = True) -> Variant:
    return Variant("one", "peer", "whole points", 10, list, lambda _: wrong, exact)


def row(
    name: str,
    group: Any,
    micro: float,
    wrong: int = 0,
    *,
    exact: bool = True,
    given: str = "whole points",
    units: int = 100,
    peak: int = 0,
) -> Row:
    return Row(name, group, given, units, micro * units / 1e6, wrong, exact, peak)


@pytest.mark.parametrize(
    ("path", "language", "text"),
    [
        ("basics.attribution", POINTS, "max(5 - 0.1 * basics.attribution.unlabelled, 0)"),
        ("basics.attribution", THOUSANDTHS, "max(5000 - 100 * basics.attribution.unlabelled, 0)"),
        ("platforms.new_media", POINTS, "(0.1 * platforms.new_media.operation_score)"),
        ("platforms.new_media", THOUSANDTHS, "(1 * platforms.new_media.operation_score)"),
        ("organisation.training", THOUSANDTHS, "(10 * organisation.training.assessed)"),
        ("interaction.open_month", POINTS, "max(5 - (interaction.open_month.poorly_organised ? 0.5 : 0), 0)"),
    ],
)
def test_a_leaf_is_written_in_another_language(path: str, language: form.Language, text: str) -> None:
    assert language.leaf(LEAVES[path]) == text


def test_what_is_given_stops_at_full_marks() -> None:
    adopted = "innovation.adoption.adopted"
    assert (
        POINTS.leaf(LEAVES["innovation.adoption"])
        == f"min(1 * {adopted}.city + 3 * {adopted}.province + 5 * {adopted}.state_council, 5)"
    )


def test_a_leaf_is_worked_out_over_whatever_a_term_is() -> None:
    two = {"basics.annual_report.late": Fraction(1), "basics.annual_report.inaccurate": Fraction(1)}
    left = form.worked(
        LEAVES["basics.annual_report"],
        lambda term: term.each * two[term.name],
        lambda value: max(value, Fraction(0)),
        min,
    )
    assert left == 2  # 5 - 2 - 1


def test_every_variant_of_one_unit_that_is_exact_comes_to_the_engine_s_totals() -> None:
    rows = measured([one for one in single.variants(RUBRIC) if one.group != "ours"], 1, silent)
    assert {one.name for one in rows if one.exact and one.wrong} == set()
    assert {single.LIMIT, single.TRACED, "simpleeval, parsed once"} <= {one.name for one in rows}


def test_a_tally_becomes_a_tree_for_rule_engines() -> None:
    assert single_peers.nested({"a.b": 1, "a.c": True, "d": 2}) == {"a": {"b": 1, "c": True}, "d": 2}


def test_an_exact_variant_that_is_wrong_ends_the_run() -> None:
    with pytest.raises(
        Wrong, match="one, from whole points: 3 of 10 units have another number than they must"
    ):
        measured([variant(3)], 1, silent)


def test_the_wrong_totals_of_floats_are_counted() -> None:
    assert [one.wrong for one in measured([variant(3, exact=False)], 2, silent)] == [3]


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0, "0"),
        (0.01234, "0.0123"),
        (1.2345, "1.23"),
        (12.345, "12.3"),
        (123.4, "123"),
        (1234.5, "1 230"),
        (9.999, "10.0"),
        (1000000, "1 000 000"),
    ],
)
def test_a_number_has_three_digits_that_count(value: float, text: str) -> None:
    assert pictures.short(value) == text


def test_bars_are_as_long_as_their_values_and_their_texts_are_safe() -> None:
    made = ET.fromstring(
        pictures.bars(
            "a & b",
            "<note>",
            [pictures.Bar("<half>", "ours", 2, "2 s"), pictures.Bar("whole", "peer", 4, "4 s")],
        )
    )
    widths = [
        float(one.attrib["width"])
        for one in made.iter(f"{SVG}rect")
        if one.attrib["class"].startswith("bar") and float(one.attrib["width"]) > 11
    ]
    assert widths == [215.0, 430.0]
    assert {"a & b", "<note>", "<half>", "whole", "2 s", "4 s", "govrubric", "another way"} <= {
        one.text for one in made.iter(f"{SVG}text")
    }


def test_bars_on_logarithms_give_each_power_of_ten_the_same_room() -> None:
    rows = [
        pictures.Bar("a", "ours", 10, ""),
        pictures.Bar("b", "ours", 100, ""),
        pictures.Bar("c", "ours", 1000, ""),
    ]
    made = ET.fromstring(pictures.bars("title", "note", rows, logarithmic=True))
    assert [one.attrib["width"] for one in made.iter(f"{SVG}rect") if one.attrib["height"] == "16"] == [
        "1.0",
        "215.0",
        "430.0",
    ]


def test_growth_draws_a_line_for_each_group_through_all_of_its_points() -> None:
    made = ET.fromstring(
        pictures.growth("title", "note", "s", {"limit": [(10, 1), (100, 10)], "ours": [(10, 2), (100, 100)]})
    )
    lines = {one.attrib["class"]: one.attrib["points"] for one in made.iter(f"{SVG}polyline")}
    assert lines == {"drawn limit": "120.0,330.0 810.0,201.0", "drawn ours": "120.0,291.2 810.0,72.0"}
    assert {"10", "100", "1.00 s", "10.0 s", "100 s"} <= {one.text for one in made.iter(f"{SVG}text")}


def test_the_report_tells_what_was_missed_and_what_was_wrong() -> None:
    rows = [
        row(single.LIMIT, "limit", 2),
        row(single.TRACED, "limit", 4),
        row("floating", "peer", 20, 7, exact=False),
        row("lucky", "peer", 8, exact=False),
    ]
    results = report.Results(
        {"processor": "P", "cores": "2", "Python": "3.11"},
        rows,
        {"import govrubric": 9.0},
        goals=[Goal("a", 1, 2), Goal("b", 3, 2)],
        notes=["Left out."],
    )
    text = "\n".join(report.markdown(results))
    assert "| floating | 20.0 | 10.0 | 5.00 | **no: 7 of 100 wrong** |" in text
    assert "| lucky | 8.00 | 4.00 | 2.00 | floats: none of 100 wrong |" in text
    assert "| a | 1.00 | 2 | met |\n| b | 3.00 | 2 | **missed** |" in text
    assert "* Left out." in text
    assert "million units/s" not in text
    assert [name for name, _ in report.pictures(results)] == ["single.svg"]
    assert json.loads(report.numbers(results))["goals"][1] == {
        "name": "b",
        "measured": 3,
        "most": 2,
        "met": False,
    }


def test_tables_are_compared_with_what_was_written_out_by_hand_from_the_same_numbers() -> None:
    whole, hundredths = (
        row("polars by hand", "limit", 1),
        row("polars by hand", "limit", 2, given="hundredths"),
    )
    rows = [whole, hundredths, row("ours", "ours", 3), row("pandas", "peer", 4, given="float64")]
    assert [report.limit_of(one, rows) for one in rows] == [whole, hundredths, whole, hundredths]
    files = [
        row("polars by hand", "limit", 1, given="total", peak=3 * 2**20),
        row("govrubric batch", "ours", 2, given="total", peak=5 * 2**20),
    ]
    first = [row(single.LIMIT, "limit", 2), row(single.TRACED, "limit", 4)]
    results = report.Results(
        {"processor": "P", "cores": "2", "Python": "3.11"},
        first,
        totals=rows,
        items=rows,
        few=rows,
        files=files,
    )
    text = "\n".join(report.markdown(results))
    assert "| pandas | float64 | 0.400 | 0.250 | 2.00 | yes |" in text
    assert "| 100 | govrubric batch: total | 0.000200 | 0.500 | 5 |" in text
    assert [name for name, _ in report.pictures(results)] == [
        "single.svg",
        "totals.svg",
        "items.svg",
        "seconds.svg",
        "memory.svg",
    ]


@pytest.mark.parametrize("given", [1, 100])
def test_every_limit_of_tables_comes_to_the_engine_s_numbers(given: int, tmp_path: Path) -> None:
    pytest.importorskip("numpy")
    pytest.importorskip("polars")
    pytest.importorskip("pyarrow")
    import checked
    import table
    import table_limits

    made = table.made(RUBRIC, 300, given)
    want = checked.wanted(RUBRIC, made)
    judged = table.judged(RUBRIC)
    for place, tally in enumerate(table.tallies(made)):
        card = RUBRIC.score(
            {name: Decimal(value) / given if name in judged else value for name, value in tally.items()}
        )
        assert Fraction(int(want["total"][place]), 1000) == Fraction(card.total or 0)
        assert {path: Fraction(int(column[place]), 1000) for path, column in want.items()} == {
            **{path: Fraction(item.score or 0) for path, item in card.items.items() if path}, "total": Fraction(card.total or 0),
        }  # fmt: skip
        if given == 100:
            assert by_hand.total(tally) * 10 == want["total"][place]
    for items in (False, True):
        for one in table_limits.variants(RUBRIC, made, want, items, tmp_path):
            assert (one.name, one.wrong(one.run())) == (one.name, 0)


def test_a_limit_that_is_wrong_is_seen() -> None:
    polars = pytest.importorskip("polars")
    numpy = pytest.importorskip("numpy")
    import checked

    want = {"total": numpy.array([1230, 4560]), "a": numpy.array([300, 700])}
    frame = polars.DataFrame({"a/10": [3, 8], "total/100": [123, 456], "unit": ["p", "q"]})
    assert checked.exactly(want, 2, lambda got: got)(frame) == 1
    assert checked.floats(want, lambda got: got)([1.23, 4.55]) == 1
