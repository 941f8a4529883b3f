"""What a card says in words, in both languages."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from govrubric import ScoreCard, loads
from govrubric.diagnostics.diagnostic import Lang
from govrubric.numbers import Exact
from govrubric.scoring.explain import render_text, signed
from samples import GIVEN, SMALL, TALLY, forget, small, wide

CONTROLS = "\x1b[31m\u202e\u200b\x07"


@pytest.fixture(autouse=True)
def _version(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr("govrubric.scoring.row_builder.__version__", "0.0.0")
    forget()
    yield
    forget()


def made(unit: str | None = "u1", name: str | None = "First") -> ScoreCard:
    return small().score(TALLY, unit=unit, name=name)


def test_a_card_as_text() -> None:
    assert (
        render_text(made()._record, "en")
        == """\
Small form · u1 First
total  6.6 / 10  (lost 3.4)
  work Work  3.642… / 7  (lost 3.357…)
    work.papers Papers  2.5 / 4  (lost 1.5)
      start 4
      -1.5  missing: 5 case × 0.3 = 1.5, 2.5 left
          “Each missing paper costs 0.3.”
          evidence: minutes p. 3
          evidence: list 7
          note: two of them in June
      0  absent: no
    work.index Index  5 / 7  (lost 2)
      start 7
      -2  gap: 2 gap × 1 = 2, 5 left
      counts as 2.142… / 3
    base 4.642… (sum of parts)
    -1  late: yes, 1 off, 3.642… left
        “A late report costs one point.”
  bonus Bonus  3 / 3
    start 0
    +3  used: city 2 piece × 1 + province 1 piece × 2 = 4, ceiling 3 reached; 1 more not added
    0  judged: judged 0.5, already at the ceiling of 3, not added
  rounding -0.042… → 6.6

taken as 0 or false, since the tally leaves them out:
  work.papers.absent

