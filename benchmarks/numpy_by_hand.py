"""The district form over columns, by hand with numpy over int32, in blocks that stay in the cache.

Points are tenths where the form takes off tenths. Results are written into existing memory.
"""

from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from os import cpu_count

import numpy
from numpy import int32, minimum, multiply

import govrubric
from form import JUDGED
from table import Column, Table

BLOCK = 65536


def _left(full: int, lost: Column) -> Column:
    return numpy.subtract(int32(full), minimum(lost, int32(full)))


def _block(t: Mapping[str, Column], out: Mapping[str, Column] | None, totals: Column) -> None:
    """A block of hundredths."""
    attribution = _left(50, t["basics.attribution.unlabelled"])
    report = (
        int32(50)
        - multiply(t["basics.annual_report.late"], int32(20))
        - multiply(t["basics.annual_report.inaccurate"], int32(10))
    )
    review = _left(20, t["normative_documents.review.unfinished"])
    upload = _left(
        20, t["normative_documents.upload.unfinished"] + t["normative_documents.upload.nonstandard_format"]
    )
    column = _left(
        10, t["normative_documents.website.unpublished"] + t["normative_documents.website.not_withdrawn"]
    )
    halves = t["platforms.website.wording_error"] + t["platforms.website.security_flaw"]
    website = _left(
        100,
        t["platforms.website.stale_column"] + t["platforms.website.late_rectification"] + int32(5) * halves,
    )
    area = int32(50) - multiply(t["platforms.service_area.inadequate"], int32(10))
    synchrony = _left(30, t["interpretation.synchrony.unsynchronised"])
    forms = _left(30, t["interpretation.forms.hollow"])
    standardisation = _left(50, t["standardisation.outdated_or_incomplete"])
    procedure = _left(40, t["on_request.procedure.unlawful_reply"])
    reversals = _left(40, t["on_request.reversals.reversed"] * int32(2))
    complaints = _left(
        20,
        t["on_request.complaints.supervision_failure"]
        + int32(2) * t["on_request.complaints.confirmed_fault"],
    )
    boards = _left(50, t["interaction.message_boards.late_response"])
    open_month = int32(50) - multiply(t["interaction.open_month.poorly_organised"], int32(5))
    adopted = t["innovation.adoption.adopted.city"] + int32(3) * t["innovation.adoption.adopted.province"]
    adoption = minimum(adopted + int32(5) * t["innovation.adoption.adopted.state_council"], int32(5))

    basics = attribution + report
    documents = review + upload + column
    platforms = int32(100) * (website + area) + t["platforms.new_media.operation_score"]
    interpretation = int32(10) * (synchrony + forms) + t["interpretation.targeting.assessed"]
    on_request = procedure + reversals + complaints
    interaction = boards + open_month
    organisation = (
        t["organisation.leadership.assessed"]
        + t["organisation.training.assessed"]
        + t["organisation.appraisal.assessed"]
    )
    organisation = (
        organisation + t["organisation.guidance.assessed"] + t["organisation.assigned_tasks.assessed"]
    )
    innovation = t["innovation.measures.assessed"] + int32(100) * adoption
    tenths = basics + documents + standardisation + on_request + interaction
    numpy.add(
        int32(10) * tenths + interpretation + organisation + innovation,
        (platforms + int32(5)) // int32(10),
        out=totals,
    )
    if out is None:
        return
    items = {
        "basics": basics, "basics.attribution": attribution, "basics.annual_report": report,
        "normative_documents": documents, "normative_documents.review": review,
        "normative_documents.upload": upload, "normative_documents.website": column, "platforms": platforms,
        "platforms.website": website, "platforms.service_area": area, "interpretation": interpretation,
        "interpretation.synchrony": synchrony, "interpretation.forms": forms,
        "standardisation": standardisation, "on_request": on_request, "on_request.procedure": procedure,
        "on_request.reversals": reversals, "on_request.complaints": complaints, "interaction": interaction,
        "interaction.message_boards": boards, "interaction.open_month": open_month,
        "organisation": organisation, "innovation": innovation, "innovation.adoption": adoption,
    }  # fmt: skip
    for path, values in items.items():
        out[path][:] = values


class Scored:
    """The results of a table, in memory that every run fills again; judged items are their inputs."""

    def __init__(self, rubric: govrubric.Rubric, table: Table) -> None:
        self.table = table
        self.items = {
            path: numpy.zeros(table.units, int32)
            for item in rubric._plan.items
            if (path := item.path) and path not in JUDGED
        }
        self.totals = numpy.zeros(table.units, int32)
        self.threads = ThreadPoolExecutor(cpu_count() or 1)

    def run(self, items: bool) -> dict[str, Column]:
        """Every total, and every item if `items`."""
        columns = self.table.columns

        def block(begin: int) -> None:
            part = slice(begin, begin + BLOCK)
            out = {path: column[part] for path, column in self.items.items()} if items else None
            _block({name: column[part] for name, column in columns.items()}, out, self.totals[part])

        list(self.threads.map(block, range(0, self.table.units, BLOCK)))
        judged = {path: columns[name] for path, name in JUDGED.items()}
        return {"total": self.totals, **(self.items | judged if items else {})}
