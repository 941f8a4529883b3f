"""Small changes to the modules that compute -> the share of changes that the unit tests notice.

The exit code is 1 if they notice less than 95 %, or if they fail without a change. Not part of the ordinary
test run: `python tests/mutation.py` takes about half an hour. It works in the folder ``mutants``, which it
empties first. `python tests/mutation.py 'govrubric.formula.build*'` tries one module. The report names each
change that no test noticed, and `mutmut show NAME` prints it. pyproject.toml says which modules are changed
and which tests are run.
"""

import os
import re
import resource
import shutil
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parents[1]
WANTED = 95
MEMORY = 4 << 30  # a change may make numbers that grow without end; that is noticed as an error then
NOTICED = ("killed", "timeout", "caught by type check", "segfault")
# ``govrubric.formula.build.x_add__mutmut_3: killed``: the name of a change begins with its module; a
# function's name begins with ``x_``, and that of a method with ``xǁ``.
_RESULT = re.compile(r"^\s*(govrubric\.([\w.]+)\.x[_ǁ]\S+): (.+)$", re.MULTILINE)


class Change(NamedTuple):
    """A change that was tried, the module that it is in, and what the tests made of it."""

    name: str
    module: str
    outcome: str


def changes(text: str) -> list[Change]:
    """The results that mutmut prints -> the changes that were tried."""
    results = [Change(name, module, outcome.strip()) for name, module, outcome in _RESULT.findall(text)]
    return [change for change in results if change.outcome != "not checked"]


def report(results: list[Change]) -> tuple[str, bool]:
    """The changes that no test noticed, a table of the modules, and whether enough changes are noticed."""
    total = Counter(change.module for change in results)
    noticed = Counter(change.module for change in results if change.outcome in NOTICED)
    unnoticed = [f"{change.name}: {change.outcome}" for change in results if change.outcome not in NOTICED]
    rows = []
    for module in sorted(total):
        share = 100 * noticed[module] // total[module]
        rows.append(f"{module:<24} {noticed[module]:>5} of {total[module]:>5}  {share} %")
    enough = bool(results) and 100 * noticed.total() >= WANTED * len(results)
    verdict = "enough" if enough else "NOT ENOUGH"
    summary = f"{noticed.total()} of {len(results)} changes are noticed, and {WANTED} % are wanted: {verdict}"
    return "\n".join([*unnoticed, "", *rows, summary]), enough


def _limit() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))


def main(names: list[str]) -> int:
    """Run mutmut on the named changes, or on all, and print the report."""
    shutil.rmtree(ROOT / "mutants", ignore_errors=True)
    environment = {**os.environ, "HYPOTHESIS_PROFILE": "mutation"}
    mutmut = str(Path(sys.executable).parent / "mutmut")
    run = subprocess.run([mutmut, "run", *names], cwd=ROOT, env=environment, check=False, preexec_fn=_limit)
    if run.returncode != 0:
        print("the tests fail without a change, so there is no result")
        return 1
    results = subprocess.run(
        [mutmut, "results", "--all", "true"],
        cwd=ROOT,
        env=environment,
        check=True,
        capture_output=True,
        text=True,
    ).stdout
    text, enough = report(changes(results))
    print(text)
    return 0 if enough else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
