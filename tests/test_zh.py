"""The Chinese pages of the manual: each says what its English page says, section by section, with the same blocks.

`test_docs.py` runs the blocks of the English pages, so that the same blocks in Chinese pages need no other run; of the tour
`test_tour.py` runs both, since their commands answer in two languages.
"""

import os
import re
from pathlib import Path
from typing import NamedTuple

import pytest

import tour_page

DOCS = Path(__file__).parents[1] / "docs"
BAD = Path(__file__).parent / "bad"
NAMES = sorted(str(path.relative_to(DOCS / "zh")) for path in (DOCS / "zh").rglob("*.md"))
EACH = pytest.mark.parametrize("name", NAMES)
BLOCK = re.compile(r"^```.*?^```$", re.DOTALL | re.MULTILINE)
CODE = re.compile("`([^`\n]+)`")
CHINESE = re.compile("[\u4e00-\u9fff]")
FINDING = re.compile(r"^(\S+?)(:\d+:\d+: )\S+\[(GR\d+)\]: .*$", re.MULTILINE)
# More than six words: a sentence, and no name of a thing.
ENGLISH = re.compile(r"[A-Za-z][\w'’-]*(?:[ ,;:.]+[A-Za-z][\w'’-]*){6,}", re.ASCII)


class Section(NamedTuple):
    """A heading and what is said below it, without blocks."""

    level: int
    heading: str
    words: str


def english(name: str) -> str:
    return (DOCS / name).read_text("utf-8")


def chinese(name: str) -> str:
    return (DOCS / "zh" / name).read_text("utf-8")


def sections(page: str) -> list[Section]:
    """The sections of a page in its order; blocks are left out, since `#` begins a comment there."""
    found = []
    for text in re.split(r"^(?=#+ )", BLOCK.sub("", page), flags=re.MULTILINE)[1:]:
        heading, _, words = text.partition("\n")
        marks, _, title = heading.partition(" ")
        found.append(Section(len(marks), title, words.strip()))
    return found


def prose(page: str) -> str:
    """The text for people: no blocks, no code, no addresses."""
    return re.sub(r"\]\([^)]*\)", "]", CODE.sub(" ` ", BLOCK.sub("", page)))


def links(page: str, folder: Path) -> set[Path]:
    """The files that a page within a folder leads to."""
    found = re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", BLOCK.sub("", page))
    return {Path(os.path.normpath(folder / target)) for target in found}


def ours(path: Path) -> Path:
    """The Chinese page in place of an English one, where there is one."""
    there = DOCS / "zh" / path.relative_to(DOCS)
    return there if there.exists() else path


def test_there_are_chinese_pages() -> None:
    assert {"authoring.md", "clauses.md", "index.md", "wording.md"} <= set(NAMES)


@EACH
def test_a_chinese_page_is_in_the_navigation(name: str) -> None:
    assert re.search(
        rf"^ +- [^:]+: zh/{re.escape(name)}$", (DOCS.parent / "mkdocs.yml").read_text("utf-8"), re.MULTILINE
    )


def essence(name: str, block: str) -> str:
    """A block without what its language decides: of a finding the words, of a page that is played all but the commands and the exit code."""
    if f"zh/{name}" not in tour_page.PAGES or not block.startswith("```console"):
        return FINDING.sub(r"\1\2\3", block)
    first, *lines = block.splitlines()
    return "\n".join(
        [
            *re.findall(r"\d+", first),
            *(line.removesuffix(" --lang en") for line in lines if line.startswith("$ ")),
        ]
    )


@EACH
def test_blocks_are_the_same_in_the_same_order(name: str) -> None:
    assert [essence(name, one) for one in BLOCK.findall(chinese(name))] == [
        essence(name, one) for one in BLOCK.findall(english(name))
    ]
    assert chinese(name).count("```") == 2 * len(BLOCK.findall(chinese(name)))


def findings(name: str) -> list[re.Match[str]]:
    """The findings that each of the two pages shows in its own language."""
    shown = [{match[0]: match for match in FINDING.finditer(page)} for page in (english(name), chinese(name))]
    return [
        shown[here][line]
        for here, there in ((0, 1), (1, 0))
        for line in shown[here]
        if line not in shown[there]
    ]


@pytest.mark.parametrize("name", [name for name in NAMES if f"zh/{name}" not in tour_page.PAGES])
def test_a_finding_shown_in_two_languages_is_printed_so_for_a_bad_file(name: str) -> None:
    for one in findings(name):
        printed = [(file.stem, file.read_text("utf-8").splitlines()) for file in BAD.glob(f"{one[3]}_*.out")]
        assert [stem for stem, lines in printed if one[0].replace(one[1], f"{stem}.yaml", 1) in lines]


def test_a_finding_is_shown_in_two_languages() -> None:
    assert len(findings("wording.md")) == 2


def pairs(name: str) -> list[tuple[Section, Section]]:
    """The sections of the English page, each with the one at its place in the Chinese page."""
    return list(zip(sections(english(name)), sections(chinese(name)), strict=True))


@EACH
def test_each_section_has_its_counterpart(name: str) -> None:
    assert [one.level for one in sections(chinese(name))] == [one.level for one in sections(english(name))]
    below = [(there.heading, here.heading) for there, here in pairs(name) if there.level > 1]
    assert [here for _, here in below if not CHINESE.search(here)] == []
    # A clause is a heading in Chinese already.
    assert [(there, here) for there, here in below if CHINESE.search(there) and here != there] == []


@EACH
def test_each_section_speaks_chinese_where_the_english_one_speaks(name: str) -> None:
    assert [
        here.heading for there, here in pairs(name) if bool(there.words) != bool(CHINESE.search(here.words))
    ] == []


@EACH
def test_each_section_names_the_keys_that_the_english_one_names(name: str) -> None:
    missing = {
        here.heading: set(CODE.findall(there.words)) - set(CODE.findall(here.words))
        for there, here in pairs(name)
    }
    assert {heading: keys for heading, keys in missing.items() if keys} == {}


@EACH
def test_no_english_sentence_is_left(name: str) -> None:
    assert ENGLISH.findall(prose(chinese(name))) == []


def test_an_english_sentence_is_seen_and_code_is_none() -> None:
    words = "one two three four five six seven"
    assert ENGLISH.findall(prose(f"见此：{words}。")) == [words]
    assert ENGLISH.findall(prose(f"`{words}`\n[页]({words})\n```text\n{words}\n```\n{words[:-6]}")) == []


@EACH
def test_every_link_leads_somewhere(name: str) -> None:
    assert [
        str(path) for path in links(chinese(name), (DOCS / "zh" / name).parent) if not path.exists()
    ] == []


@EACH
def test_a_chinese_page_leads_wherever_the_english_one_does(name: str) -> None:
    wanted = {ours(path) for path in links(english(name), (DOCS / name).parent)} - {DOCS / "zh" / name}
    assert wanted - links(chinese(name), (DOCS / "zh" / name).parent) == set()
