"""A card that is read: what is no card of format 1 is refused by its place, and all else comes back."""

import copy
import inspect
import json
import sys
from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest

from govrubric import CardError, ScoreCard, loads
from govrubric.diagnostics.source import Place
from govrubric.numbers import Exact
from govrubric.scoring import card_json, card_reader
from samples import SMALL, TALLY, args, refused, richly_written, small, written

WHOLE = Place("card", 1, 1, 2, "")  # a card as a whole, since its lines mean nothing to people
Change = Callable[[dict[str, Any]], object]


def put(*path: str | int, value: object) -> Change:
    def change(data: dict[str, Any]) -> None:
        inner: Any = data
        for key in path[:-1]:
            inner = inner[key]
        inner[path[-1]] = value

    return change


def drop(*path: str | int) -> Change:
    def change(data: dict[str, Any]) -> None:
        inner: Any = data
        for key in path[:-1]:
            inner = inner[key]
        del inner[path[-1]]

    return change


def misfit(data: object) -> tuple[str, str]:
    (finding,) = refused(CardError, lambda: card_reader.from_dict(data, "card.json"))
    assert (finding.code, finding.place) == ("GR701", Place("card.json", 1, 1, 2, ""))
    return args(finding)["at"], args(finding)["wanted"]


@pytest.mark.parametrize("data", [None, [], "card", 1, {}, {"cards": []}])
def test_what_is_no_card_is_refused(data: object) -> None:
    assert misfit(data) == ("card", "present")


@pytest.mark.parametrize(
    ("change", "at", "wanted"),
    [
        (put("card", value=2), "card", "1"),
        (put("card", value=True), "card", "int"),
        (put("card", value="1"), "card", "int"),
        (put("language_version", value=2), "language_version", "1"),
        (drop("language_version"), "language_version", "present"),
        (put("rubric", value="small"), "rubric", "dict"),
        (drop("rubric", "digest"), "rubric.digest", "present"),
        (put("rubric", "title", value=None), "rubric.title", "str"),
        (put("engine_version", value=1), "engine_version", "str"),
        (put("maximum", value=10), "maximum", "str"),
        (put("unit", value=1), "unit", "str/NoneType"),
        (drop("name"), "name", "present"),
        (put("items", value={}), "items", "list"),
        (put("items", value=[]), "items[0]", "path ''"),
        (put("items", 0, "path", value="x"), "items[0]", "path ''"),
        (put("items", 0, "contribution", value="1/3"), "items[0]", "path ''"),
        (put("items", 1, value="work"), "items[1].path", "present"),
        (put("items", 1, "weight", value="0"), "items[1].out_of", "> 0"),
        (put("items", 1, "out_of", value="-1"), "items[1].out_of", "> 0"),
        (put("items", 1, "out_of", value="0"), "items[1].out_of", "> 0"),
        (put("items", 1, "floor", value=0), "items[1].floor", "str/NoneType"),
        (put("items", 1, "parts", value="work"), "items[1].parts", "list"),
        (put("items", 1, "parts", value=[1]), "items[1].parts", "[str]"),
        (put("items", 1, "clause", value=1), "items[1].clause", "str/NoneType"),
        (put("items", 1, "rules", 0, "sentence", value=None), "items[1].rules[0].sentence", "str"),
        (put("items", 1, "rules", 0, "raw", value=None), "items[1].rules[0].raw", "str"),
        (put("inputs", 0, value=[]), "inputs[0].name", "present"),
        (put("inputs", 0, "kind", value="share"), "inputs[0].kind", "count/flag/number/choice"),
        (put("inputs", 0, "kind", value="choice"), "inputs[0].value", "str"),
        (put("inputs", 0, "value", value=1), "inputs[0].value", "bool"),
        (put("inputs", 1, "value", value=True), "inputs[1].value", "str"),
        (put("inputs", 1, "value", value="1.5"), "inputs[1].value", "count"),
        (put("inputs", 1, "value", value="-1"), "inputs[1].value", "count"),
        (put("inputs", 1, "value", value="1000000001"), "inputs[1].value", "count"),
        (put("inputs", 1, "assumed", value=0), "inputs[1].assumed", "bool"),
        (put("inputs", 1, "evidence", value=[None]), "inputs[1].evidence", "[str]"),
        (put("inputs", 1, "note", value=[]), "inputs[1].note", "str/NoneType"),
    ],
)
def test_the_first_misfit_is_refused_by_its_place(change: Change, at: str, wanted: str) -> None:
    data = written()
    change(data)
    assert misfit(data) == (at, wanted)


