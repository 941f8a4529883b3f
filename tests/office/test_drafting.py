"""Tables of offices in short, and what the drafts of them say; what each should be was written down by hand."""

from pathlib import Path

import pytest

from govrubric import check, loads, office
from govrubric.diagnostics.diagnostic import GovrubricError
from govrubric.editing.formatting import formatted
from govrubric.office import Draft
from govrubric.office.drafting import drafted
from govrubric.office.grids import Cell, Grid, Role, Row, ScoringTable
from odd_tables import ODD


def draft_of(text: str, *, titles: tuple[str, ...] = ("评分表",), below: tuple[str, ...] = ()) -> Draft:
    """The draft of a table: rows of cells with `|` between them, lines of a cell with `/`.

    The first row has the roles of the columns, of which those called `level` are indicators. A cell `^` is the
    one above it. A row that begins with 总分 is the total.
    """
    head, *rows = [[cell.strip() for cell in line.split("|")] for line in text.strip().split("\n")]
    cells: list[list[Cell]] = []
    for at, row in enumerate(rows):
        cells.append([])
        for column, words in enumerate(row):
            lines = tuple(line for line in words.split("/") if line)
            cells[-1].append(cells[at - 1][column] if words == "^" else Cell(lines, at, column))
    for at, row in enumerate(rows):
        for column, words in enumerate(row):
            if words == "^":
                first = cells[at][column]
                longer = first._replace(rows=at - first.row + 1)
                for row_of_it in range(first.row, at + 1):
                    cells[row_of_it][column] = longer
    total = next((row[0] for row in cells if row[0].text.startswith("总分")), None)
    table_rows = [
        Row(roles_of(head, row), tuple(c for h, c in zip(head, row, strict=True) if h == "level"), at)
        for at, row in enumerate(cells, 2)
        if row[0] is not total
    ]
    grid = Grid("", 1, titles, below, tuple(map(tuple, cells)), ())
    return drafted(ScoringTable(grid, 0, tuple(table_rows), titles, total), "考核表.csv")


def roles_of(head: list[str], row: list[Cell]) -> dict[Role, Cell]:
    return {role: cell for role, cell in zip(head, row, strict=True) if role != "level"}  # type: ignore[misc]


def indicators(draft: Draft) -> str:
    """The text below `indicators:`, which loads."""
    loads(draft.text)
    return draft.text.partition("indicators:\n")[2]


def asked(draft: Draft) -> list[str]:
    """What is asked but for the rounding, with its path and its place in the document."""
    found = []
    for finding in draft.findings:
        args = dict(finding.args)
        if finding.where not in ("round", "valid", "total"):
            found.append(f"{finding.where} {args['row'] or 0}.{args['clause'] or 0} {args['asked']}")
    return found


def test_numbered_requirements_are_parts_and_numbered_standards_go_to_them() -> None:
    draft = draft_of(
        """
        level | requirement | standard
        档案（10分） | 1.归档（6分）。/2.利用（4分）。 | 1.迟归的每件扣1分。/2.不利用的扣2分。
        """
    )
    assert indicators(draft) == (
        "  - id: dangan\n"
        "    title: 档案\n"
        "    weight: 10\n"
        "    items:\n"
        "      - id: guidang\n"
        "        title: 归档\n"
        "        weight: 6\n"
        "        clause: 归档（6分）。\n"
        "        rules:\n"
        "          - {id: chigui, title: 迟归, deduct: 1, per: 件, clause: 迟归的每件扣1分。}\n"
        "      - id: liyong\n"
        "        title: 利用\n"
        "        weight: 4\n"
        "        clause: 利用（4分）。\n"
        "        rules:\n"
        "          - {id: bu_liyong, title: 不利用, deduct: 2, clause: 不利用的扣2分。}\n"
    )
    assert asked(draft) == []
    assert draft.positions["dangan.liyong.bu_liyong"] == (1, 2, 2)
    assert draft.positions["dangan"] == (1, 2, 0)
    assert draft.counts == (3, 3, 4, 2, 2)


def test_numbers_within_a_line_part_clauses_too_and_amounts_do_not() -> None:
    draft = draft_of(
        """
        level | requirement | standard
        档案（10分） | 1.归档2.5万件（6分）。2、利用（4分）。 | （1）迟归的每件扣1分；（2）不利用的扣2分。
        """
    )
    text = indicators(draft)
    assert "clause: 归档2.5万件（6分）。\n" in text
    assert "clause: 利用（4分）。\n" in text
    assert "clause: 不利用的扣2分。" in text
    assert "clause: 迟归的每件扣1分；" in text


