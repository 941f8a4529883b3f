"""The one object that users hold: immutable, equal by meaning, scoring exactly."""

import copy
import pickle
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from types import MappingProxyType
from typing import Any

import pytest

from govrubric import Rubric, RubricError, TallyError, loads
from making import item, leaf, text

OFF = {"id": "off", "deduct": Decimal("0.1"), "per": "例"}
OF = text(item("a", 6, rules=[OFF]), item("b", 4, rules=[{"id": "judged", "judge": 4}]), language="zh")
RUBRIC = Rubric(OF)


def test_a_rubric_that_does_not_fit_together_is_refused_with_every_finding() -> None:
    with pytest.raises(RubricError) as refused:
        Rubric(text(item("a", 5, rules=[OFF]), item("a", 4), language="zh-CN"))
    assert [(one.code, one.path, one.place) for one in refused.value.diagnostics] == [
        ("GR301", ("indicators", 1, "id"), None),
        ("GR302", ("total",), None),
        ("GR303", ("indicators", 1, "id"), None),
    ]
    assert refused.value.language == "zh-CN"
    assert "5 + 4" in str(refused.value)


@pytest.mark.parametrize(
    "change",
    [
        lambda: setattr(RUBRIC, "text", None),
        lambda: setattr(RUBRIC, "new", 1),
        lambda: delattr(RUBRIC, "text"),
    ],
    ids=["set", "new", "delete"],
)
def test_a_rubric_does_not_change(change: Callable[[], None]) -> None:
    with pytest.raises(AttributeError, match="a rubric does not change"):
        change()


def test_what_a_rubric_gives_away_does_not_change_it() -> None:
    assert isinstance(RUBRIC._inputs, MappingProxyType)
    assert type(RUBRIC._plan.items) is tuple


def test_a_rubric_has_id_title_and_a_short_name_for_programmers() -> None:
    assert (RUBRIC.id, RUBRIC.title) == ("t", "T")
    assert repr(RUBRIC) == f"<Rubric t {RUBRIC.digest[:19]}>"
    assert len(RUBRIC.digest) == len("sha256:") + 64


def test_the_digest_of_a_rubric_is_that_of_its_text() -> None:
    assert Rubric(leaf({"id": "r", "deduct": 1})).to_text() == (
        'govrubric: 1\nid: t\ntitle: "T"\ntotal: 10\nround:\n places: 2\n mode: half_up\n'
        'indicators:\n - id: a\n   title: "A"\n   weight: 10\n   rules:\n    - id: r\n      deduct: 1\n'
    )
    # sha256sum of the text above
    assert (
        Rubric(leaf({"id": "r", "deduct": 1})).digest
        == "sha256:249449293bd227370763bbdc6cf95912e9880399fd19499c643cee8f0b725fef"
    )


def test_rubrics_are_equal_when_they_mean_the_same() -> None:
    same = loads(RUBRIC.to_text().replace("deduct: 0.1", "deduct: 0.10 # a comment"))
    assert same == RUBRIC
    assert hash(same) == hash(RUBRIC)
    assert Rubric(leaf(OFF)) != RUBRIC
    assert RUBRIC != OF


@pytest.mark.parametrize(
    "again",
    [lambda one: pickle.loads(pickle.dumps(one)), copy.copy, copy.deepcopy],
    ids=["pickle", "copy", "deepcopy"],
)
def test_a_rubric_survives_pickling(again: Callable[[Rubric], Rubric]) -> None:
    made = again(RUBRIC)
    assert made == RUBRIC
    assert made.total({"a.off": 3, "b.judged": 2}) == Decimal("7.7")


@pytest.mark.parametrize(("field", "value"), [("unit", 1), ("name", b"x"), ("unit", True)])
def test_a_label_that_is_no_text_is_refused(field: str, value: Any) -> None:
    with pytest.raises(TypeError, match=f"{field} is text, not {type(value).__name__}"):
        RUBRIC.score({"b.judged": 1}, **{field: value})


@pytest.mark.parametrize("field", ["unit", "name"])
@pytest.mark.parametrize(
    ("text", "code"), [("a\x1b[31m", "GR105"), ("\u3164", "GR105"), ("a\ud800", "GR105"), ("a\xa0b", "GR106")]
)
def test_a_label_that_cannot_be_seen_is_refused(field: str, text: str, code: str) -> None:
    labels: dict[str, Any] = {field: text}
    with pytest.raises(TallyError) as refused:
        RUBRIC.score({"b.judged": 1}, **labels)
    assert [(one.code, one.path) for one in refused.value.diagnostics] == [(code, (field,))]


