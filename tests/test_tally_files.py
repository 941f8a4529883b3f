"""A file of tallies -> score cards: one unit or many, as YAML, JSON or CSV, with every finding placed."""

import json
from pathlib import Path

import pytest

from govrubric import ScoreCard, TallyError, loads, tally_files
from govrubric.diagnostics.diagnostic import UnreadableTallyError
from govrubric.tally_sheets import csv_sheets
from samples import SMALL, args, codes, placed, refused, small

HEAD = "unit,name,work.papers.missing,work.late,bonus.judged\n"
ROW = "u1,First,3,true,0.5\n"  # work: 7 - 0.9 - 1 = 5.1; bonus 0.5; in all 5.6

Places = list[tuple[str, int, int]]


def file(folder: Path, text: str | bytes, suffix: str) -> Path:
    path = folder / f"tallies{suffix}"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def found(folder: Path, text: str | bytes, suffix: str = ".csv") -> Places:
    path = file(folder, text, suffix)
    diagnostics = refused(TallyError, lambda: tally_files.read(small(), path))
    assert {one.place and one.place.file for one in diagnostics} == {str(path)}
    return placed(diagnostics)


def read(folder: Path, text: str | bytes, suffix: str = ".csv") -> list[tuple[str | None, str | None, str]]:
    return [
        (card.unit, card.name, str(card.total))
        for card in tally_files.read(small(), file(folder, text, suffix))
    ]


# Files


@pytest.mark.parametrize(
    ("name", "suffix"), [("a.txt", ".txt"), ("a.xls", ".xls"), ("tally", ""), (".yaml", "")]
)
def test_files_of_other_kinds_are_not_read(tmp_path: Path, name: str, suffix: str) -> None:
    (tmp_path / name).write_text("bonus.judged: 0")
    (one,) = refused(TallyError, lambda: tally_files.read(small(), tmp_path / name))
    assert (one.code, args(one)["suffix"]) == ("GR630", suffix or str(tmp_path / name))


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    (one,) = refused(UnreadableTallyError, lambda: tally_files.read(small(), tmp_path / "none.csv"))
    assert one.code == "GR101"


@pytest.mark.parametrize(
    ("suffix", "limit"),
    [(".yaml", "1048576"), (".yml", "1048576"), (".json", "1048576"), (".csv", "1048576")],
)
def test_a_file_that_is_too_large_is_refused(tmp_path: Path, suffix: str, limit: str) -> None:
    path = file(tmp_path, b" " * (int(limit) + 1), suffix)
    (one,) = refused(TallyError, lambda: tally_files.read(small(), path))
    assert (one.code, args(one)) == ("GR103", {"limit": limit})


@pytest.mark.parametrize(
    ("suffix", "encoding", "guess"),
    [
        *((suffix, "utf-16", "UTF-16") for suffix in (".yaml", ".json", ".csv")),
        *((suffix, "gbk", "GBK") for suffix in (".yaml", ".json")),
    ],
)
def test_another_encoding_is_refused_with_a_guess(
    tmp_path: Path, suffix: str, encoding: str, guess: str
) -> None:
    path = file(tmp_path, "名称,单位\n".encode(encoding), suffix)
    (one,) = refused(TallyError, lambda: tally_files.read(small(), path))
    assert (one.code, args(one)) == ("GR104", {"guess": guess})


def test_the_kind_of_a_file_does_not_hang_on_capitals(tmp_path: Path) -> None:
    assert read(tmp_path, HEAD + ROW, ".CSV") == [("u1", "First", "5.6")]


# YAML and JSON


