"""What a rubric contains: plain values that never change, with all that a form, a report or a table needs."""

import copy
import pickle
from concurrent.futures import ThreadPoolExecutor
from dataclasses import FrozenInstanceError, fields
from datetime import date
from pathlib import Path
from types import MappingProxyType
from typing import Any

import pytest

import govrubric
from govrubric import Gate, Grade, Input, Item, Period, Rubric, Rule
from govrubric.diagnostics.display import UNSAFE
from libraries import RUBRIC, seen
from making import leaf

ROOT = Path(__file__).parents[1]
FILES = sorted([*(ROOT / "examples" / "gallery").glob("*.yaml"), *(ROOT / "rubrics").glob("*.yaml")])


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_path_and_name_that_a_value_holds_leads_to_another(path: Path) -> None:
    rubric = govrubric.load(path)
    assert [one for one in rubric.inputs.values() if one.item not in rubric.items] == []
    owned = [one for one in rubric.inputs.values() if one.rule is not None]
    assert [one.name for one in owned if one.name not in rubric.rules[one.rule or ""].inputs] == []
    assert {flag for one in rubric.inputs.values() for flag in one.excused_by} <= set(rubric.inputs)
    assert [one for one in rubric.rules.values() if one not in rubric.items[one.item].rules] == []
    assert [one for one in rubric.gates.values() if one not in rubric.items[one.item].gates] == []
    assert {name for rule in rubric.rules.values() for name in rule.inputs} <= set(rubric.inputs)
    assert sorted(["", *(part for one in rubric.items.values() for part in one.parts)]) == sorted(
        rubric.items
    )


def test_an_item_says_how_it_is_scored() -> None:
    hours = RUBRIC.items["hours"]
    assert seen(hours) == {
        "path": "hours", "title": "Opening hours", "clause": "Hours are kept.", "assessed_by": "the office", "weight": "10", "full": "5",
        "start": "5", "take": "all", "floor": "-2", "ceiling": None, "extra": False, "combine": "sum", "drop_lowest": 0, "drop_highest": 0, "places": 1,
        "rounding": "down", "not_applicable": "rescale", "not_applicable_when": None, "counts_when": "not closed", "parts": (), "rules": hours.rules,
        "gates": hours.gates, "values": (), "note": "of an item",
    }  # fmt: skip
    assert [rule.path for rule in hours.rules] == ["hours.late", "hours.fires", "hours.absent", "hours.again"]
    assert [gate.path for gate in hours.gates] == ["hours.burnt"]


def test_the_whole_rubric_is_the_first_item() -> None:
    assert list(RUBRIC.items) == [
        "",
        "hours",
        "work",
        "work.quality",
        "work.rate",
        "work.style",
        "work.visits",
    ]
    whole = RUBRIC.items[""]
    assert seen(whole) == {
        "path": "", "title": "Libraries", "clause": None, "assessed_by": None, "weight": "20", "full": "40", "start": None, "take": "all", "floor": None,
        "ceiling": "40", "extra": False, "combine": "sum", "drop_lowest": 0, "drop_highest": 0, "places": 2, "rounding": "half_even",
        "not_applicable": None, "not_applicable_when": None, "counts_when": None, "parts": ("hours", "work"), "rules": (), "gates": whole.gates, "values": (),
        "note": "of the whole",
    }  # fmt: skip


def test_a_group_says_how_its_parts_make_it() -> None:
    work = RUBRIC.item("work")
    assert (work.combine, work.drop_lowest, work.drop_highest, work.start, str(work.ceiling)) == (
        "mean",
        1,
        0,
        None,
        "33",
    )
    assert (work.places, work.rounding) == (None, None)
    assert [RUBRIC.items[part].extra for part in work.parts] == [False, False, False, True]
    assert [str(RUBRIC.items[part].start) for part in work.parts] == ["1", "0", "0", "0"]


