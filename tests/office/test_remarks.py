"""Sentences around tables, and what is read of them; what each should be was written down by hand."""

from fractions import Fraction

import pytest

from govrubric.office.clauses import Position
from govrubric.office.grades import grades_of, ladder
from govrubric.office.layout import Entry
from govrubric.office.paragraphs import parted
from govrubric.office.remarks import is_blank, remarks, total_in
from govrubric.office.whole import condition_of, grade_named


def grades(text: str) -> list[str]:
    """Each grade with its bounds and what is asked at it."""
    found = []
    for first, *others in ladder(grades_of(text), "zh"):
        bound = f" {others[0].value}" if others else ""
        found.append(" ".join([f"{first.value}{bound}", *(one.words("zh") for one in first.questions)]))
    return found


EDGE = "恰为{}分的，定为何等次？"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("90分以上为优秀，60分以上为合格，不足60分的为不合格。", ["优秀 90", "合格 60", "不合格"]),
        ("90分（含）以上的，评定为优秀等次；60（含）—90分的为合格；60分以下为“不合格”",
         ["优秀 90", "合格 60", "不合格"]),
        ("优秀（90分以上）、良好（80—89分）、一般（80分以下）",
         ["优秀 90", "良好 80 89分至90分之间的，定为何等次？", f"一般 {EDGE.format(80)}"]),
        ("60分以下为差，60分（不含）以上为好", [f"好 60 {EDGE.format(60)}", "差"]),
        ("得分在90分以上的为A级，80分以上的为B级",
         ["A级 90", "B级 80", "未列等次 80分以下定为何等次？"]),
        ("90分以上为优秀，80分以上95分以下为良好", ["优秀 90", f"良好 80 {EDGE.format(90)}", "未列等次 80分以下定为何等次？"]),
        ("优秀 90分以上；不合格 90分（不含）以下", ["优秀 90", "不合格"]),
        ("优秀:90分以上;合格:0分以上", ["优秀 90", "合格"]),
        ("得分90分以上为优秀。", []),  # one alone is no ladder
        ("90分以上为优秀，95分以上为良好，80分以上为合格", []),  # they do not follow
        ("90分以上为优秀，80分以上奖励2000元", []),
        (f"90分以上为优秀，{'考核' * 120}为良好", []),
        ("，".join(f"{at}分以上为第{'一二三四五六七八九'[at % 9]}档" for at in range(99, 80, -1)), []),
    ],
)  # fmt: skip
def test_grades(text: str, expected: list[str]) -> None:
    assert grades(text) == expected


def test_a_grade_that_no_bound_is_said_for_ends_the_ladder() -> None:
    entries = ladder(grades_of("90分以上为优秀，90分以下为合格"), "en")
    assert entries[0] == (Entry("grade", "优秀"), Entry("from", Fraction(90)))


@pytest.mark.parametrize(
    ("text", "total"),
    [
        ("总分100分。", 100), ("本次考核满分为120分，", 120), ("考核实行百分制。", 100), ("实行1000分制", None),
        ("考核工作总分值：100分", 100), ("The total score is 50 points.", 50), ("考核表（总分100分）", 100),
        ("总分60分以下的", None), ("加分项总分10分", None), ("满分得10分", None),
    ],
)  # fmt: skip
def test_totals(text: str, total: int | None) -> None:
    assert total_in(text) == total


@pytest.mark.parametrize(
    "sentence",
    [
        "各项扣分以该项分值为限，扣完为止。", "每个单项扣完本项分值为止。", "各项指标均不计负分。", "扣完为止，不倒扣分。",
        "单项扣分不超过该项标准分。", "加分项、扣分项在总分基础上加减。", "加分在满分之外另行计算。", "加分项另计。",
        "备注1：扣分项不计入总分。", "说明：", "填表说明", "",
        "填报单位（盖章）：＿＿＿　填报日期：　　年　月　日", "考核组成员签字：",
    ],
)  # fmt: skip
def test_sentences_that_are_read_are_not_kept(sentence: str) -> None:
    assert remarks([sentence], 1).unread == []


