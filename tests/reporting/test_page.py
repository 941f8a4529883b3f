"""The page of a report: well formed, whole, inert, and the same every time."""

import base64
import hashlib
import re
from html.parser import HTMLParser

import pytest

from classes import chiefs
from govrubric import loads
from govrubric.reporting.page import page
from reported import GRADED, OFFICIAL, OWN, districts, of
from samples import SMALL

VOID = {"meta", "input", "rect"}


class Reader(HTMLParser):
    """The elements of a page; a tag that is not closed where it should be is a fault."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.texts: list[str] = []
        self.feed(text)
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.texts.append(data)

    def tags(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.found if name == tag]

    @property
    def text(self) -> str:
        return "\n".join(self.texts)


@pytest.fixture(scope="module", params=[(True, "zh-CN"), (False, "en")], ids=["official-zh", "own-en"])
def example(request: pytest.FixtureRequest) -> str:
    official, language = request.param
    return page(districts(official=official), language)


def test_the_page_is_well_formed_and_ids_are_unique(example: str) -> None:
    read = Reader(example)
    ids = [attributes["id"] for _, attributes in read.found if "id" in attributes]
    assert len(ids) == len(set(ids)) > 12
    links = [one["href"] for one in read.tags("a")]
    assert {str(link).removeprefix("#") for link in links} <= set(ids)


def test_the_page_needs_nothing_else(example: str) -> None:
    read = Reader(example)
    assert {tag for tag, _ in read.found}.isdisjoint({"img", "link", "iframe", "object", "form", "base"})
    assert not [
        one
        for _, one in read.found
        if {"src", "style"} & one.keys() or any(key.startswith("on") for key in one)
    ]
    assert "://" not in re.sub("<[^>]*Content-Security-Policy[^>]*>", "", example)


def test_only_its_own_style_and_script_may_act(example: str) -> None:
    policy = next(
        one["content"]
        for one in Reader(example).tags("meta")
        if one.get("http-equiv") == "Content-Security-Policy"
    )
    for tag in ("style", "script"):
        (body,) = re.findall(f"<{tag}>(.*?)</{tag}>", example, re.DOTALL)
        digest = base64.b64encode(hashlib.sha256(body.encode()).digest()).decode()
        assert f"{tag}-src 'sha256-{digest}'" in str(policy)
    assert str(policy).startswith("default-src 'none'; ")


def test_every_unit_has_its_form_and_every_rule(example: str) -> None:
    articles = re.findall(r"<article .*?</article>", example, re.DOTALL)
    assert len(articles) == 12
    assert all(one.count('<th scope="row">') == 9 + 1 + 31 for one in articles)
    assert all("制定公文未提出公开属性意见" in one for one in articles)


def test_the_districts_are_ranked_by_their_official_totals() -> None:
    rows = re.findall(r'<tr data-unit="\d+">(.*?)</tr>', page(districts()))[:12]
    cells = [re.findall(r"<t[dh][^>]*>(?:<a[^>]*>)?([^<]*)<", row) for row in rows]
    assert cells[0][:6] == ["1", "d01", "虚构甲区", "99.15", "100.00", "-0.85"]
    assert cells[-1][:6] == ["12", "d04", "虚构丁区", "60.49", "62.39", "-1.9"]


def test_bars_begin_with_the_total_and_go_on_with_what_was_lost() -> None:
    """u2 has 7 of 10, and lost all of the bonus: 3."""
    text = page(of([{"unit": "u2", "bonus.judged": 0}]))
    assert (
        '<title>total 7.0, 3 lost by Bonus</title><rect class="ct" x="0" y="0" width="70" height="10"/>'
        '<rect class="c1" x="70" y="0" width="30" height="10"/>'
    ) in text.replace("Total 7.0", "total 7.0")


def test_shades_follow_the_share_of_full_marks() -> None:
    """Work 5.371… of 7 is 7 tenths; Bonus 2 of 3 is 6 tenths; 0 of 3 is none."""
    text = page(of(OWN, OFFICIAL))
    assert '<td class="s7">5.371…</td><td class="s6">2</td>' in text
    assert '<td class="s10">7</td><td class="s1">0.5</td>' in text


def test_self_and_official_stand_side_by_side_with_what_makes_the_difference() -> None:
    text = Reader(page(of(OWN, OFFICIAL), "en")).text
    assert "Papers (1 case → 4 case)" in text
    assert "no official assessment" in text
    assert "list 7" in text
    assert "Note: in May" in text
    alike = Reader(page(of(OWN[1:2], OWN[1:2]), "en")).text
    assert "Both assessments are alike." in alike


def test_classes_have_rankings_of_their_own() -> None:
    own = [{"unit": "a", "variant": "county", "chiefs.share": 94}, {"unit": "b", "chiefs.share": 94}]
    text = page(of(own, None, chiefs()))
    assert "<h3>Chiefs</h3>" in text
    assert "<h3>county</h3>" in text
    assert text.count('<table class="sortable ranking">') == 2


def test_what_a_gate_took_and_what_does_not_apply() -> None:
    text = SMALL.replace("    title: Bonus\n", "    title: Bonus\n    not_applicable: full\n")
    text += "gates: [{id: veto, title: Veto, when: work.late, score: none, clause: No report.}]\n"
    own = [{"unit": "a", "bonus.not_applicable": True}, {"unit": "b", "work.late": True, "bonus.judged": 1}]
    official = [own[0], {"unit": "b", "bonus.judged": 1}]
    shown = Reader(page(of(own, official, loads(text)), "en")).text
    assert "Gate: Veto" in shown
    assert "does not apply" in shown
    assert "no score" in shown
    alone = Reader(page(of(own, None, loads(text)), "en")).text
    assert "No report." in alone


def test_items_outside_the_full_marks() -> None:
    text = SMALL + "  - {id: faults, title: Faults, extra: true, rules: [{id: seen, deduct: 3}]}\n"
    shown = Reader(page(of([{"unit": "a", "bonus.judged": 1, "faults.seen": True}], None, loads(text)))).text
    assert "3 lost by Faults" in shown
    assert "-3" in shown


def test_who_lost_nothing() -> None:
    perfect = {"unit": "a", "bonus.judged": 1, "bonus.used.province": 1}
    assert "No unit lost a point." in page(of([perfect], None, loads(GRADED)))


def test_a_total_of_zero_has_no_bar() -> None:
    own = {"unit": "a", "bonus.judged": 0, "work.papers.absent": True, "work.index.gap": 7, "work.late": True}
    text = page(of([own]))
    assert 'class="ct"' not in text


def test_the_same_report_is_the_same_page() -> None:
    assert page(districts()) == page(districts())


def test_what_people_wrote_is_only_text() -> None:
    """Markup, quotes, expressions of the template, a direction mark, and 40 000 characters."""
    nasty = "</script><script>alert(1)</script><b onclick='x'>\"{{ 7*7 }}\u202e&amp;"
    title = "'" + nasty.replace("'", "''").replace("\u202e", "") + "'"
    text = GRADED.replace("title: Papers", f"title: {title}").replace(
        "clause: Each missing paper costs 0.3.", f"clause: {title}"
    )
    evidence = {
        "value": 2,
        "evidence": ["x" * 4000, "<img src=x onerror=alert(1)>"],
        "note": "=cmd|' /C calc'!A0",
    }
    own = [
        {
            "unit": "=1+1",
            "name": nasty.replace("\u202e", ""),
            "work.papers.missing": evidence,
            "bonus.judged": 0,
        }
    ]
    made = page(of(own, own, loads(text)))
    read = Reader(made)
    assert len(read.tags("script")) == 1
    assert not read.tags("b")
    assert not read.tags("img")
    assert "49" not in re.sub(r"[0-9a-f]{64}", "", read.text).replace("{{ 7*7 }}", "")
    assert "{{ 7*7 }}" in read.text
    assert "x" * 4000 in read.text


def test_characters_that_cannot_be_seen_are_written_as_their_codes() -> None:
    from dataclasses import replace

    from govrubric import ScoreCard
    from govrubric.reporting.report import report

    rubric = loads(GRADED)
    record = rubric.score({"bonus.judged": 0})._record
    card = ScoreCard(None, replace(record, header=record.header._replace(name="a\u202eb")))
    made = page(report(rubric, [card], None))
    assert "\u202e" not in made
    assert "a\\u202eb" in made
