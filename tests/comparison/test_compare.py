"""Rubric x rubric -> changes: every key by meaning, whether it can change a score, and their order."""

from typing import Any

import pytest

from compared import FORM
from govrubric import diff, loads
from govrubric.comparison.compare import Change, compare, named_grades, woven
from govrubric.language.gates_text import Grade
from samples import RICH, SMALL


def changed(*edits: tuple[str, str], form: str = FORM) -> tuple[Change, ...]:
    """The changes from the form to the form with some texts replaced."""
    newer = form
    for old, new in edits:
        assert newer.count(old) == 1, old
        newer = newer.replace(old, new)
    return compare(loads(form), loads(newer)).changes


def key(what: Any, path: str, name: str, before: Any, after: Any, *, scoring: bool = True) -> Change:
    return Change("changed", what, path, path, scoring, name, before, after)


SAME = [
    ("total: 20", "total: 20.00"),
    ("total: 20", "total: 20\nout_of: 20"),
    ("total: 20", "total: 20\nfloor: 0\nceiling: 20"),
    ("total: 20", "total: 20\ngrade_on: rounded"),
    ("id: x\n", "id: x\n        start: full\n"),
    ("id: x\n", "id: x\n        start: 6\n"),
    ("id: y, title: Y, weight: 4", "id: y, title: Y, weight: 4, start: zero, out_of: 4, extra: false"),
    ("deduct: 0.5", "deduct: 1/2"),
    ("deduct: 0.5, per: case", "per: case, take: all, deduct: 0.50"),
    ("judge: 4", "judge: 4, places: 2"),
    ("served: true, size: 1, a.y.j: 4", "a.y.j: 4, served: true, size: 1"),
    ("{city: 1, province: 2}", "{province: 2, city: 1}"),
    ("served and late > 3", "served  and (a.x.late>3.0)"),
    ("lost(b) == 0", "lost( b )==0"),
    (
        "facts: {served: flag, size: {number: {min: 0, max: 10}}}",
        "facts: {size: {number: {max: 10, places: 2}}, served: flag}",
    ),
]


@pytest.mark.parametrize("edit", SAME)
def test_what_means_the_same_is_no_difference(edit: tuple[str, str]) -> None:
    assert changed(edit) == ()


