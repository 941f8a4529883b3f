"""`fmt`, `new`, `test --update`: any text gives the same values or a finding, and never a file that is then refused."""

from collections.abc import Callable
from pathlib import Path

from hostile.case import GOOD, ROOT, Build, Case

BAD = ROOT / "tests" / "bad"
SHIPPED = (ROOT / "rubrics" / "2023-district.yaml").read_text("utf-8")
RUBRIC = GOOD.read_text("utf-8")
HEAD = RUBRIC[: RUBRIC.index("indicators:")]
TAIL = RUBRIC[RUBRIC.index("indicators:") :]


def _writes(text: str | bytes, name: str = "it.yaml") -> Build:
    """A builder that writes a text beside a copy of it, and the rubric that files of cases name."""
    data = text if isinstance(text, bytes) else text.encode("utf-8", "surrogatepass")

    def build(folder: Path) -> None:
        (folder / "good.yaml").write_bytes(GOOD.read_bytes())
        (folder / name).write_bytes(data)
        (folder / "before").write_bytes(data)

    return build


def _kept(folder: Path) -> None:
    """The file is as it was, and nothing else was written."""
    assert (folder / "it.yaml").read_bytes() == (folder / "before").read_bytes(), "the file was changed"
    names = sorted(path.name for path in folder.iterdir())
    assert names == ["before", "good.yaml", "it.yaml"], names


def _means_the_same(folder: Path) -> None:
    """An independent reader finds the same values in the file, and the same count of comments."""
    from ruamel.yaml import YAML

    texts = [(folder / name).read_bytes().decode("utf-8-sig") for name in ("before", "it.yaml")]
    values = [YAML(typ="safe", pure=True).load(text) for text in texts]
    assert values[0] == values[1], "the values differ"


def _fmt(
    name: str, text: str | bytes, *, refused: str = "", fast: bool = False, head: str = "govrubric: 1\n"
) -> Case:
    """A text below a head that shows it as one of ours: `fmt` lays it out without a change of values, or refuses it."""
    text = head.encode() + text if isinstance(text, bytes) else head + text
    return Case(
        f"fmt: {name}",
        ("fmt", "it.yaml"),
        _writes(text),
        exit=1 if refused else 0,
        says=(refused,) if refused else (),
        after=_kept if refused else _means_the_same,
        fast=fast,
    )


def _checks_out(file: str) -> Callable[[Path], None]:
    def after(folder: Path) -> None:
        from govrubric import check

        errors = [finding.code for finding in check(folder / file) if finding.severity == "error"]
        assert errors == [], errors

    return after


def _new(
    name: str, text: str | bytes, *options: str, code: int = 0, says: str = "", fast: bool = False
) -> Case:
    """A rubric of which `new` makes another that loads, or a refusal after which no file is there."""

    def nothing_written(folder: Path) -> None:
        assert not (folder / "next.yaml").exists(), "a file was written"

    given = options or ("--id", "next-2024", "--year", "2024")
    return Case(
        f"new: {name}",
        ("new", "--from", "it.yaml", *given, "--out", "next.yaml"),
        _writes(text),
        exit=code,
        says=(says,),
        after=nothing_written if code else _checks_out("next.yaml"),
        fast=fast,
    )


def _update(
    name: str, case: str, *, code: int = 0, rubric: str = "good.yaml", refused: str = "", fast: bool = False
) -> Case:
    """A file of cases that, once updated, is read again without an error; or one that is refused and stays."""
    text = f"rubric: {rubric}\ncases:\n{case}"

    def after(folder: Path) -> None:
        from govrubric.cases import suite

        if refused:
            data = (folder / "it.cases.yaml").read_bytes()
            assert data == (folder / "before").read_bytes(), "the file was changed"
            return
        again = suite.read(folder / "it.cases.yaml")
        assert not again.refused, [finding.code for finding in again.found]

    return Case(
        f"test --update: {name}",
        ("test", "--update", "it.cases.yaml"),
        _writes(text, "it.cases.yaml"),
        exit=code,
        says=(refused,),
        after=after,
        fast=fast,
    )


INPUTS = "platform.website.inspection: 80, platform.service.assessed: 2"

