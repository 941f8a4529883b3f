"""Security: “For every bad input: one clear message with file:line:column …, no traceback, …, at most 2 000 characters of
message without raw control characters, nothing lost or changed in silence.”

These are tests of correctness. The worst cases run in a process of their own under a bound that is generous on purpose,
20 s of processor time, so that a busy machine fails none of them.
"""

import json
import random
import re
import subprocess
import sys
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest

from govrubric import CardError, Rubric, RubricError, ScoreCard, TallyError, loads, shipped, tally_files
from govrubric.diagnostics.diagnostic import GovrubricError as AnyError
from samples import TALLY, small

ROOT = Path(__file__).parents[1]
CONTROL = re.compile(
    "[\x00-\x09\x0b-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ud800-\udfff\ufeff]"
)
ODD = "\0\t\r\x1b\x85\xa0\u200b\u202e\u3000\ufeff：，；“”#&*!|>%@`'\"{}[]<-?~^=+/\\_.0９é\u0301中😀\U0010ffff"
WORDS = (
    "&a ",
    "*a",
    "<<: ",
    "!!x ",
    "%YAML 1.2\n",
    "---\n",
    "...\n",
    "? ",
    ": ",
    "- ",
    "null",
    "~",
    "yes",
    "010",
    "1e9",
    "nan",
    "\\ud800",
    "\\u202e",
)
SEEDS = range(50)


def mutated(data: bytes, seed: int) -> bytes:
    """A few changes: bytes flipped, a tail cut off, odd text put in, lines swapped, doubled or lost."""
    chance = random.Random(seed)
    for _ in range(chance.randint(1, 4)):
        at = chance.randrange(len(data) + 1)
        match chance.randrange(8):
            case 0:
                data = (
                    data[:at] + bytes([data[at - 1] ^ (1 << chance.randrange(8))]) + data[at + 1 :]
                    if data
                    else data
                )
            case 1:
                data = data[:at]
            case 2 | 3:
                data = data[:at] + chance.choice(ODD).encode() * chance.choice((1, 1, 2, 50)) + data[at:]
            case 4:
                data = data[:at] + chance.choice(WORDS).encode() + data[at:]
            case 5:
                data = data[:at] + data[at + chance.randrange(1, 40) :]
            case _:
                lines = data.split(b"\n")
                one, other = chance.randrange(len(lines)), chance.randrange(len(lines))
                lines[one], lines[other] = lines[other], lines[one] if chance.random() < 0.7 else lines[other]
                data = b"\n".join(lines)
    return data


def judge(act: Callable[[], object], kind: type[AnyError], *, placed: bool) -> None:
    """`act` succeeds, or is refused with findings that anybody can read."""
    try:
        act()
    except AnyError as error:
        refusal = error
    else:
        return
    assert type(refusal) is kind
    assert refusal.diagnostics
    for one in refusal.diagnostics[:200]:
        for language in ("en", "zh"):
            shown = one.render(language)
            assert len(shown) <= 2000
            assert not CONTROL.search(shown.replace("\n", "")), ascii(shown)
            assert not CONTROL.search(one.line(language)), ascii(one.line(language))
            assert one.message(language)
        assert re.fullmatch(r"GR\d\d\d", one.code)
        assert one.place is not None or not placed, one
        json.dumps(one.to_dict()).encode()


@cache
def district() -> Rubric:
    return shipped("2023-district")


def tallies() -> dict[str, bytes]:
    """One tally in each of the three forms of a file."""
    names = {
        "unit": "d01",
        "name": "甲区",
        "basics": {"attribution": {"unlabelled": {"value": 3, "evidence": ["表"], "note": "补"}}},
    }
    judged = [
        "interpretation.targeting",
        *(
            f"organisation.{name}"
            for name in ("leadership", "training", "appraisal", "guidance", "assigned_tasks")
        ),
    ]
    whole = {
        **names,
        "platforms.new_media.operation_score": "92.5",
        **{f"{path}.assessed": 2 for path in (*judged, "innovation.measures")},
    }
    return {
        ".yaml": (ROOT / "examples" / "district-one.yaml").read_bytes(),
        ".json": json.dumps([whole, {**whole, "unit": "d02"}], ensure_ascii=False, indent=1).encode(),
        ".csv": (ROOT / "examples" / "2023-districts.csv").read_bytes(),
    }


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("name", ["2023-district", "2023-department"])
def test_a_damaged_rubric_loads_or_is_refused(name: str, seed: int) -> None:
    data = mutated((ROOT / "rubrics" / f"{name}.yaml").read_bytes(), seed)
    judge(lambda: loads(data, "damaged.yaml"), RubricError, placed=True)


