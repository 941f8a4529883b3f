"""Every sentence and table row of the specification, each with a test that quotes it and tries it on a small rubric."""

import re
from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from click.testing import CliRunner

import govrubric
import specification
from govrubric import Rubric, ScoreCard, TallyError, tally_files
from govrubric.cases.run import run
from govrubric.cli import main
from govrubric.diagnostics.diagnostic import Diagnostic
from govrubric.numbers import Exact
from specification import PAGE, Piece

ROOT = Path(__file__).parents[1]
X = "{id: x, deduct: 1, per: case}"
FULL = "{id: x, deduct: 10}"
SPEC = PAGE.read_text("utf-8")
QUOTED = {where: list(specification.quotes(words)) for where, words in specification.docstrings()}


def written(indicators: str, **fields: str) -> str:
    """A rubric of 10 points, rounded to two places half up, unless the fields say otherwise."""
    head = {
        "govrubric": "1",
        "id": "t",
        "title": "T",
        "total": "10",
        "round": "{places: 2, mode: half_up}",
        **fields,
    }
    return "".join(f"{key}: {value}\n" for key, value in head.items()) + f"indicators: [{indicators}]\n"


def item(name: str, weight: str, inside: str) -> str:
    return f"{{id: {name}, title: {name}, weight: {weight}, {inside}}}"


def leaf(*rules: str, more: str = "", **fields: str) -> str:
    """A rubric of one leaf `a`, worth 10; `more` are keys of the leaf, `fields` those of the rubric."""
    return written(item("a", "10", f"{more}rules: [{', '.join(rules)}]"), **fields)


def pair(more: str, **fields: str) -> str:
    """A rubric of two leaves worth 6 and 4, each losing 1 for each case; `more` are keys of the second."""
    return written(f"{item('a', '6', f'rules: [{X}]')}, {item('b', '4', f'{more}rules: [{X}]')}", **fields)


def halves(group: str, first: str = "", second: str = "") -> str:
    """A group `g` whose parts `a` and `b` each weigh as much as it does, as `mean`, `min` and `max` want it."""
    parts = ", ".join(item(name, "10", f"{keys}rules: [{X}]") for name, keys in (("a", first), ("b", second)))
    return written(item("g", "10", f"{group}items: [{parts}]"))


def score(text: str, tally: Mapping[str, Any] | None = None, **options: Any) -> ScoreCard:
    return govrubric.loads(text).score(tally or {}, **options)


def total(text: str, tally: Mapping[str, Any] | None = None) -> Decimal | None:
    return score(text, tally).total


def row(*values: object) -> tuple[object, ...]:
    """What a card says in a few places, as one value to compare."""
    return values


def refused(text: str | bytes) -> list[Diagnostic]:
    with pytest.raises(govrubric.RubricError) as caught:
        govrubric.loads(text)
    return [one for one in caught.value.diagnostics if one.severity == "error"]


def codes(text: str | bytes) -> list[str]:
    return [one.code for one in refused(text)]


def wrong(rubric: Rubric, tally: Mapping[str, Any], **options: Any) -> list[Diagnostic]:
    with pytest.raises(TallyError) as caught:
        rubric.score(tally, **options)
    return list(caught.value.diagnostics)


def fenced(number: int) -> str:
    """The text of one of the specification's blocks of code."""
    return SPEC.split("```")[2 * number + 1].removeprefix("yaml\n")


def checked(text: str, folder: Path) -> list[str]:
    """The codes of everything that `check` finds."""
    path = folder / "rubric.yaml"
    path.write_text(text, encoding="utf-8")
    return [one.code for one in govrubric.check(path)]


# The page itself


def test_every_sentence_and_table_row_is_quoted_by_a_test() -> None:
    assert specification.unquoted(SPEC, QUOTED) == []


def test_nothing_is_quoted_that_is_not_there_any_more() -> None:
    assert specification.gone(SPEC, QUOTED) == []


def test_the_specification_is_cut_into_all_its_pieces() -> None:
    page = "# T\nOne. `two` is three:\nfour! Five.\n\n## 3. S\n\n| a | b |\n| --- | --- |\n| `c` | d. e |\n\n* Six.\n* `seven` – 1. Eight\n  nine.\n1. **Ten.** The end.\n```\nno.\n```\n"
    assert specification.pieces(page) == [
        Piece("0", "One."),
        Piece("0", "`two` is three: four!"),
        Piece("0", "Five."),
        Piece("3", "a | b"),
        Piece("3", "`c` | d. e"),
        Piece("3", "Six."),
        Piece("3", "`seven` – 1."),
        Piece("3", "Eight nine."),
        Piece("3", "**Ten.** The end."),
    ]


@pytest.mark.parametrize(
    "added", ["Nothing is free.", "* Nothing is free.", "1. Nothing is free.", "| `nothing` | is free |"]
)
def test_a_sentence_that_no_test_quotes_is_noticed(added: str) -> None:
    words = added.strip("|*1. ") + ("." if "|" not in added else "")
    assert specification.unquoted(f"{SPEC}\n{added}\n", QUOTED) == [Piece("Later", words)]


def test_a_quotation_of_the_wrong_section_covers_nothing() -> None:
    assert specification.unquoted("## 2. S\nOne.\n", {"t": [Piece("3", "One.")]}) == [Piece("2", "One.")]


def test_a_quotation_of_half_a_sentence_covers_nothing() -> None:
    assert specification.unquoted("## 2. S\nOne, two.\n", {"t": [Piece("2", "One")]}) == [
        Piece("2", "One, two.")
    ]


@pytest.mark.parametrize(
    ("words", "still"),
    [
        ("One, two.", True),
        ("One … two", True),
        ("two … three", False),
        ("`One`, two", True),
        ("Three.", False),
        ("One. Two.", False),
    ],
)
def test_a_quotation_of_what_is_gone_is_noticed(words: str, still: bool) -> None:
    piece = Piece("2", words)
    assert specification.gone("## 2. S\nOne, two.\n", {"t": [piece]}) == ([] if still else [("t", piece)])


def test_quotations_are_read_off_a_docstring() -> None:
    words = "Language 3: “one”, “two `b`”, and language, section 2: “three”; style 6: “four”."
    assert list(specification.quotes(words)) == [
        Piece("3", "one"),
        Piece("3", "two `b`"),
        Piece("2", "three"),
    ]


# What an author may write


def test_the_page_says_what_may_be_written_and_what_it_means() -> None:
    """Language 0: “What an author may write, and what it means.”

    Every key of every model and every verb stands on the page.
    """
    from govrubric.language.rules import VERBS

    keys = {field.alias or name for model in VERBS.values() for name, field in model.model_fields.items()}
    assert [
        key
        for key in sorted(keys)
        if f"`{key}" not in SPEC and f"{key}:" not in SPEC and f" {key} " not in SPEC
    ] == []


def test_the_manual_explains_the_specification() -> None:
    """Language 0: “This page is the specification; the other pages of the manual explain it to authors with examples.”"""
    navigation = (ROOT / "mkdocs.yml").read_text("utf-8")
    assert "Specification: specification.md" in navigation
    assert all(f"{page}.md" in navigation for page in ("authoring", "clauses", "reference", "gallery"))


def test_what_a_sentence_says_holds_against_an_example() -> None:
    """Language 0: “Where an example here and a sentence disagree, the sentence holds.”

    The first example is an excerpt, so its total is not the sum that a sentence of section 3 asks for.
    """
    assert "total: 100" in fenced(0)
    assert codes(fenced(0)) == ["GR302"]


def test_the_example_is_an_excerpt_of_the_whole_form() -> None:
    """Language 1: “An excerpt (the whole form has nine indicators, and its weights add up to 100).”"""
    whole = govrubric.shipped("2023-district")._text
    excerpt = govrubric.loads(fenced(0).replace("total: 100\n", "total: 20\n"))._text
    assert len(whole.indicators) == 9
    assert sum(one.weight or 0 for one in whole.indicators) == 100
    assert {(one.id, one.weight) for one in excerpt.indicators} <= {
        (one.id, one.weight) for one in whole.indicators
    }


def test_the_case_of_the_example_holds(tmp_path: Path) -> None:
    assert checked(fenced(0).replace("total: 100\n", "total: 20\n"), tmp_path) == []


def test_there_are_four_nouns() -> None:
    """Language 1: “Four nouns: a **rubric** is a tree of **items** (the top ones are called indicators); a leaf item has **rules**; a **tally** gives each rule what was counted or judged; a **score card** is the result with its audit trace.”"""
    rubric = govrubric.loads(leaf(X))
    card = rubric.score({"a.x": 3})
    assert [one.id for one in rubric._text.indicators] == ["a"]
    assert list(card.items) == ["", "a"]
    assert [(rule.path, rule.raw) for rule in card.items["a"].rules] == [("a.x", Exact(-3))]


# 2. Text


def test_the_text_is_one_yaml_document_in_utf_8() -> None:
    """Language 2: “YAML 1.2, UTF-8, one document.”

    In YAML 1.2 `no` is text, as an id it is `no`.
    """
    assert govrubric.loads(leaf("{id: no, deduct: 1}").encode())._text.indicators[0].rules[0].id == "no"
    assert codes(leaf(X).replace("title: T", "title: 表").encode("gb18030")) == ["GR104"]
    assert codes(leaf(X) + "---\na: 1\n") == ["GR118"]


@pytest.mark.parametrize(
    ("text", "code", "line", "column"),
    [
        (leaf(X) + "id: u\n", "GR120", 7, 1),
        (leaf(X) + "note: &n text\n", "GR113", 7, 7),
        (leaf(X) + "note: *n\n", "GR114", 7, 7),
        (leaf(X) + "valid: {<<: {}}\n", "GR115", 7, 9),
        (leaf(X) + "note: !!str text\n", "GR116", 7, 7),
        (leaf(X) + "totle: 10\n", "GR201", 7, 1),
        (leaf(X) + "#" * (1 << 20), "GR103", 1, 1),
        ("a: " + "[" * 33 + "]" * 33, "GR121", 1, 35),
    ],
)
def test_what_yaml_may_do_and_a_rubric_may_not_is_refused(
    text: str, code: str, line: int, column: int, tmp_path: Path
) -> None:
    """Language 2: “Refused, each with its own message and place: duplicate keys, anchors and aliases, merge keys, tags, unknown keys (with the nearest known key), more than 1 MiB, nesting deeper than 32.”"""
    path = tmp_path / "rubric.yaml"
    path.write_text(text, encoding="utf-8")
    found = next(one for one in govrubric.check(path) if one.code == code)
    assert found.place is not None
    assert (found.place.line, found.place.column) == (line, column)


def test_an_unknown_key_is_answered_with_the_nearest_known_one() -> None:
    assert "`title`" in refused(leaf(X) + "titel: 10\n")[0].render("en")


@pytest.mark.parametrize(
    ("digits", "number"),
    [("10", "10"), ("10.0", "10"), ("010", "10"), ("20/2", "10"), ("0.1", "1/10"), ("1/3", "1/3")],
)
def test_a_number_is_its_digits(digits: str, number: str) -> None:
    """Language 2: “A number is read from its written digits, never through a float: `-?digits[.digits]`, or a fraction `digits/digits`.”

    As a float 0.1 is 3602879701896397/36028797018963968.
    """
    rubric = govrubric.loads(written(item("a", digits, f"rules: [{X}]"), total=digits, ceiling="none"))
    assert rubric._text.total == Fraction(number)


def test_a_number_may_be_below_zero() -> None:
    assert total(leaf(X, more="floor: -1.5, ", floor="none"), {"a.x": 20}) == Decimal("-1.5")


@pytest.mark.parametrize(
    ("digits", "right"),
    [
        ("999999999999", True),
        ("1000000000000", False),
        ("1.000001", True),
        ("1.0000001", False),
        ("1/999999999999", True),
    ],
)
def test_a_number_has_so_many_digits_at_most(digits: str, right: bool) -> None:
    """Language 2: “At most 12 digits before the point and 6 after.”"""
    text = written(item("a", digits, f"rules: [{X}]"), total=digits, ceiling="none", out_of=digits)
    if right:
        assert govrubric.loads(
            text.replace("weight: " + digits, f"weight: {digits}, ceiling: none")
        )._text.total == Fraction(digits)
    else:
        assert set(codes(text)) == {"GR220"}


@pytest.mark.parametrize(
    "digits", ["1e1", "1_0", "0xa", ".5", "nan", ".nan", "inf", ".inf", "１０", "+10", "10."]
)
def test_a_number_in_any_other_form_is_refused(digits: str) -> None:
    """Language 2: “Exponents, underscores, hex, `.5`, `nan`, `inf` are refused.”"""
    assert "GR207" in codes(written(item("a", "10", f"rules: [{X}]"), total=digits))


@pytest.mark.parametrize(
    ("name", "right"),
    [
        ("a", True),
        ("a_1", True),
        ("class", True),
        ("a" * 64, True),
        ("a" * 65, False),
        ("A", False),
        ("1a", False),
        ("_a", False),
        ("a-b", False),
        ("项", False),
    ],
)
def test_an_id_is_small_letters_digits_and_underscores(name: str, right: bool) -> None:
    """Language 2: “An `id` is `[a-z][a-z0-9_]{0,63}`, unique among its siblings.”"""
    text = written(item(name, "10", f"rules: [{X}]"))
    assert (list(govrubric.loads(text)._inputs) == [f"{name}.x"]) if right else (codes(text) == ["GR211"])


def test_siblings_have_different_ids() -> None:
    twins = f"{item('a', '6', f'rules: [{X}]')}, {item('a', '4', f'rules: [{X}]')}"
    cousins = f"{item('a', '6', f'rules: [{X}]')}, {item('b', '4', f'rules: [{X}]')}"
    assert codes(written(twins)) == ["GR301"]
    assert list(govrubric.loads(written(cousins))._inputs) == ["a.x", "b.x"]


def test_a_path_joins_ids_by_dots() -> None:
    """Language 2: “A **path** is ids joined by dots, from the indicator down.”"""
    rubric = govrubric.loads(written(item("a", "10", f"items: [{item('b', '10', f'rules: [{X}]')}]")))
    assert list(rubric.score({}).items) == ["", "a", "a.b"]
    assert list(rubric._inputs) == ["a.b.x"]


def test_a_path_has_300_characters_at_most() -> None:
    """Language 2: “It has at most 300 characters.”"""
    ids = [letter * 64 for letter in "abcd"]

    def nested(last: str) -> str:
        inner = item(last, "10", f"rules: [{X}]")
        for id_ in reversed(ids):
            inner = item(id_, "10", f"items: [{inner}]")
        return written(inner)

    assert len(".".join([*ids, "e" * 38, "x"])) == 300
    assert govrubric.loads(nested("e" * 38))._inputs.keys() == {".".join([*ids, "e" * 38, "x"])}
    assert [found.code for found in refused(nested("e" * 39))] == ["GR211"]


def test_a_clause_is_kept_verbatim() -> None:
    """Language 2: “`clause` holds the official wording, verbatim.”"""
    clause = "文件未标注……属性的，  每例扣0.1分"
    card = score(leaf(f"{{id: x, deduct: 0.1, per: 例, clause: '{clause}'}}"))
    assert card.rules["a.x"].clause == clause


def test_a_note_is_the_authors_and_stands_on_no_card() -> None:
    """Language 2: “`note` holds the author's own remark.”"""
    rubric = govrubric.loads(leaf("{id: x, deduct: 1, note: my own remark}"))
    assert rubric._text.indicators[0].rules[0].note == "my own remark"
    assert "my own remark" not in rubric.score({}).to_json()


def test_clause_and_note_change_no_score() -> None:
    """Language 2: “Neither changes a score.”"""
    worded = leaf(
        "{id: x, deduct: 1, per: case, clause: 每例扣9分, note: 9 points}",
        more="clause: 扣9分, note: 9 points, ",
    )
    assert total(worded, {"a.x": 3}) == total(leaf(X), {"a.x": 3}) == 7


def test_a_title_is_what_people_read() -> None:
    """Language 2: “`title` is what people read.”, “Items and the rubric must have one; rules, levels, bands, gates, facts
    and inputs of formulas may.”"""
    assert codes(leaf(X).replace("title: T\n", "")) == ["GR202"]
    assert codes(leaf(X).replace("title: a, ", "")) == ["GR202"]
    text = leaf(
        "{id: x, title: Late, deduct: {c: {points: 1, title: City}}, per: case}",
        "{id: y, bands: [{from: 5, points: 1, title: Good}]}",
        "{id: z, formula: n, inputs: {n: {type: count, title: Visits}}}",
        more="start: full, gates: [{id: g, title: Capped, when: deaths > 0, at_most: 9}], ",
        facts="{deaths: {type: count, title: Deaths}}",
    )
    said = score(text, {"a.x.c": 2, "a.y": 6, "a.z.n": 1, "deaths": 1}).explain()
    for words in (
        "Late: City 2 case",
        "6, in the band “Good”, 1 added",
        "Visits (n) = 1",
        "gate Capped holds",
        "Deaths: 1",
    ):
        assert words in said


def test_without_a_title_people_read_the_id() -> None:
    """Language 2: “Whatever a person reads says the title, and the id where there is none.”"""
    said = score(
        leaf("{id: x, title: Late, deduct: 1, per: case}", "{id: y, deduct: 1}"), {"a.x": 1}
    ).explain()
    assert "  Late: 1 case × 1" in said
    assert "  y: no\n" in said


