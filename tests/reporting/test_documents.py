"""The filled forms of a report as a Word file."""

import io

import docx

from govrubric.reporting.documents import document
from reported import OFFICIAL, OWN, districts, of


def test_every_unit_has_its_form_in_the_order_of_the_ranking() -> None:
    found = docx.Document(io.BytesIO(document(of(OWN, OFFICIAL))))
    totals = [[cell.text for cell in table.rows[-1].cells] for table in found.tables]
    assert [(row[4], row[7]) for row in totals] == [
        ("", "8.0\nGood"), ("7.0\nGood", "7.5\nGood"), ("7.7\nGood", "7.4\nGood"), ("8.0\nGood", ""),
    ]  # fmt: skip


def test_the_same_report_is_the_same_file() -> None:
    assert document(districts()) == document(districts())
    assert len(docx.Document(io.BytesIO(document(districts()))).tables) == 12
