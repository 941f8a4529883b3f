"""What leaves the library can be shown: no text of it has a character that acts on a terminal or that none encodes."""

import json
import os
import pickle
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import govrubric
from govrubric import Diagnostic, GovrubricError, Place, tally_files
from govrubric.diagnostics.display import UNSAFE
from govrubric.diagnostics.near import nearest
from samples import SMALL, small

# A colour, an order of reading, a byte that is no text, half a character, nothing at all, and ends of lines.
HOSTILE = "\x1b[31m\u202e\udcff\ud800\u200b\x00\r\n"
KEY = "\x1b\u202e\udcff"
JUDGED = {"bonus.judged": 0}


def is_fit(text: str) -> bool:
    """Whether a text has no such character, and can be encoded."""
    text.encode()
    return not UNSAFE.search(text)


def texts(finding: Diagnostic) -> list[str]:
    """Every text that a finding gives."""
    return [
        *(str(key) for key in finding.path), finding.where, finding.message(), finding.message("zh"),
        finding.line(), finding.render(), repr(finding), str(finding.place),
        json.dumps(finding.to_dict(), ensure_ascii=False),
    ]  # fmt: skip


REFUSALS: dict[str, Callable[[], Any]] = {
    "a name that is not shipped": lambda: govrubric.shipped(HOSTILE),
    "a path of an item": lambda: small().item(HOSTILE),
    "the name of a file": lambda: govrubric.load(HOSTILE),
    "the name of a text": lambda: govrubric.loads("a: 1", HOSTILE),
    "a text": lambda: govrubric.loads(SMALL.replace("Small form", "Small\x1b\u202e form")),
    "a key of a text": lambda: govrubric.loads(SMALL.replace("title: Small", '"a\\x1b": 1\ntitle: Small')),
    "a key of a tally": lambda: small().score({HOSTILE: 1, **JUDGED}),
    "a nested key": lambda: small().score({"bonus": {"judged": 0, HOSTILE: {HOSTILE: 1}}}),
    "a value": lambda: small().score({"bonus.judged": HOSTILE}),
    "a key beside a value": lambda: small().score({"bonus.judged": {"value": 0, HOSTILE: 1}}),
    "evidence": lambda: small().score({"bonus.judged": {"value": 0, "evidence": [HOSTILE]}}),
    "a unit": lambda: small().score(JUDGED, unit=HOSTILE),
    "a tally of many": lambda: govrubric.diff(small(), small(), [{HOSTILE: 1, **JUDGED}]),
    "a unit of many": lambda: govrubric.whatif(small(), [{"unit": HOSTILE, **JUDGED}]),
    "a share": lambda: govrubric.whatif(small(), [], share=HOSTILE),
    "a public name": lambda: getattr(govrubric, HOSTILE),
    "an attribute": lambda: setattr(small(), KEY, 1),
    "a card": lambda: govrubric.ScoreCard.from_json(HOSTILE),
    "a key of a card": lambda: govrubric.ScoreCard.from_json('{"a\\u001b\\ud800": 1}'),
}


@pytest.mark.parametrize("refused", REFUSALS.values(), ids=REFUSALS)
def test_an_error_can_be_shown(refused: Callable[[], object]) -> None:
    with pytest.raises((KeyError, ValueError, AttributeError)) as caught:
        refused()
    error = caught.value
    assert [text for text in (str(error), repr(error)) if not is_fit(text)] == []
    if isinstance(error, GovrubricError):
        assert is_fit(error.render("zh"))
        assert [text for one in error.diagnostics for text in texts(one) if not is_fit(text)] == []


def test_a_long_name_is_not_repeated_in_full() -> None:
    for refused in (govrubric.shipped, small().item):
        with pytest.raises(KeyError) as caught:
            refused("x" * 10**6)
        assert len(str(caught.value)) < 200


@pytest.mark.skipif(sys.platform != "linux", reason="other systems take no such name")
def test_a_file_of_any_name_can_be_told_of(tmp_path: Path) -> None:
    path = os.path.join(tmp_path, os.fsdecode(b"\xff\x1b[1m") + "\u202e.yaml")
    Path(path).write_text(SMALL.replace("weight: 4", "weight: 5"), "utf-8")
    findings = govrubric.check(path)
    assert [one.code for one in findings] == ["GR302"]
    assert [text for one in findings for text in texts(one) if not is_fit(text)] == []
    assert findings[0].to_dict()["file"].endswith("\\udcff\\u001b[1m\\u202e.yaml")
    report = govrubric.test(path)
    shown = [
        repr(report),
        str(report),
        repr(report.files[0]),
        json.dumps(report.to_dict(), ensure_ascii=False),
    ]
    assert [text for text in shown if not is_fit(text)] == []
    assert report.files[0].path == path


def test_a_place_reads_as_its_address() -> None:
    assert str(Place("目录/a b\\c.yaml", 3, 7, 9, "")) == "目录/a b\\c.yaml:3:7"
    assert str(Place("a\x1b\udcff\n.yaml", 1, 2, 3, "")) == "a\\x1b\\udcff\\n.yaml:1:2"


def test_a_path_has_the_numbers_of_what_cannot_be_seen() -> None:
    """No key is cut, so that each is still told from the others."""
    finding = Diagnostic("GR601", None, (3, "a\u200bb", "目　录", "x\ny", KEY * 100))
    assert finding.path == (3, "a\\u200bb", "目　录", "x⏎y", "\\u001b\\u202e\\udcff" * 100)
    assert pickle.loads(pickle.dumps(finding)) == finding


def test_a_file_with_such_a_key_has_its_place(tmp_path: Path) -> None:
    path = tmp_path / "tally.json"
    path.write_text('{"bonus.judged": 0,\n "bonus.\\u001bjudged": 1}', "utf-8")
    findings = tally_files.parse(small(), path).found
    assert [(one.code, one.place and one.place.line) for one in findings] == [("GR105", 2)]


def test_the_sample_is_what_it_says() -> None:
    assert not is_fit("\x1b")
    with pytest.raises(UnicodeEncodeError):
        is_fit(HOSTILE)
    assert nearest(HOSTILE, ["a"]) == ""
