"""Without asserts and docstrings (`python -O`, `-OO`) a command does the same."""

from hostile.case import Case

CASES = [
    Case(
        f"python {flag}: --help of {command or 'all commands'}",
        (*((command,) if command else ()), "--help"),
        exit=0,
        says=(words,),
        interpreter=(flag,),
        fast=not command,
    )
    for flag in ("-O", "-OO")
    for command, words in (("", "Written scoring rubrics as typed YAML"), ("score", "Score"))
]
