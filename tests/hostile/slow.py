"""Time grows with the size of an input: clauses, one long line, misspelt names, thousands of things of a kind."""

import json
from collections.abc import Callable
from pathlib import Path

from hostile.case import GOOD, Case

GOOD_RUBRIC = str(GOOD)
RULE = '      - {id: r, deduct: 1, per: 例, clause: "CLAUSE"}\n'
UNTOUCHED = "cases:\n  - {name: x, tally: {}, expect: {total: 1}}\n"

Texts = Callable[[], str]


def files(**texts: Texts) -> Callable[[Path], None]:
    """Files with some texts; `a_csv` is `a.csv`."""

    def build(folder: Path) -> None:
        for name, text in texts.items():
            stem, _, suffix = name.rpartition("_")
            (folder / f"{stem}.{suffix}").write_text(text(), encoding="utf-8")

    return build


def rubric(rules: str = RULE, title: str = "甲", more: str = "", weight: int = 10) -> str:
    """A rubric of one item with some rules."""
    return (
        "govrubric: 1\nid: h-2025\ntitle: T\nlanguage: zh-CN\n"
        f"total: {weight}\nround: {{places: 2, mode: half_up}}\nindicators:\n"
        f'  - id: a\n    title: "{title}"\n    weight: {weight}\n    rules:\n{rules}{more}'
    )


def items(number: int, item: str = "id: aN, title: tN, weight: 1, rules: [{id: r, deduct: 1}]") -> str:
    """A rubric of many items; N stands for the number of each."""
    lines = "".join(f"  - {{{item.replace('N', str(n))}}}\n" for n in range(number))
    return (
        f"govrubric: 1\nid: h-2025\ntitle: T\ntotal: {number}\nround: {{places: 2, mode: half_up}}\n"
        f"indicators:\n{lines}"
    )


def many(number: int, rule: str) -> str:
    """The lines of many rules; N stands for the number of each."""
    return "".join(f"      - {{{rule.replace('N', str(n))}}}\n" for n in range(number))


def clause(words: str) -> Texts:
    """A rubric whose rule, title and decision have some words."""
    decision = (
        f'ambiguities:\n  - {{id: x, at: a.r, question: q, decision: "{words}"}}\n' if words.strip() else ""
    )
    return lambda: rubric(RULE.replace("CLAUSE", f"甲{words}"), f"甲{words}", decision)


def checked(name: str, text: Texts, exit_: int = 1, *, fast: bool = False, cpu: float = 2.0) -> Case:
    """`check` of a rubric."""
    return Case(name, ("check", "r.yaml"), files(r_yaml=text), exit_, fast=fast, cpu=cpu)


def scored(
    name: str, suffix: str, text: Texts, exit_: int = 1, *, fast: bool = False, cpu: float = 2.0
) -> Case:
    """`score` of a tally with the rubric of the examples."""
    command = ("score", GOOD_RUBRIC, f"t.{suffix}")
    return Case(name, command, files(**{f"t_{suffix}": text}), exit_, fast=fast, cpu=cpu)


def _listed(number: int, entry: str) -> str:
    return ",\n".join(entry.replace("N", str(n)) for n in range(number))


BLANK, WIDE = " " * 1900, "\u3000" * 1900

