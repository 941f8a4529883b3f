"""A CSV file means the same to `score`, `whatif` and `batch`, small or so large that polars reads it."""

import csv
from pathlib import Path

import polars as pl
import pytest
from click.testing import CliRunner
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from govrubric import ScoreCard, TallyError, cli, tally_files
from govrubric.batch.job import Job
from govrubric.batch.polars import run as run_batch
from govrubric.document.files import RUBRIC_LIMIT
from govrubric.reports.score_table import as_csv
from govrubric.sensitivity import units
from samples import SMALL, small

HEAD = "unit,name,work.papers.missing,work.late,bonus.judged"
Meaning = tuple[list[str], list[tuple[str | None, str]]]
"""The codes of what is wrong, and else the unit and the total of each row."""

# Work is 7 - 0.3 a missing paper - 1 if late; the judged points come on top.
GOOD: dict[str, tuple[str, list[tuple[str | None, str]]]] = {
    "plain": (f"{HEAD}\nu1,First,3,true,0.5\n", [("u1", "5.6")]),
    "no last line end": (f"{HEAD}\nu1,First,3,true,0.5", [("u1", "5.6")]),
    "CRLF": (f"{HEAD}\r\nu1,First,3,true,0.5\r\nu2,,,,1\r\n", [("u1", "5.6"), ("u2", "8.0")]),
    "CR": (f"{HEAD}\ru1,First,3,true,0.5\ru2,,,,1\r", [("u1", "5.6"), ("u2", "8.0")]),
    "all three line ends": (
        f"{HEAD}\r\nu1,,,,1\ru2,,,,1\nu3,,,,1",
        [("u1", "8.0"), ("u2", "8.0"), ("u3", "8.0")],
    ),
    "a mark": (f"\ufeff{HEAD}\nu1,,,,1\n", [("u1", "8.0")]),
    "a mark before a quote": ('\ufeff"unit",bonus.judged\nu1,1\n', [("u1", "8.0")]),
    "blank lines": (f"\n{HEAD}\n\nu1,,,,1\n\n\n", [("u1", "8.0")]),
    "lines of spaces": (f"  \n{HEAD}\n   \nu1,,,,1\n \t \n", [("u1", "8.0")]),
    "lines of commas": (f",,,,\n{HEAD}\n,,,,\nu1,,,,1\n, ,,,\n", [("u1", "8.0")]),
    "lines of too few commas": (f",\n{HEAD}\n,,\nu1,,,,1\n,\n", [("u1", "8.0")]),
    "lines of too many commas": (f",,,,,,,\n{HEAD}\n,,,,,,\nu1,,,,1\n,,,,,,,\n", [("u1", "8.0")]),
    "lines of empty quotes": (f'{HEAD}\n"","",,,\nu1,,,,1\n" "\n', [("u1", "8.0")]),
    "one column": ("bonus.judged\n1\n\n0\n", [(None, "8.0"), (None, "7.0")]),
    "an empty column": (f"{HEAD}\nu1,,,,1\nu2,,,,0\n", [("u1", "8.0"), ("u2", "7.0")]),
    "spaces around names": (" unit ,\tbonus.judged , work.late\nu1,1,true\n", [("u1", "7.0")]),
    "spaces around values": (f"{HEAD}\n u1 , First, 3 ,true , 0.5\n", [("u1", "5.6")]),
    "full-width spaces around values": (f"{HEAD}\nu1,First,\u30003\u3000,true,\u30000.5\n", [("u1", "5.6")]),
    "flags in capitals": (
        f"{HEAD}\nu1,,,TRUE,1\nu2,,,True,1\nu3,,,fAlSe,1\n",
        [("u1", "7.0"), ("u2", "7.0"), ("u3", "8.0")],
    ),
    "zeros in front": (f"{HEAD}\n001,,003,,0.50\n1,,3,,1\n", [("001", "6.6"), ("1", "7.1")]),
    "quotes around all": ('"unit","work.papers.missing","bonus.judged"\n"u1","3","0.5"\n', [("u1", "6.6")]),
    "a comma in quotes": (f'{HEAD}\n"u,1","a, b",,,1\n', [("u,1", "8.0")]),
    "a line end in quotes": (f'{HEAD}\nu1,"a\nb",,,1\nu2,"a\n\n,b",,,1\n', [("u1", "8.0"), ("u2", "8.0")]),
    "quotes in quotes": (f'{HEAD}\n"u""1""",""""",""",,,1\n', [('u"1"', "8.0")]),
    "spaces within quotes": (f'{HEAD}\n" u1 ",,"3 ",,"0.5"\n', [("u1", "6.6")]),
    "a name in quotes over two lines": ('unit,"bonus.judged\n"\nu1,1\n', [("u1", "8.0")]),
    "another order": ("bonus.judged,unit\n1,u1\n", [("u1", "8.0")]),
    "text like a formula": (f"{HEAD}\n=u1,+1,,,1\n-5,@,,,1\n", [("=u1", "8.0"), ("-5", "8.0")]),
    "text like an empty value": (f"{HEAD}\nNA,null,,,1\nNone,nan,,,1\n", [("NA", "8.0"), ("None", "8.0")]),
    "a comment": (f"{HEAD}\n#u1,,,,1\n", [("#u1", "8.0")]),
    "a long cell": (f"{HEAD}\nu1,{'x' * 140_000},,,1\n", [("u1", "8.0")]),
    "Chinese": (f"{HEAD}\n甲区,“城关”（镇）,,,1\n", [("甲区", "8.0")]),
    "no unit": ("work.late,bonus.judged\ntrue,1\nfalse,1\n", [(None, "7.0"), (None, "8.0")]),
}  # fmt: skip
BAD: dict[str, tuple[str | bytes, list[str]]] = {
    "nothing": ("", ["GR634"]),
    "a mark alone": ("\ufeff", ["GR634"]),
    "blank": ("\n \n,,\n", ["GR634"]),
    "a header alone": (f"{HEAD}\n", ["GR634"]),
    "a header without a line end": (HEAD, ["GR634"]),
    "cut in a character": (f"{HEAD}\nu1,城关镇政府,3,true,0.5\n".encode().replace(b"\x8e", b""), ["GR104"]),
    "UTF-16": (f"{HEAD}\nu1,First,3,true,0.5\n".encode("utf-16"), ["GR104"]),
    "UTF-16 without a mark": (f"{HEAD}\nu1,First,3,true,0.5\n".encode("utf-16-le"), ["GR104"]),
    "NUL": (f"{HEAD}\nu1,a\x00b,3,true,0.5\n", ["GR105"]),
    "a second mark": ("\ufeff\ufeffbonus.judged\n1\n", ["GR105", "GR601", "GR602"]),
    "a zero-width space": (f"{HEAD}\nu1,a\u200bb,3,true,0.5\n", ["GR105"]),
    "an escape": (f"{HEAD}\nu1,a\x1bb,3,true,0.5\n", ["GR105"]),
    "a no-break space": (f"{HEAD}\nu1,a\xa0b,3,true,0.5\n", ["GR106"]),
    "semicolons": (f"{HEAD}\nu1,First,3,true,0.5\n".replace(",", ";"), ["GR635"]),
    "tabs": (f"{HEAD}\nu1,First,3,true,0.5\n".replace(",", "\t"), ["GR635"]),
    "full-width commas": (f"{HEAD}\nu1,First,3,true,0.5\n".replace(",", "，"), ["GR635"]),
    "a quote within a cell": (f'{HEAD}\nu1,Fi"rst,3,true,0.5\n', ["GR635"]),
    "two quotes within a cell": (f'{HEAD}\nu1,Fi"r"st,3,true,0.5\n', ["GR635"]),
    "a quote after a space": (f'{HEAD}\nu1, "First",3,true,0.5\n', ["GR635"]),
    "text after a quote": (f'{HEAD}\nu1,"Fir"st,3,true,0.5\n', ["GR635"]),
    "a space after a quote": (f'{HEAD}\nu1,"First" ,3,true,0.5\n', ["GR635"]),
    "an open quote": (f'{HEAD}\nu1,"First,3,true,0.5\nu2,,,,1\n', ["GR635"]),
    "an open quote at the end": (f'{HEAD}\nu1,,,,1\nu2,,,,"', ["GR635"]),
    "a quote in the header": (f'un"it,{HEAD[5:]}\nu1,,,,1\n', ["GR635"]),
    "a row too short": (f"{HEAD}\nu1,,,1\n", ["GR632"]),
    "a row too long": (f"{HEAD}\nu1,,,,1,\n", ["GR632"]),
    "one too short and one too long": (f"{HEAD}\nu1,,,1\nu2,,,,1,\n", ["GR632"]),
    "a word alone": (f"{HEAD}\nu1,,,,1\nend\n", ["GR632"]),
    "a column with values and no name": (f"{HEAD},\nu1,,,,1,5\n", ["GR637"]),
    "a column twice": (f"{HEAD},work.late\nu1,,,,1,\n", ["GR631"]),
    "a column twice with spaces": (f"{HEAD}, work.late\nu1,,,,1,\n", ["GR631"]),
    "a unit twice": (f"{HEAD}\nu1,,,,1\nu2,,,,1\nu1,,,,0\n", ["GR633"]),
    "a unit twice with spaces": (f"{HEAD}\nu1,,,,1\n u1 ,,,,0\n", ["GR633"]),
    "units with a thousands separator": (f'{HEAD}\nu1,,"1,000",,1\n', ["GR603"]),
    "a unit of measure": (f"{HEAD}\nu1,,4例,,1\n", ["GR603"]),
    "a sign": (f"{HEAD}\nu1,,+3,,1\n", ["GR603"]),
    "below zero": (f"{HEAD}\nu1,,-3,,1\n", ["GR604"]),
    "too many digits": (f"{HEAD}\nu1,,{'9' * 30},,1\nu2,,{'9' * 40},,1\n", ["GR603", "GR604"]),
    "maybe": (f"{HEAD}\nu1,,,maybe,1\n", ["GR605"]),
    "one for true": (f"{HEAD}\nu1,,,1,1\n", ["GR605"]),
    "a comma for the point": (f'{HEAD}\nu1,,,,"0,5"\n', ["GR615"]),
    "an exponent": (f"{HEAD}\nu1,,,,1e0\n", ["GR615"]),
    "out of range": (f"{HEAD}\nu1,,,,2\n", ["GR607"]),
    "off the step": (f"{HEAD}\nu1,,,,0.25\n", ["GR609"]),
    "too many places": (f"{HEAD}\nu1,,,,0.125\n", ["GR608"]),
    "an empty number": (f"{HEAD}\nu1,,,,\n", ["GR602"]),
    "a number of spaces": (f"{HEAD}\nu1,, 4 ,,  \n", ["GR602"]),
    "no column for a number": ("unit,work.late\nu1,true\n", ["GR602"]),
    "a name in capitals": (f"{HEAD}\nu1,,,,1\n".replace("work.late", "Work.Late"), ["GR601"]),
    "a missing beginning": (f"{HEAD}\nu1,,,,1\n".replace("work.papers", "papers"), ["GR601"]),
    "other separators": (
        f"{HEAD}\nu1,,,,1\n".replace("work.papers.missing", "work_papers/missing"),
        ["GR601"],
    ),
    "many things": (
        f"{HEAD}\nu1,,x,maybe,2\nu2,,1\nu1,a\u200b,-1,,0.25\n",
        ["GR105", "GR603", "GR604", "GR605", "GR607", "GR609", "GR632", "GR633"],
    ),
}  # fmt: skip
# What a person may have meant in one way only: `score` reads it and says so, and `batch` takes it as it stands.
UNDERSTOOD: dict[str, tuple[str | bytes, list[tuple[str | None, str]], list[str]]] = {
    "GBK": (f"{HEAD}\nu1,城关镇,3,true,0.5\n".encode("gbk"), [("u1", "5.6")], ["GR104"]),
    "GBK in a late row": (f"{HEAD}\nu1,x,3,true,0.5\n城,,,,1\n".encode("gbk"), [("u1", "5.6"), ("城", "8.0")], ["GR104"]),
    "sep=": (f"sep=,\n{HEAD}\nu1,First,3,true,0.5\n", [("u1", "5.6")], ["GR602", "GR632", "GR637"]),
    "commas at every end": (f"{HEAD},\nu1,,,,1,\n", [("u1", "8.0")], ["GR637"]),
    "columns without a name": (f"{HEAD},,\nu1,,,,1,,\n", [("u1", "8.0")], ["GR637"]),
    "full-width digits": (f"{HEAD}\nu1,,３,,1\n", [("u1", "7.1")], ["GR603"]),
    "a point": (f"{HEAD}\nu1,,3.0,,1\n", [("u1", "7.1")], ["GR603"]),
    "yes": (f"{HEAD}\nu1,,,yes,1\n", [("u1", "7.0")], ["GR605"]),
    "是": (f"{HEAD}\nu1,,,是,1\n", [("u1", "7.0")], ["GR605"]),
    "a title row": (f"2025,,,,\n{HEAD}\nu1,,,,1\n", [("u1", "8.0")], ["GR137"]),
    "单位": (f"{HEAD}\nu1,,,,1\n".replace("unit", "单位"), [("u1", "8.0")], []),
}  # fmt: skip


