"""Archives: sizes looked at first, XML without a document type, and everything bounded."""

import io
import zipfile

import pytest

from govrubric.diagnostics.diagnostic import DraftError
from govrubric.document import package
from govrubric.document.package import Package
from office_files import archive, docx, p, relations

PART = "word/document.xml"


def refused(data: bytes, part: str = PART) -> str:
    """What is said of an archive, or of a part of it."""
    with pytest.raises(DraftError) as error:
        Package("x.docx", data, DraftError).tree(part)
    (found,) = error.value.diagnostics
    return f"{found.code} {found.message('zh')}"


def of(text: str | bytes) -> bytes:
    return archive({PART: text})


def test_a_tree_has_short_names_and_leaves_out_what_is_not_asked_for() -> None:
    text = '<w:a xmlns:w="http://w" xmlns:m="http://x/math" w:b="1"><m:c>甲</m:c><w:d><w:d/><w:c>乙</w:c></w:d><w:e/>丙</w:a>'
    tree = Package("x", of(text), DraftError).tree(PART, {"d"})
    assert (tree.tag, tree.attrib) == ("a", {"b": "1"})
    assert [(one.tag, one.text, one.tail) for one in tree] == [("m:c", "甲", None), ("e", None, "丙")]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "iso-8859-1"])
def test_encodings_of_xml(encoding: str) -> None:
    text = f"<?xml version='1.0' encoding='{encoding}'?><a>\xe9</a>".encode(encoding)
    assert Package("x", of(text), DraftError).tree(PART).text == "\xe9"


@pytest.mark.parametrize(
    "text",
    [
        "", "<a>", "<a/><a/>", "a", "<a>&b;</a>", "<a b='1' b='2'/>", b"<a>\xff</a>", "<w:a/>",
        "<?xml version='1.0' encoding='gbk'?><a/>", "<?xml version='1.0' encoding='nothing'?><a/>",
    ],
)  # fmt: skip
def test_what_is_no_xml_is_damage(text: str | bytes) -> None:
    assert refused(of(text)) == "GR802 文件已损坏：XML 不完整（“word/document.xml”）"


@pytest.mark.parametrize(
    "text",
    [
        '<!DOCTYPE a [<!ENTITY b "bbbb"><!ENTITY c "&b;&b;">]><a>&c;</a>',
        '<!DOCTYPE a SYSTEM "file:///etc/passwd"><a/>',
        '<!DOCTYPE a PUBLIC "x" "http://example.invalid/x"><a/>',
        '<?xml version="1.0" encoding="utf-16"?><!DOCTYPE a><a/>'.encode("utf-16"),
    ],
)
def test_a_document_type_is_refused_in_any_encoding(text: str | bytes) -> None:
    assert refused(of(text)) == "GR804 文件中的“word/document.xml”含有文档类型声明，可借此改变内容"


def test_what_is_no_archive() -> None:
    assert refused(b"PK\x03\x04 and no more") == "GR802 文件已损坏：压缩包无法解开"
    assert refused(of("<a/>")[:-30]) == "GR802 文件已损坏：压缩包无法解开"


def test_a_part_whose_bytes_were_changed() -> None:
    data = archive({PART: "<a>0123456789</a>"}, packed=zipfile.ZIP_STORED).replace(
        b"0123456789", b"0123456780"
    )
    assert refused(data) == "GR802 文件已损坏：压缩包无法解开（“word/document.xml”）"


def test_parts_behind_a_password() -> None:
    data = bytearray(of("<a/>"))
    data[data.index(b"PK\x01\x02") + 8] |= 1
    assert refused(bytes(data)) == "GR801 文件设有打开密码，内容无法读取"


