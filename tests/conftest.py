"""The profiles of Hypothesis, chosen by the variable HYPOTHESIS_PROFILE.

`default`; `thorough` has ten times as many examples; `mutation` has the same few examples in each run.
"""

import os
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

EXAMPLES = 20

# A rubric with its tally is a large and slow example, so these two checks would fail for no reason.
_CHECKS = (HealthCheck.too_slow, HealthCheck.data_too_large)

settings.register_profile(
    "default",
    deadline=None,
    max_examples=EXAMPLES,
    derandomize=False,
    print_blob=True,
    suppress_health_check=_CHECKS,
)
settings.register_profile("thorough", settings.get_profile("default"), max_examples=10 * EXAMPLES)
settings.register_profile(
    "mutation", settings.get_profile("default"), max_examples=10, derandomize=True, database=None
)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "default"))

# Which lines these reach is chance, or they run the program in processes of its own. So coverage does not look,
# and they take half the time.
_UNMEASURED = tuple(Path(__file__).parent / name for name in ("property", "hostile"))
if "PYTEST_XDIST_WORKER" in os.environ:
    os.environ.pop("COVERAGE_PROCESS_CONFIG", None)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Iterator[None]:
    """Stop coverage, if it runs, for the length of a test that it is not to look at."""
    coverage = sys.modules.get("coverage")
    running = None if coverage is None else coverage.Coverage.current()
    if running is None or not set(_UNMEASURED) & set(item.path.parents):
        return (yield)
    running.stop()
    try:
        return (yield)
    finally:
        running.start()


# Help and errors of the command are in Chinese where the locale is; the tests say which they want.
for _name in ("LC_ALL", "LC_MESSAGES", "LANG"):
    if os.environ.get(_name, "").lower().startswith("zh"):
        del os.environ[_name]
