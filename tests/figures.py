"""The plain data of a card -> the same without what it says in words: figures, and names of rows."""

from typing import Any

# What is said on a card in words, and with what and from what it was made.
SAID = {
    "title", "clause", "assessed_by", "sentence", "when", "counts_when", "unit", "evidence", "note", "rubric", "digest",
    "tally_digest", "engine_version",
}  # fmt: skip


def figures(value: Any) -> Any:
    """All but words, at every depth."""
    if isinstance(value, dict):
        return {key: figures(inner) for key, inner in value.items() if key not in SAID}
    return [figures(inner) for inner in value] if isinstance(value, list) else value
