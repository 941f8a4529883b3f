"""Characters that nobody can see, or that a terminal or a format acts on: refused coming in, escaped going out."""

import json
from pathlib import Path

from hostile.case import GOOD, ROOT, Build, Case
from hostile.deep import SCORES, writes

ZERO_WIDTH, ESCAPE, HANGUL, TAG, VARIANT, PRIVATE = (
    "\u200b",
    "\x1b[31m",
    "\u3164",
    "\U000e0041",
    "葛\U000e0100",
    "\ue000",
)
UNSEEN = {
    "an escape": "\x1b[2J",
    "a right-to-left override": "\u202e",
    "a filler of Hangul": HANGUL,
    "a half-width filler": "\uffa0",
    "a selector of emoji": "❤\ufe0f",
    "a selector of a Chinese variant": VARIANT,
    "a tag": TAG,
    "a Mongolian separator": "\u180e",
    "a combining joiner": "\u034f",
    "a soft hyphen": "\xad",
    "a line separator": "\u2028",
    "a noncharacter": "\U0010ffff",
}
# Texts that make a line, a cell, a tag or a command of their own where they are printed as they are.
LINES = "\nFORGED::error file=x::y | `a` <b>z</b> [l](u) $m$ \t#h"
FORGED = ("\nFORGED", "\n::error file=x", "\t")


def rubric(text: str) -> str:
    """A rubric that has a text wherever an author writes one."""
    words = json.dumps(f"x{text}", ensure_ascii=False)
    return f"""\
govrubric: 1
id: forged
title: {words}
language: en
total: 10
round: {{places: 1, mode: half_up}}
source: {{issuer: {words}, document: {words}}}
note: {words}
facts: {{kind: {{choice: [{words}, b]}}}}
grades:
  - {{grade: {words}, from: 5, when: kind == 'b'}}
  - {{grade: low}}
indicators:
  - id: a
    title: {words}
    assessed_by: {words}
    clause: {words}
    weight: 6
    rules: [{{id: r, clause: {words}, deduct: 0.5, per: {words}}}]
    gates: [{{id: g, when: a.r > 3, at_most: 2, clause: {words}}}]
  - {{id: b, title: {words}, weight: 4, rules: [{{id: j, judge: 4, clause: {words}}}]}}
ambiguities: [{{id: am, at: a, clause: {words}, question: {words}, decision: {words}, options: [{words}, other]}}]
cases: [{{name: {words}, note: {words}, tally: {{a.r: 4, b.j: 1, kind: b}}, expect: {{total: 9}}}}]
"""


def tallies(text: str) -> str:
    words = json.dumps(f"x{text}", ensure_ascii=False)
    said = json.dumps(f"x{text}".replace("\n", "").replace("\t", ""), ensure_ascii=False)  # it has one line
    return (
        f"- {{unit: {said}, name: {words}, a.r: {{value: 4, evidence: [{words}], note: {words}}}, b.j: 1, kind: b}}\n"
        "- {unit: y, a.r: 1, b.j: 2, kind: b}\n"
    )


def forged(folder: Path) -> None:
    (folder / "r.yaml").write_text(rubric(LINES), "utf-8")
    (folder / "newer.yaml").write_text(rubric(LINES + "!").replace("deduct: 0.5", "deduct: 0.7"), "utf-8")
    (folder / "t.yaml").write_text(tallies(LINES), "utf-8")


def named(name: str, text: str) -> Build:
    """A file whose name nobody would wish for."""
    return lambda folder: (folder / name).write_text(text, "utf-8")


def out(name: str, *command: str, code: int = 0, never: tuple[str, ...] = (), fast: bool = False) -> Case:
    """Forged lines, going out."""
    unsaid = (*FORGED, *never)
    return Case(f"forged lines in {name}", command, forged, code, never=unsaid, honest="score", fast=fast)


