"""Tables with bands, distances and levels, and what the drafts of them say and score; all written by hand."""

import csv
import re
from decimal import Decimal
from pathlib import Path

import pytest

from govrubric import check, load, loads, office
from govrubric.office import Draft


def draft_of(path: Path, *rows: tuple[str, str, str]) -> Draft:
    """The draft of a CSV table of indicators, weights and standards."""
    file = path / "表.csv"
    with file.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerows([("指标", "分值", "评分标准"), *rows])
    return office.draft(file)


def item(draft: Draft) -> str:
    """The text of the first item, without its marks and its first lines."""
    text = re.sub(r"^ *# 待确认.*\n|  # 待确认.*", "", draft.text, flags=re.MULTILINE)
    return text.partition("indicators:\n")[2].partition("\n\n")[0].rstrip("\n") + "\n"


def asked(draft: Draft) -> list[str]:
    """What is asked about items and rules."""
    return [
        f"{each.where}: {dict(each.args)['asked']}" for each in draft.findings if "." in (each.where or "")
    ]


def scored(draft: Draft, **values: int) -> Decimal | None:
    """The total of a tally of the first item, by the ids of its rules."""
    first = min(draft.positions, key=len)
    return loads(draft.text).score({first: dict(values)}).total


def test_bands_on_lines_of_their_own_are_one_rule(tmp_path: Path) -> None:
    draft = draft_of(
        tmp_path,
        ("督查", "10", "1.办结率达到95%得10分。2.办结率达到90%得6分。3.其余不得分。"),
    )
    assert item(draft) == (
        "  - id: ducha\n"
        "    title: 督查\n"
        "    weight: 10\n"
        "    rules:\n"
        "      - id: banjie_lv\n"
        "        title: 办结率\n"
        "        bands: [{from: 95, points: 10}, {from: 90, points: 6}]\n"
        '        unit: "%"\n'
        "        clause: |-\n"
        "          办结率达到95%得10分。\n"
        "          办结率达到90%得6分。\n"
        "          其余不得分。\n"
    )
    assert asked(draft) == []


def test_bands_of_two_numbers_are_two_rules(tmp_path: Path) -> None:
    draft = draft_of(
        tmp_path, ("督查", "10", "办结率达到95%得6分，否则不得分\n满意率达到90%得4分，否则不得分")
    )
    assert item(draft).count("bands: [") == 2
    assert asked(draft) == []


def test_bands_that_fill_too_many_lines_are_left_apart(tmp_path: Path) -> None:
    lines = [f"{at}%以上得{at}分" for at in range(99, 1, -1)]
    draft = draft_of(tmp_path, ("督查", "100", "\n".join(lines)))
    assert 1 < item(draft).count("bands: [") < len(lines)


def test_a_number_without_a_name_is_called_as_its_item(tmp_path: Path) -> None:
    draft = draft_of(tmp_path, ("满意率", "5", "95%以上得5分，90%以上得3分"))
    assert "title: 满意率, bands:" in item(draft)


def test_a_case_in_which_nothing_is_given_takes_nothing_else(tmp_path: Path) -> None:
    standard = "覆盖率达到100%得8分，95%以上得6分，其余不得分；通道堵塞每处扣0.5分，最多扣7分。"
    draft = draft_of(tmp_path, ("消防", "15", standard))
    assert "forfeit" not in draft.text
    assert asked(draft) == []  # the item asks where it starts


def test_how_many_there_were_is_what_is_given(tmp_path: Path) -> None:
    draft = draft_of(
        tmp_path, ("研究", "8", "全年专题研究不少于4次，每少一次扣1分；未签订责任书的，每个扣0.5分。")
    )
    rule = (
        "      - id: quannian_zhuanti\n"
        "        title: 全年专题研究\n"
        "        distance: {below: 4, each: 1, points: -1, whole: no}\n"
        "        unit: 次\n"
        "        places: 0\n"
        "        clause: 全年专题研究不少于4次，每少一次扣1分\n"
    )
    assert rule in item(draft)
    other = next(path.rpartition(".")[2] for path in draft.positions if "wei" in path)
    for times, total in ((4, 8), (6, 8), (3, 7), (0, 4)):
        assert scored(draft, quannian_zhuanti=times, **{other: 0}) == total


