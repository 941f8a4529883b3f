"""A batch -> its file and its summary, by polars.

The input is read once, and a few pieces of it are in memory at a time.
"""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor, wait
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from govrubric.batch import csv, files, repeats
from govrubric.batch.files import UnreadError, kind_of
from govrubric.batch.job import Job, Show
from govrubric.batch.passing import Cells, Passing
from govrubric.batch.summary import Summary, summary
from govrubric.diagnostics.diagnostic import Diagnostic, TallyError
from govrubric.document.targets import placed
from govrubric.tables import polars_frames
from govrubric.tables.engines import installed
from govrubric.tables.scorer import refuse

PIECE = 50_000  # rows; larger pieces take more memory and no less time
CELLS = 1_500_000  # the most of a piece, however wide its rows are


def run(job: Job, show: Show) -> Summary:
    """Score a file into another.

    Raises:
        TallyError: with what is wrong with the input.
        OSError: where the result cannot be written.
    """
    kinds = [kind_of(path) for path in (job.read, job.written)]
    refuse([kind for kind in kinds if isinstance(kind, Diagnostic)], job.language)
    if missing := files.missing(job.read):
        raise TallyError([missing], job.language)
    if kinds[0] == "csv":
        return csv.read(job.rubric, job.read, lambda table: _of_csv(job, table, show), carried=True)
    kind = kinds[0]
    assert not isinstance(kind, Diagnostic)
    refuse(files.swollen(job.read, kind), job.language)
    try:
        frame = files.scanned(job.read, kind)
        rows = files.attempted(lambda: files.rows(frame))
        return _scored(job, frame, text=False, show=lambda done: show(done, rows))
    except UnreadError:
        raise TallyError(_faults(job, kind), job.language) from None


def _faults(job: Job, kind: files.Kind) -> list[Diagnostic]:
    """Why a file could not be scored: each of its columns is read and written alone."""
    written = kind_of(job.written)
    assert not isinstance(written, Diagnostic)
    with TemporaryDirectory() as folder:
        return files.faults(
            job.read, kind, lambda column: files.sink(column, written, str(Path(folder, "column")))
        )


def _of_csv(job: Job, table: csv.Table, show: Show) -> Summary:
    """Score a CSV file.

    Whether it is sound is known when all of it was read, which is before the result is put in place.
    """
    frame = files.scanned(table.path, "csv", table.columns.names, table.columns.before)
    columns = len(table.columns.names)
    cells = Cells(installed("polars"), columns, quoted=table.marks.quoted)

    def check() -> None:
        csv.checked(job.rubric, job.read, table, cells.rows, cells.commas, carried=True)

    return _scored(job, cells.counted(frame), text=True, check=check, show=lambda done: show(done, None))


def _scored(
    job: Job,
    frame: Any,
    *,
    text: bool,
    show: Callable[[int], None],
    check: Callable[[], None] = lambda: None,
) -> Summary:
    """Score a lazy frame into the file, and put the file in place if the `check` of the input passes."""
    pl, rubric, language = installed("polars", "frames"), job.rubric, job.language
    schema = files.attempted(frame.collect_schema)
    scoring = rubric._tables.scoring(schema, job.detail, scaled=job.scaled, text=text)
    passing = Passing(scoring, graded=bool(rubric._plan.grades))
    scored = passing.watched(polars_frames.flagged(scoring, frame, job.on_error, schema.names()))
    kind = kind_of(job.written)
    assert not isinstance(kind, Diagnostic)
    if kind == "csv":
        refuse(files.flat(scored, job.written), language)
        scored = files.harmless(scored)
    columns = 1 + len(schema) + len(scoring.names)
    with pl.Config(streaming_chunk_size=min(PIECE, CELLS // columns)), placed(job.written) as temporary:

        def write() -> None:
            _waited(lambda: files.sink(scored, kind, temporary), passing, lambda: show(passing.rows))

        files.attempted(write)
        check()
        groups = list(passing.groups())
        refusal = None
        if any(group.bad for group in groups):
            refusal = polars_frames.refused(scoring, frame, language)
        suspects = passing.repeated()
        repeated = [] if suspects is None else repeats.found(frame, suspects, language)
        refused = refusal.diagnostics if refusal and job.on_error == "raise" else ()
        refuse([*refused, *repeated], language)
    return summary(groups, rubric._plan.grades, passing.codes, refusal.diagnostics[1:] if refusal else ())


def _waited(work: Callable[[], None], passing: Passing, show: Callable[[], None]) -> None:
    """Do the work in another thread, and show its progress; an interrupt ends it at its next piece."""
    with ThreadPoolExecutor(1) as pool:
        future = pool.submit(work)
        try:
            while not wait([future], timeout=1).done:
                show()
            future.result()
        except KeyboardInterrupt:
            passing.stopped = True
            raise
