"""Each law of `govrubric.testing` holds for the engine, and breaks by a fault, with the smallest tally."""

import pickle
import re
from collections.abc import Callable, Mapping
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from govrubric import Rubric, ScoreCard, loads, shipped
from govrubric.formula import build as algebra
from govrubric.formula.build import add, const, if_
from govrubric.formula.nodes import Formula, Input
from govrubric.language.rules._points import PointsRule
from govrubric.numbers import Exact
from govrubric.plan import planner as plan
from govrubric.plan import rules as effects
from govrubric.testing import check_all_laws, check_law, laws
from govrubric.testing.breach import Breach, figure
from govrubric.testing.laws import LAWS
from govrubric.testing.proof import check_bounds
from samples import RICH_TALLY, TALLY, rich, small

Patch = pytest.MonkeyPatch
FORM = """\
govrubric: 1
id: t
title: T
total: 10
round: {places: 1, mode: half_up}
indicators:
  - {id: a, title: A, weight: 6, rules: [{id: late, deduct: 0.5, per: day}, {id: lost, deduct: 1}]}
  - {id: b, title: B, weight: 4, rules: [{id: held, award: 0.3, per: event}, {id: good, award: 1}]}
"""


def forget_the_floor(patch: Patch) -> None:
    for module in (plan, effects):
        patch.setattr(module, "within", lambda made, _, ceiling: algebra.within(made, None, ceiling))


def forget_the_ceiling(patch: Patch) -> None:
    for module in (plan, effects):
        patch.setattr(module, "within", lambda made, floor, _: algebra.within(made, floor, None))


def forgive_the_second_case(patch: Patch) -> None:
    effect = PointsRule.effect

    def forgiving(self: PointsRule, inputs: tuple[Input, ...], full: Fraction) -> Formula:
        return (
            if_(add(inputs[0], const(-1)), const(0), effect(self, inputs, full))
            if inputs[0].kind == "count"
            else effect(self, inputs, full)
        )

    patch.setattr(PointsRule, "effect", forgiving)


def lose_a_score(patch: Patch) -> None:
    from govrubric.scoring import card, scored_unit

    rows = scored_unit.item_rows
    patch.setattr(
        card,
        "item_rows",
        lambda live: tuple(row._replace(lost=Exact(1)) if row.path == "b" else row for row in rows(live)),
    )


