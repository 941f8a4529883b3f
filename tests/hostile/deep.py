"""Depth without end, mappings in themselves, numbers of thousands of digits, and classes that do what they like."""

import json
from collections.abc import Callable
from functools import cache
from pathlib import Path

import govrubric
from hostile.case import GOOD, Build, Case

DEPTH = 100_000
LONG = "9" * 5000

# A program that scores a tally by the rubric `R`, and prints what refuses it.
SCORES = f"""
import govrubric, sys
from decimal import Decimal
from fractions import Fraction
from collections.abc import Mapping
R = govrubric.load({str(GOOD)!r})
OK = {{name: 1 for name, one in R.inputs.items() if one.required}}
def card(): return R.score(OK).to_dict()
def refused(act):
    try:
        act()
    except govrubric.GovrubricError as error:
        print(error)
        sys.exit(1)
    print("not refused")
"""


@cache
def good_card() -> str:
    rubric = govrubric.load(GOOD)
    return rubric.score(
        {name: 1 for name, one in rubric._inputs.items() if one.required}, unit="u1"
    ).to_json()


def writes(name: str, text: str | Callable[[], str]) -> Build:
    """A builder of a file; a text that is large is made only then."""

    def build(folder: Path) -> None:
        made = text if isinstance(text, str) else text()
        (folder / name).write_text(made, "utf-8", newline="")

    return build


def card_with(text: str) -> Build:
    """A card with one more member."""
    return writes(
        "card.json", lambda: good_card().rstrip().removesuffix("}").rstrip() + f', "more": {text}}}\n'
    )


def python(name: str, body: str, *says: str, fast: bool = False) -> Case:
    return Case(name, ("python", "-c", SCORES + body), says=says, honest="python", fast=fast)


def summed(digits: int) -> str:
    """A card whose first rule took two fractions of so many digits."""
    text = good_card()
    first, second = "1/" + "7" * (digits - 3), "-1/" + "3" * (digits - 4) + "1"
    return text.replace('"raw": "', f'"raw": "{first}", "was": "', 1).replace(
        '"absorbed": "0"', f'"absorbed": "{second}"', 1
    )


def coprime() -> str:
    """A card with an item of many rules, each of which took a fraction of its own."""
    data = json.loads(good_card())
    item = next(item for item in data["items"] if item["rules"])
    rule = item["rules"][0]
    item["rules"] = [
        {**rule, "path": f"{rule['path']}{number}", "applied": f"1/{10**1000 + 2 * number + 7}"}
        for number in range(2000)
    ]
    return json.dumps(data)


def dotted_path(dots: int) -> str:
    """A card with an item that lies so deep."""
    data = json.loads(good_card())
    data["items"][1]["path"] = ".".join("a" * (dots + 1))
    data["items"][0]["parts"][0] = data["items"][1]["path"]
    return json.dumps(data)


