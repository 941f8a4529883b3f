"""Outputs that cannot or must not be written: what stands there stays, one line says so, and nothing is left over."""

import os
import shutil
import socket
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

from hostile.case import GOOD, ROOT, Case, nothing

TALLY = "platform.website.inspection: 4\nplatform.service.assessed: 3\nunit: d01\n"
UNTIDY = GOOD.read_text().replace("weight: 10", "weight:   10")
WRONG = (
    UNTIDY
    + "cases:\n  - {name: a, tally: {platform.website.inspection: 4, platform.service.assessed: 3}, expect: {total: 1}}\n"
)
CSV = ROOT / "examples" / "2023-districts.csv"
WRITERS = {
    "show": ("show", "good.yaml", "--out", "{}"),
    "show a blank": ("show", "good.yaml", "--blank", "csv", "--out", "{}"),
    "score": ("score", "good.yaml", "tally.yaml", "--out", "{}"),
    "score as CSV": ("score", "good.yaml", "tally.yaml", "--format", "csv", "--out", "{}"),
    "score as cards": ("score", "good.yaml", "tally.yaml", "--format", "json", "--out", "{}"),
    "explain": ("explain", "good.yaml", "tally.yaml", "--out", "{}"),
    "diff": ("diff", "good.yaml", "2023-district", "--out", "{}"),
    "whatif": ("whatif", "good.yaml", "tally.yaml", "--out", "{}"),
    "new": ("new", "--from", "good.yaml", "--id", "x-2025", "--year", "2025", "--out", "{}"),
    "schema": ("schema", "--out", "{}"),
    "test": ("test", "wrong.yaml", "--junit", "{}"),
    "batch": ("batch", "2023-district", "units.csv", "{}"),
    "batch by DuckDB": (
        "batch",
        "2023-district",
        "units.parquet",
        "{}",
        "--engine",
        "duckdb",
        "--on-error",
        "report",
    ),
}
SUFFIXES = {"batch": ".csv", "batch by DuckDB": ".parquet"}
STATED = "SENTINEL of what stood there before"


NO_ROOM = "import resource; resource.setrlimit(resource.RLIMIT_FSIZE, (100, 100))"


def meanwhile(name: str) -> str:
    """Python text after which somebody else writes a file while a command writes."""
    return (
        "import os; from pathlib import Path; sync = os.fsync\n"
        f"def slow(handle): Path({name!r}).write_text({STATED!r}); sync(handle)\n"
        "os.fsync = slow"
    )


def inputs(folder: Path, *, table: bool = False) -> None:
    (folder / "good.yaml").write_bytes(GOOD.read_bytes())
    (folder / "tally.yaml").write_text(TALLY)
    (folder / "wrong.yaml").write_text(WRONG)
    shutil.copy(CSV, folder / "units.csv")
    if not table:
        return
    import polars

    exact = polars.col(polars.Float64).cast(polars.Decimal(18, 2))
    polars.read_csv(CSV).with_columns(exact).write_parquet(folder / "units.parquet")


def nothing_left(folder: Path) -> None:
    rest = [path.name for path in folder.rglob(".*") if path.name != ".pytest_cache"]
    assert not rest, f"left over: {rest}"


def stands(name: str) -> Callable[[Path], None]:
    def after(folder: Path) -> None:
        nothing_left(folder)
        assert (folder / name).exists(), "what stood there is gone"
        assert (folder / name).read_text() == STATED, "what stood there was changed"

    return after


def _read_only(path: Path) -> None:
    path.write_text(STATED)
    path.chmod(0o444)


def _socket(path: Path) -> None:
    here = os.getcwd()
    os.chdir(path.parent)
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(path.name)
    os.chdir(here)


# What stands in the way, and what is said of it.
OBSTACLES: dict[str, tuple[Callable[[Path], object], str]] = {
    "a read-only file": (_read_only, "read-only"),
    "a folder": (lambda path: path.mkdir(), "Is a directory"),
    "a circle of links": (lambda path: path.symlink_to(path.name), "symbolic links"),
    "a socket": (_socket, "not a regular file"),
    "a pipe that nobody reads": (os.mkfifo, "nobody reads"),
    "a link into no folder": (lambda path: path.symlink_to("none/x"), "No such file"),
    "a link to the full device": (lambda path: path.symlink_to("/dev/full"), "No space left"),
}


