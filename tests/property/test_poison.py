"""Every oracle is shown a broken engine once, and must notice. The engine is broken in memory only."""

import dataclasses
import json
from collections.abc import Callable, Mapping
from decimal import Context, Decimal, Inexact
from fractions import Fraction
from typing import Any

import pytest

import laws
from govrubric import Rubric, ScoreCard, loads, shipped
from govrubric.expressions import compiler as expressions
from govrubric.expressions.operands import Operand, Refused, operand_of
from govrubric.formula import build as algebra
from govrubric.formula.build import add, all_of, const, if_, scale
from govrubric.formula.nodes import Extreme, Formula, Input, Times
from govrubric.language import canonical
from govrubric.language.fields import Expression
from govrubric.language.rules import _band, distance
from govrubric.language.rules._points import PointsRule
from govrubric.language.rules._rule import Rule
from govrubric.numbers import ROUNDINGS, Exact, places_of, ratio
from govrubric.plan import gates, groups, names, planner, rules
from govrubric.plan.built import Built
from govrubric.plan.scale import bounds, full_marks, share_of
from govrubric.scoring import card_json, card_reader, row_builder, scored_unit, values
from govrubric.scoring import tally as tally_
from govrubric.scoring.audit import audit
from govrubric.testing.paper import unbalanced
from govrubric.testing.strategies.authored import Values
from govrubric.testing.strategies.tally import Tally
from strategies import Sample, corpus

Patch = pytest.MonkeyPatch
Oracle = Callable[[Sample], laws.Faults]


def forget_the_floor(patch: Patch) -> None:
    for module in (planner, rules):
        patch.setattr(module, "within", lambda made, _, ceiling: algebra.within(made, None, ceiling))


def forget_the_ceiling(patch: Patch) -> None:
    for module in (planner, rules):
        patch.setattr(module, "within", lambda made, floor, _: algebra.within(made, floor, None))


def forget_the_cap(patch: Patch) -> None:
    patch.setattr(Rule, "raw", lambda self, inputs, full, share: scale(self.effect(inputs, full), share))


def forget_to_round(patch: Patch) -> None:
    score = planner._Planner.score
    patch.setattr(
        planner._Planner,
        "score",
        lambda self, item, balance, void: (
            score(self, item, balance, void)
            if hasattr(item, "total")
            else algebra.if_(void, const(0), balance)
        ),
    )


def round_otherwise(patch: Patch) -> None:
    for mode in ("half_even", "up", "floor", "ceiling"):
        patch.setitem(ROUNDINGS, mode, ROUNDINGS["half_up"])


def forfeit_below_the_floor(patch: Patch) -> None:
    patch.setattr(
        rules,
        "_forfeited",
        lambda one, balance, _: if_(all_of(one.counts, one.rule.inputs[0]), const(0), balance),
    )


def pay_every_level(patch: Patch) -> None:
    effect = PointsRule.effect
    patch.setattr(
        PointsRule,
        "effect",
        lambda self, inputs, full: effect(self.model_copy(update={"take": "all"}), inputs, full),
    )


def forgive_the_second_case(patch: Patch) -> None:
    effect = PointsRule.effect

    def forgiving(self: PointsRule, inputs: tuple[Input, ...], full: Fraction) -> Formula:
        return (
            if_(add(inputs[0], const(-1)), const(0), effect(self, inputs, full))
            if inputs[0].kind == "count"
            else effect(self, inputs, full)
        )

    patch.setattr(PointsRule, "effect", forgiving)


def reach_no_band_at_its_start(patch: Patch) -> None:
    tiny = Fraction(1, 10**7)
    patch.setattr(
        _band.Band,
        "reached",
        lambda band, value: algebra.compare((">=",), (value, algebra.const(band.edge + tiny))),
    )


def let_begun_units_count_nothing(patch: Patch) -> None:
    patch.setitem(distance.WHOLE, "up", "floor")


def open_every_gate(patch: Patch) -> None:
    patch.setattr(gates, "_change", lambda _, balance: balance)


