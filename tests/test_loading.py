"""Text -> linted rubric, or every diagnostic at once, in file order."""

from collections.abc import Iterator
from pathlib import Path

import pytest

import govrubric
from govrubric import CardError, RubricError, check, checking, load, loading, loads, shipped, shipped_names
from govrubric.diagnostics.diagnostic import UnreadableRubricError
from govrubric.loading import loaded
from samples import SMALL, TALLY, codes, placed, refused


def written(folder: Path, text: str) -> Path:
    path = folder / "f.yaml"
    path.write_text(text)
    return path


def test_a_file_that_cannot_be_read_is_refused(tmp_path: Path) -> None:
    (one,) = refused(UnreadableRubricError, lambda: load(tmp_path / "none.yaml"))
    assert (one.code, one.place and one.place.file) == ("GR101", str(tmp_path / "none.yaml"))


def test_a_file_that_cannot_be_read_is_a_finding(tmp_path: Path) -> None:
    assert [one.code for one in check(tmp_path)] == ["GR102"]


def test_findings_stand_in_file_order_and_name_the_file(tmp_path: Path) -> None:
    path = written(
        tmp_path,
        SMALL.replace("weight: 4", "weight: 5")
        .replace("title: Small form", "title: yes")
        .replace("award:", "awards:"),
    )
    found = refused(RubricError, lambda: load(path))
    assert placed(found) == [("GR131", 3, 8), ("GR302", 9, 13), ("GR215", 31, 9)]
    assert {one.place and one.place.file for one in found} == {str(path)}


def test_a_text_is_called_by_the_name_that_is_given() -> None:
    (one,) = refused(RubricError, lambda: loads("'", "form.yaml"))
    assert one.where == "form.yaml:1:1"


def test_a_text_without_a_name_is_called_text() -> None:
    (one,) = refused(RubricError, lambda: loads(b"\xff"))
    assert one.where == "<text>:1:1"


def test_a_refused_rubric_speaks_its_own_language() -> None:
    with pytest.raises(RubricError) as caught:
        loads(SMALL.replace("id: small", "id: small\nlanguage: zh-CN\nfoo: 1"))
    assert (caught.value.language, str(caught.value).splitlines()[0]) == (
        "zh-CN",
        "<text>:4:1: 错误[GR201]: 此处不能写“foo”",
    )


@pytest.mark.parametrize("text", ["language: zh-CN", "  language: zh-CN", "'language': zh-CN"])
def test_a_rubric_speaks_its_language_however_that_is_laid_out(tmp_path: Path, text: str) -> None:
    indent = text.partition("l")[0].strip("'")
    lines = [indent + line for line in SMALL.splitlines()]
    path = written(tmp_path, "\n".join([lines[0], text, *lines[1:], ""]))
    assert loaded(path).language == "zh-CN"


@pytest.mark.parametrize("language", ["[zh]", "{a: 1}"])
def test_a_language_that_is_no_text_is_taken_for_english(language: str) -> None:
    with pytest.raises(RubricError) as caught:
        loads(SMALL.replace("id: small", f"id: small\nlanguage: {language}"))
    assert caught.value.language == "en"


def test_a_warning_stops_no_rubric(tmp_path: Path) -> None:
    path = written(tmp_path, SMALL.replace("title: Small form", "title: Small form # 3"))
    assert (load(path).title, placed(check(path))) == ("Small form", [("GR130", 3, 19)])


def test_a_warning_says_nothing_where_the_value_is_refused() -> None:
    found = refused(RubricError, lambda: loads(SMALL.replace("total: 10", "total: 1_0")))
    assert placed(found) == [("GR207", 4, 8)]


def test_a_failing_case_stops_no_rubric_but_is_found(tmp_path: Path) -> None:
    path = written(tmp_path, SMALL + "cases: [{name: a, tally: {bonus.judged: 0}, expect: {total: 9}}]\n")
    assert (load(path).id, [one.code for one in check(path)]) == ("small", ["GR316"])


def test_warnings_and_failing_cases_stand_in_file_order(tmp_path: Path) -> None:
    text = SMALL.replace(
        "rubric: 1\n", "rubric: 1\ncases: [{name: a, tally: {bonus.judged: 0}, expect: {total: 9}}]\n"
    ).replace("Small form", "Small form # 3")
    assert [one.code for one in check(written(tmp_path, text))] == ["GR316", "GR130"]


