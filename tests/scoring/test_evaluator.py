"""The generated functions: what they read, what they leave to the long way, and that both agree."""

import decimal
import re
from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest

from govrubric.document.nodes import Plain
from govrubric.formula.codegen import build
from govrubric.language.rubric_text import RubricText
from govrubric.plan.planner import make_plan
from govrubric.rubric import Rubric
from govrubric.scoring.evaluator import Evaluator
from govrubric.scoring.row_builder import Layout
from govrubric.scoring.scored_unit import Form
from making import item, leaf, number, text

OF = text(
    item("a", 6, start="full", rules=[{"id": "off", "deduct": Decimal("0.5"), "per": "例"},
        {"id": "add", "award": 1, "per": "件"}, {"id": "lost", "forfeit": "all"}]),
    item("b", 4, rules=[{"id": "judged", "judge": 3, "places": 1, "step": Decimal("0.5")},
        {"id": "conv", "convert": number("100/3"), "at_most": 1}]),
)  # fmt: skip


def run() -> Evaluator:
    """Made anew for each test, so that what makes it is tried by each."""
    return Evaluator(make_plan(OF))


RIGHT: dict[str, Any] = {"a.off": 3, "a.add": 1, "a.lost": False, "b.judged": Decimal("2.5"), "b.conv": 20}


@pytest.mark.parametrize(
    "wrong",
    [
        {"x": 1},
        {5: 1},
        {"a": {"off": 1}},
        {"a.off": -1},
        {"a.off": 1_000_000_001},
        {"a.off": 10**400},
        {"a.off": True},
        {"a.off": 1.0},
        {"a.off": "1"},
        {"a.off": Decimal(1)},
        {"a.off": None},
        {"a.off": {"value": 1}},
        {"a.lost": 1},
        {"a.lost": "true"},
        {"a.lost": None},
        {"b.judged": None},
        {"b.judged": 2.5},
        {"b.judged": "2.5"},
        {"b.judged": True},
        {"b.judged": -1},
        {"b.judged": 4},
        {"b.judged": 10**400},
        {"b.judged": Decimal("3.5")},
        {"b.judged": Decimal("0.3")},
        {"b.judged": Decimal("0.55")},
        {"b.judged": Decimal("NaN")},
        {"b.judged": Decimal("sNaN")},
        {"b.judged": Decimal("Infinity")},
        {"b.judged": Decimal("1e999999999")},
        {"b.judged": Fraction(5, 2)},
        {"b.conv": Decimal("33.34")},
        {"b.conv": 34},
    ],
    ids=lambda wrong: str(next(iter(wrong.items())))[:40],
)
def test_what_is_not_plainly_right_goes_the_long_way(wrong: dict[Any, Any]) -> None:
    assert run().read_trace({**RIGHT, **wrong}) is None
    assert run().read_total({**RIGHT, **wrong}) is None


@pytest.mark.parametrize("left_out", ["b.judged", "b.conv"])
def test_a_number_that_is_left_out_goes_the_long_way(left_out: str) -> None:
    tally = {name: value for name, value in RIGHT.items() if name != left_out}
    assert run().read_trace(tally) is None
    assert run().read_total(tally) is None


def test_a_wrong_value_is_never_taken_because_an_input_is_missing() -> None:
    assert run().read_total({"unknown": 1, "b.judged": 1}) is None


def test_what_is_right_is_taken_at_once() -> None:
    # a: 6 + 1 held at 6, - 1.5 = 4.5; b: 2.5 + 20 × 4 ÷ 33.33… = 2.4, capped at 1, = 3.5; together 8.
    done = run().read_trace(RIGHT)
    assert done is not None
    assert done[0] == (3, 1, 0, 25, 2000)
    assert Fraction(done[1][0], make_plan(OF).lines[":contribution"].den) == 8
    assert run().read_total(RIGHT) == (*done[1][:1], 0)  # nothing is void


