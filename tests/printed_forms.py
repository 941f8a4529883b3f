"""Every Word form is printed by LibreOffice, and every cell is whole on one page under the headings of its column.

Not part of the ordinary test run. Run it, after `apt-get install --no-install-recommends libreoffice-writer-nogui
poppler-utils fonts-noto-cjk fonts-liberation`, as `python tests/printed_forms.py`. It prints the blank form of
each rubric, those that cards fill in, and at last one whose rows may be cut, which has to be noticed.
"""

import io
import shutil
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Iterator, Mapping
from pathlib import Path

import docx

import govrubric
from govrubric.forms.word import BLANK, UnitCards, written

ROOT = Path(__file__).parents[1]
GALLERY = sorted((ROOT / "examples" / "gallery").glob("*.yaml"))
SHIPPED = ("2023-district", "2023-department")
ALONE = 12  # characters of a page with nothing but its number


def forms() -> Iterator[tuple[str, bytes]]:
    """The name and the bytes of each form that is printed."""
    for name in SHIPPED:
        yield name, written(govrubric.shipped(name))
    for path in GALLERY:
        yield path.stem, written(govrubric.load(path))
    for name in SHIPPED:
        rubric = govrubric.shipped(name)
        cards = rubric.score_all(rubric.read(ROOT / "examples" / f"{name}s.csv"))
        yield (
            f"{name}-filled",
            written(rubric, [UnitCards(card.unit, card.name, card, card) for card in cards]),
        )
    district = govrubric.shipped("2023-district")
    one = district.score_all(district.read(ROOT / "examples" / "district-one.yaml"))[0]
    yield "evidence", written(district, [UnitCards(one.unit, one.name, one, one), BLANK])


def cut(data: bytes) -> bytes:
    """The same form, whose rows may be cut in two."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(made, "w") as new:
        for name in old.namelist():
            new.writestr(name, old.read(name).replace(b"<w:cantSplit/>", b""))
    return made.getvalue()


def printed(documents: Mapping[str, bytes], folder: Path) -> dict[str, list[str]]:
    """The text of each page of some documents, without spaces, in the order in which it is drawn."""
    soffice = shutil.which("soffice")
    assert soffice is not None, "LibreOffice is not installed"
    for name, data in documents.items():
        (folder / f"{name}.docx").write_bytes(data)
    words = [soffice, f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless"]
    words += [
        "--convert-to",
        "pdf",
        "--outdir",
        str(folder),
        *(str(folder / f"{name}.docx") for name in documents),
    ]
    subprocess.run(words, check=True, capture_output=True, timeout=1200)
    return {name: pages(folder / f"{name}.pdf") for name in documents}


def pages(file: Path) -> list[str]:
    """The text of each page of a PDF, without spaces."""
    words = ["pdftotext", "-raw", "-enc", "UTF-8", str(file), "-"]
    text = subprocess.run(words, check=True, capture_output=True, timeout=300).stdout.decode()
    return ["".join(page.split()) for page in text.split("\f")[:-1]]


def wrong(data: bytes, texts: list[str]) -> Iterator[str]:
    """What is cut or missing on the pages of a form."""
    document = docx.Document(io.BytesIO(data))
    for table in document.tables:
        headings = ["".join(cell.text.split()) for cell in table.rows[0].cells]
        for row in table.rows[1:]:
            cells = ["".join(cell.text.split()) for cell in row.cells]
            whole = [text for text in texts if all(cell in text for cell in cells)]
            if not whole:
                yield f"{cells[1]}: no page has the whole row"
            elif not any(all(heading in text for heading in headings) for text in whole):
                yield f"{cells[1]}: its page has no headings"
    for number, text in enumerate(texts, 1):
        if len(text) < ALONE:
            yield f"page {number} has nothing but {text!r}"


def main() -> int:
    """Print all forms, and say what is wrong with them."""
    documents = dict(forms())
    documents["cut"] = cut(documents["evidence"])
    found = 0
    with tempfile.TemporaryDirectory() as folder:
        texts = printed(documents, Path(folder))
    for name, data in documents.items():
        problems = list(wrong(data, texts[name]))
        print(f"{name}: {len(texts[name])} pages, {len(problems)} problems")
        if name == "cut":
            assert problems, "a row that is cut was not noticed"
        else:
            found += len(problems)
            print("".join(f"  {problem}\n" for problem in problems), end="")
    return min(found, 1)


if __name__ == "__main__":
    sys.exit(main())
