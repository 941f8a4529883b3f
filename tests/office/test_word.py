"""Word files: what of a paragraph is text, which cells a table has, what is said of changes, and which texts are titles."""

import pytest

from govrubric.diagnostics.diagnostic import DraftError
from govrubric.office.documents import _grids
from govrubric.office.grids import Grid
from office_files import ON, START, archive, docx, p, relations, span, tbl, tc, tr


def grids(body: str) -> tuple[Grid, ...]:
    return _grids("x.docx", docx(body))


def lines(*paragraphs: str) -> tuple[str, ...]:
    """The lines of a cell with some paragraphs."""
    return grids(tbl(tr(tc(*paragraphs))))[0].cells[0][0].lines


def run(inner: str) -> str:
    return f"<w:r>{inner}</w:r>"


@pytest.mark.parametrize(
    ("inner", "said"),
    [
        (run("<w:t>每例</w:t>") + run('<w:t xml:space="preserve">扣0.1 分</w:t>'), ("每例扣0.1 分",)),
        (run("<w:t>甲</w:t><w:tab/><w:t>乙</w:t>"), ("甲 乙",)),
        (run("<w:t>甲</w:t><w:br/><w:t>乙</w:t><w:cr/><w:t> </w:t>"), ("甲", "乙")),
        (run("<w:t>2</w:t><w:noBreakHyphen/><w:t>3分</w:t><w:softHyphen/>"), ("2-3分",)),
        (run('<w:sym w:font="Wingdings" w:char="F0FE"/><w:t>是</w:t>'), ("□是",)),
        (run("<w:fldChar/>") + run("<w:instrText>PAGE</w:instrText>") + run("<w:t>3</w:t>"), ("3",)),
        ('<w:hyperlink><w:r><w:t>链接</w:t></w:r></w:hyperlink>', ("链接",)),
        ("<w:smartTag><w:r><w:t>标签</w:t></w:r></w:smartTag>", ("标签",)),
        (run("<w:ruby><w:rt><w:r><w:t>zhǐ</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>指</w:t></w:r></w:rubyBase></w:ruby>"), ("指",)),
        (run("<w:rPr><w:vanish/></w:rPr><w:t>隐</w:t>") + run('<w:rPr><w:vanish w:val="0"/></w:rPr><w:t>显</w:t>'), ("显",)),
        (run("<w:rPr><w:strike/></w:rPr><w:t>5</w:t>") + run("<w:rPr><w:dstrike/></w:rPr><w:t>6</w:t>") + run("<w:t>10</w:t>"), ("10",)),
        (run("<w:drawing><w:t>图</w:t></w:drawing>") + run("<w:object><w:t>物</w:t></w:object>"), ()),
        ("<m:oMath><m:r><m:t>x=</m:t></m:r><m:f><m:fPr/><m:num><m:r><m:t>a</m:t></m:r></m:num></m:f></m:oMath>", ("x=(a)/()",)),
        (run("<w:t/>"), ()),
    ],
)  # fmt: skip
def test_what_of_a_paragraph_is_text(inner: str, said: tuple[str, ...]) -> None:
    assert lines(p("", inner)) == said


def test_spaces_and_unseen_characters() -> None:
    (grid,) = grids(tbl(tr("　甲\u00a0乙\u200b ", "丙\u2028丁")))
    assert [cell.lines for cell in grid.cells[0]] == [("甲 乙",), ("丙", "丁")]
    assert [(one.code, dict(one.args)["number"]) for one in grid.notes] == [("GR813", "2")]


@pytest.mark.parametrize("mark", ["<w:del/>", "<w:moveFrom/>"])
def test_a_paragraph_whose_end_is_deleted_goes_on_in_the_next(mark: str) -> None:
    ended = f"<w:pPr><w:rPr>{mark}</w:rPr></w:pPr>"
    assert lines(p("甲", ended), p("乙", ended), p("丙"), p("丁")) == ("甲乙丙", "丁")
    assert lines(p("甲", ended)) == ("甲",)
    assert lines(p("甲", ended), tbl(tr("乙"))) == ("甲", "乙")
    assert lines(p("甲", ended), tbl(tr("")), p("丙")) == ("甲", "丙")
    first, second = grids(p("甲", ended) + tbl(tr("乙")) + p("丙", ended) + tbl(tr("丁")) + p("戊", ended))
    assert (first.title, first.below, second.title, second.below) == (("甲",), (), ("丙",), ("戊",))


