"""Arguments and exit codes; a command is a file of this folder, read when it is called.

Exit codes: 0 all is well, 1 findings, 2 wrong usage, 70 a fault of govrubric's own, 74 no room for output,
130 interrupted. docs/cli.md explains them.
"""

import errno
import os
import pkgutil
import sys
import traceback
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from importlib import import_module
from typing import Any, TextIO

import click

from govrubric.cli._help import Helped, is_chinese, of_program, one_of_two
from govrubric.version import __version__

OWN_FAULT = 70  # EX_SOFTWARE of sysexits.h
UNWRITTEN = 74  # EX_IOERR
INTERRUPTED = 130  # as a shell says that Ctrl-C ended a command


class Commands(Helped, click.Group):
    """The files of this folder as commands; each imports what it alone needs, so the others start fast."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted(
            module.name for module in pkgutil.iter_modules(__path__) if not module.name.startswith("_")
        )

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in self.list_commands(ctx):
            return None
        command: click.Command = getattr(import_module(f"{__name__}.{cmd_name}"), cmd_name)
        return command

    def make_context(
        self, info_name: str | None, args: list[str], parent: click.Context | None = None, **extra: Any
    ) -> click.Context:
        """Read the arguments before the name of the command; the language of all of them is the object."""
        language = of_program(args)
        with _safe_messages(chinese=language == "zh"):
            return super().make_context(info_name, args, parent, obj=language, **extra)

    def invoke(self, ctx: click.Context) -> Any:
        """Run a command; Ctrl-C ends it with a code of its own."""
        try:
            with _safe_messages(chinese=is_chinese(ctx)):
                return super().invoke(ctx)
        except KeyboardInterrupt:
            click.echo(err=True)  # what follows stands below the `^C` of the terminal
            ctx.exit(INTERRUPTED)

    def main(self, args: Sequence[str] | None = None, *others: Any, **settings: Any) -> Any:
        """Run the program; an unexpected exception is reported as a fault of govrubric itself."""
        try:
            return super().main(args, *others, **settings)
        except (click.ClickException, click.Abort, click.exceptions.Exit):
            raise  # only a caller that asks for exceptions gets here
        except Exception as error:
            if isinstance(error, OSError) and error.errno in _NO_ROOM:
                with suppress(OSError):  # standard error may be what could not be written
                    message = f"the output could not be written: {error.strerror}"
                    if of_program(sys.argv[1:] if args is None else args) == "zh":
                        from govrubric.cli import _chinese

                        click.echo(f"错误：{_chinese.error(message)}", err=True)
                    else:
                        click.echo(f"Error: {message}", err=True)
                _drop(sys.stdout)
                _drop(sys.stderr)
                sys.exit(UNWRITTEN)
            click.echo(f"{_FAULT}\n\n{traceback.format_exc().rstrip()}", err=True)
            sys.exit(OWN_FAULT)


def _drop(stream: TextIO) -> None:
    """Drop what a stream could not write: else Python tries again at the end, and ends with another code."""
    try:
        stream.flush()
    except OSError:
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, stream.fileno())
        os.close(nowhere)


@contextmanager
def _safe_messages(*, chinese: bool) -> Iterator[None]:
    """Errors say names of files, options and units as they were given, which a terminal must not act on."""
    try:
        yield
    except click.exceptions.NoArgsIsHelpError:
        raise  # its message is the help
    except click.ClickException as error:
        from govrubric.diagnostics.display import UNSAFE, plain

        message = error.format_message()
        if chinese:
            from govrubric.cli._errors import in_chinese

            raise in_chinese(error, plain(" ".join(message.split()), MESSAGE)) from None
        if len(message) <= MESSAGE and not UNSAFE.search(message) and "\n" not in message:
            raise
        if isinstance(error, click.UsageError):
            raise click.UsageError(plain(message, MESSAGE), error.ctx) from None
        raise click.ClickException(plain(message, MESSAGE)) from None


MESSAGE = 1500  # characters of an error about arguments
_NO_ROOM = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO, errno.EBADF)
_FAULT = (
    "govrubric failed: this is a fault of its own, not of your files; please report it with the lines below"
    " (govrubric 自身出错，与您的文件无关；请连同以下内容一并反馈)"
)


@click.group(
    cls=Commands,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    help="""Written scoring rubrics as typed YAML, scored exactly, with a full audit trace.

    RUBRIC is the path of a rubric file, or the name of one that is shipped: 2023-district, 2023-department.
    """,
)
@click.version_option(__version__, prog_name="govrubric")
@click.option(
    "--lang",
    metavar="LANG",
    callback=one_of_two,
    help="Language of help, errors and output: en or zh-CN.",
)
@click.pass_context
def main(ctx: click.Context, lang: str | None) -> None:
    """All commands; a `help` is no docstring, since `python -OO` takes these away."""
    if lang is not None:
        ctx.default_map = {name: {"lang": lang} for name in main.list_commands(ctx)}
