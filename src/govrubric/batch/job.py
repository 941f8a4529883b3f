"""What a batch is to do."""

from collections.abc import Callable
from typing import NamedTuple

from govrubric.rubric import Rubric
from govrubric.tables.outputs import Detail, OnError

Show = Callable[[int, int | None], None]
"""Is told from time to time how many units are done, and of how many."""


class Job(NamedTuple):
    """A rubric, the file to read, the file to write, what to write in it, and the language of messages."""

    rubric: Rubric
    read: str
    written: str
    detail: Detail
    on_error: OnError
    scaled: bool
    language: str
