"""Rubric, and the cards of units -> its official form as a Word file (.docx), to fill in or to sign.

The fonts are those of official documents in Chinese. Where one is not installed, Word takes the next of its
names in the table of fonts (ECMA-376 part 1, 17.8.3.1), and any program a font of the same script.
"""

import datetime
import io
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from copy import deepcopy
from typing import NamedTuple

import docx
from docx.document import Document
from docx.enum.section import WD_ORIENT
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING, WD_TAB_ALIGNMENT
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.shared import Emu, Mm, Pt
from docx.styles.style import ParagraphStyle

from govrubric.diagnostics.diagnostic import CardError, Lang, lang
from govrubric.diagnostics.display import escaped
from govrubric.forms.official import OfficialForm, filled, official_form
from govrubric.lint.clauses.chinese import folded
from govrubric.office.head import ANNEX
from govrubric.rubric import Rubric
from govrubric.scoring.card import ScoreCard
from govrubric.scoring.same_rubric import other_rubric


class UnitCards(NamedTuple):
    """A unit whose form is written.

    Attributes:
        unit: its code; `None` where it has none.
        name: what people call it; `None` where it has none.
        own: the card of its own assessment; `None` where it is still to be filled in.
        official: the card of the assessors; `None` likewise.
        variant: the variant of the rubric that is for it, where it has no card; `None` is the rubric itself.
    """

    unit: str | None = None
    name: str | None = None
    own: ScoreCard | None = None
    official: ScoreCard | None = None
    variant: str | None = None


BLANK = UnitCards()

PHRASES: dict[Lang, dict[str, str]] = {
    "en": {
        "unit": "Unit: {}", "code": "{}, code {}", "date": "Date: {}", "day": "____________",
        "line": "________________________", "signed": "____________",
        "own": "Signed for the unit: {}  Date: {}", "official": "Signed for the assessors: {}  Date: {}",
        "evidence": "(evidence and grounds)", "page": "Page {}",
    },
    "zh": {
        "unit": "填报单位（盖章）：{}", "code": "{}　编号：{}", "date": "填报日期：{}", "day": "　　　年　　月　　日",
        "line": "＿＿＿＿＿＿＿＿＿＿＿＿＿＿＿＿", "signed": "＿＿＿＿＿＿＿＿",
        "own": "单位负责人（签字）：{}　{}", "official": "考评人（签字）：{}　{}",
        "evidence": "（自评材料及依据）", "page": "第{}页",
    },
}  # fmt: skip

# A4 across, in millimetres; the widths are those of the eight columns.
PAGE, MARGIN, FOOT = (297, 210), (19, 18), 9
WIDTHS = (11, 28, 54, 55, 18, 55, 20, 18)
CENTRED = frozenset((0, 4, 7))
OWN_SCORE, OWN_BASIS, OFFICIAL_SCORE = 4, 5, 7
LATIN = "Times New Roman"
SMALL = 21  # half points: 五号, the size of what stands in tables
HALF_POINT = 6350  # of the units in which python-docx measures
# Each font with the names that are tried after it.
TITLE_FONT, HEAD_FONT, TEXT_FONT = "方正小标宋简体", "黑体", "仿宋"
OTHER_NAMES = {
    TITLE_FONT: "方正小标宋_GBK,华文中宋,宋体",
    HEAD_FONT: "SimHei",
    TEXT_FONT: "仿宋_GB2312,FangSong",
}
TITLE, HEAD, TEXT, FIGURE, LINE, END = (
    *("FormTitle", "FormHead", "FormText", "FormFigure", "FormLine", "FormEnd"),
)
# Points of a line of a style, so that rows are as high in every font.
HEIGHTS = {HEAD: 14, TEXT: 14, FIGURE: 14, END: 1}
# A file says the same whenever it is written, so that its dates are those of no day.
WRITTEN = datetime.datetime(2000, 1, 1, tzinfo=datetime.UTC)
PACKED = (1980, 1, 1, 0, 0, 0)


