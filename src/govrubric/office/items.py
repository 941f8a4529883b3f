"""Tree of a table -> the items and rules of a rubric, with where each stands and what is asked about it."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from fractions import Fraction

from govrubric.diagnostics.diagnostic import Diagnostic, Lang
from govrubric.lint.clauses.chinese import folded
from govrubric.numbers import written
from govrubric.office.clauses import Clause, Position
from govrubric.office.ids import Ids, of_clause
from govrubric.office.layout import Entry, Object, Scalar, Value
from govrubric.office.proposals import Proposal, continues, proposals, taking
from govrubric.office.questions import Question
from govrubric.office.structure import Node, Standard, is_taking

TITLE = 24  # characters of a rule's title

_WORDS: dict[str, tuple[str, str]] = {
    "rest": ("The other {number} points", "其余{number}分"),
    "untitled": ("Untitled", "无标题"),
    "assessed": ("Assessed", "考评方评分"),
    "no_standard": ("The table does not say how this is scored.", "评分标准未列此项，由考评方评定。"),
}
_WHOLE = ("judge", "convert")  # verbs that give as many points as an item has
_ORDER = (
    "per",
    "to",
    "from",
    "else",
    "unit",
    "places",
    "at_most",
)  # of the keys behind a verb, as `fmt` has it
_ENDS = " .,，;；。:：、的\n\u3000"

Path = tuple[str, ...]


@dataclass(slots=True)
class Items:
    """The items of a rubric as they are made, with what is counted and asked on the way.

    `ids` are those of the rubric itself: of its indicators, facts and gates.
    """

    lang: Lang
    positions: dict[str, Position] = field(default_factory=dict)
    findings: list[Diagnostic] = field(default_factory=list)
    items: int = 0
    weights: int = 0
    rules: int = 0
    clauses: set[int] = field(default_factory=set)
    ids: Ids = field(default_factory=Ids)

    def say(self, name: str, **args: str) -> str:
        """A text in the language of the table."""
        return _WORDS[name][self.lang == "zh"].format(**args)

    def ask(self, path: Path, at: Position, questions: Iterable[Question]) -> tuple[Question, ...]:
        """Questions for a line, each told as a finding with its place in the document."""
        asked = tuple(dict.fromkeys(questions))
        for question in asked:
            place = {"table": at.table, "row": at.row or "", "clause": at.clause or ""}
            self.findings.append(Diagnostic.of("GR820", None, path, asked=question.words(self.lang), **place))
        return asked

    def asking(
        self, key: str, value: Value, at: Position, question: Question, *, word: bool = False
    ) -> Entry:
        """A key of the rubric itself, with a question."""
        return Entry(key, value, self.ask((key,), at, [question]), word)

    def all(self, nodes: Iterable[Node]) -> list[Object]:
        """The items of a rubric."""
        nodes = list(nodes)
        self.ids = Ids(node.title for node in nodes)
        return [self.item(node, self.ids, ()) for node in nodes]

    def item(self, node: Node, ids: Ids, above: Path) -> Object:
        """An item with its parts and rules."""
        title = self.say("rest", number=written(node.weight or Fraction(0))) if node.rest else node.title
        path = (*above, ids.of(title, "item"))
        asked = dict(node.questions)
        if not title:
            title, asked["title"] = self.say("untitled"), Question("title")
        self.items += 1
        self.positions[".".join(path)] = node.at
        own = Ids(part.title for part in node.parts)
        parts = [self.item(part, own, path) for part in node.parts]
        found, rules = self.all_rules(node, own, path)
        entries = [Entry("id", path[-1], word=True), self.entry("title", title, node, path, asked)]
        entries += self.marks(node, found, path, asked)
        entries += [
            self.entry(key, text, node, path, asked)
            for key, text in (("assessed_by", node.assessor), ("clause", node.wording), ("note", node.note))
            if text
        ]
        self.clauses |= {id(clause) for clause in node.requirements}
        if parts:
            entries.append(Entry("items", parts))
        if rules:
            entries.append(Entry("rules", rules))
        return entries

    def entry(
        self,
        key: str,
        value: Value,
        node: Node,
        path: Path,
        asked: dict[str, Question],
        *,
        word: bool = False,
    ) -> Entry:
        """A key of an item, with what is asked about it."""
        questions = [asked[key]] if key in asked else []
        return Entry(key, value, self.ask(path, node.at, questions), word)

    def marks(self, node: Node, found: list[Proposal], path: Path, asked: dict[str, Question]) -> list[Entry]:
        """What an item weighs, where it starts, and between which bounds it stays."""
        gives = any(proposal.gives for proposal in found)
        takes = any(proposal.takes for proposal in found)
        entries: list[Entry] = []
        if not node.extra:
            assert node.weight is not None
            self.weights += "weight" not in asked
            entries.append(self.entry("weight", node.weight, node, path, asked))
            if node.scale is not None:
                asked["out_of"] = asked["scale"]
                entries.append(self.entry("out_of", node.scale, node, path, asked))
            if gives and takes and not node.parts:
                start: Value = "zero" if any(proposal.earns for proposal in found) else "full"
                given, taken = most_of(found)
                if given and taken and given + taken == (node.scale or node.weight):
                    start = taken
                    asked["start"] = Question("split", number=written(given), other=written(taken))
                elif any(not proposal.takes and proposal.verb not in _WHOLE for proposal in found):
                    asked["start"] = Question("both")
                entries.append(self.entry("start", start, node, path, asked, word=True))
            return entries
        entries.append(self.entry("extra", True, node, path, asked))
        self.weights += node.weight is not None
        if gives:
            is_bounded = all("at_most" in each.fields for each in found if each.gives)
            if node.weight is None and not is_bounded:
                asked.setdefault("ceiling", Question("ceiling"))
            most: Value = "none" if node.weight is None else node.weight
            entries.append(self.entry("ceiling", most, node, path, asked, word=node.weight is None))
        elif node.weight is not None:
            entries.append(self.entry("floor", -node.weight, node, path, asked))
        return entries

    def all_rules(self, node: Node, ids: Ids, path: Path) -> tuple[list[Proposal], list[Object]]:
        """The rules of an item; one that somebody judges where nothing says how it is scored."""
        full = None if node.extra else node.scale or node.weight
        found = _of_standards(node, full)
        titles: set[str] = set()
        for proposal, _ in found:
            if proposal.verb in ("bands", "distance") and not re.search(r"\w", proposal.condition):
                proposal.condition = node.title  # 90%以上得5分 does not say what is measured
        rules = [self.rule(proposal, place, ids, path, titles) for proposal, place in found]
        return [proposal for proposal, _ in found], rules

    def rule(self, proposal: Proposal, standard: Standard, ids: Ids, above: Path, titles: set[str]) -> Object:
        """A rule, with its questions at the keys that they are about."""
        by_person = proposal.verb == "judge" or not proposal.text
        title = self.say("assessed") if by_person else _title(proposal.condition)
        path = (*above, ids.of("assessed" if by_person else of_clause(title or proposal.condition), "rule"))
        self.rules += 1
        self.positions[".".join(path)] = standard.clause.at
        if proposal.text:
            self.clauses.add(id(standard.clause))
        asked: dict[str, list[Question]] = {}
        for key, question in proposal.questions:
            asked.setdefault(key, []).append(question)
        value, word = _value(proposal)
        entries = [Entry("id", path[-1], word=True)]
        if title and folded(title) not in titles:
            titles.add(folded(title))
            entries.append(Entry("title", title))
        pairs: list[tuple[str, Value, bool]] = [(proposal.verb, value, word)]
        pairs += [(key, proposal.fields[key], False) for key in _ORDER if key in proposal.fields]
        said = ("clause", proposal.text) if proposal.text else ("note", self.say("no_standard"))
        pairs.append((*said, False))
        return [
            *entries,
            *(
                Entry(key, each, self.ask(path, standard.clause.at, asked.get(key, ())), is_word)
                for key, each, is_word in pairs
            ),
        ]


def _of_standards(node: Node, full: Fraction | None) -> list[tuple[Proposal, Standard]]:
    """The proposed rules of an item, fitted to each other."""
    found: list[tuple[Proposal, Standard]] = []
    takes = is_taking(node.title)
    for standard in _with_steps_joined(node.standards):
        for index, proposal in enumerate(proposals(standard.clause.text, full, takes=takes)):
            if standard.question is not None and not index:
                proposal.ask("clause", standard.question)
            found.append((proposal, standard))
    if not found and not node.parts:
        return [(_unsaid(node, full), Standard(Clause("", None, node.at)))]
    judged = [(proposal, standard) for proposal, standard in found if proposal.verb == "judge"]
    if len(judged) > 1:
        # Several clauses that do not say how points are given share the points of their item.
        (first, _), *others = judged
        first.text = "\n".join(proposal.text for proposal, _ in judged)
        for proposal, _ in others:
            for key, question in proposal.questions:
                first.ask(key, question)
        found = [(each, at) for each, at in found if each.verb != "judge" or each is first]
    takes = any(proposal.takes for proposal, _ in found)
    earns = any(proposal.earns and not _is_open(proposal) for proposal, _ in found)
    if node.parts or (takes and not earns):
        # What nobody can read takes from what the item has, so that it may keep all of it.
        return [(taking(each) if each.verb == "judge" else each, at) for each, at in found]
    return found


_POINTS = re.compile(r"points: (-?[\d.]+)")


def most_of(found: Iterable[Proposal]) -> tuple[Fraction | None, Fraction | None]:
    """The most that rules give in all, and the most that they take; None where that has no bound.

    Awards that may stand in the place of others are not added to them. What forfeits all is left out.
    """
    given = taken = last = Fraction(0)
    is_open = [False, False]
    for proposal in found:
        if proposal.verb == "forfeit":
            continue
        most = _most(proposal)
        if most is None:
            is_open[proposal.takes] = True
        elif proposal.takes:
            taken += most
        elif any(question.kind == "instead" for _, question in proposal.questions):
            last = max(last, most)
        else:
            given, last = given + last, most
    return (None if is_open[0] else given + last), (None if is_open[1] else taken)


def _most(proposal: Proposal) -> Fraction | None:
    """The most that a rule gives or takes; None where that has no bound or is not known."""
    if "at_most" in proposal.fields:
        return Fraction(proposal.fields["at_most"])
    if "per" in proposal.fields:
        return None
    if proposal.levels:
        return max(map(abs, proposal.levels.values()))
    if proposal.verb == "bands":
        return max((Fraction(points) for points in _POINTS.findall(str(proposal.value))), default=None)
    value = proposal.fields.get("to", proposal.value)
    return value if isinstance(value, Fraction) else None


def _with_steps_joined(standards: Iterable[Standard]) -> list[Standard]:
    """Standards, of which bands of one number that stand on lines of their own are one."""
    joined: list[Standard] = []
    for standard in standards:
        text = standard.clause.text
        if joined and standard.question is None and continues(joined[-1].clause.text, text):
            clause = joined[-1].clause
            joined[-1] = replace(joined[-1], clause=clause._replace(text=f"{clause.text}\n{text}"))
        else:
            joined.append(standard)
    return joined


def _unsaid(node: Node, full: Fraction | None) -> Proposal:
    """The rule of an item of which the table does not say how it is scored."""
    if full is not None:
        proposal = Proposal("", "judge", full)
    else:
        verb = "deduct" if is_taking(node.title) else "award"
        proposal = Proposal("", verb, "judged", {"to": node.weight or Fraction(1)})
    if not node.rest:  # of a rest it is asked already what its points are for
        proposal.ask(proposal.verb, Question("no_standard"))
    return proposal


def _is_open(proposal: Proposal) -> bool:
    """Whether a rule is judged since nothing else is said."""
    return any(question.kind == "not_said" for _, question in proposal.questions)


def _value(proposal: Proposal) -> tuple[Value, bool]:
    """The value of a rule's verb, and whether it is a word of the language."""
    if not proposal.levels:
        return proposal.value, isinstance(proposal.value, str)
    if proposal.verb == "choose":
        return proposal.levels, False
    ids = Ids()
    named: dict[str, Mapping[str, Scalar]] = {
        ids.of(name, "level"): {"points": points, "title": name} for name, points in proposal.levels.items()
    }
    return named, False


def _title(condition: str) -> str:
    """A short title of a rule, in words of its clause: its condition, or the first part of it that fits."""
    text = re.split("的[,，]|\n", condition.strip(_ENDS))[0].strip(_ENDS)
    if len(text) <= TITLE:
        return text if len(text) > 1 else ""
    parts = [part for each in re.split("[,;。，；\n]", text) if 2 < len(part := each.strip(_ENDS)) <= TITLE]
    return next((part for part in parts if of_clause(part) != part), parts[0] if parts else "")
