"""Variants and options as they are written."""

import pickle

import pytest

from classes import CHIEFS, chiefs
from govrubric import RubricError, loads
from govrubric.language.variants_text import OptionText, Settings


def test_an_option_may_be_text_alone() -> None:
    one = chiefs()._text.ambiguities[0]
    assert [(option.id, option.title, option.patch.runs) for option in one.named] == [
        ("whole", "whole percents only", False), ("prorata", "pro rata", True), ("asked", "the office is asked", False),
    ]  # fmt: skip
    assert chiefs()._text.ambiguities[2].named == ()


def test_a_decision_in_words_is_the_title_of_its_option() -> None:
    first, _, last = chiefs()._text.ambiguities
    assert (first.decision, first.decided) == ("whole", "whole percents only")
    assert last.decided == "the office"


def test_an_option_without_a_title_goes_by_its_id() -> None:
    rubric = loads(CHIEFS.replace("{title: pro rata, set", "{set"))
    assert rubric._text.ambiguities[0].named[1].title == "prorata"
    assert loads(rubric.to_text()) == rubric


def test_an_option_with_a_note_is_written_in_full() -> None:
    assert '    whole:\n     title: "whole percents only"\n     note:' in chiefs().to_text().replace("'", '"')
    assert '    asked: "the office is asked"' in chiefs().to_text()


def test_a_text_that_quotes_would_escape_is_written_as_a_condition_is() -> None:
    text = CHIEFS.replace(
        "set: {platforms.area.bad.deduct: 2}",
        "set: {platforms.area.bad.when: 'kind == \"x\"', chiefs.title: a, chiefs.rules: [{id: share, deduct: 1}]}",
    )
    text = text.replace("{id: bad, deduct: 1}", "{id: bad, deduct: 1, when: 'kind == \"y\"'}").replace(
        "grades:", "facts: {kind: {choice: [x, y]}}\ngrades:"
    )
    text = text.replace(
        "set: {chiefs.share.distance.whole: no}",
        "set: {chiefs.share.distance: {below: 95, each: 1, points: -0.2}}",
    )
    rubric = loads(text)
    assert "platforms.area.bad.when: 'kind == \"x\"'" in rubric.to_text()
    assert loads(rubric.to_text()) == rubric


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("{title: City}", "{titel: City}", "GR201"),
        ("{title: City}", "{set: {}}", "GR222"),
        ("{title: City}", "{without: []}", "GR222"),
        ("{title: City}", "city", "GR204"),
        ("options: [the office, the bureau]", "options: {}", "GR222"),
        ("options: [the office, the bureau]", "options: []", "GR222"),
        ("reading: {each_percent: prorata}", "reading: {each_percent: [prorata]}", "GR206"),
        ("reading: {each_percent: prorata}", "reading: {}", "GR222"),
    ],
)  # fmt: skip
def test_what_is_wrong_in_one_field_is_told_there(old: str, new: str, code: str) -> None:
    with pytest.raises(RubricError) as error:
        loads(CHIEFS.replace(old, new))
    assert [one.code for one in error.value.diagnostics] == [code]


def test_settings_are_pickled() -> None:
    settings = Settings({"a.b": "1"})
    again = pickle.loads(pickle.dumps(settings))
    assert (again, type(again)) == (settings, Settings)
    assert OptionText(title="x").runs is False
