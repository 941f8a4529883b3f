"""Each clause with the rules that it is judged by."""

from fractions import Fraction
from typing import Any

from govrubric.language.rubric_text import RubricText
from govrubric.lint.clauses.quotes import Quote, Register, _Search, placed_rules, quotes
from govrubric.lint.structure import lint
from making import item, leaf, text


def judged(of: RubricText) -> list[tuple[str, list[str], list[str], list[str]]]:
    """Each clause: the path that quotes it, its own effects, the rules compared with it, and its bearers."""
    plan, _ = lint(of)
    return [
        (quote.path, effects(quote), [by.path for by in quote.rules], [by.path for by in quote.bearers])
        for quote in quotes(of, plan)
    ]


def effects(quote: Quote) -> list[str]:
    return [quote.words(statement) for statement in quote.effects]


def rule(name: str, clause: str | None, **fields: Any) -> dict[str, Any]:
    return {"id": name, "deduct": 1, **({"clause": clause} if clause else {}), **fields}


def test_a_rule_knows_its_item_its_place_and_its_range() -> None:
    of = text(
        item(
            "g",
            10,
            items=[
                item(
                    "a",
                    10,
                    rules=[{"id": "c", "choose": {"A": 3, "B": -2}}, {"id": "f", "forfeit": "all"}],
                    start=5,
                )
            ],
        )
    )
    plan, _ = lint(of)
    first, second = placed_rules(of, plan)
    assert (first.path, first.item.path, first.low, first.high) == ("g.a.c", "g.a", Fraction(-2), Fraction(3))
    assert first.at == ("indicators", 0, "items", 0, "rules", 0)
    assert (first.verb, first.amounts, first.unreadable) == (
        (*first.at, "choose"),
        (Fraction(3), Fraction(2)),
        False,
    )
    assert (second.amounts, second.unreadable) == ((), False)


def test_rules_that_quote_the_same_words_are_judged_together() -> None:
    of = text(
        item("a", 5, rules=[rule("x", "每件扣１分。")]),
        item("b", 5, rules=[rule("y", "每件扣1分"), rule("z", "扣1分")]),
    )
    assert judged(of) == [
        ("a.x", ["每件扣１分"], ["a.x", "b.y"], ["a.x", "b.y", "b.z"]),
        ("b.z", ["扣1分"], ["b.z"], ["b.z"]),
    ]


def test_a_sentence_that_a_neighbour_quotes_is_judged_there() -> None:
    of = leaf(rule("x", "迟报的扣2分；拒报的扣3分"), rule("y", "拒报的扣3分"))
    assert judged(of)[0] == ("a.x", ["扣2分"], ["a.x"], ["a.x", "a.y"])


def test_a_rule_that_quotes_nothing_is_judged_by_the_clause_of_its_item() -> None:
    of = leaf(rule("x", None), rule("y", "拒报的扣3分"), clause="迟报的扣2分；拒报的扣3分")
    assert judged(of) == [("a.y", ["扣3分"], ["a.y"], ["a.y"]), ("a", ["扣2分"], ["a.x"], ["a.x", "a.y"])]


def test_the_clause_of_a_group_may_speak_of_every_rule_below_it() -> None:
    of = text(
        item(
            "g",
            10,
            clause="迟报的扣2分",
            items=[item("a", 10, rules=[rule("x", None)])],
            rules=[rule("y", "扣1分")],
        )
    )
    assert judged(of) == [("g.y", ["扣1分"], ["g.y"], ["g.y"]), ("g", ["扣2分"], [], ["g.y", "g.a.x"])]


def test_words_that_a_rule_quotes_are_not_judged_again_where_its_item_does() -> None:
    assert [path for path, *_ in judged(leaf(rule("x", "迟报的扣2分。"), clause="迟报的扣2分"))] == ["a.x"]


def test_the_place_of_a_statement_is_that_of_its_clause() -> None:
    of = leaf(rule("x", "迟报的扣2分"))
    (quote,) = quotes(of, lint(of)[0])
    assert quote.see(quote.effects[0]) == (("indicators", 0, "rules", 0, "clause"), 3, 6)


def test_an_entry_accepts_what_its_decision_names_at_a_path_or_within_it() -> None:
    entry = {"id": "e", "at": "a.x", "question": "?", "decision": "扣0.2分"}
    of = text(item("a", 10, rules=[rule("x", None)]), ambiguities=[entry])
    fifth = Fraction(1, 5)
    register = Register(of)
    assert register.at("a.x").accept(fifth)
    assert register.at("b", "a.x").accept(("加", "扣"))
    assert register.within("a").accept(fifth)
    assert register.within("a.x").accept(fifth)
    assert not register.at("a").accept(fifth)
    assert not register.within("b").accept(fifth)
    assert not register.at("a.x").accept(Fraction(2))
    assert not register.at("a.x").accept(("加",))


def test_a_search_ends_after_so_many_characters() -> None:
    search = _Search()
    assert search.has("甲乙", "乙")
    assert search.has("甲", "甲")
    assert not search.has("甲", "甲乙")
    search.left = 3
    assert not search.has("甲乙丙", "甲")
    assert search.has("甲", "甲")


def test_of_amounts_of_one_rule_the_first_has_the_place() -> None:
    of = text(item("a", 10, rules=[{"id": "x", "deduct": {"own": 1, "other": 1, "more": 2}, "per": "例"}]))
    (placed,) = placed_rules(of, lint(of)[0])
    assert [place[-1] for place in placed.places.values()] == ["own", "more"]
