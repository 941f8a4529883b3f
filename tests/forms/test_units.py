"""A list of units -> the units, and a name for the file of each that leads nowhere else."""

from pathlib import Path

import pytest

from govrubric import TallyError
from govrubric.diagnostics.source import Place
from govrubric.forms.units import FormUnit, file_names, units_of

PLACE = Place("units.csv", 2, 1, 2, "")


def listed(tmp_path: Path, text: str) -> list[tuple[str, str]]:
    path = tmp_path / "units.csv"
    path.write_bytes(text.encode())
    return [(unit.unit, unit.name) for unit in units_of(path)]


def codes(tmp_path: Path, text: bytes) -> list[str]:
    path = tmp_path / "units.csv"
    path.write_bytes(text)
    with pytest.raises(TallyError) as caught:
        units_of(path)
    return [finding.code for finding in caught.value.diagnostics]


def test_units_have_codes_and_may_have_names(tmp_path: Path) -> None:
    assert listed(tmp_path, "unit,name\nd01,虚构甲区\n") == [("d01", "虚构甲区")]
    assert listed(tmp_path, "count,unit\n3,d01\n4, d02 \n") == [("d01", ""), ("d02", "")]


@pytest.mark.parametrize(
    ("text", "due"),
    [
        (b"name\nFirst\n", ["GR852"]),
        (b"unit,name\n,First\nd02,Second\n", ["GR853"]),
        (b"unit\nd01\nd02\nd01\n", ["GR633"]),
        (b"unit\n", ["GR634"]),
        (b"", ["GR634"]),
        (b"unit;name\nd01;First\n", ["GR635"]),
        ("unit,name\nd01,甲区\n".encode("gbk"), ["GR104"]),
        ("unit\nd\u202e01\n".encode(), ["GR105", "GR105"]),
        (b'unit,name\n"d01\nd02",First\n', ["GR105"]),
        (b"unit,name\nd01,First,more\nd02\n", ["GR632", "GR632"]),
    ],
)
def test_what_is_no_list_of_units_is_refused(text: bytes, due: list[str], tmp_path: Path) -> None:
    assert codes(tmp_path, text) == due


def test_a_list_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(TallyError, match="GR101"):
        units_of(tmp_path / "none.csv")


def test_a_file_has_the_code_of_its_unit_in_its_name() -> None:
    units = [FormUnit(code, "", PLACE) for code in ("d01", "甲区", "../../etc/passwd", "a b", "CON:", "x\ty")]
    assert [*file_names("out/form.xlsx", units)] == [
        "out/form-d01.xlsx",
        "out/form-甲区.xlsx",
        "out/form-..%2F..%2Fetc%2Fpasswd.xlsx",
        "out/form-a%20b.xlsx",
        "out/form-CON%3A.xlsx",
        "out/form-x%09y.xlsx",
    ]


@pytest.mark.parametrize(("codes", "due"), [(("D1", "d1"), "GR854"), (("甲" * 70,), "GR855")])
def test_units_whose_files_would_be_one_and_names_that_are_too_long_are_refused(
    codes: tuple[str, ...], due: str
) -> None:
    with pytest.raises(TallyError) as caught:
        file_names("form.xlsx", [FormUnit(code, "", PLACE) for code in codes])
    assert [finding.code for finding in caught.value.diagnostics] == [due]
