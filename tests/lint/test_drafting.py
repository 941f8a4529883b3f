"""What an author forgot or wrote twice: each finding, seen to be given and seen to be left out."""

from typing import Any

import pytest

from govrubric.language.rubric_text import RubricText
from govrubric.lint.drafting import CHECKS, Beside, beside, findings
from govrubric.lint.finding import Finding
from govrubric.lint.structure import lint
from making import item, leaf, text

CASE = {"id": "off", "deduct": 1, "per": "次"}
SAID = {**CASE, "clause": "每次扣1分"}
RULE = ("indicators", 0, "rules", 0)


def findings_of(of: RubricText) -> list[Finding]:
    plan, wrong = lint(of)
    assert wrong == []
    return list(findings(of, plan))


def codes(of: RubricText) -> list[str]:
    return [finding.code for finding in findings_of(of)]


def sourced(*indicators: dict[str, Any], **fields: Any) -> RubricText:
    return text(*indicators, source={"document": "附件2"}, **fields)


def two(first: dict[str, Any], second: dict[str, Any], **fields: Any) -> RubricText:
    """Two leaves of 5, each with the fields given."""
    return text({**item("a", 5, rules=[CASE]), **first}, {**item("b", 5, rules=[CASE]), **second}, **fields)


def cases(*tallies: dict[str, Any]) -> RubricText:
    made = [
        {"name": f"c{index}", "tally": tally, "expect": {"total": 10}} for index, tally in enumerate(tallies)
    ]
    return text(item("a", 10, rules=[CASE]), cases=made)


def undecided(decision: str) -> RubricText:
    return text(
        item("a", 10, rules=[CASE]),
        ambiguities=[{"id": "x", "at": "a", "question": "?", "decision": decision}],
    )


def asking(when: str, **fields: Any) -> RubricText:
    """A rubric that asks for `a`, which may not apply, or for `a` within `g`."""
    first = item("g", 5, items=[item("a", 5, rules=[CASE], not_applicable="full")], not_applicable="full")
    return text(first, item("b", 5, rules=[{**CASE, "when": when}], **fields))


