"""What a field accepts, and the code of the finding when it does not."""

import ast
import copy
import datetime
import pickle
import re
from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from pydantic import TypeAdapter, ValidationError
from pydantic_core import PydanticCustomError

import govrubric
from govrubric.comparison.compare import compare
from govrubric.diagnostics.catalogue import CATALOGUE
from govrubric.document.nodes import Plain
from govrubric.language import fields
from govrubric.language.fields import Model, Table

ID: Callable[[object], str] = TypeAdapter[str](fields.Id).validate_python
RUBRIC_ID: Callable[[object], str] = TypeAdapter[str](fields.RubricId).validate_python
START: Callable[[object], Any] = TypeAdapter[Any](fields.Start).validate_python
BOUND: Callable[[object], Any] = TypeAdapter[Any](fields.NumberOrNone).validate_python


def refusal(check: Callable[[object], object], value: object) -> tuple[str, dict[str, Any]]:
    """Code and arguments with which a check refuses a value."""
    with pytest.raises((PydanticCustomError, ValidationError)) as refused:
        check(value)
    if isinstance(refused.value, ValidationError):
        (error,) = refused.value.errors()
        return error["type"], error.get("ctx", {})
    assert isinstance(refused.value, PydanticCustomError)
    return refused.value.type, dict(refused.value.context or {})


@pytest.mark.parametrize(
    ("value", "code", "args"),
    [
        ((), "GR206", {"kind": "list"}),
        ([1], "GR206", {"kind": "list"}),
        ({}, "GR206", {"kind": "mapping"}),
        (5, "GR206", {"kind": "5"}),
        (None, "GR206", {"kind": "none"}),
        ("", "GR213", {}),
        (" \u3000\n", "GR213", {}),
        ("a\x1bb", "GR105", {"character": "U+001B"}),
        ("a\u200bb", "GR105", {"character": "U+200B"}),
        ("a\xa0b", "GR106", {"character": "U+00A0"}),
    ],
)
def test_what_is_no_text_is_refused(value: object, code: str, args: dict[str, str]) -> None:
    assert refusal(fields.is_text, value) == (code, args)


@pytest.mark.parametrize("text", ["x", Plain("2023"), "指标\u3000一", "two\nlines\tand a tab", " padded "])
def test_text_is_taken_as_it_is(text: str) -> None:
    taken = fields.is_text(text)
    assert taken == text
    assert type(taken) is str


@pytest.mark.parametrize(
    ("value", "near"),
    [
        ("Basics", "basics"),
        ("1st", ""),
        ("公开", ""),
        ("a.b", "a_b"),
        ("a-b", "a_b"),
        (" a", "a"),
        ("a\n", "a"),
        ("_a", "a"),
        ("", None),
        ("Annual Report!", "annual_report"),
    ],
)
def test_what_is_no_id_is_refused_with_one_that_looks_like_it(value: str, near: str | None) -> None:
    code, args = refusal(ID, value)
    assert (code, args.get("near")) == ("GR213" if near is None else "GR211", near)


@pytest.mark.parametrize("value", ["a", "z9", "a_b", "a__", "if", "i0"])
def test_an_id_is_a_small_letter_and_more(value: str) -> None:
    assert ID(value) == value


def test_only_the_id_of_a_rubric_may_have_a_hyphen() -> None:
    assert RUBRIC_ID("district-2023") == "district-2023"
    assert refusal(RUBRIC_ID, "-a")[0] == "GR211"
    assert refusal(RUBRIC_ID, "a.b")[0] == "GR211"


