"""Tally -> checked inputs: each kind of value, and each way in which a tally may be wrong.

Security, “Numbers and counts”: “each refused by name”; language, section 7: “An unknown name is an error
with the nearest known one.”
"""

import datetime
from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from functools import cache
from typing import Any

import numpy
import pytest

from govrubric import Rubric, TallyError, TallyValue, loads
from govrubric.diagnostics.diagnostic import Diagnostic, Path
from govrubric.document.nodes import Plain
from govrubric.language.fields import Table
from govrubric.scoring.tally import Checked, check
from samples import args, codes, refused, small

NAMES = (
    "work.late",
    "work.papers.missing",
    "work.papers.absent",
    "work.index.gap",
    "bonus.used.city",
    "bonus.used.province",
    "bonus.judged",
)
JUDGED = {"bonus.judged": 0}


def checked(tally: object, *, strict: bool = False) -> Checked:
    paths = dict.fromkeys(("work", "work.papers", "work.index", "bonus", "bonus.used"), "")
    return check(small()._inputs, tally, strict=strict, paths=paths)


def values(tally: object) -> dict[str, int]:
    return {name: value for name, value in zip(NAMES, checked(tally).values, strict=True) if value}


def findings_of(tally: object, *, strict: bool = False) -> tuple[Diagnostic, ...]:
    return refused(TallyError, lambda: checked(tally, strict=strict))


def finding_of(tally: object) -> Diagnostic:
    (only,) = findings_of(tally)
    return only


# Wrong names


@pytest.mark.parametrize(
    ("name", "near"),
    [
        ("work.lat", "work.late"),
        ("papers.missing", "work.papers.missing"),
        ("missing", "work.papers.missing"),
        ("x" * 81, ""),
        ("", ""),
    ],
)
def test_an_unknown_name_is_refused_with_the_nearest(name: str, near: str) -> None:
    only = finding_of({**JUDGED, name: 1})
    assert (only.code, args(only)["near"], only.path) == ("GR601", near, (name,))


@pytest.mark.parametrize(
    ("name", "inside"),
    [("bonus.used", "bonus.used.city"), ("work", "work.late"), ("work.papers", "work.papers.missing")],
)
def test_an_item_or_a_rule_with_levels_holds_no_value(name: str, inside: str) -> None:
    only = finding_of({**JUDGED, name: 1})
    assert (only.code, args(only)) == ("GR621", {"name": name, "inside": inside})


def test_a_rule_that_shares_an_input_names_it() -> None:
    (only,) = refused(TallyError, lambda: check({}, {"extra": 1}, paths={"extra": "work.late"}))
    assert (only.code, args(only)) == ("GR621", {"name": "extra", "inside": "work.late"})


def test_a_known_path_without_inputs_holds_no_value() -> None:
    (only,) = refused(TallyError, lambda: check({}, {"extra": 1}, paths={"extra": ""}))
    assert (only.code, args(only)) == ("GR621", {"name": "extra", "inside": ""})


def test_an_empty_mapping_at_an_unknown_name_is_refused() -> None:
    assert args(finding_of({**JUDGED, "work": {"lat": {}}}))["name"] == "work.lat"


def test_names_that_are_no_text_are_refused() -> None:
    tally: dict[object, int] = {"bonus.judged": 0, 3: 1, None: 1, ("a",): 1}
    assert codes(findings_of(tally)) == ["GR601", "GR601", "GR601"]


def test_a_name_given_dotted_and_nested_is_refused() -> None:
    only = finding_of({**JUDGED, "work.late": True, "work": {"late": True}})
    assert (only.code, args(only), only.path) == ("GR610", {"name": "work.late"}, ("work", "late"))


def test_a_tally_nested_without_end_is_refused() -> None:
    endless: dict[str, Any] = {}
    endless["a"] = endless
    only = finding_of({**JUDGED, "a": endless})
    assert (only.code, args(only), only.path) == ("GR121", {"limit": "32"}, ("a",) * 33)
    endless["b"] = endless
    assert finding_of({**JUDGED, "a": endless}).code == "GR121"


