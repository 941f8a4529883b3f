"""Words around a table -> what they say of the whole: its total, grades, vetoes, caps, and points on top.

A sentence counts as read only where nothing of it is left over. Every other is kept word for word.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from fractions import Fraction

from govrubric.lint.clauses.chinese import folded, is_chinese, read
from govrubric.office.clauses import Clause, Position, cleaned, unnumbered
from govrubric.office.grades import Grade, grades_of
from govrubric.office.questions import Question
from govrubric.office.structure import VETO, Node, Standard

HEADING = 16  # characters of a paragraph that may be a heading

_TOP = re.compile("加分|扣分|减分|奖励|bonus|penalt|deduction", re.IGNORECASE)
_HEADED = re.compile(r"(?P<heading>[^:]{2,16}?): ?(?=\S)")
_LABEL = re.compile(
    r"^\W*(?:注|备注|附注|说明|(?:填表|评分|考核|计分|打分|有关|相关|其他)?说明|(?:考核|评定|评价|考评)?(?:等次|等级|结果)(?:评定|划分|设置|标准)?"
    r"|计分办法|评分办法|notes?|grades?) ?\d{0,2} ?:\W*",
    re.IGNORECASE,
)
# A blank to be filled in by hand, which no rubric keeps: 填报单位（盖章）：____
_NO_LABEL = re.compile(r"[。;,\d]|.{15}").search
_TO_FILL = re.compile(
    "盖章|签字|签名|签章|公章|填报|填表|填写|日期|时间|单位|姓名|电话|负责人|审核人|考核人|评分人|signature|signed|date"
)

_WHOLE = (
    "(?:本(?:表|次|细则|办法|标准|体系|考核))?(?:年度)?(?:考核|考评|评分|评估|评价|测评|检查)?(?:工作|指标)?"
)
_N = r"(?P<n>\d{1,4}(?:\.\d{1,2})?)"
_STOP = r"(?=[ ,;:。.)]|$)"
_START = r"(?:^|(?<=[,;:( ]))"
_TOTAL = re.compile(
    rf"{_START}{_WHOLE}(?:总分值?|满分|总计|共计|合计|分值合计)(?:值)?(?:设定为|设为|设|为|是|共|计|:)? ?{_N} ?分制?{_STOP}"
    rf"|{_START}{_WHOLE}(?:均)?(?:实行|采用|采取|按照?)?(?P<hundred>百)分制(?:计分|评分|考核|打分)?(?:办法)?{_STOP}"
    rf"|{_START}(?:the )?(?:total|maximum)(?: score| points| marks)?(?: is|:)? "
    rf"{_N.replace('?P<n>', '?P<m>')}(?: points| marks)?{_STOP}",
    re.IGNORECASE,
)
# What holds of every rubric anyway: no item falls below zero.
_FLOOR = re.compile(
    r"(?:各|每|单)个?(?:小|单|分|子)?(?:项|指标)(?:指标|考核|内容)?的?(?:扣分|得分|分值)?均?(?:扣分)?"
    r"(?:以|不超过|不得超过|最多|至多|扣完|扣至|扣到)(?:扣完|扣至)?(?:该|本|各|其)?(?:小|单)?项?(?:指标)?的?(?:标准|基本|总)?"
    r"(?:分值|满分|分|标准分|权重|配分)?(?:为限|为止)?(?=[,;。]|$)"
    r"|扣完(?:该项|本项|该指标)?(?:分值|分数|分|标准分)?为止|(?:各项(?:指标)?)?均?(?:不(?:计|记|得|出现|得出现)负分|不倒扣分?)"
)
_ON_TOP = re.compile(
    r"(?P<names>(?:加分|扣分|减分|奖励|附加分|奖惩)(?:项目?|因素)?(?:[和与及、,/](?:加分|扣分|减分)(?:项目?|因素)?)?)(?:得?分)?"
    r"均?(?:在|为)(?:考核|基本|基础)?(?:总分|满分|得分|基础分|基本分|100 ?分|百分)(?:的)?(?:基础上|之外|以外|外|之上)"
    r"(?:另行|单独|直接|予以|进行)?(?:加减分?|增减分?|加分|扣分|加|减|扣|另计|计算|计分|计入?)"
    r"|(?P<alone>(?:加分|扣分)项?(?:目)?)(?:得分)?(?:另行计算|另计|单独计算|单列|不计入总分)"
)
_MOST = re.compile(
    rf"(?P<kind>加分|附加分|奖励分|扣分|减分)(?:项目?)?(?:得分)?"
    rf"(?P<words>(?:累计|合计|总计|总共|共)?(?:加分|扣分)?(?:最高|最多|至多|上限)?(?:为|不|不得)?"
    rf"(?:超过|超|可?加|可?扣|得|计|高于)?) ?{_N} ?分(?:为限|封顶|为止)?(?=[,;。]|$)"
)
_IS_MOST = re.compile("累计|最高|最多|至多|上限|不超|不得|不高")
_LISTED = re.compile(r"下列|以下|之一|[:]$")


@dataclass(slots=True)
class Remarks:
    """What the words around a table say.

    `totals` and `grades` are what is said of the whole; `tops` the points that come on top, as 加 or 扣, which
    are said to; `most` the most that they may come to. `unread` are the sentences that are in nothing else.
    """

    items: list[Node] = field(default_factory=list)
    vetoes: list[Clause] = field(default_factory=list)
    totals: list[tuple[Fraction, str]] = field(default_factory=list)
    grades: list[tuple[list[Grade], str]] = field(default_factory=list)
    tops: set[str] = field(default_factory=set)
    most: list[tuple[str, Fraction, str]] = field(default_factory=list)
    unread: list[str] = field(default_factory=list)


def remarks(paragraphs: Iterable[str], table: int) -> Remarks:
    """What paragraphs say of the whole of a table, and the points that they give or take on top."""
    found = Remarks()
    reader = _Reader(found)
    for number, paragraph in enumerate(paragraphs, 1):
        text = cleaned(paragraph.replace("\n", " "))
        if not is_blank(text):
            reader.paragraph(text, Position(table, 0, number))
    return found


def total_in(title: str) -> Fraction | None:
    """The total in the brackets of a title: 考核表（总分100分）."""
    match = _TOTAL.search(folded(title))
    return Fraction(match["n"] or match["m"] or 100) if match else None


def is_blank(text: str) -> bool:
    """Whether a paragraph is a form to be filled in by hand: 填报单位（盖章）：____ 日期：__年__月__日."""
    plain = folded(text)
    labels = [part.strip("_ /\u3000年月日") for part in plain.split(":")]
    if len(labels) > 1 and not labels[-1] and _TO_FILL.search(plain) and not any(map(_NO_LABEL, labels)):
        return True
    label = _LABEL.match(f"{plain}:")
    return not text or (label is not None and label.end() > len(plain))


class _Reader:
    """Reads paragraphs in their order, since a heading is about those after it."""

    def __init__(self, found: Remarks) -> None:
        self._found = found
        self._heading = ""
        self._item: Node | None = None
        self._lists_vetoes = False

    def paragraph(self, paragraph: str, at: Position) -> None:
        """Read the sentences of a paragraph."""
        text = unnumbered(paragraph)
        is_listed, self._lists_vetoes = self._lists_vetoes and text != paragraph, False
        if is_listed and not VETO.search(text):
            self._found.vetoes.append(Clause(text, None, at))
            self._lists_vetoes = True
            return
        for sentence in _sentences(text):
            if not self._reads(sentence, at):
                self._found.unread.append(sentence)

    def _reads(self, sentence: str, at: Position) -> bool:
        if VETO.search(sentence):
            if _LISTED.search(folded(sentence)) and folded(sentence).endswith(":"):
                self._lists_vetoes = True
            else:
                self._found.vetoes.append(Clause(sentence, None, at))
            return not self._lists_vetoes
        return self._reads_whole(sentence) or self._reads_points(sentence, at)

    def _reads_whole(self, sentence: str) -> bool:
        """Take what a sentence says of the whole; whether it says nothing else."""
        label = _LABEL.match(folded(sentence))
        text = sentence[label.end() :] if label else sentence
        plain, spans = folded(text), []
        if grades := grades_of(text):
            self._found.grades.append((grades, sentence))
            spans += [(grade.start, grade.end) for grade in grades]
        for match in _TOTAL.finditer(plain):
            said = match["n"] or match["m"]
            self._found.totals.append((Fraction(said) if said else Fraction(100), sentence))
            spans.append(match.span())
        for match in _ON_TOP.finditer(plain):
            names = match["names"] or match["alone"]
            self._found.tops |= {kind for kind, words in _KINDS.items() if re.search(words, names)}
            spans.append(match.span())
        for match in _MOST.finditer(plain):
            if _IS_MOST.search(match["words"]):
                kind = next(kind for kind, words in _KINDS.items() if re.search(words, match["kind"]))
                self._found.most.append((kind, Fraction(match["n"]), sentence))
                spans.append(match.span())
        spans += [match.span() for match in _FLOOR.finditer(plain)]
        rest = list(plain)
        for start, end in spans:
            rest[start:end] = " " * (end - start)
        return bool(spans) and not re.search(r"\w", "".join(rest))

    def _reads_points(self, text: str, at: Position) -> bool:
        """Take points that a sentence gives or takes, or the heading of such sentences."""
        effects = read(text).of("effect", "range")
        if not effects:
            is_heading = _TOP.search(text) is not None and len(text) <= HEADING and "。" not in text
            if is_heading:
                self._heading, self._item = folded(text).rstrip(": "), None
            return is_heading
        headed = _HEADED.match(folded(text))
        if headed and _TOP.search(headed["heading"]) and headed.end() <= effects[0].start:
            self._heading, self._item, text = text[: headed.end("heading")], None, text[headed.end() :]
        if self._item is None:
            self._item = Node(self._heading or _called(text, effects[0].sign), at, extra=True)
            if not self._heading:
                self._item.questions["extra"] = Question("extra")
            self._found.items.append(self._item)
        self._item.standards.append(Standard(Clause(text, None, at)))
        return True


_KINDS = {"加": "加|奖|附", "扣": "扣|减|惩"}


def _sentences(text: str) -> Iterator[str]:
    """The sentences of a text, each with its stop."""
    parts = re.split("(?<=。)" if is_chinese(text) else r"(?<=[.]) +(?=[A-Z])", text)
    yield from (part.strip(" \u3000") for part in parts if re.search(r"\w", part))


def _called(text: str, sign: int) -> str:
    """The title of an item for points that stand around a table without a heading."""
    titles = ("扣分", "加分") if is_chinese(text) else ("Deductions", "Bonus")
    return titles[sign >= 0]