def void_nothing(patch: Patch) -> None:
    apply = gates.apply_gates
    patch.setattr(planner, "apply_gates", lambda put, held, balance: (apply(put, held, balance)[0], const(0)))


def void_nothing_above(patch: Patch) -> None:
    of = Built.of
    patch.setattr(Built, "of", lambda *given: dataclasses.replace(of(*given), void=const(0)))


def lower_no_grade(patch: Patch) -> None:
    patch.setattr(gates, "greatest", lambda grade, _: grade)


def try_the_last_grade_first(patch: Patch) -> None:
    assign = gates.assign_grade
    patch.setattr(planner, "assign_grade", lambda put, grades, *more: assign(put, grades[::-1], *more))


def forget_to_scale(patch: Patch) -> None:
    patch.setattr(groups._Combination, "sum", lambda self: self.plain_sum())


def share_nothing_out(patch: Patch) -> None:
    patch.setattr(groups, "times", lambda one, other: one if other.den == 1 else const(0))


def drop_nothing(patch: Patch) -> None:
    combination = groups._Combination
    patch.setattr(
        groups,
        "_Combination",
        lambda full, parts, _, __: combination(full, parts, 0, 0),
    )


def raise_no_ceiling(patch: Patch) -> None:
    patch.setattr(
        planner,
        "bounds",
        lambda item, usual: bounds(
            item.model_copy(update={"ceiling": full_marks(item) if item.ceiling is None else item.ceiling}),
            usual,
        ),
    )


def excuse_nobody(patch: Patch) -> None:
    patch.setattr(planner._Planner, "not_excused", lambda *_: const(1))


def give_nothing_for_what_is_absent(patch: Patch) -> None:
    patch.setattr(
        planner._Planner,
        "contribution",
        lambda _, item, *more: scale(more[1], share_of(item)),
    )


def without(patch: Patch, key: str) -> None:
    """Of one key of every rule or item that has a condition there, the condition is not read."""
    compile_ = planner._Planner.compile

    def unread(self: Any, text: Expression | None, at: Any, *more: Any, **named: Any) -> Formula:
        ignored = at[-1] == key and "rules" in at[-3:] if key == "when" else at[-1:] == (key,)
        return compile_(self, None if ignored else text, at, *more, **named)

    patch.setattr(planner._Planner, "compile", unread)


def ignore_when(patch: Patch) -> None:
    without(patch, "when")


def ignore_counts_when(patch: Patch) -> None:
    without(patch, "counts_when")


def look_names_up_from_the_root(patch: Patch) -> None:
    value = names.NameScope.value

    def from_the_root(self: names.NameScope, name: str) -> Operand | Refused | None:
        found, far = value(self, name), self.names.inputs.get(name)
        if far is None or not isinstance(found, Operand) or not isinstance(found.formula, Input):
            return found
        return operand_of(far) if far.kind == found.formula.kind else found

    patch.setattr(names.NameScope, "value", from_the_root)


def compare_the_first_two(patch: Patch) -> None:
    patch.setattr(expressions, "compare", lambda signs, terms: algebra.compare(signs[:1], terms[:2]))


def divide_downwards(patch: Patch) -> None:
    quotient = algebra.quotient
    patch.setattr(algebra, "quotient", lambda over, under, places, _: quotient(over, under, places, "down"))


def write_through_a_float(patch: Patch) -> None:
    for module in (card_json, scored_unit):
        patch.setattr(module, "written", lambda number: f"{float(number):.2f}".rstrip("0").rstrip("."))


def lose_a_rounding(patch: Patch) -> None:
    item_rows = scored_unit.item_rows
    patch.setattr(
        "govrubric.scoring.card.item_rows",
        lambda unit: tuple(row._replace(rounding=Exact(0)) for row in item_rows(unit)),
    )


def name_the_unit_by_the_first_key(patch: Patch) -> None:
    score = Rubric.score
    patch.setattr(Rubric, "score", lambda self, given: score(self, given, unit=next(iter(given), None)))


def divide_by_the_ambient_context(patch: Patch) -> None:
    def divided(over: int, under: int) -> Exact:
        value = ratio(over, under)
        return value if places_of(value) is None else Exact(Decimal(over) / Decimal(under))

    patch.setattr(row_builder, "ratio", divided)


