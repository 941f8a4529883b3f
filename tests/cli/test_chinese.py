"""The command in Chinese: usage, help and errors, and when they are so."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result

from govrubric import cli
from govrubric.cli import UNWRITTEN, _chinese, _help
from govrubric.diagnostics.display import cells
from samples import SMALL

NAMES = cli.main.list_commands(click.Context(cli.main))
SOURCE = Path(cli.__file__).parent
ENGLISH = re.compile(r"[A-Za-z]{2,} [a-z]{2,} [a-z]{2,}")
# Errors that have the names and numbers of others in them, and stand for themselves.
PASSED_ON = {"plain(message, MESSAGE)", "str(error)", "error.args[0]", "message"}


@pytest.fixture(autouse=True)
def _folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every command runs in a folder with a rubric and a file of tallies."""
    monkeypatch.chdir(tmp_path)
    Path("small.yaml").write_text(SMALL)
    Path("tallies.yaml").write_text("- {unit: north, bonus.judged: 1}\n- {unit: south, bonus.judged: 1}\n")


def run(*words: str, **environment: str) -> Result:
    clear = dict.fromkeys(("LC_ALL", "LC_MESSAGES", "LANG"))
    return CliRunner(env={**clear, **environment}).invoke(cli.main, words)


def commands() -> Iterator[click.Command]:
    yield cli.main
    for name in NAMES:
        command = cli.main.get_command(context(cli.main), name)
        assert command is not None
        yield command


def context(command: click.Command) -> click.Context:
    """A context with the options of all; click keeps the option for help that it made for the first."""
    return click.Context(command, help_option_names=["-h", "--help"])


def paragraphs(text: str) -> Iterator[str]:
    return (" ".join(paragraph.split()) for paragraph in text.strip().split("\n\n"))


def shown() -> set[str]:
    """Every English paragraph of help."""
    texts: set[str] = set()
    for command in commands():
        texts.update(paragraphs(command.help or ""))
        for param in command.get_params(context(command)):
            if isinstance(param, click.Option):
                assert param.help, (command.name, param.name)
                texts.update(paragraphs(param.help))
    return texts


# Every text has its Chinese


def test_each_help_has_its_chinese_and_each_chinese_its_help() -> None:
    assert set(_chinese.HELP) == shown()


def test_each_name_of_a_value_has_its_chinese() -> None:
    lacking: set[str] = set()
    for command in commands():
        pieces = command.collect_usage_pieces(context(command))
        pieces += [
            record[0]
            for one in command.get_params(context(command))
            if (record := one.get_help_record(context(command)))
        ]
        lacking |= {word for piece in pieces for word in re.findall("[A-Z]+(?: [A-Z]+)*", piece)}
    assert lacking - set(_chinese.WORDS) == set()


