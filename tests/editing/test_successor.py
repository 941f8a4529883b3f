"""The rubric of another year: what is new in it, and that nothing else is."""

from pathlib import Path
from typing import Any

import pytest

from govrubric import Rubric, RubricError, loads
from govrubric.cases import suite
from govrubric.document import files
from govrubric.document.comments import comments
from govrubric.document.edits import Edit
from govrubric.document.nodes import Span
from govrubric.document.yaml import parse
from govrubric.editing import formatting, successor
from govrubric.editing.successor import Change, Successor

ROOT = Path(__file__).parents[2]
SHIPPED = sorted([*(ROOT / "rubrics").glob("*.yaml"), *(ROOT / "examples" / "gallery").glob("*.yaml")])

FORM = """\
govrubric: 1
id: form-2023  # the id
title: Form 2023
valid: {from: 2023-01-01, to: 2023-12-31}
source: {issuer: Office 2023, document: "Annex 2 of 2023, 12023"}
total: 10
round: {places: 0, mode: half_up}
note: As in 2023.
indicators:
  - {id: a, title: A 2023, weight: 10, rules: [{id: r, deduct: 2, clause: Off in 2023.}]}
cases:
  - {name: late in 2023, tally: {a.r: true}, expect: {total: 8}}
"""
NEXT = """\
govrubric: 1
id: form-2024  # the id
title: Form 2024
valid: {from: 2024-01-01, to: 2024-12-31}
# to be confirmed: kept “2023”, “of 2023”; what does the new document say?
source: {issuer: Office 2023, document: "Annex 2 of 2023, 12023"}
total: 10  # to be confirmed
round: {places: 0, mode: half_up}  # to be confirmed
# to be confirmed: kept “in 2023”; what does the new document say?
note: As in 2023.
indicators:
  # to be confirmed: kept “2023”, “in 2023”; what does the new document say?
  - {id: a, title: A 2023, weight: 10, rules: [{id: r, deduct: 2, clause: Off in 2023.}]}  # to be confirmed
cases:
  # to be confirmed: kept “in 2023”; what does the new document say?
  - {name: late in 2023, tally: {a.r: true}, expect: {total: 8}}
"""


def made(text: str, year: int = 2024, new_id: str = "form-2024") -> Successor:
    loads(text)
    return successor.successor(parse("x", text), text.encode(), new_id, year)


def after(old: str, new: str, year: int = 2024, new_id: str = "form-2024") -> Successor:
    """What follows the form with `new` for `old` in it."""
    assert FORM.count(old) == 1
    return made(FORM.replace(old, new), year, new_id)


def line(text: str, beginning: str) -> str:
    (found,) = (line for line in text.splitlines() if line.lstrip().startswith(beginning))
    return found


def test_the_year_is_moved_on_and_numbers_are_marked() -> None:
    done = made(FORM)
    assert done.text == NEXT
    assert done.changes == [
        Change(("id",), "form-2023", "form-2024"),
        Change(("valid", "from"), "2023-01-01", "2024-01-01"),
        Change(("valid", "to"), "2023-12-31", "2024-12-31"),
        Change(("title",), "Form 2023", "Form 2024"),
    ]
    assert (done.numbers, done.marks, done.questions, done.mark) == (4, 3, 4, "to be confirmed")


def test_a_chinese_rubric_has_chinese_marks() -> None:
    done = after("title: Form 2023\n", "title: 2023年评分表\nlanguage: zh-CN\n")
    assert line(done.text, "total") == "total: 10  # 待确认"
    assert line(done.text, "title") == "title: 2024年评分表"