@pytest.mark.parametrize(
    ("suffix", "text", "expected"),
    [
        (".yaml", "", [("GR124", 1, 1)]),
        (".json", "", [("GR124", 1, 1)]),
        (".json", "[]", [("GR634", 1, 1)]),
        (".yaml", "[]", [("GR634", 1, 1)]),
        (".yaml", "three", [("GR613", 1, 1)]),
        (".json", '["a", {"bonus.judged": 0}]', [("GR613", 1, 2)]),
        (".yaml", "- 1\n- [2]\n", [("GR613", 1, 3), ("GR613", 2, 3)]),
        (".yaml", "- ~\n- bonus.judged: 0\n", [("GR125", 1, 3)]),
        (".yaml", "bonus.judged: 2\n", [("GR607", 1, 15)]),
        (".yaml", "bonus: {judged: 0}\nwork.lat: true\n", [("GR601", 2, 1)]),
        (
            ".yaml",
            "bonus: {judged: 0}\nwork:\n  papers: {missing: {value: -1, evidence: [a]}}\n",
            [("GR604", 3, 29)],
        ),
        (
            ".yaml",
            "bonus: {judged: 0}\nwork:\n  papers: {missing: {value: 1, note: [a]}}\n",
            [("GR612", 3, 38)],
        ),
        (".yaml", "bonus.judged: 0\nbonus: {judged: 0}\n", [("GR610", 2, 9)]),
        (".yaml", "bonus.judged: 0\nbonus.used: 0\n", [("GR621", 2, 1)]),
        (".yaml", "bonus.judged: 0\nwork.late: {value: true, why: x}\n", [("GR611", 2, 26)]),
        (".yaml", "unit: u1\nwork.late: true\n", [("GR602", 1, 1)]),
        (".yaml", "- {unit: u1, bonus.judged: 0}\n- {unit: u2}\n", [("GR602", 2, 3)]),
        (".json", '{"bonus": {"judged":\n  "0.125"}}', [("GR608", 2, 3)]),
        (".json", '[{"bonus.judged": 0},\n {"bonus.judged": 0, "work.late": 1}]', [("GR605", 2, 35)]),
        (".yaml", "unit: [a]\nbonus.judged: 0\n", [("GR636", 1, 7)]),
        (".yaml", "unit: u1\nname: [a]\nbonus.judged: 0\n", [("GR636", 2, 7)]),
        (".yaml", "unit: {a: 1}\nbonus.judged: 0\n", [("GR636", 1, 7)]),
        (".yaml", 'unit: "u1\\n"\nbonus.judged: 0\n', [("GR105", 1, 7)]),
        (
            ".yaml",
            "- {unit: u1, bonus.judged: 0}\n- {unit: u2, bonus.judged: 0}\n- {unit: u1, bonus.judged: 0}\n",
            [("GR633", 3, 10)],
        ),
        (".yaml", "bonus.judged: &x 0\n", [("GR113", 1, 15)]),
        (".json", '{"bonus.judged": 0, "bonus.judged": 1}', [("GR641", 1, 21)]),
    ],
)
def test_what_is_wrong_is_shown_where_it_stands(
    tmp_path: Path, suffix: str, text: str, expected: Places
) -> None:
    assert found(tmp_path, text, suffix) == expected


def test_every_unit_is_checked_and_findings_stand_in_file_order(tmp_path: Path) -> None:
    text = (
        "- {unit: u1, bonus.judged: 2}\n- {unit: u2, bonus.judged: 0, work.late: 1}\n"
        "- {unit: u2, bonus.judged: 0.3}\n"
    )
    assert found(tmp_path, text, ".yaml") == [
        ("GR607", 1, 28),
        ("GR605", 2, 42),
        ("GR633", 3, 10),
        ("GR609", 3, 28),
    ]


