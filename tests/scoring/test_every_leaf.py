"""A card with one change -> a finding, or a place that `verify` says it cannot check: every leaf, key and row."""

import copy
import json
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest

from govrubric import CardError, Rubric, ScoreCard
from govrubric.diagnostics.diagnostic import Diagnostic
from govrubric.scoring import card_files, card_json
from samples import RICH_TALLY, TALLY, rich, small

Key = str | int
# What no rubric knows; `unchecked` names all of it.
UNKNOWN = {"unit", "name", "engine_version", "value", "assumed", "evidence", "note"}


def card_of(rubric: Rubric, tally: dict[str, Any]) -> dict[str, Any]:
    return rubric.score(tally, unit="u1", name="First").to_dict()


# Of the many ways to change a place, each card takes some; a place has four at least.
STEP = {"small": 3, "rich": 3}

CARDS: dict[str, tuple[Rubric, dict[str, Any]]] = {
    "small": (small(), card_of(small(), TALLY)),
    "rich": (rich(), card_of(rich(), RICH_TALLY)),
}


def places(data: Any, path: tuple[Key, ...] = ()) -> Iterator[tuple[Key, ...]]:
    """Every value within data, whole lists and mappings too."""
    pairs = data.items() if isinstance(data, dict) else enumerate(data if isinstance(data, list) else ())
    for key, value in pairs:
        yield (*path, key)
        yield from places(value, (*path, key))


def others(value: Any) -> list[Any]:
    """What may stand in the place of a value: other values, and the same written otherwise."""
    if isinstance(value, bool):
        return [not value, int(value), str(value).lower(), None]
    if isinstance(value, int):
        return [value + 1, float(value), str(value), True, None]
    if isinstance(value, str):
        wide = value.translate({ord("0") + digit: 0xFF10 + digit for digit in range(10)})
        texts = [
            f"{value}x",
            f"{value} ",
            f"{value}\n",
            f"{value}\u200b",
            f"{value}0",
            f"{value}.0",
            f"0{value}",
        ]
        return [text for text in (*texts, wide, "", "1/2", value[:-1]) if text != value] + [None, 0, [value]]
    if value is None:
        return ["x", "", "0", 0, False, []]
    if isinstance(value, list):
        return [value[::-1], value[1:], [*value, *value[-1:]], [*value, None], {}, None]
    return [{}, {**value, "extra": None}, {**value, "": ""}, [value], None]


def at(data: Any, path: tuple[Key, ...]) -> Any:
    for key in path:
        data = data[key]
    return data


def changes(data: dict[str, Any]) -> Iterator[tuple[tuple[Key, ...], dict[str, Any]]]:
    """Each place, and the data with one change there: another value, or no key."""
    yield from (((key,), {**data, key: None}) for key in ("extra", "cards"))
    for path in places(data):
        old = at(data, path)
        for new in others(old):
            if new != old or type(new) is not type(old):
                changed = copy.deepcopy(data)
                at(changed, path[:-1])[path[-1]] = new
                yield path, changed
        if isinstance(path[-1], str):
            changed = copy.deepcopy(data)
            del at(changed, path[:-1])[path[-1]]
            yield path, changed


def sealed(data: dict[str, Any]) -> dict[str, Any]:
    """The card with new digests, as whoever can compute them would forge it."""
    if all(key in data for key in ("unit", "name", "inputs", "digest", "tally_digest")):
        tally = {key: data[key] for key in ("unit", "name", "inputs")}
        data = {**data, "tally_digest": card_json.seal(tally)}
        data["digest"] = card_json.seal({key: value for key, value in data.items() if key != "digest"})
    return data


def judged(verify: Callable[[], Iterable[Diagnostic]]) -> list[str]:
    """The codes of what is found, or of what refuses the card."""
    try:
        return [finding.code for finding in verify()]
    except CardError as error:
        return [finding.code for finding in error.diagnostics]


def found(data: Any, rubric: Rubric) -> list[str]:
    """The codes of the findings about a card."""
    return judged(lambda: ScoreCard.from_json(json.dumps(data)).verify(rubric))


@pytest.mark.parametrize("name", CARDS)
def test_every_change_of_a_card_is_found(name: str) -> None:
    rubric, data = CARDS[name]
    assert found(data, rubric) == []
    some = list(changes(data))[:: STEP[name]]
    assert {path for path, _ in some} >= set(places(data))
    assert [path for path, changed in some if not found(changed, rubric)] == []


@pytest.mark.parametrize("name", CARDS)
def test_what_is_forged_with_new_digests_is_found_wherever_the_rubric_knows_better(name: str) -> None:
    rubric, data = CARDS[name]
    some = [
        (path, changed) for path, changed in list(changes(data))[:: STEP[name]] if "digest" not in path[-1:]
    ]
    unseen = {path for path, changed in some if not found(sealed(changed), rubric)} - {("tally_digest",)}
    assert {path[0] for path in unseen} == {"unit", "name", "engine_version", "inputs"}
    assert {[key for key in path if isinstance(key, str)][-1] for path in unseen} <= UNKNOWN


