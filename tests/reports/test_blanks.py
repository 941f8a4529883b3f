"""An empty tally to fill in."""

from govrubric import loads
from govrubric.reports import blanks
from samples import SMALL, wide


def test_blanks_have_facts_flags_and_choices() -> None:
    lines = blanks.as_yaml(wide(), "en").splitlines()
    assert lines[5:11] == [
        "# facts",
        "calm: false  # true or false",
        "class:   # one of: A, B",
        "people:   # 1 to 50, 0 places",
        "# 1 off per case",  # the rule that shares it
        "deaths: 0  # count",
    ]
    assert "a.not_applicable: false  # true if the item does not apply" in lines
    assert "a.rated:   # one of: good, bad" in lines
    assert "# Third" not in lines
    assert blanks.as_csv(wide()).startswith(
        "unit,name,calm,class,people,deaths,a.not_applicable,a.late,a.rated,b.not_applicable,"
    )


def test_a_measured_number_of_any_size_says_no_range() -> None:
    rule = "{id: m, bands: [{from: 95, points: 3}], unit: '%', places: 1}"
    of = loads(SMALL.replace("      - {id: judged, judge: 1, step: 0.5}\n", f"      - {rule}\n"))
    assert "bonus.m:   # number, 1 places, %" in blanks.as_yaml(of, "en").splitlines()
    assert "work.index.gap: 0  # count, gap" in blanks.as_yaml(of, "en").splitlines()


def test_what_is_taken_where_nothing_is_given_stands_in_its_place() -> None:
    rules = "{id: m, choose: {good: 1, bad: 0}, default: bad}"
    of = loads(SMALL.replace("      - {id: judged, judge: 1, step: 0.5}\n", f"      - {rules}\n"))
    assert [line for line in blanks.as_yaml(of, "en").splitlines() if line.startswith('bonus.m: "bad"')]


def test_a_number_that_is_taken_where_nothing_is_given_stands_in_its_places() -> None:
    rule = "{id: m, judge: 2, step: 0.5, default: 1.5}"
    of = loads(SMALL.replace("      - {id: judged, judge: 1, step: 0.5}\n", f"      - {rule}\n"))
    assert [line for line in blanks.as_yaml(of, "en").splitlines() if line.startswith("bonus.m: 1.5  #")]
