"""No command writes over what it reads, by whatever name; an output may be the screen, a pipe or a device.

The commands and their parameters are taken from the program itself, so that a new command is tested here too.
"""

import errno
import os
import shutil
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click
import pytest
from click.testing import CliRunner, Result

from batched import TEXT, UNITS
from govrubric import cli, loading
from govrubric.cli import _outputs, _printing
from govrubric.cli._outputs import (
    CARDS,
    DOCUMENT,
    PATHS,
    RUBRIC,
    TABLE,
    TALLY,
    Command,
    Reads,
    Written,
    WrittenTable,
)

CONTEXT = click.Context(cli.main)
COMMANDS = {name: cli.main.get_command(CONTEXT, name) for name in cli.main.list_commands(CONTEXT)}
TALLIES = "- {unit: u1, work.late: true, bonus.judged: 0.5}\n- {unit: u2, bonus.judged: 1}\n"
SAMPLES = {
    RUBRIC: "small.yaml",
    TALLY: "tallies.yaml",
    CARDS: "cards.json",
    PATHS: "small.yaml",
    TABLE: "in.parquet",
    DOCUMENT: "table.csv",
}
PLAIN_WORDS = {"lang", "unit", "new_id", "share", "variant"}  # texts that name no file
ALIASES: dict[str, Callable[[str, str], object] | None] = {
    "the same path": None,
    "another spelling": None,
    "absolute": None,
    "symbolic link": os.symlink,
    "hard link": os.link,
}


@pytest.fixture(autouse=True)
def _folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("small.yaml").write_text(TEXT)
    Path("tallies.yaml").write_text(TALLIES)
    Path("cards.json").write_text("{}")
    Path("table.csv").write_text("indicator,points,standard\nReports,10,1 point off per day late\n")
    UNITS.write_parquet("in.parquet")


def run(*words: str) -> Result:
    return CliRunner().invoke(cli.main, words)


def parameters(command: click.Command | None, *kinds: type) -> list[click.Parameter]:
    assert command is not None
    return [param for param in command.params if isinstance(param.type, kinds)]


def words_of(name: str, given: dict[str, str]) -> list[str]:
    """A command line with these values, and with a value for everything else that the command requires."""
    command = COMMANDS[name]
    assert command is not None
    words = [name]
    for param in command.params:
        value = given.get(param.name or "")
        if value is None and param.required:
            value = next((text for kind, text in SAMPLES.items() if kind is param.type), None)
            if value is None:
                value = str(param.type.min) if isinstance(param.type, click.IntRange) else "new-2025"
            if isinstance(param.type, WrittenTable):
                value = "out.parquet"
        if value is not None:
            words += [param.opts[0], value] if isinstance(param, click.Option) else [value]
    return words


PAIRS = [
    (name, str(read.name), str(written.name))
    for name, command in COMMANDS.items()
    for written in parameters(command, Written, WrittenTable)
    for read in parameters(command, Reads)
]
SCREENS = [
    (name, str(written.name))
    for name, command in COMMANDS.items()
    for written in parameters(command, Written)
]


def test_the_commands_that_write_are_among_those_that_are_tried() -> None:
    both = ("compare", "diff", "draft", "explain", "new", "readings", "score", "show", "test", "whatif")
    assert {name for name, _, _ in PAIRS} == {"batch", "form", "report", *both}
    assert {name for name, _ in SCREENS} == {"schema", *both}


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_the_guard_and_says_which_words_name_files(name: str) -> None:
    command = COMMANDS[name]
    assert isinstance(command, Command)
    assert not [param.name for param in command.params if type(param.type) in (click.Path, click.File)]
    texts = {param.name for param in command.params if param.type is click.STRING}
    assert texts <= PLAIN_WORDS, "give what is read or written a type of govrubric.cli._outputs"


@pytest.mark.parametrize("alias", ALIASES)
@pytest.mark.parametrize(("name", "read", "written"), PAIRS)
def test_what_a_command_reads_is_never_written_over(name: str, read: str, written: str, alias: str) -> None:
    (kind,) = (param.type for param in parameters(COMMANDS[name], Reads) if param.name == read)
    sample = next(text for one, text in SAMPLES.items() if one is kind)
    file = f"read{Path(sample).suffix}"
    shutil.copy(sample, file)
    out = {
        "the same path": file,
        "another spelling": f".//./{file}",
        "absolute": os.path.abspath(file),
    }.get(alias, f"alias{Path(sample).suffix}")
    if link := ALIASES[alias]:
        link(file, out)
    before = Path(file).read_bytes()
    result = run(*words_of(name, {read: file, written: out}))
    assert (result.exit_code, result.stdout) == (2, "")
    last = result.stderr.splitlines()[-1]
    assert last.startswith("Error: ")
    assert last.endswith(f"{out!r} would write over {file!r}, which this command reads; name another file")
    assert (Path(file).read_bytes(), os.path.islink(out)) == (before, alias == "symbolic link")


