"""Text -> rubric -> text -> rubric."""

import hashlib

import pytest
from hypothesis import given

from govrubric import RubricError, loads
from laws import lost_on_the_way
from strategies import Sample, samples

FORM = """\
govrubric: 1
id: t
title: T
total: 10
round: {places: 2, mode: half_up}
indicators:
  - {id: a, title: A, weight: 10, rules: [{id: r, deduct: 0.1, per: 例}]}
"""
CANONICAL = """\
govrubric: 1
id: t
title: "T"
total: 10
round:
 places: 2
 mode: half_up
indicators:
 - id: a
   title: "A"
   weight: 10
   rules:
    - id: r
      per: "例"
      deduct: 0.1
"""
CASE = FORM + "cases: [{name: n, tally: {KEY: VALUE}, expect: {total: 9}}]\n"

LEVELS = FORM.replace("{id: r, deduct: 0.1, per: 例}", "LEVELS").replace(
    "rules: [LEVELS]}", "rules: [{id: r, per: 例, deduct: {? KEY : 1}}]}"
)
MANY = "".join(
    f"  - {{id: b{index}, title: B, weight: 1, rules: [{{id: r, deduct: 1, note: '{'Q' * 3000}'}}]}}\n"
    for index in range(340)
)


@given(samples())
def test_text_to_rubric_to_text_to_rubric_is_the_identity(sample: Sample) -> None:
    """The rubric, its text and its digest stay the same, whatever the layout of the first text."""
    assert lost_on_the_way(sample) == []


def test_the_digest_is_that_of_the_text() -> None:
    """`Rubric.digest`: “``sha256:`` and the SHA-256 of :meth:`to_text` in UTF-8”."""
    rubric = loads(FORM)
    assert rubric.to_text() == CANONICAL
    assert rubric.digest == "sha256:" + hashlib.sha256(CANONICAL.encode()).hexdigest()


@pytest.mark.parametrize(
    "text",
    [
        FORM.replace("deduct: 0.1", "deduct: 1/128"),
        FORM.replace("deduct: 0.1", "deduct: 1/999999999999"),
        FORM.replace("deduct: 0.1", "deduct: 999999999999/128"),
        FORM.replace("deduct: 0.1", "deduct: 1/549755813888"),
        FORM.replace("title: T", 'title: "' + "\\\n  ".join(["a" * 12] * 5) + '"'),
        FORM.replace("title: T", 'title: "' + "\\\n  ".join(["，" * 1000] * 5) + '"'),
        FORM.replace("id: a,", 'id: "' + "\\\n     ".join(["a" * 12] * 5) + '",'),
        CASE.replace("KEY", "'" + "A" * 900 + "'").replace("VALUE", "3"),
        CASE.replace("KEY", "'" + "A" * 1010 + "'").replace("VALUE", "3"),
        CASE.replace("KEY", '"' + "'\\\"" * 330 + '"').replace("VALUE", "3"),
        LEVELS.replace("KEY", "a" * 64),
        CASE.replace("KEY", "a.r").replace("VALUE", "True"),
        CASE.replace("KEY", "a.r").replace("VALUE", "{}"),
        CASE.replace("KEY", "a.r").replace("VALUE", "[]"),
        CASE.replace("KEY", "a.r").replace("VALUE", "[[3], {x: [1, 2]}]"),
    ],
    ids=(
        "7 places",
        "twelve nines",
        "long",
        "2^39",
        "long title",
        "long text",
        "long id",
        "key of 900",
        "key of 1010",
        "quotes",
        "level of 64",
        "flag",
        "{}",
        "[]",
        "nested",
    ),
)
def test_what_is_near_a_limit_comes_back_too(text: str) -> None:
    """`Rubric.to_text`: “loading it gives an equal rubric”."""
    rubric = loads(text)
    again = loads(rubric.to_text())
    assert again == rubric
    assert again.to_text() == rubric.to_text()
    assert again.digest == rubric.digest


def test_rubrics_that_are_equal_hash_alike() -> None:
    """`Rubric`: “equal when the texts mean the same”. A case with `3` can be scored; a case with `"3"` is
    refused.
    """
    number, text = (loads(CASE.replace("KEY", "a.r").replace("VALUE", value)) for value in ("3", '"3"'))
    assert (number == text) == (number.digest == text.digest)
    assert (number == text) <= (hash(number) == hash(text))


def test_a_rubric_near_the_limit_of_size_may_come_out_too_large_to_be_read_again() -> None:
    """`Rubric.to_text`: “may come out larger than a file may be”."""
    rubric = loads(FORM.replace("total: 10", "total: 350") + MANY.replace("Q", '"'))
    with pytest.raises(RubricError) as caught:
        loads(rubric.to_text())
    assert [finding.code for finding in caught.value.diagnostics] == ["GR103"]
