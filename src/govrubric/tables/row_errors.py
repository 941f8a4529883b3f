"""Rows that cannot be scored -> the findings that `score` would give for them."""

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from typing import Any

from govrubric.diagnostics.diagnostic import Diagnostic, TallyError, lang
from govrubric.diagnostics.display import plain
from govrubric.document.nodes import Plain
from govrubric.scoring.tally import check
from govrubric.scoring.values import left_out
from govrubric.tables.columns import Check
from govrubric.tables.program import Inputs

FIRST = 10
BETWEEN = "; "


def findings(inputs: Inputs, row: Mapping[str, Any], *, text: bool) -> tuple[Diagnostic, ...]:
    """What is wrong with a row: the findings of `score` for a tally with the row's columns.

    In a row of `text` cells, an empty cell stands for what is taken where a value is left out.
    """
    known = {input_.name: input_ for input_ in inputs.plan.inputs}
    tally: dict[str, Any] = {
        name: left_out(input_) for name, input_ in known.items() if name not in row and not input_.required
    }
    for name, cell in row.items():
        value = (cell.strip() or None) if text and isinstance(cell, str) else cell
        if name not in known or value is None:
            continue
        if text:
            tally[name] = Plain(value)
        elif isinstance(value, Decimal) and known[name].kind == "count":
            tally[name] = int(value)  # a database may keep whole numbers as decimals
        else:
            tally[name] = value
    try:
        check(known, tally, strict=not text, excused=inputs.plan.excused, derived=inputs.derived)
    except TallyError as error:
        return error.diagnostics
    return ()


def text_of(inputs: Inputs, found: Iterable[Diagnostic]) -> str:
    """The findings of a row as a text: codes and whole names, which a finding may have shortened."""
    whole = {plain(input_.name): input_.name for input_ in inputs.plan.inputs}
    return BETWEEN.join(f"{finding.code} {whole[dict(finding.args)['name']]}" for finding in found)


def expressions(inputs: Inputs) -> Any:
    """The same text as a column, where the engine cannot call a Python function with the rows."""
    m = inputs.m
    parts = []
    for name in inputs.must():
        checks = [Check("GR602", ~inputs.absent(name))]
        if name in inputs.given:
            checks += [*inputs.given[name].numbers, *inputs.checks(name)]
        passed_so_far: Any = None
        for test in checks:
            # A value that failed a check, such as that of the range, is not checked further.
            failed = ~test.passed if passed_so_far is None else ~test.passed & passed_so_far
            text = m.lit(f"{BETWEEN}{test.code} {name}")
            parts.append(m.when(failed.fill_null(False)).then(text).otherwise(m.lit("")))
            passed_so_far = test.passed if passed_so_far is None else passed_so_far & test.passed
    if not parts:
        return m.lit(None, dtype=m.String)
    return m.when(m.col(inputs.bad_name)).then(m.concat_str(parts).str.slice(len(BETWEEN)))


def refused(
    bad: int, rows: int, found: Iterable[tuple[str, tuple[Diagnostic, ...]]], language: str
) -> TallyError:
    """The refusal of a table: how many rows are wrong, and the findings of the first, by the row's label."""
    listed = [
        Diagnostic.of(finding.code, None, (label,), **dict(finding.args))
        for label, findings_of_row in found
        for finding in findings_of_row
    ]
    return TallyError([Diagnostic.of("GR650", bad=bad, rows=rows), *listed], language)


def labels(rows: Iterable[Mapping[str, Any]], numbers: Iterable[int | None], language: str) -> Iterator[str]:
    """The label of each row: its number, counted from 1, and the unit that it names."""
    chinese = lang(language) == "zh"
    for row, number in zip(rows, numbers, strict=True):
        unit = next((plain(str(row[key]), 40) for key in ("unit", "name") if row.get(key) is not None), "")
        place = ""
        if number is not None:
            place = f"第 {number} 行" if chinese else f"row {number}"
        if place and unit:
            yield f"{place}（{unit}）" if chinese else f"{place} ({unit})"
        else:
            yield place or unit or ("有一行" if chinese else "a row")