def written(rubric: Rubric, units: Sequence[UnitCards] = (BLANK,), language: str | None = None) -> bytes:
    """A rubric, and units with their cards -> the form of each as one .docx, each from a new page.

    Without units it is the blank form. The language is the rubric's own where none is named. The same
    arguments give the same bytes.

    Raises:
        CardError: if a card is of another rubric, or two cards of a unit are of different variants.
        TallyError: if the rubric has no variant of the name that a unit gives.
    """
    spoken = lang(language or rubric.language)
    document = _document(rubric, spoken)
    section = document.element.body[-1]
    pages: dict[str | None, _Page] = {}
    for place, unit in enumerate(units):
        cards = [card for card in (unit.own, unit.official) if card is not None]
        variant = cards[0].variant if cards else unit.variant
        if variant not in pages:
            pages[variant] = _Page(rubric if variant is None else rubric._of_variant(variant), spoken)
        pages[variant].refuse_others(cards)
        for element in pages[variant].of(unit):
            section.addprevious(element)
        if place + 1 < len(units):
            section.getprevious().get_or_add_pPr().append(deepcopy(section))
    return _sealed(document)


class _Page:
    """The form of a rubric or of a variant, made once; a copy of it is filled in for each unit."""

    def __init__(self, rubric: Rubric, language: Lang) -> None:
        self.rubric, self.language, self.phrases = rubric, language, PHRASES[language]
        self.form = official_form(rubric, language)
        source = rubric._text.source
        annex = source.document if source else None
        self.head: list[BaseOxmlElement] = (
            [_paragraph(LINE, annex)] if annex and ANNEX.fullmatch(folded(annex)) else []
        )
        self.head.append(_paragraph(TITLE, self.form.title))
        self.table = _table(self.form)

    def refuse_others(self, cards: Sequence[ScoreCard]) -> None:
        """Raise `CardError` for a card that another rubric gave."""
        for card in cards:
            found = other_rubric(card.rubric_digest, card.scoring_digest, self.rubric)
            if found is not None and found.severity == "error":
                raise CardError([found])

    def of(self, unit: UnitCards) -> Iterator[BaseOxmlElement]:
        """The elements of a unit's form, in order."""
        phrases = self.phrases
        yield from map(deepcopy, self.head)
        named = unit.name or unit.unit or phrases["line"]
        if unit.name and unit.unit:
            named = phrases["code"].format(unit.name, unit.unit)
        yield _paragraph(LINE, phrases["unit"].format(named), phrases["date"].format(phrases["day"]))
        # Here and not below the table, where they might stand alone on a page.
        signed = (phrases["signed"], phrases["day"])
        yield _paragraph(LINE, phrases["own"].format(*signed), phrases["official"].format(*signed))
        yield self.filled(unit)
        for remark in self.form.remarks:
            yield _paragraph(LINE, remark)
        yield _paragraph(
            END
        )  # a section does not end with a table, and this is too small for a page of its own

    def filled(self, unit: UnitCards) -> BaseOxmlElement:
        """A copy of the table with what the cards of a unit say."""
        table = deepcopy(self.table)
        rows = table.findall(qn("w:tr"))[1:]
        said = filled(self.form, unit.own, unit.official, self.language)
        for row, one in zip(rows, said, strict=True):
            cells = row.findall(qn("w:tc"))
            is_total = row is rows[-1]
            own, basis, official = [one.own_score], list(one.own_basis), [one.official_score]
            if is_total:
                own += _grade(unit.own)
                official += _grade(unit.official)
            elif unit.own is None and unit.official is None:
                basis = [self.phrases["evidence"]]
            for column, lines in ((OWN_SCORE, own), (OWN_BASIS, basis), (OFFICIAL_SCORE, official)):
                _fill(cells[column], FIGURE if column in CENTRED else TEXT, lines, kept=row is rows[-2])
        return table


def _grade(card: ScoreCard | None) -> list[str]:
    """The grade that stands under a total."""
    return [] if card is None or card.grade is None else [card.grade]