def test_words_place_a_standard_without_a_number_and_else_it_is_asked() -> None:
    draft = draft_of(
        """
        level | requirement | standard
        档案（9分） | 及时归档文件（6分）/开放利用档案（3分） | 归档文件不及时的扣1分/未登记的扣1分/开放利用出错的扣1分
        """
    )
    assert asked(draft) == ["dangan.wei_dengji 2.2 此条属于哪一部分？“未登记的扣1分”"]
    assert draft.positions["dangan.jishi_guidang.bu_jishi"] == (1, 2, 1)
    assert draft.positions["dangan.kaifang_liyong.kaifang_liyong"] == (1, 2, 3)


def test_a_number_holds_where_words_differ_and_it_is_asked() -> None:
    draft = draft_of(
        """
        level | requirement | standard
        档案（9分） | 1.及时归档文件（6分）/2.开放利用（3分） | 1.开放利用出错的扣1分/2.未归档文件的扣1分
        宣传（9分） | 1.报送信息（3分）/2.培训（3分）/3.会议（3分） | 1.未报送的扣1分/2.未参加的扣1分
        """
    )
    assert asked(draft) == [
        "dangan.jishi_guidang.kaifang_liyong 2.1 是否属于“开放利用”？“开放利用出错的扣1分”",
        "dangan.kaifang_liyong.wei_guidang_wenjian 2.2 是否属于“及时归档文件”？“未归档文件的扣1分”",
        "xuanchuan.peixun.wei_canjia 3.2 仅按序号归入此部分，是否如此？“未参加的扣1分”",
        "xuanchuan.huiyi.assessed 3.3 表中没有评分标准，如何评分？",
    ]


def test_one_standard_for_every_part_is_quoted_at_each() -> None:
    draft = draft_of(
        """
        level | requirement | standard
        组织（6分） | 1.领导（3分）/2.培训（3） | 根据每项工作完成情况作相应评分。
        """
    )
    assert indicators(draft).count("judge: 3, clause: 根据每项工作完成情况作相应评分。") == 2
    assert asked(draft) == []
    assert draft.counts.clauses == 3


def test_rows_and_levels_are_a_tree_with_the_weights_of_their_columns() -> None:
    draft = draft_of(
        """
        level | level | weight | standard | assessor
        一、服务（60分） | 1.开放 | 40 | 少开放1天扣1分 | 文旅局
        ^ | 2.借阅 | 20 | 每起投诉扣2分 | 文旅局
        二、安全 | 消防 | 40分 | 未演练的扣10分 | 应急局
        总分（100分） | | | |
        """
    )
    assert indicators(draft) == (
        "  - id: fuwu\n"
        "    title: 服务\n"
        "    weight: 60\n"
        "    assessed_by: 文旅局\n"
        "    items:\n"
        "      - id: kaifang\n"
        "        title: 开放\n"
        "        weight: 40\n"
        "        rules:\n"
        "          - {id: shao_kaifang_tian, title: 少开放1天, deduct: 1, per: 天, clause: 少开放1天扣1分}\n"
        "      - id: jieyue\n"
        "        title: 借阅\n"
        "        weight: 20\n"
        "        rules:\n"
        "          - {id: qitou_su, title: 起投诉, deduct: 2, per: 起, clause: 每起投诉扣2分}\n"
        "\n"
        "  - id: anquan\n"
        "    title: 安全\n"
        "    weight: 40\n"
        "    assessed_by: 应急局\n"
        "    items:\n"
        "      - id: xiaofang\n"
        "        title: 消防\n"
        "        weight: 40\n"
        "        rules:\n"
        "          - {id: wei_yanlian, title: 未演练, deduct: 10, clause: 未演练的扣10分}\n"
    )
    assert asked(draft) == []


def test_each_part_says_who_assesses_it_where_they_differ() -> None:
    draft = draft_of(
        "level | level | weight | standard | assessor\n服务 | 开放 | 40 | 少开1天扣1分 | 甲\n^ | 借阅 | 20 | 每起扣2分 | 乙"
    )
    assert [line.strip() for line in draft.text.split("\n") if "assessed_by" in line] == [
        "assessed_by: 甲", "assessed_by: 乙",
    ]  # fmt: skip


def test_several_rows_of_an_indicator_are_its_parts() -> None:
    draft = draft_of(
        """
        level | requirement | weight | standard
        服务（30分） | 及时开放 | 10 | 迟开的每次扣1分
        ^ | 文明用语 | 15 | 投诉的每起扣2分
        ^ | ^ | | 辱骂的，不得分
        ^ | 环境整洁 | | 脏乱的每处扣1分
        """
    )
    text = indicators(draft)
    assert [line.strip() for line in text.split("\n") if "weight:" in line] == [
        "weight: 30",
        "weight: 10",
        "weight: 15",
        "weight: 5  # 待确认：表中没有写明分值，此处为平均分配，是多少分？",
    ]
    assert draft.positions["fuwu.wenming_yongyu.ruma"] == (1, 4, 1)


