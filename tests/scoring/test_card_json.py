"""Record <-> plain data <-> JSON text: the written form of a card, its seals, and where two differ."""

from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest

from govrubric.scoring import card_json
from samples import RICH_TALLY, rich, richly_written


def test_a_void_card_has_no_total() -> None:
    data = richly_written(served=False)
    assert (data["total"], data["exact_total"], data["grade"]) == (None, None, "Closed")
    assert [data["items"][0][key] for key in ("base", "score", "lost", "contribution")] == [
        "69",
        None,
        None,
        None,
    ]


def test_a_group_says_how_its_parts_are_combined_and_a_leaf_does_not() -> None:
    items = richly_written()["items"]
    assert items[5]["combining"] == {"how": "mean", "lowest": 1, "highest": 0}
    assert (items[6]["combining"], items[6]["gates"]) == (None, [])


def test_a_gate_is_written_with_its_condition_and_what_it_did() -> None:
    assert richly_written()["items"][0]["gates"] == [
        {
            "path": "closed",
            "title": None,
            "when": "not served",
            "clause": "An office that is closed has no score.",
            "sentence": "no score, grade Closed",
            "voids": True,
            "held": False,
            "effect": "0",
        },
        {
            "path": "capped",
            "title": None,
            "when": "desk.calls.missed > 5",
            "clause": None,
            "sentence": "at most 60, grade at most Fair",
            "voids": False,
            "held": True,
            "effect": "-9",
        },
    ]


def test_a_rule_is_written_with_its_condition_and_whether_it_counted() -> None:
    assert richly_written(served=False)["items"][4]["rules"] == [
        {
            "path": "desk.visits.held",
            "title": None,
            "verb": "award",
            "clause": None,
            "when": "served",
            "inputs": ["desk.visits.held"],
            "sentence": "given 4, not counted",
            "raw": "0",
            "applied": "0",
            "absorbed": "0",
            "balance": "0",
            "counted": False,
        }
    ]


@pytest.mark.parametrize(
    ("index", "expected"),
    [
        (2, (False, None, None, True, True, "18")),
        (3, (False, "rescale", None, False, True, "0")),
        (4, (False, None, "class == 'A'", True, False, "0")),
        (9, (True, None, None, True, True, "2")),
    ],
)
def test_an_item_is_written_with_what_makes_it_count(index: int, expected: tuple[object, ...]) -> None:
    finding = richly_written()["items"][index]
    assert (
        tuple(
            finding[key]
            for key in ("extra", "not_applicable", "counts_when", "applies", "counts", "contribution")
        )
        == expected
    )


@pytest.mark.parametrize(
    ("index", "kind", "value"),
    [(0, "flag", True), (1, "choice", "B"), (2, "count", "6"), (6, "number", "40")],
)
def test_an_input_is_written_by_its_kind(index: int, kind: str, value: object) -> None:
    given = richly_written()["inputs"][index]
    assert (given["kind"], given["value"]) == (kind, value)


@pytest.mark.parametrize(
    ("root", "exact"),
    [
        (
            {"score": Decimal(6), "rounding": Decimal("-0.5"), "weight": Decimal(10), "out_of": Decimal(10)},
            Decimal("6.5"),
        ),
        (
            {"score": Decimal(60), "rounding": Decimal("0.5"), "weight": Decimal(10), "out_of": Decimal(100)},
            Decimal("5.95"),
        ),
        (
            {"score": Decimal(1), "rounding": Decimal(0), "weight": Decimal(1), "out_of": Decimal(3)},
            Fraction(1, 3),
        ),
        ({"score": None}, None),
    ],
)
def test_the_exact_total_is_what_was_rounded_on_the_scale_of_the_whole(
    root: dict[str, Any], exact: object
) -> None:
    whole = rich().score(RICH_TALLY).items[""]._replace(**root)
    assert card_json.exact_total(whole) == exact


def test_characters_that_nobody_sees_are_written_as_escapes() -> None:
    assert card_json.dumps({"a": "分\u200b"}) == '{\n "a": "分\\u200b"\n}\n'


def test_a_seal_is_the_hash_of_the_shortest_json() -> None:
    # printf '{"a":[],"b":"分"}' | sha256sum
    assert (
        card_json.seal({"b": "分", "a": []})
        == "sha256:6b4acc0337fc53e0e004887feeb70abdbcae1309de9887daaa959ae9aa643554"
    )


def test_text_that_is_no_unicode_can_be_sealed() -> None:
    assert card_json.seal("\ud800") != card_json.seal("\ud801")


@pytest.mark.parametrize(
    ("stated", "computed", "expected"),
    [
        ({"a": 1}, {"a": 2}, [(("a",), "1", "2")]),
        ({"a": 1, "b": 2}, {"a": 1}, [(("b",), "2", "–")]),
        ({}, {"a": [1]}, [(("a",), "–", "[1]")]),
        ({"a": None}, {}, [(("a",), "null", "–")]),
        ([1, [2, 3]], [1, [2, 4]], [((1, 1), "3", "4")]),
        ([1], [1, 2], [((), "[1]", "[1, 2]")]),
        ({"a": True}, {"a": 1}, [(("a",), "true", "1")]),
        ({"a": "x" * 90}, {"a": None}, [(("a",), '"' + "x" * 38 + "…", "null")]),
        (
            {"rows": [{"path": "x.y", "n": 1}]},
            {"rows": [{"path": "x.y", "n": 2}]},
            [(("x.y", "n"), "1", "2")],
        ),
        ([{"name": "x", "n": 1}], [{"name": "x", "n": 2}], [(("x", "n"), "1", "2")]),
        ([{"name": "x", "n": 1}], [{"name": "y", "n": 1}], [((0, "name"), '"x"', '"y"')]),
        ({"a": [1, {"b": "c"}]}, {"a": [1, {"b": "c"}]}, []),
        ({"a": {"b": 1}}, {"a": "b"}, [(("a",), '{"b": 1}', '"b"')]),
        ({"a": None}, {"a": {"b": 1}}, [(("a",), "null", '{"b": 1}')]),
        (
            [{"path": "x"}, 1],
            [2, {"path": "x"}],
            [((0,), '{"path": "x"}', "2"), ((1,), "1", '{"path": "x"}')],
        ),
        ({"a": "分"}, {"a": "件"}, [(("a",), '"分"', '"件"')]),
    ],
)
def test_differences_are_shown_by_their_place(
    stated: object, computed: object, expected: list[tuple[Any, ...]]
) -> None:
    assert card_json.differences(stated, computed) == expected
