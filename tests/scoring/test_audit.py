"""A card's rows -> what in them does not add up: each sum, on a card that is right and on one that is not.

Language, section 4: “`raw = applied + absorbed`, and `base + Σ applied + gates + rounding = score`, exactly,
at every item.”
"""

from dataclasses import replace
from fractions import Fraction
from typing import Any

import pytest

from govrubric.numbers import Exact
from govrubric.scoring.audit import audit, gaps, unwieldy
from govrubric.scoring.ledger import Combining, GateScore, Given, Header, ItemScore, Record, RuleScore
from samples import RICH_TALLY, TALLY, args, codes, rich, small

D, F = Exact, Fraction


def rule(**changes: Any) -> RuleScore:
    whole = RuleScore(
        "fine", None, "deduct", None, None, ("fine",), "3 × 0.5 = 1.5", D("-1.5"), D("-1"), D("-0.5"), D(0)
    )
    return whole._replace(**changes)


def gate(**changes: Any) -> GateScore:
    return GateScore(
        "late", None, "fine > 9", None, "at most 2", voids=False, held=False, effect=D(0)
    )._replace(**changes)


def item(**changes: Any) -> ItemScore:
    """1 less 1 is 0; of 1.5 that the rule takes, 0.5 is absorbed."""
    whole = ItemScore(
        path="",
        title="Fines",
        clause=None,
        assessed_by=None,
        weight=D(2),
        out_of=D(1),
        floor=D(0),
        ceiling=D(1),
        parts=(),
        combining=None,
        extra=False,
        not_applicable=None,
        counts_when=None,
        base=D(1),
        rounding=D(0),
        score=D(0),
        lost=D(1),
        contribution=D(0),
        rules=(rule(),),
    )
    return whole._replace(**changes)


def card(*items: ItemScore, inputs: tuple[str, ...] = ("fine",), flags: tuple[str, ...] = ()) -> Record:
    given = tuple(Given(name, None, "count", None, 3, False, (), None) for name in inputs)
    flagged = tuple(Given(name, None, "flag", None, True, False, (), None) for name in flags)
    return Record(
        Header("0", "fines", "Fines", "en", "sha256:0", "sha256:1", D(2), 2, None, None, None, None, ()),
        given + flagged,
        items,
    )


def wrong_sums(*items: ItemScore, flags: tuple[str, ...] | None = None) -> list[tuple[str, str, str]]:
    """What is wrong, what the card states, and what it comes to.

    Without `flags`, each leaf that does not apply has its flag set.
    """
    if flags is None:
        flags = tuple(f"{item.path}.not_applicable" for item in items if not item.applies and not item.parts)
    findings = [finding for finding in audit(card(*items, flags=flags)) if finding.code == "GR702"]
    return [
        (args(finding)["what"], args(finding)["stated"], args(finding)["computed"]) for finding in findings
    ]


NO_SCORE: dict[str, Any] = {"score": None, "lost": None, "contribution": None}


# Rules


@pytest.mark.parametrize(
    ("changed", "what", "stated", "computed"),
    [
        (item(rules=(rule(raw=D("-1.6")),)), "raw", "-1.6", "-1.5"),
        (item(rules=(rule(absorbed=D(0)),)), "raw", "-1.5", "-1"),
        (item(rules=(rule(counted=False),)), "raw", "-1.5", "0"),
        (item(rules=(rule(balance=D("0.1")),)), "balance", "0.1", "0"),
        (item(score=D("0.5"), lost=D("0.5"), contribution=D(1)), "score", "0.5", "0"),
        (item(rounding=D("0.1")), "score", "0", "0.1"),
        (item(lost=D(2)), "lost", "2", "1"),
        (item(contribution=D(1)), "contribution", "1", "0"),
        (item(contribution=F(1, 3)), "contribution", "1/3", "0"),
    ],
)
def test_a_sum_that_does_not_hold_is_found(changed: ItemScore, what: str, stated: str, computed: str) -> None:
    assert wrong_sums(changed) == [(what, stated, computed)]


def test_the_balance_goes_from_rule_to_rule() -> None:
    rules = (
        rule(path="a", raw=D("-0.2"), applied=D("-0.2"), absorbed=D(0), balance=D("0.8")),
        rule(path="b", applied=D("-0.8"), absorbed=D("-0.7")),
    )
    assert wrong_sums(item(rules=rules)) == []
    assert wrong_sums(item(rules=rules[::-1])) == [("balance", "0", "0.2"), ("balance", "0.8", "0")]


