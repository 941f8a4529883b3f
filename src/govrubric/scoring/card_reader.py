"""JSON text -> plain data -> record: reads the written form of a card, format 1.

Reading refuses a card at the first thing that is not format 1, and names its place. What is read may be
forged, so that every text, path and number of it is bounded before anything is computed from it.
"""

import json
import re
from collections import Counter
from collections.abc import Callable
from decimal import Decimal
from functools import lru_cache, partial
from typing import Any

from govrubric.diagnostics.diagnostic import CardError, Diagnostic, Path, dotted
from govrubric.diagnostics.display import is_seen, unfit
from govrubric.diagnostics.source import Place, Source
from govrubric.document.nodes import DEPTH
from govrubric.language.fields import ID, PATH, RUBRIC_ID
from govrubric.language.fields import LANGUAGE as LANGUAGE_TAG
from govrubric.numbers import COUNT_LIMIT, PLACES, WHOLE_DIGITS, Exact, places_of, ratio, whole_of, written
from govrubric.scoring.audit import gaps, unwieldy
from govrubric.scoring.card_json import FIGURES, FORMAT, LANGUAGE, POINTS
from govrubric.scoring.card_shapes import (
    COMBINING,
    GATE,
    HEAD,
    INPUT,
    ITEM,
    READING,
    RUBRIC,
    RULE,
    VALUE,
    VARIANT,
    Row,
    Shape,
    is_usual,
)
from govrubric.scoring.ledger import (
    Combining,
    GateScore,
    Given,
    Header,
    ItemScore,
    ReadingUsed,
    Record,
    RuleScore,
    ShownValue,
    VariantUsed,
)

LIMIT = 8 << 20  # characters of one card
DIGITS = 4000  # of one number
KEPT = 40  # characters of a number that is kept for reuse
COMMAS = 1_500_000  # in them, several times as many as a card of that length has
VALUES = 500_000  # of one card
INTEGER = 20  # digits of a number that is not text, such as the version of the format
KINDS = ("count", "flag", "number", "choice")
POLICIES = (None, "full", "zero", "rescale", "spread")
_DIGEST = re.compile("sha256:[0-9a-f]{64}")
_VERSION = re.compile(r"[0-9]+(?:\.[0-9A-Za-z+-]+){0,5}")


