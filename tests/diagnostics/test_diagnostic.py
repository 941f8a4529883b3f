"""Diagnostic: its sentence in two languages, its place, its rendering, its plain data; and the errors."""

import copy
import pickle

import pytest

from govrubric.diagnostics.diagnostic import (
    CardError,
    Diagnostic,
    GovrubricError,
    Lang,
    Path,
    Related,
    RubricError,
    TallyError,
    UnreadableCardError,
    UnreadableError,
    UnreadableRubricError,
    UnreadableTallyError,
    dotted,
    in_file_order,
    lang,
)
from govrubric.diagnostics.source import Place


def at(line: int, column: int, end: int, excerpt: str, file: str = "r.yaml") -> Place:
    return Place(file, line, column, end, excerpt)


UNKNOWN = Diagnostic.of(
    "GR201", at(2, 3, 10, "  weigth: 5"), ("indicators", 0, "weigth"), key="weigth", near="weight"
)


@pytest.mark.parametrize(
    ("tag", "catalogue"),
    [
        (None, "en"),
        ("", "en"),
        ("en", "en"),
        ("de", "en"),
        ("zh", "zh"),
        ("zh-CN", "zh"),
        ("ZH-Hant", "zh"),
        ("xzh", "en"),
    ],
)
def test_a_language_tag_chooses_a_catalogue(tag: str | None, catalogue: Lang) -> None:
    assert lang(tag) == catalogue


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ((), ""),
        (("title",), "title"),
        (("indicators", 0, "title"), "indicators[0].title"),
        ((0, "a"), "[0].a"),
        (("cases", 1, "tally", "a.r"), "cases[1].tally.a.r"),
    ],
)
def test_a_path_is_written_with_dots_and_brackets(path: Path, text: str) -> None:
    assert dotted(path) == text


def test_an_argument_is_made_fit_to_be_shown() -> None:
    assert Diagnostic.of("GR120", key="a\x1bb" + "x" * 99).args == (("key", "a\\u001bb" + "x" * 71 + "…"),)


@pytest.mark.parametrize(
    ("code", "severity"), [("GR131", "warning"), ("GR130", "warning"), ("GR201", "error"), ("GR110", "error")]
)
def test_some_codes_only_warn(code: str, severity: str) -> None:
    assert Diagnostic.of(code).severity == severity


@pytest.mark.parametrize(
    ("language", "message", "advice"),
    [
        ("en", "the key `weigth` is not known here", "did you mean `weight`?"),
        ("fr", "the key `weigth` is not known here", "did you mean `weight`?"),
        ("zh-CN", "此处不能写“weigth”", "是否应为“weight”？"),
    ],
)
def test_a_finding_speaks_both_languages(language: str, message: str, advice: str) -> None:
    assert UNKNOWN.message(language) == message
    assert UNKNOWN.help(language) == advice


@pytest.mark.parametrize("language", ["en", "zh"])
def test_what_has_nothing_to_say_in_brackets_says_nothing(language: str) -> None:
    assert Diagnostic.of("GR201", key="zzz", near="").help(language) == ""


def test_brackets_and_braces_of_an_argument_are_only_text() -> None:
    assert (
        Diagnostic.of("GR201", key="[a{near}]", near="{key}").message()
        == "the key `[a{near}]` is not known here"
    )


def test_a_sentence_stays_within_its_limit() -> None:
    finding = Diagnostic("GR120", args=(("key", "x" * 5000),))
    assert finding.message() == "the key `" + "x" * 590 + "…"


def test_the_example_in_a_help_text_has_single_braces() -> None:
    finding = Diagnostic("GR308", args=(("path", "a.r"), ("verb", "award")))
    assert finding.help("en") == "write the levels (`award: {city: 1, province: 3}`), or take `take` out"
    assert finding.help("zh") == "请写出各级（`award: {city: 1, province: 3}`），或删去 `take`"


def test_an_argument_may_be_called_path() -> None:
    finding = Diagnostic.of("GR303", None, ("indicators", 0), (), path="basics")
    assert finding.message() == "`basics` has neither items nor rules"
    assert finding.path == ("indicators", 0)


