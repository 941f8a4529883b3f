"""Comparison -> rows in words: every kind of change, in both languages."""

import json
from typing import Any

import pytest

from compared import FORM
from govrubric import loads
from govrubric.comparison.as_markdown import memo
from govrubric.comparison.compare import compare
from govrubric.comparison.wording import count, groups, value_in_words
from govrubric.diagnostics.diagnostic import Lang
from samples import SMALL


def rows(*edits: tuple[str, str], lang: Lang = "en", form: str = FORM) -> list[tuple[str, ...]]:
    """Path and title of each group, a mark where a score may change, what, before and after; no cases."""
    newer = form
    for old, new in edits:
        assert newer.count(old) == 1, old
        newer = newer.replace(old, new)
    found = groups(compare(loads(form), loads(newer)), lang)
    return [
        (
            " ".join(filter(None, (group.path, group.title))),
            "*" if row.scoring else "",
            row.what,
            row.before or "",
            row.after or "",
        )
        for group in found
        for row in group.rows
        if group.title not in ("cases", "案例")
    ]


@pytest.mark.parametrize(
    ("edit", "en", "zh"),
    [
        (
            ("places: 2", "places: 1"),
            ("rubric", "*", "round.places", "2", "1"),
            ("评分表", "*", "舍入位数", "2", "1"),
        ),
        (
            ("served: flag, size: {number: {min: 0", "served: flag, size: {number: {min: -1"),
            ("facts", "*", "size type.number.min", "0", "-1"),
            ("事实", "*", "size type.number.min", "0", "-1"),
        ),
        (("title: B", "title: BB"), ("b BB", "", "title", "B", "BB"), ("b BB", "", "名称", "B", "BB")),
        (
            ("id: x\n", "id: x\n        start: zero\n"),
            ("a.x X", "*", "start", "full", "zero"),
            ("a.x X", "*", "起评分", "满分", "零分"),
        ),
        (
            ("id: x\n", "id: x\n        floor: none\n"),
            ("a.x X", "*", "floor", "–", "none"),
            ("a.x X", "*", "下限", "–", "无"),
        ),
        (
            ("deduct: 0.5", "deduct: 0.3"),
            ("a.x X", "*", "late", "0.5 off per case", "0.3 off per case"),
            ("a.x X", "*", "late", "每 case 扣0.5分", "每 case 扣0.3分"),
        ),
        (
            ("judge: 4", "judge: 4, places: 1"),
            ("a.y Y", "*", "j places", "2", "1"),
            ("a.y Y", "*", "j places", "2", "1"),
        ),
        (
            ("size > 5, at_most: 15", "size > 5, at_most: 14"),
            ("rubric", "*", "gate capped at_most", "15", "14"),
            ("评分表", "*", "门槛 capped 至多", "15", "14"),
        ),
        (
            ("score: none}, {", "score: none}, {id: late, when: a.x.late > 9, score: 0, grade: Poor}, {"),
            ("rubric", "*", "gate late added", "", "when a.x.late > 9: score 0, grade Poor"),
            ("评分表", "*", "门槛 late 新增", "", "条件：a.x.late > 9：得分定为0分，等次定为“Poor”"),
        ),
        (
            ("from: 15", "from: 16"),
            ("grades", "*", "Good from", "15", "16"),
            ("等次", "*", "Good from", "15", "16"),
        ),
        (
            ("{grade: Fair, from: 8, when: lost(b) == 0}, ", ""),
            ("grades", "*", "Fair removed", "from 8, when lost(b) == 0", ""),
            ("等次", "*", "Fair 删去", "8分及以上、条件：lost(b) == 0", ""),
        ),
        (
            ("served: flag", "served: flag, deaths: count"),
            ("facts", "*", "deaths added", "", "count"),
            ("事实", "*", "deaths 新增", "", "计数"),
        ),
        (
            ("decision: After the day.", "decision: On the day."),
            ("readings of the text", "", "open decision", "After the day.", "On the day."),
            ("存疑之处", "", "open 处理", "After the day.", "On the day."),
        ),
        (
            ("ambiguities: [{", "ambiguities: [{id: more, at: b, question: Why?, decision: So.}, {"),
            ("readings of the text", "", "more added", "", "Why? So."),
            ("存疑之处", "", "more 新增", "", "Why? So."),
        ),
    ],
)
def test_each_kind_of_change(edit: tuple[str, str], en: tuple[str, ...], zh: tuple[str, ...]) -> None:
    assert rows(edit) == [en]
    assert rows(edit, lang="zh") == [zh]


