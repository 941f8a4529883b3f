"""A card's text -> plain data -> record; what does not fit format 1 is refused with its path."""

import json
from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction
from functools import partial
from typing import Any

from govrubric.diagnostics.diagnostic import CardError, Diagnostic, Path, dotted
from govrubric.diagnostics.source import Place, Source
from govrubric.numbers import COUNT_LIMIT, ROUNDINGS, ratio, written
from govrubric.scoring.audit import gaps
from govrubric.scoring.card_json import FORMAT, LANGUAGE
from govrubric.scoring.ledger import Combining, GateScore, Given, Header, ItemScore, Record, RuleScore

LIMIT = 8 << 20
DIGITS = 4000  # Python itself reads no more at a time


class _Reader:
    """Plain data -> typed values; the first thing that does not fit raises `CardError`."""

    def __init__(self, name: str) -> None:
        self.name = name

    def fail(self, path: Path, wanted: str) -> CardError:
        return CardError(
            [Diagnostic.of("GR701", Place(self.name, 1, 1, 2, ""), path, at=dotted(path), wanted=wanted)]
        )

    def get(self, data: Any, key: str, path: Path, kind: type | tuple[type, ...]) -> Any:
        if not isinstance(data, dict) or key not in data:
            raise self.fail((*path, key), "present")
        value = data[key]
        if not isinstance(value, kind) or (isinstance(value, bool) and kind is int):
            kinds = kind if isinstance(kind, tuple) else (kind,)
            raise self.fail((*path, key), "/".join(wanted.__name__ for wanted in kinds))
        return value

    def texts(self, data: Any, key: str, path: Path) -> tuple[str, ...]:
        values = self.get(data, key, path, list)
        if not all(isinstance(value, str) for value in values):
            raise self.fail((*path, key), "[str]")
        return tuple(values)

    def rows(self, data: Any, key: str, path: Path, make: Callable[[Any, Path], Any]) -> tuple[Any, ...]:
        return tuple(
            make(row, (*path, key, index)) for index, row in enumerate(self.get(data, key, path, list))
        )

    def number(self, data: Any, key: str, path: Path, *, optional: bool = False) -> Any:
        text = self.get(data, key, path, (str, type(None)) if optional else str)
        if text is None:
            return None
        # The numbers of a card may be longer than those of a rubric, so they are not read by `numbers.parse`.
        digits = text.removeprefix("-")
        whole, _, part = digits.partition(".")
        over, slash, under = digits.partition("/")
        numerator, denominator = (over, under) if slash else (whole + part, "1" + "0" * len(part))
        if len(text) > DIGITS or not (
            numerator.isascii()
            and numerator.isdigit()
            and denominator.isascii()
            and denominator.isdigit()
            and int(denominator)
        ):
            raise self.fail((*path, key), "0.0")
        value = Fraction(int(numerator), int(denominator)) * (-1 if digits != text else 1)
        if written(value) != text:
            raise self.fail((*path, key), written(value))
        return ratio(value.numerator, value.denominator)

    def given(self, data: Any, path: Path) -> Given:
        kind = self.get(data, "kind", path, str)
        if kind not in ("count", "flag", "number", "choice"):
            raise self.fail((*path, "kind"), "count/flag/number/choice")
        value = (
            self.get(data, "value", path, {"flag": bool, "choice": str}[kind])
            if kind in ("flag", "choice")
            else self.number(data, "value", path)
        )
        if kind == "count":
            if value != int(value) or not 0 <= value <= COUNT_LIMIT:
                raise self.fail((*path, "value"), "count")
            value = int(value)
        text = (str, type(None))
        return Given(
            self.get(data, "name", path, str),
            kind,
            self.get(data, "unit", path, text),
            value,
            self.get(data, "assumed", path, bool),
            self.texts(data, "evidence", path),
            self.get(data, "note", path, text),
        )

    def rule(self, data: Any, path: Path) -> RuleScore:
        return RuleScore(
            self.get(data, "path", path, str),
            self.get(data, "verb", path, str),
            self.get(data, "clause", path, (str, type(None))),
            self.get(data, "when", path, (str, type(None))),
            self.texts(data, "inputs", path),
            self.get(data, "sentence", path, str),
            self.number(data, "raw", path),
            self.number(data, "applied", path),
            self.number(data, "absorbed", path),
            self.number(data, "balance", path),
            self.get(data, "counted", path, bool),
        )

    def gate(self, data: Any, path: Path) -> GateScore:
        return GateScore(
            self.get(data, "path", path, str),
            self.get(data, "when", path, str),
            self.get(data, "clause", path, (str, type(None))),
            self.get(data, "sentence", path, str),
            self.get(data, "voids", path, bool),
            self.get(data, "held", path, bool),
            self.number(data, "effect", path),
        )

    def combining(self, data: Any, path: Path) -> Combining | None:
        if self.get(data, "combining", path, (dict, type(None))) is None:
            return None
        inner, path = data["combining"], (*path, "combining")
        how, mode = self.get(inner, "how", path, str), self.get(inner, "mode", path, str)
        lowest, highest, places = (self.get(inner, key, path, int) for key in ("lowest", "highest", "places"))
        if (
            how not in ("sum", "mean", "min", "max")
            or mode not in ROUNDINGS
            or not all(0 <= number <= 1000 for number in (lowest, highest, places))
        ):
            raise self.fail(path, "sum/mean/min/max")
        return Combining(how, lowest, highest, places, mode)

    def item(self, data: Any, path: Path) -> ItemScore:
        text = (str, type(None))
        weight, out_of = self.number(data, "weight", path), self.number(data, "out_of", path)
        if not (weight > 0 and out_of > 0):
            raise self.fail((*path, "out_of"), "> 0")
        base, rounding = (self.number(data, key, path) for key in ("base", "rounding"))
        score, lost, contribution = (
            self.number(data, key, path, optional=True) for key in ("score", "lost", "contribution")
        )
        parts, combining = self.texts(data, "parts", path), self.combining(data, path)
        if (
            (score is None) != (contribution is None)
            or (score is None) != (lost is None)
            or bool(parts) != (combining is not None)
        ):
            raise self.fail((*path, "score"), "whole")
        return ItemScore(
            self.get(data, "path", path, str),
            self.get(data, "title", path, str),
            self.get(data, "clause", path, text),
            self.get(data, "assessed_by", path, text),
            weight,
            out_of,
            self.number(data, "floor", path, optional=True),
            self.number(data, "ceiling", path, optional=True),
            parts,
            combining,
            self.get(data, "extra", path, bool),
            self.get(data, "not_applicable", path, text),
            self.get(data, "counts_when", path, text),
            base,
            rounding,
            score,
            lost,
            contribution,
            self.rows(data, "rules", path, self.rule),
            self.rows(data, "gates", path, self.gate),
            self.get(data, "applies", path, bool),
            self.get(data, "counts", path, bool),
        )


