"""A scored unit -> its rows, its record, and its card as JSON text.

The text is the one that `card_json` writes of the record. It is filled into a template that all cards of a
rubric share, so that only the figures, sentences and evidence of the unit are written anew.
"""

import json
import re
from collections.abc import Callable, Sequence
from fractions import Fraction
from functools import cached_property
from typing import Any, NamedTuple

from govrubric.diagnostics.diagnostic import Lang
from govrubric.formula.nodes import Const, Input
from govrubric.numbers import Exact, ratio, written
from govrubric.plan.lines import EXACT, TOTAL, LineName
from govrubric.plan.plan import PlannedItem
from govrubric.scoring import card_json
from govrubric.scoring.ledger import Given, ItemScore, Record, ShownValue
from govrubric.scoring.row_builder import ITEM_LINES, Code, Evidence, Layout

REMEMBERED = 10_000  # texts of the numbers of one denominator
# The slots that come first: what the unit is and comes to, and the two seals.
UNIT, NAME, GRADE, TOTAL_SLOT, EXACT_SLOT, ASSUMED, INPUTS, TALLY_DIGEST, DIGEST = range(9)
FIRST = 9
EACH = 3  # slots of an input besides its value: assumed, evidence, note
_SLOT = re.compile(r'"\\u0001(\d+)\\u0001"')


def _slot(number: int) -> str:
    """The text that stands for a slot in plain data; a rubric cannot hold its characters."""
    return f"\x01{number}\x01"


class _Text:
    """A text with slots."""

    def __init__(self, text: str) -> None:
        self.pieces = _SLOT.split(text)
        self.slots = [int(number) for number in self.pieces[1::2]]

    def filled(self, slots: Sequence[str]) -> str:
        pieces = self.pieces.copy()
        pieces[1::2] = [slots[number] for number in self.slots]
        return "".join(pieces)


class _Numbers(dict[int, str]):
    """Whole numbers over one denominator -> their exact numbers as JSON, kept for reuse."""

    def __init__(self, den: int) -> None:
        super().__init__()
        self.den = den

    def __missing__(self, value: int) -> str:
        if len(self) > REMEMBERED:
            self.clear()
        self[value] = text = f'"{written(Fraction(value, self.den))}"'
        return text


class Form(Layout):
    """What all cards of a rubric share, with the template of their text."""

    @cached_property
    def template(self) -> "Template":
        return Template(self)


class ScoredUnit(NamedTuple):
    """What a card keeps of a unit that was scored: whole numbers, and what its tally says besides them.

    `values` are those of the inputs, and `kept` those of the kept lines. `given` are the inputs that the
    tally gave; ``None`` means all of them.
    """

    layout: "Form"
    values: tuple[int, ...]
    kept: tuple[int, ...]
    given: frozenset[str] | None
    evidence: Evidence
    unit: str | None
    name: str | None


def item_rows(unit: ScoredUnit, lang: Lang | None = None) -> tuple[ItemScore, ...]:
    """The rows of the card of a scored unit, with sentences in a language or else in the rubric's own."""
    return unit.layout.rows(lang or unit.layout.lang)(unit.values, *unit.values, *unit.kept)


def input_rows(unit: ScoredUnit) -> tuple[Given, ...]:
    """The inputs of a scored unit, given or assumed."""
    nothing: tuple[tuple[str, ...], str | None] = ((), None)
    given, rows = unit.given, []
    for known, whole in zip(unit.layout.plan.inputs, unit.values, strict=True):
        value: int | bool | str | Exact = whole
        if known.kind == "flag":
            value = whole > 0
        elif known.kind != "count":
            value = known.options[whole] if known.options else ratio(whole, known.den)
        assumed = given is not None and known.name not in given
        evidence, note = unit.evidence.get(known.name, nothing)
        rows.append(Given(known.name, known.title, known.kind, known.unit, value, assumed, evidence, note))
    return tuple(rows)


def value_rows(unit: ScoredUnit) -> tuple[ShownValue, ...]:
    """The named values that the card of a scored unit shows."""
    return unit.layout.values(unit.values, *unit.values, *unit.kept) if unit.layout.plan.shown else ()


def record_of(unit: ScoredUnit, items: tuple[ItemScore, ...]) -> Record:
    """Everything that a card says."""
    header = unit.layout.header(unit.unit, unit.name, unit.kept)
    return Record(header, input_rows(unit), items, value_rows(unit))


