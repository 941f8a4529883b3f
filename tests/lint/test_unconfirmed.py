"""Marks of what waits to be confirmed."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from govrubric import cli
from govrubric.diagnostics.bounded import bounded
from govrubric.diagnostics.diagnostic import Diagnostic
from govrubric.document.yaml import parse
from govrubric.lint.unconfirmed import MARKS, unconfirmed


def marked(text: str) -> list[tuple[str, int, int, str]]:
    return [
        (finding.code, finding.place.line, finding.place.column, finding.message("en"))
        for finding in unconfirmed(parse("f.yaml", text))
        if finding.place
    ]


@pytest.mark.parametrize("mark", MARKS.values())
def test_the_marks_are_one_finding_at_the_first(mark: str) -> None:
    assert marked(f"a: 1\n# {mark}\nb: 2  # {mark}; since 2022\nc: 3  # known\n") == [
        ("GR437", 2, 1, "2 marked line(s) wait to be confirmed: 2, 3"),
    ]


def test_a_mark_within_a_text_is_text() -> None:
    assert marked("a: |\n  # to be confirmed\nb: '# 待确认'\nc: 2 # To Be Confirmed\n") == [
        ("GR437", 4, 6, "1 marked line(s) wait to be confirmed: 4")
    ]


def test_a_comment_that_mentions_a_mark_is_none() -> None:
    assert marked("a: 1  # 2 is to be confirmed\n") == []


@pytest.mark.parametrize("mark", MARKS.values())
def test_a_mark_that_asks_something_is_told_by_itself(mark: str) -> None:
    assert marked(
        f"a: 1  # {mark}: once, or for each?\nb: 2  # {mark}\nc: 3  #{mark}：每例扣几分，“缺项”\n"
    ) == [
        ("GR437", 2, 7, "1 marked line(s) wait to be confirmed: 2"),
        ("GR470", 1, 7, "to be confirmed: once, or for each?"),
        ("GR470", 3, 7, "to be confirmed: 每例扣几分，“缺项”"),
    ]


@pytest.mark.parametrize(
    ("comment", "asked"),
    [
        ("# 待确认：", None),
        ("# 待确认。", None),
        ("# 待确认 ……", None),
        ("# 待确认; 见附件", None),
        ("# 待确认 ; 见附件", None),
        ("# To be confirmed - by whom?", "by whom?"),
        ("# 待确认，“情节严重的扣分”", "“情节严重的扣分”"),
        ("# 待确认（每例扣几分）", "（每例扣几分）"),
        ("# 待确认 每例扣几分", "每例扣几分"),
        ("# 待确认——每例扣几分", "每例扣几分"),
        ("## 待确认：：2", "2"),
    ],
)
def test_what_a_mark_asks(comment: str, asked: str | None) -> None:
    """A comment that was there before the mark stands after a `;` and is no question."""
    (found,) = marked(f"a: 1  {comment}\n")
    assert found[0] == ("GR437" if asked is None else "GR470")
    assert asked is None or found[3] == f"to be confirmed: {asked}"


def test_a_long_question_is_cut_and_shows_no_control_character() -> None:
    (finding,) = unconfirmed(parse("f.yaml", f"a: 1  # 待确认：{'字' * 400}\n"))
    assert finding.message("zh") == f"待确认：{'字' * 299}…"
    nodes = parse("f.yaml", "a: 1  # to be confirmed: x\ty\n")
    (finding,) = unconfirmed(nodes)
    assert finding.message("en") == "to be confirmed: x y"
    assert finding.severity == "warning"


def test_of_very_many_questions_a_hundred_are_shown() -> None:
    text = "".join(f"a{number}: 1  # to be confirmed: {number}?\n" for number in range(5000))
    shown = bounded(unconfirmed(parse("f.yaml", text)), Diagnostic.render)
    assert [finding.code for finding in shown] == ["GR470"] * 99 + ["GR100"]


FORMATS = {
    "text": "警告[GR470]: 待确认：只扣一次？\n  8 | ",
    "line": "f.yaml:8:65: warning GR470: 待确认：只扣一次？\n",
    "json": '"message": "待确认：只扣一次？"',
    "sarif": '"待确认：只扣一次？',
    "github": "::warning file=f.yaml,line=8,col=65",
}


@pytest.mark.parametrize(("form", "said"), FORMATS.items())
def test_a_question_is_told_in_every_format(
    form: str, said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = """\
govrubric: 1
id: f
title: 表
language: zh-CN
total: 4
round: {places: 2, mode: half_up}
indicators:
  - {id: a, title: 台账, weight: 4, rules: [{id: r, deduct: 1}]}  # 待确认：只扣一次？
"""
    monkeypatch.chdir(tmp_path)
    Path("f.yaml").write_text(text, "utf-8")
    result = CliRunner().invoke(cli.main, ["check", "f.yaml", "--format", form])
    assert result.exit_code == 1
    assert said in result.stdout