def test_a_standard_over_several_rows_is_handed_out_among_them() -> None:
    draft = draft_of(
        """
        level | requirement | weight | standard
        服务 | 及时开放场馆 | 10 | 1.场馆迟开的每次扣1分/2.用语不文明的每次扣2分
        ^ | 文明用语 | 15 | ^
        """
    )
    assert draft.positions["fuwu.jishi_kaifang.chikai"] == (1, 2, 1)
    assert draft.positions["fuwu.wenming_yongyu.bu_wenming"] == (1, 2, 2)
    assert "weight: 25\n" in indicators(draft)


def test_a_row_without_a_lower_level_is_its_item_s_own() -> None:
    draft = draft_of(
        """
        level | level | weight | requirement | standard
        服务（30分） | | | 总体要求 | 被通报的扣5分
         | 开放 | 10 | 按时开放 | 迟开的每次扣1分
         | 借阅 | 20 | | 投诉的每起扣2分
        """
    )
    assert "    clause: 总体要求\n" in indicators(draft)
    assert list(draft.positions) == [
        "fuwu", "fuwu.kaifang", "fuwu.kaifang.chikai", "fuwu.jieyue", "fuwu.jieyue.tousu", "fuwu.tongbao",
    ]  # fmt: skip


def test_rows_of_a_table_without_indicators_are_items_of_their_own() -> None:
    draft = draft_of(
        """
        requirement | weight | standard
        按时开放：全年无休 | 10 | 迟开的每次扣1分
         | 20 | 投诉的，每起扣2分
        """
    )
    assert [path for path in draft.positions if "." not in path] == ["anshi_kaifang", "tousu"]


def test_parts_without_points_are_clauses_of_their_item() -> None:
    draft = draft_of(
        """
        level | level | weight | requirement | standard
        服务 | 开放 | 30 | 按时开放 | 迟开的每次扣1分
        ^ | 借阅 | ^ | | 投诉的每起扣2分
        """
    )
    assert "clause: |-\n      开放\n      按时开放\n      借阅\n" in indicators(draft)
    assert sorted(draft.positions) == ["fuwu", "fuwu.chikai", "fuwu.tousu"]


def test_weights_that_do_not_add_up_are_said_and_never_changed() -> None:
    draft = draft_of(
        """
        level | requirement | standard
        档案（10分） | 1.归档（8分）/2.利用（4分） | 每件扣1分
        培训（10分） | 1.开展培训（6分） | 1.未开展的扣1分/2.被推广的每次加1分
        宣传 | 报送信息 | 少报的每条扣1分
        总分（100分） | |
        """
    )
    assert asked(draft) == [
        "dangan 2.0 各部分合计12分，表中写明10分",
        "dangan.guidang.assessed 2.1 表中没有评分标准，如何评分？",
        "dangan.jian 2.1 此条属于哪一部分？“每件扣1分”",
        "dangan.liyong.assessed 2.2 表中没有评分标准，如何评分？",
        "peixun.qiyu_fen 3.0 各部分合计6分，表中写明10分，其余从何而来？",
        "peixun.kaizhan_peixun.wei_kaizhan 3.1 仅按序号归入此部分，是否如此？“未开展的扣1分”",
        "peixun.qiyu_fen.tuiguang 3.2 此条属于哪一部分？“被推广的每次加1分”",
        "xuanchuan 4.0 表中没有写明分值，此处为平均分配，是多少分？",
    ]
    text = indicators(draft)
    assert "weight: 10\n    # 待确认" not in text
    assert "    weight: 10\n    out_of: 12  # 待确认：各部分合计12分，表中写明10分\n" in text
    assert (
        "        title: 其余4分\n        weight: 4  # 待确认：各部分合计6分，表中写明10分，其余从何而来？\n"
        in text
    )
    assert "    weight: 80  # 待确认：表中没有写明分值，此处为平均分配，是多少分？\n" in text


def test_indicators_that_come_to_more_than_the_total() -> None:
    draft = draft_of(
        """
        level | standard
        档案（60分） | 每件扣1分
        培训（50分） | 未开展的扣1分
        总分：100分 |
        """
    )
    assert "total: 100\nout_of: 110  # 待确认：各部分合计110分，表中写明100分\n" in draft.text