def errors() -> Iterator[tuple[str, str]]:
    """Each error that a command may raise, with an `x` in place of what differs, and where it stands."""
    for path in sorted(SOURCE.glob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if not (isinstance(node, ast.Call) and ast.unparse(node.func) in RAISED):
                continue
            text = node.args[0]
            if ast.unparse(text) in PASSED_ON:
                continue
            assert isinstance(text, (ast.Constant, ast.JoinedStr)), ast.unparse(node)
            parts = text.values if isinstance(text, ast.JoinedStr) else [text]
            yield (
                "".join(str(one.value) if isinstance(one, ast.Constant) else "x" for one in parts),
                path.name,
            )


RAISED = ("click.UsageError", "click.BadParameter", "click.ClickException")


@pytest.mark.parametrize(("text", "file"), [*errors()])
def test_each_error_of_a_command_has_its_chinese(text: str, file: str) -> None:
    said = text.removesuffix("; x") + "; did you mean x?" * text.endswith("; x")
    assert _chinese.error(said) != said, file


def test_an_error_that_is_not_known_stays() -> None:
    assert _chinese.error("Something new of click: 3") == "Something new of click: 3"


# What is wrong with a command line


@pytest.mark.parametrize(
    ("words", "error"),
    [
        (("chek",), "没有命令“chek”"),
        (("scor",), "没有命令“scor”"),
        (("--bad",), "没有选项“--bad”"),
        (("check",), "缺少“路径…”"),
        (("score", "small.yaml"), "缺少“填报文件…”"),
        (("new", "--id", "a", "--year", "2024"), "缺少选项“--from”"),
        (("new", "--yeer", "2024"), "没有选项“--yeer”，是否应为“--year”？"),
        (("score", "small.yaml", "tallies.yaml", "--format"), "选项“--format”之后缺少内容"),
        (("score", "small.yaml", "tallies.yaml", "--strict=1"), "选项“--strict”之后不带内容"),
        (
            ("score", "small.yaml", "tallies.yaml", "--format", "xml"),
            "“--format”的值不对：“xml”不在可选之列：“table”、“json”、“csv”",
        ),
        (("schema", "foo"), "“[rubric|cases|card]”的值不对：“foo”不在可选之列：“rubric”、“cases”、“card”"),
        (("explain", "small.yaml", "tallies.yaml", "a"), "多出参数：a"),
        (("explain", "small.yaml", "tallies.yaml", "a", "b"), "多出参数：a b"),
        (("prove", "small.yaml", "--examples", "x"), "“--examples”的值不对：“x”不是整数"),
        (("prove", "small.yaml", "--examples", "0"), "“--examples”的值不对：0 不在 1 至 1000000 之间"),
        (("prove", "small.yaml", "--seed=-1"), "“--seed”的值不对：-1 小于 0"),
        (("show", "small.yaml", "--lang", "fr"), "“--lang”的值不对：不支持语言“fr”，请写 en 或 zh-CN"),
        (
            ("new", "--from", "small.yaml", "--id", "甲", "--year", "2024"),
            "“--id”的值不对：“甲”不能用作代号：代号以小写字母开头，其后为小写字母、数字、`_` 或 `-`，最多 64 个字符",
        ),
        (
            ("new", "--from", "small.yaml", "--id", "small", "--year", "2024"),
            "“--id”的值不对：“small”就是 small.yaml 自己的代号，请另取一个",
        ),
        (
            ("new", "--from", "small.yaml", "--id", "a", "--year", "2024", "--out", "tallies.yaml"),
            "“--out”的值不对：“tallies.yaml”已存在，不予覆盖，请另取文件名",
        ),
        (
            ("whatif", "small.yaml", "tallies.yaml", "--share", "3"),
            "“--share”的值不对：“3”不是大于 0% 且小于 100% 的百分比，请写成 10% 的样子",
        ),
        (
            ("show", "2023-distrct"),
            "没有文件“2023-distrct”，也没有这个名称的内置评分表；是否应为“2023-district”？",
        ),
        (
            ("show", "nothing"),
            "没有文件“nothing”，也没有这个名称的内置评分表；内置的有：2023-department、2023-district",
        ),
        (("show", "2023-district", "--variant", "x"), "没有版本“x”"),
        (("explain", "small.yaml", "tallies.yaml", "--unit", "nroth"), "tallies.yaml 中没有单位“nroth”；是否应为“north”？"),
        (
            ("explain", "small.yaml", "tallies.yaml", "--unit", "zzz"),
            "tallies.yaml 中没有单位“zzz”；其中有：north、south",
        ),
        (("fmt", "2023-district"), "`fmt` 只用于文件，而“2023-district”是内置评分表的名称：请写文件路径"),
        (("test", "--update", "2023-district"), "--update 要改写文件，而“2023-district”是内置评分表的名称：请写文件路径"),
        (
            ("show", "small.yaml", "--out", "small.yaml"),
            "--out “small.yaml”会覆盖本命令要读取的“small.yaml”，请另取文件名",
        ),
        (
            ("batch", "small.yaml", "a.csv", "b.csv", "--engine", "duckdb"),
            "--engine duckdb 只读写 .parquet（或 .pq）文件",
        ),
        (("verify", "a.json", "--tally", "tallies.yaml"), "使用 --tally 须同时写明评分表，填报数据按它计分"),
    ],
)  # fmt: skip
def test_wrong_usage(words: tuple[str, ...], error: str) -> None:
    result = run(*words, LANG="zh_CN.UTF-8")
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.splitlines()[-1] == f"错误：{error}"
    assert not ENGLISH.search(result.stderr)


def test_the_usage_stands_above_what_is_wrong() -> None:
    assert run("score", "--lang", "zh-CN").stderr == (
        "用法：govrubric score [选项] 评分表 填报文件…\n"
        "运行“govrubric score --help”可查看说明。\n\n错误：缺少“评分表”\n"
    ).replace("govrubric", "main")


def test_what_could_not_be_written() -> None:
    result = run("show", "small.yaml", "--out", "no/where.txt", LANG="zh_CN.UTF-8")
    assert (result.exit_code, result.stderr) == (
        UNWRITTEN,
        "错误：未能写出 no/where.txt：没有此文件或文件夹\n",
    )


def test_what_else_is_wrong(monkeypatch: pytest.MonkeyPatch) -> None:
    def lacking() -> None:
        raise ImportError("prove needs one more package: pip install 'govrubric[testing]'")

    monkeypatch.setattr("govrubric.testing.prove.needed", lacking)
    result = run("prove", "small.yaml", "--lang", "zh-CN")
    assert (result.exit_code, result.stderr) == (
        1,
        "错误：prove 须先安装其他组件：pip install 'govrubric[testing]'\n",
    )


def test_a_full_screen(monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("govrubric.cli.show.put", full)
    result = run("show", "small.yaml", LANG="zh_CN.UTF-8")
    assert (result.exit_code, result.stderr) == (UNWRITTEN, "错误：输出内容未能写出：磁盘空间不足\n")


def test_an_error_shows_no_control_character_and_no_more_than_others() -> None:
    assert run("show", "a\x1bb", LANG="zh_CN.UTF-8").stderr.endswith(
        "错误：没有文件“a\\x1bb”，也没有这个名称的内置评分表；内置的有：2023-department、2023-district\n"
    )
    assert len(run("show", "a" * 5000, LANG="zh_CN.UTF-8").stderr) < 2000


@pytest.mark.parametrize("command", ["show", "check", "fmt", "verify", "test", "prove"])
def test_a_file_that_is_not_there(command: str) -> None:
    """What is about no rubric is in the language of the person."""
    result = run(command, "no.yaml", LANG="zh_CN.UTF-8")
    assert result.exit_code == 1
    assert "no.yaml:1:1: 错误[GR101]: 文件无法读取：没有此文件\n" in result.output
    assert "no.yaml:1:1: error[GR101]" in run(command, "no.yaml", LANG="C").output


def test_a_folder_without_anything() -> None:
    Path("empty").mkdir()
    assert run("check", "empty", LANG="zh_CN.UTF-8").stderr == "没有找到评分表或案例文件\n"
    assert run("prove", "empty", LANG="zh_CN.UTF-8").stderr.endswith("错误：empty 中没有评分表\n")


# When


@pytest.mark.parametrize(
    ("words", "environment", "chinese"),
    [
        ((), {}, False),
        ((), {"LANG": "zh_CN.UTF-8"}, True),
        ((), {"LC_MESSAGES": "zh_TW"}, True),
        ((), {"LC_ALL": "zh_CN.GB18030", "LANG": "en_US.UTF-8"}, True),
        ((), {"LC_ALL": "C.UTF-8", "LANG": "zh_CN.UTF-8"}, False),
        ((), {"LC_ALL": "", "LC_MESSAGES": "en_GB", "LANG": "zh_CN.UTF-8"}, False),
        (("--lang", "zh-CN"), {}, True),
        (("--lang=zh",), {}, True),
        (("--lang", "en"), {"LANG": "zh_CN.UTF-8"}, False),
        (("--lang", "zh-CN", "--lang", "en"), {}, False),
        (("--lang", "fr"), {"LANG": "zh_CN.UTF-8"}, True),
        (("--lang",), {"LANG": "zh_CN.UTF-8"}, True),
        (("--", "--lang", "zh-CN"), {}, False),
    ],
)
def test_the_language_is_the_one_asked_for_or_that_of_the_locale(
    words: tuple[str, ...], environment: dict[str, str], chinese: bool
) -> None:
    assert _help.spoken(words, environment) == ("zh" if chinese else "en")


@pytest.mark.parametrize(
    "words",
    [
        ("--lang", "zh-CN", "score", "--help"),
        ("score", "--lang", "zh-CN", "--help"),
        ("score", "--help", "--lang=zh-CN"),
        ("schema", "--help", "--lang", "zh-CN"),
        ("--help", "--lang", "zh-CN"),
    ],
)
def test_help_is_chinese_wherever_the_language_stands(words: tuple[str, ...]) -> None:
    result = run(*words)
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout.startswith("用法：")


def test_help_is_english_otherwise() -> None:
    assert run("score", "--help").stdout.startswith("Usage: main score [OPTIONS] RUBRIC TALLY…\n")
    assert "Error: Missing argument 'RUBRIC'." in run("score").stderr


def test_a_language_before_the_command_is_that_of_its_output_too() -> None:
    Path("zh.yaml").write_text(SMALL.replace("id: small", "id: small\nlanguage: zh-CN"))
    assert "分" in run("show", "zh.yaml").stdout
    assert "分" not in run("--lang", "en", "show", "zh.yaml").stdout
    assert "分" in run("--lang", "en", "show", "zh.yaml", "--lang", "zh-CN").stdout


# Help


@pytest.mark.parametrize("name", ["", *NAMES])
def test_the_help_of_a_command(name: str) -> None:
    """All of it is Chinese, no line is too wide for a terminal, and none begins with a point."""
    result = run(*filter(None, [name]), "--help", LANG="zh_CN.UTF-8")
    assert result.exit_code == 0
    lines = result.stdout.splitlines()
    assert not [line for line in lines if ENGLISH.search(line)]
    assert not [line for line in lines if cells(line) > 80]
    assert not [line for line in lines if line.lstrip()[:1] in tuple("，。；：、）”！？…")]


def test_help_says_what_must_be_given_the_default_and_the_range() -> None:
    new, prove = (run(name, "--help", LANG="zh").stdout for name in ("new", "prove"))
    assert "  --year 年份    新表开始适用的年份。（1900 至 2999，必填）\n" in new
    assert re.search(r"（默认：200，1 至 1000000）", re.sub(r"\s", "", prove).replace("至", " 至 "))
    assert re.search(r"（默认：0，不小于0）", re.sub(r"\s", "", prove))


@pytest.mark.parametrize(
    ("lang", "first"), [("zh", "用法：main [选项] 命令 [参数]…"), ("en", "Usage: main [OPTIONS]")]
)
def test_without_a_command_the_help_is_shown(lang: str, first: str) -> None:
    result = run(LANG=lang)
    assert result.exit_code == 2
    assert result.stderr.startswith(first)
    assert "⏎" not in result.stderr
    assert len(result.stderr.splitlines()) > 20
