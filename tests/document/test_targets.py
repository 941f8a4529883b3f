"""A file is written as a whole, over nothing but what stood there when the place was looked at, and may be written."""

import os
import socket
import stat
from collections.abc import Callable
from pathlib import Path
from typing import Any, NoReturn

import pytest

from govrubric.document import targets
from govrubric.document.targets import Target


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
        targets.write(path, "new")
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
        targets.write(path, "new")
    assert (path.read_text(), os.listdir(tmp_path)) == ("old", ["out.txt"])


def test_a_rest_that_cannot_be_removed_hides_no_failure(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> NoReturn:
        raise OSError(5, "Input/output error")

    def busy(*_: object) -> NoReturn:
        raise OSError(16, "busy")

    (tmp_path / "out.txt").write_text("old")
    monkeypatch.setattr(os, "replace", fail)
    monkeypatch.setattr(os, "unlink", busy)
    with pytest.raises(OSError, match="Input/output error"):
        targets.write(tmp_path / "out.txt", "new")
    monkeypatch.undo()


def test_a_missing_folder_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        targets.write(tmp_path / "none" / "out.txt", "new")


def test_text_is_written_in_utf8_with_its_own_line_ends(tmp_path: Path) -> None:
    targets.write(tmp_path / "out.txt", "总分\r\n1\n")
    assert (tmp_path / "out.txt").read_bytes() == b"\xe6\x80\xbb\xe5\x88\x86\r\n1\n"


@pytest.mark.parametrize(("mask", "mode"), [(0o027, 0o640), (0o022, 0o644), (0o077, 0o600)])
def test_a_new_file_has_the_rights_that_the_mask_leaves(tmp_path: Path, mask: int, mode: int) -> None:
    before = os.umask(mask)
    try:
        targets.write(tmp_path / "out.txt", "new")
        assert os.umask(mask) == mask
    finally:
        os.umask(before)
    assert stat.S_IMODE((tmp_path / "out.txt").stat().st_mode) == mode


def test_an_old_file_keeps_its_rights(tmp_path: Path) -> None:
    path = tmp_path / "out.txt"
    path.write_text("old")
    path.chmod(0o604)
    targets.write(path, "new")
    assert (path.read_text(), stat.S_IMODE(path.stat().st_mode)) == ("new", 0o604)


def test_what_is_no_regular_file_is_never_replaced(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(OSError, match=r".+"):
        targets.write(tmp_path / "pipe", "new")
    assert stat.S_ISFIFO((tmp_path / "pipe").stat().st_mode)


def test_a_link_stays_and_what_it_names_is_written(tmp_path: Path) -> None:
    (tmp_path / "real.txt").write_text("old")
    (tmp_path / "link.txt").symlink_to("real.txt")
    targets.write(tmp_path / "link.txt", "new")
    assert ((tmp_path / "link.txt").is_symlink(), (tmp_path / "real.txt").read_text()) == (True, "new")


# What may not be written over


@pytest.mark.parametrize(
    "over", ["read-only", "a folder", "a socket", "a circle of links", "no folder", "a long name", "NUL"]
)
def test_where_no_file_may_be_put_is_said_before_anything_is_done(tmp_path: Path, over: str) -> None:
    path, reason = tmp_path / "out.txt", ""
    if over == "read-only":
        path.write_text("old")
        path.chmod(0o444)
        reason = "the file is read-only"
    elif over == "a folder":
        path.mkdir()
        reason = "Is a directory"
    elif over == "a socket":
        with socket.socket(socket.AF_UNIX) as listener:
            listener.bind(str(path))
        reason = "not a regular file"
    elif over == "a circle of links":
        path.symlink_to("other.txt")
        (tmp_path / "other.txt").symlink_to("out.txt")
        reason = "Too many levels of symbolic links"
    elif over == "no folder":
        path = tmp_path / "none" / "out.txt"
        reason = "No such file or directory"
    elif over == "a long name":
        path = tmp_path / ("a" * 300)
        reason = "File name too long"
    else:
        path = tmp_path / "a\0b"
        reason = "no file can have this name"
    before = sorted(os.listdir(tmp_path))
    with pytest.raises(OSError, match=reason):
        Target.of(path)
    assert sorted(os.listdir(tmp_path)) == before


def test_below_a_file_there_is_no_place(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("old")
    with pytest.raises(OSError, match="Not a directory"):
        Target.of(tmp_path / "file" / "out.txt")
    with pytest.raises(OSError, match="Not a directory"):
        Target.of(tmp_path / "file" / "out.txt" / "below.txt")


def test_a_thousand_links_in_a_row_are_a_circle(tmp_path: Path) -> None:
    for number in range(1500):
        (tmp_path / f"l{number}").symlink_to(f"l{number + 1}")
    with pytest.raises(OSError, match="Too many levels of symbolic links"):
        Target.of(tmp_path / "l0")


def test_a_file_that_may_not_be_written_is_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It could be replaced by way of its folder."""
    path = tmp_path / "out.txt"
    path.write_text("old")
    monkeypatch.setattr(os, "access", lambda *_: False)
    with pytest.raises(OSError, match="the file is read-only"):
        targets.write(path, "new")
    assert path.read_text() == "old"


@pytest.mark.parametrize("links", [True, False])
def test_a_file_that_has_appeared_meanwhile_stays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, links: bool
) -> None:
    if not links:
        monkeypatch.setattr(os, "link", _without_links)
    target = Target.of(tmp_path / "out.txt")
    (tmp_path / "out.txt").write_text("of another")
    with pytest.raises(OSError, match="a file of that name has appeared meanwhile"):
        targets.write(target, "new")
    assert ((tmp_path / "out.txt").read_text(), os.listdir(tmp_path)) == ("of another", ["out.txt"])


def test_a_disk_without_hard_links_takes_a_new_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "link", _without_links)
    targets.write(tmp_path / "out.txt", "new")
    assert ((tmp_path / "out.txt").read_text(), os.listdir(tmp_path)) == ("new", ["out.txt"])


def _without_links(*_: object) -> NoReturn:
    raise OSError(1, "Operation not permitted")


CHANGES: dict[str, Callable[[Path], Any]] = {
    "longer": lambda path: path.write_text("of another"),
    "gone": lambda path: path.unlink(),
    "another file": lambda path: (path.rename(path.with_name("moved")), path.write_text("old")),
}


@pytest.mark.parametrize("change", CHANGES)
def test_a_file_that_was_changed_meanwhile_stays(tmp_path: Path, change: str) -> None:
    path = tmp_path / "out.txt"
    path.write_text("old")
    target = Target.of(path)
    CHANGES[change](path)
    before = {name: (tmp_path / name).read_text() for name in os.listdir(tmp_path)}
    with pytest.raises(OSError, match="the file was changed meanwhile"):
        targets.write(target, "new")
    assert {name: (tmp_path / name).read_text() for name in os.listdir(tmp_path)} == before


def test_a_file_is_written_over_the_bytes_of_which_the_text_was_made_alone(tmp_path: Path) -> None:
    path = tmp_path / "out.txt"
    path.write_text("old")
    with pytest.raises(OSError, match="the file was changed meanwhile"):
        targets.write(path, "new", over=b"oldest")
    with pytest.raises(OSError, match="the file was changed meanwhile"):
        targets.write(path, "new", over=b"ol")
    assert path.read_text() == "old"
    targets.write(path, "new", over=b"old")
    assert path.read_text() == "new"


def test_a_library_that_writes_files_gets_no_name_that_it_does_not_take(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="the path is not UTF-8"):
        targets.placed(tmp_path / "\udcff.csv")
    assert os.listdir(tmp_path) == []


def test_half_a_character_is_written_as_its_code(tmp_path: Path) -> None:
    targets.write(tmp_path / "out.txt", "a\ud800b")
    assert (tmp_path / "out.txt").read_bytes() == b"a\\ud800b"