NESTED = {
    "lists": "[" * DEPTH + "]" * DEPTH,
    "lists that are not closed": "[" * DEPTH,
    "mappings": '{"a":' * DEPTH + "1" + "}" * DEPTH,
}
CASES = [
    *(
        Case(f"a JSON tally of nested {name}", ("score", str(GOOD), "t.json"), writes("t.json", text), says=("GR121",))
        for name, text in NESTED.items()
    ),
    *(
        Case(f"a card of nested {name}", ("verify", "card.json"), writes("card.json", text), says=("GR121",))
        for name, text in NESTED.items()
    ),
    *(
        Case(f"a rubric of nested {name}", ("check", "r.yaml"), writes("r.yaml", text), says=("GR1",))
        for name, text in {
            "flow lists on a line each": "a:\n" + " [\n" * 2000,
            "block lists": "- " * 1900 + "x",
            "block mappings": "".join(f"{' ' * depth}a:\n" for depth in range(1000)),
            "flow mappings": "{a: " * 900,
            "mappings with keys that are lists": "? [" * 900,
        }.items()
    ),
    Case(
        "a YAML tally nested without end", ("score", str(GOOD), "t.yaml"),
        writes("t.yaml", lambda: "{a: " * 600 + "1" + "}" * 600), says=("GR121",),
    ),
    Case(
        "a cases file nested without end", ("test", "x.cases.yaml"),
        writes("x.cases.yaml", lambda: f"govrubric: 1\nrubric: {GOOD}\ncases:\n  - name: a\n    tally: " + "{a: " * 900),
        says=("GR1",),
    ),
    Case("a card with a member nested 40 deep", ("verify", "card.json"), card_with("[" * 40 + "]" * 40), says=("GR121",), fast=True),
    Case("a card with a member nested 900 deep", ("verify", "card.json"), card_with("[" * 900 + "]" * 900), says=("GR121",)),
    Case(
        "a file of cards whose head is nested without end", ("verify", "card.json"),
        writes("card.json", lambda: f'{{"rubric": {NESTED["lists"]}, "cards": [{good_card()}]}}'), says=("GR121",),
    ),
    Case(
        "a file of cards of which one is nested without end", ("verify", "card.json"),
        writes("card.json", lambda: f'{{"cards": [{good_card()}, {NESTED["mappings"]}]}}'), says=("GR121", "u1: "),
    ),
    # Numbers
    Case(
        "a card whose version has 5 000 digits", ("verify", "card.json"),
        writes("card.json", lambda: good_card().replace('"card": 1', f'"card": {LONG}')), says=("GR701",),
    ),
    Case(
        "a card whose version has a million digits", ("verify", "card.json"),
        writes("card.json", lambda: good_card().replace('"card": 1', f'"card": {LONG * 200}')), says=("GR701",),
    ),
    Case(
        "a card with a fraction of 5 000 digits", ("verify", "card.json"),
        writes("card.json", lambda: good_card().replace('"maximum": "20"', f'"maximum": "1/{LONG}"')), says=("GR701",),
        fast=True,
    ),
    Case(
        "a card whose sum would have more digits than Python writes", ("verify", "card.json", str(GOOD)),
        writes("card.json", lambda: summed(3999)), says=("GR702",), fast=True,
    ),
    Case(
        "a card whose 2 000 fractions have no common denominator", ("verify", "card.json"),
        writes("card.json", coprime), says=("GR701",),
    ),
    Case(
        "a card with paths of a million dots", ("verify", "card.json"),
        writes("card.json", lambda: dotted_path(1_000_000)), says=("GR701",),
    ),
    *(
        Case(
            f"a JSON tally with {name}", ("score", str(GOOD), "t.json"),
            writes("t.json", f'{{"publication.documents.unlabelled": {value}}}'), says=("GR603",),
        )
        for name, value in {
            "a count of 5 000 digits": LONG,
            "a count of 10^999999999": "1e999999999",
            "a count that is a list of 30 lists": "[" * 30 + "]" * 30,
        }.items()
    ),
    Case(
        "a YAML tally with a fraction of 3 000 digits", ("score", str(GOOD), "t.yaml"),
        writes("t.yaml", lambda: f"publication.documents.unlabelled: 1/{LONG[:3000]}\n"), says=("GR603",),
    ),
    Case(
        "a rubric with a fraction of 3 000 digits", ("check", "r.yaml"),
        writes("r.yaml", lambda: GOOD.read_text("utf-8").replace("total: 20", f"total: 1/{LONG[:3000]}")), says=("GR220",),
    ),
    # In Python
    python("a dict in itself as a tally", "d = {}; d['a'] = d\nrefused(lambda: R.score(d))", "GR121", fast=True),
    python("a dict twice in itself as a tally", "d = {}; d['a'] = d; d['b'] = d\nrefused(lambda: R.score(d))", "GR121"),
    python(
        "a dict in itself as a tally for the total alone",
        "d = {}; d['a'] = d; d['b'] = d\nrefused(lambda: R.total(d))", "GR121",
    ),
    python(
        "a dict in itself as a value, its evidence and its note",
        "d = {}; d.update(value=d, evidence=[d], note=d)\nrefused(lambda: R.score({**OK, next(iter(R.inputs)): d}))",
        "GR612",
    ),
    python("a list in itself as a tally", "l = []; l.append(l)\nrefused(lambda: R.score(l))", "GR613"),
    python(
        "a list in itself as evidence",
        "l = []; l.append(l)\nrefused(lambda: R.score({**OK, next(iter(R.inputs)): {'value': 1, 'evidence': l}}))", "GR612",
    ),
    python(
        "a mapping that holds a million values by holding twenty twice",
        "d = {}\nfor _ in range(20): d = {'a': d, 'b': d, 'c': 1}\nrefused(lambda: R.score(d))", "GR122",
    ),
    python("a million names that are no inputs", "refused(lambda: R.score({f'x{n}': n for n in range(10**6)}))", "GR122"),
    python("a dict in itself as a card", "d = {}; d['a'] = d\nrefused(lambda: govrubric.ScoreCard.from_dict(d))", "GR701"),
    python(
        "a list in itself within a card", "d = card(); l = []; l.append(l); d['more'] = l\n"
        "refused(lambda: govrubric.ScoreCard.from_dict(d))", "GR121", fast=True,
    ),
    python(
        "a list twice in itself within a card", "d = card(); l = []; l += [l, l]; d['more'] = l\n"
        "refused(lambda: govrubric.ScoreCard.from_dict(d))", "GR121",
    ),
    python(
        "a card that holds ten million values by holding a few twice",
        "l = 1\nfor _ in range(24): l = [l, l]\nrefused(lambda: govrubric.ScoreCard.from_dict({**card(), 'more': l}))", "GR122",
    ),
    *(
        python(
            f"a judged number that is {value}",
            f"refused(lambda: R.score(dict.fromkeys(OK, {value})))", "GR615", fast=fast,
        )
        for value, fast in {
            "Fraction(10**5000, 3)": True,
            "Fraction(3, 10**5000 + 1)": False,
            "Decimal('1e999999999')": False,
            "Decimal('sNaN')": False,
            "'1/' + '9' * 5000": False,
        }.items()
    ),
    *(
        python(
            f"a {name} whose methods raise",
            f"class Odd({base}):\n    def no(self, *_): raise RuntimeError('called')\n    {names} = no\n"
            f"odd = {made}\nrefused(lambda: R.score({{**OK, **{given}}}))",
            code,
            fast=name == "mapping",
        )
        for name, base, names, made, given, code in (
            ("mapping", "Mapping", "__getitem__ = __iter__ = __len__", "Odd()", "{'publication': odd}", "GR613"),
            ("dict", "dict", "items = keys = values = __iter__", "Odd(a=1)", "{'publication': odd}", "GR613"),
            ("text", "str", "__str__ = __repr__ = __getitem__ = __format__ = __len__", "Odd('x')", "dict.fromkeys(OK, odd)", "GR615"),
            ("whole number", "int", "__str__ = __repr__ = __abs__ = __lt__ = __int__", "Odd(1)", "dict.fromkeys(OK, odd)", "GR615"),
            ("decimal", "Decimal", "as_tuple = __str__ = __repr__", "Odd('1')", "dict.fromkeys(OK, odd)", "GR615"),
        )
    ),
    *(
        python(
            f"{name}, and the host lets {limit} calls nest",
            f"{body}\nold = sys.getrecursionlimit()\nsys.setrecursionlimit({limit})\n"
            f"try:\n    act()\nexcept govrubric.GovrubricError as error:\n    sys.setrecursionlimit(old)\n    print(error)\n    sys.exit(1)",
            "GR121",
        )
        for limit in (100,)
        for name, body in {
            "a tally in itself": "d = {}; d['a'] = d\nact = lambda: R.score(d)",
            "a card in itself": "d = card(); d['more'] = d\nact = lambda: govrubric.ScoreCard.from_dict(d)",
            "a card of nested lists": "text = '[' * 10**5\nact = lambda: govrubric.ScoreCard.from_json(text)",
            "a rubric of nested lists": "text = '- ' * 1900 + 'x'\nact = lambda: govrubric.loads(text)",
        }.items()
    ),
    python(
        "a card in itself, deep in the stack of the host",
        "d = card(); d['more'] = d\n"
        "def down(n): return down(n - 1) if n else govrubric.ScoreCard.from_dict(d)\nrefused(lambda: down(900))", "GR121",
    ),
    python(
        "a host that lets Python write 640 digits",
        "sys.set_int_max_str_digits(640)\nrefused(lambda: R.score(dict.fromkeys(OK, Fraction(10**700, 3))))", "GR615",
    ),
]  # fmt: skip
