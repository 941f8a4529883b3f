"""A form of words: its pattern in terms of named parts, its statement, and phrases that have it.

A grammar is a table of parts and a table of forms. Nothing here reads; `reader` runs a grammar over a clause.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from functools import cached_property, lru_cache
from typing import NamedTuple

from govrubric.lint.clauses.statement import Kind, Relation


class Form(NamedTuple):
    """A wording and what it says.

    The `pattern` has regular expressions, parts of the grammar as ``<PART>``, and groups with these names:
    ``amount`` (and ``amount2``, the further end of a range), ``half``, ``minus``, ``verb`` (which tells the
    sign), ``unit``, and ``said``: the characters of the statement where they are not the whole match.

    `hint` are characters or words, in small letters, of which a text must have one to be searched.
    `examples` are phrases and what is read of them, in the notation of `tests/lint/clauses_corpus.txt`.
    `before` is sought in the ten characters before the form, for the verb that tells the sign there. `unless`
    must not stand before it in its part of the sentence.
    """

    kind: Kind
    pattern: str
    hint: Sequence[str]
    examples: Mapping[str, str]
    sign: int = 0
    relation: Relation = ""
    amount: Fraction = Fraction(0)
    before: str = ""
    unless: str = ""


class Grammar:
    """The forms of a language, in the order in which they take characters.

    `takes` and `gives` are how verbs begin that tell a sign; a text with a `vague` wording says more than is
    read; `number` makes a number of words or digits.
    """

    parts: Mapping[str, str]
    forms: tuple[Form, ...]
    takes: str
    gives: str
    vague: str
    number: Callable[[str], Fraction | None]
    flags: re.RegexFlag

    def __init__(
        self,
        parts: Mapping[str, str],
        forms: Sequence[Form],
        *,
        takes: str,
        gives: str,
        vague: str,
        number: Callable[[str], Fraction | None],
        flags: re.RegexFlag = re.NOFLAG,
    ) -> None:
        self.parts, self.forms, self.flags, self.number = parts, tuple(forms), flags, number
        self.takes, self.gives, self.vague = takes, gives, vague

    @cached_property
    def _expanded(self) -> Mapping[str, str]:
        """Each part with the parts in it written out; a part uses those above it."""
        expanded: dict[str, str] = {}
        for name, pattern in self.parts.items():
            expanded[name] = _written_out(pattern, expanded)
        return expanded

    @lru_cache(maxsize=256)  # noqa: B019 - it keeps only two objects alive, both constants
    def compiled(self, pattern: str) -> re.Pattern[str]:
        """The pattern with its parts written out, compiled when a clause first needs it."""
        return re.compile(_written_out(pattern, self._expanded), self.flags)

    def sign(self, verb: str | None) -> int:
        """Whether a verb takes (-1), gives (1), or says neither (0)."""
        if verb and re.match(self.takes, verb):
            return -1
        return 1 if verb and re.match(self.gives, verb) else 0


def _written_out(pattern: str, parts: Mapping[str, str]) -> str:
    return re.sub("<([A-Z]+)>", lambda match: parts[match[1]], pattern)
