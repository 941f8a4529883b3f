"""What may stand in a condition or formula: what is read, what is refused, and in which columns."""

import ast
from collections.abc import Mapping
from types import SimpleNamespace

import pytest

from govrubric.expressions import parser as syntax
from govrubric.expressions.parser import Slip, Tree, parse


def tree(text: str) -> Tree:
    made = parse(text)
    assert isinstance(made, Tree), made
    return made


def slips(text: str) -> list[tuple[str, str]]:
    """The code of each slip, and the characters that it is about."""
    made = parse(text)
    assert isinstance(made, list)
    return [(one.code, text[one.start : one.end]) for one in made]


def only(text: str) -> Slip:
    made = parse(text)
    assert isinstance(made, list)
    (one,) = made
    return one


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("x", ast.Name),
        ("a.b", ast.Attribute),
        ("1", ast.Constant),
        ("'A'", ast.Constant),
        ('"A"', ast.Constant),
        ("true", ast.Name),
        ("True", ast.Constant),
        ("-x", ast.UnaryOp),
        ("+x", ast.UnaryOp),
        ("not x", ast.UnaryOp),
        ("x + y", ast.BinOp),
        ("x - y", ast.BinOp),
        ("x * y", ast.BinOp),
        ("x / y", ast.BinOp),
        ("x and y", ast.BoolOp),
        ("x or y", ast.BoolOp),
        ("x < y", ast.Compare),
        ("x <= y", ast.Compare),
        ("x > y", ast.Compare),
        ("x >= y", ast.Compare),
        ("x == y", ast.Compare),
        ("x != y", ast.Compare),
        ("x in (1, 2)", ast.Compare),
        ("x not in [1, 2]", ast.Compare),
        ("x in {1}", ast.Compare),
        ("x if y else z", ast.IfExp),
        ("min(x, y)", ast.Call),
        ("(((x)))", ast.Name),
        ("  x", ast.Name),
        ("x  ", ast.Name),
    ],
)
def test_what_may_stand_in_a_text_is_read(text: str, kind: type[ast.expr]) -> None:
    assert type(tree(text).root) is kind


@pytest.mark.parametrize(
    ("text", "about", "what"),
    [
        ("x ** 2", "x ** 2", "`**`"),
        ("1 + x % 2", "x % 2", "`%`"),
        ("5 % 2 > 1", "5 % 2", "`%`"),
        ("5 % x > 1", "5 % x", "`%`"),
        ("5%(x)>1", "5%(x)", "`%`"),
        ("5%order > 1", "5%order", "`%`"),
        ("x // 2 > 1", "x // 2", "`//`"),
        ("x << 2", "x << 2", "`<<`"),
        ("x >> 2", "x >> 2", "`>>`"),
        ("a[0]", "a[0]", "`[…]` after a name"),
        ("a[1:2]", "a[1:2]", "`[…]` after a name"),
        ("{}", "{}", "`{…}`"),
        ("{1: 2}", "{1: 2}", "`{…}`"),
        ("min(*x)", "*x", "`*`"),
        ("min(1, **x)", "**x", "a named argument"),
        ("score(a).b", "score(a).b", "a point after what is no name"),
        ("'A'.join", "'A'.join", "a point after what is no name"),
        ("(a + b).c", "(a + b).c", "a point after what is no name"),
        ("f'x'", "'x'", "text like this"),
        ("b'x'", "'x'", "text like this"),
        ("u'x'", "'x'", "text like this"),
        ('1"x"', '"x"', "text like this"),
        ("'A' 'B'", "'B'", "text like this"),
        ("'A''B'", "'B'", "text like this"),
        ("'A\\n'", "'A\\n'", "text like this"),
    ],
)
def test_what_may_not_stand_in_a_text_is_refused(text: str, about: str, what: str) -> None:
    one = only(text)
    assert (one.code, text[one.start : one.end], one.args) == ("GR503", about, {"what": what})


