"""The representation of a value: what says something, cut where it is long."""

from dataclasses import dataclass, field

from govrubric.diagnostics.brief import brief


@dataclass(repr=False)
class Box:
    """A value with fields of several kinds."""

    name: str | None
    sizes: tuple[int, ...] = ()
    full: bool = False
    hidden: int = field(default=1, repr=False)

    __repr__ = brief


def test_what_says_nothing_is_not_shown() -> None:
    assert repr(Box(None)) == "Box()"
    assert repr(Box("a", (1,), full=True)) == "Box(name='a', sizes=(1,), full=True)"


def test_a_text_of_sixty_characters_is_shown_whole() -> None:
    assert repr(Box("a" * 60)) == f"Box(name='{'a' * 60}')"
    assert len(repr(Box("a" * 600))) < 80


def test_of_a_list_five_entries_are_shown() -> None:
    assert repr(Box(None, (1, 2, 3, 4, 5))) == "Box(sizes=(1, 2, 3, 4, 5,))"
    assert repr(Box(None, (1, 2, 3, 4, 5, 6))) == "Box(sizes=(1, 2, 3, 4, 5, …))"


def test_what_cannot_be_seen_is_not_shown() -> None:
    assert "\u202e" not in repr(Box("a\u202eb"))