GALLERY = sorted((ROOT / "examples" / "gallery").glob("*.yaml"))
IN_TEXTS = (
    "score(",
    "lost(x)",
    ") / 0",
    " and ",
    "not ",
    "'",
    "''",
    " in (",
    "==",
    "=",
    "≥",
    "；",
    "（",
    " if ",
    "else",
    "round(1 / x, 99)",
    "9" * 30,
    "a.b",
    "#",
)


@pytest.mark.parametrize("seed", range(66))
def test_a_damaged_rubric_of_the_gallery_loads_or_is_refused(seed: int) -> None:
    chance, data = random.Random(seed), GALLERY[seed % len(GALLERY)].read_bytes()
    texts = [match.start() for match in re.finditer(rb"(?<=when: )|(?<=formula: )", data)]
    for _ in range(2):
        at = chance.choice(texts) + chance.randrange(12) if texts else 0
        data = data[:at] + chance.choice(IN_TEXTS).encode() + data[at:]
    judge(lambda: loads(data, "damaged.yaml"), RubricError, placed=True)


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("suffix", [".yaml", ".json", ".csv"])
def test_a_damaged_tally_is_scored_or_refused(suffix: str, seed: int, tmp_path: Path) -> None:
    path = tmp_path / f"damaged{suffix}"
    path.write_bytes(mutated(tallies()[suffix], seed))

    def scored() -> None:
        for card in tally_files.read(district(), path):
            assert card.total is not None
            assert 0 <= card.total <= 100
            assert not CONTROL.search(card.explain().replace("\n", ""))
            card.to_json().encode()

    judge(scored, TallyError, placed=True)


@pytest.mark.parametrize("seed", SEEDS)
def test_a_damaged_card_is_read_or_refused_and_never_passes_for_another(seed: int) -> None:
    whole = small().score(TALLY, unit="u1", name="一").to_json()
    data = mutated(whole.encode(), seed)

    def read() -> None:
        text = data.decode("utf-8", "surrogateescape")
        card = ScoreCard.from_json(text)
        found = card.verify(small())
        for one in found:
            assert not CONTROL.search(one.render().replace("\n", ""))
        if json.loads(text) != json.loads(whole):
            assert found

    judge(read, CardError, placed=True)


@pytest.mark.parametrize("seed", range(5))
def test_the_mutations_damage_most_of_what_they_touch(seed: int) -> None:
    """The loops above would be of no use if nothing were ever refused."""
    data = (ROOT / "rubrics" / "2023-district.yaml").read_bytes()
    refused = 0
    for number in range(seed * 10, seed * 10 + 10):
        try:
            loads(mutated(data, number))
        except RubricError:
            refused += 1
    assert refused >= 5


# The worst cases

MIB = 1 << 20
CODE = """\
import resource, sys
resource.setrlimit(resource.RLIMIT_CPU, (20, 20))
from govrubric import GovrubricError, load, loads
from govrubric import tally_files
data = sys.stdin.buffer.read()
try:
    if sys.argv[1] == "rubric":
        loads(data, "worst.yaml")
    else:
        path = sys.argv[3] + sys.argv[1]
        open(path, "wb").write(data)
        tally_files.read(load(sys.argv[2]), path)
except GovrubricError as error:
    shown = [one.render() for one in error.diagnostics[:100]]
    print(error.diagnostics[0].code, max(map(len, shown)), all(one.place for one in error.diagnostics))
else:
    print("taken")
"""


def worst(kind: str, text: str, folder: Path) -> str:
    """What comes of a text, in a process of its own: the first code."""
    rubric = ROOT / "tests" / "bad" / "good.yaml"
    command = [sys.executable, "-c", CODE, kind, str(rubric), str(folder / "worst")]
    done = subprocess.run(command, input=text.encode(), capture_output=True, timeout=300, check=True)
    code, _, rest = done.stdout.decode().strip().partition(" ")
    if code == "taken":
        return code
    length, _, placed = rest.partition(" ")
    assert (int(length) <= 2000, placed) == (True, "True")
    return code


LAUGHS = "a: &a [ha, ha, ha]\n" + "".join(
    f"{chr(98 + n)}: &{chr(98 + n)} [{', '.join([f'*{chr(97 + n)}'] * 9)}]\n" for n in range(20)
)


