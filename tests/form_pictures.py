"""Pictures of the manual: what a form looks like in Word or Excel, as LibreOffice prints it.

Not part of the ordinary test run. Run it, after `apt-get install --no-install-recommends libreoffice-calc-nogui
libreoffice-writer-nogui poppler-utils fonts-noto-cjk fonts-liberation`, as `python tests/form_pictures.py`; it
writes the pictures in `docs/pictures` anew. With the name of a folder, it writes every page of each into it,
for people to look at.
"""

import shutil
import struct
import subprocess
import sys
import tempfile
import zlib
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import NamedTuple

import govrubric
from govrubric.forms.word import UnitCards, written
from govrubric.forms.workbook import ExcelForm

ROOT = Path(__file__).parents[1]
PICTURES = ROOT / "docs" / "pictures"
DISTRICT = govrubric.shipped("2023-district")
DENSITY = 72  # dots in an inch


def blank() -> bytes:
    """The blank Word form."""
    return written(DISTRICT)


def filled() -> bytes:
    """A Word form with the unit's own assessment beside the official one."""
    own = DISTRICT.score_all(DISTRICT.read(ROOT / "examples" / "district-one.yaml"))[0]
    # The assessors counted two more documents without a mark, and two more in no standard format.
    counted = {"basics.attribution.unlabelled": 5, "normative_documents.upload.nonstandard_format": 3}
    official = DISTRICT.score({**own._tally, **counted})
    return written(DISTRICT, [UnitCards(own.unit, own.name, own, official)])


def workbook() -> bytes:
    """The workbook in which a unit fills in its assessment."""
    return ExcelForm(DISTRICT).file("d01", "示例甲区（虚构）")


class Picture(NamedTuple):
    """A page of a document that is shown."""

    document: Callable[[], bytes]
    suffix: str
    page: int


SHOWN: Mapping[str, Picture] = {
    "form-blank": Picture(blank, "docx", 1),
    "form-filled": Picture(filled, "docx", 1),
    "form-to-fill-in": Picture(workbook, "xlsx", 3),
}


def pages(name: str, folder: Path) -> list[Path]:
    """Every page of a picture's document, in order, as pictures in a folder."""
    document = folder / f"{name}.{SHOWN[name].suffix}"
    document.write_bytes(SHOWN[name].document())
    soffice = shutil.which("soffice")
    assert soffice is not None, "LibreOffice is not installed"
    profile = (folder / "profile").as_uri()
    words = [soffice, f"-env:UserInstallation={profile}", "--headless", "--convert-to", "pdf"]
    subprocess.run([*words, "--outdir", folder, document], check=True, capture_output=True, timeout=300)
    printed = document.with_suffix(".pdf")
    subprocess.run(["pdftoppm", "-r", str(DENSITY), "-gray", printed, folder / name], check=True, timeout=300)
    found = []
    for page in sorted(folder.glob(f"{name}-*.pgm")):
        found.append(page.with_suffix(".png"))
        found[-1].write_bytes(png(page.read_bytes()))
        page.unlink()
    return found


def png(pgm: bytes) -> bytes:
    """A page in 256 greys, as `pdftoppm` writes it -> the same as a small PNG in 16 (RFC 2083)."""
    magic, width, height, most, _ = pgm.split(maxsplit=4)
    assert (magic, most) == (b"P5", b"255")
    across = int(width)
    greys = pgm[-across * int(height) :]
    lines = bytearray()
    for start in range(0, len(greys), across):
        line = [grey >> 4 for grey in greys[start : start + across]] + [0] * (across % 2)
        lines.append(0)  # no filter
        lines += bytes(left << 4 | right for left, right in zip(line[::2], line[1::2], strict=True))
    head = struct.pack(">IIBBBBB", across, int(height), 4, 0, 0, 0, 0)
    chunks = ((b"IHDR", head), (b"IDAT", zlib.compress(bytes(lines), 9)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        for kind, data in chunks
    )


def main(folder: str | None = None) -> None:
    """Write the pictures of the manual, or every page into a folder."""
    PICTURES.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as temporary:
        for name, picture in SHOWN.items():
            found = pages(name, Path(folder or temporary))
            if folder is None:
                shutil.copy(found[picture.page - 1], PICTURES / f"{name}.png")


if __name__ == "__main__":
    main(*sys.argv[1:])