def test_a_rule_that_does_not_count_gives_and_takes_nothing() -> None:
    idle = rule(raw=D(0), applied=D(0), absorbed=D(0), balance=D(1), counted=False)
    whole = {"score": D(1), "lost": D(0), "contribution": D(2)}
    assert wrong_sums(item(rules=(idle,), **whole)) == []
    assert wrong_sums(item(rules=(idle._replace(raw=D("0.5"), absorbed=D("0.5")),), **whole)) == [
        ("raw", "0.5", "0")
    ]


def test_a_ledger_without_bounds_may_go_below_zero() -> None:
    deep = item(floor=None, ceiling=None, rules=(rule(applied=D("-1.5"), absorbed=D(0), balance=D("-0.5")),))
    assert audit(card(deep._replace(score=D("-0.5"), lost=D("1.5"), contribution=D(-1)))) == []


def test_above_full_marks_nothing_is_lost() -> None:
    above = item(ceiling=None, score=D("1.5"), rounding=D("1.5"), lost=D(0), contribution=D(3))
    assert wrong_sums(above) == []
    assert wrong_sums(above._replace(lost=D("-0.5"))) == [("lost", "-0.5", "0")]


def test_findings_name_the_item_the_rule_and_the_gate() -> None:
    wrong = item(
        lost=D(2),
        rules=(rule(raw=D(-2)),),
        gates=(gate(effect=D("0.5")), gate(path="other", held=True, effect=D("-0.5"))),
    )
    findings = [(finding.code, finding.path, finding.place) for finding in audit(card(wrong))]
    assert findings == [("GR702", ("fine",), None), ("GR702", ("late",), None), ("GR702", ("fines",), None)]


# Bounds


@pytest.mark.parametrize(
    ("changed", "score", "bound"),
    [
        (item(ceiling=D("-1"), floor=None), "0", "-1"),
        (item(floor=D("0.5")), "0", "0.5"),
    ],
)
def test_a_score_past_its_bound_is_found(changed: ItemScore, score: str, bound: str) -> None:
    (finding,) = audit(card(changed))
    assert (finding.code, finding.path, finding.place, args(finding)) == (
        "GR704",
        ("",),
        None,
        {"score": score, "bound": bound},
    )


@pytest.mark.parametrize("bounds", [(D(0), D(1)), (None, D(0)), (D(0), None), (D(0), D(0))])
def test_a_score_may_stand_at_its_bound(bounds: tuple[Exact | None, Exact | None]) -> None:
    assert codes(audit(card(item(floor=bounds[0], ceiling=bounds[1])))) == []


# Gates


def gated(*gates: GateScore, score: str) -> ItemScore:
    """An item of 10 without rules, which stands at 10 before its gates."""
    whole = D(score)
    numbers = {
        "weight": D(10),
        "out_of": D(10),
        "ceiling": D(10),
        "base": D(10),
        "score": whole,
        "lost": 10 - whole,
        "contribution": whole,
    }
    return item(rules=(), gates=gates, **numbers)


@pytest.mark.parametrize(
    ("gates", "score"),
    [
        ((), "10"),
        ((gate(),), "10"),
        ((gate(held=True),), "10"),
        ((gate(held=True, effect=D(-4)),), "6"),
        ((gate(held=True, effect=D(-4)), gate(), gate(held=True, effect=D(1))), "7"),
    ],
)
def test_the_effects_of_gates_lead_from_the_balance_to_the_score(
    gates: tuple[GateScore, ...], score: str
) -> None:
    assert wrong_sums(gated(*gates, score=score)) == []
    assert wrong_sums(gated(*gates, score="5")) == [("score", "5", score)]


def test_a_gate_that_does_not_hold_changes_nothing() -> None:
    assert wrong_sums(gated(gate(effect=D(-4)), score="6")) == [("effect", "-4", "0")]


def test_a_void_item_has_a_ledger_up_to_its_gates_and_no_score() -> None:
    void = item(**NO_SCORE, gates=(gate(voids=True, held=True),))
    assert audit(card(void)) == []
    assert wrong_sums(void._replace(rules=(rule(balance=D(1)),))) == [("balance", "1", "0")]