rubric small sha256:4f7e5c68ccef148dd106cd89540ef4f2473d051558b8e5173192686842248392
govrubric 0.0.0
"""
    )


def test_a_card_as_chinese_text() -> None:
    lines = render_text(made()._spoken("zh"), "zh").splitlines()
    assert lines[:7] == [
        "Small form · u1 First",
        "总分  6.6 / 10（失分3.4）",
        "  work Work  3.642… / 7（失分3.357…）",
        "    work.papers Papers  2.5 / 4（失分1.5）",
        "      起评分4分",
        "      -1.5  missing：5 case×0.3分=1.5分，余2.5分",
        "          “Each missing paper costs 0.3.”",
    ]
    assert lines[-8:-3] == [
        "    0  judged：评定0.5分，此前已达上限3分，不再加",
        "  舍入-0.042…分，得6.6分",
        "",
        "以下未填报，按0或“否”计：",
        "  work.papers.absent",
    ]


def test_a_clause_without_effect_is_not_quoted() -> None:
    assert "“" not in render_text(small().score({"bonus.judged": 0})._record, "en")


def test_a_card_without_unit_or_assumption_has_no_such_line() -> None:
    whole: dict[str, Any] = {
        "work.late": False,
        "work.papers.absent": False,
        "work.papers.missing": 0,
        "work.index.gap": 0,
        "bonus.used": {"city": 0, "province": 0},
    }
    text = render_text(small().score({**whole, "bonus.judged": "0.5"})._record, "en")
    assert text.splitlines()[:2] == ["Small form", "total  7.5 / 10  (lost 2.5)"]
    assert "taken as" not in text
    assert "rounding" not in text


def test_a_group_whose_parts_were_cut_off_shows_what_they_came_to() -> None:
    capped = loads(
        SMALL.replace("    weight: 7\n", "    weight: 7\n    ceiling: 5\n")
        .replace("      - {id: late, deduct: 1, clause: A late report costs one point.}\n", "")
        .replace("    rules:\n    items:", "    items:")
    )
    text = render_text(capped.score({"bonus.judged": 0})._record, "en")
    assert "    base 7 (sum of parts), held at 5" in text.splitlines()


def test_nothing_in_a_card_reaches_the_terminal_raw() -> None:
    """“terminal output escapes control and bidi characters”"""
    record = small().score({"bonus.judged": 1}, unit="u1")._record
    given = [one._replace(evidence=(CONTROLS,), note=CONTROLS) for one in record.inputs]
    header = record.header._replace(unit=CONTROLS, name=CONTROLS)
    text = render_text(replace(record, header=header, inputs=(*record.inputs[:-1], given[-1])), "en")
    assert not set(text) & set(CONTROLS) - set("[31m")
    assert text.count("\\u001b[31m\\u202e\\u200b\\u0007") == 4


def test_a_line_feed_makes_no_line_of_its_own() -> None:
    rubric = loads(SMALL.replace("per: gap", 'per: "gap\\ntotal  10 / 10"'))
    text = rubric.score({"bonus.judged": 1, "work.index.gap": 2}, name="u1\ntotal  10 / 10").explain("en")
    assert not [line for line in text.splitlines() if line.startswith("total  10")]
    assert "2 gap⏎total  10 / 10 × 1 = 2" in text


@pytest.mark.parametrize(
    ("lang", "words"),
    [
        ("en", "as a card says that was read; verify it with its rubric before you believe it"),
        ("zh", "以上系读入的成绩单所载，未经核验；采信前请用评分表核验"),
    ],
)
def test_a_card_that_was_read_says_so(lang: str, words: str) -> None:
    """What it says may be forged, and is not ours to vouch for."""
    assert made().explain(lang).splitlines()[-1] == "govrubric 0.0.0"
    read = ScoreCard.from_json(made().to_json())
    assert read.explain(lang).splitlines()[-2:] == ["govrubric 0.0.0", words]


@pytest.mark.parametrize(
    ("value", "shown"),
    [("1", "+1"), ("0", "0"), ("-2", "-2"), ("2/3", "+0.6666…"), ("-62/3", "-20.6666…"), ("1/8", "+0.125")],
)
def test_effects_have_their_sign(value: str, shown: str) -> None:
    assert signed(Exact(value), 2) == shown


def explained(lang: Lang = "en", **given: Any) -> list[str]:
    """The lines of a card, without the spaces before them; a name's dots are written as `__`."""
    card = wide().score({**GIVEN, **{name.replace("__", "."): value for name, value in given.items()}})
    return [line.strip() for line in render_text(card._spoken(lang), lang).splitlines()]


def test_the_grade_stands_at_the_head_of_a_card() -> None:
    assert explained()[1] == "grade good"
    assert explained("zh")[1] == "等次：good"


def test_a_gate_that_holds_says_what_it_did_and_its_clause() -> None:
    lines = explained(deaths=1)
    at = lines.index("-3  gate cap holds (deaths > 0): at most 3")
    assert lines[at + 1] == "“Never more than three.”"
    assert "0  gate lower holds (deaths > 0): grade at most fair" in lines
    assert "-3  门槛 cap 成立（deaths > 0）：不超过3分" in explained("zh", deaths=1)


def test_a_gate_that_does_not_hold_says_so_without_its_clause() -> None:
    lines = explained()
    assert {
        "gate cap does not hold (deaths > 0)",
        "gate veto does not hold (deaths > 1)",
        "gate lower does not hold (deaths > 0)",
    } <= set(lines)
    assert "“Never more than three.”" not in lines
    assert "门槛 cap 不成立（deaths > 0）" in explained("zh")


def test_a_void_score_is_told_here_and_above() -> None:
    lines = explained(deaths=2)
    assert {
        "total  no score",
        "a First  no score",
        "-3  gate veto holds (deaths > 1): no score, grade banned",
        "grade banned",
    } <= set(lines)
    assert {"总分  不予计分", "a First  不予计分"} <= set(explained("zh", deaths=2))


def test_a_rule_that_does_not_count_says_why() -> None:
    lines = explained(calm=False, a__late=True)
    at = next(index for index, line in enumerate(lines) if line == "0  late: given yes, not counted")
    assert lines[at + 1] == "does not count, since this does not hold: calm"
    assert "“Two for being late.”" not in lines
    assert "条件不成立，不计入：calm" in explained("zh", calm=False)


