"""The reader of clauses over its corpus, and every form of its grammars over its own examples."""

import re
from collections import Counter
from pathlib import Path

import pytest

from clauses_corpus import CORPUS, HELD_OUT, clauses, differences, kind_of, read_of, scores, shown, table
from govrubric.lint.clauses import chinese_forms, english_forms
from govrubric.lint.clauses.chinese import read
from govrubric.lint.clauses.forms import Form

ALL = [*clauses(CORPUS), *clauses(HELD_OUT)]
FORMS = [*chinese_forms.FORMS, *english_forms.FORMS]
EXAMPLES = [pytest.param(form, words, id=words) for form in FORMS for words in form.examples]
PAGES = [Path(__file__).parents[3] / "docs" / page for page in ("wording.md", "zh/wording.md")]


@pytest.mark.parametrize(("form", "words"), EXAMPLES)
def test_a_form_says_what_its_examples_say(form: Form, words: str) -> None:
    assert read_of(words) == Counter(form.examples[words].split())
    assert form.kind in {statement.kind for statement in read(words).statements}


def test_the_corpus_is_large() -> None:
    assert len(ALL) >= 300
    assert len({clause.words for clause in ALL}) == len(ALL)


def test_clauses_are_read_rightly_and_nearly_all() -> None:
    score = scores(ALL)["all"]
    assert score.precision >= 0.98
    assert score.recall >= 0.90


def test_every_kind_of_statement_is_in_the_corpus() -> None:
    told = {kind_of(said) for clause in ALL for said in clause.said}
    assert told == {form.kind for form in FORMS}


@pytest.mark.parametrize("page", PAGES, ids=["en", "zh"])
def test_the_manual_has_the_figures(page: Path) -> None:
    shares = [f"{share:.1%}" for score in [scores(ALL)["all"]] for share in (score.precision, score.recall)]
    (row,) = re.findall(r"^\| (?:all|合计) \| (.*) \|$", page.read_text("utf-8"), re.MULTILINE)
    assert row.replace(" %", "%").split(" | ") == [str(scores(ALL)["all"].expected), *shares]


def test_a_clause_that_is_read_otherwise_is_listed(tmp_path: Path) -> None:
    corpus = tmp_path / "c.txt"
    corpus.write_text(
        "# a remark\n每例扣1分\n    -2/例 floor\n扣完为止\n    floor\n未公开的\n    none\n", "utf-8"
    )
    assert [*differences(corpus)] == ["c.txt:2: 每例扣1分\n    missed -2/例 floor  wrong -1/例"]
    effect = scores([*clauses(corpus)])["effect"]
    assert (effect.expected, effect.found, effect.right, effect.precision, effect.recall) == (1, 1, 0, 0, 0)
    assert table(corpus).splitlines()[0] == "c: 3 clauses"
    assert shown(read("扣完为止").statements[0]) == "floor"
