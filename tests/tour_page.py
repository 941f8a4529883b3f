"""A page of the manual -> the page with the outputs of its commands, run anew.

`python tests/tour_page.py` rewrites the pages. A page is played from top to bottom, beginning in an empty
folder. The first line of a block says what it does:

- ``yaml title="name"``, or another language: the file is written. If it exists already, the block shows it.
- ``text title="folder/form.xlsx"``: the form of this name is filled in, a cell a line, and put into the folder.
- ``diff title="name"``: the file is edited. The lines with `` `` and ``-`` must occur in it exactly once, in
  this order, and those with `` `` and ``+`` take their place. A line ``…`` separates two edits.
- ``console``: every ``$`` line is run, and its whole output on both streams follows. A line ``…`` stands for
  any lines. Commands end with 0, unless the title ends in another number: ``console title="exit code 1"``.
"""

import contextlib
import io
import os
import re
import shlex
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Iterator
from pathlib import Path
from xml.sax.saxutils import escape

from click.testing import CliRunner

from govrubric.cli import main
from spreadsheet import Spreadsheet

DOCS = Path(__file__).parents[1] / "docs"
PAGES = ("tour.md", "zh/tour.md", "testers.md", "office.md", "zh/office.md")
BLOCK = re.compile(
    r'^```(?P<kind>\w+)(?: title="(?P<title>[^"\n]+)")?\n(?P<body>.*?)^```$', re.DOTALL | re.MULTILINE
)
CUT = "…\n"
CELL = re.compile(r"(?P<sheet>[^!]+)!(?P<cell>[A-Z]+[0-9]+) (?P<value>.+)")
# Variables that change what pytest prints, and the time that it prints.
LOUD = {"BUILD_NUMBER", "CI", "FORCE_COLOR", "PY_COLORS", "PYTEST_ADDOPTS"}
SECONDS = re.compile(r"(?<= in )\d+\.\d\ds")


def played(page: str, folder: Path) -> str:
    """The page with every output and every shown file, as they come out in this folder."""

    def play(block: re.Match[str]) -> str:
        first = block[0].partition("\n")[0]
        return f"{first}\n{_played(block['kind'], block['title'], block['body'])}```"

    with contextlib.chdir(folder):
        return BLOCK.sub(play, page)


def _played(kind: str, title: str | None, body: str) -> str:
    if kind == "console":
        wanted = re.search(r"\d+$", title or "0")
        assert wanted, f"{title}: which exit code?"
        return "".join(_commands(body, int(wanted[0])))
    if title is None:
        return body
    path = Path(title)
    if kind == "diff":
        path.write_text(edited(path.read_text("utf-8"), body, title), "utf-8")
    elif path.suffix == ".xlsx":
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(filled_in(Path(path.name).read_bytes(), body))
    elif path.exists():
        return path.read_text("utf-8")
    else:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(body, "utf-8")
    return body


def filled_in(form: bytes, lines: str) -> bytes:
    """The bytes of a form with what stands in each line, such as ``自评填报!E10 3``, typed into that cell."""
    sheets = Spreadsheet(form).sheets
    typed = [CELL.fullmatch(line) for line in lines.splitlines()]
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(form)) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for info in old.infolist():
            text = old.read(info).decode()
            for one in typed:
                assert one, "a line has a cell and what is typed into it"
                if sheets[one["sheet"]] == info.filename:
                    empty = re.search(rf'<c r="{one["cell"]}"( s="\d+")?/>', text)
                    assert empty, f"{one[0]}: this is no empty cell"
                    text = text.replace(empty[0], _cell(one["cell"], empty[1] or "", one["value"]))
            new.writestr(info, text)
    return made.getvalue()


def _cell(cell: str, style: str, value: str) -> str:
    """A cell of a sheet with a number or a text."""
    if re.fullmatch(r"[0-9.]+", value):
        return f'<c r="{cell}"{style}><v>{value}</v></c>'
    return f'<c r="{cell}"{style} t="inlineStr"><is><t>{escape(value)}</t></is></c>'


def edited(text: str, edits: str, name: str) -> str:
    """A text after the edits of a block."""
    for edit in edits.split(CUT):
        lines = edit.splitlines(keepends=True)
        assert all(line[0] in " -+" for line in lines), (
            f"{name}: an edit has lines that begin with ` `, `-` or `+`: {edit}"
        )
        old, new = ("".join(line[1:] for line in lines if line[0] != sign) for sign in "+-")
        places = [match.start() for match in re.finditer(rf"^{re.escape(old)}", text, re.MULTILINE)]
        assert len(places) == 1, f"{name} has {len(places)} times:\n{old}"
        text = text[: places[0]] + new + text[places[0] + len(old) :]
    return text


def _commands(body: str, wanted: int) -> Iterator[str]:
    for part in re.split(r"^(?=\$ )", body, flags=re.MULTILINE):
        if not part:
            continue
        command, _, shown = part.partition("\n")
        assert command.startswith("$ "), f"a block of commands begins with one: {command}"
        code, printed = run(command.removeprefix("$ "))
        assert code == wanted, f"{command} ends with {code}, not {wanted}:\n{printed}"
        yield f"{command}\n{shown if fits(shown, printed) else printed}"


def fits(shown: str, printed: str) -> bool:
    """Whether the shown text is the printed text, apart from what is cut."""
    pattern = "(?:.*\n)+".join(re.escape(part) for part in re.split(rf"^{CUT}", shown, flags=re.MULTILINE))
    return bool(re.fullmatch(pattern, printed))


def run(command: str) -> tuple[int, str]:
    """The exit code of a command, and what it prints, without empty lines at its end."""
    name, *arguments = shlex.split(command)
    if name == "govrubric":
        result = CliRunner().invoke(main, arguments, prog_name="govrubric")
        if result.exception and not isinstance(result.exception, SystemExit):
            raise result.exception
        code, printed = result.exit_code, result.output
    else:
        assert name == "pytest", f"only govrubric and pytest are run: {command}"
        words = [sys.executable, "-m", "pytest", *arguments]
        plain = {name: value for name, value in os.environ.items() if name not in LOUD} | {"COLUMNS": "80"}
        process = subprocess.run(
            words,
            env=plain,
            check=False,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            encoding="utf-8",
        )
        code, printed = process.returncode, SECONDS.sub("0.50s", process.stdout)
    return code, printed.rstrip("\n") + "\n" if printed.strip() else ""


def anew(name: str) -> str:
    """A page of the manual, played."""
    with tempfile.TemporaryDirectory() as folder:
        return played((DOCS / name).read_text("utf-8"), Path(folder))


if __name__ == "__main__":
    for page in sys.argv[1:] or PAGES:
        (DOCS / page).write_text(anew(page), "utf-8")
