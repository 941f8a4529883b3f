"""A rubric as its author wrote it: its fields, what they refuse, and the order of its parts."""

import datetime
import pickle
from typing import Any

import pytest
from pydantic import ValidationError

from govrubric.document.nodes import Plain
from govrubric.language.fields import Table
from govrubric.language.rubric_text import Item, RubricText, join, parts
from govrubric.language.variants_text import Ambiguity
from making import item, leaf, number, text

RULE = {"id": "r", "deduct": 1, "per": "例"}


def codes(of: type[RubricText] | type[Item], value: object) -> list[tuple[str, str]]:
    """Place and code of every refusal."""
    with pytest.raises(ValidationError) as refused:
        of.model_validate(value)
    return [(".".join(map(str, error["loc"])), error["type"]) for error in refused.value.errors()]


@pytest.mark.parametrize(
    ("fields", "found"),
    [
        ({"title": ""}, [("title", "GR213")]),
        ({"id": "A"}, [("id", "GR211")]),
        ({"weight": 0}, [("weight", "GR214")]),
        ({"weight": Plain("")}, [("weight", "GR207")]),
        ({"out_of": -1}, [("out_of", "GR214")]),
        ({"start": Plain("half")}, [("start", "GR210")]),
        ({"floor": Plain("zero")}, [("floor", "GR210")]),
        ({"ceiling": "none "}, [("ceiling", "GR208")]),
        ({"round": {"places": 7, "mode": "half_up"}}, [("round.places", "GR221")]),
        ({"round": {"places": 2, "mode": "nearest"}}, [("round.mode", "GR210")]),
        ({"round": {"places": 2}}, [("round.mode", "missing")]),
        ({"round": 2}, [("round", "model_type")]),
        ({"rules": []}, [("rules", "GR222")]),
        ({"rules": RULE}, [("rules", "GR205")]),
        ({"items": ()}, [("items", "GR222")]),
        ({"colour": "red"}, [("colour", "extra_forbidden")]),
        ({"note": 5}, [("note", "GR206")]),
        ({"clause": ""}, [("clause", "GR213")]),
        ({"extra": 1}, [("extra", "GR210")]),
        ({"not_applicable": "drop"}, [("not_applicable.form:word", "GR210")]),
        ({"not_applicable": True}, [("not_applicable.form:word", "GR210")]),
        ({"counts_when": ""}, [("counts_when", "GR213")]),
        ({"counts_when": True}, [("counts_when", "GR206")]),
        ({"combine": "median"}, [("combine", "GR210")]),
        ({"drop": 1}, [("drop", "model_type")]),
        ({"drop": {"lowest": -1}}, [("drop.lowest", "GR221")]),
        ({"drop": {"highest": 1001}}, [("drop.highest", "GR221")]),
        ({"drop": {"worst": 1}}, [("drop.worst", "extra_forbidden")]),
        ({"gates": []}, [("gates", "GR222")]),
        ({"gates": [{"id": "g"}]}, [("gates.0.when", "missing")]),
        ({"gates": [{"when": "x"}]}, [("gates.0.id", "missing")]),
        ({"gates": [{"id": "g", "when": "x", "score": Plain("all")}]}, [("gates.0.score", "GR210")]),
        ({"gates": [{"id": "g", "when": "x", "at_most": "none"}]}, [("gates.0.at_most", "GR208")]),
        ({"gates": [{"id": "g", "when": "x", "at_least": Plain("x")}]}, [("gates.0.at_least", "GR207")]),
        ({"gates": [{"id": "g", "when": "x", "grade": 5}]}, [("gates.0.grade", "GR206")]),
        ({"gates": [{"id": "g", "when": "x", "grade_at_most": ""}]}, [("gates.0.grade_at_most", "GR213")]),
    ],
)
def test_a_wrong_field_of_an_item_is_refused(fields: dict[str, Any], found: list[tuple[str, str]]) -> None:
    assert codes(Item, item(**fields)) == found


@pytest.mark.parametrize("key", ["govrubric", "id", "title", "total", "round", "indicators"])
def test_what_a_rubric_must_say_cannot_be_left_out(key: str) -> None:
    whole = {
        "govrubric": 1,
        "id": "t",
        "title": "T",
        "total": 10,
        "round": {"places": 2, "mode": "half_up"},
        "indicators": [item(rules=[RULE])],
    }
    assert codes(RubricText, {name: value for name, value in whole.items() if name != key}) == [
        (key, "missing")
    ]