NOTED = {**CASE, "id": "noted", "note": "评分标准未列此项"}
QUOTED_ABOVE = item("g", 10, clause="超期的，每次扣1分。", items=[item("a", 10, rules=[CASE])])
SOUND = {
    "no clause at all": sourced(item("a", 10, rules=[CASE])),
    "no document": two({}, {"rules": [SAID]}),
    "no document, but an issuer": two({}, {"rules": [SAID]}, source={"issuer": "市政府"}),
    "a clause of the rule": sourced(item("a", 10, rules=[SAID])),
    "a clause of an item above": sourced(QUOTED_ABOVE),
    "a note of the rule": sourced(item("a", 10, rules=[SAID, NOTED])),
    "a note of the item": two({"note": "无评分标准"}, {"rules": [SAID]}, source={"document": "附件2"}),
    "words without points twice": two({"rules": [{**CASE, "clause": "酌情评分"}]},
        {"rules": [{**CASE, "clause": "酌情评分"}]}),
    "words that speak of both": leaf({**CASE, "clause": "迟报扣1分，漏报扣1分"},
        {**CASE, "id": "b", "clause": "迟报扣1分，漏报扣1分"}),
    "the same words, registered": two(
        {"rules": [SAID]}, {"rules": [SAID]},
        ambiguities=[{"id": "x", "at": "a.off", "question": "?", "decision": "分别计数"}]
    ),
    "the same words of a judgement": two(
        {"rules": [{"id": "j", "judge": 5, "clause": "优秀得5分"}]},
        {"rules": [{"id": "j", "judge": 5, "clause": "优秀得5分"}]}
    ),
    "titles that differ": two({"title": "甲"}, {"title": "乙"}),
    "titles of two groups": text(item("g", 5, items=[item("a", 5, rules=[CASE])]),
        item("h", 5, items=[item("a", 5, rules=[CASE])])),
    "cases that differ": cases({"a.off": 1}, {"a.off": 2}, {}),
    "a decision": undecided("按每次扣1分计"),
    "a decision that begins with 未": undecided("未参加的，扣除该项全部分值。"),
    "a decision in English": undecided("The whole item is lost."),
    "as much as there is": leaf({"id": "off", "deduct": 10}),
    "more, held by a cap": leaf({"id": "off", "deduct": 20, "at_most": 10}),
    "more, without a floor": leaf({"id": "off", "deduct": 20}, floor="none"),
    "more, down to a floor": leaf({"id": "off", "deduct": 15}, floor=-5),
    "more, without a ceiling": leaf({"id": "add", "award": 20}, ceiling="none"),
    "more, up to a ceiling": leaf({"id": "add", "award": 15}, ceiling=15),
    "more than a lower ceiling": leaf({"id": "add", "award": 10}, ceiling=5),
    "a judgement that fits": leaf({"id": "j", "judge": 10}),
    "an outcome that fits": leaf({"id": "c", "choose": {"A": 10, "B": -10}}, start=5),
    "a converted score": leaf({"id": "c", "convert": 100}),
    "whether it applies is asked": asking("applies(g.a) and score(g.a) == 0"),
    "whether the group applies is asked": asking("applies(g) and reached(g.a) < 0.5"),
    "whether a part of the group applies is asked": asking("applies(g.a) and score(g) == 0"),
    "the flag is asked": asking("not g.not_applicable and score(g) == 0"),
    "what is lost is asked": asking("lost(g.a) > 2"),
    "an item that always applies is asked": two({}, {"rules": [{**CASE, "when": "score(a) == 0"}]}),
    "an item is asked by its own part": text(
        item("g", 10, not_applicable="full",
            items=[item("a", 4, rules=[CASE]), item("b", 6, rules=[{**CASE, "when": "score(g.a) == 0"}])])
    ),
    "a formula": two({"not_applicable": "full"},
        {"rules": [{"id": "f", "formula": "score(a) / 5", "inputs": {"x": "flag"}}]}),
    "a flag named from where the condition stands": text(
        item("g", 10, items=[item("a", 4, rules=[CASE], not_applicable="full"), item("b", 6, rules=[CASE])],
            counts_when="not a.not_applicable and score(a) > 0"),
    ),
    "an item that is asked for in brackets": asking("applies((g.a)) and applies(g) and score((g.a)) > 0"),
}  # fmt: skip


@pytest.mark.parametrize("name", SOUND)
def test_a_rubric_that_is_complete_has_no_finding(name: str) -> None:
    assert codes(SOUND[name]) == []


ROW = {"rules": [{**SAID, "id": "late", "clause": "迟报的，每次扣1分"}]}
SOUND["one standard for rows with contents of their own"] = two(
    {**ROW, "clause": "及时公开年报"}, {**ROW, "clause": "及时办理留言"}
)


def test_one_standard_is_asked_about_where_rows_have_no_contents_of_their_own() -> None:
    assert codes(two({**ROW, "clause": "及时公开年报"}, ROW)) == ["GR431"]
    assert codes(two({**ROW, "clause": "及时公开年报"}, {**ROW, "clause": "及时公开年报"})) == ["GR431"]


