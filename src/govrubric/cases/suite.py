"""A rubric or a file of cases -> its cases and their results.

A file of cases names the rubric that it tests. The keys of a file show which of the two it is.
"""

import contextlib
import os
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from govrubric import loading
from govrubric.cases import folders
from govrubric.cases.run import Expectation, Miss, tried
from govrubric.diagnostics.diagnostic import Diagnostic, Path, in_file_order
from govrubric.diagnostics.near import nearest
from govrubric.diagnostics.source import Place
from govrubric.document import files, likeness
from govrubric.document.nodes import Nodes
from govrubric.document.yaml import parse
from govrubric.language.cases_text import Case, CasesText
from govrubric.language.validation import shaped
from govrubric.lint.finding import placed, repeated
from govrubric.loading import Loaded, shipped_names
from govrubric.rubric import Rubric
from govrubric.scoring.card import ScoreCard
from govrubric.scoring.input_names import NearInputs


class Suite(NamedTuple):
    """The cases of a file, and the findings of reading it; a file of cases with an error has no cases.

    `path` is the file as it was named, and `data` its bytes. `rubric` is the rubric that the cases test, and
    `file` is the file of that rubric, the same for all suites that test it. The cases of a rubric that was
    `built` in Python have no place in a file.
    """

    path: str
    data: bytes
    nodes: Nodes
    rubric: Rubric | None
    file: str
    cases: tuple[Case, ...]
    found: list[Diagnostic]
    language: str
    built: bool = False

    @property
    def refused(self) -> bool:
        """Whether the file or its rubric has an error, so that no case could be run."""
        return any(finding.severity == "error" for finding in self.found)


class Result(NamedTuple):
    """The result of a case: its place, every finding, and the misses among them by their paths.

    `card` is absent where the tally was refused. `compared` are the expectations that could be compared.
    """

    case: Case
    place: Place | None
    found: list[Diagnostic]
    missed: dict[Path, Miss]
    card: ScoreCard | None
    compared: tuple[Expectation, ...]


class Tested(NamedTuple):
    """A suite that was run."""

    suite: Suite
    results: list[Result]

    @property
    def failed(self) -> int:
        return sum(bool(result.found) for result in self.results)


def every(paths: Iterable[str]) -> list[Suite]:
    """All suites that some paths mean, each file once."""
    listed = folders.every(paths, lambda file: files.real(named(file)))
    return [read(file, within=within) for file, within in listed]


def read(path: str | os.PathLike[str], *, within: str | None = None) -> Suite:
    """A rubric file, a file of cases or the name of a shipped rubric -> its cases; nothing is raised.

    `within` is as in `files.opened`.
    """
    name = os.fspath(path)
    data = files.read(named(name), within=within)
    if isinstance(data, Diagnostic):
        return Suite(name, b"", parse(name, ""), None, name, (), [data], "en")
    return of(name, data)


def of(name: str, data: bytes) -> Suite:
    """The cases in the bytes of a file: bytes that were read from it, or that are to be written to it."""
    nodes = parse(name, data)
    suite = _beside(name, data, nodes) if _is_cases(name, nodes) else _within(name, data, nodes)
    if suite.rubric is not None:
        return suite
    return suite._replace(found=likeness.discreet(suite.found, name, data, "a rubric or a file of cases"))


def of_rubric(rubric: Rubric) -> Suite:
    """The cases of a rubric that was loaded or built: without a file, so that no finding has a place."""
    text = rubric._text
    return Suite(
        rubric.id, b"", parse("", ""), rubric, rubric.digest, text.cases, [], text.language, built=True
    )


def run(suite: Suite) -> Iterator[Result]:
    """Run each case."""
    near = NearInputs(suite.rubric._inputs if suite.rubric else ())
    for index, case in enumerate(suite.cases):
        assert suite.rubric is not None, "cases are there only with their rubric"
        outcome = tried(suite.rubric, case, ("cases", index), near)
        place, found = None, outcome.found
        if not suite.built:
            place = suite.nodes.place(("cases", index, "name"))
            found = in_file_order(placed(suite.nodes, finding) for finding in found)
        yield Result(case, place, found, outcome.missed, outcome.card, outcome.compared)


def by_rubric(suites: Iterable[Tested]) -> list[tuple[Rubric, list[ScoreCard]]]:
    """Each rubric that was tested, with the cards of all its cases, also of those in other files.

    A variant that a case names is a rubric of its own, which comes after the one that holds it. A case with
    another reading tries that, and not the rubric.
    """
    by_file: dict[str, dict[Rubric, list[ScoreCard]]] = {}
    for suite, results in suites:
        if suite.rubric is not None and not suite.refused:
            cards = by_file.setdefault(suite.file, {suite.rubric: []})
            for result in results:
                if result.card is not None and dict(result.card.readings) == dict(
                    suite.rubric.chosen.readings
                ):
                    own = suite.rubric._named(result.card.variant, result.card.readings)
                    cards.setdefault(own or suite.rubric, []).append(result.card)
    return [one for cards in by_file.values() for one in cards.items()]