def test_a_rule_says_what_it_does() -> None:
    assert list(RUBRIC.rules) == [
        "hours.late", "hours.fires", "hours.absent", "hours.again", "work.quality.judged", "work.quality.third", "work.rate.reached",
        "work.style.choice", "work.visits.made",
    ]  # fmt: skip
    assert seen(RUBRIC.rules["hours.late"]) == {
        "path": "hours.late", "title": None, "item": "hours", "verb": "deduct", "sentence": "0.5 off per day, at most 3, when fires == 0",
        "clause": "Half a point a day.", "when": "fires == 0", "at_most": "3", "unit": "day", "inputs": ("hours.late",), "note": "read so",
    }  # fmt: skip
    assert seen(RUBRIC.rules["hours.absent"]) == {
        "path": "hours.absent", "title": None, "item": "hours", "verb": "forfeit", "sentence": "forfeits what is left", "clause": None, "when": None,
        "at_most": None, "unit": None, "inputs": ("hours.absent",), "note": None,
    }  # fmt: skip
    assert RUBRIC.rules["hours.fires"].inputs == ("hours.fires.small", "hours.fires.great")
    again = RUBRIC.rules["hours.again"]
    assert (again.inputs, again.unit) == (("fires",), "fire")


def gate(path: str, when: str, sentence: str, **changes: Any) -> dict[str, Any]:
    """The fields of a gate, of which all that are not told are empty."""
    return {
        "path": path, "title": None, "item": "", "when": when, "sentence": sentence, "clause": None, "voids": False, "score": None, "at_least": None,
        "at_most": None, "grade": None, "grade_at_most": None, "note": None,
    } | changes  # fmt: skip


def test_a_gate_says_what_it_does() -> None:
    assert [seen(one) for one in RUBRIC.gates.values()] == [
        gate("shut", "closed", "no score", voids=True),
        gate("held", "fires > 0", "at least 1, at most 30", at_least="1", at_most="30"),
        gate("named", "fires > 5", "grade burnt", grade="burnt"),
        gate("lowered", "fires > 4", "grade at most fair", grade_at_most="fair"),
        gate(
            "hours.burnt",
            "fires > 2",
            "score 0",
            item="hours",
            score="0",
            clause="A library that burns is closed.",
            note="of a gate",
        ),
    ]
    assert list(RUBRIC.gates) == ["shut", "held", "named", "lowered", "hours.burnt"]


def test_grades_stand_best_first() -> None:
    assert [seen(one) for one in RUBRIC.grades] == [
        {
            "name": "good",
            "minimum": "18.5",
            "total": "exact",
            "when": "score(hours) > 1",
            "note": "of a grade",
        },
        {"name": "fair", "minimum": None, "total": "exact", "when": None, "note": None},
    ]
    rubric = Rubric(leaf({"id": "r", "deduct": 1}))
    assert (rubric.grades, dict(rubric.gates), dict(rubric.facts)) == ((), {}, {})


def test_conditions_are_plain_texts() -> None:
    late, hours, burnt = RUBRIC.rules["hours.late"], RUBRIC.items["hours"], RUBRIC.gates["hours.burnt"]
    texts = (late.when, hours.counts_when, burnt.when, RUBRIC.grades[0].when)
    assert [type(one) for one in texts] == [str, str, str, str]


def test_a_rubric_keeps_what_loading_warned_of() -> None:
    source = 'govrubric: 1\nid: small\ntitle: Small\ntotal: 5\nround: {places: 1, mode: half_up}\nindicators:\n  - {id: a, title: yes, weight: 5, rules: [{id: r, deduct: 1}]}\n'  # fmt: skip
    rubric = govrubric.loads(source, name="small.yaml")
    assert [one.line() for one in rubric.warnings] == [
        "small.yaml:7:20: warning GR131: `yes` is read as text, not as true or false"
    ]
    assert pickle.loads(pickle.dumps(rubric)).warnings == rubric.warnings
    assert (RUBRIC.warnings, Rubric(rubric._text).warnings) == ((), ())
    assert Rubric(rubric._text) == rubric


VALUES = [
    *(RUBRIC.items.values()), *(RUBRIC.rules.values()), *(RUBRIC.inputs.values()), *(RUBRIC.gates.values()), *RUBRIC.grades,
    Period(date(2025, 1, 1), None),
]  # fmt: skip


@pytest.mark.parametrize("value", VALUES, ids=lambda value: type(value).__name__)
def test_a_value_never_changes_and_is_equal_by_its_content(value: Any) -> None:
    name = fields(value)[0].name
    with pytest.raises(FrozenInstanceError):
        setattr(value, name, "x")
    for again in (copy.deepcopy(value), pickle.loads(pickle.dumps(value))):
        assert again == value
        assert hash(again) == hash(value)
    assert value != tuple(getattr(value, one.name) for one in fields(value))


