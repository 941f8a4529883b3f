"""Plain sheets with a row for each unit, of Excel and CSV: what is understood is told once, all else is refused."""

from pathlib import Path
from typing import Any

import pytest

from form_files import sheet_of
from govrubric import Rubric, ScoreCard, TallyError, loads, tally_files
from govrubric.diagnostics.diagnostic import Diagnostic, in_file_order
from govrubric.document import files
from govrubric.tally_sheets import workbooks
from office_files import xlsx
from samples import args, refused, small

OFFICE = """\
govrubric: 1
id: office-2025
title: 政务公开考核
language: zh
total: 20
round: {places: 1, mode: half_up}
indicators:
  - id: work
    title: 日常工作
    weight: 10
    rules:
      - {id: late, title: 迟报, deduct: 1, clause: 年报迟报的扣1分。}
      - {id: missing, title: 未标注, deduct: 0.5, per: 件, clause: 每件扣0.5分。}
  - id: site
    title: 网站
    weight: 6
    rules: [{id: rate, title: 达标率, convert: 100, unit: "%"}]
  - id: grade
    title: 评价
    weight: 4
    rules: [{id: given, title: 等次, choose: {good: {points: 4, title: 优}, fair: {points: 2, title: 良}}}]
"""
HEAD = ["单位", "日常工作：迟报", "日常工作：未标注", "网站：达标率", "评价：等次"]


def office() -> Rubric:
    return loads(OFFICE)


def put(folder: Path, content: Any, name: str = "tallies.xlsx") -> Path:
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else sheet_of(content))
    return path


def told(path: Path) -> list[tuple[str, str]]:
    units = tally_files.parse(office(), path)
    found = list(units.found)
    for result in tally_files.score(office(), units.units):
        found += result if isinstance(result, list) else []
    return [(one.code, within(one)) for one in in_file_order(found)]


def within(finding: Diagnostic) -> str:
    return finding.place.within if finding.place else ""


def totals(path: Path) -> list[tuple[str | None, str | None, str]]:
    return [(card.unit, card.name, str(card.total)) for card in tally_files.read(office(), path)]


def csv(rows: list[list[Any]], encoding: str = "utf-8") -> bytes:
    return "".join(",".join("" if cell is None else str(cell) for cell in row) + "\n" for row in rows).encode(
        encoding
    )


def test_titles_and_words_of_an_office_are_understood_and_told_once(tmp_path: Path) -> None:
    rows: list[list[Any]] = [
        ["2025年政务公开考核", None, None, None, None, None, None],
        ["编号", "单位", "日常工作：迟报", "日常工作：未标注（件）", "网站: 达标率", "评价：等次", "备注"],
        ["001", "甲区", "否", 2, "９0．5", "优", "已核"],
        ["002", "乙区", "√", "2.0", "80%", "良", None],
        ["003", "丙区", "无", None, 100, "fair", None],
    ]
    # 甲区: 10 - 1 + 90.5 x 6 / 100 = 5.43, + 4. 乙区: 10 - 1 - 1 + 4.8 + 2. 丙区: 10 + 6 + 2.
    expected = [("001", "甲区", "18.4"), ("002", "乙区", "14.8"), ("003", "丙区", "18")]
    for name, content in (
        ("a.xlsx", sheet_of(rows)), ("a.csv", csv(rows)), ("b.csv", csv(rows, "gb18030")),
    ):  # fmt: skip
        path = put(tmp_path, content, name)
        assert totals(path) == expected
        notes = tally_files.parse(office(), path).found
        assert sorted(
            (one.code, args(one).get("what", ""), args(one).get("number", "")) for one in notes
        ) == [
            *([("GR812", "", "")] if name == "b.csv" else []),
            ("GR880", "counts with a point and zeros", "1"),
            ("GR880", "full-width digits", "1"),
            ("GR880", "percentages", "1"),
            ("GR880", "titles of options", "2"),
            ("GR880", "words for true and false", "3"),
            ("GR881", "", "6"),
            ("GR882", "columns", ""),
            ("GR882", "rows above the header", ""),
        ]
        assert {one.severity for one in notes} <= {"note", "warning"}