def test_without_points_each_indicator_has_one_and_it_is_asked() -> None:
    draft = draft_of(
        """
        level | standard
        档案 | 由办公室评
        培训 | 由办公室评
        """
    )
    assert draft.text.count("weight: 1  # 待确认：表中没有写明分值，是多少分？") == 2
    assert "total: 2  # 待确认：表中没有总分，此处为各项之和，是否如此？" in draft.text


def test_percentages_are_points_of_a_hundred_and_are_else_asked() -> None:
    rows = "level | weight | standard\n档案 | {}% | 每件扣1分\n培训 | 40% | 未开展的扣1分"
    assert asked(draft_of(rows.format(60))) == []
    assert asked(draft_of(rows.format(50))) == [
        "dangan 2.0 权重为百分比，此处按分值计，是否如此？“50%”",
        "peixun 3.0 权重为百分比，此处按分值计，是否如此？“40%”",
    ]


def test_points_on_top_are_extra_items() -> None:
    draft = draft_of(
        """
        level | weight | standard
        档案 | 100 | 每件扣1分
        加分项（5分） | | 被推广的每次加1分
        附加奖励 | | 被表彰的每次加2分
        扣分项（10分） | | 被通报的每次扣2分
        减分 | | 由办公室酌情
        总分100分 | |
        """
    )
    assert indicators(draft) == (
        "  - id: dangan\n"
        "    title: 档案\n"
        "    weight: 100\n"
        "    rules:\n"
        "      - {id: jian, deduct: 1, per: 件, clause: 每件扣1分}\n"
        "\n"
        "  - id: jiafen_xiang\n"
        "    title: 加分项\n"
        "    extra: true\n"
        "    ceiling: 5\n"
        "    rules:\n"
        "      - {id: tuiguang, title: 被推广, award: 1, per: 次, clause: 被推广的每次加1分}\n"
        "\n"
        "  - id: fujia_jiangli\n"
        "    title: 附加奖励\n"
        "    extra: true\n"
        "    # 待确认：最多可加多少分？\n"
        "    ceiling: none\n"
        "    rules:\n"
        "      - {id: biaozhang, title: 被表彰, award: 2, per: 次, clause: 被表彰的每次加2分}\n"
        "\n"
        "  - id: koufen_xiang\n"
        "    title: 扣分项\n"
        "    extra: true\n"
        "    floor: -10\n"
        "    rules:\n"
        "      - {id: tongbao, title: 被通报, deduct: 2, per: 次, clause: 被通报的每次扣2分}\n"
        "\n"
        "  - id: jianfen\n"
        "    title: 减分\n"
        "    extra: true\n"
        "    rules:\n"
        "      - id: bangong_shizhuo\n"
        "        title: 由办公室酌情\n"
        "        deduct: judged\n"
        "        to: 1  # 待确认：条款未写明如何计分：“由办公室酌情”\n"
        "        clause: 由办公室酌情\n"
    )


def test_extra_items_keep_the_words_of_their_parts_and_are_asked_where_the_total_does_not_tell() -> None:
    draft = draft_of(
        """
        level | requirement | standard
        档案（50分） | | 每件扣1分
        加分项 | 1.创新（3分）/2.示范（2分） | 1.有创新的加3分/2.有示范的加2分
        扣分项 | |
        """
    )
    assert asked(draft) == [
        "jiafen_xiang 3.0 是否在满分之外另计？",
        "koufen_xiang.assessed 4.0 表中没有评分标准，如何评分？",
        "koufen_xiang 4.0 是否在满分之外另计？",
    ]
    assert "clause: |-\n      创新（3分）\n      示范（2分）\n" in indicators(draft)
    assert "deduct: judged\n        to: 1\n" in indicators(draft)


def test_bonus_points_that_the_total_counts_in_are_an_indicator_like_others() -> None:
    text = "level | weight | standard\n档案 | 90 | 每件扣1分\n加分 | 10 | 被推广的每次加1分\n总分100 | |"
    assert "extra" not in draft_of(text).text


def test_numbers_of_other_kinds_and_what_is_no_number() -> None:
    draft = draft_of(
        """
        level | requirement | standard
        归档（9分） | ①归档（3分）/②登记（6分） | (a) 归档迟的每件扣1分 (b) 登记错的每件扣1分
        培训（9分） | 1.  培训（5分）；  2.会议（4分）/3. | 2023年起(2023)每次扣1分
        """
    )
    assert draft.positions["guidang.dengji"] == (1, 2, 2)
    assert "每件扣1分 (b)" in draft.text  # without a stop before it, `(b)` is no number
    assert draft.positions["peixun.huiyi"] == (1, 3, 2)
    assert "peixun.item" not in draft.positions


