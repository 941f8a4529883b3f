"""Text -> linted rubric, or every diagnostic at once, in file order."""

import os
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import reduce
from operator import getitem
from pathlib import Path as FilePath
from typing import NamedTuple

from govrubric.cases import run as cases
from govrubric.diagnostics.diagnostic import Diagnostic, Path, Related, RubricError, in_file_order, nearest
from govrubric.diagnostics.source import Place
from govrubric.document import files
from govrubric.document.nodes import Nodes
from govrubric.document.yaml import parse
from govrubric.language.rubric_text import RubricText
from govrubric.language.validation import Shape, shape
from govrubric.lint import drafting as lint_text
from govrubric.lint import reachability as bounds
from govrubric.lint.clauses import amounts as lint_wording
from govrubric.lint.clauses import caps as lint_limits
from govrubric.lint.finding import Finding
from govrubric.lint.structure import lint
from govrubric.lint.suppressions import allowed
from govrubric.lint.unconfirmed import unconfirmed
from govrubric.plan.names import every_text
from govrubric.rubric import Rubric

_LANGUAGE = re.compile(r"language[:\uff1a]\s*['\"]?([A-Za-z-]+)")


class Examined(NamedTuple):
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
    return read(path).only()


def loads(text: str | bytes, name: str = "<text>") -> Rubric:
    """A rubric's YAML text -> the rubric; raises `RubricError` with everything that is wrong.

    `name` stands in messages for the file's name.
    """
    return judged(parse(name, text)).only()


def check(path: str | os.PathLike[str]) -> list[Diagnostic]:
    """Every finding about a rubric file, warnings and its own failing cases too, in file order."""
    return examine(path).found


def examine(path: str | os.PathLike[str], earlier: Sequence["Examined"] = ()) -> Examined:
    """A rubric file with every finding, its cases included; `earlier` are the files beside which it is to hold."""
    done = read(path)
    if done.rubric is None or done.nodes is None:
        return done
    text, plan, nodes = done.rubric.text, done.rubric.plan, done.nodes
    others = [
        (one.rubric.text, one.nodes) for one in earlier if one.rubric is not None and one.nodes is not None
    ]
    failing = [placed(nodes, one) for one in cases.run(done.rubric)]
    told = [
        _told(nodes, one)
        for part in (bounds, lint_wording, lint_limits, lint_text)
        for one in part.findings(text, plan)
    ]
    told += [*unconfirmed(nodes), *_beside(text, nodes, others)]
    return done._replace(found=in_file_order([*done.found, *allowed(nodes, told), *failing]))


def _told(nodes: Nodes, finding: Finding) -> Diagnostic:
    """A warning about a sound rubric, with its places."""
    place = (
        nodes.place(finding.path, key=finding.code in _AT_KEY)
        if finding.within is None
        else _characters(nodes, finding.path, *finding.within)
    )
    first = () if finding.first is None else (Related("first", nodes.place(finding.first)),)
    see = () if finding.see is None else (Related("here", _characters(nodes, *finding.see)),)
    return Diagnostic.of(finding.code, place, finding.path, (*first, *see), **finding.args)


def _characters(nodes: Nodes, path: Path, start: int, end: int) -> Place:
    """The place of some characters of a text; of the whole of it, where its characters are not those of the file."""
    raw, _ = _written(nodes, path)
    value = reduce(getitem, path, nodes.value)
    return _inside(nodes, path, start, end) if value in (raw, raw.replace("''", "'")) else nodes.place(path)


def _beside(
    text: RubricText, nodes: Nodes, others: Sequence[tuple[RubricText, Nodes]]
) -> Iterator[Diagnostic]:
    """What is wrong with a rubric beside others, with the place in the other file; one that is given twice is no other."""
    for index, one in lint_text.beside(text, [other for other, _ in others]):
        there = others[index][1]
        if os.path.realpath(there.source.name) != os.path.realpath(nodes.source.name):
            yield Diagnostic.of(
                one.code,
                nodes.place(one.path),
                one.path,
                (Related("here", there.place(one.path)),),
                **one.args,
            )


def shipped(name: str) -> Rubric:
    """A rubric that travels with govrubric, such as ``2023-district``; raises `KeyError` for any other name."""
    path = shipped_files().get(name)
    if path is None:
        near = nearest(name, shipped_files())
        raise KeyError(
            f"no rubric {name!r} is shipped"
            + (f"; did you mean {near!r}?" if near else f"; there are {', '.join(shipped_files())}")
        )
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


