"""One layout: expected texts are written by hand."""

from pathlib import Path

import pytest

from govrubric import loads
from govrubric.editing import formatting
from govrubric.editing.formatting import formatted

ROOT = Path(__file__).parents[2]
SHIPPED = sorted([*(ROOT / "rubrics").glob("*.yaml"), *(ROOT / "examples" / "gallery").glob("*.yaml")])

UNTIDY = """\
# yaml-language-server: $schema=x

# Whose text this is.
title:   'It''s' #beside
govrubric:   1
"id" : x


# about the total

total: 10   # ten
round:

    mode: half_up
    # how many
    places: 2
    # end of round
cases:
- expect: {total : 9}
  tally:
      work.b:   1
      work.a: {value: 2,evidence: [ "p. 1" ,"p. 2" ]}
  name: one
indicators:   # the items
-   weight: 10
    # the name
    id: work
    title: >-
          folded
          text

            more


    rules:
      - {clause: "x", deduct: 1,id: a, per: case}
      - # on the mark
        per:
          case
        deduct:   {b: 1 , a : 2}
        note: plain
            over

            lines
        id: b
        # - {id: c, deduct: 1}
      # last rule
# the end"""

TIDY = """\
# yaml-language-server: $schema=x

# Whose text this is.
govrubric: 1
"id": x
title: 'It''s'  # beside

# about the total

total: 10  # ten
round:
  # how many
  places: 2
  mode: half_up
  # end of round
indicators:  # the items
  # the name
  - id: work
    title: >-
      folded
      text

        more
    weight: 10

    rules:
      - {id: a, deduct: 1, per: case, clause: "x"}
      # on the mark
      - id: b
        deduct: {b: 1, a: 2}
        per: case
        note: plain
          over

          lines
        # - {id: c, deduct: 1}
      # last rule
cases:
  - name: one
    tally:
      work.b: 1
      work.a: {value: 2, evidence: ["p. 1", "p. 2"]}
    expect: {total: 9}
# the end
"""


def text(source: str) -> str:
    done = formatted("x", source).text
    assert done is not None
    assert formatted("x", done).text == done
    return done


def test_a_rubric_is_laid_out() -> None:
    assert text(UNTIDY) == TIDY


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_what_is_shipped_is_laid_out_so(path: Path) -> None:
    assert formatted(path.name, path.read_bytes()).text == path.read_text("utf-8")


@pytest.mark.parametrize(
    ("source", "done"),
    [
        ("\ufeffa: 1\r\n\r\n\r\nb: 2", "a: 1\n\nb: 2\n"),
        ("\n\n\na: 1\n\n\n", "a: 1\n"),
        ("---\na: 1\n...\n", "a: 1\n"),
        ("# c\n\n---\n\na: 1\n", "# c\n\na: 1\n"),
        ("a: {  }\nb: [ ]\n", "a: {}\nb: []\n"),
        ("a: [b: 1, {c: 2 , 'd':3,},]\n", "a: [b: 1, {c: 2, 'd': 3}]\n"),
        ("a:\n- - 1\n  - 2\n-  -  # x\n      3\n", "a:\n  - - 1\n    - 2\n  # x\n  - - 3\n"),
        ("a: |  #x\n    b  \n\n      c\n\nd: 1\n", "a: |  # x\n  b  \n\n    c\n\nd: 1\n"),
        ("a: |+\n   b\n\n\n# c\nd: 1\n", "a: |+\n  b\n\n\n# c\nd: 1\n"),
        ("a:\n    b: |4+\n            c\n          d\n\n", "a:\n  b: |4+\n          c\n        d\n\n"),
        ("a:\n    - >1\n       b\n", "a:\n  - >1\n     b\n"),
        ("a: |\n  b", "a: |-\n  b\n"),
        ("a: >2+\n   b\n  c", "a: >2-\n   b\n  c\n"),
        ("a: |+\n  b\n\n  ", "a: |+\n  b\n\n"),
        ("a: |\n  b\n   \n", "a: |\n  b\n   \n"),
        ("a: |\n  b\n  \n", "a: |\n  b\n"),
        ("a: |+\n  b\n...\n\n# c\n", "a: |+\n  b\n# c\n"),
        ("      a: 1\n # b\n", "a: 1\n# b\n"),
        ("? |\n  a\n: 1\n", "? |\n  a\n: 1\n"),
        ("rubric: a\n\nnote: >+\n  b\n\ncases: []\n", "rubric: a\n\nnote: >+\n  b\n\ncases: []\n"),
        ("cases: []\nrubric: |+\n  a\n\n\nnote: b\n\n", "rubric: |+\n  a\n\n\nnote: b\ncases: []\n"),
        ("rubric: >+\n  b\n\ncases: []\n\nnote: c\n", "rubric: >+\n  b\n\nnote: c\ncases: []\n"),
        ("a: |\n       \nb: |2\n      \n\n\n", "a: |\n\nb: |2\n      \n"),
        ("a: |\n\n\nb: 1\n", "a: |\n\nb: 1\n"),
        ('a: "b\\\n       c\\ \n   d  \n   e"\n', 'a: "b\\\n  c\\ \n  d\n  e"\n'),
        (
            "a: [\n  1,  # one \n\n  2\n]   # x\nb:\n    c: [\n      1\n    ]\n",
            "a: [\n  1,  # one\n\n  2\n]  # x\nb:\n  c: [\n    1\n  ]\n",
        ),
        ("a:\n     b:  {c: 1,\n          d: 2}\n", "a:\n  b: {c: 1,\n      d: 2}\n"),
        ("a:\n    b: [1,\n2]\n", "a:\n  b: [1,\n  2]\n"),
        ("# a\n\n[1,2] # b\n", "# a\n\n[1, 2]  # b\n"),
        ("? a\n: 1\n? b\n: - 2\n", "a: 1\nb:\n  - 2\n"),
        ('? "a\n\n   b"\n: 1\n', '? "a\n\n  b"\n: 1\n'),
        (
            f"? {'a' * 1001}\n: - 1\nb: {{? {'c' * 1001} : 1}}\n",
            f"? {'a' * 1001}\n:\n  - 1\nb: {{? {'c' * 1001}: 1}}\n",
        ),
        ("#!a\n##b\n#\n#\tc\n#d\na: 1\n", "#!a\n##b\n#\n#\tc\n# d\na: 1\n"),
        ("b: 1\na: 2\n", "b: 1\na: 2\n"),
        ("cases: []\nnote: n\nrubric: r\n", "rubric: r\nnote: n\ncases: []\n"),
        (
            "titel: T\nid: a\nindicators: []\ngovrubric: 1\n",
            "govrubric: 1\nid: a\nindicators: []\ntitel: T\n",
        ),
        ("# head\n\nid: a\n\n# version\ngovrubric: 1\n", "# head\n\n# version\ngovrubric: 1\nid: a\n"),
    ],
)
def test_layouts(source: str, done: str) -> None:
    assert text(source) == done


