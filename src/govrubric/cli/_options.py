"""Options that several commands take."""

import re

import click

from govrubric.cli._outputs import WRITTEN


def _language(_: click.Context, __: click.Parameter, value: str | None) -> str | None:
    """The language as it was given; a value that is neither English nor Chinese is wrong usage."""
    if value is not None and not re.fullmatch("(?i)(en|zh)(-[a-z0-9]+)*", value):
        raise click.BadParameter(f"{value!r} is not spoken here; choose en or zh-CN")
    return value


LANG = click.option(
    "--lang",
    metavar="LANG",
    callback=_language,
    help="Language of the output: en or zh-CN. Default: the rubric's own.",
)
VARIANT = click.option(
    "--variant",
    metavar="NAME",
    help="Take this variant of the rubric. Default: the rubric as it stands.",
)
OUT = click.option(
    "--out",
    type=WRITTEN,
    help="Write to this file instead of the screen, which is `-`; it appears whole or not at all.",
)
