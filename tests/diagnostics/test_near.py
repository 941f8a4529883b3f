"""near: which known name an unknown one is taken for."""

import pytest

from govrubric.diagnostics.near import Hints, alike, nearest


@pytest.mark.parametrize(
    ("name", "near"),
    [
        ("zzz", ""),
        ("", ""),
        ("x" * 81, ""),
        ("weigth", "weight"),
        ("basics.attribution.unlabeled", "basics.attribution.unlabelled"),
        ("unlabelled", "basics.attribution.unlabelled"),
        ("unlabeled", "basics.attribution.unlabelled"),
        ("platforms.late", "reports.late"),
        ("lates", "basics.late"),
    ],
)
def test_the_nearest_known_name_is_found(name: str, near: str) -> None:
    assert (
        nearest(name, iter(["weight", "basics.attribution.unlabelled", "basics.late", "reports.late"]))
        == near
    )


@pytest.mark.parametrize(
    ("name", "known"),
    [
        ("weigth", "weight"),
        ("weight", "weight"),
        ("wide", ""),
        ("", ""),
        ("weight" * 14, ""),
    ],
)
def test_only_a_misspelling_is_alike(name: str, known: str) -> None:
    assert alike(name, iter(["weight", "title", "weight" * 14])) == known


def test_after_much_work_no_name_is_near() -> None:
    hints = Hints(work=1000)
    assert hints.nearest("weigth", ["weight"]) == "weight"
    assert hints.alike("weigth", ["weight"]) == "weight"
    assert hints.nearest("weigth", ["x" * 60] * 50 + ["weight"]) == ""
    assert (hints.nearest("weigth", ["weight"]), hints.alike("weigth", ["weight"])) == ("", "")


def test_of_names_that_are_equally_like_the_last_in_the_alphabet_is_near() -> None:
    assert nearest("item_1", ["item_3", "item_2"]) == "item_3"
    assert nearest("item_1", ["item_2", "item_3"]) == "item_3"
