"""The shapes of a card's rows, format 1: their keys in order, and the kinds of their values."""

from collections.abc import Callable, Mapping
from itertools import product
from operator import itemgetter
from types import NoneType
from typing import Any

Shape = Mapping[str, tuple[type, ...]]
TEXT, ANY_TEXT = (str,), (str, NoneType)


class Row:
    """One kind of row. `take` gives its values, from plain data, in the order of its keys.

    `kinds` are the types that these values may have together.
    """

    def __init__(self, shape: Shape) -> None:
        self.shape: Shape = shape
        self.take: Callable[[Any], tuple[Any, ...]] = itemgetter(*shape)
        self.kinds: frozenset[tuple[type, ...]] = frozenset(product(*shape.values()))


# Numbers are text, and a key that is missing or of another type is refused by its place.
HEAD = Row(
    {
        "card": (int,),
        "language_version": (int,),
        "rubric": (dict,),
        "engine_version": TEXT,
        "maximum": TEXT,
        "places": (int,),
        "unit": ANY_TEXT,
        "name": ANY_TEXT,
        "grade": ANY_TEXT,
        "items": (list,),
        "inputs": (list,),
        "values": (list,),
    }
)
RUBRIC = Row(
    {
        **dict.fromkeys(("id", "title", "language", "digest", "scoring_digest"), TEXT),
        "variant": (dict, NoneType),
        "readings": (list,),
    }
)
VARIANT = Row({"id": TEXT, "title": ANY_TEXT})
READING = Row({"ambiguity": TEXT, "option": TEXT, "title": ANY_TEXT})
INPUT = Row(
    {
        "name": TEXT,
        "title": ANY_TEXT,
        "kind": TEXT,
        "unit": ANY_TEXT,
        "value": (str, bool, int, float, NoneType, list, dict),  # its kind says which of them
        "assumed": (bool,),
        "evidence": (list,),
        "note": ANY_TEXT,
    }
)
VALUE = Row({"path": TEXT, "title": ANY_TEXT, "kind": TEXT, "value": (str, bool)})
RULE = Row(
    {
        "path": TEXT,
        "title": ANY_TEXT,
        "verb": TEXT,
        "clause": ANY_TEXT,
        "when": ANY_TEXT,
        "inputs": (list,),
        "sentence": TEXT,
        **dict.fromkeys(("raw", "applied", "absorbed", "balance"), TEXT),
        "counted": (bool,),
    }
)
GATE = Row(
    {
        "path": TEXT,
        "title": ANY_TEXT,
        "when": TEXT,
        "clause": ANY_TEXT,
        "sentence": TEXT,
        "voids": (bool,),
        "held": (bool,),
        "effect": TEXT,
    }
)
COMBINING = Row({"how": TEXT, "lowest": (int,), "highest": (int,)})
ITEM = Row(
    {
        "path": TEXT,
        "title": TEXT,
        "clause": ANY_TEXT,
        "assessed_by": ANY_TEXT,
        "weight": ANY_TEXT,
        "out_of": ANY_TEXT,
        "floor": ANY_TEXT,
        "ceiling": ANY_TEXT,
        "parts": (list,),
        "combining": (dict, NoneType),
        "extra": (bool,),
        "not_applicable": ANY_TEXT,
        "counts_when": ANY_TEXT,
        "base": TEXT,
        "rounding": TEXT,
        "score": ANY_TEXT,
        "lost": ANY_TEXT,
        "contribution": ANY_TEXT,
        "rules": (list,),
        "gates": (list,),
        "applies": (bool,),
        "counts": (bool,),
        "excused": (bool,),
        "not_applicable_when": ANY_TEXT,
        "take": TEXT,
    }
)

# Keys of a card whose values are computed.
MADE_OF_OTHERS = ("total", "exact_total", "assumed", "tally_digest", "digest")


def is_usual(data: dict[str, Any]) -> bool:
    """Whether a card has no key but its own, and what is computed of others is text or a list of texts."""
    assumed = data.get("assumed")
    texts = [data.get(key) for key in MADE_OF_OTHERS if key != "assumed"]
    return (
        data.keys() == {*HEAD.shape, *MADE_OF_OTHERS}
        and isinstance(assumed, list)
        and all(isinstance(name, str) for name in assumed)
        and all(text is None or isinstance(text, str) for text in texts)
    )