@pytest.mark.parametrize("packed", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_packed_as_no_office_program_does_it(packed: int) -> None:
    assert refused(archive({PART: "<a/>"}, packed=packed)) == "GR802 文件已损坏：压缩方式不是办公软件所用"


def test_a_part_that_unpacks_to_very_much() -> None:
    assert refused(of(b"<a/>" + b" " * 5_000_000)).startswith(
        "GR803 其中“word/document.xml”解压后将达 5000004 字节，是压缩时的 "
    )
    # Below five million bytes a part may be packed as tightly as it likes.
    assert Package("x", of("<a/>" + " " * 4_000_000), DraftError).tree(PART).tag == "a"


def test_parts_that_together_unpack_to_very_much() -> None:
    data = archive({str(number): b" " * 4_900_000 for number in range(11)})
    assert refused(data) == "GR803 解压后将达 53900000 字节，已拒绝读取"


def test_an_archive_that_lies_about_a_size_is_not_unpacked_further() -> None:
    data = bytearray(of(b"<a>" + b" " * 100_000 + b"</a>"))
    for sign, at in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        start = data.index(sign) + at
        data[start : start + 4] = (10).to_bytes(4, "little")
    assert refused(bytes(data)).startswith("GR802 ")


def test_limits(monkeypatch: pytest.MonkeyPatch) -> None:
    assert refused(of("<a>" * 101 + "</a>" * 101)) == "GR807 文件中超过 100 层"
    assert Package("x", of("<a>" * 100 + "</a>" * 100), DraftError).tree(PART).tag == "a"
    monkeypatch.setattr(package, "ELEMENTS_LIMIT", 3)
    assert refused(of("<a><b/><b/><b/></a>")) == "GR807 文件中超过 3 个元素"
    assert (
        refused(archive({PART: "<a/>", "b": ""}) + b"PK\x01\x02" * 10_000) == "GR807 文件中超过 10000 个成分"
    )
    monkeypatch.setattr(package, "TEXT_LIMIT", 3)
    assert refused(of("<a>甲乙丙丁</a>")) == "GR807 文件中超过 3 个字符"


def test_limits_hold_for_all_parts_together(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(package, "ELEMENTS_LIMIT", 3)
    opened = Package("x", archive({"a": "<a><b/></a>", "b": "<a><b/></a>"}), DraftError)
    assert len(opened.tree("a")) == 1
    with pytest.raises(DraftError, match="GR807"):
        opened.tree("b")


def test_relationships_lead_from_part_to_part() -> None:
    related = relations(("styles", "styles.xml"), ("image", "../media/a.png"), ("theme", "/word/b/theme.xml"))
    related = related.replace(
        "</Relationships>",
        '<Relationship Id="x" Type="t/link" Target="a" TargetMode="External"/></Relationships>',
    )
    opened = Package("x", archive({"word/_rels/document.xml.rels": related}), DraftError)
    assert opened.related(PART) == {
        "r1": ("styles", "word/styles.xml"), "r2": ("image", "media/a.png"), "r3": ("theme", "word/b/theme.xml"),
    }  # fmt: skip
    assert opened.related("word/other.xml") == {}


@pytest.mark.parametrize(
    "related", [(), (("styles", "word/document.xml"),), (("officeDocument", "word/other.xml"),)]
)
def test_without_a_main_part(related: tuple[tuple[str, str], ...]) -> None:
    opened = Package("x", archive({"_rels/.rels": relations(*related), PART: "<a/>"}), DraftError)
    with pytest.raises(DraftError, match="no main part"):
        opened.main_part()


def test_the_main_part() -> None:
    assert Package("x", docx(p()), DraftError).main_part() == PART


def test_a_directory_that_points_nowhere() -> None:
    data = bytearray(of("<a/>"))
    start = data.index(b"PK\x01\x02") + 42
    data[start : start + 4] = (9999).to_bytes(4, "little")
    assert refused(bytes(data)) == "GR802 文件已损坏：压缩包无法解开（“word/document.xml”）"
    with zipfile.ZipFile(io.BytesIO(of("<a/>"))) as file:
        assert file.read(PART) == b"<a/>"
