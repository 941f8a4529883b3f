"""Keys and values of a rubric -> lines of YAML in the layout of `fmt`, with questions as marks."""

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from typing import NamedTuple

from govrubric.diagnostics.diagnostic import Lang
from govrubric.lint.unconfirmed import MARKS
from govrubric.numbers import spelled
from govrubric.office.questions import Question

SHORT = 130  # characters of an object that stands in braces on one line
TOGETHER = 6  # questions of one line that its mark says
LONG = 1500  # characters of a text on one line, of which each may need two

_PLAIN = re.compile(r"(?:[\u4e00-\u9fff“《（【A-Za-z]|\d+[\u4e00-\u9fff])[^\n]*")
_NOT_PLAIN = re.compile(r": |:$| #|[\t\"'\\]| $")
_IN_BRACES = re.compile(r"[,\[\]{}]")
_WORDS = frozenset(("true", "false", "yes", "no", "on", "off", "null", "none", "y", "n"))

Scalar = str | Fraction | bool
Value = Scalar | Mapping[str, "Scalar | Mapping[str, Scalar]"]


class Entry(NamedTuple):
    """A key with its value, and the questions at its line; a `word` of the language is never quoted."""

    key: str
    value: "Value | Sequence[Object] | Object"
    questions: tuple[Question, ...] = ()
    word: bool = False


Object = list[Entry]


def text_of(value: Scalar, *, word: bool = False, braces: bool = False) -> str:
    """A scalar on one line: plain where YAML takes it for the same text, else in quotes."""
    if isinstance(value, Fraction):
        return spelled(value)
    if isinstance(value, bool):
        return "true" if value else "false"
    plain = _PLAIN.fullmatch(value) and not _NOT_PLAIN.search(value) and value.lower() not in _WORDS
    if word or (plain and not (braces and _IN_BRACES.search(value))):
        return value
    return json.dumps(value, ensure_ascii=False)


class Writer:
    """Objects -> lines."""

    def __init__(self, lang: Lang) -> None:
        self.lang: Lang = lang
        self.lines: list[str] = []

    def object(self, entries: Object, indent: int, *, first: str = "") -> None:
        """The lines of an object; `first` is what its first line begins with in place of blanks."""
        for index, entry in enumerate(entries):
            pad = first if first and index == 0 else " " * indent
            self.entry(entry, pad, indent)

    def entry(self, entry: Entry, pad: str, indent: int) -> None:
        """The lines of a key with its value."""
        key, value, questions, word = entry
        if isinstance(value, (list, tuple)):
            self.add(f"{pad}{key}:", questions, beside=True)
            for each in value:
                if isinstance(each, Entry):
                    self.entry(each, " " * (indent + 2), indent + 2)
                else:
                    self.part(each, indent + 2)
        elif isinstance(value, Mapping):
            self.add(f"{pad}{key}: {_braces(value)}", questions, beside=True)
        elif isinstance(value, str) and len(value) > LONG:
            self.folded(f"{pad}{key}: ", value, questions, indent)
        elif isinstance(value, str) and "\n" in value and not word:
            self.block(f"{pad}{key}: ", value, questions, indent)
        else:
            assert isinstance(value, str | Fraction | bool)
            text = text_of(value, word=word)
            is_plain_text = isinstance(value, str) and text[0] not in '"{'
            self.add(f"{pad}{key}: {text}", questions, beside=not is_plain_text)

    def comment(self, question: Question) -> None:
        """A question on lines of its own, with all that it quotes."""
        mark = f"# {MARKS[self.lang]}{'：' if self.lang == 'zh' else ': '}"
        words = question.words(self.lang, whole=True)
        parts = [words[at : at + LONG] for at in range(0, len(words), LONG)]
        self.lines += [f"{'#   ' if index else mark}{part}" for index, part in enumerate(parts)]

    def part(self, entries: Object, indent: int) -> None:
        """An object of a list: in braces where that is short and asks nothing."""
        simple = not any(entry.questions or isinstance(entry.value, (list, tuple)) for entry in entries)
        if simple and not any(isinstance(entry.value, str) and "\n" in entry.value for entry in entries):
            inner = ", ".join(f"{entry.key}: {_inline(entry)}" for entry in entries)
            if len(inner) + indent <= SHORT:
                self.add(f"{' ' * indent}- {{{inner}}}", ())
                return
        self.object(entries, indent + 2, first=" " * indent + "- ")

    def block(self, head: str, text: str, questions: Sequence[Question], indent: int) -> None:
        """A text of several lines: as a block that keeps them."""
        self.add(f"{head}|-", questions, beside=True)
        self.lines += [" " * (indent + 2) + line for line in text.split("\n")]

    def folded(self, head: str, text: str, questions: Sequence[Question], indent: int) -> None:
        """A text that is too long for a line: in quotes, over several lines."""
        parts = [text[at : at + LONG] for at in range(0, len(text), LONG)]
        inner = [json.dumps(part, ensure_ascii=False)[1:-1] for part in parts]
        inner = [f"\\{part}" if part.startswith(" ") else part for part in inner]
        if questions:
            self.add(" " * indent, questions)  # the mark alone: it stands above
            self.lines.pop()
        self.lines.append(f'{head}"{inner[0]}\\')
        self.lines += [f"{' ' * (indent + 2)}{part}\\" for part in inner[1:-1]]
        self.lines.append(f'{" " * (indent + 2)}{inner[-1]}"')

    def add(self, line: str, questions: Iterable[Question], *, beside: bool = False) -> None:
        """A line with the mark of its questions: beside it, or above it where it ends in plain text."""
        asked = tuple(dict.fromkeys(questions))
        if asked:
            words = "；" if self.lang == "zh" else "; "
            mark = f"# {MARKS[self.lang]}{'：' if self.lang == 'zh' else ': '}" + words.join(
                question.words(self.lang) for question in asked[:TOGETHER]
            )
            if beside:
                line = f"{line}  {mark}"
            else:
                start = len(line) - len(line.lstrip())
                self.lines.append(f"{' ' * start}{mark}")
        self.lines.append(line)


def _inline(entry: Entry) -> str:
    """The value of a key within braces."""
    if isinstance(entry.value, Mapping):
        return _braces(entry.value)
    assert not isinstance(entry.value, (list, tuple))
    return text_of(entry.value, word=entry.word, braces=True)  # type: ignore[arg-type]


def _braces(value: Mapping[str, object]) -> str:
    """A mapping in braces; its keys are names."""
    parts = []
    for key, inner in value.items():
        if isinstance(inner, Mapping):
            parts.append(f"{_key(key)}: {_braces(inner)}")
        else:
            parts.append(f"{_key(key)}: {text_of(inner, braces=True)}")  # type: ignore[arg-type]
    return f"{{{', '.join(parts)}}}"


def _key(key: str) -> str:
    """A key; the grades of `choose` are text."""
    return text_of(key, braces=True)
