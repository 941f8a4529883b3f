"""A failing file -> its findings, rendered; `python tests/bad_files.py` rewrites the renderings.

The name of each file of `tests/bad` begins with the code of its finding, and ends in the kind of the file:

- ``.yaml``: a rubric; ``.beside.yaml``: a rubric that is checked after `good.yaml`.
- ``.cases.yaml``: a file of cases.
- ``.fmt.yaml``: a text that is laid out.
- ``.csv``, ``.tally.*``: a tally file for `good.yaml`; ``.rating.tally.yaml``: a tally file for
  `rating.yaml`, which has a choice.
- ``.python``: a Python expression for a tally of `good.yaml`, or for a tally and the unit that it is scored
  for, for faults that no file can have.
- ``.rubric.python``: a Python expression for the data of a rubric.
- ``.table.python``: a Python expression for a table. The rubric's language is set to that of the finding,
  since it names the rows. ``.rating.table.python``: a table for `rating.yaml`.
- ``.rating.whatif.python``: a Python expression for the tallies of `rating.yaml`, among which `whatif` looks.
- ``.compared.python``: a Python expression for two lists of tallies of `rating.yaml`, which are compared.
- ``.batch.python``: a Python expression for three values: the name of a file, its bytes or its table, and the
  name of the file that a batch is to write.
- ``.document.python``: a Python expression for the name of a document, of which a rubric could be drafted, and
  its bytes; `office_files` has the words for it.
- ``.draft.python``: the same, and the number of the table or ``None``; of it a rubric is drafted.
- ``.form.yaml``: a rubric, of which a form is written that computes.
- ``.form.python``: a Python expression for the text of such a rubric, which may begin with that of `samples.SMALL`.
- ``.units.csv``: the units for which forms are written.
- ``.workbook.python``: a Python expression for the name of a workbook and its bytes: a form of `good.yaml` that was
  filled in, or a plain sheet; `form_files` has the words for it.
- ``.table.yaml``: a rubric, for a table in which every count is a million.
- ``.card.json``: a score card, verified with `good.yaml`; most of them are `good.card.json` with a small
  change. ``.tallied.card.json``: it is compared with the tally `good.tally.yaml` too.
- ``.gen``: a Python expression for the text of a rubric that is too large to keep, or the word ``missing``,
  ``folder`` or ``link``; ``.told.gen``: the same with very many findings, of which the last that is shown
  counts.

Each has an ``.out`` file beside it: every finding in English, a blank line, every finding in Chinese.
"""

import difflib
import re
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from functools import partial
from pathlib import Path
from typing import Any

import polars

import form_files
import govrubric
import office_files
from govrubric import checking, tally_files
from govrubric.batch.job import Job
from govrubric.batch.polars import run as run_batch
from govrubric.cases import suite
from govrubric.comparison.pairs import paired
from govrubric.diagnostics.bounded import bounded
from govrubric.diagnostics.catalogue import CATALOGUE
from govrubric.diagnostics.diagnostic import Diagnostic, GovrubricError, in_file_order
from govrubric.diagnostics.display import ODD_SPACE, UNSAFE
from govrubric.diagnostics.source import Place
from govrubric.editing.formatting import formatted
from govrubric.forms.units import file_names, units_of
from govrubric.forms.workbook import ExcelForm
from govrubric.office import draft
from govrubric.office.documents import tables_in
from govrubric.office.grids import ScoringTable
from govrubric.office.table import scoring_tables
from govrubric.scoring.tallied import Tallied
from samples import SMALL

BAD = Path(__file__).parent / "bad"
PAGES = Path(__file__).parents[1] / "docs" / "diagnostics"
GOOD = BAD / "good.yaml"
RATING = BAD / "rating.yaml"
EXAMPLE = re.compile("<!-- example -->\n.*?<!-- /example -->\n", re.DOTALL)
SHOWN_LINES = 40


def bad_files() -> list[Path]:
    """Every failing file, by code."""
    return sorted(path for path in BAD.glob("GR*") if path.suffix != ".out")


def code_of(path: Path) -> str:
    """``GR302_weights.yaml`` -> ``GR302``."""
    return path.name[:5]


def out_of(path: Path) -> Path:
    """The file with the expected rendering of a failing file."""
    return path.with_name(path.name.partition(".")[0] + ".out")


def findings(path: Path, language: str = "en") -> list[Diagnostic]:
    """The findings of a failing file, with the names of files without their folders."""
    check: Callable[[Path], list[Diagnostic]] = _tally
    if path.suffix == ".gen":
        check = _told if path.name.endswith(".told.gen") else _generated
    elif path.name.endswith(".table.python"):
        check = partial(_table, language)
    elif path.name.endswith(".rating.whatif.python"):
        check = _whatif
    elif path.name.endswith(".compared.python"):
        check = _compared
    elif path.name.endswith(".batch.python"):
        check = _batch
    elif path.name.endswith(".document.python"):
        check = _document
    elif path.name.endswith(".draft.python"):
        check = _drafted
    elif path.name.endswith((".form.yaml", ".form.python")):
        check = _form
    elif path.name.endswith(".units.csv"):
        check = _units
    elif path.name.endswith(".workbook.python"):
        check = _workbook
    elif path.name.endswith(".table.yaml"):
        check = _million
    elif path.name.endswith(".rubric.python"):
        check = _data
    elif path.suffix == ".python":
        check = _python
    elif path.name.endswith(".tallied.card.json"):
        check = _tallied
    elif path.name.endswith(".card.json"):
        check = _card
    elif path.name.endswith(".cases.yaml"):
        check = _cases
    elif path.name.endswith(".beside.yaml"):
        check = _beside
    elif path.name.endswith(".fmt.yaml"):
        check = _laid_out
    elif path.suffix == ".yaml" and not path.name.endswith(".tally.yaml"):
        check = govrubric.check
    return [_bare(finding) for finding in check(path)]