@pytest.mark.parametrize(
    ("suffix", "text"),
    [
        (".yaml", "unit: u1\nname: First\nwork: {papers: {missing: 3}, late: true}\nbonus.judged: 0.5\n"),
        (
            ".yml",
            "- {unit: u1, name: First, work.papers.missing: 3, work: {late: true}, bonus.judged: 0.50}\n",
        ),
        (
            ".json",
            (
                '{"unit": "u1", "name": "First",'
                ' "work": {"papers": {"missing": 3}, "late": true}, "bonus.judged": "0.5"}'
            ),
        ),
        (
            ".json",
            (
                '\ufeff[{"unit": "u1", "name": "First",'
                ' "work.papers.missing": 3, "work.late": true, "bonus": {"judged": 0.5}}]'
            ),
        ),
    ],
)
def test_one_unit_may_be_written_in_many_ways(tmp_path: Path, suffix: str, text: str) -> None:
    assert read(tmp_path, text, suffix) == [("u1", "First", "5.6")]


def test_many_units_keep_their_order(tmp_path: Path) -> None:
    text = (
        "- {unit: b, bonus.judged: 0}\n- {unit: a, bonus.judged: 1}\n"
        "- {bonus.judged: 0.5}\n- {bonus.judged: 1}\n"
    )
    assert read(tmp_path, text, ".yaml") == [
        ("b", None, "7"),
        ("a", None, "8"),
        (None, None, "7.5"),
        (None, None, "8"),
    ]


@pytest.mark.parametrize("code", ["001", "yes", "1_0"])
def test_the_code_of_a_unit_keeps_its_digits_without_a_warning(tmp_path: Path, code: str) -> None:
    path = file(tmp_path, f"unit: {code}\nname: 012\nbonus.judged: 0\n", ".yaml")
    parsed = tally_files.parse(small(), path)
    assert (parsed.found, parsed.units[0].unit, parsed.units[0].name) == ([], code, "012")


def test_a_warning_stops_no_unit(tmp_path: Path) -> None:
    path = file(tmp_path, "unit: u1\nwork.papers.missing: 003\nbonus.judged: 0.5\n", ".yaml")
    parsed = tally_files.parse(small(), path)
    assert (placed(parsed.found), [str(card.total) for card in tally_files.read(small(), path)]) == (
        [("GR132", 2, 22)],
        ["6.6"],
    )


# CSV


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", [("GR634", 1, 1)]),
        ("\n\n", [("GR634", 1, 1)]),
        (HEAD, [("GR634", 1, 1)]),
        (HEAD + ",,,,\n \n", [("GR634", 1, 1)]),
        (HEAD + "u1,First,x,true,0.5\n", [("GR603", 2, 10)]),
        (HEAD + "u1,First, -3 ,true,0.5\n", [("GR604", 2, 10)]),
        (HEAD + "u1,First,1.5,true,0.5\n", [("GR603", 2, 10)]),
        (HEAD + "u1,First,３项,true,0.5\n", [("GR603", 2, 10)]),
        (HEAD + "u1,First,3,是否,0.5\n", [("GR605", 2, 12)]),
        (HEAD + "u1,First,3,true,0.125\n", [("GR608", 2, 17)]),
        (HEAD + 'u1,"Fi,rst",x,true,0.5\n', [("GR603", 2, 13)]),
        (HEAD + 'u1,"Fi""rst",x,true,0.5\n', [("GR603", 2, 14)]),
        (HEAD + 'u1,"Fi\nrst",3,true,0.5\nu2,Second,x,true,0.5\n', [("GR603", 4, 11)]),
        (HEAD + 'u1,"Fi\nrst",x,true,0.5\n', [("GR603", 3, 6)]),
        ("\n" + HEAD + "\nu1,First,x,true,0.5\n", [("GR603", 4, 10)]),
        (HEAD + "u1,First,3,true\n", [("GR632", 2, 1)]),
        (HEAD + "u1,First,3,true,0.5,\n", [("GR632", 2, 1)]),
        (HEAD + ROW + "u2,Second,3,true,0.5\n" + ROW, [("GR633", 4, 1)]),
        (HEAD + 'u1,"First,3,true,0.5\n', [("GR635", 2, 1)]),
        (HEAD + ROW + 'u1,"First"x,3,true,0.5\n', [("GR635", 3, 1)]),
        (HEAD.replace("name", "nmae") + ROW, [("GR601", 1, 6)]),
        (HEAD.replace("name", "unit") + ROW, [("GR631", 1, 6)]),
        (HEAD.replace("work.late", "work.papers.missing") + "u1,First,3,3,0.5\n", [("GR631", 1, 31)]),
        (HEAD.replace("work.late", '"work,late"') + ROW, [("GR601", 1, 31)]),
        (HEAD + "u1,Fi\u200brst,3,true,0.5\n", [("GR105", 2, 6)]),
        (HEAD + "u1,Fi\xa0rst,3,true,0.5\n", [("GR106", 2, 6)]),
        (HEAD + "u1,First,3,true,0.5\ru2,Second,x,true,0.5\n", [("GR603", 3, 11)]),
    ],
)
def test_a_wrong_cell_is_shown_where_it_stands(tmp_path: Path, text: str, expected: Places) -> None:
    """“one clear message with file:line:column (or the name of the count, or the cell)”"""
    assert found(tmp_path, text) == expected


