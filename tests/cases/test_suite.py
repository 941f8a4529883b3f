"""Cases in a rubric and in files beside it: which files have cases, their findings, and their results.

Language, section 9: “They run with the author's command, in CI and under pytest.”
"""

import os
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest

from govrubric.cases import suite
from govrubric.cases.run import Miss
from samples import SMALL, args, codes, placed

EXAMPLES = Path(__file__).parents[2] / "examples"
CASE = "  - {name: one, tally: {bonus.judged: 1}, expect: {total: 8}}\n"  # 7 + 1 = 8
FAILING = (
    "  - {name: two, tally: {bonus.judged: 1, work.late: true}, "
    "expect: {total: 8, work: 7, work.late: -1}}\n"
)  # work: 7 - 1 = 6; total: 6 + 1 = 7


@pytest.fixture(autouse=True)
def _folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("small.yaml").write_text(SMALL)


def beside(text: str, name: str = "small.cases.yaml") -> suite.Suite:
    Path(name).write_text(text)
    return suite.read(name)


# A file of cases


def test_a_file_of_cases_tries_the_rubric_that_it_names() -> None:
    """Language 9: “A file of cases, `*.cases.yaml`, lies beside a rubric: its `rubric` names that one, by a
    path from this file, in its folder or below, or as a shipped rubric, and its `cases` are written as a rubric's own.”"""
    read_suite = beside(f"rubric: small.yaml\nnote: of 2024\ncases:\n{CASE}{FAILING}")
    assert (read_suite.path, read_suite.file, read_suite.found, read_suite.refused) == (
        "small.cases.yaml",
        os.path.realpath("small.yaml"),
        [],
        False,
    )
    first, second = suite.run(read_suite)
    assert (first.case.name, first.found, first.missed) == ("one", [], {})
    assert first.place is not None
    assert (first.place.file, first.place.line, first.place.column) == ("small.cases.yaml", 4, 12)
    assert first.card is not None
    assert first.card.total == Decimal(8)
    assert placed(second.found) == [("GR316", 5, 76), ("GR316", 5, 85)]
    assert second.missed == {
        ("cases", 1, "expect", "total"): Miss("total", Fraction(7)),
        ("cases", 1, "expect", "work"): Miss("work", Fraction(6)),
    }


def test_the_path_of_the_rubric_is_seen_from_the_file_of_cases() -> None:
    Path("cases/below").mkdir(parents=True)
    Path("small.yaml").rename("cases/below/small.yaml")
    read_suite = beside(f"rubric: below/small.yaml\ncases:\n{CASE}", "cases/a.cases.yaml")
    assert (read_suite.file, read_suite.refused) == (os.path.realpath("cases/below/small.yaml"), False)


@pytest.mark.parametrize("said", ["../small.yaml", "../none.yaml", "link.yaml", "/etc/passwd"])
def test_a_rubric_outside_the_folder_of_the_file_of_cases_is_not_read(said: str) -> None:
    """Nor is it said whether it is there."""
    Path("cases").mkdir()
    Path("cases/link.yaml").symlink_to("../small.yaml")
    (one,) = beside(f"rubric: {said}\ncases:\n{CASE}", "cases/a.cases.yaml").found
    assert (one.code, args(one)) == ("GR343", {"name": said})


def test_of_a_rubric_of_another_kind_nothing_is_shown() -> None:
    Path("settings.yaml").write_text("database: {password: hunter2}\n")
    read_suite = beside(f"rubric: settings.yaml\ncases:\n{CASE}")
    assert [(one.code, one.place and one.place.excerpt) for one in read_suite.found] == [
        ("GR342", "rubric: settings.yaml"),
        ("GR224", ""),
    ]


def test_a_file_of_cases_may_try_a_shipped_rubric() -> None:
    read_suite = beside(f"rubric: 2023-district\ncases:\n{CASE}")
    assert read_suite.rubric is not None
    assert (read_suite.rubric.id, read_suite.language, Path(read_suite.file).name) == (
        "district-2023",
        "zh-CN",
        "2023-district.yaml",
    )


def test_a_file_beside_it_goes_before_a_shipped_rubric_of_that_name() -> None:
    Path("2023-district").write_text(SMALL)
    read_suite = beside(f"rubric: 2023-district\ncases:\n{CASE}")
    assert read_suite.rubric is not None
    assert read_suite.rubric.id == "small"


