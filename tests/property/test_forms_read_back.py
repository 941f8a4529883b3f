"""A form that is filled in with a tally and read back gives the card of that tally, with evidence and notes."""

import tempfile
from decimal import Decimal
from pathlib import Path
from typing import Any

from hypothesis import assume, given

from form_files import form, sheet_of
from govrubric import Rubric, tally_files
from govrubric.tally_sheets.sheets import lines
from strategies import Sample, samples

DIGITS = 15  # of a number that a spreadsheet keeps


def flat(sample: Sample) -> dict[str, Any]:
    """The tally of a sample under flat names, with texts as a cell has them."""
    (unit,) = [sample.rubric._unit(sample.dressed, None, None, None)]
    tally: dict[str, Any] = {}
    for name, value in unit.tally.items():
        parts: dict[str, Any] = dict(value) if isinstance(value, dict) else {"value": value}
        parts["evidence"] = [line for text in parts.get("evidence", []) for line in lines(text)]
        parts["note"] = (parts.get("note") or "").strip()
        tally[name] = {key: one for key, one in parts.items() if key == "value" or one}
    assume(all(len(Decimal(one["value"]).as_tuple().digits) <= DIGITS for one in tally.values()
               if isinstance(one["value"], Decimal)))  # fmt: skip
    return tally


def read(rubric: Rubric, data: bytes) -> dict[str, Any]:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "d01.xlsx"
        path.write_bytes(data)
        (card,) = tally_files.read(rubric, path)
    return card.to_dict()


@given(samples())
def test_a_form_that_is_filled_in_gives_the_card_of_the_tally(sample: Sample) -> None:
    tally = flat(sample)
    assume(tally)
    expected = sample.rubric.score(tally, unit="d01", name="甲区").to_dict()
    assert read(sample.rubric, form(sample.rubric, tally, name="甲区")) == expected
    assert read(sample.rubric, form(sample.rubric, None, tally, name="甲区")) == expected


@given(samples())
def test_a_plain_sheet_gives_the_card_of_the_tally(sample: Sample) -> None:
    tally = flat(sample)
    assume(tally)
    heads = ["unit", *(one for name in tally for one in (name, f"{name}.evidence", f"{name}.note"))]
    row: list[object] = ["d01"]
    for parts in tally.values():
        value = parts["value"]
        row += [
            f"{value:f}" if isinstance(value, Decimal) else value,
            "\n".join(parts.get("evidence", [])) or None,
            parts.get("note"),
        ]
    expected = sample.rubric.score(tally, unit="d01").to_dict()
    assert read(sample.rubric, sheet_of([heads, row])) == expected
