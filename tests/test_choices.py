"""The names of a variant and of readings -> the rubric that they make."""

import pickle
from decimal import Decimal

import pytest

from classes import CHIEFS, chiefs
from govrubric import Chosen, Rubric, RubricError, TallyError, loads


def test_a_variant_is_a_rubric_that_knows_which_it_is() -> None:
    rubric = chiefs()
    county = rubric.variant("county")
    assert (county.chosen, rubric.chosen) == (Chosen("county"), Chosen())
    assert list(county.items) == ["", "platforms", "platforms.website", "chiefs"]
    assert county.digest != rubric.digest
    assert county.scoring_digest != rubric.scoring_digest
    assert rubric.variant("county") is county


def test_a_variant_without_changes_scores_as_the_rubric_does() -> None:
    city = chiefs().variant("city")
    assert city.scoring_digest == chiefs().scoring_digest
    assert city.score({"chiefs.share": 90}).variant == "city"


def test_readings_are_chosen_one_or_more_at_once_and_with_a_variant() -> None:
    rubric = chiefs()
    both = rubric.reading(each_percent="prorata", area="two")
    assert both.chosen == Chosen(None, (("each_percent", "prorata"), ("area", "two")))
    assert both.score({"chiefs.share": "90.5", "platforms.area.bad": True}).total == loads(
        CHIEFS.replace("whole: up", "whole: no")
        .replace("{id: bad, deduct: 1}", "{id: bad, deduct: 2}")
        .partition("variants:")[0]
    ).total({"chiefs.share": "90.5", "platforms.area.bad": True})
    one = rubric.variant("county").reading(each_percent="prorata")
    assert one == rubric.reading(each_percent="prorata").variant("county")
    assert one.chosen == Chosen("county", (("each_percent", "prorata"),))


def test_the_reading_that_is_decided_is_the_rubric_itself() -> None:
    rubric = chiefs()
    assert rubric.reading(each_percent="whole") is rubric
    assert rubric.reading(each_percent="prorata").reading(each_percent="whole") is rubric


@pytest.mark.parametrize(
    ("act", "error", "words"),
    [
        (lambda rubric: rubric.variant("country"), KeyError, "no variant `country`; did you mean `county`"),
        (lambda rubric: rubric.reading(each="whole"), KeyError, "no ambiguity `each`"),
        (lambda rubric: rubric.reading(each_percent="prorate"), KeyError, "did you mean `prorata`"),
        (lambda rubric: rubric.reading(each_percent="asked"), ValueError, "words alone"),
        (lambda rubric: rubric.reading(old="the bureau"), KeyError, "has no option `the bureau`"),
    ],
)  # fmt: skip
def test_an_unknown_name_is_refused_with_the_nearest(act: object, error: type[Exception], words: str) -> None:
    with pytest.raises(error, match=words):
        act(chiefs())  # type: ignore[operator]


TWICE = CHIEFS.replace(
    "set: {platforms.area.bad.deduct: 2}", "set: {chiefs.share.distance: {below: 90, each: 1, points: -1}}"
)


def test_what_says_something_else_of_the_same_value_is_refused() -> None:
    rubric = loads(TWICE)
    with pytest.raises(ValueError, match="each_percent=prorata, area=two: they say something else"):
        rubric.reading(each_percent="prorata", area="two")
    other = CHIEFS.replace("county: {set: {", "county: {set: {chiefs.share.distance.whole: down, ")
    with pytest.raises(TallyError) as error:
        loads(other).reading(each_percent="prorata").score({"variant": "county", "chiefs.share": 95})
    assert [one.code for one in error.value.diagnostics] == ["GR390"]


def test_a_reading_must_fit_the_variant() -> None:
    text = CHIEFS.replace(
        "set: {platforms.area.bad.deduct: 2}",
        "set: {platforms.area.weight: 4, platforms.website.weight: 16}",
    ).replace("set: {platforms.website.weight: 20}", "set: {platforms.weight: 15, total: 25}")
    rubric = loads(text)
    with pytest.raises(RubricError) as error:
        rubric.variant("county").reading(area="two")
    assert [(one.code, one.place) for one in error.value.diagnostics] == [("GR302", None)]
    with pytest.raises(TallyError) as refused:
        rubric.reading(area="two").score({"variant": "county", "chiefs.share": 95})
    assert [one.code for one in refused.value.diagnostics] == ["GR302"]
    assert rubric.variant("city").reading(area="two").items["platforms.area"].weight == 4


def test_two_that_say_the_same_of_a_value_hold_together() -> None:
    rubric = loads(
        CHIEFS.replace("set: {platforms.area.bad.deduct: 2}", "set: {chiefs.share.distance.whole: no}")
    )
    assert rubric.reading(each_percent="prorata", area="two").total({"chiefs.share": "90.5"}) == Decimal(
        "29.55"
    )


