"""Plain values -> YAML, in one of the layouts, quotes and orders of keys that mean the same."""

import json
import random
import re
from collections.abc import Iterator
from fractions import Fraction
from typing import Any

from govrubric.document.nodes import Plain
from govrubric.testing.strategies.authored import Authored, Values


def written(values: Values, style: int) -> str:
    """A rubric's values as YAML; `style` is the seed of its layout, quotes and order of keys."""
    return "\n".join(_Writer(random.Random(style)).mapping(values, "")) + "\n"


_TAKEN = re.compile(r"true|false|null|yes|no|on|off|y|n|nan|inf")
_WORD = re.compile(r"[a-z][a-z0-9_]*")
_LINES = re.compile(r"[^\s#](?:[^\n\t]*[^\s])?(?:\n[^\s#](?:[^\n\t]*[^\s])?)*")
_CONDITION = re.compile(r"[a-z(][a-z0-9_.()+*/<>= -]*[a-z0-9_)]")
# Keys whose values have an order that matters: levels, outcomes and inputs stand in this order on the card.
_ORDERED = ("deduct", "award", "choose", "facts", "inputs", "values", "variants", "options", "set")
_SAFE = re.compile(r"[a-z一-鿿][a-z0-9_一-鿿，、（）]*")


class _Writer:
    def __init__(self, luck: random.Random) -> None:
        self.luck = luck

    def chance(self) -> bool:
        return self.luck.random() < 0.4

    def pairs(self, value: Values, within: str) -> list[tuple[str, Any]]:
        """Keys in any order, unless their order matters."""
        pairs = list(value.items())
        if within not in _ORDERED and self.chance():
            self.luck.shuffle(pairs)
        return pairs

    def mapping(self, value: Values, within: str) -> Iterator[str]:
        for key, inner in self.pairs(value, within):
            yield from self.entry(f"{self.key(key)}:", inner, key)

    def entry(self, head: str, value: Any, key: str) -> Iterator[str]:
        flow = self.flow(value, key)
        scalar = isinstance(value, Plain) or not isinstance(value, (dict, list, str))
        if isinstance(value, Authored) or (len(flow) < 1500 and (scalar or not value or self.chance())):
            yield f"{head} {flow}"
        elif isinstance(value, dict):
            yield head
            yield from (f"  {line}" for line in self.mapping(value, key))
        elif isinstance(value, list):
            yield head
            for element in value:
                is_mapping = isinstance(element, dict)
                lines = self.mapping(element, key) if is_mapping else self.entry("", element, key)
                first, *others = lines
                yield f"- {first.lstrip()}"
                yield from (f"  {line}" for line in others)
        elif self.chance() and len(value) < 3000 and _LINES.fullmatch(value):
            yield f"{head} |-"
            yield from (f"  {line}" for line in value.split("\n"))
        else:
            yield f"{head} {self.folded(value)}"

    def flow(self, value: Any, within: str) -> str:
        match value:
            case dict():
                entries = [
                    f"{self.key(key)}: {self.flow(inner, key)}" for key, inner in self.pairs(value, within)
                ]
                return "{" + ", ".join(entries) + "}"
            case list():
                return "[" + ", ".join(self.flow(element, within) for element in value) + "]"
            case bool():
                return str(value).lower()
            case Plain():
                return str(value)
            case Authored():
                return self.authored(value)
            case str():
                return self.text(value)
            case _:
                return self.number(Fraction(value))

    def key(self, key: str) -> str:
        plain = _WORD.fullmatch(key) and not _TAKEN.fullmatch(key)
        return key if plain and not self.chance() else json.dumps(key, ensure_ascii=False)

    def text(self, text: str) -> str:
        if _SAFE.fullmatch(text) and not _TAKEN.fullmatch(text) and self.chance():
            return text
        if not re.search(r"[\n\t]", text) and self.chance():
            return "'" + text.replace("'", "''") + "'"
        return json.dumps(text, ensure_ascii=self.chance() and max(text) < "\ud800")

    def authored(self, text: str) -> str:
        """Plain where YAML gives it no other meaning, otherwise in quotes; a single quote is doubled."""
        if _CONDITION.fullmatch(text) and not _TAKEN.fullmatch(text) and self.chance():
            return text
        bare = not re.search(r"[\"\\]", text)
        return f'"{text}"' if bare and self.chance() else "'" + text.replace("'", "''") + "'"

    def folded(self, text: str) -> str:
        """Text in double quotes, over several lines if long; a backslash removes the line break after it."""
        pieces = [
            json.dumps(text[at : at + 900], ensure_ascii=False)[1:-1] for at in range(0, len(text), 900)
        ]
        lines = [f"\\{piece}" if at and piece.startswith(" ") else piece for at, piece in enumerate(pieces)]
        return '"' + "\\\n    ".join(lines) + '"'

    def number(self, number: Fraction) -> str:
        places = next((places for places in range(7) if (number * 10**places).denominator == 1), None)
        if places is None or (self.chance() and self.chance() and abs(number) < 10**9):
            factor = 1 if places is None else self.luck.choice((1, 2, 3))
            return f"{number.numerator * factor}/{number.denominator * factor}"
        places = self.luck.randint(places, 6) if self.chance() else places
        digits = str(abs(number.numerator) * 10**places // number.denominator).rjust(places + 1, "0")
        return ("-" if number < 0 else "") + (f"{digits[:-places]}.{digits[-places:]}" if places else digits)
