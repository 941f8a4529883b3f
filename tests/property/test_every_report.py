"""Every report of every command, over pairs of rubrics and their tallies: none fails, and each can be read."""

import json
import tempfile
from collections.abc import Iterator, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from click import Context
from click.testing import CliRunner
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

import govrubric
from govrubric.cli import main
from govrubric.comparison import as_data, as_markdown, as_text
from govrubric.comparison.compare import Comparison, compare
from govrubric.comparison.replay import Recount, Replay
from govrubric.diagnostics.diagnostic import Lang
from govrubric.diagnostics.display import UNSAFE
from govrubric.numbers import Exact
from govrubric.scoring import card_json
from govrubric.tally_sheets.units import FileUnit
from govrubric.testing.strategies.tally import Tally, tallies
from govrubric.testing.strategies.words import Words
from pairs import FILES, Pair, pairs

LANGS: tuple[Lang, ...] = ("en", "zh")


def is_fit(text: str) -> bool:
    """Whether a report ends its last line, and has no character that a terminal acts on or a reader cannot see."""
    return (text == "" or text.endswith("\n")) and not UNSAFE.search(text)


def reports(comparison: Comparison, replay: Replay | None) -> Iterator[str]:
    """A comparison in every form and language."""
    for lang in LANGS:
        yield as_text.as_text(comparison, replay, lang)
        yield as_markdown.memo(comparison, replay, lang)
        yield card_json.dumps(as_data.to_dict(comparison, replay, lang))


def replay_of(comparison: Comparison, given_: Sequence[Tally]) -> Replay:
    units = [FileUnit(f"u{place}", None, tally, lambda one: one) for place, tally in enumerate(given_)]
    cards = [comparison.older.score(unit.tally, unit=unit.unit) for unit in units]
    return Recount(comparison).replay(zip(units, cards, strict=True))


@given(st.data(), pairs())
def test_every_form_of_a_comparison_is_printed(data: st.DataObject, pair: Pair) -> None:
    """Whatever was done to a rubric, the report says what the difference is."""
    comparison = compare(pair.older, pair.newer)
    given_ = data.draw(st.lists(tallies(pair.older), min_size=1, max_size=3))
    for replay in (None, replay_of(comparison, given_)):
        assert [text for text in reports(comparison, replay) if not is_fit(text)] == []


# What each command is asked for, and how it may leave: 0 all is well, 1 findings or differences.
CALLS = (
    ("show {old}", (0,)),
    ("show {old} --blank csv", (0,)),
    ("show {old} --blank yaml", (0,)),
    ("check {old} {new}", (0, 1)),
    ("check {old} {new} --format line", (0, 1)),
    ("check {old} {new} --format json", (0, 1)),
    ("check {old} {new} --format sarif", (0, 1)),
    ("check {old} {new} --format github", (0, 1)),
    ("test {old} {new} --cover-min 100 --junit {junit}", (0, 1)),
    ("score {old} {tally}", (0,)),
    ("score {old} {tally} --format csv", (0,)),
    ("score {old} {tally} --format json", (0,)),
    ("score {old} {tally} --rank", (0,)),
    ("score {old} {tally} --rank --format csv", (0,)),
    ("score {old} {tally} --rank --format json --out {cards}", (0,)),
    ("verify {cards} {old}", (0,)),
    ("explain {old} {tally} --marginal", (0,)),
    ("compare {old} {tally} {tally}", (0,)),
    ("compare {old} {tally} {tally} --format csv", (0,)),
    ("compare {old} {tally} {tally} --format markdown", (0,)),
    ("compare {old} {tally} {tally} --format json", (0,)),
    ("report {old} {tally} --out {page}", (0,)),
    ("report {old} {tally} --official {tally} --out {book}", (0,)),
    ("diff {old} {new}", (0, 1)),
    ("diff {old} {new} --format markdown", (0, 1)),
    ("diff {old} {new} --format json", (0, 1)),
    ("diff {old} {new} --tally {tally}", (0, 1)),
    ("diff {old} {new} --tally {tally} --format markdown", (0, 1)),
    ("diff {old} {new} --tally {tally} --format json", (0, 1)),
    ("new --from {old} --id of-another-year --year 2031", (0,)),
    ("fmt {old} --check", (0, 1)),
    ("fmt {old}", (0,)),
    ("diff {old} {laid_out} --format json", (0,)),
)
# These take a second or more, and are tried on some of the pairs only.
SLOW = (
    ("readings {old} {tally}", (0,)),
    ("readings {old} {tally} --format json", (0,)),
    ("whatif {old} {tally}", (0,)),
    ("whatif {old} {tally} --format json", (0,)),
    ("prove {old} --examples 2", (0,)),
)