def case(command: str, name: str, out: str, build: Callable[[Path], object], **more: Any) -> Case:
    """A command that writes to `out`, and is not to."""
    words = tuple(word.format(out) for word in WRITERS[command])
    honest: Any = "batch" if command in ("batch", "whatif", "batch by DuckDB") else "check"

    def built(folder: Path) -> None:
        inputs(folder, table="DuckDB" in command)
        build(folder)

    return Case(
        f"{command}: {name}", words, built, **{"exit": 74, "after": nothing_left, "honest": honest, **more}
    )


def _built(build: Callable[[Path], object], name: str, folder: Path) -> None:
    build(folder / name)


def obstacles() -> Iterator[Case]:
    """What stands in the way, before each command in its turn, and before those of tables."""
    others = ("show a blank", "score as cards", "whatif", "schema", "diff", "score as CSV", "explain")
    for number, (name, (build, said)) in enumerate(OBSTACLES.items()):
        for command in (others[number], ("batch", "batch by DuckDB")[number % 2]):
            out = f"out{SUFFIXES.get(command, '.txt')}"
            is_stream = "pipe" in name or "device" in name
            table = command.startswith("batch")
            if table and number > 3 and not is_stream:
                continue
            yield case(
                command,
                f"over {name}",
                out,
                partial(_built, build, out),
                says=("not a regular file" if table and is_stream else said,),
                after=stands(out) if name == "a read-only file" else nothing_left,
                fast=not table and not is_stream,
            )


def elsewhere() -> Iterator[Case]:
    """Where there is no place for a file, or no room."""
    for command, name, out, said in (
        ("test", "into a folder that is not there", "none/out.xml", "No such file or directory"),
        ("new", "into a name of 300 characters", "a" * 300, "File name too long"),
        ("batch", "below a file", "good.yaml/out.csv", "Not a directory"),
    ):
        yield case(command, name, out, nothing, says=(said,), fast=command != "batch")
    for command in ("score as cards", "test", "batch", "batch by DuckDB"):
        out = f"out{SUFFIXES.get(command, '.txt')}"
        yield in_python(
            case(
                command,
                "onto a disk without room",
                out,
                partial(_built, partial(Path.write_text, data=STATED), out),
                says=("File too large",),
                after=stands(out),
            ),
            NO_ROOM,
        )


def in_python(given: Case, first: str) -> Case:
    """The case with its command in an interpreter that does something else first."""
    code = f"{first}\nimport sys; from govrubric.__main__ import run\nsys.argv[1:] = {list(given.command)!r}; run()"
    return replace(given, command=("python", "-c", code))


def inplace() -> Iterator[Case]:
    """Commands that write over what they read, when that has changed or must stay."""

    def unchanged(folder: Path) -> None:
        nothing_left(folder)
        assert (folder / "wrong.yaml").read_text() == WRONG, "the file was changed"

    def read_only(folder: Path) -> None:
        inputs(folder)
        (folder / "wrong.yaml").chmod(0o444)

    for command, words in (
        ("fmt", ("fmt", "wrong.yaml")),
        ("test --update", ("test", "wrong.yaml", "--update")),
    ):
        full = Case(
            f"{command}: onto a disk without room", words, inputs, 74, ("File too large",), after=unchanged
        )
        saved = Case(
            f"{command}: a file that an editor saved meanwhile",
            words,
            inputs,
            74,
            ("changed meanwhile",),
            after=stands("wrong.yaml"),
        )
        yield Case(
            f"{command}: a read-only file", words, read_only, 74, ("read-only",), after=unchanged, fast=True
        )
        yield in_python(full, NO_ROOM)
        yield in_python(saved, meanwhile("wrong.yaml"))
    for command in ("explain", "batch", "batch by DuckDB"):
        out = f"out{SUFFIXES.get(command, '.txt')}"
        appeared = case(
            command,
            "a file that appeared meanwhile",
            out,
            nothing,
            says=("appeared meanwhile",),
            after=stands(out),
        )
        yield in_python(appeared, meanwhile(out))