def test_cells_that_were_deleted_and_cells_in_controls() -> None:
    gone = tc("甲", inner="<w:cellDel/>")
    held = f"<w:sdt><w:sdtPr/><w:sdtContent>{tc('丙')}</w:sdtContent></w:sdt>"
    (grid,) = grids(tbl(tr(gone, "乙", held)))
    assert [cell.text for cell in grid.cells[0]] == ["乙", "丙"]
    assert [one.code for one in grid.notes] == ["GR811"]


def test_how_far_cells_reach() -> None:
    (grid,) = grids(
        tbl(
            tr(tc("甲", inner=span(2) + START), "乙"),
            tr(tc("", inner=span(2) + ON), tc("丙", inner=START)),
            tr(tc("丁", inner=ON), tc("戊"), tc("", inner='<w:vMerge w:val="continue"/>')),
            tr("己", inner='<w:gridBefore w:val="1"/>'),
            tr(tc("庚", inner=ON)),
        )
    )
    first = grid.cells[0][0]
    assert first[1:] == (0, 0, 2, 2)
    assert all(grid.cells[row][column] is first for row in (0, 1) for column in (0, 1))
    third = grid.cells[1][2]
    assert (third.text, third.rows) == ("丙", 2)
    # 丁 says that it goes on, but what is above it is wider.
    assert [[cell.text for cell in row] for row in grid.cells[2:]] == [
        ["丁", "戊", "丙"],
        ["", "己", ""],
        ["庚", "", ""],
    ]


def test_a_cell_without_properties() -> None:
    (grid,) = grids(
        "<w:tbl><w:tr><w:tc><w:p/></w:tc><w:tc><w:p><w:r><w:t>甲</w:t></w:r></w:p></w:tc></w:tr></w:tbl>"
    )
    assert [cell.text for cell in grid.cells[0]] == ["", "甲"]


def test_a_table_within_a_cell_is_a_table_too() -> None:
    inner = tbl(tr(tc("甲", inner=span(2)), "乙"), tr("", "", ""), tr("丙", "", "丁"))
    outer, within = grids(tbl(tr(tc("见下表：", inner, ""), "戊")) + p("注：后文"))
    assert outer.cells[0][0].lines == ("见下表：", "甲 | 乙", "丙 |  | 丁")
    assert [(one.code, dict(one.args)) for one in outer.notes] == [("GR814", {"table": "1", "number": "1"})]
    assert (outer.number, within.number, outer.below, within.title) == (1, 2, ("注：后文",), ())
    assert within.cells[2][2].text == "丁"


def test_paragraphs_around_tables() -> None:
    table = tbl(tr("甲"))
    first, second, third = grids(
        p("各单位：") + p("现将办法印发。") + p("附件1") + p("考核表\n（2024年）") + table
        + p("一、加分项：受表彰的加2分") + p("1.国家级") + p("附件2") + p("乡镇表") + table
        + "".join(p(f"标题{number}") for number in range(7)) + p("长" * 61) + p("部门表") + table
    )  # fmt: skip
    assert (first.title, first.below) == (
        ("附件1", "考核表", "（2024年）"),
        ("一、加分项：受表彰的加2分", "1.国家级"),
    )
    assert (second.title, second.below[:2]) == (("附件2", "乡镇表"), ("标题0", "标题1"))
    assert (third.title, third.below) == (("部门表",), ())
    assert second.below[-1] == "长" * 61


def test_at_most_five_titles() -> None:
    (grid,) = grids("".join(p(f"标题{number}") for number in range(7)) + tbl(tr("甲")))
    assert grid.title == ("标题2", "标题3", "标题4", "标题5", "标题6")


@pytest.mark.parametrize("empty", ["", tbl(), tbl(tr())])
def test_a_document_without_cells(empty: str) -> None:
    assert [grid.cells for grid in grids(empty)] in ([], [()], [((),)])


def test_a_document_without_lists_and_styles() -> None:
    data = archive(
        {
            "_rels/.rels": relations(("officeDocument", "/word/document.xml")),
            "word/document.xml": "<document/>",
        }
    )
    assert _grids("x.docx", data) == ()


def test_a_cell_that_reaches_too_far_is_refused() -> None:
    with pytest.raises(DraftError) as refused:
        grids(tbl(tr(tc("甲", inner=span(50_001)))))
    assert refused.value.diagnostics[0].message("zh") == "文件中超过 50000 个单元格"