@pytest.mark.parametrize("lists", ["items", "inputs", "rules", "parts"])
def test_rows_that_changed_their_places_are_found(lists: str) -> None:
    rubric, data = CARDS["small"]
    for path in [path for path in places(data) if path[-1] == lists and len(at(data, path)) > 1]:
        changed = copy.deepcopy(data)
        rows = at(changed, path)
        rows[-1], rows[-2] = rows[-2], rows[-1]
        assert found(changed, rubric)
        assert found(sealed(changed), rubric)


def in_file(text: str, folder: Path, rubric: Rubric) -> list[str]:
    """The codes of the findings about a file of cards, as `verify` of the command line finds them."""
    path = folder / "cards.json"
    path.write_text(text, "utf-8")
    codes = []
    try:
        for entry in card_files.cards(str(path)):
            codes += [finding.code for finding in entry.findings]
            codes += [finding.code for finding in entry.card.verify(rubric)] if entry.card else []
    except CardError as error:
        codes += [finding.code for finding in error.diagnostics]
    return codes


def test_a_file_with_one_card_is_judged_as_the_card_is(tmp_path: Path) -> None:
    rubric, data = CARDS["small"]
    for path, changed in list(changes(data))[::20]:
        if path != ("cards",):
            assert in_file(json.dumps(changed), tmp_path, rubric) == found(changed, rubric), path


def test_every_change_of_the_head_of_a_file_is_found(tmp_path: Path) -> None:
    rubric, data = CARDS["small"]
    head = {"id": rubric.id, "title": rubric.title, "digest": rubric.digest}
    whole = {"rubric": head, "cards": [data, rubric.score(TALLY, unit="u2").to_dict()]}
    assert in_file(json.dumps(whole), tmp_path, rubric) == []
    heads = [changed for path, changed in changes(whole) if path[0] not in ("cards",)]
    assert len(heads) > 40
    assert [changed for changed in heads if not in_file(json.dumps(changed), tmp_path, rubric)] == []
    last_first = {"cards": whole["cards"], "rubric": head}
    assert in_file(json.dumps(last_first), tmp_path, rubric) == []
    assert in_file(json.dumps({**last_first, "extra": 1}), tmp_path, rubric) == ["GR705"]


def test_a_unit_that_has_two_cards_in_a_file_is_found(tmp_path: Path) -> None:
    rubric, data = CARDS["small"]
    head = {"id": rubric.id, "title": rubric.title, "digest": rubric.digest}
    whole = {"rubric": head, "cards": [data, rubric.score(TALLY).to_dict(), data]}
    assert in_file(card_json.dumps(whole), tmp_path, rubric) == ["GR633"]


def test_cards_of_two_rubrics_in_a_file_are_found(tmp_path: Path) -> None:
    head = {"id": small().id, "title": small().title, "digest": small().digest}
    whole = {"rubric": head, "cards": [CARDS["small"][1], {**CARDS["rich"][1], "unit": "u1"}]}
    codes = in_file(card_json.dumps(whole), tmp_path, small())
    assert codes.count("GR705") == 3
    assert {"GR706", "GR633"} <= set(codes)


@pytest.mark.parametrize(
    ("change", "codes"),
    [
        (lambda text: json.dumps(json.loads(text)), []),
        (lambda text: json.dumps(json.loads(text), indent="\t", sort_keys=True), []),
        (lambda text: text.replace("\n", "\r\n"), []),
        (lambda text: text.replace("Small form", "\\u0053mall form"), []),
        (lambda text: text.replace('"card": 1', '"card": 1.0'), ["GR701"]),
        (lambda text: text.replace('"card": 1', '"card": 1e0'), ["GR701"]),
        (lambda text: text.replace('"card": 1', '"card": 1,\n"card": 1'), ["GR641"]),
        (lambda text: text.replace('"card": 1', '"card": 01'), ["GR640"]),
        (lambda text: text.replace('"card": 1', '"card": １'), ["GR640"]),
        (lambda text: text.replace('"card": 1', '"card": NaN'), ["GR701"]),
        (lambda text: text.replace('"unit": "u1"', '"unit": "u1", // the first'), ["GR640"]),
        (lambda text: text.replace('"u1"', '"u\\ud800"'), ["GR105"]),
        (lambda text: text.replace('"u1"', '"u\\u202e1"'), ["GR105"]),
        (lambda text: text.replace('"u1"', '"u\u3164"'), ["GR105"]),
        (lambda text: text.replace('"u1"', '"u\xa01"'), ["GR106"]),
    ],
)
def test_the_text_of_a_card_may_be_laid_out_anew_and_say_nothing_else(
    change: Callable[[str], str], codes: list[str]
) -> None:
    text = change(card_json.dumps(CARDS["small"][1]))
    assert judged(lambda: ScoreCard.from_json(text).verify(small())) == codes