def test_a_title_changes_no_score() -> None:
    """Language 2: “A title changes no score.”"""
    titled = leaf("{id: x, title: 扣9分, deduct: 1, per: case}")
    assert total(titled, {"a.x": 3}) == total(leaf(X), {"a.x": 3}) == 7
    loaded, bare = govrubric.loads(titled), govrubric.loads(leaf(X))
    assert loaded.scoring_digest == bare.scoring_digest
    assert loaded.digest != bare.digest


def test_a_level_an_outcome_a_flag_and_a_count_have_a_long_form() -> None:
    """Language 2: “A level, an outcome, a flag or a count has its title in a long form: `award: {city: {points: 1, title:
    市级}}` beside the short `{city: 1}`, and `{type: count, title: 死亡人数}` beside `count`.”"""
    long = leaf("{id: x, award: {city: {points: 1, title: 市级}}, per: case}")
    assert (
        total(long, {"a.x.city": 2})
        == total(leaf("{id: x, award: {city: 1}, per: case}"), {"a.x.city": 2})
        == 2
    )
    chosen = leaf("{id: x, choose: {a: {points: 3, title: 优}, b: 1}}")
    assert row(total(chosen, {"a.x": "a"}), total(chosen, {"a.x": "b"})) == (3, 1)
    for kind, value, title in (("count", 1, "死亡人数"), ("flag", True, "有服务")):
        gated = leaf(
            FULL,
            more="gates: [{id: g, when: n == n, at_most: 9}], ",
            facts=f"{{n: {{type: {kind}, title: {title}}}}}",
        )
        (fact,) = govrubric.loads(gated).facts.values()
        assert row(fact.kind, fact.title, total(gated, {"n": value})) == (kind, title, 9)


def test_the_long_form_without_words_means_what_the_short_one_does() -> None:
    """Language 2: “The long form without words means what the short one does.”"""
    long = leaf("{id: x, award: {city: {points: 1}}, per: case}", facts="{n: {type: count}}")
    short = leaf("{id: x, award: {city: 1}, per: case}", facts="{n: count}")
    assert govrubric.loads(long) == govrubric.loads(short)
    assert govrubric.loads(long).to_text() == govrubric.loads(short).to_text()


def test_every_object_may_carry_a_note() -> None:
    """Language 2: “Every object may carry `note`.”"""
    rubric = govrubric.loads(
        "govrubric: 1\nid: t\ntitle: T\nnote: of the rubric\ntotal: 10\ncombine: mean\n"
        "valid: {from: 2025-01-01, note: of the days}\n"
        "source: {issuer: us, note: of the source}\n"
        "round: {places: 2, mode: half_up, note: of the rounding}\n"
        "drop: {lowest: 1, note: of the dropping}\n"
        "facts: {n: {number: {places: 0, note: of the range}}, c: {choice: [A, B], note: of the choice}}\n"
        "indicators:\n"
        "  - id: a\n    title: A\n    weight: 10\n    note: of the item\n    start: zero\n    rules:\n"
        "      - {id: x, bands: [{from: 1, points: 10, note: of the band}], note: of the rule}\n"
        "      - {id: y, distance: {below: 1, each: 1, points: 1, note: of the distance}}\n"
        "    gates: [{id: g, when: x > 5, at_most: 9, note: of the gate}]\n"
        "  - {id: b, title: B, weight: 10, rules: [{id: x, judge: 10}]}\n"
        "grades: [{grade: A, from: 5, note: of the grade}, {grade: B}]\n"
        "cases: [{name: n, tally: {a.x: 1}, expect: {total: 10}, note: of the case}]\n"
        "ambiguities: [{id: q, at: a, question: q, decision: d, note: of the ambiguity}]\n"
    )
    assert rubric.to_text().count("of the ") == 15


def test_no_key_is_made_up() -> None:
    """Language 2: “Nothing else is free-form.”"""
    for text in (
        leaf(X) + "remark: mine\n",
        leaf(X, more="remark: mine, "),
        leaf("{id: x, deduct: 1, remark: mine}"),
        leaf(X, round="{places: 2, mode: half_up, remark: mine}"),
    ):
        assert codes(text) == ["GR201"]


# 3. Items


def test_the_table_of_items_has_keys_meanings_and_defaults() -> None:
    """Language 3: “key | meaning | default”

    Every key of an item stands in the first column.
    """
    from govrubric.language.rubric_text import Item

    rows = " ".join(
        piece.words.partition(" | ")[0]
        for piece in specification.pieces(SPEC)
        if piece.section == "3" and " | " in piece.words
    )
    assert [name for name in Item.model_fields if f"`{name}`" not in rows] == ["drop"]


def test_an_item_has_an_id_and_a_title() -> None:
    """Language 3: “`id`, `title` | name; title is required”"""
    assert score(leaf(X)).items["a"].title == "a"
    assert codes(written(f"{{id: a, weight: 10, rules: [{X}]}}")) == ["GR202"]
    assert codes(written(f"{{title: a, weight: 10, rules: [{X}]}}")) == ["GR202"]


def test_a_weight_is_what_an_item_adds_at_full_marks() -> None:
    """Language 3: “`weight` | full marks this item adds to its parent | required, except of an `extra` item without full marks”"""
    card = score(pair(""))
    assert row(card.items["a"].contribution, card.items["b"].contribution) == (6, 4)
    assert codes(written(f"{{id: a, title: A, rules: [{X}]}}")) == ["GR202"]


def test_an_item_may_have_its_own_scale() -> None:
    """Language 3: “`out_of` | the item's own scale, when it is scored on another one than its weight (weight 10, scored out of 100) | `weight`”"""
    scaled = score(leaf(X, more="out_of: 100, "), {"a.x": 15}).items["a"]
    assert row(scaled.score, scaled.contribution) == (85, Decimal("8.5"))
    assert score(leaf(X)).items["a"].out_of == 10


def test_a_leaf_has_rules_and_a_group_items_and_perhaps_rules() -> None:
    """Language 3: “`items` or `rules` | parts, or rules; a leaf has rules, a group has items and may have rules of its own | one is required”"""
    group = written(item("g", "10", f"items: [{item('a', '10', f'rules: [{X}]')}], rules: [{X}]"))
    assert score(group, {"g.a.x": 3, "g.x": 2}).items["g"].score == 5
    assert codes(written("{id: a, title: A, weight: 10}")) == ["GR303"]


@pytest.mark.parametrize(("start", "balance"), [("full", "10"), ("zero", "0"), ("2.5", "2.5")])
def test_an_item_starts_where_it_says(start: str, balance: str) -> None:
    """Language 3: “`start` | `full`, `zero` or a number: the balance before any rule | `full` if the rules can only take away, `zero` if they can only add; must be written when both”"""
    assert score(leaf(X, more=f"start: {start}, ")).items["a"].base == Decimal(balance)


def test_an_item_that_does_not_say_where_it_starts_starts_at_full_marks_or_zero() -> None:
    assert score(leaf(X)).items["a"].base == 10
    assert score(leaf("{id: y, award: 1, per: case}")).items["a"].base == 0
    assert codes(leaf(X, "{id: y, award: 1, per: case}")) == ["GR304"]


def test_a_score_stays_within_floor_and_ceiling() -> None:
    """Language 3: “`floor`, `ceiling` | bounds of the item's score, a number or `none` | `0`, and full marks (`out_of`)”"""
    both = "{id: x, deduct: 1, per: case}, {id: y, award: 1, per: case}"
    scores = {
        more: [
            score(leaf(both, more=f"start: 5, {more}"), {f"a.{name}": 20}).items["a"].score
            for name in ("x", "y")
        ]
        for more in ("", "floor: 2, ceiling: 8, ", "floor: none, ceiling: none, ", "out_of: 20, ")
    }
    assert list(scores.values()) == [[0, 10], [2, 8], [-15, 25], [0, 20]]


@pytest.mark.parametrize(
    ("combine", "base"),
    [
        ("mean", "7.5"),
        ("min", "6"),
        ("max", "9"),
        ("mean, drop: {lowest: 1}", "9"),
        ("mean, drop: {highest: 1}", "6"),
        ("max, drop: {lowest: 0, highest: 1}", "6"),
    ],
)
def test_parts_are_combined_as_the_group_says(combine: str, base: str) -> None:
    """Language 3: “`combine` | how parts make the group's base: `sum`, `mean`, `min`, `max` of the parts' contributions; with `drop: {lowest: n, highest: n}` | `sum`”

    Of two parts out of 10 one comes to 6 and the other to 9.
    """
    assert score(halves(f"combine: {combine}, "), {"g.a.x": 4, "g.b.x": 1}).items["g"].base == Decimal(base)


def test_parts_are_summed_unless_told_otherwise() -> None:
    tally = {"a.x": 2, "b.x": 1}
    assert total(pair(""), tally) == total(pair("", combine="sum"), tally) == 7


def test_an_extra_part_comes_on_top() -> None:
    """Language 3: “`extra` | `true`: its points come on top of the parent's weight, and raise its ceiling | `false`”"""
    card = score(
        written(
            f"{item('a', '10', f'rules: [{X}]')}, {item('b', '3', 'extra: true, rules: [{id: y, award: 1, per: case}]')}"
        ),
        {"b.y": 2},
    )
    assert row(card.total, card.maximum, card.items[""].ceiling) == (12, 10, 13)
    assert codes(pair("", total="6")) == ["GR302"]


def test_an_item_that_does_not_count_contributes_nothing() -> None:
    """Language 3: “`counts_when` | a condition; while false the item contributes 0 | always”"""
    text = pair("counts_when: a.x < 3, ")
    assert row(total(text, {"a.x": 2}), total(text, {"a.x": 3})) == (8, 3)
    assert score(text, {"a.x": 3}).items["b"].score == 4
    assert score(pair(""), {"a.x": 3}).items["b"].contribution == 4


@pytest.mark.parametrize(
    ("policy", "come_to"), [("rescale", "5"), ("full", "7"), ("zero", "3"), ("spread", "5")]
)
def test_a_part_may_not_apply(policy: str, come_to: str) -> None:
    """Language 3: “`not_applicable` | what happens when the tally says that the item does not apply: `rescale`, `full`, `zero`, `spread` | the tally may not say so”

    The other part comes to 3 of 6: 3 × 10 ÷ 6 = 5, 3 + 4 = 7, 3 + 0 = 3, and 3 + 4 × 3 ÷ 6 = 5.
    """
    assert total(pair(f"not_applicable: {policy}, "), {"a.x": 3, "b.not_applicable": True}) == Decimal(
        come_to
    )


def test_the_tally_may_not_say_that_any_other_part_does_not_apply() -> None:
    assert [one.code for one in wrong(govrubric.loads(pair("")), {"b.not_applicable": True})] == ["GR601"]


def test_an_item_may_have_gates() -> None:
    """Language 3: “`gates` | vetoes and caps, section 6 | none”"""
    text = leaf(X, more="gates: [{id: veto, when: x > 3, score: 0}, {id: cap, when: x > 0, at_most: 8}], ")
    assert [total(text, {"a.x": cases}) for cases in (0, 1, 3, 4)] == [10, 8, 7, 0]
    assert score(leaf(X)).items["a"].gates == ()


def test_an_items_score_may_be_rounded() -> None:
    """Language 3: “`round` | `{places, mode}` applied to this item's score | none”"""
    rule, tally = "{id: x, judge: 10}", {"a.x": Decimal("7.25")}
    assert score(leaf(rule, more="round: {places: 1, mode: half_up}, "), tally).items["a"].score == Decimal(
        "7.3"
    )
    assert score(leaf(rule), tally).items["a"].score == Decimal("7.25")


def test_was_is_for_whoever_compares_two_rubrics() -> None:
    """Language 3: “`was` | the item's path in the rubric that this one follows, where it had another; it changes no score, and what compares the two reads it”"""
    assert total(leaf(X, more="was: other.path, "), {"a.x": 1}) == 9
    assert [one.code for one in refused(leaf(X, more="was: 别处, "))] == ["GR226"]


def test_a_rule_was_somewhere_else_too() -> None:
    """Language 5: “A rule may say `was` as an item does.”"""
    assert total(leaf("{id: x, was: other.path, deduct: 1, per: case}"), {"a.x": 1}) == 9


def test_some_keys_are_for_people() -> None:
    """Language 3: “`assessed_by`, `clause`, `note` | for people”"""
    card = score(leaf(X, more="assessed_by: 第三方, clause: 每例扣1分, note: mine, "), {"a.x": 1})
    assert row(card.items["a"].assessed_by, card.items["a"].clause, card.total) == ("第三方", "每例扣1分", 9)


@pytest.mark.parametrize(("weight", "right"), [("4", True), ("3.999999", False), ("4.000001", False)])
def test_weights_add_up_exactly(weight: str, right: bool) -> None:
    """Language 3: “With `combine: sum` the weights of the parts that are not `extra` add up to the group's `out_of`, exactly; anything else is an error that shows the sum.”"""
    extra = item("c", "1", "extra: true, rules: [{id: y, judge: 1}]")
    text = written(f"{item('a', '6', f'rules: [{X}]')}, {item('b', weight, f'rules: [{X}]')}, {extra}")
    if right:
        assert govrubric.loads(text)._text.total == 10
    else:
        (found,) = refused(text)
        assert (found.code, dict(found.args)["sum"]) == ("GR302", f"6 + {weight}")


@pytest.mark.parametrize("combine", ["mean", "min", "max"])
def test_parts_that_are_not_summed_weigh_as_much_as_the_group(combine: str) -> None:
    """Language 3: “With `mean`, `min`, `max` each part's weight equals the group's `out_of`.”"""
    assert govrubric.loads(halves(f"combine: {combine}, "))._text.total == 10
    assert codes(halves(f"out_of: 20, combine: {combine}, ")) == ["GR318", "GR318"]


def test_a_contribution_is_the_score_on_the_parents_scale() -> None:
    """Language 3: “`contribution = score × weight ÷ out_of`, exact.”

    2 × 10 ÷ 3 has no last digit.
    """
    card = score(leaf(X, more="out_of: 3, "), {"a.x": 1})
    assert row(card.items["a"].score, card.items["a"].contribution) == (2, Fraction(20, 3))


def on_top(*fields: str, **rest: Any) -> str:
    """A rubric of an item of 10 marks and of extra items without full marks."""
    extra = (f"{{id: e{index}, title: t, extra: true, {of}}}" for index, of in enumerate(fields))
    return written(", ".join([item("a", "10", f"rules: [{X}]"), *extra]), **rest)


TAKES, ADDS = "rules: [{id: t, deduct: 2, per: case}]", "rules: [{id: j, judge: 3}]"


def test_an_extra_item_may_have_no_full_marks() -> None:
    """Language 3: “`extra: true` may stand without `weight` (加分项, 扣分项): the item has no full marks, starts at zero, and its score counts as it is.”"""
    scored = score(on_top(TAKES, f"ceiling: 3, {ADDS}", out_of="10", total="5"), {"e0.t": 3, "e1.j": 1})
    off, bonus = scored.items["e0"], scored.items["e1"]
    assert (off.weight, off.out_of, *row(off.base, off.score, off.contribution)) == (None, None, 0, -6, -6)
    assert row(bonus.base, bonus.score, bonus.contribution, scored.total) == (0, 1, 1, Decimal("2.5"))
    assert codes(on_top(TAKES).replace("extra: true, ", "")) == ["GR202"]


def test_an_item_without_full_marks_only_takes_or_says_how_far_it_adds() -> None:
    """Language 3: “If its rules and parts can only take, its floor is `none` and its ceiling 0; if they can add, its floor is 0 and its ceiling must be written, a number or `none`.”"""
    both = "rules: [{id: t, deduct: 2, per: case}, {id: j, judge: 3}]"
    items = score(
        on_top(TAKES, f"ceiling: 2, {both}", f"ceiling: none, {ADDS}"), {"e1.j": 3, "e2.j": 3}
    ).items
    ends = [(items[path].floor, items[path].ceiling) for path in ("e0", "e1", "e2")]
    assert ends == [(None, 0), (0, 2), (0, None)]
    assert [codes(on_top(rules)) for rules in (ADDS, both)] == [["GR361"], ["GR361"]]


def test_the_parts_of_an_item_without_full_marks_are_extra() -> None:
    """Language 3: “All its parts are `extra`, and it applies while one of them does.”"""
    parts = ", ".join(
        f"{{id: {name}, title: t, extra: true, not_applicable: zero, {TAKES}}}" for name in "bc"
    )
    text = on_top(f"not_applicable: zero, items: [{parts}]")
    away = {"e0.b.not_applicable": True}
    assert score(text, away).items["e0"].applies
    assert not score(text, away | {"e0.c.not_applicable": True}).items["e0"].applies
    assert codes(text.replace("{id: b, title: t, extra: true, ", "{id: b, title: t, weight: 3, ")) == [
        "GR364"
    ]


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        (f"out_of: 5, {TAKES}", "GR362"),
        (f"start: full, {TAKES}", "GR362"),
        (f"combine: mean, items: [{{id: b, title: t, extra: true, {TAKES}}}]", "GR362"),
        (f"drop: {{lowest: 1}}, items: [{{id: b, title: t, extra: true, {TAKES}}}]", "GR362"),
        ("ceiling: 3, rules: [{id: c, convert: 100}]", "GR363"),
        ("rules: [{id: c, deduct: 1, when: reached(e1) > 0}]", "GR525"),
    ],
)
def test_nothing_asks_for_full_marks_that_are_not_there(fields: str, code: str) -> None:
    """Language 3: “What asks for full marks is an error there: `out_of`, `start: full`, `combine`, `drop`, `convert` and `reached(path)`; `not_applicable: full` contributes nothing.”"""
    assert codes(on_top(fields, TAKES)) == [code]
    text = on_top(f"not_applicable: full, {TAKES}")
    assert total(text, {"e0.not_applicable": True}) == 10


