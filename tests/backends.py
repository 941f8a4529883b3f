"""Random rubrics and tables x every engine -> a line for each engine; exit code 1 on a difference.

Not part of the ordinary test run, which compares fewer rubrics and leaves PySpark out. Run it as
`python tests/backends.py`.
"""

import argparse
import sys
import time

from engines import ENGINES, Scored
from gaps import GAPS
from govrubric.testing.backends import Conformity, Nonconformity, check_backend

HEADS = ("engine", "rubrics", "rows", "cells", "different", "refused", "gaps", "seconds")


def row(name: str, result: Conformity, closed: list[str], seconds: float) -> tuple[str, ...]:
    """The result of an engine, as a row of the table."""
    gaps = [gap for gap in GAPS if name in gap.engines]
    figures = (result.rubrics, result.rows, result.cells, len(result.differences), len(result.refused))
    return (name, *map(str, figures), f"{len(gaps) - len(closed)}/{len(gaps)}", f"{seconds:.0f}")


def main(words: list[str]) -> int:
    """Compare the named engines, and print the result of each."""
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
    parser.add_argument("--rubrics", type=int, default=100, help="how many random rubrics each engine gets")
    parser.add_argument("--rows", type=int, default=50, help="how many rows most tables have")
    parser.add_argument("--seed", type=int, default=0, help="another seed draws other rubrics and tables")
    parser.add_argument(
        "--detail", choices=("total", "items", "rules"), default="rules", help="which columns are compared"
    )
    parser.add_argument("--scaled", action="store_true", help="ask for whole numbers instead of decimals")
    options = parser.parse_args(words)
    wrong: list[str] = []
    print("".join(f"{head:>10}" for head in HEADS))
    for name in options.engines:
        start = time.perf_counter()
        scored = Scored(ENGINES[name], options.detail, options.scaled)
        try:
            result = check_backend(
                scored, rubrics=options.rubrics, rows=options.rows, seed=options.seed, detail=options.detail
            )
        except Nonconformity as error:
            result = error.found
            wrong.append(f"{name}: {error}")
        closed = [gap.row for gap in GAPS if name in gap.engines and gap.met(ENGINES[name]) != gap.code]
        wrong += [f"{name}: this gap is closed: {gap}" for gap in closed]
        cells = row(name, result, closed, time.perf_counter() - start)
        print("".join(f"{cell:>10}" for cell in cells), flush=True)
    print(*wrong, sep="\n")
    return int(bool(wrong))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