def test_a_tally_of_too_many_entries_is_read_no_further() -> None:
    """Twenty mappings, of which each holds the next one twice, have a million values.

    Of the first 20 000 entries, and of one judged number, 6 661 are values: each has about two mappings of its own.
    """
    shared: dict[str, Any] = {"x": 1}
    for _ in range(20):
        shared = {"a": shared, "b": shared}
    findings = findings_of({**JUDGED, "a": shared})
    assert (len(findings), findings[0].code, args(findings[0])) == (
        6_662,
        "GR122",
        {"limit": "20000", "what": "values"},
    )


@pytest.mark.parametrize("tally", [None, [], "work.late", 3, {"work.late"}])
def test_what_is_no_mapping_is_no_tally(tally: object) -> None:
    assert codes(findings_of(tally)) == ["GR613"]


# Wrong values


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (True, "true"),
        (3.0, "3.0 (float)"),
        (float("nan"), "nan (float)"),
        (float("inf"), "inf (float)"),
        ("3", "“3”"),
        (Plain("3.0"), "“3.0”"),
        (Plain("3e2"), "“3e2”"),
        (Plain("3_0"), "“3_0”"),
        (Plain("１"), "“１”"),
        (Plain("9" * 31), "“9999999999999999999999999999999”"),
        (None, "none"),
        (Decimal("3.5"), "3.5 (Decimal)"),
        (Decimal("NaN"), "NaN (Decimal)"),
        (Decimal("1e-999999999"), "1E-999999999 (Decimal)"),
        (Fraction(3), "3 (Fraction)"),
        (Fraction(10**5000, 3), "Fraction"),
        ([3], "list"),
        (b"3", "bytes"),
    ],
)
def test_what_is_no_whole_number_is_no_count(value: object, shown: str) -> None:
    """“`type(x) is int` and the range before anything else: bool, float, NaN, "3", 3.0 … are each refused
    by name”"""
    only = finding_of({**JUDGED, "work.index.gap": value})
    assert (only.code, args(only)) == ("GR603", {"name": "work.index.gap", "value": shown, "near": ""})


@pytest.mark.parametrize(
    ("value", "near"),
    [("4例", "4"), (Plain("12 件"), "12"), ("3.0", ""), ("3/4", ""), ("1,000", ""), ("例", "")],
)
def test_a_count_with_its_unit_is_told_without_it(value: str, near: str) -> None:
    assert args(finding_of({**JUDGED, "work.index.gap": value}))["near"] == near


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (-1, "-1"),
        (1_000_000_001, "1000000001"),
        (Plain("-1"), "-1"),
        (10**400, "10^30…"),
        (-(10**400), "-10^30…"),
        (Plain("9" * 30), "9" * 30),
        (Decimal("1e11"), "100000000000"),
        (Decimal("1e999999999"), "1E+999999999 (Decimal)"),
    ],
)
def test_a_count_beyond_its_range_is_refused(value: object, shown: str) -> None:
    """“Counts are whole numbers from 0 to 1 000 000 000; a larger one is refused, as is any negative”"""
    only = finding_of({**JUDGED, "work.index.gap": value})
    assert (only.code, args(only)) == (
        "GR604",
        {"name": "work.index.gap", "value": shown, "high": "1000000000"},
    )


@pytest.mark.parametrize(
    ("value", "shown", "python"),
    [
        (1, "1", "`True`"),
        (0, "0", "`False`"),
        (2, "2", "`True`/`False`"),
        ("true", "“true”", ""),
        (Plain("yes"), "“yes”", ""),
        (Plain("1"), "“1”", ""),
        (None, "none", "`True`/`False`"),
        (1.0, "1.0 (float)", "`True`/`False`"),
        (numpy.True_, "numpy.bool", "`bool(…)`"),
    ],
)
def test_what_is_neither_true_nor_false_is_no_flag(value: object, shown: str, python: str) -> None:
    """What to write instead is said of Python too, where the value did not come from a file."""
    only = finding_of({**JUDGED, "work.late": value})
    assert (only.code, args(only)) == ("GR605", {"name": "work.late", "value": shown, "python": python})


@pytest.mark.parametrize(
    ("value", "digits"),
    [
        (0.5, "0.5"),
        (1.0, "1"),
        (0.2 + 0.3 + 1e-16, "0.5"),
        (1.1 - 0.6, "0.5"),
        (1e-9, "0"),
        (numpy.float64(0.5), "0.5"),
    ],
)
def test_a_float_is_refused_with_the_digits_to_write(value: float, digits: str) -> None:
    """“a `float` is refused with the digits to write instead.”"""
    only = finding_of({"bonus.judged": value})
    assert (only.code, args(only)["digits"]) == ("GR606", digits)
    assert checked({"bonus.judged": digits}).values == checked({"bonus.judged": Decimal(digits)}).values