def test_a_tally_that_is_refused_is_shown_where_it_stands_in_the_file_of_cases() -> None:
    read_suite = beside(
        "rubric: small.yaml\ncases:\n  - {name: one, tally: {work.lat: true}, expect: {total: 8}}\n"
    )
    (result,) = suite.run(read_suite)
    assert placed(result.found) == [("GR602", 3, 24), ("GR601", 3, 25)]
    assert (result.card, result.missed) == (None, {})


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("rubric: smal.yaml\ncases:\n" + CASE, [("GR341", 1, 9)]),
        ("cases:\n" + CASE, [("GR202", 1, 1)]),
        ("rubric: small.yaml\n", [("GR202", 1, 1)]),
        ("rubric: small.yaml\ncases: []\n", [("GR222", 2, 8)]),
        ("rubric: small.yaml\ncase:\n" + CASE, [("GR201", 2, 1), ("GR202", 1, 1)]),
        (
            "rubric: [small.yaml]\ncases:\n  - {name: one, tally: {}, expct: {total: 8}}\n",
            [("GR206", 1, 9), ("GR202", 3, 5), ("GR201", 3, 28)],
        ),
        (
            "rubric: smal.yaml\ncases:\n  - {name: one, tally: {}, expct: {total: 8}}\n",
            [("GR341", 1, 9), ("GR202", 3, 5), ("GR201", 3, 28)],
        ),
        ("rubric: small.yaml\ncases:\n" + CASE + CASE, [("GR315", 4, 12)]),
        ("rubric: small.yaml\nrubric: small.yaml\ncases:\n" + CASE, [("GR120", 2, 1)]),
        ("rubric: small.yaml\nlanguage: en\ncases:\n" + CASE, [("GR201", 2, 1)]),
    ],
)
def test_everything_that_is_wrong_with_a_file_of_cases_is_reported_at_once(
    text: str, found: list[tuple[str, int, int]]
) -> None:
    read_suite = beside(text)
    assert sorted(placed(read_suite.found)) == sorted(found)
    assert (read_suite.cases, read_suite.refused, list(suite.run(read_suite))) == ((), True, [])


def test_an_unknown_key_of_a_file_of_cases_is_reported_with_those_that_there_are() -> None:
    unknown = next(one for one in beside("rubric: small.yaml\nfoo: 1\n").found if one.code == "GR201")
    assert args(unknown) == {"key": "foo", "near": "", "known": "rubric, note, cases"}


@pytest.mark.parametrize(
    ("said", "near"), [("smal.yaml", "small.yaml"), ("2023-distric", "2023-district"), ("zzz", "")]
)
def test_a_rubric_that_is_missing_is_reported_with_the_nearest_one(said: str, near: str) -> None:
    (one,) = beside(f"rubric: {said}\ncases:\n{CASE}").found
    assert (one.code, args(one)) == (
        "GR341",
        {"name": said, "reason": "No such file or directory", "near": near},
    )


def test_a_file_of_cases_is_no_rubric_to_be_tried() -> None:
    Path("other.cases.yaml").write_text(f"rubric: small.yaml\ncases:\n{CASE}")
    assert "other.cases.yaml" not in args(beside(f"rubric: other.case.yaml\ncases:\n{CASE}").found[0])["near"]


def test_what_is_wrong_with_the_rubric_is_reported_after_what_is_wrong_with_the_cases() -> None:
    Path("a.yaml").write_text(SMALL.replace("weight: 4", "weight: 5").replace("title: Bonus", "titel: Bonus"))
    read_suite = beside(f"rubric: a.yaml\ncases:\n{CASE}{CASE}")
    assert [(one.place.file, one.code) for one in read_suite.found if one.place] == [
        ("small.cases.yaml", "GR342"),
        ("small.cases.yaml", "GR315"),
        ("a.yaml", "GR302"),
        ("a.yaml", "GR202"),
        ("a.yaml", "GR201"),
    ]
    assert args(read_suite.found[0]) == {"name": "a.yaml", "number": "3"}


def test_a_case_whose_name_came_before_is_shown_with_the_first() -> None:
    (one,) = beside(f"rubric: small.yaml\ncases:\n{CASE}{CASE}").found
    assert [(related.role, related.place.line) for related in one.related] == [("first", 3)]


def test_names_are_compared_once_every_case_can_be_read() -> None:
    assert codes(beside("rubric: small.yaml\ncases:\n  - {name: none}\n" + CASE + CASE).found) == [
        "GR202",
        "GR202",
    ]


