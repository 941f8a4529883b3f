"""Variants and readings in all that reads a rubric: files of tallies, cases, cards, reports, diff and commands."""

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

import govrubric
from classes import CHIEFS, chiefs
from govrubric import TallyError, loads, read_cards, tally_files
from govrubric.cli import main
from govrubric.reports.outline import outline
from govrubric.reports.score_table import as_csv, table
from govrubric.scoring import card_files

TALLIES: list[dict[str, Any]] = [
    {"unit": "a", "variant": "county", "chiefs.share": 95},
    {"unit": "b", "chiefs.share": 95, "platforms.area.bad": True},
]


def test_each_unit_of_a_table_may_have_a_variant_of_its_own(tmp_path: Path) -> None:
    file = tmp_path / "t.csv"
    file.write_text(
        "unit,variant,chiefs.share,platforms.area.bad\na,county,95,\nb,,95,true\nc,city,95,\n", "utf-8"
    )
    rubric = chiefs()
    assert [(unit.unit, unit.variant) for unit in rubric.read(file)] == [
        ("a", "county"),
        ("b", None),
        ("c", "city"),
    ]
    cards = tally_files.read(rubric, file)
    assert [card.variant for card in cards] == ["county", None, "city"]
    assert [card.total for card in cards] == [30, 29, 30]


@pytest.mark.parametrize(
    ("row", "code", "column"),
    [("a,country,95,", "GR386", 3), ("a,county,95,true", "GR601", 13), ("a,county,,", "GR602", 10), ("a,\t,95,true", None, 0)],
)  # fmt: skip
def test_what_is_wrong_with_a_unit_of_a_variant_is_told_at_its_cell(
    tmp_path: Path, row: str, code: str | None, column: int
) -> None:
    file = tmp_path / "t.csv"
    file.write_text(f"unit,variant,chiefs.share,platforms.area.bad\n{row}\n", "utf-8")
    try:
        tally_files.read(chiefs(), file)
    except TallyError as error:
        found = [(one.code, one.place.column if one.place else 0) for one in error.diagnostics]
    else:
        found = []
    assert found == ([] if code is None else [(code, column)])


def test_an_input_that_only_a_variant_has_may_be_a_column(tmp_path: Path) -> None:
    text = (
        CHIEFS.replace("without: [platforms.area]", "without: [platforms.area, chiefs.share]")
        .replace(
            "platforms.website.weight: 20",
            "platforms.website.weight: 20, chiefs.rules: [{id: judged, judge: 10}]",
        )
        .replace("without: [platforms.area, chiefs.share]", "without: [platforms.area]")
    )
    file = tmp_path / "t.csv"
    file.write_text("unit,variant,chiefs.share,chiefs.judged\na,county,,8\nb,,95,\n", "utf-8")
    assert [card.total for card in tally_files.read(loads(text), file)] == [28, 30]
    file.write_text("unit,variant,chiefs.judged\na,county,8\n", "utf-8")
    assert [card.total for card in tally_files.read(loads(text), file)] == [28]
    file.write_text("unit,variant\na,county\n", "utf-8")
    with pytest.raises(TallyError) as error:
        tally_files.read(loads(text), file)
    assert [(one.code, dict(one.args)["name"]) for one in error.value.diagnostics] == [
        ("GR602", "chiefs.judged")
    ]


def test_a_column_of_variants_belongs_to_rubrics_that_have_them(tmp_path: Path) -> None:
    file = tmp_path / "t.csv"
    file.write_text("unit,variant,chiefs.share\na,county,95\n", "utf-8")
    with pytest.raises(TallyError) as error:
        tally_files.read(chiefs().variant("county"), file)
    assert [one.code for one in error.value.diagnostics] == ["GR601"]


def test_a_unit_of_a_nested_file_may_have_a_variant(tmp_path: Path) -> None:
    file = tmp_path / "t.yaml"
    file.write_text(
        "- {unit: a, variant: county, chiefs: {share: 95}}\n- {unit: b, chiefs: {share: 95}}\n", "utf-8"
    )
    assert [card.variant for card in tally_files.read(chiefs(), file)] == ["county", None]
    file.write_text("{unit: a, variant: [county], chiefs: {share: 95}}\n", "utf-8")
    with pytest.raises(TallyError) as error:
        tally_files.read(chiefs(), file)
    assert [one.code for one in error.value.diagnostics] == ["GR636"]