def streams() -> Iterator[Case]:
    """Outputs and errors that are closed or full, and readers that go away."""
    scored = ("score", "good.yaml", "tally.yaml")
    for command, shell, words, code in (
        ("check", ">&-", ("check", "wrong.yaml"), 74),
        ("schema", ">&-", ("schema",), 74),
        ("batch", ">&-", ("batch", "2023-district", "units.csv", "out.csv", "--on-error", "report"), 74),
        ("score", "> /dev/full", scored, 74),
        ("explain", "> /dev/full", ("explain", *scored[1:]), 74),
        ("test", "> /dev/full", ("test", "wrong.yaml"), 74),
        ("fmt", ">&- 2>&- <&-", ("fmt", "--check", "wrong.yaml"), 74),
        ("verify", "2>&-", ("verify", "tally.yaml"), 1),
        ("verify", "2> /dev/full", ("verify", "tally.yaml"), 74),
    ):
        yield Case(
            f"{command}: {shell}",
            words,
            inputs,
            exit=code,
            shell=shell,
            honest="batch" if command == "batch" else "check",
            after=nothing_left,
            environment={"PYTHONUNBUFFERED": "1" if command == "explain" else ""},
            fast=command in ("check", "score"),
        )
    yield Case(
        "score: into a file, with all streams closed",
        (*scored, "--out", "out.txt"),
        inputs,
        exit=0,
        shell=">&- 2>&- <&-",
        after=_scored,
        fast=True,
    )
    yield Case(
        "score: a reader that goes away",
        ("score", "2023-district", "units.csv", "--format", "json"),
        inputs,
        exit=1,
        shell="| head -c 1",
        environment={"PYTHONUNBUFFERED": "1"},  # Python then says nothing of what was not written
        honest="score",
    )
    yield Case(
        "score: a pipe whose reader goes away",
        ("score", "2023-district", "units.csv", "--format", "json", "--out", "pipe"),
        _pipe,
        exit=74,
        says=("Broken pipe",),
        shell="& head -c 1 pipe > seen; wait $!",
        honest="score",
    )


def _pipe(folder: Path) -> None:
    inputs(folder)
    os.mkfifo(folder / "pipe")


def _scored(folder: Path) -> None:
    assert "d01" in (folder / "out.txt").read_text(), "the file is not what was printed"


def overwriting() -> Iterator[Case]:
    def beside(folder: Path) -> None:
        inputs(folder)
        (folder / "x.cases.yaml").write_text(
            "rubric: good.yaml\ncases:\n  - {name: a, tally: {platform.website.inspection: 4, platform.service.assessed: 3}, expect: {total: 17}}\n"
        )
        os.link(folder / "good.yaml", folder / "hard.yaml")
        (folder / "soft.yaml").symlink_to("good.yaml")

    def kept(folder: Path) -> None:
        nothing_left(folder)
        assert (folder / "good.yaml").read_bytes() == GOOD.read_bytes(), "the rubric was written over"

    for command, words, name in (
        ("test", ("test", "x.cases.yaml", "--junit"), "hard.yaml"),
        ("test", ("test", "x.cases.yaml", "--junit"), "soft.yaml"),
        ("show", ("show", "good.yaml", "--out"), "hard.yaml"),
    ):
        yield Case(
            f"{command}: over the rubric that it reads, by {name}",
            (*words, name),
            beside,
            exit=2,
            says=("would write over",),
            after=kept,
            fast=command == "test",
        )

    def link_into_nowhere(folder: Path) -> None:
        beside(folder)
        (folder / "l").symlink_to("nowhere")

    succeeded = ("new", "--from", "good.yaml", "--year", "2025", "--id")
    yield Case("new: an id that is a path", (*succeeded, "../x"), beside, exit=2, says=("is no id",))
    yield Case(
        "new: over a link into nowhere",
        (*succeeded, "x", "--out", "l"),
        link_into_nowhere,
        exit=2,
        says=("exists already",),
    )


CASES: list[Case] = [*obstacles(), *elsewhere(), *inplace(), *streams(), *overwriting()]
