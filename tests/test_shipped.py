"""Both 2023 rubrics against the two official forms: weights, rules, wording, readings and example units."""

import re
from fractions import Fraction
from pathlib import Path

import pytest

from govrubric import check, shipped, tally_files
from govrubric.formula.nodes import Input
from govrubric.language.rubric_text import parts

FORMS = Path(__file__).parent / "golden" / "2023-forms.txt"
EXAMPLES = Path(__file__).parents[1] / "examples"
RUBRICS = Path(__file__).parents[1] / "rubrics"
NAMES = ("2023-district", "2023-department")

SHARED: dict[str, str] = {
    "basics": "10",
    "basics.attribution": "5",
    "basics.annual_report": "5",
    "normative_documents": "5",
    "normative_documents.review": "2",
    "normative_documents.upload": "2",
    "normative_documents.website": "1",
    "platforms.website": "10",
    "platforms.new_media": "10",
    "interpretation": "10",
    "interpretation.synchrony": "3",
    "interpretation.forms": "3",
    "interpretation.targeting": "4",
    "on_request": "10",
    "on_request.procedure": "4",
    "on_request.reversals": "4",
    "on_request.complaints": "2",
    "interaction": "10",
    "interaction.message_boards": "5",
    "interaction.open_month": "5",
    "organisation": "15",
    "organisation.leadership": "3",
    "organisation.training": "3",
    "organisation.appraisal": "3",
    "organisation.guidance": "3",
    "organisation.assigned_tasks": "3",
    "innovation": "10",
    "innovation.measures": "5",
    "innovation.adoption": "5",
}
WEIGHTS = {
    "2023-district": SHARED | {"platforms": "25", "platforms.service_area": "5", "standardisation": "5"},
    "2023-department": SHARED
    | {
        "platforms": "20",
        "convenience": "10",
        "convenience.online_services": "5",
        "convenience.self_service": "3",
        "convenience.public_institutions": "2",
    },
}
ORDER = {
    "2023-district": [
        "basics",
        "normative_documents",
        "platforms",
        "interpretation",
        "standardisation",
        "on_request",
        "interaction",
        "organisation",
        "innovation",
    ],
    "2023-department": [
        "basics",
        "normative_documents",
        "platforms",
        "interpretation",
        "on_request",
        "interaction",
        "convenience",
        "organisation",
        "innovation",
    ],
}

# Path -> what the rule says in English, which has its verb, its amounts and its unit.
SHARED_RULES: dict[str, str] = {
    "basics.attribution.unlabelled": "0.1 off per 例",
    "basics.annual_report.late": "2 off once",
    "basics.annual_report.inaccurate": "1 off once",
    "normative_documents.review.unfinished": "0.1 off per 件",
    "normative_documents.upload.unfinished": "0.1 off per 件",
    "normative_documents.upload.nonstandard_format": "0.1 off per 件",
    "normative_documents.website.unpublished": "0.1 off per 件",
    "normative_documents.website.not_withdrawn": "0.1 off per 件",
    "platforms.website.stale_column": "0.1 off per 次",
    "platforms.website.wording_error": "0.5 off per 项",
    "platforms.website.late_rectification": "0.1 off per 项",
    "platforms.website.security_flaw": "0.5 off per 次",
    "platforms.new_media.operation_score": "converted from a score out of 100",
    "interpretation.synchrony.unsynchronised": "0.1 off per 项",
    "interpretation.forms.hollow": "0.1 off per 项",
    "on_request.procedure.unlawful_reply": "0.1 off per 例",
    "on_request.reversals.reversed": "0.2 off per 例",
    "on_request.complaints.supervision_failure": "0.1 off per 例",
    "on_request.complaints.confirmed_fault": "0.2 off per 例",
    "interaction.message_boards.late_response": "0.1 off per 例",
    "organisation.leadership.assessed": "judged, 0 to 3",
    "organisation.training.assessed": "judged, 0 to 3",
    "organisation.appraisal.assessed": "judged, 0 to 3",
    "organisation.guidance.assessed": "judged, 0 to 3",
    "organisation.assigned_tasks.assessed": "judged, 0 to 3",
    "innovation.measures.assessed": "judged, 0 to 5",
    "innovation.adoption.adopted": "per 件: 市级 1 added, 省级 3 added, 国务院 5 added",
}
RULES = {
    "2023-district": SHARED_RULES
    | {
        "platforms.service_area.inadequate": "1 off once",
        "interpretation.targeting.assessed": "judged, 0 to 4",
        "standardisation.outdated_or_incomplete": "0.1 off per 项",
        "interaction.open_month.poorly_organised": "0.5 off once",
    },
    "2023-department": SHARED_RULES
    | {
        "interpretation.targeting.inaccurate_label": "0.1 off per 项",
        "interaction.open_month.absent": "forfeits what is left",
        "convenience.online_services.assessed": "judged, 0 to 5",
        "convenience.self_service.assessed": "judged, 0 to 3",
        "convenience.public_institutions.assessed": "judged, 0 to 2",
    },
}