def codes(error: TallyError) -> list[str]:
    """The codes of a refusal, but for the one that only counts rows."""
    return sorted({one.code for one in error.diagnostics} - {"GR650"})


def by_score(path: Path) -> Meaning:
    try:
        cards: list[ScoreCard] = tally_files.read(small(), path)
    except TallyError as error:
        return codes(error), []
    return [], [(card.unit, f"{card.total:.1f}") for card in cards]


def by_whatif(path: Path) -> Meaning:
    try:
        frame = units.read(small(), str(path))
    except TallyError as error:
        return codes(error), []
    totals = small().score_frame(frame)
    named = totals["unit"] if "unit" in totals.columns else [None] * len(totals)
    return [], [(unit, f"{total:.1f}") for unit, total in zip(named, totals["total"], strict=True)]


def by_batch(path: Path) -> Meaning:
    written = path.with_suffix(".parquet")
    try:
        run_batch(Job(small(), str(path), str(written), "total", "raise", False, "en"), lambda *_: None)
    except TallyError as error:
        assert not written.exists()
        return codes(error), []
    frame = pl.read_parquet(written)
    written.unlink()
    column = next((name for name in frame.columns if name.strip() == "unit"), None)
    named = (
        [None] * len(frame) if column is None else [(unit or "").strip() or None for unit in frame[column]]
    )
    return [], [(unit, f"{total:.1f}") for unit, total in zip(named, frame["total"], strict=True)]


