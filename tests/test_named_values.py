"""Named values in every reading of a rubric: its contents, outline, differences, warnings, cards and tables."""

import json
from decimal import Decimal
from typing import Any

import duckdb
import polars as pl
import pytest

from govrubric import CardError, Exact, Rubric, ScoreCard, TallyError, Value, diff, loads
from govrubric.checking import check
from govrubric.comparison.compare import Change, compare
from govrubric.plan import planner
from govrubric.plan.names import Names
from govrubric.plan.order import item_order
from govrubric.reports.outline import outline
from govrubric.reports.score_table import as_csv, table

FORM = """\
govrubric: 1
id: v
title: V
total: 20
round: {places: 2, mode: half_up}
facts: {deaths: count}
values:
  share: {formula: "score(a) / max(deaths, 1) / 3", show: true, note: exact}
  bad: {title: Bad, formula: a.values.heavy or share < 1, show: true}
indicators:
- id: a
  title: A
  weight: 10
  values: {heavy: {formula: late > 3, title: Heavy}, twice: {formula: late * 2, show: true}}
  rules:
  - {id: late, deduct: {low: 1, high: 2}, per: case}
  - {id: much, deduct: 1, when: heavy}
- {id: b, title: B, weight: 10, rules: [{id: judged, judge: 10}]}
gates: [{id: capped, when: bad, at_most: 9}]
"""
TALLY = {"a.late.low": 2, "a.late.high": 1, "b.judged": 5, "deaths": 2, "a.much": True}


def made(*edits: tuple[str, str]) -> Rubric:
    text = FORM
    for old, new in edits:
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    return loads(text)


RUBRIC = made()


def test_the_contents() -> None:
    assert list(RUBRIC.values) == ["values.share", "values.bad", "a.values.heavy", "a.values.twice"]
    assert RUBRIC.values["values.share"] == Value(
        "values.share",
        None,
        "",
        "number",
        "score(a) / max(deaths, 1) / 3",
        Exact(0),
        Exact("10/3"),
        True,
        "exact",
    )
    assert RUBRIC.values["a.values.heavy"] == Value(
        "a.values.heavy", "Heavy", "a", "flag", "late > 3", None, None, False, None
    )
    assert repr(RUBRIC.values["a.values.heavy"]).startswith(
        "Value(path='a.values.heavy', title='Heavy', item='a'"
    )
    assert [item.values for item in RUBRIC.items.values()] == [
        ("values.share", "values.bad"), ("a.values.heavy", "a.values.twice"), (),
    ]  # fmt: skip


def test_the_outline() -> None:
    said = outline(RUBRIC, "en").splitlines()
    assert "  = value share: score(a) / max(deaths, 1) / 3 (shown on the card)" in said
    assert said[said.index("    = value heavy Heavy: late > 3") - 1] == "  a A  10"
    assert "      note: exact" in said
    assert "    = 命名值 heavy Heavy：late > 3" in outline(RUBRIC, "zh").splitlines()


def test_the_card() -> None:
    card = RUBRIC.score(TALLY)
    assert [(one.path, one.shown, one.kind, one.value) for one in card.values.values()] == [
        ("values.share", "share", "number", Exact(1)),  # (10 - 2 - 2) ÷ 2 ÷ 3
        ("values.bad", "Bad", "flag", False),
        ("a.values.twice", "twice", "number", Exact(6)),
    ]
    many = RUBRIC.score({**TALLY, "deaths": 7})
    assert many.explain().splitlines()[1:4] == ["share: 0.2857…", "Bad: yes", "twice: 6"]
    read = ScoreCard.from_json(many.to_json())
    assert read.values == many.values
    assert json.loads(many.to_json())["values"][0] == {
        "path": "values.share", "title": None, "kind": "number", "value": "2/7",
    }  # fmt: skip
    assert read.verify(RUBRIC) == ()
    assert read.to_dict() == many.to_dict()


