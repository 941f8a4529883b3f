"""The rows of a card say in words, in both languages, what each rule and gate does."""

from fractions import Fraction
from typing import Any

import pytest

from govrubric import loads
from govrubric.diagnostics.diagnostic import Lang
from govrubric.language.gates_text import Gate
from govrubric.language.rules._rule import Value
from govrubric.numbers import Exact
from govrubric.scoring.card import ScoreCard
from govrubric.scoring.ledger import RuleScore
from govrubric.scoring.sentences import RuleSentences, Slot, gate_sentence
from samples import RICH, RICH_TALLY, TALLY, rich, small

D = Exact


def rule_in(card: ScoreCard, path: str, lang: Lang) -> RuleScore:
    """A rule's row with its sentence in a language."""
    (row,) = (rule for item in card._spoken(lang).items for rule in item.rules if rule.path == path)
    return row


# Rules


@pytest.mark.parametrize(
    ("path", "english", "chinese"),
    [
        ("work.papers.missing", "5 case × 0.3 = 1.5", "5 case×0.3分=1.5分"),
        ("work.late", "yes, 1 off", "是，扣1分"),
        ("bonus.judged", "judged 0.5", "评定0.5分"),
    ],
)
def test_a_sentence_is_made_in_the_language_asked_for(path: str, english: str, chinese: str) -> None:
    card = small().score(TALLY)
    assert (rule_in(card, path, "en").sentence, rule_in(card, path, "zh").sentence) == (english, chinese)


@pytest.mark.parametrize(("language", "sentence"), [("en", "judged 0.5"), ("zh-CN", "评定0.5分")])
def test_a_sentence_is_in_the_rubrics_language_unless_told(language: str, sentence: str) -> None:
    rubric = loads(f"language: {language}\n" + small().to_text().replace("language: en\n", ""))
    rule = rubric.score(TALLY).rules["bonus.judged"]
    assert rule.sentence == sentence


def test_a_sentence_that_was_written_down_stays_as_it_was() -> None:
    card = small().score(TALLY)
    read = ScoreCard.from_json(card.to_json())
    path = "work.papers.missing"
    assert rule_in(read, path, "zh").sentence == rule_in(card, path, "en").sentence == "5 case × 0.3 = 1.5"


def test_sentences_are_kept_and_the_keeping_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("govrubric.scoring.sentences.REMEMBERED", 2)
    (item,) = (item for item in small()._plan.items if item.path == "work.papers")
    sentences = RuleSentences(item.rules[0].rule, (Slot(0, 1, ()),), item.full, 10, 2, "en")
    assert [sentences[-3 * count, count] for count in (1, 2, 3, 4)] == [
        "1 case × 0.3 = 0.3",
        "2 case × 0.3 = 0.6",
        "3 case × 0.3 = 0.9",
        "4 case × 0.3 = 1.2",
    ]
    assert list(sentences) == [(-12, 4)]
    assert sentences[-12, 4] is sentences[-12, 4]


def test_a_rule_counts_unless_told() -> None:
    assert RuleScore("fine", None, "deduct", None, None, (), "0", D(0), D(0), D(0), D(0)).counted is True


@pytest.mark.parametrize(("lang", "sentence"), [("en", "given 3, not counted"), ("zh", "填报3，不计")])
def test_a_rule_that_is_not_counted_says_what_was_given(lang: Lang, sentence: str) -> None:
    text = RICH.replace("when: served", "when: class == 'A'")
    card = loads(text).score({**RICH_TALLY, "desk.visits.held": 3})
    rule = rule_in(card, "desk.visits.held", lang)
    assert (rule.counted, rule.sentence) == (False, sentence)


@pytest.mark.parametrize(
    ("rules", "given", "sentence"),
    [
        ("{id: r, choose: {good: 100, poor: 40}, when: 1 > 2}", {"r": "poor"}, "given poor, not counted"),
        (
            "{id: r, award: {city: 50, county: 20}, per: piece, when: 1 > 2}",
            {"r.city": 1, "r.county": 2},
            "given 1, 2, not counted",
        ),
        ("{id: r, award: 100, when: 1 > 2}", {"r": True}, "given yes, not counted"),
        ("{id: r, judge: 100, when: 1 > 2}", {"r": D("7.50")}, "given 7.5, not counted"),
    ],
)
def test_what_was_given_is_said_by_name_or_in_digits(
    rules: str, given: dict[str, Any], sentence: str
) -> None:
    text = "govrubric: 1\nid: r\ntitle: R\ntotal: 100\nround: {places: 0, mode: half_up}\n"
    rubric = loads(f"{text}indicators: [{{id: a, title: A, weight: 100, rules: [{rules}]}}]\n")
    (rule,) = rubric.score({f"a.{name}": value for name, value in given.items()}).rules.values()
    assert rule.sentence == sentence


@pytest.mark.parametrize(
    ("slot", "whole", "value"),
    [
        (Slot(1, 1, ()), 7, Fraction(7)),
        (Slot(0, 100, ()), 250, Fraction(5, 2)),
        (Slot(2, 1, ("poor", "good")), 1, "good"),
        (Slot(0, 1, (), flag=True), 1, Fraction(1)),
    ],
)
def test_a_slot_gives_the_value_that_a_whole_number_stands_for(slot: Slot, whole: int, value: Value) -> None:
    assert slot.value(whole) == value


# Gates

EVERY_EFFECT = [
    ({"score": "none"}, "no score", "不予计分"),
    ({"score": Fraction(0)}, "score 0", "得分定为0分"),
    ({"score": Fraction(7, 2)}, "score 3.5", "得分定为3.5分"),
    ({"at_most": Fraction(59)}, "at most 59", "不超过59分"),
    ({"at_least": Fraction(60)}, "at least 60", "不低于60分"),
    (
        {"at_most": Fraction(80), "at_least": Fraction(60)},
        "at least 60, at most 80",
        "不低于60分，不超过80分",
    ),
    ({"grade": "C"}, "grade C", "等次定为“C”"),
    ({"grade_at_most": "B"}, "grade at most B", "等次不高于“B”"),
    (
        {
            "score": Fraction(1),
            "at_least": Fraction(0),
            "at_most": Fraction(2),
            "grade": "C",
            "grade_at_most": "B",
        },
        "score 1, at least 0, at most 2, grade C, grade at most B",
        "得分定为1分，不低于0分，不超过2分，等次定为“C”，等次不高于“B”",
    ),
]


@pytest.mark.parametrize(("fields", "english", "chinese"), EVERY_EFFECT)
def test_a_gate_says_everything_that_it_does(fields: dict[str, Any], english: str, chinese: str) -> None:
    gate = Gate.model_validate({"id": "g", "when": "true", **fields})
    assert (gate_sentence(gate, "en"), gate_sentence(gate, "zh")) == (english, chinese)


def test_the_gates_of_a_card_say_what_they_do_whether_they_held_or_not() -> None:
    gates = rich().score(RICH_TALLY).items[""].gates
    assert [(gate.path, gate.voids, gate.held, gate.effect, gate.sentence) for gate in gates] == [
        ("closed", True, False, D(0), "no score, grade Closed"),
        ("capped", False, True, D(-9), "at most 60, grade at most Fair"),
    ]
