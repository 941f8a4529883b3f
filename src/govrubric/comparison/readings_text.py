"""Units under each reading -> text: a table for each ambiguity, and what can be left open."""

from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import Protocol

from govrubric.comparison.reading_results import AmbiguityReadings, Reading, UnitReading
from govrubric.diagnostics.diagnostic import Lang
from govrubric.diagnostics.display import plain
from govrubric.numbers import written
from govrubric.reports.text_table import text_table
from govrubric.rubric import Rubric

LONG = 400  # characters that are shown of a text
PHRASES = {
    "en": {
        "colon": "{}: {}", "unit": "unit", "case": "case", "name": "name", "variant": "variant",
        "place": "place", "grade": "grade", "decided": "decided", "none": "none", "refused": "refused",
        "list": ", ", "title": "{} {}", "question": "question", "decision": "decided",
        "words": "not run: it is words alone; say under `set` or `without` what the rubric would be",
        "noted": "not run: {}",
        "excluded": "not run: a variant of these units says something else of the same value",
        "unsound": "not run: with a variant of these units it makes no sound rubric",
        "same": "changes nothing", "total": "changes {} of {} totals", "ranking": "the ranking",
        "grades": "{} grade(s)", "lacking": "{} could not be scored",
        "open": "can be left open, since no reading changes anything: {}",
        "matters": "matters: {}", "unrun": "not known, since not every reading was run: {}",
        "nobody": "no ambiguity is registered", "no_options": "it has no other options",
        "no_units": "no unit was given, and the rubric has no case of its own",
        "starred": "* other than decided",
    },
    "zh": {
        "colon": "{}：{}", "unit": "单位", "case": "案例", "name": "名称", "variant": "版本",
        "place": "名次", "grade": "等次", "decided": "本表", "none": "无", "refused": "未能计分",
        "list": "、", "title": "{} {}", "question": "问题", "decision": "本表处理",
        "words": "未试算：只有文字；请用 `set` 或 `without` 写明这样理解时评分表有何不同",
        "noted": "未试算：{}",
        "excluded": "未试算：这些单位所用的版本对同一个值另有说法",
        "unsound": "未试算：与这些单位所用的版本合在一起，评分表有误",
        "same": "结果不变", "total": "{1}个总分中有{0}个改变", "ranking": "名次有变",
        "grades": "{}个等次改变", "lacking": "{}个单位未能计分",
        "open": "任何理解都不改变结果，可以不作决定：{}",
        "matters": "影响结果：{}", "unrun": "有的理解未试算，尚不能断定：{}",
        "nobody": "没有登记存疑之处", "no_options": "没有其他理解",
        "no_units": "没有填报数据，评分表也没有自带案例",
        "starred": "* 与本表处理不同",
    },
}  # fmt: skip


class Result(Protocol):
    """What is told: `Readings`."""

    @property
    def rubric(self) -> Rubric: ...

    @property
    def units(self) -> tuple[UnitReading, ...]: ...

    @property
    def ambiguities(self) -> tuple[AmbiguityReadings, ...]: ...

    @property
    def ranked(self) -> bool: ...


def to_text(readings: Result, lang: Lang) -> str:
    """The whole report."""
    phrases, rubric = PHRASES[lang], readings.rubric
    name = f"{rubric.id} ({rubric.chosen})" if rubric.chosen else rubric.id
    lines = [plain(rubric.title, 200), f"{name} · {rubric.digest}"]
    if not readings.units:
        lines += ["", phrases["no_units"]]
    starred = False
    for one in readings.ambiguities:
        lines += ["", *_ambiguity(readings, one, phrases)]
        starred = starred or bool(one.changes)
    lines += ["", *([phrases["starred"]] if starred else []), *_verdicts(readings.ambiguities, phrases)]
    return "\n".join(lines) + "\n"