@pytest.mark.parametrize(
    ("given", "whole"),
    [
        ({"a.off": 0}, (0, 1, 0, 25, 2000)),
        ({"a.off": 1_000_000_000}, (1_000_000_000, 1, 0, 25, 2000)),
        ({"a.lost": True}, (3, 1, 1, 25, 2000)),
        ({"b.judged": 0}, (3, 1, 0, 0, 2000)),
        ({"b.judged": 3}, (3, 1, 0, 30, 2000)),
        ({"b.judged": Decimal("-0")}, (3, 1, 0, 0, 2000)),
        ({"b.judged": Decimal("2.50000")}, (3, 1, 0, 25, 2000)),
        ({"b.conv": Decimal("33.33")}, (3, 1, 0, 25, 3333)),
    ],
)
def test_the_ends_of_every_range_are_taken(given: dict[str, Any], whole: tuple[int, ...]) -> None:
    done = run().read_trace({**RIGHT, **given})
    assert done is not None
    assert done[0] == whole


def test_counts_and_flags_that_are_left_out_are_zero_and_false() -> None:
    done = run().read_trace({"b.judged": 1, "b.conv": 0})
    assert done is not None
    assert done[0] == (0, 0, 0, 10, 0)


def test_the_order_of_a_tally_changes_nothing() -> None:
    assert run().read_trace(dict(reversed(RIGHT.items()))) == run().read_trace(RIGHT)


def test_a_tally_is_never_changed() -> None:
    tally = {"b.judged": 1, "b.conv": 0}
    run().read_trace(tally)
    assert tally == {"b.judged": 1, "b.conv": 0}


def test_the_short_way_and_the_long_way_come_to_the_same() -> None:
    done = run().read_trace(RIGHT)
    assert done is not None
    assert run().trace(*done[0]) == done[1]
    assert run().total(*done[0]) == run().read_total(RIGHT)


def test_the_rows_of_a_card_follow_from_the_inputs_and_the_lines_it_keeps() -> None:
    done = run().read_trace(RIGHT)
    assert done is not None
    inputs, kept = done
    root, a, b = Layout(OF, make_plan(OF), "digest", "digest").rows("en")(inputs, *inputs, *kept)
    assert [(row.path, row.score) for row in (root, a, b)] == [
        ("", 8),
        ("a", Decimal("4.5")),
        ("b", Decimal("3.5")),
    ]
    # What is added comes first, and the award of 1 finds no room.
    assert [f"{rule.path} {rule.raw} {rule.applied} {rule.absorbed} {rule.balance}" for rule in a.rules] == [
        "a.add 1 0 1 6",
        "a.off -1.5 -1.5 0 4.5",
        "a.lost 0 0 0 4.5",
    ]


@pytest.mark.parametrize(
    "rules",
    [
        [{"id": "n", "deduct": 1, "per": "例"}],
        [{"id": "f", "deduct": 1}],
        [{"id": "j", "judge": 10}],
        [{"id": "c", "convert": 7, "places": 0}],
    ],
    ids=["count", "flag", "judge", "convert"],
)
def test_a_rubric_with_one_input_is_read_too(rules: list[dict[str, Any]]) -> None:
    run = Evaluator(make_plan(leaf(*rules)))
    given = {"count": 1, "flag": True, "number": 1}[make_plan(leaf(*rules)).inputs[0].kind]
    assert run.read_total({run.plan.inputs[0].name: given}) is not None
    assert run.read_total({"x": given}) is None


HOSTILE = text(
    item(
        "import", 6, start="full", counts_when="open == '); import os; (' or lambda.exec > 0",
        not_applicable="zero",
        rules=[{"id": "if", "deduct": {"lambda": 1, "i0": 2}, "per": "', 1); ("}, {"id": "v0", "judge": 1}],
        gates=[{"id": "return", "when": "lambda.exec > 1", "at_most": 3, "grade": "\"'''"}],
    ),
    item("lambda", 4, rules=[{"id": "r", "choose": {"); import os; (": 1, "__class__": 4}},
        {"id": "exec", "award": 1, "per": "次", "when": "r != '__class__'"}]),
    facts={"open": {"choice": ["); import os; (", "\\"]}},
    grades=[{"grade": "exec('1')", "when": "open == '); import os; ('"}, {"grade": "__import__"}],
)  # fmt: skip


