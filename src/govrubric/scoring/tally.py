"""What was counted -> checked inputs: whole numbers over each input's denominator, with evidence and notes.

Every wrong name, kind, range and place of a tally is reported at once. Nothing is converted in silence: a `bool` is no
count, a `float` no score, and the caller's mapping is never changed.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from types import MappingProxyType
from typing import Any

from govrubric.diagnostics.diagnostic import Diagnostic, Path, TallyError
from govrubric.diagnostics.display import plain, shown
from govrubric.diagnostics.near import nearest
from govrubric.document.nodes import Plain
from govrubric.formula.nodes import Input
from govrubric.language.fields import Table, kind_of
from govrubric.numbers import NotANumber, exact, places_of, written
from govrubric.scoring.input_names import nearest_input

EVIDENCE = frozenset(("value", "evidence", "note"))
NOTE = 20_000
NEAREST = 50
NOTHING = object()  # evidence without a value, which was reported


@dataclass(frozen=True, slots=True)
class Given:
    """What a tally says of one input."""

    value: Any
    evidence: tuple[str, ...]
    note: str | None
    path: Path


@dataclass(frozen=True, slots=True)
class Checked:
    """A tally that fits: a whole number for each input in order, which of them were given, and their evidence."""

    values: tuple[int, ...]
    given: frozenset[str]
    evidence: dict[str, tuple[tuple[str, ...], str | None]]


_NOTHING: Mapping[str, str] = MappingProxyType({})
_NOBODY: Mapping[str, tuple[str, ...]] = MappingProxyType({})
_FLAGGED = ".not_applicable"


class _WrongError(Exception):
    def __init__(self, code: str, **args: object) -> None:
        self.code = code
        self.args_ = args


def check(
    inputs: Mapping[str, Input],
    tally: object,
    *,
    strict: bool = False,
    excused: Mapping[str, tuple[str, ...]] = _NOBODY,
    paths: Mapping[str, str] = _NOTHING,
    language: str = "en",
) -> Checked:
    """A tally, dotted or nested, values alone or with evidence -> checked; raises `TallyError` with every finding.

    `paths` are those of items and rules, for better messages, each with the input that it shares with another, if any. With `strict` nothing may be left out, but for what a flag
    excuses: `excused` names the flags by which an input that must be given need not be.
    """
    found: list[Diagnostic] = []

    def report(code: str, path: Path, **args: object) -> None:
        found.append(Diagnostic.of(code, None, path, **args))

    given: dict[str, Given] = {}
    if isinstance(tally, Mapping):
        for name, path, value in _flat(inputs, tally, "", ()):
            if name not in inputs:
                inside = next(
                    (known_input for known_input in inputs if known_input.startswith(f"{name}.")), ""
                )
                if inside or name in paths:
                    report("GR621", path, name=name, inside=inside or paths[name])
                else:
                    # A near name takes time to find, and of very many unknown names nobody reads them all.
                    report(
                        "GR601",
                        path,
                        name=name,
                        near=nearest_input(name, inputs) if len(found) < NEAREST else "",
                    )
            elif name in given:
                report("GR610", path, name=name)
            else:
                given[name] = _evidence(name, value, path, report)
    else:
        report("GR613", (), kind=type(tally).__name__)
    values = []
    absent = {name for name, one in given.items() if name.endswith(_FLAGGED) and _is_set(one.value)}
    for name, one in inputs.items():
        if name in given and given[name].value is NOTHING:
            values.append(0)
        elif name in given:
            try:
                values.append(_whole(one, given[name].value))
            except _WrongError as wrong:
                report(wrong.code, given[name].path, name=name, **wrong.args_)
        elif not absent.isdisjoint(excused.get(name, ())):
            values.append(nearest_zero(one))
        elif one.required or strict:
            if isinstance(tally, Mapping):
                report("GR602", (), name=name)
        else:
            values.append(0)
    if found:
        raise TallyError(found, language)
    evidence = {name: (one.evidence, one.note) for name, one in given.items() if one.evidence or one.note}
    return Checked(tuple(values), frozenset(given), evidence)


def _flat(
    inputs: Mapping[str, Input], tally: Mapping[Any, Any], above: str, at: Path
) -> Iterator[tuple[str, Path, Any]]:
    """Every name of a tally with its path as written; what stands at an input's name is its value."""
    for key, value in tally.items():
        word = key if isinstance(key, str) else shown(key)
        name = f"{above}.{word}" if above else str(word)
        path: Path = (*at, word)
        if len(path) > 40:
            yield name, path, value
        elif isinstance(value, (Mapping, Table)) and name not in inputs and (nested := _mapping(value)):
            yield from _flat(inputs, nested, name, path)
        else:
            yield name, path, value


