"""Rubric x its nodes -> the edits of each variant and of each reading that can be run, and what is wrong.

A key is named as people name it: the path of an item, rule or gate, and then keys, or the number of an entry
of a list, from 1. Of the rubric as a whole, keys stand alone: `round.places`.
"""

from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from typing import Any, NamedTuple

from govrubric.diagnostics.diagnostic import Diagnostic, Path
from govrubric.diagnostics.near import Hints, nearest
from govrubric.document.patched import GONE, Edit, overlaps
from govrubric.language.cases_text import Case
from govrubric.language.chosen import Chosen
from govrubric.language.fields import Model
from govrubric.language.inputs import Declared
from govrubric.language.rubric_text import Item, RubricText
from govrubric.language.variants_text import Named, Patch
from govrubric.language.worded import Level
from govrubric.lint.finding import Finding
from govrubric.lint.structure import known_paths

MOST = 32  # variants and readings that can be run, of one rubric
SHOWN = 20  # findings about one patch
# Keys that say what the rubric is, and not how it scores; and lists whose entries have paths.
_FIXED = frozenset(("govrubric", "id", "language", "cases", "variants", "ambiguities"))
_PATHS = frozenset(("indicators", "items", "rules", "gates"))
# Keys of items whose defaults depend on others, or are to do nothing (language section 3).
_OF_ITEMS = frozenset(("out_of", "start", "floor", "ceiling", "round"))
_ALONE = frozenset(("points", "type"))  # what a level or a fact is, where its long form says no more


class Patched(NamedTuple):
    """A variant, or an option: where it stands in the text, what it is of, and its edits."""

    chosen: Chosen
    at: Path
    named: Named
    edits: tuple[Edit, ...]


def named_patches(text: RubricText) -> Iterator[tuple[Chosen, Path, Named]]:
    """Every variant, and every option that can be run, in file order, with its place."""
    for variant in text.variants:
        yield Chosen(variant.id), ("variants", variant.id), variant
    for index, ambiguity in enumerate(text.ambiguities):
        for option in ambiguity.named:
            if option.patch.runs:
                yield (
                    Chosen(None, ((ambiguity.id, option.id),)),
                    ("ambiguities", index, "options", option.id),
                    option,
                )


