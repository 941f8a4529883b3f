"""The district form by hand for polars over int32, without anything generic or checked: the limit for tables.

Points are tenths where the form takes off tenths. A leaf is its full marks less its loss; constants are added
once.
"""

from collections.abc import Iterable

import polars
from polars import Expr, Int32, col, lit, min_horizontal, when

from form import JUDGED, SCALES


def _int(value: int) -> Expr:
    return lit(value, Int32)


def _most(value: Expr, most: int) -> Expr:
    return min_horizontal(value, _int(most))


def _if(name: str, yes: int, no: int = 0) -> Expr:
    return when(col(name)).then(_int(yes)).otherwise(_int(no))


def lost() -> dict[str, tuple[int, Expr]]:
    """Each leaf that takes off points: its full marks and its loss, in tenths, for counts up to a million."""
    halves = col("platforms.website.wording_error") + col("platforms.website.security_flaw")
    website = (
        col("platforms.website.stale_column") + col("platforms.website.late_rectification") + _int(5) * halves
    )
    unwell = col("on_request.complaints.supervision_failure") + _int(2) * col(
        "on_request.complaints.confirmed_fault"
    )
    column = col("normative_documents.website.unpublished") + col("normative_documents.website.not_withdrawn")
    upload = col("normative_documents.upload.unfinished") + col(
        "normative_documents.upload.nonstandard_format"
    )
    return {
        "basics.attribution": (50, _most(col("basics.attribution.unlabelled"), 50)),
        "basics.annual_report": (
            50,
            _if("basics.annual_report.late", 20) + _if("basics.annual_report.inaccurate", 10),
        ),
        "normative_documents.review": (20, _most(col("normative_documents.review.unfinished"), 20)),
        "normative_documents.upload": (20, _most(upload, 20)),
        "normative_documents.website": (10, _most(column, 10)),
        "platforms.website": (100, _most(website, 100)),
        "platforms.service_area": (50, _if("platforms.service_area.inadequate", 10)),
        "interpretation.synchrony": (30, _most(col("interpretation.synchrony.unsynchronised"), 30)),
        "interpretation.forms": (30, _most(col("interpretation.forms.hollow"), 30)),
        "standardisation": (50, _most(col("standardisation.outdated_or_incomplete"), 50)),
        "on_request.procedure": (40, _most(col("on_request.procedure.unlawful_reply"), 40)),
        "on_request.reversals": (40, _int(2) * _most(col("on_request.reversals.reversed"), 20)),
        "on_request.complaints": (20, _most(unwell, 20)),
        "interaction.message_boards": (50, _most(col("interaction.message_boards.late_response"), 50)),
        "interaction.open_month": (50, _if("interaction.open_month.poorly_organised", 5)),
    }


def _adoption() -> Expr:
    county, province, state = (
        col(f"innovation.adoption.adopted.{level}") for level in ("city", "province", "state_council")
    )
    return _most(county + _int(3) * province + _int(5) * state, 5)


def _sum(parts: list[Expr]) -> Expr:
    added = parts[0]
    for part in parts[1:]:
        added = added + part
    return added


def _judged() -> list[Expr]:
    return [col(name) for path, name in JUDGED.items() if path != "platforms.new_media"]


def total(given: int) -> Expr:
    """The rounded total in hundredths, as one formula; a judged point is `given` (1 or 100) in the inputs."""
    leaves = list(lost().values())
    full, off = sum(most for most, _ in leaves), _sum([value for _, value in leaves])
    score = col("platforms.new_media.operation_score")
    if given == 1:
        value = _int(10 * full) + _int(10) * (score - off + _int(10) * (_adoption() + _sum(_judged())))
    else:
        value = (
            _int(10 * full)
            + _int(10) * (_int(10) * _adoption() - off)
            + _sum(_judged())
            + (score + _int(5)) // _int(10)
        )
    return value.alias("total/100")


def named(path: str) -> str:
    """The name of an item's column: its path, and the number that stands for a point."""
    return f"{path}/{SCALES.get(path, 10)}"


def stages(given: int) -> list[list[Expr]]:
    """All leaves, then all indicators, then the total, from earlier columns: the fastest of some orders."""

    def at(*paths: str) -> Expr:
        return _sum([col(named(path)) for path in paths])

    leaves = {path: _int(full) - off for path, (full, off) in lost().items()}
    leaves |= {path: col(name) if given == 100 else _int(100) * col(name) for path, name in JUDGED.items()}
    leaves["innovation.adoption"] = _adoption()
    groups = {
        "basics": at("basics.attribution", "basics.annual_report"),
        "normative_documents": at(
            "normative_documents.review", "normative_documents.upload", "normative_documents.website"
        ),
        "platforms": _int(100) * at("platforms.website", "platforms.service_area")
        + at("platforms.new_media"),
        "interpretation": _int(10) * at("interpretation.synchrony", "interpretation.forms")
        + at("interpretation.targeting"),
        "on_request": at("on_request.procedure", "on_request.reversals", "on_request.complaints"),
        "interaction": at("interaction.message_boards", "interaction.open_month"),
        "organisation": at(*(path for path in JUDGED if path.startswith("organisation."))),
        "innovation": at("innovation.measures") + _int(100) * at("innovation.adoption"),
    }
    tenths = at("basics", "normative_documents", "standardisation", "on_request", "interaction")
    value = (
        _int(10) * tenths
        + at("interpretation", "organisation", "innovation")
        + (at("platforms") + _int(5)) // _int(10)
    )
    return [
        [value.alias(named(path)) for path, value in leaves.items()],
        [value.alias(named(path)) for path, value in groups.items()],
        [value.alias("total/100")],
    ]


def written(given: int, items: bool) -> list[list[Expr]]:
    """The columns to add to a table, in stages: every item and the total, or the total alone."""
    return stages(given) if items else [[total(given)]]


def lazily(frame: polars.LazyFrame, added: list[list[Expr]]) -> polars.LazyFrame:
    """A table with these columns after its own."""
    for stage in added:
        frame = frame.with_columns(stage)
    return frame


def decimals(paths: Iterable[str]) -> list[Expr]:
    """The same numbers as decimals, under their paths alone."""
    columns = []
    for path in paths:
        places = len(str(SCALES.get(path, 10))) - 1
        whole = col(named(path)).cast(polars.Int128, wrap_numerical=True)
        columns.append(whole.reinterpret(dtype=polars.Decimal(38, places)).alias(path))
    return columns


def look(columns: Iterable[str]) -> list[Expr]:
    """The least and the greatest value of each column of numbers, to check inputs in a single pass."""
    extremes = []
    for name in columns:
        extremes += [col(name).min().alias(f"{name}<"), col(name).max().alias(f"{name}>")]
    return extremes


def collected(frame: polars.LazyFrame, added: list[list[Expr]]) -> polars.DataFrame:
    """The same, computed at once; the streaming engine is faster here."""
    return lazily(frame, added).collect(engine="streaming")