def _table(form: OfficialForm) -> BaseOxmlElement:
    """The table of a form: the headers, a row each, and the total."""
    grid = "".join(f'<w:gridCol w:w="{_twips(width)}"/>' for width in WIDTHS)
    table: BaseOxmlElement = parse_xml(
        f'<w:tbl {nsdecls("w")}><w:tblPr><w:tblStyle w:val="TableGrid"/>'
        f'<w:tblW w:w="{sum(map(_twips, WIDTHS))}" w:type="dxa"/><w:jc w:val="center"/>'
        '<w:tblLayout w:type="fixed"/><w:tblCellMar><w:top w:w="40" w:type="dxa"/>'
        '<w:left w:w="60" w:type="dxa"/><w:bottom w:w="40" w:type="dxa"/><w:right w:w="60" w:type="dxa"/>'
        f"</w:tblCellMar></w:tblPr><w:tblGrid>{grid}</w:tblGrid></w:tbl>"
    )
    table.append(_row([(header,) for header in form.headers], HEAD, repeated=True))
    for place, row in enumerate(form.rows, 1):
        texts = [(row.number,), (row.title,), row.explanation, row.standards, (), (), (row.assessed_by,), ()]
        table.append(_row(texts, kept=place == len(form.rows)))
    table.append(_row([(), (form.total,), *[()] * 6]))
    return table


def _twips(millimetres: int) -> int:
    """Millimetres in twentieths of a point, in which tables are measured."""
    return millimetres * 14400 // 254


def _row(
    texts: Sequence[Sequence[str]], style: str | None = None, *, repeated: bool = False, kept: bool = False
) -> BaseOxmlElement:
    """A row that no page divides; `repeated` on every page, or `kept` on the page of what follows it."""
    inner = "<w:tblHeader/>" if repeated else ""
    row: BaseOxmlElement = parse_xml(f"<w:tr {nsdecls('w')}><w:trPr><w:cantSplit/>{inner}</w:trPr></w:tr>")
    for column, (width, lines) in enumerate(zip(WIDTHS, texts, strict=True)):
        cell = parse_xml(
            f'<w:tc {nsdecls("w")}><w:tcPr><w:tcW w:w="{_twips(width)}" w:type="dxa"/>'
            '<w:vAlign w:val="center"/></w:tcPr></w:tc>'
        )
        _fill(cell, style or (FIGURE if column in CENTRED else TEXT), lines, kept=kept)
        row.append(cell)
    return row


def _fill(cell: BaseOxmlElement, style: str, lines: Iterable[str], *, kept: bool = False) -> None:
    """Give a cell its paragraphs in place of those that it has; a cell has one at least."""
    for paragraph in cell.findall(qn("w:p")):
        cell.remove(paragraph)
    for line in "\n".join(lines).split("\n"):
        cell.append(_paragraph(style, line, kept=kept))


def _paragraph(style: str, *texts: str, kept: bool = False) -> BaseOxmlElement:
    """A paragraph of a style; between two texts stands a tab. What a text says is never markup."""
    paragraph = OxmlElement("w:p")
    properties = OxmlElement("w:pPr")
    named = OxmlElement("w:pStyle")
    named.set(qn("w:val"), style)
    properties.append(named)
    if kept:
        properties.append(OxmlElement("w:keepNext"))
    paragraph.append(properties)
    for place, text in enumerate(texts):
        run = OxmlElement("w:r")
        if place:
            run.append(OxmlElement("w:tab"))
        written_text = OxmlElement("w:t")
        written_text.text = escaped(text).replace("\n", " ")
        written_text.set(qn("xml:space"), "preserve")
        run.append(written_text)
        paragraph.append(run)
    return paragraph


def _document(rubric: Rubric, language: Lang) -> Document:
    """A document without content, with the page, the styles, the fonts and the properties of a form."""
    document = docx.Document()
    section = document.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = map(Mm, PAGE)
    section.left_margin = section.right_margin = Mm(MARGIN[0])
    section.top_margin = section.bottom_margin = Mm(MARGIN[1])
    section.footer_distance = Mm(FOOT)
    numbering = OxmlElement("w:pgNumType")
    numbering.set(qn("w:start"), "1")
    section._sectPr.insert_element_before(numbering, "w:cols", "w:docGrid")
    _styles(document)
    _footer(document, PHRASES[language]["page"])
    properties = document.core_properties
    properties.title, properties.subject, properties.identifier = rubric.title, rubric.id, rubric.digest
    properties.author = properties.last_modified_by = properties.comments = ""
    properties.created = properties.modified = WRITTEN
    properties.language = "zh-CN" if language == "zh" else "en"
    return document