@pytest.mark.parametrize("mark", [";", "\t", "；", "，"])
def test_a_table_with_other_separators_is_refused_at_the_first(tmp_path: Path, mark: str) -> None:
    assert found(tmp_path, (HEAD + ROW).replace(",", mark))[0] == ("GR635", 1, 5)


def test_a_table_with_other_separators_is_refused_once(tmp_path: Path) -> None:
    assert codes(
        refused(
            TallyError,
            lambda: tally_files.read(small(), file(tmp_path, (HEAD + ROW).replace(",", ";"), ".csv")),
        )
    ) == ["GR635"]


def test_an_empty_cell_that_must_have_a_number_is_shown(tmp_path: Path) -> None:
    assert found(tmp_path, HEAD + "u1,First,3,true,\n") == [("GR602", 2, 17)]


def test_a_quote_within_a_cell_is_no_csv(tmp_path: Path) -> None:
    assert found(tmp_path, HEAD + 'u1,Fi"rst,x,true,0.5\n') == [("GR635", 2, 1)]


def test_a_column_without_a_name_is_called_so(tmp_path: Path) -> None:
    (one,) = refused(
        TallyError, lambda: tally_files.read(small(), file(tmp_path, HEAD.replace("name", "") + ROW, ".csv"))
    )
    assert "``" not in one.message()


def test_a_column_that_must_be_there_is_missed_once(tmp_path: Path) -> None:
    assert found(tmp_path, "unit,name\nu1,First\nu2,Second\n") == [("GR602", 1, 1)]


def test_all_that_is_wrong_with_a_table_is_said_at_once(tmp_path: Path) -> None:
    text = HEAD.replace("name", "nmae") + "u1,x,x,1,2\nu2,x\nu1,x,0,true,0.3\n"
    assert found(tmp_path, text) == [
        ("GR601", 1, 6),
        ("GR603", 2, 6),
        ("GR605", 2, 8),
        ("GR607", 2, 10),
        ("GR632", 3, 1),
        ("GR633", 4, 1),
        ("GR609", 4, 13),
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (HEAD + ROW, [("u1", "First", "5.6")]),
        (HEAD + ROW.rstrip(), [("u1", "First", "5.6")]),
        (b"\xef\xbb\xbf" + (HEAD + ROW).replace("\n", "\r\n").encode(), [("u1", "First", "5.6")]),
        (HEAD + "u1,First,003,TRUE,0.50\n", [("u1", "First", "5.6")]),
        (HEAD + 'u1,"Fi\nrst, ""a""",3,"true", 0.5 \n', [("u1", 'Fi\nrst, "a"', "5.6")]),
        (HEAD + "u1,First,,,0.5\n", [("u1", "First", "7.5")]),
        (HEAD + ",,3,true,0.5\n\n,,3,true,0\n", [(None, None, "5.6"), (None, None, "5.1")]),
        ("bonus.judged\n1\n", [(None, None, "8")]),
        (
            "单位,bonus.judged\n".replace("单位", "unit") + "001,1\n1,0\n",
            [("001", None, "8"), ("1", None, "7")],
        ),
    ],
)
def test_a_table_of_units_is_scored_row_by_row(
    tmp_path: Path, text: str | bytes, expected: list[tuple[str | None, str | None, str]]
) -> None:
    assert read(tmp_path, text) == expected