@pytest.mark.parametrize(
    ("text", "columns"),
    [
        ("lambda: 0", (6, 7)),
        ("[x for x in y]", (1, 2)),
        ("x is y", (2, 3)),
        ("await x", (6, 7)),
        ("import os", (7, 8)),
        ("x >", (2, 3)),
        ("x > ", (2, 3)),
        ("(x > 0", (0, 1)),
        ("x > (1 + (2)", (4, 5)),
        ("x > 0)", (5, 6)),
        ("min(x]", (5, 6)),
        ("[(x])", (3, 4)),
        ("{x", (0, 1)),
        ("{(x}", (3, 4)),
        ("[x}", (2, 3)),
        ("{x} y", (4, 5)),
        ("(1 + , 2", (0, 1)),
        ("x y", (2, 3)),
        ("  x y", (4, 5)),
        ("x == '优' y", (9, 10)),
        ("x AND y", (2, 3)),
        ("01 > x", (0, 1)),
        ("x > 0 and", (8, 9)),
        ("", (0, 1)),
        ("   ", (0, 1)),
        ("x 'A' == ')'", (2, 3)),
        ("x == '(' y", (9, 10)),
    ],
)
def test_a_text_that_breaks_is_refused_where_it_breaks(text: str, columns: tuple[int, int]) -> None:
    one = only(text)
    assert (one.code, (one.start, one.end), one.args) == ("GR501", columns, {})


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("it's", [("GR501", "'")]),
        ('x == "A', [("GR501", '"')]),
        ("x == 'A\"", [("GR501", "'"), ("GR501", '"')]),
    ],
)
def test_a_quote_without_its_partner_is_refused_where_it_stands(
    text: str, found: list[tuple[str, str]]
) -> None:
    assert slips(text) == found


@pytest.mark.parametrize(
    ("text", "character", "instead"),
    [
        ("x = 1", "=", "=="),
        ("x≥1", "≥", ">="),
        ("x≧1", "≧", ">="),
        ("x≤1", "≤", "<="),
        ("x≦1", "≦", "<="),
        ("x≠1", "≠", "!="),
        ("x<>1", "<>", "!="),
        ("x＝1", "＝", "=="),
        ("x＝＝1", "＝＝", "=="),
        ("x＜＞1", "＜＞", "!="),
        ("x！＝1", "！＝", "!="),
        ("x！=1", "！=", "!="),
        ("x!＝1", "!＝", "!="),
        ("x＞＝1", "＞＝", ">="),
        ("x＞=1", "＞=", ">="),
        ("x>＝1", ">＝", ">="),
        ("x＜＝1", "＜＝", "<="),
        ("x＜=1", "＜=", "<="),
        ("x<＝1", "<＝", "<="),
        ("x=>1", "=>", ">="),
        ("x=<1", "=<", "<="),
        ("x×2", "×", "*"),
        ("x÷2", "÷", "/"),
        ("x && y", "&&", "and"),
        ("x & y", "&", "and"),
        ("x || y", "||", "or"),
        ("x | y", "|", "or"),
        ("x ＆＆ y", "＆＆", "and"),
        ("x ＆ y", "＆", "and"),
        ("x ｜｜ y", "｜｜", "or"),
        ("x ｜ y", "｜", "or"),
        ("!x", "!", "not"),
        ("！x", "！", "not"),
        ("x 且 y", "且", "and"),
        ("x 并且 y", "并且", "and"),
        ("x 或 y", "或", "or"),
        ("x 或者 y", "或者", "or"),
        ("非 x", "非", "not"),
        ("min(x；1)", "；", ","),
        ("min(x、1)", "、", ","),
        ("min(x，1)", "，", ","),
        ("a。b", "。", "."),
        ("x＞1", "＞", ">"),
        ("x＜1", "＜", "<"),
        ("x＋1", "＋", "+"),
        ("x－1", "－", "-"),
        ("x＊2", "＊", "*"),
        ("x／2", "／", "/"),
        ("min（x, 1)", "（", "("),
        ("min(x, 1）", "）", ")"),
        ("x > １", "１", "1"),
        ("ｘ", "ｘ", "x"),
        ("x\u3000> 1", "\u3000", " "),
        ("x\xa0> 1", "\xa0", " "),
        ("x == “A'", "“", "'"),
        ("x == 'A'”", "”", "'"),
        ("‘A' == x", "‘", "'"),
        ("x == 'A'’", "’", "'"),
        ("x > 1 # y", "#", ""),
        ("x; y", ";", ""),
        ("x > 1 \\", "\\", ""),
        ("x^2", "^", ""),
        ("x＾2", "＾", ""),
        ("x＃", "＃", ""),
        ("x％2", "％", ""),
        ("x：1", "：", ""),
        ("x … 1", "…", ""),
        ("x‥y", "‥", ""),
        ("x in ［1]", "［", "["),
        ("x in [1］", "］", "]"),
        ("\u212a", "\u212a", "K"),
        ("`x", "`", ""),
        ("$x", "$", ""),
        ("x?", "?", ""),
        ("@x", "@", ""),
        ("~x", "~", ""),
        ("x\t> 1", "\t", ""),
        ("x\n> 1", "\n", ""),
        ("x\x00", "\x00", ""),
        ("x\x1f", "\x1f", ""),
        ("x\x7f", "\x7f", ""),
        ("x > 指", "指", ""),
        ("score(指)", "指", ""),
        ("x in (指, 区)", "指", "'指'"),
        ("x != 指", "指", "'指'"),
        ("x == 优良 or y", "优良", "'优良'"),
        ("x == “优”", "“优”", "'优'"),
        ("x == ‘A b’", "‘A b’", "'A b'"),
        ("x == “”", "“”", "''"),
        ("x == “it's”", "“it's”", '"it\'s"'),
        ("reached(a) > 0.25%", "0.25%", "0.0025"),
        ("x == \u3400", "\u3400", "'\u3400'"),
        ("x in (\u9fff", "\u9fff", "'\u9fff'"),
        ("x > \ua000", "\ua000", ""),
        ("x > \u33ff", "\u33ff", "gal"),
        ("x且y", "且", "and"),
        ("reached(a) >= 95%", "95%", "0.95"),
        ("reached((a)) >= 95%", "95%", "0.95"),
        ("max(reached(a), n) >= 95%", "95%", ""),
        ("rate >= 95%", "95%", ""),
        ("reached (a.b) < 95% and y", "95%", "0.95"),
        ("(12.5 %) > x", "12.5 %", ""),
        ("reached(a)!=0.5%", "0.5%", "0.005"),
        ("1 if x else 5% if y else 2", "5%", ""),
        ("x > 0%", "0%", ""),
        ("reached(a) > 12345678%", "12345678%", ""),
        ("reached(a) > 1234567%", "1234567%", "12345.67"),
        ("x == 区县", "区县", "'区县'"),
        ("x == “区县”", "“区县”", "'区县'"),
        ("reached(x) < 60%", "60%", "0.6"),
        ("reached(a.b) >= 5.5 % and y", "5.5 %", "0.055"),
        ("x < 60%", "60%", ""),
        ("reached(x) < 12345678%", "12345678%", ""),
        ("x\u200b", "\u200b", ""),
        ("e\u0301", "\u0301", ""),
    ],
)
def test_a_sign_that_is_none_is_refused_with_the_one_to_type(text: str, character: str, instead: str) -> None:
    made = parse(text)
    assert isinstance(made, list)
    one = next(slip for slip in made if slip.code == "GR502")
    assert (one.args, text[one.start : one.end]) == ({"character": character, "instead": instead}, character)


