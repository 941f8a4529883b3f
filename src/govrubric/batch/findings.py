"""Counts from a database -> the summary of a batch; its failures -> findings and errors of files."""

import errno
import os
from collections import Counter
from collections.abc import Iterable
from fractions import Fraction
from typing import Any

from govrubric.batch.job import Job
from govrubric.batch.summary import Group, Summary, summary
from govrubric.diagnostics.diagnostic import Diagnostic, TallyError
from govrubric.diagnostics.display import plain
from govrubric.diagnostics.source import Place
from govrubric.tables import databases
from govrubric.tables.outputs import ERROR, outputs
from govrubric.tables.row_errors import BETWEEN


def columns(job: Job) -> tuple[str, str, str]:
    """The columns that the summary needs: total, grade and error; an empty name where there is none."""
    total = outputs(job.rubric._plan, "total", scaled=job.scaled)[0].name
    grade = "grade" if job.rubric._plan.grades else ""
    error = ERROR if job.on_error == "report" else ""
    return total, grade, error


def summed(job: Job, table: Any, kind: databases.Database, rows: Iterable[tuple[Any, ...]]) -> Summary:
    """How often each total, grade and error occurred -> the summary.

    For the findings of the first rows in error the table is scored again.
    """
    output = outputs(job.rubric._plan, "total", scaled=job.scaled)[0]
    over = output.den if output.places is None else 1
    groups, codes = [], Counter[str]()
    for value, grade, error, units in rows:
        total = None if value is None else Fraction(value) / over
        groups.append(Group(total, grade, error is not None, units))
        for code in {text[:5] for text in (error or "").split(BETWEEN) if text}:
            codes[code] += units
    first = _first(job, table, kind) if codes else ()
    return summary(groups, job.rubric._plan.grades, codes, first)


def _first(job: Job, table: Any, kind: databases.Database) -> tuple[Diagnostic, ...]:
    try:
        databases.scored(job.rubric._tables, table, kind, "total", "raise", scaled=False)
    except TallyError as error:
        return error.diagnostics[1:]
    return ()  # the file was replaced in the meantime


def damaged(job: Job) -> TallyError:
    """The refusal of a file that cannot be read."""
    return TallyError([Diagnostic.of("GR656", Place(job.read, 1, 1, 2, ""), what="Parquet")], job.language)


def reason(error: Exception) -> tuple[int, str]:
    """The number and text of the system's error that a message names, or else ``EIO`` and the message."""
    text = str(error)
    for number in (errno.ENOSPC, errno.EACCES, errno.EFBIG):
        if os.strerror(number) in text:
            return number, os.strerror(number)
    return errno.EIO, plain(text.partition("\n")[0], 200)