@pytest.mark.parametrize(
    ("old", "new", "year", "done"),
    [
        ("from: 2023-01-01, to: 2023-12-31", "from: 2024-02-29", 2025, "valid: {from: 2025-02-28}"),
        ("from: 2023-01-01, to: 2023-12-31", "from: 2024-02-29", 2028, "valid: {from: 2028-02-29}"),
        (
            "from: 2023-01-01, to: 2023-12-31",
            "from: 2023-09-01, to: 2024-02-29",
            2021,
            "valid: {from: 2021-09-01, to: 2022-02-28}",
        ),
        (
            "from: 2023-01-01, to: 2023-12-31",
            "from: '2023-01-01', to: 9999-12-31",
            2024,
            "valid: {from: '2024-01-01', to: 9999-12-31}",
        ),
        ("from: 2023-01-01, to: 2023-12-31", 'from: "2023-\\x301-01"', 2024, 'valid: {from: "2024-01-01"}'),
        ("from: 2023-01-01, to: 2023-12-31", "to: 2025-12-31", 2024, "valid: {to: 2026-12-31}"),
        ("from: 2023-01-01, to: 2023-12-31", "note: open", 2024, "valid: {note: open}"),
        ("from: 2023-01-01, to: 2023-12-31", "from: 2023-01-01", 2023, "valid: {from: 2023-01-01}"),
    ],
)
def test_days_are_moved_by_whole_years(old: str, new: str, year: int, done: str) -> None:
    assert line(after(old, new, year).text, "valid") == done


@pytest.mark.parametrize(
    ("title", "new"),
    [
        ("title: Form 2023", "title: Form 2024"),
        ("title: 2023 or 20233, 120230", "title: 2024 or 20233, 120230"),
        ("title: 'It''s 2023'  # 2023", "title: 'It''s 2024'  # 2023"),
        ('title: "Form\\u2023 2023"', 'title: "Form‣ 2024"'),
        (
            "title: Form of 2022",
            "# to be confirmed: kept “of 2022”; what does the new document say?\ntitle: Form of 2022",
        ),
        (
            "title: 2023/2023, 20233",
            "# to be confirmed: kept “2023/2023”; what does the new document say?\ntitle: 2023/2023, 20233",
        ),
        (
            'title: "2023 \\x5b2023] 16号"',
            '# to be confirmed: kept “[2023] 16号”; what does the new document say?\ntitle: "2024 [2023] 16号"',
        ),
        ("title: |-  # of 2023\n  The form\n  of 2023", "title: |-  # of 2023\n  The form\n  of 2024"),
    ],
)
def test_the_year_in_a_title_is_moved_on(title: str, new: str) -> None:
    done = after("title: Form 2023\n", f"{title}\n")
    assert done.text == NEXT.replace("title: Form 2024\n", f"{new}\n")


@pytest.mark.parametrize(
    ("title", "new"),
    [("Form", "Form"), ("Form 2023", "Form 2024"), ("Form 2022", "Form 2022"), ("Form 1823", "Form 1823")],
)
def test_without_days_the_year_is_the_only_one_in_id_and_title(title: str, new: str) -> None:
    text = FORM.replace("title: Form 2023\nvalid: {from: 2023-01-01, to: 2023-12-31}\n", f"title: {title}\n")
    text = text.replace("id: form-2023", "id: form" if title == "Form" else "id: form-2023")
    assert line(made(text).text, "title") == f"title: {new}"


TEXTS = """\
govrubric: 1
id: zhengwu-2023
title: 2023年度考核评分表（国办发〔2023〕16号）
language: zh-CN
valid: {from: 2023-01-01}
source: {issuer: 某市, document: "市政办发[2023]2号，2023年3月印发"}
total: 100
round: {places: 0, mode: half_up}
facts:
  stage: {choice: [2023年前, 2023年后], default: 2023年前, title: 建于2023年前后}
values:
  late: {title: 2023学年的差额, formula: 1 if stage == '2023年前' else 2}
indicators:
  - id: plan
    title: “十四五”规划
    weight: 100
    clause: |-
      落实国办发(2017)16号，
      2022—2023学年，2021-2025年
    note: '2016年6月发布，见(2017) 第9号'
    assessed_by: 市政府办2023年度专班
    rules:
      - id: r
        choose: {2023年前: 100, 其他: 20}
        title: 2023级学生人数
        when: "stage == '2023年前'"
        note: 起点2000，满2000元
variants:
  county: {title: 2023年县区版, set: {plan.title: 2023年的规划}}
ambiguities:
  - id: x
    at: plan.r
    question: 2023年内还是学年内？
    decision: a
    options: {a: 2023年, b: {title: 学年, set: {plan.r.title: 2022年的}}}
cases:
  - name: 2023年补报
    tally: {plan.r: 2023年前, stage: 2023年前}
    expect: {total: 100}
"""
KEPT = [
    ("title", "“国办发〔2023〕16号”"),
    ("source", "“市政办发[2023]2号”“2023年3月印发”"),
    ("stage", "“2023年前”“2023年后”"),
    ("late", "“2023学年”“2023年前”"),
    ("title", "“‘十四五’规划”"),
    ("clause", "“落实国办发(2017)16号”“2022—2023学年，2021-2025年”"),
    ("note", "“2016年6月发布”“见(2017) 第9号”"),
    ("assessed_by", "“2023年度”"),
    ("choose", "“2023年前”"),
    ("title", "“2023级”"),
    ("when", "“2023年前”"),
    ("county", "“2023年”"),
    ("question", "“2023年”"),
    ("options", "“2023年”“2022年”"),
    ("- name", "“2023年”"),
    ("tally", "“2023年前”"),
]


