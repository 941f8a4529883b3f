"""What a check of the whole rubric says, before it has a place in a text."""

import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from govrubric.diagnostics.diagnostic import Path
from govrubric.language.rubric_text import RubricText


@dataclass(frozen=True, slots=True)
class Finding:
    """What a check says: `about` is the object judged, `path` the place to show, `first` what came before it.

    `within` are the characters meant, where the place is a condition or formula; `see` is a text elsewhere that is
    spoken of, and its characters meant.
    """

    code: str
    path: Path
    about: Path
    args: Mapping[str, object] = field(default_factory=dict)
    first: Path | None = None
    within: tuple[int, int] | None = None
    see: tuple[Path, int, int] | None = None


Lint = Callable[[RubricText], Iterator[Finding]]


def repeated(code: str, names: Iterable[tuple[str, Path]], **args: object) -> Iterator[Finding]:
    """A finding for each name that came before, whatever its Unicode form."""
    seen: dict[str, Path] = {}
    for name, path in names:
        same = unicodedata.normalize("NFC", name)
        if same in seen:
            yield Finding(code, path, path[:-1], {"name": name, **args}, seen[same])
        seen.setdefault(same, path)