def leave_out_notes(patch: Patch) -> None:
    fields = canonical._fields
    patch.setattr(
        canonical,
        "_fields",
        lambda model: [(key, value) for key, value in fields(model) if key not in ("note", "at_most")],
    )


def sort_the_levels(patch: Patch) -> None:
    """A canonical form that puts keys in another order is another rubric."""
    mapping = canonical._mapping
    patch.setattr(
        canonical,
        "_mapping",
        lambda pairs: mapping(
            pairs[::-1] if any(isinstance(one, Fraction) for _, one in pairs[1:2]) else pairs
        ),
    )


def drop_the_evidence(patch: Patch) -> None:
    texts = card_reader._Reader.texts
    patch.setattr(
        card_reader._Reader,
        "texts",
        lambda self, data, path, key: () if key == "evidence" else texts(self, data, path, key),
    )


def tighten_the_bounds(patch: Patch) -> None:
    least = algebra.least

    def tight(a: Formula, b: Formula) -> Formula:
        made = least(a, b)
        return dataclasses.replace(made, hi=made.lo) if isinstance(made, Extreme) else made

    patch.setattr(algebra, "least", tight)


def widen_a_product(patch: Patch) -> None:
    """A denominator that is too small for what it is of."""
    times = algebra.times
    patch.setattr(
        expressions,
        "times",
        lambda a, b: dataclasses.replace(made, den=1) if isinstance(made := times(a, b), Times) else made,
    )


def total_without_rounding(patch: Patch) -> None:
    total = Rubric.total
    patch.setattr(
        Rubric, "total", lambda self, given: (total(self, given) or Decimal(0)) + Decimal("0.0000001")
    )


def fail_when_nothing_is_given(patch: Patch) -> None:
    score = Rubric.score

    def picky(self: Rubric, given: Mapping[str, Any], **more: Any) -> ScoreCard:
        if not any(given.values()):
            raise ZeroDivisionError
        return score(self, given, **more)

    patch.setattr(Rubric, "score", picky)


@pytest.mark.parametrize(
    ("breaks", "oracle"),
    [
        (forget_the_floor, laws.disagreements_long),
        (forget_the_floor, laws.disagreements_fast),
        (forget_the_floor, laws.out_of_bounds),
        (forget_the_ceiling, laws.disagreements_fast),
        (forget_the_ceiling, laws.out_of_bounds),
        (forget_the_cap, laws.disagreements_fast),
        (reach_no_band_at_its_start, laws.disagreements_fast),
        (let_begun_units_count_nothing, laws.disagreements_fast),
        (open_every_gate, laws.disagreements_fast),
        (void_nothing, laws.disagreements_fast),
        (void_nothing_above, laws.disagreements_fast),
        (void_nothing_above, laws.ledger_faults),
        (lower_no_grade, laws.disagreements_fast),
        (try_the_last_grade_first, laws.disagreements_fast),
        (forget_to_scale, laws.disagreements_fast),
        (forget_to_scale, laws.ledger_faults),
        (share_nothing_out, laws.disagreements_fast),
        (drop_nothing, laws.disagreements_fast),
        (drop_nothing, laws.ledger_faults),
        (raise_no_ceiling, laws.disagreements_fast),
        (excuse_nobody, laws.disagreements_fast),
        (excuse_nobody, laws.noticed_absence),
        (excuse_nobody, laws.ledger_faults),
        (give_nothing_for_what_is_absent, laws.disagreements_fast),
        (give_nothing_for_what_is_absent, laws.ledger_faults),
        (ignore_when, laws.disagreements_fast),
        (ignore_counts_when, laws.disagreements_fast),
        (compare_the_first_two, laws.disagreements_fast),
        (divide_downwards, laws.disagreements_fast),
        (open_every_gate, laws.failures),
        (forget_to_round, laws.disagreements_fast),
        (forget_to_round, laws.ledger_faults),
        (round_otherwise, laws.disagreements_long),
        (round_otherwise, laws.ledger_faults),
        (round_otherwise, laws.loose_lines),
        (forfeit_below_the_floor, laws.disagreements_fast),
        (pay_every_level, laws.disagreements_fast),
        (forgive_the_second_case, laws.rewarded_violations),
        (write_through_a_float, laws.ledger_faults),
        (lose_a_rounding, laws.ledger_faults),
        (name_the_unit_by_the_first_key, laws.order_matters),
        (leave_out_notes, laws.lost_on_the_way),
        (sort_the_levels, laws.lost_on_the_way),
        (drop_the_evidence, laws.altered_on_paper),
        (tighten_the_bounds, laws.loose_lines),
        (widen_a_product, laws.loose_lines),
        (total_without_rounding, laws.failures),
        (total_without_rounding, laws.disagreements_fast),
        (fail_when_nothing_is_given, laws.failures),
    ],
    ids=lambda one: getattr(one, "__name__", ""),
)
def test_an_oracle_notices_a_broken_engine(
    monkeypatch: Patch, breaks: Callable[[Patch], None], oracle: Oracle
) -> None:
    """Security, Proof: “every oracle is poisoned once in a test and must notice”."""
    corpus()
    breaks(monkeypatch)
    assert noticed(oracle)


