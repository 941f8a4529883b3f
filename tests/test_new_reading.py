"""A reading of the plan costs one file: a throw-away one computes every conformance case in SQLite's whole numbers."""

import json
import os
import shutil
import subprocess
import sys
from fractions import Fraction
from pathlib import Path

from test_cases_conformance import CASES, case

SRC = Path(__file__).parents[1] / "src" / "govrubric"

READING = '''
"""Plan x tally -> total, computed by SQLite: each step is a column of whole numbers over a denominator."""

import sqlite3
from collections.abc import Mapping
from fractions import Fraction
from math import lcm
from typing import Any

from govrubric.formula.nodes import Absolute, Add, Chain, Const, Extreme, Formula, If, Logic, Name, Quotient, Ratio, Round, Scale, Times
from govrubric.plan.lines import TOTAL, VOID
from govrubric.rubric import Rubric
from govrubric.scoring.derived_flags import DerivedFlags
from govrubric.scoring.tally import check
from govrubric.tables.fractions import taken_apart
from govrubric.tables.steps import steps

SIGNS = {"==": "=", "!=": "<>"}


def total(rubric: Rubric, tally: Mapping[str, Any]) -> Fraction | None:
    """The total of a unit; ``None`` where a gate takes it away."""
    plan = rubric._plan
    values = check(rubric._inputs, tally, excused=plan.excused, derived=DerivedFlags(plan)).values
    columns = {name: f"i{index}" for index, name in enumerate(rubric._inputs)}
    lines = steps(taken_apart(plan.lines), rubric._inputs, [TOTAL, VOID], lambda formula: True)
    database = sqlite3.connect(":memory:")
    given = [f"{value} AS {columns[name]}" for name, value in zip(rubric._inputs, values, strict=True)]
    database.execute(f"CREATE TABLE unit AS SELECT {', '.join(['0 AS z', *given])}")
    for name, formula in lines.items():
        columns[name] = f"v{len(columns)}"
        database.execute(f"ALTER TABLE unit ADD COLUMN {columns[name]}")
        database.execute(f"UPDATE unit SET {columns[name]} = {sql(formula, formula.den, columns)}")
    wanted = [columns[TOTAL], columns[VOID], f"typeof({columns[TOTAL]})"]
    ((whole, void, kind),) = database.execute(f"SELECT {', '.join(wanted)} FROM unit")
    assert kind == "integer", "too large for 64 bits"
    return None if void else Fraction(whole, lines[TOTAL].den)


def sql(formula: Formula, den: int, columns: Mapping[str, str]) -> str:
    """The value as a whole number over `den`."""
    def over(part: Formula, den: int) -> str:
        return sql(part, den, columns)

    match formula:
        case Const():
            return str(int(formula.lo * den))
        case Name():
            return f"({columns[formula.name]} * {den // formula.den})"
        case Add():
            return f"({' + '.join(over(term, den) for term in formula.terms)})"
        case Scale():
            return f"({over(formula.of, formula.of.den)} * {int(formula.by * Fraction(den, formula.of.den))})"
        case Times():
            return f"({over(formula.a, formula.a.den)} * {over(formula.b, formula.b.den)} * {den // formula.den})"
        case Absolute():
            return f"abs({over(formula.of, den)})"
        case Extreme():
            return f"{'min' if formula.sign == '<' else 'max'}({over(formula.a, den)}, {over(formula.b, den)})"
        case If():
            return f"CASE WHEN {over(formula.test, formula.test.den)} > 0 THEN {over(formula.then, den)} ELSE {over(formula.other, den)} END"
        case Ratio():
            part = f"({formula.multiple * formula.under.den} / {over(formula.under, formula.under.den)})"
            return f"({over(formula.over, formula.over.den)} * {part} * {den // formula.den})"
        case Quotient():
            a = f"({over(formula.over, formula.over.den)} * {formula.under.den})"
            b = f"({over(formula.under, formula.under.den)} * {formula.over.den})"
            return f"({floored(a, b)} * {den})"
        case Round():
            return f"({floored(over(formula.of, formula.of.den), str(formula.of.den))} * {den})"
        case Chain():
            common = lcm(*(term.den for term in formula.terms))
            terms = [over(term, common) for term in formula.terms]
            pairs = zip(formula.signs, terms[:-1], terms[1:], strict=True)
            return f"(({' AND '.join(f'{a} {SIGNS.get(sign, sign)} {b}' for sign, a, b in pairs)}) * {den})"
        case Logic():
            flags = [f"{over(flag, flag.den)} > 0" for flag in formula.flags]
            return f"(({f' {formula.word.upper()} '.join(flags)}) * {den})"
        case _:
            raise TypeError(f"steps have no {type(formula).__name__}")


def floored(a: str, b: str) -> str:
    """The whole number below a quotient, since `/` goes towards zero; `b` is above zero."""
    return f"(({a} - (({a} % {b}) + {b}) % {b}) / {b})"
'''

PROGRAM = """
import json
import sys
from decimal import Decimal
from govrubric import loads
from govrubric.reports.sqlite import total

totals = {}
for name, (text, tally) in json.load(sys.stdin).items():
    rubric = loads(text)
    given = {key: Decimal(value) if rubric._inputs[key].kind == "number" else value for key, value in tally.items()}
    found = total(rubric, given)
    totals[name] = None if found is None else str(found)
print(json.dumps(totals))
"""


def test_a_reading_is_one_file(tmp_path: Path) -> None:
    shutil.copytree(SRC, tmp_path / "govrubric", ignore=shutil.ignore_patterns("__pycache__"))
    before = {path: path.read_bytes() for path in tmp_path.rglob("*.py")}
    (tmp_path / "govrubric" / "reports" / "sqlite.py").write_text(READING, "utf-8")
    given, due = {}, {}
    for name in CASES:
        rubric, tally, lines = case(name)
        plain = {key: str(value) if isinstance(value, str) else value for key, value in tally.items()}
        if ":total" in lines and not any(isinstance(value, dict) for value in plain.values()):
            given[name] = (rubric.to_text(), plain)
            due[name] = None if lines[":total"] is None else str(Fraction(str(lines[":total"])))
    assert len(given) > 20
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(tmp_path), "PYTHONDONTWRITEBYTECODE": "1"},
        input=json.dumps(given),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stderr == ""
    assert json.loads(done.stdout) == due
    assert {path: path.read_bytes() for path in before} == before
