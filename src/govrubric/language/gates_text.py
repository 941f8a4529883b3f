"""The models of gates and grades: a veto or a cap while a condition holds, and the ladder of the whole."""

from collections.abc import Mapping
from typing import ClassVar

from pydantic import Field

from govrubric.language.fields import Authored, Id, Model, Note, Number, NumberOrNone, ProseOrNone, Text


class Gate(Model):
    """A veto or a cap on the score of its item, or on the rubric's grade, while its condition holds."""

    chinese: ClassVar[Mapping[str, str]] = {
        "id": "该项否决或封顶在路径中的名称",
        "title": "供人阅读的名称，不写则显示 id；不影响得分",
        "when": "此条件成立时起作用",
        "score": "把得分定为此数；`none` 表示本项及以上各级不予计分",
        "at_most": "得分最高为此数",
        "at_least": "得分最低为此数",
        "grade": "直接定总等次，可不在等次表中；多个成立时以最后一个为准",
        "grade_at_most": "总等次最高为等次表中的这一等；多个成立时以最低的为准",
        "clause": "官方条文，逐字照录",
    }

    id: Id = Field(description="the gate's name in paths", examples=["veto"])
    title: ProseOrNone = Field(
        default=None,
        description="what people read in place of the id; it changes no score",
        examples=["一票否决"],
    )
    when: Authored = Field(description="the gate acts while this holds", examples=["deaths > 0"])
    score: NumberOrNone | None = Field(
        default=None,
        description="sets the score; with `none` there is no score, here and above",
        examples=["0"],
    )
    at_most: Number | None = Field(default=None, description="lowers the score to this", examples=["59"])
    at_least: Number | None = Field(default=None, description="raises the score to this", examples=["60"])
    grade: Text | None = Field(
        default=None,
        description="fixes the grade of the whole, in the list or not; the last that holds wins",
        examples=["不合格"],
    )
    grade_at_most: Text | None = Field(
        default=None,
        description="lowers the grade of the whole to this one of the list; the lowest wins",
        examples=["良好"],
    )
    clause: ProseOrNone = Field(
        default=None,
        description="the official wording, word for word",
        examples=["发生死亡事故的，一票否决。"],
    )
    note: Note = None


class Grade(Model):
    """A grade of the whole, from which total on, and on which condition."""

    chinese: ClassVar[Mapping[str, str]] = {
        "grade": "等次名称",
        "from": "总分达到多少评为此等次",
        "when": "评为此等次的条件；此处还可用 `total` 和 `exact_total`",
    }

    grade: Text = Field(description="the grade's name", examples=["优秀"])
    start: Number | None = Field(
        default=None, alias="from", description="the least total that is given it", examples=["90"]
    )
    when: Authored | None = Field(
        default=None,
        description="a condition for it; here `total` and `exact_total` are names too",
        examples=["lost(basics) == 0"],
    )
    note: Note = None
