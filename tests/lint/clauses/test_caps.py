"""Clauses beside caps, bounds and weights: where they differ, and every wording that fits.

Language 10: “A rubric whose text does not fit its numbers is accepted only with an entry here.”
"""

from typing import Any

import pytest

from govrubric.language.rubric_text import RubricText
from govrubric.lint.clauses.caps import findings
from govrubric.lint.finding import Finding
from govrubric.lint.structure import lint
from making import item, leaf, text

CASE = {"id": "off", "deduct": 1, "per": "次"}
MORE = {"id": "add", "award": 1, "per": "次"}
JUDGE = {"id": "j", "judge": 10}


def findings_of(of: RubricText) -> list[Finding]:
    plan, wrong = lint(of)
    assert wrong == []
    return list(findings(of, plan))


def codes(of: RubricText) -> list[str]:
    return [finding.code for finding in findings_of(of)]


def group(
    clause: str | None = None, title: str = "G", first: dict[str, Any] | None = None, **fields: Any
) -> RubricText:
    """A group of 10 with parts of 4 and 6."""
    part = {"rules": [CASE], **(first or {})}
    return text(
        {
            **item("g", 10, items=[item("a", 4, **part), item("b", 6, rules=[CASE])], title=title, **fields),
            **({"clause": clause} if clause else {}),
        }
    )