@pytest.mark.parametrize(
    ("finding", "where"),
    [
        (UNKNOWN, "r.yaml:2:3"),
        (Diagnostic("GR124"), ""),
        (Diagnostic("GR601", path=("a", 0, "r")), "a[0].r"),
        (Diagnostic("GR124", at(1, 1, 2, "", file="a\nb")), "a⏎b:1:1"),
    ],
)
def test_a_finding_knows_where_it_stands(finding: Diagnostic, where: str) -> None:
    assert finding.where == where


def test_one_line_holds_place_severity_code_and_sentence() -> None:
    assert UNKNOWN.line("en") == "r.yaml:2:3: error GR201: the key `weigth` is not known here"


def test_one_line_without_a_place_begins_with_the_severity() -> None:
    assert Diagnostic("GR124").line() == "error GR124: the file is empty"


def test_a_finding_is_rendered_with_its_line_a_caret_and_what_to_do() -> None:
    assert UNKNOWN.render() == (
        "r.yaml:2:3: error[GR201]: the key `weigth` is not known here\n"
        "  2 |   weigth: 5\n"
        "    |   ^^^^^^^\n"
        "  help: did you mean `weight`?"
    )  # fmt: skip


def test_a_finding_is_rendered_in_chinese() -> None:
    assert UNKNOWN.render("zh-CN") == (
        "r.yaml:2:3: 错误[GR201]: 此处不能写“weigth”\n"
        "  2 |   weigth: 5\n"
        "    |   ^^^^^^^\n"
        "  办法: 是否应为“weight”？"
    )  # fmt: skip


def test_a_warning_is_rendered_as_one() -> None:
    assert Diagnostic.of("GR131", text="yes").render("zh").startswith("警告[GR131]: “yes”会被当作文字")
    assert Diagnostic.of("GR131", text="yes").render("en").startswith("warning[GR131]: `yes` is read as text")


def test_without_help_the_rendering_ends_with_the_excerpt() -> None:
    finding = Diagnostic.of("GR201", at(2, 1, 4, "zzz: 1"), key="zzz", near="")
    assert (
        finding.render()
        == "r.yaml:2:1: error[GR201]: the key `zzz` is not known here\n  2 | zzz: 1\n    | ^^^"
    )


def test_without_a_place_there_is_no_excerpt() -> None:
    finding = Diagnostic.of("GR602", None, ("a", "r"), name="a.r")
    assert finding.render().splitlines() == [
        "a.r: error[GR602]: `a.r` is missing",
        (
            "  help: give it a value; only counts, flags and what has a `default` may be left out, but not when scoring is strict, "
            "nor in a table that has the column"
        ),
    ]


@pytest.mark.parametrize(
    ("language", "role", "words"),
    [
        ("en", "first", "first here"),
        ("zh", "first", "首次出现在此"),
        ("en", "here", "see here"),
        ("zh", "here", "参见此处"),
    ],
)
def test_a_related_place_is_shown_with_its_role(language: str, role: str, words: str) -> None:
    related = Related("first" if role == "first" else "here", at(1, 1, 3, "id: a"))
    rows = (
        Diagnostic.of("GR120", at(9, 1, 3, "id: b"), (), (related,), key="id").render(language).splitlines()
    )
    assert rows[1:-1] == ["  9 | id: b", "    | ^^", f"  {words}: r.yaml:1:1", "  1 | id: a", "    | ^^"]


def test_a_finding_is_plain_data() -> None:
    related = Related("first", at(1, 1, 3, "id: a"))
    finding = Diagnostic.of("GR120", at(9, 1, 3, "id: b"), ("indicators", 0, "id"), (related,), key="id")
    assert finding.to_dict() == {
        "code": "GR120",
        "severity": "error",
        "file": "r.yaml",
        "line": 9,
        "column": 1,
        "end_column": 3,
        "path": "indicators[0].id",
        "message": "the key `id` stands here a second time",
        "help": "keep one of the two",
        "related": [{"role": "first", "file": "r.yaml", "line": 1, "column": 1}],
    }