@pytest.mark.parametrize(
    ("value", "code", "args"),
    [
        ("5", "GR208", {"value": "5"}),
        ("x", "GR208", {"value": "x"}),
        ({"a": 1}, "GR223", {"kind": "mapping"}),
        ((1,), "GR223", {"kind": "list"}),
        ([1], "GR223", {"kind": "list"}),
        (Plain("x"), "GR207", {"value": "x"}),
        (Plain(".5"), "GR207", {"value": ".5"}),
        (Plain("1/0"), "GR207", {"value": "1/0"}),
        (Plain("1" * 13), "GR220", {"value": "1" * 13}),
        (Plain("0." + "1" * 200), "GR220", {"value": "0." + "1" * 77 + "…"}),
        (10**12, "GR220", {"value": "1000000000000"}),
        (True, "GR207", {"value": "true"}),
        (None, "GR207", {"value": "none"}),
        (Decimal("nan"), "GR207", {"value": "Decimal"}),
        (0.1, "GR207", {"value": "0.1 (float)"}),
    ],
    ids=repr,
)
def test_what_is_no_number_is_refused(value: object, code: str, args: dict[str, str]) -> None:
    assert refusal(fields.is_number, value) == (code, args)


@pytest.mark.parametrize(
    ("value", "number"),
    [
        (Plain("0.1"), "1/10"),
        (Plain("-1/3"), "-1/3"),
        (7, "7"),
        (Decimal("2.50"), "5/2"),
        (Fraction(2, 3), "2/3"),
    ],
)
def test_a_number_is_read_exactly(value: object, number: str) -> None:
    assert fields.is_number(value) == Fraction(number)


def test_a_number_too_large_to_print_is_refused_at_once() -> None:
    assert refusal(fields.is_number, 10**5000)[0] == "GR220"


@pytest.mark.parametrize(
    "code",
    [
        "GR105",
        "GR106",
        "GR206",
        "GR207",
        "GR208",
        "GR210",
        "GR211",
        "GR212",
        "GR213",
        "GR214",
        "GR218",
        "GR220",
        "GR221",
        "GR222",
    ],
)
def test_every_code_of_a_field_has_its_words(code: str) -> None:
    assert code in CATALOGUE


@pytest.mark.parametrize(
    ("value", "kind"),
    [
        ("x", "text"),
        (Plain("1"), "text"),
        ([], "list"),
        ((), "list"),
        ({}, "mapping"),
        (3, "3"),
        (None, "none"),
        (True, "true"),
        (object(), "object"),
    ],
)
def test_a_kind_of_value_has_a_word(value: object, kind: str) -> None:
    assert fields.kind_of(value) == kind


@pytest.mark.parametrize(("value", "shown"), [(0, "0"), (Plain("-0.5"), "-0.5"), (Plain("-1/3"), "-1/3")])
def test_a_positive_number_is_above_zero(value: object, shown: str) -> None:
    assert refusal(fields.is_positive, value) == ("GR214", {"value": shown})


def test_a_positive_number_may_be_as_small_as_it_likes() -> None:
    assert fields.is_positive(Plain("0.000001")) == Fraction(1, 1000000)


@pytest.mark.parametrize("value", [-1, 7, Plain("1.5"), Plain("1/2")])
def test_a_whole_number_outside_its_range_is_refused(value: object) -> None:
    code, args = refusal(fields.whole(0, 6), value)
    assert (code, args["low"], args["high"]) == ("GR221", "0", "6")


@pytest.mark.parametrize(("value", "number"), [(0, 0), (6, 6), (Plain("2"), 2), (Plain("2.0"), 2)])
def test_a_whole_number_within_its_range_is_taken(value: object, number: int) -> None:
    taken = fields.whole(0, 6)(value)
    assert taken == number
    assert type(taken) is int


@pytest.mark.parametrize(
    ("value", "code"),
    [
        ("2023-02-29", "GR212"),
        ("2023-13-01", "GR212"),
        ("2023-1-1", "GR212"),
        ("20230101", "GR212"),
        ("2023-W01-1", "GR212"),
        ("２０２３-01-01", "GR212"),
        ("2023-01-01T00:00", "GR212"),
        ("", "GR213"),
        (datetime.datetime(2023, 1, 1, tzinfo=datetime.UTC), "GR206"),
        (2023, "GR206"),
    ],
    ids=str,
)
def test_what_is_no_day_is_refused(value: object, code: str) -> None:
    assert refusal(fields.is_date, value)[0] == code