@pytest.mark.parametrize(
    ("name", "read", "written"), [pair for pair in PAIRS if pair[1] in ("rubric", "older", "newer", "source")]
)
def test_a_shipped_rubric_is_never_written_over(
    name: str, read: str, written: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(loading, "shipped_files", lambda: {"2023-small": Path("small.yaml").resolve()})
    result = run(*words_of(name, {read: "2023-small", written: "small.yaml"}))
    assert (result.exit_code, "would write over" in result.stderr, Path("small.yaml").read_text()) == (
        2,
        True,
        TEXT,
    )


def test_a_file_with_another_letter_case_is_the_same_file_where_the_system_says_so(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Case-insensitive systems answer for `SMALL.yaml` as for `small.yaml`."""
    stat = os.stat

    def forgiving(path: Any, **more: Any) -> os.stat_result:
        return stat("small.yaml" if path == "SMALL.yaml" else path, **more)

    monkeypatch.setattr(os, "stat", forgiving)
    result = run("show", "small.yaml", "--out", "SMALL.yaml")
    assert (result.exit_code, "'SMALL.yaml' would write over 'small.yaml'" in result.stderr) == (2, True)


@pytest.mark.parametrize("out", ["small.yaml", "below/b.cases.YML", "note.yml"])
def test_no_yaml_file_of_a_folder_that_is_tested_is_written_over(out: str) -> None:
    Path("below").mkdir()
    for name in ("below/b.cases.YML", "note.yml"):
        Path(name).write_text("kept")
    before = Path(out).read_bytes()
    result = run("test", ".", "--junit", out)
    assert (result.exit_code, "would write over" in result.stderr, Path(out).read_bytes()) == (
        2,
        True,
        before,
    )


def test_another_file_of_a_folder_that_is_tested_may_be_written_over() -> None:
    Path("report.xml").write_text("old")
    run("test", ".", "--junit", "report.xml")
    assert Path("report.xml").read_text().startswith("<?xml")


@pytest.mark.parametrize("out", ["units.parquet", "units.parquet/part.parquet", "."])
def test_a_table_that_is_a_folder_is_kept_whole(out: str) -> None:
    Path("units.parquet").mkdir()
    UNITS.write_parquet("units.parquet/part.parquet")
    result = run("batch", "small.yaml", "units.parquet", out)
    assert (result.exit_code, "would write over" in result.stderr) == (2, True)


# The screen, pipes, devices


@pytest.mark.parametrize(("name", "written"), [pair for pair in SCREENS if pair[0] != "test"])
def test_a_dash_is_the_screen(name: str, written: str) -> None:
    plain, named = run(*words_of(name, {})), run(*words_of(name, {written: "-"}))
    assert plain.stdout
    assert (named.exit_code, named.stdout, named.stderr) == (plain.exit_code, plain.stdout, plain.stderr)
    assert sorted(os.listdir()) == ["cards.json", "in.parquet", "small.yaml", "table.csv", "tallies.yaml"]


def test_a_report_on_the_screen_leaves_the_text_to_standard_error() -> None:
    plain, named = run("test", "small.yaml"), run("test", "small.yaml", "--junit", "-")
    assert named.stdout.startswith("<?xml")
    assert (named.exit_code, named.stderr) == (plain.exit_code, plain.stdout)


@pytest.mark.parametrize("out", ["-", "/dev/stdout"])
@pytest.mark.parametrize(
    "words",
    [("score", "small.yaml", "tallies.yaml", "--format", "csv"), ("show", "small.yaml", "--blank", "csv")],
)
@pytest.mark.parametrize("redirected", [True, False])
def test_a_table_on_the_screen_has_no_byte_order_mark(
    words: tuple[str, ...], out: str, redirected: bool
) -> None:
    """Whether the standard output is a pipe or a file."""
    command = [sys.executable, "-m", "govrubric", *words, "--out", out]
    with open("seen", "wb") as seen:
        result = subprocess.run(
            command, stdout=seen if redirected else subprocess.PIPE, timeout=60, check=False
        )
    written = Path("seen").read_bytes() if redirected else result.stdout
    assert (result.returncode, written[:5]) == (0, b"unit,")
    assert [name for name in os.listdir() if name.startswith(".")] == []


def test_a_pipe_is_written_to_and_stays_a_pipe() -> None:
    os.mkfifo("pipe")
    seen: list[bytes] = []
    reader = threading.Thread(target=lambda: seen.append(Path("pipe").read_bytes()))
    reader.start()
    result = run("score", "small.yaml", "tallies.yaml", "--format", "csv", "--out", "pipe")
    reader.join(20)
    assert (result.exit_code, result.stdout, seen[0][:5], Path("pipe").is_fifo()) == (0, "", b"unit,", True)


@pytest.mark.parametrize(("name", "written"), SCREENS)
def test_a_device_takes_everything(name: str, written: str) -> None:
    result = run(*words_of(name, {written: "/dev/null"}))
    assert (result.exit_code, Path("/dev/null").is_char_device()) == (
        run(*words_of(name, {})).exit_code,
        True,
    )


def test_a_device_without_room_is_reported() -> None:
    result = run("show", "small.yaml", "--out", "/dev/full")
    assert (result.exit_code, result.stderr) == (
        74,
        "Error: /dev/full was not written, and what stood there before is whole: No space left on device\n",
    )


def test_what_stands_in_the_way_and_is_no_file_is_kept() -> None:
    """A socket is neither written to nor replaced."""
    import socket

    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind("socket")
        result = run("show", "small.yaml", "--out", "socket")
    assert (result.exit_code, "not a regular file" in result.stderr, Path("socket").is_socket()) == (
        74,
        True,
        True,
    )


def test_a_batch_goes_to_no_screen() -> None:
    result = run("batch", "small.yaml", "in.parquet", "-")
    assert (result.exit_code, "-:1:1: error[GR654]" in result.stderr) == (1, True)


def test_a_program_with_a_screen_of_its_own_has_no_standard_output_to_compare() -> None:
    output = _outputs.WRITTEN.convert("small.yaml", None, None)
    assert (output.name, output.is_screen) == ("small.yaml", False)
    assert _outputs.WRITTEN.convert(output, None, None) is output


@pytest.mark.parametrize(("name", "written"), SCREENS)
def test_where_nothing_can_be_written_is_said_in_a_line_and_ends_with_74(name: str, written: str) -> None:
    """Before anything is read; what stands in the way stays."""
    Path("folder").mkdir()
    Path("kept.txt").write_text("kept")
    Path("kept.txt").chmod(0o444)
    Path("round").symlink_to("round")
    for out, reason in {
        "folder": "Is a directory",
        "kept.txt": "the file is read-only",
        "round": "Too many levels of symbolic links",
        "none/out.txt": "No such file or directory",
        "small.yaml/out.txt": "Not a directory",
        "a" * 256: "File name too long",
    }.items():
        result = run(*words_of(name, {written: out}))
        assert (result.exit_code, result.stdout) == (74, "")
        shown = out if len(out) <= 200 else out[:199] + "…"
        assert result.stderr.startswith(f"Error: {shown} was not written")
        assert result.stderr.endswith(f": {reason}\n")
    assert Path("kept.txt").read_text() == "kept"


@pytest.mark.parametrize(("name", "written"), SCREENS)
def test_a_file_that_has_appeared_meanwhile_is_kept(
    name: str, written: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It was not there when the command began, and is before the result is put in place."""
    fsync = os.fsync

    def slow(handle: int) -> None:
        Path("out.txt").write_text("of another")
        fsync(handle)

    monkeypatch.setattr(os, "fsync", slow)
    result = run(*words_of(name, {written: "out.txt"}))
    assert (result.exit_code, Path("out.txt").read_text()) == (74, "of another")
    assert result.stderr.endswith(": a file of that name has appeared meanwhile\n")
    assert [file for file in os.listdir() if file.startswith(".")] == []


def test_a_pipe_that_nobody_reads_is_not_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_printing, "WAIT", 0)
    os.mkfifo("pipe")
    result = run("show", "small.yaml", "--out", "pipe")
    assert (result.exit_code, result.stderr.splitlines()[-1].partition(": ")[2]) == (
        74,
        "pipe was not written, and what stood there before is whole: nobody reads from it",
    )


def test_the_name_of_an_output_is_shown_without_its_control_characters() -> None:
    result = run("show", "small.yaml", "--out", "none/\x1b[2J\u202e")
    assert (result.exit_code, result.stderr) == (
        74,
        "Error: none/\\u001b[2J\\u202e was not written: No such file or directory\n",
    )


def test_a_shipped_name_stands_for_its_file() -> None:
    (file,) = _outputs.RUBRIC.files("2023-district")
    assert Path(file).name == "2023-district.yaml"
    assert list(_outputs.RUBRIC.files("no-such-rubric")) == []


def test_what_is_not_there_is_no_file_that_is_read(tmp_path: Path) -> None:
    assert list(_outputs._identities(str(tmp_path / "gone"), os.stat(tmp_path))) == []


@pytest.mark.parametrize(
    ("errors", "code"), [([errno.ENXIO, errno.ENXIO], 0), ([errno.EACCES], 74)], ids=["late", "forbidden"]
)
def test_a_reader_of_a_pipe_may_come_late(
    errors: list[int], code: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Any other error of a pipe is told at once."""
    opening = os.open

    def late(path: Any, *more: Any, **named: Any) -> int:
        if path == "/dev/null" and errors:
            number = errors.pop()
            raise OSError(number, os.strerror(number))
        return opening(path, *more, **named)

    monkeypatch.setattr(os, "open", late)
    assert (run("show", "small.yaml", "--out", "/dev/null").exit_code, errors) == (code, [])
