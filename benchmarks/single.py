"""One unit at a time: govrubric, the district form by hand, and its alternatives.

`python benchmarks/single.py` measures this part alone, without the peers; `run.py` measures everything.
"""

import json
import os
import statistics
import subprocess
import sys
import time
import tracemalloc
from collections.abc import Callable, Iterator, Mapping, Sequence
from decimal import ROUND_HALF_UP, Decimal
from functools import partial
from pathlib import Path
from random import Random
from typing import Any

import by_hand
import govrubric
import single_peers
from form import NAME
from goals import Goal
from rounds import Group, Row, Variant, measured
from single_peers import nested

UNITS, FEW = 200, 20
LIMIT, TRACED = "by hand, whole numbers, no trace", "by hand, whole numbers, tuple trace"
TRACED_DECIMALS = "by hand, the same from Decimals with two places"
TOTAL, SCORE, LINES = "rubric.total(tally)", "rubric.score(tally)", "rubric.score(tally), then every line"
DECIMALS = f"{SCORE}, judged as Decimals with two places"
STRICT, TEXTS, NESTED, NOTED = (
    f"{SCORE}, {how}" for how in ("strict", "digits as text", "nested", "each value with evidence and a note")
)
WAYS = (STRICT, TEXTS, NESTED, NOTED)
WRITTEN, VERIFIED = "card.to_json()", "card.verify(rubric)"
READ = "ScoreCard.from_json(text).verify(rubric)"
CHECK, CHECK_MORE = "govrubric check, the command", "govrubric check, each further file"


def tallies(rubric: govrubric.Rubric, count: int) -> list[dict[str, Any]]:
    """Invented units: mostly few cases, some that empty an item; whole numbers where an assessor judges."""
    random = Random(2023)
    units = []
    for _ in range(count):
        tally: dict[str, Any] = {}
        for name, input_ in rubric._inputs.items():
            if input_.kind == "count":
                tally[name] = random.choice((0, 0, 0, 1, 2, 3, 5, 8, 60))
            elif input_.kind == "flag":
                tally[name] = random.random() < 0.2
            else:
                tally[name] = random.randint(0, int(input_.hi))
        units.append(tally)
    return units


def naive(rubric: govrubric.Rubric) -> Callable[[dict[str, Any]], Decimal]:
    """The obvious program: a loop over the rules with Decimal, and a list of dicts as a trace."""
    leaves = [item for item in rubric._plan.items if not item.parts]
    full = {item.path: Decimal(item.full.numerator) for item in leaves}

    def score(tally: dict[str, Any]) -> Decimal:
        total, trace = Decimal(0), []
        for item in leaves:
            balance = full[item.path] if item.start else Decimal(0)
            for planned in item.rules:
                rule: Any = planned.rule
                before = balance
                if rule.verb == "deduct":
                    balance = max(
                        balance - Decimal(str(float(rule.deduct))) * tally[planned.path], Decimal(0)
                    )
                elif rule.verb == "award":
                    gain = sum(
                        (
                            Decimal(level.points.numerator) * tally[f"{planned.path}.{level.name}"]
                            for level in rule.award
                        ),
                        Decimal(0),
                    )
                    balance = min(balance + gain, full[item.path])
                elif rule.verb == "judge":
                    balance += Decimal(tally[planned.path])
                else:
                    balance += Decimal(tally[planned.path]) * full[item.path] / 100
                trace.append(
                    {"path": planned.path, "before": before, "applied": balance - before, "after": balance}
                )
            total += balance
        return total.quantize(Decimal("0.01"), ROUND_HALF_UP)

    return score


