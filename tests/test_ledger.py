"""Language, section 4: “`raw = applied + absorbed`, and `base + Σ applied + gates + rounding = score`, exactly, at every item.”"""

from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest

from govrubric.ledger import Given, Header, ItemScore, Record, RuleScore, audit, gaps
from samples import TALLY, args, codes, small

D = Decimal


def rule(**changes: Any) -> RuleScore:
    whole = RuleScore("fine", "deduct", None, ("fine",), "3 × 0.5 = 1.5", D("-1.5"), D("-1"), D("-0.5"), D(0))
    return whole._replace(**changes)


def item(**changes: Any) -> ItemScore:
    """1 less 1 is 0; of 1.5 that the rule takes, 0.5 is absorbed."""
    whole = ItemScore("", "Fines", None, None, D(2), D(1), D(0), D(1), (), D(1), D(0), D(0), D(1), D(0), (rule(),))
    return whole._replace(**changes)


def card(*items: ItemScore, inputs: tuple[str, ...] = ("fine",)) -> Record:
    given = tuple(Given(name, "count", None, 3, False, (), None) for name in inputs)
    return Record(Header("0", "fines", "Fines", "en", "sha256:0", D(2), None, None), given, items)


@pytest.mark.parametrize(
    ("changed", "what", "stated", "computed"),
    [
        (item(rules=(rule(raw=D("-1.6")),)), "raw", "-1.6", "-1.5"),
        (item(rules=(rule(absorbed=D(0)),)), "raw", "-1.5", "-1"),
        (item(rules=(rule(balance=D("0.1")),)), "balance", "0.1", "0"),
        (item(score=D("0.5"), lost=D("0.5"), contribution=D(1)), "score", "0.5", "0"),
        (item(rounding=D("0.1")), "score", "0", "0.1"),
        (item(lost=D(2)), "lost", "2", "1"),
        (item(contribution=D(1)), "contribution", "1", "0"),
        (item(contribution=Fraction(1, 3)), "contribution", "1/3", "0"),
    ],
)
def test_a_sum_that_does_not_hold_is_found(changed: ItemScore, what: str, stated: str, computed: str) -> None:
    (one,) = audit(card(changed))
    assert (one.code, args(one)) == ("GR702", {"what": what, "stated": stated, "computed": computed})


@pytest.mark.parametrize(
    ("floor", "ceiling", "base"), [(None, None, D(3)), (D(0), D(2), D(2)), (D(4), None, D(4)), (None, Fraction(5, 2), Fraction(5, 2))]
)
def test_a_groups_base_is_the_sum_of_its_parts_within_its_bounds(floor: Any, ceiling: Any, base: Any) -> None:
    part = ItemScore("a", "A", None, None, D(3), D(3), None, None, (), D(3), D(0), D(3), D(0), D(3), ())
    group = ItemScore("", "G", None, None, D(9), D(9), floor, ceiling, ("a",), base, D(0), base, 9 - Fraction(base), base, ())
    assert audit(card(group, part, inputs=())) == []
    found = audit(card(group._replace(base=D(1)), part, inputs=()))
    assert [args(one)["what"] for one in found] == ["base", "score"]


@pytest.mark.parametrize(
    ("changed", "score", "bound"),
    [
        (item(ceiling=D("-1"), floor=None), "0", "-1"),
        (item(floor=D("0.5")), "0", "0.5"),
    ],
)
def test_a_score_past_its_bound_is_found(changed: ItemScore, score: str, bound: str) -> None:
    (one,) = audit(card(changed))
    assert (one.code, args(one)) == ("GR704", {"score": score, "bound": bound})


def test_findings_name_the_item_and_the_rule() -> None:
    found = audit(card(item(lost=D(2), rules=(rule(raw=D(-2)),))))
    assert [(one.code, one.path) for one in found] == [("GR702", ("fine",)), ("GR702", ("fines",))]


def test_a_ledger_without_bounds_may_go_below_zero() -> None:
    deep = item(floor=None, ceiling=None, rules=(rule(applied=D("-1.5"), absorbed=D(0), balance=D("-0.5")),))
    assert audit(card(deep._replace(score=D("-0.5"), lost=D("1.5"), contribution=D(-1)))) == []


@pytest.mark.parametrize(
    ("items", "inputs", "missing"),
    [
        ((item(parts=("a",)),), ("fine",), ["a"]),
        ((item(), item(path="b", rules=())), ("fine",), ["b"]),
        ((item(parts=("a", "a")), item(path="a", rules=())), ("fine",), ["a"]),
        ((item(parts=("a",)), item(path="a", rules=()), item(path="a", rules=())), ("fine",), ["a"]),
        ((item(parts=("a",)), item(path="a", parts=("b",), rules=()), item(path="b", rules=())), ("fine",), ["b"]),
        ((item(parts=("",)),), ("fine",), ["", ""]),
        ((item(),), (), ["fine"]),
        ((item(),), ("fine", "other"), ["other"]),
        ((item(),), ("fine", "fine"), ["fine"]),
        ((item(rules=(rule(), rule(path="g"))),), ("fine",), ["fine"]),
    ],
)
def test_a_card_is_one_tree_and_each_input_serves_one_rule(items: tuple[ItemScore, ...], inputs: tuple[str, ...], missing: list[str]) -> None:
    assert gaps(card(*items, inputs=inputs)) == missing


def test_a_whole_ledger_has_no_finding() -> None:
    assert (audit(card(item())), gaps(card(item()))) == ([], [])


def test_a_card_that_was_scored_has_no_finding() -> None:
    record = small().score(TALLY).record
    assert (codes(audit(record)), gaps(record)) == ([], [])


def test_a_sentence_is_made_in_the_language_asked_for() -> None:
    late = small().score(TALLY).rules["work.papers.missing"]
    assert (late.sentence, late.sentence_in("en"), late.sentence_in("zh")) == ("5 case × 0.3 = 1.5",) * 3


def test_a_sentence_in_chinese_has_chinese_words() -> None:
    judged = small().score(TALLY).rules["bonus.judged"]
    assert (judged.sentence, judged.sentence_in("zh")) == ("judged 0.5", "评 0.5 分")


def test_a_sentence_that_was_written_down_stays_as_it_was() -> None:
    assert rule().sentence_in("zh") == "3 × 0.5 = 1.5"
