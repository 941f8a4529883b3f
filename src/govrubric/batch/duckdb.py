"""A batch -> its file and its summary, by DuckDB: Parquet in, Parquet out.

To ``raise`` it looks at every row first. The summary is read from what was written, before it is put in place.
"""

from govrubric.batch import findings as found
from govrubric.batch.files import missing
from govrubric.batch.job import Job
from govrubric.batch.summary import Summary
from govrubric.diagnostics.diagnostic import TallyError
from govrubric.document import files
from govrubric.tables import databases as elsewhere
from govrubric.tables.engines import installed


def run(job: Job) -> Summary:
    """Score Parquet into Parquet; raises `TallyError` with what is wrong with the input, and `OSError` where it cannot be written."""
    duckdb = installed("duckdb")
    if gone := missing(job.read):
        raise TallyError([gone], job.language)
    database = duckdb.connect()
    try:
        with files.placed(job.written) as temporary:
            table = database.read_parquet(job.read, hive_partitioning=False)
            made = elsewhere.scored(
                job.rubric.tables, table, "duckdb", job.detail, job.on_error, scaled=job.scaled
            )
            made.write_parquet(temporary)
            by = ", ".join(f'"{name}"' if name else "NULL" for name in found.columns(job))
            groups = database.execute(
                f"SELECT {by}, count(*) FROM read_parquet(?, hive_partitioning=false) GROUP BY ALL",
                [temporary],
            ).fetchall()
            return found.summed(job, table, "duckdb", groups)
    except duckdb.Error as error:
        if type(error) in (duckdb.InvalidInputException, duckdb.Error):
            raise found.damaged(job) from None
        raise OSError(*found.reason(error)) from None
