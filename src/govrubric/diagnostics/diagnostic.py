"""What is wrong, where, and what to do: one class, one code for each finding, two languages."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal, Self

from govrubric.diagnostics.catalogue import CATALOGUE, CHINESE, NOTES, WARNINGS
from govrubric.diagnostics.display import ECHO, plain, seen, shown, with_caret
from govrubric.diagnostics.source import CellPlace, Place

Lang = Literal["en", "zh"]
Severity = Literal["error", "warning", "note"]  # a note tells how something was read, and asks for nothing
Key = str | int
Path = tuple[Key, ...]

# The arguments of which a message shows more than of an author's text: lists of names or lines, and questions
# that quote a clause.
LISTS = frozenset(("known", "verbs", "words", "sum", "lines", "asked"))
LISTED = 300  # characters that a message shows of such a list or question
FILE = 200  # characters that a message shows of a file's name or a path
ADDRESS = 400  # characters that plain data has of them
# The characters of a message and of its help at most. A finding has less than 2 000 with all that is around.
TEXTS = (600, 400)
TOLD = 1000  # characters of an exception's text, after which no further finding begins
# The arguments that may hold an English word of which the catalogue has the Chinese.
TRANSLATED = ("kind", "reason", "what", "wanted")

_OPTIONAL = re.compile(r"\[([^\[\]]*\{(\w+)\}[^\[\]]*)\]")
_ARGUMENT = re.compile(r"\{(\w+)\}")
_SEVERITIES: dict[Severity, str] = {"error": "错误", "warning": "警告", "note": "提示"}
_ROLES = {"first": {"en": "first here", "zh": "首次出现在此"}, "here": {"en": "see here", "zh": "参见此处"}}

# The arguments of a finding about a variant or a reading, and how its message begins.
_WITHIN: dict[Lang, dict[str, str]] = {
    "en": {"_variant": "as the variant `{}`: ", "_reading": "read as `{}`: "},
    "zh": {"_variant": "按版本“{}”：", "_reading": "按理解“{}”："},
}


def lang(tag: str | None) -> Lang:
    """A language tag -> the catalogue that serves it: Chinese for ``zh…``, else English."""
    return "zh" if (tag or "").lower().startswith("zh") else "en"


@dataclass(frozen=True, slots=True)
class Related:
    """Another place that a finding points to, such as the first use of a name."""

    role: Literal["first", "here"]
    place: Place

    def label(self, language: str) -> str:
        """The words that stand before the place in a message."""
        return _ROLES[self.role][lang(language)]


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One finding: its code, its place in a file, its path in the document, and its message's arguments.

    `place` is ``None`` for a rubric or a tally that was built in Python and never was a text; `path` then
    locates the finding.
    """

    code: str
    place: Place | None = None
    path: Path = ()
    args: tuple[tuple[str, str], ...] = ()
    related: tuple[Related, ...] = field(default=())

    def __post_init__(self) -> None:
        # A tally built in Python has keys of any characters, which no log or terminal must get.
        path = tuple(key if isinstance(key, int) else seen(key) for key in self.path)
        if path != self.path:
            object.__setattr__(self, "path", path)

    @classmethod
    def of(
        cls,
        code: str,
        place: Place | None = None,
        path: Path = (),
        related: tuple[Related, ...] = (),
        /,
        **args: object,
    ) -> "Diagnostic":
        """A finding; each argument becomes text that is short and safe to show."""
        texts = tuple((name, _argument(name, value)) for name, value in args.items())
        return cls(code, place, path, texts, related)

    @property
    def severity(self) -> Severity:
        if self.code in NOTES:
            return "note"
        return "warning" if self.code in WARNINGS else "error"

    def message(self, language: str = "en") -> str:
        """What is wrong, in one sentence."""
        return self._text(0, language)

    def help(self, language: str = "en") -> str:
        """What to do about it."""
        return self._text(1, language)

    def _text(self, which: int, language: str) -> str:
        """The catalogue's message (0) or help (1), with the arguments filled in."""
        args = dict(self.args)
        if lang(language) == "zh":
            args |= {name: CHINESE.get(args[name], args[name]) for name in TRANSLATED if name in args}
        text = CATALOGUE[self.code][lang(language)][which]
        # `[…{near}…]` is shown only where the argument has a value.
        text = _OPTIONAL.sub(lambda match: match[1] if args.get(match[2]) else "", text)
        text = _ARGUMENT.sub(lambda match: args[match[1]], text)
        if which == 0:
            text = (
                "".join(
                    _WITHIN[lang(language)][key].format(args[key]) for key in _WITHIN["en"] if key in args
                )
                + text
            )
        return text if len(text) <= TEXTS[which] else text[: TEXTS[which] - 1] + "…"

    @property
    def where(self) -> str:
        """``file:line:column``, or the path in the rubric."""
        return plain(dotted(self.path), FILE) if self.place is None else _location(self.place)

    def line(self, language: str = "en") -> str:
        """The finding on one line, in the form that editors and grep read."""
        where = f"{self.where}: " if self.where else ""
        return f"{where}{self.severity} {self.code}: {self.message(language)}"

    def render(self, language: str = "en") -> str:
        """The finding with the line it stands on and a caret under the place."""
        zh = lang(language) == "zh"
        severity = _SEVERITIES[self.severity] if zh else self.severity
        where = f"{self.where}: " if self.where else ""
        rows = [f"{where}{severity}[{self.code}]: {self.message(language)}"]
        if self.place is not None and self.place.excerpt:
            rows += with_caret(self.place)
        for related in self.related:
            rows += [f"  {related.label(language)}: {_location(related.place)}", *with_caret(related.place)]
        if help_ := self.help(language):
            rows.append(f"  {'办法' if zh else 'help'}: {help_}")
        return "\n".join(rows)

    def to_dict(self, language: str = "en") -> dict[str, Any]:
        """The finding as plain data, for ``--format json``."""
        place = self.place
        return {
            "code": self.code,
            "severity": self.severity,
            **(_spot(place) if place else {"file": None, "line": None, "column": None}),
            "end_column": place.end if place and not isinstance(place, CellPlace) else None,
            "path": plain(dotted(self.path), FILE) or None,
            "message": self.message(language),
            "help": self.help(language) or None,
            "related": [{"role": r.role, **_spot(r.place)} for r in self.related],
        }


