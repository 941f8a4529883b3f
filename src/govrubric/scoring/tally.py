"""Tally -> checked inputs: whole numbers over each input's denominator, with evidence and notes.

Every wrong name, kind, range and place of a tally is reported at once. Nothing is converted in silence: a
`bool` is no count, and a `float` is no score. The caller's mapping is never changed.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from types import MappingProxyType
from typing import Any

from govrubric.diagnostics.diagnostic import Diagnostic, Path, TallyError
from govrubric.diagnostics.display import plain, shown
from govrubric.document.nodes import Plain
from govrubric.formula.nodes import Input
from govrubric.language.fields import Table, kind_of
from govrubric.numbers import NotANumber, exact, places_of, written
from govrubric.plan.names import NOT_APPLICABLE
from govrubric.scoring.input_names import NearInputs

EVIDENCE = frozenset(("value", "evidence", "note"))
NOTE = 20_000  # characters of one evidence or note
DEEPEST = 40  # names above a value
NO_VALUE = object()  # stands for the value of an entry without one, which was reported


@dataclass(frozen=True, slots=True)
class Given:
    """What a tally says of one input."""

    value: Any
    evidence: tuple[str, ...]
    note: str | None
    path: Path


@dataclass(frozen=True, slots=True)
class Checked:
    """A tally that fits: a whole number for each input in order, which were given, and their evidence."""

    values: tuple[int, ...]
    given: frozenset[str]
    evidence: dict[str, tuple[tuple[str, ...], str | None]]


_NO_PATHS: Mapping[str, str] = MappingProxyType({})
_NONE_EXCUSED: Mapping[str, tuple[str, ...]] = MappingProxyType({})


class _WrongError(Exception):
    """A value that is wrong: the code of the diagnostic, and what it names."""

    def __init__(self, code: str, **args: object) -> None:
        self.code = code
        self.args_ = args


def check(
    inputs: Mapping[str, Input],
    tally: object,
    *,
    strict: bool = False,
    excused: Mapping[str, tuple[str, ...]] = _NONE_EXCUSED,
    paths: Mapping[str, str] = _NO_PATHS,
    language: str = "en",
    near: NearInputs | None = None,
) -> Checked:
    """A tally -> its checked inputs; raises `TallyError` with every finding.

    A tally has dotted or nested names, and values alone or with evidence. `paths` has the paths of items and
    rules, each with the shared input that it reads, if any; messages name that input. `excused` has the flags
    that excuse an input which must otherwise be given; with `strict`, every input must be given that no flag
    excuses. `near` finds what wrong names mean; all tallies of a file share it, since that takes time.
    """
    near = near or NearInputs(inputs)
    findings: list[Diagnostic] = []

    def report(code: str, path: Path, **args: object) -> None:
        findings.append(Diagnostic.of(code, None, path, **args))

    given: dict[str, Given] = {}
    if isinstance(tally, Mapping):
        for name, path, value in _flat(inputs, tally, "", ()):
            if name not in inputs:
                inside = near.inside(name)
                if inside or name in paths:
                    report("GR621", path, name=name, inside=inside or paths[name])
                else:
                    report("GR601", path, name=name, near=near.nearest(name))
            elif name in given:
                report("GR610", path, name=name)
            else:
                given[name] = _evidence(name, value, path, report)
    else:
        report("GR613", (), kind=type(tally).__name__)
    values = []
    suffix = f".{NOT_APPLICABLE}"
    raised = {name for name, entry in given.items() if name.endswith(suffix) and _is_true(entry.value)}
    for name, known in inputs.items():
        if name in given and given[name].value is NO_VALUE:
            values.append(0)
        elif name in given:
            try:
                values.append(_whole(known, given[name].value))
            except _WrongError as wrong:
                if known.kind == "choice" and isinstance(value := given[name].value, str):
                    wrong.args_["near"] = near.hints.nearest(value, known.options)
                report(wrong.code, given[name].path, name=name, **wrong.args_)
        elif not raised.isdisjoint(excused.get(name, ())):
            values.append(nearest_zero(known))
        elif known.required or strict:
            if isinstance(tally, Mapping):
                report("GR602", (), name=name)
        else:
            values.append(0)
    if findings:
        raise TallyError(findings, language)
    evidence = {
        name: (entry.evidence, entry.note) for name, entry in given.items() if entry.evidence or entry.note
    }
    return Checked(tuple(values), frozenset(given), evidence)


def _flat(
    inputs: Mapping[str, Input], tally: Mapping[Any, Any], above: str, at: Path
) -> Iterator[tuple[str, Path, Any]]:
    """Every name of a tally with its path and its value; a mapping at the name of an input is its value."""
    for key, value in tally.items():
        text = key if isinstance(key, str) else shown(key)
        name = f"{above}.{text}" if above else str(text)
        path: Path = (*at, text)
        if len(path) > DEEPEST:
            yield name, path, value
        elif isinstance(value, (Mapping, Table)) and name not in inputs and (nested := _mapping(value)):
            yield from _flat(inputs, nested, name, path)
        else:
            yield name, path, value


def _mapping(value: Mapping[Any, Any] | Table) -> Mapping[Any, Any]:
    return value.plain() if isinstance(value, Table) else value


def _evidence(name: str, value: Any, path: Path, report: Callable[..., None]) -> Given:
    """What a tally says of an input: a value alone, or a mapping of value, evidence and note."""
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
            return Given(parts.get("value", NO_VALUE), (), None, path)
    return Given(
        parts.get("value", NO_VALUE),
        tuple(map(str, evidence)),
        None if note is None else str(note),
        (*path, "value") if "value" in parts else path,
    )


def whole(known: Input, value: Any) -> int | None:
    """A value alone -> a whole number over the denominator of its input; ``None`` if `check` refuses it."""
    try:
        return _whole(known, value)
    except _WrongError:
        return None


def _whole(known: Input, value: Any) -> int:
    """A value -> a whole number over its input's denominator; raises `_WrongError`."""
    if known.kind == "count":
        return _count(known, value)
    if known.kind == "flag":
        if isinstance(value, Plain) and value.lower() in ("true", "false"):
            return int(value.lower() == "true")
        if type(value) is not bool:
            raise _WrongError("GR605", value=_quoted(value))
        return int(value)
    if known.kind == "choice":
        if not isinstance(value, str) or value not in known.options:
            raise _WrongError(
                "GR616",
                value=_quoted(value),
                known=", ".join(known.options),
                near="",
            )
        return known.options.index(value)
    return _number(known, value)