def tally_file(units: Sequence[tuple[str, Tally]]) -> str:
    """Tallies as a file of many units."""
    return "".join(
        f"- {{unit: u{place}, name: {json.dumps(name, ensure_ascii=False)}"
        + "".join(f", {json.dumps(key)}: {_cell(value)}" for key, value in tally.items())
        + "}\n"
        for place, (name, tally) in enumerate(units)
    )


def _cell(value: Any) -> str:
    if isinstance(value, Decimal):
        return f"{value:f}"
    if isinstance(value, Exact):
        return str(value)
    return json.dumps(value, ensure_ascii=False)


def failing(call: str, allowed: Sequence[int], lang: str, files: dict[str, Path]) -> str | None:
    """What is wrong with what a command says, if anything."""
    words = [word.format(**files) for word in call.split()]
    done = CliRunner().invoke(main, [*words, "--lang", lang])
    if words[0] == "whatif" and done.exit_code == 1 and "GR653" in done.stderr:
        return None  # its numbers are wider than those of a table, which is said
    if done.exit_code not in allowed or not isinstance(done.exception, SystemExit | None):
        return f"{call}: {done.exit_code} {done.exception!r}\n{done.output[-2000:]}"
    if not is_fit(done.stdout) or not is_fit(done.stderr):
        return f"{call}: {done.stdout!r} {done.stderr!r}"
    if words[-1] in ("json", "sarif"):
        json.loads(done.stdout)
    return None


# An example runs two dozen commands, so there are fewer of them, and none is made smaller.
@settings(
    max_examples=settings().max_examples // 5,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
    suppress_health_check=list(HealthCheck),  # `prove` draws tallies of its own within the example
)
@given(st.data(), pairs())
def test_every_report_of_every_command_is_printed(data: st.DataObject, pair: Pair) -> None:
    """No command fails on a rubric that loads, whatever its words and numbers are."""
    given_ = data.draw(st.lists(tallies(pair.older), min_size=1, max_size=3))
    lang, words = data.draw(st.sampled_from(LANGS)), Words(pair.style)
    calls = [*CALLS, *SLOW] if data.draw(st.integers(0, 4)) == 4 else [*CALLS]
    with tempfile.TemporaryDirectory() as folder:
        names = ["old.yaml", "new.yaml", "tally.yaml", "cards.json", "junit.xml", "laid_out.yaml"]
        names += ["page.html", "book.xlsx"]
        files = {name.partition(".")[0]: Path(folder) / name for name in names}
        for name, text in zip(("old", "new"), pair.texts(), strict=True):
            files[name].write_text(text, "utf-8")
        files["laid_out"].write_text(pair.texts()[0], "utf-8")
        files["tally"].write_text(tally_file([(words.text()[:200], one) for one in given_]), "utf-8")
        assert [wrong for call, allowed in calls if (wrong := failing(call, allowed, lang, files))] == []
        ElementTree.parse(files["junit"])


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_slow_report_of_what_ships_is_printed(tmp_path: Path, path: Path) -> None:
    """Each rubric of the gallery with the tallies of its own cases: all words of the language, met for sure."""
    files = {"old": path, "tally": tmp_path / "tally.yaml"}
    files |= {kind: tmp_path / f"report.{kind}" for kind in ("html", "xlsx", "docx")}
    rubric = govrubric.load(path)
    cards = [(case.name, rubric.score(case.tally.plain())) for case in rubric._text.cases]
    files["tally"].write_text(tally_file([(name, card._tally) for name, card in cards]), "utf-8")
    calls = ["explain {old} {tally} --marginal", "readings {old} {tally}", "whatif {old} {tally}"]
    calls += [
        "compare {old} {tally} {tally}",
        *(f"report {{old}} {{tally}} --out {{{kind}}}" for kind in ("html", "xlsx", "docx")),
    ]
    assert [wrong for call in calls if (wrong := failing(call, (0,), "zh", files))] == []


def test_every_command_is_tried() -> None:
    called = {call.split()[0] for call, _ in (*CALLS, *SLOW)}
    # A batch has no report but a table; a schema is the same for all rubrics; a draft is made of a document, and
    # a form is a file.
    assert called == set(main.list_commands(Context(main))) - {"batch", "draft", "form", "schema"}