@pytest.mark.parametrize(
    ("at", "value", "wanted"),
    [
        ("value", "2", None),
        ("value", True, "str"),
        ("value", "2.0", "2"),
        ("kind", "flag", "bool"),
        ("kind", "count", "number/flag"),
        ("path", "Values", "path"),
        ("title", 1, "str/NoneType"),
    ],
)
def test_a_forged_value(at: str, value: Any, wanted: str | None) -> None:
    data = RUBRIC.score(TALLY).to_dict()
    data["values"][0][at] = value
    if wanted is None:
        found = ScoreCard.from_dict(data).verify(RUBRIC)
        assert (found[0].code, found[0].path) == ("GR707", ("values.share", "value"))
        return
    with pytest.raises(CardError) as caught:
        ScoreCard.from_dict(data)
    (found_,) = caught.value.diagnostics
    assert (found_.path, dict(found_.args)["wanted"]) == (
        ("values", 0, at if at != "kind" or value == "count" else "value"),
        wanted,
    )


def test_a_value_stands_once_on_a_card() -> None:
    data = RUBRIC.score(TALLY).to_dict()
    data["values"].append(data["values"][0])
    with pytest.raises(CardError) as caught:
        ScoreCard.from_dict(data)
    assert [one.code for one in caught.value.diagnostics] == ["GR703"]


def test_a_title_is_words_and_a_formula_is_not() -> None:
    titled, other, hidden = (
        made(("title: Bad", "title: Worse")), made(("late > 3", "late > 4")), made(("late * 2, show: true", "late * 2")),
    )  # fmt: skip
    assert titled.scoring_digest == RUBRIC.scoring_digest != titled.digest
    assert made(("late > 3", "(a.late) > 3.0")).scoring_digest == RUBRIC.scoring_digest
    assert len({one.scoring_digest for one in (RUBRIC, other, hidden)}) == 3
    assert [one.code for one in RUBRIC.score(TALLY).verify(titled)] == ["GR710"]


def test_tables() -> None:
    frame = pl.DataFrame(
        {name: [value, value] for name, value in TALLY.items()} | {"deaths": [2, 7], "b.judged": [5, 5]}
    )
    columns = ["total", "values.share:over", "values.share:under", "values.bad", "a.values.twice"]
    scored = RUBRIC.score_frame(frame, detail="total")
    assert scored.columns[len(TALLY) :] == columns
    rows = [(over / under, *rest) for over, under, *rest in scored.select(columns[1:]).rows()]
    assert rows == [(1, False, 6), (2 / 7, True, 6)]
    assert scored.schema["values.bad"] == pl.Boolean
    database = RUBRIC.score_frame(duckdb.from_arrow(frame.to_arrow()), detail="total").pl()
    assert database.select(columns[1:]).rows() == scored.select(columns[1:]).rows()
    wrong = RUBRIC.score_frame(frame.with_columns(deaths=pl.Series([-1, 7])), on_error="report")
    assert wrong["values.bad"].to_list() == [None, True]


def test_tables_of_cards() -> None:
    cards = [RUBRIC.score(TALLY, unit="u1"), RUBRIC.score({**TALLY, "deaths": 7}, unit="u2")]
    assert as_csv(RUBRIC, cards).splitlines() == [
        "unit,name,total,values.share,values.bad,a.values.twice,a,b",
        "u1,,11.00,1,false,6,6,5",
        "u2,,9.00,'2/7,true,6,6,5",
    ]
    head, _, *rows = table(RUBRIC, cards, "en").splitlines()[2:6]
    assert head.split() == ["unit", "total", "share", "Bad", "twice", "1", "2"]
    assert [row.split()[2:5] for row in rows] == [["1", "no", "6"], ["0.2857…", "yes", "6"]]


def key(path: str, name: str, before: Any, after: Any, *, scoring: bool = True) -> Change:
    return Change("changed", "value", path, path, scoring, name, before, after)


@pytest.mark.parametrize(
    ("edit", "wanted"),
    [
        (("title: Bad", "title: Worse"), [key("values.bad", "title", "Bad", "Worse", scoring=False)]),
        (("late > 3", "late > 4"), [key("a.values.heavy", "formula", "late > 3", "late > 4")]),
        (("late > 3", "a.late > 3"), []),
        (("share < 1", "values.share < 1"), []),
        (("heavy}", "values.heavy}"), []),
        (("late * 2, show: true", "late * 2"), [key("a.values.twice", "show", True, False)]),
        (
            ("twice: {formula: late * 2, show: true}", "more: {formula: late * 2, show: true}"),
            [
                Change("removed", "value", "a.values.twice", None, scoring=True),
                Change("added", "value", None, "a.values.more", scoring=True),
            ],
        ),
    ],
)
def test_differences(edit: tuple[str, str], wanted: list[Change]) -> None:
    assert list(compare(RUBRIC, made(edit)).changes) == wanted


