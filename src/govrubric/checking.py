"""A rubric or a file of cases -> everything that is wrong with it: loading, lints of whole rubrics, and failing cases."""

import os
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from govrubric.cases import run as cases
from govrubric.cases import suite
from govrubric.diagnostics.diagnostic import Diagnostic, Related, in_file_order
from govrubric.document.nodes import Nodes
from govrubric.language.rubric_text import RubricText
from govrubric.lint import drafting, reachability
from govrubric.lint.clauses import amounts, caps
from govrubric.lint.finding import placed
from govrubric.lint.suppressions import unsuppressed
from govrubric.lint.unconfirmed import unconfirmed
from govrubric.loading import Loaded, loaded
from govrubric.plan.planner import Plan


class Checked(NamedTuple):
    """What was found in a file, the language to tell it in, and how many cases were tried.

    `rubric` is absent of a file of cases.
    """

    found: list[Diagnostic]
    language: str
    cases: int
    rubric: Loaded | None


def check(path: str | os.PathLike[str]) -> list[Diagnostic]:
    """Every finding about a rubric file, warnings and its own failing cases too, in file order."""
    return checked_rubric(path).found


def checked(path: str, earlier: Sequence[Checked] = ()) -> Checked:
    """Every finding about a file, or about the shipped rubric of that name.

    `earlier` are the files beside which it is to hold.
    """
    if not suite.holds_cases(path):
        others = [other.rubric for other in earlier if other.rubric is not None]
        done = checked_rubric(suite.named(path), others)
        return Checked(done.found, done.language, len(done.rubric.text.cases) if done.rubric else 0, done)
    read = suite.read(path)
    failing = [finding for result in suite.run(read) for finding in result.found]
    return Checked([*read.found, *in_file_order(failing)], read.language, len(read.cases), None)


def checked_rubric(path: str | os.PathLike[str], earlier: Sequence[Loaded] = ()) -> Loaded:
    """A rubric file with every finding, its cases included; `earlier` are the files beside which it is to hold."""
    done = loaded(path)
    if done.rubric is None or done.nodes is None:
        return done
    text, nodes = done.rubric.text, done.nodes
    found = [*_linted(text, done.rubric.plan, nodes), *unconfirmed(nodes), *_beside(text, nodes, earlier)]
    failing = [placed(nodes, finding) for finding in cases.run(done.rubric)]
    return done._replace(found=in_file_order([*done.found, *unsuppressed(nodes, found), *failing]))


def _linted(text: RubricText, plan: Plan, nodes: Nodes) -> Iterator[Diagnostic]:
    """The warnings about a sound rubric."""
    for part in (reachability, amounts, caps, drafting):
        for finding in part.findings(text, plan):
            yield finding.diagnostic(nodes)


def _beside(text: RubricText, nodes: Nodes, earlier: Sequence[Loaded]) -> Iterator[Diagnostic]:
    """What is wrong with a rubric beside others, with the place in the other file; a file given twice is no other."""
    others = [
        (other.rubric.text, other.nodes)
        for other in earlier
        if other.rubric is not None and other.nodes is not None
    ]
    for index, found in drafting.beside(text, [other for other, _ in others]):
        there = others[index][1]
        if os.path.realpath(there.source.name) != os.path.realpath(nodes.source.name):
            related = (Related("here", there.place(found.path)),)
            yield Diagnostic.of(found.code, nodes.place(found.path), found.path, related, **found.args)
