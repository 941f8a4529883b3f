"""A card with exact values written by hand, its golden file, and every way to damage it."""

import copy
import json
import pickle
from collections.abc import Callable, Iterator
from decimal import Decimal, localcontext
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from govrubric import CardError, ScoreCard, loads, verify_many
from govrubric.numbers import Exact
from govrubric.scoring import card, card_json, scored_unit
from govrubric.scoring.ledger import RuleScore
from samples import RICH_TALLY, SMALL, TALLY, args, codes, forget, refused, rich, small

GOLDEN = Path(__file__).parents[1] / "golden" / "card.json"
D, F = Decimal, Fraction
E = Exact


def made() -> ScoreCard:
    return small().score(TALLY, unit="u1", name="First")


def golden() -> dict[str, Any]:
    data: dict[str, Any] = json.loads(GOLDEN.read_text("utf-8"))
    return data


@pytest.fixture(autouse=True)
def _version(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The golden card was made by version 0.0.0."""
    of_version(monkeypatch, "0.0.0")
    yield
    forget()


def of_version(monkeypatch: pytest.MonkeyPatch, version: str) -> None:
    """Be another version."""
    monkeypatch.setattr("govrubric.scoring.row_builder.__version__", version)
    monkeypatch.setattr(card, "__version__", version)
    forget()


# Damage


def resealed(data: dict[str, Any]) -> dict[str, Any]:
    """Both seals made anew, as a forger would make them."""
    data["tally_digest"] = card_json.seal({key: data[key] for key in ("unit", "name", "inputs")})
    data["digest"] = card_json.seal({key: value for key, value in data.items() if key != "digest"})
    return data


def of_golden(change: Callable[[dict[str, Any]], None], *, reseal: bool = False) -> ScoreCard:
    data = golden()
    change(data)
    return ScoreCard.from_dict(resealed(data) if reseal else data)


def set_total(data: dict[str, Any]) -> None:
    data["total"] = "9.6"


def set_exact_total(data: dict[str, Any]) -> None:
    data["exact_total"] = "6.6"


def set_assumed(data: dict[str, Any]) -> None:
    data["assumed"] = []


def set_evidence(data: dict[str, Any]) -> None:
    data["inputs"][1]["evidence"] = ["minutes p. 4", "list 7"]


def set_title(data: dict[str, Any]) -> None:
    data["items"][1]["title"] = "Play"


def set_count(data: dict[str, Any]) -> None:
    data["inputs"][1]["value"] = "4"


def set_lost(data: dict[str, Any]) -> None:
    data["items"][2]["lost"] = "0.5"


def set_sentence(data: dict[str, Any]) -> None:
    data["items"][2]["rules"][0]["sentence"] = "4 case × 0.3 = 1.2"


def set_digest(data: dict[str, Any]) -> None:
    data["digest"] = "sha256:0"


def add_key(data: dict[str, Any]) -> None:
    data["remark"] = "all is well"


@pytest.mark.parametrize(
    ("change", "at"),
    [
        (set_total, ["total"]),
        (set_exact_total, ["exact_total"]),
        (set_assumed, ["assumed"]),
        (set_evidence, ["tally_digest", "digest"]),
        (set_title, ["digest"]),
        (set_digest, ["digest"]),
        (add_key, ["remark"]),
    ],
)
def test_a_change_without_a_new_seal_is_found_without_the_rubric(
    change: Callable[[dict[str, Any]], None], at: list[str]
) -> None:
    found = of_golden(change).verify()
    assert (set(codes(found)), sorted(args(finding)["at"] for finding in found)) == ({"GR705"}, sorted(at))


@pytest.mark.parametrize(
    ("change", "at"),
    [(set_total, ["total", "digest"]), (set_assumed, ["assumed", "digest"]), (add_key, ["digest", "remark"])],
)
def test_a_line_that_follows_from_the_rest_is_found_with_any_seal(
    change: Callable[[dict[str, Any]], None], at: list[str]
) -> None:
    found = of_golden(change, reseal=True).verify()
    assert (set(codes(found)), sorted(args(finding)["at"] for finding in found)) == ({"GR705"}, sorted(at))


def test_a_sum_that_does_not_hold_is_found_with_any_seal() -> None:
    (finding,) = of_golden(set_lost, reseal=True).verify(small())
    assert (finding.code, args(finding)) == ("GR702", {"what": "lost", "stated": "0.5", "computed": "1.5"})


def test_a_card_that_is_no_tree_is_refused() -> None:
    data = golden()
    data["inputs"].pop()
    (finding,) = refused(CardError, lambda: ScoreCard.from_dict(data))
    assert (finding.code, args(finding)) == ("GR703", {"missing": "bonus.judged"})


def test_a_score_past_its_bound_is_found_with_any_seal() -> None:
    def change(data: dict[str, Any]) -> None:
        data["items"][2]["ceiling"] = "2"

    (finding,) = of_golden(change, reseal=True).verify()
    assert (finding.code, args(finding)) == ("GR704", {"score": "2.5", "bound": "2"})


def test_a_card_of_another_rubric_is_refused() -> None:
    other = loads(SMALL.replace("deduct: 0.3", "deduct: 0.4"))
    (finding,) = made().verify(other)
    assert (finding.code, args(finding)["stated"]) == ("GR706", golden()["rubric"]["digest"])


@pytest.mark.parametrize(
    ("change", "at"),
    [
        (set_title, "work.title"),
        (set_sentence, "work.papers.missing.sentence"),
        (set_count, "work.papers.missing.raw"),
    ],
)
def test_what_scoring_anew_does_not_give_is_found(change: Callable[[dict[str, Any]], None], at: str) -> None:
    found = of_golden(change, reseal=True).verify(small())
    assert set(codes(found)) == {"GR707"}
    assert at in [args(finding)["at"] for finding in found]


def test_inputs_that_the_rubric_refuses_are_found() -> None:
    def change(data: dict[str, Any]) -> None:
        data["inputs"][6]["value"] = "0.25"

    assert codes(of_golden(change, reseal=True).verify(small())) == ["GR609"]


def test_a_card_of_another_engine_may_differ_in_its_number_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    old = ScoreCard.from_json(GOLDEN.read_text("utf-8"))
    of_version(monkeypatch, "9.9.9")
    assert old.verify(small()) == ()


def test_of_a_card_of_the_same_engine_the_seal_is_computed_anew_too() -> None:
    found = of_golden(set_title, reseal=True).verify(small())
    assert [(finding.code, args(finding)["at"]) for finding in found] == [
        ("GR707", "work.title"),
        ("GR707", "digest"),
    ]


@pytest.mark.parametrize(("change", "at"), [(set_title, ["work.title"]), (set_sentence, [])])
def test_of_a_card_of_another_engine_seal_and_sentences_may_differ_and_nothing_else(
    change: Callable[[dict[str, Any]], None], at: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    old = of_golden(change, reseal=True)
    of_version(monkeypatch, "9.9.9")
    assert [(place.code, args(place)["at"]) for place in old.verify(small())] == [
        ("GR707", place) for place in at
    ]


@pytest.mark.parametrize("text", ["", "{}", "[]", "null", '{"card": 1}'])
def test_a_text_that_is_no_card_is_refused(text: str) -> None:
    assert codes(refused(CardError, lambda: ScoreCard.from_json(text))) in (["GR640"], ["GR701"])


# The card as text


def test_the_card_is_written_as_the_golden_file() -> None:
    assert made().to_json() == GOLDEN.read_text("utf-8")


def test_a_card_that_was_written_down_is_equal_and_proves_itself() -> None:
    again = ScoreCard.from_json(GOLDEN.read_text("utf-8"))
    assert (again == made(), again.verify(), again.verify(small()), again.to_json() == made().to_json()) == (
        True,
        (),
        (),
        True,
    )


def test_a_card_that_was_scored_proves_itself() -> None:
    assert (made().verify(), made().verify(small())) == ((), ())


def test_what_a_card_was_read_from_may_change_afterwards() -> None:
    data = golden()
    read = ScoreCard.from_dict(data)
    data["items"][1]["title"] = "Play"
    assert read.verify(small()) == ()


# Values


@pytest.mark.parametrize("read", [False, True])
def test_the_totals(read: bool) -> None:
    card = ScoreCard.from_json(GOLDEN.read_text("utf-8")) if read else made()
    assert (card.total, card.exact_total, card.maximum, card.unit, card.name) == (
        D("6.6"),
        E(93, 14),
        E(10),
        "u1",
        "First",
    )
    assert (card.assumed, type(card.total), type(card.exact_total)) == (
        ("work.papers.absent",),
        Decimal,
        Exact,
    )


@pytest.mark.parametrize(
    ("path", "values"),
    [
        ("", (D(10), D(10), D(0), D(10), F(93, 14), F(-3, 70), D("6.6"), D("3.4"), D("6.6"))),
        ("work", (D(7), D(7), D(0), D(7), F(65, 14), D(0), F(51, 14), F(47, 14), F(51, 14))),
        ("work.papers", (D(4), D(4), D(0), D(4), D(4), D(0), D("2.5"), D("1.5"), D("2.5"))),
        ("work.index", (D(3), D(7), D(0), D(7), D(7), D(0), D(5), D(2), F(15, 7))),
        ("bonus", (D(3), D(3), D(0), D(3), D(0), D(0), D(3), D(0), D(3))),
    ],
)
def test_the_ledger_of_each_item(path: str, values: tuple[Exact, ...]) -> None:
    item = made().items[path]
    assert (
        item.weight,
        item.out_of,
        item.floor,
        item.ceiling,
        item.base,
        item.rounding,
        item.score,
        item.lost,
        item.contribution,
    ) == values


def test_the_words_of_an_item() -> None:
    item = made().items["work"]
    assert (item.title, item.clause, item.assessed_by, item.parts) == (
        "Work",
        "Work counts seven.",
        "the office",
        ("work.papers", "work.index"),
    )


@pytest.mark.parametrize(
    ("path", "verb", "sentence", "values"),
    [
        ("work.late", "deduct", "yes, 1 off", (D(-1), D(-1), D(0), F(51, 14))),
        ("work.papers.missing", "deduct", "5 case × 0.3 = 1.5", (D("-1.5"), D("-1.5"), D(0), D("2.5"))),
        ("work.papers.absent", "forfeit", "no", (D(0), D(0), D(0), D("2.5"))),
        ("work.index.gap", "deduct", "2 gap × 1 = 2", (D(-2), D(-2), D(0), D(5))),
        ("bonus.used", "award", "city 2 piece × 1 + province 1 piece × 2 = 4", (D(4), D(3), D(1), D(3))),
        ("bonus.judged", "judge", "judged 0.5", (D("0.5"), D(0), D("0.5"), D(3))),
    ],
)
def test_the_effect_of_each_rule(path: str, verb: str, sentence: str, values: tuple[Exact, ...]) -> None:
    rule: RuleScore = made().rules[path]
    assert (rule.verb, rule.sentence, (rule.raw, rule.applied, rule.absorbed, rule.balance)) == (
        verb,
        sentence,
        values,
    )


def test_a_forfeit_takes_what_is_left() -> None:
    card = small().score({**TALLY, "work.papers.absent": True})
    absent = card.rules["work.papers.absent"]
    assert (absent.raw, absent.applied, absent.balance, card.items["work.papers"].score, card.total) == (
        E("-2.5"),
        E("-2.5"),
        E(0),
        E(0),
        D("4.1"),
    )


def test_the_inputs_with_their_evidence() -> None:
    inputs = made().inputs
    assert list(inputs)[:3] == ["work.late", "work.papers.missing", "work.papers.absent"]
    assert inputs["work.papers.missing"] == (
        "work.papers.missing",
        None,
        "count",
        "case",
        5,
        False,
        ("minutes p. 3", "list 7"),
        "two of them in June",
    )
    assert inputs["work.papers.absent"] == ("work.papers.absent", None, "flag", None, False, True, (), None)
    assert inputs["bonus.judged"].value == D("0.5")


def test_a_tally_of_plain_dotted_values_gives_the_same_card() -> None:
    """Plain tallies are read the short way, others the long way."""
    dotted: dict[str, Any] = {
        "work.late": True,
        "work.papers.missing": 5,
        "work.index.gap": 2,
        "bonus.used.city": 2,
        "bonus.used.province": 1,
        "bonus.judged": "0.5",
    }
    nested: dict[str, Any] = {
        "work": {"late": True, "papers.missing": 5, "index": {"gap": 2}},
        "bonus": {"used": {"city": 2, "province": 1}, "judged": D("0.50")},
    }
    short = small().score({**dotted, "bonus.judged": D("0.5")})
    assert short.to_json() == small().score(dotted).to_json() == small().score(nested).to_json()


def test_a_tally_of_every_input_assumes_nothing() -> None:
    whole = dict.fromkeys(
        ("work.papers.missing", "work.index.gap", "bonus.used.city", "bonus.used.province", "bonus.judged"), 0
    )
    assert small().score({**whole, "work.late": False, "work.papers.absent": False}).assumed == ()


def test_a_card_reads_no_decimal_context() -> None:
    with localcontext() as context:
        context.prec = 2
        assert made().to_json() == GOLDEN.read_text("utf-8")


def test_the_explanation_is_in_the_rubrics_language_or_another() -> None:
    card = made()
    assert [card.explain(language).splitlines()[1] for language in (None, "en", "zh-CN")] == [
        "total  6.6 / 10  (lost 3.4)",
        "total  6.6 / 10  (lost 3.4)",
        "总分  6.6 / 10（失分3.4）",
    ]


# Gates, grades, and what does not apply


def richly(**changes: Any) -> ScoreCard:
    return rich().score({**RICH_TALLY, **changes})


def read_again(card: ScoreCard) -> ScoreCard:
    return ScoreCard.from_json(card.to_json())


@pytest.mark.parametrize(
    ("changes", "total", "grade"),
    [
        ({}, "60", "Fair"),
        ({"desk.calls.missed": 0}, "87", "Good"),
        ({"desk.calls.missed": 5}, "72", "Fair"),
        ({"desk.calls.missed": 15}, "42", "Poor"),
        ({"class": "A"}, "60", "Fair"),
    ],
)
def test_the_total_and_its_grade(changes: dict[str, Any], total: str, grade: str) -> None:
    """Calls bring 30 less 2 for each missed, scaled by 60/40; tests bring 42."""
    assert (richly(**changes).total, richly(**changes).grade) == (D(total), grade)
    assert (read_again(richly(**changes)).total, read_again(richly(**changes)).grade) == (D(total), grade)


@pytest.mark.parametrize("read", [False, True])
def test_a_void_card_has_no_total_and_proves_itself(read: bool) -> None:
    card = read_again(richly(served=False)) if read else richly(served=False)
    assert (card.total, card.exact_total, card.grade) == (None, None, "Closed")
    assert (repr(card), card.verify(), card.verify(rich())) == ("<ScoreCard rich no score>", (), ())


@pytest.mark.parametrize(
    ("path", "values"),
    [
        ("", (D(69), D(60), D(40), D(60), True, True)),
        ("desk", (D(27), D(27), D(33), D(27), True, True)),
        ("desk.calls", (D(30), D(18), D(12), D(18), True, True)),
        ("desk.mail", (D(0), D(0), D(0), D(0), False, True)),
        ("desk.visits", (D(0), D(4), D(6), D(0), True, False)),
        ("tests", (D(42), D(42), D(0), D(42), True, True)),
        ("tests.second", (D(0), D(20), D(20), D(20), True, True)),
        ("tests.more", (D(0), D(2), D(0), D(2), True, True)),
    ],
)
def test_the_ledger_of_items_that_are_out_of_the_ordinary(
    path: str, values: tuple[Exact | bool, ...]
) -> None:
    item = richly().items[path]
    assert (item.base, item.score, item.lost, item.contribution, item.applies, item.counts) == values


def test_the_bounds_of_a_group_with_an_extra_part() -> None:
    item = richly().items["tests"]
    assert (item.out_of, item.floor, item.ceiling) == (E(40), E(0), E(45))


def test_what_does_not_apply_is_assumed_where_the_tally_leaves_it_out() -> None:
    card = richly()
    assert (card.assumed, card.inputs["desk.mail.replied"].value) == (("desk.mail.replied",), E(0))


def test_a_choice_and_a_flag_stand_among_the_inputs_as_they_were_given() -> None:
    inputs = richly().inputs
    assert inputs["class"] == ("class", None, "choice", None, "B", False, (), None)
    assert inputs["served"] == ("served", None, "flag", None, True, False, (), None)


@pytest.mark.parametrize(
    "changes",
    [{}, {"served": False}, {"class": "A"}, {"desk.mail.not_applicable": False, "desk.mail.replied": "12.5"}],
)
def test_a_rich_card_proves_itself(changes: dict[str, Any]) -> None:
    card = richly(**changes)
    assert (card.verify(rich()), read_again(card).verify(rich()), read_again(card) == card) == ((), (), True)


@pytest.mark.parametrize(
    ("path", "value", "found"),
    [
        (("grade",), "Good", [("GR707", "grade")]),
        (("items", 0, "gates", 0, "voids"), False, [("GR707", "closed.voids")]),
        (("items", 0, "gates", 1, "when"), "desk.calls.missed > 9", [("GR707", "capped.when")]),
        (("items", 0, "gates", 1, "sentence"), "at most 70", [("GR707", "capped.sentence")]),
        (("items", 4, "counts_when"), "class == 'C'", [("GR707", "desk.visits.counts_when")]),
        (("items", 4, "rules", 0, "when"), "true", [("GR707", "desk.visits.held.when")]),
        (
            ("inputs", 1, "value"),
            "A",
            [("GR707", "desk.visits.counts"), ("GR707", "desk.visits.contribution")],
        ),
    ],
)
def test_a_change_that_keeps_every_sum_is_found_with_the_rubric(
    path: tuple[str | int, ...], value: object, found: list[tuple[str, str]]
) -> None:
    data = richly().to_dict()
    inner: Any = data
    for key in path[:-1]:
        inner = inner[key]
    inner[path[-1]] = value
    findings = ScoreCard.from_dict(resealed(data)).verify(rich())
    assert set(found) <= {(finding.code, args(finding)["at"]) for finding in findings}


def test_the_explanation_of_a_chinese_rubric_is_in_chinese_unless_told() -> None:
    card = loads("language: zh-CN\n" + SMALL).score(TALLY)
    assert [card.explain(language).splitlines()[1] for language in (None, "en")] == [
        "总分  6.6 / 10（失分3.4）",
        "total  6.6 / 10  (lost 3.4)",
    ]


# The object


@pytest.mark.parametrize("name", ["total", "_scored", "_record", "remark"])
def test_a_card_does_not_change(name: str) -> None:
    with pytest.raises(AttributeError, match=r"^a score card does not change"):
        setattr(made(), name, 1)
    with pytest.raises(AttributeError, match=r"^a score card does not change"):
        delattr(made(), name)


def test_a_copy_has_everything() -> None:
    for original in (made(), ScoreCard.from_json(GOLDEN.read_text("utf-8"))):
        for again in (pickle.loads(pickle.dumps(original)), copy.copy(original), copy.deepcopy(original)):
            assert (
                again == original,
                hash(again) == hash(original),
                again.verify(small()),
                again.explain() == original.explain(),
            ) == (True, True, (), True)


def test_a_damaged_card_stays_damaged_in_a_copy() -> None:
    assert codes(pickle.loads(pickle.dumps(of_golden(set_digest))).verify()) == ["GR705"]


def test_cards_are_equal_when_all_that_is_written_is_equal() -> None:
    other = small().score(TALLY, unit="u2", name="First")
    assert (
        made() == made(),
        made() == other,
        made() == small().score({"bonus.judged": 0}),
        made() == "card",
    ) == (True, False, False, False)
    assert len({made(), made(), other}) == 2


def test_a_card_shows_itself_briefly() -> None:
    assert (repr(made()), repr(small().score({"bonus.judged": 1}))) == (
        "<ScoreCard small u1 6.6>",
        "<ScoreCard small 8>",
    )


@pytest.mark.parametrize("label", ["unit", "name"])
def test_a_label_that_is_no_text_is_a_mistake_of_the_caller(label: str) -> None:
    with pytest.raises(TypeError, match=f"{label} is text, not int"):
        small().score({"bonus.judged": 1}, **{label: 3})  # type: ignore[arg-type] # a checker refuses it


# Many cards, and other words


def test_cards_are_compared_and_hashed_without_writing_them(monkeypatch: pytest.MonkeyPatch) -> None:
    cards = [small().score({"bonus.judged": 0, "work.index.gap": gaps}) for gaps in (0, 9, 9, 10)]
    monkeypatch.setattr(card_json, "to_dict", None)
    monkeypatch.setattr(scored_unit.Template, "written", None)
    assert [cards[1] == other for other in cards] == [False, True, True, False]
    assert cards[1].total == cards[3].total  # the same total from other inputs
    assert len(set(cards)) == 3


def test_cards_of_equal_rubrics_are_equal_and_those_of_others_are_not() -> None:
    again = loads(SMALL).score(TALLY, unit="u1", name="First")
    other = loads(SMALL.replace("Small form", "Other form")).score(TALLY, unit="u1", name="First")
    assert (made() == again, hash(made()) == hash(again), made() == other) == (True, True, False)


def test_a_tally_that_gives_every_input_in_another_way_gives_an_equal_card() -> None:
    every: dict[str, Any] = {
        name: known.default or 0 for name, known in small().inputs.items() if known.kind != "flag"
    }
    every |= {"work.late": False, "work.papers.absent": False}
    nested: dict[str, Any] = {
        "work": {"late": False},
        **{name: value for name, value in every.items() if name != "work.late"},
    }
    assert small().score(every) == small().score(nested) == small().score({**every, "bonus.judged": "0.00"})


def test_rows_are_equal_when_cards_are() -> None:
    read = ScoreCard.from_json(made().to_json())
    assert (read.items, read.rules, read.gates, read.inputs) == (
        made().items,
        made().rules,
        made().gates,
        made().inputs,
    )


def test_a_card_names_its_rubric_and_its_engine() -> None:
    for one in (made(), ScoreCard.from_json(made().to_json())):
        said = (one.rubric_id, one.rubric_digest, one.scoring_digest, one.engine_version, one.digest)
        rubric = small()
        assert said == ("small", rubric.digest, rubric.scoring_digest, "0.0.0", golden()["digest"])


@pytest.mark.parametrize("indent", [None, 0, 1, 4])
def test_a_card_may_be_written_with_any_indent(indent: int | None) -> None:
    text = made().to_json(indent=indent)
    assert len(text.splitlines()) == (1 if indent is None else 354)
    assert ScoreCard.from_json(text) == made()
    assert ScoreCard.from_json(text).verify(small()) == ()


def test_of_what_the_command_writes_a_single_card_is_read() -> None:
    head = {"rubric": {"id": "small"}}
    assert ScoreCard.from_json(json.dumps({**head, "cards": [golden()]})).verify(small()) == ()
    (finding,) = refused(
        CardError, lambda: ScoreCard.from_json(json.dumps({**head, "cards": [golden(), golden()]}))
    )
    assert (finding.code, finding.path) == ("GR701", ("cards",))
    assert "govrubric.read_cards reads a file of several" in finding.message()
    assert "govrubric.read_cards" in finding.message("zh")


def test_a_card_of_other_words_has_its_figures_verified_and_a_warning() -> None:
    other = loads(SMALL.replace("Small form", "Other form").replace("per: case", "per: report"))
    findings = made().verify(other)
    assert [(finding.code, finding.severity) for finding in findings] == [("GR710", "warning")]
    assert [row.total for row in made().marginal(other)] == [row.total for row in made().marginal()]


def test_a_forged_figure_is_found_by_a_rubric_of_other_words() -> None:
    forged = golden()
    set_count(forged)
    forged["digest"] = card_json.seal({key: value for key, value in forged.items() if key != "digest"})
    other = loads(SMALL.replace("Small form", "Other form"))
    assert "GR707" in codes(ScoreCard.from_dict(forged).verify(other))
    assert ("title",) not in {finding.path[-1:] for finding in ScoreCard.from_dict(forged).verify(other)}


def test_many_cards_are_verified_at_once_and_a_unit_has_one() -> None:
    twice = small().score({"bonus.judged": 1}, unit="u1")
    nameless = small().score({"bonus.judged": 1})
    found = verify_many([made(), twice, nameless, nameless], small())
    assert [codes(findings) for findings in found] == [[], ["GR633"], [], []]
    assert [codes(findings) for findings in verify_many([made()])] == [[]]
