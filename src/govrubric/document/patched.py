"""Nodes x replaced and removed values -> the nodes of another text, whose places are those of the file."""

from collections.abc import Iterable
from typing import Any, Final, NamedTuple

from govrubric.diagnostics.diagnostic import Path
from govrubric.diagnostics.source import Place
from govrubric.document.nodes import Nodes


class Gone:
    """Stands for the new value of what is taken out."""


GONE: Final = Gone()


class Edit(NamedTuple):
    """A new value for what stands at `target`, or `GONE`; `source` is where the text says so."""

    target: Path
    value: Any
    source: Path


class Overlap(NamedTuple):
    """Two edits of which one is within what the other replaces or removes, or is of the same value."""

    edit: Edit
    first: Edit


class _Step:
    """What is edited at a path, and below it."""

    __slots__ = ("below", "edit")

    def __init__(self) -> None:
        self.edit: Edit | None = None
        self.below: dict[str | int, _Step] = {}


def overlaps(edits: Iterable[Edit]) -> list[Overlap]:
    """The edits that meet an earlier one."""
    return _tree(edits)[1]


def _tree(edits: Iterable[Edit]) -> tuple[_Step, list[Overlap]]:
    root, met = _Step(), list[Overlap]()
    for edit in edits:
        step = root
        first: Edit | None = None
        for key in edit.target:
            step = step.below.setdefault(key, _Step())
            first = first or step.edit
        if first is None and step.below:
            first = _any_below(step)
        if first is None:
            step.edit = edit
        else:
            met.append(Overlap(edit, first))
    return root, met


def _any_below(step: _Step) -> Edit:
    while step.edit is None:
        step = next(iter(step.below.values()))
    return step.edit


class Patched(Nodes):
    """The nodes of a text after some edits, none of which meets another.

    Its value shares with that of the text all that no edit touches. Places are those of the text: a value
    that was put in stands where the edit says so.
    """

    __slots__ = ("_base", "_kept", "_near", "_put")

    def __init__(self, base: Nodes, edits: Iterable[Edit]) -> None:
        super().__init__(base.source)
        self._base = base
        self._put: dict[Path, Path] = {}  # where a value was put in -> where it is written
        self._kept: dict[Path, list[int]] = {}  # a list that has lost entries -> the former place of each
        # A path on the way to an edit -> where the first such edit is written.
        self._near: dict[Path, Path] = {}
        tree, met = _tree(edits)
        assert not met, "edits that meet are refused before"
        self.value: Any = self._edited(base.value, tree, ())

    def _edited(self, value: Any, step: _Step, at: Path) -> Any:
        """A value after the edits at and below it."""
        if step.edit is not None:
            self._put[at] = step.edit.source
            return step.edit.value
        if not step.below:
            return value
        if isinstance(value, dict):
            new: dict[str | int, Any] = dict(value)
            for key, below in step.below.items():
                self._meet(at, below)
                new[key] = self._edited(value.get(key), below, (*at, key))
            return {key: inner for key, inner in new.items() if inner is not GONE}
        entries = []
        kept = [
            index for index in range(len(value)) if index not in step.below or not _is_gone(step.below[index])
        ]
        for below in step.below.values():
            self._meet(at, below)
        for place, index in enumerate(kept):
            below_ = step.below.get(index)
            entry = value[index]
            entries.append(entry if below_ is None else self._edited(entry, below_, (*at, place)))
        if len(kept) < len(value):
            self._kept[at] = kept
        return tuple(entries)

    def _meet(self, at: Path, step: _Step) -> None:
        self._near.setdefault(at, _any_below(step).source)

    def home(self, path: Path) -> Path:
        """Where in the text what is at a path after the edits stands."""
        home: Path = ()
        for depth, key in enumerate(path):
            kept = self._kept.get(path[:depth])
            former = kept[key] if kept is not None and isinstance(key, int) else key
            home = self._put.get(path[: depth + 1], (*home, former))
        return home

    def cause(self, path: Path) -> Path | None:
        """Where the edit nearest to a path is written; ``None`` where the path is within a value put in."""
        if any(path[:depth] in self._put for depth in range(1, len(path) + 1)):
            return None
        return next(
            (self._near[path[:depth]] for depth in range(len(path), -1, -1) if path[:depth] in self._near),
            None,
        )

    def written_at(self, source: Path) -> Place:
        """The place in the text of what an edit says."""
        return self._base.place(source)

    def place(self, path: Path, *, key: bool = False) -> Place:
        """As of the text."""
        return self._base.place(self.home(path), key=key)

    def is_literal(self, path: Path) -> bool:
        """As of the text."""
        return self._base.is_literal(self.home(path))

    def characters(self, path: Path, start: int, end: int) -> Place:
        """As of the text."""
        return self._base.characters(self.home(path), start, end)


def _is_gone(step: _Step) -> bool:
    return step.edit is not None and step.edit.value is GONE
