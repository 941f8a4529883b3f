"""What an editor shows of a rubric: the language server for YAML, as authors have it, with our schema.

`python tests/editor/language_server.py [FOLDER]` installs yaml-language-server by npm into FOLDER, or a temporary one, opens texts
over LSP and prints each check; it exits 1 if any fails.
"""

import json
import re
import shutil
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
PATIENCE = 300  # seconds, after which a server that says nothing is ended
PACKAGE = "yaml-language-server@1.25.0"
# The settings of the manual; and no look for schemas on the network.
PAGE = (ROOT / "docs" / "editor.md").read_text("utf-8")
(MANUAL,) = re.findall(r"```json\n(.*?)```", PAGE, re.DOTALL)
SETTINGS = {"yaml": {"schemas": json.loads(MANUAL)["yaml.schemas"], "schemaStore": {"enable": False}}}
START = Path("node_modules/yaml-language-server/bin/yaml-language-server")


class Server:
    """A language server over its standard input and output; what it says unasked is kept until it is asked for."""

    def __init__(self, folder: Path, work: Path) -> None:
        self.work = work
        command = ["node", str(folder / START), "--stdio"]
        self.process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
        )
        self.patience = threading.Timer(PATIENCE, self.process.kill)
        self.patience.daemon = True
        self.patience.start()
        self.number = 0
        self.findings: dict[str, list[dict[str, Any]]] = {}
        snippets = {
            "completion": {"completionItem": {"snippetSupport": True, "documentationFormat": ["markdown"]}}
        }
        self.ask(
            "initialize",
            processId=None,
            rootUri=work.as_uri(),
            capabilities={"textDocument": {**snippets, "hover": {"contentFormat": ["markdown"]}}},
        )
        self.tell("initialized")
        self.tell("workspace/didChangeConfiguration", settings={})

    def tell(self, method: str, **params: Any) -> None:
        self._send({"method": method, "params": params})

    def ask(self, method: str, **params: Any) -> Any:
        self.number += 1
        self._send({"id": self.number, "method": method, "params": params})
        while (message := self._hear()).get("id") != self.number or "method" in message:
            self._note(message)
        if "error" in message:
            raise RuntimeError(f"{method}: {message['error']}")
        return message["result"]

    def open(self, name: str, text: str) -> tuple[str, list[dict[str, Any]]]:
        """A text as a new document: its address, and what the server finds in it."""
        uri = (self.work / (name if "/" in name else f"forms/{name}")).as_uri()
        self.findings.pop(uri, None)
        self.tell(
            "textDocument/didOpen",
            textDocument={"uri": uri, "languageId": "yaml", "version": 1, "text": text},
        )
        while uri not in self.findings:
            self._note(self._hear())
        return uri, self.findings[uri]

    def at(self, method: str, name: str, text: str) -> Any:
        """What the server says of the place where `|` stands in a text."""
        before, _, behind = text.partition("|")
        uri, _ = self.open(name, before + behind)
        place = {"line": before.count("\n"), "character": len(before) - before.rfind("\n") - 1}
        return self.ask(method, textDocument={"uri": uri}, position=place)

    def close(self) -> None:
        self.ask("shutdown")
        self.tell("exit")
        self.process.wait(20)
        self.patience.cancel()

    def _send(self, message: dict[str, Any]) -> None:
        data = json.dumps({"jsonrpc": "2.0", **message}).encode()
        assert self.process.stdin is not None
        self.process.stdin.write(b"Content-Length: %d\r\n\r\n" % len(data) + data)
        self.process.stdin.flush()

    def _hear(self) -> dict[str, Any]:
        assert self.process.stdout is not None
        length = 0
        while line := self.process.stdout.readline().strip():
            if line.lower().startswith(b"content-length:"):
                length = int(line.partition(b":")[2])
        if not length:
            raise RuntimeError("the language server ended")
        heard: dict[str, Any] = json.loads(self.process.stdout.read(length))
        return heard

    def _note(self, message: dict[str, Any]) -> None:
        if message.get("method") == "textDocument/publishDiagnostics":
            self.findings[message["params"]["uri"]] = message["params"]["diagnostics"]
        elif message.get("method") == "workspace/configuration":
            self._send(
                {
                    "id": message["id"],
                    "result": [SETTINGS.get(item["section"]) for item in message["params"]["items"]],
                }
            )
        elif "id" in message and "method" in message:  # it asks the editor for something else
            self._send({"id": message["id"], "result": None})


