"""The rubrics that patches make, and where their findings stand."""

import govrubric
from classes import CHIEFS, chiefs
from govrubric import Diagnostic, RubricError, loads


def found(text: str) -> list[Diagnostic]:
    try:
        loads(text)
    except RubricError as error:
        return list(error.diagnostics)
    return []


def at(finding: Diagnostic) -> tuple[str, int, str, str]:
    """The code, the line, the marked characters, and the path."""
    assert finding.place is not None
    excerpt = finding.place.excerpt
    marked = excerpt[finding.place.column - 1 : finding.place.end - 1]
    return finding.code, finding.place.line, marked, ".".join(map(str, finding.path))


COUNTY = CHIEFS[: CHIEFS.index("  county:")].count("\n") + 1


def test_a_finding_within_a_new_value_stands_there() -> None:
    (one,) = found(CHIEFS.replace("platforms.website.weight: 20", "platforms.website.weight: many"))
    assert at(one) == ("GR207", COUNTY, "many", "variants.county.set.platforms.website.weight")
    assert one.message() == "as the variant `county`: " + Diagnostic.of("GR207", value="many").message()
    assert one.message("zh").startswith("按版本“county”：")
    assert one.related == ()


def test_a_finding_elsewhere_stands_at_the_nearest_edit_and_points_there() -> None:
    (one,) = found(CHIEFS.replace("platforms.website.weight: 20", "platforms.website.weight: 18"))
    assert at(one) == ("GR302", COUNTY, "18", "variants.county.set.platforms.website.weight")
    assert [(other.role, other.place.line) for other in one.related] == [("here", 9)]
    (other,) = found(CHIEFS.replace("set: {platforms.website.weight: 20}, without", "without"))
    assert at(other) == ("GR302", COUNTY, "platforms.area", "variants.county.without.0")


def test_a_finding_of_a_reading_says_so() -> None:
    (one,) = found(
        CHIEFS.replace("chiefs.share.distance.whole: no", "chiefs.share.distance.whole: sometimes")
    )
    assert one.message().startswith("read as `each_percent: prorata`: ")
    assert one.message("zh").startswith("按理解“each_percent: prorata”：")


def test_a_condition_within_a_new_value_has_its_characters() -> None:
    text = CHIEFS.replace("{id: bad, deduct: 1}", "{id: bad, deduct: 1, when: score(chiefs) > 1}")
    (one,) = found(
        text.replace(
            "set: {platforms.area.bad.deduct: 2}", "set: {platforms.area.bad.when: score(chief) > 1}"
        )
    )
    assert at(one)[0] == "GR515"
    assert at(one)[2] == "chief"
    (escaped,) = found(
        text.replace(
            "set: {platforms.area.bad.deduct: 2}", 'set: {platforms.area.bad.when: "score(chiefs) > \\x31"}'
        )
    )
    assert escaped.code == "GR519"


def test_what_the_rubric_has_itself_is_told_once() -> None:
    text = CHIEFS.replace(
        "{id: share, distance", "{id: never, award: 1, when: score(platforms) > 20}, {id: share, distance"
    )
    text = text.replace("    weight: 10\n", "    weight: 10\n    start: full\n")
    told = [one for one in govrubric.check(text=text) if one.code.startswith("GR40")]
    assert len(told) == len({(one.code, one.place) for one in told})
    assert [one.message() for one in told if "as the variant" in one.message()] == []


def test_what_only_a_variant_cannot_reach_is_told_of_it() -> None:
    text = CHIEFS.replace(
        "weight: 20}, without",
        "weight: 20, chiefs.gates: [{id: cap, when: score(platforms) > 20, at_most: 5}]}, without",
    )
    text = text.replace(
        "    weight: 10\n",
        "    weight: 10\n    gates: [{id: cap, when: score(platforms) > 19, at_most: 5}]\n",
    )
    told = [one for one in govrubric.check(text=text) if one.code.startswith("GR40")]
    assert [one.message().startswith("as the variant `county`: ") for one in told] == [True]


def test_yes_and_no_are_words_of_what_they_are_put_in() -> None:
    assert [one.code for one in chiefs().warnings] == []


def test_what_a_variant_takes_out_is_read_in_no_way() -> None:
    both = chiefs().variant("county").reading(area="two")
    assert both.score({"chiefs.share": 95}).total == 30
    assert both._text.indicators == chiefs().variant("county")._text.indicators


def test_what_two_take_out_is_taken_out_once() -> None:
    text = CHIEFS.replace("set: {platforms.area.bad.deduct: 2}", "without: [platforms.area.bad]").replace(
        "at: platforms.area.bad", "at: total"
    )
    rubric = loads(text)
    assert (
        rubric.variant("county").reading(area="two")._text.indicators
        == rubric.variant("county")._text.indicators
    )
    assert "platforms.area.bad" not in rubric.reading(area="two").rules


def test_a_register_without_entries_is_left_out() -> None:
    text = CHIEFS.replace(CHIEFS[CHIEFS.index("  - id: each_percent") : CHIEFS.index("  - id: area")], "")
    text = text.replace(text[text.index("  - id: old") : text.index("cases:")], "").partition("cases:")[0]
    rubric = loads(text)
    assert rubric.variant("county")._text.ambiguities == ()
    assert rubric.variant("city")._text.ambiguities[0].decision == "one"


def test_a_case_of_no_rubric_is_of_no_variant() -> None:
    rubric = loads(CHIEFS.replace("variant: county, tally", "variant: country, tally"))
    assert rubric.variant("county")._text.cases == ()