def test_the_generated_text_holds_no_name_of_an_author(monkeypatch: pytest.MonkeyPatch) -> None:
    from govrubric.scoring import evaluator as score
    from govrubric.scoring import row_builder

    texts: list[str] = []

    def built(source: str, names: dict[str, object] | None = None) -> Callable[..., Any]:
        texts.append(source)
        return build(source, names)

    monkeypatch.setattr(score, "build", built)
    monkeypatch.setattr(row_builder, "build", built)
    plan = make_plan(HOSTILE)
    run = Evaluator(plan)
    for function in (
        run.trace,
        run.total,
        run.read_trace,
        run.read_total,
        row_builder.Layout(HOSTILE, plan, "digest", "digest").rows("en"),
    ):
        assert callable(function)
    assert Form(HOSTILE, plan, "digest", "digest").template.unusual == (1, 2)
    ours = {"def", "made", "return", "if", "else", "elif", "or", "and", "not", "is", "for", "tally", "given",
        "defaults", "counts", "map", "type", "int", "bool",
            "str", "Decimal", "scaled", "whole", "UNFIT", "try", "except", "LookupError", "every", "min", "max", "len", "values", "count", "None", "half_up", "chosen",
            "get", "new", "Item", "Rule", "true", "false", "row", "flags"}  # fmt: skip
    for source in texts:
        assert {
            word
            for word in re.findall(r"[A-Za-z_]\w*", source)
            if not re.fullmatch(r"[itvkecrswnoq][0-9]+", word)
        } <= ours
        assert source.isascii()
        assert not re.search("['\"\\\\]", source)
    assert len(texts) == 8


def test_a_rubric_with_hostile_names_is_scored() -> None:
    # 6 - 2 of level `lambda`; 1 for the choice, and 1 for a piece, since it is not the other.
    card = Rubric(HOSTILE).score(
        {
            "import.if.lambda": 2,
            "import.v0": 0,
            "lambda.r": "); import os; (",
            "lambda.exec": 1,
            "open": "); import os; (",
        }
    )
    assert (str(card.total), card.grade) == ("6", "exec('1')")


CHOOSING = text(
    item(
        "a",
        10,
        floor="none",
        rules=[{"id": "c", "choose": {"A": 1, "优": 5}}, {"id": "m", "curve": [[0, 0], [1, 1]]}],
    ),
    facts={
        "third": {"choice": ["x", "y"]},
        "range": {"number": {"places": 1, "min": -2, "max": Decimal("3.5")}},
    },
)
CHOSEN: dict[str, Any] = {"third": "y", "range": Decimal("-1.5"), "a.c": "优", "a.m": -3}


def test_choices_and_numbers_of_either_sign_are_taken_at_once() -> None:
    done = Evaluator(make_plan(CHOOSING)).read_trace(CHOSEN)
    assert done is not None
    assert done[0] == (1, -15, 1, -300)


@pytest.mark.parametrize(
    "wrong",
    [
        {"a.c": "B"},
        {"a.c": ""},
        {"a.c": 1},
        {"a.c": None},
        {"a.c": ["A"]},
        {"third": "A"},
        {"third": True},
        {"range": Decimal("-2.1")},
        {"range": -3},
        {"range": Decimal("3.6")},
        {"range": 4},
        {"range": Decimal("0.05")},
        {"a.m": -1_000_000_001},
        {"a.m": Decimal("1000000000.01")},
        {"a.m": Decimal("-0.001")},
    ],
    ids=str,
)
def test_a_choice_or_number_that_is_not_plainly_right_goes_the_long_way(wrong: dict[str, Any]) -> None:
    run = Evaluator(make_plan(CHOOSING))
    assert run.read_trace({**CHOSEN, **wrong}) is None
    assert run.read_total({**CHOSEN, **wrong}) is None