def test_a_note_says_what_it_was_read_as(tmp_path: Path) -> None:
    path = put(tmp_path, [HEAD, ["甲区", "否", 0, 90, "优"]])
    heading, words, option = in_file_order(tally_files.parse(office(), path).found)
    assert heading.render("zh").replace(str(tmp_path), "") == (
        "/tallies.xlsx:表!A1: 提示[GR881]: 有 5 个表头已按所指读取：单位 = unit, 日常工作：迟报 = work.late, "
        "日常工作：未标注 = work.missing, 网站：达标率 = site.rate, 评价：等次 = grade.given\n"
        "  A1 | 单位\n     | ^^^^\n  办法: 如无误，无需处理"
    )
    assert words.line("zh").endswith(
        "表!B2: note GR880: “是/否”“√/×”“有/无”之类的字样已按其含义读取，共 1 格"
    )
    assert option.line("zh").endswith("表!E2: note GR880: 按名称填写的选项已按其含义读取，共 1 格")


def test_columns_of_evidence_and_notes_belong_to_the_input_that_they_name_or_follow(tmp_path: Path) -> None:
    rows: list[list[Any]] = [
        ["unit", "work.late", "依据", "备注", "work.missing", "依据", "备注", "site.rate", "site.rate.evidence", "评价：等次", "评价：等次（备注）"],
        ["u1", "是", "年报\n台账", "已补报", 3, "抽查表", None, 90, "截图", "优", "口头通报"],
    ]  # fmt: skip
    (card,) = tally_files.read(office(), put(tmp_path, rows))
    said = {name: (one.evidence, one.note) for name, one in card.inputs.items()}
    assert said == {
        "work.late": (("年报", "台账"), "已补报"),
        "work.missing": (("抽查表",), None),
        "site.rate": (("截图",), None),
        "grade.given": ((), "口头通报"),
    }


@pytest.mark.parametrize(
    ("heads", "row", "expected"),
    [
        # A heading that stands once, beside several inputs, is about the whole row.
        (["unit", "work.late", "site.rate", "grade.given", "依据"], ["u1", "否", 9, "优", "x"], [("GR882", "表!E1")]),
        (["unit", "依据", "site.rate", "依据", "grade.given"], ["u1", "x", 9, "y", "优"], [("GR882", "表!B1")]),
        (["unit", "site.rate", "grade.given", "成绩依据"], ["u1", 9, "优", "x"], [("GR601", "表!D1")]),
        (["unit", "序号", "site.rate", "grade.given"], ["u1", 1, 9, "优"], [("GR882", "表!B1")]),
        (["unit", "site.rate", "grade.given", "日常工作"], ["u1", 9, "优", 8.5], [("GR601", "表!D1")]),
        (["unit", "编号", "site.rate", "grade.given"], ["u1", "1", 9, "优"], [("GR631", "表!B1")]),
        (["unit", "site.rate", "网站：达标率", "grade.given"], ["u1", 9, 9, "优"], [("GR631", "表!C1")]),
        (["unit", "site.rate", "grade.given", "人口", "人口"], ["u1", 9, "优", 1, 2], [("GR601", "表!D1"), ("GR631", "表!E1")]),
        (["unit", "site.rate", "grade.given", None], ["u1", 9, "优", 2], [("GR637", "表!D1")]),
        (["unit", "site.rate", "grade.given", None], ["u1", 9, "优", None], []),
        (["unit", "site.rate", "grade.given"], ["u1", "2项", "优"], [("GR615", "表!B2")]),
        (["unit", "site.rate", "grade.given"], ["u1", "1,5", "优"], [("GR615", "表!B2")]),
        (["unit", "site.rate", "grade.given"], ["u1", 9, "中"], [("GR616", "表!C2")]),
        (["unit", "site.rate", "grade.given"], ["u1", None, "优"], [("GR602", "表!B2")]),
        (["unit", "site.rate"], ["u1", 9], [("GR602", "表!A1")]),
        (["unit", "site.rate", "grade.given"], ["u\xa01", 9, "优"], [("GR106", "表!A2")]),
        (["unit", "site.rate", "grade.given", "site.rate依据"], ["u1", 9, "优", "长" * 20_001], [("GR123", "表!D2")]),
        (["unit", "site.rate", "grade.given", "work.late依据"], ["u1", 9, "优", "x"], [("GR614", "表!A2")]),
        (["unit", "site.rate", "grade.given"], [], [("GR634", "1:1")]),
    ],
)  # fmt: skip
def test_what_could_be_misread_is_refused_at_its_cell(
    tmp_path: Path, heads: list[Any], row: list[Any], expected: list[tuple[str, str]]
) -> None:
    notes = ("GR880", "GR881")
    found = told(put(tmp_path, [heads, row]))
    assert [one for one in found if one[0] not in notes] == expected


