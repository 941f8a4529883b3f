"""Nothing of a file of another kind is shown; the line of a slip in one of ours is."""

from pathlib import Path

import pytest

from govrubric.diagnostics.diagnostic import Diagnostic
from govrubric.diagnostics.source import Place
from govrubric.document import likeness
from samples import SMALL

BAD = Path(__file__).parents[1] / "bad"
PASSWD = b"root:x:0:0:root:/root:/bin/bash\nmail:x:8:8:mail:/var/mail:/usr/sbin/nologin\n"
OTHER_FILES = {
    "users": PASSWD,
    "settings of a shell": b"API_KEY=a1b2c3\nDATABASE_URL=postgres://user:hunter2@host/db\n",
    "the environment of a process": b"SHELL=/bin/bash\0BODY=a\ngovrubric: 1\nid: x\n\0SECRET=hunter2\0",
    "a private key": b"-----BEGIN OPENSSH PRIVATE KEY-----\nb3BlbnNzaC1rZXktdjEAAAAABG5vbmU=\n",
    "a secret of a cluster": b"apiVersion: v1\nkind: Secret\nmetadata: {name: db}\ndata:\n  password: aHVudGVyMg==\n",
    "a workflow": b"name: ci\non: [push]\njobs:\n  build:\n    steps:\n      - id: a\n        name: b\n        env: {A: b}\n",
    "a page": b"title: A page\nlayout: post\n",
    "a key of a service": b'{"type": "service_account", "private_key": "hunter2", "client_id": "1"}',
    "credentials": b"[default]\naws_secret_access_key = hunter2\n",
    "a sentence": "本季度未发现问题\n".encode(),
    "a comment": "# 待填写\n".encode(),
}


@pytest.mark.parametrize("name", OTHER_FILES)
def test_a_file_of_another_kind_is_none_of_ours(name: str) -> None:
    assert not likeness.is_ours(OTHER_FILES[name])
    assert not likeness.is_ours(OTHER_FILES[name], ["work.late", "bonus.judged"])


@pytest.mark.parametrize(
    "path",
    [
        path
        for path in sorted(BAD.glob("GR*.yaml"))
        if not path.name.startswith(("GR124_", "GR613_")) and ".table." not in path.name
    ],
    ids=lambda path: path.name,
)
def test_a_file_with_a_slip_is_one_of_ours(path: Path) -> None:
    assert likeness.is_ours(path.read_bytes(), ["a.late", "b.cases", "missing", "late"])


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b" \n",
        SMALL.encode("utf-16"),
        SMALL.encode("utf-16-le"),
        SMALL.encode("gbk"),
        b"gov-rubrik: 1\n",
        "ｇｏｖｒｕｂｒｉｃ：1\n".encode(),
        b"id: x\ntitle: y\n",
        b"- unit: u1\n",
        b"[{unit: u1}]",
        b'{"card": 1}',
        b"work.late: true\n",
        b"work: {late: true}\n",
        b"wrok.late: true\n",
    ],
)
def test_a_word_of_the_language_at_the_margin_is_enough(data: bytes) -> None:
    assert likeness.is_ours(data, ["work.late", "bonus.judged"])


@pytest.mark.parametrize(
    ("line", "ours"),
    [
        ("unit,work.late\n", True),
        ('"unit";"work.lat"\n', True),
        ("编号，work.late\n", True),
        ("sep=;\n", True),
        ("host,account,password\n", False),
        (PASSWD.decode().partition("\n")[0], False),
        ("SECRET=a;unit\0", False),
    ],
)
def test_the_header_of_a_table_names_a_column(line: str, ours: bool) -> None:
    assert likeness.is_header(line, ["unit", "work.late"]) == ours


def test_of_another_file_only_what_repeats_nothing_of_it_is_told() -> None:
    place = Place("f", 3, 2, 9, "password: hunter2")
    told = Diagnostic.of("GR204", place, ("password",), kind="text")
    silent = Diagnostic.of("GR204", Place("f", 3, 2, 9, ""), kind="text")
    repeats = Diagnostic.of("GR128", place, text="password:hunter2")
    warning = Diagnostic.of("GR130", place)
    other = Diagnostic.of("GR137", Place("f", 1, 1, 2, ""), what="a tally")
    assert likeness.hidden([repeats, told, warning], "f", "a tally") == [silent]
    assert likeness.hidden([repeats, warning], "f", "a tally") == [other]
    assert likeness.discreet([repeats], "f", PASSWD, "a tally") == [other]
    assert likeness.discreet([repeats], "f", b"unit: a\n", "a tally") == [repeats]
