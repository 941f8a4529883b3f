"""Tally -> checked inputs: whole numbers over each input's denominator, with evidence and notes.

Every wrong name, kind, range and place of a tally is reported at once; `values` tells what a value is. The
caller's mapping is never changed. It may be of any class, hold itself or raise from its methods: what comes
of that is a finding too.
"""

import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import islice
from types import MappingProxyType
from typing import Any

from govrubric.diagnostics.diagnostic import Diagnostic, Key, Path, TallyError
from govrubric.diagnostics.display import unfit
from govrubric.document.nodes import DEPTH
from govrubric.formula.nodes import Input
from govrubric.language.fields import Table
from govrubric.numbers import written
from govrubric.plan.names import NOT_APPLICABLE
from govrubric.scoring.derived_flags import DerivedFlags
from govrubric.scoring.input_names import NearInputs
from govrubric.scoring.values import (
    WrongError,
    called,
    checked,
    is_mapping,
    is_text,
    is_true,
    named,
    own,
    quoted,
)

# What a tally may say of its unit beside its inputs, and how many characters it may have. A code is short; a
# name may be as long as a cell.
LABELS = {"unit": 20_000, "name": 1 << 18}
VARIANT = "variant"  # beside them, in a tally of a rubric that has variants
EVIDENCE = frozenset(("value", "evidence", "note"))
NOTE = 20_000  # characters of one evidence or note
# Characters of all evidence and notes of a tally, as many as a file may have, where each text counts as a few
# more. With all their escapes and commas they take less than half of what a written card may have, so that
# every card that is written can be read.
ALL_NOTES = 1 << 20
EACH_NOTE = 16
ENTRIES = 20_000  # of a tally; a rubric has fewer inputs
KEYS = 20  # findings about the keys beside one value
UNREAD = frozenset(("GR121", "GR122", "GR613"))
_BREAK = re.compile("[\n\t]")
NO_VALUE = object()  # stands for the value of an entry without one, which was reported

Notes = tuple[tuple[str, ...], str | None]  # the evidence of a value, and the note


@dataclass(frozen=True, slots=True)
class Given:
    """What a tally says of one input."""

    value: Any
    evidence: tuple[str, ...]
    note: str | None
    path: Path


@dataclass(frozen=True, slots=True)
class Checked:
    """A tally that fits: a whole number for each input in order, which were given, and their evidence.

    `unit` and `name` are what it says of its unit.
    """

    values: tuple[int, ...]
    given: frozenset[str]
    evidence: dict[str, Notes]
    unit: str | None = None
    name: str | None = None


_NO_PATHS: Mapping[str, str] = MappingProxyType({})
_NONE_EXCUSED: Mapping[str, tuple[str, ...]] = MappingProxyType({})


def check(
    inputs: Mapping[str, Input],
    tally: object,
    *,
    strict: bool = False,
    labelled: bool = False,
    excused: Mapping[str, tuple[str, ...]] = _NONE_EXCUSED,
    derived: DerivedFlags | None = None,
    paths: Mapping[str, str] = _NO_PATHS,
    language: str = "en",
    near: NearInputs | None = None,
) -> Checked:
    """A tally -> its checked inputs; raises `TallyError` with every finding.

    A tally has dotted or nested names, and values alone or with evidence; where it may be `labelled`, also
    the `unit` and its `name`. `paths` has the paths of items and rules, each with the shared input that it
    reads, if any; messages name that input. `excused` has the flags that excuse an input which must otherwise
    be given, and `derived` works out those that no tally gives; with `strict`, every input must be given that
    no flag excuses. `near` finds what wrong names mean; all tallies of a file share it, since that takes
    time.
    """
    near = near or NearInputs(inputs)
    findings: list[Diagnostic] = []
    left = _Left()

    def report(code: str, path: Path, **args: object) -> None:
        findings.append(Diagnostic.of(code, None, path, **args))

    given: dict[str, Given] = {}
    labels: dict[str, str | None] = {}
    for name, path, value in _flat(inputs, tally, report, labelled=labelled):
        if labelled and is_label(inputs, path, value) and name not in labels:
            said = label(name, value)
            labels[name] = None if isinstance(said, Diagnostic) else said
            if isinstance(said, Diagnostic):
                findings.append(said)
        elif name in labels or name in given:
            report("GR610", path, name=name)
        elif name not in inputs:
            inside = near.inside(name)
            if inside or name in paths:
                report("GR621", path, name=name, inside=inside or paths[name])
            else:
                report("GR601", path, name=name, near=near.nearest(name))
        else:
            given[name] = _evidence(name, value, path, report, left)
    if unread := [finding for finding in findings if finding.code in UNREAD]:
        # The tally was not read to its end, which is what matters, and nothing can be said to be missing.
        raise TallyError(dict.fromkeys([*unread, *findings]), language)
    values = tuple(_values(inputs, given, excused, derived, near, report, strict=strict))
    if findings:
        raise TallyError(findings, language)
    evidence = {
        name: (entry.evidence, entry.note) for name, entry in given.items() if entry.evidence or entry.note
    }
    return Checked(values, frozenset(given), evidence, labels.get("unit"), labels.get("name"))