@pytest.mark.parametrize(
    ("given", "whole"),
    [
        ({"range": -2}, (1, -20, 1, -300)),
        ({"range": Decimal("3.5")}, (1, 35, 1, -300)),
        ({"a.c": "A"}, (1, -15, 0, -300)),
        ({"third": "x"}, (0, -15, 1, -300)),
        ({"a.m": -1_000_000_000}, (1, -15, 1, -100_000_000_000)),
        ({"a.m": 1_000_000_000}, (1, -15, 1, 100_000_000_000)),
    ],
    ids=str,
)
def test_the_ends_of_every_declared_range_are_taken(given: dict[str, Any], whole: tuple[int, ...]) -> None:
    done = Evaluator(make_plan(CHOOSING)).read_trace({**CHOSEN, **given})
    assert done is not None
    assert done[0] == whole


def test_a_range_that_ends_between_two_places_holds_what_lies_within() -> None:
    # A judgement from 0 to 10/3 in whole points: 3 is the most.
    run = Evaluator(make_plan(leaf({"id": "j", "judge": number("10/3"), "places": 0})))
    assert run.read_total({"a.j": 3}) is not None
    assert run.read_total({"a.j": 4}) is None


def test_a_void_total_is_marked() -> None:
    run = Evaluator(
        make_plan(
            leaf(
                {"id": "off", "deduct": 1, "per": "例"},
                gates=[{"id": "g", "when": "off > 2", "score": Plain("none")}],
            )
        )
    )
    assert (run.read_total({"a.off": 2}), run.read_total({"a.off": 3})) == ((8, 0), (0, 1))


@pytest.mark.parametrize(
    "traps", [[], [decimal.Inexact, decimal.Rounded, decimal.FloatOperation]], ids=["lax", "strict"]
)
def test_no_score_depends_on_the_decimal_context(traps: list[type[decimal.DecimalException]]) -> None:
    rubric = Rubric(OF)
    with decimal.localcontext(
        decimal.Context(prec=1, rounding=decimal.ROUND_UP, Emax=2, Emin=-2, traps=traps)
    ):
        card = rubric.score(RIGHT)
        assert str(card.total) == "8"
        assert str(rubric.total({**RIGHT, "b.judged": "2.5"})) == "8"
        assert str(card.items["a"].lost) == "1.5"


@pytest.mark.parametrize(
    "rule",
    [
        {"id": "r", "award": {f"l{index}": 1 for index in range(150)}, "per": "件", "take": "highest"},
        {"id": "r", "award": [1] * 5000, "per": "件"},
        {"id": "r", "deduct": {f"l{index}": 1 for index in range(2000)}, "per": "件"},
    ],
    ids=["150 levels, the highest", "5000 steps", "2000 levels"],
)
def test_a_rubric_that_loads_can_be_scored_however_long_a_rule_is(rule: dict[str, Any]) -> None:
    rubric: RubricText = leaf(rule)
    assert Rubric(rubric).total({}) in (0, 10)


def test_a_rubric_whose_denominators_grow_can_be_shown() -> None:
    scale = 2**39
    inner = item("x", 1, rules=[{"id": "r", "award": 1, "per": "件"}])
    for _ in range(8):
        inner = item(
            "x",
            1,
            out_of=scale,
            items=[inner, item("y", scale - 1, rules=[{"id": "r", "award": 1, "per": "件"}])],
        )
    rubric = Rubric(text({**inner, "weight": 10}))
    card = rubric.score({"x" + ".x" * 8 + ".r": 1})
    assert card.total == 0
    assert card.verify(rubric) == ()