CHANGES = [
    (("id: t\n", "id: t2\n"), [key("rubric", "", "id", "t", "t2", scoring=False)]),
    (("title: T\n", "title: U\n"), [key("rubric", "", "title", "T", "U", scoring=False)]),
    (
        ("id: t\n", "id: t\nvalid: {from: 2025-01-01}\n"),
        [key("rubric", "", "valid", None, {"from": "2025-01-01"}, scoring=False)],
    ),
    (("places: 2", "places: 1"), [key("rubric", "", "round.places", "2", "1")]),
    (("total: 20", "total: 20\ngrade_on: exact"), [key("rubric", "", "grade_on", "rounded", "exact")]),
    (("total: 20", "total: 20\nfloor: none"), [key("rubric", "", "floor", None, "none")]),
    (("total: 20", "total: 20\nceiling: 18"), [key("rubric", "", "ceiling", None, "18")]),
    (
        ("total: 20", "total: 10\nout_of: 20\nceiling: 20"),
        [key("rubric", "", "total", "20", "10"), key("rubric", "", "out_of", None, "20")],
    ),
    (("max: 10", "max: 12"), [key("fact", "size", "type.number.max", "10", "12")]),
    (
        ("served: flag", "served: flag, deaths: count"),
        [Change("added", "fact", None, "deaths", scoring=True)],
    ),
    (("at_most: 15", "at_most: 14"), [key("gate", "capped", "at_most", "15", "14")]),
    (("size > 5", "size > 6"), [key("gate", "capped", "when", "size > 5", "size > 6")]),
    (("score: none", "score: 0"), [key("gate", "veto", "score", "none", "0")]),
    (
        ("score: none}, {", "score: none, clause: Closed is closed.}, {"),
        [key("gate", "veto", "clause", None, "Closed is closed.", scoring=False)],
    ),
    (
        ("{id: veto, when: not served, score: none}, ", ""),
        [Change("removed", "gate", "veto", None, scoring=True)],
    ),
    (("from: 15", "from: 16"), [key("grade", "Good", "from", "15", "16")]),
    (
        ("grade: Fair", "grade: Fine"),
        [
            Change("removed", "grade", "Fair", None, scoring=True),
            Change("added", "grade", None, "Fine", scoring=True),
        ],
    ),
    (
        ("clause: Ten marks.", "clause: Ten."),
        [key("item", "a", "clause", "Ten marks.", "Ten.", scoring=False)],
    ),
    (("title: B", "title: BB"), [key("item", "b", "title", "B", "BB", scoring=False)]),
    (
        ("clause: Half a mark.", "clause: 0.5"),
        [key("rule", "a.x.late", "clause", "Half a mark.", "0.5", scoring=False)],
    ),
    (("deduct: 0.5", "deduct: 0.3"), [key("rule", "a.x.late", "deduct", "0.5", "0.3")]),
    (("deduct: 0.5", "deduct: [0.5, 1/3]"), [key("rule", "a.x.late", "deduct", "0.5", ["0.5", "1/3"])]),
    (
        ("deduct: 0.5", "award: 0.5"),
        [
            key("item", "a.x", "start", "full", "3"),
            key("rule", "a.x.late", "verb", {"deduct": "0.5"}, {"award": "0.5"}),
        ],
    ),
    (("per: case", "per: day"), [key("rule", "a.x.late", "per", "case", "day")]),
    (
        ("late > 3", "late > 4"),
        [key("rule", "a.x.never", "when", "served and late > 3", "served and late > 4")],
    ),
    (("city: 1", "city: 2"), [key("rule", "b.used", "award.city", "1", "2")]),
    (("city: 1, ", ""), [key("rule", "b.used", "award.city", "1", None)]),
    (("at_most: 5", "at_most: 6"), [key("rule", "b.used", "at_most", "5", "6")]),
    ((", at_most: 5", ""), [key("rule", "b.used", "at_most", "5", None)]),
    (("high: 3", "high: 4"), [key("rule", "b.level", "choose.high", "3", "4")]),
    (("judge: 4", "judge: 4, step: 0.5"), [key("rule", "a.y.j", "step", None, "0.5")]),
    (
        ("decision: After", "decision: On"),
        [key("ambiguity", "open", "decision", "After the day.", "On the day.", scoring=False)],
    ),
    (
        ("name: one", "name: two"),
        [
            Change("removed", "case", "one", None, scoring=False),
            Change("added", "case", None, "two", scoring=False),
        ],
    ),
    (("total: 11", "b: 1"), [key("case", "one", "expect", {"total": "11"}, {"b": "1"}, scoring=False)]),
]


@pytest.mark.parametrize(("edit", "wanted"), CHANGES)
def test_each_key_is_reported(edit: tuple[str, str], wanted: list[Change]) -> None:
    more = (("id: x\n", "id: x\n        start: 3\n"),) if edit[1].startswith("award") else ()
    assert list(changed(edit, *more)) == wanted


def test_a_weight_that_changes_takes_along_what_follows_from_it() -> None:
    found = changed(("weight: 6", "weight: 5"), ("weight: 4", "weight: 5"))
    assert found == (key("item", "a.x", "weight", "6", "5"), key("item", "a.y", "weight", "4", "5"))


def test_a_start_that_turns_with_the_rules_is_reported() -> None:
    (start, verb, *_) = changed(("{id: j, judge: 4}", "{id: j, deduct: 4}"))
    assert start == key("item", "a.y", "start", "zero", "full")
    assert verb == key("rule", "a.y.j", "verb", {"judge": "4", "places": "2"}, {"deduct": "4", "take": "all"})


def test_a_renamed_item_is_one_change_and_texts_that_speak_of_it_are_none() -> None:
    found = changed(("id: b\n", "id: c\n    was: b\n"), ("lost(b)", "lost(c)"), ("b.level", "c.level"))
    assert found == (
        Change("renamed", "item", "b", "c", scoring=False),
        key("case", "one", "tally", {"served": "true", "size": "1", "a.y.j": "4", "b.level": "low"},
            {"served": "true", "size": "1", "a.y.j": "4", "c.level": "low"}, scoring=False),
    )  # fmt: skip