@pytest.mark.parametrize(
    "gates", [(), (gate(held=True),), (gate(voids=True),), (gate(voids=True), gate(held=True))]
)
def test_a_score_that_no_gate_took_away_is_missed(gates: tuple[GateScore, ...]) -> None:
    assert wrong_sums(item(**NO_SCORE, gates=gates)) == [("void", "true", "false")]


def test_a_score_that_a_gate_took_away_is_not_given_back() -> None:
    assert wrong_sums(item(gates=(gate(), gate(path="other", voids=True, held=True)))) == [
        ("void", "false", "true")
    ]


def test_a_score_is_not_missing_where_its_lost_marks_stand() -> None:
    assert wrong_sums(item(lost=None)) == [("lost", "none", "1")]


# Groups


def part(
    points: str | None,
    weight: str = "10",
    policy: str | None = None,
    *,
    gone: bool = False,
    extra: bool = False,
) -> ItemScore:
    """A part without rules that contributes so many points, or whose points a gate took away.

    A part that is `gone` does not apply.
    """
    contribution = None if points is None else F(points)
    score = F(0) if gone else contribution
    lost = None if score is None else max(F(0), (F(0) if extra else F(weight)) - score)
    lost = F(0) if gone else lost
    return item(
        weight=F(weight),
        out_of=F(weight),
        floor=None,
        ceiling=None,
        extra=extra,
        not_applicable=policy,
        base=score or F(0),
        score=score,
        lost=lost,
        contribution=contribution,
        rules=(),
        gates=(gate(voids=True, held=True),) if points is None else (),
        applies=not gone,
    )


def group(
    base: str, combining: Combining, parts: tuple[ItemScore, ...], **changes: Any
) -> tuple[ItemScore, ...]:
    """A root of 10 whose parts come to `base`, and then its parts."""
    named = tuple(part._replace(path=f"p{index}") for index, part in enumerate(parts))
    points = F(base)
    numbers = {
        "weight": D(10),
        "out_of": D(10),
        "base": points,
        "score": points,
        "lost": 10 - points,
        "contribution": points,
    }
    root = item(
        parts=tuple(part.path for part in named),
        combining=combining,
        floor=None,
        ceiling=None,
        rules=(),
        **numbers,
    )
    return (root._replace(**changes), *named)


def of(how: str, lowest: int = 0, highest: int = 0) -> Combining:
    return Combining(how, lowest, highest)


