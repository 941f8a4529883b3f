"""A batch -> its folder and its summary, by PySpark: Parquet in, a folder of Parquet files out.

To ``raise``, Spark checks every row first. The summary is read from the result before it is put in place.
"""

import errno
import os
import re
import shutil
import stat
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from govrubric.batch import findings
from govrubric.batch.job import Job
from govrubric.batch.summary import Summary
from govrubric.diagnostics.diagnostic import Diagnostic, TallyError
from govrubric.diagnostics.source import Place
from govrubric.document import files
from govrubric.document.targets import APPEARED, CHANGED, READ_ONLY
from govrubric.tables import databases
from govrubric.tables.engines import installed


def literal(path: str) -> str:
    """A path for Hadoop, which reads `*`, `?`, `[` and `{` as a pattern."""
    return re.sub(r"[\\*?\[\]{}]", r"\\\g<0>", os.path.abspath(path))


def run(job: Job) -> Summary:
    """Score a file or folder of Parquet into a folder.

    Raises:
        TallyError: with what is wrong with the input.
        OSError: where the result cannot be written.
    """
    sql, errors = installed("pyspark.sql", "spark"), installed("pyspark.errors", "spark")
    java = installed("py4j.protocol", "spark").Py4JError
    if not os.path.exists(job.read):
        raise TallyError(
            [Diagnostic.of("GR101", Place(job.read, 1, 1, 2, ""), reason=os.strerror(errno.ENOENT))],
            job.language,
        )
    session = sql.SparkSession.builder.appName("govrubric").getOrCreate()
    with placed(job.written) as temporary:
        try:
            table = session.read.parquet(literal(job.read))
            scored = databases.scored(
                job.rubric._tables, table, "pyspark", job.detail, job.on_error, scaled=job.scaled
            )
            repeated = databases.repeated(table, "pyspark", job.language)
        except (errors.PySparkException, java):
            raise findings.damaged(job) from None
        if repeated:
            raise TallyError(repeated, job.language)
        try:
            scored.write.mode("overwrite").parquet(temporary)
        except (errors.PySparkException, java) as error:
            raise OSError(*findings.reason(error)) from None
        by = [
            f"`{name}` AS g{index}" if name else f"NULL AS g{index}"
            for index, name in enumerate(findings.columns(job))
        ]
        picked = session.read.parquet(literal(temporary)).selectExpr(*by)
        groups = picked.groupBy(*picked.columns).count().collect()
        return findings.summed(job, table, "pyspark", [tuple(row) for row in groups])


@contextmanager
def placed(path: str) -> Iterator[str]:
    """A folder that is put in place at `path` when the block ends, and removed if anything fails.

    A folder that stood there is replaced if it is as it was; else it stays.
    """
    target = Path(files.real(path))
    before = _entries(target)
    beside = Path(tempfile.mkdtemp(prefix=f".{target.name[:40]}.", dir=target.parent))
    try:
        new, old = beside / "new", beside / "old"
        new.mkdir()
        yield str(new)
        if _entries(target) != before:
            raise OSError(errno.EBUSY, APPEARED if before is None else CHANGED)
        if before is not None:
            target.rename(old)
        try:
            new.rename(target)
        except OSError:
            if before is not None:
                old.rename(target)
            raise
    finally:
        shutil.rmtree(beside, ignore_errors=True)


def _entries(folder: Path) -> list[tuple[str, int, int]] | None:
    """What is in a folder; ``None`` if there is no folder.

    Raises:
        OSError: where something else is there, or a folder that is read-only.
    """
    try:
        status = folder.lstat()
    except FileNotFoundError:
        return None
    if not stat.S_ISDIR(status.st_mode):
        raise OSError(errno.ENOTDIR, os.strerror(errno.ENOTDIR))
    if not status.st_mode & 0o222:
        raise OSError(errno.EACCES, READ_ONLY)
    with os.scandir(folder) as entries:
        return sorted((entry.name, entry.stat().st_size, entry.stat().st_mtime_ns) for entry in entries)
