"""Pairs of rubrics: the second is the first after a few edits, as the form of one year is that of the year before.

The first is random, or a rubric of the gallery, or a shipped rubric. An edit after which the rubric is refused is not
made.
"""

import random
import re
from collections.abc import Callable, Iterator
from copy import deepcopy
from fractions import Fraction
from functools import cache, cached_property
from pathlib import Path
from typing import Any

from hypothesis import strategies as st
from pydantic import ValidationError

from govrubric import Rubric, RubricError
from govrubric.document.nodes import Plain
from govrubric.document.yaml import parse
from govrubric.language.rubric_text import RubricText
from govrubric.language.rules import VERBS
from govrubric.testing.strategies.authored import Authored, Values
from govrubric.testing.strategies.rubric import values as rubrics
from govrubric.testing.strategies.words import UNITS, Words
from layouts import written

ROOT = Path(__file__).parents[1]
FILES = [*sorted((ROOT / "examples" / "gallery").glob("*.yaml")), *sorted((ROOT / "rubrics").glob("*.yaml"))]
NEW = ("fresh", "newer", "again", "other")
MOST = 8
_DIGITS = re.compile(r"-?[0-9]+(\.[0-9]+|/[0-9]+)?")
_BARE = re.compile(r"true|false|-?[0-9]+(\.[0-9]+|/[0-9]+)?|[0-9]{4}-[0-9]{2}-[0-9]{2}")

Edit = Callable[["Editing"], None]


class Pair:
    """The plain values of two rubrics; `style` says how they are laid out."""

    def __init__(self, before: Values, after: Values, style: int) -> None:
        self.before, self.after, self.style = before, after, style

    @cached_property
    def older(self) -> Rubric:
        return built(self.before)

    @cached_property
    def newer(self) -> Rubric:
        return built(self.after)

    def __repr__(self) -> str:
        # Of a text without end Hypothesis would say that it is long, and not what failed.
        return "\n---\n".join(text[:10_000] for text in self.texts())

    def texts(self) -> tuple[str, str]:
        """Both rubrics as an author may have written them."""
        return written(self.before, self.style), written(self.after, self.style)


def built(values: Values) -> Rubric:
    """The rubric of some plain values."""
    return Rubric(RubricText.model_validate(values))


def items(values: Values, above: str = "") -> Iterator[tuple[str, Values]]:
    """Every item of a rubric below its root, with its path."""
    for item in values.get("items" if above else "indicators", ()):
        path = f"{above}.{item['id']}" if above else item["id"]
        yield path, item
        yield from items(item, path)


def rules(values: Values) -> Iterator[tuple[str, Values]]:
    """Every rule of a rubric, with its path."""
    for path, item in items(values):
        yield from ((f"{path}.{rule['id']}", rule) for rule in item.get("rules", ()))


def parts(values: Values) -> list[Values]:
    """The parts of a group, or the indicators of a rubric."""
    found: list[Values] = values.get("items") or values.get("indicators") or []
    return found


class Editing:
    """A rubric's plain values while one edit is made in them, and the luck that decides what it is."""

    def __init__(self, values: Values, seed: int) -> None:
        self.values, self.luck, self.words = values, random.Random(seed), Words(seed)

    def item(self) -> tuple[str, Values]:
        return self.luck.choice(list(items(self.values)))

    def rule(self) -> tuple[str, Values]:
        return self.luck.choice(list(rules(self.values)))

    def owner(self) -> Values:
        """The rubric or one of its items."""
        return self.luck.choice([self.values, *(item for _, item in items(self.values))])

    def holder(self, of: Values) -> list[Values]:
        """The list in which an item or a rule stands."""
        owners = [self.values, *(item for _, item in items(self.values))]
        lists = [owner[key] for owner in owners for key in ("indicators", "items", "rules") if key in owner]
        return next(one for one in lists if any(of is inner for inner in one))

    def renamed(self, old: str, new: str) -> None:
        """Call by another name whatever has this one in conditions, formulas and paths."""
        word = re.compile(rf"\b{re.escape(old)}\b(?!\s*\()")
        self.values.update(_replaced(self.values, lambda text: word.sub(new, text)))

    def moved(self, old: str, new: str) -> None:
        """Write the new path of something into conditions, formulas and references that have its old one."""
        whole = re.compile(rf"(?<![\w.]){re.escape(old)}\b")
        self.values.update(_replaced(self.values, lambda text: whole.sub(new, text)))

    def balanced(self) -> None:
        """Give the parts of every group weights that add up to its full marks again, as nearly as before."""
        _balance(self.values, Fraction(self.values.get("out_of") or self.values["total"]))


