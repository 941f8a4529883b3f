"""The grammar of English clauses, as far as plain wording goes: parts, then forms in their order."""

import re
from fractions import Fraction

from govrubric.lint.clauses.forms import Form, Grammar
from govrubric.lint.clauses.numerals import amount_of

WORDS = {
    word: Fraction(value)
    for value, word in enumerate(
        [
            "zero",
            "one",
            "two",
            "three",
            "four",
            "five",
            "six",
            "seven",
            "eight",
            "nine",
            "ten",
            "eleven",
            "twelve",
        ]
    )
} | {"a": Fraction(1), "an": Fraction(1), "fifteen": Fraction(15), "twenty": Fraction(20)}
HALF = Fraction(1, 2)
_NUMBER = rf"\d+(?:\.\d+)?(?:/\d+)?|\b(?:half|{'|'.join(WORDS)})\b"

PARTS = {
    "DIGITS": r"(?<![\w.])\d{1,12}+(?:\.\d{1,12}+)?+(?:/\d{1,12}+)?+",
    "WORD": r"(?<!\w)(?:half an?|half|zero|one|two|three|four|five|six|seven|eight|nine|ten|eleven"
    r"|twelve|fifteen|twenty)(?!\w)",
    "N": r"(?P<amount><DIGITS>|<WORD>)",
    "NOUN": r"[ -](?:points?|marks?|pts?)(?!\w)",
    "POINTS": r"(?P<amount><DIGITS>|<WORD>|(?<!\w)an?(?= (?:point|mark)\b))<NOUN>",
    "BE": r"(?: (?:are|is|will be|shall be|to be|be))?",
    "WORDS": r"(?!(?:or|of|the|than|are|is|were|and|in|on|to|a|an|for|earns?|scores?|gets?|receives?"
    r"|loses?|costs?|if|no)\b)[a-z]+",
    "UNIT": r" ?(?P<unit>%|percentage points?|per ?cent|points?|<WORDS>)",
}  # fmt: skip

