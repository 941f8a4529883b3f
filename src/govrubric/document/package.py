"""Bytes of a Word or Excel file -> its parts, read within limits: sizes looked at first, XML without a DTD.

Such a file is a zip archive of XML parts (ECMA-376, part 2), some of which name others by relationships.
"""

import io
import posixpath
import zipfile
import zlib
from collections.abc import Collection
from xml.etree.ElementTree import Element, ParseError, TreeBuilder, XMLParser

from govrubric.diagnostics.diagnostic import Diagnostic, GovrubricError
from govrubric.diagnostics.source import Place

SIZE_LIMIT = 20 << 20  # bytes of a document's file
UNPACKED_LIMIT = 50_000_000  # bytes of all its parts
# A smaller part may be packed as tightly as it likes: an empty form of hundreds of like rows is, too.
RATIO_LIMIT, RATIO_FROM = 100, 5_000_000
PARTS_LIMIT = 10_000
ELEMENTS_LIMIT = 300_000  # of a document's parts that are read
TEXT_LIMIT = 5_000_000  # characters in them
DEPTH_LIMIT = 100  # elements within each other
PACKED = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)  # what office programs write, and no more
ZIP, _OLE = b"PK", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # the first bytes of archives, of today and of old
# The first bytes of files that people take for documents, and what they are.
_KINDS = (
    (b"%PDF", "a PDF"),
    (b"{\\rtf", "an RTF document"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"Rar!", "an archive"),
    (b"7z\xbc\xaf", "an archive"),
    (b"<", "a page of HTML or XML"),
    (b"MIME-Version", "a page of HTML or XML"),
)
# Names of streams in the older container; one with a password has a newer document in it.
_STREAMS = (
    ("WordDocument", "a .doc or .wps document"),
    ("Workbook", "an .xls or .et workbook"),
    ("Book", "an .xls or .et workbook"),
)
# What `zipfile` and `zlib` raise for a damaged archive; of a compression they lack, NotImplementedError.
DAMAGE = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, ValueError, OSError)


class Package:
    """An archive of parts. What is damaged or too large is refused, by an error of the class `refusal`."""

    place: Place
    parts: dict[str, zipfile.ZipInfo]

    def __init__(self, file: str, data: bytes, refusal: type[GovrubricError]) -> None:
        self.place = Place(file, 1, 1, 2, "")
        self._refusal = refusal
        self._elements = self._characters = 0
        # Each entry has these four bytes, so that a directory of millions is refused before it is read.
        if data.count(b"PK\x01\x02") > PARTS_LIMIT:
            raise self.refused("GR807", limit=PARTS_LIMIT, what="parts", cell="")
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
            self.parts = {info.filename: info for info in self._zip.infolist()}
        except DAMAGE:
            raise self.damaged("the archive cannot be unpacked") from None
        self._look_at_sizes()

    def refused(self, code: str, **arguments: object) -> GovrubricError:
        """The error that refuses the document with a code."""
        return self._refusal([Diagnostic.of(code, self.place, **arguments)])

    def damaged(self, reason: str, part: str = "") -> GovrubricError:
        """The error that the document is damaged."""
        return self.refused("GR802", reason=reason, part=part)

    def _look_at_sizes(self) -> None:
        infos = self._zip.infolist()
        if any(info.flag_bits & 1 for info in infos):
            raise self.refused("GR801")
        if any(info.compress_type not in PACKED for info in infos):
            raise self.damaged("the archive is packed as no office program does it")
        size = sum(info.file_size for info in infos)
        if size > UNPACKED_LIMIT:
            raise self.refused("GR803", size=size, part="", ratio="")
        for info in infos:
            if info.file_size > RATIO_FROM and info.file_size > RATIO_LIMIT * info.compress_size:
                ratio = info.file_size // max(info.compress_size, 1)
                raise self.refused("GR803", size=info.file_size, part=info.filename, ratio=ratio)

    def content(self, part: str) -> bytes:
        """The bytes of a part; never more than the size that was looked at."""
        try:
            return self._zip.read(self.parts[part])
        except DAMAGE:
            raise self.damaged("the archive cannot be unpacked", part) from None

    def tree(self, part: str, without: Collection[str] = ()) -> Element:
        """The XML of a part. Names lose their namespaces, save those of formulas, which begin with `m:`.

        Elements that are named in `without` are left out with all that is in them.
        """
        target = _Target(self, part, without)
        parser = XMLParser(target=target)
        try:
            # At once: of pieces, the parser reads a comment anew with each that does not end it.
            parser.feed(self.content(part))
            parser.close()
        except GovrubricError:
            raise
        except (ParseError, ValueError, LookupError):  # the latter two of an encoding that nobody knows
            raise self.damaged("it is no proper XML", part) from None
        return target.root()

    def count(self, elements: int, characters: int) -> None:
        """Count what was read; raises where the document has more than is read."""
        self._elements += elements
        self._characters += characters
        if self._elements > ELEMENTS_LIMIT:
            raise self.refused("GR807", limit=ELEMENTS_LIMIT, what="elements", cell="")
        if self._characters > TEXT_LIMIT:
            raise self.refused("GR807", limit=TEXT_LIMIT, what="characters", cell="")

    def relations(self, part: str) -> str:
        """The name of the part that has the relationships of another; of the whole with an empty name."""
        folder, name = posixpath.split(part)
        return posixpath.join(folder, "_rels", f"{name}.rels")

    def related(self, part: str) -> dict[str, tuple[str, str]]:
        """The relationships of a part: id -> the last word of its kind (`styles`), and a part's name."""
        folder = posixpath.dirname(part)
        path = self.relations(part)
        if path not in self.parts:
            return {}
        return {
            one.get("Id", ""): (
                one.get("Type", "").rpartition("/")[2],
                _joined(folder, one.get("Target", "")),
            )
            for one in self.tree(path)
            if one.get("TargetMode") != "External"
        }

    def office_part(self) -> str:
        """The part that an office document begins with; raises for every other kind of archive."""
        if "mimetype" in self.parts:
            raise self.refused("GR800", kind="an OpenDocument file")
        if "_rels/.rels" not in self.parts:
            raise self.refused("GR800", kind="an archive")
        part = self.main_part()
        if part.endswith(".bin"):
            raise self.refused("GR800", kind="a binary workbook (.xlsb)")
        return part

    def main_part(self) -> str:
        """The part that everything begins with."""
        for kind, part in self.related("").values():
            if kind == "officeDocument" and part in self.parts:
                return part
        raise self.damaged("it has no main part")


