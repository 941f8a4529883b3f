"""A rubric or a file of cases -> its cases and their results.

A file of cases names the rubric that it tests. Which of the two a file is, its keys say.
"""

import contextlib
import os
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from govrubric import loading
from govrubric.cases import folders
from govrubric.cases.run import Miss, tried
from govrubric.diagnostics.diagnostic import Diagnostic, Path, in_file_order
from govrubric.diagnostics.near import nearest
from govrubric.diagnostics.source import Place
from govrubric.document import files
from govrubric.document.nodes import Nodes
from govrubric.document.yaml import parse
from govrubric.language.cases_text import Case, CasesText
from govrubric.language.validation import shaped
from govrubric.lint.finding import placed, repeated
from govrubric.loading import Loaded, shipped_names
from govrubric.rubric import Rubric
from govrubric.scoring.card import ScoreCard


class Suite(NamedTuple):
    """The cases of a file, and what was found while it was read; with an error among the findings there are no cases.

    `path` is the file as it was named, and `data` its bytes. `rubric` is what the cases test, and `file` its file, the
    same for all suites that test it.
    """

    path: str
    data: bytes
    nodes: Nodes
    rubric: Rubric | None
    file: str
    cases: tuple[Case, ...]
    found: list[Diagnostic]
    language: str

    @property
    def refused(self) -> bool:
        """Whether something is wrong with the file or its rubric, so that no case could be tried."""
        return any(one.severity == "error" for one in self.found)


class Result(NamedTuple):
    """The result of a case: its place, every finding, and the misses among them by their paths.

    `card` is absent where the tally was refused.
    """

    case: Case
    place: Place
    found: list[Diagnostic]
    missed: dict[Path, Miss]
    card: ScoreCard | None


class Tested(NamedTuple):
    """A suite that was run."""

    suite: Suite
    results: list[Result]

    @property
    def failed(self) -> int:
        return sum(bool(one.found) for one in self.results)


def every(paths: Iterable[str]) -> list[Suite]:
    """All suites that some paths mean, each file once."""
    found: dict[str, str] = {}
    for path in paths:
        for file in folders.files_in(path):
            found.setdefault(os.path.realpath(named(file)), file)
    return [read(file) for file in found.values()]


def read(path: str | os.PathLike[str]) -> Suite:
    """A rubric file, a file of cases or the name of a shipped rubric -> its cases; nothing is raised."""
    name = os.fspath(path)
    data = files.read(named(name))
    if isinstance(data, Diagnostic):
        return Suite(name, b"", parse(name, ""), None, name, (), [data], "en")
    return of(name, data)


def of(name: str, data: bytes) -> Suite:
    """The same, of bytes that were read from a file, or that are to be written to it."""
    nodes = parse(name, data)
    return _beside(name, data, nodes) if _is_cases(name, nodes) else _within(name, data, nodes)


def run(suite: Suite) -> Iterator[Result]:
    """Each case, tried."""
    for index, case in enumerate(suite.cases):
        assert suite.rubric is not None, "cases are there only with their rubric"
        done = tried(suite.rubric, case, ("cases", index))
        found = in_file_order(placed(suite.nodes, one) for one in done.found)
        yield Result(case, suite.nodes.place(("cases", index, "name")), found, done.missed, done.card)


def by_rubric(done: Iterable[Tested]) -> list[tuple[Rubric, list[ScoreCard]]]:
    """Each rubric that was tried, with the cards of all its cases, those of other files too."""
    found: dict[str, tuple[Rubric, list[ScoreCard]]] = {}
    for suite, results in done:
        if suite.rubric is not None and not suite.refused:
            found.setdefault(suite.file, (suite.rubric, []))[1].extend(
                one.card for one in results if one.card is not None
            )
    return list(found.values())


def named(path: str) -> str:
    """A path, or where the shipped rubric of that name stands."""
    return path if os.path.exists(path) else os.fspath(loading.shipped_files().get(path, path))


def holds_cases(path: str) -> bool:
    """Whether a file is one of cases; that a rubric is none is seen at its first key."""
    data = files.read(named(path))
    return (
        isinstance(data, bytes) and not folders.begins_as_rubric(data) and _is_cases(path, parse(path, data))
    )


def _is_cases(name: str, nodes: Nodes) -> bool:
    keys = nodes.value.keys() if isinstance(nodes.value, dict) else set()
    if {"govrubric", "indicators"} & keys:
        return False
    return bool({"rubric", "cases"} & keys or folders.CASES.fullmatch(name))


def _within(name: str, data: bytes, nodes: Nodes) -> Suite:
    """A rubric's own cases."""
    done = loading.loaded_nodes(nodes)
    cases = done.rubric.text.cases if done.rubric else ()
    return Suite(
        name, data, nodes, done.rubric, os.path.realpath(named(name)), cases, done.found, done.language
    )


def _beside(name: str, data: bytes, nodes: Nodes) -> Suite:
    """The cases of a file beside its rubric; findings of the rubric come after those of the file."""
    made = shaped(nodes, CasesText, _STAND_INS)
    found, cases = [*nodes.found, *made.found], made.text.cases if made.text is not None else ()
    done, file = Loaded(None, []), name
    if made.text is not None and ("rubric",) not in made.cut:
        done, file = _tried_by(name, made.text.rubric)
        if done.rubric is None:
            found.append(_refused(made.text.rubric, nodes.place(("rubric",)), done.found))
    if not made.found:
        names = [(case.name, ("cases", index, "name")) for index, case in enumerate(cases)]
        found += [finding.diagnostic(nodes) for finding in repeated("GR315", names)]
    refused = any(one.severity == "error" for one in found)
    found = [*in_file_order(found), *_of_rubric(done.found)]
    return Suite(
        name, data, nodes, done.rubric, os.path.realpath(file), () if refused else cases, found, done.language
    )


# What stands in for what is wrong, so that the rest can still be judged.
_STAND_INS = {"rubric": "-", "cases": ({"name": "-", "tally": {}, "expect": {"total": "0"}},)}


def _tried_by(name: str, said: str) -> tuple[Loaded, str]:
    """What a file of cases says that it tries: the rubric as it was read, and its file."""
    beside = os.path.join(os.path.dirname(name), said)
    file = beside if os.path.exists(beside) else os.fspath(loading.shipped_files().get(said, beside))
    return loading.loaded(file), file


def _refused(said: str, place: Place, found: list[Diagnostic]) -> Diagnostic:
    """What a file of cases says of a rubric that is not there, or that is not sound."""
    if reason := next((dict(one.args)["reason"] for one in found if one.code == "GR101"), None):
        beside: list[str] = []
        with contextlib.suppress(OSError):  # a folder may be entered and not listed
            beside = sorted(
                one
                for one in os.listdir(os.path.dirname(place.file) or ".")
                if folders.YAML.fullmatch(one) and not folders.CASES.fullmatch(one)
            )
        return Diagnostic.of(
            "GR341",
            place,
            ("rubric",),
            name=said,
            reason=reason,
            near=nearest(said, [*shipped_names(), *beside]),
        )
    return Diagnostic.of("GR342", place, ("rubric",), name=said, number=len(_of_rubric(found)))


def _of_rubric(found: list[Diagnostic]) -> list[Diagnostic]:
    """The errors of a rubric that are reported with its cases. That it is missing is reported where it is named."""
    return [one for one in found if one.severity == "error" and one.code != "GR101"]
