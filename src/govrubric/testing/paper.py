"""A card's plain data -> the figures that do not add up, computed from its digits without the engine.

Source: language sections 3 and 4.
"""

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from typing import Any, NamedTuple

from govrubric.testing.interpreter import ZERO

LEAVING = ("rescale", "spread")
IDLE = ("base", "rounding", "score", "lost")


class Slip(NamedTuple):
    """A figure of an item, rule or gate that is not what the other figures make it."""

    path: str
    figure: str
    stated: object
    due: object


def unbalanced(data: Mapping[str, Any]) -> Iterator[Slip]:
    """Every figure of a card's plain data that does not follow from the others."""
    items = {item["path"]: item for item in data["items"]}
    flags = {given["name"] for given in data["inputs"] if given["value"] is True}
    flags |= {f"{path}.not_applicable" for path, item in items.items() if item["excused"]}
    listed = sorted(["", *(part for item in items.values() for part in item["parts"])])
    paths = sorted(item["path"] for item in data["items"])
    if listed != paths:
        yield Slip("", "parts", listed, paths)
        return
    for path, item in reversed(items.items()):  # parts before their group
        parts = [items[part] for part in item["parts"]]
        making_up = [part for part in parts if item["weight"] is None or not part["extra"]]
        lapsed = bool(parts) and not any(part["applies"] for part in making_up)
        yield from _flag(path, "applies", item["applies"], not (_excused(path, flags) or lapsed))
        if parts and item["applies"]:
            base = _combined(item, parts)
            base = base if item["ceiling"] is None else min(base, Fraction(item["ceiling"]))
            base = base if item["floor"] is None else max(base, Fraction(item["floor"]))
            yield from _same(path, "base", item["base"], base)
        yield from _rules(item)
        if not item["applies"]:
            yield from _idle(item)
        void_below = any(part["score"] is None and part["applies"] and part["counts"] for part in parts)
        void_here = any(gate["held"] and gate["voids"] for gate in item["gates"])
        void = item["applies"] and (void_below or void_here)
        yield from _flag(path, "score", item["score"] is not None, not void)
        names = path.split(".")
        around = [items[".".join(names[:end])] for end in range(1, len(names) + 1)]
        yield from _settled(item, flags, extra=any(one["extra"] for one in around))
    yield from _totals(data, items[""])


def _same(path: str, figure: str, stated: str | None, due: Fraction | None) -> Iterator[Slip]:
    if (None if stated is None else Fraction(stated)) != due:
        yield Slip(path, figure, stated, due)


def _flag(path: str, figure: str, stated: bool, due: bool) -> Iterator[Slip]:
    if stated is not due:
        yield Slip(path, figure, stated, due)


def _balance(item: Mapping[str, Any]) -> Fraction:
    """The score of an item after its rules and gates, before it is rounded."""
    return (
        Fraction(item["base"])
        + sum(Fraction(rule["applied"]) for rule in item["rules"])
        + sum(Fraction(gate["effect"]) for gate in item["gates"])
    )


def _rules(item: Mapping[str, Any]) -> Iterator[Slip]:
    balance = Fraction(item["base"])
    for rule in item["rules"]:
        raw, applied, absorbed = (Fraction(rule[figure]) for figure in ("raw", "applied", "absorbed"))
        yield from _same(rule["path"], "raw", rule["raw"], applied + absorbed)
        balance += applied
        yield from _same(rule["path"], "balance", rule["balance"], balance)
        # The applied effect lies between 0 and the raw effect.
        kept = max(min(applied, max(raw, ZERO)), min(raw, ZERO))
        yield from _same(rule["path"], "applied", rule["applied"], kept)
        if raw != 0:
            yield from _flag(rule["path"], "counted", rule["counted"], True)
    for gate in item["gates"]:
        if not gate["held"]:
            yield from _same(gate["path"], "effect", gate["effect"], ZERO)
    if item["take"] == "highest":
        for sign in (1, -1):
            acting = [
                rule
                for rule in item["rules"]
                if Fraction(rule["raw"]) * sign > 0 and rule["verb"] != "forfeit"
            ]
            for rule in sorted(acting, key=lambda rule: -abs(Fraction(rule["raw"])))[1:]:
                yield from _same(rule["path"], "applied", rule["applied"], ZERO)