class _Reader:
    """Plain data -> typed values; each method raises `CardError` at the first thing that does not fit.

    `strange`: something was read that a card has not.
    """

    def __init__(self, name: str) -> None:
        self.name, self.strange = name, False

    def fail(self, path: Path, wanted: str) -> CardError:
        return CardError(
            [Diagnostic.of("GR701", Place(self.name, 1, 1, 2, ""), path, at=dotted(path), wanted=wanted)]
        )

    def refuse(self, code: str, path: Path, **args: object) -> CardError:
        return CardError([Diagnostic.of(code, Place(self.name, 1, 1, 2, ""), path, **args)])

    def own(self, data: Any) -> Any:
        """Data of any classes -> the same in new dicts and lists, no deeper and no larger than a card is."""
        self.values = self.depth = 0
        try:
            return self._own(data, ())
        except RecursionError:  # the host left little room
            raise self.refuse("GR121", (), limit=self.depth - 1) from None

    def _own(self, data: Any, path: Path) -> Any:
        self.values += 1
        self.depth = len(path)
        if self.values > VALUES:
            raise self.refuse("GR122", path, limit=VALUES, what="values")
        kind = type(data)
        if kind is str:
            if (found := unfit(data)) is not None:
                raise self.refuse(found[0], path, character=found[1])
            return data
        if data is None or kind is bool or kind is int:
            return data
        if len(path) >= DEPTH:
            raise self.refuse("GR121", path, limit=DEPTH)
        if kind is list:
            return [self._own(value, (*path, index)) for index, value in enumerate(data)]
        if kind is not dict:
            raise self.fail(path, "str/bool/null")
        inner = {}
        for key, value in data.items():
            if type(key) is not str:
                raise self.fail(path, "{str: …}")
            self._own(key, path)
            inner[key] = self._own(value, (*path, key))
        return inner

    def row(self, data: Any, row: Row, path: Path) -> tuple[Any, ...]:
        """The values of a row, each of a kind that its shape allows."""
        try:
            values: tuple[Any, ...] = row.take(data)
        except (KeyError, TypeError):
            values = ()
        if tuple(map(type, values)) not in row.kinds:
            raise self.unlike(data, row.shape, path)
        self.strange = self.strange or len(data) != len(values)
        return values

    def unlike(self, data: Any, shape: Shape, path: Path) -> CardError:
        """The first key of a row that is missing or has a value of another kind."""
        there = data if isinstance(data, dict) else {}
        key = next(key for key, kinds in shape.items() if key not in there or type(there[key]) not in kinds)
        kinds = "/".join(kind.__name__ for kind in shape[key])
        return self.fail((*path, key), kinds if key in there else "present")

    def texts(self, values: list[Any], path: Path, key: str) -> tuple[str, ...]:
        for value in values:
            if type(value) is not str:
                raise self.fail((*path, key), "[str]")
        return tuple(values)

    def word(self, text: str, path: Path, key: str, pattern: re.Pattern[str], wanted: str) -> str:
        if not pattern.fullmatch(text):
            raise self.fail((*path, key), wanted)
        return text

    def path(self, text: str, path: Path, key: str) -> str:
        if text.count(".") >= DEPTH:
            raise self.fail((*path, key), "path")
        return self.word(text, path, key, PATH, "path")

    def rows(
        self, values: list[Any], path: Path, key: str, make: Callable[[Any, Path], Any]
    ) -> tuple[Any, ...]:
        return tuple([make(row, (*path, key, index)) for index, row in enumerate(values)])

    def number(self, text: str, path: Path, key: str) -> Exact:
        try:
            return _number(text) if len(text) <= KEPT else _number.__wrapped__(text)
        except _NotWrittenSoError as error:
            raise self.fail((*path, key), error.wanted) from None

    def given(self, data: Any, path: Path) -> Given:
        name, title, kind, unit, value, assumed, evidence, note = self.row(data, INPUT, path)
        if kind not in KINDS:
            raise self.fail((*path, "kind"), "/".join(KINDS))
        if type(value) is not (bool if kind == "flag" else str):
            raise self.fail((*path, "value"), "bool" if kind == "flag" else "str")
        if kind in ("count", "number"):
            value = self.number(str(value), path, "value")
        if kind == "count":
            if value.denominator != 1 or not 0 <= value.numerator <= COUNT_LIMIT:
                raise self.fail((*path, "value"), "count")
            value = value.numerator
        name = self.path(name, path, "name")
        return Given(name, title, kind, unit, value, assumed, self.texts(evidence, path, "evidence"), note)

    def value(self, data: Any, path: Path) -> ShownValue:
        at, title, kind, value = self.row(data, VALUE, path)
        self.path(at, path, "path")
        if kind not in ("number", "flag"):
            raise self.fail((*path, "kind"), "number/flag")
        if type(value) is not (bool if kind == "flag" else str):
            raise self.fail((*path, "value"), "bool" if kind == "flag" else "str")
        if type(value) is str:
            value = self.number(value, path, "value")
        return ShownValue(at, title, kind, value)

    def rule(self, data: Any, path: Path) -> RuleScore:
        at, title, verb, clause, when, inputs, sentence, *points, counted = self.row(data, RULE, path)
        self.path(at, path, "path")
        self.word(verb, path, "verb", ID, "verb")
        raw, applied, absorbed, balance = [
            self.number(text, path, key) for text, key in zip(points, POINTS, strict=True)
        ]
        names = self.texts(inputs, path, "inputs")
        texts = (at, title, verb, clause, when, names, sentence)
        return RuleScore(*texts, raw, applied, absorbed, balance, counted)

    def gate(self, data: Any, path: Path) -> GateScore:
        at, title, when, clause, sentence, voids, held, effect = self.row(data, GATE, path)
        self.path(at, path, "path")
        return GateScore(at, title, when, clause, sentence, voids, held, self.number(effect, path, "effect"))

    def combining(self, data: Any, path: Path) -> Combining | None:
        if data is None:
            return None
        how, lowest, highest = self.row(data, COMBINING, path)
        if how not in ("sum", "mean", "min", "max") or not (0 <= lowest <= 1000 and 0 <= highest <= 1000):
            raise self.fail(path, "sum/mean/min/max")
        return Combining(how, lowest, highest)

    def item(self, data: Any, path: Path) -> ItemScore:
        values = dict(zip(ITEM.shape, self.row(data, ITEM, path), strict=True))
        for key in FIGURES:
            if values[key] is not None:
                values[key] = self.number(values[key], path, key)
        self.marks(
            values["weight"], values["out_of"], path, may_lack=values["extra"] and bool(values["path"])
        )
        if values["not_applicable"] not in POLICIES:
            raise self.fail((*path, "not_applicable"), "full/zero/rescale/spread")
        if values["take"] not in ("all", "highest"):
            raise self.fail((*path, "take"), "all/highest")
        values["combining"] = self.combining(values["combining"], (*path, "combining"))
        values["parts"] = self.texts(values["parts"], path, "parts")
        missing = values["score"] is None
        if (
            missing != (values["contribution"] is None)
            or missing != (values["lost"] is None)
            or bool(values["parts"]) != (values["combining"] is not None)
        ):
            raise self.fail((*path, "score"), "whole")
        if values["path"]:
            self.path(values["path"], path, "path")
        values["rules"] = self.rows(values["rules"], path, "rules", self.rule)
        values["gates"] = self.rows(values["gates"], path, "gates", self.gate)
        return ItemScore(**values)

    def marks(self, weight: Exact | None, out_of: Exact | None, path: Path, *, may_lack: bool) -> None:
        """Weight and full marks of an item are above zero; an extra item may have neither."""
        if weight is None and out_of is None and may_lack:
            return
        if weight is None or out_of is None or not (weight.numerator > 0 and out_of.numerator > 0):
            raise self.fail((*path, "out_of"), "> 0")
        if weight.numerator >= 10 ** (2 * WHOLE_DIGITS):
            raise self.fail((*path, "weight"), "0.0")

    def variant(self, data: Any, path: Path) -> VariantUsed:
        id_, title = self.row(data, VARIANT, path)
        return VariantUsed(self.word(id_, path, "id", ID, "id"), title)

    def reading(self, data: Any, path: Path) -> ReadingUsed:
        ambiguity, option, title = self.row(data, READING, path)
        self.word(ambiguity, path, "ambiguity", ID, "id")
        return ReadingUsed(ambiguity, self.word(option, path, "option", ID, "id"), title)

    def record(self, data: Any) -> Record:
        """The whole card."""
        formats = ("card", FORMAT), ("language_version", LANGUAGE)
        for key, wanted in formats:
            # Of a card of another format, nothing else is known.
            if isinstance(data, dict) and type(data.get(key)) is int and data[key] != wanted:
                raise self.fail((key,), str(wanted))
        _, _, rubric, engine, maximum, places, unit, name, grade, *lists = self.row(data, HEAD, ())
        items, inputs, values = lists
        self.strange = not is_usual(data)
        named = self.row(rubric, RUBRIC, ("rubric",))
        id_, title, language, digest, scoring_digest, variant, readings = named
        if not 0 <= places <= PLACES:
            raise self.fail(("places",), f"0–{PLACES}")
        header = Header(
            self.word(engine, (), "engine_version", _VERSION, "1.0"),
            self.word(id_, ("rubric",), "id", RUBRIC_ID, "id"),
            title,
            self.word(language, ("rubric",), "language", LANGUAGE_TAG, "zh-CN/en"),
            self.word(digest, ("rubric",), "digest", _DIGEST, "sha256:…"),
            self.word(scoring_digest, ("rubric",), "scoring_digest", _DIGEST, "sha256:…"),
            self.number(maximum, (), "maximum"),
            places,
            unit,
            name,
            grade,
            None if variant is None else self.variant(variant, ("rubric", "variant")),
            self.rows(readings, ("rubric",), "readings", self.reading),
        )
        rows = self.rows(items, (), "items", self.item)
        if not rows or rows[0].path != "" or not _has_total(rows[0]):
            raise self.fail(("items", 0), "path ''")
        given = self.rows(inputs, (), "inputs", self.given)
        record = Record(header, given, rows, self.rows(values, (), "values", self.value))
        if missing := gaps(record):
            raise self.refuse("GR703", ("items",), missing=", ".join(missing))
        if (index := unwieldy(record)) is not None:
            raise self.fail(("items", index), "0.0")
        return record