def test_a_label_of_the_callers_class_is_its_characters() -> None:
    class Text(str):
        __slots__ = ()

        def __str__(self) -> str:
            raise RuntimeError

    card = RUBRIC.score({"b.judged": 1}, unit=Text("u1"))
    assert (card.unit, type(card.unit)) == ("u1", str)


@pytest.mark.parametrize("score", [RUBRIC.score, RUBRIC.total], ids=["score", "total"])
@pytest.mark.parametrize(
    ("tally", "codes"),
    [
        ({}, ["GR602"]),
        ({"b.judged": 5}, ["GR607"]),
        ({"b.judged": 1.5}, ["GR606"]),
        ({"b.judged": 1, "a.of": 1}, ["GR601"]),
        ({"b.judged": 1, "b": {"judged": 1}}, ["GR610"]),
        ({"a.off": True}, ["GR603", "GR602"]),
        ([("b.judged", 1)], ["GR613"]),
        (None, ["GR613"]),
    ],
)
def test_a_wrong_tally_is_refused_with_every_finding(
    score: Callable[[Any], object], tally: Any, codes: list[str]
) -> None:
    with pytest.raises(TallyError) as refused:
        score(tally)
    assert [one.code for one in refused.value.diagnostics] == codes
    assert refused.value.language == "zh"


@pytest.mark.parametrize(
    "tally",
    [
        {"a.off": 3, "b.judged": 2},
        {"a": {"off": 3}, "b": {"judged": "2.0"}},
        {"b": {"judged": {"value": Decimal(2), "evidence": ["第3页"]}}, "a.off": {"value": 3, "note": "x"}},
        MappingProxyType({"a.off": 3, "b.judged": 2}),
    ],
    ids=["dotted", "nested", "with evidence", "no dict"],
)
def test_a_tally_may_be_written_in_several_ways(tally: Any) -> None:
    # 6 - 3 × 0.1 = 5.7, and 2 judged.
    assert str(RUBRIC.score(tally).total) == "7.7"
    assert str(RUBRIC.total(tally)) == "7.7"


@pytest.mark.parametrize(
    ("tally", "assumed"),
    [({"b.judged": 2}, ("a.off",)), ({"a.off": 0, "b.judged": 2}, ()), ({"b": {"judged": 2}}, ("a.off",))],
)
def test_what_the_tally_leaves_out_is_said_on_the_card(
    tally: dict[str, Any], assumed: tuple[str, ...]
) -> None:
    assert RUBRIC.score(tally).assumed == assumed


def test_strict_scoring_wants_everything() -> None:
    with pytest.raises(TallyError, match="GR602"):
        RUBRIC.score({"b.judged": 2}, strict=True)
    assert RUBRIC.score({"a.off": 0, "b.judged": 2}, strict=True).assumed == ()


def test_the_unit_and_its_name_stand_on_the_card() -> None:
    card = RUBRIC.score({"b.judged": 2}, unit="330102", name="上城区")
    assert (card.unit, card.name) == ("330102", "上城区")
    assert (RUBRIC.score({"b.judged": 2}).unit, RUBRIC.score({"b.judged": 2}).name) == (None, None)


def test_one_rubric_serves_many_threads() -> None:
    fresh = Rubric(OF)
    with ThreadPoolExecutor(8) as pool:
        totals = list(pool.map(lambda n: str(fresh.total({"a.off": n, "b.judged": 0})), range(60)))
    assert totals[:3] == ["6", "5.9", "5.8"]
    assert totals[-1] == "0.1"


VETO = Rubric(
    leaf(
        OFF,
        {"id": "rated", "choose": {"good": 0, "bad": -1}},
        gates=[{"id": "veto", "when": "off > 2", "score": "none", "grade": "veto"}],
    )
)


@pytest.mark.parametrize(("off", "total", "grade"), [(2, "9.8", "None"), (3, "None", "veto")])
def test_a_score_that_a_gate_takes_away_is_none_on_the_card_and_as_a_total(
    off: int, total: str, grade: str
) -> None:
    tally: dict[str, Any] = {"a.off": off, "a.rated": "good"}
    card = VETO.score(tally)
    assert (str(card.total), str(card.exact_total), str(card.grade)) == (total, total, grade)
    assert str(VETO.total(tally)) == str(VETO.total({"a": {"off": off, "rated": "good"}})) == total


def test_a_rubric_without_any_input_scores() -> None:
    assert str(Rubric(leaf({"id": "f", "formula": "3 * 2"})).total({})) == "6"


