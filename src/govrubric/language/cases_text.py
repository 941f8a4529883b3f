"""The models of a case, within a rubric or in a file of cases beside it."""

from collections.abc import Mapping
from typing import Annotated, ClassVar

from pydantic import BeforeValidator, Field, PlainValidator

from govrubric.language.fields import (
    Cells,
    FilledCells,
    Id,
    Model,
    Note,
    Table,
    Text,
    is_filled_table,
    kind_of,
    some,
    wrong,
)
from govrubric.language.json_scalars import JsonScalar


def _is_readings(value: object) -> Table:
    """Options by ambiguity: text at each name."""
    table = is_filled_table(value)
    for option in table.plain().values():
        if not isinstance(option, str):
            raise wrong("GR206", kind=kind_of(option))
    return table


Readings = Annotated[
    Table,
    PlainValidator(_is_readings),
    JsonScalar(
        {"type": "object", "minProperties": 1, "additionalProperties": {"type": "string"}}, "readings"
    ),
]


class Case(Model):
    """A test that lives with the rubric."""

    chinese: ClassVar[Mapping[str, str]] = {
        "name": "案例测试什么；在一张评分表内不重复",
        "variant": "按哪个版本（`variants`）计分；不写则按本表",
        "reading": "按哪些理解计分：歧义的 id 和其选项的 id；不写则按 `decision`",
        "tally": "计数和评分，名称用点连接或逐级缩进",
        "expect": "应得的结果：`total`、`grade`、任一项（其得分）或任一规则（其实际加减分）；`none` 表示不予计分或无等次",
        "note": "作者自己的说明，通常写明如何算出",
    }

    name: Text = Field(description="what the case tries, once in a rubric", examples=["三份公文未标注"])
    variant: Id | None = Field(
        default=None,
        description="the variant by which it is scored; without it the rubric",
        examples=["county"],
    )
    reading: Readings | None = Field(
        default=None,
        description="the readings with which it is scored: an option for each ambiguity read otherwise",
        examples=["{amount: part}"],
    )
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

    @property
    def readings(self) -> dict[str, str]:
        """The option of each ambiguity that it names."""
        return {} if self.reading is None else self.reading.plain()


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