class _NotWrittenSoError(ValueError):
    """A number is not written as a card writes it: it would be `wanted`."""

    def __init__(self, wanted: str) -> None:
        super().__init__(wanted)
        self.wanted = wanted


@lru_cache(maxsize=8192)
def _number(text: str) -> Exact:
    """The number of a card's digits; `numbers.parse` does not serve, since a card's may be longer."""
    digits = text.removeprefix("-")
    whole, _, places = digits.partition(".")
    over, slash, under = digits.partition("/")
    numerator, denominator = (over, under) if slash else (whole + places, "1" + "0" * len(places))
    are_digits = all(part.isascii() and part.isdigit() for part in (numerator, denominator))
    if len(text) > DIGITS or not are_digits or not denominator.strip("0"):
        raise _NotWrittenSoError("0.0")
    value = ratio(whole_of(numerator) * (-1 if digits != text else 1), whole_of(denominator))
    if written(value) != text:
        raise _NotWrittenSoError(written(value))
    return value


def own(data: Any, key: str = "card", name: str = "card") -> Any:
    """Data of any kind -> the same as plain data of our own; raises `CardError` for what is not a card's.

    It has the `key`, is nested no deeper than a card, and has no other values than a card has, so that one
    that holds itself is refused. Every text of it can be seen.
    """
    reader = _Reader(name)
    if not isinstance(data, dict) or key not in data:
        raise reader.fail((key,), "present")
    return reader.own(data)


