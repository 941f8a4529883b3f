"""Lints find no difference in a rubric whose clauses are the sentences of its rules."""

from hypothesis import given

from govrubric.language.rubric_text import Item, RubricText
from govrubric.lint import drafting
from govrubric.lint.clauses import amounts, caps
from govrubric.lint.structure import lint
from strategies import Sample, samples


def in_own_words(item: Item) -> Item:
    """The item and its parts, with the Chinese sentence of each rule as its clause."""
    rules = tuple(
        rule.model_copy(update={"clause": rule.sentence("zh") + rule.cap("zh")}) for rule in item.rules
    )
    return item.model_copy(
        update={"rules": rules, "items": tuple(map(in_own_words, item.items)), "title": "T", "clause": None}
    )


@given(samples())
def test_no_rule_differs_from_its_own_sentence(sample: Sample) -> None:
    text: RubricText = sample.rubric._text
    text = text.model_copy(update={"title": "T", "indicators": tuple(map(in_own_words, text.indicators))})
    plan, wrong = lint(text)
    assert wrong == []
    assert [*amounts.findings(text, plan), *caps.findings(text, plan)] == []
    assert {finding.code for finding in drafting.findings(text, plan)} <= {
        "GR431",
        "GR432",
        "GR433",
        "GR434",
        "GR435",
        "GR436",
    }
