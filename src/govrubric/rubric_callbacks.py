"""Callbacks that wait for the class `Rubric`; `govrubric.rubric` calls each, once the class is defined.

The list is a module of its own, so that it can be filled without importing the class, and pydantic with it.
"""

from collections.abc import Callable

when_defined: list[Callable[[type], None]] = []