CASES = [
    checked("800 blanks after 每", clause("每" + " " * 800 + "x"), 0, fast=True),
    checked("1 900 blanks after 扣", clause(f"扣{BLANK}x"), 0),
    checked("1 900 ideographic spaces after 每例", clause(f"每例{WIDE}x"), 0, fast=True),
    checked("1 900 blanks on both sides of 至", clause(f"1{BLANK}至{BLANK[:1800]}1"), 0),
    checked("1 900 blanks after an opening bracket", clause(f"({BLANK}1"), 0),
    checked("1 900 blanks after 最多", clause(f"最多{BLANK}x"), 0),
    checked("a clause of 从a中 without an end", clause("每年" + "从a中" * 600 + "x扣1分"), 0, fast=True),
    checked("a clause of numbers of twelve digits", clause("111111111111.111111111111/111111111111" * 50), 0),
    checked("a clause of 800 amounts", clause("扣1分至" * 800), 0),
    checked(
        "250 long clauses of blanks and signs",
        lambda: rubric(
            many(250, 'id: rN, deduct: 1, per: 例, clause: "N' + "每 \u3000" * 300 + '"'), "t", weight=250
        ),
        0,
    ),
    checked(
        "3 800 rules under one clause of many amounts",
        lambda: rubric(many(3800, "id: rN, deduct: N.5")).replace(
            "    rules:", '    clause: "' + "".join(f"每例扣{n}分，" for n in range(1, 90)) + '"\n    rules:'
        ),
    ),
    checked(
        "1 300 clauses, each a part of the next",
        lambda: rubric(
            many(1, "id: x, deduct: 1")
            + "".join(
                f'      - {{id: r{n}, deduct: 1, clause: "{"a" * (n // 2)}b{"a" * (n // 2)}每例扣1分"}}\n'
                for n in range(1300)
            )
        ),
    ),
    checked(
        "a title of 3 900 dots of Chinese",
        lambda: rubric("      - {id: r, deduct: 1}\n", "。" * 3900),
        0,
        fast=True,
    ),
    checked(
        "comments that allow something with 3 900 blanks",
        lambda: rubric() + f"# allow GR432{' ' * 3900}x\n" * 200,
        fast=True,
    ),
    checked("60 000 comments that allow nothing", lambda: rubric() + "# allow GR432: x\n" * 60_000),
    checked(
        "a condition of `in (` and blanks",
        lambda: rubric(many(20, 'id: rN, deduct: 1, when: "' + "in (" * 100 + " " * 500 + ') 甲 甲 甲"')),
    ),
    checked(
        "a formula of `reached(1%`", lambda: rubric(many(20, 'id: rN, formula: "' + "reached(1% " * 90 + '"'))
    ),
    checked(
        "650 formulas of 90 terms",
        lambda: items(
            650,
            "id: aN, title: tN, weight: 1, rules: [{id: r, inputs: {x: count}, formula: "
            + " + ".join("x" * 90)
            + "}]",
        ),
        0,
    ),
    checked(
        "a condition of brackets within brackets",
        lambda: rubric(many(200, 'id: rN, deduct: 1, when: "' + "(" * 400 + ")" * 400 + '"')),
    ),
    scored(
        "4 000 repeated units on one line of JSON",
        "json",
        lambda: json.dumps([{"unit": "u", "publication.documents.unlabelled": 1}] * 4000),
    ),
    scored("100 000 nulls on one line of JSON", "json", lambda: f"[{','.join(['null'] * 100_000)}]"),
    scored("500 000 numbers on one line of JSON", "json", lambda: f"[{','.join(['1'] * 500_000)}]"),
    scored(
        "60 000 unknown names in one unit of JSON",
        "json",
        lambda: json.dumps({f"publication.x{n}": 1 for n in range(40_000)}),
    ),
    scored("150 000 times one key in JSON", "json", lambda: "{" + ",".join(['"k":1'] * 150_000) + "}"),
    scored(
        "3 000 misspelt names in YAML",
        "yaml",
        lambda: "".join(f"publication.documents.unlabeled{n}: 1\n" for n in range(3000)),
        fast=True,
    ),
    checked(
        "900 misspelt places of ambiguities among 900 items",
        lambda: (
            items(900, "id: item_number_N, title: t, weight: 1, rules: [{id: r, deduct: 1}]")
            + "ambiguities:\n"
            + "".join(
                f"  - {{id: m{n}, at: item_numbre_{n}, question: q, decision: d}}\n" for n in range(900)
            )
        ),
    ),
    checked(
        "800 misspelt names in conditions",
        lambda: items(
            800,
            "id: item_number_N, title: t, weight: 1, rules: [{id: r, deduct: 1, when: item_numbre_N > 1}]",
        ),
    ),
    checked(
        "600 gates with a misspelt grade among 1 500",
        lambda: (
            items(
                600,
                "id: aN, title: t, weight: 1, rules: [{id: r, deduct: 1}], "
                "gates: [{id: g, when: r, grade_at_most: level_number_N}]",
            )
            + "grades:\n"
            + "".join(f"  - {{grade: level_numbre_{n}, from: {n}}}\n" for n in range(1500, 0, -1))
            + "  - {grade: z}\n"
        ),
    ),
    checked(
        "9 000 unknown keys", lambda: "govrubric: 1\nid: x\n" + "".join(f"titel{n}: 1\n" for n in range(9000))
    ),
    checked(
        "900 items with three misspelt keys each",
        lambda: items(900, "id: aN, titel: t, weight: 1, wieght: 1, rulez: 1, rules: [{id: r, deduct: 1}]"),
    ),
    checked(
        "3 000 misspelt names in one case of a rubric of 400 items",
        lambda: (
            items(400)
            + "cases:\n  - name: x\n    tally: {"
            + _listed(3000, "a_N.r: true")
            + "}\n    expect: {total: 1}\n"
        ),
    ),
    checked(
        "900 cases with a misspelt expectation among 700 items",
        lambda: (
            items(700)
            + "cases:\n"
            + "".join(f"  - {{name: x{n}, tally: {{}}, expect: {{a.{n}: 1}}}}\n" for n in range(900))
        ),
        cpu=5.0,  # 900 cards of 700 items; as many honest cases take as long
    ),
    checked(
        "900 cases with a misspelt choice among 3 000",
        lambda: (
            items(1, "id: a, title: t, weight: 1, rules: [{id: r, choose: {c: 1,\n CHOICES}}]").replace(
                "CHOICES", _listed(3000, "choice_number_N: 0")
            )
            + "cases:\n"
            + "".join(
                f"  - {{name: x{n}, tally: {{a.r: choice_numbre_{n}}}, expect: {{total: 1}}}}\n"
                for n in range(900)
            )
        ),
    ),
    scored(
        "20 000 columns of misspelt names",
        "csv",
        lambda: "unit," + ",".join(f"publication.x{n}" for n in range(20_000)) + "\nu" + ",1" * 20_000 + "\n",
    ),
    scored(
        "20 000 columns of one name",
        "csv",
        lambda: "unit" + ",unit" * 20_000 + "\nu" + ",1" * 20_000 + "\n",
        fast=True,
    ),
    scored(
        "a column whose name is 200 000 blanks",
        "csv",
        lambda: f"unit,publication{' ' * 200_000}x\nu,1\n",
        fast=True,
    ),
    scored("500 000 rows of one letter", "csv", lambda: "a\n" * 500_000, fast=False),
    scored(
        "100 000 short rows without their cells",
        "csv",
        lambda: "unit,publication.documents.unlabelled\n" + "u\n" * 100_000,
        fast=True,
    ),
    Case(
        "show of one item with 1 500 rules",
        ("show", "r.yaml"),
        files(r_yaml=lambda: rubric(many(1500, "id: rN, deduct: 1, per: 例, clause: 第N类每例扣1分"))),
        0,
    ),
    Case(
        "test of one item with 2 000 rules without a case",
        ("test", "r.yaml"),
        files(r_yaml=lambda: rubric(many(2000, "id: rN, deduct: 1")) + UNTOUCHED),
        cpu=4.0,  # the proofs of coverage; an honest rubric of as many rules takes as long
    ),
    Case(
        "diff of two rubrics of 700 unlike items",
        ("diff", "a.yaml", "b.yaml"),
        files(
            a_yaml=lambda: items(700),
            b_yaml=lambda: items(700, "id: bN, title: tN, weight: 1, rules: [{id: r, deduct: 1}]"),
        ),
    ),
    Case(
        "60 000 dashes in a folder",
        ("check", "."),
        files(r_yaml=lambda: "-" * 60_000 + "\n" + ", " * 100_000),
        fast=True,
    ),
    Case(
        "an object of 100 000 keys of which the last stands twice, as a card",
        ("verify", "c.json"),
        files(c_json=lambda: "{" + "".join(f'"k{n}":1,' for n in range(100_000)) + '"k99999":1}'),
    ),
]
