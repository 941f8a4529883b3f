"""What a Chinese clause says: each wording beside its reading, written by hand.

A statement is shown as ``-0.1/例`` (taken for each 例), ``+2`` (given once), ``5`` (得5分, open which), ``-1?``
(open whether once or for each), ``≤-3`` and ``≤3`` (caps), ``=5`` (full marks), ``(6)`` (a mere figure),
``floor``, ``ceiling`` and ``unlimited``, and all else as in `clauses_corpus.txt`. A ``~`` comes after a clause that says more than can be read.
"""

import time
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clauses_corpus import shown as told
from govrubric.lint.clauses.chinese import Reading, Statement, amount_of, folded, numbers_in, read
from govrubric.numbers import written

READINGS = {
    # For each case, however it is worded.
    "每例扣0.1分": "-0.1/例",
    "行政复议和行政诉讼每纠错1例扣0.2分。": "-0.2/纠错1例",
    "被投诉单位确有错误的，该单位每例扣0.2分。": "-0.2/例",
    "出现安全漏洞每次项0.5分。": "0.5/次项",
    "格式不规范的每件扣0.1分。": "-0.1/件",
    "每发现一处错误的，扣１分，扣完本项分值为止。": "-1/发现一处错误的 floor",
    "每有一项未完成的，扣两分": "-2/有一项未完成的",
    "每提出一条建议并被采纳的，加1分": "+1/提出一条建议并被采纳的",
    "每低1个百分点，扣0.5分": "-0.5/低1个百分点",
    "每缺1项扣0.5分；每逾期1天扣0.1分。": "-0.5/缺1项 -0.1/逾期1天",
    "每错1处减0.5分": "-0.5/错1处",
    "每走访一次0.2分，最多4分；覆盖率乘以6分": "0.2/走访一次 ≤4 (6) ~",
    "每条计0.5分": "0.5/条",
    "每例-0.1分": "-0.1/例",
    "每次（0.5分）": "0.5/次",
    "每篇（条）加0.2分": "+0.2/篇(条)",
    "每人每次扣1分": "-1/人次",
    "每一例扣0.1分": "-0.1/一例",
    "每5分钟加1分": "+1/5分钟",
    "每百万元加1分": "+1/百万元",
    "每日扣0.5分": "-0.5/日",
    "迟报每天扣零点五分，最高扣十五分": "-0.5/天 ≤-15",
    "扣0.1分/例": "-0.1/例",
    "扣 2 分 / 次": "-2/次",
    "加0.5分/每篇": "+0.5/篇",
    "加0.2分（每篇）": "+0.2/篇",
    "政府网站栏目更新不及时，每次扣0.1分，发布的信息存在表述错误，每项扣0.5分": "-0.1/次 -0.5/项",
    "国家级扣5分/次，省级扣3分/次": "-5/次 -3/次",
    "每月至少召开1次，每少1次扣0.5分": ">=1次 -0.5/少1次",
    "对未按要求办理的单位每次扣0.5分": "-0.5/次",
    "扣分标准为每处0.3分": "0.3/处",
    "按每件0.5分计分": "0.5/件",
    # Once.
    "未按时公开的，扣2分": "-2",
    "造成破坏的倒扣5分": "-5",
    "无正当理由拒不配合的，扣减3分": "-3",
    "一次性扣5分": "-5",
    "建立制度得2分，落实到位得3分": "2 3",
    "优秀得5分、良好得3分、合格得1分": "5 3 1",
    "奖励2分": "+2",
    "记-2分": "-2",
    "记负2分": "-2",
    "迟报扣分2分": "-2",
    "加扣5分": "-5",
    "（扣2分）": "-2",
    "扣０．５分": "-0.5",
    "扣0. 5分": "-0.5",
    "每件加1／3分": "+1/3/件",
    "扣半分": "-0.5",
    "扣一分半": "-1.5",
    "扣二十五分": "-25",
    "扣一百二十分": "-120",
    "扣一百零五分": "-105",
    "得0分": "nothing",
    "获得国家级荣誉的加5分，省级加3分（以最高奖项计，不累加）": "+5 +3 highest highest",
    # Once or for each: the wording leaves it open.
    "第一次扣1分，第二次扣2分，以后每次扣5分": "-1? -2? -5/次",
    "每季度报送一次，少报1次扣1分": "-1/1次",
    "每季度开展一次得1分，未开展不得分。": "1? nothing",
    "每月更新，未更新的扣一分半": "-1.5?",
    "每年开展1次以上培训，未开展的，扣2分": ">=1次 -2?",
    "每月25日前报送，逾期扣0.5分": "-0.5?",
    "每项任务，由专人负责，未完成的扣1分": "-1?",
    "迟报一天扣0.5分": "-0.5/一天",
    "有一项不达标扣1分，扣完为止": "-1? floor",
    "各扣1分": "-1?",
    "每季度报送一次。迟报的扣1分": "-1",
    "分别扣0.5分、1分、0.2分": "-0.5? (1) (0.2)",
    "每扣1分": "-1?",
    "90%得8分，100%得10分": "8 10",
    # Caps.
    "最多扣3分": "≤-3",
    "本项最高得10分": "≤10",
    "最高不超过5分": "≤5",
    "加分最多不超过3分": "≤+3",
    "累计扣分不超过5分": "≤-5",
    "累计不超过3分": "≤3",
    "总分不得超过59分": "≤59",
    "以3分为限": "≤3",
    "上限5分": "≤5",
    "扣分上限为5分": "≤-5",
    "5分封顶": "≤5",
    "扣5分封顶": "≤-5",
    "加满5分为止": "≤+5",
    "至多加2分": "≤+2",
    "不超过5分钟": "<=5分钟",
    "扣分不超过3分的单位，加1分": "<=3分 +1",
    "超过10分的": ">10分",
    # Bounds.
    "扣完为止": "floor",
    "直至扣完": "floor",
    "扣至0分为止": "floor",
    "加完为止": "ceiling",
    "加满为止": "ceiling",
    "每篇加1分，上不封顶": "+1/篇 unlimited",
    # Full marks.
    "按照要求发布（5分）。": "=5",
    "按照要求发布(5分)": "=5",
    "按照要求发布【5分】": "=5",
    "妥善处理依申请投诉举报问题（2）。": "=2",
    "完成（2）项工作": "",
    "完成工作（٣）": "",
    "见附件（12345678901234567890）": "",
    "（满分5分）": "=5",
    "（本项满分10分）": "=10",
    "分值：5分": "=5",
    "总分100分，其中基础工作60分": "=100 (60)",
    "共5分": "=5",
    "细则一共计1000分，5A级需达到950分": "=1000 >=950分",
    "制度健全（2分）；机构完善（3分）": "=2 =3",
    "（每项2分，共10分）": "2/项 =10",
    "按时报送的得满分5分": "=5",
    "总分90分以上": ">=90分",
    "公共5分": "(5)",
    # More than can be read.
    "扣1-3分": "~-1 ~-3 ~",
    "扣1分至3分": "~-1 ~-3 ~",
    "扣２～５分": "~-2 ~-5 ~",
    "酌情扣1分": "judged- -1 ~",
    "扣除相应分": "~",
    "扣减该项分值的50%": "~",
    "按比例扣分，最多扣3分": "begun-share ≤-3 ~",
    "第二次起加倍扣分": "×2 ~",
    # What only looks like points.
    "得百分之五": "~",
    "三分之一": "",
    "未落实“三分之一”要求的": "",
    "设置5分钟答辩": "",
    "按5分制评分": "",
    "给予十分重要的工作": "(10)",
    "不扣分": "",
    "不扣2分": "(2)",
    "无故缺席的不得分": "nothing",
    "得90分以上": ">=90分",
    "考核得90分的单位": "(90)",
    "应得100分": "(100)",
    "共计扣分": "",
    "扣5分以上": ">=5分",
    "每项5分以上": ">=5分",
    "登记1分": "(1)",
    "百分点": "",
    "部分、分类、分别": "",
    "扣一一分": "",
    "扣百分": "",
    "最多扣一一分": "",
    "（一一分）": "",
    "一一至二分": "(2)",
    "扣1至一一分": "~-1 ~",
    "90%（不含）—95%（含）得3分": ">90% <=95% 3",
    "每提高1分加0.2分": "+0.2/提高1分",
    "每满1000元得2分": "2/满1000元",
    "每低于7的扣1分": "-1/低于7的",
    "每低100扣1分": "-1/低100",
    "每人发现一一处扣1分": "-1/人发现一一处",
    "满意度九成以上得5分": ">=90% 5",
    "2023年12月31日前完成得5分": "year:2023 5",
    "前3名的加1分": "+1",
    "应达到950分": ">=950分",
    "-3度以上得1分": "1",
    "-2分": "-2",
    "分值": "",
    "根据每项工作完成情况作相应评分。": "judged ~",
    "Half a mark off for each (2).": "-0.5?",
    "2 (5)": "",
}  # fmt: skip