def test_plain_data_says_none_where_there_is_nothing() -> None:
    data = Diagnostic.of("GR201", key="zzz", near="").to_dict("zh")
    assert [data[key] for key in ("file", "line", "column", "end_column", "path", "help", "related")] == [
        None,
        None,
        None,
        None,
        None,
        None,
        [],
    ]
    assert data["message"] == "此处不能写“zzz”"


def test_findings_are_sorted_by_place_and_never_repeated() -> None:
    first, second, third = (
        Diagnostic("GR213", at(line, column, 9, "")) for line, column in ((1, 5), (2, 1), (2, 3))
    )
    nowhere, later = Diagnostic("GR124"), Diagnostic("GR602", path=("a",))
    assert in_file_order([third, nowhere, second, first, later, third]) == [
        nowhere,
        later,
        first,
        second,
        third,
    ]


def test_two_findings_at_one_place_are_sorted_by_code() -> None:
    lower, higher = Diagnostic("GR207", at(1, 1, 2, "")), Diagnostic("GR208", at(1, 1, 2, ""))
    assert in_file_order([higher, lower]) == [lower, higher]


def test_none_of_the_errors_is_a_kind_of_another() -> None:
    """Who catches one of them does not catch another by accident; one name catches all."""
    kinds = (RubricError, TallyError, CardError)
    assert all(issubclass(kind, GovrubricError) for kind in kinds)
    assert [
        (kind, other) for kind in kinds for other in kinds if kind is not other and issubclass(kind, other)
    ] == []


def test_the_text_of_an_error_can_be_had_in_another_language() -> None:
    error = RubricError([UNKNOWN], "zh")
    assert (error.render("en"), error.render()) == (UNKNOWN.render("en"), str(error))


READ = (UnreadableRubricError, UnreadableTallyError, UnreadableCardError)


@pytest.mark.parametrize("kind", READ)
def test_a_file_that_cannot_be_read_is_an_error_of_the_system_that_names_it(
    kind: type[UnreadableError],
) -> None:
    error = kind([Diagnostic.of("GR101", Place("a.yaml", 1, 1, 2, ""), reason="gone")])
    for again in (error, pickle.loads(pickle.dumps(error))):
        assert isinstance(again, OSError)
        assert again.filename == "a.yaml"
    assert kind([]).filename is None


@pytest.mark.parametrize("kind", [*READ, RubricError, TallyError, CardError])
def test_an_error_is_a_value_error_and_survives_pickling(kind: type[GovrubricError]) -> None:
    error = kind(iter([UNKNOWN]), "zh")
    for again in (pickle.loads(pickle.dumps(error)), copy.copy(error)):
        assert type(again) is kind
        assert isinstance(again, ValueError)
        assert again.diagnostics == (UNKNOWN,)
        assert again.language == "zh"
        assert str(again) == UNKNOWN.render("zh")


def test_an_error_shows_findings_up_to_a_page_and_counts_the_rest() -> None:
    """Security: “at most 2 000 characters of message”"""
    text = str(RubricError([Diagnostic.of("GR120", key=f"k{i}") for i in range(2300)]))
    assert len(text) < 2000
    assert text.count("GR120") == 13
    assert text.splitlines()[-1] == "… and 2287 more findings"


def test_an_error_of_few_findings_shows_them_all() -> None:
    assert "more" not in str(RubricError([Diagnostic.of("GR120", key=f"k{i}") for i in range(12)]))


@pytest.mark.parametrize(
    ("language", "kind", "words"),
    [
        ("en", "list", "not list"),
        ("zh", "list", "列表"),
        ("zh", "mapping", "键值对"),
        ("en", "mapping", "not mapping"),
        ("zh", "5", "5"),
    ],
)
def test_a_kind_of_value_is_named_in_the_language(language: str, kind: str, words: str) -> None:
    assert words in Diagnostic.of("GR206", kind=kind).message(language)
