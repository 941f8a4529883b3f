"""A rubric whose clauses are its rules' own sentences says nothing that its numbers do not."""

from hypothesis import given

from govrubric.language.rubric_text import Item, RubricText
from govrubric.lint import drafting as lint_text
from govrubric.lint.clauses import amounts as lint_wording
from govrubric.lint.clauses import caps as lint_limits
from govrubric.lint.structure import lint
from strategies import Sample, samples


def in_own_words(item: Item) -> Item:
    """The item with each rule quoting itself in Chinese, all its parts alike."""
    rules = tuple(
        rule.model_copy(update={"clause": rule.sentence("zh") + rule.cap("zh")}) for rule in item.rules
    )
    return item.model_copy(
        update={"rules": rules, "items": tuple(map(in_own_words, item.items)), "title": "T", "clause": None}
    )


@given(samples())
def test_no_rule_differs_from_its_own_sentence(sample: Sample) -> None:
    text: RubricText = sample.rubric.text
    text = text.model_copy(update={"title": "T", "indicators": tuple(map(in_own_words, text.indicators))})
    plan, wrong = lint(text)
    assert wrong == []
    assert [*lint_wording.findings(text, plan), *lint_limits.findings(text, plan)] == []
    assert {one.code for one in lint_text.findings(text, plan)} <= {
        "GR431",
        "GR432",
        "GR433",
        "GR434",
        "GR435",
        "GR436",
    }