def from_dict(data: Any, name: str = "card") -> Record:
    """Plain data -> record; raises `CardError` at the first thing that is no card of format 1."""
    reader = _Reader(name)
    text = (str, type(None))
    for key, wanted in (("card", FORMAT), ("language_version", LANGUAGE)):
        if reader.get(data, key, (), int) != wanted:
            raise reader.fail((key,), str(wanted))
    rubric = reader.get(data, "rubric", (), dict)
    id_, title, language, digest = (
        reader.get(rubric, key, ("rubric",), str) for key in ("id", "title", "language", "digest")
    )
    header = Header(
        reader.get(data, "engine_version", (), str),
        id_,
        title,
        language,
        digest,
        reader.number(data, "maximum", ()),
        reader.get(data, "unit", (), text),
        reader.get(data, "name", (), text),
        reader.get(data, "grade", (), text),
    )
    items = reader.rows(data, "items", (), reader.item)
    if not items or items[0].path != "" or not isinstance(items[0].contribution, (Decimal, type(None))):
        raise reader.fail(("items", 0), "path ''")
    record = Record(header, reader.rows(data, "inputs", (), reader.given), items)
    if missing := gaps(record):
        raise CardError(
            [Diagnostic.of("GR703", Place(name, 1, 1, 2, ""), ("items",), missing=", ".join(missing))]
        )
    return record


def parse(text: str, name: str = "card") -> Any:
    """JSON text -> plain data; raises `CardError`, whatever the text."""
    if len(text) > LIMIT:
        raise CardError([Diagnostic.of("GR103", Place(name, 1, 1, 2, ""), limit=LIMIT)])
    try:
        return json.loads(text, object_pairs_hook=partial(unique, name=name))
    except CardError:
        raise
    except json.JSONDecodeError as error:
        place = Source.of(name, text).place(error.lineno - 1, error.colno - 1)
        raise CardError([Diagnostic.of("GR640", place)]) from None
    except (ValueError, RecursionError):
        raise CardError([Diagnostic.of("GR640", Place(name, 1, 1, 2, ""))]) from None


def unique(pairs: list[tuple[str, Any]], name: str) -> dict[str, Any]:
    """The keys and values of a JSON object -> a dictionary; raises `CardError` where a key is given twice."""
    values = dict(pairs)
    if len(values) < len(pairs):
        # A reader of the text might take the first of the two for what was scored.
        key = next(key for index, (key, _) in enumerate(pairs) if key in dict(pairs[:index]))
        raise CardError([Diagnostic.of("GR641", Place(name, 1, 1, 2, ""), key=key)])
    return values