GONE = part("0", policy="rescale", gone=True)
SUMS = [
    pytest.param("8", of("sum"), (part("5", "6"), part("3", "4")), id="sum"),
    pytest.param(
        "7.5",
        of("sum"),
        (part("0", "6", "rescale", gone=True), part("3", "4")),
        id="rescale: 3 of 4 is 7.5 of 10",
    ),
    pytest.param(
        "6.5",
        of("sum"),
        (part("3", "6"), part("2", "2"), part("0", "2", "spread", gone=True)),
        id="spread: 3 + 1 x 1/2 + 2 + 1 x 1",
    ),
    pytest.param("7", of("sum"), (part("3", "6"), part("4", "4", "full", gone=True)), id="full: 3 + 4"),
    pytest.param("3", of("sum"), (part("3", "6"), part("0", "4", "zero", gone=True)), id="zero: 3 + 0"),
    pytest.param(
        "6.875",
        of("sum"),
        (
            part("2", "4"),
            part("2", "2"),
            part("0", "2", "rescale", gone=True),
            part("0", "2", "spread", gone=True),
        ),
        id="rescale and spread: (4 + 1 x (1/2 + 1)) x 10/8",
    ),
    pytest.param(
        "6.875",
        of("sum"),
        (
            part("2", "4"),
            part("3", "3", "full", gone=True),
            part("0", "1", "spread", gone=True),
            part("0", "2", "rescale", gone=True),
        ),
        id="who is gone with full takes no share: (2 + 3 + 1 x 1/2) x 10/8",
    ),
    pytest.param(
        "5",
        of("sum"),
        (part("2", "4", "rescale"), part("2", "4", "spread"), part("0", "2", "rescale", gone=True)),
        id="only who is gone leaves: 4 x 10/8",
    ),
    pytest.param(
        "20/7",
        of("sum"),
        (part("1", "4"), part("1", "3"), part("0", "3", "rescale", gone=True)),
        id="2 x 10/7",
    ),
    pytest.param(
        "4/3",
        of("sum"),
        (part("1/3", "4", "rescale"), part("1", "6")),
        id="exact where nobody is gone",
    ),
    pytest.param(
        "19/3",
        of("sum"),
        (part("1/3", "4"), part("6", "6", "full", gone=True)),
        id="exact where nobody leaves",
    ),
    pytest.param(
        "7",
        of("sum", lowest=1),
        (part("4", "4"), part("1", "3"), part("3", "3")),
        id="sum without the lowest",
    ),
    pytest.param("6", of("mean"), (part("10"), part("5"), part("3")), id="mean"),
    pytest.param("10/3", of("mean"), (part("5"), part("4"), part("1")), id="mean of thirds"),
    pytest.param(
        "10/3",
        of("mean"),
        (part("5"), part("4"), part("1"), GONE),
        id="mean, exact where somebody is gone too",
    ),
    pytest.param(
        "6.5",
        of("mean"),
        (part("10"), part("0", policy="spread", gone=True), part("3")),
        id="mean of who is there",
    ),
    pytest.param("2.5", of("mean"), (part("5"), part("0", policy="zero", gone=True)), id="mean with zero"),
    pytest.param("7.5", of("mean"), (part("5"), part("10", policy="full", gone=True)), id="mean with full"),
    pytest.param(
        "7.5", of("mean", lowest=1), (part("10"), part("5"), part("3")), id="mean without the lowest"
    ),
    pytest.param(
        "4", of("mean", highest=1), (part("10"), part("5"), part("3")), id="mean without the highest"
    ),
    pytest.param(
        "5", of("mean", 1, 1), (part("10"), part("5"), part("3")), id="mean without lowest and highest"
    ),
    pytest.param(
        "10", of("mean", lowest=5), (part("10"), part("5"), part("3")), id="at least one is left: the highest"
    ),
    pytest.param(
        "3", of("mean", highest=5), (part("10"), part("5"), part("3")), id="at least one is left: the lowest"
    ),
    pytest.param("5", of("mean", 1, 5), (part("10"), part("5"), part("3")), id="fewer of the highest first"),
    pytest.param(
        "7.5",
        of("mean", lowest=1),
        (part("10"), part("5"), part("3"), GONE),
        id="the lowest of those that are there",
    ),
    pytest.param("5", of("mean", lowest=1), (part("5"), GONE, GONE), id="who alone is there is not dropped"),
    pytest.param("5", of("mean", highest=1), (part("5"), GONE, GONE), id="nor is it the highest"),
    pytest.param("3", of("min"), (part("10"), part("3"), part("5")), id="min"),
    pytest.param("3", of("min"), (part("10"), part("3"), GONE), id="min of who is there"),
    pytest.param(
        "0", of("min"), (part("10"), part("3"), part("0", policy="zero", gone=True)), id="min with zero"
    ),
    pytest.param("5", of("min", lowest=1), (part("10"), part("3"), part("5")), id="min without the lowest"),
    pytest.param("10", of("max"), (part("3"), part("10"), part("5")), id="max"),
    pytest.param(
        "5",
        of("max"),
        (part("3"), part("5"), part("0", policy="spread", gone=True)),
        id="max of who is there",
    ),
    pytest.param("5", of("max", highest=1), (part("3"), part("10"), part("5")), id="max without the highest"),
    pytest.param(
        "10", of("sum"), (part("5", "6"), part("3", "4"), part("2", "3", extra=True)), id="sum and extra"
    ),
    pytest.param("7.5", of("mean"), (part("5"), part("6"), part("2", "3", extra=True)), id="mean and extra"),
    pytest.param(
        "5",
        of("min", lowest=1),
        (part("3"), part("4"), part("1", "3", extra=True)),
        id="extra is neither lowest nor dropped",
    ),
    pytest.param("8", of("max"), (part("3"), part("4"), part("4", "9", extra=True)), id="max and extra"),
    pytest.param(
        "20021/7000",
        of("sum"),
        (part("2", "7"), part("0", "3", "rescale", gone=True), part("0.003", "1", extra=True)),
        id="extra comes on top of a quotient",
    ),
    pytest.param(
        "8",
        of("sum"),
        (part("5", "6"), part("3", "4"), part("0", "2", "zero", gone=True, extra=True)),
        id="extra that is gone",
    ),
    pytest.param(
        "10",
        of("sum"),
        (part("5", "6"), part("3", "4"), part("2", "2", "full", gone=True, extra=True)),
        id="extra that is gone with full",
    ),
]


