"""Files of units -> the same with their scores, piece by piece, by polars."""

import os
import signal
import subprocess
import sys
import threading
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from batched import BAD, TEXT, UNITS, batch
from govrubric import TallyError
from govrubric.batch import files, passing
from govrubric.batch import polars as polars_batch
from govrubric.batch.summary import Spread

CSV = (
    "unit,work.late,work.missing,bonus.judged,note\r\n"
    'a,true,3,2.5,=1\r\nb,,,3,-5\r\n\r\n"c,""d",false,20,1,@\r\n , ,,,\r\n'
)


def read(path: Path) -> pl.DataFrame:
    return pl.read_ipc(path) if path.suffix == ".arrow" else pl.read_parquet(path)


def write(frame: pl.DataFrame, path: Path) -> Path:
    frame.write_ipc(path) if path.suffix in (".arrow", ".ipc", ".feather") else frame.write_parquet(path)
    return path


def refusal(*args: Any, **more: Any) -> list[str]:
    with pytest.raises(TallyError) as error:
        batch(*args, **more)
    return [f"{'.'.join(map(str, one.path))} {one.code}".strip() for one in error.value.diagnostics]


@pytest.mark.parametrize("kept", ["in.parquet", "in.pq", "in.arrow", "in.IPC", "in.feather"])
@pytest.mark.parametrize("out", ["out.parquet", "out.arrow"])
def test_what_was_there_stays_and_the_scores_stand_behind(tmp_path: Path, kept: str, out: str) -> None:
    path = tmp_path / kept
    UNITS.write_parquet(path) if path.suffix in (".parquet", ".pq") else UNITS.write_ipc(path)
    found = batch(path, tmp_path / out)
    made = read(tmp_path / out)
    assert made.columns == [*UNITS.columns, "total", "grade"]
    assert made.select(UNITS.columns).equals(UNITS)
    assert made["total"].to_list() == [Decimal("7.0"), Decimal("10.0"), None]
    assert made["grade"].to_list() == ["B", "A", None]
    seven, ten = Fraction(7), Fraction(10)
    assert found == (
        3,
        Spread(seven, seven, seven, ten, ten, Fraction(17, 2)),
        {"A": 1, "B": 1},
        1,
        0,
        {},
        (),
    )


def test_numbers_may_be_whole(tmp_path: Path) -> None:
    found = batch(write(UNITS, tmp_path / "in.parquet"), tmp_path / "out.parquet", "items", scaled=True)
    made = read(tmp_path / "out.parquet")
    assert made["total/10"].to_list() == [70, 100, None]
    assert found.spread is not None
    assert found.spread.median == 7


def test_rows_in_error_refuse_the_file(tmp_path: Path) -> None:
    path = write(pl.concat([UNITS, BAD]), tmp_path / "in.parquet")
    assert refusal(path, tmp_path / "out.parquet") == [
        "GR650",
        "row 4 (d) GR602",
        "row 5 (e) GR604",
        "row 5 (e) GR609",
        "row 6 (f) GR615",
    ]
    assert os.listdir(tmp_path) == ["in.parquet"]


def test_rows_in_error_are_kept_and_say_why(tmp_path: Path) -> None:
    path = write(pl.concat([BAD, UNITS]), tmp_path / "in.parquet")
    found = batch(path, tmp_path / "out.parquet", "rules", "report")
    made = read(tmp_path / "out.parquet")
    assert made.columns[-1] == "error"
    assert made["error"].to_list() == [
        "GR602 work.late", "GR604 work.missing; GR609 bonus.judged", "GR615 bonus.judged", None, None, None
    ]  # fmt: skip
    assert made["total"].to_list() == [None, None, None, Decimal("7.0"), Decimal("10.0"), None]
    assert (found.units, found.bad, found.void) == (6, 3, 1)
    assert found.codes == {"GR602": 1, "GR604": 1, "GR615": 1, "GR609": 1}
    assert [one.code for one in found.first] == ["GR602", "GR604", "GR609", "GR615"]


