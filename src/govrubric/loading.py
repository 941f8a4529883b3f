"""Text -> a linted rubric, or every diagnostic at once, in file order."""

import atexit
import os
import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import ExitStack
from dataclasses import replace
from functools import cache
from importlib import resources
from pathlib import Path as FilePath
from types import MappingProxyType
from typing import Any, NamedTuple

from govrubric.diagnostics.diagnostic import (
    Diagnostic,
    Path,
    RubricError,
    UnreadableRubricError,
    in_file_order,
)
from govrubric.diagnostics.display import plain
from govrubric.diagnostics.near import nearest
from govrubric.document import files, likeness, plain_data
from govrubric.document.nodes import Nodes
from govrubric.document.yaml import parse
from govrubric.language.rubric_text import RubricText
from govrubric.language.validation import Shape, shape
from govrubric.lint import variants
from govrubric.lint.finding import Finding
from govrubric.lint.patches import Patched, patches_of
from govrubric.lint.structure import lint
from govrubric.plan.plan import Plan
from govrubric.plan.unchanged import Unchanged
from govrubric.rubric import Rubric

_LANGUAGE = re.compile(r"language[:\uff1a]\s*['\"]?([A-Za-z-]+)")


class Loaded(NamedTuple):
    """The result of loading: the rubric, unless there is an error, and every finding in file order.

    `nodes` is ``None`` for a file that cannot be read. `others` are the rubrics of its variants and readings.
    Where only these are wrong, `alone` are the text and plan of the rubric without them.
    """

    rubric: Rubric | None
    found: list[Diagnostic]
    nodes: Nodes | None = None
    others: tuple[variants.Made, ...] = ()
    alone: tuple[RubricText, Plan] | None = None

    @property
    def language(self) -> str:
        """The language that the text names, even where the rubric was refused."""
        if self.rubric is not None:
            return self.rubric._text.language
        lines = self.nodes.source.lines if self.nodes else ()
        named = (match[1] for line in lines if (match := _LANGUAGE.match(line)))
        return next(named, "en")

    def only(self) -> Rubric:
        """The rubric alone; raises `RubricError` where there is none."""
        if self.rubric is None:
            raise (UnreadableRubricError if self.nodes is None else RubricError)(self.found, self.language)
        return self.rubric


def load(path: str | os.PathLike[str]) -> Rubric:
    """A rubric file -> the rubric; raises `RubricError` with everything that is wrong.

    For a file that cannot be read, the error is an `OSError` too.
    """
    return loaded(path).only()


def loads(text: str | bytes | Mapping[str, Any], name: str = "<text>") -> Rubric:
    """A rubric's YAML text, or its plain data -> the rubric; raises `RubricError` with everything that is
    wrong.

    Args:
        text: the text; or what it says as dicts, lists, text, `int`, `Decimal`, `Fraction` and `bool`,
            without
            floats. Findings about data have a path and no place.
        name: stands in messages for the file's name.
    """
    if isinstance(text, (str, bytes)):
        return loaded_nodes(parse(name, text)).only()
    nodes = plain_data.nodes(text)
    result = loaded_nodes(nodes)
    if result.rubric is not None:
        return result.rubric
    named = nodes.value.get("language") if isinstance(nodes.value, dict) else None
    unplaced = [replace(finding, place=None, related=()) for finding in result.found]
    raise RubricError(unplaced, named if isinstance(named, str) else "en")


def shipped(name: str) -> Rubric:
    """A rubric that is part of govrubric, such as ``2023-district``; raises `KeyError` for any other name."""
    path = shipped_files().get(name)
    if path is None:
        near = nearest(name, shipped_files())
        hint = f"did you mean {near!r}?" if near else f"there are {', '.join(shipped_files())}"
        raise KeyError(f"no rubric '{plain(name)}' is shipped; {hint}")
    return load(path)


def shipped_names() -> tuple[str, ...]:
    """The names that `shipped` knows."""
    return tuple(shipped_files())


