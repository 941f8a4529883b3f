"""A file of cards -> its cards: any number of them, findings with a place in the file, little memory."""

import io
import json
import tracemalloc
from pathlib import Path
from typing import Any

import pytest

from govrubric import CardError
from govrubric.diagnostics.diagnostic import Diagnostic
from govrubric.scoring import card_files, card_json, card_reader
from govrubric.scoring.card import ScoreCard
from samples import TALLY, small, written

ONE = card_json.dumps(written())
HEAD = {"id": small().id, "title": small().title, "digest": small().digest}


@pytest.fixture(autouse=True)
def _folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def listed(count: int) -> str:
    """What `score` writes of so many units."""
    cards = [
        small().score({"bonus.judged": 1}, unit=f"u{number}").to_dict() for number in range(1, count + 1)
    ]
    return card_json.dumps({"rubric": HEAD, "cards": cards})


def read(text: str | bytes) -> list[card_files.Entry]:
    Path("cards.json").write_bytes(text if isinstance(text, bytes) else text.encode())
    return list(card_files.cards("cards.json"))


def units(text: str | bytes) -> list[str | None]:
    return [entry.card.unit if entry.card else "none" for entry in read(text)]


def broken(text: str | bytes, before: int = 0) -> Diagnostic:
    """What ends the reading of a file after so many cards."""
    Path("cards.json").write_bytes(text if isinstance(text, bytes) else text.encode())
    entries = card_files.cards("cards.json")
    assert all(next(entries).card for _ in range(before))
    with pytest.raises(CardError) as caught:
        next(entries)
    (found,) = caught.value.diagnostics
    return found