def test_a_title_that_two_inputs_have_is_refused_with_both(tmp_path: Path) -> None:
    twice = OFFICE.replace("id: missing, title: 未标注", "id: missing, title: 迟报")
    path = put(tmp_path, [["unit", "日常工作：迟报", "site.rate", "grade.given"], ["u1", 1, 9, "good"]])
    (finding,) = refused(TallyError, lambda: tally_files.read(loads(twice), path))
    assert (finding.code, args(finding)["known"]) == ("GR868", "work.late, work.missing")


def test_a_unit_that_stands_twice_is_told_at_its_cell(tmp_path: Path) -> None:
    rows = [["unit", "site.rate", "grade.given"], ["u1", 9, "good"], ["u1", 8, "good"]]
    (finding,) = refused(TallyError, lambda: tally_files.read(office(), put(tmp_path, rows)))
    assert (finding.code, within(finding)) == ("GR633", "表!A3")
    assert [one.place.within for one in finding.related] == ["表!A2"]


ROW = '<row><c t="inlineStr"><is><t>unit</t></is></c><c t="inlineStr"><is><t>site.rate</t></is></c><c t="inlineStr"><is><t>grade.given</t></is></c></row>'  # fmt: skip


def cells(*values: str) -> str:
    return "".join(f"<row>{one}</row>" for one in values)


GOOD = '<c t="inlineStr"><is><t>u1</t></is></c><c><v>9</v></c><c t="inlineStr"><is><t>good</t></is></c>'


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (f"<sheetData>{ROW}{cells(GOOD.replace('<v>9</v>', '<f>4+5</f><v>9</v>'))}</sheetData>", [("GR872", "表1!B2")]),
        (f"<sheetData>{ROW}{cells('<c><f>A1</f></c>')}</sheetData>", [("GR872", "表1!A2"), ("GR602", "表1!B2"), ("GR602", "表1!C2")]),
        (f"<sheetData>{ROW}{cells(GOOD.replace('<c><v>9', '<c s=&quot;0&quot; t=&quot;e&quot;><v>9').replace('&quot;', chr(34)))}</sheetData>", [("GR873", "表1!B2")]),
        (f'<cols><col min="2" max="2" hidden="1"/></cols><sheetData>{ROW}{cells(GOOD)}</sheetData>', [("GR874", "表1!B2")]),
        (f'<sheetData>{ROW}{cells(GOOD)}</sheetData><mergeCells><mergeCell ref="A2:B2"/></mergeCells>', [("GR874", "表1!A2")]),
        (f'<sheetData>{ROW}{cells(GOOD)}</sheetData><mergeCells><mergeCell ref="F1:G2"/></mergeCells>', []),
        (f"<sheetData>{ROW}{cells(GOOD.replace('t=&quot;inlineStr&quot;', ''), GOOD.replace('<is><t>u1</t></is>', '<f>1</f>'))}</sheetData>", [("GR872", "表1!A3")]),
        ("", [("GR634", "1:1")]),
        ('<sheetData><row><c t="inlineStr"><is><t>password</t></is></c></row></sheetData>', [("GR137", "1:1")]),
    ],
)  # fmt: skip
def test_formulas_errors_hidden_and_merged_cells_are_refused(
    tmp_path: Path, body: str, expected: list[tuple[str, str]]
) -> None:
    assert [one for one in told(put(tmp_path, xlsx(body))) if one[0] != "GR880"] == expected


def test_every_sheet_with_a_header_is_read_and_the_others_are_named(tmp_path: Path) -> None:
    rows = [["unit", "site.rate", "grade.given"], ["u1", 9, "good"]]
    other = [["unit", "site.rate", "grade.given"], ["u2", 8, "good"]]
    path = put(tmp_path, sheet_of(rows, ("说明", [["填表说明", "请如实填写"]]), ("表二", other), ("空", [])))
    assert [unit.unit for unit in office().read(path)] == ["u1", "u2"]
    (note,) = tally_files.parse(office(), path).found
    assert (note.code, args(note)) == ("GR882", {"what": "sheets", "known": "说明"})


