"""Cards as frames."""

import polars as pl

from govrubric.sensitivity.cards import of_cards
from samples import RICH_TALLY, TALLY, rich, small


def test_cards_become_a_row_each_with_every_input() -> None:
    frame = of_cards(small(), [small().score(TALLY, unit="u1"), small().score({"bonus.judged": 1})])
    assert frame.to_dict(as_series=False) == {
        "unit": ["u1", None],
        "work.late": [True, False],
        "work.papers.missing": [5, 0],
        "work.papers.absent": [False, False],
        "work.index.gap": [2, 0],
        "bonus.used.city": [2, 0],
        "bonus.used.province": [1, 0],
        "bonus.judged": ["0.5", "1"],
    }
    assert frame.schema["work.late"] == pl.Boolean
    assert frame.schema["work.index.gap"] == pl.Int64


def test_a_choice_is_its_name() -> None:
    frame = of_cards(rich(), [rich().score(RICH_TALLY)])
    assert frame["class"].to_list() == ["B"]