@pytest.mark.parametrize(
    ("value", "code", "shown"),
    [
        (float("nan"), "GR615", "nan (float)"),
        (float("-inf"), "GR615", "-inf (float)"),
        (0.125, "GR608", "0.125"),
        (0.3, "GR609", "0.3"),
        (3.5, "GR607", "3.5"),
        (1e300, "GR607", "1E+300"),
    ],
)
def test_a_float_whose_digits_would_be_refused_is_refused_for_that(
    value: float, code: str, shown: str
) -> None:
    """So that whoever follows the help is not refused again."""
    only = finding_of({"bonus.judged": value})
    assert (only.code, args(only)["value"]) == (code, shown)


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (True, "true"),
        ("half", "“half”"),
        (".5", "“.5”"),
        (None, "none"),
        (Decimal("nan"), "NaN (Decimal)"),
        (Decimal("sNaN"), "sNaN (Decimal)"),
        (Decimal("-Infinity"), "-Infinity (Decimal)"),
        ([1], "list"),
        ("1/1000000000001000", "“1/1000000000001000”"),
        ("00000000000000.5", "“00000000000000.5”"),
        ("1/0", "“1/0”"),
    ],
)
def test_what_is_no_number_is_no_score(value: object, shown: str) -> None:
    only = finding_of({"bonus.judged": value})
    assert (only.code, args(only)) == ("GR615", {"name": "bonus.judged", "value": shown})


@pytest.mark.parametrize(
    ("value", "near", "unit"), [("100%", "100", "%"), ("2.5 分", "2.5", "分"), ("３%", "", "")]
)
def test_a_number_with_its_unit_is_told_without_it(value: str, near: str, unit: str) -> None:
    said = args(finding_of({"bonus.judged": value}))
    assert (said.get("near", ""), said.get("unit", "")) == (near, unit)


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (2, "2"),
        (Decimal("1.01"), "1.01"),
        ("-0.5", "-0.5"),
        (Fraction(4, 3), "4/3"),
        (10**12, "1000000000000"),
        (10**40, "10^30…"),
        (numpy.int64(2), "2"),
        (Decimal("1e12"), "1E+12"),
        (Decimal("1e999999999"), "1E+999999999"),
        ("1000000000000", "1000000000000"),
    ],
)
def test_a_score_beyond_its_range_is_refused(value: object, shown: str) -> None:
    only = finding_of({"bonus.judged": value})
    assert (only.code, args(only)) == (
        "GR607",
        {"name": "bonus.judged", "low": "0", "high": "1", "value": shown},
    )


@pytest.mark.parametrize(
    ("value", "shown", "digits"),
    [
        ("0.125", "0.125", "3"),
        (Decimal("0.001"), "0.001", "3"),
        ("1/3", "1/3", "∞"),
        (Decimal("0.1234567"), "0.1234567", "7"),
        (Decimal("0.12345670"), "0.12345670", "7"),
        ("0.1234567", "0.1234567", "7"),
        (Decimal("1e-999"), "1E-999", "999"),
    ],
)
def test_a_score_with_too_many_places_is_refused(value: object, shown: str, digits: str) -> None:
    """“A judged, converted or measured value with more places than declared is refused, never rounded.”"""
    only = finding_of({"bonus.judged": value})
    assert (only.code, args(only)) == (
        "GR608",
        {"name": "bonus.judged", "places": "2", "value": shown, "digits": digits},
    )


def test_a_score_off_its_steps_is_refused() -> None:
    only = finding_of({"bonus.judged": "0.25"})
    assert (only.code, args(only)) == ("GR609", {"name": "bonus.judged", "step": "0.5", "value": "0.25"})


# Missing


def test_a_missing_score_is_refused() -> None:
    assert (finding_of({}).code, args(finding_of({}))) == ("GR602", {"name": "bonus.judged"})


def test_strict_scoring_misses_every_name() -> None:
    """“`strict` scoring requires all.”"""
    assert [args(missing)["name"] for missing in findings_of({"work.late": False}, strict=True)] == list(
        NAMES[1:]
    )


