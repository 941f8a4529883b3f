"""Plain data of Python -> the nodes of a text that was never written: values without places.

Dicts, lists, tuples, text, `int`, `Decimal`, `Fraction` and `bool` become what the readers of text make of
them. A float is refused, and so is all else, since its methods may do anything.
"""

import datetime
from collections.abc import Mapping
from decimal import Decimal
from itertools import islice
from typing import Any

from govrubric.diagnostics.diagnostic import Diagnostic, Path
from govrubric.diagnostics.display import shown
from govrubric.diagnostics.source import Place, Source
from govrubric.document.nodes import DEPTH, Nodes, Plain
from govrubric.numbers import OWN, NotANumber, exact, spelled, spelling

VALUES = 200_000  # as many as a file may have
_NUMBERS = OWN - {bool}


class Unwritten(Nodes):
    """Nodes without places: all that asks for one gets the same."""

    __slots__ = ()

    def is_literal(self, path: Path) -> bool:
        return True

    def characters(self, path: Path, start: int, end: int) -> Place:
        return self.place(path)


def nodes(data: object) -> Unwritten:
    """Data -> its nodes; ``found`` holds every refusal, and nothing is ever raised."""
    made = Unwritten(Source("", ("",)))
    made.value = _Reader(made.found).value(data, ())
    return made


class _Reader:
    def __init__(self, found: list[Diagnostic]) -> None:
        self.found = found
        self.left = VALUES

    def refuse(self, code: str, path: Path, **args: object) -> None:
        """Report what is wrong; what stands there is then nothing, as in a file."""
        self.found.append(Diagnostic.of(code, None, path, **args))

    def value(self, data: Any, path: Path) -> Any:
        kind = type(data)
        self.left -= 1
        if self.left == -1:
            self.refuse("GR122", path, limit=VALUES, what="values")
        if self.left < 0:
            return None
        if issubclass(kind, str):
            return data if kind is Plain else str.__str__(data)
        if kind is bool or kind is datetime.date:
            return Plain(shown(data))
        if kind in _NUMBERS:
            return Plain(_digits(data))
        if len(path) >= DEPTH and issubclass(kind, (list, tuple, Mapping)):
            self.refuse("GR121", path, limit=DEPTH)
            return None
        if issubclass(kind, list):
            return tuple(self.value(one, (*path, index)) for index, one in enumerate(list.__iter__(data)))
        if issubclass(kind, tuple):
            return tuple(self.value(one, (*path, index)) for index, one in enumerate(tuple.__iter__(data)))
        if issubclass(kind, Mapping):
            return self.mapping(data, path)
        if data is None:
            self.refuse("GR125", path)
        elif issubclass(kind, float):
            self.refuse("GR209", path, value=shown(float.__pos__(data)), digits=_meant(data))
        else:
            self.refuse("GR209", path, value=kind.__name__, digits="")
        return None

    def mapping(self, data: Any, path: Path) -> dict[str, Any] | None:
        made: dict[str, Any] = {}
        try:
            pairs = [(key, value) for key, value in islice(data.items(), VALUES)]
        except Exception:  # whatever the methods of the caller's class raise
            self.refuse("GR209", path, value=type(data).__name__, digits="")
            return None
        for key, value in pairs:
            if type(key) is not int and not issubclass(type(key), str):
                self.refuse("GR119", path)
                continue
            name = str.__str__(key) if issubclass(type(key), str) else _digits(key)
            if name in made:
                self.refuse("GR120", (*path, name), key=name)
            else:
                made[name] = self.value(value, (*path, name))
        return made


def _digits(number: Any) -> str:
    """A number as a rubric writes it; one that no rubric may hold as it is refused."""
    try:
        return spelled(exact(number))
    except NotANumber:
        return shown(number) if isinstance(number, int) else spelling(number) or "…/…"


def _meant(number: float) -> str:
    """The digits to give instead of a float; empty where it has none."""
    digits = Decimal(float.__repr__(number))
    return _digits(digits) if digits.is_finite() else ""
