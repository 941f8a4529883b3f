"""The form of an entry: code -> language -> what is wrong, and what to do.

`{name}` stands for an argument. Text in square brackets around an argument is shown only where the argument
has a value.
"""

Entries = dict[str, dict[str, tuple[str, str]]]