class Targets:
    """What the keys of patches name in a rubric."""

    def __init__(self, text: RubricText, value: Any) -> None:
        self.text: RubricText = text
        self.value: Any = value
        self.known: dict[str, Path] = known_paths(text)
        # Gates cannot be taken out by `without`, which speaks of what has points.
        self.parts: dict[str, Path] = {path: at for path, at in self.known.items() if "gates" not in at}
        self._hints = Hints()

    def patched(self, chosen: Chosen, at: Path, named: Named) -> tuple[Patched, list[Finding]]:
        """A patch with its edits, and what is wrong with it."""
        edits: list[Edit] = []
        findings = []
        for edit in self._edits(at, named.patch):
            if isinstance(edit, Finding):
                findings.append(edit)
            else:
                edits.append(edit)
        for edit, first in overlaps(edits):
            shown = {"name": _written(edit, named.patch)}
            findings.append(Finding("GR382", edit.source, at, shown, first.source))
        return Patched(chosen, at, named, tuple(edits)), findings[:SHOWN]

    def _edits(self, at: Path, patch: Patch) -> Iterator[Edit | Finding]:
        settings: Mapping[str, Any] = patch.set.plain() if patch.set else {}
        for name in settings:
            source = (*at, "set", name)
            target = self._target(name)
            if target is None:
                yield self._unknown(name, source, at)
            elif _is_fixed(target):
                yield Finding("GR381", source, at, {"name": name})
            else:
                yield Edit(target, _at(self.value, source), source)
        for index, name in enumerate(patch.without):
            source = (*at, "without", index)
            if name in self.parts:
                yield Edit(self.parts[name], GONE, source)
            else:
                near = self._hints.nearest(name, self.parts)
                yield Finding("GR380", source, at, {"name": name, "near": near})

    def _target(self, name: str) -> Path | None:
        """The path in the document of what a name says; ``None`` where nothing stands there.

        The longest path of an item, rule or gate that leaves a key is meant.
        """
        words = name.split(".")
        many, path = self._longest(words)
        return self._inside(path, words[many:])

    def _inside(self, path: Path, keys: list[str]) -> Path | None:
        """The path that some keys lead to, from an item, rule, gate or the rubric."""
        value = _at(self.value, path)
        for number, key in enumerate(keys):
            is_last = number == len(keys) - 1
            if isinstance(value, dict) and key in value:
                path, value = (*path, key), value[key]
            elif isinstance(value, tuple) and path[-1] not in _PATHS and _is_number(key, len(value)):
                path, value = (*path, int(key) - 1), value[int(key) - 1]
            elif is_last and isinstance(value, str) and key in _ALONE and len(keys) > 1:
                return path  # `city: 1` is `city: {points: 1}`
            elif is_last and isinstance(value, dict) and _has_default(_model_at(self.text, path), key):
                return (*path, key)
            else:
                return None
        return path

    def _unknown(self, name: str, source: Path, at: Path) -> Finding:
        """GR380, with the nearest name of what can be other."""
        near = next((near for near in self._near(name.split(".")) if self._target(near) is not None), "")
        return Finding("GR380", source, at, {"name": name, "near": near})

    def _near(self, words: list[str]) -> Iterator[str]:
        """Names that may be meant: with the nearest key where one is not there, or with the nearest path."""
        many, path = self._longest(words)
        value = _at(self.value, path)
        while isinstance(value, dict) and words[many] in value:
            value, many = value[words[many]], many + 1
        if isinstance(value, dict):
            key = self._hints.nearest(words[many], [key for key in value if key not in _FIXED | _PATHS])
            yield ".".join((*words[:many], key, *words[many + 1 :]))
        yield f"{self._hints.nearest('.'.join(words[:-1]), self.known)}.{words[-1]}"

    def _longest(self, words: list[str]) -> tuple[int, Path]:
        """How many words are the longest path that leaves a key, and its place; 0 for the rubric itself."""
        for many in range(len(words) - 1, 0, -1):
            if (above := ".".join(words[:many])) in self.known:
                return many, self.known[above]
        return 0, ()


def _written(edit: Edit, patch: Patch) -> str:
    """What names the target of an edit."""
    key = edit.source[-1]
    return patch.without[key] if isinstance(key, int) else key


def _is_fixed(target: Path) -> bool:
    """Whether a target is a name, which paths are made of, or says something else than how to score."""
    return target[0] in _FIXED or (target[-1] == "id" and target[-2:-1] != ("set",))


def _is_number(key: str, length: int) -> bool:
    return key.isascii() and key.isdigit() and len(key) < 6 and 1 <= int(key) <= length


def _at(value: Any, path: Path) -> Any:
    for key in path:
        value = value[key]
    return value


def _has_default(model: object, key: str) -> bool:
    """Whether a model has a key whose value is known where it is not written."""
    if not isinstance(model, Model):
        return False
    if isinstance(model, Item | RubricText) and key in _OF_ITEMS:
        return True
    fields = {field.alias or name: field for name, field in type(model).model_fields.items()}
    return key in fields and not fields[key].is_required() and fields[key].default not in (None, ())


def _model_at(text: RubricText, path: Path) -> object:
    """What of a rubric stands at a path of its document."""
    found: Any = text
    for key in path:
        if isinstance(found, Model):
            names = {field.alias or name: name for name, field in type(found).model_fields.items()}
            found = getattr(found, names[str(key)])
        elif isinstance(key, int):
            found = found[key]
        else:
            entry: Level | Declared = next(entry for entry in found if entry.name == key)
            found = entry.worth if isinstance(entry, Level) else entry.type
    return found


def patches_of(text: RubricText, value: Any) -> tuple[list[Patched], list[Finding]]:
    """Every patch of a rubric that is right so far, and what is wrong with the others."""
    targets: Targets | None = None
    found: list[Patched] = []
    findings: list[Finding] = []
    for number, (chosen, at, named) in enumerate(named_patches(text)):
        if number == MOST:
            findings.append(Finding("GR385", at, at, {"limit": MOST}))
            break
        targets = targets or Targets(text, value)
        patch, wrong = targets.patched(chosen, at, named)
        if wrong:
            findings += wrong
        else:
            found.append(patch)
    return found, findings


