"""The command `form`, of a Word file: blank, and filled in from tallies."""

import io
from pathlib import Path

import docx
import pytest
from click.testing import CliRunner, Result

from govrubric.cli import main

ROOT = Path(__file__).parents[2]
TWELVE, ONE = ROOT / "examples" / "2023-districts.csv", ROOT / "examples" / "district-one.yaml"
HEAD = "govrubric: 1\nid: t\ntitle: Small\ntotal: 10\nround: {places: 0, mode: half_up}\n"
SMALL = HEAD + "indicators: [{id: a, title: A, weight: 10, rules: [{id: late, deduct: 1, per: day}]}]\n"


def run(*arguments: object) -> Result:
    return CliRunner().invoke(main, ["form", *map(str, arguments)])


def texts(path: Path) -> list[list[str]]:
    """The total row of each table of a file, and above it who is scored."""
    document = docx.Document(io.BytesIO(path.read_bytes()))
    return [[cell.text for cell in table.rows[-1].cells] for table in document.tables]


def units(path: Path) -> list[str]:
    document = docx.Document(io.BytesIO(path.read_bytes()))
    lines = [paragraph.text.partition("\t")[0] for paragraph in document.paragraphs]
    return [
        line.partition("：")[2] or line.partition(": ")[2]
        for line in lines
        if line.startswith(("填报", "Unit"))
    ]


def small(folder: Path, **tallies: str) -> list[Path]:
    """The small rubric, and files of tallies by their names."""
    (folder / "r.yaml").write_text(SMALL, "utf-8")
    for name, text in tallies.items():
        (folder / f"{name}.yaml").write_text(text, "utf-8")
    return [folder / "r.yaml", *(folder / f"{name}.yaml" for name in tallies)]


def test_a_blank_form(tmp_path: Path) -> None:
    out = tmp_path / "form.docx"
    result = run("2023-district", "--out", out)
    assert (result.exit_code, result.stderr) == (0, f"已写出：{out}\n")
    assert texts(out) == [["", "总分（100分）", "", "", "", "", "", ""]]


def test_the_language_may_be_another(tmp_path: Path) -> None:
    out = tmp_path / "form.docx"
    assert run("2023-district", "--out", out, "--lang", "en").exit_code == 0
    assert texts(out)[0][1] == "Total (100 points)"


def test_a_form_a_unit(tmp_path: Path) -> None:
    (tmp_path / "units.csv").write_text("unit,name\nd01,甲区\nd02,\n", "utf-8")
    result = run("2023-district", "--out", tmp_path / "form.docx", "--units", tmp_path / "units.csv")
    assert result.exit_code == 0
    assert units(tmp_path / "form-d01.docx") == ["甲区　编号：d01"]
    assert units(tmp_path / "form-d02.docx") == ["d02"]


def test_all_units_of_the_tallies_stand_in_one_file(tmp_path: Path) -> None:
    out = tmp_path / "form.docx"
    result = run("2023-district", "--out", out, "--tally", ONE, "--official", TWELVE)
    assert result.exit_code == 0
    assert [row[4] for row in texts(out)] == ["88.17"] + [""] * 11
    assert [row[7] for row in texts(out)][:2] == ["100.00", "96.86"]
    assert units(out)[:2] == ["示例甲区（虚构）　编号：d01", "虚构乙区　编号：d02"]


def test_several_files_of_tallies_may_be_given(tmp_path: Path) -> None:
    rubric, one, two = small(tmp_path, one="unit: u\na.late: 1\n", two="unit: v\na.late: 2\n")
    out = tmp_path / "form.docx"
    assert run(rubric, "--out", out, "--tally", one, "--tally", two).exit_code == 0
    assert [row[4] for row in texts(out)] == ["9", "8"]


