"""Forms that were filled in: what they say comes back, and what may have been changed by accident is refused."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter

from form_files import (
    EVIDENCE,
    NOTE,
    OFFICIAL,
    OWN,
    VALUE,
    WORKING,
    cell_of,
    edited,
    form,
    row_of,
)
from govrubric import Rubric, ScoreCard, TallyError, loads, tally_files
from govrubric.diagnostics.diagnostic import Diagnostic, in_file_order
from samples import SMALL, args, small

OWN_TALLY: dict[str, Any] = {
    "work.late": True,
    "work.papers.missing": {
        "value": 5,
        "evidence": ["minutes p. 3", "list 7"],
        "note": "two of them in June",
    },
    "bonus.judged": 0.5,
}
OFFICIAL_TALLY: dict[str, Any] = {"work.papers.missing": 6, "bonus.judged": 1}


def put(folder: Path, data: bytes, name: str = "城关镇.xlsx") -> Path:
    path = folder / name
    path.write_bytes(data)
    return path


def told(folder: Path, data: bytes, rubric: Rubric | None = None) -> list[tuple[str, str]]:
    """The code and the place of everything that is told of a form, in order; notes too."""
    path = put(folder, data)
    units = tally_files.parse(rubric or small(), path)
    found = list(units.found)
    for result in tally_files.score(rubric or small(), units.units):
        found += result if isinstance(result, list) else []
    assert {one.place and one.place.file for one in found} <= {str(path)}
    return [(one.code, within(one)) for one in in_file_order(found)]


def within(finding: Diagnostic) -> str:
    return finding.place.within if finding.place else ""


def cards(folder: Path, data: bytes) -> list[ScoreCard]:
    return tally_files.read(small(), put(folder, data))


def at(name: str, column: str = VALUE, sheet: str = OWN) -> str:
    """The place of an input in the small rubric."""
    return f"{sheet}!{cell_of(small(), name, column)}"


def sheet_in(book: xlsxwriter.Workbook, name: str = OWN) -> Any:
    return book.get_worksheet_by_name(name)


def test_what_a_unit_fills_in_comes_to_the_card_of_the_same_tally(tmp_path: Path) -> None:
    # 10 - 5 x 0.3 - 1 = 7.5 of work and bonus counted apart: papers 2.5, index 3, less 1 = 4.5; bonus 0.5.
    (card,) = cards(tmp_path, form(small(), OWN_TALLY))
    assert (card.unit, card.name, str(card.total)) == ("d01", "示例甲区", "5")
    assert card == small().score({**OWN_TALLY, "bonus.judged": "0.5"}, unit="d01", name="示例甲区")
    rule = card.inputs["work.papers.missing"]
    assert (rule.evidence, rule.note) == (("minutes p. 3", "list 7"), "two of them in June")


def test_a_form_without_the_code_of_a_unit_is_known_by_its_file(tmp_path: Path) -> None:
    (unit,) = small().read(put(tmp_path, form(small(), OWN_TALLY, unit="", name="")))
    assert (unit.unit, unit.name) == ("城关镇", None)


def test_the_sheet_of_the_assessor_goes_before_that_of_the_unit(tmp_path: Path) -> None:
    data = form(small(), OWN_TALLY, OFFICIAL_TALLY)
    assert told(tmp_path, data) == [("GR883", f"{OFFICIAL}!A1")]
    # Papers 4 - 1.8, index 3; bonus 1.
    assert [str(card.total) for card in cards(tmp_path, data)] == ["6.2"]
    assert told(tmp_path, form(small(), None, OFFICIAL_TALLY)) == []


def test_both_sheets_of_a_form_are_given_for_a_comparison(tmp_path: Path) -> None:
    path = put(tmp_path, form(small(), OWN_TALLY, OFFICIAL_TALLY))
    own, official = tally_files.both(small(), path)
    totals = [
        [str(card.total) for card in tally_files.score(small(), side.units) if isinstance(card, ScoreCard)]
        for side in (own, official)
    ]
    assert (totals, own.found, official.found) == ([["5"], ["6.2"]], [], [])
    _, official = tally_files.both(small(), put(tmp_path, form(small(), OWN_TALLY)))
    assert [(one.code, within(one)) for one in official.found] == [("GR876", f"{OFFICIAL}!A1")]


def test_a_form_in_which_nothing_is_filled_in_is_no_perfect_score(tmp_path: Path) -> None:
    assert told(tmp_path, form(small())) == [("GR876", f"{OWN}!A1")]


@pytest.mark.parametrize(
    ("said", "code", "cell"),
    [
        ({"rubric": "small-2022"}, "GR865", "B2"),
        ({"scoring_digest": "sha256:0"}, "GR866", "B4"),
        ({"digest": "sha256:0"}, "GR884", "B3"),
        ({"variant": "none-such"}, "GR386", "B5"),
        ({"form": "2"}, "GR875", "B1"),
        ({"own": "Self"}, "GR875", "B8"),
        ({"value": "5"}, "GR875", "B10"),
        ({"unit": "C2"}, "GR875", "B6"),
        ({"name": f"{OWN}!C0"}, "GR875", "B7"),
        ({"computed": "计算!B2:B"}, "GR875", "B1"),
        ({"computed": "算!B2:B3"}, "GR875", "B1"),
        ({"computed": "计算!B3:B2"}, "GR875", "B1"),
        ({"computed": "计算!D2:B3"}, "GR875", "B1"),
        ({"computed": "计算!A1:XFD1048576"}, "GR875", "B1"),
    ],
)
def test_a_form_says_of_which_rubric_it_is(
    tmp_path: Path, said: dict[str, str], code: str, cell: str
) -> None:
    found = told(tmp_path, form(small(), OWN_TALLY, said=said))
    assert (found[0][0], found[0][1]) == (code, f"govrubric!{cell}")


def test_a_form_of_another_wording_is_read_with_a_note_and_one_that_scores_otherwise_is_not(
    tmp_path: Path,
) -> None:
    reworded, changed = (
        loads(SMALL.replace("title: Small form", "title: Another form")),
        loads(SMALL.replace("deduct: 0.3", "deduct: 0.4")),
    )
    data = form(small(), OWN_TALLY)
    assert [code for code, _ in told(tmp_path, data, reworded)] == ["GR884"]
    assert [code for code, _ in told(tmp_path, data, changed)] == ["GR866"]
    assert [card.unit for card in tally_files.read(reworded, put(tmp_path, data))] == ["d01"]


def test_a_form_whose_hidden_sheet_misses_a_key_is_damaged(tmp_path: Path) -> None:
    data = edited(form(small(), OWN_TALLY), "xl/sharedStrings.xml", "<t>official</t>", "<t>officer</t>")
    (finding,) = tally_files.parse(small(), put(tmp_path, data)).found
    assert (finding.code, args(finding), within(finding)) == ("GR875", {"key": "official"}, "govrubric!B1")


Change = Callable[[xlsxwriter.Workbook], object]
ROW = row_of(small(), "work.papers.missing")
CHANGES: dict[str, tuple[Change, list[tuple[str, str]]]] = {
    "a formula overwritten": (
        lambda book: sheet_in(book, WORKING).write_number("B3", 5),
        [("GR867", f"{WORKING}!B3")],
    ),
    "a formula deleted": (
        lambda book: sheet_in(book, WORKING).write_string("D2", ""),
        [("GR867", f"{WORKING}!D2")],
    ),
    "a pasted row": (
        lambda book: sheet_in(book).write_string("A30", "work.late"),
        [("GR869", f"{OWN}!A30")],
    ),
    "a row that lost its name": (
        lambda book: sheet_in(book).write_string(f"A{ROW}", ""),
        [("GR871", f"{OWN}!A1"), *(("GR870", f"{OWN}!{column}{ROW}") for column in "EHI")],
    ),
    "a name that is none": (
        lambda book: sheet_in(book).write_string(f"A{ROW}", "work.papers.mising"),
        [("GR871", f"{OWN}!A1"), ("GR601", f"{OWN}!A{ROW}")],
    ),
    "something below": (
        lambda book: sheet_in(book).write_string("E40", "填报人"),
        [("GR870", f"{OWN}!E40")],
    ),
    "text beside the table": (lambda book: sheet_in(book).write_string("M40", "填报人"), []),
    "text in column A above it": (lambda book: sheet_in(book).write_string("A1", "input"), []),
    "a hidden row": (
        lambda book: sheet_in(book).set_row(ROW - 1, None, None, {"hidden": True}),
        [("GR874", f"{OWN}!{column}{ROW}") for column in "EHI"],
    ),
    "a hidden column": (
        lambda book: sheet_in(book).set_column("H:H", 9, None, {"hidden": True}),
        [("GR874", f"{OWN}!H{ROW}")],
    ),
    "merged cells": (
        lambda book: sheet_in(book).merge_range(f"{VALUE}{ROW + 1}:{VALUE}{ROW + 2}", "", None),
        [("GR874", f"{OWN}!{VALUE}{ROW + 1}")],
    ),
    "merged cells elsewhere": (lambda book: sheet_in(book).merge_range("K1:L9", "", None), []),
    "a formula filled in": (
        lambda book: sheet_in(book).write_formula(f"{VALUE}{ROW}", "=2+3", None, 5),
        [("GR872", f"{OWN}!{VALUE}{ROW}")],
    ),
    "a formula without a value": (
        lambda book: sheet_in(book).write_formula(f"{VALUE}{ROW}", "=2+3", None, ""),
        [("GR872", f"{OWN}!{VALUE}{ROW}")],
    ),
    "a date": (
        lambda book: sheet_in(book).write_number(
            f"{VALUE}{ROW}", 45292, book.add_format({"num_format": "yyyy-mm-dd"})
        ),
        [("GR873", f"{OWN}!{VALUE}{ROW}")],
    ),
    "a formula for the code": (
        lambda book: sheet_in(book).write_formula("C2", '="d"&"01"', None, "d01"),
        [("GR872", f"{OWN}!C2")],
    ),
    "a long note": (
        lambda book: sheet_in(book).write_string(f"{NOTE}{ROW}", "长" * 20_001),
        [("GR123", f"{OWN}!{NOTE}{ROW}")],
    ),
    "a no-break space": (
        lambda book: sheet_in(book).write_string(f"{NOTE}{ROW}", "a\xa0b"),
        [("GR106", f"{OWN}!{NOTE}{ROW}")],
    ),
    "evidence alone": (
        lambda book: sheet_in(book).write_string(f"{EVIDENCE}{ROW + 1}", "p. 3"),
        [("GR614", f"{OWN}!{VALUE}{ROW + 1}")],
    ),
    "a number left empty": (
        lambda book: sheet_in(book).write_string(cell_of(small(), "bonus.judged"), ""),
        [("GR602", at("bonus.judged"))],
    ),
    "1.5 for a count": (
        lambda book: sheet_in(book).write_number(f"{VALUE}{ROW}", 1.5),
        [("GR603", f"{OWN}!{VALUE}{ROW}")],
    ),
    "2项": (
        lambda book: sheet_in(book).write_string(f"{VALUE}{ROW}", "2项"),
        [("GR603", f"{OWN}!{VALUE}{ROW}")],
    ),
    "text in a number": (
        lambda book: sheet_in(book).write_string(cell_of(small(), "bonus.judged"), "约0.5"),
        [("GR615", at("bonus.judged"))],
    ),
    "1 for a flag": (
        lambda book: sheet_in(book).write_number(cell_of(small(), "work.late"), 1),
        [("GR605", at("work.late"))],
    ),
    "TRUE for a count": (
        lambda book: sheet_in(book).write_boolean(f"{VALUE}{ROW}", True),
        [("GR603", f"{OWN}!{VALUE}{ROW}")],
    ),
    "TRUE for a flag": (
        lambda book: sheet_in(book).write_boolean(cell_of(small(), "work.late"), True),
        [],
    ),
    "full-width digits": (
        lambda book: sheet_in(book).write_string(f"{VALUE}{ROW}", "５"),
        [("GR880", f"{OWN}!{VALUE}{ROW}")],
    ),
    "a number kept as text": (
        lambda book: sheet_in(book).write_string(f"{VALUE}{ROW}", "5"),
        [("GR880", f"{OWN}!{VALUE}{ROW}")],
    ),
    "√": (
        lambda book: sheet_in(book).write_string(cell_of(small(), "work.late"), "√"),
        [("GR880", at("work.late"))],
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", CHANGES)
def test_what_may_have_been_changed_by_accident_is_told_at_its_cell(tmp_path: Path, case: str) -> None:
    change, expected = CHANGES[case]
    assert told(tmp_path, form(small(), OWN_TALLY, change=change)) == expected


def test_an_error_in_a_cell_is_refused(tmp_path: Path) -> None:
    cell = cell_of(small(), "work.papers.missing")
    data = edited(
        form(small(), OWN_TALLY), "xl/worksheets/sheet1.xml", f'<c r="{cell}"><v>5</v></c>',
        f'<c r="{cell}" t="e"><v>#REF!</v></c>',
    )  # fmt: skip
    (finding,) = tally_files.parse(small(), put(tmp_path, data)).found
    assert (finding.code, within(finding), args(finding)) == ("GR873", f"{OWN}!{cell}", {"what": "an error"})
    assert finding.render("zh").splitlines()[:3] == [
        f"{tmp_path}/城关镇.xlsx:自评填报!{cell}: 错误[GR873]: 电子表格将此处识别为错误值",
        f"  {cell} | #REF!",
        f"  {' ' * len(cell)} | ^^^^^",
    ]


def test_a_row_that_stands_twice_says_where_it_stands_first(tmp_path: Path) -> None:
    data = form(small(), OWN_TALLY, change=CHANGES["a pasted row"][0])
    (finding,) = tally_files.parse(small(), put(tmp_path, data)).found
    assert [one.place.within for one in finding.related] == [f"{OWN}!A{row_of(small(), 'work.late')}"]


def test_many_overwritten_formulas_are_told_up_to_a_number(tmp_path: Path) -> None:
    found = told(tmp_path, form(small(), OWN_TALLY, said={"computed": f"{WORKING}!H1:H100"}))
    assert found == [("GR867", f"{WORKING}!H{row}") for row in range(1, 21)]


def test_many_names_that_are_none_are_told_up_to_a_number(tmp_path: Path) -> None:
    rows = "".join(
        f'<row r="{n}"><c r="A{n}" t="inlineStr"><is><t>a{n}</t></is></c></row>' for n in range(100, 2000)
    )
    data = edited(form(small(), OWN_TALLY), "xl/worksheets/sheet1.xml", "</sheetData>", rows + "</sheetData>")
    assert len(tally_files.parse(small(), put(tmp_path, data)).found) == 1001


VARIED = """\
govrubric: 1
id: varied
title: Varied
total: 10
round: {places: 1, mode: half_up}
indicators:
  - {id: work, title: Work, weight: 6, rules: [{id: done, choose: {good: 6, fair: 3}}]}
  - {id: share, title: Share, weight: 4, rules: [{id: late, deduct: 1, per: case}]}