@pytest.mark.parametrize(
    "unit",
    [
        "[",
        "- ",
        '"',
        "a: ",
        "#",
        " ",
        "{",
        "&a",
        "!!x",
        "\t",
        "x",
        "中",
        "\u200b",
        "\xa0",
        "?",
        "*a ",
        "'",
        ",",
    ],
)
def test_a_mebibyte_on_one_line_is_refused_in_time(unit: str, tmp_path: Path) -> None:
    """“line 4 000 characters”"""
    assert worst("rubric", unit * (MIB // len(unit.encode())), tmp_path) in (
        "GR105",
        "GR106",
        "GR107",
        "GR108",
    )


@pytest.mark.parametrize(
    ("unit", "code"),
    [
        ("[\n", "GR121"),
        ("-\n", "GR125"),
        ('"\n', "GR204"),
        ("a: 1\n", "GR120"),
        ("#\n", "GR124"),
        ("\n", "GR124"),
        ("{\n", "GR119"),
        ("&a\n", "GR113"),
        ("!!x\n", "GR116"),
        ("\t\n", "GR107"),
        ("\u200b\n", "GR105"),
        ("- yes\n", "GR131"),
        ("a：b\n", "GR123"),
        ("- &a x\n- *a\n", "GR113"),
        ("'a\n", "GR204"),
        ("? a\n", "GR125"),
        ("- |\n", "GR122"),
    ],
)
def test_as_many_lines_as_a_text_may_have_are_refused_in_time(unit: str, code: str, tmp_path: Path) -> None:
    assert worst("rubric", unit * (90_000 // unit.count("\n")), tmp_path) == code


def test_a_billion_laughs_are_refused_in_time(tmp_path: Path) -> None:
    assert worst("rubric", LAUGHS, tmp_path) in ("GR113", "GR202")


def test_a_rubric_of_thousands_of_wrong_rules_is_refused_in_time(tmp_path: Path) -> None:
    rules = "".join(f"  - {{id: r{n}, deduct: x, foo: 2}}\n" for n in range(2300))
    text = f"govrubric: 1\nid: a\ntitle: T\ntotal: 1\nround: {{places: 2, mode: half_up}}\nindicators:\n- id: a\n  title: T\n  weight: 1\n  rules:\n{rules}"
    assert worst("rubric", text, tmp_path) in ("GR201", "GR207")


HEAD = "govrubric: 1\nid: a\ntitle: T\ntotal: {}\nround: {{places: 2, mode: half_up}}\nindicators:\n"


def leaves(many: int, fields: Callable[[int], str]) -> str:
    """A rubric of so many leaves, each worth 1, with what `fields` says of each."""
    rule = "rules: [{id: r, deduct: 1, per: x}]"
    return HEAD.format(many) + "".join(
        f"- {{id: i{n}, title: T, weight: 1, {rule}, {fields(n)}}}\n" for n in range(many)
    )


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (leaves(1000, lambda n: f"counts_when: nope{n} > 0"), "GR504"),
        (leaves(1000, lambda n: f"counts_when: score(i{(n + 1) % 1000}) > 0"), "GR509"),
        (leaves(1000, lambda n: f"counts_when: score(i{n}) > 0"), "GR509"),
        (
            leaves(1000, lambda n: f"counts_when: score(i{(n + 1) % 1000}) > score(i{(n * 7) % 1000})"),
            "GR509",
        ),
        (leaves(900, lambda n: f"counts_when: {'not ' * 100}i{n}.r"), "GR508"),
        (leaves(900, lambda n: f"counts_when: {'(' * 200}{n}{')' * 200} > 0"), "taken"),
        (leaves(900, lambda n: f"counts_when: {' + '.join('1' * 12 for _ in range(60))} > i{n}.r"), "taken"),
        (leaves(1000, lambda n: f"counts_when: score(i{n + 1}) > 0" if n < 999 else "note: last"), "taken"),
        (leaves(900, lambda n: f"counts_when: {'9' * 900} > i{n}.r"), "GR507"),
    ],
    ids=[
        "unknown names",
        "one great circle",
        "a circle each",
        "many circles",
        "deep",
        "brackets",
        "long sums",
        "each the next",
        "long digits",
    ],
)
def test_a_rubric_of_very_many_conditions_is_taken_or_refused_in_time(
    text: str, code: str, tmp_path: Path
) -> None:
    assert worst("rubric", text, tmp_path) == code


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        (".json", "[" * MIB),
        (".json", "[\n" * MIB),
        (".json", "[" + "0," * MIB + "0]"),
        (".json", "[" + "null," * 100_000 + "0]"),
        (".json", '{"a": ' * MIB),
        (".json", '"' * MIB),
        (".json", "{" + '"k": 1, ' * 200_000 + '"k": 1}'),
        (".json", "{" + ", ".join(f'"k{n}": 1' for n in range(100_000)) + "}"),
        (".json", "1" * 8 * MIB),
        (".json", " " * 8 * MIB),
        (".json", '"' + "\\u0000" * MIB + '"'),
        (".json", "[" + ", ".join(f'{{"unit": "u{n}"}}' for n in range(20_000)) + "]"),
        (".csv", '"' * MIB),
        (".csv", "," * MIB),
        (".csv", "\n" * 8 * MIB),
        (".csv", "x" * 8 * MIB),
        (".csv", 'unit\n"' + "a" * MIB),
        (".csv", "unit\n" + "a\n" * 100_000),
        (".csv", "unit,name\n" + "a\n" * 100_000),
        (".csv", "unit," + ",".join(f"c{n}" for n in range(20_000))),
        (".yaml", "".join(f"publication.documents.k{n}: 1\n" for n in range(9_000))),
        (".yaml", "".join(f"- {{unit: u{n}}}\n" for n in range(5_000))),
        (".yaml", LAUGHS),
    ],
)
def test_a_monstrous_tally_is_refused_in_time(kind: str, text: str, tmp_path: Path) -> None:
    """“a hang third”"""
    assert worst(kind, text, tmp_path).startswith("GR")