def test_whatever_speaks_of_a_time_is_kept_and_quoted() -> None:
    done = made(TEXTS, new_id="zhengwu-2024")
    lines = done.text.splitlines()
    quoted = [
        (
            lines[number + 1].strip().partition(":")[0],
            line.strip().removeprefix("# 待确认：").removesuffix("照旧未改，请按新文件核对"),
        )
        for number, line in enumerate(lines)
        if line.lstrip().startswith("# 待确认：")
    ]
    assert quoted == KEPT
    assert [change.path for change in done.changes] == [("id",), ("valid", "from"), ("title",)]
    assert done.questions == len(KEPT)
    assert loads(done.text).title == "2024年度考核评分表（国办发〔2023〕16号）"


@pytest.mark.parametrize(
    ("id_", "first", "title"),
    [
        ("form-2022", "2023-01-01", "2023年评分表"),
        ("form-2021-2023", "2023-01-01", "2023年评分表"),
        ("form-2021-2023", None, "2023年评分表"),
        ("form", None, "2023年评分表"),
    ],
)
def test_a_title_is_kept_where_id_and_days_do_not_say_one_year(
    id_: str, first: str | None, title: str
) -> None:
    text = FORM.replace("form-2023", id_).replace("title: Form 2023", f"title: {title}")
    text = text.replace("from: 2023-01-01, to: 2023-12-31", f"from: {first}" if first else "note: open")
    done = made(text)
    assert line(done.text, "title") == f"title: {title}"
    assert f"# to be confirmed: kept “2023年”; what does the new document say?\ntitle: {title}\n" in done.text


def test_a_question_is_put_once() -> None:
    """A question that was not settled before is not put again; a mark of a number is not in its way."""
    once = made(TEXTS, new_id="zhengwu-2024").text
    again = made(once, 2025, "zhengwu-2025")
    assert again.text == once.replace("zhengwu-2024", "zhengwu-2025").replace("2024", "2025")


def test_a_question_and_the_mark_of_a_number_stand_above_a_text_that_would_swallow_them() -> None:
    done = after(
        "  - {id: a, title: A 2023, weight: 10, rules: [{id: r, deduct: 2, clause: Off in 2023.}]}\n",
        "  - {id: a, weight: 10, rules: [{id: r, clause: Off\n     in 2023, deduct: 2}], title: A}\n",
    )
    assert (
        "  # to be confirmed: kept “in 2023”; what does the new document say?\n"
        "  # to be confirmed\n"
        "  - {id: a, weight: 10, rules: [{id: r, clause: Off\n"
    ) in done.text


@pytest.mark.parametrize(
    ("written", "new_id", "done"),
    [
        ("id: form-2023  # the id", "b", "id: b  # the id"),
        ("id:   'form-2023'", "b", "id:   'b'"),
        ('id: "f\\x6frm-2023"', "b", 'id: "b"'),
        ("id: form-2023", "null", 'id: "null"'),
        ("id: form-2023", "true", "id: true"),
    ],
)
def test_the_id_is_replaced_as_it_is_written(written: str, new_id: str, done: str) -> None:
    made_ = after("id: form-2023  # the id", written, new_id=new_id)
    assert line(made_.text, "id:") == done
    assert loads(made_.text).id == new_id


WAS = "  - {id: a, title: A 2023, weight: 10, rules: [{id: r, deduct: 2, clause: Off in 2023.}]}\n"


