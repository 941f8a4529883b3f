"""Which rubric one is of those that its text holds."""

from govrubric.language.chosen import AS_IT_STANDS, Chosen


def test_the_rubric_as_it_stands_is_nothing_chosen() -> None:
    assert not AS_IT_STANDS
    assert str(AS_IT_STANDS) == ""


def test_what_is_chosen_has_its_names_in_words() -> None:
    assert Chosen("county")
    assert Chosen(None, (("a", "b"),))
    assert str(Chosen("county", (("a", "b"), ("c", "d")))) == "county, a: b, c: d"
