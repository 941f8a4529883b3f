"""Variants and ambiguities as users see them."""

import pickle

from classes import chiefs
from govrubric import Ambiguity, Option, Variant


def test_variants_are_listed_by_id() -> None:
    assert chiefs().variants == {
        "city": Variant("city", "City", {}, (), None),
        "county": Variant("county", "county", {"platforms.website.weight": "20"}, ("platforms.area",), None),
    }


def test_ambiguities_are_listed_with_their_options() -> None:
    found = chiefs().ambiguities
    assert list(found) == ["each_percent", "area", "old"]
    assert found["each_percent"] == Ambiguity(
        "each_percent",
        "chiefs.share",
        None,
        "is a part of a percent counted?",
        "whole percents only",
        (
            Option("whole", "whole percents only", {}, (), True, "as last year"),
            Option("prorata", "pro rata", {"chiefs.share.distance.whole": "no"}, (), False, None),
            Option("asked", "the office is asked", {}, (), False, None),
        ),
        None,
    )
    assert [option.runs for option in found["each_percent"].options] == [False, True, False]
    assert found["old"].options == (
        Option(None, "the office", {}, (), True, None),
        Option(None, "the bureau", {}, (), False, None),
    )


def test_values_that_are_nested_are_plain_data() -> None:
    from classes import CHIEFS
    from govrubric import loads

    rubric = loads(
        CHIEFS.replace(
            "set: {platforms.area.bad.deduct: 2}", "set: {platforms.area.rules: [{id: bad, deduct: 1}]}"
        )
    )
    assert rubric.ambiguities["area"].options[1].set == {
        "platforms.area.rules": ({"id": "bad", "deduct": "1"},)
    }
    assert pickle.loads(pickle.dumps(rubric.ambiguities["area"])) == rubric.ambiguities["area"]
