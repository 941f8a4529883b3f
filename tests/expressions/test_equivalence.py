"""Condition or formula -> meaning: what says the same, and what does not."""

import pytest

from govrubric.expressions.equivalence import meaning
from govrubric.expressions.parser import parse

NAMES = {"late": "a.late", "a.late": "a.late", "kind": "kind"}
ITEMS = {"x": "a.x", "a.x": "a.x"}


def said(text: str) -> object:
    return meaning(parse(text), lambda name: NAMES.get(name, name), lambda name: ITEMS.get(name, name))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("late > 0", "late>0"),
        ("late > 0", "a . late > 0"),
        ("(late) > 0.50", "late > 0.5"),
        ("kind == 'A'", 'kind == "A"'),
        ("kind in ('A', 'B')", "kind in ['A', 'B']"),
        ("lost(x) == 0", "lost( a.x ) == 0"),
        ("kind in {'A', 'B'}", "kind in ['A', 'B']"),
        ("not true", "not (true)"),
        ("late + (1 - 2) > 0", "late + 1 - 2 > 0"),
        ("late - (1 - 2) > 0", "late - 1 + 2 > 0"),
        ("late * (3 / 2) > 0", "(late * 3) / 2 > 0"),
        ("late / (3 * 2) > 0", "late / 3 / 2 > 0"),
        ("+late > 0", "late > 0"),
        ("late > 0 and (late > 1 and late > 2)", "(late > 0 and late > 1) and late > 2"),
        ("late > 0 or (late > 1 or late > 2)", "late > 0 or late > 1 or late > 2"),
    ],
)
def test_what_differs_in_form_alone_means_the_same(one: str, other: str) -> None:
    assert said(one) == said(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("late > 0", "late >= 0"),
        ("late > 123456789012.123456", "late > 123456789012.123457"),
        ("late > 0 and kind == 'A'", "late > 0 or kind == 'A'"),
        ("kind == 'A'", "kind == 'B'"),
        ("kind == '1'", "late == 1"),
        ("kind == 'a.late'", "kind == late"),
        ("lost(x) == 0", "score(x) == 0"),
        ("lost(x) == 0", "lost(y) == 0"),
        ("late + 1 > 2", "late - 1 > 2"),
        ("1 - late > 0", "late - 1 > 0"),
        ("min(late, 1) > 0", "max(late, 1) > 0"),
        ("late > 0", "not late > 0"),
        ("1 if kind == 'A' else 2", "2 if kind == 'A' else 1"),
        ("true", "True"),
        ("late - (1 + 2) > 0", "late - 1 + 2 > 0"),
        ("late / (3 / 2) > 0", "late / 3 / 2 > 0"),
        ("late * (1 + 2) > 0", "late * 1 + 2 > 0"),
        ("-late > 0", "late > 0"),
        ("late > 0 and (late > 1 or late > 2)", "(late > 0 and late > 1) or late > 2"),
        ("max(late, 0 - 1) > 0", "max(late - 1, 0) > 0"),
        ("kind in ('A', 'B')", "kind not in ('A', 'B')"),
    ],
)
def test_what_says_something_else_does_not(one: str, other: str) -> None:
    assert said(one) != said(other)


def test_a_sum_of_very_many_terms_has_a_meaning() -> None:
    """A sum may have as many terms as a text may have parts, and brackets around each pair of them."""
    terms = " + ".join(["1"] * 99)
    assert said(f"{terms} > 0") == ("Compare", ("sum", *["1"] * 99), ("Gt",), "0")


def test_a_meaning_is_made_of_texts() -> None:
    """A digest can be made of it, which is the same in every process."""
    assert said("min(late, 0.50) > 1 and kind == 'A'") == (
        "And",
        ("Compare", ("min", "a.late", "0.5"), ("Gt",), "1"),
        ("Compare", "kind", ("Eq",), ("text", "A")),
    )
