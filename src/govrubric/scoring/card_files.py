"""A file of cards -> its cards, one after another. Only one card and a piece of the file are in memory.

The file is a single card, or what `score --format json` writes: an object whose `cards` is a list of cards,
whose `rubric` says what their rubric is, and whose `ranking`, if any, says the place of each unit. A card may
be as long as a text that `ScoreCard.from_json` takes. There may be any number of cards.
"""

import codecs
import io
import json
import os
import re
from collections.abc import Container, Iterator
from contextlib import closing
from dataclasses import replace
from typing import Any, BinaryIO, NamedTuple, NoReturn

from govrubric.diagnostics.diagnostic import CardError, Diagnostic, Related, UnreadableCardError, dotted
from govrubric.diagnostics.source import Place
from govrubric.document import files, likeness
from govrubric.document import json as places
from govrubric.document.nodes import DEPTH
from govrubric.scoring import card_json, card_reader
from govrubric.scoring.card import ScoreCard
from govrubric.scoring.places import Ranked, ranking

LOCATED = 100  # cards with findings; of those after them, only where they begin is said
PIECE = 1 << 18  # bytes that are read at a time
RANKING = "ranking"  # the key of the places of all units, which may stand beside their cards
TOKEN = 16  # so near to the end of a text, what seems wrong may only be unfinished
_SPACE = re.compile(r"[ \t\n\r]*")


class Entry(NamedTuple):
    """What stands in the place of a card: the card and its stated total, or the findings that refuse it.

    A card has findings too where it does not fit the others of its file. The last entry may have no card, but
    the findings about the head of the file. `read` is the number of bytes that were read since the entry
    before.
    """

    card: ScoreCard | None
    total: Any
    findings: tuple[Diagnostic, ...]
    read: int


def read_cards(path: str | os.PathLike[str]) -> Iterator[ScoreCard]:
    """A file of cards -> each card, which `verify` judges; only one card is in memory at a time.

    The file is a single card, or what ``score --format json`` writes. Raises `CardError` at the first thing
    that is not as it is written.
    """
    for entry in cards(os.fspath(path)):
        if entry.findings or entry.card is None:
            raise CardError(entry.findings)
        yield entry.card


def cards(path: str) -> Iterator[Entry]:
    """Every card of a file; raises `CardError` at the point from which the file cannot be read."""
    opened = files.opened(path)
    if isinstance(opened, Diagnostic):
        raise UnreadableCardError([opened])
    try:
        with closing(opened) as file:
            ours = likeness.is_ours(file.read(likeness.LOOKED_AT) or b"")
            file.seek(0)
            entries = _Cards(path, file).entries()
            yield from entries if ours else _discreet(path, entries)
    except OSError as error:
        raise UnreadableCardError([files.unreadable(Place(path, 1, 1, 2, ""), error)]) from None


def _discreet(path: str, entries: Iterator[Entry]) -> Iterator[Entry]:
    """What stands in a file of another kind, with findings that show nothing of it."""
    try:
        for entry in entries:
            found = likeness.hidden(entry.findings, path, "a score card") if entry.findings else ()
            yield entry._replace(findings=tuple(found))
    except CardError as error:
        raise CardError(likeness.hidden(error.diagnostics, path, "a score card")) from None


