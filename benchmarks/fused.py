"""A table -> its totals by the loop in fused.c, compiled for this run by the machine's C compiler."""

import ctypes
import shutil
import subprocess
from concurrent.futures import ThreadPoolExecutor
from os import cpu_count
from pathlib import Path
from tempfile import mkdtemp

import numpy

import govrubric
from form import JUDGED
from table import Column, Table

FLAGS = ("-O3", "-march=native", "-fno-math-errno", "-shared", "-fPIC")


def compiler() -> str | None:
    """The C compiler, if there is one."""
    return shutil.which("cc") or shutil.which("gcc") or shutil.which("clang")


class Loop:
    """The loop over a table: it writes into existing memory, with a thread for each core."""

    def __init__(self, rubric: govrubric.Rubric, table: Table, folder: Path) -> None:
        command = compiler()
        assert command is not None
        library = Path(mkdtemp(dir=folder)) / "fused.so"  # a library in use must not be overwritten
        subprocess.run([command, *FLAGS, "-o", library, Path(__file__).with_suffix(".c")], check=True)
        self.score = ctypes.CDLL(str(library)).score
        self.score.argtypes = [
            ctypes.c_void_p,
            ctypes.c_void_p,
            ctypes.c_void_p,
            ctypes.c_size_t,
            ctypes.c_size_t,
        ]
        self.score.restype = None
        self.table = table
        self.items = {
            path: numpy.zeros(table.units, numpy.int32)
            for item in rubric._plan.items
            if (path := item.path) and path not in JUDGED
        }
        self.totals = numpy.zeros(table.units, numpy.int32)
        self.given = (ctypes.c_void_p * len(table.columns))(
            *(column.ctypes.data for column in table.columns.values())
        )
        self.made = (ctypes.c_void_p * len(self.items))(
            *(column.ctypes.data for column in self.items.values())
        )
        self.threads = ThreadPoolExecutor(cpu_count() or 1)

    def run(self, items: bool) -> dict[str, Column]:
        """Every total, and every item if `items`."""
        cores = cpu_count() or 1
        bounds = [self.table.units * at // cores for at in range(cores + 1)]

        def share(at: int) -> None:
            self.score(
                self.given, self.made if items else None, self.totals.ctypes.data, bounds[at], bounds[at + 1]
            )

        list(self.threads.map(share, range(cores)))
        judged = {path: self.table.columns[name] for path, name in JUDGED.items()}
        return {"total": self.totals, **(self.items | judged if items else {})}