def _ambiguity(readings: Result, one: AmbiguityReadings, phrases: dict[str, str]) -> Iterator[str]:
    """An ambiguity, what it comes to for each unit, and what each reading changes."""
    ambiguity = one.ambiguity
    yield f"{ambiguity.id} ({ambiguity.at})"
    for key, said in (("question", ambiguity.question), ("decision", ambiguity.decision)):
        yield "  " + phrases["colon"].format(phrases[key], plain(said, LONG))
    if not one.readings:
        yield f"  {phrases['no_options']}"
    for reading in one.readings:
        option = reading.option
        name = option.title if option.id in (None, option.title) else f"{option.id} {option.title}"
        verdict = _why(reading, phrases) if reading.why else _verdict(readings, reading, phrases)
        yield "  " + phrases["colon"].format(plain(name, LONG), verdict)
    ran = [reading for reading in one.readings if reading.units]
    if ran:
        yield ""
        yield from (f"  {line}" for line in _table(readings, ran, phrases))


def _why(reading: Reading, phrases: dict[str, str]) -> str:
    """Why a reading was not run; of one in words alone, what its author says."""
    if reading.why == "words" and reading.option.note:
        return phrases["noted"].format(plain(reading.option.note, LONG))
    return phrases[reading.why or ""]


def _verdict(readings: Result, reading: Reading, phrases: dict[str, str]) -> str:
    """What a reading changes, in words."""
    pairs = [
        (old, new) for old, new in zip(readings.units, reading.units, strict=True) if not new.diagnostics
    ]
    totals = sum(old.total != new.total for old, new in pairs)
    grades = sum(old.grade != new.grade for old, new in pairs)
    words = [phrases["total"].format(totals, len(pairs))] if totals else []
    words += [phrases["ranking"]] if "ranking" in reading.changes else []
    words += [phrases["grades"].format(grades)] if grades else []
    words += [phrases["lacking"].format(reading.refused)] if reading.refused else []
    return phrases["list"].join(words) or phrases["same"]


def _table(readings: Result, ran: Sequence[Reading], phrases: dict[str, str]) -> Iterator[str]:
    """A row for each unit: its total, place and grade as decided, and under each reading."""
    graded = bool(readings.rubric._plan.grades)
    labels = ["unit" if readings.ranked else "case"]
    labels += [key for key in ("name", "variant") if any(getattr(unit, key) for unit in readings.units)]
    head = [phrases[label] for label in labels]
    own = [*([phrases["place"]] if readings.ranked else []), *([phrases["grade"]] if graded else [])]
    for name in (phrases["decided"], *(plain(reading.option.id or "") for reading in ran)):
        head += [name, *own]
    rows = [head]
    for number, unit in enumerate(readings.units):
        row = [plain(unit.unit or "–")]
        row += [plain(getattr(unit, label) or "–") for label in labels[1:]]
        for other in (unit, *(reading.units[number] for reading in ran)):
            row += _cells(readings, unit, other, graded, phrases)
        rows.append(row)
    yield from text_table(rows, left=range(len(labels)), ruled=True)


def _cells(
    readings: Result, decided: UnitReading, unit: UnitReading, graded: bool, phrases: dict[str, str]
) -> list[str]:
    """A unit's total, place and grade, each marked where it is other than decided."""
    if unit.diagnostics:
        return [phrases["refused"], *(["–"] if readings.ranked else []), *(["–"] if graded else [])]
    places = readings.rubric._text.round.places
    total = phrases["none"] if unit.total is None else written(Fraction(unit.total), places)
    cells = [_marked(total, other=unit.total != decided.total)]
    if readings.ranked:
        cells.append(_marked(str(unit.place or "–"), other=unit.place != decided.place))
    if graded:
        cells.append(_marked(plain(unit.grade or "–"), other=unit.grade != decided.grade))
    return cells


def _marked(text: str, *, other: bool) -> str:
    return f"{text}*" if other else f"{text} "


def _verdicts(every: Sequence[AmbiguityReadings], phrases: dict[str, str]) -> Iterator[str]:
    """Which ambiguities matter, which can be left open, and of which that is not known."""
    if not every:
        yield phrases["nobody"]
    kinds = {
        "matters": [one for one in every if one.changes],
        "open": [one for one in every if one.open],
        "unrun": [one for one in every if not one.changes and not one.open],
    }
    for key, listed in kinds.items():
        if listed:
            yield phrases[key].format(phrases["list"].join(one.ambiguity.id for one in listed))
