"""A process that was forked after polars started."""

import subprocess
import sys
from pathlib import Path

import pytest

from govrubric.tables import forked

CODE = """
import os, signal, sys
sys.path.insert(0, TESTS)
import polars as pl
from samples import small
frame = pl.DataFrame({"bonus.judged": [1] * 1000})
kinds = {"polars": frame, "lazy": frame.lazy(), "pandas": frame.to_pandas(), "pyarrow": frame.to_arrow()}
if USED:
    small().score_frame(frame)
child = os.fork()
if not child:
    signal.alarm(20)
    for kind, frame in kinds.items():
        try:
            made = small().score_frame(frame)
            print(kind, len(made.collect() if kind == "lazy" else made), flush=True)
        except RuntimeError as error:
            print(kind, "spawn" in str(error), flush=True)
    os._exit(0)
print("ended by", os.waitpid(child, 0)[1], len(small().score_frame(frame)))
"""


@pytest.mark.skipif(
    sys.platform != "linux", reason="elsewhere processes are not forked unless somebody asks for it"
)
@pytest.mark.parametrize(("used", "says"), [(True, "True"), (False, "1000")])
def test_a_table_after_a_fork_does_not_hang(used: bool, says: str) -> None:
    code = CODE.replace("USED", str(used)).replace("TESTS", repr(str(Path(__file__).parents[1])))
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", code], capture_output=True, text=True, timeout=60, check=False
    )
    kinds = ("polars", "lazy", "pandas", "pyarrow")
    assert done.stderr == ""
    assert done.stdout.splitlines() == [*(f"{kind} {says}" for kind in kinds), "ended by 0 1000"]


def test_a_fork_is_noted_where_polars_runs(monkeypatch: pytest.MonkeyPatch) -> None:
    """What a child does is not seen by coverage, so these are called here."""
    forks = forked._Forks()
    monkeypatch.setattr(forked, "polars_is_running", lambda: True)
    forks.before()
    forks.in_child()
    assert (forks.running, forks.lost) == (True, True)
    monkeypatch.setattr(forked, "_FORKS", forks)
    with pytest.raises(RuntimeError, match="spawn"):
        forked.refuse_after_fork()


def test_where_no_threads_are_listed_none_is_seen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(forked, "THREADS", tmp_path / "gone")
    assert not forked.polars_is_running()
