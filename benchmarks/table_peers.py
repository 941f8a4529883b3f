"""A table of hundredths -> the alternatives, each written in the usual way.

The floats of pandas and polars are rounded to two places, the decimals are those of DuckDB and polars, and
OpenFisca has floats of 32 bits.
"""

from collections.abc import Callable, Iterator
from decimal import Decimal
from importlib.util import find_spec
from typing import Any

import polars

import checked
import govrubric
import sql
from form import Leaf, Term, groups, leaves, worked
from rounds import Variant
from table import Table, decimals, frame, judged

Parts = dict[str, Any]


def _columns(rubric: govrubric.Rubric, leaf: Callable[[Leaf], Any]) -> Parts:
    """Every leaf and every indicator; an indicator is the sum of its parts."""
    columns: Parts = {each.path: leaf(each) for each in leaves(rubric)}
    return columns | {path: sum(columns[part] for part in parts) for path, parts in groups(rubric).items()}


def _total(rubric: govrubric.Rubric, columns: Parts) -> Any:
    return sum(columns[part] for part in rubric._plan.items[0].parts)


def _pandas(rubric: govrubric.Rubric, units: Any, items: bool) -> Any:
    import pandas

    def value_of(term: Term) -> Any:
        return float(term.each) * units[term.name]

    def column(leaf: Leaf) -> Any:
        return worked(
            leaf, value_of, lambda value: value.clip(lower=0), lambda value, full: value.clip(upper=full)
        )

    columns = _columns(rubric, column)
    return pandas.DataFrame({**(columns if items else {}), "total": _total(rubric, columns).round(2)})


def _polars(
    rubric: govrubric.Rubric, units: polars.DataFrame, items: bool, number: Callable[[Any], Any]
) -> polars.LazyFrame:
    """The form over floats or decimals; `number` makes either of a number of points."""

    def value_of(term: Term) -> Any:
        points = polars.lit(number(term.each))
        if term.kind == "flag":
            return polars.when(term.name).then(points).otherwise(polars.lit(number(0)))
        return points * polars.col(term.name)

    def floor(value: Any) -> Any:
        return polars.max_horizontal(value, polars.lit(number(0)))

    def cap(value: Any, full: int) -> Any:
        return polars.min_horizontal(value, polars.lit(number(full)))

    parts = [worked(leaf, value_of, floor, cap).alias(leaf.path) for leaf in leaves(rubric)]
    sums = [polars.sum_horizontal(below).alias(path) for path, below in groups(rubric).items()]
    total = (
        polars.sum_horizontal(rubric._plan.items[0].parts).round(2, mode="half_away_from_zero").alias("total")
    )
    scored = units.lazy().with_columns(parts).with_columns(sums).with_columns(total)
    return scored if items else scored.select("total")


def _points(value: Any) -> Decimal:
    # Three places, since polars cuts a product of decimals to the places of its factors.
    return (Decimal(value.numerator) / Decimal(value.denominator)).quantize(Decimal("0.001"))


def variants(rubric: govrubric.Rubric, table: Table, want: checked.Want, items: bool) -> Iterator[Variant]:
    """Every installed peer over the same units; each has them in its own kind of table, in memory."""
    whole = frame(table)
    tens = decimals(rubric, whole)
    floats = whole.with_columns(polars.col(name) / 100 for name in judged(rubric))
    right = checked.exactly(want, len(want) if items else 1, polars.DataFrame)
    near = checked.floats(want, lambda got: got["total"])

    def peer(
        name: str, given: str, run: Callable[[], Any], wrong: checked.Wrong, exact: bool = True
    ) -> Variant:
        return Variant(name, "peer", given, table.units, run, wrong, exact)

    if find_spec("pandas"):
        many = floats.to_pandas()
        yield peer("pandas, float64", "floats", lambda: _pandas(rubric, many, items), near, exact=False)
    floating, exact = _polars(rubric, floats, items, float), _polars(rubric, tens, items, _points)
    yield peer("polars, float64", "floats", lambda: floating.collect(engine="streaming"), near, exact=False)
    yield peer("polars, Decimal", "decimals", lambda: exact.collect(engine="streaming"), right)
    if find_spec("duckdb"):
        import duckdb

        base = duckdb.connect()
        for name, data in (("tens", tens), ("whole", whole)):
            base.register("given", data.to_arrow())
            base.execute(f"CREATE TABLE {name} AS SELECT * FROM given")
        by_decimals, by_integers = (
            sql.query(rubric, language, items, name)
            for language, name in ((sql.DECIMALS, "tens"), (sql.THOUSANDTHS, "whole"))
        )
        yield peer("DuckDB, DECIMAL", "decimals", lambda: base.sql(by_decimals).to_arrow_table(), right)
        yield peer("DuckDB, INTEGER", "hundredths", lambda: base.sql(by_integers).to_arrow_table(), right)
    if find_spec("openfisca_core") and not items:
        import fisca

        system, columns = fisca.system(rubric), {name: floats[name].to_numpy() for name in table.columns}
        yield peer(
            "OpenFisca, float32",
            "floats",
            lambda: fisca.together(system, columns, table.units),
            checked.floats(want, lambda got: got),
            exact=False,
        )
