"""The command as a program: it starts, and it says which extra it needs."""

import os
import re
import subprocess
import sys
from io import StringIO
from pathlib import Path
from typing import Any, NoReturn

import click
import pytest
from click.testing import CliRunner

from govrubric import cli
from govrubric.__main__ import run


def test_without_click_the_command_says_what_to_install(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """And it does not end with 1, by which `diff` says that two rubrics differ."""
    monkeypatch.setitem(sys.modules, "click", None)
    with pytest.raises(SystemExit) as caught:
        run()
    assert (caught.value.code, capsys.readouterr().err) == (
        2,
        "The command needs one more package: pip install 'govrubric[cli]'\n",
    )


def test_with_click_the_command_runs(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "argv", ["govrubric", "--version"])
    with pytest.raises(SystemExit) as caught:
        run()
    assert (caught.value.code, capsys.readouterr().out) == (0, "govrubric, version 0.1.0\n")


def test_what_goes_into_a_pipe_is_utf_8_whatever_the_office_uses() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "govrubric", "show", "2023-district"],
        capture_output=True,
        timeout=30,
        check=False,
        env={**os.environ, "PYTHONIOENCODING": "cp1252"},
    )
    assert (done.returncode, done.stdout.decode("utf-8").splitlines()[0]) == (
        0,
        "2023年政务公开考核评估指标（地区版）",
    )


def test_a_program_may_bring_a_screen_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "argv", ["govrubric", "--version"])
    monkeypatch.setattr(sys, "stdout", StringIO())
    with pytest.raises(SystemExit):
        run()
    assert isinstance(sys.stdout, StringIO)
    assert sys.stdout.getvalue() == "govrubric, version 0.1.0\n"


# Exit codes


def ended(*words: str, before: str = "", **more: Any) -> subprocess.CompletedProcess[str]:
    """The program, run after some lines that spoil it."""
    program = f"import sys\nsys.argv[0] = 'govrubric'\n{before}\nfrom govrubric.__main__ import run\nrun()\n"
    return subprocess.run(
        [sys.executable, "-c", program, *words],
        stderr=subprocess.PIPE,
        text=True,
        timeout=60,
        check=False,
        **more,
    )


SPOILED = {
    "a bug": "raise ZeroDivisionError('nought')",
    "a value that nobody foresaw": "raise ValueError('odd')",
    "an assertion of ours": "assert False, 'never'",
    "a file that nobody expected to fail": "raise PermissionError(13, 'Permission denied', 'x')",
    "no end of calls": "return spoiled()",
}


@pytest.mark.parametrize("fault", SPOILED)
def test_a_fault_of_our_own_has_an_exit_code_of_its_own(fault: str) -> None:
    """So that no difference and no finding is taken from it: `diff` ends with 1 where two rubrics differ."""
    before = f"""
from govrubric import loading
def spoiled(*_):
    {SPOILED[fault]}
loading.load = loading.shipped = spoiled
"""
    done = ended("diff", "2023-district", "2023-department", before=before)
    lines = done.stderr.splitlines()
    assert (done.returncode, lines[0][:45]) == (70, "govrubric failed: this is a fault of its own,")
    assert lines[1:3] == ["", "Traceback (most recent call last):"]


