"""Each code has a text in two languages, a failing file with its exact rendering, and a page; and nothing else has."""

import re
from collections import Counter
from pathlib import Path

import pytest

import bad_files
import govrubric
from govrubric.diagnostics.catalogue import CATALOGUE, WARNINGS
from govrubric.diagnostics.diagnostic import Diagnostic
from govrubric.diagnostics.source import Place

SOURCE = Path(govrubric.__file__).parent
FILES = bad_files.bad_files()
TEXTS = [(code, language, which) for code in CATALOGUE for language in ("en", "zh") for which in (0, 1)]

each_file = pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
each_code = pytest.mark.parametrize("code", sorted(CATALOGUE))


def sources() -> dict[str, str]:
    return {str(path.relative_to(SOURCE)): path.read_text("utf-8") for path in SOURCE.rglob("*.py")}


def arguments(text: str) -> set[str]:
    return set(re.findall(r"\{(\w+)\}", text))


def test_every_code_has_one_failing_file() -> None:
    assert Counter(map(bad_files.code_of, FILES)) == dict.fromkeys(CATALOGUE, 1)


def test_every_expected_rendering_belongs_to_a_failing_file() -> None:
    assert sorted(bad_files.BAD.glob("GR*.out")) == sorted(map(bad_files.out_of, FILES))


def test_every_code_has_one_page() -> None:
    assert {path.stem for path in bad_files.PAGES.glob("*.md")} == {"index", *CATALOGUE}


@each_file
def test_a_failing_file_gives_the_code_it_is_named_for_first(path: Path) -> None:
    assert bad_files.findings(path)[0].code == bad_files.code_of(path)


@each_file
def test_a_failing_file_renders_as_expected(path: Path) -> None:
    assert bad_files.rendering(path) == bad_files.out_of(path).read_text("utf-8")


@each_file
def test_a_page_shows_its_failing_file_as_it_is(path: Path) -> None:
    page = (bad_files.PAGES / f"{bad_files.code_of(path)}.md").read_text("utf-8")
    assert bad_files.EXAMPLE.findall(page) == [bad_files.example(path)]


@each_code
def test_a_page_has_a_title_an_example_and_a_cure(code: str) -> None:
    page = (bad_files.PAGES / f"{code}.md").read_text("utf-8")
    assert re.findall("^##? .*", re.sub("(?s)```.*?```", "", page), re.MULTILINE)[1:] == [
        "## Example",
        "## What to do",
    ]
    assert re.match(rf"# {code} · \S.*\n\n\S", page)


def test_the_index_lists_every_code_as_it_is() -> None:
    assert (bad_files.PAGES / "index.md").read_text("utf-8") == bad_files.index()


@pytest.mark.parametrize("path", [bad_files.GOOD, bad_files.RATING], ids=lambda path: path.name)
def test_a_rubric_of_the_examples_has_no_finding(path: Path) -> None:
    assert govrubric.check(path) == []


def test_the_good_card_has_no_finding() -> None:
    card = govrubric.ScoreCard.from_json(bad_files.GOOD.with_suffix(".card.json").read_text("utf-8"))
    assert card.verify(govrubric.load(bad_files.GOOD)) == ()


def test_every_code_in_the_source_is_in_the_catalogue() -> None:
    used = {(code, name) for name, text in sources().items() for code in re.findall(r"\bGR\d{3}\b", text)}
    assert sorted(one for one in used if one[0] not in CATALOGUE) == []


def test_every_code_of_the_catalogue_is_used_in_the_source() -> None:
    used = {
        code
        for name, text in sources().items()
        if not name.startswith("catalogue")
        for code in re.findall(r'"(GR\d{3})"', text)
    }
    assert sorted(set(CATALOGUE) - used) == []


def test_every_warning_is_in_the_catalogue() -> None:
    assert sorted(WARNINGS - set(CATALOGUE)) == []


@pytest.mark.parametrize("which", [0, 1], ids=["message", "help"])
@each_code
def test_both_languages_use_the_same_arguments(code: str, which: int) -> None:
    assert arguments(CATALOGUE[code]["en"][which]) == arguments(CATALOGUE[code]["zh"][which])


@pytest.mark.parametrize(("code", "language", "which"), TEXTS)
def test_no_text_is_empty(code: str, language: str, which: int) -> None:
    assert CATALOGUE[code][language][which].strip() != ""


def test_six_faults_of_a_rubric_are_found_in_one_run_in_file_order() -> None:
    found = govrubric.check(bad_files.BAD / "many.yaml")
    assert [(one.code, one.place.line, one.place.column) for one in found if one.place] == [
        ("GR212", 5, 15),
        ("GR201", 13, 5),
        ("GR214", 15, 28),
        ("GR114", 19, 11),
        ("GR215", 21, 9),
        ("GR302", 24, 13),
    ]


def test_the_caret_stands_under_the_right_cells_after_chinese_text() -> None:
    # The line before the place takes 11 cells for `    title: `, 8 for the four characters, and 1 for the space: 20.
    # What is marked takes 1 cell for the digit and 2 for the character: 3.
    place = Place("评分表.yaml", 16, 17, 19, "    title: 台账管理 4分")
    assert Diagnostic.of("GR207", place, value="4分").render("zh") == (
        "评分表.yaml:16:17: 错误[GR207]: “4分”不是数字\n"
        "  16 |     title: 台账管理 4分\n"
        "     |                     ^^^\n"
        "  办法: 请写半角数字和至多一个小数点（`0.1`），或分数（`1/3`）"
    )