def test_an_extra_item_raises_the_ceiling_by_the_most_that_it_can_contribute() -> None:
    """Language 3: “An `extra` item raises the ceiling of its parent, where none is written, by the most that it can contribute (the bound of that line), and no ceiling further up.”, “One that can only take raises it by nothing.”"""
    bonus = "ceiling: none, rules: [{id: p, award: 1}, {id: q, award: 0.5}]"
    assert score(on_top(bonus)).items[""].ceiling == Decimal("11.5")
    assert score(on_top(f"weight: 8, {ADDS}"), {"e0.j": 3}).items[""].ceiling == 13
    assert score(on_top(TAKES)).items[""].ceiling == 10
    assert score(on_top(bonus, ceiling="10.5")).items[""].ceiling == Decimal("10.5")
    within = (
        f"weight: 10, items: [{item('b', '10', f'rules: [{X}]')}, {{id: c, title: t, extra: true, {bonus}}}]"
    )
    whole = score(written(f"{{id: g, title: t, {within}}}"), {"g.c.p": True})
    assert row(whole.items["g"].ceiling, whole.items[""].ceiling, whole.total) == (Decimal("11.5"), 10, 10)


def test_what_is_lost_of_an_extra_item_is_what_it_is_below_zero() -> None:
    """Language 3: “What an item has lost is its full marks less its score, and never below 0.”, “Of an `extra` item, and of all within it, it is what the score is below zero: a bonus that was not earned is no loss.”"""
    inner = f"weight: 3, floor: none, items: [{item('b', '3', f'floor: none, rules: [{X}]')}]"
    text = on_top(TAKES, f"ceiling: 3, {ADDS}", inner, f"weight: 5, {ADDS}")
    nothing = score(text, {"e1.j": 0, "e3.j": 0})
    assert [str(nothing.items[path].lost) for path in nothing.items] == ["0"] * 7
    card = score(text, {"a.x": 1, "e0.t": 3, "e1.j": 0, "e2.b.x": 7, "e3.j": 0})
    lost = [str(card.items[path].lost) for path in ("", "a", "e0", "e1", "e2", "e2.b", "e3")]
    assert (lost, row(card.total)) == (["10", "1", "6", "0", "4", "4", "0"], (0,))
    for language in ("en", "zh"):
        assert not re.search("失分|lost", nothing.explain(language))


def test_the_rubric_is_the_root_item() -> None:
    """Language 3: “The rubric itself is the root item: `total` is its weight, `indicators` its items; it may have `out_of`, `combine`, `gates`, `floor`, `ceiling`, `round` too (weights adding up to 1000 with a total of 100: `out_of: 1000`).”

    999 × 100 ÷ 1000 = 99.9.
    """
    weights = f"{item('a', '600', f'rules: [{X}]')}, {item('b', '400', f'rules: [{X}]')}"
    card = score(written(weights, total="100", out_of="1000"), {"a.x": 1})
    assert row(card.total, card.items[""].weight, card.items[""].parts) == (Decimal("99.9"), 100, ("a", "b"))
    bounded = written(
        weights, total="1000", floor="-5", ceiling="999", gates="[{id: g, when: a.x > 2, at_most: 3}]"
    )
    assert [total(bounded, {"a.x": cases}) for cases in (0, 2, 3)] == [999, 998, 3]
    assert (
        total(
            written(f"{item('a', '10', f'rules: [{X}]')}, {item('b', '10', f'rules: [{X}]')}", combine="min"),
            {"b.x": 4},
        )
        == 6
    )


def test_a_rubric_says_how_its_total_is_rounded() -> None:
    """Language 3: “`round` at the root is required, since a published total has a number of places; they count on the scale of the total.”"""
    assert codes(leaf(X).replace("round: {places: 2, mode: half_up}\n", "")) == ["GR202"]
    # 2 of 3 on a scale of 1, with two places of a total of a thousand
    small = leaf(X).replace("total: 10\n", "total: 1000\nout_of: 10\n")
    assert total(small.replace("deduct: 1,", "deduct: 1/3,"), {"a.x": 1}) == Decimal("966.67")


def test_not_applicable_is_neither_zero_nor_missing() -> None:
    """Language 3: “**Not applicable** is a third state beside zero and missing.”"""
    text = written(
        f"{item('a', '6', f'rules: [{X}]')}, {item('b', '4', 'not_applicable: rescale, rules: [{id: j, judge: 4}]')}"
    )
    assert total(text, {"b.j": 0}) == 6
    assert [one.code for one in wrong(govrubric.loads(text), {})] == ["GR602"]
    assert total(text, {"b.not_applicable": True}) == 10


@pytest.mark.parametrize(
    ("policy", "come_to"), [("rescale", "8.75"), ("full", "9"), ("zero", "7"), ("spread", "8.8")]
)
def test_each_policy_does_what_it_says(policy: str, come_to: str) -> None:
    """Language 3: “`rescale`: the item's weight leaves the group, and the rest is scaled up to the group's full marks; `full`, `zero`: it contributes all or nothing; `spread`: its weight is shared evenly among the applicable parts.”

    The others come to 4 of 5 and 3 of 3. 7 × 10 ÷ 8 = 8.75; 7 + 2 = 9; 7; and with one more point of weight each, 6 × 4 ÷ 5 + 4 × 3 ÷ 3 = 8.8.
    """
    third = item("c", "2", f"not_applicable: {policy}, rules: [{X}]")
    text = written(f"{item('a', '5', f'rules: [{X}]')}, {item('b', '3', f'rules: [{X}]')}, {third}")
    assert total(text, {"a.x": 1, "c.not_applicable": True}) == Decimal(come_to)


def test_a_group_without_a_part_that_applies_does_not_apply() -> None:
    """Language 3: “A group none of whose parts applies does not apply itself, so it must say its own policy if that can happen; a root with nothing applicable scores 0.”"""
    part = item("b", "4", f"not_applicable: zero, rules: [{X}]")
    group = f"{item('a', '6', f'rules: [{X}]')}, {item('g', '4', f'%sitems: [{part}]')}"
    card = score(written(group % "not_applicable: full, "), {"g.b.not_applicable": True})
    assert row(card.items["g"].applies, card.total) == (False, 10)
    assert codes(written(group % "")) == ["GR323"]
    assert total(leaf(X, more="not_applicable: full, "), {"a.not_applicable": True}) == 0


def test_a_number_whose_digits_never_end_is_a_fraction_and_cut_for_people() -> None:
    """Language 3: “A number whose digits never end is shown as a fraction in JSON, and to people with two more places than the total and `…`.”

    2 × 10 ÷ 3 = 6.666…
    """
    parts = f"{item('a', '3', f'rules: [{X}]')}, {item('b', '7', f'not_applicable: rescale, rules: [{X}]')}"
    card = score(written(parts), {"a.x": 1, "b.not_applicable": True})
    assert card.to_dict()["exact_total"] == "20/3"
    assert "base 6.6666… (" in card.explain("en")
    assert ScoreCard.from_json(card.to_json()).explain("en").count("6.6666…") == 1


def test_a_quotient_stays_exact() -> None:
    """Language 3: “Rescaling divides by what the tally decides, and the quotient stays exact.”

    2 × 10 ÷ 3 = 6.666…; a group's own `round` rounds its score, after its rules.
    """
    parts = f"{item('a', '3', f'rules: [{X}]')}, {item('b', '7', f'not_applicable: rescale, rules: [{X}]')}"
    assert score(written(parts), {"a.x": 1, "b.not_applicable": True}).exact_total == Fraction(20, 3)
    group = written(item("g", "10", f"round: {{places: 1, mode: down}}, items: [{parts}]"))
    rounded = score(group, {"g.a.x": 1, "g.b.not_applicable": True}).items["g"]
    assert (str(rounded.base), str(rounded.score)) == ("20/3", "6.6")


@pytest.mark.parametrize(
    ("mode", "come_to"),
    [
        ("half_up", (2, 3, 4, -3)),
        ("half_even", (2, 2, 4, -2)),
        ("down", (2, 2, 3, -2)),
        ("up", (3, 3, 4, -3)),
        ("floor", (2, 2, 3, -3)),
        ("ceiling", (3, 3, 4, -2)),
    ],
)
def test_each_mode_rounds_as_it_is_named(mode: str, come_to: tuple[int, ...]) -> None:
    """Language 3: “Modes of rounding: `half_up` (away from zero at a tie: 四舍五入), `half_even`, `down` (towards zero), `up`, `floor`, `ceiling`.”"""
    text = leaf(
        "{id: x, choose: {a: 2.4, b: 2.5, c: 3.5, d: -2.5}}",
        more=f"start: zero, floor: none, round: {{places: 0, mode: {mode}}}, ",
    )
    assert tuple(score(text, {"a.x": name}).items["a"].score for name in "abcd") == come_to


def test_nothing_else_rounds() -> None:
    """Language 3: “Nothing rounds but `round`: what is rescaled, spread or a mean, `reached(x)` and `x / y` are exact.”

    A third of 0.000001, seven times, is still there before the total is rounded.
    """
    card = score(leaf("{id: x, award: 0.000001, per: case}", more="out_of: 30, "), {"a.x": 7})
    assert row(card.exact_total, card.total) == (Fraction(7, 3000000), 0)


# 4. The score of an item


def test_the_base_is_the_combined_parts_or_the_start() -> None:
    """Language 4: “**Base.** The combined parts, or `start`.”"""
    card = score(pair(""), {"a.x": 2})
    assert row(card.items[""].base, card.items["a"].base) == (8, 6)


def test_awards_come_first_and_count_as_far_as_the_ceiling_allows() -> None:
    """Language 4: “**Awards** are added in file order; each counts as far as the ceiling allows.”"""
    card = score(
        leaf("{id: x, deduct: 4}", "{id: y, award: 3}", "{id: z, award: 2}", more="start: 6, "),
        {"a.x": True, "a.y": True, "a.z": True},
    )
    assert [row(rule.path, rule.applied, rule.absorbed) for rule in card.items["a"].rules] == [
        ("a.y", 3, 0),
        ("a.z", 1, 1),
        ("a.x", -4, 0),
    ]


def test_deductions_come_next_and_count_as_far_as_the_floor_allows() -> None:
    """Language 4: “**Deductions** are taken in file order; each counts as far as the floor allows.”"""
    card = score(
        leaf("{id: x, deduct: 5}", "{id: y, deduct: 4}", "{id: z, deduct: 3}", more="floor: 2, "),
        {"a.x": True, "a.y": True, "a.z": True},
    )
    assert [row(rule.path, rule.applied, rule.absorbed) for rule in card.items["a"].rules] == [
        ("a.x", -5, 0),
        ("a.y", -3, -1),
        ("a.z", 0, -3),
    ]


def test_forfeits_take_what_is_left() -> None:
    """Language 4: “**Forfeits** take what is left down to zero (or to the floor, if that is higher).”"""
    rules = ("{id: gone, forfeit: all}", "{id: x, deduct: 4}")
    tally = {"a.x": True, "a.gone": True}
    assert score(leaf(*rules), tally).rules["a.gone"].applied == -6
    assert score(leaf(*rules, more="floor: 2, "), tally).rules["a.gone"].applied == -4
    assert score(leaf(*rules, more="floor: -5, "), tally).rules["a.gone"].applied == -6


def test_gates_work_in_file_order_on_what_the_rules_left() -> None:
    """Language 4: “**Gates**, in file order (section 6).”"""
    for gates, come_to in (
        ("{id: g, when: x > 0, at_most: 3}, {id: h, when: x > 0, at_least: 5}", 5),
        ("{id: h, when: x > 0, at_least: 5}, {id: g, when: x > 0, at_most: 3}", 3),
    ):
        assert total(leaf(X, more=f"gates: [{gates}], "), {"a.x": 6}) == come_to


def test_a_score_is_rounded_before_it_contributes() -> None:
    """Language 4: “**`round`**, then the contribution to the parent.”

    7.5 of 20 becomes 8, and 8 × 10 ÷ 20 = 4.
    """
    card = score(
        leaf("{id: x, judge: 20}", more="out_of: 20, round: {places: 0, mode: half_up}, "),
        {"a.x": Decimal("7.5")},
    )
    assert card.items["a"].contribution == 4


def test_the_ledger_shows_where_every_point_went() -> None:
    """Language 4: “So every rule has a *raw* effect (what the clause says), an *applied* effect (what the balance let through) and an *absorbed* rest: `raw = applied + absorbed`, and `base + Σ applied + gates + rounding = score`, exactly, at every item.”

    10 − 4.5 = 5.5 is capped at 3.3, which is rounded to 3.
    """
    more = "gates: [{id: g, when: x > 0, at_most: 3.3}], round: {places: 1, mode: floor}, "
    leaf_ = score(
        leaf("{id: x, deduct: 1.5, per: case}", "{id: y, deduct: 20}", more=more), {"a.x": 3}
    ).items["a"]
    assert row(leaf_.base, leaf_.rules[0].applied, leaf_.gates[0].effect, leaf_.rounding, leaf_.score) == (
        10,
        Decimal("-4.5"),
        Decimal("-2.2"),
        0,
        Decimal("3.3"),
    )
    fallen = score(
        leaf("{id: x, deduct: 1.5, per: case}", "{id: y, deduct: 20}"), {"a.x": 3, "a.y": True}
    ).rules["a.y"]
    assert row(fallen.raw, fallen.applied, fallen.absorbed) == (-20, Decimal("-5.5"), Decimal("-14.5"))
    rounded = score(
        leaf("{id: x, judge: 10}", more="round: {places: 0, mode: half_up}, "), {"a.x": Decimal("6.75")}
    ).items["a"]
    assert row(rounded.base, rounded.rules[0].applied, rounded.rounding, rounded.score) == (
        0,
        Decimal("6.75"),
        Decimal("0.25"),
        7,
    )


# 5. Rules


def applied(rule: str, tally: Mapping[str, Any], more: str = "start: 5, floor: none, ceiling: none, ") -> Any:
    """What the one rule of a leaf without bounds does; the tally's names are those of the rule's own inputs."""
    given = {f"a.x{'.' if name else ''}{name}": value for name, value in tally.items()}
    return score(leaf(rule, more=more), given).rules["a.x"].applied


def test_a_rule_has_an_id_and_one_verb() -> None:
    """Language 5: “A rule has an `id`, usually a `clause`, and exactly one verb.”"""
    assert codes(leaf("{deduct: 1}")) == ["GR202"]
    assert codes(leaf("{id: x, clause: 扣1分}")) == ["GR215"]
    assert codes(leaf("{id: x, deduct: 1, award: 1}")) == ["GR216"]
    assert score(leaf("{id: x, deduct: 1, clause: 扣1分}")).rules["a.x"].clause == "扣1分"


def test_a_rule_may_have_a_cap_and_a_condition() -> None:
    """Language 5: “Every rule may have `at_most` (the most that this rule gives or takes) and `when` (a condition; while false its effect is 0).”"""
    assert [applied("{id: x, deduct: 1, per: case, at_most: 3}", {"": cases}) for cases in (2, 3, 4)] == [
        -2,
        -3,
        -3,
    ]
    assert [applied("{id: x, award: 1, per: case, at_most: 3}", {"": cases}) for cases in (2, 3, 4)] == [
        2,
        3,
        3,
    ]
    assert [applied("{id: x, deduct: 1, per: case, when: x > 1}", {"": cases}) for cases in (1, 2)] == [0, -2]


def test_the_table_of_verbs_says_what_each_takes_and_does() -> None:
    """Language 5: “verb | what the tally gives | effect”

    Every verb has its row.
    """
    from govrubric.language.rules import VERBS

    rows = [
        piece.words.partition(" | ")[0]
        for piece in specification.pieces(SPEC)
        if piece.section == "5" and " | " in piece.words
    ]
    assert [verb for verb in VERBS if not any(row.startswith(f"`{verb}:") for row in rows)] == []


def test_points_are_taken_for_each_case() -> None:
    """Language 5: “`deduct: 0.1` + `per: 例` | a count | −0.1 × count”"""
    assert applied("{id: x, deduct: 0.1, per: 例}", {"": 3}) == Decimal("-0.3")


def test_points_are_taken_once() -> None:
    """Language 5: “`deduct: 2` | a flag | −2 if true”"""
    assert [applied("{id: x, deduct: 2}", {"": flag}) for flag in (True, False)] == [-2, 0]


def test_points_are_taken_by_level() -> None:
    """Language 5: “`deduct: {city: 0.3, district: 0.2}` + `per: 次` | a count for each level | − Σ points × count”"""
    assert applied(
        "{id: x, deduct: {city: 0.3, district: 0.2}, per: 次}", {"city": 2, "district": 3}
    ) == Decimal("-1.2")


def test_points_escalate() -> None:
    """Language 5: “`deduct: [1, 2, 5]` + `per: 次` | a count | escalating: −1 for the first, −2 for the second, −5 for each further one”"""
    assert [applied("{id: x, deduct: [1, 2, 5], per: 次}", {"": cases}) for cases in range(5)] == [
        0,
        -1,
        -3,
        -8,
        -13,
    ]


