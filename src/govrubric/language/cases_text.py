"""The models of a case, within a rubric or in a file of cases beside it."""

from collections.abc import Mapping
from typing import Annotated, ClassVar

from pydantic import BeforeValidator, Field

from govrubric.language.fields import Cells, FilledCells, Model, Note, Text, some


class Case(Model):
    """A test that lives with the rubric."""

    chinese: ClassVar[Mapping[str, str]] = {
        "name": "案例测试什么；在一张评分表内不重复",
        "tally": "计数和评分，名称用点连接或逐级缩进",
        "expect": "应得的结果：`total`、`grade`、任一项（其得分）或任一规则（其实际加减分）；`none` 表示不予计分或无等次",
        "note": "作者自己的说明，通常写明如何算出",
    }

    name: Text = Field(description="what the case tries, once in a rubric", examples=["三份公文未标注"])
    tally: Cells = Field(
        description="what is counted and judged, by dotted or nested names",
        examples=["{basics.attribution.unlabelled: 3}"],
    )
    expect: FilledCells = Field(
        description="what it comes to: `total`, `grade`, any item (its score) or rule (its applied effect); "
        "`none` is no score or no grade",
        examples=["{total: 9.7, basics.attribution.unlabelled: -0.3}"],
    )
    note: Text | None = Field(
        default=None,
        description="the author's own remark, usually the sum as it was worked out",
        examples=["10 − 3×0.1 = 9.7"],
    )


class CasesText(Model):
    """A file of cases for a rubric that lies elsewhere."""

    chinese: ClassVar[Mapping[str, str]] = {
        "rubric": "被测试的评分表：相对于本文件的路径，或内置评分表的名称",
        "cases": "测试案例",
    }

    rubric: Text = Field(
        description="the rubric that is tried: a path, seen from this file, or the name of a shipped rubric",
        examples=["2023-district.yaml"],
    )
    note: Note = None
    cases: Annotated[tuple[Case, ...], BeforeValidator(some)] = Field(
        description="the tests", examples=["[{name: 迟报, tally: {a.late: true}, expect: {total: 8}}]"]
    )
