"""The words around an effect in English -> whether it repeats, and for what: per day, for every 3 cases."""

import re
from fractions import Fraction

from govrubric.lint.clauses.english_forms import number
from govrubric.lint.clauses.units import Repeats

_STOP = (
    "that|of|beyond|below|above|over|which|who|with|without|if|and|or|by|in|on|when|to|not|is|are"
    "|costs?|earns?|loses?"
    "|after|before|between|from|for|at|brings?|adds?|scores?|gets?"
)
_NOUNS = rf"(?P<unit>%|(?!(?:{_STOP})\b)[a-z]+(?: (?!(?:{_STOP}|late)\b)[a-z]+){{0,2}})"
_EACH = rf"(?:(?P<each>\d+(?:\.\d+)?|two|three|four|five|ten) ?)?{_NOUNS}"
_AFTER = (
    rf",? ?(?:per|for each|for every|each|every|a(?= (?:day|week|month|hour)\b)) (?:full |further )?{_EACH}"
)
_BEFORE = rf"\b(?:each|every) (?:full |further )?{_EACH}[^,.;]{{0,30}}?,? ?$"
_EACH_OF_WHAT = r",? ?(?:for )?(?:each|every|per)\b"
_OPEN = r"\b(?:first|second|third)\b"


def around(text: str, begin: int, end: int, previous: int) -> Repeats:
    """What an effect of the characters `begin` to `end` repeats for; before `previous` nothing is sought."""
    found = re.match(_AFTER, text[end : end + 80], re.IGNORECASE)
    before = re.split("[;.](?!\\d)", text[max(previous, begin - 80) : begin])[-1]
    found = found or re.search(_BEFORE, before, re.IGNORECASE)
    if found is None:
        is_open = re.search(_OPEN, before, re.IGNORECASE) or re.match(_EACH_OF_WHAT, text[end : end + 12])
        return Repeats(None if is_open else False)
    each = number(found["each"]) if found["each"] else None
    return Repeats(True, found["unit"], found["unit"], each or Fraction(1))