def test_an_assessor_takes_points_within_a_range() -> None:
    """Language 5: “`deduct: judged` + `to: 6` (`from`, `places`, default 2; `step` optional) | 0, or a number from `from` (default 0) to `to` given by an assessor | − that number”"""
    rule = "{id: x, deduct: judged, from: 2, to: 6}"
    assert [applied(rule, {"": Decimal(given)}) for given in ("0", "2", "3.25", "6")] == [
        0,
        -2,
        Decimal("-3.25"),
        -6,
    ]
    assert [codes_of(rule, given) for given in ("1.99", "6.01", "0.01")] == [["GR607"]] * 3
    assert codes_of(rule, "3.255") == ["GR608"]
    assert applied("{id: x, deduct: judged, to: 6}", {"": Decimal("0.01")}) == Decimal("-0.01")
    assert codes_of("{id: x, deduct: judged, to: 6, places: 0}", "4.2") == ["GR608"]
    assert codes_of("{id: x, deduct: judged, to: 6, step: 0.5}", "4.25") == ["GR609"]
    assert codes(leaf("{id: x, deduct: judged}")) == ["GR202"]


EACH = "{id: x, deduct: judged, from: 5, to: 10, per: 例}"


def test_an_assessor_takes_points_for_each_case() -> None:
    """Language 5: “`deduct: judged` + `from: 5` + `to: 10` + `per: 例` | a count of cases, and the points of all of them | − the points”"""
    assert applied(EACH, {"cases": 1, "points": Decimal("7.5")}) == Decimal("-7.5")
    assert applied(EACH, {"cases": 0, "points": 0}) == 0


@pytest.mark.parametrize(
    ("cases", "points", "is_valid"),
    [(0, 0, True), (0, 5, False), (2, 9, False), (2, 10, True), (2, 20, True), (2, 21, False)],
)
def test_so_many_cases_have_so_many_points(cases: int, points: int, is_valid: bool) -> None:
    """Language 5: “Of judged points with `per` a tally is valid only if `cases × from ≤ points ≤ cases × to`.”"""
    rubric = govrubric.loads(leaf(EACH))
    tally = {"a.x.cases": cases, "a.x.points": points}
    if is_valid:
        assert rubric.score(tally).rules["a.x"].raw == -points
    else:
        assert [finding.code for finding in wrong(rubric, tally)] == ["GR607"]


def test_the_count_of_judged_cases_has_points_for_each() -> None:
    """Language 5: “Their count goes as far as `cases × to` is at most 1 000 000 000, and at least to 1.”"""
    rules = ["to: 10", "to: 0.5", "to: 3", "to: 999999999999"]
    rubrics = [govrubric.loads(leaf(f"{{id: x, deduct: judged, {range_}, per: 例}}")) for range_ in rules]
    assert [rubric.inputs["a.x.cases"].maximum for rubric in rubrics] == [10**8, 10**9, 333_333_333, 1]


@pytest.mark.parametrize(
    ("points", "tally", "gives"),
    [
        ("0.1, per: 例", {"": 3}, "0.3"),
        ("2", {"": True}, "2"),
        ("{city: 0.3, district: 0.2}, per: 次", {"city": 2, "district": 3}, "1.2"),
        ("[1, 2, 5], per: 次", {"": 4}, "13"),
        ("judged, to: 6, from: 2", {"": Decimal("2.5")}, "2.5"),
        ("judged, to: 10, from: 5, per: 例", {"cases": 2, "points": 12}, "12"),
    ],
)
def test_points_are_given_in_the_same_forms(points: str, tally: dict[str, Any], gives: str) -> None:
    """Language 5: “`award: …` | the same six forms | the same, added”"""
    assert applied(f"{{id: x, award: {points}}}", tally) == Decimal(gives)


def test_an_assessor_judges() -> None:
    """Language 5: “`judge: 5` | a score from 0 to 5 given by an assessor (`places`, default 2; `step` optional) | + that score”"""
    assert [applied("{id: x, judge: 5}", {"": Decimal(given)}) for given in ("0", "4.25", "5")] == [
        0,
        Decimal("4.25"),
        5,
    ]
    assert codes_of("{id: x, judge: 5}", "5.01") == ["GR607"]
    assert codes_of("{id: x, judge: 5}", "4.255") == ["GR608"]
    assert codes_of("{id: x, judge: 5, places: 0}", "4.2") == ["GR608"]
    assert codes_of("{id: x, judge: 5, step: 0.5}", "4.25") == ["GR609"]


def codes_of(rule: str, given: Any) -> list[str]:
    """What is wrong with a value, given to a rule."""
    return [one.code for one in wrong(govrubric.loads(leaf(rule, more="start: 5, ")), {"a.x": given})]


def test_a_score_from_elsewhere_is_converted() -> None:
    """Language 5: “`convert: 100` | a score out of 100 from elsewhere (`places`, default 2) | + score × full marks ÷ 100”"""
    assert applied("{id: x, convert: 100}", {"": "88.65"}) == Decimal("8.865")
    assert codes_of("{id: x, convert: 100}", "100.01") == ["GR607"]
    assert codes_of("{id: x, convert: 100}", "88.655") == ["GR608"]
    assert applied("{id: x, convert: 100, places: 3}", {"": "88.655"}) == Decimal("8.8655")


AIM = "{target: {number: {places: 0, min: 1, max: 1000}}, goal: {number: {min: -5, max: 100}}}"


def test_points_are_in_proportion_to_a_target() -> None:
    """Language 5: “`convert: target` | a measured number from 0 (`unit`, `places`) | + score × full marks ÷ target”

    45 of 60 are three quarters, and 90 of 60 are held by the ceiling.
    """
    rubric = govrubric.loads(leaf("{id: x, convert: target, unit: 人}", facts=AIM))
    assert [rubric.score({"target": 60, "goal": 0, "a.x": done}).total for done in ("45", "90", "20")] == [
        Decimal("7.5"),
        10,
        Decimal("3.33"),
    ]
    known = rubric._inputs["a.x"]
    assert [known.lo, known.hi, known.places, known.unit] == [0, 1_000_000_000, 2, "人"]


def test_a_number_may_be_named() -> None:
    """Language 5: “Where a rule measures by a number (`convert`, and `below` and `above` of `distance`), the name of a number may stand in its place: an input or fact, named as in a condition (section 8).”, “The bounds of what `convert` names exclude zero.”

    93.5 is one and a half below 95, and so it is above 92.
    """
    for side, goal in (("below", 95), ("above", 92)):
        way = f"{{id: x, distance: {{{side}: goal, each: 1, points: -0.5, whole: up}}}}"
        rubric = govrubric.loads(leaf(way, more="start: 5, ", facts=AIM))
        assert rubric.score({"target": 1, "goal": goal, "a.x": "93.5"}).total == 4
    both = leaf("{id: x, award: 1, per: 例}", "{id: y, distance: {above: x, each: 1, points: 1}}")
    assert govrubric.loads(both).score({"a.x": 2, "a.y": 5}).total == 5
    assert codes(leaf("{id: x, convert: goal}", facts=AIM)) == ["GR521"]
    assert codes(leaf("{id: x, convert: gaol}", facts=AIM)) == ["GR504"]
    assert codes(leaf("{id: x, convert: done}", facts="{done: flag}")) == ["GR506"]
    assert codes(leaf("{id: x, convert: goal + 10}", facts=AIM)) == ["GR227"]
    assert codes(leaf("{id: x, distance: {below: done, each: 1, points: 1}}", facts="{done: flag}")) == [
        "GR506"
    ]


def test_a_name_is_chosen() -> None:
    """Language 5: “`choose: {优: 5, 良: 3, 差: -1}` | one of the names (any text) | + its points (below zero: taken)”"""
    assert [applied("{id: x, choose: {优: 5, 良: 3, 差: -1}}", {"": name}) for name in "优良差"] == [5, 3, -1]
    assert codes_of("{id: x, choose: {优: 5, 良: 3, 差: -1}}", "中") == ["GR616"]


def test_a_measured_number_reaches_a_band() -> None:
    """Language 5: “`bands: [{from: 95, points: 5}, {from: 90, points: 3}]` | a measured number (`unit`, `places`) | + points of the first band reached; none reached: `else` (default 0)”"""
    bands = "{id: x, bands: [{from: 95, points: 5}, {from: 90, points: 3}], unit: '%', places: 1"
    assert [applied(f"{bands}}}", {"": given}) for given in ("100", "95", "94.9", "90", "89.9")] == [
        5,
        5,
        3,
        3,
        0,
    ]
    assert applied(f"{bands}, else: -1}}", {"": "89.9"}) == -1
    assert codes_of(f"{bands}}}", "94.95") == ["GR608"]
    assert govrubric.loads(leaf(f"{bands}}}"))._inputs["a.x"].unit == "%"


def test_each_unit_of_distance_costs() -> None:
    """Language 5: “`distance: {below: 95, each: 1, points: -0.5, whole: up}` | a measured number | −0.5 for each 1 below 95; `whole: up`, `down` or `no` (proportional); `above:` likewise”

    93.5 is one and a half below 95, and 8 is one and a half twos above 5.
    """
    for whole, below, above in (("up", "-1", "-2"), ("down", "-0.5", "-1"), ("no", "-0.75", "-1.5")):
        assert applied(
            f"{{id: x, distance: {{below: 95, each: 1, points: -0.5, whole: {whole}}}}}", {"": "93.5"}
        ) == Decimal(below)
        assert applied(
            f"{{id: x, distance: {{above: 5, each: 2, points: -1, whole: {whole}}}}}", {"": 8}
        ) == Decimal(above)
    assert applied("{id: x, distance: {below: 95, each: 1, points: -0.5, whole: up}}", {"": 96}) == 0


def test_points_lie_on_a_curve() -> None:
    """Language 5: “`curve: [[60, 0], [90, 8], [100, 10]]` | a measured number | straight lines between the points, flat outside them”

    75 is halfway from 60 to 90, and 95 halfway from 90 to 100.
    """
    given = {"50": 0, "60": 0, "75": 4, "90": 8, "95": 9, "100": 10, "110": 10}
    assert {at: applied("{id: x, curve: [[60, 0], [90, 8], [100, 10]]}", {"": at}) for at in given} == given


def test_an_item_is_forfeited() -> None:
    """Language 5: “`forfeit: all` | a flag | the item's score falls to zero”"""
    assert [
        total(leaf("{id: x, forfeit: all}", X.replace("x", "z")), {"a.x": flag, "a.z": 3})
        for flag in (True, False)
    ] == [0, 7]


def test_a_formula_says_the_effect() -> None:
    """Language 5: “`formula: "min(visits * 0.2, 3)"` with `inputs:` | what `inputs` declare | + the value (below zero: taken)”"""
    rule = '{id: x, formula: "min(visits * 0.2, 3)", inputs: {visits: count}}'
    assert [applied(rule, {"visits": visits}) for visits in (4, 15, 20)] == [Decimal("0.8"), 3, 3]
    assert applied('{id: x, formula: "1 - visits", inputs: {visits: count}}', {"visits": 4}) == -3


PRIZES = (
    "{id: city, award: 1, per: 件}",
    "{id: fault, deduct: 2}",
    "{id: prize, award: 3}",
    "{id: late, deduct: 1, per: 次}",
    "{id: gone, forfeit: all, at_most: 1}",
)


def of_prizes(tally: Mapping[str, Any], more: str = "start: 5, ") -> list[tuple[str, Any, Any]]:
    """What each rule of an item that takes the greatest alone does, and what it is kept from."""
    card = score(leaf(*PRIZES, more=f"take: highest, {more}"), {"a": tally})
    return [(rule.path[2:], rule.applied, rule.absorbed) for rule in card.items["a"].rules if rule.raw]


def test_of_awards_and_of_deductions_only_the_greatest_counts() -> None:
    """Language 3, row: “`take` | `all`: every rule counts; `highest`: of its awards only the greatest counts, and of its deductions only the greatest | `all`”"""
    tally = {"city": 2, "fault": True, "prize": True, "late": 3}
    assert of_prizes(tally) == [
        ("city", 0, 2),
        ("prize", 3, 0),
        ("fault", 0, -2),
        ("late", -3, 0),
    ]
    for take in ("", "take: all, "):
        assert score(leaf(*PRIZES, more=f"start: 5, {take}"), {"a": tally}).total == 5
    assert (
        score(leaf(*PRIZES, more="start: 4, take: highest, "), {"a": {"city": 2, "prize": True}}).total == 7
    )


@pytest.mark.parametrize(
    ("tally", "counting"),
    [
        ({"city": 3, "prize": True}, ["city"]),
        ({"city": 2, "prize": True}, ["prize"]),
        ({"city": 4, "prize": True}, ["city"]),
        ({"fault": True, "late": 2}, ["fault"]),
        ({"fault": True, "late": 3}, ["late"]),
        ({"city": 1, "late": 1}, ["city", "late"]),
    ],
)
def test_the_tally_decides_what_is_an_award(tally: Mapping[str, Any], counting: list[str]) -> None:
    """Language 4: “With `take: highest` (同一事项不重复计分，取最高) an award is a rule whose raw effect is above zero for this
    tally, and a deduction one whose raw effect is below; among equals the first in file order counts.”
    """
    assert [name for name, applied, _ in of_prizes(tally) if applied] == counting


def test_a_rule_of_either_sign_is_chosen_by_the_sign_that_it_has() -> None:
    """Language 4: “With `take: highest` (同一事项不重复计分，取最高) an award is a rule …”"""
    text = leaf(
        "{id: c, choose: {A: 3, B: -3}}",
        "{id: x, award: 2}",
        "{id: y, deduct: 2}",
        more="start: 5, take: highest, ",
    )
    got = {choice: score(text, {"a": {"c": choice, "x": True, "y": True}}).total for choice in "AB"}
    assert got == {"A": 6, "B": 4}  # 5 + 3 - 2, 5 + 2 - 3


def test_what_is_passed_over_is_absorbed_whole() -> None:
    """Language 4: “The others are applied as 0, and absorbed whole; floor and ceiling act on the greatest alone.”"""
    assert of_prizes({"city": 4, "prize": True}, "start: 8, ") == [("city", 2, 2), ("prize", 0, 3)]
    assert of_prizes({"fault": True, "late": 3}, "start: 1, ") == [("fault", 0, -2), ("late", -1, -2)]
    told = score(leaf(*PRIZES, more="start: 8, take: highest, "), {"a": {"city": 4, "prize": True}}).explain(
        "zh-CN"
    )
    assert "prize：是，得3分，取最高，不计此项" in told.replace("加3分", "得3分")


def test_a_forfeit_is_not_chosen_among() -> None:
    """Language 4: “Forfeits are not chosen among.”"""
    assert of_prizes({"fault": True, "gone": True}) == [("fault", -2, 0), ("gone", -1, 0)]
    assert codes(leaf("{id: x, deduct: 1}", "{id: gone, forfeit: all}", more="take: highest, ")) == ["GR360"]


@pytest.mark.parametrize(
    ("away", "base"),
    [([], 5), (["a"], 9), (["b"], 9), (["c"], 5), (["a", "c"], 5), (["a", "b"], 9), (["b", "c"], 1)],
)
def test_a_drop_leaves_at_least_one_part(away: list[str], base: int) -> None:
    """Language 3: “`drop` leaves at least one part: where too few are there, first fewer of the highest are dropped, then
    fewer of the lowest.”

    The parts come to 1, 5 and 9, of which one of the lowest and one of the highest are dropped.
    """
    parts = ", ".join(
        item(name, "10", "not_applicable: rescale, rules: [{id: j, judge: 10}]") for name in "abc"
    )
    text = written(
        item(
            "g",
            "10",
            f"not_applicable: zero, combine: mean, drop: {{lowest: 1, highest: 1}}, items: [{parts}]",
        )
    )
    given = {f"g.{name}.j": points for name, points in (("a", 1), ("b", 5), ("c", 9)) if name not in away}
    assert (
        score(text, {**given, **{f"g.{name}.not_applicable": True for name in away}}).items["g"].base == base
    )


@pytest.mark.parametrize(
    ("policy", "found"), [("", ["GR320"]), ("not_applicable: rescale, ", []), ("not_applicable: full, ", [])]
)
@pytest.mark.parametrize("many", [1, 2, 5])
def test_a_drop_may_say_as_many_as_there_are_parts(policy: str, found: list[str], many: int) -> None:
    """Language 3: “So it may say as many as there are parts, or more, unless every part always applies.”"""
    more = f"not_applicable: zero, combine: mean, drop: {{lowest: {many}}}, "
    text = written(item("g", "10", f"{more}items: [{item('a', '10', f'{policy}rules: [{X}]')}]"))
    assert (codes(text) if found else []) == found
    if not found:
        assert score(text, {"g.a.x": 3}).items["g"].score == 7


@pytest.mark.parametrize(("measured", "points"), [("90.01", 5), (90, 3), (80, 3), ("79.99", 1)])
def test_a_band_begins_at_a_number_or_above_it(measured: object, points: int) -> None:
    """Language 5: “A band begins `from` a number, which belongs to it, or `above` one, which does not.”"""
    bands = "{id: x, bands: [{above: 90, points: 5}, {from: 80, points: 3}], else: 1}"
    assert applied(bands, {"": measured}) == points
    assert codes(leaf("{id: x, bands: [{from: 80, above: 80, points: 3}]}")) == ["GR356"]
    facts = "{rate: {number: {max: 120}}}"
    assert codes(
        leaf("{id: x, input: rate, bands: [{from: 80, to: 90, below: 90, points: 3}]}", facts=facts)
    ) == ["GR356"]