@pytest.mark.parametrize(
    "text", ["x == '# ≥ ; = 指 ！'", 'x == "“A” && ＝"', "x != 1", "x <= 1", "x >= 1", "x == 1"]
)
def test_what_stands_in_quotes_and_what_is_right_is_no_odd_sign(text: str) -> None:
    assert isinstance(parse(text), Tree)


@pytest.mark.parametrize(
    "number", ["1e3", "1_000", "0x10", "0b1", ".5", "5.", "1j", "1.2.3", "1.", "1a", "1.5and", "1__2"]
)
def test_a_number_in_another_form_than_digits_is_refused(number: str) -> None:
    assert slips(f"x > {number}") == [("GR507", number)]
    assert only(f"x > {number}").args == {"value": number}


@pytest.mark.parametrize("number", ["0", "7", "10", "0.5", "00.5", "123456789012345", "1.2500"])
def test_a_number_of_digits_is_read(number: str) -> None:
    assert isinstance(parse(f"x > {number}"), Tree)


@pytest.mark.parametrize("text", ["x1 > 0", "a_1.b2 > 0", "_1 > 0", "x == '1e3'"])
def test_a_digit_in_a_name_or_in_quotes_is_no_number(text: str) -> None:
    assert isinstance(parse(text), Tree)


def test_every_slip_before_reading_is_told_in_the_order_of_the_text() -> None:
    assert slips("x ≥ 1e3 and f'y' == z # 0x1") == [
        ("GR502", "≥"),
        ("GR507", "1e3"),
        ("GR503", "'y'"),
        ("GR502", "#"),
        ("GR507", "0x1"),
    ]


