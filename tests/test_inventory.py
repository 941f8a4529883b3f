"""What a rubric says of itself and contains, by path and name."""

import subprocess
import sys
from collections.abc import Mapping
from datetime import date

import pytest

from govrubric import Period, Rubric
from govrubric.numbers import Exact
from libraries import RUBRIC
from making import item, leaf, text

OFF = {"id": "off", "deduct": 1, "per": "例"}
SMALL = Rubric(text(item("a", 6, rules=[OFF]), item("b", 4, rules=[{"id": "judged", "judge": 4}])))


def test_an_item_is_found_by_its_path() -> None:
    assert (str(SMALL.item("a").full), SMALL.item("").parts) == ("6", ("a", "b"))


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("zzz", "no item 'zzz'"),
        ("aa", "no item 'aa'; did you mean 'a'?"),
        ("x.b", "no item 'x.b'; did you mean 'b'?"),
    ],
)
def test_an_unknown_item_is_refused_with_the_nearest(path: str, words: str) -> None:
    with pytest.raises(KeyError) as refused:
        SMALL.item(path)
    assert refused.value.args == (words,)


def test_a_rubric_says_its_language_maximum_and_days() -> None:
    assert (RUBRIC.language, type(RUBRIC.maximum), str(RUBRIC.maximum)) == ("en", Exact, "20")
    assert RUBRIC.valid == Period(date(2025, 1, 1), None)
    assert Rubric(leaf({"id": "r", "deduct": 1})).valid is None


def test_a_misspelt_item_is_told_the_nearest_in_letters_that_can_be_seen() -> None:
    with pytest.raises(KeyError) as refused:
        RUBRIC.item("hours\u202e")
    assert refused.value.args == ("no item 'hours\\u202e'; did you mean 'hours'?",)


def test_a_program_that_only_scores_never_makes_them() -> None:
    code = "import sys, govrubric; r = govrubric.shipped('2023-district'); r.valid is None or r.language; print('_contents' in vars(r))"
    printed = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True).stdout
    assert printed == "False\n"


@pytest.mark.parametrize("name", ["items", "rules", "inputs", "facts", "gates", "values"])
def test_everything_is_found_under_its_own_name(name: str) -> None:
    found: Mapping[str, object] = getattr(RUBRIC, name)
    keys = [getattr(one, "name" if name in ("inputs", "facts") else "path") for one in found.values()]
    assert keys == list(found)


def test_contents_are_made_once() -> None:
    assert RUBRIC.items is RUBRIC.items
    assert RUBRIC.grades is RUBRIC.grades