SOUND = {
    "a cap": leaf({**CASE, "at_most": 3, "clause": "每次扣1分，最多扣3分"}),
    "a cap that is the whole item": leaf({**CASE, "clause": "每次扣1分，最多扣10分"}),
    "a cap that is the ceiling": leaf({**MORE, "clause": "每次加1分，最多加5分"}, ceiling=5),
    "a cap above a start": leaf({**MORE, "clause": "每次加1分，最多加5分"}, start=5),
    "a cap down to a floor": leaf({**CASE, "clause": "每次扣1分，最多扣15分"}, floor=-5),
    "a cap without a ceiling": leaf({**MORE, "at_most": 3, "clause": "每次加1分，最多加3分"}, ceiling="none"),
    "a cap that one step comes to": leaf({"id": "off", "deduct": 3, "clause": "最多扣3分"}),
    "a cap of the best outcome": leaf({"id": "c", "choose": {"A": 4, "B": 2}, "clause": "最高得4分"}),
    "a cap of a formula": leaf({"id": "f", "formula": "min(x, 4)", "inputs": {"x": "count"},
        "clause": "最多4分"}),
    "a cap of a part of the formula": leaf({"id": "f", "formula": "min(x, 4) + min(x, 2)",
        "inputs": {"x": "count"}, "clause": "最多4分"}),
    "a cap of the group": group(first={"rules": [{**CASE, "clause": "每次扣1分，最多扣10分"}]}),
    "a cap of a group's clause": group("各项累计扣分最多扣10分"),
    "a cap of the whole": text(item("a", 10, rules=[{**CASE, "clause": "最多扣100分"}]), total=100, out_of=10),
    "a cap of a gate": leaf({**CASE, "clause": "有空白栏目的，本项最高得6分"},
        gates=[{"id": "c", "when": "off > 2", "at_most": 6}]),
    "a cap of a clause that nobody scores": group("最多扣7分", first={"rules": [{**CASE, "at_most": 7 - 4}]},
        gates=[{"id": "c", "when": "a.off > 9", "at_most": 7}]),
    "a cap that the item's clause says": leaf({**CASE, "at_most": 3, "clause": "每次扣1分"}, clause="本项最多扣3分"),
    "a cap that a title says": group("", "G（最多扣3分）", {"rules": [{**CASE, "at_most": 3, "clause": "每次扣1分"}]}),
    "a cap beside words without points": leaf({**CASE, "at_most": 3, "clause": "按次扣分"}),
    "a cap of a rule that quotes nothing": leaf({**CASE, "at_most": 3}),
    "a gate's cap": leaf(CASE, gates=[{"id": "v", "when": "off > 2", "at_most": 6,
        "clause": "有空白栏目的，本项不超过6分"}]),
    "a gate's score beside words about a cap": leaf(CASE,
        gates=[{"id": "v", "when": "off > 2", "score": 5, "clause": "最多得6分"}]),
    "a gate without words": leaf(CASE, gates=[{"id": "v", "when": "off > 2", "at_most": 6}]),
    "until zero": leaf({**CASE, "clause": "每次扣1分，扣完为止"}),
    "until a higher floor": leaf({**CASE, "clause": "每次扣1分，扣完为止"}, floor=2),
    "until full": leaf({**MORE, "clause": "每次加1分，加完为止"}),
    "until full with what is extra": text(
        item("g", 10, items=[item("a", 10, rules=[CASE]), item("b", 2, extra=True, rules=[MORE])],
            rules=[{**MORE, "clause": "加完为止"}])
    ),
    "taken without end": leaf({**CASE, "clause": "每次扣1分，不封顶"}, floor="none"),
    "without end": leaf({**MORE, "clause": "每次加1分，上不封顶"}, ceiling="none"),
    "full marks of an item": leaf(CASE, clause="按照要求发布（10分）。"),
    "full marks of its scale": leaf(CASE, clause="满分100分", out_of=100),
    "full marks of its weight beside the scale": leaf(CASE, clause="按照要求发布（10分）", out_of=100),
    "full marks in a title": leaf(CASE, title="发布（10分）"),
    "a number in a title": leaf(CASE, title="发布（2）"),
    "full marks in the rubric's title": text(item("a", 10, rules=[CASE]), title="考核（10分）"),
    "full marks of a group": group("共10分"),
    "full marks of the parts": group("做好甲（4分）；做好乙（6分）。"),
    "full marks of what is converted": leaf({"id": "c", "convert": 50}, clause="满分50分"),
    "full marks of what is measured": leaf({"id": "b", "bands": [{"from": 950, "points": 10}]},
        clause="细则共计1000分"),
    "full marks of what a formula reads": leaf({"id": "f", "formula": "x / 10",
        "inputs": {"x": {"number": {"min": 0, "max": 100}}}}, clause="满分100分"),
    "full marks of several sentences": leaf(CASE, clause="制度健全（4分）；机构完善（6分）"),
    "full marks of several rules": leaf({"id": "a", "award": 2}, {"id": "b", "award": 3},
        clause="制度健全（2分）；机构完善（3分）"),
    "full marks of outcomes": leaf({"id": "c", "choose": {"A": 8, "B": 5}}, clause="好（8分），较好（5分）"),
    "full marks of the best of several": leaf(JUDGE, clause="优秀（10分）、良好（7分）"),
    "what is judged": leaf({**JUDGE, "judge": 4, "clause": "由考评人评定（4分）"}, {**JUDGE, "id": "k", "judge": 6}),
    "what is judged in a larger item": leaf({**JUDGE, "judge": 4, "clause": "本项10分（10分）"},
        {**JUDGE, "id": "k", "judge": 6}),
    "what is judged up to a cap": leaf({**JUDGE, "at_most": 5, "clause": "由考评人评定（5分）"},
        {**JUDGE, "id": "k", "judge": 5}),
    "what is converted": leaf({"id": "c", "convert": 100, "clause": "按满分100分的得分折合"}),
    "what is judged without a number": leaf({**JUDGE, "clause": "酌情评分"}),
}  # fmt: skip


@pytest.mark.parametrize("name", SOUND)
def test_a_wording_that_fits_is_no_finding(name: str) -> None:
    assert codes(SOUND[name]) == []