def _styles(document: Document) -> None:
    """The styles of a form's paragraphs, and the fonts that they name."""
    # The template gives all text the fonts of its theme, which some programs take before those of a style.
    document.styles.element.find(f"{qn('w:docDefaults')}//{qn('w:rFonts')}").attrib.clear()
    normal = document.styles["Normal"]
    assert isinstance(normal, ParagraphStyle)
    _style(normal, TEXT_FONT, SMALL)
    normal.paragraph_format.space_after = Pt(0)
    normal.paragraph_format.line_spacing_rule = WD_LINE_SPACING.SINGLE
    spoken = OxmlElement("w:lang")
    spoken.set(qn("w:val"), "en-US")
    spoken.set(qn("w:eastAsia"), "zh-CN")
    normal.element.get_or_add_rPr().append(spoken)
    centre = WD_ALIGN_PARAGRAPH.CENTER
    for name, font, size, alignment in (
        (TITLE, TITLE_FONT, 36, centre),
        (HEAD, HEAD_FONT, SMALL, centre),
        (TEXT, TEXT_FONT, SMALL, None),
        (FIGURE, TEXT_FONT, SMALL, centre),
        (LINE, TEXT_FONT, 24, None),
        (END, TEXT_FONT, 2, None),
    ):
        style = document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        assert isinstance(style, ParagraphStyle)
        style.base_style = normal
        _style(style, font, size)
        style.paragraph_format.alignment = alignment
        if name in HEIGHTS:
            style.paragraph_format.line_spacing = Pt(HEIGHTS[name])
    title, line = document.styles[TITLE], document.styles[LINE]
    assert isinstance(title, ParagraphStyle)
    assert isinstance(line, ParagraphStyle)
    title.paragraph_format.space_after = Pt(6)
    line.paragraph_format.space_before = line.paragraph_format.space_after = Pt(4)
    line.paragraph_format.tab_stops.add_tab_stop(Mm(sum(WIDTHS)), WD_TAB_ALIGNMENT.RIGHT)


def _style(style: ParagraphStyle, font: str, size: int) -> None:
    """Give a style its fonts, the Latin and the Chinese one, and its size in half points."""
    style.font.size = Emu(HALF_POINT * size)
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for name in ("ascii", "hAnsi", "cs"):
        fonts.set(qn(f"w:{name}"), LATIN)
    fonts.set(qn("w:eastAsia"), font)


def _footer(document: Document, page: str) -> None:
    """The number of the page, which is a field, at the foot of each."""
    paragraph = document.sections[0].footer.paragraphs[0]
    paragraph.style = document.styles[FIGURE]
    before, after = page.split("{}")
    paragraph.add_run(before)
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), "PAGE")
    paragraph._p.append(field)
    paragraph.add_run(after)


def _sealed(document: Document) -> bytes:
    """A document -> its bytes, with the table of fonts, and with fixed dates in the archive."""
    fonts = "".join(
        f'<w:font w:name="{name}"><w:altName w:val="{others}"/><w:charset w:val="86"/></w:font>'
        for name, others in OTHER_NAMES.items()
    )
    document.part.part_related_by(RELATIONSHIP_TYPE.FONT_TABLE)._blob = (
        f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?><w:fonts {nsdecls("w")}>{fonts}</w:fonts>'
    ).encode()
    saved, sealed = io.BytesIO(), io.BytesIO()
    document.save(saved)
    with zipfile.ZipFile(saved) as parts, zipfile.ZipFile(sealed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in sorted(parts.namelist(), key=lambda name: (name != "[Content_Types].xml", name)):
            info = zipfile.ZipInfo(name, PACKED)
            info.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(info, parts.read(name))
    return sealed.getvalue()
