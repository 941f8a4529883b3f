"""A rubric with inputs of every kind, some of which a flag excuses; and a sound tally of it."""

from typing import Any

WIDE = """\
govrubric: 1
id: wide
title: Wide
total: 10
round: {places: 1, mode: half_up}
facts:
  class: {choice: [一类, 二类]}
  share: {number: {places: 1, min: -0.5, max: 0.5}}
indicators:
  - id: g
    title: G
    weight: 6
    not_applicable: rescale
    items:
      - id: a
        title: A
        weight: 6
        not_applicable: full
        rules:
          - {id: rated, choose: {优: 6, 良: 3}}
  - id: b
    title: B
    weight: 4
    rules:
      - {id: judged, judge: 4, step: 2}
      - {id: extra, award: 1, per: piece}
"""
SOUND: dict[str, Any] = {"class": "一类", "share": 0, "b.judged": 2, "g.a.rated": "优"}
