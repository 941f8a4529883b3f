"""The rows of a card: what an item is without a score, and what does not change."""

from dataclasses import FrozenInstanceError

import pytest

from govrubric import loads
from govrubric.numbers import Exact
from govrubric.scoring.ledger import ItemScore
from samples import RICH, RICH_TALLY, TALLY, rich, small

D = Exact


# Items


def item(score: Exact | None) -> ItemScore:
    lost = None if score is None else 1 - score
    return ItemScore(
        "",
        "A",
        None,
        None,
        D(1),
        D(1),
        None,
        None,
        (),
        None,
        False,
        None,
        None,
        D(0),
        D(0),
        score,
        lost,
        score,
        (),
    )


@pytest.mark.parametrize(("score", "void"), [(None, True), (D(0), False), (D(1), False)])
def test_an_item_is_void_where_it_has_no_score(score: Exact | None, void: bool) -> None:
    assert item(score).void is void


def test_an_item_applies_and_counts_unless_told() -> None:
    leaf = item(D(1))
    assert (leaf.applies, leaf.counts, leaf.gates) == (True, True, ())


def test_a_gate_voids_its_item_and_every_one_above_it_and_no_other() -> None:
    items = rich().score({**RICH_TALLY, "served": False}).items
    assert [path for path, item in items.items() if item.void] == [""]
    text = RICH.replace(
        "weight: 40\n    combine",
        "weight: 40\n    gates: [{id: sat, when: more.essays > 1, score: none}]\n    combine",
    )
    below = loads(text).score(RICH_TALLY).items
    assert [path for path, item in below.items() if item.void] == ["", "tests"]


def test_a_record_does_not_change() -> None:
    record = small().score(TALLY)._record
    with pytest.raises(FrozenInstanceError):
        record.items = ()  # type: ignore[misc] # what is tried here is what the checker forbids too
