"""Security, “Reading”: “Bytes of a regular file, at most limit + 1 (1 MiB), UTF-8 with or without BOM.”"""

import io
import ntpath
import os
import socket
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


def test_no_path_leads_from_one_drive_into_a_folder_of_another(monkeypatch: pytest.MonkeyPatch) -> None:
    """As on Windows, whose rules for paths Python has everywhere."""
    monkeypatch.setattr(os, "path", ntpath)
    monkeypatch.setattr(ntpath, "realpath", ntpath.normpath)
    assert files.leads_out("D:\\forms\\a.yaml", "C:\\forms")
    assert files.leads_out("C:\\forms\\..\\a.yaml", "C:\\forms")
    assert not files.leads_out("C:\\forms\\a.yaml", "C:\\forms")
    assert not files.leads_out("D:\\a.yaml", "D:\\")


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


def test_a_socket_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind("socket")
        assert finding(files.read("socket")).code == "GR102"


def test_a_file_of_the_system_that_has_nothing_now_is_a_finding(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Waiting(io.BytesIO):
        def read(self, *_: object) -> bytes:
            return None  # type: ignore[return-value]  # as of a file that would have to be waited for

    monkeypatch.setattr(files, "opened", lambda _, **__: Waiting())
    found = files.read(tmp_path / "a.yaml")
    assert args(finding(found)) == {"reason": "Resource temporarily unavailable"}


# Within a folder


OUT = {
    "above": "../out.yaml",
    "around": "below/../../out.yaml",
    "by a link": "link.yaml",
    "by a link to a folder": "up/out.yaml",
    "what is not there": "../none.yaml",
    "absolute": "/etc/passwd",
}


@pytest.fixture
def forms(tmp_path: Path) -> Path:
    (tmp_path / "out.yaml").write_text("out")
    folder = tmp_path / "forms"
    (folder / "below").mkdir(parents=True)
    (folder / "in.yaml").write_text("in")
    (folder / "link.yaml").symlink_to("../out.yaml")
    (folder / "up").symlink_to("..")
    (folder / "inner.yaml").symlink_to("below/../in.yaml")
    return folder


@pytest.mark.parametrize("way", OUT)
def test_what_leads_out_of_a_folder_is_not_read_within_it(forms: Path, way: str) -> None:
    """Whether it is there is not said either."""
    assert finding(files.read(forms / OUT[way], within=str(forms))).code == "GR138"


@pytest.mark.parametrize("name", ["in.yaml", "inner.yaml", "up/forms/in.yaml"])
def test_what_ends_in_a_folder_is_read_within_it(forms: Path, name: str) -> None:
    assert files.read(forms / name, within=str(forms)) == b"in"


def test_a_folder_whose_name_only_begins_alike_is_another(forms: Path) -> None:
    (forms.parent / "forms2").mkdir()
    (forms.parent / "forms2" / "a.yaml").write_text("out")
    assert finding(files.read(forms / "../forms2/a.yaml", within=str(forms))).code == "GR138"


def test_all_is_within_the_outermost_folder(forms: Path) -> None:
    assert files.read(forms / "in.yaml", within="/") == b"in"


def test_links_without_end_are_told_within_a_folder(tmp_path: Path) -> None:
    for number in range(1500):
        (tmp_path / f"l{number}").symlink_to(f"l{number + 1}")
    found = finding(files.read(tmp_path / "l0", within=str(tmp_path)))
    assert args(found) == {"reason": "Too many levels of symbolic links"}


def test_no_file_has_a_name_with_nul_within_a_folder(tmp_path: Path) -> None:
    found = finding(files.read(f"{tmp_path}/a\0b", within=str(tmp_path)))
    assert args(found) == {"reason": "embedded null byte"}


def test_folders_are_searched_deeper_than_python_calls_itself(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    path = "d/" * 1500
    subprocess.run(["mkdir", "-p", path], check=True)
    Path(path, "x").touch()
    assert list(files.below("d", []))[-1] == (path[:-1], ["x"])
    subprocess.run(["rm", "-r", "d"], check=True)  # Python's own removal calls itself for each level


@pytest.mark.parametrize(("path", "known"), [("文.csv", True), ("\udcff.csv", False)])
def test_a_path_may_be_no_utf_8(path: str, known: bool) -> None:
    assert files.is_utf8(path) == known


def test_a_file_that_fails_while_it_is_read_is_a_finding(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Failing(io.BytesIO):
        def read(self, *_: object) -> bytes:
            raise OSError(5, "Input/output error")

    monkeypatch.setattr(files, "opened", lambda _, **__: Failing())
    found = files.read(tmp_path / "a.yaml")
    assert isinstance(found, Diagnostic)
    assert (found.code, args(found)["reason"]) == ("GR101", "Input/output error")