def _replaced(values: Any, change: Callable[[str], str], key: str = "") -> Any:
    match values:
        case dict():
            return {name: _replaced(value, change, name) for name, value in values.items()}
        case list():
            return [_replaced(value, change, key) for value in values]
        case Authored():
            return Authored(change(values))
        case str() if key in ("input", "at"):
            return change(values)
        case _:
            return values


def _balance(group: Values, full: Fraction) -> None:
    counted = [part for part in parts(group) if not part.get("extra")]
    whole = sum((Fraction(part["weight"]) for part in counted), Fraction(0))
    for part in parts(group):
        if group.get("combine", "sum") != "sum" and part in counted:
            part["weight"] = full
        elif part in counted and whole != full:
            part["weight"] = Fraction(part["weight"]) * full / whole
        _balance(part, Fraction(part.get("out_of") or part["weight"]))


# Edits


def rename(edit: Editing) -> None:
    """Another id for an item, rule or gate, sometimes with a `was`."""
    path, thing = edit.luck.choice((edit.item, edit.rule))()
    old, new = thing["id"], edit.luck.choice(NEW)
    thing["id"] = new
    if edit.luck.random() < 0.6:
        thing["was"] = path
    edit.renamed(old, new)


def rename_within(edit: Editing) -> None:
    """Another name for a gate, a grade, a fact, a level, an outcome or the input of a formula."""
    new = edit.luck.choice(NEW)
    named = [
        one
        for owner in [edit.values, *(item for _, item in items(edit.values))]
        for one in owner.get("gates", ())
    ]
    mappings = [edit.values.get("facts")]
    mappings += [
        value for _, rule in rules(edit.values) for key, value in rule.items() if key in (*VERBS, "inputs")
    ]
    found = [one for one in mappings if isinstance(one, dict) and "below" not in one and "above" not in one]
    if found and edit.luck.random() < 0.6:
        mapping = edit.luck.choice(found)
        old = edit.luck.choice(list(mapping))
        renamed = {new if key == old else key: value for key, value in mapping.items()}
        mapping.clear()
        mapping.update(renamed)
        edit.renamed(old, new)
    elif named and edit.luck.random() < 0.5:
        edit.luck.choice(named)["id"] = new
    elif "grades" in edit.values:
        edit.luck.choice(edit.values["grades"])["grade"] = edit.words.text()[:100]


def move(edit: Editing) -> None:
    """An item into another group, or a rule to another item, sometimes with a `was`."""
    path, thing = edit.luck.choice((edit.item, edit.rule))()
    key = "items" if "title" in thing else "rules"
    owners = [one for _, one in items(edit.values) if key in one]
    homes = [one[key] for one in owners]
    if key == "items":
        homes.append(edit.values["indicators"])
    edit.holder(thing).remove(thing)
    edit.luck.choice(homes).append(thing)
    if edit.luck.random() < 0.7:
        thing["was"] = path
    now = next((at for at, one in (*items(edit.values), *rules(edit.values)) if one is thing), path)
    edit.balanced()
    edit.moved(path, now)


def group(edit: Editing) -> None:
    """An item becomes the one part of a new group."""
    path, item = edit.item()
    home = edit.holder(item)
    kept: Values = {key: item.pop(key) for key in ("extra", "not_applicable") if key in item}
    new: Values = {
        "id": edit.luck.choice(NEW),
        "title": edit.words.text(),
        "weight": item["weight"],
        **kept,
        "items": [item],
    }
    home[home.index(item)] = new
    if edit.luck.random() < 0.7:
        item["was"] = path
    above = path.rpartition(".")[0]
    edit.moved(path, ".".join(filter(None, (above, new["id"], item["id"]))))