def shown(statement: Statement) -> str:
    sign = {-1: "-", 0: "", 1: "+"}[statement.sign]
    amount = sign + written(statement.amount)
    match statement.kind:
        case "effect":
            repeats = {True: f"/{statement.unit}", None: "?", False: ""}[statement.repeats]
            return amount + repeats
        case "cap":
            return f"≤{amount}"
        case "full":
            return f"={amount}"
        case _:
            return told(statement)


@pytest.mark.parametrize("clause", READINGS)
def test_a_clause_says_what_its_words_say(clause: str) -> None:
    reading = read(clause)
    assert " ".join([*map(shown, reading.statements), *(["~"] if reading.vague else [])]) == READINGS[clause]


@pytest.mark.parametrize(
    ("clause", "words"),
    [
        ("未公开的，每件扣０．１分，最多扣３分", ["每件扣０．１分", "最多扣３分"]),
        ("每有一项未完成的，扣两分。", ["每有一项未完成的，扣两分"]),
        ("迟报的扣2分/次，共（5分）", ["扣2分", "（5分）"]),
        ("每季度报送一次，少报1次扣1分", ["扣1分"]),
        ("每次（0.5分），扣完为止", ["每次（0.5分）", "扣完为止"]),
    ],
)
def test_a_statement_has_its_characters(clause: str, words: list[str]) -> None:
    assert [clause[statement.start : statement.end] for statement in read(clause).statements] == words


