"""Report -> the filled official form of each unit as one Word file, ready to sign."""

from govrubric.forms.word import UnitCards, written
from govrubric.reporting.report import Report


def document(report: Report, language: str | None = None) -> bytes:
    """A report as .docx: the form of each unit from a new page, in the order of the ranking."""
    units = [
        UnitCards(unit.card.unit, unit.name, own=unit.own, official=unit.official) for unit in report.units
    ]
    return written(report.rubric, units, language)
