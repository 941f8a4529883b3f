"""The models of a case and of a file of cases: what they take, and what they refuse."""

from typing import Any

import pytest
from pydantic import ValidationError

from govrubric.document.nodes import Plain
from govrubric.language.cases_text import Case, CasesText

CASE: dict[str, Any] = {"name": "late", "tally": {"a.late": Plain("true")}, "expect": {"total": Plain("8")}}


def test_a_case_keeps_what_was_written() -> None:
    case = Case.model_validate(CASE)
    assert (case.name, case.tally.plain(), case.expect.plain()) == (
        "late",
        {"a.late": "true"},
        {"total": "8"},
    )
    assert case.note is None


@pytest.mark.parametrize("key", ["name", "tally", "expect"])
def test_a_case_has_a_name_a_tally_and_an_expectation(key: str) -> None:
    with pytest.raises(ValidationError):
        Case.model_validate({name: value for name, value in CASE.items() if name != key})


@pytest.mark.parametrize("wrong", [{"expect": {}}, {"name": ""}, {"name": 3}, {"other": 1}])
def test_a_wrong_field_is_refused(wrong: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        Case.model_validate({**CASE, **wrong})


def test_a_file_of_cases_names_its_rubric_and_has_a_case() -> None:
    text = CasesText.model_validate({"rubric": "small.yaml", "cases": [CASE]})
    assert (text.rubric, [case.name for case in text.cases]) == ("small.yaml", ["late"])
    for wrong in ({"rubric": "small.yaml", "cases": []}, {"cases": [CASE]}):
        with pytest.raises(ValidationError):
            CasesText.model_validate(wrong)