def test_statements_of_one_kind_are_had_by_themselves() -> None:
    assert [statement.amount for statement in read("每次扣0.1分，每处扣0.2分，最多扣3分").of("effect")] == [
        Fraction(1, 10),
        Fraction(1, 5),
    ]


def test_statements_stand_in_the_order_of_the_clause() -> None:
    reading = read("3人以上或1万元以上的扣5分，取最高，每次超过2天加1分，最多3分")
    assert [statement.kind for statement in reading.statements] == [
        "bound", "either", "bound", "effect", "highest", "effect", "cap",
    ]  # fmt: skip


def test_figures_are_all_amounts_that_a_clause_names() -> None:
    assert read("每次扣0.1分，最多扣3分（5分），余下6分，扣完为止").figures == {Fraction(1, 10), 3, 5, 6}


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("（５．０分）", "(5.0分)"),
        ("【a】〔b〕［c］", "(a)(b)(c)"),
        ("1－2—3–4　5", "1-2-3-4 5"),
        ("；，", ";,"),
    ],
)
def test_a_folded_text_keeps_its_length(text: str, plain: str) -> None:
    assert folded(text) == plain
    assert len(plain) == len(text)


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("0.5", Fraction(1, 2)), ("1/3", Fraction(1, 3)), ("0 . 5", Fraction(1, 2)), ("半", Fraction(1, 2)),
        ("十", 10), ("十五", 15), ("二十", 20), ("两", 2),
        ("一百零五", 105), ("一百二十", 120), ("零点二五", Fraction(1, 4)), ("一百点五", Fraction(201, 2)), ("〇", 0),
        ("百", None), ("二三", None), ("十十", None), ("1/0", None), ("一百百", None),
    ],
)  # fmt: skip
def test_an_amount_in_digits_or_words(text: str, amount: Fraction | int | None) -> None:
    assert amount_of(text) == amount


def test_numbers_in_a_decision_are_read_however_they_are_written() -> None:
    assert numbers_in("系０．５分的笔误，扣两分，至多1/3，即十五分；1/0不算") == {
        Fraction(1, 2),
        2,
        Fraction(1, 3),
        15,
    }


@pytest.mark.parametrize(
    "piece",
    [
        "1",
        "十",
        "扣1分",
        "最多扣3分；",
        "不超过",
        "每",
        "每例扣0.1分，",
        "(",
        "1-",
        "加完",
        "低于",
        "不足1",
        "或",
        "第一次",
    ],
)
def test_no_clause_takes_long_to_read(piece: str) -> None:
    started = time.perf_counter()
    read(("中" + piece * 20_000)[:20_000])
    assert time.perf_counter() - started < 5


@pytest.mark.parametrize(
    "piece", ["1", "one ", "each ", "2 points ", "1 per day ", "below 1 ", "up to ", "a1", "1-"]
)
def test_no_clause_in_english_takes_long_to_read(piece: str) -> None:
    started = time.perf_counter()
    read((piece * 4000)[:4000])
    assert time.perf_counter() - started < 2


@given(
    st.text("每例项次扣加得计满共最多不超过至为止0123456789.一二十百半点分（）()，。；：/%-～ ", max_size=40)
)
def test_every_text_can_be_read(text: str) -> None:
    for statement in read(f"中{text}").statements:
        assert 0 < statement.start < statement.end <= len(text) + 1
        assert statement.amount >= 0


@pytest.mark.parametrize(
    "clause", ["每次扣总分2分", "每次扣考核分2分", "每次扣减分值2分", "每次扣贰分", "每次扣绩效分两分"]
)
def test_whose_points_are_taken_and_how_they_are_written_makes_no_difference(clause: str) -> None:
    (statement,) = read(clause).of("effect")
    assert (statement.amount, statement.sign, statement.repeats) == (Fraction(2), -1, True)


def test_a_run_of_blanks_counts_as_one_and_places_stay() -> None:
    (statement,) = read("甲  ，每　 例   扣  0.5   分").of("effect")
    assert (statement.amount, statement.unit, statement.repeats) == (Fraction(1, 2), " 例", True)
    assert "甲  ，每　 例   扣  0.5   分"[statement.start : statement.end] == "每　 例   扣  0.5   分"


def test_a_text_that_is_too_long_for_a_clause_is_vague() -> None:
    assert read("每例扣1分。" + "甲" * 4000) == Reading((), vague=True)
    assert read("扣1分，" * 101) == Reading((), vague=True)
    assert len(read("扣1分，" * 100).statements) == 100


def test_time_or_share_words_before_an_amount_are_read_once() -> None:
    (statement,) = read("每年" + "从甲中" * 40 + "x扣1分").of("effect")
    assert statement.repeats is None
