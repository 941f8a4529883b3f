"""Text of a rubric -> text of its successor: id, days and years in titles moved on, every number marked.

All else stays byte for byte, comments too, except that `was` is taken out: it names paths in the predecessor.
"""

import datetime
import json
import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from govrubric.cases import suite
from govrubric.diagnostics.diagnostic import Diagnostic, Path, RubricError, lang
from govrubric.document import files
from govrubric.document.comments import last_line
from govrubric.document.edits import Edit, edited
from govrubric.document.nodes import Nodes, Span
from govrubric.document.yaml import parse
from govrubric.editing.formatting import formatted
from govrubric.editing.marking import deciding, marks
from govrubric.language import annotations
from govrubric.language.validation import at
from govrubric.lint.unconfirmed import MARKS, waiting

_YEAR = re.compile(r"(?<![0-9])(?:19|20)[0-9]{2}(?![0-9])")
_COMMA_AFTER = re.compile(r"[ \t]*,[ \t]*")
_COMMA_BEFORE = re.compile(r",[ \t]*$")


class Change(NamedTuple):
    """The old and the new value at a path; `new` is ``None`` where the key was taken out."""

    path: Path
    old: str
    new: str | None


class Successor(NamedTuple):
    """The text of a successor, its changes, and how many deciding `numbers` and `marks` it has."""

    text: str
    changes: list[Change]
    numbers: int
    marks: int
    mark: str


def successor(nodes: Nodes, data: bytes, new_id: str, year: int) -> Successor:
    """The successor of a rubric that loads and was read from `data`.

    Raises:
        RubricError: if the successor would pass a limit of files, or change more than its head.
    """
    if was_paths := _was(nodes):
        # Taking keys out must leave the text around them whole, which is sure in a text that is laid out.
        nodes, laid_out, found = formatted(nodes.source.name, data)
        if laid_out is None:
            raise RubricError(found, lang(nodes.value.get("language")))
        data = laid_out.encode()
        nodes = parse(nodes.source.name, data)
        was_paths = _was(nodes)
    value = nodes.value
    mark = MARKS[lang(value.get("language"))]
    moves = [(Change(("id",), value["id"], new_id), value["id"], new_id), *_moves(value, year)]
    numbers = list(deciding((), value, annotations.of_document(value)))
    edits = [
        *(
            Edit(nodes.values[change.path], _rewritten(_raw(nodes, change.path), change, old, new))
            for change, old, new in moves
        ),
        *(_taken_out(nodes, path) for path in was_paths),
        *marks(nodes, sorted({nodes.values[path].line for path in numbers}), mark),
    ]
    new = edited(data, edits)
    again = suite.of(nodes.source.name, new)
    passed = [finding for finding in again.found if finding.code == "GR108"]
    if len(new) > files.RUBRIC_LIMIT:
        passed.append(Diagnostic.of("GR103", nodes.place(()), limit=files.RUBRIC_LIMIT))
    if not passed and (again.rubric is None or _lasting(again.nodes.value) != _lasting(value)):
        passed.append(Diagnostic.of("GR139", nodes.place(())))
    if passed:
        raise RubricError(passed, again.language)
    changes = [change for change, _, _ in moves]
    changes += [Change(path, _raw(nodes, path), None) for path in was_paths]
    return Successor(new.decode("utf-8"), changes, len(numbers), len(waiting(again.nodes)), mark)


def _was(nodes: Nodes) -> list[Path]:
    """The path of every `was` of an item or a rule; a level or an input may have this name too."""
    return [
        path
        for path in nodes.keys
        if path[-1] == "was" and path[0] == "indicators" and isinstance(path[-2], int)
    ]


def _lasting(value: Any) -> Any:
    """The value without what a successor changes: the head of the document, and every `was`."""
    if isinstance(value, dict):
        moving = ("id", "title", "valid", "source") if "govrubric" in value else ("was",)
        return {key: _lasting(inner) for key, inner in value.items() if key not in moving}
    return tuple(map(_lasting, value)) if isinstance(value, tuple) else value


def _moves(value: dict[str, Any], year: int) -> Iterator[tuple[Change, str, str]]:
    """The changes of days and titles, with their old and new characters, if the old year is clear."""
    valid: dict[str, str] = value.get("valid", {})
    years = {valid["from"][:4]} if "from" in valid else set(_YEAR.findall(f"{value['id']} {value['title']}"))
    if len(years) != 1:
        return
    (old,) = years
    for key in ("from", "to"):
        if key in valid and (day := _later(valid[key], year - int(old))) != valid[key]:
            yield Change(("valid", key), valid[key], day), valid[key], day
    texts = {("title",): value["title"], ("source", "document"): value.get("source", {}).get("document", "")}
    for path, text in texts.items():
        if (new := _replaced(text, old, str(year))) != text:
            yield Change(path, text, new), old, str(year)


def _later(day: str, years: int) -> str:
    """The same day so many years later, or 28 February where there is no 29; a day out of range stays."""
    date = datetime.date.fromisoformat(day)
    if not datetime.MINYEAR <= date.year + years <= datetime.MAXYEAR:
        return day
    try:
        return date.replace(year=date.year + years).isoformat()
    except ValueError:
        return date.replace(year=date.year + years, day=28).isoformat()


def _replaced(text: str, old: str, new: str) -> str:
    """The text with `old` replaced, wherever it is not part of a longer number."""
    return re.sub(rf"(?<![0-9]){re.escape(old)}(?![0-9])", new, text)


def _raw(nodes: Nodes, path: Path) -> str:
    """The characters of a value as it is written."""
    span = nodes.values[path]
    lines = [
        *nodes.source.lines[span.line : span.end_line],
        nodes.source.lines[span.end_line][: span.end_column],
    ]
    return "\n".join([lines[0][span.column :], *lines[1:]])


def _rewritten(raw: str, change: Change, old: str, new: str) -> str:
    """The characters of a changed value, written as the old ones were."""
    if (raw[0] == '"' and "\\" in raw) or change.new == "null":
        return json.dumps(change.new, ensure_ascii=False)
    # The line that opens a block may end in a comment.
    opening, end, text = raw.partition("\n") if raw[0] in "|>" else ("", "", raw)
    return opening + end + _replaced(text, old, new)


def _taken_out(nodes: Nodes, path: Path) -> Edit:
    """The edit that takes out a key with its value, and the line if nothing else is on it."""
    key, value = nodes.keys[path], nodes.values[path]
    last = last_line(nodes, value, at(nodes.value, path))
    end = value.end_column if last == value.end_line else len(nodes.source.lines[last])
    before, after = nodes.source.lines[key.line][: key.column], nodes.source.lines[last][end:]
    opening = nodes.values[path[:-1]]
    start = key.column
    if nodes.source.lines[opening.line][opening.column] == "{":
        if comma := _COMMA_AFTER.match(after):
            end, after = end + comma.end(), after[comma.end() :]
        elif comma := _COMMA_BEFORE.search(before):
            start = comma.start()
    if not before.strip(" \t") and after.lstrip(" \t").startswith("#"):
        # The comment comes to the column of the key; further right, it would belong to a block of text above.
        end += len(after) - len(after.lstrip(" \t"))
    if after.strip(" \t") or before.strip(" \t"):
        return Edit(Span(key.line, start, last, end), "")
    return Edit(
        Span(key.line - 1, len(nodes.source.lines[key.line - 1]), last, len(nodes.source.lines[last])), ""
    )
