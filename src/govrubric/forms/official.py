"""Rubric -> the rows of its official form, for every format; the cards of a unit -> what fills them in."""

from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction
from typing import NamedTuple

from govrubric.contents import Gate, Item, Rule
from govrubric.diagnostics.diagnostic import Lang, lang
from govrubric.language.rubric_text import join
from govrubric.numbers import written
from govrubric.office.clauses import points_in
from govrubric.reports.outline import how_it_counts
from govrubric.reports.worth import on_top
from govrubric.rubric import Rubric
from govrubric.scoring.card import ScoreCard
from govrubric.scoring.explain import given_in_words, number, value_in_words
from govrubric.scoring.ledger import GateScore, Given, ItemScore, RuleScore
from govrubric.scoring.sentences import gate_sentence


class FormRow(NamedTuple):
    """One row: an indicator with its parts, or a part, where an indicator has parts within its parts.

    Attributes:
        path: the path of its item.
        number: 序号, such as `3`, or `3.1` of a part.
        title: 指标（权重）, such as “政务公开基础工作（10分）”.
        explanation: 指标说明, a paragraph each: its own clause, and its parts, numbered where there are more.
            What has no clause is told by title, points, and how it counts where that is not the usual way.
        standards: 评分标准, a paragraph each: the clauses of its rules and gates, numbered as the parts are.
            A clause that several rules quote stands once; a rule without one is told by its sentence.
        assessed_by: 考评方式; empty where the rubric does not say.
    """

    path: str
    number: str
    title: str
    explanation: tuple[str, ...]
    standards: tuple[str, ...]
    assessed_by: str


class OfficialForm(NamedTuple):
    """The official form of a rubric.

    Attributes:
        title: the rubric's title; of a variant, with the title of the variant.
        headers: those of the eight columns, in the rubric's language.
        rows: one for each indicator, and one for each part of an indicator whose parts have parts.
        total: the label of the last row, such as “总分（100分）”.
        remarks: what stands below the table, a paragraph each: how the indicators make the whole, where that
            is not their sum, and vetoes and caps of the whole.
    """

    title: str
    headers: tuple[str, ...]
    rows: tuple[FormRow, ...]
    total: str
    remarks: tuple[str, ...]


class FilledRow(NamedTuple):
    """What cards say of a row; empty where there is no card.

    Attributes:
        own_score: 自评成绩, on the scale of the weight that stands in the row.
        own_basis: 自评依据, a paragraph each: what was counted, how it was reckoned, evidence and notes.
        official_score: 考评成绩, on the same scale.
    """

    own_score: str
    own_basis: tuple[str, ...]
    official_score: str


HEADERS: dict[Lang, tuple[str, ...]] = {
    "en": (
        *("No.", "Indicator (weight)", "Explanation", "Scoring standard"),
        *("Self-assessed score", "Evidence", "Assessed by", "Official score"),
    ),
    "zh": (
        *("序号", "指标（权重）", "指标说明", "评分标准"),
        *("自评成绩", "自评依据", "考评方式", "考评成绩"),
    ),
}
PHRASES = {
    "en": {
        "total": "Total", "weight": "{} ({} points)", "weight of one": "{} (1 point)",
        "extra": "{} ({} points on top)", "worth": "{} ({})", "colon": "{}: {}", "numbered": "{}. {}",
        "scale": "Scored out of {}, counted as {}.", "sentence": "How it counts: {}.",
        "gate": "if {}: {}", "titled gate": "{} (if {}): {}",
        "join": "; ", "after stop": " ", "comma": ", ", "names": ", ",
        "notes": " ({})", "evidence": "evidence: {}", "note": "note: {}",
        "none": "no score", "away": "–", "absent": "does not apply", "counted": ", of which {} counts",
    },
    "zh": {
        "total": "总分", "weight": "{}（{}分）", "weight of one": "{}（1分）",
        "extra": "{}（另加{}分）", "worth": "{}（{}）", "colon": "{}：{}", "numbered": "{}.{}",
        "scale": "按{}分制评分，折算为{}分。", "sentence": "{}。", "gate": "{} 时，{}", "titled gate": "{}（条件：{}）：{}",
        "join": "；", "after stop": "", "comma": "，", "names": "、",
        "notes": "（{}）", "evidence": "依据：{}", "note": "备注：{}",
        "none": "不予计分", "away": "–", "absent": "不适用", "counted": "，计{}分",
    },
}  # fmt: skip
_STOPS = (*"。；！？.;!?", "")
_JUDGED = ("number", "choice")