def _argument(name: str, value: object) -> str:
    """An argument of a message as text that is short and safe to show."""
    text = value if isinstance(value, str) else shown(value)
    return plain(text, LISTED if name in LISTS else ECHO)


def _address(place: Place) -> str:
    return plain(place.file, ADDRESS)


def _spot(place: Place) -> dict[str, Any]:
    """A place as plain data; a cell has its sheet and its name in place of a line and a column."""
    file = _address(place)
    if isinstance(place, CellPlace):
        return {"file": file, "line": None, "column": None, "sheet": plain(place.sheet), "cell": place.cell}
    return {"file": file, "line": place.line, "column": place.column}


def _location(place: Place) -> str:
    """``file:line:column``, or ``file:sheet!cell``."""
    return ":".join((plain(place.file, FILE), plain(place.within)))


def dotted(path: Path) -> str:
    """``("indicators", 0, "title")`` -> ``indicators[0].title``."""
    text = "".join(f"[{key}]" if isinstance(key, int) else f".{key}" for key in path)
    return text.removeprefix(".")


def in_file_order(findings: Iterable[Diagnostic]) -> list[Diagnostic]:
    """Findings sorted by their place, each once; those without a place come first, in the order given."""

    def position(finding: Diagnostic) -> tuple[str, tuple[int, int, int], str]:
        place = finding.place
        return (place.file, place.order, finding.code) if place else ("", (0, 0, 0), "")

    return sorted(dict.fromkeys(findings), key=position)


def more(findings: Sequence[Diagnostic]) -> Diagnostic:
    """The finding that says how many more there are: some that are not shown."""
    place = findings[0].place
    return Diagnostic.of("GR100", place, number=len(findings), what="file" if place else "")


class GovrubricError(ValueError):
    """Something was refused; ``diagnostics`` holds every finding, in file order.

    The text is in `language`, which is that of the rubric; `render` gives it in another.
    """

    diagnostics: tuple[Diagnostic, ...]
    language: str

    def __init__(self, diagnostics: Iterable[Diagnostic], language: str = "en") -> None:
        self.diagnostics = tuple(diagnostics)
        self.language = language
        super().__init__(self.diagnostics, language)

    def __str__(self) -> str:
        return self.render()

    def render(self, language: str | None = None) -> str:
        """The first findings as text, and how many more there are; each with its line and a caret."""
        language = language or self.language
        texts: list[str] = []
        length = 0
        for finding in self.diagnostics:
            texts.append(finding.render(language))
            length += len(texts[-1])
            if length > TOLD:
                break
        if len(texts) < len(self.diagnostics):
            texts.append(more(self.diagnostics[len(texts) :]).message(language))
        return "\n".join(texts)


class RubricError(GovrubricError):
    """A rubric was refused; ``diagnostics`` holds every finding, in file order."""


class TallyError(GovrubricError):
    """A tally was refused; ``diagnostics`` holds every finding."""


class CardError(GovrubricError):
    """A text is no score card of govrubric's; ``diagnostics`` says why."""


class DraftError(GovrubricError):
    """No rubric can be drafted from a document; ``diagnostics`` says why."""


class UnreadableError(GovrubricError, OSError):
    """A file cannot be read, so that whoever expects an `OSError` gets one; `filename` is the file."""

    filename: Any

    def __init__(self, diagnostics: Iterable[Diagnostic], language: str = "en") -> None:
        super().__init__(diagnostics, language)
        places = [finding.place for finding in self.diagnostics if finding.place is not None]
        self.filename = places[0].file if places else None

    def __reduce__(self) -> tuple[type[Self], tuple[tuple[Diagnostic, ...], str]]:
        # That of OSError would add the file to the arguments.
        return type(self), (self.diagnostics, self.language)


class UnreadableRubricError(UnreadableError, RubricError):
    """The file of a rubric cannot be read."""


class UnreadableTallyError(UnreadableError, TallyError):
    """A file of tallies cannot be read."""


class UnreadableCardError(UnreadableError, CardError):
    """A file of score cards cannot be read."""


class UnreadableDocumentError(UnreadableError, DraftError):
    """The file of a document cannot be read."""