WRONG: dict[str, tuple[RubricText, Finding]] = {
    "a rule without words": (
        two({}, {"rules": [SAID]}, source={"document": "附件2"}),
        Finding("GR430", (*RULE, "id"), RULE, {"path": "a.off", "document": "附件2"}),
    ),
    "words without points": (
        two({"rules": [SAID]}, {"clause": "及时办理（4分）。", "rules": [CASE]}, source={"document": "附件2"}),
        Finding("GR430", ("indicators", 1, "rules", 0, "id"), ("indicators", 1, "rules", 0),
            {"path": "b.off", "document": "附件2"}),
    ),
    "words without any figure": (
        two({"rules": [SAID]}, {"clause": "及时、准确办理。", "rules": [CASE]}, source={"document": "附件2"}),
        Finding("GR430", ("indicators", 1, "rules", 0, "id"), ("indicators", 1, "rules", 0),
            {"path": "b.off", "document": "附件2"}),
    ),
    "words in two items": (
        two({"rules": [SAID]}, {"rules": [{**SAID, "clause": "每次扣１分。"}]}),
        Finding("GR431", ("indicators", 1, "rules", 0, "clause"), ("indicators", 1, "rules", 0),
            {"path": "b.off", "other": "a.off", "clause": "每次扣1分"}, (*RULE, "clause")),
    ),
    "words twice in one item": (
        leaf(SAID, {**SAID, "id": "b"}),
        Finding("GR431", ("indicators", 0, "rules", 1, "clause"), ("indicators", 0, "rules", 1),
            {"path": "a.b", "other": "a.off", "clause": "每次扣1分"}, (*RULE, "clause")),
    ),
    "titles alike": (
        two({"title": "政务公开（一）"}, {"title": "政务 公开(一)"}),
        Finding("GR432", ("indicators", 1, "title"), ("indicators", 1), {"title": "政务 公开(一)", "parent": "t"},
            ("indicators", 0, "title")),
    ),
    "titles alike in a group": (
        text(item("g", 10, items=[item("a", 4, rules=[CASE]), {**item("b", 6, rules=[CASE]), "title": "A"}])),
        Finding("GR432", ("indicators", 0, "items", 1, "title"), ("indicators", 0, "items", 1),
            {"title": "A", "parent": "g"}, ("indicators", 0, "items", 0, "title")),
    ),
    "one tally twice": (
        cases({"a.off": 1}, {}, {"a": {"off": 1}}),
        Finding("GR433", ("cases", 2, "tally"), ("cases", 2), {"name": "c2", "other": "c0"},
            ("cases", 0, "tally")),
    ),
    "too much off": (leaf({"id": "off", "deduct": 20}),
        Finding("GR435", (*RULE, "deduct"), RULE, {"path": "a.off", "amount": "20", "full": "10"})),
    "too much on": (leaf({"id": "add", "award": [1, 11], "per": "次"}),
        Finding("GR435", (*RULE, "award"), RULE, {"path": "a.add", "amount": "11", "full": "10"})),
    "too much below a floor": (leaf({"id": "off", "deduct": 16}, floor=-5),
        Finding("GR435", (*RULE, "deduct"), RULE, {"path": "a.off", "amount": "16", "full": "15"})),
    "too good an outcome": (leaf({"id": "c", "choose": {"A": 11}}),
        Finding("GR435", (*RULE, "choose"), RULE, {"path": "a.c", "amount": "11", "full": "10"})),
    "too high a judgement": (leaf({"id": "j", "judge": 12}),
        Finding("GR435", (*RULE, "judge"), RULE, {"path": "a.j", "amount": "12", "full": "10"})),
    "an item that may not apply": (
        asking("off > 2 and reached( g.a ) < 0.5"),
        Finding("GR436", ("indicators", 1, "rules", 0, "when"), ("indicators", 1, "rules", 0),
            {"name": "g.a", "flag": "g.a.not_applicable"}, within=(12, 26)),
    ),
    "two items that may not apply": (
        text(
            item("a", 5, not_applicable="full", rules=[CASE]),
            item("b", 5, not_applicable="full", rules=[CASE]),
            gates=[{"id": "v", "when": "score(a) == 0 and applies(b)", "score": 0}],
        ),
        Finding("GR436", ("gates", 0, "when"), ("gates", 0), {"name": "a", "flag": "a.not_applicable"},
            within=(0, 8)),
    ),
    "an item that is asked for in a grade": (
        text(item("a", 10, not_applicable="full", rules=[CASE]),
            grades=[{"grade": "A", "when": "score(a) > 5"}, {"grade": "B"}]),
        Finding("GR436", ("grades", 0, "when"), ("grades", 0), {"name": "a", "flag": "a.not_applicable"},
            within=(0, 8)),
    ),
    "an item asked for in brackets, with a comma": (
        asking("off > 0 and score((g.a),) < 5"),
        Finding("GR436", ("indicators", 1, "rules", 0, "when"), ("indicators", 1, "rules", 0),
            {"name": "g.a", "flag": "g.a.not_applicable"}, within=(12, 25)),
    ),
    "an item whose flag is quoted": (
        text(item("a", 10, not_applicable="full", rules=[CASE]),
            facts={"kind": {"choice": ["a.not_applicable", "A"]}},
            gates=[{"id": "v", "when": "score(a) == 0 and kind == 'a.not_applicable'", "score": 0}]),
        Finding("GR436", ("gates", 0, "when"), ("gates", 0), {"name": "a", "flag": "a.not_applicable"},
            within=(0, 8)),
    ),
    "an item asked for by a part's own name": (
        text(item("g", 10, items=[item("a", 10, not_applicable="full", rules=[CASE])], not_applicable="full",
            counts_when="score(a) > 5")),
        Finding("GR436", ("indicators", 0, "counts_when"), ("indicators", 0),
            {"name": "g.a", "flag": "g.a.not_applicable"}, within=(0, 8)),
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", WRONG)
def test_what_was_forgotten_or_doubled_is_found(name: str) -> None:
    of, expected = WRONG[name]
    assert findings_of(of) == [expected]


@pytest.mark.parametrize(
    "decision",
    [
        "待定",
        "待确认。",
        "尚未确定",
        "未定",
        "未明确",
        "TBD",
        "tbd.",
        "TODO",
        "？",
        "?",
        "……",
        "—",
        "N/A",
        "to be decided",
        "To be confirmed.",
    ],
)
def test_a_placeholder_is_no_decision(decision: str) -> None:
    (finding,) = findings_of(undecided(decision))
    assert finding == Finding(
        "GR434", ("ambiguities", 0, "decision"), ("ambiguities", 0), {"name": "x", "decision": decision}
    )


def test_each_check_names_its_code_and_none_has_two() -> None:
    named = [(check.__doc__ or "").partition(":")[0] for check in CHECKS]
    assert named == ["GR430", "GR431", "GR432", "GR433", "GR434", "GR435", "GR436", "GR409"]


def dated(name: str, start: str | None, to: str | None) -> RubricText:
    days = {key: day for key, day in (("from", start), ("to", to)) if day}
    return text(item("a", 10, rules=[CASE]), id=name, **({"valid": days} if days else {}))


YEAR = dated("form-2023", "2023-01-01", "2023-12-31")


@pytest.mark.parametrize(
    ("other", "code"),
    [
        (dated("form-2024", "2023-12-31", "2024-12-30"), "GR438"),
        (dated("form-2022", "2022-01-01", "2023-01-01"), "GR438"),
        (dated("form-2022", None, "2023-01-01"), "GR438"),
        (dated("form-2022", "2022-01-01", None), "GR438"),
        (dated("form-2024", "2024-01-01", "2024-12-31"), None),
        (dated("form-2022", "2022-01-01", "2022-12-31"), None),
        (dated("form-2022", None, "2022-12-31"), None),
        (dated("form-2024", "2024-01-01", None), None),
        (dated("form-2024", None, None), None),
        (dated("other-2023", "2023-01-01", "2023-12-31"), None),
        (dated("form-20231", "2023-01-01", "2023-12-31"), None),
        (dated("form-2023", None, None), "GR439"),
        (dated("form-2023", "2023-01-01", "2023-12-31"), "GR439"),
    ],
)
def test_two_rubrics_beside_each_other(other: RubricText, code: str | None) -> None:
    assert [(index, finding.code) for index, finding in beside(YEAR, [dated("x", None, None), other])] == (
        [(1, code)] if code else []
    )


def test_a_rubric_without_days_overlaps_with_none() -> None:
    assert list(beside(dated("form-2024", None, None), [YEAR])) == []


def test_a_finding_beside_another_rubric_names_both() -> None:
    assert list(beside(dated("form-2024", "2023-06-01", None), [YEAR])) == [
        (0, Beside("GR438", ("valid",), {"name": "form-2024", "other": "form-2023"}))
    ]
    assert list(beside(YEAR, [YEAR])) == [(0, Beside("GR439", ("id",), {"name": "form-2023"}))]