@pytest.mark.parametrize(
    "text",
    [
        "[" * MIB,
        "{" * MIB,
        '"' * MIB,
        "1" * MIB,
        '{"a":' * 100_000,
        "[0" + ",0" * MIB + "]",
        "\\" * MIB,
        "\ud800",
    ],
)
def test_a_monstrous_card_is_refused(text: str) -> None:
    judge(lambda: ScoreCard.from_json(text), CardError, placed=True)
    with pytest.raises(CardError):
        ScoreCard.from_json(text)


def test_a_card_of_long_numbers_is_read_or_refused_in_time(tmp_path: Path) -> None:
    data = small().score(TALLY).to_dict()
    long = "0." + "0" * 3990 + "1"
    numbers = dict.fromkeys(("weight", "out_of", "base", "rounding", "score", "lost", "contribution"), long)
    data["items"] += [{**data["items"][4], **numbers, "path": f"x{n}", "rules": []} for n in range(250)]
    data["items"][0]["parts"] += [f"x{n}" for n in range(250)]
    path = tmp_path / "card.json"
    path.write_text(json.dumps(data))
    code = (
        "import resource, sys; resource.setrlimit(resource.RLIMIT_CPU, (20, 20))\n"
        "from govrubric import CardError, ScoreCard\n"
        "try:\n    ScoreCard.from_json(open(sys.argv[1]).read())\nexcept CardError:\n    pass\n"
    )
    subprocess.run([sys.executable, "-c", code, path], timeout=300, check=True)


@pytest.mark.parametrize("seed", SEEDS)
def test_what_a_program_hands_in_is_scored_or_refused(seed: int) -> None:
    """“the likely attacker is … a host program”"""
    from decimal import Decimal
    from fractions import Fraction

    chance = random.Random(seed)
    strange: list[object] = [
        True, False, None, 0, -1, 1, 3, 10**400, 0.1, float("nan"), float("inf"), "3", "", "\ud800", "\x1b", b"3", Decimal("NaN"), Decimal("sNaN"),
        Decimal("Infinity"), Decimal("1e999999999"), Decimal("1e-999999999"), Decimal("0.50"), Fraction(1, 3), [], {}, (), object(), {"value": 1},
        {"value": {"value": 1}}, {"evidence": 3}, {"note": "\u202e"}, range(3), {1: 2}, "1/3", "1/0", "９",
    ]  # fmt: skip
    names: list[object] = [
        *small()._inputs,
        "work",
        "work.papers",
        "bonus",
        "bonus.used",
        "x" * 500,
        "\ud800",
        "\x1b",
        "",
        ".",
        3,
        None,
        ("a",),
        0.5,
    ]
    for _ in range(20):
        tally = {chance.choice(names): chance.choice(strange) for _ in range(chance.randrange(8))}
        judge(lambda tally=tally: small().score(tally), TallyError, placed=False)  # type: ignore[misc] # a default keeps the value of this round, and the checker cannot tell its type