def _is_true(value: Any) -> bool:
    """Whether a flag is given as true."""
    return value is True or (isinstance(value, Plain) and value.lower() == "true")


def nearest_zero(known: Input) -> int:
    """The value of an input that was left out: 0, or the end of its range that is nearest to 0."""
    return int(min(max(Fraction(0), known.lo), known.hi) * known.den)


def _count(known: Input, value: Any) -> int:
    if isinstance(value, Plain) and re.fullmatch(r"-?[0-9]{1,30}", value):
        value = int(value)
    if type(value) is not int:
        raise _WrongError("GR603", value=_quoted(value), near=_leading(value))
    if not known.lo <= value <= known.hi:
        raise _WrongError("GR604", value=_quoted(value), high=written(known.hi))
    return value


def _leading(value: Any) -> str:
    """The digits before a unit: 4 for `4例`; empty where there are none."""
    match = re.fullmatch(r"([0-9]{1,10})[^0-9.,/]+", value) if isinstance(value, str) else None
    return match[1] if match else ""


def _number(known: Input, value: Any) -> int:
    if isinstance(value, float):
        raise _WrongError("GR606", digits=repr(value).removesuffix(".0"))
    try:
        number = exact(value)
    except NotANumber:
        raise _WrongError("GR615", value=_quoted(value)) from None
    if not known.lo <= number <= known.hi:
        raise _WrongError("GR607", value=written(number), low=written(known.lo), high=written(known.hi))
    scaled = number * known.den
    if scaled.denominator != 1:
        digits = places_of(number) or "∞"
        raise _WrongError("GR608", value=written(number), places=known.places, digits=digits)
    if known.step is not None and (number / known.step).denominator != 1:
        raise _WrongError("GR609", value=written(number), step=written(known.step))
    return scaled.numerator


def _quoted(value: object) -> str:
    return f"“{plain(value, 40)}”" if isinstance(value, str) else kind_of(value)
