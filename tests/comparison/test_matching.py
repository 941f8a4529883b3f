"""Who is who in two rubrics: by path, by `was`, and never by likeness."""

from govrubric import Rubric, loads
from govrubric.comparison.matching import Remark, match

HEAD = (
    "{govrubric: 1, id: t, title: T, total: 10, round: {places: 2, mode: half_up}, "
    "facts: {deaths: count}, indicators: ["
)
RULE = "{id: r, deduct: 1}"


def rubric(*indicators: str) -> Rubric:
    return loads(HEAD + ", ".join(indicators) + "]}")


def leaf(id: str, *rules: str, weight: int = 10, **more: str) -> str:  # noqa: A002 - the language calls it so
    said = "".join(f", {key}: {value}" for key, value in more.items())
    return f"{{id: {id}, title: T, weight: {weight}{said}, rules: [{', '.join(rules or (RULE,))}]}}"


def group(id: str, *items: str, **more: str) -> str:  # noqa: A002 - the language calls it so
    said = "".join(f", {key}: {value}" for key, value in more.items())
    return f"{{id: {id}, title: T, weight: 10{said}, items: [{', '.join(items)}]}}"


def test_the_same_path_is_the_same() -> None:
    found = match(rubric(group("a", leaf("x"))), rubric(group("a", leaf("x"))))
    assert found.items == {"": "", "a": "a", "a.x": "a.x"}
    assert found.rules == {"a.x.r": "a.x.r"}
    assert found.inputs == {"deaths": "deaths", "a.x.r": "a.x.r"}
    assert found.remarks == ()


def test_parts_of_a_renamed_item_are_looked_for_under_its_old_path() -> None:
    found = match(rubric(group("a", leaf("x"))), rubric(group("b", leaf("x"), was="a")))
    assert found.items == {"": "", "b": "a", "b.x": "a.x"}
    assert found.rules == {"b.x.r": "a.x.r"}
    assert found.inputs == {"deaths": "deaths", "a.x.r": "b.x.r"}


def test_nothing_is_taken_for_the_same_because_it_looks_alike() -> None:
    found = match(rubric(group("a", leaf("x"))), rubric(group("b", leaf("x"))))
    assert (found.items, found.rules, found.inputs) == ({"": ""}, {}, {"deaths": "deaths"})


def test_an_item_moves_with_was() -> None:
    found = match(rubric(group("a", leaf("x"))), rubric(leaf("y", was="a.x")))
    assert (found.items, found.rules) == ({"": "", "y": "a.x"}, {"y.r": "a.x.r"})


def test_a_rule_moves_with_was_and_takes_its_levels_along() -> None:
    levels = "award: {city: 1, state: 2}, per: piece"
    older = rubric(leaf("a", f"{{id: r, {levels}}}", weight=5), leaf("b", "{id: s, award: 1}", weight=5))
    newer = rubric(
        leaf("a", "{id: other, award: 1}", weight=5), leaf("b", f"{{id: q, was: a.r, {levels}}}", weight=5)
    )
    found = match(older, newer)
    assert found.rules == {"b.q": "a.r"}
    assert found.inputs == {"deaths": "deaths", "a.r.city": "b.q.city", "a.r.state": "b.q.state"}


def test_was_wins_over_the_path() -> None:
    """What says that it was `a` is `a`, and what is now called so is new."""
    older = rubric(leaf("a", weight=5), leaf("b", weight=5))
    found = match(older, rubric(leaf("a", weight=5), leaf("b", weight=5, was="a")))
    assert found.items == {"": "", "b": "a"}


def test_two_change_places() -> None:
    older = rubric(leaf("a", weight=5), leaf("b", weight=5))
    assert match(older, rubric(leaf("a", weight=5, was="b"), leaf("b", weight=5, was="a"))).items == {
        "": "",
        "a": "b",
        "b": "a",
    }


def test_a_was_that_names_nothing_is_said_and_the_path_holds() -> None:
    found = match(rubric(leaf("a")), rubric(leaf("a", "{id: r, was: a.gone, deduct: 1}", was="gone")))
    assert found.remarks == (Remark("nothing", "a", "gone"), Remark("nothing", "a.r", "a.gone"))
    assert (found.items, found.rules) == ({"": "", "a": "a"}, {"a.r": "a.r"})


def test_an_item_was_no_rule() -> None:
    assert match(rubric(leaf("a")), rubric(leaf("a", was="a.r"))).remarks == (Remark("nothing", "a", "a.r"),)


def test_a_was_said_by_two_is_said_and_followed_by_neither() -> None:
    found = match(rubric(leaf("a")), rubric(leaf("a", weight=5, was="a"), leaf("b", weight=5, was="a")))
    assert found.remarks == (Remark("twice", "a", "a"), Remark("twice", "b", "a"))
    assert found.items == {"": ""}


def test_flags_of_items_go_along() -> None:
    older = rubric(leaf("a", weight=5, not_applicable="zero"), leaf("b", weight=5))
    newer = rubric(
        leaf("c", weight=5, not_applicable="full", was="a"), leaf("b", weight=5, not_applicable="zero")
    )
    assert match(older, newer).inputs == {
        "deaths": "deaths",
        "a.not_applicable": "c.not_applicable",
        "a.r": "c.r",
        "b.r": "b.r",
    }


def test_a_shared_input_is_not_taken_for_one_whose_name_begins_like_the_rule() -> None:
    shared = "{id: r, deduct: 1, per: case, input: deaths}"
    found = match(
        rubric(leaf("a", "{id: rdeaths, deduct: 1, per: case}", "{id: r, deduct: 1}")),
        rubric(leaf("a", shared)),
    )
    assert found.inputs == {"deaths": "deaths"}


def test_a_rule_that_reads_a_shared_input_has_none_of_its_own_to_go_over() -> None:
    counted, shared = "{id: r, deduct: 1, per: case}", "{id: r, deduct: 1, per: case, input: deaths}"
    assert match(rubric(leaf("a", counted)), rubric(leaf("a", shared))).inputs == {"deaths": "deaths"}
    assert match(rubric(leaf("a", shared)), rubric(leaf("a", counted))).inputs == {"deaths": "deaths"}
