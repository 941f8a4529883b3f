"""One unit at a time: govrubric against the district form written out by hand, all in one run, interleaved.

`python benchmarks/single.py` prints a table; ratios are what counts, since the times are of whatever machine this is. It
never fails by the clock; it does fail when a variant comes to another total.
"""

import argparse
import json
import os
import platform
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from random import Random
from typing import Any

import by_hand

import govrubric

NAME = "2023-district"
GOALS = {"score": 2.5, "lines": 10.0, "total": 3.0, "import": 120.0, "load": 60.0, "check": 250.0}


def tallies(rubric: govrubric.Rubric, count: int) -> list[dict[str, Any]]:
    """Made-up units: mostly few cases, some beyond what empties an item; whole numbers where an assessor judges."""
    random = Random(2023)
    made = []
    for _ in range(count):
        tally: dict[str, Any] = {}
        for name, one in rubric.inputs.items():
            if one.kind == "count":
                tally[name] = random.choice((0, 0, 0, 1, 2, 3, 5, 8, 60))
            elif one.kind == "flag":
                tally[name] = random.random() < 0.2
            else:
                tally[name] = random.randint(0, int(one.hi))
        made.append(tally)
    return made


def naive(rubric: govrubric.Rubric) -> Callable[[dict[str, Any]], Decimal]:
    """What one would write first: a loop over the model's rules with Decimal, and a list of dicts for a trace."""
    leaves = [item for item in rubric.plan.items if not item.parts]
    full = {item.path: Decimal(item.full.numerator) for item in leaves}

    def score(tally: dict[str, Any]) -> Decimal:
        total, trace = Decimal(0), []
        for item in leaves:
            balance = full[item.path] if item.start else Decimal(0)
            for planned in item.rules:
                rule: Any = planned.rule
                before = balance
                if rule.verb == "deduct":
                    balance = max(balance - Decimal(str(float(rule.deduct))) * tally[planned.path], Decimal(0))
                elif rule.verb == "award":
                    gain = sum((Decimal(level.points.numerator) * tally[f"{planned.path}.{level.name}"] for level in rule.award), Decimal(0))
                    balance = min(balance + gain, full[item.path])
                elif rule.verb == "judge":
                    balance += Decimal(tally[planned.path])
                else:
                    balance += Decimal(tally[planned.path]) * full[item.path] / 100
                trace.append({"path": planned.path, "before": before, "applied": balance - before, "after": balance})
            total += balance
        return total.quantize(Decimal("0.01"), ROUND_HALF_UP)

    return score


def over(units: list[dict[str, Any]], score: Callable[[dict[str, Any]], Any]) -> Callable[[], None]:
    """Score every unit and keep nothing."""

    def run() -> None:
        for unit in units:
            score(unit)

    return run


def interleaved(variants: dict[str, Callable[[], Any]], rounds: int) -> dict[str, float]:
    """The median time of each variant in seconds; rounds alternate, so that all meet the same machine."""
    times: dict[str, list[float]] = {name: [] for name in variants}
    for _ in range(rounds):
        for name, run in variants.items():
            began = time.perf_counter()
            run()
            times[name].append(time.perf_counter() - began)
    return {name: statistics.median(taken) for name, taken in times.items()}


