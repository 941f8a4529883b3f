"""Words around a table, in Word, Excel and CSV: what the drafts say of them; written down by hand."""

from pathlib import Path

import pytest

from govrubric import check, loads, office
from govrubric.editing.formatting import formatted
from spoken_tables import SPOKEN

HEAD = """\
# 待确认：表外的这些文字尚未写入：“本细则由县防汛办负责解释。”
govrubric: 1
id: xiangzhen_fangxun-2024
title: 2024年度乡镇防汛工作考核细则
language: zh-CN
valid: {from: 2024-01-01, to: 2024-12-31}  # 待确认：起止日期是否如此？
total: 100
round: {places: 2, mode: half_up}  # 待确认：总分保留几位小数，如何舍入？
facts:
  gongzuo_shizhi: {type: flag, title: 因工作失职造成人员伤亡}

indicators:
"""
TAIL = """\
  - id: jiafen_xiang
    title: 加分项
    extra: true
    ceiling: none
    assessed_by: 文件
    rules:
      - {id: shiji_tuiguang, title: 被市级推广, award: 1, per: 次, at_most: 5, clause: 被市级推广的每次加1分，累计加分不超过5分。}

  - id: koufen_xiang
    title: 扣分项
    extra: true
    floor: -8
    assessed_by: 文件
    rules:
      - {id: tongbao_piping, title: 被通报批评, deduct: 2, per: 次, clause: 被通报批评的，每次扣2分。}

gates:
  - id: veto
    when: gongzuo_shizhi
    # 待确认：此处定为“不合格”等次，得分照计，是否如此？“因工作失职造成人员伤亡的，一票否决，定为不合格等次。”
    grade: 不合格
    clause: 因工作失职造成人员伤亡的，一票否决，定为不合格等次。
grades:
  - {grade: 优秀, from: 95}
  - {grade: 良好, from: 85}
  - {grade: 合格, from: 70}
  # 待确认：恰为70分的，定为何等次？
  - grade: 不合格
"""


@pytest.fixture(params=SPOKEN)
def drawn(request: pytest.FixtureRequest, tmp_path: Path) -> office.Draft:
    file = tmp_path / request.param
    file.write_bytes(SPOKEN[request.param]())
    return office.draft(file)


def test_the_words_around_a_table_are_in_its_draft(drawn: office.Draft) -> None:
    assert drawn.text.startswith(HEAD)
    assert drawn.text.endswith(f"\n\n{TAIL}")


def test_who_assesses_is_said_where_the_table_says_it(drawn: office.Draft) -> None:
    loaded = loads(drawn.text)
    said = {path: loaded.item(path).assessed_by for path in ("zuzhi_lingdao", "zuzhi_lingdao.zhiban_zhishou")}
    assert said == {"zuzhi_lingdao": None, "zuzhi_lingdao.zhiban_zhishou": "查阅资料"}


def test_points_earned_and_taken_that_are_the_full_marks_together_say_where_it_starts(
    drawn: office.Draft,
) -> None:
    """8 points are earned and 7 taken of 15."""
    assert (
        "        start: 7  # 待确认：得分部分8分，扣分部分7分，合为满分：是否写 start: 7，或分为两项？\n"
    ) in drawn.text


def test_what_is_not_read_is_told(drawn: office.Draft) -> None:
    told = [finding.message("zh") for finding in drawn.findings if "表外" in finding.message("zh")]
    assert told == ["表1：表外的这些文字尚未写入：“本细则由县防汛办负责解释。”"]


def test_the_draft_is_laid_out_and_check_tells_its_marks_alone(drawn: office.Draft, tmp_path: Path) -> None:
    assert formatted("draft.yaml", drawn.text).text == drawn.text
    (tmp_path / "draft.yaml").write_text(drawn.text, "utf-8")
    found = [finding.code for finding in check(tmp_path / "draft.yaml")]
    assert found == ["GR470"] * drawn.counts.questions


def test_confirmed_it_scores_as_the_table_says(drawn: office.Draft) -> None:
    rubric = loads(drawn.text)
    base = {"xuncha_paixian.xinxi_baosong.baosong_yitiao": 4}
    assert str(rubric.score(base).total) == "100"
    # 100 - 2 x 5 + 1 - 2 x 3 = 85; taken off below the table is 8 at the most.
    tally = {**base, "xuncha_paixian.difang_xuncha.loucha": 2, "jiafen_xiang.shiji_tuiguang": 1}
    assert str(rubric.score({**tally, "koufen_xiang.tongbao_piping": 3}).total) == "85"
    assert str(rubric.score({**tally, "koufen_xiang.tongbao_piping": 9}).total) == "83"
    card = rubric.score({**base, "gongzuo_shizhi": True})
    assert (str(card.total), card.grade) == ("100", "不合格")
