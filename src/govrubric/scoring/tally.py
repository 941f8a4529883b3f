"""Tally -> checked inputs: whole numbers over each input's denominator, with evidence and notes.

Every wrong name, kind, range and place of a tally is reported at once. Nothing is converted in silence: a
`bool` is no count, and a `float` is no score. The caller's mapping is never changed. It may be of any class,
hold itself or raise from its methods: what comes of that is a finding too.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from itertools import islice
from types import MappingProxyType
from typing import Any

from govrubric.diagnostics.diagnostic import Diagnostic, Path, TallyError
from govrubric.diagnostics.display import plain, shown, unfit
from govrubric.document.nodes import DEPTH, Plain
from govrubric.formula.nodes import Input
from govrubric.language.fields import Table, kind_of
from govrubric.numbers import NotANumber, exact, places_of, written
from govrubric.plan.names import NOT_APPLICABLE
from govrubric.scoring.input_names import NearInputs

EVIDENCE = frozenset(("value", "evidence", "note"))
NOTE = 20_000  # characters of one evidence or note
ENTRIES = 20_000  # of a tally; a rubric has fewer inputs
KEYS = 20  # findings about the keys beside one value
UNREAD = frozenset(("GR121", "GR122", "GR613"))
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
    for name, path, value in _flat(inputs, tally, report):
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
    if unread := [finding for finding in findings if finding.code in UNREAD]:
        # The tally was not read to its end, which is what matters, and nothing can be said to be missing.
        raise TallyError(dict.fromkeys([*unread, *findings]), language)
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
            report("GR602", (name,), name=name)
        else:
            values.append(0)
    if findings:
        raise TallyError(findings, language)
    evidence = {
        name: (entry.evidence, entry.note) for name, entry in given.items() if entry.evidence or entry.note
    }
    return Checked(tuple(values), frozenset(given), evidence)


def _flat(
    inputs: Mapping[str, Input], tally: object, report: Callable[..., None]
) -> Iterator[tuple[str, Path, Any]]:
    """Every name of a tally with its path and its value; a mapping at the name of an input is its value.

    The reading ends with a mapping that is nested too deep, as one is that holds itself, and after too many
    entries, as where many hold the same mapping.
    """
    opened: list[tuple[str, Path, Iterator[tuple[str, Any]]]] = []
    left = ENTRIES

    def enter(name: str, path: Path, mapping: object) -> bool:
        """Go on with the entries of a mapping; False if there are none."""
        entries = _entries(mapping)
        if entries is None:
            report("GR613", path, kind=type(mapping).__name__)
        elif entries:
            opened.append((name, path, iter(entries)))
        return entries != []

    enter("", (), tally)
    while opened:
        above, at, entries = opened[-1]
        for key, value in entries:
            name = f"{above}.{key}" if above else key
            path: Path = (*at, key)
            left -= 1
            if len(path) > DEPTH:
                report("GR121", path, limit=DEPTH)
                return
            if left < 0:
                report("GR122", path, limit=ENTRIES, what="values")
                return
            if isinstance(value, (Mapping, Table)) and name not in inputs and enter(name, path, value):
                break
            yield name, path, value
        else:
            opened.pop()


def _entries(mapping: object) -> list[tuple[str, Any]] | None:
    """The entries of a mapping, with its keys as text; None for all else, and where its methods raise."""
    if isinstance(mapping, Table):
        return list(mapping.plain().items())
    if not isinstance(mapping, Mapping):
        return None
    try:
        some = islice(mapping.items(), ENTRIES + 1)  # the reading ends there
        return [(_own(key) if isinstance(key, str) else shown(key), value) for key, value in some]
    except Exception:  # whatever the methods of the caller's class raise
        return None


def _own(value: Any) -> Any:
    """A value; of a text of the caller's class, the characters alone, since its methods may do anything."""
    return str.__str__(value) if isinstance(value, str) and type(value) is not Plain else value


def _evidence(name: str, value: Any, path: Path, report: Callable[..., None]) -> Given:
    """What a tally says of an input: a value alone, or a mapping of value, evidence and note."""
    if not isinstance(value, (Mapping, Table)):
        return Given(_own(value), (), None, path)
    entries = _entries(value)
    if entries is None:
        report("GR613", path, kind=type(value).__name__)
        return Given(NO_VALUE, (), None, path)
    parts = dict(entries)
    for key in [key for key in parts if key not in EVIDENCE][:KEYS]:
        report("GR611", (*path, key), name=name, key=_quoted(key))
    if "value" not in parts:
        report("GR614", path, name=name)
    evidence = _texts(name, "evidence", parts.get("evidence", ()), path, report)
    note = _texts(name, "note", (parts["note"],) if parts.get("note") is not None else (), path, report)
    return Given(
        _own(parts.get("value", NO_VALUE)),
        evidence,
        note[0] if note else None,
        (*path, "value") if "value" in parts else path,
    )


def _texts(name: str, key: str, texts: Any, path: Path, report: Callable[..., None]) -> tuple[str, ...]:
    """The texts of an evidence or a note; none of them where one is wrong."""
    own: tuple[Any, ...] = (None,)
    if isinstance(texts, list):
        own = tuple(map(_own, list.__iter__(texts)))
    elif isinstance(texts, tuple):
        own = tuple(map(_own, tuple.__iter__(texts)))
    if not all(isinstance(text, str) and 0 < len(text) <= NOTE for text in own):
        report("GR612", (*path, key), name=name, key=key)
        return ()
    for text in own:
        if (found := unfit(text)) is not None:
            report(found[0], (*path, key), character=found[1])
            return ()
    return own


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
        raise _WrongError("GR606", digits=float.__repr__(value).removesuffix(".0"))
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
