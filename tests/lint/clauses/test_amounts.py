"""Clauses beside rules: where an amount, a direction or a unit differs, and every wording that fits.

Language 10: “A rubric whose text does not fit its numbers is accepted only with an entry here.”
"""

from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest

from govrubric.diagnostics.catalogue import WARNINGS
from govrubric.diagnostics.diagnostic import Path
from govrubric.language.rubric_text import RubricText
from govrubric.lint.clauses import caps as lint_limits
from govrubric.lint.clauses.amounts import findings
from govrubric.lint.finding import Finding
from govrubric.lint.structure import lint
from making import item, leaf, text

RULE: Path = ("indicators", 0, "rules", 0)


def findings_of(of: RubricText) -> list[Finding]:
    """The findings about a rubric that is right in itself."""
    plan, wrong = lint(of)
    assert wrong == []
    return list(findings(of, plan))


def codes(of: RubricText) -> list[str]:
    """The codes of everything that is told of clauses, limits included."""
    plan, wrong = lint(of)
    assert wrong == []
    return sorted(
        [finding.code for finding in findings(of, plan)]
        + [finding.code for finding in lint_limits.findings(of, plan)]
    )


def off(points: Any, clause: str | None, **fields: Any) -> dict[str, Any]:
    return {"id": "off", "deduct": points, **({"clause": clause} if clause else {}), **fields}


def add(points: Any, clause: str, **fields: Any) -> dict[str, Any]:
    return {"id": "add", "award": points, "clause": clause, **fields}


def rules(*authored: dict[str, Any]) -> list[dict[str, Any]]:
    return [{**rule, "id": f"r{index}"} for index, rule in enumerate(authored)]


BANDS = [{"from": 95, "points": 5}, {"from": 90, "points": 3}]
BELOW = {"below": 95, "each": 1, "points": Decimal("-0.5"), "whole": "up"}