def test_items_without_words_and_requirements_without_points() -> None:
    draft = draft_of(
        """
        level | requirement | weight | standard | assessor
        （10分） | | | |
        培训（9分） | 培训（9分） | | 优得9分，良得3分 | 甲
        会议（9分） | 到会（5分）/记录（4分）/总体要求 | | | 甲
        服务（9分） | 开放（2023） | 5 | 低于90%的，每低1%扣1分 | 乙
        ^ | | | | 丙
        ^ | 借阅 | 4 | 被投诉的扣1分 | 丁
        ^ | | | 被通报的扣1分 | 丁
        """
    )
    assert asked(draft)[:4] == [
        "item.assessed 2.0 表中没有评分标准，如何评分？",
        "item 2.0 表中没有标题",
        "huiyi 4.0 此项要求没有单独的分值：“总体要求”",
        "huiyi.daohui.assessed 4.1 表中没有评分标准，如何评分？",
    ]
    assert "choose: {优: 9, 良: 3}" in draft.text
    assert draft.positions["fuwu.jieyue.tongbao"] == (1, 8, 1)


def test_a_rest_of_which_the_table_says_nothing_is_judged() -> None:
    draft = draft_of(
        "level | requirement | standard\n会议（9分） | 1.到会（5分） | 未到会的扣1分\n总分10分 | |"
    )
    assert asked(draft) == [
        "qiyu_fen 0.0 各部分合计9分，表中写明10分，其余从何而来？",
        "huiyi.qiyu_fen 2.0 各部分合计5分，表中写明9分，其余从何而来？",
    ]


def test_a_veto_may_be_a_title_alone_and_parts_may_say_their_own_titles() -> None:
    draft = draft_of(
        """
        level | level | weight | standard
        实行一票否决 | | |
        服务（9分） | 被投诉 | | 被投诉的扣1分
        ^ | 被通报 | | 每次扣1分
        """
    )
    assert "clause: 实行一票否决\n" in draft.text
    assert "    clause: 被通报\n" in draft.text


def test_vetoes_are_gates_with_facts_of_their_own() -> None:
    draft = draft_of(
        """
        level | level | weight | standard
        事故 | 安全 | 100 | 每起扣1分
        一票否决 | 泄密 | | 发生泄密的
        """,
        below=("1.发生事故的，一票否决。", "填表说明"),
    )
    assert "  - id: shigu\n    title: 事故\n" in draft.text
    assert (
        "facts:\n  xiemi: {type: flag, title: 发生泄密}\n  shigu_2: {type: flag, title: 发生事故}\n"
    ) in draft.text
    assert (
        "  - id: veto_2\n    when: shigu_2\n    score: 0  # 待确认：出现后如何处理？“发生事故的，一票否决。”\n"
        in draft.text
    )
    assert asked(draft)[-1] == "shigu_2 0.1 出现后如何处理？“发生事故的，一票否决。”"


def test_points_below_the_table_are_extra_items_under_their_heading() -> None:
    draft = draft_of(
        "level | weight | standard\n档案 | 100 | 每件扣1分",
        below=(
            "加分项目：",
            "1.被市级表彰的每次加1分",
            "2.被推广的每次加2分",
            "扣分：",
            "被通报的每次扣1分",
            "注：本表加分另行公布。",
        ),
    )
    assert [path for path in draft.positions if "." not in path] == ["dangan", "jiafen_xiangmu", "koufen"]
    assert draft.positions["jiafen_xiangmu.tuiguang"] == (1, 0, 3)


def test_points_below_the_table_may_stand_behind_their_heading_or_have_none() -> None:
    draft = draft_of(
        "level | weight | standard\n档案 | 100 | 每件扣1分",
        below=(
            "被通报的每次扣1分",
            "加分项：获国家级表彰的加3分，累计不超过5分。",
            "注意：被表彰的每次加1分",
        ),
    )
    assert draft.positions["koufen.tongbao"] == (1, 0, 1)
    assert "clause: 获国家级表彰的加3分，累计不超过5分。\n" in draft.text
    assert "clause: 注意：被表彰的每次加1分" in draft.text
    assert "koufen 0.1 是否在满分之外另计？" in asked(draft)
    english = draft_of(
        "level | weight | standard\nFiles | 100 | 1 point off per file",
        below=("2 points are added for an award.", "Bonus: 1 point is added for each prize."),
    )
    assert [path for path in english.positions if "." not in path] == ["files", "bonus", "bonus_2"]