def test_a_lint_of_what_moved_in_a_cut_is_shown_where_it_stood() -> None:
    """The first rule is cut out, so the others move up; the repeated id is still shown in its place."""
    text = SMALL.replace("{id: used,", "{id: used, foo: 1, bar: 2}\n      - {id: judged,")
    found = refused(RubricError, lambda: loads(text))
    assert placed(found) == [("GR215", 31, 9), ("GR301", 33, 14)]
    assert [(one.place.line, one.place.column) for one in found[1].related] == [(32, 14)]


def test_a_rubric_without_findings_loads_and_scores(tmp_path: Path) -> None:
    path = written(tmp_path, SMALL)
    assert (check(path), str(load(path).total(TALLY)), load(path) == loads(SMALL.encode())) == (
        [],
        "6.6",
        True,
    )


# What is shipped


def test_an_unknown_name_is_refused_with_the_nearest() -> None:
    with pytest.raises(KeyError, match="no rubric '2023-distrct' is shipped; did you mean '2023-district'"):
        shipped("2023-distrct")


def test_a_name_like_none_is_refused_with_all() -> None:
    with pytest.raises(KeyError, match="no rubric 'x' is shipped; there are 2023-department, 2023-district"):
        shipped("x")


def test_two_rubrics_are_shipped() -> None:
    assert shipped_names() == ("2023-department", "2023-district")


def test_a_file_that_cannot_be_read_is_an_error_of_the_system_too(tmp_path: Path) -> None:
    """So that a program that expects an `OSError` of whatever opens files gets one."""
    for path in (tmp_path / "none.yaml", tmp_path):
        with pytest.raises(OSError, match=r"GR10[12]") as caught:
            load(path)
        assert isinstance(caught.value, RubricError)
        assert caught.value.filename == str(path)
        with pytest.raises(OSError, match=r"GR10[12]") as missing:
            list(govrubric.read_cards(path))
        assert isinstance(missing.value, CardError)
        assert missing.value.filename == str(path)
    (tmp_path / "bad.yaml").write_text("govrubric: 1\n")
    with pytest.raises(RubricError) as refusal:
        load(tmp_path / "bad.yaml")
    assert not isinstance(refusal.value, OSError)


@pytest.fixture
def _shipped_anew() -> Iterator[None]:
    """What is shipped is looked for once in a program."""
    loading.shipped_files.cache_clear()
    yield
    loading.shipped_files.cache_clear()


@pytest.mark.usefixtures("_shipped_anew")
def test_an_installed_package_reads_its_own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "rubrics").mkdir()
    (tmp_path / "rubrics" / "mine.yaml").write_text(SMALL)
    (tmp_path / "rubrics" / "README.md").write_text("no rubric")
    monkeypatch.setattr("importlib.resources.files", lambda _: tmp_path)
    assert (shipped_names(), shipped("mine").id) == (("mine",), "small")


@pytest.mark.usefixtures("_shipped_anew")
def test_a_checkout_reads_the_folder_beside_the_source(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "rubrics").mkdir()
    (tmp_path / "rubrics" / "mine.yaml").write_text(SMALL)
    monkeypatch.setattr("importlib.resources.files", lambda _: tmp_path / "src" / "govrubric")
    monkeypatch.setattr(loading, "__file__", str(tmp_path / "src" / "govrubric" / "loading.py"))
    assert shipped_names() == ("mine",)


# Conditions and formulas

ASKING = """\
govrubric: 1
id: asking
title: Asking
total: 10
round: {places: 1, mode: half_up}
indicators:
  - id: a
    title: A
    weight: 10
    rules:
      - id: late
        deduct: 1
        per: case
        when: CONDITION
"""


def where(said: str) -> list[tuple[str, int, int, int]]:
    """Code, line, first column and the one behind the last, of what is found in a rubric with a condition written so."""
    found = refused(RubricError, lambda: loads(ASKING.replace("CONDITION", said)))
    return [(one.code, one.place.line, one.place.column, one.place.end) for one in found if one.place]