def test_strict_scoring_takes_a_tally_that_says_everything() -> None:
    assert checked(
        dict.fromkeys(NAMES, 0) | {"work.late": False, "work.papers.absent": False}, strict=True
    ).given == frozenset(NAMES)


# Evidence


@pytest.mark.parametrize("evidence", ["minutes", [3], [""], None, {"a": 1}, ["x" * 20_001]])
def test_evidence_that_is_no_list_of_texts_is_refused(evidence: object) -> None:
    only = finding_of({**JUDGED, "work.late": {"value": True, "evidence": evidence}})
    assert (only.code, args(only), only.path) == (
        "GR612",
        {"name": "work.late", "key": "evidence"},
        ("work.late", "evidence"),
    )


@pytest.mark.parametrize("note", [3, ["a"], "", "x" * 20_001])
def test_a_note_that_is_no_text_is_refused(note: object) -> None:
    only = finding_of({**JUDGED, "work": {"late": {"value": True, "note": note}}})
    assert (only.code, args(only), only.path) == (
        "GR612",
        {"name": "work.late", "key": "note"},
        ("work", "late", "note"),
    )


def test_another_key_beside_the_value_is_refused() -> None:
    only = finding_of({**JUDGED, "work.late": {"value": True, "evidense": []}})
    assert (only.code, args(only), only.path) == (
        "GR611",
        {"name": "work.late", "key": "“evidense”"},
        ("work.late", "evidense"),
    )


def test_a_key_that_is_no_text_beside_the_value_is_refused() -> None:
    assert finding_of({**JUDGED, "work.late": {"value": True, 7: 1}}).path == ("work.late", "7")


def test_evidence_without_a_value_is_refused() -> None:
    assert codes(findings_of({**JUDGED, "work.index.gap": {"evidence": ["list"]}})) == ["GR614"]


def test_a_flag_with_evidence_and_no_value_is_refused_once() -> None:
    assert codes(findings_of({**JUDGED, "work.late": {"evidence": ["list"]}})) == ["GR614"]


def test_a_wrong_value_beside_evidence_is_shown_at_the_value() -> None:
    assert finding_of({**JUDGED, "work.index": {"gap": {"value": -1, "evidence": ["a"]}}}).path == (
        "work.index",
        "gap",
        "value",
    )


def test_evidence_and_notes_are_kept() -> None:
    given = checked(
        {
            **JUDGED,
            "work.late": {"value": True, "evidence": ["a", "b"], "note": "n"},
            "work.index.gap": {"value": 2, "evidence": ()},
        }
    )
    assert given.evidence == {"work.late": (("a", "b"), "n")}


# Right


@pytest.mark.parametrize(
    "tally",
    [
        {"work.late": True, "work.papers.missing": 3, "bonus.judged": "0.5"},
        {"work": {"late": True, "papers": {"missing": 3}}, "bonus": {"judged": Decimal("0.50")}},
        {"work": {"late": True, "papers.missing": 3}, "bonus.judged": Fraction(1, 2)},
        {
            "work": {"late": {"value": True}, "papers": {"missing": {"value": 3, "note": "n"}}},
            "bonus.judged": "1/2",
        },
        Table({"work": {"late": True}, "work.papers": {"missing": 3}, "bonus.judged": Plain("0.5")}).plain(),
        {"work": Table({"late": True, "papers": {"missing": 3}}), "bonus.judged": Plain("0.5")},
    ],
)
def test_dotted_nested_and_mixed_names_say_the_same(tally: dict[str, Any]) -> None:
    assert values(tally) == {"work.late": 1, "work.papers.missing": 3, "bonus.judged": 50}


@pytest.mark.parametrize(("word", "value"), [("true", 1), ("True", 1), ("FALSE", 0)])
def test_a_flag_in_a_file_is_a_word(word: str, value: int) -> None:
    assert values({**JUDGED, "work.late": Plain(word)}) == ({"work.late": 1} if value else {})


@pytest.mark.parametrize("count", [1_000_000_000, Plain("1000000000")])
def test_the_largest_count_is_taken(count: object) -> None:
    assert values({**JUDGED, "work.index.gap": count}) == {"work.index.gap": 1_000_000_000}


def test_what_is_left_out_is_zero_and_not_given() -> None:
    assert checked(JUDGED) == Checked((0,) * 7, frozenset(["bonus.judged"]), {})