@pytest.mark.parametrize(
    ("change", "at", "wanted"),
    [
        (drop("grade"), "grade", "present"),
        (put("grade", value=1), "grade", "str/NoneType"),
        (put("inputs", 1, "value", value=1), "inputs[1].value", "str"),
        (put("inputs", 6, "value", value="x"), "inputs[6].value", "0.0"),
        (put("items", 0, "combining", value=[]), "items[0].combining", "dict/NoneType"),
        (put("items", 0, "combining", "how", value="median"), "items[0].combining", "sum/mean/min/max"),
        (put("items", 0, "combining", "how", value=None), "items[0].combining.how", "str"),
        (put("places", value=-1), "places", "0–6"),
        (put("places", value=7), "places", "0–6"),
        (put("places", value=True), "places", "int"),
        (put("items", 0, "combining", "lowest", value=1001), "items[0].combining", "sum/mean/min/max"),
        (put("items", 0, "combining", "highest", value=-1), "items[0].combining", "sum/mean/min/max"),
        (drop("items", 0, "combining", "highest"), "items[0].combining.highest", "present"),
        (put("items", 0, "combining", value=None), "items[0].score", "whole"),
        (
            put(
                "items",
                2,
                "combining",
                value={"how": "sum", "lowest": 0, "highest": 0},
            ),
            "items[2].score",
            "whole",
        ),
        (put("items", 2, "score", value=None), "items[2].score", "whole"),
        (put("items", 2, "lost", value=None), "items[2].score", "whole"),
        (put("items", 2, "contribution", value=None), "items[2].score", "whole"),
        (put("items", 2, "extra", value=None), "items[2].extra", "bool"),
        (put("items", 2, "not_applicable", value=True), "items[2].not_applicable", "str/NoneType"),
        (drop("items", 2, "counts_when"), "items[2].counts_when", "present"),
        (put("items", 2, "applies", value="yes"), "items[2].applies", "bool"),
        (put("items", 2, "counts", value=1), "items[2].counts", "bool"),
        (put("items", 2, "take", value="most"), "items[2].take", "all/highest"),
        (drop("items", 2, "take"), "items[2].take", "present"),
        (drop("items", 2, "gates"), "items[2].gates", "present"),
        (put("items", 2, "rules", 0, "when", value=1), "items[2].rules[0].when", "str/NoneType"),
        (put("items", 2, "rules", 0, "counted", value=1), "items[2].rules[0].counted", "bool"),
        (put("items", 0, "gates", 1, "path", value=None), "items[0].gates[1].path", "str"),
        (put("items", 0, "gates", 1, "when", value=None), "items[0].gates[1].when", "str"),
        (put("items", 0, "gates", 1, "clause", value=1), "items[0].gates[1].clause", "str/NoneType"),
        (drop("items", 0, "gates", 1, "sentence"), "items[0].gates[1].sentence", "present"),
        (drop("items", 0, "gates", 1, "voids"), "items[0].gates[1].voids", "present"),
        (put("items", 0, "gates", 1, "voids", value=0), "items[0].gates[1].voids", "bool"),
        (put("items", 0, "gates", 1, "held", value="yes"), "items[0].gates[1].held", "bool"),
        (put("items", 0, "gates", 1, "effect", value=None), "items[0].gates[1].effect", "str"),
    ],
)
def test_what_gates_and_groups_say_must_fit_too(change: Change, at: str, wanted: str) -> None:
    data = richly_written()
    change(data)
    assert misfit(data) == (at, wanted)