def test_what_gives_and_what_takes_in_one_item_says_where_it_starts() -> None:
    text = "level | standard\n宣传（10分） | {}"
    both = draft_of(text.format("少报的每条扣1分/被采用的每条加1分"))
    assert "    # 待确认：有加有减：从满分起，还是从零分起？\n    start: full\n" in both.text
    earned = draft_of(text.format("每报一条得1分/迟报的每条扣1分"))
    assert "    # 待确认：有加有减：从满分起，还是从零分起？\n    start: zero\n" in earned.text
    judged = draft_of(text.format("由办公室酌情评分/迟报的每条扣1分"))
    assert "    weight: 10\n    start: zero\n" in judged.text


@pytest.mark.parametrize(
    ("clause", "keys"),
    [
        ("每例酌情扣1-3分，最多扣5分", "deduct: judged, per: 例, to: 3, from: 1, at_most: 5"),
        ("80%（含）以上得5分，80%以下得1分", 'bands: [{from: 80, points: 5}], else: 1, unit: "%"'),
    ],
)
def test_keys_stand_in_the_order_of_fmt(clause: str, keys: str) -> None:
    assert keys in draft_of(f"level | standard\n宣传（10分） | {clause}").text


def test_what_nobody_can_read_beside_deductions_takes_as_somebody_judges() -> None:
    draft = draft_of("level | standard\n宣传（10分） | 少报的每条扣1分/注意时效/由办公室负责")
    assert "deduct: judged  # 待确认" not in draft.text
    assert (
        "        # 待确认：条款未写明如何计分：“注意时效”；条款未写明如何计分：“由办公室负责”\n"
        "        deduct: judged\n"
        "        to: 10\n"
        "        clause: |-\n"
        "          注意时效\n"
        "          由办公室负责\n"
    ) in draft.text


def test_a_line_that_only_bounds_belongs_to_the_clause_before_it() -> None:
    draft = draft_of("level | standard\n宣传（10分） | 少报的每条扣1分/最多扣5分/扣完为止")
    assert "at_most: 5\n" in draft.text
    assert draft.counts.clauses == 1


def test_titles_give_the_head_of_the_rubric() -> None:
    draft = draft_of(
        "level | standard\n宣传（10分） | 每条扣1分",
        titles=("附件2", "市政府文件", "2024年信息公开考核指标", "填报单位（盖章）："),
    )
    assert draft.text.startswith(
        "# 待确认：表外的这些文字尚未写入：“市政府文件”\n"
        "govrubric: 1\n"
        "id: xinxi_gongkai-2024\n"
        "title: 2024年信息公开考核指标\n"
        "language: zh-CN\n"
        "valid: {from: 2024-01-01, to: 2024-12-31}  # 待确认：起止日期是否如此？\n"
        "source: {document: 附件2}\n"
        "total: 10  # 待确认：表中没有总分，此处为各项之和，是否如此？\n"
        "round: {places: 2, mode: half_up}  # 待确认：总分保留几位小数，如何舍入？\n"
    )


def test_a_school_year_is_no_year_and_a_table_without_a_title_is_called_as_its_file() -> None:
    row = "level | standard\n宣传（10分） | 每条扣1分"
    school = draft_of(row, titles=("2022—2023学年评分表",))
    assert school.text.startswith(
        'govrubric: 1\nid: xuenian_pingfen\ntitle: "2022—2023学年评分表"\nlanguage: zh-CN\ntotal'
    )
    untitled = draft_of(row, titles=())
    assert untitled.text.startswith(
        "govrubric: 1\nid: kaohe_biao\n# 待确认：表中没有标题\ntitle: 考核表\nlanguage: zh-CN\n"
    )


def test_titles_in_english_give_ids_in_english() -> None:
    draft = draft_of(
        """
        level | standard
        Annual report of the office (10 points) | 2 points off for each day of delay
        The (10 points) | 1 point off per error
        (10 points) | As the council sees fit.
        """,
        titles=("Assessment of 2024",),
    )
    assert "id: assessment-2024\n" in draft.text
    assert [path for path in draft.positions if "." not in path] == [
        "annual_report_office",
        "the",
        "as_council_sees",
    ]
    assert "judge: 10, clause: As the council sees fit." in draft.text


def test_titles_that_begin_alike_are_told_apart_by_what_follows() -> None:
    draft = draft_of(
        """
        level | standard
        政务公开基础工作（5分） | 每条扣1分
        政务公开平台建设（5分） | 每条扣1分
        政务公开（5分） | 每条扣1分
        政务公开（5分） | 每条扣1分
        """
    )
    assert [path for path in draft.positions if "." not in path] == [
        "jichu_gongzuo", "pingtai_jianshe", "zhengwu_gongkai", "zhengwu_gongkai_2",
    ]  # fmt: skip


def test_an_id_is_no_word_of_the_language() -> None:
    draft = draft_of("level | standard\nTotal (5 points) | \nUnit (5 points) |\n★（5分） | ")
    assert [path for path in draft.positions if "." not in path] == ["total_2", "unit_2", "item"]