@pytest.mark.parametrize("value", ["2024-02-29", Plain("2024-02-29"), datetime.date(2024, 2, 29)])
def test_a_day_is_a_date_or_its_digits(value: object) -> None:
    assert fields.is_date(value) == datetime.date(2024, 2, 29)


@pytest.mark.parametrize(
    ("value", "code"),
    [(2, "GR218"), (Plain("1.5"), "GR218"), (0, "GR218"), ("1", "GR208"), (Plain("one"), "GR207")],
)
def test_a_version_other_than_one_is_refused(value: object, code: str) -> None:
    assert refusal(fields.is_version, value)[0] == code


def test_version_one_is_known() -> None:
    assert fields.is_version(Plain("1")) == 1


@pytest.mark.parametrize(
    ("value", "shown"), [("c", "c"), ("A", "A"), (5, "5"), ({}, "mapping"), (None, "none")]
)
def test_a_word_that_may_not_stand_there_is_refused_with_those_that_may(value: object, shown: str) -> None:
    assert refusal(fields.one_of("a", "b"), value) == ("GR210", {"value": shown, "words": "a, b"})


def test_a_word_is_plain_text_once_read() -> None:
    assert type(fields.one_of("a")(Plain("a"))) is str


@pytest.mark.parametrize(
    ("check", "value", "code"),
    [
        (START, Plain("half"), "GR210"),
        (START, "half", "GR208"),
        (START, Plain("x1"), "GR210"),
        (START, (), "GR223"),
        (BOUND, Plain("full"), "GR210"),
        (BOUND, Plain("1e3"), "GR207"),
    ],
)
def test_what_is_neither_the_word_nor_a_number_is_refused(
    check: Callable[[object], Any], value: object, code: str
) -> None:
    assert refusal(check, value)[0] == code


def test_a_wrong_word_is_answered_with_the_right_ones() -> None:
    assert refusal(START, Plain("half")) == ("GR210", {"value": "half", "words": "full, zero, 3.5"})


@pytest.mark.parametrize(
    ("check", "value", "taken"),
    [
        (START, "full", "full"),
        (START, Plain("zero"), "zero"),
        (START, Plain("-2"), Fraction(-2)),
        (BOUND, Plain("none"), "none"),
        (BOUND, 3, Fraction(3)),
    ],
)
def test_the_word_or_a_number_is_taken(check: Callable[[object], Any], value: object, taken: object) -> None:
    assert check(value) == taken


@pytest.mark.parametrize(
    ("value", "code"),
    [((), "GR222"), ([], "GR222"), ({}, "GR205"), ("ab", "GR205"), (5, "GR205"), (None, "GR205")],
)
def test_what_is_no_list_with_something_in_it_is_refused(value: object, code: str) -> None:
    assert refusal(fields.some, value)[0] == code


def test_a_list_is_a_tuple_once_read() -> None:
    assert fields.some([1, 2]) == (1, 2)


class _Part(Model):
    one: fields.Number


def test_a_part_takes_no_unknown_key() -> None:
    with pytest.raises(ValidationError, match="extra_forbidden"):
        _Part.model_validate({"one": 1, "two": 2})


def test_a_part_does_not_change() -> None:
    part = _Part.model_validate({"one": 1})
    with pytest.raises(ValidationError, match="frozen"):
        part.one = Fraction(2)  # type: ignore[misc] # what is tried here is what the checker forbids too


def test_a_refusal_does_not_repeat_what_was_given() -> None:
    with pytest.raises(ValidationError) as refused:
        _Part.model_validate({"one": 1, "two": "secret"})
    assert "secret" not in str(refused.value)


@pytest.mark.parametrize("value", [None, (), "x", 5])
def test_what_is_no_mapping_is_no_table(value: object) -> None:
    assert refusal(fields.is_table, value)[0] == "GR204"