@pytest.mark.parametrize(
    "sentence",
    [
        "迟报的不计分。", "考核结果作为评优依据。", "各项扣分以该项分值为限，特殊情况除外。", "本表由县应急局解释：电话1234。",
        "加分项在总分基础上加减，须经会议研究。", "加分项5分。", "95分以上为优秀，85分以上为良好，由县委审定。",
    ],
)  # fmt: skip
def test_every_other_sentence_is_kept_word_for_word(sentence: str) -> None:
    assert remarks([f"注：{sentence}"], 1).unread == [f"注：{sentence}"]


def test_what_a_sentence_says_beside_what_is_read_keeps_it_whole() -> None:
    found = remarks(["总分100分，其中基础分90分。"], 1)
    assert (found.totals[0][0], found.unread) == (Fraction(100), ["总分100分，其中基础分90分。"])


def test_points_on_top_and_their_most() -> None:
    found = remarks(["加分项、减分项在基本分之外计算。", "加分项累计最高不超过5分，扣分最多扣10分。"], 1)
    assert found.tops == {"加", "扣"}
    assert [(kind, most) for kind, most, _ in found.most] == [("加", Fraction(5)), ("扣", Fraction(10))]
    assert found.unread == []


def test_a_list_of_vetoes_below_its_heading() -> None:
    found = remarks(
        ["有下列情形之一的，一票否决：", "1.发生较大事故的；", "2.瞒报事故的。", "3.有其他情形，一票否决。", "本表自印发之日起施行。"], 2
    )  # fmt: skip
    assert [(veto.text, veto.at) for veto in found.vetoes] == [
        ("发生较大事故的；", Position(2, 0, 2)), ("瞒报事故的。", Position(2, 0, 3)), ("有其他情形，一票否决。", Position(2, 0, 4)),
    ]  # fmt: skip
    assert found.unread == ["有下列情形之一的，一票否决：", "本表自印发之日起施行。"]


def test_english_sentences() -> None:
    found = remarks(["Note: The total is 50 points. Ask the council. Decisions are final."], 1)
    assert found.totals == [(Fraction(50), "Note: The total is 50 points.")]
    assert found.unread == ["Ask the council.", "Decisions are final."]


@pytest.mark.parametrize(
    ("veto", "condition", "grade"),
    [
        ("发生事故的，一票否决，定为不合格等次。", "发生事故", "不合格"),
        ("发生事故的，实行一票否决，不得评为优秀等次。", "发生事故", ""),
        ("一票否决：发生重大事故的，取消评优资格。", "发生重大事故", ""),
        ("对瞒报的予以一票否决", "对瞒报", ""),
        ("发生泄密的，确定为“D”级", "发生泄密的，确定为“D”级", "D"),
        ("一票否决", "一票否决", ""),
        ("实行一票否决", "实行一票否决", ""),
    ],
)
def test_vetoes(veto: str, condition: str, grade: str) -> None:
    assert (condition_of(veto), grade_named(veto)) == (condition, grade)


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (("附件1", "考核细则"), ((), ("附件1", "考核细则"), ())),
        (("考核细则", "说明：总分100分。"), ((), ("考核细则",), ("说明：总分100分。",))),
        (("注：略。", "附件2", "乡镇考核表（试行）", "说明：略。"), (("注：略。",), ("附件2", "乡镇考核表（试行）"), ("说明：略。",))),
        (("被通报的每次扣1分", "注：略。"), (("被通报的每次扣1分", "注：略。"), (), ())),
        (("一、考核标准", "详见下表。"), (("一、考核标准", "详见下表。"), (), ())),
        ((), ((), (), ())),
    ],
)  # fmt: skip
def test_titles_may_have_words_between_them_and_the_table(lines: tuple[str, ...], expected: object) -> None:
    assert parted(lines) == expected


def test_blanks_are_known_without_a_search() -> None:
    assert not is_blank("单位：" * 5000 + "。")