FORMS = (
    Form("full", r"\(<POINTS>\)", ("(",), {"Training plan (5 points)": "=5"}),
    Form("full", r"\bout of <N>(?:<NOUN>)?", ("out of",), {"Marked out of 20": "=20"}),
    Form("full", r"\b(?:worth|total:?|full marks:) <POINTS>", ("worth", "total", "full marks"),
         {"The essay is worth 20 marks": "=20"}),
    Form("whole", r"\bfull (?:marks|points|credit)\b", ("full",), {"Full marks if on time": "whole"}),
    Form("nothing", r"\bnot (?:be )?scored\b|\bscor(?:es?|ed) (?:zero|0(?![.\d])|nothing)|\b(?:no"
         r"|zero) (?:points|marks|credit)\b"
         r"(?!(?: are| is| will be)? (?:deducted|taken|lost|off))|\b(?:earns?|worth|gets?"
         r"|receives?) nothing|\bforfeits? all\b",
         ("scor", "no ", "zero", "nothing", "forfeit"),
         {"Late work is not scored": "nothing", "No marks for copies": "nothing",
         "Copied work earns nothing": "nothing"}),
    Form("cap", r"\b(?:up to|at most|maximum|max\.?|(?:no|not) more than|not exceeding"
         r"|not (?:to )?exceed|capped at|limited to)(?: of)?"
         r"(?: an? (?:maximum|total) of)? <N>(?:<NOUN>|(?= ?[,.;)]| ?$))", ("up to", "most", "max",
         "more than", "exceed", "capped", "limited"),
         {"up to 10 points": "≤10", "capped at 5 marks": "≤5", "at most 8": "≤8"}),
    Form("cap", r"<N>(?:<NOUN>)? (?:at (?:the )?most|in all|in total|maximum|max\b)", ("most", "in all",
         "in total", "max"),
         {"15 in all": "≤15", "ten at most": "≤10"}),
    Form("floor", r"\b(?:until|down to) (?:zero|0|nothing)\b(?: is reached)?|\b(?:not"
         r"|never) (?:go )?below (?:zero|0)\b",
         ("zero", "0", "nothing"), {"taken off down to zero": "floor"}),
    Form("unlimited", r"\bwithout (?:any )?limit\b|\bno (?:upper )?limit\b", ("limit",),
         {"added without limit": "unlimited"}),
    Form("judged", r"\bat the [a-z]+(?:['’]s?)? discretion|\bas the [a-z]+ sees? fit|\bdiscretionary\b"
         r"|\bjudged(?= (?:by|from|on)\b)",
         ("discretion", "fit", "judged"), {"as the panel sees fit": "judged"}),
    Form("begun", r"\bin proportion\b|\bpro rata\b|\bproportional(?:ly)?\b", ("propo", "pro rata"),
         {"in proportion": "begun-share"}),
    Form("begun", r"\bor part (?:thereof|of (?:it|one))\b|\bbegun or whole\b"
         r"|\bcounts? (?:as )?(?:a )?whole\b", ("part", "whole"),
         {"each hour or part thereof": "begun-up"}, sign=1),
    Form("begun", r"(?<=every )full|(?<=each )full|(?<=per )full", ("full",),
         {"2 points off for every full hour": "-2/hour begun-down"}, sign=-1),
    Form("multiple", r"\bdoubled\b", ("doubled",), {"the points are doubled": "×2"}, amount=Fraction(2)),
    Form("highest", r"\bonly the (?:highest|best|most)\b|\bwhichever (?:gives|is) (?:more|higher)\b"
         r"|\bthe highest [a-z]{1,12} counts\b",
         ("only the", "whichever", "highest"), {"Only the highest award counts": "highest"}),
    Form("verdict", r"\b(?P<unit>unsatisfactory|insufficient|disqualified|non-compliant|unqualified)\b",
         ("satis", "suff", "quali", "compl"),
         {"is rated unsatisfactory": "verdict:unsatisfactory"}),
    Form("range", r"<N>(?: ?- ?| to )(?P<amount2><DIGITS>|<WORD>)<NOUN>", ("point", "mark", "pt"),
         {"Deduct 2 to 5 points": "~-2 ~-5"},
         before=r"(?P<verb>deduct|lose|minus|add)s? $"),
    Form("effect", r"<POINTS><BE> (?:off|deducted|taken(?: off| away)?|subtracted|lost|removed)\b", ("off",
         "deducted", "taken", "subtr", "lost", "remov"),
         {"0.5 points off per day": "-0.5/day", "2 points are deducted": "-2"}, sign=-1),
    Form("effect", r"\b(?:deducts?|loses?|minus|subtracts?|costs?|(?:penalty|deduction) of|reduced by"
         r"|takes? off) <POINTS>",
         ("deduct", "lose", "minus", "subtract", "cost", "penalty", "reduced", "off"),
         {"Each error costs 1 point": "-1/error", "Late reports lose 1 point once": "-1"}, sign=-1),
    Form("effect", r"<POINTS> (?:deduction|penalty)\b", ("deduction", "penalty"),
         {"a 2-point penalty": "-2"}, sign=-1),
    Form("effect", r"<N> off\b", ("off",), {"4 off for every 15 minutes": "-4/15minutes"}, sign=-1),
    Form("effect", r"<POINTS><BE> (?:added|extra|bonus)\b", ("added", "extra", "bonus"),
         {"One point is added": "+1"}, sign=1),
    Form("effect", r"\b(?:adds?|bonus of|plus) <POINTS>", ("add", "bonus", "plus"),
         {"Bonus of 2 points": "+2"}, sign=1),
    Form("effect", r"\b(?:earns?|scores?|receives?|gains?|gets?|awards?|gives?|brings?) <POINTS>",
         ("earn", "score", "receive", "gain", "get", "award", "give", "bring"),
         {"A certificate earns 5 points": "5"}),
    Form("effect", r"<POINTS><BE> (?:awarded|given|granted|credited)\b", ("awarded", "given", "granted",
         "credited"), {"5 points are awarded": "5"}),
    Form("effect", r"<POINTS>(?= (?:per|each|for (?:each|every))\b)", ("per", "each", "every"),
         {"3 points per contract": "3/contract"}),
    Form("effect", r"<N>(?= for (?:each|every)\b)", ("for each", "for every"),
         {"3 for each similar contract": "3/similar_contract"}),
    Form("bound", r"\b(?:at least|no less than|not less than|no fewer than|a minimum of) <N>(?:<UNIT>)?",
         ("at least", "than", "minimum"),
         {"at least 99.9%": ">=99.9%"}, relation=">="),
    Form("bound", r"\b(?:below|less than|fewer than|under) <N>(?! (?:added|off)\b)(?:<UNIT>)?",
         ("below", "than", "under"),
         {"below 95%": "<95%"}, relation="<"),
    Form("bound", r"\b(?:no|not) more than <N>(?:<UNIT>)?", ("more than",),
         {"no more than 3 faults": "<=3faults"}, relation="<="),
    Form("bound", r"\b(?:within|up to) <N>(?:<UNIT>)?", ("within", "up to"), {"within 4 hours": "<=4hours"},
         relation="<="),
    Form("bound", r"\b(?:more than|over|above|exceeding|exceeds|beyond) <N>(?:<UNIT>)?", ("than", "over",
         "above", "exceed", "beyond"),
         {"more than 3 incidents": ">3incidents"}, relation=">"),
    Form("bound", r"<N>(?P<unit>%| <WORDS>(?= or ))? or (?:more|above|higher|over)(?: (?P<unit2><WORDS>))?",
         ("or more", "or above", "or higher", "or over"),
         {"three or more defects": ">=3defects"}, relation=">="),
    Form("figure", r"<POINTS>", ("point", "mark", "pt"), {"10 points remain": "(10)"}),
)  # fmt: skip

VAGUE = r"\bjudged\b|discretion|sees? fit|in proportion|doubled|\bpart of\b|\bshare\b|times\b"
r"|\bhalf of\b|\d%? of\b|tenths?\b"


def numbers_in(text: str) -> frozenset[Fraction]:
    """Every number of a text, in digits or words: English names points without saying so (12 at 500 ms)."""
    found = map(number, re.findall(_NUMBER, text.lower()))
    return frozenset(one for one in found if one is not None)


def number(text: str) -> Fraction | None:
    """Digits or words -> the number; half a is one half."""
    plain = text.lower()
    return HALF if plain.startswith("half") else WORDS.get(plain) or amount_of(plain)


GRAMMAR = Grammar(
    PARTS,
    FORMS,
    takes="(?i)deduct|lose|minus",
    gives="(?i)add",
    vague=VAGUE,
    number=number,
    flags=re.IGNORECASE,
)
