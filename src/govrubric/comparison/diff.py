"""Two rubrics, and tallies of the older -> what changed, and what becomes of each unit: what `diff` gives."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from govrubric import tally_files
from govrubric.comparison import as_data, as_markdown, as_text
from govrubric.comparison.compare import Change, Comparison, compare
from govrubric.comparison.matching import Remark
from govrubric.comparison.replay import Recount, Replay
from govrubric.diagnostics.diagnostic import Lang, lang
from govrubric.rubric import Rubric
from govrubric.scoring.card import ScoreCard
from govrubric.scoring.unit import Tally, Unit
from govrubric.tally_sheets.units import FileUnit


@dataclass(frozen=True, slots=True, repr=False)
class Diff:
    """What changed from one rubric to the next. Made by `diff`.

    `replay` has what the tallies of the older rubric come to under both; it is ``None`` where `diff` was
    given no tallies.
    """

    _comparison: Comparison
    replay: Replay | None

    @property
    def older(self) -> Rubric:
        """The rubric that was compared with `newer`."""
        return self._comparison.older

    @property
    def newer(self) -> Rubric:
        """The rubric that follows `older`."""
        return self._comparison.newer

    @property
    def changes(self) -> tuple[Change, ...]:
        """Every difference of meaning, in the order of the newer rubric; empty where they mean the same."""
        return self._comparison.changes

    @property
    def remarks(self) -> tuple[Remark, ...]:
        """Each `was` of the newer rubric that is not followed."""
        return self._comparison.matching.remarks

    def to_dict(self, language: str | None = None) -> dict[str, Any]:
        """Plain data, as ``govrubric diff --format json`` prints it: numbers as digits, ``?`` for unknown.

        The sentences of rules are in `language`: ``en``, ``zh``, or that of the newer rubric.
        """
        return as_data.to_dict(self._comparison, self.replay, self._lang(language))

    def to_text(self, language: str | None = None) -> str:
        """The text that ``govrubric diff`` prints."""
        return as_text.as_text(self._comparison, self.replay, self._lang(language))

    def to_markdown(self, language: str | None = None) -> str:
        """Tables for a memo, as ``govrubric diff --format markdown`` prints them."""
        return as_markdown.memo(self._comparison, self.replay, self._lang(language))

    def __hash__(self) -> int:
        return hash((self.older, self.newer, self.replay))

    def __str__(self) -> str:
        return self.to_text()

    def __repr__(self) -> str:
        return f"<Diff {self.older.id} {self.newer.id} {len(self.changes)} change(s)>"

    def _lang(self, language: str | None) -> Lang:
        return lang(language or self.newer._text.language)


def diff(older: Rubric, newer: Rubric, tallies: Iterable[Tally | Unit] | None = None) -> Diff:
    """Two rubrics -> what changed by meaning; with tallies of the older, also what they come to under both.

    Args:
        older: the rubric that was in force, such as last year's.
        newer: the rubric that follows it. Its `was` tells what has another name there.
        tallies: tallies of the older rubric, each as `Rubric.score` takes it, or the units that
            `Rubric.read` gives; the keys ``unit`` and ``name`` say whose a tally is. A value that only
            the newer rubric asks for is unknown, and never guessed.

    Raises:
        TallyError: with every finding, if the older rubric refuses a tally, or a unit stands twice. A
            finding's `path` begins with the code of its unit, or with the number of the tally, from 0, where
            it has none. A tally that only the newer rubric refuses is no error: it is in `replay.refused`.
    """
    if tallies is None:
        return compared(older, newer, None)
    return compared(older, newer, tally_files.of_one(older, tally_files.scored(older, tallies)))


def compared(older: Rubric, newer: Rubric, scored: Iterable[tuple[FileUnit, ScoreCard]] | None) -> Diff:
    """Two rubrics, and units with their cards under the older -> what changed, and what it does to them."""
    comparison = compare(older, newer)
    return Diff(comparison, None if scored is None else Recount(comparison).replay(scored))