# Where each reading of the text is registered.
SHARED_READINGS: dict[str, str] = {
    "innovation_weight": "innovation",
    "floor_everywhere": "normative_documents.review.unfinished",
    "review_and_upload": "normative_documents.upload.unfinished",
    "hollow_scope": "interpretation.forms.hollow",
    "security_flaw_slip": "platforms.website.security_flaw",
    "conversion": "platforms.new_media.operation_score",
    "fault_charged_to": "on_request.complaints.confirmed_fault",
    "two_faults_once": "basics.annual_report.inaccurate",
}
READINGS = {
    "2023-district": SHARED_READINGS | {"targeting_standard": "interpretation.targeting"},
    "2023-department": SHARED_READINGS | {"open_month_absence": "interaction.open_month.absent"},
}

# Computed from the weights and rules of the forms with fractions, apart from this project.
TOTALS = {
    "2023-district": {
        "d01": "100.00",
        "d02": "96.86",
        "d03": "83.63",
        "d04": "62.39",
        "d05": "94.51",
        "d06": "60.55",
        "d07": "87.99",
        "d08": "77.85",
        "d09": "99.03",
        "d10": "64.97",
        "d11": "85.87",
        "d12": "76.87",
    },
    "2023-department": {
        "p01": "92.64",
        "p02": "84.62",
        "p03": "100.00",
        "p04": "72.26",
        "p05": "63.19",
        "p06": "60.29",
        "p07": "90.44",
        "p08": "74.53",
        "p09": "72.75",
        "p10": "96.77",
        "p11": "82.80",
        "p12": "62.88",
    },
}


def form(name: str) -> str:
    """The text of one of the two forms."""
    district, department = FORMS.read_text("utf-8").split("附件3")
    return district if name == "2023-district" else department


@pytest.mark.parametrize("name", NAMES)
def test_a_shipped_rubric_has_no_finding(name: str) -> None:
    assert check(RUBRICS / f"{name}.yaml") == []


@pytest.mark.parametrize("name", NAMES)
def test_the_weights_are_those_of_the_form(name: str) -> None:
    items = {path: item.weight for item, path, _ in parts(shipped(name)._text) if path}
    assert items == {path: Fraction(weight) for path, weight in WEIGHTS[name].items()}


@pytest.mark.parametrize("name", NAMES)
def test_the_indicators_stand_in_the_order_of_the_form(name: str) -> None:
    assert [item.id for item in shipped(name)._text.indicators] == ORDER[name]


@pytest.mark.parametrize("name", NAMES)
def test_the_rules_are_those_of_the_form(name: str) -> None:
    rules = {
        f"{path}.{rule.id}": rule.says("en")
        for item, path, _ in parts(shipped(name)._text)
        for rule in item.rules
    }
    assert rules == RULES[name]


@pytest.mark.parametrize("name", NAMES)
def test_the_total_is_100_rounded_half_up_to_two_places(name: str) -> None:
    text = shipped(name)._text
    assert (text.total, text.round.places, text.round.mode) == (Fraction(100), 2, "half_up")