RUBRIC = """\
# yaml-language-server: $schema=../schema/rubric-1.json
govrubric: 1
id: small
title: Small form
total: 10
round: {places: 1, mode: half_up}
indicators:
  - id: work
    title: Work
    weight: 10
    rules:
      - id: late
        deduct: 1
        per: case
"""

# What is written, in place of what, and the findings: line, column (from 0), and a part of what is said.
WRONG: list[tuple[str, str, str, list[tuple[int, int, str]]]] = [
    ("a wrong key", "title: Work", "titel: Work", [(7, 4, 'Missing property "title"'), (8, 4, "Property titel is not allowed")]),
    ("a key of the rubric that is missing", "total: 10\n", "", [(1, 0, 'Missing property "total"')]),
    ("a wrong verb", "deduct: 1", "dedcut: 1", [(11, 8, "the rule has no verb; give it one of: award, bands"), (12, 8, "Property dedcut is not allowed")]),
    ("a wrong verb, in Chinese", "deduct: 1", "dedcut: 1", [(11, 8, "规则没有写明计分方式；请写其中之一：award"), (12, 8, "dedcut")]),
    ("no verb", "        deduct: 1\n", "", [(11, 8, "the rule has no verb")]),
    ("two verbs", "per: case", "judge: 3", [(12, 16, "make a rule of each"), (13, 15, "make a rule of each")]),
    ("a key of another verb", "per: case", "step: 1", [(13, 8, "Property step is not allowed")]),
    ("text for a number", "per: case", "at_most: abc", [(13, 17, "write ASCII digits with at most one point")]),
    ("text for a number, in Chinese", "per: case", "at_most: abc", [(13, 17, "请写半角数字和至多一个小数点")]),
    ("text for points", "deduct: 1", "deduct: 3分", [(12, 16, "write ASCII digits")]),
    ("a number that is no text for a number", "deduct: 1", "deduct: '1'", [(12, 16, "write ASCII digits")]),
    ("a number below zero", "deduct: 1", "deduct: -1", [(12, 16, "below the exclusive minimum of 0")]),
    ("a list for a title", "title: Work", "title: [Work]", [(8, 11, "write one piece of text")]),
    ("an id with a capital", "id: late", "id: Late", [(11, 12, "an id is a small Latin letter")]),
    ("a level that is no id", "deduct: 1", "deduct: {市级: 1}", [(12, 17, "可用英文或拼音")]),
    ("a wrong word", "half_up", "half-up", [(5, 25, 'Valid values: "half_up", "half_even"')]),
    ("a wrong word beside a number", "weight: 10", "weight: 10\n    floor: zero", [(10, 11, "write one of: none, 3.5")]),
    ("too many places", "places: 1", "places: 9", [(5, 16, "above the maximum of 6")]),
    ("what YAML calls no number", "per: case", "at_most: .nan", [(13, 17, "not allowed")]),
    ("what YAML calls infinity", "per: case", "at_most: .inf", [(13, 17, "above the exclusive maximum")]),
    ("no day", "total: 10", "total: 10\nvalid: {from: 2023-13-01}", [(5, 14, "write year, month and day")]),
    ("text for a rule", "id: late\n        deduct: 1\n        per: case", "late", [(11, 8, 'Expected "Rule"')]),
    ("another version", "govrubric: 1", "govrubric: 2", [(1, 11, "write `govrubric: 1`")]),
]  # fmt: skip

FILE_OF_CASES = """\
# yaml-language-server: $schema=../schema/cases-1.json
rubric: 2023-district.yaml
cases:
  - name: three without a label
    tally: {basics.attribution.unlabelled: 3}
    expect: {total: 9.7}
"""
CASES: list[tuple[str, str, str, list[tuple[int, int, str]]]] = [
    ("nothing", "", "", []),
    (
        "a wrong key",
        "expect:",
        "expects:",
        [(3, 4, 'Missing property "expect"'), (5, 4, "Property expects is not allowed")],
    ),
]

