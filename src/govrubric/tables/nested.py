"""The type of a column -> the paths of the fields inside it, for types of polars, narwhals and pyarrow."""

from collections.abc import Iterator
from typing import Any

DEEPEST = 20  # levels of a type that are looked into
MOST = 2000  # fields of a type that are looked at


def paths(dtype: Any) -> list[tuple[str, ...]] | None:
    """The paths of the fields inside a type; None for a type that holds no other."""
    if _inner(dtype) is None and _fields(dtype) is None:
        return None
    found: list[tuple[str, ...]] = []
    waiting: list[tuple[tuple[str, ...], int, Any]] = [((), 0, dtype)]
    while waiting and len(found) < MOST:
        path, depth, inside = waiting.pop()
        fields, inner = _fields(inside), _inner(inside)
        if depth < DEEPEST and fields is not None:
            waiting += [((*path, name), depth + 1, part) for name, part in reversed(fields[:MOST])]
        elif depth < DEEPEST and inner is not None:
            waiting.append((path, depth + 1, inner))
        elif path:
            found.append(path)
    return found


def names(column: str, path: tuple[str, ...]) -> Iterator[str]:
    """The names by which a field may be meant: its path from the column on, and from each later part on."""
    whole = (column, *path)
    yield from (".".join(whole[at:]) for at in range(len(whole)))


def _fields(dtype: Any) -> list[tuple[str, Any]] | None:
    """The names and types of the fields of a struct."""
    fields = getattr(dtype, "fields", None)
    if not isinstance(fields, list):
        return None
    return [(field.name, getattr(field, "dtype", None) or field.type) for field in fields]


def _inner(dtype: Any) -> Any:
    """What a list, an array or a map holds."""
    if type(dtype).__name__ in ("Map", "MapType"):
        return getattr(dtype, "value", None) or getattr(dtype, "item_type", None) or True
    if not type(dtype).__name__.startswith(("List", "LargeList", "FixedSizeList", "Array")):
        return None
    return getattr(dtype, "inner", None) or getattr(dtype, "value_type", None)
