"""Nodes x patches -> the rubric that they make, with its findings: each tells of which rubric it is.

A finding stands where the patch does: at the characters that are wrong, within a value that was put in, or
else at the edit that is nearest, and then it also points to what stands there in the rubric.
"""

from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import replace
from typing import NamedTuple

from govrubric.diagnostics.diagnostic import Diagnostic, Path, Related, in_file_order
from govrubric.diagnostics.source import Source
from govrubric.document.nodes import Nodes
from govrubric.document.patched import GONE, Edit, overlaps
from govrubric.document.patched import Patched as PatchedNodes
from govrubric.document.plain_data import Unwritten
from govrubric.language.canonical import document
from govrubric.language.chosen import Chosen
from govrubric.language.rubric_text import RubricText
from govrubric.language.validation import Shape, made_of, shape
from govrubric.lint.patches import named_patches, patches_of, registers
from govrubric.lint.structure import lint
from govrubric.plan.names import every_text
from govrubric.plan.plan import Plan
from govrubric.plan.unchanged import Unchanged


class Made(NamedTuple):
    """A rubric that a patch makes, if it is right, its nodes, and what was found."""

    chosen: Chosen
    text: RubricText | None
    plan: Plan | None
    found: list[Diagnostic]
    nodes: PatchedNodes


def made(
    text: RubricText,
    nodes: Nodes,
    chosen: Chosen,
    edits: Iterable[Edit],
    unchanged: Unchanged | None = None,
) -> Made:
    """The rubric that some edits make of a rubric, none of which meets another.

    What they leave `unchanged` is taken from the plan of the rubric, where that has been made.
    """
    patched = PatchedNodes(nodes, [*edits, *registers(text, chosen, edits)])
    shaped = shape(patched, made_of(text, nodes.value))
    found = list(shaped.found)
    plan = None
    if shaped.text is not None and not found:
        plan, findings = lint(shaped.text, unchanged)
        unclear = dict(unread(patched, shaped))
        found += unclear.values()
        found += [finding.diagnostic(patched) for finding in findings if finding.path not in unclear]
    told = in_file_order(told_of(finding, chosen, patched) for finding in found)
    is_wrong = any(finding.severity == "error" for finding in told)
    return Made(chosen, None if is_wrong else shaped.text, plan, told, patched)


def unwritten(text: RubricText) -> Nodes:
    """The nodes of a rubric without a file."""
    nodes = Unwritten(Source("", ("",)))
    nodes.value = document(text)
    return nodes


def of_text(text: RubricText) -> tuple[list[Made], list[Diagnostic]]:
    """The rubrics that the variants and readings of a rubric without a file make, and all that is wrong."""
    if not any(named_patches(text)):
        return [], []
    nodes = unwritten(text)
    patches, wrong = patches_of(text, nodes.value)
    others = [made(text, nodes, patch.chosen, patch.edits) for patch in patches]
    found = [replace(one, place=None, related=()) for other in others for one in other.found]
    return others, [*(finding.diagnostic() for finding in wrong), *found]


class ConflictError(ValueError):
    """Readings, or a variant and readings, say something else of the same value."""


def chosen(text: RubricText, choice: Chosen) -> Made:
    """The chosen rubric of a text; raises `ConflictError` where its patches exclude each other."""
    nodes = unwritten(text)
    wanted = {Chosen(choice.variant), *(Chosen(None, (reading,)) for reading in choice.readings)}
    every = [
        edit for patch in patches_of(text, nodes.value)[0] if patch.chosen in wanted for edit in patch.edits
    ]
    gone = {edit.target: edit for edit in every if edit.value is GONE}
    # What one of them takes out is not there to be other, or to be taken out again.
    left = [edit for edit in every if edit.value is not GONE and not _is_below(edit.target, gone)]
    first: dict[Path, Edit] = {}
    edits = [
        edit for edit in left if first.setdefault(edit.target, edit) is edit or not _is_same(edit, first)
    ]
    edits += [edit for target, edit in gone.items() if not _is_below(target[:-1], gone)]
    if overlaps(edits):
        names = [choice.variant or "", *(f"{key}={option}" for key, option in choice.readings)]
        raise ConflictError(f"{', '.join(filter(None, names))}: they say something else of the same value")
    return made(text, nodes, choice, edits)


def _is_same(edit: Edit, first: Mapping[Path, Edit]) -> bool:
    """Whether an edit says what the first of its target says."""
    return repr(edit.value) == repr(first[edit.target].value)


def _is_below(path: Path, gone: Container[Path]) -> bool:
    return any(path[:depth] in gone for depth in range(1, len(path) + 1))


def told_of(finding: Diagnostic, chosen: Chosen, nodes: PatchedNodes) -> Diagnostic:
    """A finding about a chosen rubric, as one of the text that holds it."""
    home = nodes.home(finding.path)
    cause = nodes.cause(finding.path)
    names = (
        ("_variant", chosen.variant or ""),
        *(("_reading", f"{key}: {option}") for key, option in chosen.readings),
    )
    args = (*finding.args, *((key, name) for key, name in names if name))
    if cause is None or finding.place is None:
        return replace(finding, path=home, args=args)
    place = nodes.written_at(cause)
    related = (*finding.related, Related("here", finding.place))
    return replace(finding, path=cause, place=place, args=args, related=related)


def unread(nodes: Nodes, shaped: Shape) -> Iterator[tuple[Path, Diagnostic]]:
    """GR519: conditions and formulas that the file has not character by character, by their paths."""
    assert shaped.text is not None
    for path, _ in every_text(shaped.text):
        origin = shaped.origin.get(path, path)
        if not nodes.is_literal(origin):
            yield path, Diagnostic.of("GR519", nodes.place(origin), origin)
