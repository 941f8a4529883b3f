"""Which columns were surely meant for an input."""

import unicodedata

import pytest

from govrubric.scoring.input_names import InputNames, NearInputs

INPUTS = [
    "basics.attribution.unlabelled",
    "basics.report.late",
    "basics.report.wrong",
    "media.café_score",
    "calm",
]
TITLES = {
    "": "Form",
    "basics": "Basics",
    "basics.attribution": "Openness marks",
    "basics.report": "Report",
    "media": "新媒体",
}


def meant(column: str, *columns: str) -> str | None:
    return InputNames(INPUTS, columns, TITLES).meant(column)


@pytest.mark.parametrize(
    "column",
    [
        "Basics.Attribution.Unlabelled",
        "BASICS.ATTRIBUTION.UNLABELLED",
        "basics_attribution_unlabelled",
        "basics/attribution/unlabelled",
        "basics attribution unlabelled",
        "basics . attribution . unlabelled",
        "basics．attribution．unlabelled",
        "basics。attribution·unlabelled",
        "basics:attribution:unlabelled",
        "basics-attribution-unlabelled",
        "ｂａｓｉｃｓ.attribution.unlabelled",
        "attribution.unlabelled",
        "Attribution/Unlabelled",
    ],
)
def test_an_input_is_meant_whether_it_has_a_column_or_not(column: str) -> None:
    assert meant(column) == INPUTS[0]
    assert meant(column, INPUTS[0]) == INPUTS[0]


@pytest.mark.parametrize(
    ("column", "near"),
    [
        ("unlabelled", INPUTS[0]),
        ("Late", "basics.report.late"),
        ("basics.attribution", INPUTS[0]),
        ("basics_report", "basics.report.late"),
        ("basics.attribution.unlabeled", INPUTS[0]),
        ("openness marks", INPUTS[0]),
        ("新媒体", "media.café_score"),
        ("media.cafe_score", "media.café_score"),
        ("calms", "calm"),
    ],
)
def test_an_input_without_a_column_is_meant(column: str, near: str) -> None:
    assert meant(column) == near


@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_it_does_not_matter_how_a_character_is_composed(form: str) -> None:
    assert InputNames([unicodedata.normalize("NFC", INPUTS[3])], (), {}).meant(
        unicodedata.normalize(form, "Media.Café_Score")  # type: ignore[arg-type]  # both are forms
    ) == unicodedata.normalize("NFC", INPUTS[3])


@pytest.mark.parametrize(
    "column",
    ["unit", "population", "region", "basics", "Report", "total/30", "basics/30", "·33", " ", "late_2022"],
)
def test_a_column_that_may_be_something_else_is_not_judged(column: str) -> None:
    assert meant(column) is None


@pytest.mark.parametrize("column", ["unlabelled", "openness marks", "basics_attribution"])
def test_what_has_its_column_is_not_meant_by_another(column: str) -> None:
    assert meant(column, INPUTS[0]) is None


@pytest.mark.parametrize("column", ["basics.nothing_like_it", "Basics.x", "basics．x"])
def test_what_begins_with_the_id_of_an_indicator_is_a_path(column: str) -> None:
    assert meant(column) is not None


def test_a_name_in_a_tally_is_told_the_same_input() -> None:
    near = NearInputs(INPUTS)
    assert near.nearest("BASICS/ATTRIBUTION/UNLABELLED") == INPUTS[0]
    assert near.nearest("attribution.unlabelled") == INPUTS[0]
    assert near.nearest("nothing") == ""
