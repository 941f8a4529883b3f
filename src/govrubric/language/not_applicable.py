"""What an item says of the case that it does not apply: a policy, alone or with a condition that decides.

Source: language section 3.
"""

from collections.abc import Mapping
from typing import Annotated, ClassVar, Literal

from pydantic import Discriminator, Field, PlainValidator, Tag

from govrubric.language.fields import Authored, Model, Note, one_of

Policy = Literal["rescale", "full", "zero", "spread"]
PolicyWord = Annotated[Policy, PlainValidator(one_of("rescale", "full", "zero", "spread"))]


class NotApplicable(Model):
    """What happens where an item does not apply, and the condition that decides it in place of the tally."""

    chinese: ClassVar[Mapping[str, str]] = {
        "when": "该项不适用的条件；只可用填报项和事实，不可用得分",
        "then": "不适用时如何处理：其余项按比例放大（`rescale`）、给满分（`full`）、给零分（`zero`）、权重均摊（`spread`）",
    }

    when: Authored = Field(
        description="the item does not apply while this holds; it reads inputs and facts, and no scores",
        examples=["exempt"],
    )
    then: PolicyWord = Field(
        description="what happens then: the rest is scaled up, full marks, none, or its weight is shared out",
        examples=["rescale"],
    )
    note: Note = None


def _form(value: object) -> str:
    """The tag of the form in which an item says what happens where it does not apply."""
    return "form:condition" if isinstance(value, (dict, NotApplicable)) else "form:word"


PolicyOrCondition = Annotated[
    Annotated[PolicyWord, Tag("form:word")] | Annotated[NotApplicable, Tag("form:condition")],
    Discriminator(_form),
]
