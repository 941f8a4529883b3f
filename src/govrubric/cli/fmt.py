"""`fmt`: rubrics and files of cases -> the same in one layout."""

import sys
from collections.abc import Iterator, Sequence

import click

from govrubric.cli._help import of_person
from govrubric.cli._options import LANG
from govrubric.cli._outputs import PATHS, Command
from govrubric.cli._printing import replace
from govrubric.cli._reading import is_shipped


@click.command(
    cls=Command,
    help="""Lay out rubrics and *.cases.yaml files in one way: order of keys, indentation, spaces.

    Comments stay.

    PATH may be a folder. Files are changed in place. A file that is not YAML is reported and left as it is.
    """,
)
@click.argument("paths", nargs=-1, required=True, metavar="PATH…", type=PATHS)
@click.option(
    "--check", is_flag=True, help="Write nothing: print what would change, and exit 1 if anything would."
)
@LANG
def fmt(paths: Sequence[str], check: bool, lang: str | None) -> None:
    from govrubric.cases import folders, suite
    from govrubric.diagnostics.bounded import rendered
    from govrubric.diagnostics.diagnostic import Diagnostic
    from govrubric.diagnostics.display import plain
    from govrubric.document import files, likeness
    from govrubric.editing.formatting import formatted
    from govrubric.loading import Loaded

    if shipped := next(filter(is_shipped, paths), None):
        raise click.UsageError(f"`fmt` is for files, and {shipped!r} is none: give its path")
    listed = folders.every(paths, files.real)
    changed = refused = 0
    language = lang or of_person()
    for file, within in listed:
        data = files.read(file, within=within)
        if isinstance(data, Diagnostic):
            text, found = None, [data]
        else:
            nodes, text, found = formatted(file, data)
            language = lang or Loaded(None, found, nodes).language
            if not likeness.is_ours(data):
                text, found = None, likeness.hidden(found, file, "a rubric or a file of cases")
            # A file of a folder that only seems to be a rubric is left alone while it has errors.
            elif file not in paths and not folders.is_plain(file, data):
                cases = suite.of(file, data)
                if cases.refused:
                    text, found = None, cases.found
        if text is None:
            refused += 1
            click.echo(rendered(found, language), nl=False, err=True)
        elif not isinstance(data, Diagnostic) and text.encode() != data:
            changed += 1
            if check:
                click.echo("\n".join(_difference(plain(file, 300), data.decode(), text, language)))
            else:
                replace(text, file, over=data)
                click.echo(f"{plain(file, 300)}: {_phrase('changed', language)}")
    click.echo(_summary(len(listed), changed, refused, check, language), err=True)
    sys.exit(1 if refused or not listed or (check and changed) else 0)


def _difference(file: str, old: str, new: str, language: str) -> Iterator[str]:
    """The lines that would change.

    Ends of lines and a byte order mark cannot be shown as lines, so a sentence stands for them.
    """
    import difflib

    lines = old.removeprefix("\ufeff").replace("\r\n", "\n").splitlines()
    rows = list(difflib.unified_diff(lines, new.splitlines(), file, file, lineterm=""))
    yield from rows or [f"{file}: {_phrase('ends', language)}"]


def _phrase(name: str, language: str) -> str:
    from govrubric.diagnostics.diagnostic import lang

    return {
        "changed": {"en": "laid out", "zh": "已整理"},
        "ends": {
            "en": "only ends of lines, or the byte order mark, would change",
            "zh": "只有换行符或文件开头的 BOM 标记会改变",
        },
    }[name][lang(language)]


def _summary(files: int, changed: int, refused: int, check: bool, language: str) -> str:
    """How many files were changed, left unchanged and refused."""
    from govrubric.diagnostics.diagnostic import lang

    if lang(language) == "zh":
        if not files:
            return "没有找到评分表或案例文件"
        parts = [
            f"{changed} 个文件{'有待整理' if check else '已整理'}",
            f"{files - changed - refused} 个无须改动",
        ]
        return "，".join([*parts, *([f"{refused} 个有误，未动"] if refused else [])])
    if not files:
        return "there is no rubric and no file of cases"
    parts = [
        f"{changed} {'to be laid out' if check else 'laid out'}",
        f"{files - changed - refused} unchanged",
    ]
    return ", ".join([*parts, *([f"{refused} refused"] if refused else [])])