@pytest.mark.parametrize("how", ["sum", "mean", "min", "max"])
def test_a_group_combines_in_four_ways(how: str) -> None:
    data = richly_written()
    data["items"][0]["combining"]["how"] = how
    combining = card_reader.from_dict(data).items[0].combining
    assert combining is not None
    assert combining.how == how


def test_a_weight_may_be_less_than_one() -> None:
    data = written()
    data["items"][1] |= {"weight": "0.5", "out_of": "0.25"}
    item = card_reader.from_dict(data).items[1]
    assert (item.weight, item.out_of) == (Exact("0.5"), Exact("0.25"))


@pytest.mark.parametrize("count", [0, 1_000_000_000])
def test_a_count_may_be_as_large_as_a_tally_may_give_it(count: int) -> None:
    data = written()
    data["inputs"][1]["value"] = str(count)
    assert card_reader.from_dict(data).inputs[1].value == count


@pytest.mark.parametrize("places", [0, 6])
def test_the_total_may_have_as_many_places_as_a_rubric_may_say(places: int) -> None:
    assert card_reader.from_dict({**written(), "places": places}).header.places == places


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("", "0.0"),
        ("x", "0.0"),
        ("-", "0.0"),
        ("--1", "0.0"),
        ("+1", "0.0"),
        ("1e3", "0.0"),
        ("1/0", "0.0"),
        ("1/-2", "0.0"),
        ("１", "0.0"),
        ("²", "0.0"),
        (" 1", "0.0"),
        ("1_0", "0.0"),
        ("NaN", "0.0"),
        ("9" * 4001, "0.0"),
        ("2.0", "2"),
        ("02", "2"),
        ("2/4", "0.5"),
        (".5", "0.5"),
        ("-0", "0"),
    ],
)
def test_a_number_is_taken_in_its_one_form_alone(text: str, wanted: str) -> None:
    data = written()
    data["maximum"] = text
    assert misfit(data) == ("maximum", wanted)


def test_a_card_that_is_no_tree_is_refused() -> None:
    data = written()
    del data["items"][4]
    (finding,) = refused(CardError, lambda: card_reader.from_dict(data))
    assert (finding.code, finding.place, finding.path, args(finding)) == (
        "GR703",
        WHOLE,
        ("items",),
        {"missing": "bonus"},
    )


def test_everything_that_keeps_a_card_from_being_a_tree_is_named() -> None:
    data = written()
    del data["items"][4], data["inputs"][0]
    (finding,) = refused(CardError, lambda: card_reader.from_dict(data))
    assert args(finding) == {"missing": "bonus, work.late"}


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("-1.5", Fraction(-3, 2)),
        ("15/7", Fraction(15, 7)),
        ("-1/3", Fraction(-1, 3)),
        ("9" * 4000, Fraction(10**4000 - 1)),
    ],
)
def test_numbers_may_be_longer_than_those_of_authors(text: str, value: Fraction) -> None:
    data = written()
    data["maximum"] = text
    assert card_reader.from_dict(data).header.maximum == value


def test_a_record_survives_being_written_down() -> None:
    made = small().score(TALLY, unit="u1", name="First")._record
    again = card_reader.from_dict(card_json.to_dict(made))
    assert card_json.to_dict(again) == card_json.to_dict(made)


@pytest.mark.parametrize("bound", ["floor", "ceiling"])
def test_bounds_that_are_none_survive_being_written_down(bound: str) -> None:
    free = loads(
        SMALL.replace("    weight: 3\n    rules:\n", f"    weight: 3\n    {bound}: none\n    rules:\n")
    )
    data = free.score({"bonus.judged": 0}).to_dict()
    assert (data["items"][4][bound], getattr(card_reader.from_dict(data).items[4], bound)) == (None, None)


