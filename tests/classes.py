"""A rubric with variants for classes of units, and ambiguities whose options run, for tests."""

from govrubric import Rubric, loads

CHIEFS = """\
govrubric: 1
id: chiefs
title: Chiefs
total: 30
round: {places: 2, mode: half_up}
indicators:
  - id: platforms
    title: Platforms
    weight: 20
    items:
      - {id: website, title: Website, weight: 15, rules: [{id: stale, deduct: 0.1, per: time}]}
      - {id: area, title: Area, weight: 5, rules: [{id: bad, deduct: 1}, {id: worse, deduct: {a: 1, b: 2}, per: time}]}
  - id: chiefs
    title: Chiefs
    weight: 10
    rules:
      - {id: share, distance: {below: 95, each: 1, points: -0.1, whole: up}}
grades:
  - {grade: good, from: 28}
  - {grade: bad}
variants:
  city: {title: City}
  county: {set: {platforms.website.weight: 20}, without: [platforms.area]}
ambiguities:
  - id: each_percent
    at: chiefs.share
    question: is a part of a percent counted?
    decision: whole
    options:
      whole: {title: whole percents only, note: as last year}
      prorata: {title: pro rata, set: {chiefs.share.distance.whole: no}}
      asked: the office is asked
  - id: area
    at: platforms.area.bad
    question: how much?
    decision: one
    options:
      one: one point
      two: {title: two points, set: {platforms.area.bad.deduct: 2}}
  - id: old
    at: total
    question: who signs?
    decision: the office
    options: [the office, the bureau]
cases:
  - {name: base, tally: {chiefs.share: 90.5}, expect: {total: 29.5}}
  - {name: pro rata, reading: {each_percent: prorata}, tally: {chiefs.share: 90.5}, expect: {total: 29.55}}
  - {name: county, variant: county, tally: {chiefs.share: 90.5, platforms.website.stale: 2}, expect: {total: 29.3}}
"""


def chiefs() -> Rubric:
    """The rubric, loaded."""
    return loads(CHIEFS)