def commands(rounds: int) -> dict[str, float]:
    """Import, load and check as separate processes, in milliseconds; a first round, which compiles, does not count."""
    # A benchmark of a start-up means nothing when every start compiles the source anew.
    environment = {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}

    def ask(code: str) -> float:
        return float(subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True, env=environment).stdout)

    clock = "import time; began = time.perf_counter(); {}; print((time.perf_counter() - began) * 1000)"
    path = str(Path(__file__).parents[1] / "rubrics" / f"{NAME}.yaml")
    tries: dict[str, Callable[[], float]] = {
        "import govrubric": lambda: ask(clock.format("import govrubric")),
        "import, with all that loading needs": lambda: ask(clock.format("import govrubric.loading")),
        "load a shipped rubric": lambda: ask("import govrubric.loading, ruamel.yaml; " + clock.format(f"govrubric.shipped('{NAME}')")),
        "load it again": lambda: ask(f"import govrubric; govrubric.shipped('{NAME}'); " + clock.format(f"govrubric.shipped('{NAME}')")),
    }
    taken: dict[str, list[float]] = {name: [] for name in (*tries, "govrubric check, the command")}
    for round_ in range(rounds + 1):
        for name, run in tries.items():
            value = run()
            if round_:
                taken[name].append(value)
        began = time.perf_counter()
        subprocess.run([sys.executable, "-m", "govrubric", "check", path], check=True, capture_output=True, env=environment)
        if round_:
            taken["govrubric check, the command"].append((time.perf_counter() - began) * 1000)
    return {name: statistics.median(values) for name, values in taken.items()}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=60)
    parser.add_argument("--units", type=int, default=200)
    parser.add_argument("--json", action="store_true", help="print JSON instead of a table")
    arguments = parser.parse_args()
    rubric = govrubric.shipped(NAME)
    units = tallies(rubric, arguments.units)
    numbers = [name for name, one in rubric.inputs.items() if one.required]
    hundredths = [{**unit, **{name: unit[name] * 100 for name in numbers}} for unit in units]
    decimals = [{**unit, **{name: Decimal(unit[name]) for name in numbers}} for unit in units]
    loop = naive(rubric)
    for unit, hand, exact in zip(units, hundredths, decimals, strict=True):
        totals = {Decimal(by_hand.total(hand)) / 100, Decimal(by_hand.traced(hand)[0]) / 100, rubric.total(unit), loop(unit)}
        totals |= {rubric.score(unit).total, rubric.score(exact).total}
        assert len(totals) == 1, totals

    def every_line(unit: dict[str, Any]) -> None:
        card = rubric.score(unit)
        card.items  # noqa: B018 - reading is what is measured
        card.rules  # noqa: B018

    variants = {
        "limit: by hand, whole numbers, no trace": over(hundredths, by_hand.total),
        "traced limit: by hand, whole numbers, tuples": over(hundredths, by_hand.traced),
        "naive loop over rules, Decimal, dicts": over(units, loop),
        "rubric.total(tally)": over(units, rubric.total),
        "rubric.score(tally)": over(units, rubric.score),
        "rubric.score(tally), judged as Decimal": over(decimals, rubric.score),
        "rubric.score(tally), then every line": over(units, every_line),
    }
    seconds = interleaved(variants, arguments.rounds)
    each = {name: taken / arguments.units * 1e6 for name, taken in seconds.items()}
    limit, traced = list(each.values())[:2]
    started = commands(9)
    lines_alone = each["rubric.score(tally), then every line"] - each["rubric.score(tally)"]
    goals = {
        "score ÷ traced limit": (each["rubric.score(tally)"] / traced, GOALS["score"]),
        "total ÷ limit": (each["rubric.total(tally)"] / limit, GOALS["total"]),
        "every line ÷ traced limit": (lines_alone / traced, GOALS["lines"]),
        "import, ms": (started["import govrubric"], GOALS["import"]),
        "load, ms": (started["load a shipped rubric"], GOALS["load"]),
        "check, ms": (started["govrubric check, the command"], GOALS["check"]),
    }
    machine = f"Python {platform.python_version()}, {platform.machine()}, {os.cpu_count()} cores, {platform.system()}"
    if arguments.json:
        print(json.dumps({"machine": machine, "microseconds": each, "milliseconds": started, "goals": goals}, ensure_ascii=False, indent=1))
        return
    print(f"One unit of {NAME}: {len(rubric.inputs)} inputs, {len(rubric.plan.items)} items. {machine}.\n")
    print("| variant | µs | × limit | × traced limit |\n| --- | ---: | ---: | ---: |")
    for name, taken in each.items():
        print(f"| {name} | {taken:.2f} | {taken / limit:.2f} | {taken / traced:.2f} |")
    print("\n| start | ms |\n| --- | ---: |")
    for name, taken in started.items():
        print(f"| {name} | {taken:.0f} |")
    print("\n| goal | measured | at most | |\n| --- | ---: | ---: | --- |")
    for name, (measured, most) in goals.items():
        print(f"| {name} | {measured:.2f} | {most:g} | {'met' if measured <= most else 'missed'} |")


if __name__ == "__main__":
    main()
