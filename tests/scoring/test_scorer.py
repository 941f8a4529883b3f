"""What the reading of files asks of a rubric."""

from classes import CHIEFS, chiefs
from govrubric import loads
from govrubric.scoring.scorer import labels_of


def test_a_unit_says_its_variant_where_there_are_any() -> None:
    assert labels_of(chiefs()) == ("unit", "name", "variant")
    assert labels_of(loads(CHIEFS.partition("variants:")[0])) == ("unit", "name")
    assert labels_of(chiefs().variant("county")) == ("unit", "name")