def from_dict(data: Any, name: str = "card") -> Record:
    """Plain data of our own -> record; raises `CardError` at the first thing that is not format 1."""
    return _Reader(name).record(data)


def only(data: Any, name: str = "card") -> Any:
    """The data of a card; raises `CardError` for a list of several, as `score --format json` writes."""
    cards = data.get("cards") if isinstance(data, dict) and "card" not in data else None
    if not isinstance(cards, list):
        return data
    if len(cards) != 1:
        wanted = "one card (govrubric.read_cards reads a file of several)"
        raise _Reader(name).fail(("cards",), wanted)
    return cards[0]


def read(data: Any, text: str) -> Record:
    """What was parsed from a text -> record; raises `CardError` at the first thing that is not format 1.

    If every character of the text can be seen, and it has nothing but what a card has, then each of its
    values need not be looked at.
    """
    if is_seen(text) and "\\u" not in text and text.count(",") < VALUES:
        reader = _Reader("card")
        try:
            record = reader.record(data)
        except CardError:
            reader.strange = True  # the first thing that is wrong may be another
        if not reader.strange:
            return record
    return from_dict(own(data))


def _has_total(root: ItemScore) -> bool:
    """Whether the total has digits that end, as it has since it is rounded; or a gate took it away."""
    return root.contribution is None or places_of(root.contribution) is not None


def parse(text: str, name: str = "card") -> Any:
    """JSON text -> plain data; raises `CardError` where it is no JSON, too long, or has a key twice."""
    if len(text) > LIMIT:
        raise CardError([Diagnostic.of("GR103", Place(name, 1, 1, 2, ""), limit=LIMIT)])
    if text.count(",") > COMMAS:
        raise CardError([Diagnostic.of("GR122", Place(name, 1, 1, 2, ""), limit=COMMAS, what="values")])
    try:
        return decoder(name).decode(text)
    except CardError:
        raise
    except json.JSONDecodeError as error:
        place = Source.of(name, text).place(error.lineno - 1, error.colno - 1)
        raise CardError([Diagnostic.of("GR640", place)]) from None
    except RecursionError:
        raise CardError([Diagnostic.of("GR121", Place(name, 1, 1, 2, ""), limit=DEPTH)]) from None


def decoder(name: str) -> json.JSONDecoder:
    """A decoder of JSON that refuses repeated keys, and reads no number of very many digits.

    It raises `CardError`, `json.JSONDecodeError`, and `RecursionError` for what is nested too deep.
    """
    return json.JSONDecoder(object_pairs_hook=partial(unique, name=name), parse_int=_integer)


def _integer(digits: str) -> int | Decimal:
    """A whole number; one of too many digits as what no key of a card takes."""
    return int(digits) if len(digits) <= INTEGER else Decimal("Infinity")


def unique(pairs: list[tuple[str, Any]], name: str) -> dict[str, Any]:
    """The pairs of a JSON object -> a dictionary; raises `CardError` for a key that stands twice."""
    data = dict(pairs)
    if len(data) < len(pairs):
        # Python keeps the last of the two, but a person might take the first for what was scored.
        ((key, _),) = Counter(key for key, _ in pairs).most_common(1)
        raise CardError([Diagnostic.of("GR641", Place(name, 1, 1, 2, ""), key=key)])
    return data