def test_a_rule_of_which_more_than_one_key_changed_tells_each() -> None:
    assert rows(("deduct: 0.5, per: case", "deduct: 0.3, per: day")) == [
        ("a.x X", "*", "late", "0.5 off per case", "0.3 off per day"),
        ("a.x X", "*", "late per", "case", "day"),
        ("a.x X", "*", "late deduct", "0.5", "0.3"),
    ]


def test_a_rule_with_another_verb() -> None:
    found = rows(
        (
            "{id: late, deduct: 0.5, per: case, clause: Half a mark.}",
            "{id: late, bands: [{from: 90, points: -1}], clause: A mark.}",
        ),
        ("served and late > 3", "served"),
    )
    assert found == [
        ("a.x X", "*", "late", "0.5 off per case", "from 90 1 off, below nothing off"),
        ("a.x X", "", "late clause", "Half a mark.", "A mark."),
        (
            "a.x X",
            "*",
            "never",
            "forfeits what is left, when served and late > 3",
            "forfeits what is left, when served",
        ),
    ]


def test_a_sentence_that_changed_by_a_name_alone_hides_no_other_key() -> None:
    form = FORM.replace(
        "{id: never, forfeit: all, when: served and late > 3}", "{id: more, judge: 1, when: late > 3}"
    ).replace("id: x\n", "id: x\n        start: zero\n")
    found = rows(
        ("id: late,", "id: tardy, was: a.x.late,"),
        ("judge: 1, when: late > 3", "judge: 1, places: 1, when: tardy > 3"),
        ("at: a.x.late", "at: a.x.tardy"),
        form=form,
    )
    assert found == [
        ("a.x X", "", "tardy renamed", "a.x.late", "a.x.tardy"),
        ("a.x X", "*", "more", "judged, 0 to 1, when late > 3", "judged, 0 to 1, when tardy > 3"),
        ("a.x X", "*", "more places", "2", "1"),
    ]


def test_renamed_moved_and_reordered() -> None:
    found = rows(("  - id: b\n", "  - id: c\n    was: b\n"), ("lost(b)", "lost(c)"), ("b.level", "c.level"))
    assert found == [("c (was b) B", "", "renamed", "b", "c")]
    x = FORM[FORM.index("      - id: x\n") : FORM.index("      - {id: y")]
    y = "      - {id: y, title: Y, weight: 4, rules: [{id: j, judge: 4}]}\n"
    assert rows((x + y, y + x)) == [("a A", "", "order of the parts", "x, y", "y, x")]
    gates = (
        "{id: veto, when: not served, score: none}, {id: capped, when: size > 5, at_most: 15}",
        "{id: capped, when: size > 5, at_most: 15}, {id: veto, when: not served, score: none}",
    )
    assert rows(gates, lang="zh") == [("评分表", "*", "门槛次序", "veto、capped", "capped、veto")]


def test_rules_in_another_order() -> None:
    used = "      - {id: used, award: {city: 1, province: 2}, per: piece, at_most: 5}\n"
    level = "      - {id: level, choose: {high: 3, low: 1}}\n"
    assert rows((used + level, level + used)) == [
        ("b B", "*", "order of the rules", "used, level", "level, used")
    ]
    # A rule of the same item that changed besides is told by itself.
    assert rows((used + level, level.replace("3", "4") + used), lang="zh") == [
        ("b B", "*", "规则次序", "used、level", "level、used"),
        ("b B", "*", "level", "按评定结果：high 得3分、low 得1分", "按评定结果：high 得4分、low 得1分"),
    ]


def test_an_item_that_is_new_is_reported_with_all_that_is_in_it() -> None:
    new = (
        "  - id: n\n    title: New\n    weight: 5\n"
        "    gates: [{id: g, when: served, at_most: 3}]\n"
        "    items: [{id: p, title: P, weight: 5, "
        "rules: [{id: r, judge: 5}, {id: u, was: b.used, award: {city: 1, province: 2}, "
        "per: piece, at_most: 5}]}]\n  - id: b\n"
    )
    found = rows(
        ("total: 20", "total: 25"),
        ("  - id: b\n", new),
        (
            "- {id: used, award: {city: 1, province: 2}, per: piece, at_most: 5}\n",
            "- {id: used, award: 1, per: idea}\n",
        ),
    )
    assert found == [
        ("rubric", "*", "total", "20", "25"),
        ("n New", "*", "added", "", "New, weight 5"),
        ("n New", "*", "gate g", "", "when served: at most 3"),
        ("n New", "*", "p added", "", "P, weight 5"),
        ("n New", "*", "p r", "", "judged, 0 to 5"),
        ("n.p P", "*", "u moved", "b.used", "n.p.u"),
        ("b B", "*", "used added", "", "1 added per idea"),
    ]