# Clauses as real schemes word them, with the rule that they become: (rules, fields of the item).
SOUND: dict[str, tuple[list[dict[str, Any]], dict[str, Any]]] = {
    "per case": ([off(Decimal("0.1"), "文件未标注属性的，每例扣0.1分。", per="例")], {}),
    "per case, full width": ([off(Decimal("0.1"), "文件未标注属性的，每例扣０．１分。", per="例")], {}),
    "per case, in words": ([off(Decimal("0.1"), "文件未标注属性的，每例扣零点一分。", per="例")], {}),
    "per case, two": ([off(2, "每有一项未完成的，扣两分", per="项")], {}),
    "per case, half": ([off(Decimal("0.5"), "每迟报一天扣半分", per="天")], {}),
    "per case behind": ([off(Decimal("0.1"), "未标注的扣0.1分/例", per="例")], {}),
    "per case in brackets": ([add(Decimal("0.2"), "被采用的加0.2分（每篇）", per="篇")], {}),
    "per case, without a verb": ([add(3, "每篇3分", per="篇")], {}),
    "per case, counted": ([off(Decimal("0.2"), "行政复议每纠错1例扣0.2分。", per="例")], {}),
    "per case, crossing a comma": ([off(1, "每发现一处错误的，扣1分", per="处")], {}),
    "per day, called 日": ([off(Decimal("0.5"), "每日扣0.5分", per="天")], {}),
    "per day, called 天": ([off(Decimal("0.5"), "每迟报1天扣0.5分", per="日")], {}),
    "a unit with a longer name": ([off(1, "政策标签不准确的，每个扣1分", per="政策标签")], {}),
    "two units": ([off(Decimal("0.2"), "错链每条/次扣0.2分", per="条/次")], {}),
    "one of two units": ([off(Decimal("0.2"), "每篇（条）扣0.2分", per="条")], {}),
    "people and times": ([off(1, "每人每次扣1分", per="人次")], {}),
    "a unit with 每": ([off(1, "每件扣1分", per="每件")], {}),
    "a unit with one": ([off(1, "每件扣1分", per="1件")], {}),
    "a unit in English": ([off(1, "每件扣1分", per="case")], {}),
    "once": ([off(2, "未按时公开的，扣2分")], {}),
    "once, one of several faults": ([off(1, "填报数据不准确、格式不规范的，扣1分。")], {}),
    "once, in one go": ([off(5, "有下列情形之一的，一次性扣5分")], {}),
    "for each, though only the count says so": ([off(3, "缺一项扣3分", per="项")], {}),
    "for each, though how often is open": ([off(1, "每季度报送一次，少报1次扣1分", per="次")], {}),
    "once, though how often is open": ([off(1, "每季度报送一次，少报的扣1分")], {}),
    "every fault": ([off(1, "迟报、漏报的，各扣1分", per="次")], {}),
    "two sentences, two rules": (
        rules(off(2, "迟报的扣2分；不准确的，扣1分。"), off(1, "迟报的扣2分；不准确的，扣1分。")),
        {},
    ),
    "a paragraph, and a sentence of it": (
        rules(off(2, "迟报的扣2分；不准确的，扣1分。"), off(1, "不准确的，扣1分")),
        {},
    ),
    "levels": (
        [
            off(
                {"city": Decimal("0.3"), "district": Decimal("0.2")},
                "市级通报每次扣0.3分，区级通报每次扣0.2分",
                per="次",
            )
        ],
        {},
    ),
    "levels without a verb": (
        [
            add(
                {"city": 3, "province": 6, "state": 10},
                "获市级肯定得3分，省级6分，国家级10分，取最高",
                per="次",
                take="highest",
            )
        ],
        {},
    ),
    "levels, once": (
        [off({"city": 2, "province": 4}, "市级扣2分，省级扣4分，只扣一次", per="次", take="highest")],
        {},
    ),
    "levels, told in one": ([add({"a": 3, "b": 2, "c": 1}, "分别加3分、2分、1分", per="篇")], {}),
    "escalating": ([off([1, 2, 5], "第一次扣1分，第二次扣2分，以后每次扣5分", per="次")], {}),
    "totals of one, two, three": ([off(1, "逾期1天扣1分，逾期2天扣2分", per="天")], {}),
    "both directions": (rules(off(1, "每错一处扣1分", per="处"), add(2, "受表彰的加2分")), {"start": "full"}),
    "outcomes": (
        [{"id": "c", "choose": {"优": 5, "良": 3, "差": -1}, "clause": "优得5分，良得3分，差的扣1分"}],
        {"start": 5},
    ),
    "an outcome of nothing": (
        [{"id": "c", "choose": {"优": 10, "差": 0}, "clause": "评定为优得10分，差不得分"}],
        {},
    ),
    "bands": ([{"id": "b", "bands": BANDS, "clause": "办结率95%以上得5分，90%以上得3分，90%以下不得分"}], {}),
    "a distance": (
        [{"id": "d", "distance": BELOW, "clause": "低于95%的，每低1个百分点扣0.5分，不足1个百分点按1个计"}],
        {},
    ),
    "full marks, and off": ([off(1, "按时完成的得10分，每迟报1天扣1分", per="天")], {}),
    "the same given twice": ([add(1, "按时完成得1分，提前完成得1分")], {}),
    "a cap beside": ([off(1, "每次扣1分，最多扣3分", per="次", at_most=3)], {}),
    "a cap that equals an amount": (
        rules(off(3, "未建立的扣3分"), off(1, "每处扣1分，最多扣3分", per="处", at_most=3)),
        {},
    ),
    "a range": ([off(2, "视情节扣1至3分")], {}),
    "a share": ([off(2, "扣减该项分值的20%")], {}),
    "an open amount beside one": ([off({"one": 1, "more": 3}, "扣1分，情节严重的酌情扣分", per="次")], {}),
    "no amount": ([off(10, "无故不参与的，扣除相应分")], {}),
    "all of it": (
        [
            {"id": "f", "forfeit": "all", "clause": "迟报每次扣1分；拒报的不得分"},
            off(1, "迟报每次扣1分；拒报的不得分", per="次"),
        ],
        {},
    ),
    "judged": ([{"id": "j", "judge": 10, "clause": "酌情扣1分，优秀的得5分"}], {}),
    "converted": ([{"id": "c", "convert": 100, "clause": "按运行情况评估得分折合，每例扣1分"}], {}),
    "by formula": (
        [{"id": "f", "formula": "x / 5", "inputs": {"x": "count"}, "clause": "每走访一次得0.2分"}],
        {"ceiling": "none"},
    ),
    "a gate's own amount": (
        [off(1, "每迟1天扣1分，超过10天得2分", per="天")],
        {"gates": [{"id": "late", "when": "off > 10", "score": 2}]},
    ),
    "a clause of the item": ([off(1, None, per="件")], {"clause": "超期答复的，每件扣1分"}),
    "a clause of the item that both quote": (
        rules(off(1, "超期的，每件扣1分", per="件")),
        {"clause": "超期的，每件扣1分。"},
    ),
    "a clause of the item, whose sentences the rules quote": (
        rules(off(1, "超期的，每件扣1分", per="件"), off(2, "拒报的扣2分")),
        {"clause": "超期的，每件扣1分；拒报的扣2分。"},
    ),
    "in English": ([off(2, "A tenth off for each (5).", per="case")], {}),
    "no clause": ([off(2, None)], {}),
    "a third": ([add(Fraction(1, 3), "每件加1/3分", per="件")], {}),
}


