"""The automatic numbers of Word: forms of counts, levels, lists that count on and lists that start anew."""

from xml.etree.ElementTree import fromstring

import pytest

from govrubric.office.documents import _grids
from govrubric.office.numbering import Numbering, number, written
from office_files import docx, item, level, listed, p, tbl, tc, tr

ABSTRACT = '<w:num w:numId="{}"><w:abstractNumId w:val="{}"/>{}</w:num>'


def cells(lists: str, *paragraphs: str, styles: str = "") -> tuple[str, ...]:
    """The lines of a cell with some paragraphs."""
    (grid,) = _grids("x.docx", docx(tbl(tr(tc(*paragraphs))), lists, styles))
    return grid.cells[0][0].lines


@pytest.mark.parametrize(
    ("form", "counts"),
    [
        ("decimal", {1: "1", 10: "10"}),
        ("decimalZero", {1: "01", 12: "12"}),
        ("decimalFullWidth", {12: "１２"}),
        (
            "chineseCounting",
            {1: "一", 10: "十", 11: "十一", 20: "二十", 101: "一百零一", 110: "一百一十", 12345: "12345"},
        ),
        ("chineseCountingThousand", {0: "零", 2023: "二千零二十三", 1001: "一千零一"}),
        ("chineseLegalSimplified", {1: "壹", 10: "壹拾", 25: "贰拾伍", 10001: "10001"}),
        ("ideographDigital", {10: "一〇", 2023: "二〇二三"}),
        ("ideographTraditional", {1: "甲", 10: "癸", 11: "11"}),
        ("ideographZodiac", {12: "亥", 13: "13"}),
        ("upperLetter", {1: "A", 26: "Z", 27: "AA", 0: "0"}),
        ("lowerLetter", {2: "b"}),
        ("upperRoman", {4: "IV", 1999: "MCMXCIX", 4000: "4000"}),
        ("lowerRoman", {9: "ix"}),
        ("decimalEnclosedCircle", {1: "①", 20: "⑳", 21: "21"}),
        ("decimalEnclosedCircleChinese", {3: "③"}),
        ("none", {5: ""}),
        ("aiueo", {5: "5"}),
    ],
)
def test_forms_of_counts(form: str, counts: dict[int, str]) -> None:
    assert {count: written(count, form) for count in counts} == counts


def test_levels_count_within_each_other() -> None:
    lists = listed(
        1,
        level(0, "chineseCounting", "第%1条"),
        level(1, "decimal", "%1.%2"),
        level(2, "decimal", "%2-%3", more="<w:isLgl/>"),
    )
    assert cells(lists, item(1, "甲"), item(1, "乙", 1), item(1, "丙", 1), item(1, "丁", 2), item(1, "戊"), item(1, "己", 1)) == (
        "第一条甲", "一.1乙", "一.2丙", "2-1丁", "第二条戊", "二.1己",
    )  # fmt: skip


def test_lists_of_one_pattern_count_on_unless_one_starts_anew() -> None:
    anew = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="{}"/></w:lvlOverride>'
    lists = (
        listed(1, level(0, "decimal", "%1."))
        + ABSTRACT.format(2, 1, "")
        + ABSTRACT.format(3, 1, anew.format(7))
    )
    assert cells(lists, item(1, "甲"), item(2, "乙"), item(3, "丙"), item(3, "丁")) == (
        "1.甲",
        "2.乙",
        "7.丙",
        "8.丁",
    )


def test_a_list_may_change_a_level_of_its_pattern() -> None:
    changed = f'<w:lvlOverride w:ilvl="0">{level(0, "upperLetter", "（%1）")}</w:lvlOverride>'
    lists = listed(1, level(0, "decimal", "%1.", start=3)) + ABSTRACT.format(2, 1, changed)
    assert cells(lists, item(1, "甲"), item(2, "乙")) == ("3.甲", "（D）乙")


def test_a_count_of_a_level_that_did_not_come_yet_is_where_it_starts() -> None:
    lists = listed(1, level(0, "decimal", "%1.", start=2), level(1, "decimal", "%1.%2.%9"))
    assert cells(lists, item(1, "甲", 1)) == ("2.1.1甲",)


def test_bullets_of_symbol_fonts_are_shown_as_points() -> None:
    lists = listed(1, level(0, "bullet", "\uf0b7")) + listed(2, level(0, "bullet", "-"))
    assert cells(lists, item(1, "甲"), item(2, "乙"), item(2, "Tea")) == ("•甲", "-乙", "- Tea")


def test_paragraphs_without_a_list_have_no_number() -> None:
    lists = listed(1, level(0, "decimal", "%1."), level(9, "decimal", "%1."))
    assert cells(lists, item(0, "甲"), item(5, "乙"), item(1, "丙", 3), item(1, "丁", 9)) == (
        "甲",
        "乙",
        "丙",
        "丁",
    )
    assert Numbering().next("1", 0) == ""


def test_the_list_of_a_style() -> None:
    lists = listed(1, level(0, "decimal", "%1."), level(1, "decimal", "（%2）"))
    styles = (
        '<w:style w:styleId="a"><w:pPr><w:numPr><w:ilvl w:val="1"/><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
        '<w:style w:styleId="b"><w:basedOn w:val="a"/></w:style>'
        '<w:style w:styleId="c"><w:basedOn w:val="c"/></w:style>'
    )
    styled = '<w:pPr><w:pStyle w:val="{}"/>{}</w:pPr>'
    off = '<w:numPr><w:numId w:val="0"/></w:numPr>'
    assert cells(
        lists,
        p("甲", styled.format("b", "")),
        p("乙", styled.format("b", off)),
        p("丙", styled.format("c", "")),
        styles=styles,
    ) == ("（1）甲", "乙", "丙")


@pytest.mark.parametrize(
    ("text", "value"), [("12", 12), ("-1", 0), (None, 0), ("1234567", 0), ("x", 0), ("１", 0)]
)
def test_whole_numbers_of_xml(text: str | None, value: int) -> None:
    assert number(text) == value


def test_a_text_of_a_number_is_cut() -> None:
    root = fromstring(f'<numbering><abstractNum abstractNumId="1"><lvl ilvl="0"><lvlText val="{"%1" * 99}"/></lvl></abstractNum>'
                      '<num numId="1"><abstractNumId val="1"/></num></numbering>')  # fmt: skip
    assert Numbering.of(root).next("1", 0) == "0" * 30