@cache
def shipped_files() -> Mapping[str, FilePath]:
    """The files of the rubrics that are part of govrubric, by name."""
    folder = resources.files("govrubric") / "rubrics"
    if not folder.is_dir():
        folder = FilePath(__file__).parents[2] / "rubrics"  # in a checkout; a wheel has the folder above
    # From a zip file, each rubric is copied to a temporary file, which is there until the program ends.
    copies = ExitStack()
    atexit.register(copies.close)
    entries = sorted(entry.name for entry in folder.iterdir() if entry.name.endswith(".yaml"))
    paths = {name: copies.enter_context(resources.as_file(folder / name)) for name in entries}
    return MappingProxyType({name.removesuffix(".yaml"): path for name, path in paths.items()})


def loaded(path: str | os.PathLike[str], *, within: str | None = None) -> Loaded:
    """A rubric file -> the rubric and every finding; raises nothing; `within` as in `files.opened`."""
    data = files.read(path, within=within)
    if isinstance(data, Diagnostic):
        return Loaded(None, [data])
    return loaded_bytes(os.fspath(path), data)


def loaded_bytes(name: str, data: bytes) -> Loaded:
    """The bytes of a file of this name -> the rubric and every finding; raises nothing."""
    result = loaded_nodes(parse(name, data))
    if result.rubric is not None:
        return result
    return result._replace(found=likeness.discreet(result.found, name, data, "a rubric"))


def loaded_nodes(nodes: Nodes) -> Loaded:
    """The nodes of a text -> the rubric and every finding; raises nothing."""
    found = list(nodes.found)
    shaped = shape(nodes)
    found += shaped.found
    plan, patches = None, list[Patched]()
    if shaped.text is not None:
        plan, findings = lint(shaped.text)
        if not shaped.cut:
            patches, wrong = patches_of(shaped.text, nodes.value)
            findings += wrong
        unclear = dict(variants.unread(nodes, shaped))
        found += unclear.values()
        found += [
            finding.diagnostic(nodes, shaped.origin)
            for finding in findings
            if finding.path not in unclear and not _is_about_a_cut(finding, shaped)
        ]
    found = in_file_order(_without_repetition(found))
    if shaped.text is None or _are_wrong(found):
        return Loaded(None, found, nodes)
    assert plan is not None, "there is a text, and it has no errors"
    unchanged = Unchanged(shaped.text, plan) if patches else None
    others = [variants.made(shaped.text, nodes, patch.chosen, patch.edits, unchanged) for patch in patches]
    found = in_file_order([*found, *(finding for one in others for finding in one.found)])
    if _are_wrong(found):
        return Loaded(None, found, nodes, alone=(shaped.text, plan))
    return Loaded(Rubric._linted(shaped.text, plan, tuple(found), others), found, nodes, tuple(others))


def _are_wrong(found: Iterable[Diagnostic]) -> bool:
    return any(finding.severity == "error" for finding in found)


def _without_repetition(found: list[Diagnostic]) -> Iterator[Diagnostic]:
    """All errors, and the warnings at whose place there is no error."""
    refused = {
        (finding.place.line, finding.place.column)
        for finding in found
        if finding.severity == "error" and finding.place
    }
    for finding in found:
        if finding.severity == "error":
            yield finding
        elif finding.code == "GR131" and str(finding.path[-1]).rpartition(".")[2] in ("whole", "id"):
            continue  # `no` is a word of `whole`, and `y` is an id like any other
        elif finding.place is None or (finding.place.line, finding.place.column) not in refused:
            yield finding


# Findings about a name that nothing declares.
_UNKNOWN_NAMES = frozenset(("GR313", "GR326", "GR329", "GR504", "GR515"))
# Findings about sums, which depend on fields of the parts.
_SUMS = frozenset(("GR302", "GR318"))


def _is_about_a_cut(finding: Finding, shaped: Shape) -> bool:
    """Whether a finding may be a mere consequence of something that validation cut out, having refused it.

    So it is where a field of the finding's object was cut, or an entry of one of its lists; or, for an
    unknown name, where anything was cut that may have declared the name.
    """
    if finding.code in _UNKNOWN_NAMES and any(map(_may_declare, filter(None, shaped.cut))):
        return True
    about = shaped.origin.get(finding.about, finding.about)
    depth = 3 if finding.code in _SUMS else 2
    return any(path[: len(about)] == about and len(path) <= len(about) + depth for path in shaped.cut)


def _may_declare(path: Path) -> bool:
    """Whether the value at a path may have declared a name."""
    return isinstance(path[-1], int) or path[:-1] == ("facts",) or path[-2:-1] in (("inputs",), ("values",))
