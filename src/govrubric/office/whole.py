"""What the words around a table say of the whole -> the total, the grades, vetoes and caps of its draft."""

import re
from fractions import Fraction

from govrubric.diagnostics.diagnostic import Lang
from govrubric.lint.clauses.chinese import folded
from govrubric.numbers import written
from govrubric.office.clauses import Position
from govrubric.office.grades import ladder
from govrubric.office.items import Items
from govrubric.office.layout import Entry, Object
from govrubric.office.questions import Question
from govrubric.office.remarks import Remarks, total_in
from govrubric.office.structure import VETO, Outline, is_taking

_CONDITION_ENDS = " ,，;；。:：、\u3000"
_TOWARDS = ("一律", "实行", "执行", "予以", "给予", "直接", "按", "将", "作", "采取")
# The grade that a veto fixes; 不得评为优秀 fixes none.
_GRADE = re.compile(
    r"(?<![不能得消])(?:评定|确定|认定|直接定|评|定|列|降|视|判定)为(?:年度)?(?:考核)?"
    r"[“\"']?(?P<name>[\u4e00-\u9fff]{1,6}?|[A-Za-z])[”\"']?"
    r"(?:等次|等级|档次|单位|档|级)?(?=[,;。)]|$)"
)


def total_of(said: Remarks, title: str) -> Fraction | None:
    """The total that the title or the words say; where they say several, the sentences are left unread."""
    in_title = total_in(title)
    if in_title is not None:
        said.totals.append((in_title, ""))
    totals = {total for total, _ in said.totals}
    if len(totals) == 1:
        return totals.pop()
    said.unread += [sentence for _, sentence in said.totals if sentence and sentence not in said.unread]
    return None


def settle(tree: Outline, said: Remarks, told: Fraction | None) -> None:
    """Put what the words say into the tree: which points are on top, and the most that these come to."""
    if told is not None and told != tree.total:
        tree.questions.setdefault(
            "total", Question("total_told", number=written(tree.total), other=written(told))
        )
    extras = [item for item in tree.items if item.extra]
    for item in extras:
        if ("扣" if is_taking(item.title) else "加") in said.tops:
            item.questions.pop("extra", None)
    for kind, most, sentence in said.most:
        meant = [item for item in extras if is_taking(item.title) == (kind == "扣")]
        if len(meant) == 1 and meant[0].weight in (None, most):
            meant[0].weight = most
        elif sentence not in said.unread:
            said.unread.append(sentence)


def grades_as_read(said: Remarks, lang: Lang, items: Items, table: int) -> Object:
    """The key of the grades; where the words say different ones, the later sentences are left unread."""
    if not said.grades:
        return []
    (grades, _), *others = said.grades
    said.unread += [sentence for other, sentence in others if sentence not in said.unread]
    at = Position(table, 0)
    for entries in (found := ladder(grades, lang)):
        items.ask(("grades",), at, entries[0].questions)
    return [Entry("grades", [list(entries) for entries in found])]


def condition_of(veto: str) -> str:
    """What a veto is about: 发生事故的，一票否决 -> 发生事故; of 一票否决：发生事故的 what follows."""
    before, after = (
        (veto[: match.start()], veto[match.end() :]) if (match := VETO.search(veto)) else (veto, "")
    )
    before = before.strip(_CONDITION_ENDS)
    while before.endswith(_TOWARDS):
        before = next(before.removesuffix(one) for one in _TOWARDS if before.endswith(one))
    before = before.strip(_CONDITION_ENDS)
    words = before if re.search(r"\w", before) else after.lstrip("的制" + _CONDITION_ENDS)
    stop = re.search("的[,，。;；]|[。;；]", words)
    words = words[: stop.start()] if stop and words is not before else words
    return words.strip(_CONDITION_ENDS).removesuffix("的") or veto


def grade_named(veto: str) -> str:
    """The grade that a veto says, or an empty text."""
    match = _GRADE.search(folded(veto))
    return match["name"] if match else ""