def fail_at_seven(patch: Patch) -> None:
    total = Rubric.total

    def picky(self: Rubric, tally: Mapping[str, Any]) -> Decimal | None:
        return Decimal(1 // (0 if tally.get("a.late") == 1 else 1)) and total(self, tally)

    patch.setattr(Rubric, "total", picky)


def name_the_unit_by_the_first_key(patch: Patch) -> None:
    score = Rubric.score
    patch.setattr(Rubric, "score", lambda self, tally: score(self, tally, unit=next(iter(tally), None)))


def total_by_the_last_key(patch: Patch) -> None:
    total = Rubric.total
    patch.setattr(
        Rubric, "total", lambda self, tally: None if list(tally)[-1:] == ["b.good"] else total(self, tally)
    )


def total_by_itself(patch: Patch) -> None:
    total = Rubric.total
    patch.setattr(
        Rubric, "total", lambda self, tally: Decimal(9) if tally.get("a.lost") else total(self, tally)
    )


BREAKS: tuple[tuple[Callable[[Patch], None], str, str, str, dict[str, Any]], ...] = (
    (fail_at_seven, "never_fails", "it fails: ZeroDivisionError: integer division or modulo by zero", "", {"a.late": 1}),
    # 14 × 0.3 = 4.2
    (forget_the_ceiling, "never_above_weight", "b: the score 4.2 is above 4", "b", {"b.held": 14}),
    # 6 − 13 × 0.5 = −0.5
    (forget_the_floor, "never_below_floor", "a: the score -0.5 is below 0", "a", {"a.late": 13}),
    # The first day costs 0.5, two days nothing.
    (forgive_the_second_case, "never_better", "total: a.late = 2 makes the score 5.5 into 6", "", {"a.late": 1}),
    (lose_a_score, "ledger_adds_up", "b: the loss is 1, and must be 4", "b", {}),
    (name_the_unit_by_the_first_key, "order_of_keys", "total: the card is b.held, and with the keys in another order b.good", "", {"b.held": 0, "b.good": True}),
    (total_by_the_last_key, "order_of_keys", "total: the total is none, and with the keys in another order 7", "", {"b.held": 0, "b.good": True}),
    (total_by_itself, "readings_agree", "the total is 5, and computed alone 9", "", {"a.lost": True}),
)  # fmt: skip


@pytest.mark.parametrize(
    ("breaks", "law", "says", "path", "tally"), BREAKS, ids=[one[0].__name__ for one in BREAKS]
)
def test_a_law_is_seen_to_break_with_the_smallest_tally(
    monkeypatch: Patch, breaks: Callable[[Patch], None], law: str, says: str, path: str, tally: dict[str, Any]
) -> None:
    breaks(monkeypatch)
    rubric = loads(FORM)
    with pytest.raises(Breach) as broken:
        check_law(rubric, LAWS[law])
    found = broken.value
    assert (found.law, found.message("en"), found.path) == (law, says, path)
    assert found.tally == tally
    assert str(found) == f"{law}: {says}\nof the tally {tally!r}"


@pytest.mark.parametrize("law", list(LAWS))
def test_a_law_holds_of_the_engine(law: str) -> None:
    for rubric, tally in ((small(), TALLY), (rich(), RICH_TALLY)):
        LAWS[law](rubric, tally)
        assert check_law(rubric, LAWS[law], examples=20) >= 20


def test_all_laws_hold_of_what_is_shipped() -> None:
    check_all_laws(shipped("2023-department"), examples=5)


def test_bounds_that_nothing_proves_are_a_breach(monkeypatch: Patch) -> None:
    forget_the_floor(monkeypatch)
    with pytest.raises(Breach) as broken:
        check_all_laws(loads(FORM))
    # Of a count up to 1 000 000 000, at 0.5 each, and 1 more.
    assert (
        broken.value.message("en")
        == "total: the score may come to anything from -499999995 to 10, outside 0 to 10"
    )
    assert broken.value.message("zh") == "总分：得分可为 -499999995 至 10，超出 0 至 10"
    assert broken.value.tally is None
    assert (
        str(broken.value)
        == "bounds: total: the score may come to anything from -499999995 to 10, outside 0 to 10"
    )


@pytest.mark.parametrize(
    "leaf",
    [
        "rules: [{id: r, deduct: 1, per: x}], floor: none",
        "rules: [{id: r, award: 1, per: x}], ceiling: none",
        "rules: [{id: r, award: 1, per: x}], floor: 2, start: 3, not_applicable: zero",
        "rules: [{id: r, deduct: 1, per: x}], floor: -3, ceiling: -1, start: -2, not_applicable: zero",
        "rules: [{id: r, deduct: 1, per: x}], floor: 3, gates: [{id: g, when: r > 4, score: none}]",
    ],
)
def test_bounds_are_those_of_the_author(leaf: str) -> None:
    """An item that does not apply, or is void, has the score 0 in the formulas, whatever its bounds."""
    check_bounds(
        loads(FORM.replace("rules: [{id: held, award: 0.3, per: event}, {id: good, award: 1}]", leaf))
    )


def test_each_law_quotes_what_it_holds() -> None:
    """A law quotes its sentences of the specification; three laws are about the engine, and have none."""
    specification = " ".join(
        (Path(__file__).parents[2] / "docs" / "specification.md").read_text("utf-8").split()
    )
    for name, law in LAWS.items():
        docstring = " ".join((law.__doc__ or "").split())
        if name in ("never_better", "order_of_keys", "readings_agree"):
            assert "“" not in docstring
            continue
        assert re.match(r"Language \d: “", docstring)
        quotes = [
            quote
            for part in re.findall(r"[Ll]anguage \d: ((?:“[^”]+”[^“.]*)+)", docstring)
            for quote in re.findall("“([^”]+)”", part)
        ]
        assert quotes
        assert [quote for quote in quotes if quote not in specification.replace("**", "")] == []


# Rubrics to which never_better does not apply.


CONDITIONAL = """\
govrubric: 1
id: t
title: T
total: 10
round: {places: 0, mode: half_up}
facts: {n: count}
indicators:
  - {id: a, title: A, weight: 5, rules: [LEFT]}
  - {id: b, title: B, weight: 5, start: zero, rules: [RIGHT]}
GRADES
"""


@pytest.mark.parametrize(
    ("left", "right", "grades", "tally"),
    [
        (
            "{id: r, deduct: 1, per: x}",
            "{id: s, award: 5, when: a.r > 0}",
            "",
            {"b.s": True},
        ),  # a condition looks at the count
        (
            "{id: r, deduct: 1, per: x}",
            "{id: s, award: 5, when: score(a) < 5}",
            "",
            {"b.s": True},
        ),  # or at the score
        (
            "{id: r, deduct: 1, per: x}",
            '{id: s, formula: "lost(a)"}',
            "",
            {},
        ),  # or a formula at what was lost
        (
            "{id: r, deduct: 1, input: n, per: x}",
            "{id: s, award: 2, input: n, per: x}",
            "",
            {},
        ),  # or two rules read it
    ],
)
def test_more_violations_may_be_better_where_an_author_says_so(
    left: str, right: str, grades: str, tally: dict[str, Any]
) -> None:
    rubric = loads(CONDITIONAL.replace("LEFT", left).replace("RIGHT", right).replace("GRADES", grades))
    laws.never_better(rubric, tally)
    name = "n" if "input" in left else "a.r"
    assert (rubric.total({**tally, name: 1}) or 0) > (rubric.total(tally) or 0) - 1


def test_a_condition_of_a_grade_takes_nothing_from_the_promise(monkeypatch: Patch) -> None:
    grades = "grades: [{grade: A, when: a.r == 0}, {grade: B}]"
    text = (
        CONDITIONAL.replace("LEFT", "{id: r, deduct: 1, per: x}")
        .replace("RIGHT", "{id: s, award: 1}")
        .replace("GRADES", grades)
    )
    forgive_the_second_case(monkeypatch)
    with pytest.raises(Breach, match=r"a\.r = 2 makes the score 4 into 5"):
        laws.never_better(loads(text), {"a.r": 1})


def test_nothing_more_can_be_given_than_the_limit_and_than_true() -> None:
    laws.never_better(loads(FORM), {"a.late": 1_000_000_000, "a.lost": True})


def test_another_item_that_changes_is_a_breach(monkeypatch: Patch) -> None:
    score = Rubric.score
    monkeypatch.setattr(
        Rubric, "score", lambda self, tally: score(self, {**tally, "b.held": tally.get("a.late", 0)})
    )
    with pytest.raises(Breach, match=r"b: a\.late = 1 makes the score 0 into 0\.3"):
        laws.never_better(loads(FORM.replace("a.late", "a.late")), {"a.lost": True})


# Contributions


def test_a_contribution_above_the_weight_is_a_breach(monkeypatch: Patch) -> None:
    from govrubric.scoring import card, scored_unit

    rows = scored_unit.item_rows
    monkeypatch.setattr(
        card,
        "item_rows",
        lambda live: tuple(
            row._replace(contribution=Exact(7)) if row.path == "a" else row for row in rows(live)
        ),
    )
    with pytest.raises(Breach, match="never_above_weight: a: the contribution 7 is above 6"):
        laws.never_above_weight(loads(FORM), {})
    monkeypatch.setattr(
        card,
        "item_rows",
        lambda live: tuple(
            row._replace(contribution=Exact(-7)) if row.path == "a" else row for row in rows(live)
        ),
    )
    with pytest.raises(Breach, match="never_below_floor: a: the contribution -7 is below 0"):
        laws.never_below_floor(loads(FORM), {})


def test_a_rounding_that_is_another_is_a_breach(monkeypatch: Patch) -> None:
    from govrubric.scoring import card, scored_unit

    form = FORM.replace("places: 1", "places: 0")
    rows = scored_unit.item_rows

    def rounded_down(live: Any) -> Any:
        root, *others = rows(live)
        return (
            root._replace(score=Exact(5), contribution=Exact(5), lost=Exact(5), rounding=Exact("-0.5")),
            *others,
        )

    monkeypatch.setattr(card, "item_rows", rounded_down)
    monkeypatch.setattr(ScoreCard, "total", property(lambda _: Decimal(5)))
    with pytest.raises(Breach, match="ledger_adds_up: total: the score is 5, and must be 6"):
        laws.ledger_adds_up(loads(form), {"a.late": 1})


def test_what_a_card_finds_of_itself_is_a_breach(monkeypatch: Patch) -> None:
    rubric = loads(FORM)
    found = ScoreCard.from_json(rubric.score({}).to_json().replace('"title": "T"', '"title": "U"')).verify()
    assert found
    monkeypatch.setattr(ScoreCard, "verify", lambda *_: found)
    for law in (laws.ledger_adds_up, laws.readings_agree):
        with pytest.raises(Breach) as broken:
            law(rubric, {})
        assert found[0].message("en") in broken.value.message("en")
        assert found[0].message("zh") in broken.value.message("zh")


# Readings, each broken alone


def read_wrongly(patch: Patch, when: Callable[[Rubric, Mapping[str, Any]], bool]) -> None:
    score = Rubric.score

    def other(self: Rubric, tally: Mapping[str, Any], **more: Any) -> ScoreCard:
        return score(self, {"a.lost": True} if when(self, tally) else tally, **more)

    patch.setattr(Rubric, "score", other)


def test_a_tally_with_evidence_that_is_read_otherwise_is_a_breach(monkeypatch: Patch) -> None:
    rubric = loads(FORM)
    read_wrongly(monkeypatch, lambda _, tally: "a" in tally)
    with pytest.raises(Breach) as broken:
        laws.readings_agree(rubric, {"a.late": 1})
    assert (
        broken.value.message("en")
        == "total: the total is 5.5, and 5 where the tally is nested and has evidence"
    )


def test_a_tally_of_values_alone_that_is_read_otherwise_is_a_breach(monkeypatch: Patch) -> None:
    rubric = loads(FORM)
    read_wrongly(monkeypatch, lambda _, tally: "a.late" in tally)
    with pytest.raises(Breach) as broken:
        laws.readings_agree(rubric, {"a": {"late": 1}})
    assert broken.value.message("en") == "total: the total is 5.5, and 5 where the tally has values alone"


def test_a_text_that_scores_otherwise_is_a_breach(monkeypatch: Patch) -> None:
    rubric = loads(FORM.replace("id: t", "id: another"))
    read_wrongly(monkeypatch, lambda self, _: self is not rubric)
    with pytest.raises(Breach) as broken:
        laws.readings_agree(rubric, {"a.late": 1})
    assert (
        broken.value.message("en") == "total: the total is 5.5, and 5 by the rubric's own text, loaded anew"
    )


def test_a_figure_that_no_formula_comes_to_is_a_breach(monkeypatch: Patch) -> None:
    lose_a_score(monkeypatch)
    with pytest.raises(Breach) as broken:
        laws.readings_agree(loads(FORM), {"a.late": 1})
    assert broken.value.message("en") == "b: the loss is 1, and worked out by hand 4"


def test_a_card_that_is_written_otherwise_than_its_rows_is_a_breach(monkeypatch: Patch) -> None:
    from govrubric.scoring.scored_unit import ScoredUnit, Template

    written = Template.written

    def graded(self: Template, unit: ScoredUnit) -> tuple[str, str]:
        text, digest = written(self, unit)
        return text.replace('"maximum": "10"', '"maximum": "11"'), digest

    monkeypatch.setattr(Template, "written", graded)
    with pytest.raises(Breach) as broken:
        laws.readings_agree(loads(FORM), {"a.late": 1})
    assert broken.value.message("en") == 'maximum is "11" where the card is written, and "10" on its rows'


# A breach


def test_an_error_within_a_law_is_a_breach_of_it() -> None:
    def touchy(_: Rubric, tally: Mapping[str, Any]) -> None:
        raise KeyError(len(tally))

    with pytest.raises(Breach) as broken:
        check_law(small(), touchy)
    assert (broken.value.law, broken.value.message("en"), broken.value.message("zh")) == (
        "touchy",
        "it fails: KeyError: 1",
        "出错：KeyError: 1",
    )
    assert broken.value.tally == {"bonus.judged": 0}


def test_a_breach_is_the_same_in_another_process() -> None:
    breach = Breach.of("never_below_floor", "below", "a", figure="score", stated=Fraction(-1, 2), bound=0).by(
        {"a.late": 13}
    )
    again = pickle.loads(pickle.dumps(breach))
    assert type(again) is Breach
    assert (again.args, str(again), again.tally) == (breach.args, str(breach), {"a.late": 13})
    assert breach.message("zh") == "a：得分 -0.5 低于 0"
    with pytest.raises(AssertionError):
        raise breach


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (None, "none"),
        (True, "true"),
        (3, "3"),
        (Decimal("0.50"), "0.5"),
        (Fraction(1, 3), "1/3"),
        ("a\x1bb", "a\\u001bb"),
        (["", "a"], "['', 'a']"),
    ],
)
def test_a_figure_is_shown_in_digits_or_words(value: object, shown: str) -> None:
    assert figure(value) == shown
