"""The command as a program: it starts, and it says which extra it needs."""

import sys

import pytest

from govrubric.__main__ import run


def test_without_click_the_command_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "click", None)
    with pytest.raises(SystemExit) as caught:
        run()
    assert caught.value.code == "The command needs one more package: pip install 'govrubric[cli]'"


def test_with_click_the_command_runs(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(sys, "argv", ["govrubric", "--version"])
    with pytest.raises(SystemExit) as caught:
        run()
    assert (caught.value.code, capsys.readouterr().out) == (0, "govrubric, version 0.1.0\n")
