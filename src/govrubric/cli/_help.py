"""The language of a person at the command line -> usage and help in it.

English is click's own. Chinese is laid out here, since it has no spaces at which lines could be broken, and
its characters are two columns wide.
"""

import os
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Literal

import click

_LOCALE = ("LC_ALL", "LC_MESSAGES", "LANG")  # as POSIX has them: the first that says anything counts
_ASKED = re.compile(r"(?i)(en|zh)(-[a-z0-9]+)*")
_TOKEN = re.compile(r"[（“]*(?:[!-~]+|.)[，。；：、）”！？…]*|\s+")
_EXTRA = re.compile(r"(.*?)(?:  \[(.*)\])?", re.DOTALL)
_NAMES = 30  # columns that the names of options take at most


def spoken(args: Sequence[str], environment: Mapping[str, str]) -> Literal["en", "zh"]:
    """The language of help and errors: that of `--lang`, wherever it stands, or else that of the locale."""
    asked = next((value for name in _LOCALE if (value := environment.get(name))), "")
    for index, arg in enumerate(args):
        if arg == "--":
            break
        name, sign, value = arg.partition("=")
        if name == "--lang":
            value = value if sign else "".join(args[index + 1 : index + 2])
            asked = value if _ASKED.fullmatch(value) else asked
    return "zh" if asked.lower().startswith("zh") else "en"


def of_program(args: Sequence[str]) -> Literal["en", "zh"]:
    """The language in which the program was called."""
    return spoken(args, os.environ)


def is_chinese(ctx: click.Context) -> bool:
    """Whether help and errors of a command are in Chinese; the language is the object of its program."""
    language: object = ctx.find_root().obj
    return language == "zh"


def of_person() -> Literal["en", "zh"]:
    """The language for what is about no rubric, such as a file that cannot be read."""
    return "zh" if is_chinese(click.get_current_context()) else "en"


def one_of_two(_: click.Context, __: click.Parameter, value: str | None) -> str | None:
    """The language as it was given; a value that is neither English nor Chinese is wrong usage."""
    if value is not None and not _ASKED.fullmatch(value):
        raise click.BadParameter(f"{value!r} is not spoken here; choose en or zh-CN")
    return value


class Helped(click.Command):
    """A command whose usage and help are in the language of the person who asks."""

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the line of usage."""
        if not is_chinese(ctx):
            super().format_usage(ctx, formatter)
            return
        from govrubric.cli import _chinese

        pieces = map(_chinese.named, self.collect_usage_pieces(ctx))
        usage = f"用法：{ctx.command_path} {' '.join(pieces)}"
        formatter.write("\n".join(_wrapped(usage, "", 6, formatter.width)) + "\n")

    def format_help(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the whole help."""
        if is_chinese(ctx):
            self.format_usage(ctx, formatter)
            formatter.write("\n".join(self._chinese_help(ctx, formatter.width)) + "\n")
        else:
            super().format_help(ctx, formatter)

    def _chinese_help(self, ctx: click.Context, width: int) -> Iterator[str]:
        """The lines of the help after those of the usage."""
        from govrubric.cli import _chinese

        for paragraph in _chinese.helped(self.help or "").split("\n\n"):
            yield from ("", *_wrapped(paragraph, "  ", 2, width))
        shown = [one for one in self.get_params(ctx) if isinstance(one, click.Option)]
        options = [record for one in shown if (record := one.get_help_record(ctx))]
        yield from ("", "选项：")
        yield from _columns([(_chinese.named(names), _with_extra(text)) for names, text in options], width)
        if isinstance(self, click.Group):
            commands = [(name, self.get_command(ctx, name)) for name in self.list_commands(ctx)]
            yield from ("", "命令：")
            yield from _columns([(name, _short(one)) for name, one in commands if one is not None], width)


def _with_extra(text: str) -> str:
    """The help of an option, with its default and whether it must be given."""
    from govrubric.cli import _chinese

    match = _EXTRA.fullmatch(text)
    assert match is not None, "it fits every text"
    return _chinese.helped(match[1]) + (f"（{_chinese.extra(match[2])}）" if match[2] else "")


def _short(command: click.Command) -> str:
    """The first sentence of the help of a command."""
    from govrubric.cli import _chinese

    return _chinese.helped(command.help or "").partition("。")[0]


def _columns(rows: list[tuple[str, str]], width: int) -> Iterator[str]:
    """Names, and beside each what it means; below it where the names are long."""
    from govrubric.diagnostics.display import cells

    left = min(_NAMES, max(cells(names) for names, _ in rows)) + 4
    for names, text in rows:
        first = f"  {names}"
        if cells(first) + 2 > left:
            yield first
            first = ""
        yield from _wrapped(text, first + " " * (left - cells(first)), left, width)


def _wrapped(text: str, first: str, indent: int, width: int) -> Iterator[str]:
    """Lines of so many columns, broken between words or Chinese characters, but never before a point."""
    from govrubric.diagnostics.display import cells

    line = first
    for token in _TOKEN.findall(text):
        if cells(line + token.rstrip()) > width:
            yield line.rstrip()
            line = " " * indent + token.lstrip()
        else:
            line += token
    yield line.rstrip()
