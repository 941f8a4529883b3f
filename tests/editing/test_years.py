"""Years: which are the rubric's own, and what else of a text belongs to a time."""

import time

import pytest

from govrubric.editing.years import quoted, times, years_of


def moved(title: str) -> str:
    """The title with its own year, 2023, written as 2031."""
    for start in times(title, "2023", bare=True).own:
        title = f"{title[:start]}2031{title[start + 4 :]}"
    return title


@pytest.mark.parametrize(
    ("title", "next_title"),
    [
        ("2023年政务公开考核评估指标", "2031年政务公开考核评估指标"),
        ("2023年度考核评分表（国办发〔2023〕16号）", "2031年度考核评分表（国办发〔2023〕16号）"),
        ("某市2023年考核评分表", "某市2031年考核评分表"),
        ("关于2023年考核的评分表", "关于2031年考核的评分表"),
        ("考核评分表（2023年度）", "考核评分表（2031年度）"),
        ("考核评分表（2023）", "考核评分表（2031）"),
        ("【2023年政务公开】评分表", "【2031年政务公开】评分表"),
        ("Form 2023", "Form 2031"),
        ("Form of 2023", "Form of 2031"),
        ("Form (2023)", "Form (2031)"),
        ("2023 form of 2023.", "2031 form of 2031."),
        ("It's 2023", "It's 2031"),
    ],
)
def test_the_own_year_of_a_title(title: str, next_title: str) -> None:
    assert moved(title) == next_title


@pytest.mark.parametrize(
    ("title", "left"),
    [
        ("国办发〔2023〕16号评分表", "国办发〔2023〕16号"),
        ("国办发[2023]16号", "国办发[2023]16号"),
        ("国办发［2023］16号", "国办发［2023］16号"),
        ("国办发(2023)16号", "国办发(2023)16号"),
        ("国办发（2023）16号", "国办发（2023）16号"),
        ("国办发 （ 2023 ） 第 十六 号", "国办发 （ 2023 ） 第 十六 号"),
        ("国办发（2023）", "国办发（2023）"),
        ("通知 [2023] No. 16", "通知 [2023] No. 16"),
        ("通知 (2023) No. 16", "通知 (2023) No. 16"),
        ("（2023）试行评分表", "（2023）"),
        ("[2023年]评分表", "[2023年]"),
        ("2023年第16号公告", "2023年第16号"),
        ("2023年某市第3号令", "2023年"),
        ("Order No. 16 of 2023", "of 2023"),
        ("GB/T 19001-2023 检查表", "GB/T 19001-2023"),
        ("JGJ 59—2023", "JGJ 59—2023"),
        ("2022—2023学年评分表", "2022—2023学年"),
        ("2022-2023学年度", "2022-2023学年度"),
        ("2022-23学年", "2022-23学年"),
        ("2023-24 school year", "2023-24"),
        ("2023学年", "2023学年"),
        ("2023级学生", "2023级"),
        ("2021—2023年", "2021—2023年"),
        ("2021年至2023年", "2021年至2023年"),
        ("2023、2024年度", "2023、2024年度"),
        ("2023 to 2025", "2023 to 2025"),
        ("2023年6月发布", "2023年6月发布"),
        ("2023年12月31日印发", "2023年12月31日印发"),
        ("2023年六月", "2023年六月"),
        ("2023-06-01", "2023-06-01"),
        ("June 2023", "June 2023"),
        ("1 June 2023", "1 June 2023"),
        ("（2023年修订）评分表", "2023年修订"),
        ("自2023年起施行", "2023年起"),
        ("2023年底", "2023年底"),
        ("2023年以来", "2023年以来"),
        ("since 2023", "since 2023"),
        ("revised in 2023", "in 2023"),
        ("amended 2023", "2023"),
        ("2023 edition", "2023"),
        ("2023年第一季度", "2023年"),
        ("2023版", "2023版"),
        ("2023评分表", "2023"),
        ("Form2023", "2023"),
        ("2022年评分表", "2022年"),
        ("２０２３年评分表", "２０２３年"),
        ("二〇二三年评分表", "二〇二三年"),
        ("“十四五”规划评分表", "“十四五”规划"),
        ("“十五五”", "“十五五”"),
        ("十四五时期", "十四五时期"),
        ("第十四个五年规划", "第十四个五年规划"),
        ("the 14th Five-Year Plan", "14th Five-Year Plan"),
    ],
)
def test_what_is_no_own_year_is_left_and_quoted(title: str, left: str) -> None:
    assert times(title, "2023", bare=True) == ([], [left])


@pytest.mark.parametrize(
    "text",
    [
        "满2000元",
        "2000—2050元",
        "20231号",
        "每件扣0.5分",
        "满十五分",
        "第2000条",
        "增加2000",
        "ab2023",
        "十四项",
    ],
)
def test_what_is_no_time(text: str) -> None:
    assert times(text, None, bare=False) == ([], [])


def test_without_an_own_year_all_is_left() -> None:
    assert times("2023年评分表", None, bare=True) == ([], ["2023年"])


def test_the_years_of_an_id() -> None:
    assert years_of("school-2022-2023") == {"2022", "2023"}
    assert years_of("form-12023") == set()


def test_what_is_left_is_quoted_once_and_not_without_end() -> None:
    assert quoted(["2016年", "“十四五”", "2016年"], "zh", 300) == "“2016年”“‘十四五’”"
    assert quoted(["2016", "2017"], "en", 300) == "“2016”, “2017”"
    assert quoted(["2016", "2017", "2018"], "en", 20) == "“2016”, “2017”…"


@pytest.mark.parametrize(
    "unit",
    [
        "2023 ",
        "2023-",
        "（2023",
        "2023" + " " * 5000,
        "1",
        "A",
        "第",
        "国",
        "2023年第11",
        "十",
        "AA1.",
        "、",
        "〔2023",
    ],
)
def test_a_text_of_any_kind_is_read_in_little_time(unit: str) -> None:
    began = time.process_time()
    times((unit * 20_000)[:20_000], "2023", bare=True)
    assert time.process_time() - began < 1