@pytest.mark.parametrize(
    ("ends", "found"),
    [("to: 90", []), ("below: 90", ["GR357"]), ("to: 91", ["GR357"]), ("to: 89", ["GR357"])],
)
def test_a_band_may_say_where_it_ends(ends: str, found: list[str]) -> None:
    """Language 5: “Where the text says that it ends, the band may say so too: `to` a number that belongs to it, or
    `below` one that does not.”
    """
    text = leaf(f"{{id: x, bands: [{{above: 90, points: 5}}, {{from: 80, {ends}, points: 3}}]}}")
    assert (codes(text) if found else []) == found
    if not found:
        assert total(text, {"a.x": 90}) == 3


@pytest.mark.parametrize(("most", "places", "right"), [(100, 0, True), (100, 1, False), (101, 0, False)])
def test_where_a_band_ends_changes_no_score(most: int, places: int, right: bool) -> None:
    """Language 5: “That changes no score; but among numbers with so many `places` the band must end where the one above it
    begins, and the top band no lower than a shared input can go.”
    """
    bands = "{from: 90, to: 100, points: 5}, {from: 80, to: 89, points: 3}"
    facts = f"{{rate: {{number: {{max: {most}, places: 0}}}}}}"
    text = leaf(f"{{id: x, input: rate, places: {places}, bands: [{bands}]}}", facts=facts)
    if right:
        plain = govrubric.loads(text.replace(", to: 100", "").replace(", to: 89", ""))
        assert govrubric.loads(text).scoring_digest == plain.scoring_digest
        assert total(text, {"rate": 89}) == 3
    else:
        assert codes(text) == (["GR357"] if places else ["GR359"])


def test_of_levels_the_highest_may_be_taken() -> None:
    """Language 5: “Levels may say `take: highest` (only the highest-paying level that occurred counts, once) — default `all`.”"""
    levels, tally = "award: {city: 1, province: 3, state: 5}, per: 件", {"city": 4, "province": 2}
    assert applied(f"{{id: x, {levels}, take: highest}}", tally) == 3
    assert applied(f"{{id: x, {levels}, take: all}}", tally) == applied(f"{{id: x, {levels}}}", tally) == 10


@pytest.mark.parametrize("given", [1_000_000_001, -1, Decimal("1.5"), float("nan"), "3", "three", True])
def test_what_is_no_count_is_refused(given: Any) -> None:
    """Language 5: “Counts are whole numbers from 0 to 1 000 000 000; a larger one is refused, as is any negative, fractional, NaN or text value.”"""
    assert codes_of(X, given) in (["GR603"], ["GR604"])


@pytest.mark.parametrize("given", [0, 1_000_000_000])
def test_a_count_may_be_as_large_as_that(given: int) -> None:
    assert score(leaf(X), {"a.x": given}).rules["a.x"].raw == -given


@pytest.mark.parametrize(
    "rule", ["judge: 5, places: 1", "convert: 5, places: 1", "curve: [[0, 0], [5, 5]], places: 1"]
)
def test_more_places_than_declared_are_refused(rule: str) -> None:
    """Language 5: “A judged, converted or measured value with more places than declared is refused, never rounded.”"""
    assert codes_of(f"{{id: x, {rule}}}", "4.25") == ["GR608"]
    assert score(leaf(f"{{id: x, {rule}}}", more="out_of: 5, start: zero, "), {"a.x": "4.20"}).rules[
        "a.x"
    ].raw == Decimal("4.2")


def test_rules_may_share_an_input() -> None:
    """Language 5: “A rule may declare `input:` a shared input by name instead of its own (section 7).”"""
    rubric = govrubric.loads(
        leaf(
            "{id: x, deduct: 1, per: case, input: cases}",
            "{id: z, deduct: 2, per: case, input: cases}",
            facts="{cases: count}",
        )
    )
    assert list(rubric._inputs) == ["cases"]
    assert rubric.score({"cases": 2}).total == 4


# 6. Gates and grades


def gate(says: str, cases: int, more: str = "", **fields: str) -> ScoreCard:
    """A leaf that loses 1 for each case, with a gate that holds from 3 cases on."""
    return score(leaf(X, more=f"{more}gates: [{{id: g, when: x >= 3, {says}}}], ", **fields), {"a.x": cases})


def test_the_example_of_gates_and_grades_is_right() -> None:
    """The second block of the page, on a rubric that has what it speaks of."""
    key_items = item("key_items", "50", f"rules: [{X}]")
    parts = f"{item('basics', '50', f'rules: [{X}]')}, {item('scaffold', '50', f'items: [{key_items}]')}"
    text = written(
        parts, total="100", facts="{home_page_stale: flag, dead_columns: count, deaths: count}"
    ) + fenced(1)
    assert row(score(text).total, score(text).grade) == (100, "优秀")
    assert (score(text, {"dead_columns": 10}).total, score(text, {"dead_columns": 10}).grade) == (
        None,
        "不合格",
    )
    assert row(score(text, {"deaths": 1}).total, score(text, {"deaths": 1}).grade) == (59, "不合格")
    assert row(score(text, {"scaffold.key_items.x": 50}).total, score(text, {"basics.x": 1}).grade) == (
        0,
        "良好",
    )


def test_a_gate_does_what_it_says_while_its_condition_holds() -> None:
    """Language 6: “A gate whose condition holds does what it says: `score: n` sets, `score: none` voids (the item has no score, and no total above it), `at_most`, `at_least` bound, `grade` fixes the grade, `grade_at_most` lowers it.”

    With 2 cases the item comes to 8, with 3 to 7.
    """
    grades = {"grades": "[{grade: A, from: 7}, {grade: B}]"}
    for says, come_to in (
        ("score: 2", 2),
        ("score: none", None),
        ("at_most: 5", 5),
        ("at_most: 9", 7),
        ("at_least: 9", 9),
        ("at_least: 5", 7),
    ):
        assert row(gate(says, 2).total, gate(says, 3).total) == (8, come_to)
    assert gate("score: none", 3).items["a"].score is None
    assert (gate("grade: Z", 2, **grades).grade, gate("grade: Z", 3, **grades).grade) == ("A", "Z")
    assert (gate("grade_at_most: B", 2, **grades).grade, gate("grade_at_most: B", 3, **grades).grade) == (
        "A",
        "B",
    )


def test_every_gate_is_tried_and_stands_in_the_trace() -> None:
    """Language 6: “All gates are evaluated; each that held is in the trace.”"""
    gates = "gates: [{id: f, when: x > 0, score: 2}, {id: g, when: x > 5, score: 1}, {id: h, when: x > 1, at_least: 4}], "
    card = score(leaf(X, more=gates), {"a.x": 3})
    assert [row(one.path, one.held, one.effect) for one in card.items["a"].gates] == [
        ("a.f", True, -5),
        ("a.g", False, 0),
        ("a.h", True, 2),
    ]


def graded(total_: str, grades: str, **fields: str) -> str | None:
    """The grade of a rubric of one judged item."""
    return score(leaf("{id: x, judge: 10}", grades=grades, **fields), {"a.x": total_}).grade


def test_grades_are_tried_in_order() -> None:
    """Language 6: “Grades are tried in order, best first, on the rounded total (`grade_on: exact` at the top: on the exact one); the last has no `from` and no `when`.”"""
    ladder = "[{grade: A, from: 9, when: not blocked}, {grade: B, from: 6}, {grade: C}]"
    rough = {"round": "{places: 0, mode: half_up}", "facts": "{blocked: flag}"}
    assert [graded(given, ladder, **rough) for given in ("10", "9", "8.5", "8.49", "6", "5.5", "5.49")] == [
        "A",
        "A",
        "A",
        "B",
        "B",
        "B",
        "C",
    ]
    assert [graded(given, ladder, grade_on="exact", **rough) for given in ("9", "8.99", "6", "5.99")] == [
        "A",
        "B",
        "B",
        "C",
    ]
    assert codes(leaf(X, grades="[{grade: A, from: 9}, {grade: B, from: 6}]")) == ["GR327"]
    assert codes(leaf(X, grades="[{grade: A}, {grade: B}]")) == ["GR327"]


def test_the_condition_of_a_grade_may_ask_for_the_total() -> None:
    """Language 6: “Their conditions may use `total` and `exact_total`.”"""
    rough = {"round": "{places: 0, mode: half_up}"}
    assert [
        graded(given, "[{grade: A, when: total >= 9}, {grade: B}]", **rough) for given in ("8.5", "8.49")
    ] == ["A", "B"]
    assert [
        graded(given, "[{grade: A, when: exact_total >= 9}, {grade: B}]", **rough) for given in ("9", "8.5")
    ] == ["A", "B"]
    assert codes(leaf("{id: x, deduct: 1, when: total > 3}")) == ["GR520"]


VALUE = "v: {formula: score(a) + 1}"


def valued(values: str, *rules: str, **fields: str) -> str:
    """A rubric of one leaf `a` with values of the rubric."""
    return leaf(*(rules or (X,)), values=f"{{{values}}}", **fields)


def test_a_formula_may_have_a_name_of_its_own() -> None:
    """Language 8: “`values:` of the rubric or of an item gives formulas a name of their own: `zero_tables: {title: 得零分的表, formula: "…", show: true}`.”
    Language 3, row: “`values` | formulas with a name of their own, section 8 | none”
    """
    gates = "[{id: g, when: v > 10, score: 0}]"
    assert [total(valued(VALUE, gates=gates), {"a.x": cases}) for cases in (0, 1)] == [0, 9]
    inside = leaf(X, "{id: y, formula: v * 2}", more="values: {v: {formula: x / 4}}, start: zero, ")
    assert total(inside, {"a.x": 0}) == 0
    assert score(inside, {"a.x": 3}).rules["a.y"].raw == Fraction(3, 2)


def test_a_value_is_a_number_or_a_flag() -> None:
    """Language 8: “A value is a number or a flag, by its formula.”"""
    shown = govrubric.loads(valued("n: {formula: a.x + 1, show: true}, f: {formula: a.x > 1, show: true}"))
    card = shown.score({"a.x": 2})
    assert [(one.kind, one.value) for one in card.values.values()] == [("number", 3), ("flag", True)]
    assert [one.kind for one in shown.values.values()] == ["number", "flag"]
    assert codes(valued("n: {formula: a.x, show: true}", gates="[{id: g, when: n, score: 0}]")) == ["GR506"]
    chosen = valued("n: {formula: kind, show: true}", facts="{kind: {choice: [A, B]}}")
    assert codes(chosen) == ["GR506"]


def test_values_use_what_conditions_use_and_each_other_in_any_order() -> None:
    """Language 8: “It may use whatever a condition of its item may, other values too, before it or after it in the file.”"""
    text = valued(
        "u: {formula: values.v / 2, show: true}, v: {formula: score(a) + lost(a) + deaths}",
        facts="{deaths: count}",
    )
    assert score(text, {"a.x": 3, "deaths": 4}).values["values.u"].value == 7


def test_nothing_needs_itself() -> None:
    """Language 8: “Nothing may need itself, neither among values nor between values and scores.”"""
    (found,) = refused(valued("u: {formula: v + 1}, v: {formula: u + 1}"))
    assert (found.code, dict(found.args)["circle"]) == ("GR509", "values.u → values.v → values.u")
    (found,) = refused(valued("v: {formula: score(a)}", "{id: x, formula: values.v}"))
    assert (found.code, dict(found.args)["circle"]) == ("GR509", "a → values.v → a")
    (found,) = refused(valued("v: {formula: v + 1}"))
    assert (found.code, dict(found.args)["circle"]) == ("GR509", "values.v → values.v")


def test_values_know_no_total() -> None:
    """Language 8: “Since a value may stand in any condition, it has no `total` and no `exact_total`.”"""
    assert codes(valued("v: {formula: total + 1}")) == ["GR520"]
    assert codes(valued("v: {formula: exact_total + 1}")) == ["GR520"]


def test_the_path_of_a_value() -> None:
    """Language 8: “The path of a value is `values.x`, or `a.values.x` in the item `a`.”"""
    text = leaf(
        X,
        more="values: {w: {formula: x * 2, show: true}}, ",
        values="{v: {formula: a.values.w + 1, show: true}}",
    )
    assert [(path, one.value) for path, one in score(text, {"a.x": 1}).values.items()] == [
        ("values.v", 3),
        ("a.values.w", 2),
    ]


def test_a_value_by_its_name_alone() -> None:
    """Language 8: “Where nothing else has the name, `x` alone will do: of the rubric's values anywhere, of an item's inside that item, whose own come first.”"""

    def second(when: str, own: str = "") -> list[str]:
        rule = f"{{id: y, deduct: 2, when: {when}}}"
        of_a = item("a", "6", f"{own}rules: [{X}, {rule}]")
        text = written(f"{of_a}, {item('b', '4', f'rules: [{X}]')}", values="{v: {formula: 1, show: true}}")
        try:
            return [str(score(text, {"a.y": True}).items["a"].score)]
        except govrubric.RubricError as error:
            return [one.code for one in error.diagnostics if one.severity == "error"]

    assert second("v == 1") == ["4"]
    assert second("v == 2", "values: {v: {formula: 2}}, ") == ["4"]
    assert second("values.v == 2", "values: {v: {formula: 2}}, ") == ["4"]
    assert second("b.v == 1") == ["GR504"]
    # The rule `y` is nearer than a value of the rubric, and what has no value itself hides one.
    hidden = valued("y: {formula: 1, show: true}", "{id: y, formula: x}", "{id: x, award: 1, when: y > 0}")
    assert codes(hidden)[-1] == "GR505"


def test_a_name_with_two_meanings_is_an_error() -> None:
    """Language 8: “A name that may mean two things of the same item is an error.”"""
    text = valued("late: {formula: a.x}", facts="{late: count}", gates="[{id: g, when: late > 1, score: 0}]")
    (found,) = refused(text)
    assert (found.code, dict(found.args)) == (
        "GR528",
        {"name": "late", "path": "late", "other": "values.late"},
    )
    assert codes(valued("a: {formula: a.x}", gates="[{id: g, when: a > 1, score: 0}]")) == ["GR528"]
    assert total(text.replace("when: late", "when: values.late"), {"a.x": 2}) == 0


def test_a_value_of_an_item_that_does_not_apply_is_nothing() -> None:
    """Language 8: “A value of an item that does not apply is 0 or false.”"""
    keys = (
        "not_applicable: zero, values: {n: {formula: x + 3, show: true}, f: {formula: x < 3, show: true}}, "
    )
    here, away = (score(pair(keys), {"b.not_applicable": flag}).values for flag in (False, True))
    assert [one.value for one in here.values()] == [3, True]
    assert [one.value for one in away.values()] == [0, False]


def test_a_shown_value_is_on_the_card_and_in_tables_and_cases() -> None:
    """Language 8: “With `show: true` it stands at the head of the card and is a column of tables, and a case may expect it by its path.”"""
    cases = "[{name: one, tally: {a.x: 1}, expect: {values.v: 10, values.f: true}}, {name: two, tally: {a.x: 0}, expect: {values.v: 1, values.f: true}}]"
    values = "v: {formula: score(a) + 1, show: true, title: 一}, f: {formula: a.x > 0, show: true}, w: {formula: v}"
    rubric = govrubric.loads(valued(values, cases=cases))
    card = rubric.score({"a.x": 1})
    assert card.explain("zh").splitlines()[1:3] == ["一：10", "f：是"]
    assert card.explain("en").splitlines()[1:3] == ["一: 10", "f: yes"]
    assert rubric.score_frame(pl.DataFrame({"a.x": [1, 0]}), detail="total").select(
        "values.v", "values.f"
    ).rows() == [
        (10, True),
        (11, False),
    ]
    assert [dict(one.args)["name"] for one in run(rubric)] == ["values.v", "values.f"]


def test_the_name_of_a_rule_with_levels() -> None:
    """Language 8: “Where a rule has levels, the rule's name is the sum of the counts of them all.”"""
    rule = "{id: x, deduct: {city: 0.5, district: 0.25}, per: case}"
    text = leaf(rule, more="gates: [{id: g, when: x > 3, score: 0}], ")
    assert total(text, {"a.x.city": 1, "a.x.district": 2}) == Decimal(9)
    assert total(text, {"a.x.city": 2, "a.x.district": 2}) == 0


def test_a_condition_on_several_lines() -> None:
    """Language 8: “A condition or formula may be folded over several lines (`>-`, `|`, plain or in quotes).”, “It has no escapes, so that every finding has its place.”"""
    for begun, ended in ((">-\n    ", ""), ("|\n    ", ""), ("", ""), ("'", "'"), ('"', '"')):
        gate = f"gates:\n- id: g\n  score: 0\n  when: {begun}a.x > 1\n    or a.x < 0{ended}\n"
        assert total(leaf(X) + gate, {"a.x": 2}) == 0
        (found,) = refused(leaf(X) + gate.replace("a.x <", "b.x <"))
        assert found.place is not None
        assert found.place.excerpt[found.place.column - 1 : found.place.end - 1] == "b.x"
    assert codes(leaf(X, gates='[{id: g, when: "a.x \\x3e 1", score: 0}]')) == ["GR519"]


def test_grades_need_no_ladder() -> None:
    """Language 6: “A `from` ladder may be left out altogether, for schemes where less is better: `{grade: A, when: "total <= 13"}`.”"""
    grades = '[{grade: A, when: "total <= 13"}, {grade: B, when: total <= 27}, {grade: C}]'
    text = leaf("{id: x, award: 1, per: violation}", more="ceiling: none, ", ceiling="none", grades=grades)
    assert [score(text, {"a.x": cases}).grade for cases in (0, 13, 14, 27, 28)] == ["A", "A", "B", "B", "C"]


TWICE = "[{grade: A, from: 9}, {grade: B, from: 8}, {grade: A, from: 6, when: a.y}, {grade: C, from: 5}, {grade: A, when: a.z}, {grade: D}]"


