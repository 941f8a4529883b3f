"""A rubric with something of everything, for the tests of what users see of a rubric."""

from dataclasses import fields
from typing import Any

import govrubric
from govrubric.numbers import Exact

RUBRIC = govrubric.loads("""
govrubric: 1
id: library
title: Libraries
valid: {from: 2025-01-01}
total: 20
out_of: 40
floor: none
round: {places: 2, mode: half_even}
note: of the whole
facts:
  closed: flag
  fires: count
  class: {choice: [A, B]}
  area: {number: {places: 1, min: -0.5, max: 12.5}}
indicators:
  - id: hours
    title: Opening hours
    weight: 10
    out_of: 5
    clause: Hours are kept.
    assessed_by: the office
    floor: -2
    ceiling: none
    round: {places: 1, mode: down}
    counts_when: not closed
    not_applicable: rescale
    note: of an item
    gates:
      - {id: burnt, when: fires > 2, score: 0, clause: A library that burns is closed., note: of a gate}
    rules:
      - {id: late, deduct: 0.5, per: day, at_most: 3, when: fires == 0, clause: Half a point a day., note: read so}
      - {id: fires, deduct: {small: 1, great: 2}, per: fire}
      - {id: absent, forfeit: all}
      - {id: again, input: fires, deduct: 0.1, per: fire, clause: Each fire once more.}
  - id: work
    title: Work
    weight: 30
    combine: mean
    drop: {lowest: 1}
    items:
      - id: quality
        title: Quality
        weight: 30
        out_of: 10
        start: 1
        rules: [{id: judged, judge: 4, step: 0.3, places: 1}, {id: third, judge: 1/3}]
      - id: rate
        title: Rate
        weight: 30
        out_of: 10
        not_applicable: zero
        rules: [{id: reached, unit: '%', places: 3, bands: [{from: 90, points: 10}], else: 0}]
      - id: style
        title: Style
        weight: 30
        out_of: 10
        rules: [{id: choice, choose: {good: 10, bad: 0}}]
      - id: visits
        title: Visits
        weight: 10
        extra: true
        rules: [{id: made, formula: 'min(visits * 0.2, 3)', inputs: {visits: count}}]
gates:
  - {id: shut, when: closed, score: none}
  - {id: held, when: fires > 0, at_least: 1, at_most: 30}
  - {id: named, when: fires > 5, grade: burnt}
  - {id: lowered, when: fires > 4, grade_at_most: fair}
grades:
  - {grade: good, from: 18.5, when: score(hours) > 1, note: of a grade}
  - {grade: fair}
grade_on: exact
""")


def seen(value: object) -> dict[str, Any]:
    """The fields of a value, each exact number as its digits."""
    shown = {one.name: getattr(value, one.name) for one in fields(value)}  # type: ignore[arg-type] # a dataclass
    return {name: str(one) if isinstance(one, Exact) else one for name, one in shown.items()}
