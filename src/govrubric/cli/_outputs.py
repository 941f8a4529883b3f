"""What a command reads and what it writes: parameters that say so, and the guard that keeps the two apart.

Every parameter that names an input has the type `Reads`, and every parameter that names an output has the
type `Written` or `WrittenTable`. A `Command` compares them before it begins: it refuses an output that is one
of its inputs, whether by the same path, by a link or by the name of a shipped rubric.
"""

import os
import re
import stat
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import click

from govrubric.cli import UNWRITTEN
from govrubric.cli._help import Helped

if TYPE_CHECKING:
    from govrubric.document.targets import Target

SCREEN = "-"


class Reads(click.ParamType[str]):
    """The name of an input: a file, a shipped rubric, or a folder.

    Of a folder, the files whose names match `named` are read, in it and below.
    """

    name = "path"

    def __init__(self, named: str = "") -> None:
        self.named = re.compile(named, re.DOTALL | re.IGNORECASE)

    def files(self, value: str) -> Iterator[str]:
        """Every path that the value stands for."""
        from govrubric.loading import shipped_files

        if not os.path.exists(value):
            yield from (os.fspath(path) for name, path in shipped_files().items() if name == value)
            return
        yield value
        if self.named.pattern:
            from govrubric.document import files

            for folder, names in files.below(value, []):
                yield from (os.path.join(folder, name) for name in names if self.named.fullmatch(name))


@dataclass(frozen=True, slots=True)
class Output:
    """An output as it was named, and the place of the file as it was when the command began.

    There is no such place for the screen, for a pipe or a device, and where no file can be put, which is
    `refused`.
    """

    name: str
    target: "Target | None" = None
    refused: OSError | None = None

    @property
    def is_screen(self) -> bool:
        return self.name == SCREEN

    @classmethod
    def of(cls, name: str) -> "Output":
        from govrubric.document.targets import Target

        if name in (SCREEN, "/dev/stdout") or _is_standard_output(name):
            return cls(SCREEN)
        if is_stream(name):
            return cls(name)
        try:
            return cls(name, Target.of(name))
        except OSError as error:
            return cls(name, None, error)


class Unwritten(click.ClickException):
    """An output could not be written; the message says whether an older file is still there."""

    exit_code = UNWRITTEN

    def __init__(self, name: str, error: OSError) -> None:
        from govrubric.diagnostics.diagnostic import FILE
        from govrubric.diagnostics.display import plain

        kept = ", and what stood there before is whole" if os.path.lexists(name) else ""
        super().__init__(f"{plain(name, FILE)} was not written{kept}: {error.strerror or error}")


class Written(click.ParamType[Output]):
    """The name of a file that is written; `-` and any name of the standard output mean the screen."""

    name = "file"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Output:
        """The output, looked at before anything is read."""
        return value if isinstance(value, Output) else Output.of(value)


class WrittenTable(click.ParamType[str]):
    """The name of a table that is written: a file, or with Spark a folder. No table goes to a screen."""

    name = "path"


RUBRIC = Reads()
TALLY = Reads(r".+\.xls[xm]")
CARDS = Reads()
PATHS = Reads(r".+\.ya?ml(?:\.txt)?")
TABLE = Reads(r".+")
DOCUMENT = Reads()
WRITTEN = Written()
WRITTEN_TABLE = WrittenTable()


class Command(Helped):
    """A command that refuses to write over what it reads, before it does anything else."""

    def invoke(self, ctx: click.Context) -> Any:
        """Compare outputs with inputs, then run."""
        for param in self.params:
            if isinstance(param.type, (Written, WrittenTable)):
                output: Output | str | None = ctx.params[param.name or ""]
                spare(output, _inputs(self, ctx), param.get_error_hint(ctx).strip("'"))
                if isinstance(output, Output) and output.refused is not None:
                    raise Unwritten(output.name, output.refused)
        return super().invoke(ctx)


def spare(output: Output | str | None, inputs: Iterable[str], option: str) -> None:
    """Refuse an output that is one of the files that are read, or a folder around such a file."""
    from govrubric.diagnostics.diagnostic import FILE
    from govrubric.diagnostics.display import plain

    name = output.name if isinstance(output, Output) else output
    if name is None or name == SCREEN:
        return
    identity = _stat(name)
    if identity is None:
        return
    for file in inputs:
        if any(os.path.samestat(identity, other) for other in _identities(file, identity)):
            raise click.UsageError(
                f"{option} '{plain(name, FILE)}' would write over '{plain(file, FILE)}',"
                " which this command reads; name another file"
            )


def is_stream(path: str) -> bool:
    """Whether a path is a pipe or a device such as /dev/null, which is written to and never replaced."""
    status = _stat(path)
    return status is not None and (stat.S_ISFIFO(status.st_mode) or stat.S_ISCHR(status.st_mode))


def _inputs(command: click.Command, ctx: click.Context) -> Iterator[str]:
    """Every path that a command reads, as its parameters say."""
    for param in command.params:
        value = ctx.params.get(param.name or "")
        if isinstance(param.type, Reads) and value is not None:
            for name in (value,) if isinstance(value, str) else value:
                yield from param.type.files(name)


def _identities(file: str, output: os.stat_result) -> Iterator[os.stat_result]:
    """The identity of a file; if the output is a folder, also those of the folders around the file."""
    from govrubric.document import files

    path = files.real(file)
    while (identity := _stat(path)) is not None:
        yield identity
        above = os.path.dirname(path)
        if not stat.S_ISDIR(output.st_mode) or above == path:
            return
        path = above


def _stat(path: str) -> os.stat_result | None:
    """The identity and kind of a file; ``None`` where there is no such file, or it cannot be looked at."""
    try:
        return os.stat(path)
    except (OSError, ValueError):
        return None


def _is_standard_output(path: str) -> bool:
    identity = _stat(path)
    try:
        return identity is not None and os.path.samestat(identity, os.fstat(sys.stdout.fileno()))
    except (OSError, ValueError, AttributeError):  # a program may have replaced `sys.stdout`, or have none
        return False