@pytest.mark.parametrize(
    ("said", "first", "last"),
    [
        ("late > lat", 22, 25),
        ("'late > lat'", 23, 26),
        ('"late > lat"', 23, 26),
        ("'late > lat'   # a comment", 23, 26),
        ("'1 > 0 and lat > 0'", 26, 29),
    ],
)
def test_a_slip_is_shown_under_its_characters_however_the_text_is_quoted(
    said: str, first: int, last: int
) -> None:
    assert where(said) == [("GR504", 14, first, last)]


def test_a_doubled_quote_is_one_character_of_the_text_and_two_of_the_line() -> None:
    # `''A''` takes five columns of the line.
    assert where("'lat == ''A'' or nope > 0'") == [("GR504", 14, 16, 19), ("GR504", 14, 32, 36)]


def test_a_slip_in_doubled_quotes_is_shown_from_quote_to_quote() -> None:
    assert where("'late > ''A'''") == [("GR506", 14, 23, 28)]


def test_every_slip_of_every_text_is_told() -> None:
    assert [code for code, *_ in where("lat > 0 and foo(1) > 0")] == ["GR504", "GR513"]


@pytest.mark.parametrize("said", ['"late \\u003e 0"', '"late > 0\\x20"'], ids=["escape", "escaped end"])
def test_a_text_whose_columns_are_not_those_of_the_file_is_refused(said: str) -> None:
    assert [code for code, *_ in where(said)] == ["GR519"]


def test_a_text_that_is_unclear_is_told_only_that() -> None:
    assert [code for code, *_ in where('"nope \\u003e 0"')] == ["GR519"]


@pytest.mark.parametrize("said", ["late > 0", "'late > 0'", '"late > 0"'])
def test_a_text_on_one_line_is_read(said: str) -> None:
    assert loads(ASKING.replace("CONDITION", said)).total({"a.late": 2}) == 8


def test_a_choice_is_compared_within_doubled_quotes() -> None:
    text = ASKING.replace("CONDITION", "'kind == ''A'''").replace(
        "indicators:", "facts: {kind: {choice: [A, B]}}\nindicators:"
    )
    assert [loads(text).total({"a.late": 2, "kind": kind}) for kind in ("A", "B")] == [8, 10]


# Warnings of the bounds


def test_what_the_bounds_tell_is_placed_and_stops_no_rubric(tmp_path: Path) -> None:
    text = ASKING.replace("CONDITION", "late >= 0").replace(
        "indicators:", "facts:\n  unused: flag\nindicators:"
    )
    path = written(tmp_path, text)
    assert placed(check(path)) == [("GR408", 7, 3), ("GR405", 16, 15)]
    assert load(path).total({"a.late": 1}) == 9


def test_a_fact_with_a_name_that_is_taken_is_shown_at_its_name() -> None:
    found = refused(
        RubricError,
        lambda: loads(
            ASKING.replace("CONDITION", "late > 0").replace(
                "indicators:", "facts:\n  total: flag\nindicators:"
            )
        ),
    )
    assert placed(found) == [("GR332", 7, 3)]


def test_a_word_of_the_language_that_looks_like_a_flag_is_no_surprise(tmp_path: Path) -> None:
    rule = "distance: {below: 95, each: 1, points: -1, whole: no}"
    path = written(
        tmp_path,
        ASKING.replace("        deduct: 1\n        per: case\n        when: CONDITION", f"        {rule}"),
    )
    assert check(path) == []
    assert placed(
        check(written(tmp_path, ASKING.replace("CONDITION", "late > 0").replace("title: A\n", "title: no\n")))
    ) == [("GR131", 8, 12)]


def test_what_was_cut_is_not_asked_for_in_vain() -> None:
    """The weight of `a` cannot be read, so that `a` is not there; that `b` asks for it is no second fault."""
    text = SMALL_WITH_A_CONDITION.replace("weight: 4", "weight: ４")
    assert codes(refused(RubricError, lambda: loads(text))) == ["GR207"]
    assert loads(SMALL_WITH_A_CONDITION).total({}) == 10


SMALL_WITH_A_CONDITION = """\
govrubric: 1
id: asking
title: One item asks for another
total: 10
round: {places: 1, mode: half_up}
indicators:
  - {id: a, title: A, weight: 4, rules: [{id: off, deduct: 1, per: case}]}
  - {id: b, title: B, weight: 6, counts_when: score(a) > 0, rules: [{id: off, deduct: 1, per: case}]}
"""