@pytest.mark.parametrize(("base", "combining", "parts"), SUMS)
def test_a_groups_base_is_what_its_parts_come_to(
    base: str, combining: Combining, parts: tuple[ItemScore, ...]
) -> None:
    assert wrong_sums(*group(base, combining, parts)) == []


@pytest.mark.parametrize(("base", "combining", "parts"), SUMS)
def test_another_base_than_its_parts_come_to_is_found(
    base: str, combining: Combining, parts: tuple[ItemScore, ...]
) -> None:
    sums = wrong_sums(*group("1.01", combining, parts))
    assert sums == [("base", "1.01", base)]


@pytest.mark.parametrize(
    ("floor", "ceiling", "base"),
    [(None, None, "8"), (D(0), D(7), "7"), (D(9), None, "9"), (None, F(15, 2), "7.5"), (D(8), D(8), "8")],
)
def test_a_groups_base_is_held_within_its_bounds(
    floor: Exact | None, ceiling: Exact | None, base: str
) -> None:
    parts = (part("5", "6"), part("3", "4"))
    assert wrong_sums(*group(base, of("sum"), parts, floor=floor, ceiling=ceiling)) == []
    assert wrong_sums(*group("1", of("sum"), parts, floor=floor, ceiling=ceiling)) == [("base", "1", base)]


def test_a_void_part_brings_nothing() -> None:
    assert wrong_sums(*group("5", of("sum"), (part("5", "6"), part(None, "4")), **NO_SCORE)) == []
    assert wrong_sums(*group("9", of("sum"), (part("5", "6"), part(None, "4")), **NO_SCORE)) == [
        ("base", "9", "5")
    ]


@pytest.mark.parametrize(
    ("base", "how", "parts"),
    [
        ("2", "mean", (part("4"), part(None))),
        ("0", "min", (part("4"), part(None))),
        ("4", "max", (part("4"), part(None))),
        ("4", "mean", (part("4"), part(None, "3", extra=True))),
        ("3.75", "sum", (part("3", "4"), part(None, "4"), part("0", "2", "spread", gone=True))),
    ],
)
def test_a_void_part_counts_as_zero(base: str, how: str, parts: tuple[ItemScore, ...]) -> None:
    assert wrong_sums(*group(base, of(how), parts, **NO_SCORE)) == []


@pytest.mark.parametrize("how", ["sum", "mean", "min", "max"])
def test_a_group_that_applies_though_none_of_its_parts_does_comes_to_nothing(how: str) -> None:
    """No tally leads there, but a card may say so."""
    for parts in ((GONE,), (GONE, GONE)):
        assert wrong_sums(*group("1", of(how), parts)) == [("applies", "true", "false"), ("base", "1", "0")]


# What does not apply, and what does not count


def lapsed(policy: str, contribution: str, **changes: Any) -> ItemScore:
    """An item of 4 that does not apply, at the path a.b.c."""
    return part(contribution, "4", policy, gone=True)._replace(path="a.b.c", **changes)


@pytest.mark.parametrize(
    ("policy", "contribution"), [("full", "4"), ("zero", "0"), ("rescale", "0"), ("spread", "0")]
)
def test_an_item_that_does_not_apply_contributes_as_its_policy_says(policy: str, contribution: str) -> None:
    assert wrong_sums(lapsed(policy, contribution), flags=("a.b.c.not_applicable",)) == []
    assert wrong_sums(lapsed(policy, "3"), flags=("a.b.c.not_applicable",)) == [
        ("contribution", "3", contribution)
    ]


@pytest.mark.parametrize("policy", ["full", "zero", "rescale", "spread"])
def test_an_item_that_applies_contributes_its_share_whatever_its_policy(policy: str) -> None:
    here = part("3", "4", policy)
    assert wrong_sums(here) == []
    assert wrong_sums(here._replace(contribution=D(4))) == [("contribution", "4", "3")]


