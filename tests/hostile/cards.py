"""Score cards that were changed: each change is found, or `verify` says that it does not check such a thing."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import govrubric
from govrubric import tally_files
from govrubric.scoring import card_json
from hostile.case import ROOT, Build, Case
from hostile.deep import writes

FORM = "2023-district"
TALLIES = ROOT / "examples" / "2023-districts.csv"
AGAIN = "重新计算为"  # when computed anew


def file_of(change: Callable[[dict[str, Any]], object], *, sealed: bool = True) -> Build:
    """What `score --format json` writes of the twelve districts, with a change, and with new digests."""

    def text() -> str:
        rubric = govrubric.shipped(FORM)
        cards = [card.to_dict() for card in tally_files.read(rubric, TALLIES)]
        data: dict[str, Any] = {
            "rubric": {"id": rubric.id, "title": rubric.title, "digest": rubric.digest},
            "cards": cards,
        }
        change(data)
        for card in data["cards"] if sealed else ():
            card["tally_digest"] = card_json.seal({key: card[key] for key in ("unit", "name", "inputs")})
            card["digest"] = card_json.seal({key: value for key, value in card.items() if key != "digest"})
        return card_json.dumps(data)

    return writes("cards.json", text)


def changed(**values: Any) -> Callable[[dict[str, Any]], object]:
    """Other values in the first card."""
    return lambda data: data["cards"][0].update(values)


def item(index: int, **values: Any) -> Callable[[dict[str, Any]], object]:
    return lambda data: data["cards"][0]["items"][index].update(values)


def rule(**values: Any) -> Callable[[dict[str, Any]], object]:
    def change(data: dict[str, Any]) -> None:
        next(item for item in data["cards"][0]["items"] if item["rules"])["rules"][0].update(values)

    return change


def given(**values: Any) -> Callable[[dict[str, Any]], object]:
    return lambda data: data["cards"][0]["inputs"][0].update(values)


def swapped(data: dict[str, Any]) -> None:
    items = data["cards"][0]["items"]
    items[-1], items[-2] = items[-2], items[-1]


def text_changed(old: str, new: str) -> Build:
    def build(folder: Path) -> None:
        file_of(lambda _: None)(folder)
        path = folder / "cards.json"
        text = path.read_text("utf-8")
        assert old in text
        path.write_text(text.replace(old, new, 1), "utf-8")

    return build


def found(
    name: str, change: Callable[[dict[str, Any]], object], code: str, *words: str, fast: bool = False
) -> Case:
    """A change that `verify` finds with the rubric, although the digests are new."""
    says = (f"[{code}]", *words)
    return Case(
        f"forged card: {name}",
        ("verify", "cards.json", FORM),
        file_of(change),
        says=says,
        honest="score",
        fast=fast,
    )


def named(name: str, change: Callable[[dict[str, Any]], object], words: str, code: str) -> list[Case]:
    """A change that `verify` says it does not check, and finds with the tallies."""
    command = ("verify", "cards.json", FORM)
    return [
        Case(
            f"forged card, unknowable: {name}", command, file_of(change), 0, ("未核对", words), honest="score"
        ),
        Case(
            f"forged card, with its tally: {name}",
            (*command, "--tally", str(TALLIES)),
            file_of(change),
            1,
            (f"[{code}]",),
            honest="score",
        ),
    ]


CASES = [
    found("another total", changed(total="99"), "GR705", fast=True),
    found("another grade", changed(grade="优秀"), "GR707"),
    found("another maximum", changed(maximum="101"), "GR707"),
    found("another title of the rubric", lambda data: data["cards"][0]["rubric"].update(title="别的"), "GR707"),
    found("another title of an item", item(1, title="别的"), "GR707", AGAIN),
    found("another clause of an item", item(1, clause="别的"), "GR707", AGAIN),
    found("another sentence", rule(sentence="1 例 × 0.1 = 0"), "GR707", AGAIN, fast=True),
    found("another clause of a rule", rule(clause="别的"), "GR707", AGAIN),
    found("another verb", rule(verb="award"), "GR707", AGAIN),
    found("another unit of counting", given(unit="次"), "GR707", AGAIN),
    found("a condition where there is none", item(1, counts_when="true"), "GR707", AGAIN),
    found("rows in another order", swapped, "GR707", fast=True),
    found("a key of null more", changed(extra=None), "GR705", fast=True),
    found("a policy that there is not", item(1, not_applicable="maybe"), "GR701"),
    found("a version that is none", changed(engine_version="0.1.0 <b>"), "GR701"),
    found("a unit that has two cards", lambda data: data["cards"].append(data["cards"][0]), "GR633", fast=True),
    found("a head with another title", lambda data: data["rubric"].update(title="别的"), "GR705"),
    found("a head with another digest", lambda data: data["rubric"].update(digest="sha256:" + "0" * 64), "GR705"),
    found("a head with more in it", lambda data: data.update(signed="by the office"), "GR705"),
    found("no head", lambda data: data.pop("rubric"), "GR701"),
    found("an escape in a title", item(1, title="a\x1b[31mb"), "GR105"),
    found("text in full-width digits", changed(total="９９"), "GR705"),
    found("a line feed in a sentence", rule(sentence="x\n::error::y"), "GR707"),
    *named("another name of the unit", changed(name="别的"), "名称", "GR708"),
    *named("another evidence", given(evidence=["没有"]), "依据", "GR708"),
    *named("another note", given(note="没有"), "备注", "GR708"),
    *named("another unit", changed(unit="d99"), "编号", "GR709"),
    *named("a unit that has no card", lambda data: data["cards"].pop(), "缺少某单位", "GR709"),
    Case(
        "a card with other sentences, as if of another version", ("verify", "cards.json", FORM),
        file_of(lambda data: (changed(engine_version="9.9")(data), rule(sentence="别的")(data))), 0,
        ("其他版本的 govrubric（9.9）",), honest="score",
    ),
    Case(
        "verdicts as JSON say what was not checked", ("verify", "cards.json", FORM, "--format", "json", "--lang", "en"),
        file_of(lambda _: None), 0, ('"unchecked"', "not checked: whether what the tallies say is true"), honest="score",
    ),
    Case(
        "every card of a file refused", ("verify", "cards.json", FORM),
        file_of(lambda data: [card.update(total="99", maximum="0", grade="x", name="\u3164") for card in data["cards"]]),
        honest="score",
    ),
    *(
        Case(f"the text of a card: {name}", ("verify", "cards.json", FORM), text_changed(old, new), code, says, honest="score")
        for name, old, new, code, says in (
            ("other spaces", '"unit": "d01"', '\r\n\t"unit"   :   "d01"', 0, ()),
            ("a number as 1.0", '"card": 1', '"card": 1.0', 1, ("GR701",)),
            ("a key twice", '"unit": "d01"', '"unit": "d01",\n"unit": "d02"', 1, ("GR641",)),
            ("a comment", '"unit": "d01"', '"unit": "d01" // first', 1, ("GR640",)),
            ("a surrogate alone", '"unit": "d01"', '"unit": "d\\ud800"', 1, ("GR105",)),
            ("no number", '"card": 1', '"card": NaN', 1, ("GR701",)),
        )
    ),
    Case(
        "cards of which 90 are refused", ("verify", "cards.json", FORM),
        file_of(lambda data: data.update(cards=[{**data["cards"][0], "unit": f"u{n}", "total": "1"} for n in range(90)])),
        1, ("另有 81 处问题未列出",), honest="score",
    ),
]  # fmt: skip
