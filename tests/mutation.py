"""Small changes to what computes -> how many the unit tests notice; exit 1 below 95 % of them, or where the tests fail unchanged.

Not part of the ordinary test run. `python tests/mutation.py` takes about half an hour and works in the folder ``mutants``, which
it empties first; `python tests/mutation.py 'govrubric.numbers*'` tries one module. Each change that nobody noticed is named, and
`mutmut show NAME` prints it. pyproject.toml says which modules are changed and which tests are run.
"""

import os
import re
import shutil
import subprocess
import sys
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).parents[1]
WANTED = 95
NOTICED = ("killed", "timeout", "caught by type check", "segfault")
_RESULT = re.compile(r"^\s*(govrubric\.(\w+)\.\S+): (.+)$", re.MULTILINE)


def tried(text: str) -> list[tuple[str, str, str]]:
    """What mutmut prints of its results -> name, module and outcome of each change that was tried."""
    return [
        (name, module, outcome.strip())
        for name, module, outcome in _RESULT.findall(text)
        if outcome.strip() != "not checked"
    ]


def told(results: list[tuple[str, str, str]]) -> tuple[str, bool]:
    """A table of the modules, what survived, and whether enough was noticed."""
    every, noticed = (
        Counter(module for _, module, _ in results),
        Counter(module for _, module, outcome in results if outcome in NOTICED),
    )
    rows = [
        f"{module:<12} {noticed[module]:>5} of {every[module]:>5}  {100 * noticed[module] // every[module]} %"
        for module in sorted(every)
    ]
    unnoticed = [f"{name}: {outcome}" for name, _, outcome in results if outcome not in NOTICED]
    enough = bool(results) and 100 * sum(noticed.values()) >= WANTED * len(results)
    whole = f"{sum(noticed.values())} of {len(results)} changes are noticed, and {WANTED} % are wanted: {'enough' if enough else 'NOT ENOUGH'}"
    return "\n".join([*unnoticed, "", *rows, whole]), enough


def main(names: list[str]) -> int:
    """Run it all, and say what came of it."""
    shutil.rmtree(ROOT / "mutants", ignore_errors=True)
    environment = {**os.environ, "HYPOTHESIS_PROFILE": "mutation"}
    mutmut = str(Path(sys.executable).parent / "mutmut")
    done = subprocess.run([mutmut, "run", *names], cwd=ROOT, env=environment, check=False)
    if done.returncode != 0:
        print("the tests fail without any change, so nothing can be said of them")
        return 1
    printed = subprocess.run(
        [mutmut, "results", "--all", "true"],
        cwd=ROOT,
        env=environment,
        check=True,
        capture_output=True,
        text=True,
    ).stdout
    text, enough = told(tried(printed))
    print(text)
    return 0 if enough else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