@pytest.mark.parametrize("served", [True, False])
def test_a_card_with_gates_survives_being_written_down(served: bool) -> None:
    data = richly_written(served=served)
    assert card_json.to_dict(card_reader.from_dict(data)) == data


@pytest.mark.parametrize(("index", "value"), [(0, True), (1, "B"), (2, 6), (6, Exact(40))])
def test_an_input_is_read_by_its_kind(index: int, value: object) -> None:
    given = card_reader.from_dict(richly_written()).inputs[index]
    assert (given.value, type(given.value)) == (value, type(value))


@pytest.mark.parametrize(
    ("text", "code", "line", "column"),
    [
        ("", "GR640", 1, 1),
        ("{", "GR640", 1, 2),
        ('{"a": 1,\n}', "GR640", 2, 1),
        ("[1,]", "GR640", 1, 4),
        ('{"a": 1,\n"b" 2,\n"c": 3,\n"d": 4}', "GR640", 2, 5),
        ("unit: u1", "GR640", 1, 1),
    ],
)
def test_what_is_no_json_is_refused_where_it_broke(text: str, code: str, line: int, column: int) -> None:
    (finding,) = refused(CardError, lambda: card_reader.parse(text, "card.json"))
    assert (finding.code, finding.where) == (code, f"card.json:{line}:{column}")


@pytest.mark.parametrize("text", ["[" * 100_000, '{"a":' * 100_000])
def test_what_is_nested_without_end_is_refused(text: str) -> None:
    (finding,) = refused(CardError, lambda: card_reader.parse(text))
    assert (finding.code, finding.place) == ("GR121", WHOLE)


def test_a_number_of_very_many_digits_is_refused_as_a_value() -> None:
    (finding,) = refused(CardError, lambda: ScoreCard.from_json('{"card": ' + "9" * 5000 + "}"))
    assert (finding.code, finding.path) == ("GR701", ("card",))


def test_a_text_of_eight_mebibytes_is_read() -> None:
    assert card_reader.parse("[]" + " " * 8_388_606) == []


def test_what_has_no_name_is_called_a_card() -> None:
    (finding,) = refused(CardError, lambda: card_reader.parse("{"))
    (other,) = refused(CardError, lambda: card_reader.from_dict({}))
    assert (finding.where, other.where) == ("card:1:2", "card:1:1")


def test_a_text_of_more_values_than_any_card_has_is_refused() -> None:
    """Before it is decoded, since each of its values would take memory."""
    (finding,) = refused(CardError, lambda: card_reader.parse("[" + "0," * 1_500_001 + "0]"))
    assert (finding.code, args(finding)) == ("GR122", {"limit": "1500000", "what": "values"})


def test_a_text_of_more_than_eight_mebibytes_is_refused() -> None:
    (finding,) = refused(CardError, lambda: card_reader.parse(" " * 8_388_609))
    assert (finding.code, finding.place, args(finding)) == ("GR103", WHOLE, {"limit": "8388608"})


@pytest.mark.parametrize(
    ("text", "key"), [('{"b": 1, "a": 2, "a": 1}', "a"), ('{"x": [{"total": "1", "total": "2"}]}', "total")]
)
def test_a_key_given_twice_is_refused(text: str, key: str) -> None:
    (finding,) = refused(CardError, lambda: card_reader.parse(text))
    assert (finding.code, finding.place, args(finding)) == ("GR641", WHOLE, {"key": key})


def test_json_is_read() -> None:
    assert card_reader.parse('{"a": [1, "x", null]}') == {"a": [1, "x", None]}


def test_plain_data_is_read_and_not_kept() -> None:
    data = written()
    before = copy.deepcopy(data)
    card_reader.from_dict(data)
    assert data == before


# Data that nobody wrote by hand


def refusal_of(data: Any) -> tuple[str, tuple[str | int, ...]]:
    """The finding that refuses data as a card."""
    (finding,) = refused(CardError, lambda: ScoreCard.from_dict(data))
    return finding.code, finding.path


