"""What a library prints on standard error, tried here and in separate processes."""

import os
import subprocess
import sys
from io import StringIO
from pathlib import Path

import pytest

from govrubric.batch.silence import silenced

START = "import os, sys\nfrom govrubric.batch.silence import silenced\n"


def errors(code: str) -> str:
    return subprocess.run(
        [sys.executable, "-c", START + code], capture_output=True, text=True, check=False
    ).stderr


def test_only_what_we_say_is_heard() -> None:
    code = "with silenced() as text:\n os.write(2, b'noise')\n text.write('ours ')\nos.write(2, b'later')"
    assert errors(code) == "ours later"


def test_if_it_fails_a_late_thread_is_not_heard_either() -> None:
    code = (
        "try:\n with silenced():\n  raise KeyboardInterrupt\n"
        "except KeyboardInterrupt:\n os.write(2, b'noise')\n print('ours', file=sys.stderr)"
    )
    assert errors(code) == "ours\n"


def test_where_standard_error_is_no_file_it_is_left_alone() -> None:
    code = (
        "import io\nold, sys.stderr = sys.stderr, io.StringIO()\n"
        "with silenced() as text:\n print(text is sys.stderr, file=old)"
    )
    assert errors(code) == "True\n"


def test_a_file_of_errors_is_as_it_was_afterwards(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with open(tmp_path / "errors", "w", encoding="utf-8") as file:
        monkeypatch.setattr(sys, "stderr", file)
        with silenced() as text:
            os.write(file.fileno(), b"noise")
            text.write("ours ")
        os.write(file.fileno(), b"later")
        assert sys.stderr is file
    assert (tmp_path / "errors").read_text() == "ours later"


def test_a_failure_leaves_it_silent(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with open(tmp_path / "errors", "w", encoding="utf-8") as file:
        monkeypatch.setattr(sys, "stderr", file)
        with pytest.raises(OSError, match="full"), silenced():
            raise OSError("full")
        os.write(file.fileno(), b"noise")
        sys.stderr.write("ours")
        sys.stderr.close()
    assert (tmp_path / "errors").read_text() == "ours"


def test_errors_that_go_to_no_file_are_left_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stderr", StringIO())
    with silenced() as text:
        assert text is sys.stderr