def test_a_renamed_rule_is_one_change_and_texts_that_speak_of_it_are_none() -> None:
    found = changed(
        ("id: late,", "id: tardy, was: a.x.late,"),
        ("late > 3", "tardy > 3"),
        ("at: a.x.late", "at: a.x.tardy"),
    )
    assert found == (Change("renamed", "rule", "a.x.late", "a.x.tardy", scoring=False),)


def test_a_condition_that_speaks_of_something_else_under_the_same_name_is_reported() -> None:
    found = changed(
        ("id: late,", "id: slow, was: a.x.late,"),
        ("- {id: never", "- {id: late, deduct: 1, per: day}\n          - {id: never"),
    )
    assert key("rule", "a.x.never", "when", "served and late > 3", "served and late > 3") in found


def test_a_name_that_stands_for_something_else_now_says_something_else() -> None:
    """What was `a` is called `b` now, and what was `b` is gone: no condition about `b` means the same."""
    head = (
        "govrubric: 1\nid: t\ntitle: T\ntotal: 10\nround: {places: 2, mode: half_up}\n"
        "gates: [{id: g, when: b.r > 3, at_most: 5}, {id: h, when: lost(b) > 3, at_most: 5}]\n"
    )
    a, b = (f"{{id: {name}, title: T, weight: 5, rules: [{{id: r, deduct: 1, per: case}}]}}" for name in "ab")
    older = head + f"indicators: [{a}, {b}]\n"
    newer = head + f"indicators: [{a}, {b.replace('title: T', 'title: T, was: a')}]\n"
    found = compare(loads(older), loads(newer)).changes
    assert [(one.kind, one.what, one.old, one.new) for one in found] == [
        ("changed", "gate", "g", "g"),
        ("changed", "gate", "h", "h"),
        ("added", "item", None, "a"),
        ("renamed", "item", "a", "b"),
        ("removed", "item", "b", None),
    ]


def test_an_input_that_is_shared_under_its_new_name_is_the_same() -> None:
    shared = FORM.replace(
        "{id: never, forfeit: all, when: served and late > 3}",
        "{id: more, deduct: 1, per: case, input: a.x.late}",
    )
    edits = (
        ("id: late,", "id: tardy, was: a.x.late,"),
        ("input: a.x.late", "input: a.x.tardy"),
        ("at: a.x.late", "at: a.x.tardy"),
    )
    assert [one.kind for one in changed(*edits, form=shared)] == ["renamed"]


def test_a_moved_item_is_reported_where_it_is() -> None:
    y = "      - {id: y, title: Y, weight: 4, rules: [{id: j, judge: 4}]}\n"
    moved = "  - {id: y, title: Y, was: a.y, weight: 4, rules: [{id: j, judge: 4}]}\n  - id: b\n"
    found = changed(
        (y, ""),
        ("  - id: b\n", moved),
        ("id: a\n", "id: a\n    ceiling: 10\n"),
        ("    weight: 10\n    clause", "    weight: 6\n    clause"),
        ("    ceiling: 10\n", ""),
        ("a.y.j", "y.j"),
    )
    assert [(one.kind, one.what, one.old, one.new, one.key) for one in found if one.what != "case"] == [
        ("changed", "item", "a", "a", "weight"),
        ("moved", "item", "a.y", "y", None),
    ]
    assert found[1].scoring is True


def test_a_rule_moves_to_another_item() -> None:
    moved = "- {id: late, was: a.x.late, deduct: 0.5, per: case, clause: Half a mark.}"
    found = changed(
        ("          - {id: late, deduct: 0.5, per: case, clause: Half a mark.}\n", ""),
        ("served and late", "served and b.late"),
        ("    rules:\n      - {id: used", f"    start: zero\n    rules:\n      {moved}\n      - {{id: used"),
        ("at: a.x.late", "at: b.late"),
    )
    assert found == (Change("moved", "rule", "a.x.late", "b.late", scoring=True),)


def test_what_is_removed_stands_where_it_stood() -> None:
    rules = "[{id: p, deduct: 1}, {id: q, deduct: 1}, {id: r, deduct: 1}]"
    older = SMALL.replace("rules:\n          - {id: gap, deduct: 1, per: gap}", f"rules: {rules}")
    newer = older.replace("{id: q, deduct: 1}", "{id: n, deduct: 1}").replace("{id: p, deduct: 1}, ", "")
    found = compare(loads(older), loads(newer)).changes
    assert [(one.kind, one.new or one.old) for one in found] == [
        ("removed", "work.index.p"), ("removed", "work.index.q"), ("added", "work.index.n"),
    ]  # fmt: skip


