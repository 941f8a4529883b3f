"""Every hostile input, each in a process of its own: `python tests/hostile/run.py [WORD…]`.

Prints what came of each, its CPU seconds and its MiB above those of an honest input, and ends with 1 if any did other than
it must. With words, only the cases whose names hold one of them.
"""

import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from hostile import every
from hostile.case import Case, faults, idle, run


def main(words: list[str]) -> int:
    """Run the cases and print a line for each."""
    chosen = [case for case in every.CASES if not words or any(word in case.name for word in words)]
    failed = 0
    for number, case in enumerate(chosen, 1):
        failed += _failed(case, number, len(chosen))
    print(f"{len(chosen)} hostile inputs: {len(chosen) - failed} as they must, {failed} not")
    return 1 if failed or not chosen else 0


def _failed(case: Case, number: int, of: int) -> bool:
    with tempfile.TemporaryDirectory() as folder:
        outcome = run(case, Path(folder))
        wrong = faults(case, outcome)
    cpu, mib = idle(case.honest)
    print(
        f"{number:>3}/{of} {'FAILED' if wrong else 'ok':<6} exit {outcome.exit:>2} {max(0, outcome.cpu - cpu):5.2f} s"
        f" {max(0, outcome.mib - mib):4.0f} MiB  {case.name}",
        flush=True,
    )
    for line in wrong:
        print(f"        {line}", flush=True)
    if wrong:
        print("        | " + outcome.output[:1500].replace("\n", "\n        | "), flush=True)
    return bool(wrong)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
