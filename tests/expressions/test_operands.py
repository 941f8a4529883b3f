"""What stands for values while a condition or formula is read: each kind has its words, in both languages."""

from typing import get_args

import pytest

from govrubric.diagnostics.catalogue import CHINESE
from govrubric.expressions.operands import FUNCTIONS, KIND_NAMES, OF_ITEMS, UNKNOWN, Kind


def test_each_kind_but_what_is_unknown_has_a_word() -> None:
    assert set(KIND_NAMES) == set(get_args(Kind)) - {"unknown"}


@pytest.mark.parametrize("word", KIND_NAMES.values())
def test_each_word_has_one_in_chinese(word: str) -> None:
    assert CHINESE[word] != word


def test_what_is_wrong_is_of_no_kind_that_could_be_asked_for() -> None:
    assert UNKNOWN.kind not in KIND_NAMES


def test_the_functions_that_take_an_item_are_among_the_functions() -> None:
    assert set(OF_ITEMS) < set(FUNCTIONS)
    assert OF_ITEMS == ("score", "lost", "reached", "applies")
