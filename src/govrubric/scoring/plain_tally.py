"""A tally of plain values -> a dict of bare values under dotted names, and the evidence: the quick reading.

It takes what is plainly right: dicts of Python's own, nested or dotted, with values of Python's own, alone or
beside evidence. Whatever is in doubt is left to the module `tally`, which accepts it too, with the same
values, or says what is wrong.
"""

import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from govrubric.diagnostics.diagnostic import Diagnostic
from govrubric.diagnostics.display import unfit
from govrubric.document.nodes import Plain
from govrubric.formula.nodes import Input
from govrubric.numbers import shifted
from govrubric.scoring.tally import ALL_NOTES, EACH_NOTE, LABELS, NOTE, Notes, label
from govrubric.scoring.values import indexed

_DIGITS = re.compile(r"-?[0-9]{1,12}(?:\.[0-9]{1,6})?", re.ASCII)
_WHOLE = re.compile(r"[0-9]{1,30}", re.ASCII)
_READ = (int, bool, Decimal)  # classes of values that the generated reader takes
_TEXTS = frozenset((str, Plain))


class Flat:
    """A tally as the generated reader takes it, with its evidence, and what it says of its unit.

    `keys` and `texts` are those of all mappings and of all evidence and notes, which are looked at together.
    """

    __slots__ = ("evidence", "keys", "labels", "texts", "values")

    def __init__(self) -> None:
        self.values: dict[str, Any] = {}
        self.evidence: dict[str, Notes] = {}
        self.labels: dict[str, str | None] = {}
        self.keys: list[Any] = []
        self.texts: list[Any] = []

    def is_sound(self) -> bool:
        """Whether all keys and texts are texts of Python's own, and what stands in them can be seen."""
        if not _TEXTS.issuperset(map(type, self.keys)) or not _TEXTS.issuperset(map(type, self.texts)):
            return False
        lengths = [*map(len, self.texts)]
        if not lengths:
            return True
        few = sum(lengths) + EACH_NOTE * len(lengths) <= ALL_NOTES
        return few and min(lengths) > 0 and max(lengths) <= NOTE and unfit("".join(self.texts)) is None


class _DoubtError(Exception):
    """The tally goes the long way."""


class PlainTallies:
    """The quick reading of the tallies of one rubric."""

    def __init__(self, inputs: Mapping[str, Input]) -> None:
        self._kinds = {name: known.kind for name, known in inputs.items()}
        self._above = {name[:at] for name in inputs for at, letter in enumerate(name) if letter == "."}

    def flat(self, tally: dict[str, Any]) -> Flat | None:
        """A tally -> its bare values under dotted names; None for the long way."""
        flat = Flat()
        try:
            self._add(flat, "", tally)
        except Exception:  # whatever a key of the caller's class raises where it is compared
            return None
        return flat if flat.is_sound() else None

    def _add(self, flat: Flat, above: str, tally: dict[str, Any]) -> None:
        """Add the entries of a mapping."""
        values, kinds = flat.values, self._kinds
        flat.keys += tally
        for key, value in tally.items():
            name = above + key
            kind = kinds.get(name)
            if kind is None:
                if type(value) is dict and value and name in self._above:
                    self._add(flat, name + ".", value)
                else:
                    _add_label(flat, name, value)
                continue
            if name in values:
                raise _DoubtError
            bare = _noted(flat, name, value) if type(value) is dict else value
            values[name] = bare if type(bare) in _READ and kind != "count" else _bare(kind, bare)


def _add_label(flat: Flat, name: str, value: Any) -> None:
    """Read a name that is no input as a label."""
    if name not in LABELS or name in flat.labels:
        raise _DoubtError
    said = label(name, value)
    if isinstance(said, Diagnostic):
        raise _DoubtError
    flat.labels[name] = said


def _bare(kind: str, value: Any) -> Any:
    """A value as the generated reader takes it; what it does not take is left as it is, and refused there."""
    of = type(value)
    if of is int or of is bool:
        return value
    if of is Decimal:
        return shifted(value, 0)  # of a count
    if of is Plain:
        if kind == "flag":
            return {"true": True, "false": False}.get(value.lower(), value)
        if kind == "count":
            return int(value) if _WHOLE.fullmatch(value) else value
        value = str(value)
    if kind == "number" and type(value) is str:
        return Decimal(value) if _DIGITS.fullmatch(value) else value
    return value if kind in ("flag", "choice") or (index := indexed(value)) is None else index


def _noted(flat: Flat, name: str, parts: dict[str, Any]) -> Any:
    """The value beside evidence, which is kept."""
    texts, note = parts.get("evidence"), parts.get("note")
    if len(parts) != 1 + ("evidence" in parts) + ("note" in parts):
        raise _DoubtError
    flat.keys += parts
    if texts is not None or "evidence" in parts:
        if type(texts) is not list and type(texts) is not tuple:
            raise _DoubtError
        flat.texts += texts
    if note is not None:
        flat.texts.append(note)
    if texts or note is not None:
        flat.evidence[name] = tuple(texts or ()), note
    return parts["value"]
