"""Lints find no difference in a rubric whose clauses are the sentences of its rules."""

from hypothesis import given

from govrubric.language.rubric_text import Item, RubricText
from govrubric.language.rules._rule import Rule
from govrubric.language.rules.bands import Bands
from govrubric.language.worded import Level
from govrubric.lint import drafting
from govrubric.lint.clauses import amounts, caps
from govrubric.lint.structure import lint
from strategies import Sample, samples


def untitled(rule: Rule) -> Rule:
    """The rule without titles of its levels or bands, which may say anything."""
    if isinstance(rule, Bands):
        bands = tuple(band.model_copy(update={"title": None}) for band in rule.bands)
        return rule.model_copy(update={"bands": bands})
    value = getattr(rule, "choose", ()) if rule.verb == "choose" else getattr(rule, "levels", ())
    levels = tuple(Level(level.name, level.points) for level in value)
    return rule.model_copy(update={rule.verb: levels}) if levels else rule


def in_own_words(item: Item) -> Item:
    """The item and its parts, with the Chinese sentence of each rule as its clause."""
    rules = tuple(
        rule.model_copy(update={"clause": rule.sentence("zh") + rule.cap("zh")})
        for rule in map(untitled, item.rules)
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
        "GR409",
        "GR431",
        "GR432",
        "GR433",
        "GR434",
        "GR435",
        "GR436",
    }