def test_a_tally_says_its_variant() -> None:
    rubric = chiefs()
    cards = rubric.score_all(
        [{"unit": "a", "variant": "county", "chiefs.share": 95}, {"unit": "b", "chiefs.share": 95}]
    )
    assert [(card.unit, card.variant) for card in cards] == [("a", "county"), ("b", None)]
    assert rubric.variant("county").score({"variant": "county", "chiefs.share": 95}).variant == "county"
    assert rubric.reading(each_percent="prorata").score(
        {"variant": "county", "chiefs.share": "90.5"}
    ).readings == {"each_percent": "prorata"}


@pytest.mark.parametrize(
    ("variant", "code"),
    [("country", "GR386"), (7, "GR636"), ("county\n", "GR105"), ({"a": 1}, "GR636"), ("", "GR636")],
)
def test_a_wrong_variant_of_a_tally_is_refused(variant: object, code: str) -> None:
    with pytest.raises(TallyError) as error:
        chiefs().score({"variant": variant, "chiefs.share": 95})  # type: ignore[dict-item]
    assert [(one.code, one.path) for one in error.value.diagnostics] == [(code, ("variant",))]


def test_a_variant_scores_no_tally_of_another() -> None:
    with pytest.raises(TallyError) as error:
        chiefs().variant("county").score({"variant": "city", "chiefs.share": 95})
    assert [one.code for one in error.value.diagnostics] == ["GR622"]


def test_without_variants_a_tally_has_no_such_name() -> None:
    rubric = loads(CHIEFS.partition("variants:")[0])
    with pytest.raises(TallyError) as error:
        rubric.score({"variant": "county", "chiefs.share": 95})
    assert [one.code for one in error.value.diagnostics] == ["GR601"]


def test_chosen_rubrics_are_equal_and_pickled_by_text_and_names() -> None:
    rubric = chiefs()
    chosen = rubric.variant("county").reading(each_percent="prorata")
    again = pickle.loads(pickle.dumps(chosen))
    assert (again, again.chosen, hash(again)) == (chosen, chosen.chosen, hash(chosen))
    assert rubric.variant("city") != rubric
    assert pickle.loads(pickle.dumps(rubric)).variant("county") == rubric.variant("county")


def test_the_canonical_text_makes_the_same_rubrics() -> None:
    rubric = chiefs()
    again = loads(rubric.to_text())
    assert again == rubric
    assert again.variant("county") == rubric.variant("county")
    assert Rubric(rubric._text).reading(area="two") == rubric.reading(area="two")
    county = rubric.variant("county")
    assert loads(county.to_text())._text == county._text
    assert [case.name for case in county._text.cases] == ["county"]
    assert [one.id for one in county._text.ambiguities] == ["each_percent", "old"]


def test_a_rubric_built_in_python_is_checked_with_all_that_it_holds() -> None:
    text = chiefs()._text
    wrong = text.model_copy(update={"total": text.total + 1})
    with pytest.raises(RubricError):
        Rubric(wrong)
    broken = loads(
        CHIEFS.replace("without: [platforms.area]", "without: [platforms.area.bad]").replace(
            "platforms.website.weight: 20", "chiefs.weight: 10"
        )
    )
    county = broken._text.variants[1]
    other = county.patch.model_copy(update={"without": ("platforms.area",)})
    with pytest.raises(RubricError) as error:
        Rubric(text.model_copy(update={"variants": (text.variants[0], county._replace(patch=other))}))
    assert [(one.code, one.place) for one in error.value.diagnostics] == [("GR302", None)]


def test_a_card_names_what_it_was_scored_by_and_is_verified_by_the_rubric() -> None:
    rubric = chiefs()
    card = rubric.variant("county").reading(each_percent="prorata").score({"chiefs.share": "90.5"}, unit="a")
    assert (card.variant, card.readings) == ("county", {"each_percent": "prorata"})
    data = card.to_dict()["rubric"]
    assert data["variant"] == {"id": "county", "title": None}
    assert data["readings"] == [{"ambiguity": "each_percent", "option": "prorata", "title": "pro rata"}]
    assert card.explain("en").splitlines()[1:3] == [
        "variant: county",
        "each_percent read as: pro rata (prorata)",
    ]
    assert card.explain("zh").splitlines()[1:3] == ["版本：county", "each_percent 的理解：pro rata (prorata)"]
    read = type(card).from_json(card.to_json())
    assert (read.variant, read.readings, read) == (card.variant, card.readings, card)
    assert read.verify(rubric) == read.verify(rubric.variant("county").reading(each_percent="prorata")) == ()
    assert [one.code for one in read.verify(rubric.variant("city"))] == ["GR706"]
    assert [one.code for one in read.verify(loads(CHIEFS.partition("variants:")[0]))] == ["GR706"]
    assert read.marginal(rubric) == card.marginal()