@pytest.mark.parametrize(("name", "titles"), [("2023-district", 9), ("2023-department", 9)])
def test_the_titles_of_indicators_are_those_of_the_form(name: str, titles: int) -> None:
    text = shipped(name)._text
    found = [
        indicator.title
        for indicator in text.indicators
        if re.search(rf"^\t?{re.escape(indicator.title)}[(（]\d+分?[)）]$", form(name), re.MULTILINE)
    ]
    assert (len(found), text.title in form(name)) == (titles, True)


@pytest.mark.parametrize("name", NAMES)
def test_every_clause_stands_in_the_form_word_for_word(name: str) -> None:
    text = shipped(name)._text
    clauses = [item.clause for item, path, _ in parts(text) if path and getattr(item, "clause", None)]  # type: ignore[union-attr] # it has one: the filter says so
    clauses += [rule.clause for item, _, _ in parts(text) for rule in item.rules]
    clauses += [one.clause for one in text.ambiguities]
    assert len(clauses) > 50
    assert [clause for clause in clauses if clause is not None and clause not in form(name)] == []


@pytest.mark.parametrize("name", NAMES)
def test_a_rule_without_a_clause_says_why(name: str) -> None:
    bare = [rule for item, _, _ in parts(shipped(name)._text) for rule in item.rules if rule.clause is None]
    assert [rule.note for rule in bare] == ["评分标准未列此项，由考评方评定。"] * len(bare)
    assert len(bare) == {"2023-district": 2, "2023-department": 1}[name]


@pytest.mark.parametrize("name", NAMES)
def test_who_assesses_is_as_the_form_says(name: str) -> None:
    assessed = {item.assessed_by for item in shipped(name)._text.indicators}
    assert all(one is None or one in form(name) for one in assessed)


@pytest.mark.parametrize("name", NAMES)
def test_every_reading_of_the_text_is_registered(name: str) -> None:
    registered = shipped(name)._text.ambiguities
    assert {one.id: one.at for one in registered} == READINGS[name]
    assert [one.id for one in registered if len(one.options) < 2 or not one.clause] == []


def test_ten_readings_are_registered_in_all() -> None:
    assert len(READINGS["2023-district"] | READINGS["2023-department"]) == 10


@pytest.mark.parametrize(
    ("name", "file"), [("2023-district", "2023-districts.csv"), ("2023-department", "2023-departments.csv")]
)
def test_the_example_units_have_their_totals(name: str, file: str) -> None:
    cards = tally_files.read(shipped(name), EXAMPLES / file)
    assert {card.unit: f"{card.total:.2f}" for card in cards} == TOTALS[name]
    assert [finding for card in cards for finding in card.verify(shipped(name))] == []


def test_the_example_of_one_district_has_its_total() -> None:
    # 4.7 + 4 + 1.8 + 1.5 + 0.8 + 8.7 + 8.865 + 5 + 2.7 + 2.5 + 3.25 + 4.3 + 3.9 + 3.6 + 1.8 + 4.1 + 5 + 13.65 + 4 + 4 = 88.165
    (card,) = tally_files.read(shipped("2023-district"), EXAMPLES / "district-one.yaml")
    assert (card.unit, str(card.total), str(card.exact_total)) == ("d01", "88.17", "88.165")


@pytest.mark.parametrize(
    ("name", "counts", "flags", "numbers"), [("2023-district", 21, 4, 8), ("2023-department", 21, 3, 10)]
)
def test_the_inputs_of_a_form(name: str, counts: int, flags: int, numbers: int) -> None:
    kinds = [one.kind for one in shipped(name)._inputs.values() if isinstance(one, Input)]
    assert (kinds.count("count"), kinds.count("flag"), kinds.count("number")) == (counts, flags, numbers)


@pytest.mark.parametrize("name", NAMES)
def test_each_rubric_brings_eleven_cases(name: str) -> None:
    assert len(shipped(name)._text.cases) == 11


@pytest.mark.parametrize("name", NAMES)
def test_titles_of_levels_are_words_of_the_form(name: str) -> None:
    form = FORMS.read_text("utf-8")
    rubric = shipped(name)
    inputs = [one for one in rubric.inputs.values() if one.rule == "innovation.adoption.adopted"]
    titles = [one.title.removeprefix("经验材料被选用：") for one in inputs]
    assert titles == ["市级", "省级", "国务院"]
    assert all(f"被{title}选用" in form for title in titles)
