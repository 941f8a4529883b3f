"""The form of an entry: code -> language -> what is wrong, and what to do.

`{name}` stands for an argument; what stands in square brackets around one is said only where the argument has a value.
"""

Entries = dict[str, dict[str, tuple[str, str]]]