def test_all_that_is_wrong_is_said_at_once() -> None:
    wrong = {
        "work.late": 1,
        "work.paper.missing": 3,
        "work.index.gap": -1,
        "bonus.judged": 0.5,
        "bonus.used": 1,
    }
    assert codes(findings_of(wrong)) == ["GR601", "GR621", "GR605", "GR604", "GR606"]


def test_the_callers_mapping_is_never_changed() -> None:
    """“The caller's dict is never changed.”"""
    tally: dict[str, Any] = {
        "work": {"late": {"value": True, "evidence": ["a"]}},
        "bonus.judged": Decimal("0.5"),
    }
    small().score(tally)
    assert tally == {"work": {"late": {"value": True, "evidence": ["a"]}}, "bonus.judged": Decimal("0.5")}


def test_the_finding_is_said_in_the_language_asked_for() -> None:
    with pytest.raises(TallyError) as caught:
        check(small()._inputs, {}, language="zh")
    assert str(caught.value).startswith("bonus.judged: 错误[GR602]: 缺少“bonus.judged”")


def test_what_is_missing_has_the_path_of_its_input() -> None:
    """So a form can show the finding beside the field that was left empty."""
    assert finding_of({}).path == ("bonus.judged",)


# Choices, facts, and what does not apply

WIDE = """\
govrubric: 1
id: wide
title: Wide
total: 10
round: {places: 1, mode: half_up}
facts:
  class: {choice: [一类, 二类]}
  people: {number: {places: 0, min: 5, max: 9}}
indicators:
  - id: g
    title: G
    weight: 6
    not_applicable: rescale
    items:
      - id: a
        title: A
        weight: 6
        not_applicable: full
        rules:
          - {id: rated, choose: {优: 6, 良: 3}}
          - {id: low, curve: [[0, 0], [10, -1]]}
          - id: near
            formula: x - x
            inputs: {x: {number: {min: -9, max: -2}}, y: {number: {min: 2, max: 9}}}
          - {id: late, deduct: 1}
        start: zero
  - {id: b, title: B, weight: 4, rules: [{id: judged, judge: 4}]}
"""
FACTS: dict[str, Any] = {"class": "一类", "people": 7, "b.judged": 1}


@cache
def wide() -> Rubric:
    return loads(WIDE)


def wide_values(tally: dict[str, Any], *, strict: bool = False) -> dict[str, int]:
    made = check(wide()._inputs, tally, strict=strict, excused=wide()._plan.excused)
    return dict(zip(wide()._inputs, made.values, strict=True))


def wide_found(tally: dict[str, Any], *, strict: bool = False) -> list[tuple[str, str]]:
    found = refused(TallyError, lambda: wide_values(tally, strict=strict))
    return [(one.code, args(one)["name"]) for one in found]


GIVEN: dict[str, Any] = {**FACTS, "g.a.rated": "良", "g.a.low": 0, "g.a.near.x": -3, "g.a.near.y": 3}


def test_a_choice_is_given_by_its_name_and_kept_as_its_place() -> None:
    assert [wide_values({**GIVEN, "g.a.rated": name})["g.a.rated"] for name in ("优", "良")] == [0, 1]
    assert wide_values({**GIVEN, "class": Plain("二类")})["class"] == 1


@pytest.mark.parametrize(
    ("value", "shown", "near"),
    [
        ("优等", "“优等”", "优"),
        ("", "“”", ""),
        (0, "0", ""),
        (True, "true", ""),
        (["优"], "list", ""),
        (None, "none", ""),
    ],
)
def test_what_is_none_of_the_names_is_refused_with_all_of_them(value: object, shown: str, near: str) -> None:
    (one,) = refused(TallyError, lambda: wide_values({**GIVEN, "g.a.rated": value}))
    assert (one.code, args(one)) == (
        "GR616",
        {"name": "g.a.rated", "value": shown, "known": "优, 良", "near": near, "text": ""},
    )


