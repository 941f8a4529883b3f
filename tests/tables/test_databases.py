"""Tables that a database computes: DuckDB, and a stand-in for PySpark, which takes long to start."""

from collections.abc import Callable
from decimal import Decimal
from types import SimpleNamespace
from typing import Any

import duckdb
import narwhals as nw
import pytest

from govrubric import Rubric, TallyError, loads
from govrubric.tables import databases
from samples import SMALL, args, codes, refused, rich, small
from tabled import SMALL_ROWS, SMALL_TOTALS, wide

TOTALS = [Decimal(total) for total in SMALL_TOTALS]
KINDS = {"unit": "varchar", "work.late": "boolean", "bonus.judged": "decimal(9, 2)"}


class Row(dict[str, Any]):
    """A row of a table that behaves as one of PySpark."""

    asDict = dict.copy  # noqa: N815 - PySpark calls it so


class DataFrame:
    """A relation of DuckDB that behaves as a frame of PySpark: a dot in a name means a field of a column."""

    __module__ = "pyspark.sql.dataframe"

    def __init__(self, relation: Any) -> None:
        self.relation = relation
        self.columns = list(relation.columns)
        self.dtypes = [(name, str(kind)) for name, kind in zip(self.columns, relation.types, strict=True)]

    def toDF(self, *names: str) -> "DataFrame":  # noqa: N802 - PySpark calls it so
        shown = ", ".join(f'"{old}" as "{new}"' for old, new in zip(self.columns, names, strict=True))
        return DataFrame(self.relation.select(shown))

    def collect(self) -> list[Row]:
        return [Row(zip(self.columns, row, strict=True)) for row in self.relation.fetchall()]


class Lazy:
    """A lazy frame of narwhals whose native table is such a one."""

    def __init__(self, frame: Any) -> None:
        self.frame = frame

    def __getattr__(self, name: str) -> Callable[..., Any]:
        def call(*args_: Any, **named: Any) -> Any:
            made = getattr(self.frame, name)(*args_, **named)
            return Lazy(made) if isinstance(made, nw.LazyFrame) else made

        return call

    def to_native(self) -> DataFrame:
        return DataFrame(self.frame.to_native())


def lazy(table: Any) -> Any:
    if not isinstance(table, DataFrame):
        return nw.from_native(table)
    assert not [name for name in table.columns if "." in name]
    return Lazy(nw.from_native(table.relation))


@pytest.fixture(params=["duckdb", "pyspark"])
def engine(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Any]:
    """A table of the engine with the rows of the small rubric, some of them changed; cells are SQL."""
    if request.param == "pyspark":
        monkeypatch.setattr(databases, "installed", lambda *_: SimpleNamespace(from_native=lazy))

    def made(rows: dict[str, list[Any]] = SMALL_ROWS, kinds: dict[str, str] = KINDS) -> Any:
        cells = [
            ", ".join(
                f"{'NULL' if one is None else repr(one)}::{kinds.get(name, 'bigint')}"
                for name, one in zip(rows, row, strict=True)
            )
            for row in zip(*rows.values(), strict=True)
        ]
        names = ", ".join(f'"{name}"' for name in rows)
        relation = duckdb.sql(
            f"select * from (values {', '.join(f'({row})' for row in cells)}) as t({names})"
        )
        return DataFrame(relation) if request.param == "pyspark" else relation

    return made


def rows(table: Any) -> list[dict[str, Any]]:
    if isinstance(table, DataFrame):
        return [row.asDict() for row in table.collect()]
    return [dict(zip(table.columns, row, strict=True)) for row in table.fetchall()]


def score(rubric: Rubric, table: Any, **how: Any) -> list[dict[str, Any]]:
    came: Any = rubric.score_frame(table, **how)
    assert type(came) is type(table)
    return rows(came)


def test_rows_are_scored_where_they_are(engine: Callable[..., Any]) -> None:
    came = score(small(), engine())
    assert list(came[0]) == [*SMALL_ROWS, "total"]
    assert [row["total"] for row in came] == TOTALS
    assert [row["unit"] for row in came] == ["u1", "u2", "u3"]


def test_items_rules_and_whole_numbers(engine: Callable[..., Any]) -> None:
    came = score(small(), engine(), detail="rules", scaled=True)
    assert [
        (row["total/10"], row["work/70"], row["work.papers.missing:raw/10"], row["bonus.used:applied/1"])
        for row in came
    ] == [
        (66, 255, -15, 3),
        (40, 210, -60, 0),
        (50, 280, 0, 1),
    ]


def test_grades_and_voids(engine: Callable[..., Any]) -> None:
    given: dict[str, list[Any]] = {
        "served": [True, False], "class": ["B", "A"], "desk.calls.missed": [6, 0],
        "desk.mail.not_applicable": [True, False], "desk.mail.replied": [None, "20"],
        "desk.visits.held": [4, 10],
        "tests.first.graded": [40, 40], "tests.second.graded": [20, 40], "tests.third.graded": [40, 40],
        "tests.more.essays": [2, 0],
    }  # fmt: skip
    kinds = {
        "served": "boolean",
        "class": "varchar",
        "desk.mail.not_applicable": "boolean",
        "desk.mail.replied": "decimal(9, 2)",
    }
    came = score(rich(), engine(given, kinds), detail="items")
    assert [(row["total"], row["grade"], row["desk/600"]) for row in came] == [
        (Decimal("60.0"), "Fair", 27 * 600),
        (None, "Closed", 50 * 600),
    ]  # visits count only while served