def variants(rubric: govrubric.Rubric, *, with_peers: bool = True) -> Iterator[Variant]:
    """The variants that score the same units one at a time; slow peers score fewer units."""
    units = tallies(rubric, UNITS)
    numbers = [name for name, input_ in rubric._inputs.items() if input_.required]
    hundredths = [{**unit, **{name: unit[name] * 100 for name in numbers}} for unit in units]
    random = Random(2024)
    finer = [{**unit, **{name: random.randint(0, unit[name] * 100) for name in numbers}} for unit in units]
    decimals = [{**unit, **{name: Decimal(unit[name]).scaleb(-2) for name in numbers}} for unit in finer]
    texts = [{**unit, **{name: str(unit[name]) for name in numbers}} for unit in units]
    noted = [
        {name: {"value": value, "evidence": ["page 3"], "note": "seen"} for name, value in unit.items()}
        for unit in units
    ]

    def one_by_one(
        name: str,
        group: Group,
        given: str,
        score: Callable[[Any], Any],
        rows: Sequence[Any],
        points: Callable[[Any], Any],
        exact: bool = True,
        scored: Sequence[dict[str, Any]] = units,
    ) -> Variant:
        def run() -> None:
            for row in rows:
                score(row)

        def wrong(_: object) -> int:
            got = (Decimal(str(points(score(row)))).quantize(Decimal("0.01"), ROUND_HALF_UP) for row in rows)
            return sum(total != rubric.total(unit) for total, unit in zip(got, scored, strict=False))

        return Variant(name, group, given, len(rows), run, wrong, exact)

    def every_line(unit: Mapping[str, Any]) -> Any:
        card = rubric.score(unit)
        card.items  # noqa: B018 - reading is what is measured
        card.rules  # noqa: B018
        return card

    def as_they_are(total: Any) -> Any:
        return total

    def of_card(card: govrubric.ScoreCard) -> Any:
        return card.total

    yield one_by_one(
        LIMIT, "limit", "hundredths", by_hand.total, hundredths, lambda total: Decimal(total) / 100
    )
    yield one_by_one(
        TRACED, "limit", "hundredths", by_hand.traced, hundredths, lambda traced: Decimal(traced[0]) / 100
    )
    yield one_by_one(
        TRACED_DECIMALS,
        "limit",
        "Decimal",
        by_hand.traced_decimals,
        decimals,
        lambda traced: Decimal(traced[0]) / 100,
        scored=decimals,
    )
    yield one_by_one(TOTAL, "ours", "whole points", rubric.total, units, as_they_are)
    yield one_by_one(SCORE, "ours", "whole points", rubric.score, units, of_card)
    yield one_by_one(DECIMALS, "ours", "Decimal", rubric.score, decimals, of_card, scored=decimals)
    strictly = partial(rubric.score, strict=True)
    yield one_by_one(STRICT, "ours", "whole points", strictly, units, of_card)
    yield one_by_one(TEXTS, "ours", "text", rubric.score, texts, of_card)
    yield one_by_one(NESTED, "ours", "whole points", rubric.score, list(map(nested, units)), of_card)
    yield one_by_one(NOTED, "ours", "whole points", rubric.score, noted, of_card)
    yield one_by_one(LINES, "ours", "whole points", every_line, units, of_card)
    cards = list(map(rubric.score, units))
    written = [card.to_json() for card in cards]

    def verified(card: govrubric.ScoreCard) -> govrubric.ScoreCard:
        assert not card.verify(rubric)
        return card

    def read(text: str) -> govrubric.ScoreCard:
        return verified(govrubric.ScoreCard.from_json(text))

    yield one_by_one(
        WRITTEN,
        "ours",
        "a card",
        govrubric.ScoreCard.to_json,
        cards,
        lambda text: json.loads(text)["total"],
    )
    yield one_by_one(VERIFIED, "ours", "a card", verified, cards, of_card)
    yield one_by_one(READ, "ours", "text", read, written, of_card)
    yield one_by_one(
        "generic loop over rules, Decimal, dicts", "peer", "whole points", naive(rubric), units, as_they_are
    )
    for name, score, shaped, exact in single_peers.peers(rubric) if with_peers else ():
        yield one_by_one(
            name, "peer", "whole points", score, [shaped(unit) for unit in units[:FEW]], as_they_are, exact
        )