def test_texts_that_yaml_would_read_otherwise_stand_in_quotes() -> None:
    draft = draft_of(
        "level | requirement | standard\nyes（5分） | 归档: 及时 #1 | \n标题（5分） | 1990年 | “甲”, [乙]的扣1分"
    )
    loads(draft.text)
    assert '    title: "yes"\n' in draft.text
    assert '    clause: "归档: 及时 #1"\n' in draft.text
    assert 'clause: "“甲”, [乙]的扣1分"}' in draft.text
    assert "    clause: 1990年\n" in draft.text


def test_a_clause_that_is_too_long_for_a_line_is_kept_whole() -> None:
    clause = "按要求 做好工作，" * 300 + "每条扣1分"
    draft = draft_of(f"level | requirement | standard\n宣传（10分） | {clause} | 满分8分，{clause}")
    assert '        # 待确认：条款写明满分8分，本项为10分\n        clause: "满分8分，按要求' in draft.text
    rubric = loads(draft.text)
    assert rubric.item("xuanchuan").clause == clause
    assert max(map(len, draft.text.split("\n"))) < 4000


def test_points_on_top_with_many_places_leave_the_total_without_a_ceiling() -> None:
    draft = draft_of(
        """
        level | weight | standard
        档案 | 5 | 每件扣1分
        培训 | 7 | 每件扣1分
        加分项 | 5 | 每次加1分
        总分7分 | |
        """
    )
    assert "out_of: 12" in draft.text
    assert "# 待确认：最多可加多少分？\nceiling: none\nround:" in draft.text


def test_a_table_without_rows_is_refused() -> None:
    with pytest.raises(GovrubricError) as caught:
        draft_of("level | standard\n | ")
    assert [finding.code for finding in caught.value.diagnostics] == ["GR823"]


@pytest.mark.parametrize(("rows", "lines", "codes"), [(1501, 1, ["GR824"]), (1, 5001, ["GR824"])])
def test_a_table_that_is_too_long_is_refused_before_it_is_drafted(
    rows: int, lines: int, codes: list[str]
) -> None:
    with pytest.raises(GovrubricError) as caught:
        draft_of("level | standard\n" + f"宣传 | {'/'.join(['每条扣1分'] * lines)}\n" * rows)
    assert [finding.code for finding in caught.value.diagnostics] == codes


def test_a_table_that_no_rubric_has_room_for_is_refused() -> None:
    with pytest.raises(GovrubricError) as caught:
        draft_of("level | standard\n" + "宣传（10分） | 每条扣1分\n" * 1400)
    assert {finding.code for finding in caught.value.diagnostics} == {"GR122"}


def test_the_names_of_the_package(tmp_path: Path) -> None:
    assert dir(office) == ["Counts", "Draft", "Position", "draft"]
    with pytest.raises(AttributeError, match=r"module 'govrubric.office' has no attribute 'drafts'"):
        _ = office.drafts  # type: ignore[attr-defined] # what is tested
    file = tmp_path / "考核表.csv"
    file.write_text("指标,分值,评分标准\n值守,10,脱岗的，每次扣1分\n", "utf-8")
    assert office.draft(file).counts == (1, 1, 1, 1, 3)


@pytest.mark.parametrize("name", ODD)
def test_the_draft_of_an_odd_table_loads_is_laid_out_and_check_tells_its_marks_alone(
    name: str, tmp_path: Path
) -> None:
    file = tmp_path / name
    file.write_bytes(ODD[name]())
    drawn = office.draft(file, table=1)
    assert formatted("draft.yaml", drawn.text).text == drawn.text
    (tmp_path / "draft.yaml").write_text(drawn.text, "utf-8")
    told = [finding.code for finding in check(tmp_path / "draft.yaml")]
    # Where an item starts full, what adds to it never counts; the mark at `start` asks about that.
    also = ["GR403"] if name == "weights.docx" else []
    assert sorted(told) == also + ["GR470"] * drawn.counts.questions


ROW = "level | weight | standard\n档案 | 100 | 每件扣1分"


def test_words_that_say_another_total_than_the_table_are_asked_about() -> None:
    told = draft_of(f"{ROW}\n总分100分 | |", below=("满分为120分。",))
    assert "total: 100  # 待确认：表中总分为100分，表外文字写明120分\n" in told.text
    summed = draft_of(ROW, titles=("考核表（满分100分）",), below=("总分100分。",))
    assert "\ntotal: 100\n" in summed.text
    several = draft_of(ROW, below=("总分100分。", "总分120分。"))
    assert several.text.startswith(
        "# 待确认：表外的这些文字尚未写入：“总分100分。”\n# 待确认：表外的这些文字尚未写入：“总分120分。”\n"
    )
    assert "total: 100  # 待确认：表中没有总分，此处为各项之和，是否如此？\n" in several.text