def rendering(path: Path) -> str:
    """The findings in English, a blank line, and the same in Chinese."""
    return f"{_rendered(path, 'en')}\n\n{_rendered(path, 'zh')}\n"


def _rendered(path: Path, language: str) -> str:
    return "\n".join(finding.render(language) for finding in findings(path, language))


def _bare(finding: Diagnostic) -> Diagnostic:
    """A finding whose places name files without their folders."""

    def bare(place: Place) -> Place:
        return replace(place, file=Path(place.file).name)

    related = tuple(replace(other, place=bare(other.place)) for other in finding.related)
    return replace(finding, place=bare(finding.place) if finding.place else None, related=related)


def _of(act: Callable[[], object]) -> list[Diagnostic]:
    """The findings with which an act is refused."""
    try:
        act()
    except GovrubricError as error:
        return list(error.diagnostics)
    return []


def _tally(path: Path) -> list[Diagnostic]:
    return _of(lambda: tally_files.read(govrubric.load(RATING if ".rating." in path.name else GOOD), path))


def _cases(path: Path) -> list[Diagnostic]:
    return suite.read(path).found


def _laid_out(path: Path) -> list[Diagnostic]:
    return formatted(path.name, path.read_bytes()).found


def _expression(path: Path, **names: object) -> Any:
    return eval(path.read_text("utf-8"), {"Decimal": Decimal, "Fraction": Fraction, **names})


def _data(path: Path) -> list[Diagnostic]:
    return _of(lambda: govrubric.loads(_expression(path)))


def _python(path: Path) -> list[Diagnostic]:
    given = _expression(path)
    tally, unit = given if isinstance(given, tuple) else (given, None)
    return _of(lambda: govrubric.load(GOOD).score(tally, unit=unit))


def _table(language: str, path: Path) -> list[Diagnostic]:
    of = RATING if ".rating." in path.name else GOOD
    rubric = govrubric.loads(of.read_text("utf-8").replace("zh-CN", language))
    return _of(lambda: rubric.score_frame(_expression(path, pl=polars)))


def _whatif(path: Path) -> list[Diagnostic]:
    return _of(lambda: govrubric.whatif(govrubric.load(RATING), _expression(path)))


def _compared(path: Path) -> list[Diagnostic]:
    rubric = govrubric.load(RATING)
    own, official = (tally_files.scored(rubric, tallies) for tallies in _expression(path))
    return _of(lambda: paired(rubric, own, official))


def _batch(path: Path) -> list[Diagnostic]:
    name, content, target = _expression(path, pl=polars)
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / name
        if isinstance(content, bytes):
            file.write_bytes(content)
        else:
            content.write_parquet(file)
        job = Job(govrubric.load(GOOD), str(file), str(Path(folder) / target), "total", "raise", False, "en")
        return _of(lambda: run_batch(job, lambda *_: None))


def _document(path: Path) -> list[Diagnostic]:
    name, content = _expression(path, **vars(office_files))
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / name
        file.write_bytes(content)
        found: list[ScoringTable] = []
        refused = _of(lambda: found.extend(scoring_tables(tables_in(file), str(file))))
        return [*(note for table in found for note in table.grid.notes), *refused]


def _drafted(path: Path) -> list[Diagnostic]:
    name, content, number = _expression(path, **vars(office_files))
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / name
        file.write_bytes(content)
        try:
            return list(draft(file, number).findings)
        except GovrubricError as error:
            return list(error.diagnostics)


def _form(path: Path) -> list[Diagnostic]:
    text = path.read_text("utf-8") if path.suffix == ".yaml" else _expression(path, SMALL=SMALL)
    return _of(lambda: ExcelForm(govrubric.loads(text, path.name)).file())


def _units(path: Path) -> list[Diagnostic]:
    return _of(lambda: file_names("form.xlsx", units_of(path)))


def _workbook(path: Path) -> list[Diagnostic]:
    rubric = govrubric.load(GOOD)
    words = {"form": partial(form_files.form, rubric), "sheet_of": form_files.sheet_of}
    name, content = _expression(path, **words, edited=form_files.edited)
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / name
        file.write_bytes(content)
        units = tally_files.parse(rubric, file)
        wrong = [result for result in tally_files.score(rubric, units.units) if isinstance(result, list)]
        return in_file_order([*units.found, *(finding for of_unit in wrong for finding in of_unit)])