def commands(rounds: int) -> dict[str, float]:
    """Milliseconds of import, load and check in new processes, after a first round that compiles."""
    # A start-up that compiles the source each time is not what users have.
    environment = {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}

    def ask(code: str) -> float:
        command = [sys.executable, "-c", code]
        process = subprocess.run(command, check=True, capture_output=True, text=True, env=environment)
        return float(process.stdout)

    clock = "import time; began = time.perf_counter(); {}; print((time.perf_counter() - began) * 1000)"
    path = str(Path(__file__).parents[1] / "rubrics" / f"{NAME}.yaml")
    tries: dict[str, Callable[[], float]] = {
        "import govrubric": lambda: ask(clock.format("import govrubric")),
        "import, with all that loading needs": lambda: ask(clock.format("import govrubric.loading")),
        "load a shipped rubric": lambda: ask(
            "import govrubric.loading, ruamel.yaml; " + clock.format(f"govrubric.shipped('{NAME}')")
        ),
        "load it again": lambda: ask(
            f"import govrubric; govrubric.shipped('{NAME}'); " + clock.format(f"govrubric.shipped('{NAME}')")
        ),
    }
    others = sorted(map(str, Path(__file__).parents[1].glob("examples/gallery/*.yaml")))
    taken: dict[str, list[float]] = {name: [] for name in (*tries, CHECK, CHECK_MORE)}
    for round_ in range(rounds + 1):
        for name, run in tries.items():
            value = run()
            if round_:
                taken[name].append(value)
        alone, many = (_checking(paths, environment) for paths in ([path], [path, *others]))
        if round_:
            taken[CHECK].append(alone)
            taken[CHECK_MORE].append((many - alone) / len(others))
    return {name: statistics.median(values) for name, values in taken.items()}


def _checking(paths: list[str], environment: dict[str, str]) -> float:
    """Milliseconds of the command that checks some files."""
    began = time.perf_counter()
    command = [sys.executable, "-m", "govrubric", "check", *paths]
    subprocess.run(command, check=True, capture_output=True, env=environment)
    return (time.perf_counter() - began) * 1000


def bytes_of_a_card(rubric: govrubric.Rubric) -> float:
    """Memory that a card takes while nothing has been asked of it."""
    units = tallies(rubric, 2000)
    cards = [rubric.score(units[0])]
    tracemalloc.start()
    cards += [rubric.score(unit) for unit in units]
    taken, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return taken / len(units)


def goals(rows: Sequence[Row], starts: Mapping[str, float]) -> list[Goal]:
    """The goals for scoring a unit, and for starting."""
    each = {row.name: row.seconds / row.units for row in rows}
    return [
        Goal("rubric.score ÷ traced limit", each[SCORE] / each[TRACED], 2.5),
        Goal("rubric.score ÷ traced limit, from Decimals", each[DECIMALS] / each[TRACED_DECIMALS], 2),
        *(Goal(f"{way.partition(', ')[2]} ÷ rubric.score", each[way] / each[SCORE], 6) for way in WAYS),
        Goal("rubric.total ÷ limit", each[TOTAL] / each[LIMIT], 3),
        Goal("every line of a card ÷ traced limit", (each[LINES] - each[SCORE]) / each[TRACED], 6),
        Goal("card.to_json, ms", each[WRITTEN] * 1000, 0.5),
        Goal("card.verify(rubric), ms", each[VERIFIED] * 1000, 1.5),
        Goal("from_json and verify, ms", each[READ] * 1000, 2.5),
        Goal("a card, bytes", bytes_of_a_card(govrubric.shipped(NAME)), 1024),
        Goal("import, ms", starts["import govrubric"], 120),
        Goal("load a shipped rubric, ms", starts["load a shipped rubric"], 25),
        Goal("govrubric check, ms", starts[CHECK], 250),
        Goal("govrubric check, each further file, ms", starts[CHECK_MORE], 35),
    ]


def main() -> None:
    """Measure this part and print it."""
    import report

    rubric = govrubric.shipped(NAME)
    rows = measured(list(variants(rubric, with_peers=False)), 60, lambda _: None)
    starts = commands(9)
    print(
        "\n".join([*report.single(rows), "", *report.starts(starts), "", *report.goals(goals(rows, starts))])
    )


if __name__ == "__main__":
    main()