@pytest.mark.parametrize(
    ("item", "done"),
    [
        ("  - {id: a, title: A, was: z, weight: 10, rules: [{id: r, was: z.r , deduct: 2}]}\n",
         "  - {id: a, title: A, weight: 10, rules: [{id: r, deduct: 2}]}  # M\n"),
        ("  - {was: z, id: a, title: A, weight: 10, rules: [{id: r, deduct: 2, was: z.r}]}\n",
         "  - {id: a, title: A, weight: 10, rules: [{id: r, deduct: 2}]}  # M\n"),
        ("  - {id: a, title: A, weight: 10, rules: [{id: r, deduct: {was: 2}, per: case}]}\n",
         "  - {id: a, title: A, weight: 10, rules: [{id: r, deduct: {was: 2}, per: case}]}  # M\n"),
        ("  - {id: a, title: A,\n     weight: 10, rules: [{id: r, deduct: 2}], was: z}\n",
         "  - {id: a, title: A,\n     weight: 10, rules: [{id: r, deduct: 2}]}  # M\n"),
        ("  - {id: a, was: z,\n     title: A, weight: 10, rules: [{id: r, deduct: 2}]}\n",
         "  - {id: a, \n     title: A, weight: 10, rules: [{id: r, deduct: 2}]}  # M\n"),
        ("  - {id: a,\n     was: z,\n     title: A, weight: 10, rules: [{id: r, deduct: 2}]}\n",
         "  - {id: a,\n     title: A, weight: 10, rules: [{id: r, deduct: 2}]}  # M\n"),
        ("  - {id: a, title: A, weight: 10, rules: [{id: r, deduct: 2}],\n     was: z}\n",
         "  - {id: a, title: A, weight: 10, rules: [{id: r, deduct: 2}],  # M\n     }\n"),
        ("  - id: a\n    was: z\n    title: A\n    weight: 10\n    rules: [{id: r, deduct: 2}]\n",
         "  - id: a\n    title: A\n    weight: 10  # M\n    rules: [{id: r, deduct: 2}]  # M\n"),
        ("  - id: a\n    was: z  # why\n    title: A\n    weight: 10\n    rules: [{id: r, deduct: 2}]\n",
         "  - id: a\n    title: A\n    # why\n    weight: 10  # M\n    rules: [{id: r, deduct: 2}]  # M\n"),
        ("  - was: >-\n      z\n\n    id: a\n    title: A\n    weight: 10\n    rules: [{id: r, deduct: 2}]\n",
         "  - id: a\n    title: A\n    weight: 10  # M\n    rules: [{id: r, deduct: 2}]  # M\n"),
        ("  - was: z\n    # why\n    id: a\n    title: A\n    weight: 10\n    rules: [{id: r, deduct: 2}]\n",
         "  # why\n  - id: a\n    title: A\n    weight: 10  # M\n    rules: [{id: r, deduct: 2}]  # M\n"),
    ],
)  # fmt: skip
def test_where_an_item_was_before_says_nothing_of_the_year_behind(item: str, done: str) -> None:
    text = FORM.replace("A 2023", "A")
    made_ = made(text.replace(WAS.replace("A 2023", "A"), item))
    assert done.replace("# M", "# to be confirmed") in made_.text
    assert [change.new for change in made_.changes if change.path[-1] == "was"] == [None] * (
        item.count("was: z") + item.count("was: >")
    )


@pytest.mark.parametrize(
    "rule",
    [
        "  - id: r\n    clause: |\n      Two off.\n    was: z.r  # renamed\n    deduct: 2\n",
        "  - was: z.r\n    when: r\n    id: r\n    deduct: 2\n",
        "  - id: r\n    note: |+\n      Two off.\n\n    was: z.r\n\n    deduct: 2\n",
    ],
)
def test_what_is_taken_out_leaves_its_neighbours_whole(rule: str) -> None:
    text = FORM.replace(
        WAS,
        "  - id: a\n    title: |-\n      A\n    was: z  # why\n    weight: 10\n    rules:\n"
        + rule.replace("  ", "      ", 1).replace("\n  ", "\n      "),
    )
    old, new = loads(text)._text, loads(made(text).text)._text
    assert (new.indicators[0].title, new.indicators[0].rules[0].clause, new.indicators[0].rules[0].note) == (
        old.indicators[0].title,
        old.indicators[0].rules[0].clause,
        old.indicators[0].rules[0].note,
    )
    assert "was" not in made(text).text


