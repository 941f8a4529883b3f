"""Twice the input takes at most about twice the work, reader by reader."""

import sys
from collections.abc import Callable
from pathlib import Path
from types import FrameType

import pytest

from hostile.growth import READERS, Reader

TOLERANCE = 1.15  # what is sorted, or grows a little faster than its size
SLACK = 2000  # calls that no size explains, such as those of a cache that is filled


def calls(act: Callable[[], object]) -> int:
    """How many functions an act calls, of Python and of C; the same on every machine."""
    number = 0

    def count(_: FrameType, event: str, __: object) -> None:
        nonlocal number
        number += event in ("call", "c_call")

    before = sys.getprofile()
    sys.setprofile(count)
    try:
        act()
    finally:
        sys.setprofile(before)
    return number


@pytest.mark.parametrize("reader", READERS, ids=lambda reader: reader.name)
def test_twice_the_input_takes_at_most_twice_the_work(reader: Reader, tmp_path: Path) -> None:
    reader.prepared(reader.small, tmp_path)()  # what is imported or cached at first does not count
    sizes = (reader.small, 2 * reader.small)
    once, twice = (calls(reader.prepared(size, tmp_path)) for size in sizes)
    assert twice <= TOLERANCE * 2 * once + SLACK


def test_work_that_grows_with_the_square_is_seen() -> None:
    def square(size: int) -> Callable[[], object]:
        return lambda: [len("") for _ in range(size) for _ in range(size)]

    assert calls(square(200)) > TOLERANCE * 2 * calls(square(100)) + SLACK