def test_only_units_of_the_rubric_itself_are_compared() -> None:
    tallies: list[dict[str, Any]] = [
        {"unit": "a", "chiefs.share": 95}, {"unit": "b", "variant": "county", "chiefs.share": 95},
    ]  # fmt: skip
    rubric = chiefs()
    with pytest.raises(TallyError) as error:
        govrubric.whatif(rubric, tallies)
    with pytest.raises(TallyError) as other:
        govrubric.diff(rubric, rubric, tallies)
    for refused in (error, other):
        assert [(one.code, one.path) for one in refused.value.diagnostics] == [("GR638", ("b", "variant"))]
    assert len(tally_files.of_one(rubric, tally_files.scored(rubric, tallies[:1]))) == 1


# Cases


def test_cases_are_scored_by_what_they_name() -> None:
    report = govrubric.test(chiefs())
    assert report.passed
    assert [(case.name, case.card and case.card.variant) for case in report.files[0].cases] == [
        ("base", None), ("pro rata", None), ("county", "county"),
    ]  # fmt: skip
    assert [(one.rubric.chosen.variant, one.touched) for one in report.coverage] == [(None, 5), ("county", 3)]
    assert [one["variant"] for one in report.to_dict()["coverage"]] == [None, "county"]
    assert "chiefs (county): " in str(report)


def test_the_cases_of_a_variant_are_those_that_name_it() -> None:
    report = govrubric.test(chiefs().variant("county"))
    assert [(case.name, case.passed) for case in report.files[0].cases] == [("county", True)]
    assert [one.rubric.chosen.variant for one in report.coverage] == ["county"]


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("variant: country", "GR386"), ("reading: {each: prorata}", "GR387"), ("reading: {area: three}", "GR388"),
        ("reading: {each_percent: asked}", "GR389"), ("reading: {each_percent: prorata, area: two}", "GR390"),
        ("variant: county, reading: {area: two}", "GR302"),
    ],
)  # fmt: skip
def test_a_case_that_names_no_sound_rubric_fails(name: str, code: str) -> None:
    text = CHIEFS.replace("variant: county, tally", f"{name}, tally")
    if code == "GR390":
        text = text.replace("platforms.area.bad.deduct: 2", "chiefs.share.distance.whole: down")
    if code == "GR302":
        text = text.replace(
            "platforms.area.bad.deduct: 2", "platforms.area.weight: 4, platforms.website.weight: 16"
        )
        text = text.replace("{platforms.website.weight: 20}", "{platforms.weight: 15, total: 25}")
    (*_, case) = govrubric.test(loads(text)).files[0].cases
    assert [one.code for one in case.diagnostics] == [code]


def test_two_cases_of_different_rubrics_may_have_one_tally() -> None:
    assert [one.code for one in govrubric.check(text=CHIEFS) if one.code == "GR433"] == []
    same = CHIEFS.replace("name: base, tally", "name: base, reading: {each_percent: prorata}, tally")
    assert "GR433" in [one.code for one in govrubric.check(text=same)]


# Cards and reports


def test_cards_of_several_variants_are_one_file(tmp_path: Path) -> None:
    rubric = chiefs()
    file = tmp_path / "cards.json"
    head = {"id": rubric.id, "title": rubric.title, "digest": rubric.digest}
    cards = [card.to_dict() for card in rubric.score_all(TALLIES)]
    file.write_text(json.dumps({"rubric": head, "cards": cards}), "utf-8")
    assert [card.verify(rubric) for card in read_cards(file)] == [(), ()]
    file.write_text(json.dumps({"rubric": head, "cards": cards[:1]}), "utf-8")
    assert [card.variant for card in read_cards(file)] == ["county"]
    file.write_text(json.dumps({"rubric": {**head, "digest": "sha256:0"}, "cards": cards}), "utf-8")
    assert [one.code for entry in card_files.cards(str(file)) for one in entry.findings] == ["GR705"]
    file.write_text(json.dumps({"rubric": "chiefs", "cards": cards}), "utf-8")
    assert [one.code for entry in card_files.cards(str(file)) for one in entry.findings] == ["GR705"]


def test_two_cards_of_one_variant_have_one_digest(tmp_path: Path) -> None:
    other = loads(
        CHIEFS.replace("platforms.website.weight: 20", "platforms.website.weight: 20, chiefs.title: C")
    )
    file = tmp_path / "cards.json"
    cards = [
        rubric.variant("county").score({"chiefs.share": 95}, unit=unit).to_dict()
        for unit, rubric in (("a", chiefs()), ("b", other))
    ]
    head = {"id": "chiefs", "title": "Chiefs", "digest": chiefs().digest}
    file.write_text(json.dumps({"rubric": head, "cards": cards}), "utf-8")
    assert [one.code for entry in card_files.cards(str(file)) for one in entry.findings] == ["GR705"]


