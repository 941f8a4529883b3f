"""A rubric or a file of cases -> every finding: of loading, of the lints, and its failing cases."""

import os
from collections.abc import Iterator, Sequence
from typing import NamedTuple, overload

from govrubric.cases import run as cases
from govrubric.cases import suite
from govrubric.diagnostics.diagnostic import Diagnostic, Related, in_file_order
from govrubric.document import files
from govrubric.document.nodes import Nodes
from govrubric.document.yaml import parse
from govrubric.language.rubric_text import RubricText
from govrubric.lint import drafting, reachability
from govrubric.lint.clauses import amounts, caps, outcomes, steps, thresholds
from govrubric.lint.finding import placed
from govrubric.lint.suppressions import unsuppressed
from govrubric.lint.unconfirmed import unconfirmed
from govrubric.lint.variants import told_of
from govrubric.loading import Loaded, loaded, loaded_nodes
from govrubric.plan.plan import Plan


class Checked(NamedTuple):
    """The findings about a file, the language for their messages, and how many cases were run.

    `rubric` is ``None`` for a file of cases.
    """

    found: list[Diagnostic]
    language: str
    cases: int
    rubric: Loaded | None


@overload
def check(path: str | os.PathLike[str]) -> list[Diagnostic]: ...
@overload
def check(*, text: str | bytes, name: str = ...) -> list[Diagnostic]: ...
def check(
    path: str | os.PathLike[str] | None = None, *, text: str | bytes | None = None, name: str = "<text>"
) -> list[Diagnostic]:
    """Every finding about a rubric, warnings and its own failing cases too, in file order.

    Args:
        path: its file; or `text`: its YAML text, for which `name` stands in messages for the file's name.
    """
    if (path is None) == (text is None):
        raise TypeError("check takes a path, or text=, and not both")
    if text is not None:
        return _warned(loaded_nodes(parse(name, text)), ()).found
    assert path is not None, "it is one of the two"
    return checked_rubric(path).found


def checked(path: str, earlier: Sequence[Checked] = (), *, within: str | None = None) -> Checked:
    """Every finding about a file, or about the shipped rubric of that name.

    `earlier` are the files that were checked before it; a rubric is also compared with those. `within` is as
    in `files.opened`.
    """
    if not suite.holds_cases(path, within=within):
        others = [other.rubric for other in earlier if other.rubric is not None]
        rubric = checked_rubric(suite.named(path), others, within=within)
        count = len(rubric.rubric._text.cases) if rubric.rubric else 0
        return Checked(rubric.found, rubric.language, count, rubric)
    cases_file = suite.read(path, within=within)
    failing = [finding for result in suite.run(cases_file) for finding in result.found]
    findings = [*cases_file.found, *in_file_order(failing)]
    return Checked(findings, cases_file.language, len(cases_file.cases), None)


def checked_rubric(
    path: str | os.PathLike[str], earlier: Sequence[Loaded] = (), *, within: str | None = None
) -> Loaded:
    """A rubric file with every finding, its failing cases too; it is compared with the `earlier` files."""
    return _warned(loaded(path, within=within), earlier)


def _warned(rubric: Loaded, earlier: Sequence[Loaded]) -> Loaded:
    """A rubric with its warnings, and the findings of its cases, added to what was found before."""
    if rubric.nodes is None:
        return rubric
    if rubric.alone is not None:  # what is wrong with a variant hides no warning about the rubric
        return rubric._replace(
            found=in_file_order([*rubric.found, *_of_it_alone(rubric.alone, rubric.nodes)])
        )
    if rubric.rubric is None:
        return rubric
    text, plan, nodes = rubric.rubric._text, rubric.rubric._plan, rubric.nodes
    own = [*_warnings(text, plan, nodes)]
    warnings = [*own, *_of_others(rubric, own), *unconfirmed(nodes), *_conflicts(text, nodes, earlier)]
    failing = [placed(nodes, finding) for finding in cases.run(rubric.rubric)]
    return rubric._replace(found=in_file_order([*rubric.found, *unsuppressed(nodes, warnings), *failing]))


def _of_it_alone(alone: tuple[RubricText, Plan], nodes: Nodes) -> Iterator[Diagnostic]:
    """The warnings about a rubric whose variants or readings are wrong.

    A suppression may be for one of those, so that none is called idle.
    """
    warnings = [*_warnings(*alone, nodes), *unconfirmed(nodes)]
    return (finding for finding in unsuppressed(nodes, warnings) if finding.code != "GR442")


def _warnings(text: RubricText, plan: Plan, nodes: Nodes) -> Iterator[Diagnostic]:
    """The warnings about a rubric without errors."""
    for module in (reachability, amounts, caps, thresholds, steps, outcomes, drafting):
        for finding in module.findings(text, plan):
            yield finding.diagnostic(nodes)


def _of_others(rubric: Loaded, own: list[Diagnostic]) -> Iterator[Diagnostic]:
    """The warnings about what variants can reach that are not about the rubric itself.

    Readings are not in force, so that one may leave a rule nothing to do.
    """
    told = {(finding.code, finding.path, finding.args) for finding in own}
    for other in (other for other in rubric.others if other.chosen.variant is not None):
        assert other.text is not None, "the rubric has no errors"
        assert other.plan is not None, "it was linted"
        for finding in reachability.findings(other.text, other.plan):
            found = finding.diagnostic(other.nodes)
            if (found.code, other.nodes.home(found.path), found.args) not in told:
                yield told_of(found, other.chosen, other.nodes)


def _conflicts(text: RubricText, nodes: Nodes, earlier: Sequence[Loaded]) -> Iterator[Diagnostic]:
    """The findings about a rubric together with another, such as an id in common, each with both places.

    A file that is given twice is not compared with itself. Of several files that it collides with in the
    same way, the first is told.
    """
    told: set[str] = set()
    others = [
        (other.rubric._text, other.nodes)
        for other in earlier
        if other.rubric is not None and other.nodes is not None
    ]
    for index, finding in drafting.beside(text, [other for other, _ in others]):
        other_nodes = others[index][1]
        same = finding.code in told or files.real(other_nodes.source.name) == files.real(nodes.source.name)
        if not same:
            told.add(finding.code)
            related = (Related("here", other_nodes.place(finding.path)),)
            yield Diagnostic.of(
                finding.code, nodes.place(finding.path), finding.path, related, **finding.args
            )