CHINESE = """\
govrubric: 1
id: form-2023
title: 考核表
language: zh-CN
valid: {from: 2023-01-01, to: 2023-12-31}
total: 10
round: {places: 2, mode: half_up}
indicators:
  - id: a
    title: 甲
    weight: 10
    rules:
      - {id: late, deduct: 2, clause: 迟报的，扣1分}
"""


def places(path: Path) -> list[tuple[str, int, int, list[tuple[int, int, int]]]]:
    """Code, line and column of each finding, and line, column and end of what it speaks of besides."""
    return [
        (
            one.code,
            one.place.line,
            one.place.column,
            [(by.place.line, by.place.column, by.place.end) for by in one.related],
        )
        for one in check(path)
        if one.place
    ]


def test_words_that_a_warning_speaks_of_are_shown_by_their_characters(tmp_path: Path) -> None:
    assert places(written(tmp_path, CHINESE)) == [("GR420", 13, 28, [(13, 43, 46)])]


@pytest.mark.parametrize(
    ("clause", "words"),
    [
        ("'迟报的，扣1分'", (13, 44, 47)),
        ('"迟报的，扣1分"', (13, 44, 47)),
        ("'‘迟报’''的，扣1分'", (13, 48, 51)),
        ('"迟报\\u7684，扣1分"', (13, 39, 53)),
    ],
)
def test_words_in_quotes_are_shown_by_their_characters_unless_they_are_escaped(
    clause: str, words: tuple[int, int, int], tmp_path: Path
) -> None:
    assert places(written(tmp_path, CHINESE.replace("迟报的，扣1分", clause))) == [("GR420", 13, 28, [words])]


def test_words_over_several_lines_are_shown_where_they_stand(tmp_path: Path) -> None:
    text = CHINESE.replace(
        "{id: late, deduct: 2, clause: 迟报的，扣1分}",
        "id: late\n        deduct: 2\n        clause: |\n          迟报的，\n          扣1分\n",
    )
    assert places(written(tmp_path, text)) == [("GR420", 14, 17, [(17, 11, 14)])]


def test_a_word_of_a_condition_is_the_place_of_a_warning(tmp_path: Path) -> None:
    gate = "gates: [{id: v, when: score(a) == 0, at_most: 5}]\n"
    text = (
        CHINESE.replace("扣1分", "扣2分").replace("weight: 10", "weight: 10\n    not_applicable: zero") + gate
    )
    assert places(written(tmp_path, text)) == [("GR436", 15, 23, [])]


def test_a_comment_allows_a_warning(tmp_path: Path) -> None:
    text = CHINESE.replace("扣1分", "扣2分").replace("deduct: 2", "deduct: 2, at_most: 5")
    assert [one.code for one in check(written(tmp_path, text))] == ["GR402", "GR427"]
    allowed = text.replace("      - {", "      # allow GR402: 原文如此\n      - {")
    assert [one.code for one in check(written(tmp_path, allowed))] == ["GR427"]


def test_a_mark_that_is_left_is_found(tmp_path: Path) -> None:
    text = CHINESE.replace("扣1分", "扣2分").replace("weight: 10", "weight: 10 # 待确认")
    assert places(written(tmp_path, text)) == [("GR437", 11, 16, [])]


def test_no_clause_stops_a_rubric(tmp_path: Path) -> None:
    assert load(written(tmp_path, CHINESE)).id == "form-2023"


def test_a_rubric_is_held_beside_those_before_it(tmp_path: Path) -> None:
    texts = (
        CHINESE.replace("扣1分", "扣2分"),
        CHINESE.replace("扣1分", "扣2分").replace("form-2023", "form-2024"),
        "govrubric: 2\n",
    )
    paths = [tmp_path / f"{name}.yaml" for name in "abc"]
    for path, text in zip(paths, texts, strict=True):
        path.write_text(text)
    first, second, refused_ = (checking.checked_rubric(path) for path in paths)
    assert first.found == second.found == []
    (one,) = checking.checked_rubric(paths[1], [refused_, first]).found
    assert (one.code, one.where, [str(by.place) for by in one.related]) == (
        "GR438",
        f"{paths[1]}:5:8",
        [f"{paths[0]}:5:8"],
    )
    assert checking.checked_rubric(tmp_path / ".." / tmp_path.name / "a.yaml", [first]).found == []
