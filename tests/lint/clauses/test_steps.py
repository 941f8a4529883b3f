"""Awards that are bands of one number: which are told, and which are left alone."""

from typing import Any

import pytest

from govrubric.language.rubric_text import RubricText
from govrubric.lint.clauses.steps import findings
from govrubric.lint.structure import lint
from making import item, text

SENTENCE = "检查覆盖率达到100%得8分，95%以上得6分，90%以上得3分，其余不得分"


def award(points: object, clause: str | None, **fields: Any) -> dict[str, Any]:
    number = f"r{points}".replace(".", "_") if isinstance(points, int | float) else "r"
    return {"id": number, "award": points, **({"clause": clause} if clause else {}), **fields}


def told(*rules: dict[str, Any], decision: str = "", at: str = "a", **fields: Any) -> list[str]:
    entry = {"id": "q", "at": at, "question": "?", "decision": decision}
    more = {"ambiguities": [entry]} if decision else {}
    of: RubricText = text(
        item("a", 10, rules=list(rules), **fields), facts={"x": "flag", "n": "flag"}, **more
    )
    plan, wrong = lint(of)
    assert wrong == []
    return [
        f"{each.code} {each.args['path']} {each.args['said']} {each.args['has']}"
        for each in findings(of, plan)
    ]


def test_awards_in_clauses_of_their_own_add_up() -> None:
    rules = award(8, "覆盖率达到100%得8分"), award(6, "95%以上得6分"), award(3, "90%以上得3分")
    assert told(*rules) == ["GR455 a.r6 达到100% 17"]


def test_awards_that_quote_one_sentence_add_up() -> None:
    assert told(*(award(points, SENTENCE) for points in (8, 6, 3))) == ["GR455 a.r6 达到100% 17"]


def test_awards_from_the_lowest_up_add_up() -> None:
    assert told(award(3, "满意率80%以上得3分"), award(5, "满意率90%以上得5分")) == ["GR455 a.r5 90%以上 8"]


def test_two_numbers_have_two_findings() -> None:
    rules = [award(4, "办结率95%以上得4分"), award(2, "90%以上得2分")]
    rules += [award(3, "满意率95%以上得3分"), award(1, "90%以上得1分")]
    assert told(*rules) == ["GR455 a.r2 95%以上 6", "GR455 a.r1 95%以上 4"]


ALONE: dict[str, tuple[dict[str, Any], dict[str, Any]]] = {
    "one more on top": (award(3, "80%以上得3分"), award(2, "90%以上再得2分")),
    "added points": (award(3, "80%以上加3分"), award(5, "90%以上加5分")),
    "two numbers": (award(5, "办结率95%以上得5分"), award(3, "满意率90%以上得3分")),
    "two units": (award(3, "达到3次得3分"), award(5, "达到90%得5分")),
    "ends told": (award(5, "90%以上得5分"), award(3, "80%—90%得3分")),
    "no bound": (award(5, "全部完成得5分"), award(3, "基本完成得3分")),
    "upper bounds": (award(5, "低于5%得5分"), award(3, "低于10%得3分")),
    "the other way round": (award(3, "90%以上得3分"), award(5, "80%以上得5分")),
    "the same bound": (award(5, "90%以上得5分"), award(3, "90%以上得3分")),
    "a condition": (award(5, "90%以上得5分"), award(3, "80%以上得3分", when="x")),
    "a common input": (award(5, "90%以上得5分"), award(3, "80%以上得3分", input="n")),
    "for each": (award(5, "90%以上得5分"), award(3, "80%以上每次得3分", per="次")),
    "levels": (award(5, "90%以上得5分"), award({"b": 3, "c": 1}, "80%以上得3分", per="次")),
    "another amount": (award(5, "90%以上得5分"), award(3, "80%以上得4分")),
    "no clause": (award(5, "90%以上得5分"), award(3, None)),
    "judged": (award(5, "90%以上得5分"), award("judged", "80%以上得3分", to=3)),
    "another verb": (award(5, "90%以上得5分"), {"id": "d", "judge": 3, "clause": "80%以上得3分"}),
}  # fmt: skip


@pytest.mark.parametrize("name", ALONE)
def test_other_awards_are_left_alone(name: str) -> None:
    assert told(*ALONE[name]) == []


def test_an_item_that_takes_the_highest_is_left_alone() -> None:
    assert told(award(5, "90%以上得5分"), award(3, "80%以上得3分"), take="highest") == []


@pytest.mark.parametrize(
    ("decision", "at", "expected"),
    [("累计，最高8分", "a", []), ("累计，最高8分", "a.r3", []), ("照原文", "a", ["GR455 a.r3 90%以上 8"])],
)
def test_a_decision_that_names_the_sum_accepts_it(decision: str, at: str, expected: list[str]) -> None:
    rules = award(5, "90%以上得5分"), award(3, "80%以上得3分")
    assert told(*rules, decision=decision, at=at) == expected


def test_awards_of_two_items_do_not_add_up() -> None:
    of = text(item("a", 5, rules=[award(5, "90%以上得5分")]), item("b", 3, rules=[award(3, "80%以上得3分")]))
    plan, _ = lint(of)
    assert [*findings(of, plan)] == []