@pytest.mark.parametrize(
    ("where", "value"),
    [("variant", "county"), ("variant", {"id": "County", "title": None}), ("variant", {"id": "a"}), ("readings", {}),
     ("readings", [{"ambiguity": "A", "option": "b", "title": None}]), ("readings", [{"ambiguity": "a", "option": 1, "title": None}])],
)  # fmt: skip
def test_a_card_that_names_them_in_another_form_is_refused(where: str, value: object) -> None:
    data = chiefs().score({"chiefs.share": 95}).to_dict()
    data["rubric"][where] = value
    with pytest.raises(govrubric.CardError):
        govrubric.ScoreCard.from_dict(data)


def test_a_table_of_scores_has_a_column_of_variants() -> None:
    rubric = loads(
        CHIEFS.replace("without: [platforms.area]", "without: [platforms.area, chiefs]").replace(
            "platforms.website.weight: 20", "platforms.website.weight: 20, total: 20"
        )
    )
    cards = rubric.score_all([{"unit": "a", "variant": "county"}, TALLIES[1]])
    lines = table(rubric, cards, "en").splitlines()
    assert lines[2].split() == ["unit", "variant", "grade", "total", "1", "2"]
    assert lines[4].split() == ["a", "county", "bad", "20.00", "20", "–"]
    rows = as_csv(rubric, cards).splitlines()
    assert rows[0].split(",")[:5] == ["unit", "name", "variant", "total", "grade"]
    assert rows[1].split(",") == ["a", "", "county", "20.00", "bad", "20", "20", "", ""]
    assert "variant" not in as_csv(rubric, cards[1:])


def test_the_outline_tells_variants_and_options() -> None:
    text = outline(
        loads(
            CHIEFS.replace(
                "{title: City}",
                "{title: City, note: since 2024, set: {chiefs.share.distance: {below: 9, each: 1, points: -1}, grades: [{grade: x}]}}",
            )
        ),
        "en",
    )
    assert text[text.index("variants for classes") :].splitlines()[:8] == [
        "variants for classes of units:",
        "  city City",
        "    chiefs.share.distance: {below: 9, each: 1, points: -1}",
        "    grades: [{grade: x}]",
        "    note: since 2024",
        "  county",
        "    platforms.website.weight: 20",
        "    without platforms.area",
    ]
    assert (
        "      - prorata pro rata\n        chiefs.share.distance.whole: no\n      - asked the office is asked\n"
        in text
    )
    assert "      - the bureau\n" in text
    assert "  去掉 platforms.area" in outline(chiefs(), "zh")
    untitled = outline(loads(CHIEFS.replace("{title: pro rata, set", "{set")), "en")
    assert "      - prorata\n" in untitled


def test_a_difference_of_variants_can_change_scores() -> None:
    other = (
        CHIEFS.replace(
            "platforms.website.weight: 20",
            "platforms.website.weight: 20, platforms.website.stale.deduct: 0.2",
        )
        .replace("title: City", "title: Cities")
        .replace("title: pro rata", "title: by part")
    )
    changes = [
        (one.what, one.old, one.key, one.scoring) for one in govrubric.diff(chiefs(), loads(other)).changes
    ]
    assert changes == [
        ("variant", "city", "title", False),
        ("variant", "county", "set", True),
        ("ambiguity", "each_percent", "options.prorata.title", False),
    ]
    gone = govrubric.diff(loads(CHIEFS.replace("  city: {title: City}\n", "")), chiefs())
    assert [(one.kind, one.what, one.new) for one in gone.changes] == [("added", "variant", "city")]
    assert "City" in str(gone)
    assert "版本" in gone.to_text("zh")


# Commands


def run(*arguments: object) -> Result:
    return CliRunner().invoke(main, [*map(str, arguments)])


def written(folder: Path, rows: str) -> tuple[Path, Path]:
    rubric, tallies = folder / "r.yaml", folder / "t.csv"
    rubric.write_text(CHIEFS, "utf-8")
    tallies.write_text(rows, "utf-8")
    return rubric, tallies


def test_commands_score_each_unit_by_its_variant(tmp_path: Path) -> None:
    rubric, tallies = written(tmp_path, "unit,variant,chiefs.share\na,county,95\nb,,90.5\n")
    assert run("score", rubric, tallies).exit_code == 0
    assert "variant: county" in run("explain", rubric, tallies, "--lang", "en").output
    cards = tmp_path / "cards.json"
    assert run("score", rubric, tallies, "--format", "json", "--out", cards).exit_code == 0
    assert run("verify", cards, rubric, "--tally", tallies).exit_code == 0
    assert run("test", rubric).exit_code == 0


