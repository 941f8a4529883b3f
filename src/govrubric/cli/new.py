"""`new`: a rubric -> the rubric of another year, with a mark at everything that is to be confirmed."""

from typing import TYPE_CHECKING

import click

from govrubric.cli._help import of_person
from govrubric.cli._options import LANG, OUT
from govrubric.cli._outputs import RUBRIC, Command, Output, new_file
from govrubric.cli._printing import fail, put
from govrubric.cli._reading import is_shipped

if TYPE_CHECKING:
    from govrubric.editing.successor import Successor


def _id(_: click.Context, __: click.Parameter, value: str) -> str:
    """The id of a rubric; a value that is no id is wrong usage."""
    from govrubric.diagnostics.display import plain
    from govrubric.language.fields import RUBRIC_ID

    if not RUBRIC_ID.fullmatch(value):
        raise click.BadParameter(
            f"'{plain(value)}' is no id: that is a small letter, then small letters, digits, `_` and `-`, "
            "64 in all"
        )
    return value


@click.command(
    cls=Command,
    help="""Write the rubric of another year: RUBRIC with its id, its days and its title's year moved on.

    Every number is marked to be confirmed. Numbers of documents, school years, plans and all other years are
    kept; a mark quotes each. Order, layout and comments stay. A file that exists already is never written
    over.
    """,
)
@click.option(
    "--from",
    "source",
    required=True,
    metavar="RUBRIC",
    type=RUBRIC,
    help="The rubric that the new one follows.",
)
@click.option("--id", "new_id", required=True, metavar="ID", callback=_id, help="The new rubric's id.")
@click.option(
    "--year",
    required=True,
    type=click.IntRange(1900, 2999),
    metavar="YEAR",
    help="The year in which the new rubric begins to hold.",
)
@OUT
@LANG
def new(source: str, new_id: str, year: int, out: Output | None, lang: str | None) -> None:
    from govrubric.diagnostics.diagnostic import Diagnostic, RubricError
    from govrubric.document import files
    from govrubric.editing.successor import successor
    from govrubric.loading import loaded_bytes, shipped_files

    data = files.read(shipped_files()[source] if is_shipped(source) else source)
    if isinstance(data, Diagnostic):
        fail([data], lang or of_person())
    old = loaded_bytes(source, data)
    language = lang or old.language
    if old.rubric is None or old.nodes is None:
        fail(old.found, language)
    if new_id == old.rubric.id:
        raise click.BadParameter(f"{new_id!r} is the id of {source} itself", param_hint="'--id'")
    file_name = new_file(out, language)
    try:
        result = successor(old.nodes, data, new_id, year)
    except RubricError as error:
        fail(error.diagnostics, language)
    put(result.text, out)
    click.echo(_summary(result, source, file_name, language), err=True)


def _summary(result: "Successor", source: str, out: str | None, language: str) -> str:
    """What was changed, and what to do next."""
    from govrubric.diagnostics.diagnostic import dotted, lang
    from govrubric.diagnostics.display import plain

    zh = lang(language) == "zh"
    gone = "（删去）" if zh else "(taken out)"
    rows = [
        f"{dotted(change.path)}: {plain(change.old)} → {gone if change.new is None else plain(change.new)}"
        for change in result.changes
    ]
    file = plain(out, 300) if out else "FILE"
    if not any(change.path[0] in ("title", "valid") for change in result.changes):
        rows.append(
            "没有需要顺延的年份，标题和起止日期未改。"
            if zh
            else "No year in it was to be moved on: titles and days are as they were."
        )
    if zh:
        rows.append(
            f"共 {result.numbers} 个数字，在 {result.marks} 处标有“# {result.mark}”。"
            "请逐一核对，确认后删去标记，再运行："
        )
    else:
        rows.append(
            f"{result.marks} marks “# {result.mark}” stand for {result.numbers} numbers."
            " Confirm each number, take its mark out, and then run:"
        )
    if result.questions and zh:
        rows.insert(
            -1,
            f"文号、学年、规划及其他年份一律照旧，另有 {result.questions} 处“# {result.mark}：……”写明所指文字。",
        )
    elif result.questions:
        kept = "numbers of documents, school years, plans, other years"
        rows.insert(-1, f"{result.questions} more mark(s) quote what was kept: {kept}.")
    return "\n".join([*rows, f"  govrubric check {file}", f"  govrubric diff {plain(source, 300)} {file}"])
