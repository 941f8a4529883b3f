"""A frame of pandas -> its columns and the levels of its index, by name, as arrays of Arrow."""

from collections.abc import Iterator
from typing import Any

from govrubric.diagnostics.diagnostic import Diagnostic
from govrubric.diagnostics.display import shown
from govrubric.tables import nested
from govrubric.tables.arrow_data import UnheldError
from govrubric.tables.columns import input_names
from govrubric.tables.engines import installed
from govrubric.tables.scorer import TableScorer

LOOKED_AT = 100  # rows of a column of Python objects, to see whether they are mappings


class PandasColumns:
    """The columns of a frame, and after them the named levels of its index, which may be inputs too.

    `names` has the name of each; a label that is no text stands there as a text that no input is called.
    """

    names: list[str]

    def __init__(self, frame: Any) -> None:
        self._labels = [(label, frame.iloc[:, index]) for index, label in enumerate(frame.columns)]
        self._labels += [
            (label, frame.index.get_level_values(level))
            for level, label in enumerate(frame.index.names)
            if label is not None
        ]
        self.names = [label if isinstance(label, str) else _text(label) for label, _ in self._labels]

    def array(self, name: str) -> Any:
        """The values of the first column of this name.

        Raises:
            UnheldError: where Arrow has no type for them.
        """
        values = self._labels[self.names.index(name)][1]
        try:
            return installed("pyarrow").Array.from_pandas(values)
        except Exception:  # a column of Python objects may raise anything
            raise UnheldError(str(values.dtype)) from None

    def types(self) -> dict[str, Any]:
        """The type of each column that may hold others: a type of Arrow, or None."""
        return {
            name: _type(values)
            for name, (_, values) in reversed([*zip(self.names, self._labels, strict=True)])
        }

    def misnamed(self, scorer: TableScorer) -> Iterator[Diagnostic]:
        """The findings for labels that are no texts and were surely meant for an input."""
        known = input_names(scorer.plan, self.names)
        for name, (label, _) in zip(self.names, self._labels, strict=True):
            parts = _parts(label)
            if not isinstance(label, str) and parts:
                texts = list(nested.names(parts[0], parts[1:]))
                near = next((found for text in texts if (found := known.meant(text))), None)
                if near is not None:
                    yield Diagnostic.of("GR601", None, (name,), name=name, near=near)


def _parts(label: Any) -> tuple[str, ...]:
    """The texts of a label: of a tuple its parts, as they stand in columns of several levels."""
    if isinstance(label, bytes):
        label = label.decode("utf-8", "replace")
    parts = label if isinstance(label, tuple) else (label,)
    return tuple(part for part in parts if isinstance(part, str) and part)


def _text(label: Any) -> str:
    """A label that is no text, as a text."""
    if isinstance(label, tuple):
        return f"({', '.join(repr(part) if isinstance(part, str) else shown(part) for part in label)})"
    return repr(label) if isinstance(label, bytes) else shown(label)


def _type(values: Any) -> Any:
    own = getattr(values.dtype, "pyarrow_dtype", None)
    if own is not None or str(values.dtype) != "object":
        return own
    try:
        return installed("pyarrow").Array.from_pandas(values[:LOOKED_AT]).type
    except Exception:  # a column of Python objects may raise anything
        return None
