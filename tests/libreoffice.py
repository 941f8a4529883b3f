"""LibreOffice computes filled forms; every figure is compared with `score`, exactly.

Not part of the ordinary test run, which computes with a small spreadsheet of its own. Run it, after
`apt-get install --no-install-recommends libreoffice-calc-nogui`, as `python tests/libreoffice.py`. Each
workbook holds two tallies, one of the unit and one of the assessor, and one start of the program converts
many workbooks. The cells of a form that was just written say what its formulas come to while it is empty, and
LibreOffice is told to compute them all anew.
"""

import argparse
import io
import re
import shutil
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import islice
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

from hypothesis import HealthCheck, Phase, given, seed, settings

import govrubric
from filled_forms import SIDES, FilledForm, differences
from govrubric import Rubric
from govrubric.forms.workbook import ExcelForm
from govrubric.testing.strategies.tally import tallies as valid_tallies
from spreadsheet import Spreadsheet

ROOT = Path(__file__).parents[1]
GALLERY = sorted((ROOT / "examples" / "gallery").glob("*.yaml"))
SHIPPED = ("2023-district", "2023-department")
AT_ONCE = 50  # workbooks that one start of the program converts
# Everything is computed when a file is opened, whatever its cells say.
SETTINGS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load"><prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop></item>
</oor:items>
"""


def program() -> str | None:
    """The path of LibreOffice, or ``None`` where it is not installed."""
    return shutil.which("soffice") or shutil.which("libreoffice")


def typed_into(data: bytes, form: FilledForm, typed: Mapping[tuple[str, str], Any]) -> bytes:
    """The bytes of a workbook with values in some of its empty cells, as an office program writes them."""
    by_part: dict[str, list[tuple[str, Any]]] = {}
    for (sheet, cell), value in typed.items():
        by_part.setdefault(form.book.sheets[sheet], []).append((cell, value))
    result = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(result, "w", zipfile.ZIP_DEFLATED) as new:
        for info in old.infolist():
            text = old.read(info)
            if info.filename in by_part:
                text = _with_cells(text.decode(), by_part[info.filename]).encode()
            new.writestr(info, text)
    return result.getvalue()


def _with_cells(text: str, cells: Sequence[tuple[str, Any]]) -> str:
    for cell, value in cells:
        if isinstance(value, str):
            made = rf'<c r="{cell}"\1 t="inlineStr"><is><t>{escape(value)}</t></is></c>'.replace("\\", "\\\\")
            made = made.replace("\\\\1", "\\1")
        else:
            made = rf'<c r="{cell}"\1><v>{value!r}</v></c>'
        text, count = re.subn(rf'<c r="{cell}"( s="\d+")?/>', made, text)
        assert count == 1, f"{cell} is no empty cell"
    return text


def computed(files: Sequence[bytes], folder: Path) -> list[bytes]:
    """Workbooks -> the same, computed anew and written by LibreOffice."""
    soffice = program()
    assert soffice is not None
    profile = folder / "profile"
    if not profile.exists():
        (profile / "user").mkdir(parents=True)
        (profile / "user" / "registrymodifications.xcu").write_text(SETTINGS, "utf-8")
    done: list[bytes] = []
    for start in range(0, len(files), AT_ONCE):
        inside, outside = folder / "in", folder / "out"
        for place in (inside, outside):
            shutil.rmtree(place, ignore_errors=True)
            place.mkdir()
        names = [f"{index:04}.xlsx" for index in range(len(files[start : start + AT_ONCE]))]
        for name, data in zip(names, files[start:], strict=False):
            (inside / name).write_bytes(data)
        words = [soffice, f"-env:UserInstallation={profile.as_uri()}", "--headless", "--convert-to", "xlsx"]
        words += ["--outdir", str(outside), *(str(inside / name) for name in names)]
        subprocess.run(words, check=True, capture_output=True, timeout=1200)
        done += [(outside / name).read_bytes() for name in names]
    return done


class Values(dict[tuple[str, str], Any]):
    """What the cells of a workbook say, formulas or not."""

    def __init__(self, data: bytes) -> None:
        book = Spreadsheet(data)
        super().__init__({**book.values, **book.cached})


def drawn(rubric: Rubric, limited: Mapping[str, Any], count: int) -> list[dict[str, Any]]:
    """So many random tallies, the same every time, that the form takes."""
    found: list[dict[str, Any]] = []

    @seed(20)
    @settings(
        database=None,
        max_examples=count * 20,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(valid_tallies(rubric))
    def collect(tally: dict[str, Any]) -> None:
        kept = {
            name: value
            for name, value in tally.items()
            if rubric._inputs[name].kind not in ("count", "number") or limited[name].takes(Fraction(value))
        }
        if len(found) < count and kept == tally:
            found.append(tally)

    collect()
    return list(islice(found, count))


def wrong(rubric: Rubric, count: int, folder: Path, plant: str | None = None) -> Iterator[str]:
    """The figures that LibreOffice computes otherwise than `score`, of so many tallies of a rubric.

    `plant`: a line whose formula is given one more point, to see whether that is found.
    """
    made = ExcelForm(rubric)
    data = made.file()
    if plant is not None:
        data = planted(data, FilledForm(rubric, data), plant)
    form = FilledForm(rubric, data)
    found = drawn(rubric, {known.name: known for known in made.working.inputs}, count)
    pairs = [found[at : at + 2] for at in range(0, len(found), 2)]
    files = []
    for pair in pairs:
        typed = {
            (sheet, cell): value
            for side, tally in zip(SIDES, pair, strict=False)
            for sheet, cell, value in form.typed(side, tally)
        }
        files.append(typed_into(data, form, typed))
    for pair, file in zip(pairs, computed(files, folder), strict=True):
        values = Values(file)
        for side, tally in zip(SIDES, pair, strict=False):
            card = rubric.score(tally)
            yield from (f"{difference} for {tally}" for difference in differences(values, form, side, card))
            yield from shown(values, form, side, tally)
    assert len(found) == count, f"{rubric.id}: {len(found)} tallies in place of {count}"


def shown(values: Values, form: FilledForm, side: str, tally: Mapping[str, Any]) -> Iterator[str]:
    """Whether the official form shows the total, and no entry is told to be wrong."""
    told = [values.get((form.sheets[side], f"H{row}")) for row in form.rows.values()]
    if any(told):
        yield f"{side}: told to be wrong: {told} for {tally}"
    total = form.rubric.total(tally)
    cells = [one for one in form.keys["computed"] if one.startswith(form.book_form())]
    column = {"own": "E", "official": "H"}[side]
    last = [one.rpartition(":")[2] for one in cells if one.rpartition(":")[2].startswith(column)][-1]
    found = values.get((form.book_form(), last))
    right = isinstance(found, str) if total is None else found == float(total)
    if tally and not right:
        yield f"{side}: the form shows {found!r} in place of {total} for {tally}"


def planted(data: bytes, form: FilledForm, line: str) -> bytes:
    """The workbook with one more in the formula of a line."""
    result = io.BytesIO()
    row = form.lines[line]
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(result, "w", zipfile.ZIP_DEFLATED) as new:
        for info in old.infolist():
            text = old.read(info).decode()
            if info.filename == form.book.sheets[form.working]:
                text, count = re.subn(rf'(<c r="[BC]{row}"[^>]*><f>)', r"\g<1>1+", text)
                assert count == 2, line
            new.writestr(info, text)
    return result.getvalue()


def main(words: list[str]) -> int:
    """Compare, and print a line for each rubric; exit code 1 on a difference, and on a plant that is not seen."""
    parser = argparse.ArgumentParser(
        description="Compute filled forms with LibreOffice, and compare with score."
    )
    parser.add_argument("--tallies", type=int, default=300, help="how many random tallies of each rubric")
    parser.add_argument(
        "--rubrics", nargs="*", help="names of shipped rubrics, and files; default: all of ours"
    )
    options = parser.parse_args(words)
    if program() is None:
        print(
            "skipped: LibreOffice is not here; apt-get install --no-install-recommends libreoffice-calc-nogui"
        )
        return 0
    failed = 0
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for source in options.rubrics or [*SHIPPED, *map(str, GALLERY)]:
            began = time.perf_counter()
            rubric = govrubric.shipped(source) if source in SHIPPED else govrubric.load(source)
            found = list(wrong(rubric, options.tallies, folder))
            failed += bool(found)
            print(
                f"{rubric.id:28}{options.tallies:6}{len(found):6}{time.perf_counter() - began:8.0f} s",
                flush=True,
            )
            print(*found[:5], sep="\n", end="\n" if found else "")
        rubric = govrubric.shipped("2023-district")
        seen = list(wrong(rubric, 2, folder, plant="basics.annual_report.late:raw"))
        print(f"a planted wrong formula: {len(seen)} figures differ")
    return int(bool(failed) or not seen)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
