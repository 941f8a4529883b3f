"""The official form as a Word file, read back by python-docx and by the reader of office documents."""

import io
import json
import re
import zipfile
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.document import Document
from docx.oxml.ns import qn

import govrubric
from govrubric import CardError, TallyError, office
from govrubric.document.yaml import parse
from govrubric.forms.official import official_form
from govrubric.forms.word import BLANK, UnitCards, written
from govrubric.office.documents import tables_in
from govrubric.office.grids import Grid

ROOT = Path(__file__).parents[2]
NAMES = ("district", "department")
RUBRICS = {name: govrubric.load(ROOT / "rubrics" / f"2023-{name}.yaml") for name in NAMES}
DISTRICT = RUBRICS["district"]
ONE = DISTRICT.score_all(DISTRICT.read(ROOT / "examples" / "district-one.yaml"))[0]
TWELVE = DISTRICT.score_all(DISTRICT.read(ROOT / "examples" / "2023-districts.csv"))
GALLERY = sorted((ROOT / "examples" / "gallery").glob("*.yaml"))
each_form = pytest.mark.parametrize("name", NAMES)


def opened(data: bytes) -> Document:
    return docx.Document(io.BytesIO(data))


def cells(data: bytes, table: int = 0) -> list[list[str]]:
    """The texts of a table, row by row, a line for each paragraph."""
    return [[cell.text for cell in row.cells] for row in opened(data).tables[table].rows]


def paragraphs(data: bytes) -> list[str]:
    return [paragraph.text for paragraph in opened(data).paragraphs]


def read_back(data: bytes, folder: Path) -> tuple[Grid, ...]:
    """The tables that the reader of office documents finds."""
    (folder / "form.docx").write_bytes(data)
    return tables_in(folder / "form.docx")


def words(cell: Any) -> str:
    """The words of a cell, without the marks and numbers that stand between its clauses."""
    text = re.sub(r"(?m)^\d\.", "", "\n".join(cell.lines))
    return re.sub(r"[，；。、（）()\s]", "", text)


# Where the blank form says more than the official one does: what the rubric says of parts whose standard
# the official text does not give, and the part of 创新提优 of which it does not give the points.
SAID_BESIDES = {
    ("district", 4, 3): "由考评方在0至4分内评定",
    ("district", 9, 2): "经验材料被选用5分",
    ("district", 9, 3): "由考评方在0至5分内评定",
    ("department", 9, 2): "经验材料被选用5分",
    ("department", 9, 3): "由考评方在0至5分内评定",
}
# And where it leaves out 分 after a weight, or says who assesses in one row for several.
ASSESSORS = "市政府办公室测评第三方评估"


@each_form
def test_the_blank_form_has_the_rows_columns_and_words_of_the_official_one(name: str, tmp_path: Path) -> None:
    (ours,) = read_back(written(RUBRICS[name]), tmp_path)
    (theirs,) = tables_in(ROOT / "examples" / f"2023-{name}.docx")
    assert [cell.lines for cell in ours.cells[0]] == [cell.lines for cell in theirs.cells[0]]
    assert len(ours.cells) == len(theirs.cells) == 11
    assert [cell.lines for cell in ours.cells[10]] == [cell.lines for cell in theirs.cells[10]]
    for at in range(1, 10):
        for column in (0, 1, 2, 3):
            said, official = words(ours.cells[at][column]), words(theirs.cells[at][column])
            besides = SAID_BESIDES.get((name, at, column), "")
            assert besides in said
            assert said.replace(besides, "").removesuffix("分") == official.removesuffix("分")
    assert ours.title[:2] == theirs.title


@each_form
def test_the_blank_form_has_every_clause_weight_and_title(name: str, tmp_path: Path) -> None:
    rubric = RUBRICS[name]
    (grid,) = read_back(written(rubric), tmp_path)
    by_title = {row[1].lines[0]: row for row in grid.cells[1:-1]}
    for path in rubric.item("").parts:
        item = rubric.item(path)
        row = by_title[f"{item.title}（{item.weight}分）"]
        parts = [rubric.item(part) for part in item.parts]
        for part in (item, *parts):
            assert part.clause is None or any(part.clause in line for line in row[2].lines)
            for rule in part.rules:
                assert rule.clause is None or any(rule.clause in line for line in row[3].lines)
        assert row[6].lines == ((item.assessed_by,) if item.assessed_by else ())
    assert grid.title[:2] == ({"district": "附件2", "department": "附件3"}[name], rubric.title)


def weights(items: list[dict[str, Any]]) -> list[Any]:
    """The weights of items, and of their parts in them."""
    return [(item["weight"], weights(item["items"])) if "items" in item else item["weight"] for item in items]