def test_strict_scoring_misses_what_a_file_leaves_out(tmp_path: Path) -> None:
    path = file(tmp_path, "bonus.judged\n1\n", ".csv")
    missing = refused(TallyError, lambda: tally_files.read(small(), path, strict=True))
    assert [args(one)["name"] for one in missing] == [
        "work.late",
        "work.papers.missing",
        "work.papers.absent",
        "work.index.gap",
        "bonus.used.city",
        "bonus.used.province",
    ]


def test_a_refused_file_speaks_the_rubrics_language(tmp_path: Path) -> None:
    rubric = loads(SMALL.replace("id: small", "id: small\nlanguage: zh"))
    with pytest.raises(TallyError) as caught:
        tally_files.read(rubric, file(tmp_path, "bonus.judged\nx\n", ".csv"))
    assert str(caught.value).splitlines()[0].endswith("2:1: 错误[GR615]: “bonus.judged”是数字，而 “x” 不是")


def test_units_are_scored_one_by_one_with_cards_or_findings(tmp_path: Path) -> None:
    parsed = tally_files.parse(small(), file(tmp_path, HEAD + ROW + "u2,Second,x,true,0.5\n", ".csv"))
    first, second = tally_files.score(small(), parsed.units)
    assert isinstance(first, ScoreCard)
    assert (str(first.total), isinstance(second, list) and placed(second)) == ("5.6", [("GR603", 3, 11)])


def test_behind_a_thousand_findings_a_table_is_not_read_on(tmp_path: Path) -> None:
    found = codes(
        refused(TallyError, lambda: tally_files.read(small(), file(tmp_path, HEAD + "u\n" * 5000, ".csv")))
    )
    assert found == ["GR632"] * 1001


def test_behind_a_thousand_findings_no_unit_is_scored(tmp_path: Path) -> None:
    text = "".join(f"- {{unit: u{n}, work.late: x}}\n" for n in range(3000))
    found = codes(refused(TallyError, lambda: tally_files.read(small(), file(tmp_path, text, ".yaml"))))
    assert 1001 <= len(found) < 1100


# What does not apply, choices and facts

WIDE = """\
govrubric: 1
id: wide
title: Wide
total: 10
round: {places: 1, mode: half_up}
facts: {class: {choice: [A, B]}}
indicators:
  - {id: a, title: A, weight: 6, not_applicable: zero, rules: [{id: rated, choose: {good: 6, fair: 3}}]}
  - {id: b, title: B, weight: 4, rules: [{id: judged, judge: 4}]}
"""


def wide(folder: Path, text: str, suffix: str = ".csv") -> list[tuple[str | None, str]]:
    return [
        (card.unit, str(card.total)) for card in tally_files.read(loads(WIDE), file(folder, text, suffix))
    ]


def wide_found(folder: Path, text: str) -> list[tuple[str, int, int, str]]:
    """Code, line, column and name of every finding."""
    found = refused(TallyError, lambda: wide(folder, text))
    return [
        (one.code, one.place.line, one.place.column, args(one).get("name", "")) for one in found if one.place
    ]


def test_a_column_that_a_flag_may_excuse_need_not_be_there(tmp_path: Path) -> None:
    assert wide(tmp_path, "unit,class,a.not_applicable,b.judged\nu1,A,true,3\n") == [("u1", "3")]


