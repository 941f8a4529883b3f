"""The command as a program: it starts, and it says which extra it needs."""

import os
import subprocess
import sys
from io import StringIO

import pytest

from govrubric.__main__ import run


def test_without_click_the_command_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "click", None)
    with pytest.raises(SystemExit) as caught:
        run()
    assert caught.value.code == "The command needs one more package: pip install 'govrubric[cli]'"


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