@pytest.mark.parametrize("value", [{"a": 0.5}, {"a": {"b": [None]}}, {"a": object()}])
def test_a_table_holds_nothing_but_text_numbers_lists_and_mappings(value: dict[str, Any]) -> None:
    assert refusal(fields.is_table, value)[0] == "GR207"


def test_a_table_that_holds_itself_is_refused() -> None:
    table: dict[str, Any] = {"a": 1}
    table["b"] = [table]
    assert refusal(fields.is_table, table) == ("GR121", {"limit": "32"})


def test_a_table_is_nested_at_most_32_deep() -> None:
    deep: dict[str, Any] = {"a": 1}
    for _ in range(30):
        deep = {"a": deep}
    assert fields.is_table(deep).plain() == deep | {"a": fields.is_table(deep).plain()["a"]}
    assert refusal(fields.is_table, {"a": deep})[0] == "GR121"


def test_a_table_of_very_many_values_is_refused() -> None:
    """Twenty mappings, of which each holds the next one twice."""
    table: dict[str, Any] = {"x": 1}
    for _ in range(20):
        table = {"a": table, "b": table}
    assert refusal(fields.is_table, table) == ("GR122", {"limit": "40000", "what": "values"})


@pytest.mark.parametrize(
    "table", [{"a\x1b": 1}, {"a": "\u3164"}, {"a": {"value": 1, "evidence": ["p", "\ud800"]}}]
)
def test_a_table_has_no_text_that_cannot_be_seen(table: dict[str, Any]) -> None:
    assert refusal(fields.is_table, table)[0] == "GR105"


def test_a_table_keeps_digits_flags_lists_and_nesting_as_text() -> None:
    table = Table({"a": {"b": Decimal("0.50"), "c": True}, "d": [1, "x", Plain("1/3")], "e": "3"})
    assert table.plain() == {"a": {"b": "0.5", "c": "true"}, "d": ("1", "x", "1/3"), "e": "3"}


def test_a_number_in_a_table_is_no_quoted_text() -> None:
    assert type(Table({"a": 3}).plain()["a"]) is Plain
    assert type(Table({"a": "3"}).plain()["a"]) is str


def test_a_table_never_changes_through_what_it_gives_away() -> None:
    table = Table({"a": {"b": 1}})
    table.plain()["a"]["b"] = "changed"
    assert table == Table({"a": {"b": 1}})


def test_tables_are_equal_when_they_hold_the_same() -> None:
    assert Table({"a": 1}) == Table({"a": Decimal("1.0")})
    assert hash(Table({"a": 1})) == hash(Table({"a": 1}))
    assert Table({"a": 1}) != Table({"a": 2})
    assert Table({"a": 1}) != {"a": 1}


def test_a_quoted_number_is_not_equal_to_the_number() -> None:
    assert Table({"a": "3"}) != Table({"a": 3})


@pytest.mark.parametrize(
    "again", [lambda table: pickle.loads(pickle.dumps(table)), copy.deepcopy], ids=["pickle", "copy"]
)
def test_a_table_survives_pickling(again: Callable[[Table], Table]) -> None:
    table = Table({"a": {"b": 3, "c": "3"}, "d": [True]})
    assert again(table) == table
    assert type(again(table).plain()["a"]["b"]) is Plain


def test_a_table_is_taken_as_it_is() -> None:
    table = Table({"a": 1})
    assert fields.is_table(table) is table
    assert fields.is_table({"a": 1}) == table


def test_a_table_shows_what_it_holds() -> None:
    assert repr(Table({"a": {"b": 1}})) == "Table({'a': {'b': Plain('1')}})"


@pytest.mark.parametrize("value", ["de", "zh_CN", "Chinese", "zh-", "en-US-1", "中文"])
def test_a_language_that_no_catalogue_serves_is_refused(value: str) -> None:
    assert refusal(fields.is_language, value) == ("GR210", {"value": value, "words": "zh-CN, en"})