def test_a_renamed_item_takes_its_values_along() -> None:
    other = loads(
        FORM.replace("- id: a\n", "- id: c\n  was: a\n")
        .replace("a.values", "c.values")
        .replace("score(a)", "score(c)")
    )
    assert [(one.kind, one.what) for one in compare(RUBRIC, other).changes] == [("renamed", "item")]
    gone = loads(
        FORM.replace("a.values.heavy", "deaths > 3")
        .replace("heavy: {formula: late > 3, title: Heavy}, ", "")
        .replace(", when: heavy", "")
    )
    assert [(one.kind, one.old, one.key) for one in compare(RUBRIC, gone).changes] == [
        ("changed", "values.bad", "formula"), ("removed", "a.values.heavy", None), ("changed", "a.much", "when"),
    ]  # fmt: skip


def test_differences_in_words() -> None:
    plain = made(
        ("twice: {formula: late * 2, show: true}", "more: {formula: late * 2, title: More}"),
        ("share < 1", "share < 2 or a.values.more > 99"),
    )
    said = diff(RUBRIC, plain).to_text()
    assert "value twice" in said
    assert "value more More" in said
    assert "late * 2 (shown)" in said
    added = (
        FORM.replace("gates:", "")
        .replace(" [{id: capped, when: bad, at_most: 9}]\n", "")
        .replace("total: 20", "total: 30")
    )
    added += "- {id: n, title: N, weight: 10, values: {w: {formula: '1', show: true}}, rules: [{id: j, judge: 10}]}\n"
    assert "value w" in diff(made(), loads(added)).to_text()
    assert "命名值 w" in diff(made(), loads(added)).to_text("zh")


def warned(text: str) -> list[str]:
    return [one.code for one in check(text=text)]


def test_a_value_that_nothing_uses() -> None:
    assert "GR418" not in warned(FORM)
    assert warned(FORM.replace("late * 2, show: true", "late * 2")).count("GR418") == 1
    # A constant is used too, though no line of the plan has it.
    assert "GR418" not in warned(FORM.replace("late > 3", "1 > 0"))


ASKING = """\
govrubric: 1
id: v
title: V
total: 20
round: {places: 2, mode: half_up}
values: {there: {formula: %s}, also: {formula: there and there}}
indicators:
- {id: a, title: A, weight: 10, not_applicable: zero, clause: c, rules: [{id: j, judge: 10, clause: d}]}
- {id: b, title: B, weight: 10, clause: e, rules: [{id: j, judge: 10, clause: f, when: also and score(a) > 5}]}
"""


@pytest.mark.parametrize(("guard", "found"), [("applies(a)", 0), ("not a.not_applicable", 0), ("b.j > 2", 1)])
def test_a_guard_may_stand_in_a_value(guard: str, found: int) -> None:
    codes = [one.code for one in check(text=ASKING % guard)]
    assert codes.count("GR436") == found


def test_values_come_before_what_uses_them_and_those_that_nothing_uses_last() -> None:
    order = item_order(Names.of(RUBRIC._text)).paths
    assert order == ["a.values.heavy", "a", "b", "values.share", "values.bad", "", "a.values.twice"]


def test_a_formula_of_a_rule_with_an_input_of_that_name_needs_no_value() -> None:
    own = made(
        ("{id: judged, judge: 10}", "{id: x, formula: share, inputs: {share: count}}"),
        ("score(a) /", "score(b) /"),
    )
    assert own.score({"b.x.share": 4, "a.late.low": 1}).items["b"].score == 4


def test_the_nearest_name_of_a_misspelt_one() -> None:
    (found,) = check(text=FORM.replace("when: heavy", "when: heavi"))[:1]
    assert (found.code, dict(found.args)["near"]) == ("GR504", "heavy")