def test_an_item_that_is_gone_is_reported_with_all_that_was_in_it() -> None:
    y = "      - {id: y, title: Y, weight: 4, rules: [{id: j, judge: 4}]}\n"
    assert rows((y, ""), ("weight: 6", "weight: 10"), (", a.y.j: 4", "")) == [
        ("a.x X", "*", "weight", "6", "10"),
        ("a.y Y", "*", "removed", "Y, weight 4", ""),
        ("a.y Y", "*", "j", "judged, 0 to 4", ""),
    ]


def test_a_part_that_comes_from_elsewhere_is_not_reported_as_new() -> None:
    new = (
        "  - id: n\n    title: New\n    weight: 10\n"
        "    items: [{id: b, title: B, was: b, weight: 10, "
        "rules: [{id: used, award: {city: 1, province: 2}, per: piece, at_most: 5}, "
        "{id: level, choose: {high: 3, low: 1}}]}]\n"
    )
    old = FORM[FORM.index("  - id: b\n") : FORM.index("ambiguities")]
    assert rows((old, new), ("lost(b)", "lost(n.b)"), ("b.level", "n.b.level")) == [
        ("n New", "*", "added", "", "New, weight 10"),
        ("n.b (was b) B", "*", "moved", "b", "n.b"),
    ]


def test_a_rule_that_is_gone_stands_with_its_item() -> None:
    found = rows(
        ("      - {id: level, choose: {high: 3, low: 1}}\n", ""),
        (", b.level: low", ""),
        ("  - id: b\n", "  - id: c\n    was: b\n"),
        ("lost(b)", "lost(c)"),
    )
    assert found[1:] == [("c (was b) B", "*", "level removed", "by outcome: high 3 added, low 1 added", "")]


def test_cases_are_counted() -> None:
    found = groups(
        compare(
            loads(FORM),
            loads(
                FORM.replace(
                    "cases: [{name: one", "cases: [{name: two, tally: {}, expect: {total: 1}}, {name: one"
                ).replace("total: 11", "b: 1")
            ),
        ),
        "en",
    )
    assert [(group.title, group.rows[0].after) for group in found] == [
        ("cases", "1 added, 0 removed, 1 changed")
    ]


@pytest.mark.parametrize(
    ("value", "told"),
    [
        (None, ""),
        (True, "yes"),
        (False, "no"),
        ("2", "2"),
        (["1", "2"], "1, 2"),
        ({"a": "1", "b": ["2", "3"]}, "a: 1, b: [2, 3]"),
        ([{"from": "1"}], "{from: 1}"),
        ("full", "full"),
    ],
)
def test_values_in_words(value: Any, told: str) -> None:
    assert value_in_words(value, "en") == told


def test_values_in_chinese() -> None:
    assert [value_in_words(value, "zh") for value in (True, False, "full")] == ["是", "否", "full"]
    assert value_in_words("full", "zh", "start") == "满分"


def test_changes_are_counted() -> None:
    found = groups(
        compare(loads(FORM), loads(FORM.replace("title: B", "title: C").replace("deduct: 0.5", "deduct: 1"))),
        "en",
    )
    assert count(found, "en", " (*)") == "2 difference(s): 1 can change what a unit comes to (*), 1 cannot"
    assert count(found, "zh") == "2处不同：1处可能改变结果，1处不改变"
    assert (count((), "en"), count((), "zh")) == ("no difference of meaning", "没有实质不同")


def test_a_text_makes_no_row_and_no_markup_in_a_memo() -> None:
    older, newer = (
        loads(SMALL.replace("title: Small form", f"title: {json.dumps(title)}"))
        for title in ("a\n# b", "c\n| d | <b>e</b> | `f` | $g$ |")
    )
    text = memo(compare(older, newer), None, "en")
    assert text.splitlines()[0] == (
        "# What changed: a⏎\\# b → c⏎\\| d \\| \\<b\\>e\\</b\\> \\| \\`f\\` \\| \\$g\\$ \\|"
    )
    assert len([line for line in text.splitlines() if line.startswith("|")]) == 3


def test_a_verb_that_changed_with_a_condition_stands_on_a_line_of_its_own() -> None:
    edit = ("{id: j, judge: 4}", "{id: j, convert: 100, when: served}")
    assert rows(edit)[1:] == [
        ("a.y Y", "*", "j verb", "judge: 4", "convert: 100"),
        ("a.y Y", "*", "j when", "–", "served"),
    ]
    assert rows(edit, lang="zh")[1] == ("a.y Y", "*", "j 计分方式", "judge: 4", "convert: 100")
