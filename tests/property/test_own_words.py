"""Lints find no difference in a rubric whose clauses are the sentences of its rules."""

from typing import get_args

from hypothesis import given
from hypothesis import strategies as st

from govrubric.diagnostics.diagnostic import Lang
from govrubric.language.rubric_text import Item, RubricText
from govrubric.language.rules._rule import Rule
from govrubric.language.rules.bands import Bands
from govrubric.language.worded import Level
from govrubric.lint import drafting
from govrubric.lint.clauses import amounts, caps, outcomes, thresholds
from govrubric.lint.structure import lint
from strategies import Sample, samples

MODULES = (amounts, caps, thresholds, outcomes)


def untitled(rule: Rule) -> Rule:
    """The rule without titles of its levels or bands, which may say anything."""
    if isinstance(rule, Bands):
        bands = tuple(band.model_copy(update={"title": None}) for band in rule.bands)
        rule = rule.model_copy(update={"bands": bands})
    if any(character.isdigit() for character in getattr(rule, "unit", None) or ""):
        rule = rule.model_copy(update={"unit": None})  # 95 in the unit 1 would be 951
    value = getattr(rule, "choose", ()) if rule.verb == "choose" else getattr(rule, "levels", ())
    levels = tuple(Level(level.name, level.points) for level in value)
    return rule.model_copy(update={rule.verb: levels}) if levels else rule


def in_own_words(item: Item, lang: Lang) -> Item:
    """The item and its parts, with the sentence of each rule as its clause."""
    rules = tuple(
        rule.model_copy(update={"clause": rule.sentence(lang) + rule.cap(lang)})
        for rule in map(untitled, item.rules)
    )
    return item.model_copy(
        update={
            "rules": rules,
            "items": tuple(in_own_words(part, lang) for part in item.items),
            "title": "T",
            "clause": None,
        }
    )


@given(samples(), st.sampled_from(get_args(Lang)))
def test_no_rule_differs_from_its_own_sentence(sample: Sample, lang: Lang) -> None:
    text: RubricText = sample.rubric._text
    indicators = tuple(in_own_words(item, lang) for item in text.indicators)
    text = text.model_copy(update={"title": "T", "indicators": indicators})
    plan, wrong = lint(text)
    assert wrong == []
    assert [finding for module in MODULES for finding in module.findings(text, plan)] == []
    assert {finding.code for finding in drafting.findings(text, plan)} <= {
        "GR409",
        "GR431",
        "GR432",
        "GR433",
        "GR434",
        "GR435",
        "GR436",
    }
