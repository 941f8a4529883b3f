"""Hypothesis is imported -> it can draw rubrics: ``st.from_type(Rubric)``.

Hypothesis calls `register` in every process that imports it, also where nothing else of govrubric is used. So
`register` must not import pydantic. But a strategy is registered for a class, and the class needs pydantic.
Where the class is not defined yet, `register` therefore leaves a callback in a list, and `govrubric.rubric`
calls what is in the list after the class statement. That module need not import this package for it, and
Python's import system stays as it is.
"""

import sys
from typing import Any

from govrubric import rubric_callbacks


def register() -> None:
    """Tell Hypothesis of the class: at once if it is made, and else as soon as it is."""
    rubric = getattr(sys.modules.get("govrubric.rubric"), "Rubric", None)
    if rubric is None:
        rubric_callbacks.when_defined.append(_register_strategy)
    else:
        _register_strategy(rubric)


def _register_strategy(rubric: type) -> None:
    from hypothesis import strategies as st  # noqa: PLC0415 - at `register` it is half imported

    def resolve(_: type) -> "st.SearchStrategy[Any]":
        from govrubric.testing.strategies.rubric import rubrics  # noqa: PLC0415 - slow: only to draw

        return rubrics()

    st.register_type_strategy(rubric, resolve)
