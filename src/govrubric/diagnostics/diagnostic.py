"""What is wrong, where, and what to do: one class, one code for each finding, two languages."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, Literal

from govrubric.diagnostics.catalogue import CATALOGUE, CHINESE, WARNINGS
from govrubric.diagnostics.display import ECHO, excerpt, plain, shown
from govrubric.diagnostics.source import Place

Lang = Literal["en", "zh"]
Key = str | int
Path = tuple[Key, ...]

LISTED = 300  # of what we list ourselves, more may be shown than of what was written
LISTS = frozenset(("known", "verbs", "words", "sum", "lines"))
MESSAGE = 1000


def lang(tag: str | None) -> Lang:
    """A language tag -> the catalogue that serves it: Chinese for ``zh…``, else English."""
    return "zh" if (tag or "").lower().startswith("zh") else "en"


@dataclass(frozen=True, slots=True)
class Related:
    """Another place that a finding speaks of, such as where a name was first given."""

    role: Literal["first", "here"]
    place: Place

    def says(self, language: str) -> str:
        """What there is at the place."""
        return {"first": ("first here", "首次出现在此"), "here": ("see here", "参见此处")}[self.role][
            lang(language) == "zh"
        ]


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One finding. `place` is absent when what is judged was never a text; `path` then says where it stands."""

    code: str
    place: Place | None = None
    path: Path = ()
    args: tuple[tuple[str, str], ...] = ()
    related: tuple[Related, ...] = field(default=())

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
        """A finding whose arguments are made fit to be shown."""
        return cls(
            code,
            place,
            path,
            tuple(
                (
                    name,
                    plain(
                        value if isinstance(value, str) else shown(value), LISTED if name in LISTS else ECHO
                    ),
                )
                for name, value in args.items()
            ),
            related,
        )

    @property
    def severity(self) -> Literal["error", "warning"]:
        return "warning" if self.code in WARNINGS else "error"

    def message(self, language: str = "en") -> str:
        """What is wrong, in one sentence."""
        return self._say(0, language)

    def help(self, language: str = "en") -> str:
        """What to do about it."""
        return self._say(1, language)

    def _say(self, which: int, language: str) -> str:
        args = dict(self.args)
        if lang(language) == "zh":
            args |= {
                name: CHINESE.get(args[name], args[name])
                for name in ("kind", "reason", "what", "wanted")
                if name in args
            }
        text = CATALOGUE[self.code][lang(language)][which]
        # `[…{near}…]` is said only where there is something to say.
        text = re.sub(
            r"\[([^\[\]]*\{(\w+)\}[^\[\]]*)\]", lambda match: match[1] if args.get(match[2]) else "", text
        )
        return re.sub(r"\{(\w+)\}", lambda match: args[match[1]], text)[:MESSAGE]

    @property
    def where(self) -> str:
        """``file:line:column``, or the path in the rubric."""
        if self.place is not None:
            return f"{plain(self.place.file, 300)}:{self.place.line}:{self.place.column}"
        return plain(dotted(self.path), 300)

    def line(self, language: str = "en") -> str:
        """The finding on one line, as editors and grep read it."""
        where = f"{self.where}: " if self.where else ""
        return f"{where}{self.severity} {self.code}: {self.message(language)}"

    def render(self, language: str = "en") -> str:
        """The finding with the line it stands on and a caret under the place."""
        zh = lang(language) == "zh"
        severity = {"error": "错误", "warning": "警告"}[self.severity] if zh else self.severity
        where = f"{self.where}: " if self.where else ""
        rows = [f"{where}{severity}[{self.code}]: {self.message(language)}"]
        if self.place is not None and self.place.excerpt:
            rows += excerpt(self.place)
        for related in self.related:
            rows += [
                f"  {related.says(language)}: {plain(related.place.file, 300)}:{related.place.line}:{related.place.column}",
                *excerpt(related.place),
            ]
        if help_ := self.help(language):
            rows.append(f"  {'办法' if zh else 'help'}: {help_}")
        return "\n".join(rows)

    def to_dict(self, language: str = "en") -> dict[str, Any]:
        """The finding as plain data, for ``--format json``."""
        place = self.place
        return {
            "code": self.code,
            "severity": self.severity,
            "file": place.file if place else None,
            "line": place.line if place else None,
            "column": place.column if place else None,
            "end_column": place.end if place else None,
            "path": dotted(self.path) or None,
            "message": self.message(language),
            "help": self.help(language) or None,
            "related": [
                {"role": r.role, "file": r.place.file, "line": r.place.line, "column": r.place.column}
                for r in self.related
            ],
        }


def dotted(path: Path) -> str:
    """``("indicators", 0, "title")`` -> ``indicators[0].title``."""
    text = "".join(f"[{key}]" if isinstance(key, int) else f".{key}" for key in path)
    return text.removeprefix(".")


def in_file_order(found: Iterable[Diagnostic]) -> list[Diagnostic]:
    """Findings sorted by their place; those without one come first, in the order they were made."""
    return sorted(
        dict.fromkeys(found),
        key=lambda one: (
            (one.place.file, one.place.line, one.place.column, one.code) if one.place else ("", 0, 0, "")
        ),
    )


class RubricError(ValueError):
    """A rubric was refused; ``diagnostics`` holds every finding, in file order."""

    def __init__(self, diagnostics: Iterable[Diagnostic], language: str = "en") -> None:
        self.diagnostics = tuple(diagnostics)
        self.language = language
        super().__init__(self.diagnostics, language)

    def __str__(self) -> str:
        shown, length = [], 0
        for one in self.diagnostics:
            shown.append(one.render(self.language))
            length += len(shown[-1])
            if length > MESSAGE:
                break
        more = len(self.diagnostics) - len(shown)
        return "\n".join([*shown, *([f"(+{more})"] if more else [])])


class TallyError(RubricError):
    """A tally was refused; ``diagnostics`` holds every finding."""


class CardError(RubricError):
    """A text is no score card of ours; ``diagnostics`` says why."""