@pytest.fixture(params=[1, 7, 1 << 18], ids=lambda size: f"{size} bytes at a time")
def _pieces(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """However a file is cut into pieces, it is read in the same way."""
    monkeypatch.setattr(card_files, "PIECE", request.param)


# What is read


@pytest.mark.usefixtures("_pieces")
@pytest.mark.parametrize("mark", ["", "\ufeff"])
@pytest.mark.parametrize("ends", ["\n", "\r\n"])
def test_a_card_and_a_list_of_cards_are_read(mark: str, ends: str) -> None:
    assert units((mark + ONE).replace("\n", ends)) == ["u1"]
    assert units((mark + listed(3)).replace("\n", ends)) == ["u1", "u2", "u3"]


@pytest.mark.usefixtures("_pieces")
def test_a_card_says_what_it_said_in_the_file() -> None:
    (entry,) = read(ONE)
    assert entry.card is not None
    assert (entry.card.to_dict(), entry.total, entry.findings) == (written(), "6.6", ())


def test_the_layout_and_the_place_of_the_list_do_not_matter() -> None:
    cards = json.loads(listed(2))["cards"]
    assert units(json.dumps({"cards": cards, "rubric": HEAD})) == ["u1", "u2"]
    assert units(json.dumps({"rubric": HEAD, "cards": cards}, indent=8)) == ["u1", "u2"]


def test_the_bytes_that_were_read_come_to_the_whole_file() -> None:
    entries = read(listed(5))
    assert sum(entry.read for entry in entries) == Path("cards.json").stat().st_size


# What is wrong with a card


@pytest.mark.usefixtures("_pieces")
def test_a_card_that_is_none_is_refused_at_its_place_and_the_others_are_read() -> None:
    text = listed(3).replace('"maximum": "10"', '"maximum": 10', 1)
    first, second, third = read(text)
    (found,) = first.findings
    line = next(number for number, row in enumerate(text.splitlines(), 1) if '"maximum": 10,' in row)
    assert (first.card, found.code) == (None, "GR701")
    assert found.render().splitlines() == [
        f"cards.json:{line}:15: error[GR701]: this is no score card of format 1: `maximum` should be str",
        f'  {line} |    "maximum": 10,',
        f"  {' ' * len(str(line))} |               ^^",
        "  help: give a card as `govrubric score --format json` writes it",
    ]
    assert [entry.card and entry.card.unit for entry in (second, third)] == ["u2", "u3"]


def test_what_is_missing_is_told_at_the_card_that_misses_it() -> None:
    text = listed(2).replace('   "unit": "u2",\n', "", 1)
    found = read(text)[1].findings[0]
    assert found.place is not None
    assert text.splitlines()[found.place.line - 1 :][:2] == ["  {", '   "card": 1,']
    assert (found.place.column, dict(found.args)["at"]) == (3, "unit")


@pytest.mark.parametrize(
    ("text", "at"),
    [
        ("{}", (1, 1)),
        ("[1]", (1, 1)),
        ("  3", (1, 3)),
        ('{"cards": []}', (1, 11)),
        ('{"cards": 3}', (1, 11)),
        ('{"cards":\n [1]}', (2, 3)),
        ('{"cards": null}', (1, 11)),
    ],
)
def test_what_is_no_card_is_refused_where_it_stands(text: str, at: tuple[int, int]) -> None:
    (entry,) = read(text)
    (found,) = entry.findings
    assert found.place is not None
    assert (found.code, found.place.line, found.place.column) == ("GR701", *at)


def test_cards_on_one_long_line_are_refused_by_their_columns() -> None:
    text = json.dumps(json.loads(listed(30)), separators=(",", ":"))
    at = text.index('"total":"8"', len(text) * 9 // 10) + len('"total":')
    entries = read(text[:at] + "8  " + text[at + 3 :])
    assert [entry.card for entry in entries].count(None) == 0  # a total that is no text is for `verify`
    at = text.index('"maximum":"10"', len(text) * 9 // 10) + len('"maximum":')
    (found,) = (found for entry in read(text[:at] + "10  " + text[at + 4 :]) for found in entry.findings)
    assert found.place is not None
    assert (found.place.line, found.place.column, found.place.end) == (1, at + 1, at + 3)
    assert found.place.excerpt == ""


# What is wrong with the file


@pytest.mark.usefixtures("_pieces")
@pytest.mark.parametrize(
    ("text", "code", "at"),
    [
        ("", "GR640", (1, 1)),
        (" \n ", "GR640", (2, 2)),
        ("{", "GR640", (1, 2)),
        ('{"a": 1,\n}', "GR640", (2, 1)),
        ("[1,]", "GR640", (1, 4)),
        ('{"a": 1,\n"b" 2,\n"c": 3}', "GR640", (2, 5)),
        ('{"a": 1 "b": 2}', "GR640", (1, 9)),
        ('{"cards": [1 2]}', "GR640", (1, 14)),
        ("unit: u1", "GR640", (1, 1)),
        ('{"a": 1, "b": 2, "a": 3, "card": 1}', "GR641", (1, 18)),
        ('{"a": {"b": 1,\n"b": 2}, "card": 1}', "GR641", (2, 1)),
        ("[" * 100_000, "GR121", (1, 1)),
    ],
)
def test_what_is_no_json_is_refused_where_it_broke(text: str, code: str, at: tuple[int, int]) -> None:
    found = broken(text) if text != '{"cards": [1 2]}' else after_a_misfit(text)
    assert found.place is not None
    assert (found.code, found.place.line, found.place.column) == (code, *at)


@pytest.mark.usefixtures("_pieces")
def test_a_number_of_very_many_digits_is_no_value_of_a_card() -> None:
    (entry,) = read('{"card": ' + "9" * 5000 + "}")
    assert [(one.code, one.where) for one in entry.findings] == [("GR701", "cards.json:1:10")]


def after_a_misfit(text: str) -> Diagnostic:
    """What ends the reading of a file after a card that is none."""
    Path("cards.json").write_text(text)
    entries = card_files.cards("cards.json")
    assert next(entries).card is None
    with pytest.raises(CardError) as caught:
        next(entries)
    return caught.value.diagnostics[0]


@pytest.mark.usefixtures("_pieces")
@pytest.mark.parametrize("ends", ["x", "{}", ",", "]", '"'])
def test_what_follows_the_last_card_is_refused(ends: str) -> None:
    text = listed(2)
    found = broken(text + ends, before=2)
    assert (found.code, found.where) == ("GR640", f"cards.json:{text.count(chr(10)) + 1}:1")


@pytest.mark.usefixtures("_pieces")
def test_a_file_that_was_cut_off_is_refused_at_its_end() -> None:
    text = listed(3)
    cut = text[: text.index('"unit": "u3"') + 6]
    found = broken(cut, before=2)
    rows = cut.splitlines()
    assert (found.code, found.where) == ("GR640", f"cards.json:{len(rows)}:{len(rows[-1]) + 1}")


@pytest.mark.usefixtures("_pieces")
@pytest.mark.parametrize(("data", "guess"), [("评分".encode("gbk"), "GBK"), (b"\xff", "")])
def test_bytes_that_are_no_utf_8_are_refused_where_they_stand(data: bytes, guess: str) -> None:
    text = b'{"cards": [],\n "n": "\xe8\xaf\x84'
    Path("cards.json").write_bytes(text + b"12345" + data + b'"}')
    entries = card_files.cards("cards.json")
    with pytest.raises(CardError) as caught:
        list(entries)
    (found,) = caught.value.diagnostics
    assert (found.code, found.place and (found.place.line, found.place.excerpt)) == ("GR104", (2, ""))
    assert found.where == "cards.json:2:14"
    if card_files.PIECE > 9:
        assert dict(found.args)["guess"] == guess


def test_utf_16_is_told_as_such() -> None:
    assert dict(broken(ONE.encode("utf-16")).args) == {"guess": "UTF-16"}


@pytest.mark.parametrize("path", ["none.json", "."])
def test_what_is_no_file_is_refused(path: str) -> None:
    with pytest.raises(CardError) as caught:
        list(card_files.cards(path))
    assert caught.value.diagnostics[0].code in ("GR101", "GR102")


ODD = (
    '{"rubric": {"é": "\\u00e9\\"\\\\"},\r\n "cards": [{"a": 1.5e3, "b": [true, null, -0.5]},\n'
    '  {"b": {}, "政": "务\\n"}, 12, 3.25, "x"],\n "n": 1e-5}\n'
).encode()


def outcome(data: bytes) -> list[tuple[str, str]]:
    """Every finding about a file, in the order in which it is met."""
    Path("cards.json").write_bytes(data)
    found: list[Diagnostic] = []
    try:
        for entry in card_files.cards("cards.json"):
            found += entry.findings
    except CardError as error:
        found += error.diagnostics
    return [(one.code, one.where) for one in found]


@pytest.mark.parametrize("piece", [1, 5])
def test_no_damage_is_seen_otherwise_for_where_the_file_is_cut_into_pieces(
    piece: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Every beginning of a file, and the file without each of its bytes."""
    damaged = [ODD[:end] for end in range(len(ODD) + 1)]
    damaged += [ODD[:at] + ODD[at + 1 :] for at in range(len(ODD))]
    whole = [outcome(data) for data in damaged]
    monkeypatch.setattr(card_files, "PIECE", piece)
    assert [outcome(data) for data in damaged] == whole
    assert whole[len(ODD)] == [
        ("GR701", "cards.json:2:12"),
        ("GR701", "cards.json:3:3"),
        ("GR701", "cards.json:3:26"),
        ("GR701", "cards.json:3:30"),
        ("GR701", "cards.json:3:36"),
    ]


# Large files


@pytest.mark.parametrize(
    "text", [" " * 8_388_609, "[" + "100000000," * 838_861 + "1]", f'"{"x" * 8_388_608}"']
)
def test_one_card_is_no_longer_than_before(text: str) -> None:
    found = broken(text)
    assert (found.code, found.where, dict(found.args)) == ("GR103", "cards.json:1:1", {"limit": "8388608"})


def test_a_card_has_no_more_values_than_its_length_allows() -> None:
    found = broken("[" + "[]," * 1_500_001 + "[]]")
    assert (found.code, found.where) == ("GR122", "cards.json:1:1")
    assert dict(found.args) == {"limit": "1500000", "what": "values"}


def test_a_card_of_eight_mebibytes_is_read() -> None:
    card = ONE.rstrip()
    assert units("{" + " " * (8_388_608 - len(card)) + card[1:] + "\n") == ["u1"]


def test_one_wrong_number_in_two_thousand_cards_has_its_place() -> None:
    """The file is above 8 MiB, the most that was read before."""
    sound = [ONE.rstrip().replace('"unit": "u1"', f'"unit": "u{number}"', 1) for number in range(2000)]
    sound[1776] = bad = sound[1776].replace('"maximum": "10"', '"maximum": 10  ', 1)
    rows = bad.count("\n") + 1
    row = next(number for number, line in enumerate(bad.splitlines()) if '"maximum": 10 ' in line)
    text = f'{{"rubric": {json.dumps(HEAD)}, "cards": [\n' + ",\n".join(sound) + "\n]}\n"
    assert len(text.encode()) > 8 << 20
    entries = read(text)
    ((number, finding),) = [
        (number, found) for number, entry in enumerate(entries) for found in entry.findings
    ]
    assert (number, finding.where) == (1776, f"cards.json:{2 + 1776 * rows + row}:13")
    assert sum(entry.card is not None for entry in entries) == 1999


def test_a_file_is_read_in_little_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of 16 MiB of cards, no more than one and a piece is held."""
    made = small().score({"bonus.judged": 1})
    monkeypatch.setattr(ScoreCard, "from_dict", lambda _: made)
    Path("cards.json").write_text(
        json.dumps({"rubric": HEAD, "cards": [{"x": "y" * 40_000}] * 400}, indent=1)
    )
    tracemalloc.start()
    count = sum(1 for _ in card_files.cards("cards.json"))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert (count, peak < 3 << 20) == (400, True)


def test_the_time_grows_with_the_file_and_not_with_its_square(monkeypatch: pytest.MonkeyPatch) -> None:
    """Text that is read once is not looked through again for each card after it."""
    monkeypatch.setattr(ScoreCard, "from_dict", lambda _: small().score({"bonus.judged": 1}))
    looked: list[int] = []
    forget = card_files._Text.forget

    def counted(self: Any) -> None:
        looked.append(len(self.text))
        forget(self)

    monkeypatch.setattr(card_files._Text, "forget", counted)
    sums = []
    for count in (1_000, 4_000):
        looked.clear()
        text = json.dumps({"rubric": HEAD, "cards": [{"x": "y" * 900}] * count}, indent=1)
        assert len(read(text)) == count
        sums.append(sum(looked))
    assert sums[1] < 6 * sums[0]


def test_a_card_that_is_too_long_as_a_whole_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    text = small().score(TALLY).to_json()
    monkeypatch.setattr(card_reader, "LIMIT", len(text) // 2)
    assert broken(text).code == "GR103"


def test_of_a_file_of_another_kind_nothing_is_shown(tmp_path: Path) -> None:
    """Not its lines, and not its keys."""
    path = tmp_path / "key.json"
    path.write_text('{"password": "hunter2", "password": 1}')
    with pytest.raises(CardError) as error:
        list(card_files.cards(str(path)))
    assert [one.code for one in error.value.diagnostics] == ["GR137"]
    path.write_text('{"password": "hunter2"}')
    (entry,) = card_files.cards(str(path))
    assert [(one.code, one.place and one.place.excerpt) for one in entry.findings] == [("GR701", "")]


def test_a_file_that_fails_while_it_is_read_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Failing(io.BytesIO):
        def read(self, *_: object) -> bytes:
            raise OSError(5, "Input/output error")

    monkeypatch.setattr("govrubric.document.files.opened", lambda _: Failing())
    with pytest.raises(CardError) as error:
        list(card_files.cards(str(tmp_path / "card.json")))
    assert [one.code for one in error.value.diagnostics] == ["GR101"]


def test_of_the_cards_after_a_hundred_wrong_ones_only_the_beginning_is_told(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(card_files, "LOCATED", 2)
    entries = read(json.dumps({"cards": [1, 2, {"card": 2}]}))
    assert [entry.findings[0].where for entry in entries] == [
        "cards.json:1:12",
        "cards.json:1:15",
        "cards.json:1:18",
    ]
    entries = read(json.dumps({"cards": [1, {"card": 2}, {"card": 2}]}))
    assert [entry.findings[0].where for entry in entries] == [
        "cards.json:1:12",
        "cards.json:1:24",
        "cards.json:1:28",
    ]


@pytest.mark.parametrize(
    ("head", "codes"),
    [
        ({"rubric": HEAD}, []),
        ({}, ["GR701"]),
        ({"rubric": {**HEAD, "title": "another"}}, ["GR705"]),
        ({"rubric": {**HEAD, "title": "a\u200bb"}}, ["GR105"]),
        ({"rubric": HEAD, "signed": None}, ["GR705"]),
        ({"rubric": [[[[1]]]]}, ["GR705"]),
    ],
)
@pytest.mark.parametrize("last", [False, True])
def test_the_head_names_the_rubric_of_the_cards(head: dict[str, Any], codes: list[str], last: bool) -> None:
    cards = {"cards": [written()]}
    *_, entry = entries = read(json.dumps({**cards, **head} if last else {**head, **cards}))
    assert [finding.code for one in entries for finding in one.findings] == codes
    assert [finding.where for finding in entry.findings] == ["cards.json:1:1"] * len(codes)


def test_a_head_without_any_sound_card_is_not_judged() -> None:
    (entry,) = read(json.dumps({"cards": [1]}))
    assert [finding.code for finding in entry.findings] == ["GR701"]


def test_a_unit_that_has_a_card_before_is_told_with_both_places() -> None:
    first, second = read(json.dumps({"rubric": HEAD, "cards": [written(), written()]}, indent=1))
    assert (first.findings, second.card is not None) == ((), True)
    (finding,) = second.findings
    assert (finding.code, dict(finding.args)) == ("GR633", {"unit": "u1"})
    assert finding.place is not None
    assert '"unit": "u1"' in finding.place.excerpt
    assert finding.related[0].place.line == 8


def test_cards_without_a_unit_may_stand_together() -> None:
    card = small().score(TALLY).to_dict()
    assert [entry.findings for entry in read(json.dumps({"rubric": HEAD, "cards": [card, card]}))] == [(), ()]
