"""Callbacks that wait for the class `Rubric`; `govrubric.rubric` calls each with the class once it is made.

The list stands in a module of its own so that it can be filled without importing the class, and with it pydantic.
"""

from collections.abc import Callable

for_rubric: list[Callable[[type], None]] = []
