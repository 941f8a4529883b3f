"""Coverage-guided fuzzing of CSV: `score` and `batch` read every text alike, and both refuse what either refuses.

Not part of the ordinary test run. `python tests/fuzz/tables.py -max_total_time=600` runs for ten minutes; a finding is written
to ``crash-…`` in the present folder, and given as an argument is run again.
"""

import csv
import random
import sys
import tempfile
import time
from decimal import Decimal
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["govrubric"]):
    import govrubric
    from govrubric import GovrubricError, tally_files
    from govrubric.batch.job import Job
    from govrubric.batch.polars import run
    from govrubric.diagnostics.catalogue import CATALOGUE
    from govrubric.diagnostics.display import UNSAFE

ROOT = Path(__file__).parents[2]
SLOW = 5.0  # seconds of CPU; what is watched runs several times slower
SCRATCH = Path(tempfile.mkdtemp(prefix="govrubric-fuzz-"))
RUBRIC = govrubric.loads(
    """\
govrubric: 1
id: small
title: Small form
total: 10
round: {places: 1, mode: half_up}
indicators:
  - {id: work, title: Work, weight: 7, rules: [{id: late, deduct: 1}, {id: missing, deduct: 0.5, per: case}]}
  - {id: bonus, title: Bonus, weight: 3, rules: [{id: judged, judge: 3, step: 0.5}]}
"""
)
TOKENS = (
    "unit", "name", "work.late", "work.missing", "bonus.judged", "Work.Late", "note", ",", ",", ",", "\n", "\n", "\r\n", "\r", '"', '""', '"a,b"', "1", "0", "2.5", "-1",
    "true", "FALSE", "x", "u1", "u2", "=1+1", "'", "\t", " ", "　", "\ufeff", "\0", "１", "\xa0", "\u200b", "\u3164", "1e3", "999999999999999999999", "001", "NaN", ";", "区",
)  # fmt: skip


def _codes(error: GovrubricError) -> None:
    for finding in error.diagnostics:
        assert finding.code in CATALOGUE
        for language in ("en", "zh"):
            shown = finding.render(language)
            assert len(shown) <= 2000, len(shown)
            assert not UNSAFE.search(shown), ascii(shown)


def one_input(data: bytes) -> None:
    """A CSV file is taken by both commands, with the same totals, or refused by both."""
    path, out = SCRATCH / "in.csv", SCRATCH / "out.csv"
    path.write_bytes(data)
    out.unlink(missing_ok=True)
    began = time.process_time()
    try:
        cards = tally_files.read(RUBRIC, path)
    except GovrubricError as error:
        _codes(error)
        cards = None
    job = Job(RUBRIC, str(path), str(out), "total", "raise", False, "en")
    refusal = ""
    try:
        run(job, lambda *_: None)
    except GovrubricError as error:
        _codes(error)
        refusal = str(error)
    # `score` refuses columns that are no input, and `batch` carries them: what `batch` refuses `score` does too.
    assert not refusal or cards is None, refusal
    if cards is not None:
        with out.open(encoding="utf-8-sig", newline="") as file:
            totals = [Decimal(row["total"]) for row in csv.DictReader(file)]
        assert totals == [card.total for card in cards], totals
    assert time.process_time() - began < SLOW, "slow"


def _seeds(folder: Path) -> Path:
    folder.mkdir()
    head = "unit,work.late,work.missing,bonus.judged\n"
    (folder / "good").write_text(head + "u1,true,3,2.5\nu2,false,0,1\n")
    for seed in range(300):
        luck = random.Random(seed)
        text = "".join(luck.choice(TOKENS) for _ in range(luck.randint(1, 30)))
        (folder / str(seed)).write_text((head if seed % 3 else "") + text, "utf-8", newline="")
    return folder


if __name__ == "__main__":
    arguments = list(sys.argv)
    if not any(Path(argument).is_file() for argument in arguments[1:]):
        words = SCRATCH / "csv.dict"
        escaped = ("".join(f"\\x{byte:02x}" for byte in token.encode()) for token in TOKENS)
        words.write_text("".join(f'"{word}"\n' for word in escaped))
        arguments += [
            f"-dict={words}",
            "-timeout=10",
            "-rss_limit_mb=2048",
            "-max_len=600",
            str(_seeds(SCRATCH / "seeds")),
        ]
    atheris.Setup(arguments, one_input)
    atheris.Fuzz()
