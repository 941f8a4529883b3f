"""Text -> the same text with comments, blank lines and spaces added where they change nothing."""

import random
import re
from typing import Any

from govrubric.document.nodes import Plain
from govrubric.document.yaml import parse

MARKS = ("#note {}", "# note {}", "## note {}: # {{x}}", "#  note {}, 'y'")
TRIES = 12


def said(value: Any) -> Any:
    """A value in which 3 and "3" differ, and the order of keys does not matter."""
    if isinstance(value, dict):
        return [(str(key), said(inner)) for key, inner in sorted(value.items())]
    return list(map(said, value)) if isinstance(value, tuple) else (isinstance(value, Plain), str(value))


def means(text: str) -> Any:
    nodes = parse("x", text)
    return [finding.code for finding in nodes.found if finding.severity == "error"], said(nodes.value)


def strewn(text: str, seed: int) -> tuple[str, int]:
    """The text with comments, blank lines and spaces added, and the number of comments."""
    luck, count, wanted = random.Random(seed), 0, means(text)
    for _ in range(luck.randint(0, TRIES)):
        lines = text.split("\n")
        at = luck.randrange(len(lines))
        mark = luck.choice(MARKS).format(count)
        kind = luck.choice(("comment", "comment", "beside", "blank", "space", "colon", "newline"))
        if kind == "comment":
            own_indent = len(lines[at]) - len(lines[at].lstrip())
            lines.insert(at, " " * luck.choice((0, 2, 4, own_indent, 12)) + mark)
        elif kind == "beside" and "note" not in lines[at]:
            lines[at] += luck.choice((" ", "   ")) + mark
        elif kind == "blank":
            lines[at:at] = [luck.choice(("", "   "))] * luck.randint(1, 3)
        elif kind == "space":
            lines[at] += "  "
        elif kind == "colon":
            pieces = re.split(r": |, |- |\{|\]", lines[at], maxsplit=1)
            line = luck.choice((": ", ", ", "- ", "{", "]")).join(pieces)
            old, new = (": ", " :   ") if luck.random() < 0.5 else (", ", " ,")
            lines[at] = line.replace(old, new, 1)
        elif kind == "newline":
            lines[at] = lines[at].replace(": ", ":\n" + " " * 30, 1)
        changed = "\n".join(lines)
        if means(changed) == wanted:
            text, count = changed, count + (mark in changed)
    return text, count