def ungroup(edit: Editing) -> None:
    """The parts of a group go to where the group stood."""
    groups = [(path, item) for path, item in items(edit.values) if "items" in item]
    if groups:
        path, item = edit.luck.choice(groups)
        home = edit.holder(item)
        place = home.index(item)
        for part in item["items"]:
            if edit.luck.random() < 0.7:
                part["was"] = f"{path}.{part['id']}"
        home[place : place + 1] = item["items"]
        edit.balanced()
        above = path.rpartition(".")[0]
        for part in item["items"]:
            edit.moved(f"{path}.{part['id']}", f"{above}.{part['id']}".removeprefix("."))


def reorder(edit: Editing) -> None:
    """Items, rules, gates, grades, registers, facts or levels in another order."""
    owners = [
        edit.values,
        *(item for _, item in items(edit.values)),
        *(rule for _, rule in rules(edit.values)),
    ]
    listed = [
        value for owner in owners for value in owner.values() if isinstance(value, list) and len(value) > 1
    ]
    mapped = [
        value for owner in owners for value in owner.values() if isinstance(value, dict) and len(value) > 1
    ]
    if listed and (not mapped or edit.luck.random() < 0.8):
        edit.luck.shuffle(edit.luck.choice(listed))
    elif mapped:
        mapping = edit.luck.choice(mapped)
        pairs = list(mapping.items())
        edit.luck.shuffle(pairs)
        mapping.clear()
        mapping.update(pairs)


def reverse_rules(edit: Editing) -> None:
    """The rules of an item in the opposite order."""
    found = [item["rules"] for _, item in items(edit.values) if len(item.get("rules", ())) > 1]
    if found:
        edit.luck.choice(found).reverse()


def remove(edit: Editing) -> None:
    """An entry of any list, or a key that may be left out, is gone."""
    if edit.luck.random() < 0.3:
        owner = edit.luck.choice([edit.owner(), edit.rule()[1]])
        kept = {"govrubric", "id", "title", "total", "weight", "indicators", "items", "rules", *VERBS}
        optional = [key for key in owner if key not in kept]
        if optional:
            del owner[edit.luck.choice(optional)]
        return
    owner = edit.luck.choice([edit.values, edit.item()[1], edit.rule()[1]])
    found = [value for value in owner.values() if isinstance(value, (list, dict)) and value]
    if found:
        inner = edit.luck.choice(found)
        del inner[edit.luck.choice(list(inner) if isinstance(inner, dict) else range(len(inner)))]
    edit.balanced()


def add(edit: Editing) -> None:
    """A new item, rule, gate, grade, fact, reading or case."""
    new = edit.luck.choice(NEW)
    what = edit.luck.choice(("item", "rule", "gate", "grade", "fact", "ambiguity", "case"))
    if what == "item":
        _, item = edit.item()
        copy = {**deepcopy(item), "id": new, "title": edit.words.text()}
        home = edit.holder(item)
        home.insert(edit.luck.randint(0, len(home)), copy)
        edit.balanced()
    elif what == "rule":
        _, rule = edit.rule()
        home = edit.holder(rule)
        home.insert(edit.luck.randint(0, len(home)), {"id": new, **_any_rule(edit)})
    elif what == "gate":
        action = edit.luck.choice(
            ({"score": "none"}, {"score": Fraction(0)}, {"grade": edit.words.text()[:50]})
        )
        gates = edit.owner().setdefault("gates", [])
        gates.insert(edit.luck.randint(0, len(gates)), {"id": new, "when": _any_condition(edit), **action})
    elif what == "grade":
        grades = edit.values.setdefault("grades", [{"grade": "D"}])
        grades.insert(0, {"grade": edit.words.text()[:50], "from": Fraction(edit.values["total"])})
    elif what == "fact":
        edit.values.setdefault("facts", {})[new] = edit.luck.choice(
            ("flag", "count", {"choice": ["A", "B"]}, {"number": {"min": 0, "max": 5}})
        )
    elif what == "ambiguity":
        reading = {
            "id": new,
            "at": edit.item()[0],
            "question": edit.words.text(),
            "decision": edit.words.text(),
        }
        edit.values.setdefault("ambiguities", []).append(reading)
    else:
        case = {"name": edit.words.text()[:200], "tally": {}, "expect": {"total": Plain("1")}}
        edit.values.setdefault("cases", []).append(case)