def test_commands_that_look_at_one_rubric_take_a_variant(tmp_path: Path) -> None:
    rubric, tallies = written(tmp_path, "unit,variant,chiefs.share\na,county,95\nb,,90.5\n")
    for command in (("whatif", rubric, tallies), ("diff", rubric, rubric, "--tally", tallies)):
        refused = run(*command)
        assert (refused.exit_code != 0, "GR638" in refused.output) == (True, True)
    alone = tmp_path / "alone.csv"
    alone.write_text("unit,chiefs.share\na,95\nb,90.5\n", "utf-8")
    assert run("whatif", rubric, alone, "--variant", "county").exit_code == 0
    assert run("diff", rubric, rubric, "--tally", alone, "--variant", "county").exit_code == 0
    assert "chiefs · sha256:" in run("show", rubric, "--variant", "county").output
    assert "Area" not in run("show", rubric, "--variant", "county").output
    refused = run("batch", rubric, tallies, tmp_path / "o.parquet")
    assert (refused.exit_code, "GR661" in refused.output) == (1, True)
    assert run("batch", rubric, alone, tmp_path / "o.parquet", "--variant", "county").exit_code == 0


def test_a_new_year_is_asked_for_the_numbers_of_variants_too() -> None:
    from govrubric.document.yaml import parse
    from govrubric.editing.marking import deciding
    from govrubric.language.rubric_text import RubricText

    text = CHIEFS.replace(
        "platforms.website.weight: 20",
        "platforms.website.weight: 20, chiefs.title: Chief 2, grades: [{grade: x, from: 3}], platforms.area.bad.when: n > 3",
    )
    nodes = parse("t", text)
    found = {
        path[-2:] if "grades" not in path else path[-3:]
        for path in deciding((), nodes.value, (RubricText,))
        if path[0] == "variants"
    }
    assert found == {
        ("set", "platforms.website.weight"),
        ("grades", 0, "from"),
        ("set", "platforms.area.bad.when"),
    }


# Places


def ranked(tmp_path: Path, form: str) -> Result:
    file = tmp_path / "t.csv"
    file.write_text("unit,variant,chiefs.share\na,,94\nb,county,90\nc,,95\nd,,94\n", "utf-8")
    (tmp_path / "r.yaml").write_text(CHIEFS, "utf-8")
    return CliRunner().invoke(
        main, ["score", str(tmp_path / "r.yaml"), str(file), "--rank", "--format", form]
    )


def test_the_place_stands_before_the_total_in_a_table(tmp_path: Path) -> None:
    lines = ranked(tmp_path, "table").stdout.splitlines()
    assert [line.split()[:5] for line in lines[2:8]] == [
        ["unit", "variant", "grade", "place", "total"],
        ["─" * width for width in (4, 7, 5, 5, 5)],
        ["a", "–", "good", "2", "29.90"],
        ["b", "county", "good", "1", "29.50"],
        ["c", "–", "good", "1", "30.00"],
        ["d", "–", "good", "2", "29.90"],
    ]


def test_the_place_is_a_column_of_a_csv(tmp_path: Path) -> None:
    rows = [line.split(",")[:6] for line in ranked(tmp_path, "csv").stdout.splitlines()]
    assert rows[:3] == [
        ["unit", "name", "variant", "place", "total", "grade"],
        ["a", "", "", "2", "29.90", "good"],
        ["b", "", "county", "1", "29.50", "good"],
    ]


def test_the_places_stand_beside_the_cards_and_are_verified(tmp_path: Path) -> None:
    text = ranked(tmp_path, "json").stdout
    assert json.loads(text)["ranking"] == [
        {"unit": "a", "variant": None, "place": 2},
        {"unit": "b", "variant": "county", "place": 1},
        {"unit": "c", "variant": None, "place": 1},
        {"unit": "d", "variant": None, "place": 2},
    ]
    cards = tmp_path / "cards.json"
    cards.write_text(text, "utf-8")
    arguments = ["verify", str(cards), str(tmp_path / "r.yaml")]
    assert CliRunner().invoke(main, arguments).exit_code == 0
    cards.write_text(text.replace('"place": 1', '"place": 3', 1), "utf-8")
    result = CliRunner().invoke(main, arguments)
    assert result.exit_code == 1
    assert "GR705" in result.stdout + result.stderr
    assert "ranking[1].place" in result.stdout + result.stderr


def test_there_is_no_place_where_there_is_no_total() -> None:
    text = CHIEFS.replace(
        "grades:", "gates: [{id: veto, when: platforms.website.stale > 8, score: none}]\ngrades:"
    )
    rubric = loads(text)
    cards = rubric.score_all([{"unit": "a", "chiefs.share": 94, "platforms.website.stale": 9}])
    assert table(rubric, cards, "en", ranked=True).splitlines()[4].split()[:4] == [
        "a",
        "–",
        "none",
        "none",
    ]
    assert as_csv(rubric, cards, ranked=True).splitlines()[1].startswith("a,,,,")
