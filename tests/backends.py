"""Random rubrics and tables over every engine, PySpark among them, as `python tests/backends.py`: one line each, exit code 1 on a difference.

Not part of the ordinary test run, which tries the same on fewer rubrics and without PySpark.
"""

import argparse
import sys
import time

from engines import ENGINES, Scored
from gaps import GAPS
from govrubric.testing.backends import Conformity, Nonconformity, check_backend

HEADS = ("engine", "rubrics", "rows", "cells", "different", "refused", "gaps", "seconds")


def row(name: str, found: Conformity, closed: list[str], seconds: float) -> tuple[str, ...]:
    """What came of an engine, as a row of the table."""
    gaps = [gap for gap in GAPS if name in gap.engines]
    figures = (found.rubrics, found.rows, found.cells, len(found.differences), len(found.refused))
    return (name, *map(str, figures), f"{len(gaps) - len(closed)}/{len(gaps)}", f"{seconds:.0f}")


def main(words: list[str]) -> int:
    """Try the engines that are named, and print what came of each."""
    parser = argparse.ArgumentParser(
        description="Score random tables with every engine, and compare every cell with Rubric.score."
    )
    parser.add_argument(
        "--engines",
        nargs="+",
        choices=ENGINES,
        default=list(ENGINES),
        metavar="NAME",
        help=f"some of {', '.join(ENGINES)}",
    )
    parser.add_argument("--rubrics", type=int, default=100, help="how many random rubrics each gets")
    parser.add_argument("--rows", type=int, default=50, help="how many rows most tables have")
    parser.add_argument("--seed", type=int, default=0, help="another draws other rubrics and tables")
    parser.add_argument(
        "--detail", choices=("total", "items", "rules"), default="rules", help="which columns are compared"
    )
    parser.add_argument("--scaled", action="store_true", help="ask for whole numbers instead of decimals")
    asked = parser.parse_args(words)
    wrong: list[str] = []
    print("".join(f"{head:>10}" for head in HEADS))
    for name in asked.engines:
        start = time.perf_counter()
        scored = Scored(ENGINES[name], asked.detail, asked.scaled)
        try:
            found = check_backend(
                scored, rubrics=asked.rubrics, rows=asked.rows, seed=asked.seed, detail=asked.detail
            )
        except Nonconformity as error:
            found = error.found
            wrong.append(f"{name}: {error}")
        closed = [gap.row for gap in GAPS if name in gap.engines and gap.met(ENGINES[name]) != gap.code]
        wrong += [f"{name}: this gap is closed: {gap}" for gap in closed]
        print(
            "".join(f"{cell:>10}" for cell in row(name, found, closed, time.perf_counter() - start)),
            flush=True,
        )
    print(*wrong, sep="\n")
    return int(bool(wrong))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
