"""A name that is no input -> the input that was surely meant.

The name may have other capitals or separators, be a part of the input's name, or be the title of an item.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from functools import cached_property

from govrubric.diagnostics.near import Hints

# What people write for the dot of a path, or for the underscore of an id.
SEPARATORS = re.compile(r"[\s._\-/\\:：·。、>]+")
PATH_DOTS = re.compile(r"(?<!\s)\s*+[.．。]\s*+")  # no slash: it stands before the denominator of a score


def folded(name: str) -> str:
    """A name without what a slip changes: capitals, full width, composed characters, separators, spaces."""
    return SEPARATORS.sub(".", unicodedata.normalize("NFKC", name).casefold()).strip(".")


class NearInputs:
    """What the wrong names in the tallies of one file are near to."""

    inputs: Collection[str]
    hints: Hints

    def __init__(self, inputs: Collection[str]) -> None:
        self.inputs, self.hints = inputs, Hints()

    def nearest(self, name: str) -> str:
        """The input that is most like a name that is no input, or an empty text."""
        return self._same.get(folded(name)) or self.hints.nearest(name, self.inputs)

    def inside(self, name: str) -> str:
        """The first input of an item or rule, or an empty text."""
        return self._inside.get(name, "")

    @cached_property
    def _same(self) -> dict[str, str]:
        return _same(self.inputs)

    @cached_property
    def _inside(self) -> dict[str, str]:
        first: dict[str, str] = {}
        for name in self.inputs:
            for path in _paths(name):
                first.setdefault(path, name)
        return first


class InputNames:
    """The names of a rubric's inputs, and which of them have a column in a table.

    `titles` has the title of each item under its path.
    """

    inputs: Sequence[str]
    titles: Mapping[str, str]
    hints: Hints
    absent: list[str]

    def __init__(self, inputs: Sequence[str], columns: Collection[str], titles: Mapping[str, str]) -> None:
        self.inputs, self.titles, self.hints = inputs, titles, Hints()
        self.absent = [name for name in inputs if name not in columns]

    def meant(self, column: str) -> str | None:
        """The input that a column was surely meant for; None where the column may be something else.

        The text is empty where the column is surely a path of the rubric, but like no input without a column.
        """
        text = folded(column)
        if not text:
            return None
        return (
            self._same.get(text)
            or self._by_end.get(text)
            or self._by_path.get(text)
            or self._by_title.get(text)
            or self._alike(text)
            or self._a_path(column)
        )

    def inside(self, column: str) -> str | None:
        """The first input inside the item or rule whose path or title a column has, if none has a column."""
        return self._inside.get(folded(column))

    @cached_property
    def _same(self) -> dict[str, str]:
        return _same(self.inputs)

    @cached_property
    def _by_end(self) -> dict[str, str]:
        """The inputs without a column by their last part, where no other of them has the same last part."""
        ends = [folded(name.rpartition(".")[2]) for name in self.absent]
        number = Counter(ends)
        return {
            end: name for end, name in zip(ends, self.absent, strict=True) if "." in name and number[end] == 1
        }

    @cached_property
    def _by_path(self) -> dict[str, str]:
        """The first input of each item or rule, by the path of the item or rule.

        Only items and rules none of whose inputs has a column. The id of an indicator alone is left out: it
        may be a column of scores.
        """
        split_names = [name.split(".") for name in self.inputs]
        paths = dict.fromkeys(".".join(parts[:at]) for parts in split_names for at in range(2, len(parts)))
        return {folded(path): inputs[0] for path in paths if (inputs := self._absent_inside(path))}

    @cached_property
    def _inside(self) -> dict[str, str]:
        """The first input inside each item or rule, by its path and by its title."""
        names = {path: path for name in self.inputs for path in _paths(name)}
        names |= {title: path for path, title in self.titles.items() if path}
        return {
            folded(name): inputs[0] for name, path in names.items() if (inputs := self._absent_inside(path))
        }

    @cached_property
    def _by_title(self) -> dict[str, str]:
        """The only input of an item by the item's title.

        The title of an item with several inputs is left out: it may be a column of scores.
        """
        inputs = {title: self._absent_inside(path) for path, title in self.titles.items() if path}
        return {folded(title): names[0] for title, names in inputs.items() if len(names) == 1}

    def _absent_inside(self, path: str) -> list[str]:
        """The inputs of an item or rule, if none of them has a column."""
        inside = self._of_path.get(path, [])
        return inside if self._absent.issuperset(inside) else []

    @cached_property
    def _absent(self) -> frozenset[str]:
        return frozenset(self.absent)

    @cached_property
    def _of_path(self) -> dict[str, list[str]]:
        """The inputs of each item and rule, by its path."""
        inside: dict[str, list[str]] = {}
        for name in self.inputs:
            for path in _paths(name):
                inside.setdefault(path, []).append(name)
        return inside

    @cached_property
    def _absent_folded(self) -> dict[str, str]:
        return {folded(name): name for name in self.absent}

    def _alike(self, text: str) -> str | None:
        """An input without a column whose name is spelt almost like the text."""
        return self._absent_folded.get(self.hints.alike(text, self._absent_folded))

    @cached_property
    def _indicators(self) -> set[str]:
        return {folded(path.partition(".")[0]) for path in self.titles if path}

    def _a_path(self, column: str) -> str | None:
        """The nearest input, where the column is a path: the id of an indicator, a dot, and more."""
        parts = PATH_DOTS.split(column.strip())
        is_path = len(parts) > 1 and folded(parts[0]) in self._indicators
        return self.hints.nearest(column, self.absent) if is_path else None


def _paths(name: str) -> list[str]:
    """The paths of the items and the rule that an input stands in."""
    parts = name.split(".")
    return [".".join(parts[:at]) for at in range(1, len(parts))]


def _same(inputs: Collection[str]) -> dict[str, str]:
    """The inputs by their folded names, and by these without their first parts, if two or more are left."""
    by_end: dict[str, str] = {}
    for name in inputs:
        parts = name.split(".")
        for at in range(1, len(parts) - 1):
            by_end.setdefault(folded(".".join(parts[at:])), name)
    return by_end | {folded(name): name for name in reversed(list(inputs))}