@pytest.mark.parametrize(
    ("fields", "found"),
    [
        ({"govrubric": 2}, [("govrubric", "GR218")]),
        ({"indicators": []}, [("indicators", "GR222")]),
        ({"valid": {"from": "2023-02-30"}}, [("valid.from", "GR212")]),
        ({"valid": {"start": "2023-01-01"}}, [("valid.start", "extra_forbidden")]),
        ({"source": {"page": 1}}, [("source.page", "extra_forbidden")]),
        ({"cases": []}, [("cases", "GR222")]),
        ({"cases": [{"name": "n", "tally": {}, "expect": {}}]}, [("cases.0.expect", "GR222")]),
        ({"cases": [{"name": "n", "tally": [], "expect": {"total": 1}}]}, [("cases.0.tally", "GR204")]),
        ({"ambiguities": [{"id": "a", "at": "a", "question": "?"}]}, [("ambiguities.0.decision", "missing")]),
        (
            {"ambiguities": [{"id": "a", "at": "a", "question": "?", "decision": "!", "options": []}]},
            [("ambiguities.0.options.form:list", "GR222")],
        ),
        ({"start": "full"}, [("start", "extra_forbidden")]),
        ({"extra": True}, [("extra", "extra_forbidden")]),
        ({"not_applicable": "zero"}, [("not_applicable", "extra_forbidden")]),
        ({"counts_when": "x"}, [("counts_when", "extra_forbidden")]),
        ({"facts": {}}, [("facts", "GR222")]),
        ({"grades": []}, [("grades", "GR222")]),
        ({"grades": [{"from": 90}]}, [("grades.0.grade", "missing")]),
        ({"grades": [{"grade": "A", "from": "90"}]}, [("grades.0.from", "GR208")]),
        ({"grades": [{"grade": "A", "when": ""}]}, [("grades.0.when", "GR213")]),
        ({"grades": [{"grade": ""}]}, [("grades.0.grade", "GR213")]),
        ({"grade_on": "total"}, [("grade_on", "GR210")]),
        ({"weight": 10}, [("weight", "extra_forbidden")]),
        ({"rules": [RULE]}, [("rules", "extra_forbidden")]),
    ],
)
def test_a_wrong_field_of_a_rubric_is_refused(fields: dict[str, Any], found: list[tuple[str, str]]) -> None:
    whole = {
        "govrubric": 1,
        "id": "t",
        "title": "T",
        "total": 10,
        "round": {"places": 2, "mode": "half_up"},
        "indicators": [item(rules=[RULE])],
    }
    assert codes(RubricText, {**whole, **fields}) == found


def test_every_wrong_field_is_found_at_once() -> None:
    assert codes(Item, {"id": "A", "title": "", "weight": 0}) == [
        ("id", "GR211"),
        ("title", "GR213"),
        ("weight", "GR214"),
    ]


def test_an_item_has_its_defaults() -> None:
    made = leaf(RULE).indicators[0]
    assert (
        made.out_of,
        made.start,
        made.floor,
        made.ceiling,
        made.round,
        made.assessed_by,
        made.clause,
        made.note,
    ) == (None,) * 8
    assert (made.items, made.gates, made.extra, made.not_applicable, made.counts_when, made.combine, made.drop) == (
        (), (), False, None, None, "sum", None,
    )  # fmt: skip


def test_a_rubric_has_its_defaults() -> None:
    made = leaf(RULE)
    assert (made.language, made.valid, made.source, made.out_of, made.floor, made.ceiling, made.note, made.cases, made.ambiguities) == (
        "en", None, None, None, None, None, None, (), (),
    )  # fmt: skip
    assert (made.combine, made.drop, made.facts, made.gates, made.grades, made.grade_on) == (
        "sum",
        None,
        (),
        (),
        (),
        "rounded",
    )


