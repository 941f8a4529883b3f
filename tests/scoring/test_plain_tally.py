"""The quick reading of a nested or annotated tally, against the careful one."""

from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govrubric import Rubric, TallyError, shipped
from govrubric.document.nodes import Plain
from govrubric.scoring import tally as careful
from govrubric.scoring.derived_flags import DerivedFlags
from govrubric.scoring.plain_tally import PlainTallies
from govrubric.testing import tallies
from govrubric.testing.strategies.rubric import rubrics
from samples import small

DISTRICT = shipped("2023-district")


def read(rubric: Rubric, tally: dict[str, Any]) -> careful.Checked | None:
    """A tally as the quick reading and the generated function take it, or None."""
    flat = PlainTallies(rubric._inputs).flat(tally)
    result = None if flat is None else rubric._evaluator.read_trace(flat.values)
    if flat is None or result is None:
        return None
    return careful.Checked(
        result[0], frozenset(flat.values), flat.evidence, flat.labels.get("unit"), flat.labels.get("name")
    )


def nested(tally: dict[str, Any]) -> dict[str, Any]:
    """The same tally with a mapping for each item."""
    made: dict[str, Any] = {}
    for name, value in tally.items():
        *above, last = name.split(".")
        inner = made
        for part in above:
            inner = inner.setdefault(part, {})
        inner[last] = value
    return made


def as_text(value: Any) -> Any:
    if isinstance(value, bool):
        return Plain(str(value).lower())
    return value if isinstance(value, str) else Plain(value)


@given(st.data())
def test_both_readings_take_the_same(data: st.DataObject) -> None:
    """Nested or not, with evidence or not, as values of Python or as the text of a file."""
    rubric = data.draw(rubrics())
    tally: dict[str, Any] = dict(data.draw(tallies(rubric)))
    for name, value in tally.items():
        if data.draw(st.integers(0, 3)) == 0:
            tally[name] = as_text(value)
        if data.draw(st.integers(0, 3)) == 0:
            tally[name] = {"value": tally[name], "evidence": ["第3页", "p. 4"], "note": "seen"}
    if data.draw(st.booleans()):
        tally = nested(tally)
    if data.draw(st.booleans()):
        tally = {"unit": "u1", "name": "一区"} | tally  # an item of such a name keeps its own
    plan = rubric._plan
    expected = careful.check(
        rubric._inputs, tally, labelled=True, excused=plan.excused, derived=DerivedFlags(plan)
    )
    assert rubric.score(tally).unit == expected.unit
    assert read(rubric, tally) in (None, expected)


@pytest.mark.parametrize(
    "tally",
    [
        {"bonus": {"judged": "0.5"}, "work": {"index": {"gap": 3}}},
        {"bonus.judged": {"value": "0.5", "evidence": ("p. 3",), "note": None}, "work.late": {"value": True}},
        {"bonus.judged": Plain("0.5"), "work.index.gap": Plain("003"), "work.late": Plain("TRUE")},
        {"bonus": {"judged": Decimal("0.5")}, "work.index.gap": Decimal("3.0"), "unit": None, "name": "一区"},
        {Plain("bonus"): {Plain("judged"): {Plain("value"): 1}}},
    ],
)
def test_what_programs_and_files_give_is_read_quickly(tally: dict[str, Any]) -> None:
    expected = careful.check(small()._inputs, tally, labelled=True)
    assert read(small(), tally) == expected


@pytest.mark.parametrize(
    "tally",
    [
        {"bonus.judged": 1, "work": {}},
        {"bonus.judged": 1, "bonus": {"judged": 1}},
        {"bonus.judged": 1, "unit": 3},
        {"bonus.judged": 1, "unit": {"unit": "a"}},
        {"bonus.judged": 1, "work": {"unit": "a"}},
        {"bonus.judged": {"value": 1, "evidense": []}},
        {"bonus.judged": {"evidence": []}},
        {"bonus.judged": {"value": 1, "evidence": None}},
        {"bonus.judged": {"value": 1, "evidence": "p. 3"}},
        {"bonus.judged": {"value": 1, "note": 3}},
        {"bonus.judged": {"value": 1, "note": ""}},
        {"bonus.judged": {"value": 1, "note": "x" * 20_001}},
        {"bonus.judged": {"value": 1, "note": "\x1b"}},
        {"bonus.judged": {"value": {"value": 1}}},
        {"bonus.judged": "half"},
        {"bonus.judged": 1.0},
        {"bonus.judged": 1, "work.index.gap": "3"},
        {"bonus.judged": 1, "work.index.gap": Plain("3.0")},
        {"bonus.judged": 1, "work.late": Plain("yes")},
        {"bonus.judged": 1, 3: 3},
    ],
)
def test_what_is_wrong_is_left_to_the_careful_reading(tally: dict[Any, Any]) -> None:
    assert read(small(), tally) is None
    with pytest.raises(TallyError):
        small().score(tally)


@pytest.mark.parametrize("value", ["1/2", Fraction(1, 2)])
def test_what_is_rare_is_left_to_it_too(value: Any) -> None:
    assert read(small(), {"bonus.judged": value}) is None
    assert small().score({"bonus.judged": value}).total == small().score({"bonus.judged": "0.5"}).total


def test_a_strict_tally_says_everything() -> None:
    every: dict[str, Any] = {
        name: False if known.kind == "flag" else 0 for name, known in small()._inputs.items()
    }
    assert small().score(nested(every), strict=True).assumed == ()
    with pytest.raises(TallyError, match="GR602"):
        small().score({"bonus": {"judged": 1}}, strict=True)