def test_a_rule_that_counts_has_nothing_to_say_of_its_condition() -> None:
    assert not [line for line in explained(a__late=True) if "does not count" in line]


@pytest.mark.parametrize(
    ("given", "line", "policy"),
    [
        ({"a__not_applicable": True}, "a First  does not apply", "full marks: 6"),
        ({"b__not_applicable": True}, "b Second  does not apply", "its weight is left out"),
        ({"b__x__not_applicable": True}, "b.x X  does not apply", "its weight is shared out"),
        ({"b__z__not_applicable": True}, "b.z Z  does not apply", "no marks"),
    ],
)
def test_what_does_not_apply_says_what_happens_to_its_weight(
    given: dict[str, Any], line: str, policy: str
) -> None:
    lines = explained(**given)
    assert lines[lines.index(line) + 1] == policy


def test_what_does_not_apply_is_told_in_chinese() -> None:
    lines = explained("zh", a__not_applicable=True)
    assert lines[lines.index("a First  不适用") + 1] == "按满分计：6分"


def test_what_does_not_count_says_why_and_keeps_its_score() -> None:
    other: dict[str, Any] = {"class": "B"}
    lines = explained("en", **other)
    assert (
        lines[lines.index("a First  6 / 6") + 1] == "does not count, since this does not hold: class == 'A'"
    )


def test_how_a_group_is_combined_is_told_with_its_base() -> None:
    # Of 4, 3 (3.6 rounded down) and 4, the 3 is dropped; of 5.8 and 6, the 6 is dropped and 5.8 is the least.
    lines = explained(b__y__late=1)
    assert [line for line in lines if line.startswith("base 4 (")] == [
        "base 4 (mean of parts; without the 1 lowest)"
    ]
    assert [line for line in lines if line.startswith("base 5.8 (")] == [
        "base 5.8 (least of parts; without the 1 highest)"
    ]
    assert "各项平均4分（去掉1个最低分）" in explained("zh", b__y__late=1)


def test_who_does_not_apply_is_told_with_the_base_of_its_group() -> None:
    assert [
        line for line in explained(b__x__not_applicable=True, b__y__late=1) if "not applicable: x" in line
    ] != []
    assert [
        line for line in explained("zh", b__x__not_applicable=True, b__y__late=1) if "缺项：x" in line
    ] != []


def test_a_rounding_and_what_an_item_counts_as_are_told() -> None:
    lines = explained(b__y__late=1)
    assert "rounding -0.6 → 3" in lines
    assert "counts as 8 / 8" in lines
    assert "按权重8分折算，计8分" in explained("zh", b__y__late=1)
    assert "舍入-0.6分，得3分" in explained("zh", b__y__late=1)


def balance(rules: str, given: dict[str, Any], lang: Lang, **fields: str) -> list[str]:
    """The lines of the rules of an item of ten points that starts at five."""
    keys = "".join(f", {key}: {value}" for key, value in fields.items())
    rubric = loads(
        "govrubric: 1\nid: r\ntitle: R\ntotal: 10\nround: {places: 2, mode: half_up}\n"
        f"indicators: [{{id: a, title: A, weight: 10, start: 5{keys}, rules: [{rules}]}}]\n"
    )
    card = rubric.score({f"a.{name}": value for name, value in given.items()})
    rows = {rule.path.removeprefix("a.") for rule in card.rules.values()}
    lines = [line.strip() for line in render_text(card._spoken(lang), lang).splitlines()]
    return [line for line in lines if line.partition("  ")[2].replace("：", ":").partition(":")[0] in rows]


@pytest.mark.parametrize(
    ("lang", "told"),
    [
        (
            "en",
            ["-5  x: 8 例 × 1 = 8, emptied; 3 more not taken", "0  y: yes, 2 off, already empty, not taken"],
        ),
        ("zh", ["-5  x：8例×1分=8分，已扣完，其余3分不再扣", "0  y：是，扣2分，此前已扣完，不再扣"]),
    ],
)
def test_what_is_emptied_says_once_what_is_not_taken(lang: Lang, told: list[str]) -> None:
    rules = "{id: x, deduct: 1, per: 例}, {id: y, deduct: 2}"
    assert balance(rules, {"x": 8, "y": True}, lang) == told


