"""What an engine cannot do, why, and a table that it refuses for it; a test fails once a gap is closed."""

import random
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import pyarrow as pa

from engines import ENGINES, Engine
from govrubric import Rubric, TallyError, loads

IN_POLARS = ("polars", "lazy", "pandas", "pyarrow", "capsule")
NAMES = {
    "polars": "polars",
    "pandas": "pandas",
    "pyarrow": "pyarrow",
    "capsule": "Arrow data",
    "duckdb": "DuckDB",
    "pyspark": "PySpark",
}


@dataclass(frozen=True)
class Gap:
    """A limit of some engines (`what`, `why`) in the words of the manual, the finding, and an example."""

    engines: tuple[str, ...]
    what: str
    why: str
    code: str
    formula: str
    table: Callable[[], Any]

    @property
    def row(self) -> str:
        """The gap as a row of the table in the manual."""
        names = ", ".join(NAMES[name] for name in self.engines if name in NAMES)
        engines = "all" if self.engines == tuple(ENGINES) else names
        return f"| {engines} | {self.what} | {self.why} | {self.code} |"

    def met(self, engine: Engine) -> str:
        """The code of the finding by which an engine refuses the table; nothing if it does not."""
        table, rubric = self.table(), rubric_of(self.formula)
        try:
            engine.rows(rubric.score_frame(engine.make(table, rubric, random.Random(1)), detail="rules"))
        except TallyError as error:
            return error.diagnostics[0].code
        return ""


def rubric_of(formula: str) -> Rubric:
    """A rubric of a single rule, with a count and a number of two places as facts."""
    return loads(
        "{govrubric: 1, id: gap, title: Gap, total: 10, round: {places: 0, mode: half_up},"
        " facts: {n: count, share: {number: {max: 1}}}, indicators:"
        f" [{{id: a, title: A, weight: 10, start: zero, rules: [{{id: b, formula: '{formula}'}}]}}]}}",
        "gap.yaml",
    )


def plain() -> Any:
    return pa.table({"n": pa.array([1_000_000_000]), "share": pa.array([Decimal("0.25")])})


def texts() -> Any:
    return pa.table({"n": pa.array([1]), "share": pa.array(["0.25"])})


def capitals() -> Any:
    return pa.table(
        {"n": pa.array([1]), "share": pa.array([Decimal("0.25")]), "Total": pa.array(["of last year"])}
    )


GAPS = (
    Gap(
        tuple(ENGINES),
        "a number that may need more than 128 bits",
        "no engine has wider whole numbers",
        "GR653",
        "min(n * n * n * n * n, 1) + share",
        plain,
    ),
    Gap(
        ("pyspark",),
        "a number that may need more than 64 bits, on the way to a score or as one",
        "Spark's widest whole numbers have 64",
        "GR653",
        "min(n * n * n, 1) + share",
        plain,
    ),
    Gap(
        tuple(ENGINES),
        "a decimal of more than 38 digits",
        "those of Arrow and of databases end there; `scaled=True` gives whole numbers",
        "GR653",
        "min(n, 1000) + min(n, 1) / 128 / 128 / 128 / 128 / 128",
        plain,
    ),
    Gap(
        ("duckdb", "pyspark"),
        "a decimal whose digits and places together are more than 37",
        "they multiply decimals, exactly where both have room; `scaled=True` gives whole numbers",
        "GR653",
        "min(n, 1) / 128 / 128 / 128",
        plain,
    ),
    Gap(
        ("duckdb", "pyspark"),
        "digits as text",
        "our reading of text cannot be called there, and their own takes texts that `score` refuses",
        "GR651",
        "n + share",
        texts,
    ),
    Gap(
        ("duckdb",),
        "a column `Total` of yours beside `total`",
        "capitals make no other name in DuckDB",
        "GR652",
        "n + share",
        capitals,
    ),
)
