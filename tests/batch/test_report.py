"""The line that shows the progress of a batch."""

import pytest

from govrubric.batch.report import progress_line
from govrubric.diagnostics.diagnostic import Lang


@pytest.mark.parametrize(
    ("done", "whole", "seconds", "lang", "line"),
    [
        (3_400_000, 10_000_000, 2, "en", "34 %: 3 400 000 of 10 000 000 units, 1 700 000/s, 0:00:04 left"),
        (
            3_400_000,
            10_000_000,
            2,
            "zh",
            "34 %：3 400 000 / 10 000 000 个单位，每秒 1 700 000 个，约余 0:00:04",
        ),
        (1, 7322, 1, "en", "0 %: 1 of 7 322 units, 1/s, 2:02:01 left"),
        (0, 10, 5, "en", "0 %: 0 of 10 units, 0/s, – left"),
        (0, 0, 0, "en", "0 %: 0 of 0 units, 0/s, – left"),
        (1200, None, 3, "en", "1 200 units, 400/s"),
        (1200, None, 3, "zh", "1 200 个单位，每秒 400 个"),
    ],
)
def test_a_line_says_how_far_it_is(done: int, whole: int | None, seconds: int, lang: Lang, line: str) -> None:
    assert progress_line(done, whole, seconds, lang) == line