@pytest.mark.parametrize("value", ["en", "zh", "zh-CN", "zh-Hans-CN"])
def test_a_language_that_a_catalogue_serves_is_taken(value: str) -> None:
    assert fields.is_language(value) == value


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ("yes", "yes"),
        (Plain("True"), "True"),
        ("", ""),
        (1, "1"),
        (0, "0"),
        (None, "none"),
        ([], "list"),
        ({}, "mapping"),
    ],
)
def test_what_is_no_flag_is_refused_with_what_is(value: object, shown: str) -> None:
    assert refusal(fields.is_flag, value) == ("GR210", {"value": shown, "words": "true, false"})


@pytest.mark.parametrize(
    ("value", "taken"),
    [(True, True), (False, False), (Plain("true"), True), (Plain("false"), False), ("true", True)],
)
def test_a_flag_is_true_or_false(value: object, taken: bool) -> None:
    assert fields.is_flag(value) is taken


@pytest.mark.parametrize(
    ("value", "code", "args"),
    [
        ("", "GR213", {}),
        ("  ", "GR213", {}),
        (5, "GR206", {"kind": "5"}),
        (True, "GR206", {"kind": "true"}),
        (["x"], "GR206", {"kind": "list"}),
        ("a\u202eb", "GR105", {"character": "U+202E"}),
        ("a\u2003b", "GR106", {"character": "U+2003"}),
        ("x" * 1001, "GR508", {"number": "1001", "what": "characters", "limit": "1000"}),
        ("x" * 5000, "GR508", {"number": "5000", "what": "characters", "limit": "1000"}),
    ],
)
def test_what_is_no_condition_or_formula_is_refused(value: object, code: str, args: dict[str, str]) -> None:
    assert refusal(fields.is_expression, value) == (code, args)


@pytest.mark.parametrize("value", ["x > 0", Plain("1"), "x" * 1000, " x "])
def test_a_condition_or_formula_is_kept_as_it_was_written(value: str) -> None:
    taken = fields.is_expression(value)
    assert taken == value
    assert type(taken) is fields.Expression


ASKING = """\
govrubric: 1
id: small
title: Small form
total: 10
round: {places: 1, mode: half_up}
indicators:
  - id: a
    title: A
    weight: 4
    counts_when: applies((b)) and score((b)) > 0
    rules: [{id: late, deduct: 1, when: lost(b) < 3}]
  - id: b
    title: B
    weight: 6
    not_applicable: rescale
    rules: [{id: late, deduct: 1}]
"""