@pytest.mark.parametrize(
    ("source", "code"),
    [
        ("a: [1\n", "GR109"),
        ("a: 1\na: 2\n", "GR120"),
        ("", "GR124"),
        ("# only\n", "GR124"),
        ("text\n", "GR204"),
        ("  ...\n", "GR204"),
        (b"\xb0\xa1: 1\n", "GR104"),
    ],
)
def test_a_text_with_an_error_is_refused(source: str | bytes, code: str) -> None:
    done = formatted("x", source)
    assert done.text is None
    assert [finding.code for finding in done.found] == [code]


def test_a_warning_is_no_reason_to_refuse() -> None:
    assert text("a: yes\nb: text #c\n") == "a: yes\nb: text  # c\n"


@pytest.mark.parametrize(
    ("source", "code"),
    [
        (f"a:\n b: {'x' * 3990}\n c: {{d: 1}}\n e:\n  {'y' * 3990}\n", ""),
        (f"a:\n  bcdefghi:\n   {'y' * 3990}\n", "GR108"),
    ],
)
def test_lines_that_would_pass_a_limit_are_told(source: str, code: str) -> None:
    done = formatted("x", source)
    assert [finding.code for finding in done.found] == ([code] if code else [])
    assert (done.text is None) is bool(code)


def test_a_text_that_would_pass_the_limit_of_size_is_told() -> None:
    done = formatted(
        "x",
        "a:\n"
        + "".join(f"- {'x' * 10}\n" for _ in range(19_000))
        + "#" * 3000
        + "\n"
        + f"#{'y' * 990}\n" * 800,
    )
    assert [finding.code for finding in done.found] == ["GR103"]


def test_a_layout_that_would_change_what_is_said_is_never_handed_out(monkeypatch: pytest.MonkeyPatch) -> None:
    """A comment left out, a text in other quotes, a key more, another text, another length; no YAML at all."""
    source = "a: '1' # c\nb: [x, y]\n"
    for lines, line in (
        (["a: '1'", "b: [x, y]"], 1),
        (["a: 1  # c", "b: [x, y]"], 1),
        (["a: '1'  # c", "b: [x, y]", "d: 1"], 1),
        (["a: '1'  # c", "b: [x, z]"], 2),
        (["a: '1'  # c", "b: [x]"], 2),
        (["a: '1'  # c", "b: ["], 1),
    ):
        monkeypatch.setattr(formatting._Writer, "document", lambda _, lines=lines: lines)
        done = formatted("x", source)
        assert done.text is None
        places = [finding.place for finding in done.found]
        assert [finding.code for finding in done.found] == ["GR139"]
        assert [place.line for place in places if place] == [line]


def test_a_key_that_is_an_empty_block_of_text_is_refused() -> None:
    """What the writer made of it was `|: b`, which is no YAML."""
    done = formatted("x", "? |\n: b\n")
    assert (done.text, [finding.code for finding in done.found]) == (None, ["GR139"])


def test_the_digest_stays() -> None:
    source = """\
indicators:
- weight: 4
  rules: [{per: case,  deduct: {b: 1,  a: 2}, id: r}]
  title: |
       A
  id: a
round: {mode: half_up, places: 1}
total: 4
title: T
id: x
govrubric: 1
"""
    assert loads(text(source)).digest == loads(source).digest


@pytest.mark.parametrize(
    "comment",
    ["# allow GR432: both are called so", "# to be confirmed", "# 待确认", "# 待确认：只扣一次？"],
)
def test_a_comment_that_speaks_of_the_line_below_keeps_that_line(comment: str) -> None:
    source = f"indicators:\n  {comment}\n  - title: A\n    id: a\n"
    assert text(source) == source
    assert (
        text(source.replace(comment, "# the first"))
        == "indicators:\n  # the first\n  - id: a\n    title: A\n"
    )
