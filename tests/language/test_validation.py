"""A finding of our own for everything that pydantic refuses; what is wrong is cut out, the rest is judged."""

import pytest

from govrubric import RubricError, loads
from govrubric.diagnostics.diagnostic import Diagnostic
from govrubric.document.yaml import parse
from govrubric.language import validation as shape
from samples import args, placed, refused

HEAD = "govrubric: 1\nid: small\ntitle: Small\ntotal: 4\nround: {places: 2, mode: half_up}\n"
ITEM = "  - {id: work, title: Work, weight: 4, rules: [{id: late, deduct: 1}]}\n"


def found(text: str) -> tuple[Diagnostic, ...]:
    return refused(RubricError, lambda: loads(text, "f.yaml"))


def of_item(fields: str) -> Diagnostic:
    """The one finding about an item, which stands on line 7 behind `  - `."""
    (one,) = found(f"{HEAD}indicators:\n  - {{id: work, {fields}}}\n")
    assert one.place is not None
    assert one.place.line == 7
    return one


def of_rule(fields: str) -> Diagnostic:
    """The one finding about a rule; its brace opens in column 14 of line 8."""
    (one,) = found(
        f"{HEAD}indicators:\n  - {{id: work, title: Work, weight: 4,\n     rules: [{{id: late, {fields}}}]}}\n"
    )
    assert one.place is not None
    assert one.place.line == 8
    return one


def column(one: Diagnostic) -> int:
    assert one.place is not None
    return one.place.column


@pytest.mark.parametrize("text", ["- 1\n", "x\n", "[[]]\n"])
def test_a_rubric_that_is_no_mapping_is_refused(text: str) -> None:
    assert placed(found(text)) == [("GR204", 1, 1)]


@pytest.mark.parametrize("text", ["x\n", f"{HEAD}indicators: x\n", f"{HEAD}indicators:\n  - x\n"])
def test_text_in_the_wrong_place_is_called_text(text: str) -> None:
    assert "Plain" not in found(text)[0].message()


def test_a_tally_in_the_place_of_a_rubric_is_called_so() -> None:
    assert placed(found("unit: u1\nwork.late: true\n")) == [("GR224", 1, 1)]


def test_nothing_is_no_mapping_and_refused_once() -> None:
    assert placed(found("~")) == [("GR125", 1, 1)]


def test_every_missing_key_is_named_at_once() -> None:
    assert [(one.code, args(one)["key"]) for one in found("govrubric: 1\n")] == [
        ("GR202", "id"),
        ("GR202", "title"),
        ("GR202", "total"),
        ("GR202", "round"),
        ("GR202", "indicators"),
    ]


@pytest.mark.parametrize(
    ("text", "line", "column", "near"),
    [
        (f"{HEAD}titel: x\nindicators:\n{ITEM}", 6, 1, "title"),
        (f"{HEAD}zzzzzz: x\nindicators:\n{ITEM}", 6, 1, ""),
        (f"{HEAD}valid: {{form: 2023-01-01}}\nindicators:\n{ITEM}", 6, 9, "from"),
        (f"{HEAD}source: {{isuer: x}}\nindicators:\n{ITEM}", 6, 10, "issuer"),
        (f"{HEAD.replace('places: 2', 'places: 2, nota: x')}indicators:\n{ITEM}", 5, 20, "note"),
        (f"{HEAD}indicators:\n{ITEM.replace('weight: 4', 'weight: 4, flor: 0')}", 7, 40, "floor"),
        (f"{HEAD}indicators:\n{ITEM.replace('deduct: 1', 'deduct: 1, clouse: x')}", 7, 70, "clause"),
        (
            f"{HEAD}indicators:\n{ITEM}cases: [{{name: a, tally: {{}}, expect: {{total: 4}}, nota: x}}]\n",
            8,
            50,
            "note",
        ),
        (
            f"{HEAD}indicators:\n{ITEM}ambiguities: [{{id: a, at: work, question: q, decision: d, option: [x]}}]\n",
            8,
            59,
            "options",
        ),
    ],
)
def test_an_unknown_key_is_refused_with_the_nearest_known_one(
    text: str, line: int, column: int, near: str
) -> None:
    """“unknown keys (with the nearest known key)”"""
    (one,) = found(text)
    assert (placed([one]), args(one)["near"]) == ([("GR201", line, column)], near)


def test_a_rule_without_a_verb_is_refused() -> None:
    one = of_rule("clause: x")
    verbs = "award, bands, choose, convert, curve, deduct, distance, forfeit, formula, judge"
    assert (one.code, args(one)["verbs"], args(one)["near"], column(one)) == ("GR215", verbs, "", 14)


