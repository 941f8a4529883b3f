"""A rubric or a file of cases -> everything that is wrong with it, failing cases included."""

from collections.abc import Sequence
from typing import NamedTuple

from govrubric import loading
from govrubric.cases import suite
from govrubric.diagnostics.diagnostic import Diagnostic, in_file_order
from govrubric.loading import Examined


class Checked(NamedTuple):
    """What was found in a file, the language to tell it in, and how many cases were tried.

    `rubric` is absent of a file of cases.
    """

    found: list[Diagnostic]
    language: str
    cases: int
    rubric: Examined | None


def check(path: str, earlier: Sequence[Checked] = ()) -> Checked:
    """Every finding about a file, or about the shipped rubric of that name; `earlier` are the files beside which it is to hold."""
    if not suite.holds_cases(path):
        done = loading.examine(suite.named(path), [one.rubric for one in earlier if one.rubric is not None])
        return Checked(done.found, done.language, len(done.rubric.text.cases) if done.rubric else 0, done)
    read = suite.read(path)
    failing = [one for result in suite.run(read) for one in result.found]
    return Checked([*read.found, *in_file_order(failing)], read.language, len(read.cases), None)