# What is written just as well.
RIGHT = [
    ("the rubric", "", ""),
    ("a number for a title, which is text where text is due", "title: Work", "title: 2023"),
    ("a fraction", "deduct: 1", "deduct: 1/3"),
    ("points by level", "deduct: 1", "deduct: {city: 0.5, district: 0.2}"),
    ("escalating points", "deduct: 1", "deduct: [1, 2, 5]"),
    ("no floor", "weight: 10", "weight: 10\n    floor: none"),
    ("any name that may be chosen", "deduct: 1\n        per: case", "choose: {优: 5, 良: 3, 1: 0}"),
    (
        "`no`, which is a word here",
        "deduct: 1\n        per: case",
        "distance: {below: 95, each: 1, points: -1, whole: no}",
    ),
]

# What the page says that an editor does not see.
UNSEEN = [
    spelling
    for row in re.findall(r"^\| (`.*`) \| a number[^|]* \| the check", PAGE, re.MULTILINE)
    for spelling in re.findall("`([^`]+)`", row)
]

# Where the cursor stands (`|`), and what is proposed, as it is called and as it is put in; and what is not.
PROPOSED: list[tuple[str, str, dict[str, str], set[str]]] = [
    ("keys in a rule", "        |", {"at_most": "at_most: ${1:3}", "clause": "clause: ${1:每例扣0.1分}"}, {"judge", "step", "weight", "deduct"}),
    ("a rule of each verb", "      - |", {
        "deduct …": "id: ${1:deduct}\n  deduct: 0.1\n  per: 例",
        "curve …": "id: ${1:curve}\n  curve: [[60, 0], [90, 8], [100, 10]]\n  unit: '%'",
        "forfeit …": "id: ${1:forfeit}\n  forfeit: all",
    }, {"take", "weight"}),
    ("verbs in a rule without one", "      - id: other\n        |", {"judge": "judge: ${1:5}", "judge …": "judge: 5\nstep: 0.5"}, {"id", "else"}),
    ("keys of an item", "    |", {"floor": "floor: ", "items": "items:\n  - id: $1\n    title: $2\n    weight: $3"}, {"deduct", "grades", "weight"}),
    ("an item", "  - |", {"Item": "id: ${1:annual_report}\n  title: ${2:政府信息公开年报}\n  weight: ${3:10}"}, {"facts"}),
    ("keys of the rubric", "|", {"cases": "cases:\n  - name: $1\n    tally:\n      $2\n\n    expect:\n      $3", "grade_on": "grade_on: "}, {"was"}),
    ("words", "    combine: |\n", {"sum": "sum", "mean": "mean", "min": "min", "max": "max"}, set()),
    ("words beside a number", "    start: |\n", {"full": "full", "zero": "zero"}, set()),
    ("true and false", "    extra: |\n", {"true": "true", "false": "false"}, set()),
    ("types of facts", "facts:\n  deaths: |\n", {"flag": "flag", "count": "count"}, set()),
]  # fmt: skip

# The key that the mouse is over, and what is shown of it.
SHOWN = [
    ("weight", ["full marks that the item adds to its group", "该项计入上级的满分"]),
    ("deduct", ["points off: for each case or once", "扣分：每例或一次扣多少", "0.1"]),
    ("mode", ["`half_up` is 四舍五入", "`half_up` 四舍五入", "* `half_even`"]),
    ("places", ["to how many decimal places", "保留几位小数"]),
]