@pytest.mark.parametrize(
    "given",
    [
        Given("a.not_applicable", None, "flag", None, False, True, (), None),
        Given("a.not_applicable", None, "count", None, 1, True, (), None),
    ],
)
def test_an_item_is_excused_by_a_flag_that_is_set_and_by_nothing_else(given: Given) -> None:
    own = Given("a.b.c.not_applicable", None, "flag", None, True, False, (), None)
    findings = audit(replace(card(lapsed("full", "0")), inputs=(given, own)))
    assert [(args(finding)["what"], args(finding)["computed"]) for finding in findings] == [
        ("contribution", "4")
    ]


@pytest.mark.parametrize("above", ["a", "a.b"])
def test_an_item_that_is_excused_from_above_contributes_nothing(above: str) -> None:
    assert wrong_sums(lapsed("full", "0"), flags=(f"{above}.not_applicable",)) == []
    assert wrong_sums(lapsed("full", "4"), flags=(f"{above}.not_applicable",)) == [("contribution", "4", "0")]


def test_an_item_that_neither_applies_nor_counts_contributes_nothing() -> None:
    assert wrong_sums(lapsed("full", "0", counts=False)) == []
    assert wrong_sums(lapsed("full", "4", counts=False)) == [("contribution", "4", "0")]


def test_an_item_that_does_not_apply_has_nothing_on_its_ledger() -> None:
    assert wrong_sums(lapsed("zero", "0", base=D(1), score=D(1))) == [
        ("base", "1", "0"),
        ("contribution", "0", "1"),
    ]
    assert wrong_sums(lapsed("zero", "0", lost=D(4))) == [("lost", "4", "0")]


def test_a_group_that_does_not_apply_has_nothing_on_its_ledger() -> None:
    lapse = {
        "score": D(0),
        "lost": D(0),
        "contribution": D(0),
        "applies": False,
        "floor": D(1),
        "ceiling": D(-1),
    }
    assert audit(card(*group("0", of("sum"), (GONE,), **lapse), flags=("p0.not_applicable",))) == []
    assert wrong_sums(*group("1", of("sum"), (GONE,), **lapse)) == [("base", "1", "0"), ("score", "0", "1")]


def test_a_group_that_does_not_apply_takes_nothing_from_parts_that_bring_all() -> None:
    lapse = {"score": D(0), "lost": D(0), "contribution": D(0), "applies": False}
    assert wrong_sums(*group("0", of("sum"), (part("10", policy="full", gone=True),), **lapse)) == []


def test_an_item_that_does_not_count_contributes_nothing() -> None:
    idle = part("0")._replace(base=D(4), score=D(4), lost=D(6), counts=False)
    assert wrong_sums(idle) == []
    assert wrong_sums(idle._replace(contribution=D(4))) == [("contribution", "4", "0")]
    assert wrong_sums(idle._replace(counts=True)) == [("contribution", "0", "4")]


def test_a_void_part_makes_its_group_void() -> None:
    parts = (part("5", "6"), part(None, "4"))
    assert wrong_sums(*group("5", of("sum"), parts)) == [("void", "false", "true")]


def test_a_void_part_that_does_not_count_leaves_its_group_alone() -> None:
    parts = (part("5", "6"), part(None, "4")._replace(counts=False))
    assert wrong_sums(*group("5", of("sum"), parts)) == []
    assert wrong_sums(*group("5", of("sum"), parts, **NO_SCORE)) == [("void", "true", "false")]


def test_an_item_that_does_not_apply_is_not_void() -> None:
    assert wrong_sums(lapsed("zero", "0", gates=(gate(voids=True, held=True),))) == []
    lapse = {"score": D(0), "lost": D(0), "contribution": D(0), "applies": False}
    assert wrong_sums(*group("0", of("sum"), (GONE, part(None, "1", extra=True)), **lapse)) == []


@pytest.mark.parametrize("flags", [("a.b.c.not_applicable",), ("a.b.not_applicable",), ("a.not_applicable",)])
def test_an_item_applies_unless_it_or_one_above_it_was_said_not_to(flags: tuple[str, ...]) -> None:
    here = part("0", "4")._replace(path="a.b.c")
    assert wrong_sums(here, flags=()) == []
    assert wrong_sums(here, flags=flags) == [("applies", "true", "false")]
    assert wrong_sums(lapsed("zero", "0"), flags=flags) == []
    assert wrong_sums(lapsed("zero", "0"), flags=()) == [("applies", "false", "true")]