def padded(data: bytes) -> bytes:
    """The text with blank rows as long as the header, until it is too large for a file of tallies."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data + b" \n" * (RUBRIC_LIMIT // 2)
    if text.count("\x00") > 20:
        return data + " \n".encode("utf-16-le") * (RUBRIC_LIMIT // 4)
    lines = text.replace("\r", "\n").split("\n")
    header = next((line for line in lines if line.strip(" ,\t")), "")
    end = "\r" if "\n" not in text and "\r" in text else "\n"
    row = ",".join([" " * 9000] * len(next(csv.reader([header]), [""]))) + end
    return data + (end if data and not data.endswith((b"\n", b"\r")) else "").encode() + row.encode() * 150


@pytest.mark.parametrize("large", [False, True])
@pytest.mark.parametrize("case", GOOD)
def test_a_good_file_has_the_same_totals_everywhere(tmp_path: Path, case: str, large: bool) -> None:
    text, totals = GOOD[case]
    path = tmp_path / "units.csv"
    path.write_bytes(text.encode())
    assert by_score(path) == ([], totals)
    if large:
        path.write_bytes(padded(text.encode()))
        assert units.is_table(str(path))
    assert by_batch(path) == ([], totals)
    assert by_whatif(path) == ([], totals)


@pytest.mark.parametrize("large", [False, True])
@pytest.mark.parametrize("case", BAD)
def test_a_bad_file_has_the_same_findings_everywhere(tmp_path: Path, case: str, large: bool) -> None:
    text, expected = BAD[case]
    data = text if isinstance(text, bytes) else text.encode()
    path = tmp_path / "units.csv"
    path.write_bytes(data)
    assert by_score(path) == (expected, [])
    if large:
        path.write_bytes(padded(data))
    assert by_batch(path) == (expected, [])
    assert by_whatif(path) == (expected, [])


@pytest.mark.parametrize("case", UNDERSTOOD)
def test_score_understands_what_people_write_and_batch_takes_what_stands_there(
    tmp_path: Path, case: str
) -> None:
    text, totals, expected = UNDERSTOOD[case]
    path = tmp_path / "units.csv"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    assert by_score(path) == ([], totals)
    assert by_batch(path)[0] == expected


@pytest.mark.parametrize("words", [["score"], ["whatif"], ["batch"]])
@pytest.mark.parametrize("large", [False, True])
@pytest.mark.parametrize(
    ("case", "code"),
    [
        ("CR", 0), ("cut in a character", 1), ("UTF-16", 1), ("NUL", 1),
        ("an open quote", 1), ("a header alone", 1), ("many things", 1),
    ],
)  # fmt: skip
def test_a_command_says_what_is_wrong_and_shows_no_traceback(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: list[str], large: bool, case: str, code: int
) -> None:
    monkeypatch.chdir(tmp_path)
    text = GOOD[case][0] if case in GOOD else BAD[case][0]
    data = text if isinstance(text, bytes) else text.encode()
    Path("units.csv").write_bytes(padded(data) if large else data)
    Path("small.yaml").write_text(SMALL, "utf-8")
    out = ["out.csv"] if words == ["batch"] else []
    result = CliRunner().invoke(cli.main, [*words, "small.yaml", "units.csv", *out])
    assert result.exception is None or isinstance(result.exception, SystemExit)
    # A file of tallies is at most one MiB, so that `score` refuses a larger one.
    assert result.exit_code == (1 if large and words == ["score"] else code)
    assert "GR" in result.stderr or not result.exit_code


def test_only_batch_takes_a_column_that_is_plainly_something_else(tmp_path: Path) -> None:
    path = tmp_path / "units.csv"
    path.write_text(f"{HEAD},population\nu1,,,,1,many\n", "utf-8")
    assert by_score(path) == by_whatif(path) == (["GR601"], [])
    assert by_batch(path) == ([], [("u1", "8.0")])


def test_a_unit_that_is_a_number_below_zero_is_written_the_same_way(tmp_path: Path) -> None:
    path, written = tmp_path / "units.csv", tmp_path / "scores.csv"
    path.write_text("unit,bonus.judged\n-5,1\n-5%,1\n＝1,1\n", "utf-8")
    scores = as_csv(small(), tally_files.read(small(), path)).splitlines()
    run_batch(Job(small(), str(path), str(written), "total", "raise", False, "en"), lambda *_: None)
    batch = written.read_text("utf-8-sig").splitlines()
    for rows in (scores, batch):
        assert [row.split(",")[0] for row in rows] == ["unit", "-5", "'-5%", "'＝1"]


CELLS = st.sampled_from(
    ["", " ", "u1", "u2", "3", " 4 ", "0.5", "1", "true", "FALSE", "maybe", '"1"', '"a,b"', '"a\nb"', '"',
     'a"b', '""', ' "x"', "\u200b", "\xa0", "-1", "1,", "城", "\r", '"x""y"', "\x00"]
)  # fmt: skip


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    rows=st.lists(st.lists(CELLS, min_size=0, max_size=6), min_size=1, max_size=5),
    end=st.sampled_from(["\n", "\r\n", "\r"]),
    mark=st.booleans(),
    large=st.booleans(),
)
def test_a_file_strewn_with_oddities_means_the_same_everywhere(
    tmp_path: Path, rows: list[list[str]], end: str, mark: bool, large: bool
) -> None:
    # A batch carries codes along as they are, also one of two lines, which no card may have.
    rows = [[cell if index else cell.replace("\n", " ") for index, cell in enumerate(row)] for row in rows]
    lines = [HEAD, *(",".join(row) for row in rows), ""]
    data = (("\ufeff" if mark else "") + end.join(lines)).encode()
    path = tmp_path / "units.csv"
    path.write_bytes(data)
    expected = by_score(path)
    if large:
        path.write_bytes(padded(data))
    assert by_batch(path) == expected
    assert by_whatif(path) == expected