def official_form(rubric: Rubric, language: str | None = None) -> OfficialForm:
    """A rubric -> its official form, in a language; in the rubric's own where none is named."""
    return _Form(rubric, lang(language or rubric.language)).form()


class _Form:
    """The rows of a rubric, made item by item."""

    def __init__(self, rubric: Rubric, language: Lang) -> None:
        self.rubric, self.lang, self.phrases = rubric, language, PHRASES[language]
        self.items = rubric.items
        self.sentences = {
            rule.path: rule.rule.says(language) for item in rubric._plan.items for rule in item.rules
        } | {
            join(item.path, gate.id): gate_sentence(gate, language)
            for item in rubric._plan.items
            for gate in item.item.gates
        }

    def form(self) -> OfficialForm:
        whole = self.items[""]
        rows = [
            row
            for place, path in enumerate(whole.parts, 1)
            for row in self.rows(self.items[path], str(place), whole.assessed_by)
        ]
        total = self.weighed(self.phrases["total"], whole)
        remarks = (*self.unusual(whole), *map(self.gate, whole.gates))
        return OfficialForm(self.title(), HEADERS[self.lang], tuple(rows), total, remarks)

    def title(self) -> str:
        """The rubric's title; of a variant, with that of the variant."""
        title, variant = self.rubric.title, self.rubric._layout.variant
        named = "" if variant is None else variant.title or variant.id
        return title if named in title else self.phrases["worth"].format(title, named)

    def rows(self, item: Item, place: str, assessor: str | None) -> Iterator[FormRow]:
        """The row of an item, and below it those of its parts where one of them has parts itself."""
        assessor = item.assessed_by or assessor
        parts = [self.items[path] for path in item.parts]
        if not any(part.parts for part in parts):
            yield self.row(item, parts, place, assessor)
            return
        yield self.row(item, [], place, assessor)
        for index, part in enumerate(parts, 1):
            yield from self.rows(part, f"{place}.{index}", assessor)

    def row(self, item: Item, parts: Sequence[Item], place: str, assessor: str | None) -> FormRow:
        """The row of an item and those of its parts that stand in it."""
        explanation = [*([item.clause] if item.clause else []), *self.unusual(item)]
        explanation += numbered([self.part(part) for part in parts], self.phrases)
        assessors = list(dict.fromkeys(part.assessed_by for part in parts if part.assessed_by))
        assessed_by = assessor or self.phrases["join"].join(assessors)
        title = self.weighed(item.title, item)
        return FormRow(item.path, place, title, tuple(explanation), self.standards(item, parts), assessed_by)

    def unusual(self, item: Item) -> Iterator[str]:
        """The scale of an item where it is not its weight, and how it counts where no clause says it."""
        if item.full is not None and item.weight is not None and item.full != item.weight:
            yield self.phrases["scale"].format(written(item.full), written(item.weight))
        if counting := self.counting(item):
            yield self.phrases["sentence"].format(counting)

    def counting(self, item: Item) -> str:
        """How an item counts, and how its parts make it up; empty where a clause says it."""
        if item.clause is not None:
            return ""
        return self.phrases["join"].join(how_it_counts(self.rubric._items[item.path].item, self.lang))

    def weighed(self, title: str, item: Item) -> str:
        """A title with the points that an item is worth."""
        if item.weight is None:
            kind, _, most = on_top(self.rubric._items[item.path], self.lang).partition(self.phrases["comma"])
            worth = most if kind in title else self.phrases["comma"].join(filter(None, (kind, most)))
            return self.phrases["worth"].format(title, worth) if worth else title
        if item.extra:
            return self.phrases["extra"].format(title, written(item.weight))
        key = "weight of one" if item.weight == 1 else "weight"
        return self.phrases[key].format(title, written(item.weight))

    def part(self, part: Item) -> str:
        """A part by its clause, which says its points in most forms; else by its title and points, too."""
        if part.clause is None:
            title, counting = self.weighed(part.title, part), self.counting(part)
            return self.phrases["colon"].format(title, counting) if counting else title
        said = points_in(part.clause)
        if part.weight is not None and said is not None and said.points == part.weight:
            return part.clause
        return self.phrases["colon"].format(self.weighed(part.title, part), part.clause)

    def standards(self, item: Item, parts: Sequence[Item]) -> tuple[str, ...]:
        """How the parts are scored, a paragraph each, then how the item itself is."""
        told = [[*map(self.rule, part.rules), *map(self.gate, part.gates)] for part in parts]
        own = [*map(self.rule, item.rules), *map(self.gate, item.gates)]
        if told and all(one == told[0] for one in told):
            shared = [self.joined(told[0])] if told[0] else []
            return (*shared, *dict.fromkeys(own))
        seen = set[str]()
        paragraphs = []
        for clauses in told:
            fresh = [clause for clause in dict.fromkeys(clauses) if clause not in seen]
            seen.update(fresh)
            paragraphs.append(self.joined(fresh))
        alone = (clause for clause in dict.fromkeys(own) if clause not in seen)
        return (*numbered(paragraphs, self.phrases), *alone)

    def rule(self, rule: Rule) -> str:
        """A rule in the official words, or else in those of its verb."""
        return rule.clause or self.sentences[rule.path]

    def gate(self, gate: Gate) -> str:
        """A gate in the official words, or else what it does and when."""
        if gate.clause:
            return gate.clause
        if gate.title is None:
            return self.phrases["gate"].format(gate.when, self.sentences[gate.path])
        return self.phrases["titled gate"].format(gate.title, gate.when, self.sentences[gate.path])

    def joined(self, clauses: Iterable[str]) -> str:
        """Clauses as one text; between two of them stands a stop, where the first has none at its end."""
        text = ""
        for clause in clauses:
            text += (self.phrases["after stop"] if text[-1:] in _STOPS else self.phrases["join"]) + clause
        return text.removeprefix(self.phrases["after stop"])