def _any_rule(edit: Editing) -> Values:
    """A rule of any verb that needs nothing of the rubric."""
    rules: tuple[Values, ...] = (
        {"deduct": Fraction(1, 2), "per": edit.luck.choice(UNITS)},
        {"deduct": {"high": Fraction(2), "low": Fraction(1)}, "per": "case"},
        {"award": [Fraction(1), Fraction(1, 3)], "per": "件"},
        {"award": Fraction(1)},
        {"judge": Fraction(2), "places": 1},
        {"forfeit": "all"},
        {"convert": Fraction(100)},
        {"choose": {"A": Fraction(1), "B": Fraction(-1)}},
        {"bands": [{"from": Fraction(90), "points": Fraction(1)}], "else": Fraction(0), "unit": "%"},
        {"distance": {"below": Fraction(95), "each": Fraction(1), "points": Fraction(-1, 2)}},
        {"curve": [[Fraction(0), Fraction(0)], [Fraction(10), Fraction(1)]]},
        {"formula": Authored("min(n, 3)"), "inputs": {"n": "count"}},
    )
    return edit.luck.choice(rules)


def _any_condition(edit: Editing) -> Authored:
    path, _ = edit.item()
    return Authored(edit.luck.choice(("True", "False", f"lost({path}) > 1", f"reached({path}) >= 0.6")))


def weigh(edit: Editing) -> None:
    """Another weight, and those of its neighbours so that they still add up."""
    _, item = edit.item()
    item["weight"] = Fraction(item["weight"]) * edit.luck.choice((2, Fraction(1, 2), Fraction(1, 3)))
    edit.balanced()


def amount(edit: Editing) -> None:
    """Another number somewhere in a rule, a gate, a grade or a fact."""
    _change_numbers(
        edit.luck.choice([edit.rule()[1], edit.rule()[1], edit.values, edit.item()[1]]), edit.luck
    )


def _change_numbers(values: Any, luck: random.Random) -> None:
    pairs = values.items() if isinstance(values, dict) else enumerate(values)
    for key, value in list(pairs):
        if key in ("indicators", "items", "cases", "govrubric", "total", "weight", "valid"):
            continue
        if isinstance(value, (dict, list)):
            _change_numbers(value, luck)
        elif isinstance(value, (Fraction, int)) and not isinstance(value, bool) and luck.random() < 0.5:
            values[key] = (
                value + 1
                if isinstance(value, int)
                else value * luck.choice((2, Fraction(1, 2), Fraction(1, 3)))
            )


def verb(edit: Editing) -> None:
    """A rule counts in another way."""
    _, rule = edit.rule()
    for key in [key for key in rule if key not in ("id", "was", "when", "clause", "note", "at_most")]:
        del rule[key]
    rule |= _any_rule(edit)


def words(edit: Editing) -> None:
    """Another title, clause, note or name of whoever assesses."""
    rule = edit.rule()[1] if edit.luck.random() < 0.5 else None
    owner = edit.owner() if rule is None else rule
    keys = ["clause", "note"] if rule is not None else ["title", "note"]
    if rule is None and owner is not edit.values:
        keys += ["clause", "assessed_by"]
    owner[edit.luck.choice(keys)] = edit.words.text()


def condition(edit: Editing) -> None:
    """A condition, or a formula, is written otherwise or says something else."""
    owners = [
        one
        for item in [edit.values, *(item for _, item in items(edit.values))]
        for one in (item, *(entry for key in ("rules", "gates", "grades") for entry in item.get(key, ())))
    ]
    found = [(owner, key) for owner in owners for key, value in owner.items() if isinstance(value, Authored)]
    if found and edit.luck.random() < 0.7:
        owner, key = edit.luck.choice(found)
        if key == "formula":
            owner[key] = Authored(
                edit.luck.choice((f"({owner[key]}) * 2", f"max({owner[key]}, 0)", f"({owner[key]})"))
            )
        else:
            owner[key] = Authored(
                edit.luck.choice((f"not ({owner[key]})", f"({owner[key]})", _any_condition(edit)))
            )
    elif edit.luck.random() < 0.5:
        edit.rule()[1]["when"] = _any_condition(edit)
    else:
        edit.item()[1]["counts_when"] = _any_condition(edit)


