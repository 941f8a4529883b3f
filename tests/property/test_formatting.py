"""A layout changes nothing that is said: random rubrics, laid out in every way, with comments and blank lines put in."""

import random
import re
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govrubric import loads
from govrubric.canonical import canonical
from govrubric.formatting import formatted
from govrubric.nodes import Plain
from govrubric.yamltext import parse
from strategies import Sample, samples

MARKS = ("#note {}", "# note {}", "## note {}: # {{x}}", "#  note {}, 'y'")
TRIES = 24


def typed(value: Any) -> Any:
    """A value with the difference between 3 and '3', in the order in which it is written."""
    if isinstance(value, dict):
        return [(str(key), typed(inner)) for key, inner in sorted(value.items())]
    return list(map(typed, value)) if isinstance(value, tuple) else (isinstance(value, Plain), str(value))


def means(text: str) -> Any:
    nodes = parse("x", text)
    return [one.code for one in nodes.found if one.severity == "error"], typed(nodes.value)


def strewn(text: str, seed: int) -> tuple[str, int]:
    """The text with comments, blank lines and spaces where they change nothing, and how many comments there are."""
    luck, count, wanted = random.Random(seed), 0, means(text)
    for _ in range(luck.randint(0, TRIES)):
        lines = text.split("\n")
        at = luck.randrange(len(lines))
        mark = luck.choice(MARKS).format(count)
        kind = luck.choice(("comment", "comment", "beside", "blank", "space", "colon", "newline"))
        if kind == "comment":
            lines.insert(at, " " * luck.choice((0, 2, 4, len(lines[at]) - len(lines[at].lstrip()), 12)) + mark)
        elif kind == "beside" and "note" not in lines[at]:
            lines[at] += luck.choice((" ", "   ")) + mark
        elif kind == "blank":
            lines[at:at] = [luck.choice(("", "   "))] * luck.randint(1, 3)
        elif kind == "space":
            lines[at] += "  "
        elif kind == "colon":
            lines[at] = luck.choice((": ", ", ", "- ", "{", "]")).join(re.split(r": |, |- |\{|\]", lines[at], maxsplit=1))
            lines[at] = lines[at].replace(": ", " :   ", 1) if luck.random() < 0.5 else lines[at].replace(", ", " ,", 1)
        elif kind == "newline":
            lines[at] = lines[at].replace(": ", ":\n" + " " * 30, 1)
        tried = "\n".join(lines)
        if means(tried) == wanted:
            text, count = tried, count + (mark in tried)
    return text, count


def notes(text: str) -> Iterator[int]:
    return (int(found) for found in re.findall(r"#+ +note (\d+)", text))


@given(samples(), st.integers(0, 10**6))
def test_a_layout_changes_nothing(sample: Sample, seed: int) -> None:
    """`govrubric fmt`: values, digest and comments stay, and formatting again changes nothing."""
    text, count = strewn(sample.source, seed)
    done = formatted("x", text).text
    assert done is not None
    assert means(done) == means(text)
    assert sorted(notes(done)) == list(range(count))
    assert formatted("x", done).text == done
    assert loads(done).digest == sample.rubric.digest
    assert not re.search("\n\n\n", re.sub(r"(?s)[|>][-0-9]*\+.*", "", done))


@given(samples())
def test_every_layout_of_a_rubric_without_comments_comes_to_the_same_keys(sample: Sample) -> None:
    """The order of keys is that of the models, whatever order the author wrote."""
    made = [formatted("x", text).text for text in (sample.source, canonical(sample.text))]
    keys = [re.findall(r'(?m)^"?([a-z_]+)"?:', text or "") for text in made]
    assert [one for one in keys[0] if one in keys[1]] == keys[1]


@pytest.mark.parametrize("text", ["a: 1\n", "a: '1'\n"])
def test_means_knows_a_number_from_text(text: str) -> None:
    assert means(text) != means("a: 1\n" if "'" in text else "a: '1'\n")
