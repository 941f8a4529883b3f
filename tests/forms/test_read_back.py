"""The forms that govrubric writes, filled in as a person does, are read back as the tallies that were filled in."""

from pathlib import Path
from typing import Any

import pytest

import govrubric
from filled_forms import FilledForm
from govrubric import Rubric, tally_files
from govrubric.forms.workbook import ExcelForm
from libreoffice import GALLERY, SHIPPED, typed_into

PATHS = [*SHIPPED, *map(str, GALLERY)]
EVIDENCE, NOTE = ["公文抽查表第4页", "=1+1"], "三份通知均已补标。"


def least(rubric: Rubric) -> dict[str, Any]:
    """A tally that gives every input the least value that it may have, or its first option."""
    return {
        name: known.options[0]
        if known.options
        else (False if known.kind == "flag" else known.unsaid // known.den)
        for name, known in rubric._inputs.items()
    }


def filled(rubric: Rubric, tally: dict[str, Any], side: str, *, with_evidence: bool = False) -> bytes:
    """The form of a unit with a tally typed into it."""
    data = ExcelForm(rubric).file("d01", "示例甲区（虚构）")
    form = FilledForm(rubric, data)
    typed = {(sheet, cell): value for sheet, cell, value in form.typed(side, tally)}
    if with_evidence:
        row = next(iter(form.rows.values()))
        for key, text in (("evidence", "\n".join(EVIDENCE)), ("note", NOTE)):
            typed[form.sheets[side], f"{form.keys[key][0]}{row}"] = text
    return typed_into(data, form, typed)


def read(rubric: Rubric, data: bytes, folder: Path) -> Any:
    path = folder / "form.xlsx"
    path.write_bytes(data)
    parsed = tally_files.parse(rubric, path)
    assert parsed.found == []
    (card,) = tally_files.read(rubric, path)
    return card.to_dict()


@pytest.mark.parametrize("name", PATHS, ids=lambda name: Path(name).stem)
@pytest.mark.parametrize("side", ["own", "official"])
def test_a_form_is_read_back_as_what_was_filled_in(tmp_path: Path, name: str, side: str) -> None:
    rubric = govrubric.shipped(name) if name in SHIPPED else govrubric.load(name)
    tally = least(rubric)
    expected = {**tally}
    first = next(iter(rubric._inputs))
    expected[first] = {"value": tally[first], "evidence": EVIDENCE, "note": NOTE}
    card = rubric.score(expected, unit="d01", name="示例甲区（虚构）").to_dict()
    assert read(rubric, filled(rubric, tally, side, with_evidence=True), tmp_path) == card


def test_an_empty_form_is_no_perfect_score(tmp_path: Path) -> None:
    rubric = govrubric.shipped("2023-district")
    path = tmp_path / "form.xlsx"
    path.write_bytes(ExcelForm(rubric).file("d01", "示例甲区（虚构）"))
    (finding,) = tally_files.parse(rubric, path).found
    assert (finding.code, finding.where) == ("GR876", f"{path}:自评填报!A1")


def test_a_form_of_another_year_is_refused(tmp_path: Path) -> None:
    district, department = map(govrubric.shipped, SHIPPED)
    path = tmp_path / "form.xlsx"
    path.write_bytes(filled(department, least(department), "own"))
    (finding,) = tally_files.parse(district, path).found
    assert (finding.code, dict(finding.args)) == ("GR865", {"of": "department-2023", "id": "district-2023"})