def header(edit: Editing) -> None:
    """Another id, language, year or source."""
    key, value = edit.luck.choice(
        (
            ("id", "next-2024"),
            ("language", "en"),
            ("language", "zh-CN"),
            ("title", edit.words.text()),
            ("valid", {"from": Plain("2024-01-01")}),
            ("source", {"issuer": edit.words.text(), "document": edit.words.text()}),
        )
    )
    edit.values[key] = value


def scale(edit: Editing) -> None:
    """Other bounds, another scale, rounding, start, or way in which parts are put together."""
    owner, half = edit.owner(), Fraction(1, 2)
    key, value = edit.luck.choice(
        (
            ("out_of", Fraction(100)),
            ("floor", "none"),
            ("floor", Fraction(-1)),
            ("floor", half),
            ("ceiling", "none"),
            ("ceiling", Fraction(1)),
            ("ceiling", Fraction(1000)),
            (
                "round",
                {
                    "places": edit.luck.randint(0, 6),
                    "mode": edit.luck.choice(("half_up", "down", "half_even")),
                },
            ),
            ("start", edit.luck.choice(("full", "zero", half))),
            ("combine", edit.luck.choice(("sum", "mean", "min", "max"))),
            ("drop", edit.luck.choice(({"lowest": 1}, {"highest": 1}))),
            ("not_applicable", edit.luck.choice(("rescale", "spread", "full", "zero"))),
            ("extra", True),
            ("take", "highest"),
            ("grade_on", edit.luck.choice(("exact", "rounded"))),
            ("at_most", half),
        )
    )
    if key == "at_most":
        owner = edit.rule()[1]
    elif key == "grade_on":
        owner = edit.values
    elif key in ("start", "not_applicable", "extra", "take") and owner is edit.values:
        owner = edit.item()[1]
    owner[key] = value
    if key in ("out_of", "combine", "extra"):
        edit.balanced()


EDITS: tuple[Edit, ...] = (
    reverse_rules, rename, rename_within, move, group, ungroup, reorder, reorder, remove, add, add, weigh, amount,
    amount, verb, words, condition, header, scale, scale,
)  # fmt: skip
seeds = st.integers(0, 9999)


def edited(values: Values, edit: Edit, seed: int) -> Values:
    """The values after an edit; the same where no sound rubric would be left."""
    made = Editing(deepcopy(values), seed)
    try:
        edit(made)
        built(made.values)
    except (RubricError, ValidationError, ValueError, LookupError):
        return values
    return made.values


@cache
def file_values(path: Path) -> Values:
    """The plain values of a rubric's file."""
    values: Values = _values(parse(str(path), path.read_bytes()).value)
    return values


def _values(value: Any, key: str = "", *, case: bool = False) -> Any:
    if isinstance(value, dict):
        return {
            name: _values(inner, name, case=case or name in ("cases", "set")) for name, inner in value.items()
        }
    if isinstance(value, tuple):
        return [_values(inner, key, case=case) for inner in value]
    if key in ("when", "formula", "counts_when"):
        return Authored(value)
    if not isinstance(value, Plain):
        return value
    if case or not _BARE.fullmatch(value):
        return value if _BARE.fullmatch(value) else str(value)
    if key in ("govrubric", "places", "lowest", "highest") and value.isdigit():
        return int(value)
    if _DIGITS.fullmatch(value):
        return Fraction(value)
    return {"true": True, "false": False}.get(value, value)


@st.composite
def pairs(draw: st.DrawFn, edits: tuple[Edit, ...] = EDITS, most: int = MOST) -> Pair:
    """A rubric, and the same rubric after some edits."""
    before = draw(st.one_of(rubrics(), rubrics(), rubrics(), st.sampled_from(FILES).map(file_values)))
    after = before
    for edit, seed in draw(st.lists(st.tuples(st.sampled_from(edits), seeds), min_size=1, max_size=most)):
        after = edited(after, edit, seed)
    return Pair(before, after, draw(seeds))