def test_what_is_missing_is_said_in_the_title(tmp_path: Path) -> None:
    draft = draft_of(tmp_path, ("巡林", "8", "林长巡林次数每少于规定次数1次扣0.1分。"))
    assert "title: 林长巡林次数少于规定次数1次, deduct: 0.1, per: 次" in item(draft)


def test_levels_that_take_points_have_no_ceiling(tmp_path: Path) -> None:
    draft = draft_of(
        tmp_path,
        ("工作", "10", "未完成的每项扣1分"),
        ("扣分项", "", "被市级通报的每次扣1分，被省级及以上通报的每次扣2分。"),
    )
    assert "deduct: {shiji: {points: 1, title: 市级}, " in draft.text
    assert "title: 省级及以上" in draft.text
    assert "ceiling" not in draft.text


def test_points_on_top_that_the_clause_bounds_need_no_ceiling(tmp_path: Path) -> None:
    draft = draft_of(
        tmp_path,
        ("工作", "10", "未完成的每项扣1分"),
        ("加分项", "", "被市级推广的每次加1分，被省级推广的每次加2分，累计加分不超过5分。"),
    )
    assert "at_most: 5" in draft.text
    assert "最多可加多少分" not in draft.text


def test_what_comes_on_top_of_the_clause_before_it_is_clear_and_called_without_it(tmp_path: Path) -> None:
    draft = draft_of(tmp_path, ("事故", "20", "每发生一起一般事故扣5分；每死亡1人再扣5分，扣完为止。"))
    assert "title: 死亡1人, deduct: 5, per: 人" in item(draft)
    assert asked(draft) == []


@pytest.mark.parametrize(
    ("standard", "question"),
    [
        ("60%以上得10分，60%以下不得分", "正好60%的归哪一档？“60%以上得10分，60%以下不得分”"),
        ("95%—98%得10分，90%—95%得5分", "正好95%、90%的归哪一档？“95%—98%得10分，90%—95%得5分”"),
        ("足额到位得10分，到位80%以上得5分", "此处按100%计，是否如此？“足额到位得10分”"),
        ("整改率每低1个百分点扣0.5分，不足1个的按1个计", "低于多少起算？“整改率每低1个百分点扣0.5分，不足1个的按1个计”"),
        ("90%以上得10分，90%以上得3分", "这几条是否为同一比率的分档？如是，请改写为一条 bands：“90%以上得3分”"),
        ("每人不少于4次，每少一次扣1分", "此处填报少了多少，而不是实际有多少，是否如此？“每人不少于4次，每少一次扣1分”"),
        ("按时报送，否则不得分", "指哪些情形？此处会使本项全部失分：“按时报送，否则不得分”"),
        ("每死亡1人再扣5分", "理解为与前面各条累计，是否如此？“每死亡1人再扣5分”"),
    ],
)  # fmt: skip
def test_a_question_names_what_is_to_be_decided(tmp_path: Path, standard: str, question: str) -> None:
    said = [each.partition(": ")[2] for each in asked(draft_of(tmp_path, ("工作", "10", standard)))]
    assert question in said


def test_a_draft_whose_marks_are_taken_out_unread_can_still_reach_its_full_marks(tmp_path: Path) -> None:
    standard = "覆盖率达到100%得8分，95%以上得6分，其余不得分；通道堵塞每处扣0.5分，最多扣7分。"
    draft = draft_of(tmp_path, ("消防", "15", standard))
    bare = tmp_path / "bare.yaml"
    bare.write_text(re.sub(r" *# 待确认.*", "", draft.text), "utf-8")
    assert [finding.code for finding in check(bare)] == []
    rubric = load(bare)
    ratio, blocked = [name for name in rubric.inputs if name.startswith("xiaofang")]
    assert rubric.score({ratio: 100}).items["xiaofang"].score == 15
    assert rubric.score({ratio: 96, blocked: 3}).items["xiaofang"].score == Decimal("11.5")  # 7 + 6 - 3 x 0.5
    assert rubric.score({ratio: 94, blocked: 20}).items["xiaofang"].score == 0
    unread = bare.read_text("utf-8").replace("start: 7", "start: zero")
    assert [finding.code for finding in check(text=unread)] == ["GR401"]