CASES = [
    _fmt("a key that is an empty block of text", "? |\n: b\n", refused="GR139", fast=True),
    _fmt("a key that is a block of two lines", "? |\n  a\n  b\n: c\n"),
    _fmt("a key of 3 000 characters", f"? {'k' * 3000}\n: v\n", fast=True),
    _fmt("a key with quotes, colons and a hash", "\"a: '#b' \\\" \": 'it''s: #'\n"),
    _fmt("a key in quotes that spans lines", '? "a\n  b"\n: c\n'),
    _fmt("a block of text that keeps its last blank lines", "a: |+\n  x\n\n\nb: 1\n"),
    _fmt("a block of text with an indentation of its own", "a: |4\n      x\n    y\nb: 1\n"),
    _fmt("a folded block with lines that are indented more", "a: >\n  x\n\n    y\n  z\nb: 1\n"),
    _fmt("a block of blank lines only", "a: |\n\n\nb: 1\n"),
    _fmt("a block at the end without an end of line", "a: |\n  x"),
    _fmt("brackets over lines with comments within", "a: [\n  b,  # c\n\n  # d\n  e ]\nf: 1\n"),
    _fmt("brackets that begin far right", f"{'a' * 60}: {{b: 1,\n{' ' * 70}c: 2}}\n"),
    _fmt("a pair without braces in a list", "a: [b: 1, ? c : d]\n"),
    _fmt("escapes at the ends of lines", 'a: "b\\\n   c \\\n   d"\n'),
    _fmt("escapes of ends of lines, tabs and quotes", 'a: "\\n\\t\\"\\\\\\x41"\n'),
    _fmt("comments everywhere", "#a\na:  #b\n  #c\n  - b  #d\n  #e\n#f\nc: 1 #g\n  #h\n", fast=True),
    _fmt("a byte order mark and Windows ends of lines", b"\xef\xbb\xbfgovrubric: 1\r\na:   1\r\nb:\r\n    - c\r\n", head=""),
    _fmt("marks of the document", "---\ngovrubric: 1\na:  1\n...\n# end\n", head=""),
    _fmt("only comments", "# a\n# b\n", refused="GR124", head=""),
    _fmt("no text", "", refused="GR124", head=""),
    _fmt("one word", "word\n", refused="GR204", head=""),
    _fmt("a lone CR", b"a: 1\rb: 2\n", refused="GR1"),
    _fmt("a NUL", b"a: \x00\n", refused="GR105", fast=True),
    _fmt("an unclosed quote", 'a: "b\n', refused="GR111"),
    _fmt("a lone surrogate", b"a: \xed\xa0\x80\n", refused="GR104"),
    _fmt("an anchor", "a: &b 1\nc: *b\n", refused="GR113"),
    _fmt("a key twice, in two normal forms", "é: 1\ne\u0301: 2\n", refused="GR120"),
    _fmt("nested to the limit", "".join(f"{'  ' * depth}a:\n" for depth in range(31)) + "  " * 31 + "b: 1\n"),
    _fmt("nested beyond the limit", "a: " + "[" * 33 + "1" + "]" * 33 + "\n", refused="GR121"),
    _fmt("a line at the limit that would move right", f"a:\n  bcdefghi:\n   {'y' * 3990}\n", refused="GR108"),
    _fmt("a rubric with comments at the end of every line", "\n".join(
        f"{line}  # {number}" if line and not line.lstrip().startswith("#") else line
        for number, line in enumerate(RUBRIC.split("\n"))
    ), head=""),
    _fmt("the district form, moved to the right", "".join(f"   {line}\n" if line else "\n" for line in SHIPPED.split("\n")), head=""),
    _new("an id in double quotes with an escape", RUBRIC.replace("id: township-2023", 'id: "township\\x2d2023"')),
    _new("a title that is a block of text", RUBRIC.replace("title: 2023年乡镇政务公开考核评分表", "title: |-\n  2023年评分表"), fast=True),
    _new("a title with a quote and a hash", RUBRIC.replace("title: 2023年乡镇政务公开考核评分表", "title: '2023年''表'' # 2023'  # 2023")),
    _new("a title over two lines", RUBRIC.replace("title: 2023年乡镇政务公开考核评分表", 'title: "2023年\n  评分表 2023"')),
    _new("29 February", RUBRIC.replace("from: 2023-01-01, to: 2023-12-31", "from: 2024-01-01, to: 2024-02-29").replace("2023", "2024"), "--id", "next-2025", "--year", "2025"),
    _new("the last year there is", RUBRIC.replace("to: 2023-12-31", "to: 9999-12-31"), "--id", "next-2999", "--year", "2999"),
    _new("a word that YAML does not read as text", RUBRIC, "--id", "null", "--year", "2024"),
    _new("an id that climbs out of its folder", RUBRIC, "--id", "../../etc/passwd", "--year", "2024", code=2, says="is no id", fast=True),
    _new("a year of many digits", RUBRIC, "--id", "next", "--year", "9" * 5000, code=2),
    _new("a rubric that does not load", HEAD, code=1, says="GR202"),
    _new("lines with `was` in every layout", RUBRIC.replace("id: documents\n", "id: documents\n        was: papers # x\n").replace("{id: late,", "{was: slow, id: late,")),
    _new("a comment that would pass the length of a line", RUBRIC.replace("total: 20\n", f"total: 20  # {'x' * 3986}\n"), code=1, says="GR108"),
    _update("a grade and scores", f"  - {{name: a, tally: {{{INPUTS}}}, expect: {{total: 1, publication: 0.1}}}}\n", fast=True),
    _update("an expectation in lines", f"  - name: a\n    tally: {{{INPUTS}}}\n    expect:\n      total: 1  # c\n      publication: 1\n"),
    _update("an expectation in quotes", f"  - {{name: a, tally: {{{INPUTS}}}, expect: {{total: '1'}}}}\n", code=1),
    _update("the same name twice", f"  - {{name: a, tally: {{{INPUTS}}}, expect: {{total: 1}}}}\n" * 2, code=1, refused="GR315"),
    _update("a score of many digits", f"  - {{name: a, tally: {{{INPUTS}}}, expect: {{total: {'9' * 3000}}}}}\n", code=1),
    _update("a rubric that is the file itself", "  - {name: a, tally: {}, expect: {total: 1}}\n", code=1, rubric="it.cases.yaml", refused="GR342"),
]  # fmt: skip