@each_form
def test_a_draft_of_the_blank_form_has_the_same_items_and_weights(name: str, tmp_path: Path) -> None:
    (tmp_path / "form.docx").write_bytes(written(RUBRICS[name]))
    drawn = parse("draft.yaml", office.draft(tmp_path / "form.docx").text).value
    shipped = parse("x", (ROOT / "rubrics" / f"2023-{name}.yaml").read_text("utf-8")).value
    assert weights(drawn["indicators"]) == weights(shipped["indicators"])
    assert [item["title"] for item in drawn["indicators"]] == [
        item["title"] for item in shipped["indicators"]
    ]
    for key in ("title", "total", "language"):
        assert drawn[key] == shipped[key]
    assert drawn["source"]["document"] == shipped["source"]["document"]
    clauses = [part.get("clause") for item in shipped["indicators"] for part in item.get("items", [item])]
    drafted = [part.get("clause") for item in drawn["indicators"] for part in item.get("items", [item])]
    assert [clause for clause in drafted if clause] == [
        clause or "经验材料被选用（5分）" for clause in clauses
    ]


FIRST_BASIS = """\
1.未标注公开属性：3例×0.1分=0.3分（依据：公文抽查表2023-06第4页、公文抽查表2023-09第2页；备注：三份通知未标注公开属性，均已补标。）
2.年报数据或格式有误：是，扣1分（依据：年报核对记录2023-02；备注：表二收费项目数与财政口径不一致。）"""


def test_a_form_of_one_unit_is_filled_in_from_its_cards() -> None:
    made = written(DISTRICT, [UnitCards("d01", "示例甲区（虚构）", ONE, TWELVE[0])])
    table = cells(made)
    assert table[1][4:] == [
        "8.7",
        FIRST_BASIS,
        "市政府办公室考评或第三方评估",
        "10",
    ]
    assert table[10] == ["", "总分（100分）", "", "", "88.17", "", "", "100.00"]
    assert paragraphs(made) == [
        "附件2",
        "2023年政务公开考核评估指标（地区版）",
        "填报单位（盖章）：示例甲区（虚构）　编号：d01\t填报日期：　　　年　　月　　日",
        "单位负责人（签字）：＿＿＿＿＿＿＿＿　　　　年　　月　　日\t考评人（签字）：＿＿＿＿＿＿＿＿　　　　年　　月　　日",
        "",
    ]


def test_a_blank_form_has_places_to_write_in() -> None:
    blank = written(DISTRICT)
    assert [row[4:6] for row in cells(blank)[1:]] == [["", "（自评材料及依据）"]] * 9 + [["", ""]]
    assert [row[7] for row in cells(blank)[1:]] == [""] * 10
    assert paragraphs(blank)[2].startswith("填报单位（盖章）：＿＿＿＿")


def test_only_the_official_card_leaves_the_other_cells_empty() -> None:
    table = cells(written(DISTRICT, [UnitCards("d01", official=ONE)]))
    assert [row[4:6] for row in table[1:]] == [["", ""]] * 10
    assert table[1][7] == "8.7"


@pytest.mark.parametrize(
    ("unit", "name", "said"),
    [("d01", None, "d01"), (None, "甲区", "甲区"), ("d01", "甲区", "甲区　编号：d01")],
)
def test_a_unit_is_named_above_its_form(unit: str | None, name: str | None, said: str) -> None:
    line = paragraphs(written(DISTRICT, [UnitCards(unit, name)]))[2]
    assert line.split("\t")[0] == f"填报单位（盖章）：{said}"


def test_each_unit_begins_on_a_new_page_that_is_its_first() -> None:
    document = opened(written(DISTRICT, [UnitCards(card.unit, card.name, card) for card in TWELVE]))
    assert len(document.sections) == len(document.tables) == 12
    for section in document.sections:
        assert section.start_type.name == "NEW_PAGE"
        assert section._sectPr.find(qn("w:pgNumType")).get(qn("w:start")) == "1"
    assert [table.rows[10].cells[4].text for table in document.tables] == [
        f"{card.total:.2f}" for card in TWELVE
    ]


def test_the_page_is_a4_across_and_as_wide_as_the_table() -> None:
    document = opened(written(DISTRICT))
    (section,) = document.sections
    assert section.page_width
    assert section.page_height
    assert section.left_margin
    assert section.right_margin
    assert (section.orientation, round(section.page_width.cm, 1), round(section.page_height.cm, 1)) == (
        1,
        29.7,
        21.0,
    )
    (table,) = document.tables
    widths = [int(column.get(qn("w:w"))) for column in table._tbl.tblGrid]
    free = section.page_width - section.left_margin - section.right_margin
    assert len(widths) == 8
    assert abs(sum(widths) * 635 - free) < 10 * 635
    assert table._tbl.tblPr.find(qn("w:tblLayout")).get(qn("w:type")) == "fixed"