@pytest.mark.parametrize("name", SOUND)
def test_a_wording_that_fits_is_no_finding(name: str) -> None:
    many, fields = SOUND[name]
    assert codes(leaf(*many, **fields)) == []


DIFFERENT: dict[str, tuple[list[dict[str, Any]], dict[str, Any], list[str]]] = {
    "another amount": ([off(Decimal("0.2"), "每例扣0.1分", per="例")], {}, ["GR420"]),
    "another amount in words": ([off(3, "扣两分")], {}, ["GR420"]),
    "an amount of two rules": (
        rules(off(2, "迟报的扣2分；不准确的，扣1分。"), off(3, "迟报的扣2分；不准确的，扣1分。")),
        {},
        ["GR420"],
    ),
    "all of the item, taken": ([off(2, "扣10分")], {}, ["GR420"]),
    "two amounts": (
        [off({"a": 1, "b": 2}, "市级每次扣3分，区级每次扣4分", per="次")],
        {},
        ["GR420", "GR420"],
    ),
    "a step": ([off([1, 3], "第一次扣1分，第二次扣2分", per="次")], {}, ["GR420"]),
    "an ordinal that is twice another": ([off([1, 3], "第一次扣1分，第二次扣2分", per="次")], {}, ["GR420"]),
    "an outcome": ([{"id": "c", "choose": {"优": 5, "良": 4}, "clause": "优得5分，良得3分"}], {}, ["GR420"]),
    "a band": ([{"id": "b", "bands": BANDS, "clause": "95%以上得5分，90%以上得4分"}], {}, ["GR420"]),
    "a distance": ([{"id": "d", "distance": BELOW, "clause": "每低1个百分点扣0.2分"}], {}, ["GR420"]),
    "a lost level": (
        [off({"a": 1, "b": 2}, "市级每次扣1分，省级每次扣2分，国家级每次扣3分", per="次")],
        {},
        ["GR421"],
    ),
    "a lost rule of the same amount": ([off(1, "迟报的每次扣1分，漏报的每次扣1分", per="次")], {}, ["GR421"]),
    "a lost rule of the item's clause": (
        rules(off(2, "拒报的扣2分")),
        {"clause": "超期的，每件扣1分；拒报的扣2分。"},
        ["GR421"],
    ),
    "an unsaid level": ([off({"a": 1, "b": 2}, "市级每次扣1分", per="次")], {}, ["GR422"]),
    "an unsaid amount of a rule that quotes nothing": (
        rules(off(1, None, per="件"), off(2, None)),
        {"clause": "每件扣1分"},
        ["GR422"],
    ),
    "off for on": ([off(1, "每件加1分", per="件")], {}, ["GR423"]),
    "on for off": ([add(1, "每件扣1分", per="件")], {}, ["GR423"]),
    "an outcome of the other sign": (
        [{"id": "c", "choose": {"优": 5, "差": 1}, "clause": "优得5分，差的扣1分"}],
        {},
        ["GR423"],
    ),
    "once for each": ([off(1, "每件扣1分")], {}, ["GR424"]),
    "each for once": ([off(1, "未公开的，扣1分", per="件")], {}, ["GR424"]),
    "another unit": ([off(1, "每件扣1分", per="例")], {}, ["GR425"]),
    "another unit behind": ([off(1, "扣1分/件", per="例")], {}, ["GR425"]),
    "a unit that stands elsewhere in the clause": (
        [off(1, "文件未公开的，每例扣1分", per="件")],
        {},
        ["GR425"],
    ),
    "another unit and amount": ([off(2, "每件扣1分", per="例")], {}, ["GR420"]),
}