def test_a_thousand_rows_in_error_are_each_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(polars_batch, "PIECE", 700)
    monkeypatch.setattr(passing, "PIECES", 3)
    good = pl.concat([UNITS[:2]] * 50_000).with_columns(unit=pl.int_range(pl.len()).cast(pl.String))
    places = range(7, 100_000, 100)
    flags: dict[str, list[Any]] = {
        "work.late": [None],
        "work.missing": [-1, None, 10**9 + 1],
        "bonus.judged": ["", "4例", "-0.5", "3.5", "0.25", "1,000", None],
    }
    kinds = [(name, value) for name, values in flags.items() for value in values]
    columns = {name: good[name].to_list() for name in flags}
    for index, place in enumerate(places):
        name, value = kinds[index % len(kinds)]
        columns[name][place] = value
    bad = good.with_columns(pl.Series(name, values, strict=False) for name, values in columns.items())
    found = batch(write(bad, tmp_path / "in.parquet"), tmp_path / "out.parquet", on_error="report")
    made = read(tmp_path / "out.parquet")
    wrong = made.with_row_index().filter(pl.col("error").is_not_null())
    assert wrong["index"].to_list() == list(places)
    assert [one.split()[1] for one in wrong["error"]] == [
        kinds[index % len(kinds)][0] for index in range(1000)
    ]
    assert wrong["total"].null_count() == found.bad == sum(found.codes.values()) == 1000
    sound = made.filter(pl.col("error").is_null())["total"]
    # The places are odd, so that of a no unit is lost, and of b a thousand.
    assert sound.value_counts().sort("total").rows() == [(Decimal("7.0"), 50_000), (Decimal("10.0"), 49_000)]
    assert found.units == 100_000


def test_csv_means_what_it_means_to_score(tmp_path: Path) -> None:
    (tmp_path / "in.csv").write_text(f"\ufeff{CSV}", "utf-8", newline="")
    found = batch(tmp_path / "in.csv", tmp_path / "out.csv")
    assert (tmp_path / "out.csv").read_text("utf-8") == (
        "\ufeffunit,work.late,work.missing,bonus.judged,note,total,grade\n"
        'a,true,3,2.5,\'=1,7.0,B\nb,,,3,-5,10.0,A\n"c,""d",false,20,1,\'@,,\n'
    )
    assert (found.units, found.void) == (3, 1)


def test_rows_of_csv_in_error_are_kept_as_they_are(tmp_path: Path) -> None:
    (tmp_path / "in.csv").write_text("unit,work.missing,bonus.judged\nx,4例,\ny,-1,9\nz,,1\n", "utf-8")
    batch(tmp_path / "in.csv", tmp_path / "out.csv", on_error="report")
    assert (tmp_path / "out.csv").read_text("utf-8").splitlines()[1:] == [
        "x,4例,,,,GR603 work.missing; GR602 bonus.judged",
        "y,-1,9,,,GR604 work.missing; GR607 bonus.judged",
        "z,,1,8.0,A,",
    ]


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("bonus.judged,work.missing\n1,2\n1\n1,2\n", ["GR632"]),
        ('bonus.judged,work.missing,note\n1,2,"a,b"\n1,2\n', ["GR632"]),
        ("bonus.judged,work.missing\n1,2\n1,2,3\n", ["GR632"]),
        ('bonus.judged,note\n1,"2\n1,2\n', ["GR635"]),
        ("bonus.judged;note\n1;2\n", ["GR635"]),
        ("bonus.judgd\n1\n", ["bonus.judgd GR601", "bonus.judged GR602"]),
    ],
)
@pytest.mark.parametrize("on_error", ["raise", "report"])
def test_csv_that_is_not_sound_is_refused(tmp_path: Path, text: str, codes: list[str], on_error: str) -> None:
    (tmp_path / "in.csv").write_text(text, "utf-8")
    assert refusal(tmp_path / "in.csv", tmp_path / "out.csv", on_error=on_error) == codes
    assert os.listdir(tmp_path) == ["in.csv"]


def test_a_flag_in_csv_excuses_what_does_not_apply(tmp_path: Path) -> None:
    text = TEXT.replace("    title: Bonus\n", "    title: Bonus\n    not_applicable: full\n")
    (tmp_path / "in.csv").write_text("bonus.not_applicable,bonus.judged\ntrue,\nfalse,1\nfalse,\n", "utf-8")
    batch(tmp_path / "in.csv", tmp_path / "out.csv", on_error="report", text=text)
    assert (tmp_path / "out.csv").read_text("utf-8").splitlines()[1:] == [
        "true,,10.0,A,",
        "false,1,8.0,A,",
        "false,,,,GR602 bonus.judged",
    ]


def test_blank_rows_are_no_rows_that_are_too_short(tmp_path: Path) -> None:
    (tmp_path / "in.csv").write_text('bonus.judged,note\n1,"x,y"\n\n2,z\n\n', "utf-8")
    assert batch(tmp_path / "in.csv", tmp_path / "out.csv").units == 2