def _values(
    inputs: Mapping[str, Input],
    given: Mapping[str, Given],
    excused: Mapping[str, tuple[str, ...]],
    derived: DerivedFlags | None,
    near: NearInputs,
    report: Callable[..., None],
    *,
    strict: bool,
) -> Iterator[int]:
    """The whole number of each input in order; 0 where a finding was reported."""
    suffix = f".{NOT_APPLICABLE}"
    raised = {name for name, entry in given.items() if name.endswith(suffix) and is_true(entry.value)}
    if derived:
        raised |= derived.raised_by({name: entry.value for name, entry in given.items()})
    right: dict[str, int] = {}  # the values that are not wrong, or 0 where one was left out
    for name, known in inputs.items():
        value = 0
        if name in given and given[name].value is not NO_VALUE:
            entry = given[name]
            try:
                value = right[name] = checked(known, entry.value)
                _check_cases(known, value, inputs, right)
            except WrongError as wrong:
                if known.kind == "choice" and is_text(entry.value):
                    wrong.args_["near"] = near.hints.nearest(entry.value, known.options)
                report(wrong.code, entry.path, **called(known), **wrong.args_)
        elif name not in given and not raised.isdisjoint(excused.get(name, ())):
            value = known.unsaid
        elif name not in given and (known.required or strict):
            report("GR602", (name,), **called(known))
        elif name not in given:
            value = right[name] = known.unsaid
        yield value


def _check_cases(known: Input, value: int, inputs: Mapping[str, Input], right: Mapping[str, int]) -> None:
    """Refuse a number that so many cases cannot have; where the cases are wrong, that alone is told."""
    each = known.each
    if each is None or each.of not in right:
        return
    cases, number = Fraction(right[each.of], inputs[each.of].den), Fraction(value, known.den)
    if not each.holds(cases, number):
        ends = {"low": written(cases * each.low), "high": written(cases * each.high)}
        raise WrongError("GR607", value=written(number), **ends, of=each.of, cases=written(cases))


def is_label(inputs: Collection[str], path: Path, value: object) -> bool:
    """Whether what stands at a path is a label. A mapping may be that of an item of the same name."""
    return len(path) == 1 and path[0] in LABELS and is_said(inputs, path[0], value)


def is_said(inputs: Collection[str], key: Key, value: object) -> bool:
    """Whether a key that may be a label is one here."""
    of_an_item = is_mapping(value) and any(name.startswith(f"{key}.") for name in inputs)
    return key not in inputs and not of_an_item


def label(key: str, value: object) -> str | Diagnostic | None:
    """What a tally says under `unit` or `name`: text, nothing if that is empty, or what is wrong with it."""
    if value is None:
        return None
    if not is_text(value):
        return Diagnostic.of("GR636", None, (key,), key=key, kind=quoted(value))
    text = str.__str__(value)
    limit = LABELS.get(key, LABELS["unit"])
    if len(text) > limit:
        return Diagnostic.of("GR123", None, (key,), limit=limit)
    found = unfit(text)
    if found is None and key != "name" and (match := _BREAK.search(text)):  # a code stands on one line
        found = "GR105", f"U+{ord(match[0]):04X}"
    return Diagnostic.of(found[0], None, (key,), character=found[1]) if found else text or None


def own_label(key: str, value: object, language: str) -> str | None:
    """A label that a caller gives, as text that can be seen."""
    if value is not None and not isinstance(value, str):
        raise TypeError(f"{key} is text, not {type(value).__name__}")
    said = label(key, value)
    if isinstance(said, Diagnostic):
        raise TallyError([said], language)
    return said


def agreed(key: str, given: str | None, said: str | None, language: str) -> str | None:
    """A label that the caller gave, or that the tally has; they may not differ."""
    if given is None or said is None or given == said:
        return given if said is None else said
    raise TallyError([Diagnostic.of("GR622", None, (key,), key=key, said=said, given=given)], language)