class _Text:
    """The text of a file, which is read on as it is needed.

    `at` is the next character and `mark` the first that is still needed; the text before `mark` is dropped.
    `line` and `column` are the place in the file where `text` begins, counted from 0.
    """

    def __init__(self, name: str, file: BinaryIO) -> None:
        self.name, self.file = name, file
        self.text, self.at, self.mark = "", 0, 0
        self.line, self.column, self.read = 0, 0, 0
        self.decoder = io.IncrementalNewlineDecoder(codecs.getincrementaldecoder("utf-8-sig")(), True)
        self.begun = self.ended = False
        self.fault: CardError | None = None

    def more(self) -> bool:
        """Read another piece; False at the end of the file.

        The piece is at least as long as the text that is pending. A value that is parsed anew after each
        piece so takes at most twice the time.
        """
        if self.fault is not None:
            raise self.fault
        if self.ended:
            return False
        if len(self.text) - self.mark > card_reader.LIMIT:
            self.refuse("GR103", self.mark, limit=card_reader.LIMIT)
        self.forget()
        data = self.file.read(max(PIECE, len(self.text))) or b""  # a file of the system may have nothing now
        self.read += len(data)
        self.ended = not data
        if not self.begun and data[:200].count(0) * 3 > len(data[:200]):
            self.refuse("GR104", 0, guess="UTF-16")
        self.begun = True
        try:
            self.text += self.decoder.decode(data, final=self.ended)
        except UnicodeDecodeError as error:
            sound = error.object[: error.start].decode("utf-8-sig")
            self.text += sound.replace("\r\n", "\n").replace("\r", "\n")
            # No excerpt: the line would be shown in the wrong characters.
            place = replace(self.place(len(self.text)), excerpt="")
            rest = error.object[error.start :]
            guess = files.guess(rest) or files.guess(rest[:-1])  # a character may be cut in two
            # What stands before the fault is still read.
            self.fault = CardError([Diagnostic.of("GR104", place, guess=guess)])
        if self.text.count(",", self.mark) > card_reader.COMMAS:
            self.refuse("GR122", self.mark, limit=card_reader.COMMAS, what="values")
        return True

    def forget(self) -> None:
        """Drop the text before the mark, but for the beginning of its line, which messages show."""
        line = self.text.rfind("\n", 0, self.mark) + 1
        cut = line if self.mark - line <= files.LINE_LIMIT else self.mark
        self.line += self.text.count("\n", 0, cut)
        self.column = cut - line + (0 if line else self.column)
        self.text = self.text[cut:]
        self.at, self.mark = self.at - cut, self.mark - cut

    def place(self, start: int, end: int | None = None) -> Place:
        """The place of some characters of the text; a place ends with its first line."""
        line = self.text.rfind("\n", 0, start) + 1
        after = self.text.find("\n", start)
        last = len(self.text) if after < 0 else after
        before = 0 if line else self.column
        column = start - line + before
        width = max(1, min(last, start + 1 if end is None else end) - start)
        whole = not before and last - line <= files.LINE_LIMIT
        number = self.line + self.text.count("\n", 0, start)
        return Place(
            self.name, number + 1, column + 1, column + 1 + width, self.text[line:last] if whole else ""
        )

    def refuse(self, code: str, start: int, end: int | None = None, **args: object) -> NoReturn:
        """Raise the finding that the file cannot be read from here on."""
        raise CardError([Diagnostic.of(code, self.place(start, end), **args)])

    def next(self) -> str:
        """The next character that is not a space, or an empty text at the end."""
        while True:
            match = _SPACE.match(self.text, self.at)
            assert match is not None
            self.at = match.end()
            if self.at < len(self.text) or not self.more():
                return self.text[self.at : self.at + 1]

    def take(self, character: str) -> bool:
        """Whether this character is the next; if so, it is passed."""
        stands_next = self.next() == character
        self.at += stands_next
        return stands_next


