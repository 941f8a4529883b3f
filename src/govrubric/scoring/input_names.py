"""A name that is no input -> the input that was surely meant: other capitals or separators, a part of it, a title."""

import re
import unicodedata
from collections.abc import Collection, Mapping, Sequence

from govrubric.diagnostics.diagnostic import alike, nearest

# What people write for the dot of a path, or for the underscore of an id.
SEPARATORS = re.compile(r"[\s._\-/\\:：·。、>]+")
PATH_DOTS = re.compile(r"\s*[.．。]\s*")  # a slash comes before the denominator of a score


def folded(name: str) -> str:
    """A name without what a slip changes: capitals, full width, composition of characters, separators and spaces."""
    return SEPARATORS.sub(".", unicodedata.normalize("NFKC", name).casefold()).strip(".")


def nearest_input(name: str, inputs: Collection[str]) -> str:
    """The input most like a name that is none, or an empty text."""
    return _same(folded(name), inputs) or nearest(name, inputs)


class InputNames:
    """The names of a rubric's inputs, and which of them a table has a column for.

    `titles` has the title of each item under its path.
    """

    def __init__(self, inputs: Sequence[str], columns: Collection[str], titles: Mapping[str, str]) -> None:
        self.inputs, self.titles = inputs, titles
        self.absent = [name for name in inputs if name not in columns]
        self._folded = {name: folded(name) for name in self.absent}
        self._first = {folded(path.partition(".")[0]) for path in titles if path}

    def meant(self, column: str) -> str | None:
        """The input that a column which is none was surely meant for; none, where it may be something else.

        An empty text is said of a column that is surely a path of the rubric, and no known one.
        """
        text = folded(column)
        if not text:
            return None
        return (
            _same(text, self.inputs)
            or self._by_its_end(text)
            or self._by_its_beginning(text)
            or self._by_a_title(text)
            or self._alike(text)
            or self._a_path(column)
        )

    def _by_its_end(self, text: str) -> str | None:
        """The only input without a column whose last part this is."""
        ends = [name for name in self.absent if folded(name.rpartition(".")[2]) == text and "." in name]
        return ends[0] if len(ends) == 1 else None

    def _by_its_beginning(self, text: str) -> str | None:
        """The first input of an item or rule with this path, if none of its inputs has a column.

        The id of an indicator alone may be a column of its scores.
        """
        for path in _beginnings(self.inputs):
            if "." in path and folded(path) == text and (inside := self._absent_inside(path)):
                return inside[0]
        return None

    def _by_a_title(self, text: str) -> str | None:
        """The only input of an item with this title; the title of an item with several may be a column of its scores."""
        for path, title in self.titles.items():
            if path and folded(title) == text and len(inside := self._absent_inside(path)) == 1:
                return inside[0]
        return None

    def _absent_inside(self, path: str) -> list[str]:
        """The inputs of an item or rule, if none has a column."""
        inside = [name for name in self.inputs if name.startswith(f"{path}.")]
        return inside if all(name in self._folded for name in inside) else []

    def _alike(self, text: str) -> str | None:
        known = {text: name for name, text in self._folded.items()}
        return next((known[one] for one in alike(text, known)), None)

    def _a_path(self, column: str) -> str | None:
        """What begins with the id of an indicator and a dot is a path."""
        parts = PATH_DOTS.split(column.strip())
        return nearest(column, self.absent) if len(parts) > 1 and folded(parts[0]) in self._first else None


def _same(text: str, inputs: Collection[str]) -> str:
    """The input that is the same when both are `folded`, perhaps without its first parts if two or more are left."""
    for name in inputs:
        own = folded(name)
        if own == text:
            return name
        parts = name.split(".")
        ends = (".".join(parts[at:]) for at in range(1, len(parts) - 1))
        if any(folded(end) == text for end in ends):
            return name
    return ""


def _beginnings(inputs: Collection[str]) -> list[str]:
    """The paths above the inputs, each once."""
    parts = [name.split(".") for name in inputs]
    return list(dict.fromkeys(".".join(one[:at]) for one in parts for at in range(1, len(one))))