def test_an_expression_is_parsed_once_for_order_plan_lints_and_comparison(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    seen: list[str] = []
    parse = ast.parse

    def parsed(text: str, *args: Any, **options: Any) -> Any:
        if options == {"mode": "eval"}:
            seen.append(text)
        return parse(text, *args, **options)

    with monkeypatch.context() as patch:
        patch.setattr(ast, "parse", parsed)
        rubric, other = (govrubric.loads(text) for text in (ASKING, ASKING.replace("< 3", "<  3.0")))
        changes = compare(rubric, other).changes
    assert changes == ()
    once = ["applies((b)) and score((b)) > 0", "lost(b) < 3", "lost(b) <  3.0"]
    assert sorted(seen) == sorted([once[0], *once])


def test_an_expression_survives_pickling_without_its_tree() -> None:
    expression = fields.Expression("x > 0")
    assert expression.parsed is expression.parsed
    again = pickle.loads(pickle.dumps(expression))
    assert (again, type(again), vars(again)) == ("x > 0", fields.Expression, {})


@pytest.mark.parametrize("value", [(), (1,), [1, 2, 3], {"a": 1, "b": 2}, "ab", 5, None])
def test_what_is_no_list_of_two_is_no_pair(value: object) -> None:
    assert refusal(fields.pair, value) == ("GR225", {})


@pytest.mark.parametrize("value", [(1, 2), [1, 2]])
def test_a_list_of_two_is_a_pair(value: object) -> None:
    assert fields.pair(value) == (1, 2)


def test_a_mapping_with_nothing_in_it_is_refused() -> None:
    assert refusal(fields.filled, {})[0] == "GR222"


@pytest.mark.parametrize("value", [{"a": 1}, [], (), 5, None])
def test_whether_something_else_is_a_mapping_is_for_others_to_say(value: object) -> None:
    assert fields.filled(value) is value


@pytest.mark.parametrize(("value", "code"), [({}, "GR222"), (Table({}), "GR222"), ([], "GR204")])
def test_what_is_no_mapping_with_something_in_it_is_no_filled_table(value: object, code: str) -> None:
    assert refusal(fields.is_filled_table, value)[0] == code


def test_a_filled_table_is_a_table() -> None:
    assert fields.is_filled_table({"a": 1}) == Table({"a": 1})


def test_a_point_names_its_two() -> None:
    point = fields.Point(Fraction(60), Fraction(8))
    assert (point.x, point.y) == (Fraction(60), Fraction(8))


@pytest.mark.parametrize("code", ["GR204", "GR205", "GR223", "GR225", "GR508"])
def test_every_further_code_of_a_field_has_its_words(code: str) -> None:
    assert code in CATALOGUE


def test_a_number_outside_a_range_is_shown_as_it_was_written() -> None:
    assert refusal(fields.whole(0, 6), Plain("7.50")) == ("GR221", {"value": "7.5", "low": "0", "high": "6"})


@pytest.mark.parametrize(("value", "taken"), [(Plain("b"), "b"), ("a", "a")])
def test_a_word_that_may_stand_there_is_taken(value: str, taken: str) -> None:
    assert fields.one_of("a", "b")(value) == taken


@pytest.mark.parametrize(
    ("value", "taken"), [(Plain("none"), "none"), ("all", "all"), (Plain("3"), Fraction(3)), (3, Fraction(3))]
)
def test_one_of_two_words_or_a_number_is_taken(value: object, taken: object) -> None:
    made = fields.word_or(fields.is_number, "none", "all")(value)
    assert (made, type(made)) == (taken, type(taken))


@pytest.mark.parametrize(
    ("value", "code", "args"),
    [
        (Plain("some"), "GR210", {"value": "some", "words": "none, all, 3.5"}),
        (Plain("-x"), "GR210", {"value": "-x", "words": "none, all, 3.5"}),
        (Plain("x1"), "GR210", {"value": "x1", "words": "none, all, 3.5"}),
        (Plain("-1x"), "GR207", {"value": "-1x"}),
        (Plain("+1"), "GR207", {"value": "+1"}),
        (Plain(".5"), "GR207", {"value": ".5"}),
        (Plain("１"), "GR207", {"value": "１"}),
        ("some", "GR208", {"value": "some"}),
        ((1,), "GR223", {"kind": "list"}),
    ],
)
def test_what_is_neither_of_two_words_nor_a_number_is_refused(
    value: object, code: str, args: dict[str, str]
) -> None:
    assert refusal(fields.word_or(fields.is_number, "none", "all"), value) == (code, args)


def test_an_id_is_checked_against_its_pattern() -> None:
    check = fields._matching(re.compile("[a-z]+"), "GR211")
    assert check("abc") == "abc"
    assert refusal(check, "Ab C") == ("GR211", {"value": "Ab C", "near": "ab_c"})
    assert refusal(check, 5) == ("GR206", {"kind": "5"})


def test_text_in_a_table_is_plain_text() -> None:
    assert type(Table({"a": Plain("abc")}).plain()["a"]) is str


def test_a_list_in_a_table_may_hold_mappings() -> None:
    assert Table({"a": [{"b": 1}, [{"c": "x"}]]}).plain() == {"a": ({"b": "1"}, ({"c": "x"},))}


@pytest.mark.parametrize(("value", "kind"), [(5, "5"), ("x", "text"), ((), "list")])
def test_what_is_no_mapping_is_named(value: object, kind: str) -> None:
    assert refusal(fields.is_table, value) == ("GR204", {"kind": kind})


def test_tables_that_hold_something_else_have_another_hash() -> None:
    assert len({hash(Table({"a": place})) for place in range(10)}) == 10