def placed(nodes: Nodes, one: Diagnostic) -> Diagnostic:
    """A finding that knows only its path -> the same with its place in the text."""
    return replace(one, place=nodes.place(one.path, key=one.code in _AT_KEY))


# Findings about a name rather than about what stands behind it.
_AT_KEY = frozenset(("GR317", "GR332", "GR408", "GR601", "GR610", "GR611", "GR621"))


def read(path: str | os.PathLike[str]) -> Examined:
    """A rubric file with what loading finds; its cases are not tried."""
    data = files.read(path)
    if isinstance(data, Diagnostic):
        return Examined(None, [data])
    return judged(parse(os.fspath(path), data))


def judged(nodes: Nodes) -> Examined:
    """A text that was taken apart, with what loading finds."""
    found = list(nodes.found)
    shaped = shape(nodes)
    found += shaped.found
    if shaped.text is not None:
        plan, findings = lint(shaped.text)
        unclear = dict(_unclear(nodes, shaped))
        found += unclear.values()
        found += [
            _located(nodes, one, shaped)
            for one in findings
            if one.path not in unclear and not _about_a_cut(one, shaped)
        ]
    errors = [one for one in found if one.severity == "error"]
    # A warning that a value looks odd says nothing new where the value is refused.
    places = {(one.place.line, one.place.column) for one in errors if one.place}
    found = [
        one
        for one in found
        if one.severity == "error" or not one.place or (one.place.line, one.place.column) not in places
    ]
    # `no` is a word of `whole`, and `y` is an id like any other.
    found = [one for one in found if one.code != "GR131" or one.path[-1:] not in (("whole",), ("id",))]
    rubric = None if errors or shaped.text is None else Rubric._linted(shaped.text, plan)
    return Examined(rubric, in_file_order(found), nodes)


_NAMES = frozenset(("GR313", "GR326", "GR329", "GR504", "GR515"))


def _about_a_cut(finding: Finding, shaped: Shape) -> bool:
    """Whether what was cut is a field of the object that the finding is about, or an entry of one of its lists."""
    about = shaped.origin.get(finding.about, finding.about)
    # A name that nothing declares may be that of something that was cut; and what parts add up to depends on fields of theirs.
    if finding.code in _NAMES and any(
        isinstance(path[-1], int) or path[:-1] == ("facts",) or path[-2:-1] == ("inputs",)
        for path in shaped.cut
        if path
    ):
        return True
    deep = 3 if finding.code in ("GR302", "GR318") else 2
    return any(path[: len(about)] == about and len(path) <= len(about) + deep for path in shaped.cut)


def _located(nodes: Nodes, finding: Finding, shaped: Shape) -> Diagnostic:
    path = shaped.origin.get(finding.path, finding.path)
    place = (
        nodes.place(path, key=finding.code in _AT_KEY)
        if finding.within is None
        else _inside(nodes, path, *finding.within)
    )
    first = None if finding.first is None else shaped.origin.get(finding.first, finding.first)
    related = () if first is None else (Related("first", nodes.place(first)),)
    return Diagnostic.of(finding.code, place, path, related, **finding.args)


def _written(nodes: Nodes, path: Path) -> tuple[str, int]:
    """A condition or formula as it stands between its quotes, and where that begins; empty where it takes several lines."""
    span = nodes.values[path]
    line = nodes.source.lines[span.line]
    quoted = line[span.column : span.column + 1] in ("'", '"')
    return (
        ("", 0)
        if span.end_line != span.line
        else (line[span.column + quoted : span.end_column - quoted], span.column + quoted)
    )


def _inside(nodes: Nodes, path: Path, start: int, end: int) -> Place:
    """The place of some characters of a condition or formula."""
    raw, column = _written(nodes, path)
    doubled = nodes.source.lines[nodes.values[path].line][column - 1 : column] == "'"
    columns = [
        at for at in range(len(raw)) if not (doubled and raw[at] == "'" and raw[:at].count("'") % 2)
    ] + [len(raw)]
    line = nodes.values[path].line
    return nodes.source.place(
        line,
        column + columns[min(start, len(columns) - 1)],
        line,
        column + columns[min(max(end, start + 1), len(columns) - 1)],
    )


def _unclear(nodes: Nodes, shaped: Shape) -> Iterator[tuple[Path, Diagnostic]]:
    """GR519: conditions and formulas whose columns are not those of the file, by their paths."""
    assert shaped.text is not None
    for path, text in every_text(shaped.text):
        at = shaped.origin.get(path, path)
        raw, _ = _written(nodes, at)
        if text not in (raw, raw.replace("''", "'")):
            yield path, Diagnostic.of("GR519", nodes.place(at), at)
