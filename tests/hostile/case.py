"""One hostile input: how it is made, the command that meets it, and what must come of it.

Whatever a case says of itself, these hold of each: no traceback, nothing on the screen that a terminal could act on, at
most 100 findings and 100 kB of output, findings of at most 2 000 characters, the exit codes of docs/cli.md, and the
bounds of time and memory, both counted above what the same command takes for an honest input (`HONEST`).
"""

import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Literal

ROOT = Path(__file__).parents[2]
GOOD = ROOT / "tests" / "bad" / "good.yaml"
TABLE_RUBRIC = ROOT / "examples" / "gallery" / "school-inspection.yaml"
CODES = {0, 1, 2, 70, 74, 130}
# What no terminal may get: controls but tab and line feed, format characters, surrogates, noncharacters, and all
# that a program may ignore (see diagnostics/display.py, of which this is an independent statement).
CONTROL = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u2028-\u202e"
    "\u2060-\u206f\u3164\ud800-\udfff\ufdd0-\ufdef\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb\ufffe\uffff"
    "\U00013430-\U0001343f\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U0001fffe\U0001ffff\U000e0000-\U000e0fff"
    "\U0010fffe\U0010ffff]"
)
FINDING = re.compile(r"^(?:.*: )?(?:error|warning|note|错误|警告|提示)\[GR\d\d\d\]", re.MULTILINE)

Build = Callable[[Path], object]


def nothing(_: Path) -> None:
    """No file is needed."""


@dataclass(frozen=True)
class Case:
    """A hostile input and what must come of it.

    `command` are the arguments of `govrubric`, or, if it begins with ``python``, those of the interpreter. They run in an
    empty folder, after `build` has put its files there; `after` looks at that folder at the end.
    """

    name: str
    command: tuple[str, ...]
    build: Build = nothing
    exit: int = 1
    says: tuple[str, ...] = ()  # what the output holds
    never: tuple[str, ...] = ()  # what it must not hold
    after: Callable[[Path], object] = nothing
    honest: Literal["check", "score", "batch", "python"] = "check"  # what time and memory are counted above
    cpu: float = 2.0  # seconds
    mib: int = 200
    fast: bool = False  # runs in the ordinary tests too
    interpreter: tuple[str, ...] = ()  # flags such as -O
    stdin: str | None = None
    shell: str = ""  # text after the command in a shell, such as `| head -1`
    environment: dict[str, str] = field(default_factory=dict, hash=False)


@dataclass(frozen=True)
class Outcome:
    """What a case did."""

    exit: int
    cpu: float
    mib: float
    output: str
    folder: Path


def run(case: Case, folder: Path) -> Outcome:
    """Build the files of a case in an empty folder and run its command there."""
    case.build(folder)
    if case.command[0] == "python":
        arguments = [sys.executable, *case.interpreter, *case.command[1:]]
    else:
        arguments = [sys.executable, *case.interpreter, "-m", "govrubric", *case.command]
    if case.shell:
        arguments = ["bash", "-c", f'set -o pipefail; "$@" {case.shell}', "bash", *arguments]
    environment = {
        **{name: value for name, value in os.environ.items() if not name.startswith("COV")},
        "SECRET": "hunter2-in-the-environment",
        **case.environment,
    }
    reader, writer = os.pipe()
    launcher = [sys.executable, "-I", "-S", str(Path(__file__).with_name("measure.py")), str(writer)]
    with os.fdopen(reader, "rb") as results:
        try:
            done = subprocess.run(
                [*launcher, *arguments],
                cwd=folder, env=environment, pass_fds=[writer], timeout=600, check=False,
                input=None if case.stdin is None else case.stdin.encode("utf-8", "surrogateescape"),
                stdin=subprocess.DEVNULL if case.stdin is None else None,
                stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
            )  # fmt: skip
        finally:
            os.close(writer)
        result = json.loads(results.read())
    output = done.stdout.decode("utf-8", "backslashreplace")
    return Outcome(result["exit"], result["cpu"], result["kib"] / 1024, output, folder)


@cache
def idle(honest: str) -> tuple[float, float]:
    """CPU seconds and MiB that an honest, small input takes."""
    commands: dict[str, tuple[tuple[str, ...], Build]] = {
        "check": (("check", str(GOOD)), nothing),
        "score": (("score", "2023-district", str(ROOT / "examples" / "2023-districts.csv")), nothing),
        "batch": (
            ("batch", "2023-district", "honest.csv", "scored.csv"),
            lambda folder: shutil.copy(ROOT / "examples" / "2023-districts.csv", folder / "honest.csv"),
        ),
        "python": (("python", "-c", "import govrubric; govrubric.shipped('2023-district')"), nothing),
    }
    command, build = commands[honest]
    with tempfile.TemporaryDirectory() as folder:
        outcome = run(Case(f"honest {honest}", command, build, 0), Path(folder))
    assert outcome.exit == 0, outcome.output
    return outcome.cpu, outcome.mib


def faults(case: Case, outcome: Outcome) -> list[str]:
    """All that is wrong with what a case did, one line each; an empty list if it did what it must."""
    cpu, mib = idle(case.honest)
    text = outcome.output
    found = []
    if outcome.exit != case.exit:
        found.append(f"exit code {outcome.exit} and not {case.exit}")
    if "Traceback" in text:
        found.append("a traceback")
    found += [f"does not say {word!r}" for word in case.says if word not in text]
    found += [f"says {word!r}" for word in ("hunter2", *case.never) if word in text]
    if unsafe := CONTROL.search(text):
        found.append(f"prints {unsafe[0]!a}")
    if len(text.encode()) > 100_000:
        found.append(f"{len(text.encode())} bytes of output")
    _, *findings = FINDING.split(text)
    if len(findings) > 100:
        found.append(f"{len(findings)} findings")
    if (longest := max(map(len, findings), default=0)) > 2000:
        found.append(f"a finding of {longest} characters")
    if outcome.cpu - cpu > case.cpu:
        found.append(f"{outcome.cpu - cpu:.1f} s of CPU above honest, and not {case.cpu} s")
    if outcome.mib - mib > case.mib:
        found.append(f"{outcome.mib - mib:.0f} MiB above honest, and not {case.mib} MiB")
    try:
        case.after(outcome.folder)
    except Exception as error:  # a check that fails in any way is told, and the other cases still run
        found.append(f"afterwards: {type(error).__name__}: {str(error)[:500]}")
    return found