def test_a_place_at_the_end_of_the_file_is_taken_out_too() -> None:
    head, cases = FORM.split("cases:")
    text = f"{head.split('indicators:')[0]}cases:{cases}indicators:\n"
    text += "  - id: a\n    title: A\n    weight: 10\n    rules: [{id: r, deduct: 2}]\n    was: z"
    assert "    rules: [{id: r, deduct: 2}]  # to be confirmed\ncases:\n" in made(text).text


def test_bytes_are_kept() -> None:
    data = b"\xef\xbb\xbf" + FORM.replace("\n", "\r\n").encode()
    done = successor.successor(parse("x", data), data, "form-2024", 2024)
    assert done.text == "\ufeff" + NEXT.replace("\n", "\r\n")


def test_a_rubric_that_would_come_out_too_large_is_refused() -> None:
    text = (
        FORM + "# " + "x" * 3000 + "\n" + f"#{'y' * 990}\n" * ((files.RUBRIC_LIMIT - len(FORM) - 3003) // 992)
    )
    text += "#" * (files.RUBRIC_LIMIT - len(text))
    with pytest.raises(RubricError) as caught:
        made(text)
    assert [finding.code for finding in caught.value.diagnostics] == ["GR103"]


def test_a_line_that_would_come_out_too_long_is_refused() -> None:
    with pytest.raises(RubricError) as caught:
        after("total: 10\n", f"total: 10  # {'x' * 3980}\n")
    assert [finding.code for finding in caught.value.diagnostics] == ["GR108"]


def test_what_follows_must_load(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(successor, "_rewritten", lambda *_: "[")
    with pytest.raises(RubricError) as caught:
        made(FORM)
    assert [finding.code for finding in caught.value.diagnostics] == ["GR139"]


def test_what_follows_must_say_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(successor, "marks", lambda *_: [Edit(Span(6, 24, 6, 31), "down")])
    with pytest.raises(RubricError) as caught:
        made(FORM)
    assert [finding.code for finding in caught.value.diagnostics] == ["GR139"]


def test_a_rubric_that_cannot_be_laid_out_has_no_successor(monkeypatch: pytest.MonkeyPatch) -> None:
    """`was` is taken out of a text that is laid out."""
    monkeypatch.setattr(formatting._Writer, "document", lambda _: ["a: 1"])
    with pytest.raises(RubricError) as caught:
        made(FORM.replace("id: a, title", "id: a, was: b, title"))
    assert [finding.code for finding in caught.value.diagnostics] == ["GR139"]
    assert caught.value.language == "en"


def without(rubric: Rubric) -> dict[str, Any]:
    """All of a rubric but what may be new in the one that follows."""

    def bare(value: Any) -> Any:
        if isinstance(value, dict):
            return {key: bare(inner) for key, inner in value.items() if key != "was"}
        return tuple(map(bare, value)) if isinstance(value, tuple) else value

    plain = parse("x", rubric.to_text()).value
    return {key: bare(value) for key, value in plain.items() if key not in ("id", "title", "valid")}


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_what_follows_a_shipped_rubric(path: Path) -> None:
    """It loads, its cases hold, every comment is there, and only id, title, days and document differ."""
    read = suite.read(path)
    done = successor.successor(read.nodes, read.data, "another-2031", 2031)
    new = suite.of("new.yaml", done.text.encode())
    assert new.rubric is not None
    assert read.rubric is not None
    assert without(new.rubric) == without(read.rubric)
    assert [result.found for result in suite.run(new) if result.found] == []
    texts = [comment.text for comment in comments(new.nodes)]
    assert not [
        comment.text
        for comment in comments(read.nodes)
        if not any(comment.text.lstrip("# ") in text for text in texts)
    ]
    marked = [text for text in texts if text.startswith(f"# {done.mark}")]
    assert len(marked) == done.marks + done.questions
    assert 0 < done.marks <= done.numbers


def test_the_years_of_the_shipped_rubrics() -> None:
    read = suite.read(ROOT / "rubrics" / "2023-district.yaml")
    done = successor.successor(read.nodes, read.data, "district-2024", 2024)
    assert [(change.path[-1], change.new) for change in done.changes] == [
        ("id", "district-2024"),
        ("from", "2024-01-01"),
        ("to", "2024-12-31"),
        ("title", "2024年政务公开考核评估指标（地区版）"),
    ]