def test_a_path_that_is_too_long() -> None:
    long = "n" * 64
    parts, at = "", "g"
    inner = "rules: [{id: j, judge: 10}], values: {VALUE: {formula: '1', show: true}}"
    for _ in range(4):
        inner = f"items: [{{id: {long}, title: T, weight: 10, {inner}}}]"
    text = FORM.partition("facts:")[0].replace("total: 20", "total: 10")
    text += f"indicators: [{{id: {at}, title: T, weight: 10, {inner}}}]\n{parts}"
    codes = [one.code for one in check(text=text.replace("VALUE", long[:40])) if one.severity == "error"]
    assert codes == ["GR211"]
    assert [one.code for one in check(text=text.replace("VALUE", "v")) if one.severity == "error"] == []


def test_a_part_that_has_the_path_of_a_value_is_told_and_nothing_breaks() -> None:
    text = FORM.replace("- {id: b, title: B, weight: 10, rules: [{id: judged, judge: 10}]}", "- {id: values, title: B, weight: 10, items: [{id: bad, title: C, weight: 10, rules: [{id: j, judge: 10}]}]}")  # fmt: skip
    codes = [one.code for one in check(text=text) if one.severity == "error"]
    assert codes[0] == "GR347"


def test_a_fact_may_not_be_called_values_beside_values() -> None:
    text = FORM.replace("facts: {deaths: count}", "facts: {deaths: count, values: count}")
    assert [one.code for one in check(text=text) if one.severity == "error"] == ["GR332"]


def test_after_many_slips_no_further_value_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(planner, "READ", 0)
    text = FORM.replace("late > 3", "lat > 3").replace("late * 2", "lat * 2").replace("score(a)", "score(x)")
    assert len([one for one in check(text=text) if one.severity == "error"]) == 1


def test_a_value_of_two_guards_is_read_once() -> None:
    again = ASKING.replace("there and there", "there and values.there")
    assert [one.code for one in check(text=again % "b.j > 2")].count("GR436") == 1


EXEMPTED = """govrubric: 1
id: t
title: T
total: 10
round: {places: 2, mode: half_up}
facts: {small: flag, staff: count}
values:
  tiny: {formula: staff < 3}
  exempt: {formula: small or tiny}
indicators:
  - id: a
    title: A
    weight: 6
    not_applicable: {when: exempt, then: rescale}
    values: {half: {formula: j / 2, show: true}}
    rules: [{id: j, judge: 6}]
  - {id: b, title: B, weight: 4, rules: [{id: late, deduct: 1, per: case}]}
"""


def test_a_value_of_inputs_may_decide_that_an_item_does_not_apply() -> None:
    rubric = loads(EXEMPTED)
    # Two of staff: only b applies, 3 of 4, scaled up to 10.
    card = rubric.score({"staff": 2, "b.late": 1})
    assert (str(card.total), card.items["a"].applies, str(card.values["a.values.half"].value)) == (
        "7.5",
        False,
        "0",
    )
    card = rubric.score({"staff": 3, "a.j": 5, "b.late": 1})
    assert (str(card.total), card.items["a"].applies, str(card.values["a.values.half"].value)) == (
        "8",
        True,
        "2.5",
    )
    assert card.verify(rubric) == ()
    with pytest.raises(TallyError) as told:
        rubric.score({"staff": 3, "b.late": 1})
    assert [(one.code, one.where) for one in told.value.diagnostics] == [("GR602", "a.j")]
    frame = pl.DataFrame({"staff": [2, 3], "small": [False, False], "a.j": [None, "5"], "b.late": [1, 1]})
    assert rubric.score_frame(frame)["total"].to_list() == [Decimal("7.50"), Decimal("8.00")]


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("formula: small or tiny", "formula: score(b) > 1", ["GR522"]),
        ("formula: staff < 3", "formula: score(b) > 1", ["GR522"]),
        ("formula: staff < 3", "formula: applies(b)", ["GR522"]),
        ("when: exempt", "when: half > 1", ["GR522"]),
        ("formula: staff < 3", "formula: exempt", ["GR509"]),
    ],
)
def test_what_is_not_known_before_any_score_decides_no_such_thing(
    old: str, new: str, told: list[str]
) -> None:
    assert old in EXEMPTED
    errors = [one.code for one in check(text=EXEMPTED.replace(old, new)) if one.severity == "error"]
    assert errors == told