class _Cards(_Text):
    """The text of a file of cards. The mark is where the current card, or the object around all, begins."""

    def __init__(self, name: str, file: BinaryIO) -> None:
        super().__init__(name, file)
        self.values = card_reader.decoder(name)
        self.wrong = 0
        self.units: dict[str, Place] = {}  # where the card of each unit begins
        self.rubric: dict[str, str] | None = None  # that of the first card
        self.totals: list[Ranked] = []
        self.digests: dict[object, str] = {}  # of that rubric, and of each of its variants and readings

    def entries(self) -> Iterator[Entry]:
        """Every card; after them, the file must end."""
        self.next()
        self.mark = self.at
        if self.take("{"):
            yield from self.members()
        else:
            yield self.entry(self.value())
        if self.next():
            self.refuse("GR640", self.at)

    def members(self) -> Iterator[Entry]:
        """The cards in an object: the elements of its `cards`, or else the object itself."""
        seen: dict[str, Any] = {}
        listed = False
        while not self.take("}"):
            if seen and not self.take(","):
                self.refuse("GR640", self.at)
            key = self.key(seen)
            if key == "cards":
                seen[key], listed = None, True
                yield from self.elements()
            else:
                value = self.value()
                seen[key] = value if key in ("rubric", RANKING) or not listed else None
            if listed:
                self.mark = self.at
        if not listed:
            yield self.entry(seen)
        elif findings := self.misled({key: value for key, value in seen.items() if key != "cards"}):
            yield Entry(None, None, findings, 0)

    def key(self, seen: Container[str]) -> str:
        """The next key, which is passed together with its colon."""
        if self.next() != '"':
            self.refuse("GR640", self.at)
        begins = self.at - self.mark  # counted from the mark, since reading on drops text before it
        key: str = self.value()
        if key in seen:
            self.refuse("GR641", self.mark + begins, self.at, key=key)
        if not self.take(":"):
            self.refuse("GR640", self.at)
        return key

    def elements(self) -> Iterator[Entry]:
        """The elements of a list of cards.

        An empty list, or a value that is not a list, stands in the place of a card, and is refused as one.
        """
        self.next()
        self.mark = self.at
        if not self.take("["):
            yield self.entry(self.value())
            return
        count = 0
        while not self.take("]"):
            if count and not self.take(","):
                self.refuse("GR640", self.at)
            count += 1
            self.next()
            self.mark = self.at
            yield self.entry(self.value())
        if not count:
            yield self.entry([])

    def value(self) -> Any:
        """The next value, which is passed."""
        self.next()
        while True:
            try:
                value, end = self.values.raw_decode(self.text, self.at)
            except json.JSONDecodeError as error:
                near = len(self.text) - error.pos < TOKEN or error.msg.startswith("Unterminated string")
                if not (near and self.more()):
                    self.refuse("GR640", error.pos)
            except CardError as error:
                raise CardError(self.located(error, self.at, len(self.text))) from None
            except RecursionError:
                self.refuse("GR121", self.at, limit=DEPTH)
            else:
                # At the end of the text, a number may be unfinished: `3`, `3.` or `3e-`.
                if end + len("e-") < len(self.text) or not self.more():
                    self.at = end
                    return value

    def entry(self, data: Any) -> Entry:
        """The value from the mark on as a card."""
        if self.at - self.mark > card_reader.LIMIT:
            self.refuse("GR103", self.mark, limit=card_reader.LIMIT)
        read, self.read = self.read, 0
        try:
            card = ScoreCard.from_dict(data)
            entry = Entry(card, data.get("total"), self.unlike_others(card), read)
        except CardError as error:
            entry = Entry(None, None, self.located(error, self.mark, self.at), read)
        self.mark = self.at
        return entry

    def unlike_others(self, card: ScoreCard) -> tuple[Diagnostic, ...]:
        """What is wrong with a card beside those before it: another rubric, or a unit that has a card."""
        rubric = {"id": card.rubric_id, "title": card._record.header.title, "digest": card.rubric_digest}
        self.rubric = self.rubric or rubric
        digest = self.digests.setdefault((card.variant, *card.readings.items()), card.rubric_digest)
        findings = _unequal({"rubric": rubric}, {"rubric": {**self.rubric, "digest": digest}})
        self.totals.append((card.unit, card.variant, card.total))
        if card.unit in self.units:
            related = (Related("first", self.units[card.unit]),)
            findings.append(Diagnostic.of("GR633", None, ("unit",), related, unit=card.unit))
        elif card.unit is not None:
            self.units[card.unit] = self.place(self.mark)
        return self.located(CardError(findings), self.mark, self.at) if findings else ()

    def misled(self, head: dict[str, Any]) -> tuple[Diagnostic, ...]:
        """What is wrong with all that stands beside the cards: their rubric, and their places, if any."""
        if self.rubric is None:
            return ()  # there is no card that it could fit
        place = Place(self.name, 1, 1, 2, "")
        try:
            own = card_reader.own({key: value for key, value in head.items() if key != RANKING}, "rubric")
            # Where all cards are of variants, none says the digest of the rubric as it stands.
            stated = own["rubric"].get("digest") if isinstance(own["rubric"], dict) else None
            digest = self.digests.get((None,), stated)
            findings = _unequal(own, {"rubric": {**self.rubric, "digest": digest}})
            if RANKING in head:
                findings += _unequal({RANKING: head[RANKING]}, {RANKING: ranking(self.totals)})
        except CardError as error:
            findings = list(error.diagnostics)
        return tuple(replace(finding, place=place) for finding in findings)

    def located(self, error: CardError, start: int, end: int) -> tuple[Diagnostic, ...]:
        """The findings about a value of the text, each with its place in the file."""
        self.wrong += 1
        if self.wrong > LOCATED:
            return tuple(replace(finding, place=self.place(start)) for finding in error.diagnostics)
        text = self.text[start:end]
        nodes = places.parse(self.name, text.encode())
        lines = [0, *(match.end() for match in re.finditer("\n", text))]

        def here(place: Place) -> Place:
            first = start + lines[place.line - 1] + place.column - 1
            return self.place(first, first + place.end - place.column)

        # The reader of places finds a repeated key itself; other findings name the path of a value.
        repeated = next((finding for finding in nodes.found if finding.code == "GR641"), None)
        findings = []
        for finding in error.diagnostics:
            if finding.code == "GR641" and repeated is not None and repeated.place is not None:
                related = tuple(Related(other.role, here(other.place)) for other in repeated.related)
                findings.append(replace(repeated, place=here(repeated.place), related=related))
            else:
                findings.append(replace(finding, place=here(nodes.place(finding.path))))
        return tuple(findings)


def _unequal(stated: Any, computed: Any) -> list[Diagnostic]:
    """GR705 wherever two pieces of data differ."""
    return [
        Diagnostic.of("GR705", None, path, at=dotted(path), stated=old, computed=new)
        for path, old, new in card_json.differences(stated, computed)
    ]
