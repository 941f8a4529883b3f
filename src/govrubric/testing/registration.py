"""The import of Hypothesis -> a strategy for the class of rubrics: ``st.from_type(Rubric)``.

Hypothesis calls `register` in every process that imports it, also where nothing else of govrubric is used. So
`register` must not import pydantic. But a strategy is registered for a class, and the class needs pydantic.
Where the class does not exist yet, `register` therefore appends a callback to a list, and `govrubric.rubric`
calls the list's callbacks after the class statement. So that module need not import this package.
"""

import sys
from typing import Any

from govrubric import waiting


def register() -> None:
    """Register the strategy: at once if the class exists, otherwise as soon as it does."""
    rubric = getattr(sys.modules.get("govrubric.rubric"), "Rubric", None)
    if rubric is None:
        waiting.for_rubric.append(_register_strategy)
    else:
        _register_strategy(rubric)


def _register_strategy(rubric: type) -> None:
    from hypothesis import strategies as st  # noqa: PLC0415 - half imported at `register`

    def resolve(_: type) -> "st.SearchStrategy[Any]":
        from govrubric.testing.strategies.rubric import rubrics  # noqa: PLC0415 - only to draw

        return rubrics()

    st.register_type_strategy(rubric, resolve)
