"""The job of a batch."""

from collections.abc import Callable
from typing import NamedTuple

from govrubric.rubric import Rubric
from govrubric.tables.outputs import Detail, OnError

Show = Callable[[int, int | None], None]
"""A function that is called from time to time with the number of units done and, if known, of all units."""


class Job(NamedTuple):
    """A rubric, the file to read, the file to write, what to write in it, and the language of messages."""

    rubric: Rubric
    read: str
    written: str
    detail: Detail
    on_error: OnError
    scaled: bool
    language: str