@pytest.mark.parametrize("name", cli.main.list_commands(click.Context(cli.main)))
def test_a_fault_in_any_command_has_that_exit_code(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    command = cli.main.get_command(click.Context(cli.main), name)

    def spoiled(*_: object, **__: object) -> NoReturn:
        raise ZeroDivisionError("nought")

    monkeypatch.setattr(command, "callback", spoiled)
    monkeypatch.setattr(command, "params", [])
    done = CliRunner().invoke(cli.main, [name])
    assert (done.exit_code, done.stdout) == (70, "")
    assert done.stderr.splitlines()[-1] == "ZeroDivisionError: nought"


def test_a_command_that_cannot_be_read_is_a_fault_of_our_own(monkeypatch: pytest.MonkeyPatch) -> None:
    def spoiled(*_: object) -> NoReturn:
        raise ImportError("gone")

    monkeypatch.setattr(cli, "import_module", spoiled)
    assert [CliRunner().invoke(cli.main, [word]).exit_code for word in ("show", "--help")] == [70, 70]


@pytest.mark.parametrize("name", [n for n in cli.main.list_commands(click.Context(cli.main)) if n != "batch"])
def test_who_interrupts_a_command_gets_130(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    command = cli.main.get_command(click.Context(cli.main), name)

    def interrupted(*_: object, **__: object) -> NoReturn:
        raise KeyboardInterrupt

    monkeypatch.setattr(command, "callback", interrupted)
    monkeypatch.setattr(command, "params", [])
    done = CliRunner().invoke(cli.main, [name])
    assert (done.exit_code, done.output) == (130, "\n")


def test_a_reader_who_goes_away_is_no_fault() -> None:
    """`govrubric show 2023-district | head -1`, with a pipe that nobody reads."""
    reading, writing = os.pipe()
    os.close(reading)
    done = ended("show", "2023-district", stdout=writing)
    os.close(writing)
    assert (done.returncode, done.stderr) == (1, "")


@pytest.mark.parametrize("unbuffered", ["", "1"])
@pytest.mark.parametrize("words", [("show", "2023-district"), ("diff", "2023-district", "2023-department")])
def test_a_full_disk_is_told_with_a_code_of_its_own(words: tuple[str, ...], unbuffered: str) -> None:
    with open("/dev/full", "wb") as full:
        done = ended(*words, stdout=full, env={**os.environ, "PYTHONUNBUFFERED": unbuffered})
    assert (done.returncode, done.stderr) == (
        74,
        "Error: the output could not be written: No space left on device\n",
    )


def test_where_no_error_can_be_told_the_code_tells_it() -> None:
    with open("/dev/full", "wb") as full:
        done = subprocess.run(
            [sys.executable, "-m", "govrubric", "show", "none.yaml"], stderr=full, timeout=60, check=False
        )
    assert done.returncode == 74


@pytest.mark.parametrize("unbuffered", ["", "1"])
def test_a_reader_who_goes_away_within_a_large_output_is_noticed(unbuffered: str) -> None:
    """Python without buffers says nothing of what was not written."""
    units = Path(__file__).parents[1] / "examples" / "2023-districts.csv"
    words = ["score", "2023-district", str(units), "--format", "json"]
    with subprocess.Popen(
        [sys.executable, "-m", "govrubric", *words],
        stdout=subprocess.PIPE,
        env={**os.environ, "PYTHONUNBUFFERED": unbuffered},
    ) as process:
        assert process.stdout is not None
        os.read(process.stdout.fileno(), 1)
        process.stdout.close()
        assert process.wait(60) == 1


def closed(streams: str, *words: str) -> subprocess.CompletedProcess[str]:
    """The program, with some streams closed as a shell closes them."""
    return subprocess.run(
        ["bash", "-c", f'"$@" {streams}', "bash", sys.executable, "-m", "govrubric", *words],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def test_what_is_printed_to_a_closed_output_is_not_lost_in_silence() -> None:
    done = closed(">&-", "show", "2023-district")
    assert (done.returncode, done.stderr) == (
        74,
        "Error: the output could not be written: Bad file descriptor\n",
    )


def test_a_file_is_written_with_all_streams_closed(tmp_path: Path) -> None:
    """And nothing else gets into it, though its number would be that of a stream."""
    shown = closed("", "show", "2023-district").stdout
    done = closed("<&- >&- 2>&-", "show", "2023-district", "--out", str(tmp_path / "out.txt"))
    assert (done.returncode, (tmp_path / "out.txt").read_text("utf-8")) == (0, shown)


@pytest.mark.parametrize("signal", ["SIGTERM", "SIGHUP"])
def test_who_ends_a_command_finds_nothing_left_over(signal: str, tmp_path: Path) -> None:
    before = (
        f"import os, signal; signal.signal(signal.{signal}, signal.SIG_DFL)\n"  # the tests may run under nohup
        f"os.fsync = lambda _: os.kill(os.getpid(), signal.{signal})"
    )
    done = ended("show", "2023-district", "--out", "out.txt", before=before, cwd=tmp_path)
    assert (done.returncode, os.listdir(tmp_path)) == (130, [])


def test_a_signal_that_is_ignored_stays_so(tmp_path: Path) -> None:
    """As with nohup, where a terminal that is closed ends nothing."""
    before = (
        "import os, signal; signal.signal(signal.SIGHUP, signal.SIG_IGN)\n"
        "os.fsync = lambda _: os.kill(os.getpid(), signal.SIGHUP)"
    )
    done = ended("show", "2023-district", "--out", "out.txt", before=before, cwd=tmp_path)
    assert (done.returncode, os.listdir(tmp_path)) == (0, ["out.txt"])


def test_an_error_of_any_kind_is_safe_to_show() -> None:
    with pytest.raises(click.ClickException) as caught, cli._safe_messages(chinese=False):
        raise click.ClickException("a\x1bb\nc")
    assert caught.value.format_message() == "a\\u001bb⏎c"


def test_a_caller_of_the_command_may_ask_for_the_exceptions() -> None:
    with pytest.raises(click.UsageError, match="neither a file nor a shipped rubric"):
        cli.main(["show", "nothing"], standalone_mode=False)


def test_the_manual_lists_the_exit_codes() -> None:
    """Each row of the table: its code, and a command that ends with it."""
    page = (Path(__file__).parents[1] / "docs" / "cli.md").read_text("utf-8")
    rows = re.findall(r"^\| (\d+) \| ", page.partition("\n## ")[0], re.MULTILINE)
    assert rows == [str(code) for code in (0, 1, 2, cli.OWN_FAULT, cli.UNWRITTEN, cli.INTERRUPTED)]


def test_what_a_stream_could_not_write_is_dropped() -> None:
    """In this process too, since what a program of its own did at its very end may go unseen."""
    with open("/dev/full", "w", encoding="utf-8") as stream:
        stream.write("lost")
        cli._drop(stream)
        stream.flush()  # which failed before, and would fail again where the stream is closed
