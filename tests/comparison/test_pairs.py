"""Units from two hands beside each other: which belong together, and every way in which they are printed."""

import csv
from io import StringIO
from pathlib import Path
from typing import Any

import pytest

from classes import CHIEFS
from govrubric import Rubric, TallyError, loads, tally_files
from govrubric.comparison.pairs import Pairs, named_alike, paired
from govrubric.comparison.pairs_text import as_csv, as_markdown, as_text
from samples import SMALL

GRADED = SMALL + "grades: [{grade: Good, from: 7}, {grade: Poor}]\n"
OWN: list[dict[str, Any]] = [
    {"unit": "u1", "name": "First", "work.papers.missing": 1, "bonus.judged": 1},
    {"unit": "u2", "bonus.judged": 0},
    {"unit": "u3", "name": "Third", "bonus.judged": 1},
]
OFFICIAL: list[dict[str, Any]] = [
    {"unit": "u2", "name": "Second", "bonus.judged": "0.5"},
    {"unit": "u1", "work.papers.missing": 4, "work.index.gap": 1, "bonus.judged": 1, "bonus.used.city": 1},
    {"unit": "u4", "bonus.judged": 1},
]


def of(
    own: list[dict[str, Any]] = OWN, official: list[dict[str, Any]] = OFFICIAL, rubric: Rubric | None = None
) -> Pairs:
    known = rubric or loads(GRADED)
    return paired(known, tally_files.scored(known, own), tally_files.scored(known, official))


def test_units_are_matched_by_their_codes_and_the_others_are_told() -> None:
    pairs = of()
    assert [(pair.cards.own.unit, pair.own_place, pair.official_place) for pair in pairs.units] == [
        ("u1", 1, 2),
        ("u2", 2, 1),
    ]
    assert [card.unit for card in pairs.only_own] == ["u3"]
    assert [card.unit for card in pairs.only_official] == ["u4"]


def test_the_table() -> None:
    """Papers: 3 more missing cost 0.9; a gap of 7 counts 3/7; a use adds 1. 7.7 - 0.9 - 3/7 + 1 is 7.3714…, or 7.4."""
    assert (
        as_text(of(), "en")
        == """\
Small form

unit  name    grade  self  official  difference  place
────  ──────  ─────  ────  ────────  ──────────  ─────
u1    First   Good    7.7       7.4        -0.3  1 → 2
u2    Second  Good    7.0       7.5        +0.5  2 → 1

2 unit(s), 2 of them differ

u1 First

  item      self  official  difference
  ────────  ────  ────────  ──────────
  Work       6.7    5.371…     -1.328…
    Papers   3.7       2.8        -0.9
    Index      7         6          -1
  Bonus        1         2          +1

       +1  bonus.used (bonus.used.city: 0 piece → 1 piece)
     -0.9  work.papers.missing (1 case → 4 case)
  -0.428…  work.index.gap (0 gap → 1 gap)
  +0.028…  total: rounding

u2 Second

  item   self  official  difference
  ─────  ────  ────────  ──────────
  Bonus     0       0.5        +0.5

  +0.5  bonus.judged (0 → 0.5)

only the self-assessment has: u3 Third

only the official assessment has: u4
"""
    )


def test_the_table_in_chinese() -> None:
    lines = as_text(of(), "zh").splitlines()
    assert lines[2].split() == ["单位", "名称", "等次", "自评", "考评", "差", "名次"]
    assert "2 个单位，其中 2 个有差异" in lines
    assert "只有自评的单位：u3 Third" in lines
    assert "只有考评的单位：u4" in lines
    assert any(line.endswith("总分：舍入") for line in lines)


def test_units_that_agree_are_only_listed_and_files_without_a_common_unit_too() -> None:
    text = as_text(of(OWN[:1], OWN[:1]), "en")
    assert text.endswith("1 unit(s), 0 of them differ\n")
    alone = as_text(of(OWN[:1], OFFICIAL[:1]), "en")
    assert alone.splitlines() == [
        "Small form", "", "", "only the self-assessment has: u1 First", "", "only the official assessment has: u2 Second",
    ]  # fmt: skip
    assert as_markdown(of(OWN[:1], OFFICIAL[:1]), "en").startswith("# Small form\n\nonly the self")


def test_a_memo_has_tables_in_which_no_character_has_a_meaning() -> None:
    own = [{**OWN[0], "name": "<b>|*First*"}]
    lines = as_markdown(of(own, OFFICIAL), "en").splitlines()
    assert lines[:5] == [
        "# Small form",
        "",
        "| unit | name | grade | self | official | difference | place |",
        "| --- | --- | --- | --- | --- | --- | --- |",
        r"| u1 | \<b\>\|\*First\* | Good | 7.7 | 7.4 | -0.3 | 1 |",
    ]
    assert r"## u1 \<b\>\|\*First\*" in lines
    assert "| work.papers.missing (1 case → 4 case) | -0.9 |" in lines


def test_the_causes_of_a_csv_add_up_and_no_cell_is_a_formula() -> None:
    own = [{**OWN[0], "name": "=1+1"}]
    rows = list(csv.DictReader(StringIO(as_csv(of(own, OFFICIAL)))))
    assert rows[0] == {
        "unit": "u1", "name": "'=1+1", "what": "total", "path": "", "title": "", "self": "7.7", "official": "7.4",
        "difference": "-0.3", "points": "-0.3", "counts": "",
    }  # fmt: skip
    assert [(row["what"], row["path"], row["points"], row["counts"]) for row in rows[5:9]] == [
        ("rule", "bonus.used", "1", "bonus.used.city: 0 piece → 1 piece"),
        ("rule", "work.papers.missing", "-0.9", "work.papers.missing: 1 case → 4 case"),
        ("rule", "work.index.gap", "'-3/7", "work.index.gap: 0 gap → 1 gap"),
        ("rounding", "", "'1/35", ""),
    ]
    assert [(row["unit"], row["what"], row["self"], row["official"]) for row in rows[9:]] == [
        ("u2", "only_official", "", "7.5"), ("u4", "only_official", "", "8"),
    ]  # fmt: skip