@pytest.mark.parametrize(
    ("value", "shown", "text"),
    [
        (1, "1", '`"1"`'),
        (Decimal("2.5"), "2.5 (Decimal)", '`"2.5"`'),
        (3, "3", ""),
        (True, "true", ""),
    ],
)
def test_a_name_of_digits_is_given_as_text(value: TallyValue, shown: str, text: str) -> None:
    rubric = loads(
        "{govrubric: 1, id: r, title: R, total: 5, round: {places: 2, mode: half_up}, indicators: "
        "[{id: a, title: A, weight: 5, rules: [{id: level, choose: {'1': 5, '2.5': 3}}]}]}"
    )
    with pytest.raises(TallyError) as caught:
        rubric.score({"a.level": value})
    (one,) = caught.value.diagnostics
    said = one.render("en")
    assert one.code == "GR616"
    assert f"and {shown} is none of its names" in said
    assert (f"; names are text: give {text}" in said) is bool(text)
    assert rubric.score({"a.level": "1"}).total == 5


def test_a_choice_and_a_measured_number_must_be_given() -> None:
    assert wide_found(FACTS) == [
        ("GR602", name) for name in ("g.a.rated", "g.a.low", "g.a.near.x", "g.a.near.y")
    ]


def test_a_fact_must_be_given_where_nobody_says_what_it_is() -> None:
    assert wide_found({name: value for name, value in GIVEN.items() if name not in FACTS}) == [
        ("GR602", "class"),
        ("GR602", "people"),
        ("GR602", "b.judged"),
    ]


@pytest.mark.parametrize("flag", ["g.not_applicable", "g.a.not_applicable"])
@pytest.mark.parametrize("said", [True, Plain("true"), Plain("True"), {"value": True, "note": "none there"}])
def test_what_does_not_apply_may_be_left_out_and_is_then_nearest_to_zero(flag: str, said: Any) -> None:
    made = wide_values({**FACTS, flag: said})
    assert (
        made[flag],
        made["g.a.rated"],
        made["g.a.low"],
        made["g.a.near.x"],
        made["g.a.near.y"],
        made["g.a.late"],
    ) == (1, 0, 0, -200, 200, 0)


def test_what_does_not_apply_may_be_given_all_the_same() -> None:
    made = wide_values({**GIVEN, "g.not_applicable": True})
    assert (made["g.a.rated"], made["g.a.near.x"]) == (1, -300)


@pytest.mark.parametrize("said", [False, Plain("false"), {"value": False}])
def test_what_applies_may_not_be_left_out(said: Any) -> None:
    assert len(wide_found({**FACTS, "g.not_applicable": said})) == 4


@pytest.mark.parametrize("said", ["true", 1, Plain("yes")])
def test_a_flag_that_is_none_excuses_nothing(said: Any) -> None:
    assert [code for code, _ in wide_found({**FACTS, "g.not_applicable": said})] == ["GR605", *["GR602"] * 4]


def test_strict_scoring_excuses_only_what_must_be_given() -> None:
    assert wide_found({**FACTS, "g.not_applicable": True}, strict=True) == [
        ("GR602", "g.a.not_applicable"),
        ("GR602", "g.a.late"),
    ]


def test_what_was_left_out_is_not_among_what_was_given() -> None:
    made = check(wide()._inputs, {**FACTS, "g.not_applicable": True}, excused=wide()._plan.excused)
    assert made.given == {*FACTS, "g.not_applicable"}
    assert wide().score({**FACTS, "g.not_applicable": True}).assumed == (
        "g.a.not_applicable", "g.a.rated", "g.a.low", "g.a.near.x", "g.a.near.y", "g.a.late",
    )  # fmt: skip


def test_nested_facts_and_flags_are_found() -> None:
    nested = {"class": "一类", "people": 7, "b": {"judged": 1}, "g": {"not_applicable": True}}
    assert wide_values(nested)["g.not_applicable"] == 1


def test_a_name_that_holds_no_value_is_shown_where_it_stands() -> None:
    assert finding_of({**JUDGED, "work": {"papers": 3}}).path == ("work", "papers")


def test_evidence_that_is_wrong_and_has_no_value_is_told_of_both() -> None:
    assert codes(findings_of({**JUDGED, "work.index.gap": {"evidence": 3}})) == ["GR614", "GR612"]


def test_a_long_text_is_cut_short_in_a_message() -> None:
    shown = args(finding_of({**JUDGED, "work.index.gap": "x" * 300}))["value"]
    assert (shown[:3], len(shown) <= 42) == ("“xx", True)


# Classes of the caller's, which may do anything