def test_hidden_sheets_are_not_read_and_named(tmp_path: Path) -> None:
    body = f"<sheetData>{ROW}{cells(GOOD)}</sheetData>"
    path = put(tmp_path, xlsx(body, body, states={2: "hidden"}))
    (note,) = tally_files.parse(office(), path).found
    assert (note.code, args(note)["names"]) == ("GR810", "表2")


def test_a_sheet_has_so_many_cells_at_most(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbooks, "PLACES_LIMIT", 5)
    assert told(put(tmp_path, [["unit", "site.rate", "grade.given"], ["u1", 9, "good"]])) == [
        ("GR807", "1:1")
    ]


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "GR802"),
        (b"plain text", "GR802"),
        (b"%PDF-1.4", "GR800"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "Workbook".encode("utf-16-le"), "GR800"),
        (b"PK\x03\x04 cut off", "GR802"),
    ],
)
def test_what_is_no_workbook_is_refused_by_name(tmp_path: Path, data: bytes, code: str) -> None:
    assert told(put(tmp_path, data)) == [(code, "1:1")]


def test_a_share_of_one_may_be_a_percentage_and_another_number_may_not(tmp_path: Path) -> None:
    text = OFFICE.replace('convert: 100, unit: "%"', "convert: 1, places: 2")
    path = put(tmp_path, [["unit", "site.rate", "grade.given"], ["u1", "95%", "good"]])
    (card,) = tally_files.read(loads(text), path)
    assert str(card.inputs["site.rate"].value) == "0.95"
    other = OFFICE.replace(', unit: "%"', "")
    (finding,) = refused(TallyError, lambda: tally_files.read(loads(other), path))
    assert (finding.code, within(finding)) == ("GR615", "表!B2")


# Folders


ONE: list[list[Any]] = [["site.rate", "grade.given"], [9, "good"]]


def test_a_folder_gives_the_units_of_its_workbooks_in_order_each_with_its_file(tmp_path: Path) -> None:
    (tmp_path / "乡镇").mkdir()
    for name in ("b.xlsx", "a.xlsx", "乡镇/c.xlsx"):
        put(tmp_path, ONE, name)
    put(tmp_path, b"not read", "~$a.xlsx")
    put(tmp_path, b"not read", "说明.txt")
    units = tally_files.parse(office(), tmp_path)
    assert [unit.unit for unit in units.units] == ["a", "b", "c"]
    (note,) = units.found
    assert (note.code, args(note)) == ("GR882", {"what": "files", "known": "说明.txt"})
    assert [unit.unit for unit in office().read(tmp_path)] == ["a", "b", "c"]


def test_a_folder_names_the_file_of_each_finding(tmp_path: Path) -> None:
    put(tmp_path, ONE, "a.xlsx")
    put(tmp_path, [["site.rate", "grade.given"], [900, "good"]], "b.xlsx")
    put(tmp_path, b"old", "c.et")
    found = refused(TallyError, lambda: tally_files.read(office(), tmp_path))
    assert [(one.code, one.where.replace(str(tmp_path), "")) for one in found] == [
        ("GR607", "/b.xlsx:表!A2"),
        ("GR630", "/c.et:1:1"),
    ]


def test_a_folder_without_a_workbook_has_no_unit(tmp_path: Path) -> None:
    assert told(tmp_path) == [("GR634", "1:1")]


def test_a_folder_that_cannot_be_listed_and_a_link_that_leads_out_are_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    inside = tmp_path / "in"
    inside.mkdir()
    (inside / "link.xlsx").symlink_to(put(tmp_path, ONE, "out.xlsx"))
    assert told(inside) == [("GR138", "1:1")]
    monkeypatch.setattr(files, "below", lambda folder, refused: refused.append(folder) or [])
    assert told(inside) == [("GR101", "1:1")]


