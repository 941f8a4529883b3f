"""Formatting changes no meaning: random rubrics in every layout, with comments and blank lines."""

import re
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govrubric import loads
from govrubric.editing.formatting import formatted
from govrubric.language.canonical import canonical
from strategies import Sample, samples
from strewing import means, strewn


def notes(text: str) -> Iterator[int]:
    return (int(number) for number in re.findall(r"#+ +note (\d+)", text))


@given(samples(), st.integers(0, 10**6))
def test_a_layout_changes_nothing(sample: Sample, seed: int) -> None:
    """`govrubric fmt`: values, digest and comments stay, and formatting again changes nothing."""
    text, count = strewn(sample.source, seed)
    result = formatted("x", text).text
    assert result is not None
    assert means(result) == means(text)
    assert sorted(notes(result)) == list(range(count))
    assert formatted("x", result).text == result
    assert loads(result).digest == sample.rubric.digest
    assert not re.search("\n\n\n", re.sub(r"(?s)[|>][-0-9]*\+.*", "", result))


@given(samples())
def test_every_layout_of_a_rubric_without_comments_comes_to_the_same_keys(sample: Sample) -> None:
    """The order of keys is that of the models, whatever order the author wrote."""
    results = [formatted("x", text).text for text in (sample.source, canonical(sample.text))]
    keys = [re.findall(r'(?m)^"?([a-z_]+)"?:', text or "") for text in results]
    assert [key for key in keys[0] if key in keys[1]] == keys[1]


@pytest.mark.parametrize("text", ["a: 1\n", "a: '1'\n"])
def test_means_knows_a_number_from_text(text: str) -> None:
    assert means(text) != means("a: 1\n" if "'" in text else "a: '1'\n")