variants:
  towns: {title: Towns, set: {share.late.deduct: 2}}
"""


def test_a_form_of_a_variant_is_scored_by_it(tmp_path: Path) -> None:
    rubric = loads(VARIED)
    data = form(rubric.variant("towns"), {"work.done": "fair", "share.late": 1})
    (card,) = tally_files.read(rubric, put(tmp_path, data))
    assert (card.variant, str(card.total)) == ("towns", "5")  # 3 + 4 - 2


def test_rubric_read_takes_a_form_and_a_form_that_is_refused_says_all_at_once(tmp_path: Path) -> None:
    (unit,) = small().read(put(tmp_path, form(small(), OWN_TALLY)))
    assert (unit.unit, unit.name, unit.tally["work.papers.missing"]) == (
        "d01",
        "示例甲区",
        {"value": 5, "evidence": ["minutes p. 3", "list 7"], "note": "two of them in June"},
    )
    bad = form(small(), {**OWN_TALLY, "work.late": "maybe", "work.index.gap": 1.5})
    with pytest.raises(TallyError) as error:
        small().read(put(tmp_path, bad))
    assert [one.code for one in error.value.diagnostics] == ["GR605", "GR603"]


def test_a_form_of_a_folder_that_one_side_has_not_filled_in_holds_up_no_other(tmp_path: Path) -> None:
    put(tmp_path, form(small(), OWN_TALLY, OFFICIAL_TALLY, unit="d01"), "a.xlsx")
    put(tmp_path, form(small(), OWN_TALLY, unit="d02"), "b.xlsx")
    own, official = tally_files.both(small(), tmp_path)
    assert ([one.unit for one in own.units], own.found) == (["d01", "d02"], [])
    assert [one.unit for one in official.units] == ["d01"]
    (note,) = official.found
    assert (note.code, note.severity) == ("GR882", "note")
    assert note.message("zh") == "未读取的未填写此方评分的填报表：b.xlsx"
    # Where a command takes whichever side there is, a form without either is still refused.
    put(tmp_path, form(small(), unit="d03"), "c.xlsx")
    assert [one.code for one in tally_files.parse(small(), tmp_path).found if one.severity == "error"] == [
        "GR876"
    ]