def graded_twice(x: int, gate: str = "", **given: Any) -> str | None:
    """The grade at a total of 10 - x, with a gate that holds where there is one."""
    gates = {"gates": f"[{{id: g, when: a.w, {gate}}}]"} if gate else {}
    rules = (
        X,
        "{id: y, deduct: 1, at_most: 0.000001}",
        "{id: z, deduct: 1, at_most: 0.000001}",
        "{id: w, deduct: 1, at_most: 0.000001}",
    )
    return score(leaf(*rules, grades=TWICE, **gates), {"a": {"x": x, **given}}).grade


@pytest.mark.parametrize(
    ("x", "given", "grade"),
    [
        (1, {}, "A"),
        (2, {"y": True}, "B"),
        (3, {"y": True}, "A"),
        (3, {}, "C"),
        (6, {"z": True}, "A"),
        (6, {"y": True}, "D"),
    ],
)
def test_a_grade_may_stand_more_than_once(x: int, given: Mapping[str, Any], grade: str) -> None:
    """Language 6: “A grade may stand more than once, on other conditions; the first entry whose conditions hold gives it.”"""
    assert graded_twice(x, **given) == grade


def test_the_rank_of_a_grade_is_where_it_first_stands() -> None:
    """Language 6: “Its rank is the place where it first stands.”

    The third entry gives an A like the first one, which B lowers, and an A lowers nobody.
    """
    assert graded_twice(3, "grade_at_most: B", y=True, w=True) == "B"
    assert graded_twice(3, "grade_at_most: A", y=True, w=True) == "A"
    assert graded_twice(3, "grade_at_most: A", w=True) == "C"
    assert graded_twice(6, "grade: A", w=True) == "A"
    assert (
        govrubric.loads(leaf(X, grades="[{grade: A, from: 9}, {grade: A, when: a.x > 5}, {grade: B}]"))
        .grades[1]
        .name
        == "A"
    )


@pytest.mark.parametrize(
    ("grades", "found"),
    [
        ("{grade: A, from: 9}, {grade: A, from: 8}", ["GR328"]),
        ("{grade: A, when: a.x > 1}, {grade: B, from: 5}, {grade: A, when: a.x > 1}", ["GR328"]),
        ("{grade: A, from: 9, when: a.x > 1}, {grade: B, from: 5}, {grade: A, from: 4, when: a.x > 1}", []),
        ("{grade: A, from: 9}, {grade: A, from: 8, when: a.x > 1}", []),
        ("{grade: C, from: 9}, {grade: A, when: a.x > 1}", []),
    ],
)
def test_a_grade_stands_on_other_conditions(grades: str, found: list[str]) -> None:
    """Language 6: “A grade may stand more than once, on other conditions …”"""
    text = leaf(X, grades=f"[{grades}, {{grade: C}}]")
    assert (codes(text) if found else []) == found
    assert found or govrubric.loads(text)


def test_the_lowest_of_grades_that_gates_lower_to_wins() -> None:
    """Language 6: “`grade_at_most` lowers to a grade of the list; the lowest wins.”"""
    grades = "[{grade: A, from: 1}, {grade: B, from: 0.5}, {grade: C}]"
    gates = "gates: [{id: f, when: x > 0, grade_at_most: C}, {id: g, when: x > 0, grade_at_most: B}], "
    assert score(leaf(X, more=gates, grades=grades), {"a.x": 1}).grade == "C"
    assert graded("0", grades, gates="[{id: f, when: a.x < 5, grade_at_most: A}]") == "C"
    assert codes(leaf(X, more="gates: [{id: f, when: x > 0, grade_at_most: D}], ", grades=grades)) == [
        "GR326"
    ]


def test_the_last_grade_that_a_gate_fixes_wins() -> None:
    """Language 6: “`grade` fixes one, in the list or not; the last that held wins, over any `grade_at_most`.”"""
    gates = "gates: [{id: f, when: x > 0, grade: Z}, {id: g, when: x > 1, grade: A}, {id: h, when: x > 0, grade_at_most: C}], "
    text = leaf(X, more=gates, grades="[{grade: A, from: 11}, {grade: B, from: 1}, {grade: C}]")
    assert [score(text, {"a.x": cases}).grade for cases in (0, 1, 2)] == ["B", "Z", "A"]


# 7. Inputs and facts


def test_each_rule_makes_its_inputs() -> None:
    """Language 7: “Each rule makes one input named by its path; a level makes `path.level`; judged points with `per` make `path.cases` and `path.points`; an item with `not_applicable` makes the flag `path.not_applicable`, unless a condition decides.”"""
    rubric = govrubric.loads(
        leaf(
            X,
            "{id: z, deduct: {city: 1, district: 2}, per: case}",
            EACH.replace("id: x", "id: y"),
            more="not_applicable: zero, ",
        )
    )
    assert [(one.name, one.kind) for one in rubric._inputs.values()] == [
        ("a.not_applicable", "flag"),
        ("a.x", "count"),
        ("a.z.city", "count"),
        ("a.z.district", "count"),
        ("a.y.cases", "count"),
        ("a.y.points", "number"),
    ]


def test_facts_belong_to_no_rule() -> None:
    """Language 7: “`facts:` at the top declares typed inputs that belong to no rule: `has_service: flag`, `deaths: count`, `population: {number: {places: 0, min: 0, max: 100000000}}`, `class: {choice: [A, B]}`.”"""
    facts = "{has_service: flag, deaths: count, population: {number: {places: 0, min: 0, max: 100000000}}, class: {choice: [A, B]}}"
    rubric = govrubric.loads(leaf(X, facts=facts))
    declared = [rubric._inputs[name] for name in ("has_service", "deaths", "population", "class")]
    assert [row(one.kind, one.lo, one.hi, one.places, one.options) for one in declared] == [
        ("flag", 0, 1, 0, ()),
        ("count", 0, 1_000_000_000, 0, ()),
        ("number", 0, 100_000_000, 0, ()),
        ("choice", 0, 1, 0, ("A", "B")),
    ]
    assert rubric.score({"population": 5, "class": "B"}).total == 10


def test_a_formula_declares_its_own_inputs() -> None:
    """Language 7: “A formula's own `inputs:` are declared the same way and are named `path.name`.”"""
    rule = "{id: x, formula: n + m, inputs: {n: count, m: {number: {places: 1, min: 0, max: 5}}, f: flag, c: {choice: [A, B]}}}"
    inputs = govrubric.loads(leaf(rule))._inputs
    assert [(one.name, one.kind) for one in inputs.values()] == [
        ("a.x.n", "count"),
        ("a.x.m", "number"),
        ("a.x.f", "flag"),
        ("a.x.c", "choice"),
    ]


def test_counts_and_flags_may_be_left_out() -> None:
    """Language 7: “Counts and flags that the tally leaves out are 0 and false, and the score card lists them as assumed; every other input must be given, unless it has a `default`.”"""
    rubric = govrubric.loads(leaf(X, "{id: f, deduct: 5}"))
    card = rubric.score({"a.f": False})
    assert row(card.total, card.assumed) == (10, ("a.x",))
    assert rubric.score({"a.x": 1}).assumed == ("a.f",)
    for rule in ("judge: 5", "convert: 5", "choose: {A: 1, B: 2}", "curve: [[0, 0], [5, 5]]"):
        assert [one.code for one in wrong(govrubric.loads(leaf(f"{{id: x, {rule}}}")), {})] == ["GR602"]


EXEMPT = """
facts: {exempt: flag, rate: {number: {min: 0, max: 100}}}
indicators:
  - {id: a, title: A, weight: 4, not_applicable: {when: exempt, then: THEN}, rules: [{id: x, judge: 4}]}
  - {id: b, title: B, weight: 6, not_applicable: {when: rate / 3 >= 30, then: zero}, rules: [{id: x, judge: 6}]}
"""


def exempting(then: str, more: str = "") -> str:
    head = "govrubric: 1\nid: t\ntitle: T\ntotal: 10\nround: {places: 2, mode: half_up}"
    return head + EXEMPT.replace("THEN", then) + more


@pytest.mark.parametrize(
    ("then", "points"), [("rescale", Decimal("5")), ("full", 7), ("zero", 3), ("spread", Decimal("5"))]
)
def test_a_condition_decides_whether_an_item_applies(then: str, points: Decimal | int) -> None:
    """Language 3: “`not_applicable: {when: condition, then: rescale}` lets a condition decide in place of the tally.”

    Of b alone 3 of 6 are given, which is a half.
    """
    rubric = govrubric.loads(exempting(then))
    assert "a.not_applicable" not in rubric.inputs
    assert rubric.inputs["a.x"].excused_when == ("a",)
    card = rubric.score({"exempt": True, "rate": 0, "b.x": 3})
    one = card.items["a"]
    assert row(card.total, one.applies, one.excused, one.not_applicable_when) == (
        points,
        False,
        True,
        "exempt",
    )
    assert card.verify(rubric) == card.verify() == ()
    table = pl.DataFrame({"exempt": [True, False], "rate": [0, 95], "a.x": [None, 2], "b.x": [3, None]})
    assert rubric.score_frame(table)["total"].to_list()[0] == Decimal(points)
    assert [one.code for one in wrong(rubric, {"exempt": False, "rate": 0, "b.x": 3})] == ["GR602"]
    assert [one.code for one in wrong(rubric, {"exempt": True, "rate": 89, "a.x": 1})] == ["GR602"]
    assert rubric.score({"exempt": True, "rate": 90}).items["b"].excused


def test_whether_an_item_applies_is_known_before_any_score() -> None:
    """Language 3: “It reads inputs, facts, and values of the rubric that are made of these, and no scores; what it reads must be given, unless a group around the item does not apply.”"""
    for text in ("score(b) == 6", "not applies(b)", "reached(b) < 1 or exempt"):
        assert codes(exempting("rescale").replace("when: exempt", f"when: {text}")) == ["GR522"]
    own = govrubric.loads(leaf("{id: x, judge: 10}", more="not_applicable: {when: x == 3, then: full}, "))
    assert [one.code for one in wrong(own, {})] == ["GR602"]
    assert [own.total({"a.x": given}) for given in (3, 4)] == [0, 4]
    inner = item("b", "6", "not_applicable: {when: x > 2, then: zero}, rules: [{id: x, judge: 6}]")
    outer = item("g", "6", f"not_applicable: {{when: exempt, then: zero}}, items: [{inner}]")
    rubric = govrubric.loads(written(f"{outer}, {item('c', '4', f'rules: [{X}]')}", facts="{exempt: flag}"))
    assert dict(rubric._plan.excused) == {"g.b.x": ("g:excused",)}
    assert rubric.total({"exempt": True}) == 4
    assert [one.code for one in wrong(rubric, {})] == ["GR602"]
    assert rubric.score({"exempt": True}).items["g.b"].excused is False
    rubric.tally_model().model_validate({"exempt": True})


DEFAULTS = [
    ("{id: x, judge: 5, default: 3}", 3),
    ("{id: x, award: judged, from: 1, to: 5, default: 2.5}", Decimal("2.5")),
    ("{id: x, convert: 5, default: 5}", 10),
    ("{id: x, choose: {A: 1, B: 2}, default: B}", 2),
    ("{id: x, bands: [{from: 90, points: 4}], default: 95.5}", 4),
    ("{id: x, distance: {above: 3, each: 1, points: 1}, default: 4.25}", Decimal("1.25")),
    ("{id: x, curve: [[0, 0], [5, 10]], default: 2}", 4),
    ("{id: x, formula: n + 1, inputs: {n: {number: {min: 1, max: 9}, default: 4}}}", 5),
]


@pytest.mark.parametrize(("rule", "points"), DEFAULTS)
def test_a_number_or_choice_may_be_left_out(rule: str, points: Decimal | int) -> None:
    """Language 7: “`default` may stand beside the type of a number or choice, and in a rule that reads one number or choice of its own: it is taken where the tally leaves that out, and listed as assumed.”"""
    rubric = govrubric.loads(leaf(rule, more="start: zero, "))
    card = rubric.score({})
    (name,) = rubric.inputs
    assert row(card.total, card.assumed) == (points, (name,))
    assert [rubric.score({}).total, rubric.total({})] == [points, points]
    assert rubric.inputs[name].required is False
    assert [one.code for one in wrong(rubric, {}, strict=True)] == ["GR602"]
    assert rubric.score_frame(pl.DataFrame({"unit": ["u"]}))["total"].to_list() == [Decimal(points)]
    with pytest.raises(TallyError):
        rubric.score_frame(pl.DataFrame({"unit": ["u"], name: [None]}))


def test_a_default_is_a_value_that_may_be_given() -> None:
    """Language 7: “It is a value that the input may have.”"""
    for rule in (
        "judge: 5, default: 6",
        "judge: 5, step: 0.5, default: 0.25",
        "judge: 5, places: 1, default: 0.25",
        "deduct: judged, from: 2, to: 3, default: 1",
        "choose: {A: 1, B: 2}, default: C",
        "formula: n, inputs: {n: {number: {max: 3}, default: 4}}",
    ):
        assert codes(leaf(f"{{id: x, {rule}}}", more="start: 5, ")) == ["GR345"]
    for rule in (
        "deduct: 1, default: 0",
        "deduct: judged, to: 3, per: 例, default: 0",
        "judge: 5, input: n, default: 1",
    ):
        assert codes(leaf(f"{{id: x, {rule}}}", facts="{n: {number: {max: 3}, default: 3}}")) == ["GR346"]
    shared = leaf("{id: x, judge: 5, input: n}", facts="{n: {number: {max: 3}, default: 3}}")
    assert govrubric.loads(shared).score({}).assumed == ("n",)
    assert codes(leaf("{id: x, deduct: 1}", facts="{n: {choice: [A, B], default: C}}")) == ["GR345"]


def test_numbers_are_given_exactly_in_python() -> None:
    """Language 7: “In Python a judged, converted or measured value is an `int`, a `Decimal` or its digits as text; a `float` is refused with the digits to write instead.”"""
    for rule in ("judge: 5", "convert: 10", "bands: [{from: 4, points: 4}]"):
        text = leaf(f"{{id: x, {rule}}}")
        assert (
            total(text, {"a.x": 4}) == total(text, {"a.x": Decimal("4.0")}) == total(text, {"a.x": "4"}) == 4
        )
        (found,) = wrong(govrubric.loads(text), {"a.x": 4.1})
        assert (found.code, dict(found.args)["digits"]) == ("GR606", "4.1")


def test_files_are_read_by_their_digits(tmp_path: Path) -> None:
    """Language 7: “Files are read by their digits.”

    The float that is nearest to 4.35 is a little less.
    """
    rubric = govrubric.loads(leaf("{id: x, judge: 10}"))
    for name, text in (
        ("u.yaml", "a.x: 4.35\n"),
        ("u.json", '{"a.x": 4.35}'),
        ("u.csv", "unit,a.x\nu,4.35\n"),
    ):
        path = tmp_path / name
        path.write_text(text, encoding="utf-8")
        (one,) = tally_files.read(rubric, path)
        assert one.exact_total == Decimal("4.35")


def test_strict_scoring_requires_every_input() -> None:
    """Language 7: “`strict` scoring requires all.”"""
    rubric = govrubric.loads(leaf(X, "{id: f, deduct: 5}"))
    assert [dict(one.args)["name"] for one in wrong(rubric, {"a.x": 0}, strict=True)] == ["a.f"]
    assert rubric.score({"a.x": 0, "a.f": False}, strict=True).total == 10


def test_an_unknown_name_is_answered_with_the_nearest_one() -> None:
    """Language 7: “An unknown name is an error with the nearest known one.”"""
    (found,) = wrong(govrubric.loads(leaf("{id: unlabelled, deduct: 1, per: case}")), {"a.unlabeled": 1})
    assert (found.code, dict(found.args)["near"]) == ("GR601", "a.unlabelled")


# 8. Conditions and formulas


def value(formula: str, **given: Any) -> Any:
    """What a formula comes to, over the counts `m` and `n`, the flag `f` and the choice `c`; the item `b` comes to 3 of 4."""
    inputs = "{m: count, n: count, f: flag, c: {choice: [A, B]}}"
    other = item("b", "4", f"not_applicable: zero, rules: [{X}]")
    rule = f'{{id: x, formula: "{formula}", inputs: {inputs}}}'
    text = written(item("a", "6", f"floor: none, ceiling: none, start: zero, rules: [{rule}]") + f", {other}")
    tally = {
        f"a.x.{name}": one for name, one in {"m": 5, "n": 2, "c": "A", **given}.items() if name != "away"
    }
    return score(text, {**tally, "b.x": 1, "b.not_applicable": given.get("away", False)}).rules["a.x"].raw


