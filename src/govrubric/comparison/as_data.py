"""Comparison, and a trial of it -> plain data for JSON: numbers as digits, `?` for an unknown number."""

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Any

from govrubric.comparison.attribution import Effect
from govrubric.comparison.compare import Change, Comparison
from govrubric.comparison.replay import Recounted, Refused, Trial
from govrubric.comparison.unit_rows import UNKNOWN
from govrubric.diagnostics.diagnostic import Lang
from govrubric.language.rules._rule import Rule
from govrubric.numbers import written
from govrubric.rubric import Rubric


def to_dict(comparison: Comparison, trial: Trial | None, lang: Lang) -> dict[str, Any]:
    """A comparison and its trial as plain data; the sentences of rules are in `lang`."""
    rules = [
        {rule.path: rule.rule for item in rubric._plan.items for rule in item.rules}
        for rubric in (comparison.older, comparison.newer)
    ]
    data = {
        "older": _rubric(comparison.older),
        "newer": _rubric(comparison.newer),
        "changes": [_change(change, rules, lang) for change in comparison.changes],
        "remarks": [remark._asdict() for remark in comparison.matching.remarks],
    }
    return data if trial is None else {**data, "trial": _trial(trial)}


def _rubric(rubric: Rubric) -> dict[str, str]:
    return {"id": rubric.id, "title": rubric.title, "digest": rubric.digest}


def _change(change: Change, rules: list[dict[str, Rule]], lang: Lang) -> dict[str, Any]:
    keys = ("kind", "what", "old", "new", "scoring", "key", "before", "after")
    data = {key: getattr(change, key) for key in keys}
    if change.what != "rule" or change.kind == "reordered":
        return data
    sentences = [
        None if path is None else known[path].says(lang)
        for known, path in zip(rules, (change.old, change.new), strict=True)
    ]
    return {**data, "old_sentence": sentences[0], "new_sentence": sentences[1]}


def _trial(trial: Trial) -> dict[str, Any]:
    return {
        "dropped": [{"input": name, "units": number} for name, number in trial.dropped.items()],
        "fresh": list(trial.fresh),
        "units": [_unit(unit) for unit in trial.units if isinstance(unit, Recounted)],
        "refused": [_refused(unit) for unit in trial.units if isinstance(unit, Refused)],
    }


def _refused(unit: Refused) -> dict[str, str | None]:
    return {"unit": unit.unit, "name": unit.name}


def _unit(unit: Recounted) -> dict[str, Any]:
    total_unknown, grade_unknown = "total" in unit.unknown, "grade" in unit.unknown
    return {
        "unit": unit.unit,
        "name": unit.name,
        "before": _digits(unit.before),
        "after": UNKNOWN if total_unknown else _digits(unit.after),
        "difference": UNKNOWN if total_unknown else _digits(unit.difference),
        "old_grade": unit.old_grade,
        "new_grade": UNKNOWN if grade_unknown else unit.new_grade,
        "effects": [_effect(effect) for effect in unit.effects],
    }


def _effect(effect: Effect) -> Mapping[str, str | None]:
    return {**effect._asdict(), "amount": UNKNOWN if effect.amount is None else written(effect.amount)}


def _digits(value: Decimal | Fraction | None) -> str | None:
    return None if value is None else written(Fraction(value))
