"""Values of a dataclass -> their representation: the fields that say something, in few characters."""

from dataclasses import fields
from typing import Any

from govrubric.diagnostics.display import plain

SHOWN = 60  # characters of a text
LISTED = 5  # entries of a list


def brief(self: Any) -> str:
    """A value by its fields, without those that say nothing, and with long texts cut."""
    values = [(one.name, getattr(self, one.name)) for one in fields(self) if one.repr]
    shown = [
        f"{name}={_short(value)}"
        for name, value in values
        if value is not None and value is not False and value != ()
    ]
    return f"{type(self).__name__}({', '.join(shown)})"


def _short(value: object) -> str:
    """The value of a field in few characters, all of which can be seen."""
    if isinstance(value, str):
        return repr(plain(value, SHOWN))
    if isinstance(value, tuple):
        more = "…" if len(value) > LISTED else ""
        return f"({''.join(f'{_short(entry)}, ' for entry in value[:LISTED])}{more}".rstrip(" ") + ")"
    return str(value)