def checks(server: Server) -> Iterator[tuple[str, str]]:
    """Each check by what it tries, and what is wrong, or nothing."""
    for what, old, new in RIGHT:
        yield f"no finding: {what}", _unexpected(server.open(f"{what}.yaml", _replaced(old, new))[1], [])
    for spelling in UNSEEN:
        text = _replaced("weight: 10", f"weight: 10\n    floor: {spelling}")
        yield f"no finding: {spelling}", _unexpected(server.open("spelling.yaml", text)[1], [])
    for what, old, new, wanted in WRONG:
        yield f"found: {what}", _unexpected(server.open(f"{what}.yaml", _replaced(old, new))[1], wanted)
    for path in sorted((*(ROOT / "rubrics").glob("*.yaml"), *(ROOT / "examples" / "gallery").glob("*.yaml"))):
        text = "# yaml-language-server: $schema=../schema/rubric-1.json\n" + path.read_text("utf-8")
        yield f"no finding: {path.name}", _unexpected(server.open(path.name, text)[1], [])
    slip = _replaced("title: Work", "titel: Work").partition("\n")[2]
    yield (
        "no finding without a line or a setting that names the schema",
        _unexpected(server.open("unnamed.yaml", slip)[1], []),
    )
    by_setting = [(6, 4, 'Missing property "title"'), (7, 4, "Property titel is not allowed")]
    yield (
        "found with the settings of the manual",
        _unexpected(server.open("rubrics/unnamed.yaml", slip)[1], by_setting),
    )
    cases = FILE_OF_CASES.partition("\n")[2]
    yield (
        "no finding in cases with the settings of the manual",
        _unexpected(server.open("rubrics/unnamed.cases.yaml", cases)[1], []),
    )
    wrong_cases = [(4, 4, "Property tallies is not allowed")]
    slip = cases.replace("    expect", "    tallies: {}\n    expect")
    yield (
        "found in cases with the settings of the manual",
        _unexpected(server.open("rubrics/wrong.cases.yaml", slip)[1], wrong_cases),
    )
    for what, old, new, wanted in CASES:
        yield (
            f"found in a file of cases: {what}",
            _unexpected(server.open(f"{what}.cases.yaml", FILE_OF_CASES.replace(old, new))[1], wanted),
        )
    for what, typed, wanted_, unwanted in PROPOSED:
        found = {
            one["label"]: one.get("insertText")
            for one in server.at("textDocument/completion", f"{what}.yaml", RUBRIC + typed)["items"]
        }
        wrong = {label: found.get(label) for label, text in wanted_.items() if found.get(label) != text}
        yield (
            f"proposed: {what}",
            f"{wrong} {set(found) & unwanted}" if wrong or set(found) & unwanted else "",
        )
    for key, texts in SHOWN:
        words = (
            (
                server.at(
                    "textDocument/hover", f"{key}.yaml", RUBRIC.replace(f"{key}:", f"{key[0]}|{key[1:]}:", 1)
                )
                or {}
            )
            .get("contents", {})
            .get("value", "")
        )
        yield (
            f"explained in both languages: {key}",
            "" if all(text in words for text in texts) else words or "nothing is shown",
        )


def _replaced(old: str, new: str) -> str:
    assert old in RUBRIC, old
    return RUBRIC.replace(old, new, 1)


def _unexpected(found: list[dict[str, Any]], wanted: list[tuple[int, int, str]]) -> str:
    said = sorted(
        (one["range"]["start"]["line"], one["range"]["start"]["character"], one["message"]) for one in found
    )
    same = len(said) == len(wanted) and all(
        one[:2] == want[:2] and want[2] in one[2] for one, want in zip(said, wanted, strict=True)
    )
    return "" if same else f"said was {said}"


def main(words: list[str]) -> int:
    """Install the server unless a folder has it, and run every check; how many failed."""
    if shutil.which("node") is None or shutil.which("npm") is None:
        print("This needs node and npm (on Debian: apt-get install nodejs npm).")
        return 1
    count = failed = 0
    with tempfile.TemporaryDirectory() as name:
        folder, work = Path(words[0]) if words else Path(name) / "npm", Path(name) / "work"
        work.mkdir()
        if not (folder / START).exists():
            subprocess.run(
                ["npm", "install", "--silent", "--no-save", "--prefix", str(folder), PACKAGE], check=True
            )
        shutil.copytree(ROOT / "schema", work / "schema")
        server = Server(folder, work)
        for what, wrong in checks(server):
            count += 1
            print(f"{'FAILED' if wrong else 'ok'}  {what}{': ' if wrong else ''}{wrong}", flush=True)
            failed += bool(wrong)
        server.close()
    print(f"{count - failed} passed, {failed} failed")
    return min(failed, 1)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
