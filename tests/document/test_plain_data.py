"""Plain data of Python -> values as the readers of text make them, and every refusal."""

import datetime
from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from types import MappingProxyType
from typing import Any

import pytest

from govrubric import Rubric, RubricError, loads, shipped, shipped_names
from govrubric.document import plain_data, yaml
from govrubric.document.nodes import Plain
from govrubric.document.plain_data import nodes
from govrubric.numbers import Exact
from samples import SMALL, args, codes, refused


def as_data(value: Any) -> Any:
    """What a reader of YAML made, as a program would write it."""
    if isinstance(value, dict):
        return {key: as_data(inner) for key, inner in value.items()}
    if isinstance(value, tuple):
        return [as_data(inner) for inner in value]
    if not isinstance(value, Plain):
        return value
    if value in ("true", "false"):
        return value == "true"
    try:
        return int(value) if str(int(value)) == value else str(value)
    except ValueError:
        try:
            return Decimal(value)
        except ArithmeticError:
            return str(value)


@pytest.mark.parametrize("name", shipped_names())
def test_a_rubric_of_data_is_that_of_its_text(name: str) -> None:
    rubric = shipped(name)
    data = as_data(yaml.parse("", rubric.to_text()).value)
    assert loads(data) == rubric
    assert loads(MappingProxyType(data)).digest == rubric.digest


@pytest.mark.parametrize(
    ("value", "made"),
    [
        (True, Plain("true")),
        (3, Plain("3")),
        (Decimal("0.10"), Plain("0.1")),
        (Fraction(1, 3), Plain("1/3")),
        (Exact(1, 2), Plain("0.5")),
        (datetime.date(2025, 1, 2), Plain("2025-01-02")),
        (10**40, Plain("10^30…")),
        (Decimal("1e40"), Plain("1E+40")),
        (Decimal("NaN"), Plain("NaN")),
        (Fraction(1, 10**50), Plain("…/…")),
        ("3", "3"),
        ([1, ("a",)], (Plain("1"), ("a",))),
        ({"a": {1: "b"}}, {"a": {"1": "b"}}),
    ],
)
def test_values_become_those_of_a_text(value: object, made: object) -> None:
    read = nodes(value)
    assert (read.value, type(read.value), read.found) == (made, type(made), [])


class Raising(Mapping[str, Any]):
    def __getitem__(self, key: str) -> Any:
        raise RuntimeError

    __iter__ = __len__ = items = __getitem__  # type: ignore[assignment] # they raise, whatever is asked


class Real(float):
    def __repr__(self) -> str:
        raise RuntimeError


@pytest.mark.parametrize(
    ("value", "code", "path", "shown"),
    [
        ({"a": 0.1}, "GR209", ("a",), {"value": "0.1 (float)", "digits": "0.1"}),
        ({"a": Real(1e-7)}, "GR209", ("a",), {"value": "1e-07 (float)", "digits": "1E-7"}),
        ([float("nan")], "GR209", (0,), {"value": "nan (float)", "digits": ""}),
        ({"a": {1, 2}}, "GR209", ("a",), {"value": "set", "digits": ""}),
        ({"a": Raising()}, "GR209", ("a",), {"value": "Raising", "digits": ""}),
        ({"a": None}, "GR125", ("a",), {}),
        ({"a": {None: 1}}, "GR119", ("a",), {}),
        ({"a": {True: 1}}, "GR119", ("a",), {}),
        ({"a": {1: 1, "1": 2}}, "GR120", ("a", "1"), {"key": "1"}),
    ],
)
def test_what_no_text_holds_is_refused(value: object, code: str, path: Any, shown: dict[str, str]) -> None:
    (found,) = nodes(value).found
    assert (found.code, found.path, args(found), found.place) == (code, path, shown, None)


def test_data_that_holds_itself_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    endless: list[Any] = []
    endless.append(endless)
    assert codes(nodes(endless).found) == ["GR121"]
    monkeypatch.setattr(plain_data, "VALUES", 3)
    assert codes(nodes([1, 2, 3, 4, 5]).found) == ["GR122"]


def test_no_data_is_missing_all() -> None:
    found = refused(RubricError, lambda: loads({}))
    assert [(one.code, one.path, one.place) for one in found] == [
        ("GR202", (key,), None) for key in ("govrubric", "id", "title", "total", "round", "indicators")
    ]


@pytest.mark.parametrize("data", [None, [], 3, 0.5, {"a": 1}])
def test_what_is_no_rubric_is_refused(data: Any) -> None:
    assert all(one.place is None and one.render() for one in refused(RubricError, lambda: loads(data)))


def data_of_small(**changes: Any) -> dict[str, Any]:
    data = as_data(yaml.parse("", SMALL).value)
    assert isinstance(data, dict)
    return {**data, **changes}


def test_findings_about_data_have_paths_and_speak_its_language() -> None:
    data = data_of_small(language="zh-CN", total=11, titel="T")
    with pytest.raises(RubricError) as caught:
        loads(data)
    assert [(one.code, one.path, one.place, one.related) for one in caught.value.diagnostics] == [
        ("GR201", ("titel",), None, ()),
        ("GR302", ("total",), None, ()),
    ]
    assert caught.value.language == "zh-CN"
    assert str(caught.value).startswith("titel: 错误[GR201]")


def test_a_condition_that_is_wrong_is_told_by_its_path() -> None:
    """In a text its characters would be marked; and no character of data is unclear."""
    data = data_of_small(gates=[{"id": "g", "when": "work.lat", "at_most": 5}])
    (found,) = refused(RubricError, lambda: loads(data))
    assert (found.code, found.path) == ("GR504", ("gates", 0, "when"))
    right = data_of_small(gates=[{"id": "g", "when": "not work.late", "at_most": 5}])
    assert isinstance(loads(right), Rubric)


def test_the_data_is_not_changed() -> None:
    data = data_of_small()
    before = repr(data)
    loads(data)
    assert repr(data) == before
