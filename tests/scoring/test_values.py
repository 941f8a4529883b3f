"""A value of any class: counts and numbers by `__index__`, and classes whose methods lie or raise."""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from enum import IntEnum
from fractions import Fraction
from typing import Any

import numpy
import pytest

from govrubric import TallyError
from govrubric.formula.build import flag, number, tally_count
from govrubric.numbers import Exact
from govrubric.scoring.values import WrongError, checked, indexed, named, quoted
from samples import refused, small

COUNT = tally_count("cases", None)
NUMBER = number("mark", Fraction(100), places=2)


class Level(IntEnum):
    HIGH = 3


class Index:
    """Something of the caller's that counts."""

    def __init__(self, number: Any) -> None:
        self.number = number

    def __index__(self) -> Any:
        if isinstance(self.number, Exception):
            raise self.number
        return self.number


@pytest.mark.parametrize(
    "value",
    [3, Decimal(3), Decimal("3.0"), Decimal("3e0"), numpy.int64(3), numpy.uint8(3), Level.HIGH, Index(3)],
)
def test_whatever_is_a_whole_number_counts(value: object) -> None:
    """Databases keep counts as decimals, frames as numpy's whole numbers, and programs as members of an enum."""
    assert checked(COUNT, value) == 3
    assert type(checked(COUNT, value)) is int


@pytest.mark.parametrize(
    ("value", "hundredths"),
    [
        (numpy.int64(3), 300),
        (Level.HIGH, 300),
        (Index(3), 300),
        (Exact(5, 2), 250),
        (Decimal("2.5000000"), 250),
    ],
)
def test_whatever_is_exact_is_a_number(value: object, hundredths: int) -> None:
    assert checked(NUMBER, value) == hundredths


class Lying(int):
    def __index__(self) -> int:
        return 4


class LyingElsewhere(int):
    def __int__(self) -> int:
        return 4

    def __eq__(self, other: object) -> bool:
        return True

    def __lt__(self, other: object) -> bool:
        raise RuntimeError

    __hash__ = int.__hash__
    __str__ = __repr__ = __lt__  # type: ignore[assignment] # they raise, whatever is asked


class LyingFloat(float):
    def __index__(self) -> int:
        return 3


class LyingDecimal(Decimal):
    def __eq__(self, other: object) -> bool:
        return True

    __hash__ = Decimal.__hash__


class Disguised:
    """It says that it is another class, or raises when it is asked."""

    def __init__(self, of: Any) -> None:
        self.of = of

    @property
    def __class__(self) -> Any:
        if self.of is None:
            raise RuntimeError
        return self.of

    @__class__.setter
    def __class__(self, of: Any) -> None:
        raise RuntimeError


class Shadowed(type):
    """A class whose class raises, whatever is asked of it."""

    @property
    def __index__(cls) -> Any:
        raise RuntimeError

    @property
    def __name__(cls) -> str:  # type: ignore[override] # a class that lies about its name
        raise RuntimeError


class Hidden(metaclass=Shadowed):
    pass


HOSTILE = [
    Lying(3),
    LyingFloat(3),
    LyingDecimal(3),
    Index(RuntimeError()),
    Index("3"),
    Index(True),
    Index(Level.HIGH),
    Index(3.0),
    Index(None),
    Hidden(),
    Index,
    *map(Disguised, (None, int, bool, str, float, Decimal, Fraction, dict, list, Exact)),
]


# Pytest itself may not look at them.
@pytest.mark.parametrize("place", range(len(HOSTILE)))
@pytest.mark.parametrize("known", [COUNT, NUMBER, flag("late")], ids=["count", "number", "flag"])
def test_a_hostile_value_is_a_finding(place: int, known: Any) -> None:
    """No exception of its own, and no number that it only claims to be."""
    with pytest.raises(WrongError) as wrong:
        checked(known, HOSTILE[place])
    assert wrong.value.code in ("GR603", "GR605", "GR606", "GR615")


@pytest.mark.parametrize("name", ["work.index.gap", "work.late", "bonus.judged", "work", "unit"])
@pytest.mark.parametrize("place", range(len(HOSTILE)))
def test_a_tally_with_a_hostile_value_is_refused(name: str, place: int) -> None:
    value = HOSTILE[place]
    for tally in (
        {"bonus.judged": 1, name: value},
        {"bonus.judged": 1, name: {"value": value, "evidence": ["p. 3"]}},
    ):
        found = refused(TallyError, lambda tally=tally: small().score(tally))  # type: ignore[misc] # mypy infers no lambda with a default
        assert all(one.render("en") and one.render("zh") for one in found)


def test_a_subclass_of_int_is_the_number_that_it_was_made_of() -> None:
    assert (indexed(LyingElsewhere(3)), type(indexed(LyingElsewhere(3)))) == (3, int)


class Key(str):
    """A key that says that it is another."""

    __slots__ = ()

    def __eq__(self, other: object) -> bool:
        return True

    def __hash__(self) -> int:
        return hash("work.index.gap")


class RaisingKey(Key):
    __slots__ = ()

    def __eq__(self, other: object) -> bool:
        raise RuntimeError

    __hash__ = Key.__hash__


@pytest.mark.parametrize(
    "key", [Key("work.index.gaps"), RaisingKey("work.index.gaps")], ids=["lies", "raises"]
)
def test_of_a_key_the_characters_count(key: str) -> None:
    (found,) = refused(TallyError, lambda: small().score({"bonus.judged": 1, key: 3}))
    assert (found.code, found.path) == ("GR601", ("work.index.gaps",))
    (found,) = refused(TallyError, lambda: small().total({"bonus.judged": 1, key: 3}))
    assert found.path == ("work.index.gaps",)


class Pairs(Mapping[str, Any]):
    """A mapping that gives what it likes."""

    def __init__(self, pairs: list[tuple[Any, Any]]) -> None:
        self.pairs = pairs

    def __getitem__(self, key: str) -> Any:
        raise RuntimeError

    def __len__(self) -> int:
        raise RuntimeError

    def __iter__(self) -> Iterator[str]:
        raise RuntimeError

    def items(self) -> Any:
        return self.pairs


def test_a_name_that_a_mapping_gives_twice_is_refused() -> None:
    twice = Pairs([("bonus.judged", 1), ("unit", "a"), ("bonus.judged", 1), ("unit", "b")])
    found = refused(TallyError, lambda: small().score(twice))
    assert [(one.code, one.path) for one in found] == [("GR610", ("bonus.judged",)), ("GR610", ("unit",))]


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (numpy.True_, "numpy.bool"),
        (numpy.float64(3.5), "3.5 (float)"),
        (numpy.int64(3), "int64"),
        (type("bool", (), {"__module__": 3})(), "bool"),
        (Exact(1, 3), "Exact"),
        (Decimal("1e5"), "1E+5 (Decimal)"),
        (Fraction(1, 3), "1/3 (Fraction)"),
    ],
)
def test_a_value_is_shown_without_its_own_methods(value: object, shown: str) -> None:
    assert quoted(value) == shown


def test_a_class_is_known_by_its_own_name() -> None:
    assert (named(bool), named(Decimal), named(Hidden), named(numpy.bool_)) == (
        "bool",
        "Decimal",
        "Hidden",
        "numpy.bool",
    )