def test_a_misspelt_verb_is_known_by_its_neighbour() -> None:
    one = of_rule("per: case, deduckt: 1")
    assert (one.code, args(one)["near"]) == ("GR215", "deduct")


@pytest.mark.parametrize(
    ("fields", "near"),
    [
        ("bonus: 1, per: case", "award"),
        ("加分: 1", "award"),
        ("扣分: 1", "deduct"),
        ("PENALTY: 1", "deduct"),
        ("折合: 100", "convert"),
        ("评分: 5", "judge"),
        ("选择: {A: 1}", "choose"),
        ("分档: [1]", "bands"),
        ("公式: x", "formula"),
    ],
)
def test_what_people_call_a_verb_is_answered_with_ours(fields: str, near: str) -> None:
    one = of_rule(fields)
    assert (one.code, args(one)["near"]) == ("GR215", near)


@pytest.mark.parametrize(
    ("key", "near"),
    [
        ("name", "title"),
        ("标题", "title"),
        ("分值", "weight"),
        ("上限", "ceiling"),
        ("minimum", "floor"),
        ("description", "clause"),
        ("备注", "note"),
        ("children", "items"),
        ("一票否决", "gates"),
        ("缺项", "not_applicable"),
    ],
)
def test_what_people_call_a_key_is_answered_with_ours(key: str, near: str) -> None:
    one = of_item(f"title: X, weight: 4, {key}: 1, rules: [{{id: late, deduct: 1}}]")
    assert (one.code, args(one)["key"], args(one)["near"]) == ("GR201", key, near)


def test_a_key_that_no_key_is_like_is_answered_with_all() -> None:
    one = of_rule("curve: [[0, 0], [1, 1]], qqqq: 1")
    assert (one.code, args(one)["near"]) == ("GR201", "")
    assert (
        args(one)["known"]
        == "id, title, was, input, when, at_most, clause, note, unit, places, default, curve"
    )


@pytest.mark.parametrize(
    ("text", "known"),
    [
        (
            f"{HEAD}indicators:\n{ITEM}gates: [{{id: g, when: 'true', qqqq: 1, score: 1}}]\n",
            "id, title, when, score, at_most, at_least, grade, grade_at_most, clause, note",
        ),
        (f"{HEAD}indicators:\n{ITEM}grades: [{{grade: A, qqqq: 1}}]\n", "grade, from, when, note"),
        (f"{HEAD}facts: {{x: {{number: {{qqqq: 1}}}}}}\nindicators:\n{ITEM}", "places, min, max, note"),
    ],
)
def test_the_keys_known_are_those_of_the_object(text: str, known: str) -> None:
    (one,) = found(text)
    assert (one.code, args(one)["known"]) == ("GR201", known)


def test_a_rule_with_two_verbs_is_refused_at_the_second() -> None:
    one = of_rule("deduct: 1, award: 2")
    assert (one.code, args(one), column(one)) == ("GR216", {"verbs": "deduct, award"}, 36)


@pytest.mark.parametrize(
    ("fields", "code", "column"),
    [
        ("title: [X], weight: 4, rules: [{id: late, deduct: 1}]", "GR206", 23),
        ("title: '', weight: 4, rules: [{id: late, deduct: 1}]", "GR213", 23),
        ("title: X, weight: four, rules: [{id: late, deduct: 1}]", "GR207", 34),
        ("title: X, weight: '4', rules: [{id: late, deduct: 1}]", "GR208", 34),
        ("title: X, weight: -4, rules: [{id: late, deduct: 1}]", "GR214", 34),
        ("title: X, weight: 4, start: half, rules: [{id: late, deduct: 1}]", "GR210", 44),
        ("title: X, weight: 4, rules: {id: late}", "GR205", 44),
        ("title: X, weight: 4, rules: []", "GR222", 44),
        ("title: X, weight: 4, rules: [late]", "GR204", 45),
        ("title: X, weight: 4, extra: yes, rules: [{id: late, deduct: 1}]", "GR210", 44),
        ("title: X, weight: 4, not_applicable: drop, rules: [{id: late, deduct: 1}]", "GR210", 53),
        ("title: X, weight: 4, combine: median, rules: [{id: late, deduct: 1}]", "GR210", 46),
        ("title: X, weight: 4, drop: {lowest: -1}, rules: [{id: late, deduct: 1}]", "GR221", 52),
        ("title: X, weight: 4, drop: 1, rules: [{id: late, deduct: 1}]", "GR204", 43),
        ("title: X, weight: 4, counts_when: '', rules: [{id: late, deduct: 1}]", "GR213", 50),
        ("title: X, weight: 4, gates: [], rules: [{id: late, deduct: 1}]", "GR222", 44),
        ("title: X, weight: 4, gates: [{id: g}], rules: [{id: late, deduct: 1}]", "GR202", 45),
        (
            "title: X, weight: 4, gates: [{id: g, when: late, score: all}], rules: [{id: late, deduct: 1}]",
            "GR210",
            72,
        ),
    ],
)
def test_a_wrong_field_of_an_item_is_shown_where_it_stands(fields: str, code: str, column: int) -> None:
    one = of_item(fields)
    assert placed([one]) == [(code, 7, column)]