def named(path: str) -> str:
    """The path itself if there is such a file, else the file of the shipped rubric of that name."""
    return path if os.path.exists(path) else os.fspath(loading.shipped_files().get(path, path))


def holds_cases(path: str, *, within: str | None = None) -> bool:
    """Whether a file is a file of cases. A file that begins as a rubric is not parsed for that."""
    data = files.read(named(path), within=within)
    if not isinstance(data, bytes) or folders.begins_as_rubric(data):
        return False
    return _is_cases(path, parse(path, data))


def _is_cases(name: str, nodes: Nodes) -> bool:
    """Whether keys or name are those of a file of cases; the keys of a rubric outweigh the name."""
    keys = nodes.value.keys() if isinstance(nodes.value, dict) else set()
    if {"govrubric", "indicators"} & keys:
        return False
    return bool({"rubric", "cases"} & keys or folders.CASES.fullmatch(name))


def _within(name: str, data: bytes, nodes: Nodes) -> Suite:
    """A rubric's own cases."""
    loaded = loading.loaded_nodes(nodes)
    cases = loaded.rubric._text.cases if loaded.rubric else ()
    file = files.real(named(name))
    return Suite(name, data, nodes, loaded.rubric, file, cases, loaded.found, loaded.language)


def _beside(name: str, data: bytes, nodes: Nodes) -> Suite:
    """The cases of a file beside its rubric; findings of the rubric come after those of the file."""
    shape = shaped(nodes, CasesText, _STAND_INS)
    found, cases = [*nodes.found, *shape.found], shape.text.cases if shape.text is not None else ()
    loaded, file = Loaded(None, []), name
    if shape.text is not None and ("rubric",) not in shape.cut:
        loaded, file = _tested_rubric(name, shape.text.rubric)
        if loaded.rubric is None:
            found.append(_refused(shape.text.rubric, nodes.place(("rubric",)), loaded.found))
    if not shape.found:
        names = [(case.name, ("cases", index, "name")) for index, case in enumerate(cases)]
        found += [finding.diagnostic(nodes) for finding in repeated("GR315", names)]
    if any(finding.severity == "error" for finding in found):
        cases = ()
    found = [*in_file_order(found), *_of_rubric(loaded.found)]
    file = files.real(file)
    return Suite(name, data, nodes, loaded.rubric, file, cases, found, loaded.language)


# Values that replace wrong ones, so that the rest can still be checked.
_STAND_INS = {"rubric": "-", "cases": ({"name": "-", "tally": {}, "expect": {"total": "0"}},)}


def _tested_rubric(name: str, rubric: str) -> tuple[Loaded, str]:
    """The rubric that the file of cases `name` tests, as it was loaded, and its file.

    It is a file in the folder of `name` or below, or a shipped rubric: who writes a file of cases must not
    have other files read by those who run them.
    """
    folder = os.path.dirname(name)
    beside = os.path.join(folder, rubric)
    shipped = loading.shipped_files().get(rubric)
    if shipped is not None and not os.path.exists(beside):
        return loading.loaded(shipped), os.fspath(shipped)
    return loading.loaded(beside, within=folder or os.curdir), beside


def _refused(rubric: str, place: Place, found: list[Diagnostic]) -> Diagnostic:
    """The finding at the name of a rubric that is missing or has errors; `found` holds its findings."""
    if any(finding.code == "GR138" for finding in found):
        return Diagnostic.of("GR343", place, ("rubric",), name=rubric)
    reason = next((dict(finding.args)["reason"] for finding in found if finding.code == "GR101"), None)
    if not reason:
        return Diagnostic.of("GR342", place, ("rubric",), name=rubric, number=len(_of_rubric(found)))
    beside: list[str] = []
    with contextlib.suppress(OSError):  # a folder that can be entered may still not be listed
        beside = sorted(
            file
            for file in os.listdir(os.path.dirname(place.file) or ".")
            if folders.YAML.fullmatch(file) and not folders.CASES.fullmatch(file)
        )
    near = nearest(rubric, [*shipped_names(), *beside])
    return Diagnostic.of("GR341", place, ("rubric",), name=rubric, reason=reason, near=near)


def _of_rubric(found: list[Diagnostic]) -> list[Diagnostic]:
    """The errors of a rubric that are reported with its cases.

    A rubric that is missing (GR101) or stands elsewhere (GR138) is reported where the file of cases names it.
    """
    return [
        finding for finding in found if finding.severity == "error" and finding.code not in ("GR101", "GR138")
    ]