def test_gates_grades_and_facts_are_kept() -> None:
    made = text(
        item(
            "a", 10, extra=Plain("false"), not_applicable="rescale", counts_when="deaths == 0", combine="max", rules=[{**RULE, "when": "r > 1", "input": "deaths"}],
            gates=[{"id": "g", "when": "deaths > 0", "score": Plain("none"), "at_most": 5, "at_least": 1, "grade": "D", "grade_at_most": "C", "clause": "c"}],
        ),
        facts={"deaths": "count"},
        gates=[{"id": "h", "when": "total > 5", "score": 3}],
        grades=[{"grade": "A", "from": 9, "when": "deaths == 0", "note": "n"}, {"grade": "B"}],
        grade_on="exact",
    )  # fmt: skip
    (part,) = made.items
    (gate,) = part.gates
    assert (part.extra, part.not_applicable, part.counts_when, part.combine) == (
        False,
        "rescale",
        "deaths == 0",
        "max",
    )
    assert (part.rules[0].when, part.rules[0].input) == ("r > 1", "deaths")
    assert (gate.id, gate.when, gate.score, gate.at_most, gate.at_least, gate.grade, gate.grade_at_most, gate.clause) == (
        "g", "deaths > 0", "none", number(5), number(1), "D", "C", "c",
    )  # fmt: skip
    assert (made.gates[0].score, made.grade_on) == (number(3), "exact")
    assert [(one.grade, one.start, one.when, one.note) for one in made.grades] == [
        ("A", number(9), "deaths == 0", "n"),
        ("B", None, None, None),
    ]
    assert made.facts == (("deaths", "count"),)


def test_a_rubric_is_the_root_item() -> None:
    made = leaf(RULE)
    assert (made.weight, made.items, made.rules, made.start) == (number(10), made.indicators, (), None)
    assert (made.extra, made.policy, made.exempt_when, made.counts_when) == (False, None, None, None)


def test_lists_are_tuples_and_numbers_exact() -> None:
    made = text(item("a", number("10/3"), rules=[RULE]), total=number("10/3"))
    assert type(made.indicators) is tuple
    assert type(made.indicators[0].rules) is tuple
    assert made.indicators[0].weight == number("10/3")


def test_what_goes_with_a_rubric_is_kept() -> None:
    made = text(
        item(rules=[RULE]),
        valid={"from": "2023-01-01", "to": "2023-12-31"},
        source={"issuer": "市政府办公室", "document": "附件2"},
        cases=[{"name": "n", "tally": {"a.r": 3}, "expect": {"a": {"r": -3}}}],
        ambiguities=[{"id": "x", "at": "a", "question": "?", "decision": "!", "options": ["other"]}],
    )
    assert made.valid is not None
    assert made.source is not None
    assert (made.valid.start, made.valid.to) == (datetime.date(2023, 1, 1), datetime.date(2023, 12, 31))
    assert (made.source.issuer, made.source.document) == ("市政府办公室", "附件2")
    assert (made.cases[0].tally, made.cases[0].expect) == (Table({"a.r": 3}), Table({"a": {"r": -3}}))
    assert made.ambiguities == (Ambiguity(id="x", at="a", question="?", decision="!", options=("other",)),)


def test_a_rubric_does_not_change() -> None:
    made = leaf(RULE)
    with pytest.raises(ValidationError, match="frozen"):
        setattr(made, "title", "changed")  # noqa: B010 - the checker forbids the plain form


def test_texts_that_mean_the_same_are_equal_and_hash_alike() -> None:
    assert leaf(RULE) == leaf({**RULE, "deduct": Plain("1.00"), "take": "all"})
    assert hash(leaf(RULE)) == hash(leaf(RULE))
    assert leaf(RULE) != leaf({**RULE, "deduct": 2})


def test_a_rubric_survives_pickling() -> None:
    made = leaf(
        RULE,
        {"id": "s", "deduct": {"a": 1}, "per": "次", "when": "r > 1"},
        gates=[{"id": "g", "when": "r > 1", "score": 0}],
    )
    assert pickle.loads(pickle.dumps(made)) == made


@pytest.mark.parametrize(
    ("path", "name", "joined"), [("", "a", "a"), ("a", "b", "a.b"), ("a.b", "c", "a.b.c")]
)
def test_a_path_is_ids_joined_by_dots(path: str, name: str, joined: str) -> None:
    assert join(path, name) == joined


def test_parts_come_in_file_order_with_path_and_place() -> None:
    made = text(item("a", 5, items=[item("b", 5, rules=[RULE])]), item("c", 5, rules=[RULE]))
    assert [(path, at) for _, path, at in parts(made)] == [
        ("", ()),
        ("a", ("indicators", 0)),
        ("a.b", ("indicators", 0, "items", 0)),
        ("c", ("indicators", 1)),
    ]