def test_everything_that_is_refused_in_a_tree_is_told_in_the_order_of_the_text() -> None:
    assert slips("a[0] > 1 and x ** 2 > y % 3") == [
        ("GR503", "a[0]"),
        ("GR503", "x ** 2"),
        ("GR503", "y % 3"),
    ]


def test_what_is_refused_is_not_looked_into() -> None:
    assert slips("a[b[x ** 2]] > 1") == [("GR503", "a[b[x ** 2]]")]


@pytest.mark.parametrize(
    "word",
    [
        "class",
        "lambda",
        "while",
        "for",
        "is",
        "def",
        "pass",
        "import",
        "yield",
        "await",
        "return",
        "del",
        "async",
    ],
)
def test_an_id_that_is_a_word_of_pythons_is_a_name(word: str) -> None:
    made = tree(f"{word} > 0")
    assert isinstance(made.root, ast.Compare)
    assert made.path(made.root.left) == word


@pytest.mark.parametrize(
    "path",
    [
        "a.if",
        "a.in.b",
        "if.a",
        "not.x",
        "and.or.else",
        "in.class",
        "a.class",
        "true.false",
        "a . if",
        "if. in .or",
    ],
)
def test_in_a_path_every_word_is_an_id(path: str) -> None:
    made = tree(path)
    assert (made.path(made.root), made.span(made.root)) == (path.replace(" ", ""), (0, len(path)))


def test_a_word_of_pythons_in_quotes_stays_as_it_is() -> None:
    made = tree("class == 'class if else'")
    assert isinstance(made.root, ast.Compare)
    (chosen,) = made.root.comparators
    assert isinstance(chosen, ast.Constant)
    assert chosen.value == "class if else"


@pytest.mark.parametrize(
    ("text", "path"),
    [
        ("x", "x"),
        ("a.b.c", "a.b.c"),
        ("a . b", "a.b"),
        ("a. b .c", "a.b.c"),
        ("  class.x", "class.x"),
        ("1", ""),
        ("-x", ""),
        ("'a'", ""),
        ("f(x)", ""),
        ("True", ""),
    ],
)
def test_a_name_spells_its_path(text: str, path: str) -> None:
    made = tree(text)
    assert made.path(made.root) == path


@pytest.mark.parametrize(
    ("text", "span", "words"),
    [
        ("x", (0, 1), "x"),
        ("   x", (3, 4), "x"),
        ("x in ('优', '良') or y > 10", (19, 25), "y > 10"),
        ("  '优' == class or z", (18, 19), "z"),
    ],
)
def test_a_span_counts_characters_and_not_bytes(text: str, span: tuple[int, int], words: str) -> None:
    made = tree(text)
    root = made.root
    last = root.values[-1] if isinstance(root, ast.BoolOp) else root
    assert (made.span(last), made.source(last)) == (span, words)


def many(number: int) -> str:
    """A text of so many expressions: a comparison and its terms."""
    return " < ".join(["x"] * (number - 1))


def test_a_text_has_200_expressions_at_most() -> None:
    assert isinstance(parse(many(200)), Tree)
    one = only(many(201))
    assert (one.code, one.args) == ("GR508", {"number": 201, "what": "parts", "limit": 200})