def by_hand(rule: Values, given: Any, *, head: Values = {}, **leaf: Any) -> tuple[Values, Tally, int]:  # noqa: B006 - it is only read
    """A sample of two leaves, of which the first has the rule."""
    other: Values = {"id": "b", "title": "B", "weight": 6, "rules": [{"id": "r", "deduct": 1, "per": "例"}]}
    first: Values = {"id": "a", "title": "A", "weight": 4, "rules": [{"id": "r", **rule}], **leaf}
    made = {
        "govrubric": 1,
        "id": "t",
        "title": "T",
        "total": 10,
        "round": {"places": 2, "mode": "half_up"},
        **head,
        "indicators": [first, other],
    }
    return made, {"b.r": 1, **{f"a.{name}": value for name, value in given.items()}}, 0


GRADED: Values = {
    "grades": [{"grade": "A", "from": 1}, {"grade": "B"}],
    "gates": [{"id": "g", "when": "b.r > 0", "grade_at_most": "B"}],
}
# What seldom comes about by chance.
SELDOM = (
    by_hand({"forfeit": "all"}, {"r": True}, floor=3),
    by_hand({"deduct": 1}, {"not_applicable": True}, not_applicable="spread"),
    by_hand({"bands": [{"from": 95, "points": 3}]}, {"r": 95}),
    by_hand({"formula": "round(2 / max(b.r, 3), 1)"}, {}, start="zero"),
    by_hand({"award": {"x": 1, "y": 2}, "per": "例", "take": "highest"}, {"r.x": 1, "r.y": 1}),
    by_hand({"distance": {"below": 95, "each": 2, "points": -1, "whole": "up"}}, {"r": 94}),
    by_hand({"deduct": 1}, {}, head=GRADED),
)


def noticed(oracle: Oracle) -> bool:
    """Whether an oracle says anything about any of a few hundred samples. An error would be no verdict, so it passes through."""
    return any(oracle(Sample(*one)) for one in (*SELDOM, *corpus()))


def test_names_that_are_looked_up_from_the_root_are_noticed(monkeypatch: Patch) -> None:
    """A fact has the name of a rule, and nothing but where the name stands tells the two apart."""
    leaf = {
        "id": "a",
        "title": "A",
        "weight": 10,
        "rules": [{"id": "x", "deduct": 1, "per": "例"}, {"id": "y", "deduct": 2, "when": "x > 0"}],
    }
    head = {
        "govrubric": 1,
        "id": "t",
        "title": "T",
        "total": 10,
        "round": {"places": 0, "mode": "half_up"},
        "facts": {"x": "count"},
    }
    sample = {**head, "indicators": [leaf]}, {"x": 0, "a.x": 1, "a.y": True}, 0
    assert laws.disagreements_fast(Sample(*sample)) == []
    look_names_up_from_the_root(monkeypatch)
    assert laws.disagreements_fast(Sample(*sample)) != []


