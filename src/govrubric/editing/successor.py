"""Text of a rubric -> text of its successor: its id, its days and its title's own year moved on, and marks.

Every number is marked, and every text that speaks of a time: the number of a document, a school year, a year
in a clause. What follows them only the new document says. All else stays byte for byte, comments too, except
that `was` is taken out: it names paths in the predecessor.
"""

import datetime
import json
import re
from collections import defaultdict
from collections.abc import Iterator
from typing import Any, NamedTuple

from govrubric.cases import suite
from govrubric.diagnostics.diagnostic import Diagnostic, Lang, Path, RubricError, lang
from govrubric.document import files
from govrubric.document.comments import last_line
from govrubric.document.edits import Edit, edited
from govrubric.document.nodes import Nodes, Span
from govrubric.document.yaml import parse
from govrubric.editing.formatting import formatted
from govrubric.editing.marking import deciding, marks, texts
from govrubric.editing.years import quoted, times, years_of
from govrubric.language import annotations
from govrubric.language.validation import at
from govrubric.lint.unconfirmed import MARKS, waiting

_QUESTIONS: dict[Lang, str] = {
    "en": "# {mark}: kept {left}; what does the new document say?",
    "zh": "# {mark}：{left}照旧未改，请按新文件核对",
}
_QUOTED = 300  # characters that a question quotes at most
_COMMA_AFTER = re.compile(r"[ \t]*,[ \t]*")
_COMMA_BEFORE = re.compile(r",[ \t]*$")


class Change(NamedTuple):
    """The old and the new value at a path; `new` is ``None`` where the key was taken out."""

    path: Path
    old: str
    new: str | None


class Successor(NamedTuple):
    """The text of a successor, its changes, and how many deciding `numbers`, `marks` and `questions` it has.

    `marks` are the comments for numbers, `questions` those that quote what was left.
    """

    text: str
    changes: list[Change]
    numbers: int
    marks: int
    questions: int
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
    language = lang(value.get("language"))
    own = _own_year(value)
    days = list(_days(value, own, year))
    title = _title(nodes, own, str(year))
    numbers = list(deciding((), value, annotations.of_document(value)))
    edits = [
        *(
            Edit(nodes.values[change.path], _rewritten(_raw(nodes, change.path), change))
            for change in [Change(("id",), value["id"], new_id), *days]
        ),
        *title.edits,
        *(_taken_out(nodes, path) for path in was_paths),
        *marks(
            nodes,
            sorted({nodes.values[path].line for path in numbers}),
            MARKS[language],
            _questions(nodes, own, language),
        ),
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
    changes = [Change(("id",), value["id"], new_id), *days, *title.changes]
    changes += [Change(path, _raw(nodes, path), None) for path in was_paths]
    waits = waiting(again.nodes)
    asked = sum(mark.asked != "" for mark in waits)
    return Successor(new.decode("utf-8"), changes, len(numbers), len(waits) - asked, asked, MARKS[language])


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
        moving = ("id", "title", "valid") if "govrubric" in value else ("was",)
        return {key: _lasting(inner) for key, inner in value.items() if key not in moving}
    return tuple(map(_lasting, value)) if isinstance(value, tuple) else value


def _own_year(value: dict[str, Any]) -> str | None:
    """The year that a rubric is for: of its first day and of its id, if these say one and the same."""
    first = value.get("valid", {}).get("from")
    years = years_of(value["id"]) | ({first[:4]} if first else set())
    return years.pop() if len(years) == 1 else None


def _days(value: dict[str, Any], own: str | None, year: int) -> Iterator[Change]:
    """The days of `valid`, so many years later that it begins in the new year."""
    valid: dict[str, str] = value.get("valid", {})
    old = valid["from"][:4] if "from" in valid else own
    for key in ("from", "to"):
        if old is not None and key in valid and (day := _later(valid[key], year - int(old))) != valid[key]:
            yield Change(("valid", key), valid[key], day)


class _Title(NamedTuple):
    """The edits and the change of a title; both empty where it has no year that is surely its own."""

    edits: list[Edit]
    changes: list[Change]


def _title(nodes: Nodes, own: str | None, year: str) -> _Title:
    """The title with the rubric's own year replaced."""
    old: str = nodes.value["title"]
    starts = times(old, own, bare=True).own
    if not starts or own == year:
        return _Title([], [])
    new = list(old)
    for start in starts:
        new[start : start + len(year)] = year
    change = Change(("title",), old, "".join(new))
    spots = nodes.spots(("title",))
    if spots is None:  # it has escapes
        return _Title([Edit(nodes.values["title",], json.dumps(change.new, ensure_ascii=False))], [change])
    edits = [Edit(Span(*spots[start], *spots[start + len(year)]), year) for start in starts]
    return _Title(edits, [change])


def _questions(nodes: Nodes, own: str | None, language: Lang) -> dict[int, str]:
    """A comment for each line with texts that speak of a time, which quotes what is left of them."""
    left: defaultdict[int, list[str]] = defaultdict(list)
    for path, span, text in sorted(texts(nodes), key=lambda found: (found[1].line, found[1].column)):
        of_title = own if path == ("title",) else None
        bare = path[-1] == "title" or path[0] == "source"
        left[span.line] += times(text, of_title, bare=bare).left
    return {
        line: _QUESTIONS[language].format(mark=MARKS[language], left=quoted(words, language, _QUOTED))
        for line, words in left.items()
        if words
    }


def _later(day: str, years: int) -> str:
    """The same day so many years later, or 28 February where there is no 29; a day out of range stays."""
    date = datetime.date.fromisoformat(day)
    if not datetime.MINYEAR <= date.year + years <= datetime.MAXYEAR:
        return day
    try:
        return date.replace(year=date.year + years).isoformat()
    except ValueError:
        return date.replace(year=date.year + years, day=28).isoformat()


def _raw(nodes: Nodes, path: Path) -> str:
    """The characters of a value as it is written."""
    span = nodes.values[path]
    lines = [
        *nodes.source.lines[span.line : span.end_line],
        nodes.source.lines[span.end_line][: span.end_column],
    ]
    return "\n".join([lines[0][span.column :], *lines[1:]])


def _rewritten(raw: str, change: Change) -> str:
    """The characters of a new id or day, in the quotes of the old one."""
    if "\\" in raw or change.new == "null":
        return json.dumps(change.new)
    return raw.replace(change.old, change.new or "")


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
