"""An unknown name -> the known name that its author probably meant."""

from collections.abc import Iterable
from difflib import SequenceMatcher

from govrubric.diagnostics.display import ECHO

WORK = 2_000_000  # what all searches about one file may cost together, half a second at most
LIKE, ALIKE = 0.6, 0.8  # the least likeness of a name that may be meant, and of one that surely is
_NAME = 20  # what a name costs that is put aside at first sight
_CLOSELY = 5  # how many times as much a close comparison costs as one at second sight


class Hints:
    """The search for near names, with a limit to its work: after that, no name is near.

    All searches about one file share one. So a file of thousands of wrong names gets no hint for most of
    them, and its author has the hints for the first.
    """

    left: int

    def __init__(self, work: int | None = None) -> None:
        self.left = WORK if work is None else work

    def nearest(self, name: str, known: Iterable[str]) -> str:
        """The known name that is most like `name`, or an empty text."""
        if len(name) > ECHO or self.left <= 0:
            return ""
        names = list(known)
        if close := self._closest(name, names, LIKE):
            return close
        # The author may have written the last part of a path alone; of equal last parts the first path wins.
        paths = {path.rsplit(".", 1)[-1]: path for path in reversed(names)}
        return paths.get(self._closest(name.rsplit(".", 1)[-1], paths, ALIKE), "")

    def alike(self, name: str, known: Iterable[str]) -> str:
        """The known name of which `name` is almost surely a misspelling, or an empty text."""
        return "" if len(name) > ECHO or self.left <= 0 else self._closest(name, known, ALIKE)

    def _closest(self, name: str, known: Iterable[str], least: float) -> str:
        """The known name that is most like `name`, if they are at least so much alike; else an empty text."""
        best = (least, "")
        matcher = SequenceMatcher()
        matcher.set_seq2(name)
        for other in known:
            self.left -= _NAME
            if self.left <= 0:
                return ""
            matcher.set_seq1(other)
            # The first two are upper bounds of the third, which takes the longest.
            if matcher.real_quick_ratio() >= best[0]:
                self.left -= len(name) + len(other)
                if matcher.quick_ratio() >= best[0]:
                    self.left -= _CLOSELY * (len(name) + len(other))
                    best = max(best, (matcher.ratio(), other))
        return best[1]


def nearest(name: str, known: Iterable[str]) -> str:
    """The known name that is most like `name`, or an empty text."""
    return Hints().nearest(name, known)


def alike(name: str, known: Iterable[str]) -> str:
    """The known name of which `name` is almost surely a misspelling, or an empty text."""
    return Hints().alike(name, known)
