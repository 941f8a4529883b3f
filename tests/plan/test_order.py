"""The order in which items are planned, and the circles among them."""

from typing import Any

import pytest

from govrubric.language.rubric_text import RubricText
from govrubric.plan import order
from govrubric.plan.names import (
    Names,
)
from govrubric.plan.order import ItemOrder, item_order
from making import item, text

OFF = {"id": "off", "deduct": 1, "per": "例"}


def part(id: str = "a", weight: int = 10, **fields: Any) -> dict[str, Any]:  # noqa: A002 - the key's name
    return item(id, weight, **{"rules": [OFF], **fields})


def group(id: str, *parts: dict[str, Any], **fields: Any) -> dict[str, Any]:  # noqa: A002 - the key's name
    return item(id, 10, items=list(parts), **fields)


def ordered(of: RubricText) -> ItemOrder:
    return item_order(Names.of(of))


def test_parts_stand_before_their_group_in_file_order() -> None:
    of = text(group("g", part("b"), part("a")), part("c"))
    assert ordered(of) == (["g.b", "g.a", "g", "c", ""], {})


@pytest.mark.parametrize(
    "fields",
    [
        {"counts_when": "score(b) > 0"},
        {"rules": [{**OFF, "when": "lost(b) > 0"}]},
        {"rules": [{"id": "f", "formula": "score(b)"}]},
        {"gates": [{"id": "v", "when": "reached(b) < 0.5", "score": 0}]},
        {"gates": [{"id": "v", "when": "1 > 0", "score": 0}, {"id": "w", "when": "applies(b)", "score": 0}]},
        {"counts_when": "score((b)) > 0"},
        {"counts_when": "score(b,) > 0"},
        {"counts_when": "(score)(b) > 0"},
        {"rules": [{"id": "f", "formula": "max(1, lost(((b))))"}]},
    ],
)
def test_who_asks_stands_behind_whom_it_asks_for(fields: dict[str, Any]) -> None:
    assert ordered(text(part("a", 5, **fields), part("b", 5))) == (["b", "a", ""], {})


@pytest.mark.parametrize("said", ["score(b) > 3分", "score(b, b) > 0", "x.score(b) > 0", "score(b) > 0 and"])
def test_a_text_that_is_wrong_changes_no_order(said: str) -> None:
    of = text(part("a", 5, counts_when=said), part("b", 5, counts_when="score(a) > 0"))
    assert ordered(of) == (["a", "b", ""], {})


def test_a_circle_is_found_whatever_brackets_stand_around_a_name() -> None:
    of = text(part("a", 5, counts_when="score((b)) > 0"), part("b", 5, counts_when="lost( ((a)), ) > 0"))
    assert ordered(of) == (["a", "b", ""], {("a", "b"): ["a", "b", "a"]})


def test_a_long_chain_of_requests_is_ordered_without_recursion() -> None:
    of = text(
        *(part(f"a{n}", 1, counts_when=f"score((a{n + 1})) > 0") for n in range(3000)), part("a3000", 1)
    )
    assert ordered(of) == ([f"a{n}" for n in range(3000, -1, -1)] + [""], {})


def test_two_items_that_ask_for_each_other_make_a_circle() -> None:
    of = text(part("a", 5, counts_when="score(b) > 0"), part("b", 5, counts_when="score(a) > 0"))
    assert ordered(of) == (["a", "b", ""], {("a", "b"): ["a", "b", "a"]})


def test_an_item_that_asks_for_itself_makes_a_circle() -> None:
    assert ordered(text(part("a", counts_when="score(a) > 0"))) == (["a", ""], {("a", "a"): ["a", "a"]})


def test_a_part_that_asks_for_its_group_makes_a_circle() -> None:
    of = text(group("g", part("a", counts_when="score(g) > 0")))
    assert ordered(of) == (["g.a", "g", ""], {("g.a", "g"): ["g", "g.a", "g"]})


