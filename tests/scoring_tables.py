"""Random scoring tables, as odd as the tables of offices, and odder."""

from hypothesis import strategies as st

from govrubric.office.grids import Cell, Grid, Role, Row, ScoringTable

WORDS = (
    "政务公开",
    "年报",
    "未按时公开的",
    "平台建设",
    "培训",
    "加分项",
    "一票否决",
    "Annual report",
    "扣分项",
    "的",
    "，",
    "。",
)
AMOUNTS = ("1", "0.1", "5", "10", "100", "２", "二", "半", "0", "2023", "99999999999999")
EFFECTS = (
    *(
        "每例扣{}分",
        "扣{}分",
        "加{}分",
        "得{}分",
        "每3例扣{}分",
        "不得分",
        "扣除相应分",
        "最多扣{}分",
        "扣完为止",
        "满分{}分",
    ),
    *(
        "（{}分）",
        "（{}）",
        "低于95%的，每低1个百分点扣{}分",
        "被市级选用，每件加{}分；被省级选用每件加3分",
        "酌情扣1-{}分",
    ),
    *(
        "评定为优得{}分，良得3分，差扣1分",
        "缺一项扣{}分",
        "根据完成情况评分",
        "折合分数",
        "{} points off per day",
        "每次项{}分",
    ),
)
NUMBERS = ("", "", "1.", "2.", "1、", "（1）", "（二）", "①", "一、", "3)")
ODD = st.text(st.characters(codec="utf-8"), max_size=12)


@st.composite
def lines(draw: st.DrawFn) -> str:
    """A line of a cell: a number, words, and what is taken or given."""
    if draw(st.integers(0, 5)) == 0:
        return draw(ODD)
    parts = draw(st.lists(st.sampled_from((*WORDS, *EFFECTS)), max_size=5))
    return draw(st.sampled_from(NUMBERS)) + "".join(
        part.format(draw(st.sampled_from(AMOUNTS))) for part in parts
    )


TEXTS = st.lists(lines(), max_size=4).map(tuple)
TITLES = st.lists(st.sampled_from(WORDS) | ODD, max_size=2).map("".join)
POINTS = st.sampled_from(("", *AMOUNTS, "10分", "（5）", "20%", "见附件"))


@st.composite
def scoring_tables(draw: st.DrawFn) -> ScoringTable:
    """A scoring table of up to six rows, with one to three levels of indicators and merged cells."""
    depth, count = draw(st.integers(0, 3)), draw(st.integers(1, 6))
    roles: list[Role] = draw(
        st.lists(st.sampled_from(("requirement", "standard", "weight", "assessor", "note")), unique=True)
    )
    columns: list[list[Cell]] = []
    for column in range(depth + len(roles)):
        columns.append([])
        while len(columns[-1]) < count:
            row = len(columns[-1])
            reach = draw(st.integers(1, count - row)) if draw(st.booleans()) else 1
            if column < depth:
                title, points = draw(TITLES), draw(POINTS)
                content: tuple[str, ...] = (title + (f"（{points}）" if draw(st.booleans()) else ""),)
            elif roles[column - depth] == "weight":
                content = (draw(POINTS),)
            else:
                content = draw(TEXTS)
            columns[-1] += [Cell(content, row, column, reach)] * reach
    rows = tuple(
        Row(
            {role: columns[depth + at][row] for at, role in enumerate(roles)},
            tuple(columns[level][row] for level in range(depth)),
            row + 2,
        )
        for row in range(count)
    )
    cells = tuple(tuple(column[row] for column in columns) for row in range(count))
    titles = draw(
        st.lists(TITLES | st.sampled_from(("附件1", "2023年度考核指标", "2022—2023学年评分表")), max_size=3)
    )
    below = draw(st.lists(lines() | st.sampled_from(("加分项：", "发生事故的，一票否决。")), max_size=4))
    total = draw(st.none() | POINTS.map(lambda text: Cell((f"总分{text}",), count, 0)))
    grid = Grid("", draw(st.integers(1, 3)), tuple(titles), tuple(below), cells, ())
    return ScoringTable(grid, 0, rows, tuple(titles), total)
