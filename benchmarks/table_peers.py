"""A table of hundredths -> what a user would pick instead, each written as one would write it.

Floats are pandas' and polars' own, rounded to two places; decimals are DuckDB's and polars' own; OpenFisca has floats of 32 bits.
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
    made: Parts = {one.path: leaf(one) for one in leaves(rubric)}
    return made | {path: sum(made[part] for part in parts) for path, parts in groups(rubric).items()}


def _total(rubric: govrubric.Rubric, made: Parts) -> Any:
    return sum(made[part] for part in rubric.plan.items[0].parts)


def _pandas(rubric: govrubric.Rubric, units: Any, items: bool) -> Any:
    import pandas

    def term(one: Term) -> Any:
        return float(one.each) * units[one.name]

    made = _columns(
        rubric,
        lambda one: worked(
            one, term, lambda value: value.clip(lower=0), lambda value, full: value.clip(upper=full)
        ),
    )
    return pandas.DataFrame({**(made if items else {}), "total": _total(rubric, made).round(2)})


def _polars(
    rubric: govrubric.Rubric, units: polars.DataFrame, items: bool, number: Callable[[Any], Any]
) -> polars.LazyFrame:
    """Written over floats or decimals, by what `number` makes of a number of points."""

    def term(one: Term) -> Any:
        points = polars.lit(number(one.each))
        return (
            polars.when(one.name).then(points).otherwise(polars.lit(number(0)))
            if one.kind == "flag"
            else points * polars.col(one.name)
        )

    def floor(value: Any) -> Any:
        return polars.max_horizontal(value, polars.lit(number(0)))

    def cap(value: Any, full: int) -> Any:
        return polars.min_horizontal(value, polars.lit(number(full)))

    parts = [worked(one, term, floor, cap).alias(one.path) for one in leaves(rubric)]
    sums = [polars.sum_horizontal(below).alias(path) for path, below in groups(rubric).items()]
    total = (
        polars.sum_horizontal(rubric.plan.items[0].parts).round(2, mode="half_away_from_zero").alias("total")
    )
    scored = units.lazy().with_columns(parts).with_columns(sums).with_columns(total)
    return scored if items else scored.select("total")


def _points(value: Any) -> Decimal:
    # Three places, since polars cuts a product of decimals to the places of its factors.
    return (Decimal(value.numerator) / Decimal(value.denominator)).quantize(Decimal("0.001"))


def variants(rubric: govrubric.Rubric, table: Table, want: checked.Want, items: bool) -> Iterator[Variant]:
    """Every peer that is installed over the same units; each is given what suits it, as its own table in memory."""
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
