"""The figures of a card follow from each other."""

from hypothesis import given

from laws import ledger_faults
from strategies import Sample, samples


@given(samples())
def test_the_ledger_adds_up_at_every_item(sample: Sample) -> None:
    """Language 4: “`raw = applied + absorbed`, and `base + Σ applied + gates + rounding = score`, exactly, at
    every item”.

    And language 3: “`contribution = score × weight ÷ out_of`, exact”, “`rescale`: the item's weight leaves
    the group, and the rest is scaled up to the group's full marks; `full`, `zero`: it contributes all or
    nothing; `spread`: its weight is shared evenly among the applicable parts”, “Nothing rounds but `round`”.
    """
    assert ledger_faults(sample) == []