@pytest.mark.parametrize(
    ("formula", "given", "come_to"),
    [
        ("m + n", {}, "7"),
        ("m - n", {}, "3"),
        ("m * n", {}, "10"),
        ("m / 4", {}, "1.25"),
        ("n / max(m, 1)", {}, "0.4"),
        ("m / (n - 3)", {}, "error"),
        ("-m + 0.1", {}, "-4.9"),
        ("1 if n < m else 0", {}, "1"),
        ("1 if 2 <= n < m <= 5 else 0", {}, "1"),
        ("1 if 2 <= n < m <= 4 else 0", {}, "0"),
        ("1 if m == 5 and n != 2 else 0", {}, "0"),
        ("1 if m == 5 and n == 2 else 0", {}, "1"),
        ("1 if m > 5 or n > 1 else 0", {}, "1"),
        ("1 if m > 5 or n > 2 else 0", {}, "0"),
        ("1 if not f else 0", {}, "1"),
        ("1 if not f else 0", {"f": True}, "0"),
        ("min(m, n, 3)", {}, "2"),
        ("max(m, n, 3)", {}, "5"),
        ("abs(n - m)", {}, "3"),
        ("round(m / 3, 1)", {}, "1.7"),
        ("round(m / n, 0)", {}, "error"),
        ("round(m / max(n, 1), 0)", {}, "3"),
        ("floor(m / 2)", {}, "2"),
        ("ceil(m / 2)", {}, "3"),
        ("score(b)", {}, "3"),
        ("lost(b)", {}, "1"),
        ("1 if reached(b) >= 0.75 else 0", {}, "1"),
        ("1 if reached(b) > 0.75 else 0", {}, "0"),
        ("reached(b) * 3", {}, "2.25"),
        ("1 if applies(b) else 0", {}, "1"),
        ("1 if applies(b) else 0", {"away": True}, "0"),
        ("score(b) + lost(b)", {"away": True}, "0"),
    ],
)
def test_a_formula_computes(formula: str, given: dict[str, Any], come_to: str) -> None:
    """Language 8: “A small expression language over exact numbers: `+ - * /`, comparison (chains too), `and or not`, `a if c else b`, `min max abs round(x, places) floor ceil`, `score(path)`, `lost(path)`, `reached(path)` (score ÷ full marks), `applies(path)`; of an item that does not apply `score` and `lost` are 0.”"""
    if come_to == "error":
        with pytest.raises(govrubric.RubricError):
            value(formula, **given)
    else:
        assert value(formula, **given) == Decimal(come_to)


@pytest.mark.parametrize(
    ("condition", "holds"),
    [
        ("x == 2", True),
        ("a.x == 2", True),
        ("b.x == 1", True),
        ("class == 'A'", False),
        ("class != 'A'", True),
        ("class in ('A', 'B')", True),
        ("class in ('A', 'C')", False),
    ],
)
def test_names_are_those_of_inputs(condition: str, holds: bool) -> None:
    """Language 8: “Names are inputs, by full path or, inside an item, by the rule's own id; choice inputs compare with `==`, `!=`, `in`.”"""
    gates = f'gates: [{{id: g, when: "{condition}", score: 0}}]'
    card = score(
        written(
            f"{item('a', '6', f'rules: [{X}], {gates}')}, {item('b', '4', f'rules: [{X}]')}",
            facts="{class: {choice: [A, B, C]}}",
        ),
        {"a.x": 2, "b.x": 1, "class": "B"},
    )
    assert card.items["a"].gates[0].held is holds


@pytest.mark.parametrize(
    ("condition", "code"),
    [
        ("z > 0", "GR504"),
        ("x", "GR506"),
        ("class > 1", "GR506"),
        ("score(a) > 0", "GR509"),
        ("1 / x > 0", "GR517"),
        ("1 / 0 > 0", "GR510"),
        ("round(1 / x, 2) > 0", "GR517"),
        ("x ** 2 > 0", "GR503"),
        ("open('f') > 0", "GR513"),
        ("abs(x).real > 0", "GR503"),
        (f"x > {'0 + ' * 249}1", "GR508"),
    ],
)
def test_a_condition_is_checked_when_the_rubric_is_loaded(condition: str, code: str) -> None:
    """Language 8: “Checked when the rubric is loaded: names, types, no circles among `score(…)`, division only by what cannot be zero (bounds are known; otherwise the message shows them, and how to guard it), powers, calls and attributes refused, at most 1 000 characters.”"""
    assert codes(
        leaf(f'{{id: x, deduct: 1, per: case, when: "{condition}"}}', facts="{class: {choice: [A, B]}}")
    ) == [code]


def test_a_text_of_a_thousand_characters_is_read() -> None:
    long = "x >" + " " * 996 + "0"
    for spaces, code in (("", []), (" ", ["GR508"])):
        text = leaf(f'{{id: x, deduct: 1, per: case, when: "{long}{spaces}"}}')
        assert (codes(text) if code else [] if govrubric.loads(text) else None) == code


def test_the_message_says_how_to_guard_a_divisor() -> None:
    (found,) = refused(leaf('{id: x, deduct: 1, per: case, when: "1 / x > 0.5"}'))
    assert "`max(x, 1)`" in found.render("en")


@pytest.mark.parametrize("cases", [0, 1, 1_000_000_000])
def test_a_rubric_that_loads_scores_every_tally(cases: int) -> None:
    """Language 8: “So **a rubric that loads cannot fail on a valid tally**, and every line has bounds known beforehand.”

    The property tests try random rubrics and tallies; here is one rubric at the ends of its counts.
    """
    rubric = govrubric.loads(
        leaf(X, "{id: z, formula: 'round(1 / max(x, 1), 2) - x * x'}", more="start: 5, ")
    )
    card = rubric.score({"a.x": cases})
    line = rubric._plan.lines["a.z:raw"]
    assert row(line.lo, line.hi) == (-(10**18), 1)
    assert line.lo <= Fraction(card.rules["a.z"].raw) <= line.hi


# 9. Cases


CASES = """cases:
  - {name: one, tally: {a.x: 2}, expect: {total: 4, grade: B, a: 4, a.x: -6}}
  - {name: two, tally: {a: {x: 1}}, expect: {total: 7, grade: A, a: {x: -3}}}
"""


def cased(cases: str) -> str:
    return leaf("{id: x, deduct: 3, per: case}", grades="[{grade: A, from: 5}, {grade: B}]") + cases


def test_cases_are_tests_that_live_with_the_rubric(tmp_path: Path) -> None:
    """Language 9: “`cases` are tests that live with the rubric: a name, a tally (dotted or nested), and what to expect — `total`, `grade`, any item path, any rule path (its applied effect).”"""
    assert checked(cased(CASES), tmp_path) == []
    for right, changed in (
        ("total: 4", "total: 5"),
        ("grade: B", "grade: A"),
        ("a: 4", "a: 5"),
        ("a.x: -6", "a.x: 6"),
        ("a: {x: -3}", "a: {x: -4}"),
    ):
        assert checked(cased(CASES.replace(right, changed)), tmp_path) == ["GR316"]


def test_cases_run_with_the_command(tmp_path: Path) -> None:
    """Language 9: “They run with the author's command, in CI and under pytest.”"""
    path = tmp_path / "rubric.yaml"
    path.write_text(cased(CASES), encoding="utf-8")
    done = CliRunner().invoke(main, ["check", str(path)])
    assert (done.exit_code, "2 case(s) pass" in done.stdout) == (0, True)
    path.write_text(cased(CASES).replace("total: 4", "total: 5"), encoding="utf-8")
    assert CliRunner().invoke(main, ["check", str(path)]).exit_code == 1
    assert "govrubric check rubrics/*.yaml" in (ROOT / ".ci" / "run").read_text("utf-8")
    for name in govrubric.shipped_names():
        assert [one.code for one in govrubric.check(ROOT / "rubrics" / f"{name}.yaml")] == []


# 10. Registers


ENTRY = (
    "{id: q, at: a.x, clause: 扣相应分, question: 多少？, decision: 全部。, options: [一部分, 由考评人确定]}"
)


def test_ambiguities_are_registered() -> None:
    """Language 10: “`ambiguities:` is a list of places where the official text is silent or contradicts itself: `{id, at: path, clause, question, decision, options: [...]}`, with `at: total` for what is about the whole.”"""
    (one,) = govrubric.loads(leaf(X, ambiguities=f"[{ENTRY}]"))._text.ambiguities
    assert (one.at, one.clause, one.question, one.decision, one.options) == (
        "a.x",
        "扣相应分",
        "多少？",
        "全部。",
        ("一部分", "由考评人确定"),
    )
    assert codes(leaf(X, ambiguities=f"[{ENTRY.replace('a.x', 'a.z')}]")) == ["GR313"]
    assert (
        govrubric.loads(leaf(X, ambiguities=f"[{ENTRY.replace('a.x', 'total')}]"))._text.ambiguities[0].at
        == "total"
    )


def test_an_ambiguity_changes_no_score() -> None:
    """Language 10: “It changes no score.”"""
    assert total(leaf(X, ambiguities=f"[{ENTRY}]"), {"a.x": 3}) == total(leaf(X), {"a.x": 3}) == 7


def test_numbers_that_do_not_fit_need_an_entry(tmp_path: Path) -> None:
    """Language 10: “A rubric whose text does not fit its numbers is accepted only with an entry here.”

    Nobody can reach the 10 points of an item that is judged out of 8.
    """
    short = "{id: x, judge: 8}"
    assert checked(leaf(short), tmp_path) == ["GR401"]
    assert checked(leaf(short, ambiguities=f"[{ENTRY}]"), tmp_path) == ["GR401"]  # about something else
    entry = ENTRY.replace("多少？", "为何只得8分而满分10分？")
    assert checked(leaf(short, ambiguities=f"[{entry}]"), tmp_path) == []


def test_a_comment_allows_a_warning_that_has_misread_a_text(tmp_path: Path) -> None:
    """Language 10: “A warning that has misread a text is allowed by a comment that says why.”"""
    text = (
        "govrubric: 1\nid: t\ntitle: T\ntotal: 10\nround: {places: 2, mode: half_up}\nindicators:\n  - id: a\n    title: A\n"
        "    weight: 10\n    rules:\n      # allow GR420: 此处的5分是罚款的档次\n      - {id: x, deduct: 1, clause: 逾期的扣5分}\n"
    )
    assert checked(text, tmp_path) == []
    assert checked(text.replace("# allow GR420: 此处的5分是罚款的档次", "#"), tmp_path) == ["GR420"]


VARIED = (
    "variants: {city: {title: City}, county: {set: {a.x.deduct: 2, b.weight: 4}, without: [a.y]}}\n"
    "ambiguities:\n"
    "  - {id: q, at: a.x, question: '?', decision: one, options: {one: one point, half: {title: half, set: {a.x.deduct: 0.5}}, none: {without: [a.y]}}}\n"
    "  - {id: p, at: a.x, question: '?', decision: x, options: {x: x, third: {set: {a.x.deduct: 3}}, gone: {without: [a.y]}}}\n"
)
LEAVES = written(
    f"{item('a', '6', f'rules: [{X}, {{id: y, deduct: 1}}]')}, {item('b', '4', f'rules: [{X}]')}"
)


def varied(old: str = "one point", new: str = "one point") -> str:
    """A rubric with variants and readings."""
    assert old in LEAVES + VARIED
    return (LEAVES + VARIED).replace(old, new)


def test_variants_are_for_classes_of_units() -> None:
    """Language 10: “`variants:` at the top are the rubric for classes of units: by id, what is other than in the rubric as it stands.”"""
    rubric = govrubric.loads(varied())
    assert {name: one.title for name, one in rubric.variants.items()} == {"city": "City", "county": "county"}
    assert [rubric.variant(name).total({"a.x": 2}) for name in ("city", "county")] == [8, 6]


def test_options_may_be_a_mapping() -> None:
    """Language 10: “`options` of an ambiguity may be a mapping too: by id, a text, or what the rubric would be if it were read so.”"""
    rubric = govrubric.loads(varied())
    assert [option.title for option in rubric.ambiguities["q"].options] == ["one point", "half", "none"]
    assert rubric.reading(q="half").total({"a.x": 2}) == 9


def test_the_decision_is_the_id_of_an_option_and_changes_nothing() -> None:
    """Language 10: “`decision` is then the id of an option, and that one changes nothing, since it is what the rubric says.”"""
    rubric = govrubric.loads(varied())
    assert rubric.reading(q="one") is rubric
    assert codes(varied("decision: one", "decision: One point")) == ["GR383"]
    assert codes(varied("decision: one", "decision: half")) == ["GR384"]


def test_what_is_other_is_said_by_two_keys() -> None:
    """Language 10: “What is other is said by `set` and `without`.”"""
    county = govrubric.loads(varied()).variant("county")
    assert list(county.rules) == ["a.x", "b.x"]
    assert county.total({"a.x": 1}) == 8


def test_values_are_replaced_by_path_and_key() -> None:
    """Language 10: “`set` replaces values that stand there, each named by the path of an item, rule or gate and then keys, or the number of an entry of a list, from 1; for the rubric itself keys stand alone (`round.places`).”"""
    text = varied("{id: x, deduct: 1, per: case}, {id: y", "{id: x, deduct: [1, 2], per: case}, {id: y")
    rubric = govrubric.loads(text.replace("{a.x.deduct: 0.5}", "{a.x.deduct.2: 0.25, round.places: 1}"))
    assert str(rubric.reading(q="half").total({"a.x": 2})) == "8.8"


def test_a_default_stands_there() -> None:
    """Language 10: “A key that is not written stands there if it has a default that is a value; of an item so do `out_of`, `start`, `floor`, `ceiling` and `round`.”"""
    govrubric.loads(varied("{a.x.deduct: 0.5}", "{a.x.take: all, grade_on: exact, a.extra: false}"))
    assert codes(varied("{a.x.deduct: 0.5}", "{a.x.at_most: 1}")) == ["GR380"]
    rubric = govrubric.loads(varied("{a.x.deduct: 0.5}", "{a.floor: none, floor: none, a.ceiling: 6}"))
    assert rubric.reading(q="half").total({"a.x": 20}) == -10


def test_items_and_rules_are_taken_out() -> None:
    """Language 10: “`without` takes items and rules out.”"""
    text = varied("b.weight: 4}, without: [a.y]", "total: 6}, without: [b]")
    assert [list(govrubric.loads(text).variant("county").items)] == [["", "a"]]
    assert "a.y" not in govrubric.loads(text).reading(q="none").rules


def test_what_is_not_there_cannot_be_other() -> None:
    """Language 10: “A path or key that is not there is an error, and so are two changes of which one is within the other.”"""
    assert codes(varied("a.x.deduct: 2", "a.z.deduct: 2")) == ["GR380"]
    assert codes(varied("a.x.deduct: 2", "a.x.award: 2")) == ["GR380"]
    assert codes(varied("a.x.deduct: 2", "a.y.deduct: 2")) == ["GR382"]


@pytest.mark.parametrize(
    "name", ["id", "a.id", "a.x.id", "cases.1.name", "variants.city.title", "ambiguities.1.at"]
)
def test_some_keys_are_the_same_in_all(name: str) -> None:
    """Language 10: “Ids, the language, `cases`, `variants` and `ambiguities` are the same in all.”"""
    text = varied("a.x.deduct: 2", f"{name}: zz") + "cases: [{name: n, tally: {}, expect: {total: 10}}]\n"
    assert codes(text) == ["GR381"]
    assert codes(varied("a.x.deduct: 2", "language: zh").replace("title: T", "title: T\nlanguage: en")) == [
        "GR381"
    ]


def test_each_is_a_whole_rubric() -> None:
    """Language 10: “Each variant, and each option that changes something, is a whole rubric when the file is loaded: checked, with its own digest.”"""
    rubric = govrubric.loads(varied())
    four = (rubric, rubric.variant("county"), rubric.reading(q="half"), rubric.reading(q="none"))
    assert len({one.digest for one in four}) == 4
    assert codes(varied("b.weight: 4", "b.weight: 5")) == ["GR302"]
    assert codes(varied("{a.x.deduct: 0.5}", "{a.x.deduct: -1}")) == ["GR214"]


def test_there_may_be_32() -> None:
    """Language 10: “A rubric may have 32 of them.”"""
    many = "".join(f"v{number}: {{}}, " for number in range(26))
    assert len(govrubric.loads(varied("{city: ", f"{{{many}city: ")).variants) == 28
    assert codes(varied("{city: ", f"{{{many}v26: {{}}, city: ")) == ["GR385"]


def test_findings_say_which_rubric_they_are_about() -> None:
    """Language 10: “Its findings say which it is, and stand at the change.”"""
    with pytest.raises(govrubric.RubricError) as error:
        govrubric.loads(varied("b.weight: 4", "b.weight: 5"))
    (one,) = error.value.diagnostics
    assert one.message().startswith("as the variant `county`: ")
    assert one.place is not None
    assert "county: {set" in one.place.excerpt


def test_readings_hold_together() -> None:
    """Language 10: “Readings hold together, and with a variant, unless two say something else of the same value; what one takes out is not there to be other.”"""
    rubric = govrubric.loads(varied())
    assert rubric.reading(q="half", p="gone").total({"a.x": 2}) == 9
    assert rubric.variant("city").reading(q="half").total({"a.x": 2}) == 9
    assert list(rubric.variant("county").reading(q="none", p="gone").rules) == ["a.x", "b.x"]
    with pytest.raises(ValueError, match="q=half, p=third"):
        rubric.reading(q="half", p="third")


def test_the_card_names_variant_and_readings() -> None:
    """Language 10: “The card names the variant, and the readings that are not those decided.”"""
    card = govrubric.loads(varied()).variant("city").reading(q="half", p="x").score({"a.x": 2})
    assert (card.variant, card.readings) == ("city", {"q": "half"})


def test_a_tally_may_say_its_variant(tmp_path: Path) -> None:
    """Language 10: “A tally may say its `variant` beside `unit` and `name`, so that units of several classes are scored together.”, “Without it the rubric is taken as it stands.”"""
    rubric, file = govrubric.loads(varied()), tmp_path / "t.csv"
    file.write_text("unit,variant,a.x,a.y\na,county,2,\nb,,2,true\n", "utf-8")
    units = rubric.read(file)
    cards = rubric.score_all(units)
    assert [(card.unit, card.variant) for card in cards] == [("a", "county"), ("b", None)]
    assert [card.total for card in cards] == [6, 7]
    assert [card.total for card in tally_files.read(rubric, file)] == [6, 7]


