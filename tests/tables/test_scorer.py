"""scoring: what scores tables of one kind, made once, and which tables it refuses."""

from typing import Any

import polars as pl
import pytest

from govrubric import Rubric, TallyError, loads
from govrubric.tables.engines import Polars
from govrubric.tables.scorer import KEPT, Scoring, named, refuse
from samples import SMALL, codes, refused, rich, small
from tabled import SMALL_ROWS, wide

KINDS: dict[str, Any] = dict(pl.DataFrame(SMALL_ROWS).schema)


def test_it_is_made_once_for_each_kind_of_table() -> None:
    rubric = loads(SMALL, "small.yaml")
    first = rubric._tables.scoring(KINDS, "total", scaled=False)
    assert rubric._tables.scoring({**KINDS, "population": pl.Int64}, "total", scaled=False) is first
    others = [
        rubric._tables.scoring(KINDS, "items", scaled=False),
        rubric._tables.scoring(KINDS, "total", scaled=True),
        rubric._tables.scoring({**KINDS, "bonus.judged": pl.Decimal(9, 2)}, "total", scaled=False),
        rubric._tables.scoring({**KINDS, "bonus.judged": pl.Decimal(9, 1)}, "total", scaled=False),
        rubric._tables.scoring(dict.fromkeys(KINDS, pl.String), "total", scaled=False, text=True),
    ]
    assert len({id(one) for one in (first, *others)}) == 6
    assert first.program(sound=True) is first.program(sound=True)
    assert first.program(sound=True) is not first.program(sound=True, small=True)


def test_only_the_last_kinds_of_table_are_kept() -> None:
    rubric = loads(SMALL, "small.yaml")

    def scoring(places: int) -> Scoring:
        return rubric._tables.scoring(
            {**KINDS, "bonus.judged": pl.Decimal(20, places)}, "total", scaled=False
        )

    first, second = scoring(0), scoring(1)
    for places in range(2, 13):
        for detail in ("total", "items", "rules"):
            rubric._tables.scoring({**KINDS, "bonus.judged": pl.Decimal(20, places)}, detail, scaled=False)
        assert scoring(0) is first  # what is asked for again stays
    assert KEPT == 32
    assert scoring(1) is not second


def test_what_was_made_is_no_part_of_the_rubric() -> None:
    rubric = loads(SMALL, "small.yaml")
    rubric._tables.scoring(KINDS, "total", scaled=False)
    assert rubric == small()
    assert rubric.digest == small().digest
    assert rubric.__reduce__() == small().__reduce__()


def test_the_grade_stands_behind_the_total() -> None:
    schema = {
        name: {"count": pl.Int64, "flag": pl.Boolean}.get(one.kind, pl.String)
        for name, one in rich()._inputs.items()
    }
    assert rich()._tables.scoring(schema, "total", scaled=False).names == ["total", "grade"]
    # What is rescaled or spread over one, two or three parts has a fixed denominator, which the name tells.
    assert rich()._tables.scoring(schema, "items", scaled=True).names[:3] == ["total/10", "grade", "desk/600"]


def test_every_column_that_cannot_be_read_is_named() -> None:
    found = refused(
        TallyError,
        lambda: small()._tables.scoring(
            {**KINDS, "work.late": pl.Int8, "bonus.judged": pl.Float64}, "total", scaled=False
        ),
    )
    assert [(one.code, one.where) for one in found] == [("GR651", "work.late"), ("GR651", "bonus.judged")]


@pytest.mark.parametrize("taken", ["total", "error"])
def test_a_column_that_stands_where_a_score_goes_is_refused(taken: str) -> None:
    found = refused(
        TallyError, lambda: small()._tables.scoring({**KINDS, taken: pl.String}, "total", scaled=False)
    )
    assert [(one.code, one.where) for one in found] == [("GR652", taken)]


def test_an_item_s_name_is_taken_only_where_items_are_asked_for() -> None:
    small()._tables.scoring({**KINDS, "bonus": pl.String}, "total", scaled=False)
    found = refused(
        TallyError, lambda: small()._tables.scoring({**KINDS, "bonus": pl.String}, "items", scaled=False)
    )
    assert codes(found) == ["GR652"]


def test_where_large_and_small_letters_are_one_name_so_are_columns() -> None:
    scoring = Scoring(small()._plan, "en", Polars(), KINDS, "total", scaled=False)
    columns = {**KINDS, "Total": pl.Int8}
    named(scoring, columns)
    assert codes(refused(TallyError, lambda: named(scoring, columns, folded=True))) == ["GR652"]


def test_a_column_that_looks_like_an_input_and_what_is_missing_are_told_together() -> None:
    schema = {name: kind for name, kind in KINDS.items() if name != "bonus.judged"} | {
        "bonus.judge": pl.String,
        "total": pl.Int8,
    }
    assert codes(refused(TallyError, lambda: small()._tables.scoring(schema, "total", scaled=False))) == [
        "GR601",
        "GR602",
        "GR652",
    ]


def test_numbers_that_are_too_wide_are_refused_when_the_program_is_made() -> None:
    scoring = wide()._tables.scoring(dict.fromkeys(wide()._inputs, pl.Int64), "total", scaled=False)
    found = refused(TallyError, lambda: scoring.program(sound=True))
    assert codes(found) == ["GR653"]
    scoring.program(sound=True, small=True)


def test_refusals_speak_the_language_of_the_rubric() -> None:
    chinese = loads(SMALL.replace("title: Small form", "title: 小表\nlanguage: zh-CN"), "small.yaml")
    with pytest.raises(TallyError, match="错误"):
        chinese._tables.scoring({}, "total", scaled=False)
    refuse([], "en")


def test_any_rubric_has_its_own() -> None:
    def programs(rubric: Rubric) -> Scoring:
        return rubric._tables.scoring(KINDS, "total", scaled=False)

    assert programs(loads(SMALL, "small.yaml")) is not programs(loads(SMALL, "small.yaml"))
