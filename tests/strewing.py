"""Text -> the same text with comments, blank lines and spaces strewn in where they change nothing."""

import random
import re
from typing import Any

from govrubric.document.nodes import Plain
from govrubric.document.yaml import parse

MARKS = ("#note {}", "# note {}", "## note {}: # {{x}}", "#  note {}, 'y'")
TRIES = 12


def said(value: Any) -> Any:
    """A value with the difference between 3 and "3", whatever the order of its keys."""
    if isinstance(value, dict):
        return [(str(key), said(inner)) for key, inner in sorted(value.items())]
    return list(map(said, value)) if isinstance(value, tuple) else (isinstance(value, Plain), str(value))


def means(text: str) -> Any:
    nodes = parse("x", text)
    return [one.code for one in nodes.found if one.severity == "error"], said(nodes.value)


def strewn(text: str, seed: int) -> tuple[str, int]:
    """The text with comments, blank lines and spaces where they change nothing, and how many comments there are."""
    luck, count, wanted = random.Random(seed), 0, means(text)
    for _ in range(luck.randint(0, TRIES)):
        lines = text.split("\n")
        at = luck.randrange(len(lines))
        mark = luck.choice(MARKS).format(count)
        kind = luck.choice(("comment", "comment", "beside", "blank", "space", "colon", "newline"))
        if kind == "comment":
            lines.insert(
                at, " " * luck.choice((0, 2, 4, len(lines[at]) - len(lines[at].lstrip()), 12)) + mark
            )
        elif kind == "beside" and "note" not in lines[at]:
            lines[at] += luck.choice((" ", "   ")) + mark
        elif kind == "blank":
            lines[at:at] = [luck.choice(("", "   "))] * luck.randint(1, 3)
        elif kind == "space":
            lines[at] += "  "
        elif kind == "colon":
            lines[at] = luck.choice((": ", ", ", "- ", "{", "]")).join(
                re.split(r": |, |- |\{|\]", lines[at], maxsplit=1)
            )
            lines[at] = (
                lines[at].replace(": ", " :   ", 1)
                if luck.random() < 0.5
                else lines[at].replace(", ", " ,", 1)
            )
        elif kind == "newline":
            lines[at] = lines[at].replace(": ", ":\n" + " " * 30, 1)
        tried = "\n".join(lines)
        if means(tried) == wanted:
            text, count = tried, count + (mark in tried)
    return text, count
