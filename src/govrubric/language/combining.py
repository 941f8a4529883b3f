"""How the parts of a group make its base: in which way, and which of them are left out."""

from collections.abc import Mapping
from typing import Annotated, ClassVar, Literal

from pydantic import Field, PlainValidator

from govrubric.language.fields import Dropped, Model, Note, one_of

Combine = Literal["sum", "mean", "min", "max"]

CombineWord = Annotated[Combine, PlainValidator(one_of("sum", "mean", "min", "max"))]


class Drop(Model):
    """How many of the lowest and of the highest contributions a group leaves out."""

    chinese: ClassVar[Mapping[str, str]] = {
        "lowest": "去掉几个最低分",
        "highest": "去掉几个最高分",
    }

    lowest: Dropped = Field(
        default=0, description="how many of the lowest contributions are left out", examples=["1"]
    )
    highest: Dropped = Field(
        default=0, description="how many of the highest contributions are left out", examples=["1"]
    )
    note: Note = None
