"""Record <-> plain data <-> JSON text: the written form of a card, format 1, and its seals.

Numbers are text, and keys stand in a fixed order. Two digests seal a card: one over what
the tally gave, one over the whole. Reading refuses a card at the first thing that is not
format 1, and names its place. What is read may be forged, so that every text, path and number of it is
bounded before anything is computed from it.
"""

import hashlib
import json
import re
from collections import Counter
from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction
from functools import partial
from typing import Any

from govrubric.diagnostics.diagnostic import CardError, Diagnostic, Path, dotted
from govrubric.diagnostics.display import UNSAFE, is_seen, plain, unfit
from govrubric.diagnostics.source import Place, Source
from govrubric.document.nodes import DEPTH
from govrubric.language.fields import ID, PATH, RUBRIC_ID
from govrubric.language.fields import LANGUAGE as LANGUAGE_TAG
from govrubric.numbers import COUNT_LIMIT, ROUNDINGS, WHOLE_DIGITS, Exact, places_of, ratio, whole_of, written
from govrubric.scoring.audit import gaps, unwieldy
from govrubric.scoring.ledger import Combining, GateScore, Given, Header, ItemScore, Record, RuleScore

FORMAT = 1
LANGUAGE = 1
LIMIT = 8 << 20  # characters of one card
DIGITS = 4000  # of one number
COMMAS = 1_500_000  # in them, several times as many as a card of that length has
VALUES = 500_000  # of one card
INTEGER = 20  # digits of a number that is not text, such as the version of the format
POLICIES = (None, "full", "zero", "rescale", "spread")
_DIGEST = re.compile("sha256:[0-9a-f]{64}")
_VERSION = re.compile(r"[0-9]+(?:\.[0-9A-Za-z+-]+){0,5}")


def dumps(data: object) -> str:
    """Plain data -> JSON text, in which characters that cannot be seen are written as escapes."""
    text = json.dumps(data, ensure_ascii=False, indent=1) + "\n"
    return text if is_seen(text) else UNSAFE.sub(lambda match: json.dumps(match[0])[1:-1], text)


def seal(data: object) -> str:
    """The digest of plain data: SHA-256 of its shortest JSON with sorted keys, in UTF-8."""
    text = json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return "sha256:" + hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def to_dict(record: Record) -> dict[str, Any]:
    """A record -> plain data with its keys in a fixed order, sealed."""
    header, root = record.header, record.items[0]
    tally = {"unit": header.unit, "name": header.name, "inputs": [_given(given) for given in record.inputs]}
    data = {
        "card": FORMAT,
        "language_version": LANGUAGE,
        "engine_version": header.engine,
        "rubric": {
            "id": header.rubric,
            "title": header.title,
            "language": header.language,
            "digest": header.digest,
        },
        "unit": header.unit,
        "name": header.name,
        "total": _text(root.contribution),
        "exact_total": _text(exact_total(root)),
        "grade": header.grade,
        "maximum": _text(header.maximum),
        "assumed": [given.name for given in record.inputs if given.assumed],
        "inputs": tally["inputs"],
        "tally_digest": seal(tally),
        "items": [_item(item) for item in record.items],
    }
    return {**data, "digest": seal(data)}


def exact_total(root: ItemScore) -> Exact | None:
    """The total before its rounding."""
    if root.score is None:
        return None
    exact = (Fraction(root.score) - Fraction(root.rounding)) * Fraction(root.weight) / Fraction(root.out_of)
    return ratio(exact.numerator, exact.denominator)


def _text(value: Exact | None) -> str | None:
    return None if value is None else written(Fraction(value))


def _given(given: Given) -> dict[str, Any]:
    value: bool | str | None
    match given.value:
        case bool() | str():
            value = given.value
        case int():
            value = str(given.value)
        case number:
            value = _text(number)
    return {
        "name": given.name,
        "kind": given.kind,
        "unit": given.unit,
        "value": value,
        "assumed": given.assumed,
        "evidence": list(given.evidence),
        "note": given.note,
    }


def _item(item: ItemScore) -> dict[str, Any]:
    numbers = ("weight", "out_of", "floor", "ceiling", "base", "rounding", "score", "lost", "contribution")
    data = {key: _text(value) if key in numbers else value for key, value in item._asdict().items()}
    combining = None if item.combining is None else item.combining._asdict()
    rows = {"rules": [_rule(rule) for rule in item.rules], "gates": [_gate(gate) for gate in item.gates]}
    return {**data, "parts": list(item.parts), "combining": combining, **rows}


def _rule(rule: RuleScore) -> dict[str, Any]:
    numbers = {key: _text(getattr(rule, key)) for key in ("raw", "applied", "absorbed", "balance")}
    texts = {
        "path": rule.path,
        "verb": rule.verb,
        "clause": rule.clause,
        "when": rule.when,
        "inputs": list(rule.inputs),
        "sentence": rule.sentence,
    }
    return {**texts, **numbers, "counted": rule.counted}


def _gate(gate: GateScore) -> dict[str, Any]:
    texts = {"path": gate.path, "when": gate.when, "clause": gate.clause, "sentence": gate.sentence}
    return {**texts, "voids": gate.voids, "held": gate.held, "effect": _text(gate.effect)}


class _Missing:
    """Stands for the value of a key that one of two pieces of data has not."""


MISSING = _Missing()