def variant_said(inputs: Collection[str], tally: Mapping[str, Any]) -> tuple[object, Mapping[str, Any]]:
    """What a tally says under `variant`, or None, and the tally without it."""
    entries = _entries(tally) or []
    said = [value for key, value in entries if key == VARIANT]
    if not said or not is_said(inputs, VARIANT, said[0]):
        return None, tally
    return own(said[0]), {key: value for key, value in entries if key != VARIANT}


def unit_said(tally: object) -> str | None:
    """The unit that a wrong tally names, if it can be told."""
    for key, value in _entries(tally) or ():
        if key == "unit":
            said = label(key, value)
            return said if isinstance(said, str) else None
    return None


def _flat(
    inputs: Mapping[str, Input], tally: object, report: Callable[..., None], *, labelled: bool
) -> Iterator[tuple[str, Path, Any]]:
    """Every name of a tally with its path and its value; a mapping at the name of an input is its value.

    So is one at a label. The reading ends with a mapping that is nested too deep, as one is that holds
    itself, and after too many entries, as where many hold the same mapping.
    """
    opened: list[tuple[str, Path, Iterator[tuple[str, Any]]]] = []
    left = ENTRIES

    def enter(name: str, path: Path, mapping: object) -> bool:
        """Go on with the entries of a mapping; False if there are none."""
        entries = _entries(mapping)
        if entries is None:
            report("GR613", path, kind=named(type(mapping)))
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
            is_value = name in inputs or (labelled and is_label(inputs, path, value))
            if is_mapping(value) and not is_value and enter(name, path, value):
                break
            yield name, path, value
        else:
            opened.pop()


def _entries(mapping: object) -> list[tuple[str, Any]] | None:
    """The entries of a mapping, with its keys as text; None for all else, and where its methods raise."""
    if not is_mapping(mapping):
        return None
    if type(mapping) is Table:
        return list(mapping.plain().items())
    try:
        some = islice(mapping.items(), ENTRIES + 1)  # type: ignore[attr-defined] # the reading ends there
        return [(own(key) if is_text(key) else quoted(key), value) for key, value in some]
    except Exception:  # whatever the methods of the caller's class raise
        return None


class _Left:
    """How many characters all evidence and notes of a tally may still have."""

    def __init__(self) -> None:
        self.characters = ALL_NOTES

    def take(self, texts: Sequence[str]) -> bool:
        """Take the characters of some texts; False if there are too few, and that was not said before."""
        before = self.characters
        self.characters -= sum(map(len, texts)) + EACH_NOTE * len(texts)
        return before < 0 or self.characters >= 0


def _evidence(name: str, value: Any, path: Path, report: Callable[..., None], left: _Left) -> Given:
    """What a tally says of an input: a value alone, or a mapping of value, evidence and note."""
    if not is_mapping(value):
        return Given(own(value), (), None, path)
    entries = _entries(value)
    if entries is None:
        report("GR613", path, kind=named(type(value)))
        return Given(NO_VALUE, (), None, path)
    parts = dict(entries)
    for key in [key for key in parts if key not in EVIDENCE][:KEYS]:
        report("GR611", (*path, key), name=name, key=quoted(key))
    if "value" not in parts:
        report("GR614", path, name=name)
    evidence = _texts(name, "evidence", parts.get("evidence", ()), path, report, left)
    note = _texts(name, "note", (parts["note"],) if parts.get("note") is not None else (), path, report, left)
    return Given(
        own(parts.get("value", NO_VALUE)),
        evidence,
        note[0] if note else None,
        (*path, "value") if "value" in parts else path,
    )


def _texts(
    name: str, key: str, texts: Any, path: Path, report: Callable[..., None], left: _Left
) -> tuple[str, ...]:
    """The texts of an evidence or a note; none of them where one is wrong."""
    texts_ = texts_of(texts)
    if texts_ is None or not all(0 < len(text) <= NOTE for text in texts_):
        report("GR612", (*path, key), name=name, key=key)
        return ()
    if not left.take(texts_):
        report("GR617", (*path, key), limit=ALL_NOTES)
    if left.characters < 0:
        return ()
    for text in texts_:
        if (found := unfit(text)) is not None:
            report(found[0], (*path, key), character=found[1])
            return ()
    return texts_


def texts_of(texts: Any) -> tuple[str, ...] | None:
    """The texts of a list or a tuple; None where it is neither, and where one of them is no text."""
    if issubclass(type(texts), list):
        listed = list.__iter__(texts)
    elif issubclass(type(texts), tuple):
        listed = tuple.__iter__(texts)
    else:
        return None
    found = [own(text) for text in islice(listed, ALL_NOTES // EACH_NOTE + 1)]
    return tuple(found) if all(map(is_text, found)) else None