def test_a_circle_over_three_is_told_as_a_whole() -> None:
    asks = {"a": "b", "b": "c", "c": "a"}
    of = text(*(part(one, counts_when=f"score({other}) > 0") for one, other in asks.items()))
    assert ordered(of).circles == {("a", "b"): ["a", "b", "c", "a"]}


def test_a_request_within_the_parts_of_a_group_closes_its_circle() -> None:
    # g waits for its part a, a for b, and b for g.
    of = text(group("g", part("a", counts_when="score(b) > 0")), part("b", counts_when="score(g) > 0"))
    paths, circles = ordered(of)
    assert circles == {("g.a", "b"): ["g", "g.a", "b", "g"]}
    assert paths == ["g.a", "g", "b", ""]


def test_every_circle_is_found_though_they_share_an_item() -> None:
    of = text(
        part("a", counts_when="score(b) > 0 and score(c) > 0"),
        part("b", counts_when="score(a) > 0"),
        part("c", counts_when="score(a) > 0"),
    )
    assert ordered(of)[1] == {("a", "b"): ["a", "b", "a"], ("a", "c"): ["a", "c", "a"]}


def test_behind_many_rounds_circles_are_broken_where_they_close_and_sound_requests_stay() -> None:
    asks = {"a": " + ".join(f"score(b{n})" for n in range(25)) + " > 0", "c": "score(a) > 0"}
    asks |= {f"b{n}": "score(c) > 0" for n in range(25)} | {"x": "score(y) > 0"}
    found = ordered(text(*(part(one, 1, counts_when=said) for one, said in asks.items()), part("y", 1)))
    broken = {("a", f"b{n}"): ["a", f"b{n}", "c", "a"] for n in range(20)}
    assert found.circles == broken | {("c", "a"): ["a", "b20", "c", "a"]}
    assert found.paths[-3:] == ["y", "x", ""]


def test_behind_all_rounds_nobody_asks_for_anything(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(order, "ROUNDS", 0)
    of = text(
        part("a", 5, counts_when="score(b) > 0"),
        part("b", 5, counts_when="score(a) > 0"),
        part("c", counts_when="score(d) > 0"),
        part("d"),
    )
    assert ordered(of) == (["a", "b", "c", "d", ""], {})


def test_a_request_for_a_part_of_ones_own_is_no_circle() -> None:
    of = text(group("g", part("a"), gates=[{"id": "v", "when": "score(a) > 0", "score": 0}]))
    assert ordered(of) == (["g.a", "g", ""], {})


def test_a_circle_behind_another_is_found_in_a_further_round() -> None:
    asks = {"a": "score(b) > score(d)", "b": "score(c) > 0", "c": "score(a) > 0", "d": "score(c) > 0"}
    of = text(*(part(one, counts_when=said) for one, said in asks.items()))
    assert ordered(of).circles == {("a", "b"): ["a", "b", "c", "a"], ("a", "d"): ["a", "d", "c", "a"]}


@pytest.mark.parametrize(
    ("home", "needs"),
    [("g", True), ("g.p", True), ("g.q", False), ("h", False), ("k.r", True)],  # g.p and k may be exempt
)
def test_a_value_stands_behind_what_decides_whether_its_item_applies(home: str, needs: bool) -> None:
    def valued(path: str) -> dict[str, Any]:
        return {"values": {"v": {"formula": "2"}}} if path == home else {}

    exempt = {"not_applicable": {"when": "w", "then": "full"}}
    of = text(
        part("a", 5, rules=[{**OFF, "when": f"{home}.values.v > 1"}]),
        item("g", 5, items=[part("p", 2, **exempt, **valued("g.p")), part("q", 3, **valued("g.q"))], **valued("g")),
        part("h", 5, **valued("h")),
        item("k", 5, items=[part("r", 5, **valued("k.r"))], **exempt),
        facts={"deaths": "count"},
        values={"w": {"formula": "deaths > 0"}},
    )  # fmt: skip
    paths, circles = ordered(of)
    assert circles == {}
    assert (paths.index("values.w") < paths.index(f"{home}.values.v")) is needs