DIFFERENT = {
    "a cap that is lost": (leaf({**CASE, "clause": "每次扣1分，最多扣3分"}), ["GR426"]),
    "another cap": (leaf({**CASE, "at_most": 4, "clause": "每次扣1分，最多扣3分"}), ["GR426"]),
    "a cap beside one that is the item": (leaf({**CASE, "at_most": 4, "clause": "每次扣1分，最多扣10分"}), ["GR426"]),
    "a cap in the item's clause": (leaf({**CASE, "clause": "每次扣1分"}, clause="本项最多扣3分"), ["GR426"]),
    "a cap in a group's clause": (group("各项累计最多扣3分"), ["GR426"]),
    "a cap that nothing says": (leaf({**CASE, "at_most": 3, "clause": "每次扣1分"}), ["GR427"]),
    "until zero, without a floor": (leaf({**CASE, "clause": "扣完为止"}, floor="none"), ["GR428"]),
    "until zero, with a lower floor": (leaf({**CASE, "clause": "扣完为止"}, floor=-1), ["GR428"]),
    "until full, without a ceiling": (leaf({**MORE, "clause": "加完为止"}, ceiling="none"), ["GR428"]),
    "until full, with a higher ceiling": (leaf({**MORE, "clause": "加完为止"}, ceiling=12), ["GR428"]),
    "taken without end, down to a floor": (leaf({**CASE, "clause": "每次扣1分，不封顶"}), ["GR428"]),
    "without end, at full marks": (leaf({**MORE, "clause": "上不封顶"}), ["GR428"]),
    "without end, in an item's clause": (leaf({**MORE, "clause": "每次加1分"}, clause="加分上不封顶"), ["GR428"]),
    "another weight": (leaf(CASE, clause="按照要求发布（5分）。"), ["GR429"]),
    "another weight by a bare number": (leaf(CASE, clause="按照要求发布（5）。"), ["GR429"]),
    "another weight in a title": (leaf(CASE, title="发布（5分）"), ["GR429"]),
    "another total": (text(item("a", 10, rules=[CASE]), title="考核（100分）"), ["GR429"]),
    "another weight of a group": (group("（4分）"), ["GR429"]),
    "another weight of a part": (group("做好甲（4分）；做好乙（5分）。"), ["GR429"]),
    "other weights of one leaf": (leaf(CASE, clause="制度健全（2分）；机构完善（3分）"), ["GR429"]),
    "another judgement": (leaf({**JUDGE, "judge": 4, "clause": "由考评人评定（3分）"},
        {**JUDGE, "id": "k", "judge": 6}), ["GR429"]),
    "another scale": (leaf({"id": "c", "convert": 50, "clause": "按满分100分的得分折合"}), ["GR429"]),
}  # fmt: skip


@pytest.mark.parametrize("name", DIFFERENT)
def test_a_wording_that_differs_is_a_finding(name: str) -> None:
    of, expected = DIFFERENT[name]
    assert codes(of) == expected


RULE = ("indicators", 0, "rules", 0)


def test_the_cap_of_a_gate_that_differs_is_shown_at_the_gate() -> None:
    gate = {"id": "v", "when": "off > 2", "at_most": 7, "clause": "有空白栏目的，本项不超过6分"}
    (finding,) = findings_of(leaf(CASE, gates=[gate]))
    at = ("indicators", 0, "gates", 0)
    assert finding == Finding(
        "GR426",
        (*at, "at_most"),
        at,
        {"path": "a.v", "said": "不超过6分", "has": "7"},
        see=((*at, "clause"), 9, 14),
    )
    entry = {"id": "x", "at": "a.v", "question": "?", "decision": "6分系笔误，应为7分"}
    assert findings_of(text(item("a", 10, rules=[CASE], gates=[gate]), ambiguities=[entry])) == []


def test_a_lost_cap_is_shown_at_the_rule_and_at_the_words() -> None:
    (finding,) = findings_of(leaf({**CASE, "clause": "每次扣1分，最多扣3分"}))
    assert finding == Finding(
        "GR426",
        (*RULE, "deduct"),
        RULE,
        {"path": "a.off", "said": "最多扣3分", "has": "3"},
        see=((*RULE, "clause"), 6, 11),
    )


def test_another_cap_is_shown_at_the_cap_there_is() -> None:
    (finding,) = findings_of(leaf({**CASE, "at_most": 4, "clause": "每次扣1分，最多扣3分"}))
    assert finding.path == (*RULE, "at_most")


def test_a_cap_that_nothing_says_is_shown_with_its_clause() -> None:
    (finding,) = findings_of(leaf({**CASE, "at_most": 3, "clause": "每次扣1分"}))
    assert finding == Finding(
        "GR427", (*RULE, "at_most"), RULE, {"path": "a.off", "has": "3"}, see=((*RULE, "clause"), 0, 5)
    )


@pytest.mark.parametrize(
    ("fields", "clause", "key", "bound", "has"),
    [
        ({"floor": "none"}, "扣完为止", "floor", "none", "负分"),
        ({"floor": -2}, "扣完为止", "floor", "-2", "2"),
        ({"ceiling": "none"}, "加满为止", "ceiling", "none", "不封顶"),
    ],
)
def test_a_bound_that_differs_is_shown_where_it_stands(
    fields: dict[str, Any], clause: str, key: str, bound: str, has: str
) -> None:
    (finding,) = findings_of(leaf({**CASE, "clause": clause}, **fields))
    shown = {"path": "a", "said": clause, "key": key, "bound": bound, "has": has}
    assert finding == Finding(
        "GR428", ("indicators", 0, key), ("indicators", 0), shown, see=((*RULE, "clause"), 0, 4)
    )