@pytest.mark.parametrize("name", DIFFERENT)
def test_a_wording_that_differs_is_a_finding(name: str) -> None:
    many, fields, expected = DIFFERENT[name]
    assert codes(leaf(*many, **fields)) == expected


def test_a_finding_quotes_both_sides_and_knows_both_places() -> None:
    (finding,) = findings_of(leaf(off({"a": 1, "b": 2}, "市级每次扣1分，区级每次扣0.3分", per="次")))
    assert finding == Finding(
        "GR420",
        (*RULE, "deduct", "b"),
        RULE,
        {"path": "a.off", "said": "每次扣0.3分", "has": "2"},
        see=((*RULE, "clause"), 10, 17),
    )


def test_the_place_of_an_amount_is_its_level_its_step_or_the_verb() -> None:
    level, step, whole, outcome = (
        findings_of(leaf(rule))[0].path[4:]
        for rule in (
            off({"a": 1, "b": 2}, "扣1分，扣3分", per="次"),
            off([1, 2], "第一次扣1分，第二次扣3分", per="次"),
            off(2, "扣3分"),
            {"id": "c", "choose": {"优": 5, "良": 2}, "clause": "优得5分，良得3分"},
        )
    )
    assert (level, step, whole, outcome) == (("deduct", "b"), ("deduct", 1), ("deduct",), ("choose", "良"))


def test_a_lost_rule_is_shown_at_the_words_that_speak_of_it() -> None:
    (finding,) = findings_of(leaf(off(1, "迟报的扣1分，漏报的扣2分")))
    assert (finding.path, finding.within, finding.args) == (
        (*RULE, "clause"),
        (10, 13),
        {"path": "a.off", "said": "扣2分", "has": "2"},
    )


def test_rules_that_quote_the_same_words_are_judged_together_in_whichever_item() -> None:
    clause = "清理和上传工作未完成的每件扣1分，迟报的扣2分"
    both = text(item("a", 5, rules=[off(1, clause, per="件")]), item("b", 5, rules=[off(2, f"{clause}。")]))
    assert findings_of(both) == []


