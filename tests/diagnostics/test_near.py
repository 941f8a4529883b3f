"""near: which known name an unknown one is taken for."""

import pytest

from govrubric.diagnostics.near import alike, nearest


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
        ("weigth", ["weight"]),
        ("weight", ["weight"]),
        ("wide", []),
        ("", []),
        ("weight" * 14, []),
    ],
)
def test_only_a_misspelling_is_alike(name: str, known: list[str]) -> None:
    assert alike(name, iter(["weight", "title", "weight" * 14])) == known