def test_what_polars_alone_refuses_of_csv_is_told_as_damage(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise pl.exceptions.ComputeError("out-of-spec")

    (tmp_path / "in.csv").write_text("bonus.judged\n1\n", "utf-8")
    monkeypatch.setattr(files, "sink", fail)
    assert refusal(tmp_path / "in.csv", tmp_path / "out.csv") == ["GR656"]


def test_no_text_becomes_a_formula(tmp_path: Path) -> None:
    frame = UNITS.with_columns(
        pl.col("note").cast(pl.Categorical),
        pl.lit("x").alias("=f"),
        pl.lit("-1+1").alias("'=f"),
        pl.lit("\t").alias("tab"),
    )
    batch(write(frame, tmp_path / "in.parquet"), tmp_path / "out.csv")
    assert (tmp_path / "out.csv").read_text("utf-8").splitlines()[:2] == [
        "\ufeffunit,work.late,work.missing,bonus.judged,note,''=f,'=f,tab,total,grade",
        "a,true,3,2.5,'=1,x,'-1+1,'\t,7.0,B",
    ]


@pytest.mark.parametrize("rows", [0, 1])
@pytest.mark.parametrize("out", ["out.parquet", "out.csv", "out.arrow"])
def test_a_file_may_be_short(tmp_path: Path, rows: int, out: str) -> None:
    assert batch(write(UNITS[:rows], tmp_path / "in.parquet"), tmp_path / out).units == rows
    assert (tmp_path / out).exists()


def test_csv_with_a_header_alone_has_no_unit(tmp_path: Path) -> None:
    (tmp_path / "in.csv").write_text("unit,bonus.judged\n", "utf-8")
    assert refusal(tmp_path / "in.csv", tmp_path / "out.csv") == ["GR634"]


def test_a_rubric_without_grades_or_gates(tmp_path: Path) -> None:
    text = "\n".join(line for line in TEXT.splitlines() if not line.startswith(("grades", "gates")))
    found = batch(write(UNITS, tmp_path / "in.parquet"), tmp_path / "out.parquet", text=text)
    assert (found.grades, found.void) == ({}, 0)


@pytest.mark.parametrize("suffix", [".parquet", ".arrow", ".csv"])
@pytest.mark.parametrize(
    "name", ["tally[1]", "[a]*?", "t*", "t{1,2}", "it's", 'a"b', "~", "s3:", "x=1", "a%20b", "[[]1]", "城"]
)
def test_a_name_is_no_pattern(
    tmp_path: Path, name: str, suffix: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "year=2023").mkdir()
    monkeypatch.chdir(tmp_path / "year=2023")
    for other in ("tally1", "a", "t1", "t", "[1]", name):
        frame = UNITS if other == name else UNITS[:1]  # what a pattern would find
        path = Path(f"{other}{suffix}")
        frame.write_csv(path) if suffix == ".csv" else write(frame, path)
    assert batch(Path(f"{name}{suffix}"), Path(f"out {name}.arrow")).units == 3
    assert pl.read_ipc(Path(f"out {name}.arrow").read_bytes()).columns == [*UNITS.columns, "total", "grade"]


@pytest.mark.parametrize("name", ["~", "~.parquet", "s3:/b"])
def test_a_name_is_neither_a_home_nor_a_protocol(
    tmp_path: Path, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("~").mkdir()
    Path("s3:/b").mkdir(parents=True)
    path = Path(name, "in.parquet") if name == "~" or "s3" in name else Path(name)
    write(UNITS, path.absolute())
    assert batch(path, Path("out.parquet")).units == 3


@pytest.mark.parametrize(
    ("name", "data", "code"),
    [
        ("in.parquet", b"PAR1", "GR656"),
        ("in.arrow", b"", "GR656"),
        ("in.xlsx", b"PK", "GR654"),
        ("in", b"", "GR654"),
        ("in.csv", b"", "GR634"),
    ],
)
def test_what_is_no_table_is_refused(tmp_path: Path, name: str, data: bytes, code: str) -> None:
    (tmp_path / name).write_bytes(data)
    assert refusal(tmp_path / name, tmp_path / "out.csv") == [code]


def test_a_file_that_is_damaged_in_the_middle_is_refused(tmp_path: Path) -> None:
    data = bytearray(write(pl.concat([UNITS] * 5000), tmp_path / "in.parquet").read_bytes())
    data[40:80] = b"x" * 40
    (tmp_path / "in.parquet").write_bytes(data)
    assert refusal(tmp_path / "in.parquet", tmp_path / "out.parquet") == ["unit GR658"]
    assert os.listdir(tmp_path) == ["in.parquet"]


def test_what_is_no_file_is_not_opened(tmp_path: Path) -> None:
    (tmp_path / "folder.csv").mkdir()
    os.mkfifo(tmp_path / "pipe.csv")
    for name, code in (
        ("none.csv", "GR101"),
        ("folder.csv", "GR102"),
        ("pipe.csv", "GR102"),
        ("\0.csv", "GR101"),
    ):
        assert refusal(tmp_path / name, tmp_path / "out.csv") == [code]


def test_a_column_of_lists_has_no_place_in_csv(tmp_path: Path) -> None:
    path = write(
        UNITS.with_columns(pl.concat_list("unit").alias("lists"), pl.lit(b"x").alias("bytes")),
        tmp_path / "in.parquet",
    )
    assert refusal(path, tmp_path / "out.csv") == ["lists GR655", "bytes GR655"]
    assert batch(path, tmp_path / "out.arrow").units == 3


@pytest.mark.parametrize("out", ["out.parquet", "out.csv", "out.arrow"])
def test_a_full_disk_leaves_the_old_file(tmp_path: Path, out: str) -> None:
    write(
        pl.concat([UNITS] * 4000).with_columns(
            unit=pl.int_range(pl.len()), bonus=pl.int_range(pl.len()).hash()
        ),
        tmp_path / "in.parquet",
    )
    (tmp_path / out).write_text("old")
    code = f"""
import resource, sys
sys.path.insert(0, {str(Path(__file__).parents[1])!r})
from batched import batch
from pathlib import Path
resource.setrlimit(resource.RLIMIT_FSIZE, (10_000, 10_000))
try:
    batch(Path({str(tmp_path)!r}) / "in.parquet", Path({str(tmp_path)!r}) / {out!r})
except OSError as error:
    print(error.strerror)
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.stdout == "File too large\n"
    assert (tmp_path / out).read_text() == "old"
    assert sorted(os.listdir(tmp_path)) == ["in.parquet", out]


def test_where_no_file_can_be_is_told(tmp_path: Path) -> None:
    path = write(UNITS, tmp_path / "in.parquet")
    with pytest.raises(OSError, match="Not a directory"):
        batch(path, path / "out.parquet")


def test_who_interrupts_ends_it_at_its_next_piece(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    seen = threading.Event()
    see = passing.Passing._count

    def slow(self: passing.Passing, series: Any) -> Any:
        if not seen.is_set():
            seen.set()
            os.kill(os.getpid(), signal.SIGINT)
        threading.Event().wait(1)
        return see(self, series)

    monkeypatch.setattr(passing.Passing, "_count", slow)
    with pytest.raises(KeyboardInterrupt):
        batch(write(UNITS, tmp_path / "in.parquet"), tmp_path / "out.parquet")
    assert os.listdir(tmp_path) == ["in.parquet"]


def test_who_waits_is_told_how_far_it_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from batched import rubric
    from govrubric.batch.job import Job

    sink, said = files.sink, []

    def slow(frame: Any, kind: Any, path: str) -> None:
        sink(frame, kind, path)
        threading.Event().wait(2)

    monkeypatch.setattr(files, "sink", slow)
    job = Job(
        rubric(),
        str(write(UNITS, tmp_path / "in.parquet")),
        str(tmp_path / "out.parquet"),
        "total",
        "raise",
        False,
        "en",
    )
    polars_batch.run(job, lambda done, whole: said.append((done, whole)))
    assert said
    assert set(said) == {(3, 3)}


def test_a_fault_of_ours_that_is_a_timeout_is_no_waiting(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def late(*_: object) -> None:
        raise TimeoutError(110, "Connection timed out")

    monkeypatch.setattr(files, "sink", late)
    with pytest.raises(TimeoutError):
        batch(write(UNITS, tmp_path / "in.parquet"), tmp_path / "out.parquet")


def test_what_is_killed_leaves_the_old_file(tmp_path: Path) -> None:
    write(UNITS, tmp_path / "in.parquet")
    (tmp_path / "out.parquet").write_text("old")
    code = f"""
import os, signal, sys
sys.path.insert(0, {str(Path(__file__).parents[1])!r})
from batched import batch
from govrubric.batch import passing
from pathlib import Path
passing.Passing._count = lambda *_: os.kill(os.getpid(), signal.SIGKILL)
batch(Path({str(tmp_path)!r}) / "in.parquet", Path({str(tmp_path)!r}) / "out.parquet")
"""
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == -signal.SIGKILL
    assert (tmp_path / "out.parquet").read_text() == "old"
