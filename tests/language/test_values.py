"""Named values as an author writes them."""

from typing import Any

import pytest

from govrubric import Rubric, RubricError, loads
from govrubric.language.canonical import canonical
from govrubric.language.values import NamedValue, ValueText
from making import item, text


def values(**written: Any) -> tuple[NamedValue, ...]:
    return text(item("a", 10, rules=[{"id": "late", "deduct": 1, "per": "x"}]), values=written).values


def test_a_value_has_a_name_a_formula_and_words() -> None:
    (one, other) = values(
        u={"formula": "a.late + 1", "title": "一", "show": True, "note": "n"}, v={"formula": "1"}
    )
    assert (one.name, one.text.formula, one.text.title, one.text.show, one.text.note) == (
        "u", "a.late + 1", "一", True, "n",
    )  # fmt: skip
    assert (one.shown, other.shown) == ("一", "v")
    assert other == NamedValue("v", ValueText(formula="1"))  # type: ignore[arg-type] # read from its text


HEAD = """\
govrubric: 1
id: v
title: V
total: 10
round: {places: 0, mode: half_up}
indicators:
- {id: a, title: A, weight: 10, rules: [{id: late, deduct: 1, per: x}]}
"""


@pytest.mark.parametrize(
    ("written", "codes"),
    [
        ("{}", ["GR222"]),
        ("[a]", ["GR204"]),
        ("{X: {formula: a.late}}", ["GR211"]),
        ("{x: a.late}", ["GR204"]),
        ("{x: {show: true}}", ["GR202"]),
        ("{x: {formula: a.late, shown: true}}", ["GR201"]),
        ("{x: {formula: a.late, show: 1}}", ["GR210"]),
        ("{total: {formula: a.late, show: true}}", ["GR332"]),
        ("{in: {formula: a.late, show: true}}", ["GR332"]),
        ("{x: {formula: nope, show: true}, y: {formula: x, show: true}}", ["GR504"]),
        ("{x: {formula: 'a.late > ', show: true}, y: {formula: not x, show: true}}", ["GR501"]),
    ],
)
def test_what_is_no_value_is_refused(written: str, codes: list[str]) -> None:
    with pytest.raises(RubricError) as caught:
        loads(f"{HEAD}values: {written}\n")
    assert [one.code for one in caught.value.diagnostics if one.severity == "error"] == codes


def test_values_are_written_by_their_names() -> None:
    rubric = loads(f"{HEAD}values: {{y: {{formula: 'a.late  + 1', show: true}}, x: {{formula: y}}}}\n")
    made = canonical(rubric._text)
    assert (
        """values:
 "y":
  formula: 'a.late  + 1'
  show: true
 x:
  formula: 'y'
"""
        in made
    )
    assert loads(made) == rubric == Rubric(rubric._text)
