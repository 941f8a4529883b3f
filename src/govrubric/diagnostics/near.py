"""A name that nothing has -> the known name that was meant."""

import difflib
from collections.abc import Iterable

from govrubric.diagnostics.display import ECHO


def nearest(name: str, known: Iterable[str]) -> str:
    """The known name most like `name`, or an empty text."""
    if len(name) > ECHO:
        return ""
    names = list(known)
    if close := difflib.get_close_matches(name, names, 1, 0.6):
        return close[0]
    # A path whose last part is right, or nearly: the first parts were forgotten.
    tails = {known_name.rsplit(".", 1)[-1]: known_name for known_name in reversed(names)}
    close = alike(name.rsplit(".", 1)[-1], tails)
    return tails[close[0]] if close else ""


def alike(name: str, known: Iterable[str]) -> list[str]:
    """The known name that `name` is all but surely a slip of, if there is one."""
    return [] if len(name) > ECHO else difflib.get_close_matches(name, list(known), 1, 0.8)
