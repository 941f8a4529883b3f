"""steps: the lines that are wanted, in an order in which they can be computed."""

from fractions import Fraction

import pytest
from hypothesis import given

from govrubric.formula.build import add, const, greatest, line, minus, rounded, scale, tally_count
from govrubric.formula.nodes import Const, Formula, Name, Ranked, names
from govrubric.tables.steps import levels, steps
from govrubric.testing.interpreter import lines as interpreted
from govrubric.testing.interpreter import number, unsaid, value
from strategies import Sample, samples

N, M = tally_count("n", None), tally_count("m", None)
LINES: dict[str, Formula] = {
    "a": greatest(minus(const(5), scale(N, Fraction(1, 2))), const(0)),
    "b": greatest(minus(const(3), M), const(0)),
    "unused": add(N, M),
}
LINES["both"] = add(line("a", LINES["a"]), line("b", LINES["b"]))
LINES["twice"] = rounded(scale(line("both", LINES["both"]), Fraction(1, 3)), 1, "half_even")


def fits(_: Formula) -> bool:
    return True


def test_what_is_used_once_is_written_out_and_what_nobody_needs_is_left_out() -> None:
    made = steps(LINES, {"n": N, "m": M}, ["both"], fits)
    assert list(made) == ["both"]
    # 5 - min(n, 10)/2 + 3 - min(m, 3): both have one sign, and a constant of 8.
    assert {
        name: value(made["both"], {"n": Fraction(n), "m": Fraction(m)})
        for name, n, m in (("x", 0, 0), ("y", 3, 1), ("z", 11, 4))
    } == {
        "x": 8,
        "y": Fraction("5.5"),
        "z": 0,
    }


def test_what_is_used_twice_is_a_step_of_its_own() -> None:
    made = steps(LINES, {"n": N, "m": M}, ["twice"], fits)
    *shared, last = made
    assert last == "twice"
    assert shared
    assert all(name.startswith("#") for name in shared)
    known = {"n": Fraction(1), "m": Fraction(1)}  # (4.5 + 2) / 3 = 2.1666…
    for name, formula in made.items():
        known[name] = value(formula, known)
    assert known["twice"] == Fraction("2.2")


def test_what_is_wanted_is_there_though_it_is_an_input_or_a_constant() -> None:
    made = steps({"c": const(4), "i": N}, {"n": N}, ["c", "i"], fits)
    assert made == {"c": const(4), "i": N}


def test_an_input_without_a_column_is_what_stands_for_it() -> None:
    made = steps(LINES, {"n": const(0), "m": M}, ["a", "both"], fits)
    assert made["a"] == const(5)
    assert set(names(made["both"])) == {"m"}


def test_a_constant_that_is_kept_on_the_way_has_no_name() -> None:
    lines: dict[str, Formula] = {
        "r": Ranked(1, Fraction(0), Fraction(9), "sum", (N, const(4), M), (const(1),) * 3, 1, 1)
    }
    made = steps(lines, {"n": const(3), "m": const(9)}, ["r"], fits)
    assert made["r"] == const(4)


def test_levels_are_steps_that_need_nothing_of_each_other() -> None:
    made: dict[str, Formula] = {
        "a": N,
        "b": M,
        "c": add(line("a", N), line("b", M)),
        "d": add(N, M),
        "e": line("c", N),
    }
    assert levels(made) == [["a", "b", "d"], ["c"], ["e"]]
    assert levels({}) == []


@pytest.mark.parametrize("detail", ["total", "all"])
@given(sample=samples())
def test_the_steps_of_a_random_rubric_come_to_its_lines_in_their_order(detail: str, sample: Sample) -> None:
    plan = sample.rubric._plan
    inputs = {one.name: one for one in plan.inputs}
    known = {
        name: number(one, sample.tally[name]) if name in sample.tally else unsaid(one)
        for name, one in inputs.items()
    }
    wanted = [":contribution", ":void"] if detail == "total" else list(plan.lines)
    came = interpreted(plan, known)
    made = steps(
        plan.lines,
        inputs,
        wanted,
        lambda formula: max(abs(formula.lo), abs(formula.hi)) * formula.den < 2**31,
    )
    there = set(known)
    for name, formula in made.items():
        assert set(names(formula)) <= there
        there.add(name)
        known[name] = value(formula, known)
        assert formula.lo <= known[name] <= formula.hi
        assert isinstance(formula, (Const, Name)) or name in wanted or name.startswith("#") or ":" in name
    assert {name: known[name] for name in wanted} == {name: came[name] for name in wanted}
    levelled = levels(made)
    placed = {name: level for level, members in enumerate(levelled) for name in members}
    assert sorted(placed) == sorted(made)
    assert all(
        placed[used] < placed[name]
        for name, formula in made.items()
        for used in names(formula)
        if used in made
    )