def _mapping(value: Mapping[Any, Any] | Table) -> Mapping[Any, Any]:
    return value.plain() if isinstance(value, Table) else value


def _evidence(name: str, value: Any, path: Path, report: Callable[..., None]) -> Given:
    """A value alone, or a mapping of value, evidence and note."""
    if not isinstance(value, (Mapping, Table)):
        return Given(value, (), None, path)
    parts = _mapping(value)
    for key in parts:
        if key not in EVIDENCE:
            report("GR611", (*path, key if isinstance(key, str) else shown(key)), name=name, key=_quoted(key))
    if "value" not in parts:
        report("GR614", path, name=name)
    evidence, note = parts.get("evidence", ()), parts.get("note")
    for key, texts in (("evidence", evidence), ("note", () if note is None else (note,))):
        if (
            isinstance(texts, str)
            or not isinstance(texts, Sequence)
            or not all(isinstance(text, str) and 0 < len(text) <= NOTE for text in texts)
        ):
            report("GR612", (*path, key), name=name, key=key)
            return Given(parts.get("value", NOTHING), (), None, path)
    return Given(
        parts.get("value", NOTHING),
        tuple(map(str, evidence)),
        None if note is None else str(note),
        (*path, "value") if "value" in parts else path,
    )


def whole(one: Input, value: Any) -> int | None:
    """One value alone as a whole number over its input's denominator; ``None`` of what `check` would refuse."""
    try:
        return _whole(one, value)
    except _WrongError:
        return None


def _whole(one: Input, value: Any) -> int:
    """One value as a whole number over its input's denominator."""
    if one.kind == "count":
        return _count(one, value)
    if one.kind == "flag":
        if isinstance(value, Plain) and value.lower() in ("true", "false"):
            return int(value.lower() == "true")
        if type(value) is not bool:
            raise _WrongError("GR605", value=_quoted(value))
        return int(value)
    if one.kind == "choice":
        if not isinstance(value, str) or value not in one.options:
            raise _WrongError(
                "GR616",
                value=_quoted(value),
                known=", ".join(one.options),
                near=nearest(value, one.options) if isinstance(value, str) else "",
            )
        return one.options.index(value)
    return _number(one, value)


def _is_set(value: Any) -> bool:
    """Whether a flag is given as true, be it right or wrong otherwise."""
    return value is True or (isinstance(value, Plain) and value.lower() == "true")


def nearest_zero(one: Input) -> int:
    """What counts for an input that was left out, because its item does not apply or because it may be."""
    return int(min(max(Fraction(0), one.lo), one.hi) * one.den)


def _count(one: Input, value: Any) -> int:
    if isinstance(value, Plain) and re.fullmatch(r"-?[0-9]{1,30}", value):
        value = int(value)
    if type(value) is not int:
        raise _WrongError("GR603", value=_quoted(value), near=_leading(value))
    if not one.lo <= value <= one.hi:
        raise _WrongError("GR604", value=_quoted(value), high=written(one.hi))
    return value


def _leading(value: Any) -> str:
    """The digits before a unit: `4例` was meant as 4."""
    match = re.fullmatch(r"([0-9]{1,10})[^0-9.,/]+", value) if isinstance(value, str) else None
    return match[1] if match else ""


def _number(one: Input, value: Any) -> int:
    if isinstance(value, float):
        raise _WrongError("GR606", digits=repr(value).removesuffix(".0"))
    try:
        number = exact(value)
    except NotANumber:
        raise _WrongError("GR615", value=_quoted(value)) from None
    if not one.lo <= number <= one.hi:
        raise _WrongError("GR607", value=written(number), low=written(one.lo), high=written(one.hi))
    scaled = number * one.den
    if scaled.denominator != 1:
        raise _WrongError("GR608", value=written(number), places=one.places, digits=places_of(number) or "∞")
    if one.step is not None and (number / one.step).denominator != 1:
        raise _WrongError("GR609", value=written(number), step=written(one.step))
    return scaled.numerator


def _quoted(value: object) -> str:
    return f"“{plain(value, 40)}”" if isinstance(value, str) else kind_of(value)
