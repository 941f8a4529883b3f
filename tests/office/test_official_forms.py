"""The two official forms as Word files: every cell as the forms say it, and every row of the scoring table."""

import re
from pathlib import Path

import pytest

from govrubric.office.documents import tables_in
from govrubric.office.grids import Grid
from govrubric.office.table import scoring_tables

ROOT = Path(__file__).parents[2]
# The two forms, one after the other; each ends with several empty lines.
TEXTS = re.split(r"\n(?=\[bookmark)", (ROOT / "tests" / "golden" / "2023-forms.txt").read_text("utf-8"))
FORMS = {"2023-district": TEXTS[0], "2023-department": TEXTS[1]}
LINE_OF_CELL = re.compile(r"\t")


def rows_of(form: str) -> list[list[tuple[str, ...]]]:
    """The table of a form as text: a cell begins with a tab, a row with an empty line."""
    rows: list[list[list[str]]] = []
    begins = True
    for line in form.splitlines()[2:]:
        if line.startswith("\t"):
            if begins and not (rows and len(rows[-1]) < 8):
                rows.append([])
            rows[-1].append([line.strip()])
        elif line.strip() and rows:
            rows[-1][-1].append(line.strip())
        begins = not line.strip()
    return [[tuple(line for line in cell if line) for cell in row] for row in rows]


def grid_of(name: str) -> Grid:
    (grid,) = tables_in(ROOT / "examples" / f"{name}.docx")
    return grid


@pytest.mark.parametrize("name", FORMS)
def test_every_cell_is_as_in_the_form(name: str) -> None:
    expected = rows_of(FORMS[name])
    assert [len(row) for row in expected] == [8] * 11
    assert [[cell.lines for cell in row] for row in grid_of(name).cells] == expected


def test_the_title_stands_above() -> None:
    assert grid_of("2023-district").title == ("附件2", "2023年政务公开考核评估指标（地区版）")
    assert grid_of("2023-department").title == ("附件3", "2023年政务公开考核评估指标（部门版）")


@pytest.mark.parametrize("name", FORMS)
def test_the_rows_are_told_from_the_header_and_the_total(name: str) -> None:
    (table,) = scoring_tables([grid_of(name)])
    assert table.header == 0
    assert [row.at for row in table.rows] == [2, 3, 4, 5, 6, 7, 8, 9, 10]
    assert table.total is not None
    assert table.total.text == "总分（100分）"
    assert (table.grid.below, table.grid.notes) == ((), ())


def test_a_row_of_the_district_form() -> None:
    (table,) = scoring_tables([grid_of("2023-district")])
    row = table.rows[4]
    assert [cell.text for cell in row.levels] == ["政务公开标准化规范化建设（5分）"]
    assert {role: cell.text for role, cell in row.cells.items()} == {
        "number": "5",
        "indicator": "政务公开标准化规范化建设（5分）",
        "requirement": "落实基层政务公开标准化规范化要求，及时调整补充完善基层政务公开事项目录。（5分）",
        "standard": "基层政务公开事项调整更新不及时，办事指南要素不全的，每项扣0.1分。",
        "self": "",
        "evidence": "（自评材料及依据）",
        "assessor": "市政府办公室测评、第三方评估",
        "official": "",
    }