def _idle(item: Mapping[str, Any]) -> Iterator[Slip]:
    """In an item that does not apply every figure is 0, and no rule or gate acts."""
    for figure in IDLE:
        yield from _same(item["path"], figure, item[figure], ZERO)
    for rule in item["rules"]:
        yield from _same(rule["path"], "raw", rule["raw"], ZERO)
        yield from _flag(rule["path"], "counted", rule["counted"], False)
    for gate in item["gates"]:
        yield from _flag(gate["path"], "held", gate["held"], False)


def _settled(item: Mapping[str, Any], flags: set[str], *, extra: bool) -> Iterator[Slip]:
    """The score, and the figures that follow from it; within an `extra` item only what is below 0 is lost."""
    path = item["path"]
    if item["score"] is None:
        yield from _same(path, "lost", item["lost"], None)
        yield from _same(path, "contribution", item["contribution"], None)
        yield from _same(path, "rounding", item["rounding"], ZERO)
        return
    score, weight = Fraction(item["score"]), Fraction(item["weight"] or 0)
    yield from _same(path, "score", item["score"], _balance(item) + Fraction(item["rounding"]))
    lost, contribution = ZERO, ZERO
    if item["applies"]:
        lost = max(ZERO, (ZERO if extra else Fraction(item["out_of"])) - score)
        contribution = score if item["weight"] is None else score * weight / Fraction(item["out_of"])
    elif _stays_full(item, flags):
        contribution = weight
    yield from _same(path, "lost", item["lost"], lost)
    yield from _same(path, "contribution", item["contribution"], contribution if item["counts"] else ZERO)


def _totals(data: Mapping[str, Any], root: Mapping[str, Any]) -> Iterator[Slip]:
    scored = root["score"] is not None
    yield from _same("", "total", data["total"], Fraction(root["contribution"]) if scored else None)
    exact = _balance(root) * Fraction(root["weight"]) / Fraction(root["out_of"])
    yield from _same("", "exact_total", data["exact_total"], exact if scored else None)


def _excused(path: str, flags: set[str]) -> bool:
    """Whether the tally says that an item, or a group around it, does not apply."""
    words = path.split(".")
    return any(f"{'.'.join(words[:end])}.not_applicable" in flags for end in range(1, len(words) + 1))


def _stays_full(item: Mapping[str, Any], flags: set[str]) -> bool:
    return item["not_applicable"] == "full" and not _excused(item["path"].rpartition(".")[0], flags)


def _combined(item: Mapping[str, Any], parts: Sequence[Mapping[str, Any]]) -> Fraction:
    """The base of a group. Where some parts leave it, each part that stays gets a new weight."""
    how = item["combining"]
    extra = sum((Fraction(part["contribution"] or 0) for part in parts if part["extra"]), ZERO)
    regular = [part for part in parts if not part["extra"]]
    gone = [part for part in regular if not part["applies"] and part["not_applicable"] in LEAVING]
    stay = [part for part in regular if part not in gone]
    values = sorted(Fraction(part["contribution"] or 0) for part in stay)
    for count, end in ((how["lowest"], 0), (how["highest"], -1)):
        for _ in range(min(count, len(values) - 1)):
            del values[end]
    if how["how"] in ("min", "max"):
        return extra + (values[0] if how["how"] == "min" else values[-1])
    base = sum(values, ZERO)
    if how["how"] == "mean":
        base /= len(values)
    elif gone:
        rescaled, spread = (
            sum((Fraction(part["weight"]) for part in gone if part["not_applicable"] == policy), ZERO)
            for policy in LEAVING
        )
        share = spread / sum(1 for part in stay if part["applies"])
        base = ZERO
        for part in stay:
            weight, contribution = Fraction(part["weight"]), Fraction(part["contribution"] or 0)
            base += contribution * (weight + (share if part["applies"] else 0)) / weight
        full = Fraction(item["out_of"])
        base *= full / (full - rescaled)
    return extra + base