def test_a_table_is_scored_by_one_variant() -> None:
    """Language 10: “A table is scored by one variant.”"""
    import polars as pl

    rubric, frame = govrubric.loads(varied()), pl.DataFrame({"variant": ["county"], "a.x": [2]})
    with pytest.raises(TallyError) as error:
        rubric.score_frame(frame)
    assert [one.code for one in error.value.diagnostics] == ["GR661"]
    assert rubric.variant("county").score_frame(frame)["total"].to_list() == [6]


def test_a_case_may_say_variant_and_reading() -> None:
    """Language 9: “A case may say the `variant` and the `reading` by which it is scored: `reading: {each_percent: prorata}`.”"""
    cases = (
        "cases: [{name: c, variant: county, tally: {a.x: 2}, expect: {total: 6}}, "
        "{name: h, reading: {q: half}, tally: {a.x: 2}, expect: {total: 9}}]\n"
    )
    assert govrubric.test(govrubric.loads(varied() + cases)).passed
    assert not govrubric.test(govrubric.loads(varied() + cases.replace("total: 9", "total: 8"))).passed


# Later versions


@pytest.mark.parametrize("key", ["repeat", "cohort", "readings", "assessors"])
def test_what_later_versions_bring_is_not_there_yet(key: str) -> None:
    """Language Later: “`repeat` (one item scored per object or period, then combined), cohort inputs (best, mean, rank among the units of a batch), mixed assessor groups.”"""
    assert codes(leaf(X, more=f"{key}: 1, ")) == codes(leaf(X) + f"{key}: 1\n") == ["GR201"]
    assert codes(leaf(X).replace("weight: 10", "weight: {A: 10, B: 5}")) == ["GR223"]
    assert codes(leaf(X, facts="{rank: cohort}")) == ["GR210"]


# What the language leaves open, as the manual decides it under “How it is built”


def group(parts: str, more: str = "", **fields: str) -> str:
    """A rubric of one group `g`, worth 10."""
    return written(item("g", "10", f"{more}items: [{parts}]"), **fields)


def parts_of(*marks: tuple[str, str, str]) -> str:
    """Leaves that each lose 1 for each case: id, weight and further keys."""
    return ", ".join(item(name, weight, f"{keys}rules: [{X}]") for name, weight, keys in marks)


def test_a_groups_base_is_held_within_its_bounds_before_its_rules_act() -> None:
    """The part comes to 10 + 5 without a ceiling, the group starts from 10 and loses 3."""
    text = group(item("a", "10", "ceiling: none, rules: [{id: j, judge: 15}]"), more=f"rules: [{X}], ")
    assert score(text, {"g.a.j": 15, "g.x": 3}).items["g"].score == 7


def test_a_raw_effect_is_limited_by_the_rules_own_cap_already() -> None:
    rule = score(leaf("{id: x, deduct: 1, per: case, at_most: 3}"), {"a.x": 8}).rules["a.x"]
    assert row(rule.raw, rule.absorbed) == (-3, 0)


@pytest.mark.parametrize(
    ("chosen", "steps"),
    [("up", [("a.c", 1), ("a.x", -5), ("a.d", -2)]), ("down", [("a.x", -5), ("a.d", -2), ("a.c", -2)])],
)
def test_a_rule_of_either_sign_acts_with_the_awards_or_with_the_deductions(
    chosen: str, steps: list[tuple[str, int]]
) -> None:
    """From 9, up is 1 as far as the ceiling; from 9 − 5 − 2 = 2, down is 2 as far as the floor. In the file it stands behind both."""
    text = leaf(
        "{id: x, deduct: 5}", "{id: d, deduct: 2}", "{id: c, choose: {up: 3, down: -3}}", more="start: 9, "
    )
    rules = score(text, {"a.x": True, "a.d": True, "a.c": chosen}).items["a"].rules
    assert sorted(row(one.path, one.applied) for one in rules) == sorted(steps)
    assert score(text, {"a.x": True, "a.d": True, "a.c": chosen}).total == {"up": 3, "down": 0}[chosen]


def test_a_distance_is_in_proportion_unless_told() -> None:
    assert applied("{id: x, distance: {below: 95, each: 1, points: -1}}", {"": "93.5"}) == Decimal("-1.5")
    assert codes(leaf("{id: x, distance: {below: 95, above: 99, each: 1, points: -1}}")) == ["GR337"]
    assert codes(leaf("{id: x, distance: {each: 1, points: -1}}")) == ["GR337"]


@pytest.mark.parametrize(
    ("given", "found"),
    [("-1000000000", []), ("1000000000", []), ("-1000000001", ["GR607"]), ("1000000000.01", ["GR607"])],
)
def test_measured_numbers_have_bounds(given: str, found: list[str]) -> None:
    text = leaf("{id: x, bands: [{from: 5, points: 10}]}")
    assert (
        codes_of("{id: x, bands: [{from: 5, points: 10}]}", given)
        if found
        else []
        if score(text, {"a.x": given})
        else None
    ) == found


def test_bands_are_written_highest_first() -> None:
    assert codes(leaf("{id: x, bands: [{from: 90, points: 5}, {from: 95, points: 10}]}")) == ["GR336"]


def test_only_what_suits_a_rule_is_shared_with_it() -> None:
    facts = {"facts": "{cases: count, late: flag}"}
    assert codes(leaf("{id: x, deduct: 1, per: case, input: late}", **facts)) == ["GR330"]
    assert codes(leaf("{id: x, deduct: {p: 1, q: 2}, per: case, input: cases}", **facts)) == ["GR330"]
    assert codes(leaf("{id: x, deduct: 1, per: case, input: nobody}", **facts)) == ["GR329"]


@pytest.mark.parametrize("name", ["a", "unit", "name", "total", "exact_total", "true", "and", "in"])
def test_some_names_are_taken_for_facts(name: str) -> None:
    assert codes(leaf(X, facts=f"{{{name}: count}}")) == ["GR332"]


def test_of_a_rubric_on_another_scale_the_published_total_is_rounded() -> None:
    """29 × 10 ÷ 30 = 9.666…, and 29 stays 29."""
    card = score(written(parts_of(("a", "30", "")), out_of="30"), {"a.x": 1})
    assert row(card.total, card.exact_total) == (Decimal("9.67"), Fraction(29, 3))


def test_extra_parts_stand_outside_of_combine_and_drop() -> None:
    """(8 + 9) ÷ 2 + 2, and with the lowest of the others dropped 9 + 2."""
    parts = (
        parts_of(("a", "10", ""), ("b", "10", ""))
        + ", "
        + item("c", "3", "extra: true, rules: [{id: j, judge: 3}]")
    )
    tally = {"g.a.x": 2, "g.b.x": 1, "g.c.j": 2}
    roomy = {"ceiling": "none"}
    assert score(group(parts, "combine: mean, ", **roomy), tally).items["g"].base == Decimal("10.5")
    assert score(group(parts, "combine: mean, drop: {lowest: 1}, ", **roomy), tally).items["g"].base == 11


def test_extra_parts_do_not_leave_and_are_not_alone() -> None:
    text = group(parts_of(("a", "10", ""), ("b", "3", "extra: true, not_applicable: rescale, ")))
    assert codes(text) == ["GR322"]
    assert "GR319" in codes(group(parts_of(("a", "10", "extra: true, "))))


@pytest.mark.parametrize(("away", "base"), [("", "8"), ("d", "8"), ("cd", "9"), ("bcd", "6")])
def test_of_those_that_count_one_is_always_left(away: str, base: str) -> None:
    """6, 9, 8 and 8 without the lowest and highest: (8 + 8) ÷ 2; 8; of 6 and 9 the lowest goes; 6 alone stays."""
    parts = parts_of(*((name, "10", "not_applicable: rescale, ") for name in "abcd"))
    tally = {
        "g.a.x": 4,
        "g.b.x": 1,
        "g.c.x": 2,
        "g.d.x": 2,
        **{f"g.{name}.not_applicable": True for name in away},
    }
    text = group(parts, "not_applicable: zero, combine: mean, drop: {lowest: 1, highest: 1}, ")
    assert score(text, tally).items["g"].base == Decimal(base)


def test_nothing_is_dropped_from_a_sum_that_is_scaled_besides() -> None:
    assert codes(
        group(parts_of(("a", "6", ""), ("b", "4", "not_applicable: rescale, ")), "drop: {lowest: 1}, ")
    ) == ["GR333"]


def test_what_does_not_count_is_a_zero_among_the_others() -> None:
    """The part comes to 6 and does not count; the mean is (9 + 0) ÷ 2, the least 0."""
    for how, base in (("mean", "4.5"), ("min", "0"), ("max", "9")):
        text = halves(f"combine: {how}, ", second="counts_when: x < 3, ")
        assert score(text, {"g.a.x": 1, "g.b.x": 4}).items["g"].base == Decimal(base)


def nested(outer: str, inner: str) -> str:
    """A leaf worth 6 and a group worth 4 with one part, each of the two with its policy."""
    parts = parts_of(("b", "4", inner))
    return written(
        f"{item('a', '6', f'rules: [{X}]')}, {item('g', '4', f'not_applicable: {outer}, items: [{parts}]')}"
    )


@pytest.mark.parametrize(
    ("flag", "contributions"),
    [
        ("g.b.not_applicable", {"g": 4, "g.b": 0}),
        ("g.not_applicable", {"g": 4, "g.b": 0}),
        ("", {"g": 3, "g.b": 3}),
    ],
)
def test_a_group_that_lapses_is_treated_by_its_own_policy(flag: str, contributions: dict[str, int]) -> None:
    items = score(
        nested("full", "not_applicable: zero, "), {"g.b.x": 1, **({flag: True} if flag else {})}
    ).items
    assert {path: items[path].contribution for path in contributions} == contributions


@pytest.mark.parametrize(("flag", "contribution"), [("g.b.not_applicable", 4), ("g.not_applicable", 0)])
def test_what_is_excused_from_above_contributes_nothing(flag: str, contribution: int) -> None:
    assert (
        score(nested("zero", "not_applicable: full, "), {flag: True}).items["g.b"].contribution
        == contribution
    )


def test_of_what_does_not_apply_everything_is_zero_and_no_gate_holds() -> None:
    text = written(
        parts_of(
            ("a", "6", ""), ("b", "4", "not_applicable: full, gates: [{id: v, when: x > 0, score: none}], ")
        )
    )
    one = score(text, {"b.not_applicable": True, "b.x": 2}).items["b"]
    assert row(
        one.base,
        one.rules[0].raw,
        one.rules[0].counted,
        one.gates[0].held,
        one.score,
        one.lost,
        one.contribution,
    ) == (
        0,
        0,
        False,
        False,
        0,
        0,
        4,
    )


def excusable(more: str, **fields: str) -> Rubric:
    """A leaf `a`, and a leaf `b` that may not apply, in which somebody judges, and somebody chooses."""
    rules = "rules: [{id: j, judge: 4}, {id: c, choose: {good: 1, bad: -1}}, {id: k, formula: n, inputs: {n: {number: {min: -9, max: -2}}}}]"
    return govrubric.loads(
        written(
            f"{item('a', '6', f'{more}rules: [{X}]')}, {item('b', '4', f'start: zero, not_applicable: rescale, {rules}')}",
            **fields,
        )
    )


def test_what_is_left_out_inside_is_assumed_to_be_nearest_to_zero() -> None:
    card = excusable("").score({"b.not_applicable": True, "a.x": 0})
    assert card.assumed == ("b.j", "b.c", "b.k.n")
    assert [card.inputs[name].value for name in card.assumed] == [Decimal(0), "good", Decimal(-2)]


def test_what_something_outside_uses_is_not_left_out() -> None:
    for rubric in (
        excusable("gates: [{id: g, when: b.j > 3, score: 0}], "),
        excusable("counts_when: b.j > 3, "),
        excusable("", grades="[{grade: A, when: b.j > 3}, {grade: B}]"),
    ):
        assert [dict(one.args)["name"] for one in wrong(rubric, {"b.not_applicable": True})] == ["b.j"]
        assert rubric.score({"b.not_applicable": True, "b.j": 4}).assumed == ("a.x", "b.c", "b.k.n")


def test_rescale_and_spread_go_together_in_one_quotient() -> None:
    """(4 + 3 + 1 ÷ 2 × (4 ÷ 5 + 3 ÷ 3)) × 10 ÷ 9 = 7.9 × 10 ÷ 9 = 8.777…"""
    text = written(
        parts_of(
            ("a", "5", ""),
            ("b", "3", ""),
            ("c", "1", "not_applicable: rescale, "),
            ("d", "1", "not_applicable: spread, "),
        )
    )
    tally = {"a.x": 1, "c.not_applicable": True, "d.not_applicable": True}
    assert score(text, tally).exact_total == Fraction(79, 9)
    assert score(text, {"a.x": 1}).exact_total == 9


@pytest.mark.parametrize("policy", ["rescale", "spread"])
def test_what_leaves_is_not_compared_and_not_averaged(policy: str) -> None:
    """10, 10 and 9 are left: 29 ÷ 3 = 9.666…, the least is 9; with all four, 8 besides, 37 ÷ 4."""
    parts = parts_of(
        ("a", "10", ""), ("b", "10", ""), ("c", "10", ""), ("d", "10", f"not_applicable: {policy}, ")
    )
    tally = {"g.c.x": 1, "g.d.x": 2}
    gone = {**tally, "g.d.not_applicable": True}
    assert score(group(parts, "combine: mean, "), gone).items["g"].base == Fraction(29, 3)
    assert score(group(parts, "combine: mean, "), tally).items["g"].base == Decimal("9.25")
    assert score(group(parts, "combine: min, "), gone).items["g"].base == 9


def test_a_gate_sets_then_lowers_then_raises() -> None:
    assert gate("score: 8, at_most: 5", 3).total == 5
    assert gate("score: 2, at_least: 4, at_most: 6", 3).total == 4
    assert codes(leaf(X, more="gates: [{id: g, when: x > 0, score: 11}], ")) == ["GR325"]


def test_a_score_that_is_taken_away_is_zero_to_others_and_stays_away() -> None:
    gates = "gates: [{id: v, when: x > 0, score: none}, {id: w, when: x > 0, at_least: 5}], "
    asking = "gates: [{id: g, when: score(a) == 0, score: 1}], "
    text = written(parts_of(("a", "6", gates), ("b", "4", asking)))
    card = score(text, {"a.x": 1})
    assert row(card.total, card.items["a"].score, card.items["a"].lost, card.items["b"].score) == (
        None,
        None,
        None,
        1,
    )
    assert row(card.items["a"].base, card.items["a"].rules[0].applied, card.items["a"].rounding) == (6, -1, 0)


def test_a_score_that_is_taken_away_reaches_only_through_what_counts() -> None:
    gates = "counts_when: x < 5, gates: [{id: v, when: x > 0, score: none}], "
    text = written(parts_of(("a", "6", gates), ("b", "4", "")))
    assert [total(text, {"a.x": cases}) for cases in (0, 1, 5)] == [10, None, 4]


def test_gates_of_what_does_not_count_hold_as_ever() -> None:
    text = written(
        parts_of(
            ("a", "6", "counts_when: x < 1, gates: [{id: g, when: x > 0, at_most: 2, grade: Z}], "),
            ("b", "4", ""),
        )
    )
    card = score(text, {"a.x": 1})
    assert row(card.items["a"].score, card.items["a"].gates[0].held, card.total, card.grade) == (
        2,
        True,
        4,
        "Z",
    )


def test_a_total_that_is_taken_away_has_no_grade_unless_a_gate_fixes_one() -> None:
    grades = {"grades": "[{grade: A, from: 5}, {grade: B}]"}
    assert gate("score: none", 3, **grades).grade is None
    assert gate("score: none, grade_at_most: B", 3, **grades).grade is None
    assert gate("score: none, grade: Z", 3, **grades).grade == "Z"


def test_gates_may_fix_a_grade_where_there_are_no_grades() -> None:
    assert row(gate("grade: Z", 2).grade, gate("grade: Z", 3).grade) == (None, "Z")


def test_gates_of_parts_come_before_those_of_the_item() -> None:
    text = leaf(
        X,
        more="gates: [{id: g, when: x > 0, grade: inner}], ",
        gates="[{id: g, when: a.x > 1, grade: outer}]",
    )
    assert [score(text, {"a.x": cases}).grade for cases in (0, 1, 2)] == [None, "inner", "outer"]


def test_a_name_is_looked_up_from_the_inside_out() -> None:
    """The fact `x` is 5, the count of the rule `x` 3, and the formula's own input `x` 1."""
    rules = (
        X,
        "{id: f, formula: 'x * 1', inputs: {x: count}}",
        "{id: h, formula: 'x * 1'}",
        "{id: k, formula: 'b_fact * 1'}",
    )
    text = leaf(
        *rules,
        more="start: zero, ceiling: none, gates: [{id: g, when: x == 3, at_least: 0}], ",
        facts="{x: count, b_fact: count}",
    )
    card = score(text, {"x": 5, "a.x": 3, "a.f.x": 1, "b_fact": 7})
    assert [card.rules[f"a.{name}"].raw for name in "fhk"] == [1, 3, 7]
    assert card.items["a"].gates[0].held


def test_a_formula_rounds_half_up() -> None:
    assert [value(f"round({digits}, 0)") for digits in ("0.5", "1.5", "2.5", "0 - 2.5")] == [1, 2, 3, -3]