@pytest.mark.parametrize(
    ("text", "nodes"),
    [
        ("a.b.c", 1),
        ("f(x)", 3),
        ("x + y", 3),
        ("x in (1, 2)", 5),
        ("x if y else z", 4),
        ("not x", 2),
        ("x and y and z", 4),
    ],
)
def test_expressions_are_counted_and_operators_are_not(
    text: str, nodes: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(syntax, "NODES", nodes)
    assert isinstance(parse(text), Tree)
    monkeypatch.setattr(syntax, "NODES", nodes - 1)
    assert only(text).args == {"number": nodes, "what": "parts", "limit": nodes - 1}


@pytest.mark.parametrize("before", ["-", "not "])
def test_a_text_is_25_expressions_deep_at_most(before: str) -> None:
    assert isinstance(parse(before * 24 + "x"), Tree)
    one = only(before * 25 + "x")
    assert (one.code, one.args, one.end - one.start) == (
        "GR508",
        {"number": 26, "what": "levels", "limit": 25},
        1,
    )


@pytest.mark.parametrize("sign", [" + ", " - ", " * ", " / "])
def test_a_sum_or_product_may_have_as_many_terms_as_there_is_room_for(sign: str) -> None:
    # 100 names and 99 signs between them.
    assert isinstance(parse(sign.join(["x"] * 100)), Tree)
    assert only(sign.join(["x"] * 101)).args == {"number": 201, "what": "parts", "limit": 200}


@pytest.mark.parametrize(
    ("text", "levels"),
    [
        ("x + y + z", 2),
        ("x + (y + z)", 3),
        ("x + y * z", 3),
        ("x * y + z", 2),
        ("-x + y", 3),
        ("-(x + y)", 3),
        ("f(x + y)", 3),
    ],
)
def test_the_next_term_is_no_deeper_than_the_one_before(
    text: str, levels: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(syntax, "DEPTH", levels)
    assert isinstance(parse(text), Tree)
    monkeypatch.setattr(syntax, "DEPTH", levels - 1)
    assert only(text).args == {"number": levels, "what": "levels", "limit": levels - 1}


def test_what_is_too_large_is_told_alone() -> None:
    assert slips("x ** 2 < " + many(201))[0][0] == "GR508"
    assert len(slips("x ** 2 < " + many(201))) == 1


@pytest.mark.parametrize(
    "text",
    [
        "(" * 250 + "x" + ")" * 250,
        "-" * 900 + "x",
        "not " * 240 + "x",
        "[" * 900,
        "f(" * 300,
        "x" + ".a" * 450 + "[0]",
        "x<" * 499 + "x",
    ],
)
def test_a_text_that_nests_without_end_is_refused(text: str) -> None:
    assert only(text).code in ("GR501", "GR503", "GR508")


@pytest.mark.parametrize("error", [ValueError, MemoryError, RecursionError])
def test_whatever_python_says_of_a_text_it_is_refused(
    error: type[Exception], monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(text: str, mode: str) -> ast.Expression:
        raise error(text, mode)

    monkeypatch.setattr(syntax, "ast", SimpleNamespace(parse=broken))
    assert only("x > 1") == Slip("GR501", 0, 5, {})


def test_a_text_that_python_breaks_at_without_saying_where_is_refused_at_its_end(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def broken(text: str, mode: str) -> ast.Expression:
        raise SyntaxError(f"{mode}: {text}")

    monkeypatch.setattr(syntax, "ast", SimpleNamespace(parse=broken))
    assert only("x > 1  ") == Slip("GR501", 4, 5, {})


def test_nothing_is_read_as_more_than_one_expression() -> None:
    assert [code for code, _ in slips("x; y")] == ["GR502"]
    assert [code for code, _ in slips("x\ny")] == ["GR502"]
    assert [code for code, _ in slips("x := 1")] == ["GR502"]


@pytest.mark.parametrize(
    "kind",
    [getattr(ast, name) for name in dir(ast) if isinstance(getattr(ast, name), type)],
    ids=lambda kind: kind.__name__,
)
def test_nothing_but_what_is_listed_is_allowed(kind: type) -> None:
    allowed = {
        "Name", "Constant", "UnaryOp", "BinOp", "BoolOp", "Compare", "IfExp", "Call", "Tuple", "List", "Set", "Add", "Sub", "Mult", "Div", "USub", "UAdd",
        "Not", "And", "Or", "Eq", "NotEq", "Lt", "LtE", "Gt", "GtE", "In", "NotIn", "Load",
    }  # fmt: skip
    assert (kind in (*syntax.ALLOWED, *syntax.OPERATORS)) is (kind.__name__ in allowed)


def test_slips_are_equal_by_what_they_say() -> None:
    args: Mapping[str, object] = {"what": "x"}
    assert Slip("GR503", 1, 2, args) == Slip("GR503", 1, 2, {"what": "x"})
    assert Slip("GR501", 1, 2).args == {}


@pytest.mark.parametrize("text", ["x ** 2 > a.b", "a.b > x ** 2", "min(x ** 2, a.b, c.d) > 1"])
def test_a_path_hides_nothing_that_stands_beside_it(text: str) -> None:
    assert slips(text) == [("GR503", "x ** 2")]