class Template:
    """The text of all cards of a rubric, and what fills its slots.

    `unusual` has the items whose rows are written as a whole, by their index.
    """

    layout: Form
    unusual: tuple[int, ...]

    def __init__(self, layout: Form) -> None:
        self.layout = layout
        self.unusual = tuple(
            index for index, item in enumerate(layout.plan.items) if not layout.is_plain(item)
        )
        self._numbers = {den: _Numbers(den) for den in layout.exact}
        data, self._figures = self._data_with_slots()
        tally = {"inputs": data["inputs"], "name": data["name"], "unit": data["unit"]}
        self._pretty = _Text(card_json.dumps(data))
        self._inputs = _Text(card_json.shortest(data["inputs"]))
        del data["digest"]
        self._sealed = _Text(card_json.shortest({**data, "inputs": _slot(INPUTS)}))
        self._tally = _Text(card_json.shortest({**tally, "inputs": _slot(INPUTS)}))

    def written(self, unit: ScoredUnit) -> tuple[str, str]:
        """The card's JSON text, and its digest."""
        layout = self.layout
        slots = [""] * FIRST
        slots[UNIT], slots[NAME] = _json(unit.unit), _json(unit.name)
        slots[GRADE] = _json(layout.grade(unit.kept))
        figures = self._figures(unit.values, *unit.values, *unit.kept)
        void = layout.is_void(unit.kept)
        slots[TOTAL_SLOT], slots[EXACT_SLOT] = ("null", "null") if void else figures[:2]
        inputs = layout.plan.inputs
        assumed = [known.name for known in inputs if unit.given is not None and known.name not in unit.given]
        beside = self._beside.copy()
        for place, known in enumerate(inputs):
            if unit.given is not None and known.name not in unit.given:
                beside[EACH * place] = "true"
        nested: dict[int, tuple[Any, int]] = {ASSUMED: (assumed, 1)}  # plain data of a slot, and its depth
        for name, (evidence, note) in unit.evidence.items():
            place = FIRST + EACH * layout.slots[name].place
            nested[place + 1] = (list(evidence), 3)
            beside[place + 2 - FIRST] = _json(note)
        slots += [*beside, *figures[2:]]
        if self.unusual:
            rows = item_rows(unit)
            nested |= {
                len(slots) + place: (card_json.item_data(rows[index]), 2)
                for place, index in enumerate(self.unusual)
            }
            slots += [""] * len(self.unusual)
        for place, (value, _) in nested.items():
            slots[place] = card_json.shortest(value)
        slots[INPUTS] = self._inputs.filled(slots)
        slots[TALLY_DIGEST] = f'"{card_json.sealed(self._tally.filled(slots))}"'
        digest = card_json.sealed(self._sealed.filled(slots))
        slots[DIGEST] = f'"{digest}"'
        for place, (value, depth) in nested.items():
            slots[place] = card_json.indented(value).replace("\n", "\n" + " " * depth)
        return self._pretty.filled(slots), digest

    @cached_property
    def _beside(self) -> list[str]:
        """What stands beside the value of each input that was given without evidence."""
        return ["false", "[]", "null"] * len(self.layout.plan.inputs)

    def _data_with_slots(self) -> tuple[dict[str, Any], Callable[..., tuple[str, ...]]]:
        """A card's plain data, with a slot wherever the cards of the rubric may differ.

        With it comes the function that makes the figures: the total, the exact total, and then the texts of
        the slots after those of the inputs' evidence.
        """
        layout = self.layout
        values = tuple(known.unsaid for known in layout.plan.inputs)
        sample = ScoredUnit(layout, values, layout.trace(*values), None, {}, None, None)
        data = card_json.to_dict(record_of(sample, item_rows(sample)))
        for key, slot in (
            ("unit", UNIT), ("name", NAME), ("grade", GRADE), ("total", TOTAL_SLOT),
            ("exact_total", EXACT_SLOT), ("assumed", ASSUMED),
            ("tally_digest", TALLY_DIGEST), ("digest", DIGEST),
        ):  # fmt: skip
            data[key] = _slot(slot)
        code = Code(layout)
        texts = [self._number(code, TOTAL), self._number(code, EXACT)]
        next_slot = FIRST + EACH * len(data["inputs"])

        def put(row: dict[str, Any], key: str, text: str) -> None:
            nonlocal next_slot
            row[key] = _slot(next_slot)
            next_slot += 1
            texts.append(text)

        for place, (row, known) in enumerate(zip(data["inputs"], layout.plan.inputs, strict=True)):
            put(row, "value", self._value(code, known))
            for offset, key in enumerate(("assumed", "evidence", "note")):
                row[key] = _slot(FIRST + EACH * place + offset)
        for row, shown in zip(data["values"], layout.plan.shown, strict=True):
            is_flag = shown.kind == "flag"
            text = f"flags[{code.whole(shown.line)} > 0]" if is_flag else self._number(code, shown.line)
            put(row, "value", text)
        for row, item in zip(data["items"], layout.plan.items, strict=True):
            if layout.is_plain(item):
                self._put_item(code, put, row, item)
        for index in self.unusual:
            data["items"][index] = _slot(next_slot)
            next_slot += 1
        names = {f"n{den}": numbers for den, numbers in self._numbers.items()}
        return data, code.function(f"({', '.join(texts)},)", {**names, "flags": ("false", "true")})

    def _put_item(
        self,
        code: Code,
        put: Callable[[dict[str, Any], str, str], None],
        row: dict[str, Any],
        item: PlannedItem,
    ) -> None:
        """Put a slot for each figure and sentence of a plain item that a tally decides."""
        lines: list[tuple[dict[str, Any], str, LineName]] = [
            (row, kind, item.line(kind)) for kind in ITEM_LINES
        ]
        for rule, step in zip(row["rules"], item.steps, strict=True):
            lines += [
                (rule, "raw", step.rule.line("raw")),
                (rule, "applied", step.rule.line("applied")),
                (rule, "absorbed", step.rule.line("absorbed")),
                (rule, "balance", step.balance),
            ]
            sentences = self.layout.sentences(step, item, self.layout.lang, _json)
            put(rule, "sentence", code.sentence(sentences, step))
        for where, key, name in lines:
            if not isinstance(self.layout.plan.lines[name], Const):
                put(where, key, self._number(code, name))

    def _number(self, code: Code, name: LineName) -> str:
        """The text of a line's exact number as JSON."""
        return f"n{self.layout.plan.lines[name].den}[{code.whole(name)}]"

    def _value(self, code: Code, known: Input) -> str:
        """The text of an input's value as JSON."""
        variable = code.body.variables[known.name]
        if known.kind == "flag":
            return f"flags[{variable} > 0]"
        if known.kind == "choice":
            return f"{code.constant('o', tuple(map(_json, known.options)))}[{variable}]"
        numbers = self._numbers.setdefault(known.den, _Numbers(known.den))
        return f"{code.constant('q', numbers)}[{variable}]"


def _json(value: str | None) -> str:
    return json.dumps(value, ensure_ascii=False)