def test_a_card_of_a_workbook_is_that_of_the_same_csv(tmp_path: Path) -> None:
    rows: list[list[Any]] = [
        ["unit", "work.late", "work.missing", "site.rate", "grade.given"],
        ["u1", "true", 3, 88.65 // 1, "fair"],
    ]
    cards: list[list[ScoreCard]] = [
        tally_files.read(office(), put(tmp_path, content, name))
        for name, content in (("a.xlsx", sheet_of(rows)), ("a.csv", csv(rows)))
    ]
    assert cards[0] == cards[1]


def test_a_row_of_spaces_is_none(tmp_path: Path) -> None:
    rows = [["unit", "site.rate", "grade.given"], [" ", None, " "], ["u1", 9, "good"]]
    assert [unit.unit for unit in office().read(put(tmp_path, rows))] == ["u1"]


def test_an_empty_column_without_a_heading_is_none(tmp_path: Path) -> None:
    path = put(tmp_path, b"unit,,site.rate,grade.given,\nu1,,9,good,\n", "a.csv")
    assert totals(path) == [("u1", None, "14.5")]  # 10 + 9 x 6 / 100 + 4
    assert tally_files.parse(office(), path).found == []


def test_two_columns_of_evidence_for_one_input_are_refused(tmp_path: Path) -> None:
    heads = ["unit", "site.rate", "grade.given", "site.rate依据", "网站：达标率（依据）"]
    assert told(put(tmp_path, [heads, ["u1", 9, "good", "a", "b"]])) == [("GR631", "表!E1")]


def test_a_title_without_a_letter_is_no_heading(tmp_path: Path) -> None:
    rubric = loads(OFFICE.replace("title: 达标率", 'title: "1"').replace("title: 网站", 'title: "2."'))
    path = put(tmp_path, [["unit", "site.rate", "grade.given"], ["u1", 1, "good"], ["2", 2, "good"]])
    assert [unit.unit for unit in rubric.read(path)] == ["u1", "2"]


def test_of_very_many_faults_the_first_thousand_are_told(tmp_path: Path) -> None:
    heads = ["unit", "site.rate", "grade.given", *(f"x{n}" for n in range(400))]
    assert len(tally_files.parse(office(), put(tmp_path, [heads, ["u1", 9, "good"]])).found) == 201
    formula = "<c><f>1</f><v>1</v></c>"
    path = put(tmp_path, xlsx(f"<sheetData>{ROW}{cells(*[formula * 3] * 1_500)}</sheetData>"))
    assert len(tally_files.parse(office(), path).found) == 1002


def test_nothing_of_a_csv_of_another_kind_is_shown(tmp_path: Path) -> None:
    path = put(tmp_path, b"host,password\ndb,hunter2\n", "a.csv")
    (finding,) = tally_files.parse(office(), path).found
    assert (finding.code, "hunter2" in finding.render()) == ("GR137", False)


def test_units_above_a_further_header_are_not_left_out(tmp_path: Path) -> None:
    named = ["unit", "work.late", "work.missing", "site.rate", "grade.given"]
    titled = ["unit", "日常工作：迟报", *named[2:]]
    rows = [["u1", "false", 2, 90, "good"], ["u2", "false", 0, 80, "fair"]]
    path = put(tmp_path, csv([titled, rows[0], named, rows[1]]), "twice.csv")
    assert {code for code, _ in told(path)} == {"GR603", "GR605", "GR615", "GR616", "GR881"}
    # Titles that stand right above names are no further header.
    above = put(tmp_path, csv([HEAD, named, rows[1]]), "above.csv")
    assert totals(above) == [("u2", None, "16.8")]  # 10 + 6 x 80 % + 2


def test_rows_that_add_up_or_average_are_no_units(tmp_path: Path) -> None:
    rows = [["单位", "bonus.judged"], ["u1", "1"], ["合计", "1"], ["平均", "0.5"]]
    path = put(tmp_path, csv(rows), "sums.csv")
    assert [card.unit for card in tally_files.read(small(), path)] == ["u1"]
    (note,) = [one for one in tally_files.parse(small(), path).found if one.code == "GR882"]
    assert note.message("zh") == "未读取的汇总行：合计 1; 平均 0.5"


def test_a_minus_before_a_zero_is_no_count(tmp_path: Path) -> None:
    rows = [["unit", "bonus.judged", "work.papers.missing"], ["u1", "1", "-0.0"]]
    path = put(tmp_path, csv(rows), "minus.csv")
    assert [one.code for one in refused(TallyError, lambda: tally_files.read(small(), path))] == ["GR603"]