def test_a_row_that_says_of_nothing_that_it_does_not_apply_misses_that_column(tmp_path: Path) -> None:
    text = "unit,class,a.not_applicable,b.judged\nu1,A,true,3\nu2,A,false,3\nu3,A,,3\n"
    assert wide_found(tmp_path, text) == [("GR602", 3, 1, "a.rated"), ("GR602", 4, 1, "a.rated")]


def test_a_column_that_no_flag_excuses_is_missed_in_the_head(tmp_path: Path) -> None:
    assert wide_found(tmp_path, "unit,a.rated\nu1,good\n") == [
        ("GR602", 1, 1, "class"),
        ("GR602", 1, 1, "b.judged"),
    ]


def test_a_choice_in_a_cell_is_its_name(tmp_path: Path) -> None:
    assert wide(tmp_path, "unit,class,a.rated,b.judged\nu1,A,fair,3\nu2,B,good,4\n") == [
        ("u1", "6"),
        ("u2", "10"),
    ]
    assert wide_found(tmp_path, "unit,class,a.rated,b.judged\nu1,A,poor,3\n") == [("GR616", 2, 6, "a.rated")]


@pytest.mark.parametrize(
    ("suffix", "text"),
    [
        (".yaml", "unit: u1\nclass: B\na.not_applicable: true\nb.judged: 2.5\n"),
        (".json", '{"unit": "u1", "class": "B", "a": {"not_applicable": true}, "b": {"judged": 2.5}}'),
    ],
)
def test_facts_and_flags_are_read_from_every_kind_of_file(tmp_path: Path, suffix: str, text: str) -> None:
    assert wide(tmp_path, text, suffix) == [("u1", "2.5")]


def test_only_so_many_units_and_texts_are_remembered(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tally_files, "UNITS", 1)
    monkeypatch.setattr(tally_files, "REMEMBERED", 1)
    path = tmp_path / "t.csv"
    path.write_text("unit,bonus.judged\nu1,0\nu2,1\nu2,1\nu1,0\n")
    findings = tally_files.csv_findings(small(), str(path), carried=False)
    assert [finding.where for finding in findings] == [f"{path}:5:1"]  # u2 is beyond what is remembered
    assert tally_files.csv_findings(small(), str(path), carried=False, limit=20) == []


def test_a_table_that_is_held_as_a_whole_has_a_hundred_thousand_rows_at_most(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(csv_sheets, "ROWS", 2)
    path = tmp_path / "t.csv"
    path.write_text("unit\na\nb\nc\nd\n", "utf-8")
    units = tally_files.parse(loads(SMALL), path)
    (finding,) = (finding for finding in units.found if finding.code == "GR122")
    assert (len(units.units), finding.place and finding.place.line) == (3, 4)
    assert dict(finding.args) == {"limit": "2", "what": "rows"}


def test_a_list_that_is_no_list_of_units_is_read_up_to_a_thousand_findings(tmp_path: Path) -> None:
    path = tmp_path / "t.json"
    path.write_text(f"[{','.join(['1'] * 5000)}]", "utf-8")
    assert len(tally_files.parse(loads(SMALL), path).found) == 1001


@pytest.mark.parametrize("suffix", [".yaml", ".json"])
def test_an_item_may_be_called_as_a_label_is(tmp_path: Path, suffix: str) -> None:
    rubric = loads(SMALL.replace("id: work\n", "id: unit\n"))
    path = tmp_path / f"tally{suffix}"
    path.write_text(
        json.dumps({"unit": {"papers": {"missing": 2}}, "name": "A", "bonus": {"judged": 1}}), "utf-8"
    )
    (unit,) = rubric.read(path)
    assert (unit.name, dict(unit.tally)) == ("A", {"unit.papers.missing": 2, "bonus.judged": 1})
    assert rubric.score_all([unit])[0].total == rubric.total({"unit.papers.missing": 2, "bonus.judged": 1})
