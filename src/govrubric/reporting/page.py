"""Report -> one HTML page that needs nothing else: no network, no script to be read.

Every text of an author or a unit goes through the escaping of the template, and characters that cannot be
seen are written as their codes. The page allows its own style and its own script, by their digests, and
nothing else.
"""

import base64
import hashlib
from collections.abc import Iterator, Sequence
from fractions import Fraction
from functools import cache
from importlib.resources import files
from typing import NamedTuple

from jinja2 import Environment, StrictUndefined
from markupsafe import Markup

from govrubric.diagnostics.diagnostic import Lang, lang
from govrubric.diagnostics.display import escaped
from govrubric.forms.official import FilledRow, OfficialForm, filled, official_form
from govrubric.numbers import Exact, written
from govrubric.reporting import costs, views
from govrubric.reporting.phrases import PHRASES
from govrubric.reporting.report import Report, ReportClass, ReportUnit
from govrubric.scoring.ledger import ItemScore
from govrubric.version import __version__

COLOURS = 10  # of the indicators in bars; after these they begin anew
ZERO = Fraction(0)
NAME = 40  # characters of a title in a head


class Segment(NamedTuple):
    """A part of a bar, in hundredths of its length: where it begins, how long it is, and its colour."""

    start: str
    length: str
    colour: str


class RankRow(NamedTuple):
    """A unit in the ranking; `bar` says in words what the segments show."""

    unit: "UnitView"
    segments: tuple[Segment, ...]
    bar: str


class UnitView(NamedTuple):
    """A unit in words; cells of the table of indicators are a text and a shade."""

    number: int
    code: str
    name: str
    label: str
    place: str
    grade: str
    total: str
    own: str
    official: str
    difference: str
    cells: tuple[tuple[str, str], ...]
    form: tuple[FilledRow, ...]
    ledgers: tuple[views.ItemView, ...]
    causes: tuple[tuple[str, str], ...]
    has_both: bool


class CostRow(NamedTuple):
    """What an indicator or a rule cost."""

    title: str
    clause: str
    points: str
    units: str
    most: str
    share: str
    length: str


class ClassView(NamedTuple):
    """The units of a class, and the form that is theirs."""

    title: str
    form: OfficialForm
    maximum: str
    heads: tuple[tuple[str, str], ...]
    rows: tuple[RankRow, ...]
    indicators: tuple[CostRow, ...]
    rules: tuple[CostRow, ...]


@cache
def _part(name: str) -> str:
    """A file of this package."""
    return (files(__package__) / name).read_text("utf-8")


def page(report: Report, language: str | None = None) -> str:
    """A report as an HTML page, in ``en``, ``zh-CN`` or the rubric's language. The same bytes every time."""
    spoken = lang(language or report.rubric.language)
    environment = Environment(
        autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True, finalize=_seen
    )
    style, script = _part("page.css"), _part("page.js")
    template = environment.from_string(_part("page.html"))
    phrases = PHRASES[spoken]
    by = "official" if report.has_official else "self"
    classes = [_class(one, spoken) for one in report.classes]
    return template.render(
        lang="zh-CN" if spoken == "zh" else "en",
        title=report.rubric.title,
        about=(
            phrases["units"].format(len(report.units)),
            phrases[f"scored by {by}"],
            phrases["rubric"].format(report.rubric.id),
            report.rubric.digest,
        ),
        made=phrases["made"].format(__version__),
        classes=classes,
        several=len(classes) > 1,
        official=report.has_official,
        graded=_is_graded(report),
        say=phrases,
        style=Markup(style),
        script=Markup(script),
        hashes={"style": _hash(style), "script": _hash(script)},
    )


def _seen(value: object) -> object:
    """What a template prints: of a text, characters that cannot be seen as their codes."""
    return escaped(value) if type(value) is str else value


def _hash(text: str) -> str:
    digest = hashlib.sha256(text.encode()).digest()
    return f"sha256-{base64.b64encode(digest).decode()}"


def _is_graded(report: Report) -> bool:
    return any(one.rubric.grades for one in report.classes)


def _class(one: ReportClass, spoken: Lang) -> ClassView:
    form = official_form(one.rubric)
    items = one.rubric.items
    indicators = items[""].parts
    cards = [unit.card for unit in one.units]
    most = max([Fraction(one.rubric._text.total), *(Fraction(card.total or 0) for card in cards)])
    places = one.rubric._text.round.places
    return ClassView(
        one.title or "",
        form,
        written(most),
        tuple((items[path].title, _full(items[path].weight, spoken)) for path in indicators),
        tuple(_rank(unit, form, one, most, spoken) for unit in one.units),
        tuple(_costs(costs.of_indicators(one.rubric, cards), places)),
        tuple(_costs(costs.of_rules(one.rubric, cards), places)),
    )


def _full(weight: Exact | None, spoken: Lang) -> str:
    return "" if weight is None else PHRASES[spoken]["of"].format(written(weight))


def _costs(found: Sequence[costs.Cost], places: int) -> Iterator[CostRow]:
    whole = sum((cost.points for cost in found), Exact(0))
    most = max((cost.points for cost in found), default=Exact(0))
    for cost in found:
        share = _hundredths(cost.points, whole)
        yield CostRow(
            cost.title,
            cost.clause or "",
            views.digits(cost.points, places),
            str(cost.units),
            views.digits(cost.most, places),
            f"{share}%",
            _hundredths(cost.points, most),
        )


def _hundredths(part: Fraction, whole: Fraction) -> str:
    """A share in hundredths, to two places, cut off."""
    return written(Fraction(part * 10000 // whole, 100)) if whole else "0"


def _rank(unit: ReportUnit, form: OfficialForm, one: ReportClass, most: Fraction, spoken: Lang) -> RankRow:
    phrases, places, card = PHRASES[spoken], one.rubric._text.round.places, unit.card
    rows, indicators = card.items, one.rubric.items[""].parts
    segments, words, end = [], [], ZERO
    if card.total is not None and card.total > 0:
        end = Fraction(card.total)
        segments.append(Segment("0", _hundredths(end, most), "t"))
        words.append(f"{phrases['total']} {views.total_of(card, spoken, places)}")
    for index, cost in enumerate(costs.lost(card, indicators) if card.total is not None else ()):
        if cost:
            segments.append(Segment(_hundredths(end, most), _hundredths(cost, most), str(index % COLOURS)))
            title = one.rubric.items[indicators[index]].title
            words.append(phrases["lost by"].format(views.digits(cost, places), title))
            end += cost
    name = unit.name or ""
    view = UnitView(
        unit.number,
        card.unit or "",
        name,
        name or card.unit or str(unit.number),
        "–" if unit.place is None else str(unit.place),
        card.grade or "–",
        views.total_of(card, spoken, places),
        views.total_of(unit.own, spoken, places) or "–",
        views.total_of(unit.official, spoken, places) or phrases["not official"],
        views.difference(unit, places) or "–",
        tuple((views.contribution(rows[path], spoken, places), _shade(rows[path])) for path in indicators),
        filled(form, unit.own, unit.official),
        tuple(views.ledgers(unit, spoken)),
        tuple(views.causes(unit, spoken, places)),
        unit.differences is not None,
    )
    return RankRow(view, tuple(segments), "，".join(words) if spoken == "zh" else ", ".join(words))


def _shade(row: ItemScore) -> str:
    """The shade of an indicator as a part of its class; none where it has none."""
    shade = views.shade(row)
    return "" if shade is None else str(shade)
