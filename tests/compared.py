"""A form with every kind of part; the tests of `diff` make its successor from it."""

FORM = """\
govrubric: 1
id: t
title: T
total: 20
round: {places: 2, mode: half_up}
facts: {served: flag, size: {number: {min: 0, max: 10}}}
gates: [{id: veto, when: not served, score: none}, {id: capped, when: size > 5, at_most: 15}]
grades: [{grade: Good, from: 15}, {grade: Fair, from: 8, when: lost(b) == 0}, {grade: Poor}]
indicators:
  - id: a
    title: A
    weight: 10
    clause: Ten marks.
    items:
      - id: x
        title: X
        weight: 6
        rules:
          - {id: late, deduct: 0.5, per: case, clause: Half a mark.}
          - {id: never, forfeit: all, when: served and late > 3}
      - {id: y, title: Y, weight: 4, rules: [{id: j, judge: 4}]}
  - id: b
    title: B
    weight: 10
    rules:
      - {id: used, award: {city: 1, province: 2}, per: piece, at_most: 5}
      - {id: level, choose: {high: 3, low: 1}}
ambiguities: [{id: open, at: a.x.late, question: What is late?, decision: After the day.}]
cases: [{name: one, tally: {served: true, size: 1, a.y.j: 4, b.level: low}, expect: {total: 11}}]
"""