def test_a_filled_form_a_unit_and_a_blank_one_for_a_unit_without_a_tally(tmp_path: Path) -> None:
    rubric, one = small(tmp_path, one="- {unit: u, name: U, a.late: 1}\n- {unit: v, name: V, a.late: 2}\n")
    (tmp_path / "units.csv").write_text("unit,name\nu,\nv,Other\nw,W\n", "utf-8")
    result = run(rubric, "--out", tmp_path / "f.docx", "--official", one, "--units", tmp_path / "units.csv")
    assert result.exit_code == 0
    for code, total, name in (("u", "9", "U, code u"), ("v", "8", "Other, code v"), ("w", "", "W, code w")):
        assert texts(tmp_path / f"f-{code}.docx")[0][7] == total
        assert units(tmp_path / f"f-{code}.docx") == [name]


def test_units_that_the_list_has_not_are_named(tmp_path: Path) -> None:
    (tmp_path / "units.csv").write_text("unit,name\nd03,\nd04,\n", "utf-8")
    arguments = ("2023-district", "--out", tmp_path / "f.docx", "--units", tmp_path / "units.csv")
    result = run(*arguments, "--tally", TWELVE)
    assert result.exit_code == 2
    assert "the tallies have: d01, d02, d05, d06, d07, …" in result.output
    assert "d01\n" in run(*arguments, "--tally", ONE).output
    assert "填报文件中有而单位名单中没有的单位：d01" in run(*arguments, "--tally", ONE, "--lang", "zh").output
    assert list(tmp_path.glob("*.docx")) == []


def test_two_units_alone_under_two_codes_are_refused(tmp_path: Path) -> None:
    rubric, one, two = small(tmp_path, one="a.late: 1\n", two="a.late: 2\n")
    result = run(rubric, "--out", tmp_path / "f.docx", "--tally", one, "--official", two)
    assert result.exit_code == 2
    assert "a unit each, one and two; give both tallies the same `unit`" in result.output


def test_units_without_codes_have_a_form_each(tmp_path: Path) -> None:
    rubric, one, two = small(tmp_path, one="[{a.late: 1}, {a.late: 2}]\n", two="[{a.late: 3}, {a.late: 4}]\n")
    assert run(rubric, "--out", tmp_path / "f.docx", "--tally", one, "--official", two).exit_code == 0
    assert [row[4] + row[7] for row in texts(tmp_path / "f.docx")] == ["9", "8", "7", "6"]


def test_a_workbook_is_filled_in_by_people(tmp_path: Path) -> None:
    result = run("2023-district", "--out", tmp_path / "form.xlsx", "--tally", ONE)
    assert result.exit_code == 2
    assert "--tally and --official fill in a .docx" in result.output
    result = run("2023-district", "--out", tmp_path / "form.xlsx", "--official", ONE, "--lang", "zh")
    assert "只能填写 .docx" in result.output


def test_wrong_tallies_are_told_and_nothing_is_written(tmp_path: Path) -> None:
    rubric, one = small(tmp_path, one="unit: u\na.late: -1\n")
    result = run(rubric, "--out", tmp_path / "f.docx", "--tally", one)
    assert result.exit_code == 1
    assert "GR6" in result.output
    assert not (tmp_path / "f.docx").exists()


def test_two_sides_of_other_variants_are_refused(tmp_path: Path) -> None:
    rubric, one, two = small(tmp_path, one="{unit: u, variant: x, a.late: 1}\n", two="{unit: u, a.late: 2}\n")
    rubric.write_text(SMALL + "variants: {x: {set: {a.late.deduct: 2}}}\n", "utf-8")
    result = run(rubric, "--out", tmp_path / "f.docx", "--tally", one, "--official", two)
    assert result.exit_code == 1
    assert "GR706" in result.output


def test_a_file_that_is_read_is_not_written_over(tmp_path: Path) -> None:
    (tmp_path / "t.docx").write_text("", "utf-8")
    result = run("2023-district", "--out", tmp_path / "t.docx", "--tally", tmp_path / "t.docx")
    assert result.exit_code == 2


def test_what_writes_word_files_is_an_extra(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import sys

    monkeypatch.setitem(sys.modules, "govrubric.forms.word", None)
    result = run("2023-district", "--out", tmp_path / "form.docx")
    assert result.exit_code == 1
    assert "pip install 'govrubric[office]'" in result.output