@pytest.mark.parametrize(
    ("fields", "code", "column"),
    [
        ("deduct: {City: 1}, per: case", "GR211", 34),
        ("deduct: {city: -1}, per: case", "GR214", 40),
        ("deduct: {}, per: case", "GR222", 33),
        ("deduct: [], per: case", "GR222", 33),
        ("deduct: [1, x], per: case", "GR207", 37),
        ("judge: 5, places: 7", "GR221", 43),
        ("forfeit: half", "GR210", 34),
        ("choose: [5]", "GR204", 33),
        ("choose: {A: x}", "GR207", 37),
        ("bands: [{from: x, points: 1}]", "GR207", 40),
        ("bands: [{from: 1}]", "GR202", 33),
        ("bands: [{from: 1, points: 1}], else: x", "GR207", 62),
        ("distance: {below: 1, each: 0, points: 1}", "GR214", 52),
        ("distance: {below: 1, each: 1, points: 1, whole: maybe}", "GR210", 73),
        ("curve: [[60, 0], 60]", "GR225", 42),
        ("curve: [[60, x]]", "GR207", 38),
        ("formula: [1]", "GR206", 34),
        ("formula: x, inputs: {X: flag}", "GR211", 46),
        ("formula: x, inputs: {x: number}", "GR210", 49),
        ("formula: x, inputs: {x: {number: {max: x}}}", "GR207", 64),
    ],
)
def test_a_wrong_field_of_a_rule_is_shown_where_it_stands(fields: str, code: str, column: int) -> None:
    one = of_rule(fields)
    assert placed([one]) == [(code, 8, column)]


def test_all_wrong_fields_are_found_at_once_and_the_rest_is_still_judged() -> None:
    text = f"""{HEAD}indicators:
  - {{id: a1, title: A, weight: x, rules: [{{id: late, deduct: 1}}]}}
  - {{id: a2, title: B, weight: 3, rules: [{{id: late, deduct: 1}}, {{id: late, deduct: x}}, {{id: late, deduct: 2}}]}}
  - {{id: a3, title: C, weight: 1}}
"""
    assert placed(found(text)) == [("GR207", 7, 32), ("GR207", 8, 85), ("GR301", 8, 94), ("GR303", 9, 10)]


def test_a_sum_that_a_cut_touches_is_not_judged() -> None:
    text = f"{HEAD}indicators:\n  - {{id: a1, title: A, weight: x, rules: [{{id: late, deduct: 1}}]}}\n  - {{id: a2, title: B, weight: 9, rules: [{{id: late, deduct: 1}}]}}\n"
    assert placed(found(text)) == [("GR207", 7, 32)]


def test_what_the_text_was_refused_for_is_not_refused_again() -> None:
    text = f"{HEAD.replace('id: small', 'id: *x')}indicators:\n{ITEM}"
    assert [one.code for one in found(text)] == ["GR114"]


def test_a_value_behind_an_anchor_is_refused_once() -> None:
    text = f"{HEAD}indicators:\n{ITEM.replace('weight: 4', 'weight: &x four')}"
    assert placed(found(text)) == [("GR113", 7, 37)]


def test_cutting_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shape, "ROUNDS", 1)
    made = shape.shape(parse("f", f"{HEAD}indicators:\n{ITEM.replace('weight: 4', 'weight: x')}"))
    assert (made.text, [one.code for one in made.found]) == (None, ["GR207"])


def test_a_verb_that_the_text_was_refused_for_is_not_missed() -> None:
    assert placed([of_rule("deduct: *x")]) == [("GR114", 8, 33)]


def test_of_two_keys_that_are_the_same_the_first_still_counts() -> None:
    (one,) = found(f"{HEAD}title: Other\nindicators:\n{ITEM}")
    assert placed([one]) == [("GR120", 6, 1)]