def test_the_usual_ceiling_is_shown_at_the_rule() -> None:
    (finding,) = findings_of(leaf({**MORE, "clause": "上不封顶"}))
    assert (finding.path, finding.args["bound"], finding.args["has"]) == ((*RULE, "award"), "10", "10")


def test_full_marks_that_differ_are_shown_at_the_weight_and_at_the_words() -> None:
    (finding,) = findings_of(leaf(CASE, clause="按照要求发布（5分）。"))
    at = ("indicators", 0)
    assert finding == Finding(
        "GR429",
        (*at, "weight"),
        at,
        {"path": "a", "said": "（5分）", "has": "10"},
        see=((*at, "clause"), 6, 10),
    )


def test_another_total_is_shown_at_the_total() -> None:
    (finding,) = findings_of(text(item("a", 10, rules=[CASE]), title="考核（100分）"))
    assert (finding.path, finding.args["path"], finding.see) == (("total",), "t", (("title",), 2, 8))


def test_another_judgement_is_shown_at_the_rule() -> None:
    (finding,) = findings_of(
        leaf({**JUDGE, "judge": 4, "clause": "由考评人评定（3分）"}, {**JUDGE, "id": "k", "judge": 6})
    )
    assert finding == Finding(
        "GR429",
        (*RULE, "judge"),
        RULE,
        {"path": "a.j", "said": "（3分）", "has": "4"},
        see=((*RULE, "clause"), 6, 10),
    )


@pytest.mark.parametrize(
    ("fields", "at", "decision", "accepted"),
    [
        ({"clause": "发布（5分）"}, "a", "满分按10分", True),
        ({"clause": "发布（5分）"}, "a.off", "满分按10分", True),
        ({"clause": "发布（5分）"}, "a", "满分按5分", False),
        ({"rules": [{**CASE, "clause": "最多扣3分"}]}, "a.off", "3分系笔误", True),
        ({"rules": [{**CASE, "at_most": 3, "clause": "每次扣1分"}]}, "a", "最多扣3分，见通知", True),
        ({"rules": [{**CASE, "clause": "扣完为止"}], "floor": "none"}, "a", "可为负分", True),
        ({"rules": [{**CASE, "clause": "扣完为止"}], "floor": "none"}, "a", "处处适用", False),
        (
            {"rules": [{**JUDGE, "judge": 4, "clause": "（3分）"}, CASE], "start": "full"},
            "a.j",
            "按4分评定",
            True,
        ),
        (
            {"rules": [{**JUDGE, "judge": 4, "clause": "（3分）"}, CASE], "start": "full"},
            "a.off",
            "按4分评定",
            False,
        ),
    ],
)
def test_an_ambiguity_accepts_what_its_decision_names(
    fields: dict[str, Any], at: str, decision: str, accepted: bool
) -> None:
    entry = {"id": "x", "at": at, "question": "?", "decision": decision}
    assert (
        findings_of(text(item("a", 10, **{"rules": [CASE], **fields}), ambiguities=[entry])) == []
    ) is accepted


@pytest.mark.parametrize(
    ("rule", "fields", "expected"),
    [
        ({**MORE, "clause": "每次加1分，最多加4分"}, {"ceiling": "none"}, ["GR426"]),
        ({**MORE, "clause": "每次加1分，最多加4分"}, {}, []),
        ({**CASE, "clause": "每次扣1分，最多扣4分"}, {"floor": "none"}, ["GR426"]),
        ({**CASE, "clause": "每次扣1分，最多扣4分"}, {}, []),
        ({**CASE, "at_most": 5, "clause": "每次扣1分，最多扣5次"}, {}, []),
        ({**CASE, "at_most": 4, "clause": "每次扣1分，最多扣5次"}, {}, ["GR427"]),
    ],
)
def test_full_marks_hold_only_what_a_bound_stops(
    rule: dict[str, Any], fields: dict[str, Any], expected: list[str]
) -> None:
    assert (
        codes(text(item("a", 4, rules=[rule], **fields), item("b", 6, rules=[{**JUDGE, "judge": 6}])))
        == expected
    )