def test_no_page_divides_a_row_and_each_repeats_the_headers() -> None:
    (table,) = opened(written(DISTRICT)).tables
    rows = [row._tr.trPr for row in table.rows]
    assert all(row.find(qn("w:cantSplit")) is not None for row in rows)
    assert [row.find(qn("w:tblHeader")) is not None for row in rows] == [True] + [False] * 10
    # The last row and the total stay together.
    kept = [
        paragraph.paragraph_format.keep_with_next
        for row in table.rows[9:10]
        for cell in row.cells
        for paragraph in cell.paragraphs
    ]
    assert all(kept)


def test_the_fonts_are_those_of_offices() -> None:
    made = written(DISTRICT)
    document = opened(made)
    fonts = {
        style.name: style.element.rPr.rFonts.get(qn("w:eastAsia"))
        for style in document.styles
        if style.name.startswith("Form") and style.element.rPr is not None
    }
    assert fonts == {
        "FormTitle": "方正小标宋简体",
        "FormHead": "黑体",
        "FormText": "仿宋",
        "FormFigure": "仿宋",
        "FormLine": "仿宋",
        "FormEnd": "仿宋",
    }
    assert document.tables[0].rows[0].cells[0].paragraphs[0].style.name == "FormHead"
    with zipfile.ZipFile(io.BytesIO(made)) as parts:
        table = parts.read("word/fontTable.xml").decode()
    assert '<w:font w:name="方正小标宋简体"><w:altName w:val="方正小标宋_GBK,华文中宋,宋体"/>' in table