def test_wrong_rows_are_counted_and_the_first_named_by_their_unit(engine: Callable[..., Any]) -> None:
    table = engine(SMALL_ROWS | {"work.papers.missing": [5, -1, None], "bonus.judged": ["0.5", "0.7", "0"]})
    found = refused(TallyError, lambda: small().score_frame(table))
    assert (found[0].code, found[0].args) == ("GR650", (("bad", "2"), ("rows", "3")))
    assert {(one.code, one.where) for one in found[1:]} == {("GR604", "u2"), ("GR609", "u2"), ("GR602", "u3")}


def test_wrong_rows_may_be_kept(engine: Callable[..., Any]) -> None:
    kinds = {**KINDS, "bonus.judged": "decimal(9, 3)"}
    table = engine(
        SMALL_ROWS | {"work.papers.missing": [5, -1, None], "bonus.judged": ["0.5", "0.701", "1.001"]}, kinds
    )
    came = score(small(), table, on_error="report")
    assert list(came[0])[-2:] == ["total", "error"]
    assert [(row["total"], row["error"]) for row in came] == [
        (Decimal("6.6"), None),
        (None, "GR604 work.papers.missing; GR608 bonus.judged"),
        (None, "GR602 work.papers.missing; GR607 bonus.judged"),
    ]


def test_a_table_of_which_nothing_is_read(engine: Callable[..., Any]) -> None:
    counted = loads(SMALL.replace("      - {id: judged, judge: 1, step: 0.5}\n", ""), "small.yaml")
    for on_error in ("raise", "report"):
        came = score(counted, engine({"unit": ["u1", "u2"]}), on_error=on_error)
        assert [(row["total"], row.get("error")) for row in came] == [(Decimal("7.0"), None)] * 2


def test_what_only_a_flag_excuses_may_have_no_column(engine: Callable[..., Any]) -> None:
    given: dict[str, list[Any]] = {
        "served": [True, True],
        "class": ["B", "B"],
        "desk.mail.not_applicable": [True, False],
    }
    given |= {f"tests.{name}.graded": [40, 40] for name in ("first", "second", "third")}
    kinds = {"served": "boolean", "class": "varchar", "desk.mail.not_applicable": "boolean"}
    came = score(
        rich(), engine(given, kinds), on_error="report"
    )  # 30 of 40 for calls, of which 60 come: 45; and 40
    assert [(row["total"], row["error"]) for row in came] == [
        (Decimal("85.0"), None),
        (None, "GR602 desk.mail.replied"),
    ]


def test_columns_that_cannot_be_read_are_refused(engine: Callable[..., Any]) -> None:
    found = refused(
        TallyError,
        lambda: small().score_frame(
            engine(kinds={**KINDS, "bonus.judged": "varchar", "work.index.gap": "double"})
        ),
    )
    assert [(one.code, args(one)["dtype"]) for one in found] == [("GR651", "DOUBLE"), ("GR651", "VARCHAR")]


def test_duckdb_takes_large_and_small_letters_for_one_name() -> None:
    table = duckdb.sql('select 1 as "Total", 0.5::decimal(9, 2) as "bonus.judged"')
    assert codes(refused(TallyError, lambda: small().score_frame(table))) == ["GR652"]


def test_a_decimal_that_has_too_many_digits_may_be_had_in_whole_numbers(engine: Callable[..., Any]) -> None:
    # A 128th of a 128th of a 128th has 21 places: to multiply, a database needs 22 + 21 + 1 digits.
    text = SMALL.replace(
        "- {id: used,",
        "- {id: part, formula: (1 if share else 0) / 128 / 128 / 128, inputs: {share: flag}}\n"
        "      - {id: used,",
    )
    parted = loads(text, "small.yaml")
    table = engine(SMALL_ROWS | {"bonus.part.share": [True] * 3}, {**KINDS, "bonus.part.share": "boolean"})
    (found,) = refused(TallyError, lambda: parted.score_frame(table, detail="rules"))
    narrow = isinstance(table, DataFrame)  # no room for ten to the 21st times 3, which has 72 bits and a sign
    if narrow:
        size = "73 bits, and a table here has 64"
    else:
        size = "44 digits, and a table here has 38"
    assert found.message() == f"`bonus` may come to a number of {size}"
    assert found.help().startswith("ask for whole numbers, `scaled=True`; or score such units")
    assert narrow or found.message("zh") == "“bonus”的数值可能需要 44 位数字，而此处的表只有 38 位"
    assert [row["bonus.part:raw/2097152"] for row in score(parted, table, detail="rules", scaled=True)] == [
        1
    ] * 3


def test_duckdb_has_128_bits_and_pyspark_64(engine: Callable[..., Any]) -> None:
    table = engine({name: [1] for name in wide()._inputs})
    (found,) = refused(TallyError, lambda: wide().score_frame(table))
    assert (found.code, args(found)["name"]) == ("GR653", "park.density")
    assert args(found)["most"] == ("64" if isinstance(table, DataFrame) else "128")
