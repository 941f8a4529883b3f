"""Security, “Reading”: “Bytes of a regular file, at most limit + 1 (1 MiB), UTF-8 with or without BOM.”"""

import io
import os
import stat
import subprocess
import sys
from pathlib import Path
from typing import NoReturn

import pytest

from govrubric.diagnostics.diagnostic import Diagnostic
from govrubric.diagnostics.source import Source
from govrubric.document import files
from samples import args, placed


def finding(value: object) -> Diagnostic:
    assert isinstance(value, Diagnostic)
    return value


# Reading


def test_a_missing_file_is_refused_with_the_reason(tmp_path: Path) -> None:
    found = finding(files.read(tmp_path / "none.yaml"))
    assert found.line().endswith(
        "none.yaml:1:1: error GR101: the file cannot be read: No such file or directory"
    )


def test_a_folder_is_refused(tmp_path: Path) -> None:
    assert finding(files.read(tmp_path)).code == "GR102"


def test_a_refused_folder_leaves_no_file_open(tmp_path: Path) -> None:
    before = os.listdir("/proc/self/fd")
    for _ in range(10):
        files.read(tmp_path)
    assert len(os.listdir("/proc/self/fd")) == len(before)


def test_an_unreadable_file_is_refused_with_the_reason(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> NoReturn:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(os, "open", refuse)
    found = files.read(tmp_path / "a.yaml")
    monkeypatch.undo()
    assert args(finding(found)) == {"reason": "Permission denied"}


def test_a_name_that_no_file_can_have_is_refused() -> None:
    assert args(finding(files.read("a\0b.yaml"))) == {"reason": "embedded null byte"}


def test_a_pipe_is_refused_at_once(tmp_path: Path) -> None:
    """“Never wait on a FIFO or grow on a device.”"""
    os.mkfifo(tmp_path / "pipe")
    code = "import sys; from govrubric.document import files; print(files.read(sys.argv[1]).code)"
    done = subprocess.run(
        [sys.executable, "-c", code, tmp_path / "pipe"],
        capture_output=True,
        text=True,
        timeout=20,
        check=True,
    )
    assert done.stdout == "GR102\n"


@pytest.mark.parametrize("device", ["/dev/zero", "/dev/null"])
def test_a_device_is_refused(device: str) -> None:
    """“Never wait on a FIFO or grow on a device.”"""
    assert finding(files.read(device)).code == "GR102"


def test_one_byte_too_many_is_refused(tmp_path: Path) -> None:
    """“more than 1 MiB”"""
    path = tmp_path / "long.yaml"
    path.write_bytes(b"#" * 1_048_577)
    assert args(finding(files.read(path))) == {"limit": "1048576"}


def test_a_mebibyte_is_read(tmp_path: Path) -> None:
    path = tmp_path / "long.yaml"
    path.write_bytes(b"#" * 1_048_576)
    assert files.read(path) == b"#" * 1_048_576


# Decoding


@pytest.mark.parametrize(
    ("data", "guess", "line", "column"),
    [
        ("a: 1\nb: 中文标题\n".encode("gbk"), "GBK", 2, 4),
        ("a: 中文".encode("utf-16"), "UTF-16", 1, 1),
        (b"\xfe\xff" + "a: 中文".encode("utf-16-be"), "UTF-16", 1, 1),
        (("x: 1\n" * 40 + "文").encode("utf-16-le"), "UTF-16", 1, 1),
        (b"PK\x03\x04\xff\xff", "Word/Excel", 1, 5),
        (b"\xd0\xcf\x11\xe0\xa1", "Word/Excel", 1, 1),
        (b"a: \xff\xff\xff", "", 1, 4),
        (b"\xef\xbb\xbfa: b\nc: \xff", "", 2, 4),
    ],
)
def test_bytes_that_are_no_utf8_are_refused_with_a_place_and_a_guess(
    data: bytes, guess: str, line: int, column: int
) -> None:
    """“anything else is refused with a place and a guess at what it is (GBK, UTF-16).”"""
    found = finding(files.decode("f.yaml", data))
    assert (found.code, args(found)["guess"], placed([found])) == ("GR104", guess, [("GR104", line, column)])


def test_the_line_of_a_foreign_byte_is_not_shown_in_the_wrong_characters() -> None:
    found = finding(files.decode("f.yaml", "标题: ".encode() + b"\xd6\xd0"))
    assert found.place is not None
    assert (found.place.column, found.place.excerpt) == (5, "")


def test_a_byte_order_mark_is_no_part_of_the_text() -> None:
    assert files.decode("f.yaml", b"\xef\xbb\xbfa: 1") == "a: 1"


def test_lines_may_end_as_on_windows() -> None:
    assert files.decode("f.yaml", b"a: 1\r\nb: 2\r\n") == "a: 1\nb: 2\n"


# Characters


@pytest.mark.parametrize(
    ("character", "shown"),
    [
        ("\0", "U+0000"),
        ("\x1b", "U+001B"),
        ("\r", "U+000D"),
        ("\x85", "U+0085"),
        ("\xad", "U+00AD"),
        ("\u200b", "U+200B"),
        ("\u200f", "U+200F"),
        ("\u202e", "U+202E"),
        ("\u2028", "U+2028"),
        ("\u2066", "U+2066"),
        ("\ufeff", "U+FEFF"),
        ("\u3164", "U+3164"),
        ("\ufe0f", "U+FE0F"),
        ("\U000e0100", "U+E0100"),
    ],
)
def test_a_character_that_nobody_sees_is_refused_where_it_stands(character: str, shown: str) -> None:
    """“Scan for control, bidi, zero-width and odd space characters”"""
    text = f"a: 1\nb: 中{character}文\n"
    (found,) = files.unseen(Source.of("f", text), text)
    assert (found.code, args(found), placed([found])) == ("GR105", {"character": shown}, [("GR105", 2, 5)])


@pytest.mark.parametrize(
    ("character", "shown"),
    [
        ("\xa0", "U+00A0"),
        ("\u2003", "U+2003"),
        ("\u202f", "U+202F"),
        ("\u205f", "U+205F"),
        ("\u2800", "U+2800"),
    ],
)
def test_an_odd_space_is_refused_where_it_stands(character: str, shown: str) -> None:
    text = f"a:{character}1\n"
    (found,) = files.unseen(Source.of("f", text), text)
    assert (args(found), placed([found])) == ({"character": shown}, [("GR106", 1, 3)])


def test_an_ideographic_space_within_text_is_fine() -> None:
    """“U+3000 is fine inside text, not in indentation.”"""
    text = "a: 中\u3000文\n"
    assert files.unseen(Source.of("f", text), text) + files.bad_lines(Source.of("f", text), text) == []


def test_of_many_invisible_characters_the_first_twenty_are_reported() -> None:
    text = "\u200b\n" * 21
    assert placed(files.unseen(Source.of("f", text), text)) == [("GR105", line, 1) for line in range(1, 21)]


@pytest.mark.parametrize(
    ("indent", "shown", "column"),
    [("\t", "U+0009", 1), ("  \t", "U+0009", 3), ("\u3000", "U+3000", 1), (" \u3000", "U+3000", 2)],
)
def test_an_indentation_of_anything_but_spaces_is_refused(indent: str, shown: str, column: int) -> None:
    text = f"a:\n{indent}b: 1\n"
    (found,) = files.bad_lines(Source.of("f", text), text)
    assert (args(found), placed([found])) == ({"character": shown}, [("GR107", 2, column)])


def test_a_line_of_4001_characters_is_refused_at_the_first_too_many() -> None:
    """“line 4 000 characters”"""
    text = "a\n" + "中" * 4001
    assert placed(files.bad_lines(Source.of("f", text), text)) == [("GR108", 2, 4001)]


def test_a_line_of_4000_characters_is_read() -> None:
    text = "中" * 4000
    assert files.bad_lines(Source.of("f", text), text) == []


def test_what_was_refused_becomes_a_space() -> None:
    assert files.blanked("a\u200bb\xa0c\u3000d\n") == "a b c\u3000d\n"


# Writing


def test_a_failure_leaves_the_old_file_whole_and_no_rest(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """“a full disk, a broken pipe or Ctrl-C leaves the old file whole”"""
    path = tmp_path / "out.txt"
    path.write_text("old")

    def full(*_: object) -> NoReturn:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space left"):
        files.write(path, "new")
    assert (path.read_text(), os.listdir(tmp_path)) == ("old", ["out.txt"])


def test_an_interruption_leaves_the_old_file_whole_and_no_rest(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "out.txt"
    path.write_text("old")

    def interrupt(*_: object) -> NoReturn:
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "replace", interrupt)
    with pytest.raises(KeyboardInterrupt):
        files.write(path, "new")
    assert (path.read_text(), os.listdir(tmp_path)) == ("old", ["out.txt"])


def test_a_rest_that_cannot_be_removed_hides_no_failure(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> NoReturn:
        raise OSError(5, "Input/output error")

    def busy(*_: object) -> NoReturn:
        raise OSError(16, "busy")

    monkeypatch.setattr(os, "replace", fail)
    monkeypatch.setattr(os, "unlink", busy)
    with pytest.raises(OSError, match="Input/output error"):
        files.write(tmp_path / "out.txt", "new")
    monkeypatch.undo()


def test_a_missing_folder_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        files.write(tmp_path / "none" / "out.txt", "new")


def test_text_is_written_in_utf8_with_its_own_line_ends(tmp_path: Path) -> None:
    files.write(tmp_path / "out.txt", "总分\r\n1\n")
    assert (tmp_path / "out.txt").read_bytes() == b"\xe6\x80\xbb\xe5\x88\x86\r\n1\n"


@pytest.mark.parametrize(("mask", "mode"), [(0o027, 0o640), (0o022, 0o644), (0o077, 0o600)])
def test_a_new_file_has_the_rights_that_the_mask_leaves(tmp_path: Path, mask: int, mode: int) -> None:
    before = os.umask(mask)
    try:
        files.write(tmp_path / "out.txt", "new")
        assert os.umask(mask) == mask
    finally:
        os.umask(before)
    assert stat.S_IMODE((tmp_path / "out.txt").stat().st_mode) == mode


def test_an_old_file_keeps_its_rights(tmp_path: Path) -> None:
    path = tmp_path / "out.txt"
    path.write_text("old")
    path.chmod(0o604)
    files.write(path, "new")
    assert (path.read_text(), stat.S_IMODE(path.stat().st_mode)) == ("new", 0o604)


def test_what_is_no_regular_file_is_never_replaced(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(OSError, match=r".+"):
        files.write(tmp_path / "pipe", "new")
    assert stat.S_ISFIFO((tmp_path / "pipe").stat().st_mode)


def test_a_link_stays_and_what_it_names_is_written(tmp_path: Path) -> None:
    (tmp_path / "real.txt").write_text("old")
    (tmp_path / "link.txt").symlink_to("real.txt")
    files.write(tmp_path / "link.txt", "new")
    assert ((tmp_path / "link.txt").is_symlink(), (tmp_path / "real.txt").read_text()) == (True, "new")


def test_a_file_that_fails_while_it_is_read_is_a_finding(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Failing(io.BytesIO):
        def read(self, *_: object) -> bytes:
            raise OSError(5, "Input/output error")

    monkeypatch.setattr(files, "opened", lambda _: Failing())
    found = files.read(tmp_path / "a.yaml")
    assert isinstance(found, Diagnostic)
    assert (found.code, args(found)["reason"]) == ("GR101", "Input/output error")