def test_a_quotient_that_reads_the_ambient_context_is_noticed(monkeypatch: Patch) -> None:
    corpus()
    divide_by_the_ambient_context(monkeypatch)
    assert noticed(lambda sample: laws.context_matters(sample, Context(2, traps=[])))
    assert noticed(lambda sample: laws.context_matters(sample, Context(2, traps=[Inexact])))


def test_a_card_that_checks_no_seal_and_recomputes_nothing_is_noticed(monkeypatch: Patch) -> None:
    monkeypatch.setattr(ScoreCard, "verify", lambda self, _=None: tuple(audit(self._record)))
    assert noticed(
        lambda sample: [found for at in range(0, 5000, 170) for found in laws.unnoticed_digit(sample, at, 1)]
    )


def test_a_rubric_that_loses_its_language_on_the_way_to_another_process_is_noticed(
    monkeypatch: Patch,
) -> None:
    monkeypatch.setattr(
        Rubric, "__reduce__", lambda self: (Rubric, (self._text.model_copy(update={"language": "zh"}),))
    )
    assert noticed(laws.lost_in_transit)


def test_each_way_of_taking_a_wrong_value_is_noticed(monkeypatch: Patch) -> None:
    rubric = shipped("2023-district")
    name = next(iter(rubric._inputs))
    good = {
        one.name: 0 if one.kind == "count" else False if one.kind == "flag" else 0
        for one in rubric._inputs.values()
    }
    assert laws.unrefused(rubric, good | {name: True}, {name}) == []
    with monkeypatch.context() as patch:
        patch.setattr(values, "_count", lambda _, value: int(value))
        assert laws.unrefused(rubric, good | {name: True}, {name}) != []
    with monkeypatch.context() as patch:
        patch.setattr(tally_, "checked", lambda one, _: values._count(one, 1.5))
        assert laws.unrefused(rubric, good | {name: True}, {name}) != []
    with monkeypatch.context() as patch:
        check = Rubric._check
        patch.setattr(
            Rubric,
            "_check",
            lambda self, given, **more: check(self, given.setdefault("basics.more", None) or given, **more),
        )
        assert "the caller's tally was changed" in laws.unrefused(rubric, good | {name: True}, {name})


ON_PAPER = """\
govrubric: 1
id: t
title: T
total: 10
round: {places: 0, mode: half_up}
gates: [{id: g, when: 'a.r > 0', at_most: 5}]
indicators:
  - {id: a, title: A, weight: 8, not_applicable: full, rules: [{id: r, deduct: 0.3, per: 例}], gates: [{id: g, when: 'r > 1', at_most: 6}]}
  - {id: b, title: B, weight: 2, not_applicable: rescale, rules: [{id: r, award: 3, per: 例, when: 'a.r < 9'}]}
"""
FIGURES = (
    "base",
    "rounding",
    "score",
    "lost",
    "contribution",
    "floor",
    "ceiling",
    "raw",
    "applied",
    "absorbed",
    "balance",
    "total",
    "parts",
)
FLAGS = ("applies", "counts", "held", "voids", "counted")


@pytest.mark.parametrize("key", [*FIGURES, *FLAGS, "effect"])
def test_a_figure_that_is_wrong_on_paper_is_noticed(key: str) -> None:
    """The same for the arithmetic on paper: each figure and flag of an item, a rule, a gate and the head."""
    data = json.loads(loads(ON_PAPER).score({"a.r": 2, "b.r": 1}).to_json())
    assert list(unbalanced(data)) == []
    root, leaf, other = data["items"]
    holders = (
        data,
        root if key in ("floor", "ceiling", "parts") else leaf,
        leaf["gates"][0],
        (other if key == "counted" else leaf)["rules"][0],
    )
    holder = next(one for one in holders if key in one)
    value = holder[key]
    holder[key] = (
        value[1:] if key == "parts" else not value if key in FLAGS else "5" if key == "ceiling" else "1000"
    )
    assert list(unbalanced(data)) != []
