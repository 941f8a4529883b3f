"""Units in and out: files read as the commands read them, and many tallies scored at once."""

import json
from decimal import Decimal
from pathlib import Path
from types import MappingProxyType
from typing import Any

import pytest
from click.testing import CliRunner

from excused import SOUND, WIDE
from govrubric import TallyError, Unit, cli, loads, shipped
from govrubric.diagnostics.diagnostic import UnreadableTallyError
from govrubric.language.fields import Table
from samples import codes, refused, small

EXAMPLES = Path(__file__).parents[2] / "examples"
YAML = """\
- unit: u1
  name: 一区
  work: {late: true, papers: {missing: {value: 3, evidence: [p. 3], note: seen}}}
  bonus.judged: 0.5
- {bonus: {judged: {value: 1, evidence: [p. 4]}}}
"""


def written(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.write_text(text, "utf-8")
    return path


def test_the_units_of_a_file_are_values_of_python(tmp_path: Path) -> None:
    first, second = small().read(written(tmp_path, "tallies.yaml", YAML))
    assert first == Unit(
        "u1",
        "一区",
        {
            "work.late": True,
            "work.papers.missing": {"value": 3, "evidence": ["p. 3"], "note": "seen"},
            "bonus.judged": Decimal("0.5"),
        },
    )
    assert second == Unit(None, None, {"bonus.judged": {"value": Decimal(1), "evidence": ["p. 4"]}})
    said: Any = second.tally["bonus.judged"]
    assert {type(first.tally["bonus.judged"]), type(said["evidence"][0])} == {
        Decimal,
        str,
    }
    assert type(first.tally["bonus.judged"]) is Decimal


@pytest.mark.parametrize(
    ("rubric", "file"),
    [
        ("2023-district", "2023-districts.csv"),
        ("2023-department", "2023-departments.csv"),
        ("2023-district", "district-one.yaml"),
    ],
)
def test_they_come_to_what_the_command_prints(rubric: str, file: str) -> None:
    path = EXAMPLES / file
    loaded = shipped(rubric)
    cards = loaded.score_all(loaded.read(path))
    printed = CliRunner().invoke(cli.main, ["score", rubric, str(path), "--format", "csv"])
    assert printed.exit_code == 0
    lines = printed.stdout.splitlines()[1:]
    assert len(cards) == len(lines)
    assert all(
        line.startswith(f"{card.unit},") and str(card.total) in line
        for card, line in zip(cards, lines, strict=True)
    )


def test_a_single_unit_without_a_code_is_known_by_its_file(tmp_path: Path) -> None:
    (unit,) = small().read(written(tmp_path, "east.json", '{"bonus.judged": 0.5}'))
    assert (unit.unit, unit.name) == ("east", None)


def test_a_choice_is_its_name(tmp_path: Path) -> None:
    text = json.dumps(SOUND, ensure_ascii=False)
    (unit,) = loads(WIDE).read(written(tmp_path, "u1.json", text))
    assert unit.tally == {"class": "一类", "share": Decimal(0), "g.a.rated": "优", "b.judged": Decimal(2)}


def test_values_are_those_of_python() -> None:
    rubric = shipped("2023-district")
    assert {
        type(value) for unit in rubric.read(EXAMPLES / "2023-districts.csv") for value in unit.tally.values()
    } == {
        int,
        bool,
        Decimal,
    }


def test_what_is_wrong_with_a_file_has_its_place(tmp_path: Path) -> None:
    text = "unit,work.late,bonus.judged\nu1,maybe,0.5\nu2,true,\nu1,true,7\n"
    path = written(tmp_path, "units.csv", text)
    found = refused(TallyError, lambda: small().read(path))
    places = [(one.code, one.place and (one.place.line, one.place.column), one.path) for one in found]
    assert places == [
        ("GR605", (2, 4), ("work.late",)),
        ("GR602", (3, 9), ("bonus.judged",)),
        ("GR633", (4, 1), ()),
        ("GR607", (4, 9), ("bonus.judged",)),
    ]


def test_a_unit_of_two_lines_is_one_finding(tmp_path: Path) -> None:
    for name, text in (
        ("a.csv", 'unit,bonus.judged\n"u\n1",1\n'),
        ("a.json", '{"unit": "u\\n1", "bonus.judged": 1}'),
    ):
        path = written(tmp_path, name, text)
        (found,) = refused(TallyError, lambda path=path: small().read(path))  # type: ignore[misc] # mypy infers no lambda with a default
        assert (found.code, found.path) == ("GR105", ("unit",))


def test_a_missing_column_has_the_path_of_its_input(tmp_path: Path) -> None:
    path = written(tmp_path, "units.csv", "unit\nu1\n")
    (found,) = refused(TallyError, lambda: small().read(path))
    assert (found.code, found.path) == ("GR602", ("bonus.judged",))


def test_a_file_that_is_not_there_is_told() -> None:
    assert codes(refused(UnreadableTallyError, lambda: small().read("none.csv"))) == ["GR101"]


def test_a_unit_does_not_change() -> None:
    unit = Unit("u1", None, {"bonus.judged": 1})
    with pytest.raises(AttributeError):
        unit.unit = "u2"  # type: ignore[misc] # that it is frozen is tried
    assert len({unit, Unit("u1", None, {"bonus.judged": 1})}) == 1


# Many tallies


def test_many_tallies_are_scored_in_order() -> None:
    tallies: list[Any] = [
        {"bonus.judged": 1, "unit": "u1"},
        Unit("u2", "Two", {"bonus": {"judged": 0}}),
        MappingProxyType({"bonus.judged": "0.5", "work.late": True}),
    ]
    cards = small().score_all(iter(tallies))
    assert [(card.unit, card.name, str(card.total)) for card in cards] == [
        ("u1", None, "8"), ("u2", "Two", "7"), (None, None, "6.5"),
    ]  # fmt: skip
    assert small().score_all([]) == []


def test_all_that_is_wrong_with_any_of_them_is_said_at_once() -> None:
    """Each with the code of its unit, or with its number."""
    tallies: list[Any] = [
        {"bonus.judged": 1},
        {"bonus.judged": 7, "unit": "u1"},
        Unit("u2", None, {"work.lat": True}),
        {"unit": "u\n3", "bonus.judged": 1},
        None,
        {"unit": 3, "bonus.judged": 1},
    ]
    found = refused(TallyError, lambda: small().score_all(tallies))
    assert [(one.code, one.where) for one in found] == [
        ("GR607", "u1.bonus.judged"),
        ("GR601", "u2.work.lat"),
        ("GR602", "u2.bonus.judged"),
        ("GR105", "[3].unit"),
        ("GR613", "[4]"),
        ("GR636", "[5].unit"),
    ]


def test_strict_scoring_of_many() -> None:
    with pytest.raises(TallyError, match=r"u1\.work\.late: error\[GR602\]"):
        small().score_all([{"bonus.judged": 1, "unit": "u1"}], strict=True)


def test_after_a_thousand_findings_no_further_unit_is_scored() -> None:
    drawn = 0

    def endless() -> Any:
        nonlocal drawn
        while True:
            drawn += 1
            yield {}

    assert codes(refused(TallyError, lambda: small().score_all(endless()))) == [*["GR602"] * 99, "GR100"]
    assert drawn == 1001


def test_all_share_the_search_for_near_names() -> None:
    tallies = [{"bonus.judged": 1, f"bonus.judgd{number}": 1} for number in range(50)]
    found = refused(TallyError, lambda: small().score_all(tallies))
    assert {dict(one.args)["near"] for one in found} == {"bonus.judged"}


def test_a_table_of_a_case_is_a_tally() -> None:
    (card,) = small().score_all([Table({"bonus.judged": "1"}).plain()])
    assert str(card.total) == "8"