class UnknownChoiceError(ValueError):
    """A variant, an ambiguity or an option is named that a rubric has not, or that cannot be run.

    `key` says where the name stands: ``variant``, or ``reading`` and the ambiguity. `shown` are the
    arguments of the code's message.
    """

    def __init__(self, code: str, key: Path, shown: Mapping[str, str]) -> None:
        super().__init__(code, key, dict(shown))
        self.code: str = code
        self.key: Path = key
        self.shown: Mapping[str, str] = shown

    def __str__(self) -> str:
        finding = Diagnostic.of(self.code, None, self.key, **self.shown)
        return f"{finding.message()}; {finding.help()}"


def settled(text: RubricText, variant: str | None, readings: Mapping[str, str]) -> Chosen:
    """A choice in its one form: readings in file order, without those that the rubric has decided on.

    Raises `UnknownChoiceError` for what the rubric has not.
    """
    if variant is not None:
        _known(variant, (one.id for one in text.variants), "GR386", ("variant",))
    ambiguities = {ambiguity.id: ambiguity for ambiguity in text.ambiguities}
    for name, option in readings.items():
        _known(name, ambiguities, "GR387", ("reading", name))
        options = {one.id: one.patch for one in ambiguities[name].named}
        _known(option, options, "GR388", ("reading", name), of=name)
        if option != ambiguities[name].decision and not options[option].runs:
            raise UnknownChoiceError("GR389", ("reading", name), {"name": option, "of": name})
    others = ((name, readings[name]) for name in ambiguities if name in readings)
    return Chosen(variant, tuple((name, one) for name, one in others if one != ambiguities[name].decision))


def _known(name: str, known: Iterable[str], code: str, key: Path, **more: str) -> None:
    names = dict.fromkeys(known)
    if name not in names:
        shown = {"name": name, "near": nearest(name, names), "known": ", ".join(islice(names, SHOWN)), **more}
        raise UnknownChoiceError(code, key, shown)


def registers(text: RubricText, chosen: Chosen, edits: Iterable[Edit]) -> list[Edit]:
    """The edits of the registers and cases that make a rubric the chosen one, beside `edits` of the rest.

    The chosen rubric has no variants and no options that can be run. Its cases are those that name it. What
    is taken out, or is within what is replaced, has no ambiguity.
    """
    other = {edit.target for edit in edits}
    known = known_paths(text)
    found = [Edit(("variants",), GONE, ("variants",))] if text.variants else []
    found += _cases(text, chosen)
    readings = dict(chosen.readings)
    left = []
    for index, ambiguity in enumerate(text.ambiguities):
        at, place = ("ambiguities", index), known.get(ambiguity.at, ())
        if any(place[:depth] in other for depth in range(1, len(place) + 1)):
            found.append(Edit(at, GONE, at))
            continue
        left.append(index)
        for option in ambiguity.named:
            if option.patch.runs:
                where: Path = (*at, "options", option.id)
                found.append(Edit(where, option.title, where))
        if ambiguity.id in readings:
            where = (*at, "decision")
            found.append(Edit(where, readings[ambiguity.id], where))
    if text.ambiguities and not left:
        found = [edit for edit in found if edit.target[0] != "ambiguities"]
        found.append(Edit(("ambiguities",), GONE, ("ambiguities",)))
    return found


def _cases(text: RubricText, chosen: Chosen) -> Iterator[Edit]:
    """The edits that leave the cases of the chosen rubric alone."""
    own = [index for index, case in enumerate(text.cases) if _is_of(text, case, chosen)]
    if text.cases and not own:
        yield Edit(("cases",), GONE, ("cases",))
        return
    kept = set(own)
    for index, case in enumerate(text.cases):
        at: Path = ("cases", index)
        keys = [key for key in ("variant", "reading") if getattr(case, key) is not None]
        for path in [(*at, key) for key in keys] if index in kept else [at]:
            yield Edit(path, GONE, path)


def _is_of(text: RubricText, case: Case, chosen: Chosen) -> bool:
    try:
        return settled(text, case.variant, case.readings) == chosen
    except UnknownChoiceError:
        return False