def _million(path: Path) -> list[Diagnostic]:
    rubric = govrubric.load(path)
    return _of(lambda: rubric.score_frame(polars.DataFrame({name: [1_000_000] for name in rubric._inputs})))


def _card(path: Path) -> list[Diagnostic]:
    try:
        return list(govrubric.ScoreCard.from_json(path.read_text("utf-8")).verify(govrubric.load(GOOD)))
    except GovrubricError as error:
        return list(error.diagnostics)


def _tallied(path: Path) -> list[Diagnostic]:
    card = govrubric.ScoreCard.from_json(path.read_text("utf-8"))
    tallied = Tallied(tally_files.read(govrubric.load(GOOD), BAD / "good.tally.yaml"))
    return [*_card(path), *tallied.differences(card), *tallied.missing()]


def _beside(path: Path) -> list[Diagnostic]:
    return checking.checked_rubric(path, [checking.checked_rubric(GOOD)]).found


def _generated(path: Path) -> list[Diagnostic]:
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / f"{path.stem}.yaml"
        text = _expression(path, missing=None, folder=Path, link=GOOD)
        if text is GOOD:
            file.symlink_to(GOOD)
            return checking.checked_rubric(file, within=folder).found
        if text is Path:
            file.mkdir()
        elif text is not None:
            file.write_text(text, "utf-8")
        return govrubric.check(file)


def _told(path: Path) -> list[Diagnostic]:
    return bounded(_generated(path), Diagnostic.render)[-1:]


def example(path: Path) -> str:
    """The generated part of a code's page: the file and its English rendering."""
    block = _fenced("text", _rendered(path, "en"))
    if path.suffix != ".gen" or '"' in path.read_text("utf-8"):  # a missing file has no text
        title, kind, text = _shown(path)
        block = f"`{path.name}`{title}:\n\n{_fenced(kind, text)}\n{block}"
    return f"<!-- example -->\n{block}<!-- /example -->\n"


def _fenced(kind: str, text: str) -> str:
    return f"```{kind}\n{text.rstrip()}\n```\n"


def _shown(path: Path) -> tuple[str, str, str]:
    """A title for a failing file, its language and its text, as a page shows them.

    An invisible character is shown by its number, and a long card as its difference from the good card.
    """
    data = path.read_bytes()
    try:
        text, title = data.decode("utf-8"), ""
    except UnicodeDecodeError:
        text, title = data.decode("gb18030"), ", saved as GBK"
    for pattern in (UNSAFE, ODD_SPACE):
        text = pattern.sub(lambda match: f"<U+{ord(match[0]):04X}>", text)
    if path.suffix == ".gen":
        return ", a Python expression for the file", "python", text
    if text.count("\n") > SHOWN_LINES:
        good = GOOD.with_suffix(".card.json").read_text("utf-8").splitlines()
        changed = difflib.unified_diff(good, text.splitlines(), n=2, lineterm="")
        text = "\n".join(line for line in changed if not line.startswith(("---", "+++")))
        return ", a card of [the rubric of the examples](index.md) with this change", "diff", text
    if path.suffix in (".csv", ".txt"):
        return title, "text", text
    return title, path.suffix.removeprefix("."), text


def index() -> str:
    """The page that lists every code."""
    rows = "".join(_row(code) for code in sorted(CATALOGUE))
    return (
        "# Every finding\n\n"
        "Each finding has a code. The page of a code says what it means and shows a file that has it.\n"
        "An error stops the rubric, the tally or the card from being used; a warning does not, and a note only tells how\n"
        "something was read.\n\n"
        "| code | severity | message | 中文 |\n| --- | --- | --- | --- |\n" + rows + "\n"
        "The examples of tallies, tables and score cards belong to this rubric, `good.yaml`:\n\n"
        f"{_fenced('yaml', GOOD.read_text('utf-8'))}\n"
        "Only those of [GR616](GR616.md), [GR638](GR638.md) and [GR661](GR661.md) belong to another, `rating.yaml`:\n\n"
        f"{_fenced('yaml', RATING.read_text('utf-8'))}"
    )


def _row(code: str) -> str:
    english, chinese = (_cell(CATALOGUE[code][language][0]) for language in ("en", "zh"))
    return f"| [{code}]({code}.md) | {Diagnostic(code).severity} | {english} | {chinese} |\n"


def _cell(text: str) -> str:
    """A message pattern as a table cell: optional parts without their brackets, names in single braces."""
    return re.sub(r"\[([^\[\]]*)\]", r"\1", text).replace("{{", "{").replace("}}", "}").replace("|", "\\|")


def rewritten() -> Iterator[tuple[Path, str]]:
    """Every generated text and the file that it belongs in."""
    for path in bad_files():
        yield out_of(path), rendering(path)
        page = PAGES / f"{code_of(path)}.md"
        if page.exists():
            block = example(path).replace("\\", r"\\")
            yield page, EXAMPLE.sub(block, page.read_text("utf-8"))
    yield PAGES / "index.md", index()


if __name__ == "__main__":
    for target, text in rewritten():
        target.write_text(text, "utf-8")