def numbered(paragraphs: Sequence[str], phrases: dict[str, str]) -> list[str]:
    """Paragraphs with their numbers, where there are several; an empty one only takes its number."""
    if len(paragraphs) == 1:
        return [one for one in paragraphs if one]
    numbers = enumerate(paragraphs, 1)
    return [phrases["numbered"].format(index, one) for index, one in numbers if one]


def filled(
    form: OfficialForm, own: ScoreCard | None, official: ScoreCard | None, language: str | None = None
) -> tuple[FilledRow, ...]:
    """A form and a unit's cards -> what stands in each of its rows, then in that of the total.

    `own` is the card of the unit's own assessment. Words are in the language of the card where none is named;
    in another, those of a card that was read are its own. Figures are those of `score`, to the places of the
    total and two more where their digits never end; “–” stands where an item does not apply or the variant of
    the unit has it not.
    """
    paths = {row.path for row in form.rows}
    ours, theirs = (None if card is None else _Told(card, language) for card in (own, official))
    rows = [
        FilledRow(
            ours.contributed(row.path) if ours else "",
            ours.of_row(row.path, paths) if ours else (),
            theirs.contributed(row.path) if theirs else "",
        )
        for row in form.rows
    ]
    total = FilledRow(
        ours.total() if ours else "", ours.of_the_whole() if ours else (), theirs.total() if theirs else ""
    )
    return (*rows, total)