def test_the_same_arguments_give_the_same_bytes_and_no_date_of_today() -> None:
    units = [UnitCards(card.unit, card.name, card, ONE) for card in TWELVE[:2]]
    made = written(DISTRICT, units)
    assert made == written(DISTRICT, units)
    with zipfile.ZipFile(io.BytesIO(made)) as parts:
        assert {info.date_time for info in parts.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert parts.namelist()[0] == "[Content_Types].xml"
        core = parts.read("docProps/core.xml").decode()
        assert re.findall(r"\d{4}-\d\d-\d\d", core) == ["2000-01-01", "2000-01-01"]
        assert DISTRICT.digest in core


HOSTILE = "</w:t></w:r><w:br/>&amp; <script> {{ x }} ' \" =1+1"


def test_a_text_is_never_markup() -> None:
    text = (ROOT / "rubrics" / "2023-district.yaml").read_text("utf-8")
    rubric = govrubric.loads(text.replace("title: 政务公开基础工作", f"title: {json.dumps(HOSTILE)}"))
    tally = {
        **_judged(rubric),
        "basics.attribution.unlabelled": {"value": 1, "evidence": [HOSTILE], "note": HOSTILE},
    }
    card = rubric.score(tally, unit="u", name=HOSTILE)
    made = written(rubric, [UnitCards("u", HOSTILE, card)])
    assert cells(made)[1][1] == f"{HOSTILE}（10分）"
    assert cells(made)[1][5] == f"1.未标注公开属性：1例×0.1分=0.1分（依据：{HOSTILE}；备注：{HOSTILE}）"
    assert paragraphs(made)[2].startswith(f"填报单位（盖章）：{HOSTILE}")
    with zipfile.ZipFile(io.BytesIO(made)) as parts:
        assert b"<script>" not in parts.read("word/document.xml")


def _judged(rubric: govrubric.Rubric) -> dict[str, Any]:
    return {name: 1 for name, one in rubric.inputs.items() if one.required}


def test_characters_that_no_xml_may_hold_are_written_by_their_numbers() -> None:
    made = written(DISTRICT, [UnitCards("u", "a\x00b\x1f\ufffe\u202ec\ud800")])
    assert "a\\u0000b\\u001f\\ufffe\\u202ec\\ud800" in paragraphs(made)[2]


def test_forty_thousand_characters_stand_in_the_form_to_the_last() -> None:
    long = ["证" * 20_000, "据" * 20_000]
    card = DISTRICT.score(
        {**_judged(DISTRICT), "basics.attribution.unlabelled": {"value": 1, "evidence": long}}
    )
    said = f"1.未标注公开属性：1例×0.1分=0.1分（依据：{long[0]}、{long[1]}）"
    assert cells(written(DISTRICT, [UnitCards("u", None, card)]))[1][5] == said


def test_the_lines_of_a_text_are_paragraphs() -> None:
    card = DISTRICT.score(
        {**_judged(DISTRICT), "basics.attribution.unlabelled": {"value": 1, "evidence": ["第一行\n第二行"]}}
    )
    cell = opened(written(DISTRICT, [UnitCards("u", None, card)])).tables[0].rows[1].cells[5]
    assert [paragraph.text for paragraph in cell.paragraphs] == [
        "1.未标注公开属性：1例×0.1分=0.1分（依据：第一行",
        "第二行）",
    ]


@pytest.mark.parametrize("path", GALLERY, ids=lambda path: path.stem)
def test_every_form_of_the_gallery_can_be_read_back(path: Path, tmp_path: Path) -> None:
    rubric = govrubric.load(path)
    form = official_form(rubric)
    (grid,) = read_back(written(rubric), tmp_path)
    assert len(grid.cells) == len(form.rows) + 2
    for row, cells_ in zip(form.rows, grid.cells[1:], strict=False):
        assert cells_[1].lines == (row.title,)
        assert list(cells_[3].lines) == [line for one in row.standards for line in one.split("\n")]
    below = [line for remark in form.remarks for line in (remark,)]
    assert list(grid.below[: len(below)]) == below


def test_the_grade_stands_under_the_total() -> None:
    rubric = govrubric.load(ROOT / "examples" / "gallery" / "department-performance.yaml")
    tally: dict[str, Any] = {
        "assigned": 60,
        "duties.tasks.done": 42,
        "duties.satisfaction.surveyed": "95.5",
        "duties.management.slow": "1.5",
        "duties.management.harmful": 0,
        "duties.management.accident.cases": 2,
        "duties.management.accident.points": 13,
        "building.late_reports": 2,
        "bonus.honours.national": True,
        "bonus.honours.provincial": True,
        "bonus.merit.merit": "1.5",
        "penalty.reprimand.county": 1,
    }
    vetoed = rubric.score({**tally, "serious_case": True})
    table = cells(written(rubric, [UnitCards("u", None, rubric.score(tally), vetoed)]))
    assert table[3][4:6] == [
        "5",
        "1.国家级表彰：是，加5分；省级表彰：是，加3分，计0分\n2.特色工作：酌情加1.5分",
    ]
    assert table[4][4] == "-1"
    assert table[5] == [
        "",
        "总分（100分）",
        "",
        "",
        "79.50\n合格",
        "年初下达的重点任务数：60\n各级通报次数：1",
        "",
        "0.00\n不合格",
    ]


ENERGY = govrubric.load(ROOT / "examples" / "gallery" / "energy-saving.yaml")
HOSPITAL: dict[str, Any] = {
    "variant": "hospital",
    "canteen": True,
    "quota": 100,
    "people": 80,
    "training.trained": 40,
    "consumption.per_head": "120.5",
}


def test_units_have_the_forms_of_their_variants() -> None:
    card = ENERGY.score(HOSPITAL)
    made = written(ENERGY, [UnitCards("a"), UnitCards("b", own=card), UnitCards("c", variant="school")])
    titles = [text for text in paragraphs(made) if text.startswith("公共机构")]
    assert titles == [
        "公共机构节约能源资源考核",
        "公共机构节约能源资源考核（医院）",
        "公共机构节约能源资源考核（学校）",
    ]
    assert [len(table.rows) for table in opened(made).tables] == [7, 6, 7]


def test_a_variant_that_is_not_there_is_refused() -> None:
    with pytest.raises(TallyError, match="harbour"):
        written(ENERGY, [UnitCards("a", variant="harbour")])


def test_a_card_of_another_rubric_is_refused() -> None:
    with pytest.raises(CardError, match="GR706"):
        written(RUBRICS["department"], [UnitCards("d01", own=ONE)])


def test_two_cards_of_different_variants_are_refused() -> None:
    own = ENERGY.score(HOSPITAL)
    official = ENERGY.score({**HOSPITAL, "variant": "school", "travel.new_energy": 10})
    with pytest.raises(CardError, match="GR706"):
        written(ENERGY, [UnitCards("a", own=own, official=official)])


def test_a_card_of_the_same_figures_in_other_words_is_taken() -> None:
    text = (ROOT / "rubrics" / "2023-district.yaml").read_text("utf-8")
    reworded = govrubric.loads(text.replace("title: 政务公开基础工作", "title: 基础工作"))
    assert cells(written(reworded, [UnitCards("d01", own=ONE)]))[1][1] == "基础工作（10分）"


def test_blank_is_a_unit_without_anything() -> None:
    assert UnitCards(None, None, None, None, None) == BLANK
    assert written(DISTRICT) == written(DISTRICT, [BLANK])


def test_a_form_in_english_of_a_rubric_in_chinese() -> None:
    made = written(DISTRICT, [UnitCards("d01", "A", ONE)], "en")
    assert paragraphs(made)[2:] == [
        "Unit: A, code d01\tDate: ____________",
        "Signed for the unit: ____________  Date: ____________\tSigned for the assessors: ____________  Date: ____________",
        "",
    ]
    assert cells(made)[10][1] == "Total (100 points)"
    assert opened(made).core_properties.language == "en"