CASES = [
    *(
        Case(
            f"{name} in a comment of a rubric", ("check", "r.yaml"),
            writes("r.yaml", f"# {text}\n" + GOOD.read_text("utf-8")), says=("[GR105]", "r.yaml:1:"),
            fast=text is HANGUL,
        )
        for name, text in UNSEEN.items()
    ),
    *(
        Case(
            f"{name} as an escape in a key of a tally in {suffix}", ("score", str(GOOD), f"t.{suffix}"),
            writes(f"t.{suffix}", f"{{{json.dumps('publication.documents.late' + text)}: 1}}\n"),
            says=("[GR105]",),
        )
        for suffix in ("json", "yaml")
        for name, text in list(UNSEEN.items())[1:3]
    ),
    *(
        Case(
            f"{name} in the {column} of a CSV, for {command}", (command, str(GOOD), "t.csv", *rest),
            writes("t.csv", "unit,name\nu1,a\n".replace(column, f"{column}{text}", 1)),
            says=("[GR105]",), honest="batch" if rest else "score",
        )
        for name, text in list(UNSEEN.items())[5:7]
        for command, rest in (("score", ()), ("batch", ("out.csv",)))
        for column in ("u1",)
    ),
    *(
        Case(
            f"{name} as {given} from Python", ("python", "-c", f"{SCORES}\nx = {text!r}\nrefused(lambda: {call})"), says=("[GR105]",),
            honest="python", fast=(given, text) == ("a unit", HANGUL),
        )
        for name, text in (("a filler of Hangul", HANGUL), ("half a character", "\ud800"))
        for given, call in (
            ("a unit", "R.score(OK, unit='u' + x)"),
            ("a name", "R.score(OK, name='u' + x)"),
            ("evidence", "R.score({**OK, next(iter(OK)): {'value': 1, 'evidence': ['p', x]}})"),
            ("a note", "R.score({**OK, next(iter(OK)): {'value': 1, 'note': x}})"),
            ("the title on a card", "govrubric.ScoreCard.from_dict({**card(), 'name': x})"),
            ("a case of a rubric", "govrubric.loads(open(" + repr(str(GOOD)) + ").read() + '\\ncases: [{name: ' + x + ', tally: {}, expect: {}}]')"),
        )
    ),
    Case(
        "a file named with an escape and a filler", ("check", f"a{ESCAPE}{HANGUL}.yaml"), named(f"a{ESCAPE}{HANGUL}.yaml", "a"),
        says=("\\u001b[31m\\u3164.yaml:1:1",), fast=True,
    ),
    *(
        Case(
            f"a file named as a command of GitHub, as {form}", ("check", "--format", form, "a\n::error::b,c:%0A.yaml"),
            named("a\n::error::b,c:%0A.yaml", "a"), says=(says,), never=("\n::error::",),
        )
        for form, says in (("github", "file=a⏎%3A%3Aerror%3A%3Ab%2Cc%3A%250A.yaml"), ("text", "a⏎::error"), ("line", "a⏎::error"))
    ),
    *(
        Case(f"an escape as {name}", command, exit=2, says=("1b[31m",), honest="score", fast=fast)
        for name, command, fast in (
            ("a command", (ESCAPE,), False),
            ("an option", ("check", f"--{ESCAPE}{HANGUL}"), True),
            ("a rubric", ("show", f"{ESCAPE}{HANGUL}"), False),
            ("the older rubric", ("diff", f"{ESCAPE}{HANGUL}", "2023-district"), True),
            ("a language", ("show", "2023-district", "--lang", f"zh-{ESCAPE}{TAG}"), False),
            ("a unit", ("explain", "2023-district", str(ROOT / "examples" / "2023-districts.csv"), "--unit", ESCAPE), False),
            ("an id", ("new", "--from", "2023-district", "--id", f"a{ESCAPE}", "--year", "2025"), False),
        )
    ),
    Case("an escape in a folder to write to", ("schema", "--out", f"no/{ESCAPE}{HANGUL}"), exit=74, says=("\\u001b[31m\\u3164",)),
    out("a table of scores", "score", "r.yaml", "t.yaml", fast=True),
    out("an explanation", "explain", "r.yaml", "t.yaml", "--marginal", fast=True),
    out("an outline", "show", "r.yaml"),
    out("a blank tally", "show", "r.yaml", "--blank", "yaml"),
    out("a what-if", "whatif", "r.yaml", "t.yaml"),
    out("a comparison", "diff", "r.yaml", "newer.yaml", "--tally", "t.yaml", code=1),
    out("a memo in Markdown", "diff", "r.yaml", "newer.yaml", "--tally", "t.yaml", "--format", "markdown", code=1,
        never=("<b>", " `a`", " $m$", "[l]("), fast=True),
    out("failing cases", "test", "r.yaml", code=1),
    out("failing cases as JUnit", "test", "r.yaml", "--junit", "/dev/stdout", code=1),
    out("annotations of GitHub", "check", "--format", "github", "r.yaml", code=1),
    out("SARIF", "check", "--format", "sarif", "r.yaml", code=1),
    out("a new rubric", "new", "--from", "r.yaml", "--id", "x", "--year", "2030"),
    Case(
        "rare characters for private use, and of the second plane, are shown as they are", ("score", "r.yaml", "t.yaml"),
        lambda folder: (
            (folder / "r.yaml").write_text(rubric(f"{PRIVATE}\U00020bb7"), "utf-8"),
            (folder / "t.yaml").write_text(tallies(f"{PRIVATE}\U00020bb7"), "utf-8"),
        ), 0, (f"{PRIVATE}\U00020bb7",), honest="score",
    ),
]  # fmt: skip