def test_a_rule_that_shares_an_input_takes_no_value_of_its_own() -> None:
    sharing = Rubric(leaf(OFF, {**OFF, "id": "more", "input": "a.off"}))
    assert str(sharing.total({"a.off": 2})) == "9.6"
    with pytest.raises(TallyError) as refused:
        sharing.score({"a.more": 2})
    assert [(one.code, dict(one.args)["inside"]) for one in refused.value.diagnostics] == [("GR621", "a.off")]


def test_a_condition_that_is_wrong_refuses_a_rubric_made_in_python() -> None:
    with pytest.raises(RubricError) as refused:
        Rubric(leaf({**OFF, "when": "of > 1"}))
    assert [(one.code, one.path) for one in refused.value.diagnostics] == [
        ("GR504", ("indicators", 0, "rules", 0, "when"))
    ]


# What a tally says of its unit


@pytest.mark.parametrize(
    "tally",
    [
        {"b.judged": 1, "unit": "d01", "name": "一区"},
        {"unit": "d01", "b": {"judged": "1"}, "name": "一区"},
        MappingProxyType({"b.judged": 1, "unit": "d01", "name": "一区"}),
    ],
)
def test_a_tally_may_say_its_unit(tally: Any) -> None:
    """As a file's tallies do; the same as an argument is no contradiction."""
    for card in (
        RUBRIC.score(tally),
        RUBRIC.score(tally, unit="d01", name="一区"),
        RUBRIC.score(tally, strict=False),
    ):
        assert (card.unit, card.name, card.assumed) == ("d01", "一区", ("a.off",))
    assert RUBRIC.total(tally) == RUBRIC.total({"b.judged": 1})


@pytest.mark.parametrize("said", [None, ""])
def test_a_unit_that_says_nothing_is_none(said: Any) -> None:
    assert RUBRIC.score({"b.judged": 1, "unit": said}).unit is None
    assert RUBRIC.score({"b.judged": 1, "unit": said}, unit="d02").unit == "d02"
    assert RUBRIC.score({"b.judged": 1}, unit="").unit is None


@pytest.mark.parametrize("key", ["unit", "name"])
def test_a_tally_of_another_unit_than_the_argument_is_refused(key: str) -> None:
    labels: dict[str, Any] = {key: "d02"}
    with pytest.raises(TallyError) as refused:
        RUBRIC.score({"b.judged": 1, key: "d01"}, **labels)
    (found,) = refused.value.diagnostics
    assert (found.code, found.path, dict(found.args)) == (
        "GR622",
        (key,),
        {"key": key, "said": "d01", "given": "d02"},
    )


@pytest.mark.parametrize(
    ("said", "code", "shown"),
    [
        (3, "GR636", {"key": "unit", "kind": "3"}),
        (["d01"], "GR636", {"key": "unit", "kind": "list"}),
        ({"value": "d01"}, "GR636", {"key": "unit", "kind": "mapping"}),
        ("d01\nd02", "GR105", {"character": "U+000A"}),
        ("d01\td02", "GR105", {"character": "U+0009"}),
        ("d01\x1b", "GR105", {"character": "U+001B"}),
    ],
)
def test_a_unit_that_is_no_line_of_text_is_refused(said: Any, code: str, shown: dict[str, str]) -> None:
    for score in (RUBRIC.score, RUBRIC.total):
        with pytest.raises(TallyError) as refused:
            score({"b.judged": 1, "unit": said})
        assert [(one.code, one.path, dict(one.args)) for one in refused.value.diagnostics] == [
            (code, ("unit",), shown)
        ]


def test_a_unit_is_one_line_and_a_name_need_not_be() -> None:
    with pytest.raises(TallyError) as refused:
        RUBRIC.score({"b.judged": 1}, unit="d01\nd02")
    assert [(one.code, one.path) for one in refused.value.diagnostics] == [("GR105", ("unit",))]
    assert RUBRIC.score({"b.judged": 1}, name="First\nDistrict").name == "First\nDistrict"


def test_a_case_has_no_unit() -> None:
    with pytest.raises(TallyError, match="GR601"):
        RUBRIC._scored({"b.judged": 1, "unit": "d01"}, None, None, strict=False)


def test_the_inputs_are_listed_in_file_order() -> None:
    assert [(name, one.kind, one.unit, one.places) for name, one in RUBRIC._inputs.items()] == [
        ("a.off", "count", "例", 0),
        ("b.judged", "number", None, 2),
    ]