@pytest.mark.parametrize(
    "flag", ["not_applicable", "b.not_applicable", "a.b.c.d.not_applicable", "a.b.c", "a.b.cc.not_applicable"]
)
def test_an_item_applies_whatever_is_said_of_others(flag: str) -> None:
    assert wrong_sums(part("0", "4")._replace(path="a.b.c"), flags=(flag,)) == []


def test_a_fact_says_nothing_of_the_rubric_itself() -> None:
    assert wrong_sums(*group("5", of("sum"), (part("5"),)), flags=("not_applicable",)) == []


def test_a_group_applies_where_one_of_its_parts_does_that_is_not_extra() -> None:
    present, absent = part("5", "6", "zero"), part("0", "4", "zero", gone=True)
    extra = part("1", "1", extra=True)
    assert wrong_sums(*group("5", of("sum"), (present, absent), applies=True)) == []
    assert wrong_sums(*group("5", of("sum"), (absent, present), applies=True)) == []
    assert ("applies", "true", "false") in wrong_sums(*group("1", of("sum"), (absent, extra)))


# The tree


@pytest.mark.parametrize(
    ("items", "inputs", "missing"),
    [
        ((item(parts=("a",)),), ("fine",), ["a"]),
        ((item(), item(path="b", rules=())), ("fine",), ["b"]),
        ((item(parts=("a", "a")), item(path="a", rules=())), ("fine",), ["a"]),
        ((item(parts=("a",)), item(path="a", rules=()), item(path="a", rules=())), ("fine",), ["a"]),
        (
            (item(parts=("a",)), item(path="a", parts=("b",), rules=()), item(path="b", rules=())),
            ("fine",),
            ["b"],
        ),
        ((item(parts=("",)),), ("fine",), ["", ""]),
        ((item(),), (), ["fine"]),
        ((item(),), ("fine", "fine"), ["fine"]),
        ((item(),), ("fine", "z", "a", "z", "a"), ["a", "z"]),
        (
            (item(rules=(rule(inputs=("q", "fine", "b", "c", "x", "d")),)),),
            ("fine",),
            ["b", "c", "d", "q", "x"],
        ),
        ((item(), item(path="z", rules=()), item(path="a", rules=())), ("fine",), ["a", "z"]),
    ],
)
def test_a_card_is_one_tree_and_every_input_of_a_rule_is_on_it_once(
    items: tuple[ItemScore, ...], inputs: tuple[str, ...], missing: list[str]
) -> None:
    assert gaps(card(*items, inputs=inputs)) == missing


@pytest.mark.parametrize(
    ("items", "inputs"),
    [
        ((item(),), ("fine",)),
        ((item(),), ("fine", "fact")),
        ((item(rules=(rule(), rule(path="g"))),), ("fine",)),
        (
            (item(parts=("a",)), item(path="a", parts=("a.b",), rules=()), item(path="a.b", rules=())),
            ("fine",),
        ),
    ],
)
def test_inputs_may_be_shared_or_serve_conditions_alone(
    items: tuple[ItemScore, ...], inputs: tuple[str, ...]
) -> None:
    assert gaps(card(*items, inputs=inputs)) == []


def test_a_whole_ledger_has_no_finding() -> None:
    assert (audit(card(item())), gaps(card(item()))) == ([], [])


@pytest.mark.parametrize(
    "record", [small().score(TALLY)._record, rich().score(RICH_TALLY)._record], ids=["small", "rich"]
)
def test_a_card_that_was_scored_has_no_finding(record: Record) -> None:
    assert (codes(audit(record)), gaps(record)) == ([], [])


def test_many_denominators_that_no_item_adds_up_are_bearable(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("govrubric.scoring.audit.BITS", 10)
    parts = [item(path=f"p{power}", rules=(), base=F(1, 2**power)) for power in range(2, 6)]
    assert unwieldy(card(*parts)) is None
    assert unwieldy(card(*parts, item(path="q", rules=(), base=F(1, 1021), score=F(1, 1019)))) == 4
