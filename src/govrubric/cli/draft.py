"""`draft`: a table of Word, Excel or CSV -> a rubric that loads, with a mark at whatever was guessed."""

from typing import TYPE_CHECKING

import click

from govrubric.cli._options import LANG, OUT
from govrubric.cli._outputs import DOCUMENT, Command, Output, new_file
from govrubric.cli._printing import fail, put

if TYPE_CHECKING:
    from govrubric.office.drafting import Draft

ASKED = 50  # questions that the summary shows


@click.command(
    cls=Command,
    help="""Draft a rubric from TABLE, the scoring table of a .docx, .xlsx or .csv file.

    Every clause stands in the draft word for word, and whatever was guessed has a mark to be confirmed. A
    file that exists already is never written over.
    """,
)
@click.argument("table", type=DOCUMENT)
@click.option(
    "--table",
    "number",
    type=click.IntRange(1),
    metavar="N",
    help="Which of the scoring tables of the file, from 1; needed where there are several.",
)
@OUT
@LANG
def draft(table: str, number: int | None, out: Output | None, lang: str | None) -> None:
    from govrubric.diagnostics.diagnostic import GovrubricError

    try:
        from govrubric.office import drafting
    except ImportError:  # what spells titles is an extra
        raise click.ClickException("draft needs more packages: pip install 'govrubric[office]'") from None
    try:
        result = drafting.draft(table, number)
    except GovrubricError as error:
        fail(error.diagnostics, lang or error.language)
    except ImportError as error:  # what reads workbooks is an extra
        raise click.ClickException(str(error)) from None
    file_name = new_file(out, lang or result.language)
    put(result.text, out)
    click.echo(_summary(result, file_name, lang or result.language), err=True)


def _summary(result: "Draft", out: str | None, language: str) -> str:
    """What the draft has, what it asks, and what to do next."""
    from govrubric.diagnostics.diagnostic import lang
    from govrubric.diagnostics.display import plain

    zh = lang(language) == "zh"
    count = result.counts
    asked = sum(finding.code == "GR820" for finding in result.findings)
    together = ""
    if asked != count.questions:  # one mark may ask several questions
        together = f"（共 {asked} 个问题）" if zh else f" ({asked} questions)"
    rows = [
        ": ".join(filter(None, (finding.where, finding.message(language))))
        for finding in result.findings[:ASKED]
    ]
    if (others := len(result.findings) - len(rows)) > 0:
        rows.append(f"（另有 {others} 处）" if zh else f"(and {others} more)")
    if zh:
        rows.append(
            f"共 {count.items} 个指标，其中 {count.weights} 个的分值取自表格；"
            f"{count.clauses} 条条款逐字照录；拟出 {count.rules} 条规则；{count.questions} 处标有“# 待确认”{together}。"
            "请逐处核对，确认后删去标记，再运行："
        )
    else:
        rows.append(
            f"{count.items} items, {count.weights} with a weight from the table; {count.clauses} clauses,"
            f" word for word; {count.rules} rules proposed; {count.questions} marks “# to be confirmed”"
            f"{together}. Confirm each, take its mark out, and then run:"
        )
    return "\n".join([*rows, f"  govrubric check {plain(out, 300) if out else 'FILE'}"])
