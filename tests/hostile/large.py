"""Memory, and the length of what is printed: long ids, millions of tiny values, thousands of findings."""

import json
from pathlib import Path

from hostile.case import GOOD, Case, nothing
from hostile.slow import checked, files, items, many, rubric, scored

GOOD_RUBRIC = str(GOOD)


def _deep(length: int) -> str:
    """A rubric of 14 levels, each with an id of a length, and 300 rules in the last."""
    lines = ["govrubric: 1\nid: x\ntitle: t\ntotal: 1\nround: {places: 2, mode: half_up}\nindicators:"]
    for level in range(14):
        pad = "  " * (2 * level + 1)
        lines.append(f"{pad}- id: {'a' * length}\n{pad}  title: t\n{pad}  weight: 1")
        lines.append(f"{pad}  {'items' if level < 13 else 'rules'}:")
    lines += [f"{'  ' * 28}- {{id: r{n}, deduct: 1}}" for n in range(300)]
    return "\n".join(lines) + "\n"


def _titles(number: int) -> str:
    """A rubric with a misspelt key in each of many items."""
    return items(number, "id: aN, titel: tN, weight: 1, rules: [{id: r, deduct: 1}]")


def _sarif(folder: Path) -> None:
    """The log is JSON and says how many findings it has not."""
    text = (folder / "out.txt").read_text("utf-8")
    (run,) = json.loads(text)["runs"]
    assert len(text) < 100_000, len(text)
    assert len(run["results"]) <= 100, len(run["results"])
    assert run["results"][-1]["ruleId"] == "GR100"


def _json(folder: Path) -> None:
    text = (folder / "out.txt").read_text("utf-8")
    found = json.loads(text)
    assert len(text.encode()) < 100_000, len(text)
    assert found[-1]["message"].startswith("… and "), found[-1]


def told(form: str) -> Case:
    """900 findings about a rubric, in a form."""
    after = {"json": _json, "sarif": _sarif}.get(form, nothing)
    return Case(
        f"900 items with a misspelt key, as {form}",
        ("check", "r.yaml", "--format", form),
        files(r_yaml=lambda: _titles(900)),
        says=("more findings in this file",),
        shell="| tee out.txt",
        fast=form in ("json", "sarif"),
        after=after,
    )


CASES = [
    checked("ids of 3 800 characters on 14 levels", lambda: _deep(3800), fast=True),
    checked("ids of 64 characters on 14 levels", lambda: _deep(64)),
    checked(
        "200 ids of 3 800 characters",
        lambda: items(200, "id: " + "a" * 3800 + "N, title: t, weight: 1, rules: [{id: r, deduct: 1}]"),
    ),
    checked("1 MiB of comments", lambda: "#\n" * 500_000, fast=True),
    checked("1 MiB of blank lines", lambda: "\n" * 1_000_000, fast=True),
    checked("1 MiB of comments after a rubric", lambda: GOOD.read_text("utf-8") + "#\n" * 490_000),
    scored("340 000 empty lists in JSON", "json", lambda: f"[{','.join(['[]'] * 340_000)}]"),
    scored("340 000 empty objects in JSON", "json", lambda: f"[{','.join(['{}'] * 340_000)}]"),
    scored("1 MiB of blank lines as CSV", "csv", lambda: "unit,x\n" + "\n" * 1_000_000),
    scored(
        "40 000 rows of one unit",
        "csv",
        lambda: (
            "unit,publication.documents.unlabelled,platform.website.inspection,platform.service.assessed\n"
            + "u,1,1,1\n" * 40_000
        ),
        cpu=4.0,  # every row is scored, so that all findings are told; as many honest rows take five
    ),
    *(
        Case(
            name,
            ("verify", "c.json"),
            files(c_json=text),
            fast=fast,
        )
        for name, text, fast in (
            ("a card of 2 700 000 empty lists", lambda: f"[{','.join(['[]'] * 2_700_000)}]", False),
            (
                "a list of cards that are numbers",
                lambda: f'{{"cards":[{",".join(["1"] * 3_000_000)}]}}',
                True,
            ),
            ("100 000 cards without anything", lambda: f'{{"cards":[{",".join(["{}"] * 100_000)}]}}', False),
            ("8 MiB of blank lines as a card", lambda: "\n" * 8_000_000, False),
        )
    ),
    *(told(form) for form in ("text", "line", "json", "sarif", "github")),
    Case(
        "900 items with a misspelt key, in Chinese",
        ("check", "r.yaml", "--lang", "zh"),
        files(r_yaml=lambda: _titles(900)),
        says=("此文件另有 1701 处问题未列出",),
    ),
    Case(
        "test of a rubric with 900 errors",
        ("test", "r.yaml"),
        files(r_yaml=lambda: _titles(900)),
        says=("more findings in this file",),
    ),
    Case(
        "1 700 failing cases",
        ("test", "r.yaml"),
        files(
            r_yaml=lambda: (
                items(20)
                + "cases:\n"
                + "".join(f"  - {{name: c{n}, tally: {{}}, expect: {{total: 19}}}}\n" for n in range(1700))
            )
        ),
        says=("… and 1601 more findings in this file", "1700 failed"),
    ),
    Case(
        "test of 2 000 options of which no case has any",
        ("test", "r.yaml"),
        files(
            r_yaml=lambda: (
                items(1, "id: a, title: t, weight: 1, rules: [{id: r, choose: {c: 1,\n CHOICES}}]").replace(
                    "CHOICES", ",\n".join(f"choice_number_{n}: 0" for n in range(2000))
                )
                + "cases:\n  - {name: x, tally: {a.r: c}, expect: {total: 1}}\n"
            )
        ),
        0,
    ),
    Case(
        "diff with a rubric of 900 errors",
        ("diff", "r.yaml", "r.yaml"),
        files(r_yaml=lambda: _titles(900)),
        2,
        says=("more findings in this file",),
    ),
    Case(
        "prove of a rubric with 900 errors",
        ("prove", "r.yaml"),
        files(r_yaml=lambda: _titles(900)),
        says=("more findings in this file",),
    ),
    Case(
        "fmt of a file of 4 000 repeated keys",
        ("fmt", "r.yaml"),
        files(r_yaml=lambda: "govrubric: 1\n" + "a: 1\n" * 4000),
        says=("more findings in this file",),
    ),
    Case(
        "900 errors as an exception's text",
        ("python", "-c", "import govrubric\ntry: govrubric.load('r.yaml')\nexcept ValueError as e: print(e)"),
        files(r_yaml=lambda: _titles(900)),
        0,
        says=("more findings in this file",),
        honest="python",
    ),
    Case(
        "900 errors in pytest",
        ("python", "-m", "pytest", "-q", "-p", "no:cacheprovider", "r.yaml"),
        files(r_yaml=lambda: _titles(900)),
        says=("more findings in this file",),
        honest="python",
    ),
    checked(
        "a finding about a line of bidirectional signs",
        lambda: rubric(many(1, 'id: r, deduct: 1, clause: "' + "\u202e" * 3000 + '"')),
        fast=True,
    ),
    checked(
        "a key of 3 800 letters that stands twice",
        lambda: f"govrubric: 1\n{'x' * 3800}: 1\n{'x' * 3800}: 1\n",
    ),
]