def endless() -> dict[str, Any]:
    data = written()
    inner: dict[str, Any] = {}
    inner["more"] = data["more"] = inner
    return data


def shared() -> dict[str, Any]:
    value: Any = 1
    for _ in range(24):
        value = [value, value]
    return {**written(), "more": value}


@pytest.mark.parametrize(
    ("data", "code", "path"),
    [
        (endless(), "GR121", ("more",) * 32),
        ({**written(), "more": (1, 2)}, "GR701", ("more",)),
        ({**written(), "more": 0.5}, "GR701", ("more",)),
        ({**written(), "more": Decimal(1)}, "GR701", ("more",)),
        (dict([*written().items(), (3, 1)]), "GR701", ()),
        ({**written(), "a\u200b": 1}, "GR105", ()),
        ({**written(), "unit": "a\x1b"}, "GR105", ("unit",)),
        ({**written(), "unit": "a\xa0b"}, "GR106", ("unit",)),
        ([], "GR701", ("card",)),
        (None, "GR701", ("card",)),
    ],
    ids=lambda value: str(value)[:20],
)
def test_what_no_card_holds_is_refused(data: Any, code: str, path: tuple[str | int, ...]) -> None:
    assert refusal_of(data) == (code, path)


def test_a_card_of_very_many_values_is_refused() -> None:
    assert refusal_of(shared())[0] == "GR122"


def test_a_card_is_refused_where_the_host_left_little_room() -> None:
    def down(calls: int) -> Any:
        return down(calls - 1) if calls else refusal_of(endless())

    limit = sys.getrecursionlimit()
    calls = limit - len(inspect.stack()) - 45
    assert down(calls) == ("GR121", ())


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("engine_version", "1.0 <b>"),
        ("engine_version", ""),
    ],
)
def test_what_stands_at_the_head_has_its_form(key: str, value: str) -> None:
    assert refusal_of({**written(), key: value}) == ("GR701", (key,))


@pytest.mark.parametrize(
    ("key", "value"), [("id", "A b"), ("language", "fr"), ("digest", "sha256:0"), ("title", 3)]
)
def test_the_rubric_of_a_card_has_its_form(key: str, value: object) -> None:
    data = written()
    data["rubric"][key] = value
    assert refusal_of(data) == ("GR701", ("rubric", key))


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("path", "a" + ".a" * 32),
        ("path", "A b"),
        ("weight", "1" * 25),
        ("not_applicable", "maybe"),
    ],
)
def test_an_item_has_its_form(key: str, value: object) -> None:
    data = written()
    data["items"][1][key] = value
    assert refusal_of(data) == ("GR701", ("items", 1, key))


def test_fractions_that_have_no_bearable_sum_are_refused() -> None:
    """Their common denominator would have half a million digits."""
    data = written()
    rule = data["items"][1]["rules"][0]
    data["items"][1]["rules"] = [
        {**rule, "path": f"{rule['path']}{number}", "applied": f"1/{10**1000 + 2 * number + 7}"}
        for number in range(500)
    ]
    assert refusal_of(data) == ("GR701", ("items", 1))


def test_a_sum_of_more_digits_than_python_writes_is_shown() -> None:
    data = written()
    rule = data["items"][1]["rules"][0]
    rule["applied"], rule["absorbed"] = "1/" + "7" * 3990, "1/" + "3" * 3989 + "1"
    codes = {finding.code for finding in ScoreCard.from_dict(data).verify()}
    assert "GR702" in codes


@pytest.mark.parametrize("key", ["assumed", "total", "another"])
def test_what_is_nested_without_need_is_refused_wherever_it_stands(key: str) -> None:
    data = written()
    del data["assumed"]
    data |= {"assumed": []} if key == "total" else {}
    deep: Any = []
    for _ in range(500):
        deep = [deep]
    data[key] = deep
    (finding,) = refused(CardError, lambda: ScoreCard.from_json(json.dumps(data, ensure_ascii=False)))
    assert (finding.code, finding.path[0]) == ("GR121", key)
