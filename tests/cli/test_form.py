"""`govrubric form`: one form or one for each unit, and nothing that people may have filled in is written over."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from classes import CHIEFS
from filled_forms import FilledForm
from govrubric import cli, load
from govrubric.document.targets import Target
from samples import SMALL


@pytest.fixture(autouse=True)
def _folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("small.yaml").write_text(SMALL, "utf-8")
    Path("units.csv").write_text("unit,name\nd01,First\n../d02,=Second\n", "utf-8")


def form(*words: str) -> Result:
    return CliRunner().invoke(cli.main, ("form", *words))


def test_a_form_is_written() -> None:
    result = form("small.yaml", "--out", "form.XLSX")
    assert (result.exit_code, result.stdout, result.stderr) == (0, "", "written: form.XLSX\n")
    filled = FilledForm(load("small.yaml"), Path("form.XLSX").read_bytes())
    assert ("Self", "C2") not in filled.book.values
    assert form("2023-district", "--out", "区.xlsx").stderr == "已写出：区.xlsx\n"


def test_each_unit_of_a_list_has_a_form_with_its_name() -> None:
    result = form("small.yaml", "--out", "form.xlsx", "--units", "units.csv")
    assert result.stderr == "2 forms written: form-d01.xlsx to form-..%2Fd02.xlsx\n"
    for name, unit, title in (("form-d01", "d01", "First"), ("form-..%2Fd02", "../d02", "=Second")):
        filled = FilledForm(load("small.yaml"), Path(f"{name}.xlsx").read_bytes())
        assert (filled.book["Self", "C2"], filled.book["Self", "C3"]) == (unit, title)
    other = form("small.yaml", "--out", "表.xlsx", "--units", "units.csv", "--lang", "zh-CN")
    assert other.stderr == "已写出 2 份：表-d01.xlsx 至 表-..%2Fd02.xlsx\n"


def test_a_form_that_exists_is_never_written_over() -> None:
    Path("form-..%2Fd02.xlsx").write_text("filled in")
    result = form("small.yaml", "--out", "form.xlsx", "--units", "units.csv")
    assert (result.exit_code, sorted(os.listdir())) == (2, ["form-..%2Fd02.xlsx", "small.yaml", "units.csv"])
    assert "'form-..%2Fd02.xlsx' exists already, and is not written over" in result.stderr
    assert Path("form-..%2Fd02.xlsx").read_text() == "filled in"


@pytest.mark.parametrize("name", ["form.pdf", "form", "-", "form.xls"])
def test_another_format_is_refused_by_its_name(name: str) -> None:
    result = form("small.yaml", "--out", name)
    assert result.exit_code == 2
    assert f"'{name}' does not end in .xlsx or .docx" in result.stderr
    assert f"“{name}”的扩展名不是 .xlsx" in form("small.yaml", "--out", name, "--lang", "zh-CN").stderr


def test_a_place_where_no_file_can_be_is_told() -> None:
    result = form("small.yaml", "--out", "none/form.xlsx")
    assert (result.exit_code, result.stderr) == (
        74,
        "Error: none/form.xlsx was not written: No such file or directory\n",
    )


def test_a_list_of_units_that_is_none_is_refused() -> None:
    Path("units.csv").write_text("name\nFirst\n")
    result = form("small.yaml", "--out", "form.xlsx", "--units", "units.csv")
    assert result.exit_code == 1
    assert result.stderr.startswith("units.csv:1:1: error[GR852]: the list of units has no column `unit`\n")


def test_a_rubric_that_a_spreadsheet_cannot_compute_is_refused() -> None:
    number = "{number: {places: 2, min: 0, max: 100000000}}"
    formula = f"formula: 0 - n * m / 1000, inputs: {{n: {number}, m: {number}}}"
    Path("large.yaml").write_text(SMALL.replace("deduct: 0.3, per: case", formula))
    result = form("large.yaml", "--out", "form.xlsx")
    assert (result.exit_code, "error[GR850]" in result.stderr, Path("form.xlsx").exists()) == (1, True, False)


@pytest.mark.parametrize("suffix", ["xlsx"])
def test_without_the_packages_it_is_said_what_to_install(suffix: str) -> None:
    words = ["form", "small.yaml", "--out", f"form.{suffix}"]
    code = f"import sys; sys.modules['xlsxwriter'] = None; from govrubric.cli import main; main({words})"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (
        1,
        "Error: form needs more packages: pip install 'govrubric[office]'\n",
    )


def test_missing_packages_are_told_in_this_process_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "govrubric.forms.workbook", None)
    assert "pip install 'govrubric[office]'" in form("small.yaml", "--out", "form.xlsx").stderr


def test_a_full_disk_leaves_no_half_form(monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Target, "placed", full)
    result = form("small.yaml", "--out", "form.xlsx")
    assert (result.exit_code, Path("form.xlsx").exists()) == (74, False)


def test_a_name_that_no_cell_holds_is_refused() -> None:
    Path("units.csv").write_text(f"unit,name\nd01,{'甲' * 40_000}\n", "utf-8")
    result = form("small.yaml", "--out", "form.xlsx", "--units", "units.csv")
    assert result.exit_code == 1
    assert "error[GR851]" in result.stderr
    assert "has 40000 characters, and a cell of a workbook holds 32767" in result.stderr


def test_units_of_other_variants_have_forms_of_their_own() -> None:
    Path("r.yaml").write_text(CHIEFS, "utf-8")
    Path("units.csv").write_text("unit,name,variant\na,A,\nb,B,county\n", "utf-8")
    result = form("r.yaml", "--units", "units.csv", "--out", "f.xlsx")
    assert result.exit_code == 2
    assert "the list has units of other variants" in result.stderr
    assert not Path("f-a.xlsx").exists()
    Path("units.csv").write_text("unit,name,variant\nb,B,county\n", "utf-8")
    assert form("r.yaml", "--units", "units.csv", "--variant", "county", "--out", "f.xlsx").exit_code == 0
    assert Path("f-b.xlsx").exists()
