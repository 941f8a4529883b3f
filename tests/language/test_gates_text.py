"""Gates and grades as their author wrote them."""

from typing import Any

import pytest
from pydantic import ValidationError

from govrubric.document.nodes import Plain
from govrubric.language.gates_text import Gate, Grade
from making import leaf, number

RULE = {"id": "r", "deduct": 1, "per": "例"}


def test_a_gate_does_nothing_unless_told() -> None:
    (gate,) = leaf(RULE, gates=[{"id": "g", "when": "r > 1"}]).indicators[0].gates
    assert (
        gate.score,
        gate.at_most,
        gate.at_least,
        gate.grade,
        gate.grade_at_most,
        gate.clause,
        gate.note,
    ) == (None,) * 7


def test_a_gate_sets_a_score_or_takes_it_away() -> None:
    scores = [Gate.model_validate({"id": "g", "when": "x", "score": one}).score for one in (0, Plain("none"))]
    assert scores == [number(0), "none"]


def test_a_grade_is_given_from_a_total_on_or_to_whatever_is_left() -> None:
    written = Grade.model_validate({"grade": "A", "from": number("90.5"), "when": "x > 1"})
    assert (written.grade, written.start, written.when, written.note) == ("A", number("181/2"), "x > 1", None)
    last = Grade.model_validate({"grade": "B"})
    assert (last.start, last.when) == (None, None)


@pytest.mark.parametrize(
    ("model", "fields", "found"),
    [
        (Gate, {"id": "g"}, [("when", "missing")]),
        (Gate, {"id": "g", "when": "x", "at_most": "5"}, [("at_most", "GR208")]),
        (Gate, {"id": "g", "when": "x", "grade": ""}, [("grade", "GR213")]),
        (Gate, {"id": "g", "when": "x", "from": 5}, [("from", "extra_forbidden")]),
        (Grade, {}, [("grade", "missing")]),
        (Grade, {"grade": "A", "start": 5}, [("start", "extra_forbidden")]),
        (Grade, {"grade": "A", "from": Plain("none")}, [("from", "GR207")]),
    ],
)
def test_a_wrong_field_of_a_gate_or_a_grade_is_refused(
    model: type[Gate] | type[Grade], fields: dict[str, Any], found: list[tuple[str, str]]
) -> None:
    with pytest.raises(ValidationError) as refused:
        model.model_validate(fields)
    assert [(".".join(map(str, one["loc"])), one["type"]) for one in refused.value.errors()] == found
