"""This machine -> the facts that a reader of benchmarks needs."""

import os
import platform
import sys
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

LIBRARIES = (
    "govrubric", "polars", "narwhals", "numpy", "pandas", "pyarrow", "duckdb", "pyspark", "simpleeval",
    "zen-engine", "OpenFisca-Core", "rule-engine", "common-expression-language", "cel-python",
)  # fmt: skip


def _after(path: str, start: str) -> str | None:
    """The text after the colon in the first line of a file that begins with `start`."""
    try:
        lines = Path(path).read_text("utf-8", "replace").splitlines()
    except OSError:
        return None
    return next((line.partition(":")[2].strip() for line in lines if line.startswith(start)), None)


def machine() -> dict[str, str]:
    """Processor, cores, memory, system, Python, the load before measuring, the day and every library."""
    memory = _after("/proc/meminfo", "MemTotal")
    facts = {
        "processor": _after("/proc/cpuinfo", "model name") or platform.processor() or platform.machine(),
        "cores": str(os.cpu_count()),
        "memory": f"{int(memory.split()[0]) / 2**20:.0f} GiB" if memory else "unknown",
        "system": f"{platform.system()}, {platform.machine()}",
        "Python": f"{platform.python_implementation()} {sys.version.split()[0]}",
        "day": datetime.now(UTC).date().isoformat(),
    }
    if hasattr(os, "getloadavg"):
        facts["load before"] = f"{os.getloadavg()[0]:.2f}"
    for name in LIBRARIES:
        try:
            facts[name] = version(name)
        except PackageNotFoundError:
            facts[name] = "not installed"
    return facts
