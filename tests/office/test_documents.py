"""Files by what is in them: each kind is read by its reader, or refused by its name."""

import builtins
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from govrubric.diagnostics.diagnostic import DraftError, UnreadableDocumentError
from govrubric.office.documents import tables_in
from office_files import archive, docx, lines, p, relations, tbl, tr, xlsx

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)
ODT = {"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": "<a/>"}
DOCX = docx(tbl(tr("指标", "分值"), tr("值守", "10")))


def related(part: str) -> dict[str, str]:
    return {"_rels/.rels": relations(("officeDocument", part)), part: "<a/>"}


def refused(folder: Path, name: str, data: bytes) -> str:
    (folder / name).write_bytes(data)
    with pytest.raises(DraftError) as error:
        tables_in(folder / name)
    (found,) = error.value.diagnostics
    assert found.place is not None
    assert found.place.file == str(folder / name)
    return f"{found.code} {found.message('zh')}"


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.docx", DOCX),
        ("a.DOCM", DOCX),
        ("a.wps", DOCX),  # what stands in a file counts, and not its name
        ("a.xlsx", xlsx(lines(("指标", "分值"), ("值守", "10")))),
        ("a.csv", "指标,分值\n值守,10".encode()),
        ("a.CSV", "指标,分值\n值守,10".encode("gb18030")),
    ],
)
def test_each_kind_gives_the_same_table(name: str, data: bytes, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(data)
    for path in (tmp_path / name, str(tmp_path / name)):
        (grid,) = tables_in(path)
        assert [[cell.text for cell in row] for row in grid.cells] == [["指标", "分值"], ["值守", "10"]]
        assert (grid.number, grid.name) == (1, "表1" if name == "a.xlsx" else "")


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("a.doc", OLE + "WordDocument".encode("utf-16-le"), "旧版文档（.doc 或 .wps）"),
        ("a.xls", OLE + "Workbook".encode("utf-16-le"), "旧版表格（.xls 或 .et）"),
        ("a.et", OLE + "Book".encode("utf-16-le"), "旧版表格（.xls 或 .et）"),
        ("a.docx", OLE, "旧版 Office 或 WPS 文件"),
        ("a.pdf", b"%PDF-1.7", " PDF "),
        ("a.docx", b"{\\rtf1", " RTF 文档"),
        ("a.png", b"\x89PNG\r\n", "图片"),
        ("a.jpg", b"\xff\xd8\xff\xe0", "图片"),
        ("a.rar", b"Rar!\x1a", "压缩包"),
        ("a.7z", b"7z\xbc\xaf\x27", "压缩包"),
        ("a.xls", b"\xef\xbb\xbf\n <html>", "网页（HTML 或 XML）"),
        ("a.doc", b"MIME-Version: 1.0", "网页（HTML 或 XML）"),
        ("a.txt", "指标,分值".encode(), "其他类型的文件"),
        ("a.zip", archive({"a.txt": "a"}), "压缩包"),
        ("a.odt", archive(ODT), " OpenDocument 文件"),
        ("a.pptx", archive(related("ppt/presentation.xml")), "演示文稿"),
        ("a.xlsb", archive(related("xl/workbook.bin")), "二进制工作簿（.xlsb）"),
        ("a.vsdx", archive(related("visio/document.xml")), "其他类型的文件"),
    ],
)
def test_other_kinds_are_refused_by_name(name: str, data: bytes, said: str, tmp_path: Path) -> None:
    assert refused(tmp_path, name, data) == f"GR800 此文件是{said}，不能直接读取"


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("a.docx", OLE + "EncryptedPackage".encode("utf-16-le"), "GR801 文件设有打开密码，内容无法读取"),
        ("a.docx", b"", "GR802 文件已损坏：文件为空"),
        ("a.xlsx", b"hello", "GR802 文件已损坏：不是 Word 或 Excel 文件"),
        ("a.docx", DOCX[:400], "GR802 文件已损坏：压缩包无法解开"),
        ("a.docx", docx(p("通知")), "GR805 文件中没有表格"),
        ("a.docx", docx(tbl(tr("", ""))), "GR805 文件中没有表格"),
        ("a.xlsx", xlsx("<sheetData/>"), "GR805 文件中没有表格"),
        ("a.csv", b"", "GR805 文件中没有表格"),
        ("a.csv", bytes((20 << 20) + 1), "GR103 文件超过 20971520 字节"),
    ],
)
def test_what_cannot_be_read_is_refused(name: str, data: bytes, said: str, tmp_path: Path) -> None:
    assert refused(tmp_path, name, data) == said


def test_a_file_that_the_system_does_not_hand_over(tmp_path: Path) -> None:
    with pytest.raises(UnreadableDocumentError, match="GR101"):
        tables_in(tmp_path / "nowhere.docx")
    os.mkfifo(tmp_path / "pipe.docx")
    for path in (tmp_path, tmp_path / "pipe.docx"):
        with pytest.raises(UnreadableDocumentError, match="GR102"):
            tables_in(path)


def test_a_workbook_needs_calamine_and_a_word_file_does_not(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    really = builtins.__import__

    def without(
        name: str, glob: Mapping[str, Any] | None = None, loc: Any = None, names: Any = (), level: int = 0
    ) -> Any:
        if name == "govrubric.office" and "excel" in names:
            raise ImportError(name)
        return really(name, glob, loc, names, level)

    monkeypatch.setattr(builtins, "__import__", without)
    (tmp_path / "a.docx").write_bytes(DOCX)
    (tmp_path / "a.xlsx").write_bytes(xlsx(lines(("指标", "分值"))))
    assert len(tables_in(tmp_path / "a.docx")) == 1
    with pytest.raises(
        ImportError, match=r"a workbook needs one more package: pip install 'govrubric\[office\]'"
    ):
        tables_in(tmp_path / "a.xlsx")
