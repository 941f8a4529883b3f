"""What all cards of a rubric share, and whole numbers -> a card's rows."""

from decimal import Decimal
from fractions import Fraction

import pytest

from govrubric import layout, loads
from govrubric.layout import Layout, exact_of, kept_lines, shown_lines
from samples import SMALL, small


def test_a_card_keeps_what_the_rest_follows_from_and_no_constants() -> None:
    assert kept_lines(small().plan) == (
        ":contribution",
        ":score",
        "work.late:raw",
        "work.late:after",
        "work.papers.missing:raw",
        "work.papers.missing:after",
        "work.papers.absent:raw",
        "work.papers.absent:after",
        "work.index.gap:raw",
        "work.index.gap:after",
        "bonus.used:raw",
        "bonus.used:after",
        "bonus.judged:after",
    )


def test_a_card_shows_every_line_item_by_item() -> None:
    lines = shown_lines(small().plan)
    assert lines[:5] == (":base", ":rounding", ":score", ":lost", ":contribution")
    assert lines[5:14] == (
        "work:base",
        "work:rounding",
        "work:score",
        "work:lost",
        "work:contribution",
        "work.late:raw",
        "work.late:applied",
        "work.late:absorbed",
        "work.late:after",
    )
    assert len(lines) == 5 * 5 + 6 * 4


@pytest.mark.parametrize(("value", "kind"), [(Fraction(1, 2), Decimal), (Fraction(1, 3), Fraction), (Fraction(7), Decimal)])
def test_a_number_is_a_decimal_where_its_digits_end(value: Fraction, kind: type) -> None:
    assert (exact_of(value), type(exact_of(value))) == (value, kind)


def test_numbers_are_remembered_and_forgotten_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(layout, "REMEMBERED", 2)
    exact = layout._Exact(10)
    assert [exact[value] for value in (1, 2, 3)] == [Decimal("0.1"), Decimal("0.2"), Decimal("0.3")]
    assert (exact[4], dict(exact)) == (Decimal("0.4"), {4: Decimal("0.4")})


def test_lines_over_one_denominator_share_their_numbers() -> None:
    made = Layout(small().text, small().plan, "sha256:0")
    assert {den: exact.den for den, exact in made.exact.items()} == {den: den for den in (1, 10, 7, 70, 100, 700)}
    assert made.total is made.exact[10]


def test_the_header_names_the_rubric_and_the_unit() -> None:
    made = Layout(small().text, small().plan, "sha256:0").header("u1", None, ())
    assert made[1:] == ("small", "Small form", "en", "sha256:0", Decimal(10), "u1", None, None)


def test_bounds_that_are_none_stay_none() -> None:
    free = loads(SMALL.replace("  - id: bonus\n", "  - id: bonus\n    ceiling: none\n    floor: none\n"))
    row = free.score({"bonus.judged": 1, "bonus.used.city": 9}).items["bonus"]
    assert (row.floor, row.ceiling, row.score, row.lost) == (None, None, Decimal(10), Decimal(-7))


def test_a_record_says_what_was_given_and_what_was_assumed() -> None:
    record = small().score({"work.late": True, "bonus.judged": Decimal("0.5"), "bonus.used": {"city": 2}}).record
    assert [(given.value, given.assumed) for given in record.inputs] == [
        (True, False),
        (0, True),
        (False, True),
        (0, True),
        (2, False),
        (0, True),
        (Decimal("0.5"), False),
    ]
    assert [item.path for item in record.items] == ["", "work", "work.papers", "work.index", "bonus"]
