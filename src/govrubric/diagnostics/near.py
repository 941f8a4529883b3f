"""An unknown name -> the known name that its author probably meant."""

import difflib
from collections.abc import Iterable

from govrubric.diagnostics.display import ECHO


def nearest(name: str, known: Iterable[str]) -> str:
    """The known name that is most like `name`, or an empty text."""
    if len(name) > ECHO:
        return ""
    names = list(known)
    if close := difflib.get_close_matches(name, names, 1, 0.6):
        return close[0]
    # The author may have written the last part of a path alone; of equal last parts the first path wins.
    paths = {path.rsplit(".", 1)[-1]: path for path in reversed(names)}
    close = alike(name.rsplit(".", 1)[-1], paths)
    return paths[close[0]] if close else ""


def alike(name: str, known: Iterable[str]) -> list[str]:
    """The known name of which `name` is almost surely a misspelling: a list of one, or an empty list."""
    return [] if len(name) > ECHO else difflib.get_close_matches(name, list(known), 1, 0.8)
