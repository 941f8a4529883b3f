"""Finding of a lint -> diagnostic with its place in the text."""

import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from govrubric.diagnostics.diagnostic import Diagnostic, Path, Related
from govrubric.document.nodes import Nodes
from govrubric.language.rubric_text import RubricText

# The codes of findings about a name, which are shown at the key and not at its value.
AT_KEY = frozenset(("GR317", "GR332", "GR408", "GR409", "GR418", "GR601", "GR610", "GR611", "GR621"))


@dataclass(frozen=True, slots=True)
class Finding:
    """What a lint says: `path` is the place to show, and `about` the object that is judged.

    `first` is the place of what came before, where something is repeated. `within` are the characters that
    are meant, where the place is a text. `see` is a text elsewhere that the finding speaks of, with its
    characters.
    """

    code: str
    path: Path
    about: Path
    args: Mapping[str, object] = field(default_factory=dict)
    first: Path | None = None
    within: tuple[int, int] | None = None
    see: tuple[Path, int, int] | None = None

    def diagnostic(self, nodes: Nodes | None = None, origin: Mapping[Path, Path] | None = None) -> Diagnostic:
        """The finding with its places in the text; it has none where the rubric was built in Python.

        `origin` says where each path stood before wrong parts were cut out of the text.
        """
        if nodes is None:
            return Diagnostic.of(self.code, None, self.path, **self.args)
        moved = origin or {}
        path = moved.get(self.path, self.path)
        if self.within is None:
            place = nodes.place(path, key=self.code in AT_KEY)
        else:
            place = nodes.characters(path, *self.within)
        related = []
        if self.first is not None:
            related.append(Related("first", nodes.place(moved.get(self.first, self.first))))
        if self.see is not None:
            related.append(Related("here", nodes.characters(*self.see)))
        return Diagnostic.of(self.code, place, path, tuple(related), **self.args)


Lint = Callable[[RubricText], Iterator[Finding]]


def placed(nodes: Nodes, diagnostic: Diagnostic) -> Diagnostic:
    """A diagnostic that has only a path -> the same with its place in the text."""
    return replace(diagnostic, place=nodes.place(diagnostic.path, key=diagnostic.code in AT_KEY))


def repeated(code: str, names: Iterable[tuple[str, Path]], **args: object) -> Iterator[Finding]:
    """A finding for each name that stands twice, in whatever Unicode form."""
    seen: dict[str, Path] = {}
    for name, path in names:
        same = unicodedata.normalize("NFC", name)
        if same in seen:
            yield Finding(code, path, path[:-1], {"name": name, **args}, seen[same])
        seen.setdefault(same, path)
