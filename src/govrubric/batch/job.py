"""What a batch is to do."""

from collections.abc import Callable
from typing import NamedTuple

from govrubric.rubric import Rubric
from govrubric.tables.outputs import Detail, OnError

Show = Callable[[int, int | None], None]
"""Is told from time to time how many units are done, and of how many."""


class Job(NamedTuple):
    """A rubric, the file that is read, the file that is written, what is written in it, and who reads what is said."""

    rubric: Rubric
    read: str
    written: str
    detail: Detail
    on_error: OnError
    scaled: bool
    language: str