def differences(stated: Any, computed: Any, path: Path = ()) -> list[tuple[Path, str, str]]:
    """The deepest places where two pieces of plain data differ, with what each of them has there."""
    if isinstance(stated, dict) and isinstance(computed, dict):
        pairs = [
            (key, stated.get(key, MISSING), computed.get(key, MISSING)) for key in {**computed, **stated}
        ]
    elif isinstance(stated, list) and isinstance(computed, list) and len(stated) == len(computed):
        pairs = list(zip(range(len(stated)), stated, computed, strict=True))
    elif stated == computed and type(stated) is type(computed):
        return []
    else:
        return [(path, _brief(stated), _brief(computed))]
    return [
        difference
        for key, old, new in pairs
        for difference in differences(old, new, _row_path(old, new) or (*path, key))
    ]


def _row_path(stated: Any, computed: Any) -> Path:
    """The path of a row of the card, which is the path or name it states; empty for anything else."""
    if isinstance(stated, dict) and isinstance(computed, dict):
        for key in ("path", "name"):
            if stated.get(key) and stated[key] == computed.get(key):
                return (str(stated[key]),)
    return ()


def _brief(value: Any) -> str:
    if value is MISSING:
        return "–"
    return plain(json.dumps(value, ensure_ascii=False), 40)


class _Reader:
    """Plain data -> typed values; each method raises `CardError` at the first thing that does not fit."""

    def __init__(self, name: str) -> None:
        self.name = name

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

    def word(self, data: Any, key: str, path: Path, pattern: re.Pattern[str], wanted: str) -> str:
        text: str = self.get(data, key, path, str)
        if not pattern.fullmatch(text):
            raise self.fail((*path, key), wanted)
        return text

    def path(self, data: Any, key: str, path: Path) -> str:
        text = self.word(data, key, path, PATH, "path")
        if text.count(".") >= DEPTH:
            raise self.fail((*path, key), "path")
        return text

    def rows(self, data: Any, key: str, path: Path, make: Callable[[Any, Path], Any]) -> tuple[Any, ...]:
        return tuple(
            make(row, (*path, key, index)) for index, row in enumerate(self.get(data, key, path, list))
        )

    def number(self, data: Any, key: str, path: Path, *, optional: bool = False) -> Any:
        text = self.get(data, key, path, (str, type(None)) if optional else str)
        if text is None:
            return None
        # `numbers.parse` does not serve: a card's numbers may be longer than those an author may write.
        digits = text.removeprefix("-")
        whole, _, places = digits.partition(".")
        over, slash, under = digits.partition("/")
        numerator, denominator = (over, under) if slash else (whole + places, "1" + "0" * len(places))
        are_digits = all(part.isascii() and part.isdigit() for part in (numerator, denominator))
        if len(text) > DIGITS or not are_digits or not denominator.strip("0"):
            raise self.fail((*path, key), "0.0")
        value = Fraction(whole_of(numerator), whole_of(denominator)) * (-1 if digits != text else 1)
        if written(value) != text:
            raise self.fail((*path, key), written(value))
        return ratio(value.numerator, value.denominator)

    def given(self, data: Any, path: Path) -> Given:
        kind = self.get(data, "kind", path, str)
        if kind not in ("count", "flag", "number", "choice"):
            raise self.fail((*path, "kind"), "count/flag/number/choice")
        if kind in ("flag", "choice"):
            value = self.get(data, "value", path, bool if kind == "flag" else str)
        else:
            value = self.number(data, "value", path)
        if kind == "count":
            if value != int(value) or not 0 <= value <= COUNT_LIMIT:
                raise self.fail((*path, "value"), "count")
            value = int(value)
        text = (str, type(None))
        return Given(
            self.path(data, "name", path),
            kind,
            self.get(data, "unit", path, text),
            value,
            self.get(data, "assumed", path, bool),
            self.texts(data, "evidence", path),
            self.get(data, "note", path, text),
        )

    def rule(self, data: Any, path: Path) -> RuleScore:
        return RuleScore(
            self.path(data, "path", path),
            self.word(data, "verb", path, ID, "verb"),
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
            self.path(data, "path", path),
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
        if Fraction(weight).numerator >= 10 ** (2 * WHOLE_DIGITS):
            raise self.fail((*path, "weight"), "0.0")
        policy = self.get(data, "not_applicable", path, text)
        if policy not in POLICIES:
            raise self.fail((*path, "not_applicable"), "full/zero/rescale/spread")
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
            self.path(data, "path", path) if self.get(data, "path", path, str) else "",
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
            policy,
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
    reader = _Reader(name)
    text = (str, type(None))
    for key, wanted in (("card", FORMAT), ("language_version", LANGUAGE)):
        if reader.get(data, key, (), int) != wanted:
            raise reader.fail((key,), str(wanted))
    rubric = reader.get(data, "rubric", (), dict)
    header = Header(
        reader.word(data, "engine_version", (), _VERSION, "1.0"),
        reader.word(rubric, "id", ("rubric",), RUBRIC_ID, "id"),
        reader.get(rubric, "title", ("rubric",), str),
        reader.word(rubric, "language", ("rubric",), LANGUAGE_TAG, "zh-CN/en"),
        reader.word(rubric, "digest", ("rubric",), _DIGEST, "sha256:…"),
        reader.number(data, "maximum", ()),
        reader.get(data, "unit", (), text),
        reader.get(data, "name", (), text),
        reader.get(data, "grade", (), text),
    )
    items = reader.rows(data, "items", (), reader.item)
    if not items or items[0].path != "" or not _has_total(items[0]):
        raise reader.fail(("items", 0), "path ''")
    record = Record(header, reader.rows(data, "inputs", (), reader.given), items)
    if missing := gaps(record):
        raise reader.refuse("GR703", ("items",), missing=", ".join(missing))
    if (index := unwieldy(record)) is not None:
        raise reader.fail(("items", index), "0.0")
    return record


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
