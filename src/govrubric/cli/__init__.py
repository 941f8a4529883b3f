"""Arguments and exit codes: 0 all is well, 1 findings, 2 wrong usage. A command is a file here, read when it is called."""

import pkgutil
from importlib import import_module

import click

from govrubric.version import __version__


class Commands(click.Group):
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


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="govrubric")
def main() -> None:
    """Written scoring rubrics as typed YAML, scored exactly, with a full audit trace.

    RUBRIC is the path of a rubric file, or the name of one that is shipped: 2023-district, 2023-department.
    """
