"""Options that several commands take."""

import click

from govrubric.cli._help import one_of_two
from govrubric.cli._outputs import WRITTEN

LANG = click.option(
    "--lang",
    metavar="LANG",
    callback=one_of_two,
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
LANG_OF_HELP = click.option(
    "--lang",
    metavar="LANG",
    callback=one_of_two,
    expose_value=False,
    help="Language of help and errors: en or zh-CN. Default: that of the locale.",
)
