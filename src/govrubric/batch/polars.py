"""A batch -> its file and its summary, by polars: one reading, and no more of it in memory than a few pieces."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor, wait
from typing import Any, NamedTuple

from govrubric.batch import csv as commas
from govrubric.batch import files as tables
from govrubric.batch.job import Job, Show
from govrubric.batch.kinds import Kind, kind_of
from govrubric.batch.passing import Cells, Passing
from govrubric.batch.summary import Summary, summary
from govrubric.diagnostics.diagnostic import Diagnostic, TallyError
from govrubric.document import files
from govrubric.tables import polars_frames as lazily
from govrubric.tables.engines import installed
from govrubric.tables.outputs import outputs
from govrubric.tables.scorer import refuse

PIECE = 50_000  # rows; larger pieces take more memory and no less time
CELLS = 1_500_000  # of a piece, however wide its rows are


class Read(NamedTuple):
    """A file that can be read: its kind, its rows, and of CSV what is known of the file as text."""

    path: str
    kind: Kind
    header: commas.Header | None

    def frame(self) -> Any:
        """The file as a lazy frame."""
        return tables.scanned(self.path, self.kind, *(self.header[:2] if self.header else ()))


def run(job: Job, show: Show) -> Summary:
    """Score a file into another; raises `TallyError` with what is wrong with the input, and `OSError` where it cannot be written."""
    pl, language = installed("polars", "frames"), job.language
    kinds = [kind_of(path) for path in (job.read, job.written)]
    refuse([kind for kind in kinds if isinstance(kind, Diagnostic)], language)
    read, kind = _opened(job.read, language), kinds[1]
    assert not isinstance(kind, Diagnostic)
    wide = (
        1
        + len(_sound(read, language, read.frame().collect_schema))
        + len(outputs(job.rubric.plan, job.detail, scaled=job.scaled))
    )
    with pl.Config(streaming_chunk_size=min(PIECE, CELLS // wide)):
        return _scored(job, read, kind, show)


def _opened(path: str, language: str) -> Read:
    if found := tables.missing(path):
        raise TallyError([found], language)
    kind = kind_of(path)
    assert not isinstance(kind, Diagnostic)
    header = commas.header(path) if kind == "csv" else None
    if isinstance(header, list):
        raise TallyError(header, language)
    return Read(path, kind, header)


def _scored(job: Job, read: Read, kind: Kind, show: Show) -> Summary:
    rubric, language = job.rubric, job.language
    frame = read.frame()
    schema, rows = _sound(read, language, lambda: (frame.collect_schema(), tables.rows(frame, read.kind)))
    scoring = rubric.tables.scoring(schema, job.detail, scaled=job.scaled, text=read.kind == "csv")
    marks = commas.marks(read.path) if read.header else None
    cells = Cells(scoring.engine.module, len(schema), quoted=marks.quoted) if marks else None
    passing = Passing(scoring, graded=bool(rubric.plan.grades))
    counted = cells.counted(frame) if cells else frame
    made = passing.watched(lazily.flagged(scoring, counted, job.on_error, schema.names()))
    if kind == "csv":
        refuse(tables.flat(made, job.written), language)
        made = tables.harmless(made)
    with files.placed(job.written) as temporary:
        _sound(
            read,
            language,
            lambda: _waited(
                lambda: tables.sink(made, kind, temporary), passing, lambda: show(passing.rows, rows)
            ),
        )
        if (
            read.header
            and marks
            and cells
            and marks.commas - read.header.commas != cells.commas
            and (found := commas.unsound(read.path))
        ):
            raise TallyError([found], language)
        groups = list(passing.groups())
        refusal = lazily.refused(scoring, counted, language) if any(one.bad for one in groups) else None
        if refusal and job.on_error == "raise":
            raise refusal
    return summary(groups, rubric.plan.grades, passing.codes, refusal.diagnostics[1:] if refusal else ())


def _sound(read: Read, language: str, work: Callable[[], Any]) -> Any:
    """What the work gives, or the refusal of a file that polars cannot read."""
    done = tables.attempted(read.path, read.kind, work)
    if isinstance(done, Diagnostic):
        raise TallyError([(commas.unsound(read.path) if read.header else None) or done], language)
    return done


def _waited(work: Callable[[], None], passing: Passing, show: Callable[[], None]) -> None:
    """Do the work beside us, so that we can tell how far it is; who interrupts us ends it at its next piece."""
    with ThreadPoolExecutor(1) as pool:
        future = pool.submit(work)
        try:
            while not wait([future], timeout=1).done:
                show()
            future.result()
        except KeyboardInterrupt:
            passing.stopped = True
            raise
