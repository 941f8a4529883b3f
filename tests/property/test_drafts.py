"""Whatever a table says, its draft loads, says every clause word for word, and is laid out."""

import re

from hypothesis import assume, given

from govrubric.diagnostics.diagnostic import DraftError
from govrubric.document.yaml import parse
from govrubric.editing.formatting import formatted
from govrubric.lint.clauses.chinese import folded
from govrubric.loading import loaded_nodes
from govrubric.office.clauses import cleaned
from govrubric.office.drafting import drafted
from govrubric.office.grids import ScoringTable
from scoring_tables import scoring_tables

# What may stand between the parts of a clause that was cut, and before a clause that was numbered.
LOOSE = re.compile(r"[\s,;。.、:()\d①-⑳一二三四五六七八九十]*")


def texts_of(value: object) -> list[str]:
    """Every text within plain data."""
    if isinstance(value, dict):
        return [text for inner in value.values() for text in texts_of(inner)]
    if isinstance(value, (tuple, list)):
        return [text for inner in value for text in texts_of(inner)]
    return [value] if isinstance(value, str) else []


@given(scoring_tables())
def test_a_draft_loads_is_laid_out_and_keeps_every_clause(table: ScoringTable) -> None:
    try:
        draft = drafted(table)
    except DraftError as error:
        codes = [one.code for one in error.diagnostics]
        assume(codes != ["GR823"])  # a table without a row
        raise
    told = {finding.code for finding in loaded_nodes(parse("draft.yaml", draft.text)).found}
    assert [code for code in told if not code.startswith("GR4")] == []
    laid_out = formatted("draft.yaml", draft.text)
    assert laid_out.text == draft.text
    kept = texts_of(laid_out.nodes.value)
    pieces = sorted({line for text in kept for line in text.split("\n") if line}, key=len, reverse=True)
    for row in table.rows:
        for role in ("requirement", "standard"):
            for line in row.cells[role].lines if role in row.cells else ():
                for part in line.split("\n"):
                    rest = cleaned(part)
                    for piece in pieces:
                        rest = rest.replace(piece, "")
                    assert LOOSE.fullmatch(folded(rest)), (part, rest)