class _Told:
    """What a card says: its scores, what was counted, the working, evidence and notes."""

    def __init__(self, card: ScoreCard, language: str | None) -> None:
        record = card._record
        self.lang: Lang = lang(language or record.header.language)
        if language is not None:
            record = card._spoken(self.lang)
        self.phrases = PHRASES[self.lang]
        self.items = {item.path: item for item in record.items}
        self.inputs = {given.name: given for given in record.inputs}
        self.facts = [given for given in record.inputs if "." not in given.name and not given.assumed]
        self.values, self.places, self.published = record.values, record.header.places, card.total

    def contributed(self, path: str) -> str:
        """What an item adds to its group."""
        item = self.items.get(path)
        if item is None:
            return self.phrases["away"]
        if item.contribution is None:
            return self.phrases["none"]
        if not item.applies and not item.contribution:
            return self.phrases["away"]
        return number(item.contribution, self.places)

    def total(self) -> str:
        """The published total, with all places to which the rubric rounds."""
        if self.published is None:
            return self.phrases["none"]
        return written(Fraction(self.published), self.places)

    def of_row(self, path: str, rows: set[str]) -> tuple[str, ...]:
        """A paragraph for each part that stands in the row, numbered as it is, then for its own rules."""
        item = self.items.get(path)
        if item is None:
            return ()
        parts = [self.items[part] for part in item.parts if part not in rows] if item.applies else []
        paragraphs = [self.of_item(part) for part in parts]
        own = self.of_item(item)
        return (*numbered(paragraphs, self.phrases), *((own,) if own else ()))

    def of_item(self, item: ItemScore) -> str:
        """The rules of an item that have anything to tell, and its gates that hold."""
        if not item.applies:
            return self.phrases["absent"]
        told = [self.rule(rule, item) for rule in item.rules if self.has_to_be_told(rule)]
        told += [self.gate(gate, item) for gate in item.gates if gate.held]
        return self.phrases["join"].join(told)

    def has_to_be_told(self, rule: RuleScore) -> bool:
        """Whether a rule has an effect, or rests on anything but a count of 0 or a “no”."""
        own = [self.inputs[name] for name in rule.inputs if "." in name]
        return bool(rule.raw) or any(
            given.evidence or given.note or (not given.assumed and (given.kind in _JUDGED or given.value))
            for given in own
        )

    def gate(self, gate: GateScore, item: ItemScore) -> str:
        """A gate that holds: what it did under its title, or else its clause."""
        if gate.title is None and gate.clause is not None:
            return gate.clause
        return self.phrases["colon"].format(gate.title or item.title, gate.sentence)

    def rule(self, rule: RuleScore, item: ItemScore) -> str:
        """How a rule comes to its effect, what of it counts, and what its inputs rest on."""
        told = self.phrases["colon"].format(rule.title or item.title, rule.sentence)
        if rule.absorbed:
            told += self.phrases["counted"].format(number(abs(rule.applied), self.places))
        return told + self.notes(*(self.inputs[name] for name in rule.inputs if "." in name))

    def notes(self, *given: Given) -> str:
        """The evidence and the notes of inputs, in brackets."""
        evidence = [one for each in given for one in each.evidence]
        said = [self.phrases["evidence"].format(self.phrases["names"].join(evidence))] if evidence else []
        said += [self.phrases["note"].format(each.note) for each in given if each.note]
        return self.phrases["notes"].format(self.phrases["join"].join(said)) if said else ""

    def of_the_whole(self) -> tuple[str, ...]:
        """The facts, the values that the rubric shows, and the gates of the whole that hold."""
        colon = self.phrases["colon"]
        told = [
            colon.format(fact.title or fact.name, given_in_words(fact, self.lang)) + self.notes(fact)
            for fact in self.facts
        ]
        told += [
            colon.format(value.shown, value_in_words(value, self.places, self.lang)) for value in self.values
        ]
        whole = self.of_item(self.items[""])
        return (*told, whole) if whole else tuple(told)