def test_an_item_that_is_new_is_reported_as_a_whole_and_what_comes_from_elsewhere_in_it_too() -> None:
    parts = (
        "[{id: x, title: X, was: a.x, weight: 5, "
        "rules: [{id: late, deduct: 0.5, per: case, clause: Half a mark.}]}, "
        "{id: n, title: N, weight: 5, rules: [{id: got, was: b.used, "
        "award: {city: 1, province: 2}, per: piece, at_most: 5}, {id: more, award: 1}]}]"
    )
    newer = (
        (
            "govrubric: 1\nid: t\ntitle: T\ntotal: 10\nround: {places: 2, mode: half_up}\n"
            "indicators: [{id: c, title: C, weight: 10, items: "
        )
        + parts
        + "}]\n"
    )
    found = compare(loads(FORM), loads(newer)).changes
    assert [
        (one.kind, one.what, one.old, one.new, one.key) for one in found if one.what in ("item", "rule")
    ] == [
        ("removed", "item", "a", None, None),
        ("removed", "item", "b", None, None),
        ("added", "item", None, "c", None),
        ("moved", "item", "a.x", "c.x", None),
        ("changed", "item", "a.x", "c.x", "weight"),
        ("removed", "rule", "a.x.never", None, None),
        ("moved", "rule", "b.used", "c.n.got", None),
    ]


def test_another_order_is_reported_where_it_can_matter() -> None:
    gates = (
        "{id: veto, when: not served, score: none}, {id: capped, when: size > 5, at_most: 15}",
        "{id: capped, when: size > 5, at_most: 15}, {id: veto, when: not served, score: none}",
    )
    assert changed(gates) == (
        Change("reordered", "gate", "", "", True, None, ["veto", "capped"], ["capped", "veto"]),
    )


@pytest.mark.parametrize(("grade", "scoring"), [("", False), (", grade: Poor", True)])
def test_the_order_of_items_decides_a_grade_that_gates_fix(grade: str, scoring: bool) -> None:
    gates = f"gates: [{{id: g, when: served, at_most: 5{grade}}}]"
    older = RICH.replace("score: none, grade: Closed", "score: none").replace(
        "counts_when: class == 'A'", gates
    )
    calls = "      - {id: calls, title: Calls, weight: 30, rules: [{id: missed, deduct: 2, per: call}]}\n"
    mail = (
        "      - {id: mail, title: Mail, weight: 20, not_applicable: rescale, "
        "rules: [{id: replied, judge: 20}]}\n"
    )
    found = compare(loads(older), loads(older.replace(calls + mail, mail + calls))).changes
    assert found == (
        Change(
            "reordered",
            "item",
            "desk",
            "desk",
            scoring,
            None,
            ["desk.calls", "desk.mail", "desk.visits"],
            ["desk.mail", "desk.calls", "desk.visits"],
        ),
    )


def test_the_order_of_items_matters_if_only_one_of_the_rubrics_has_such_a_gate() -> None:
    gates = "gates: [{id: g, when: served, at_most: 5, grade: Poor}]"
    plain = RICH.replace("score: none, grade: Closed", "score: none")
    calls = "      - {id: calls, title: Calls, weight: 30, rules: [{id: missed, deduct: 2, per: call}]}\n"
    mail = (
        "      - {id: mail, title: Mail, weight: 20, not_applicable: rescale, "
        "rules: [{id: replied, judge: 20}]}\n"
    )
    gated = plain.replace("counts_when: class == 'A'", gates).replace(calls + mail, mail + calls)
    for older, newer in ((plain, gated), (gated, plain)):
        found = compare(loads(older), loads(newer)).changes
        assert [one.scoring for one in found if one.kind == "reordered"] == [True]


def test_what_is_compared_keeps_both_and_who_is_who() -> None:
    one, other = loads(FORM), loads(SMALL)
    found = compare(one, other)
    assert (found.older, found.newer, found.matching.items) == (one, other, {"": ""})


def test_notes_within_a_key_change_no_score() -> None:
    assert changed(("places: 2,", "places: 2, note: as ever,")) == (
        key("rubric", "", "round.note", None, "as ever", scoring=False),
    )


