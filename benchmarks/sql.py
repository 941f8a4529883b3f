"""The district form as SQL, over decimals or over whole numbers."""

from collections.abc import Sequence

import govrubric
from form import Language, groups, leaves


def _quoted(name: str) -> str:
    return f'"{name}"'


def _language(scale: int, given: int) -> Language:
    return Language(
        "greatest({}, {})", "least({}, {})", "CASE WHEN {} THEN {} ELSE {} END", _quoted, scale, given
    )


DECIMALS = _language(1, 1)
THOUSANDTHS = _language(1000, 100)


def query(rubric: govrubric.Rubric, language: Language, items: bool, table: str) -> str:
    """The totals, or every item and the total; the names of whole numbers end in their scale."""
    scale, end = ("", "") if language.scale == 1 else ("/1000", "/100")

    def added(paths: Sequence[str]) -> str:
        return " + ".join(_quoted(path + scale) for path in paths)

    parts = ", ".join(f"{language.leaf(leaf)} AS {_quoted(leaf.path + scale)}" for leaf in leaves(rubric))
    sums = ", ".join(f"{added(below)} AS {_quoted(path + scale)}" for path, below in groups(rubric).items())
    total = added(rubric._plan.items[0].parts)
    rounded = f"round({total}, 2)" if language.scale == 1 else f"({total} + 5) // 10"
    columns = "*, " if items else ""
    source = f"(SELECT *, {sums} FROM (SELECT {parts} FROM {table}))"
    return f"SELECT {columns}{rounded} AS {_quoted('total' + end)} FROM {source}"