def test_a_total_that_a_gate_takes_away() -> None:
    rubric = loads(SMALL + "gates: [{id: veto, when: work.late, score: none}]\n")
    pairs = of(
        [{"unit": "u1", "bonus.judged": 0}], [{"unit": "u1", "bonus.judged": 0, "work.late": True}], rubric
    )
    lines = as_text(pairs, "en").splitlines()
    assert lines[4].split() == ["u1", "–", "7.0", "none", "–", "1", "→", "–"]
    assert pairs.to_dict()["units"][0]["official"]["place"] is None
    rows = list(csv.DictReader(StringIO(as_csv(pairs))))
    assert (rows[0]["self"], rows[0]["official"], rows[0]["difference"]) == ("7", "", "")


def test_an_item_whose_score_a_gate_takes_away_has_no_difference() -> None:
    text = SMALL.replace(
        "        title: Papers\n",
        "        title: Papers\n        gates: [{id: veto, when: work.papers.missing > 3, score: none}]\n",
    )
    pairs = of(OWN[:1], [{**OWN[0], "work.papers.missing": 4}], loads(text))
    lines = [line.split() for line in as_text(pairs, "en").splitlines()]
    assert ["Papers", "3.7", "none", "–"] in lines
    assert ["-2.8", "work.papers", "Papers:", "gates"] in lines


def test_units_of_variants_are_matched_and_ranked_by_their_variant() -> None:
    own = [{"unit": "a", "chiefs.share": 94}, {"unit": "b", "variant": "county", "chiefs.share": 90}]
    official = [{"unit": "a", "chiefs.share": 93, "platforms.area.bad": True}, {**own[1], "chiefs.share": 91}]
    pairs = of(own, official, loads(CHIEFS))
    lines = as_text(pairs, "en").splitlines()
    assert lines[2].split()[:4] == ["unit", "name", "variant", "grade"]
    assert lines[4].split() == ["a", "–", "–", "good", "29.90", "28.80", "-1.1", "1"]
    assert lines[5].split() == ["b", "–", "county", "good", "29.50", "29.60", "+0.1", "1"]
    assert "    -1  platforms.area.bad (no → yes)" in lines


def test_what_no_cause_names_is_told_below() -> None:
    text = SMALL.replace("total: 10\n", "total: 10\nfacts: {seen: flag}\n", 1)
    rubric = loads(text + "gates: [{id: cap, when: seen and work.late, at_most: 1}]\n")
    own, official = [{"unit": "u1", "bonus.judged": 0}], [{"unit": "u1", "bonus.judged": 0, "seen": True}]
    pairs = of(own, official, rubric)
    assert as_text(pairs, "en").splitlines()[-3:] == ["u1", "", "  also filled in otherwise: seen: no → yes"]
    assert as_markdown(pairs, "zh").splitlines()[-1] == "另有填报不同：seen：否 → 是"


def test_a_unit_of_two_variants_or_without_a_code_is_refused_at_its_place() -> None:
    own = [{"unit": "a", "chiefs.share": 94}, {"name": "B", "chiefs.share": 94}]
    official = [{"unit": "a", "variant": "county", "chiefs.share": 94}]
    with pytest.raises(TallyError) as error:
        of(own, official, loads(CHIEFS))
    assert [(one.code, one.path) for one in error.value.diagnostics] == [
        ("GR891", (1, "unit")), ("GR890", ("a", "variant")),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("own", "official", "expected"),
    [
        ("", "", ("mine", "mine")),
        ("unit: d01\n", "", ("d01", "d01")),
        ("", "unit: d01\n", ("d01", "d01")),
        ("unit: d01\n", "unit: d01\n", ("d01", "d01")),
        # Two units, of which each file is called as its unit, are never taken for one.
        ("unit: mine\n", "unit: theirs\n", ("mine", "theirs")),
        ("unit: d01\n", "unit: theirs\n", ("d01", "theirs")),
    ],
)
def test_a_unit_that_is_alone_in_each_file_may_be_named_by_it(
    tmp_path: Path, own: str, official: str, expected: tuple[str, str]
) -> None:
    rubric = loads(GRADED)
    sides = []
    for name, said in (("mine", own), ("theirs", official)):
        path = tmp_path / f"{name}.yaml"
        path.write_text(f"{said}bonus.judged: 1\n", "utf-8")
        units = tally_files.known_by_file(tally_files.parse(rubric, path).units, path)
        sides.append([(unit, rubric.score(unit.tally, unit=unit.unit)) for unit in units])
    one, other = named_alike(rubric, *sides)
    assert (one[0][1].unit, other[0][1].unit) == expected


def test_of_several_units_none_is_named_by_its_file() -> None:
    rubric = loads(GRADED)
    own, official = tally_files.scored(rubric, OWN), tally_files.scored(rubric, OFFICIAL)
    assert named_alike(rubric, own, official) == (own, official)
    assert named_alike(rubric, own[:1], official) == (own[:1], official)
