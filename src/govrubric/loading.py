"""Text -> linted rubric, or every diagnostic at once, in file order."""

import os
import re
from collections.abc import Iterator
from pathlib import Path as FilePath
from typing import NamedTuple

from govrubric.diagnostics.diagnostic import Diagnostic, Path, RubricError, in_file_order
from govrubric.diagnostics.near import nearest
from govrubric.document import files
from govrubric.document.nodes import Nodes
from govrubric.document.yaml import parse
from govrubric.language.validation import Shape, shape
from govrubric.lint.finding import Finding
from govrubric.lint.structure import lint
from govrubric.plan.names import every_text
from govrubric.rubric import Rubric

_LANGUAGE = re.compile(r"language[:\uff1a]\s*['\"]?([A-Za-z-]+)")


class Loaded(NamedTuple):
    """What came of a text: the rubric, unless an error stands against it, and every finding in file order."""

    rubric: Rubric | None
    found: list[Diagnostic]
    nodes: Nodes | None = None

    @property
    def language(self) -> str:
        """The language that the text names, even where the rubric was refused."""
        lines = self.nodes.source.lines if self.nodes else ()
        named = (match[1] for line in lines if (match := _LANGUAGE.match(line)))
        return next(named, "en")

    def only(self) -> Rubric:
        """The rubric, or `RubricError`."""
        if self.rubric is None:
            raise RubricError(self.found, self.language)
        return self.rubric


def load(path: str | os.PathLike[str]) -> Rubric:
    """A rubric file -> the rubric; raises `RubricError` with everything that is wrong."""
    return loaded(path).only()


def loads(text: str | bytes, name: str = "<text>") -> Rubric:
    """A rubric's YAML text -> the rubric; raises `RubricError` with everything that is wrong.

    `name` stands in messages for the file's name.
    """
    return loaded_nodes(parse(name, text)).only()


def shipped(name: str) -> Rubric:
    """A rubric that travels with govrubric, such as ``2023-district``; raises `KeyError` for any other name."""
    path = shipped_files().get(name)
    if path is None:
        near = nearest(name, shipped_files())
        hint = f"did you mean {near!r}?" if near else f"there are {', '.join(shipped_files())}"
        raise KeyError(f"no rubric {name!r} is shipped; {hint}")
    return load(path)


def shipped_names() -> tuple[str, ...]:
    """The names that `shipped` takes."""
    return tuple(shipped_files())


def shipped_files() -> dict[str, FilePath]:
    """Where the rubrics that travel with govrubric stand, by their names."""
    folder = FilePath(__file__).parent / "rubrics"
    if not folder.is_dir():
        folder = FilePath(__file__).parents[2] / "rubrics"  # a checkout; the wheel takes this folder along
    return {path.stem: path for path in sorted(folder.glob("*.yaml"))}


def loaded(path: str | os.PathLike[str]) -> Loaded:
    """A rubric file with what loading finds."""
    data = files.read(path)
    if isinstance(data, Diagnostic):
        return Loaded(None, [data])
    return loaded_nodes(parse(os.fspath(path), data))


def loaded_nodes(nodes: Nodes) -> Loaded:
    """A text that was taken apart, with what loading finds."""
    found = list(nodes.found)
    shaped = shape(nodes)
    found += shaped.found
    plan = None
    if shaped.text is not None:
        plan, findings = lint(shaped.text)
        unclear = dict(_unclear(nodes, shaped))
        found += unclear.values()
        found += [
            finding.diagnostic(nodes, shaped.origin)
            for finding in findings
            if finding.path not in unclear and not _about_a_cut(finding, shaped)
        ]
    found = list(_worth_telling(found))
    rubric = None
    if shaped.text is not None and not any(finding.severity == "error" for finding in found):
        rubric = Rubric._linted(shaped.text, plan)
    return Loaded(rubric, in_file_order(found), nodes)


def _worth_telling(found: list[Diagnostic]) -> Iterator[Diagnostic]:
    """All errors, and the warnings that say more than an error does that stands at the same place."""
    refused = {(one.place.line, one.place.column) for one in found if one.severity == "error" and one.place}
    for one in found:
        if one.severity == "error":
            yield one
        elif one.code == "GR131" and one.path[-1:] in (("whole",), ("id",)):
            continue  # `no` is a word of `whole`, and `y` is an id like any other
        elif one.place is None or (one.place.line, one.place.column) not in refused:
            yield one


_NAMES = frozenset(("GR313", "GR326", "GR329", "GR504", "GR515"))


def _about_a_cut(finding: Finding, shaped: Shape) -> bool:
    """Whether what was cut is a field of the object that the finding is about, or an entry of one of its lists."""
    about = shaped.origin.get(finding.about, finding.about)
    # A name that nothing declares may be that of something that was cut.
    if finding.code in _NAMES and any(map(_may_declare, filter(None, shaped.cut))):
        return True
    # What parts add up to depends on fields of theirs.
    deep = 3 if finding.code in ("GR302", "GR318") else 2
    return any(path[: len(about)] == about and len(path) <= len(about) + deep for path in shaped.cut)


def _may_declare(path: Path) -> bool:
    """Whether what stands at a path may have declared a name."""
    return isinstance(path[-1], int) or path[:-1] == ("facts",) or path[-2:-1] == ("inputs",)


def _unclear(nodes: Nodes, shaped: Shape) -> Iterator[tuple[Path, Diagnostic]]:
    """GR519: conditions and formulas whose columns are not those of the file, by their paths."""
    assert shaped.text is not None
    for path, text in every_text(shaped.text):
        origin = shaped.origin.get(path, path)
        if not nodes.is_literal(origin, text):
            yield path, Diagnostic.of("GR519", nodes.place(origin), origin)
