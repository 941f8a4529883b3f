"""Rubric -> its variants, and the ambiguities of its official text, as users see them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

from govrubric.language.rubric_text import RubricText
from govrubric.language.variants_text import Named


@dataclass(frozen=True, slots=True)
class Variant:
    """The rubric for a class of units: what is other than in the rubric as it stands.

    Attributes:
        id: its name, by which a tally and `Rubric.variant` name it.
        title: what people read; the id where the rubric says none.
        set: the new values by path and key, as plain data: numbers as digits.
        without: the paths of the items and rules that it has not.
        note: the author's own remark.
    """

    id: str
    title: str
    set: Mapping[str, Any] = field(hash=False)
    without: tuple[str, ...]
    note: str | None


@dataclass(frozen=True, slots=True)
class Option:
    """A way to read an unclear text.

    Attributes:
        id: its name, by which `Rubric.reading` names it; ``None`` of an option that is words alone.
        title: how it reads the text, in words.
        set: the new values by path and key; empty where it is what the rubric says, or words alone.
        without: the paths of the items and rules that the rubric would not have.
        decided: whether the rubric is read so.
        note: the author's own remark.
    """

    id: str | None
    title: str
    set: Mapping[str, Any] = field(hash=False)
    without: tuple[str, ...]
    decided: bool
    note: str | None

    @property
    def runs(self) -> bool:
        """Whether tallies can be scored with it and come to something else: it says what would be other."""
        return bool(self.set or self.without)


@dataclass(frozen=True, slots=True)
class Ambiguity:
    """A place where the official text is silent or contradicts itself.

    Attributes:
        id: its name.
        at: the path of the item, rule or gate that it is about, or ``total``.
        clause: the words that are unclear.
        question: what the text leaves open.
        decision: how it is read, in words.
        options: the ways to read it, in file order; those that are words alone have no id.
        note: the author's own remark.
    """

    id: str
    at: str
    clause: str | None
    question: str
    decision: str
    options: tuple[Option, ...]
    note: str | None


def variants(text: RubricText) -> Mapping[str, Variant]:
    """The variants of a rubric by their ids, in file order."""
    return MappingProxyType(
        {
            one.id: Variant(one.id, one.title, _settings(one), one.patch.without, one.patch.note)
            for one in text.variants
        }
    )


def ambiguities(text: RubricText) -> Mapping[str, Ambiguity]:
    """The ambiguities of a rubric by their ids, in file order."""
    return MappingProxyType(
        {
            one.id: Ambiguity(
                one.id,
                one.at,
                one.clause,
                one.question,
                one.decided,
                tuple(_option(option, one.decision) for option in one.options),
                one.note,
            )
            for one in text.ambiguities
        }
    )


def _option(option: Named | str, decision: str) -> Option:
    if isinstance(option, str):
        return Option(None, option, {}, (), option == decision, None)
    patch = option.patch
    decided = option.id == decision
    return Option(option.id, option.title, _settings(option), patch.without, decided, patch.note)


def _settings(named: Named) -> dict[str, Any]:
    return {key: _bare(value) for key, value in named.patch.set.plain().items()} if named.patch.set else {}


def _bare(value: Any) -> Any:
    """A value of Python's own."""
    match value:
        case dict():
            return {key: _bare(inner) for key, inner in value.items()}
        case tuple():
            return tuple(map(_bare, value))
    return str(value)