def test_a_most_that_fits_no_item_or_several_is_kept_in_words() -> None:
    one = draft_of(f"{ROW}\n加分项（5分） | | 被推广的加1分", below=("加分最多5分。", "扣分最多10分。"))
    assert "ceiling: 5\n" in one.text
    assert one.text.startswith("# 待确认：表外的这些文字尚未写入：“扣分最多10分。”\ngovrubric")
    other = draft_of(f"{ROW}\n加分项（5分） | | 被推广的加1分", below=("加分最多8分，加分最多9分。",))
    assert other.text.startswith("# 待确认：表外的这些文字尚未写入：“加分最多8分，加分最多9分。”\ngovrubric")


def test_grades_that_are_said_twice_and_otherwise_are_kept_in_words() -> None:
    draft = draft_of(ROW, below=("90分以上为优秀，90分以下为合格。", "80分以上为优秀，低于80分为合格。"))
    assert draft.text.endswith(
        "grades:\n  - {grade: 优秀, from: 90}\n  # 待确认：恰为90分的，定为何等次？\n  - grade: 合格\n"
    )
    assert "“80分以上为优秀，低于80分为合格。”" in draft.text


def test_very_many_words_are_told_in_part_and_counted() -> None:
    draft = draft_of(ROW, below=tuple(f"请参阅第{at}号文件。" for at in range(1, 103)))
    marks = [line for line in draft.text.split("\n") if line.startswith("# ")]
    assert len(marks) == 101
    assert marks[99:] == [
        "# 待确认：表外的这些文字尚未写入：“请参阅第100号文件。”",
        "# 待确认：表外另有 2 处文字尚未写入，自此处起：“请参阅第101号文件。”",
    ]
    loads(draft.text)
    long = draft_of(ROW, below=("请参阅文件" * 700,))
    first, *folded, head = long.text.split("\n")[:4]
    assert first.startswith("# 待确认：表外的这些文字尚未写入：“请参阅文件")
    assert all(line.startswith("#   ") for line in folded)
    assert head.startswith("govrubric")
    assert "".join(line.removeprefix("#   ") for line in long.text.split("\n")[:3]).count("请参阅文件") == 700


def test_so_many_words_that_a_rubric_has_no_room_for_them_are_refused() -> None:
    with pytest.raises(GovrubricError) as caught:
        draft_of(ROW, below=("请参阅。",) * 5000)
    assert [finding.code for finding in caught.value.diagnostics] == ["GR824"]


@pytest.mark.parametrize(
    ("clauses", "start"),
    [
        ("评为优得5分，良得3分/迟报的每条扣1分，最多扣5分", "5"),
        ("由办公室评0至5分/迟报的扣2分/漏报的扣3分/瞒报的不得分", "5"),
        ("95%以上得6分，90%以上得3分/迟报的每条扣1分，最多扣4分", "4"),
        ("开展演练的得3分/修订预案的得2分/迟报的每条扣1分，最多扣5分", "5"),
        ("开展演练的得5分，开展培训的得3分/迟报的每条扣1分，最多扣5分", "5"),
        ("每报一条得1分/迟报的每条扣1分，最多扣5分", "zero"),
        ("每报一条得1分，最多得5分/迟报的每条扣1分", "zero"),
    ],
)
def test_what_is_earned_and_what_may_be_taken_may_be_the_full_marks_together(
    clauses: str, start: str
) -> None:
    text = draft_of(f"level | standard\n宣传（10分） | {clauses}").text
    assert f"\n    start: {start}" in text
    assert ("合为满分：是否写" in text) == (start != "zero")


def test_who_assesses_several_rows_of_an_item_is_said_at_each_if_they_differ() -> None:
    rows = """
        level | requirement | weight | standard | assessor | note
        服务 | 及时开放 | 10 | 迟开的每次扣1分 | 甲 | 一
        ^ | 文明用语 | {} | 投诉的每起扣2分 | {} | 一
        """
    text = draft_of(rows.format(15, "乙")).text
    assert [line.strip() for line in text.split("\n") if "assessed_by" in line] == [
        "assessed_by: 甲",
        "assessed_by: 乙",
    ]
    assert draft_of(rows.format(15, "甲")).text.count("assessed_by: 甲") == 1
    joined = draft_of(
        rows.format("", "乙").replace("| 10 |", "| |")
    ).text  # parts without points are one item
    assert "    assessed_by: 甲；乙\n" in joined
    assert joined.count("note: 一\n") == 1
