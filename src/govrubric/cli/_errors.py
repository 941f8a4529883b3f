"""An error of a command -> the same error, told in Chinese."""

from typing import IO, Any

import click

from govrubric.cli import _chinese


def in_chinese(error: click.ClickException, message: str) -> click.ClickException:
    """An error with the same exit code; `message` is its text in English, safe to show."""
    told = _chinese.error(message)
    if isinstance(error, click.UsageError):
        return _Usage(told, error.ctx)
    return (_Unwritten if error.exit_code == _Unwritten.exit_code else _Error)(told)


def _show(error: click.ClickException, file: IO[Any] | None) -> None:
    click.echo(f"错误：{error.message}", file=file, err=True)


class _Usage(click.UsageError):
    """Wrong usage."""

    def show(self, file: IO[Any] | None = None) -> None:
        """Print the usage, and what is wrong."""
        if self.ctx is not None:
            hint = f"运行“{self.ctx.command_path} --help”可查看说明。"
            click.echo(f"{self.ctx.get_usage()}\n{hint}\n", file=file, err=True)
        _show(self, file)


class _Error(click.ClickException):
    """Something else that went wrong."""

    def show(self, file: IO[Any] | None = None) -> None:
        """Print what is wrong."""
        _show(self, file)


class _Unwritten(_Error):
    """An output that could not be written."""

    exit_code = 74  # that of `_outputs.Unwritten`