def other_kind(file: str, data: bytes) -> Diagnostic | None:
    """The finding that bytes are a document of a kind that is not read, where their beginning says so."""
    place = Place(file, 1, 1, 2, "")
    if data.startswith(_OLE):
        if _named("EncryptedPackage") in data:
            return Diagnostic.of("GR801", place)
        kind = next(
            (kind for name, kind in _STREAMS if _named(name) in data), "an older file of Office or WPS"
        )
        return Diagnostic.of("GR800", place, kind=kind)
    start = data[:200].removeprefix(b"\xef\xbb\xbf").lstrip()
    for first, kind in _KINDS:
        if start.startswith(first):
            return Diagnostic.of("GR800", place, kind=kind)
    return None


def _named(stream: str) -> bytes:
    return stream.encode("utf-16-le")


def _joined(folder: str, target: str) -> str:
    """The name of a part that a part in a folder names."""
    return posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")


class _Target:
    """What the parser calls: it builds the tree, refuses a DTD, and counts."""

    def __init__(self, package: Package, part: str, without: Collection[str]) -> None:
        self._package = package
        self._part = part
        self._without = without
        self._builder = TreeBuilder()
        self._names: dict[str, str] = {}
        self._depth = 0
        self._left_out = 0  # the depth of the element that is being left out

    def doctype(self, name: str, pubid: str | None, system: str | None) -> None:
        raise self._package.refused("GR804", part=self._part)

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        self._package.count(1, 0)
        self._depth += 1
        if self._depth > DEPTH_LIMIT:
            raise self._package.refused("GR807", limit=DEPTH_LIMIT, what="levels", cell="")
        if self._left_out:
            return
        name = self._names.get(tag) or self._names.setdefault(tag, _short(tag))
        if name in self._without:
            self._left_out = self._depth
        else:
            self._builder.start(name, {key.rpartition("}")[2]: value for key, value in attributes.items()})

    def data(self, text: str) -> None:
        self._package.count(0, len(text))
        if not self._left_out:
            self._builder.data(text)

    def end(self, tag: str) -> None:
        if not self._left_out:
            self._builder.end(self._names[tag])
        elif self._left_out == self._depth:
            self._left_out = 0
        self._depth -= 1

    def close(self) -> None:
        """The parser calls this at the end of the text."""

    def root(self) -> Element:
        """The tree, once the whole part is read."""
        return self._builder.close()


def _short(tag: str) -> str:
    space, _, name = tag.rpartition("}")
    return f"m:{name}" if space.endswith("/math") else name