@pytest.mark.parametrize(
    ("rule", "decision", "accepted"),
    [
        (off(Decimal("0.2"), "每例扣0.1分", per="例"), "系笔误，扣0.2分", True),
        (off(Decimal("0.2"), "每例扣0.1分", per="例"), "系笔误，扣零点二分", True),
        (off(Decimal("0.2"), "每例扣0.1分", per="例"), "按例计数", False),
        (off(Decimal("0.2"), "每例扣0.1分", per="例"), "监管不力每例扣0.1分，确有错误每例扣0.2分", False),
        (off(2, "每例扣0.1分", per="例"), "两项各有2分，每例各扣0.1分", False),
        (off(2, "每例扣0.1分", per="例"), "两项各有2分", True),
        (off({"a": 1}, "市级每次扣1分，省级每次扣2分", per="次"), "省级不扣2分，另表计算", True),
        (off({"a": 1, "b": 3}, "市级每次扣1分", per="次"), "3分见通知", True),
        (off(1, "每件加1分", per="件"), "系扣分", True),
        (off(1, "每件加1分", per="件"), "无须登记", False),
        (add(1, "每件扣1分", per="件"), "应为奖励，加分", True),
        (off(1, "每件扣1分"), "只扣一次", True),
        (off(1, "每件扣1分"), "每件都扣", False),
        (off(1, "未公开的，扣1分", per="件"), "按件扣", True),
        (off(1, "未公开的，扣1分", per="件"), "按次扣", False),
        (off(1, "每件扣1分", per="例"), "一例即一件", True),
    ],
)
@pytest.mark.parametrize("at", ["a.off", "a"])
def test_an_ambiguity_accepts_what_its_decision_names(
    rule: dict[str, Any], decision: str, accepted: bool, at: str
) -> None:
    entry = {"id": "x", "at": at.replace("off", rule["id"]), "question": "0.2? 3? 一次", "decision": decision}
    assert (findings_of(text(item("a", 10, rules=[rule]), ambiguities=[entry])) == []) is accepted


def test_an_ambiguity_at_a_neighbour_accepts_nothing() -> None:
    entry = {"id": "x", "at": "a.r1", "question": "?", "decision": "扣0.2分"}
    many = rules(off(Decimal("0.2"), "每例扣0.1分", per="例"), off(1, "迟报扣1分"))
    assert [
        finding.code for finding in findings_of(text(item("a", 10, rules=many), ambiguities=[entry]))
    ] == ["GR420"]


def test_an_ambiguity_within_an_item_accepts_what_the_clause_of_the_item_says() -> None:
    entry = {"id": "x", "at": "a.r0", "question": "?", "decision": "超期的不扣1分"}
    of = text(
        item("a", 10, clause="超期的，每件扣1分；拒报的扣2分。", rules=rules(off(2, "拒报的扣2分"))),
        ambiguities=[entry],
    )
    assert findings_of(of) == []


LEVELS = "市级选用加1分，省级选用加3分，国家级选用加5分"


@pytest.mark.parametrize(
    ("verb", "points", "codes_"),
    [
        ("award", {"a": 1, "b": 3, "c": 5}, []),
        ("award", {"a": 3, "b": 1, "c": 5}, ["GR443"]),
        ("award", [5, 3, 1], []),
        ("award", {"a": 5, "b": 3}, ["GR421"]),
        ("choose", {"甲": 5, "乙": 3, "丙": 1}, ["GR443"]),
    ],
)
def test_levels_have_their_points_in_the_order_of_the_clause(
    verb: str, points: Any, codes_: list[str]
) -> None:
    rule = {"id": "add", verb: points, "clause": LEVELS, **({"per": "件"} if verb == "award" else {})}
    assert [
        finding.code for finding in findings_of(leaf(rule)) if finding.code in ("GR421", "GR443")
    ] == codes_


def test_swapped_levels_are_told_beside_the_clause() -> None:
    rule = {"id": "add", "award": {"a": 3, "b": 1}, "per": "件", "clause": "市级每件加1分，省级每件加3分"}
    (finding,) = findings_of(leaf(rule))
    assert (finding.path, finding.args["said"], finding.args["has"]) == ((*RULE, "award"), "1、3", "3、1")


def test_levels_of_one_amount_have_no_order() -> None:
    rule = {
        "id": "add",
        "award": {"a": 2, "b": 1, "c": 2},
        "per": "件",
        "clause": "市级每件加1分，省级每件加2分，国家级每件加2分",
    }
    assert findings_of(leaf(rule)) == []


def test_every_finding_is_a_warning_and_no_matter_of_comments() -> None:
    assert {f"GR42{number}" for number in range(10)} <= WARNINGS