def raising(*_: object) -> Any:
    raise RuntimeError("never called, or caught")


class Unread(Mapping[str, Any]):
    """A mapping that does not let itself be read."""

    __getitem__ = __iter__ = __len__ = raising


class Texts(str):
    __slots__ = ()
    __str__ = __repr__ = __getitem__ = __format__ = raising


class Number(int):
    __str__ = __repr__ = __abs__ = __lt__ = __int__ = __index__ = raising


class Digits(Decimal):
    __slots__ = ()
    as_tuple = raising


class Share(Fraction):
    numerator = property(raising)


class Real(float):
    __repr__ = __str__ = raising


class Day(datetime.date):
    isoformat = raising


class Rows(list[Any]):
    __iter__ = raising


@pytest.mark.parametrize(
    ("tally", "path"),
    [
        (Unread(), ()),
        ({**JUDGED, "work": Unread()}, ("work",)),
        ({**JUDGED, "work.late": Unread()}, ("work.late",)),
    ],
    ids=["itself", "inside", "at a value"],
)
def test_a_mapping_that_raises_is_refused_by_its_name(tally: object, path: Path) -> None:
    only = finding_of(tally)
    assert (only.code, args(only), only.path) == ("GR613", {"kind": "Unread"}, path)


@pytest.mark.parametrize(
    ("name", "value", "code", "shown"),
    [
        ("work.index.gap", Number(3), "GR603", "Number"),
        ("work.index.gap", Texts("3"), "GR603", "“3”"),
        ("work.index.gap", Real(3), "GR603", "3.0 (float)"),
        ("work.index.gap", Day(2025, 1, 2), "GR603", "Day"),
        ("work.index.gap", datetime.date(2025, 1, 2), "GR603", "2025-01-02"),
        ("bonus.judged", Number(1), "GR615", "Number"),
        ("bonus.judged", Digits("1"), "GR615", "Digits"),
        ("bonus.judged", Share(1, 2), "GR615", "Share"),
        ("bonus.judged", Fraction(10**5000, 3), "GR615", "Fraction"),
        ("bonus.judged", Fraction(1, 10**5000 + 1), "GR615", "Fraction"),
        ("bonus.judged", Fraction(1, 10**5000), "GR615", "Fraction"),
        ("bonus.judged", "1/" + "9" * 5000, "GR615", "“1/9999999999999999999999999999999999999…”"),
    ],
    ids=lambda value: type(value).__name__,
)
def test_a_value_of_any_class_is_refused_by_name(name: str, value: object, code: str, shown: str) -> None:
    only = finding_of({**JUDGED, name: value})
    assert (only.code, args(only)["value"]) == (code, shown)


def test_a_text_of_the_callers_class_counts_by_its_characters() -> None:
    evidence = {"value": Texts("1"), "evidence": [Texts("p. 3")], "note": Texts("seen")}
    checked = check(small()._inputs, {Texts("bonus"): {Texts("judged"): evidence}})
    assert checked.evidence == {"bonus.judged": (("p. 3",), "seen")}
    assert type(checked.evidence["bonus.judged"][0][0]) is str


def test_evidence_is_read_as_lists_are() -> None:
    rows = Rows(["p. 3"])
    assert check(small()._inputs, {"bonus.judged": {"value": 1, "evidence": rows}}).evidence == {
        "bonus.judged": (("p. 3",), None)
    }


@pytest.mark.parametrize(
    ("character", "code"),
    [("\x1b", "GR105"), ("\u202e", "GR105"), ("\ud800", "GR105"), ("\U000e0041", "GR105"), ("\xa0", "GR106")],
)
@pytest.mark.parametrize("key", ["evidence", "note"])
def test_evidence_that_cannot_be_seen_is_refused(key: str, character: str, code: str) -> None:
    text = f"p.{character}3"
    only = finding_of({"bonus.judged": {"value": 1, key: text if key == "note" else ["p. 2", text]}})
    shown = {"character": f"U+{ord(character):04X}"}
    assert (only.code, only.path, args(only)) == (code, ("bonus.judged", key), shown)


def test_of_many_keys_beside_a_value_the_first_twenty_are_told() -> None:
    findings = findings_of({**JUDGED, "work.late": {"value": True, **{f"k{n}": 1 for n in range(1000)}}})
    assert codes(findings) == ["GR611"] * 20