@pytest.mark.parametrize(
    ("lang", "told"),
    [
        (
            "en",
            [
                "-6  x: 6 例 × 1 = 6, now -1",
                "-1  y: yes, 2 off, floor -2 reached; 1 more not taken",
                "0  z: yes, 3 off, already at the floor of -2, not taken",
            ],
        ),
        (
            "zh",
            [
                "-6  x：6例×1分=6分，现为-1分",
                "-1  y：是，扣2分，已扣至下限-2分，其余1分不再扣",
                "0  z：是，扣3分，此前已扣至下限-2分，不再扣",
            ],
        ),
    ],
)
def test_a_floor_below_zero_is_named(lang: Lang, told: list[str]) -> None:
    rules = "{id: x, deduct: 1, per: 例}, {id: y, deduct: 2}, {id: z, deduct: 3}"
    assert balance(rules, {"x": 6, "y": True, "z": True}, lang, floor="-2") == told


@pytest.mark.parametrize(
    ("lang", "told"),
    [
        (
            "en",
            [
                "+2  x: yes, 2 added, 7 in all",
                "+3  y: yes, 6 added, ceiling 10 reached; 3 more not added",
                "0  z: yes, 1 added, already at the ceiling of 10, not added",
                "-4  t: yes, 4 off, 6 left",
            ],
        ),
        (
            "zh",
            [
                "+2  x：是，加2分，累计7分",
                "+3  y：是，加6分，已加至上限10分，其余3分不再加",
                "0  z：是，加1分，此前已达上限10分，不再加",
                "-4  t：是，扣4分，余6分",
            ],
        ),
    ],
)
def test_a_rule_says_what_the_balance_is_after_it(lang: Lang, told: list[str]) -> None:
    rules = "{id: x, award: 2}, {id: y, award: 6}, {id: z, award: 1}, {id: t, deduct: 4}"
    assert balance(rules, dict.fromkeys("xyzt", True), lang) == told


def test_a_rule_that_changes_nothing_says_no_balance() -> None:
    assert balance("{id: x, deduct: 1}", {"x": False}, "zh") == ["0  x：否"]


HELD = """govrubric: 1
id: t
title: T
language: zh-CN
total: 10
round: {places: 1, mode: half_up}
indicators:
  - {id: a, title: A, weight: 10, rules: [{id: late, deduct: 1}]}
  - id: more
    title: M
    extra: true
    ceiling: 5
    floor: 2
    items:
      - {id: b, title: B, extra: true, ceiling: 4, rules: [{id: won, award: 4}]}
      - {id: c, title: C, extra: true, ceiling: 2.5, rules: [{id: won, award: 2.5}]}
"""


@pytest.mark.parametrize(
    ("won", "zh", "en"),
    [
        ({"b", "c"}, "各项合计6.5分，按上限计5分", "base 6.5 (sum of parts), held at 5"),
        (set(), "各项合计0分，按下限计2分", "base 0 (sum of parts), raised to 2"),
    ],
)
def test_a_group_that_a_bound_holds_says_what_its_parts_come_to(won: set[str], zh: str, en: str) -> None:
    card = loads(HELD).score({f"more.{name}.won": True for name in won})
    assert f"    {zh}" in card.explain().splitlines()
    assert f"    {en}" in card.explain("en").splitlines()


def test_a_condition_that_says_that_an_item_does_not_apply_is_told() -> None:
    exempt = """\
govrubric: 1
id: t
title: T
total: 10
round: {places: 2, mode: half_up}
facts: {exempt: flag}
indicators:
  - {id: a, title: A, weight: 4, not_applicable: {when: exempt, then: full}, rules: [{id: late, deduct: 1}]}
  - {id: b, title: B, weight: 6, rules: [{id: late, deduct: 1}]}
"""
    lines = render_text(loads(exempt).score({"exempt": True})._record, "en").splitlines()
    assert "    full marks: 4, since this holds: exempt" in lines
    lines = render_text(loads(exempt).score({"exempt": True})._record, "zh").splitlines()
    assert "    按满分计：4分（条件成立：exempt）" in lines
