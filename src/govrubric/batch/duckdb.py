"""A batch -> its file and its summary, by DuckDB: Parquet in, Parquet out.

To ``raise``, DuckDB checks every row first. The summary is read from the result before it is put in place.
"""

import os
import re
from typing import Any

from govrubric.batch import files, findings
from govrubric.batch.job import Job
from govrubric.batch.summary import Summary
from govrubric.diagnostics.diagnostic import TallyError
from govrubric.document import targets
from govrubric.tables import databases
from govrubric.tables.engines import installed
from govrubric.tables.scorer import refuse


def literal(path: str) -> str:
    """A path for DuckDB, which reads `*`, `?` and `[` as a pattern, and an initial `s3:` as a protocol."""
    return re.sub(r"[*?[]", r"[\g<0>]", os.path.abspath(path))


def run(job: Job) -> Summary:
    """Score a file of Parquet into another.

    Raises:
        TallyError: with what is wrong with the input.
        OSError: where the result cannot be written.
    """
    duckdb = installed("duckdb")
    if gone := files.missing(job.read):
        raise TallyError([gone], job.language)
    refuse(files.swollen(job.read, "parquet"), job.language)
    database = duckdb.connect(config={"autoinstall_known_extensions": "false"})  # from the network
    try:
        with targets.placed(job.written) as temporary:
            table = _read(database, job)
            scored = databases.scored(
                job.rubric._tables, table, "duckdb", job.detail, job.on_error, scaled=job.scaled
            )
            if repeated := databases.repeated(table, "duckdb", job.language):
                raise TallyError(repeated, job.language)
            scored.write_parquet(temporary)
            by = ", ".join(f'"{name}"' if name else "NULL" for name in findings.columns(job))
            groups = database.execute(
                f"SELECT {by}, count(*) FROM read_parquet(?, hive_partitioning=false) GROUP BY ALL",
                [literal(temporary)],
            ).fetchall()
            return findings.summed(job, table, "duckdb", groups)
    except duckdb.Error as error:
        if type(error) in (duckdb.InvalidInputException, duckdb.Error):
            raise _refusal(job) from None
        raise OSError(*findings.reason(error)) from None


def _read(database: Any, job: Job) -> Any:
    """The table in the file; DuckDB has several errors for a name of a column that is not UTF-8."""
    try:
        return database.read_parquet(literal(job.read), hive_partitioning=False)
    except (RuntimeError, UnicodeError):
        raise _refusal(job) from None


def _refusal(job: Job) -> TallyError:
    """Why the file cannot be read: polars looks at each column alone."""
    return TallyError(files.faults(job.read, "parquet", lambda column: column.collect()), job.language)