def test_values_of_an_equal_rubric_are_equal() -> None:
    again = govrubric.loads(RUBRIC.to_text())
    assert (again.items, again.inputs, again.gates) == (RUBRIC.items, RUBRIC.inputs, RUBRIC.gates)
    assert (again.rules, again.grades, again.facts) == (RUBRIC.rules, RUBRIC.grades, RUBRIC.facts)
    other = govrubric.loads(RUBRIC.to_text().replace("deduct: 0.5", "deduct: 0.25"))
    assert [path for path, one in other.rules.items() if one != RUBRIC.rules[path]] == ["hours.late"]
    assert [path for path, one in other.items.items() if one != RUBRIC.items[path]] == ["hours"]


@pytest.mark.parametrize("name", ["items", "rules", "inputs", "facts", "gates"])
def test_a_mapping_of_a_rubric_never_changes(name: str) -> None:
    mapping = getattr(RUBRIC, name)
    assert type(mapping) is MappingProxyType
    assert getattr(RUBRIC, name) is mapping
    with pytest.raises(AttributeError):
        setattr(RUBRIC, name, {})


def test_threads_see_the_same_contents() -> None:
    rubric = govrubric.loads(RUBRIC.to_text())
    with ThreadPoolExecutor(8) as pool:
        seen_by = list(pool.map(lambda _: (rubric.items, rubric.inputs), range(32)))
    assert all(one == (RUBRIC.items, RUBRIC.inputs) for one in seen_by)


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (
            RUBRIC.inputs["hours.late"],
            (
                "Input(name='hours.late', kind='count', title='Opening hours', clause='Half a point a day.', item='hours', "
                "rule='hours.late', unit='day', minimum=0, maximum=1000000000, places=0, step=1, default=0)"
            ),
        ),
        (RUBRIC.inputs["closed"], "Input(name='closed', kind='flag', title='closed', item='')"),
        (
            RUBRIC.rules["hours.absent"],
            "Rule(path='hours.absent', item='hours', verb='forfeit', sentence='forfeits what is left', inputs=('hours.absent',))",
        ),
        (RUBRIC.gates["shut"], "Gate(path='shut', item='', when='closed', sentence='no score', voids=True)"),
        (RUBRIC.grades[1], "Grade(name='fair', total='exact')"),
        (RUBRIC.valid, "Period(first=2025-01-01)"),
        (
            RUBRIC.items["work.visits"],
            (
                "Item(path='work.visits', title='Visits', weight=10, full=10, start=0, take='all', floor=0, ceiling=10, extra=True, combine='sum', "
                "drop_lowest=0, drop_highest=0)"
            ),
        ),
    ],
    ids=["count", "flag", "rule", "gate", "grade", "period", "item"],
)  # fmt: skip
def test_a_value_shows_what_it_says(value: object, shown: str) -> None:
    assert repr(value) == shown


def test_a_long_value_is_shown_in_short() -> None:
    options = {f"option_{number}": 10 - number for number in range(10)}
    clause = "A very long clause. " * 20
    one = Rubric(leaf({"id": "r", "choose": options, "clause": clause})).inputs["a.r"]
    assert repr(one) == (
        "Input(name='a.r', kind='choice', title='A', clause='A very long clause. A very long clause. A very long clause.…', item='a', "
        "rule='a.r', options=('option_0', 'option_1', 'option_2', 'option_3', 'option_4', …), required=True)"
    )
    assert one.clause == clause


UNTOLD = (None,) * 8


@pytest.mark.parametrize("character", ["\x1b", "\u202e", "\ud800", "\n", "\u3164", "\ue000"])
def test_what_cannot_be_seen_is_never_shown(character: str) -> None:
    bad = f"a{character}b"
    values = [
        Input(bad, "choice", bad, bad, bad, bad, bad, *UNTOLD, (bad,), (bad,), True, None, (bad,), (bad,)),
        Rule(bad, bad, bad, bad, bad, bad, bad, None, bad, (bad,), bad),
        Grade(bad, None, "exact", bad, bad),
        Gate(bad, bad, bad, bad, bad, bad, False, None, None, None, bad, bad, bad),
    ]
    assert [value for value in values if character in repr(value) or UNSAFE.search(repr(value))] == []


@pytest.mark.parametrize("kind", [Input, Item, Rule, Gate, Grade, Period])
def test_every_field_is_explained(kind: type[Any]) -> None:
    explained = (kind.__doc__ or "").partition("Attributes:")[2]
    named = [
        line.strip().partition(":")[0]
        for line in explained.splitlines()
        if line.startswith("        ") and line[8] != " "
    ]
    assert named == [one.name for one in fields(kind)]