def test_a_level_may_be_called_like_a_key_for_people() -> None:
    assert changed(("high: 3", "note: 3"), ("low: 1}}", "low: 1, title: 2}}")) == (
        key("rule", "b.level", "choose.high", "3", None),
        key("rule", "b.level", "choose.note", None, "3"),
        key("rule", "b.level", "choose.title", None, "2"),
    )


def test_names_are_woven() -> None:
    assert list(woven(["p", "q", "r", "s"], ["x", "r", "p"], {"r": "r", "p": "p"})) == [
        (None, "x"), ("r", "r"), ("s", None), ("p", "p"), ("q", None),
    ]  # fmt: skip


PATCHES = """
ambiguities:
- {id: q, at: work, question: Q?, decision: one, options: {one: One, two: {title: Two, set: {
    work.title: Other, bonus.used.award: {city: 1, province: 2}, work.late.deduct: 0.5}}}}
cases:
- {name: one, tally: {bonus.judged: 3}, expect: {total: 10}}
"""


@pytest.mark.parametrize(
    ("old", "new", "keys"),
    [
        ("work.title: Other", 'work.title: "Other"', []),
        ("{city: 1, province: 2}", "{province: 2, city: 1}", []),
        ("{city: 1, province: 2}", "{city: 1.0, province: 4/2}", []),
        ("work.late.deduct: 0.5", "work.late.deduct: 0.50", []),
        ("total: 10}", "total: 10.00}", []),
        ("bonus.judged: 3}", "bonus.judged: 6/2}", []),
        ("work.title: Other", "work.title: Others", ["options.two.set"]),
        ("city: 1,", "city: 1.5,", ["options.two.set"]),
        ("total: 10}", "total: 9}", ["expect"]),
    ],
)
def test_what_a_patch_sets_and_a_case_has_is_compared_by_meaning(old: str, new: str, keys: list[str]) -> None:
    assert PATCHES.count(old) == 1
    changes = compare(loads(SMALL + PATCHES), loads(SMALL + PATCHES.replace(old, new))).changes
    assert [change.key for change in changes] == keys


def test_the_evidence_of_a_case_is_compared_in_its_order() -> None:
    case = "cases: [{name: one, tally: {bonus.judged: {value: 0, evidence: [a, b]}}, expect: {total: 7}}]\n"
    older = loads(SMALL + case)
    assert compare(older, loads(SMALL + case)).changes == ()
    (change,) = compare(older, loads(SMALL + case.replace("[a, b]", "[b, a]"))).changes
    assert (change.kind, change.what, change.key) == ("changed", "case", "tally")


def test_a_grade_that_stands_again_is_told_by_its_number() -> None:
    grades = [
        Grade.model_validate({"grade": name, "when": when})
        for name, when in (("A", "x"), ("A (2)", "y"), ("A", "z"), ("B", "x"), ("A", "y"))
    ]
    assert [(name, str(grade.when)) for name, grade in named_grades(grades).items()] == [
        ("A", "x"),
        ("A (2)", "y"),
        ("A (3)", "z"),
        ("B", "x"),
        ("A (4)", "y"),
    ]


LEVELLED = """\
govrubric: 1
id: t
title: T
total: 10
round: {places: 2, mode: half_up}
indicators:
  - {id: a, title: A, weight: 10, rules: [{id: late, deduct: {low: {points: 1, title: Low}}, per: case}]}
grades: [{grade: G, when: total >= 5}, {grade: B}]
"""


def test_levels_with_titles_that_become_one_amount_change_what_a_unit_comes_to() -> None:
    plain = loads(LEVELLED.replace("{low: {points: 1, title: Low}}", "2"))
    (change,) = diff(loads(LEVELLED), plain).changes
    assert (change.key, change.scoring) == ("deduct", True)


def test_brackets_around_a_condition_on_the_total_are_no_difference() -> None:
    assert diff(loads(LEVELLED), loads(LEVELLED.replace("total >= 5", "(total >= 5)"))).changes == ()
    (change,) = diff(loads(LEVELLED), loads(LEVELLED.replace("total >= 5", "exact_total >= 5"))).changes
    assert (change.key, change.scoring) == ("when", True)