def test_a_warning_refuses_nothing() -> None:
    read_suite = beside("rubric: small.yaml\nnote: a  # b\ncases:\n" + CASE)
    assert (codes(read_suite.found), read_suite.refused, len(list(suite.run(read_suite)))) == (
        ["GR130"],
        False,
        1,
    )


def test_the_cases_of_the_examples_hold() -> None:
    read_suite = suite.read(EXAMPLES / "2023-district.cases.yaml")
    assert [one.found for one in suite.run(read_suite)] == [[], []]


# A rubric


def test_a_rubric_tries_its_own_cases() -> None:
    read_suite = beside(f"{SMALL}cases:\n{CASE}", "own.yaml")
    assert [(one.case.name, one.found) for one in suite.run(read_suite)] == [("one", [])]
    assert (read_suite.file, read_suite.language) == (os.path.realpath("own.yaml"), "en")


def test_a_shipped_rubric_is_read_by_its_name() -> None:
    read_suite = suite.read("2023-district")
    assert (
        read_suite.path,
        Path(read_suite.file).name,
        read_suite.nodes.source.name,
        read_suite.language,
    ) == (
        "2023-district",
        "2023-district.yaml",
        "2023-district",
        "zh-CN",
    )
    assert [one.found for one in suite.run(read_suite)] == [[]] * len(read_suite.cases)


@pytest.mark.parametrize(
    ("name", "text", "code"),
    [
        ("a.yaml", b"\xff\xfe\xfd", "GR104"),
        ("a.cases.yaml", b"", "GR124"),
        ("a.yaml", b"", "GR124"),
        ("a.cases.yaml", b"- 1\n", "GR204"),
        ("a.cases.yaml", b"unit: a\n", "GR201"),
        ("a.yaml", b"unit: a\n", "GR224"),
        ("a.yaml", b"cases: a\n", "GR202"),
        ("a.cases.yaml", b"indicators: a\n", "GR202"),
    ],
)
def test_a_file_is_judged_as_what_it_holds(name: str, text: bytes, code: str) -> None:
    Path(name).write_bytes(text)
    read_suite = suite.read(name)
    assert (read_suite.found[0].code, read_suite.rubric, read_suite.cases) == (code, None, ())
    assert ("GR218" in codes(read_suite.found)) is False


@pytest.mark.parametrize("name", ["none.yaml", "."])
def test_what_is_no_file_is_reported(name: str) -> None:
    read_suite = suite.read(name)
    assert (codes(read_suite.found), read_suite.data, list(suite.run(read_suite))) == (
        ["GR101"] if name != "." else ["GR102"],
        b"",
        [],
    )


# Several paths


def test_each_file_is_run_once() -> None:
    beside(f"rubric: small.yaml\ncases:\n{CASE}")
    assert [one.path for one in suite.every(["small.cases.yaml", ".", "2023-district", "2023-district"])] == [
        "small.cases.yaml",
        "./small.yaml",
        "2023-district",
    ]


def test_the_cards_of_a_rubric_are_those_of_all_files_that_try_it() -> None:
    Path("small.yaml").write_text(f"{SMALL}cases:\n{CASE}")
    Path("wrong.yaml").write_text("govrubric: 1\n")
    beside(f"rubric: small.yaml\ncases:\n{FAILING}  - {{name: none, tally: {{}}, expect: {{total: 1}}}}\n")
    beside(f"rubric: none.yaml\ncases:\n{CASE}", "other.cases.yaml")
    tested = [suite.Tested(one, list(suite.run(one))) for one in suite.every(["."])]
    assert [(rubric.id, [card.total for card in cards]) for rubric, cards in suite.by_rubric(tested)] == [
        ("small", [Decimal(7), Decimal(8)])
    ]
    assert [(one.suite.path, one.failed) for one in tested] == [
        ("./other.cases.yaml", 0),
        ("./small.cases.yaml", 2),
        ("./small.yaml", 0),
        ("./wrong.yaml", 0),
    ]


def test_a_folder_that_may_not_be_listed_gives_no_near_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_: str) -> list[str]:
        raise PermissionError

    path = tmp_path / "x.cases.yaml"
    path.write_text("rubric: gone.yaml\ncases:\n  - {name: one, tally: {}, expect: {total: 8}}\n")
    monkeypatch.setattr("os.listdir", refuse)
    (found,) = suite.read(path).found
    assert (found.code, dict(found.args)["near"]) == ("GR341", "")
