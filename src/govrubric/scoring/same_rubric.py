"""The digests of a card x a rubric -> whether the card is of that rubric, of its scoring alone, or of neither.

Where it is the scoring alone, a card can be computed anew all the same: its figures have to come out, and
what it says in words is another text's.
"""

from typing import Protocol

from govrubric.diagnostics.diagnostic import Diagnostic, Path

# Keys of a card that say something in words, or seal it together with words.
IN_WORDS = frozenset(
    ("title", "clause", "assessed_by", "sentence", "when", "counts_when", "digest", "tally_digest")
)
OF_RUBRIC = (("rubric", "id"), ("rubric", "language"))


class Digests(Protocol):
    """A rubric, as far as its digests go."""

    @property
    def digest(self) -> str: ...

    @property
    def scoring_digest(self) -> str: ...


def other_rubric(digest: str, scoring_digest: str, rubric: Digests) -> Diagnostic | None:
    """What is wrong between the digests on a card and a rubric; ``None`` where the card is of that rubric.

    GR706, an error: the rubric scores otherwise, so that nothing can be compared. GR710, a warning: it scores
    alike in other words, so that the card can be compared but for what is `in_words`.
    """
    if digest == rubric.digest:
        return None
    code = "GR710" if scoring_digest == rubric.scoring_digest else "GR706"
    return Diagnostic.of(code, stated=digest, computed=rubric.digest)


def in_words(path: Path) -> bool:
    """Whether a place of a card, as `card_json.differences` names it, may differ where only words do.

    The unit in which an input is counted is a word; the unit that was scored, at the top of the card, is not.
    """
    return path[-1] in IN_WORDS or path in OF_RUBRIC or path[1:] == ("unit",)
