"""The form that the manual makes of a rubric: each input has one labelled control that fits it, in every rubric that we have."""

import re
from collections.abc import Callable, Mapping
from decimal import Decimal
from html.parser import HTMLParser
from pathlib import Path
from typing import Any, NamedTuple

import pytest

import govrubric
from govrubric import Input, Rubric, TallyError
from making import item, text

ROOT = Path(__file__).parents[1]
PAGE = (ROOT / "docs" / "forms.md").read_text("utf-8")
BLOCKS = re.findall(r"^```python\n(.*?)^```", PAGE, re.DOTALL | re.MULTILINE)
SHOWN = re.findall(r"^```html\n(.*?)^```", PAGE, re.DOTALL | re.MULTILINE)
FILES = sorted([*(ROOT / "examples" / "gallery").glob("*.yaml"), *(ROOT / "rubrics").glob("*.yaml")])

made: dict[str, Any] = {}
exec("\n".join(BLOCKS), made)  # the manual's own code is what is tested
form: Callable[[Mapping[str, Input]], str] = made["form"]
tally: Callable[[Mapping[str, Input], Mapping[str, str]], dict[str, int | bool | str]] = made["tally"]
refused: Callable[[TallyError, str], dict[str, str]] = made["refused"]

# Titles, clauses, units and options that would break out of their place in a page.
HOSTILE = Rubric(
    text(
        item(
            "a", 10, start="full",
            title='</label><script>&amp; "a" <b>', clause="</small><img src=x onerror='x'>",
            rules=[{"id": "r", "deduct": 1, "per": '<i>"&lt;'}, {"id": "c", "choose": {'"><option>': 0, "a & b": 1, "'<'": 2}}],
        ),
        facts={"f": "flag", "n": {"number": {"places": 3, "min": Decimal("-1.5"), "max": Decimal("2.125")}}},
    )
)  # fmt: skip


class Control(NamedTuple):
    """What a page asks under one name."""

    tag: str
    attributes: dict[str, str | None]
    options: tuple[str, ...]


class Page(HTMLParser):
    """The labels of a page, by what they are for; its controls, by name; and the text of each element with an id."""

    def __init__(self, source: str) -> None:
        super().__init__()
        self.labels: dict[str, str] = {}
        self.controls: dict[str, Control] = {}
        self.texts: dict[str, str] = {}
        self.tags: set[str] = set()
        self._into: Callable[[str], None] | None = None
        self.feed(source)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        attributes = dict(attrs)
        assert len(attributes) == len(attrs), "an attribute stands twice"
        if tag == "label":
            self._read(self.labels, attributes["for"])
        elif tag == "small":
            self._read(self.texts, attributes["id"])
        elif tag in ("input", "select"):
            name = attributes["name"]
            assert name is not None
            assert name == attributes["id"]
            assert name not in self.controls, "a control stands twice"
            self.controls[name] = Control(tag, attributes, ())
        elif tag == "option":
            name, control = self.controls.popitem()
            self.controls[name] = control._replace(options=(*control.options, attributes["value"] or ""))

    def _read(self, texts: dict[str, str], name: str | None) -> None:
        assert name is not None
        assert name not in texts, "a label stands twice"
        texts[name] = ""
        self._into = lambda data: texts.update({name: texts[name] + data})

    def handle_endtag(self, tag: str) -> None:
        self._into = None

    def handle_data(self, data: str) -> None:
        if self._into is not None:
            self._into(data)


def attributes(given: Input) -> dict[str, str | None]:
    """The attributes that the control of an input must have, read off the rubric's own limits."""
    expected: dict[str, str | None] = {"id": given.name, "name": given.name}
    if given.clause:
        expected["aria-describedby"] = f"{given.name}-clause"
    if given.required and not (given.excused_by or given.excused_when):
        expected["required"] = None
    if given.kind == "flag":
        expected["type"] = "checkbox"
    if given.kind in ("count", "number"):
        expected |= {
            "type": "number",
            "min": str(given.minimum),
            "max": str(given.maximum),
            "step": str(given.step),
        }
    return expected


def check(rubric: Rubric) -> Page:
    page = Page(form(rubric.inputs))
    assert list(page.controls) == list(page.labels) == list(rubric.inputs)
    assert page.tags <= {"form", "p", "label", "input", "select", "option", "small", "button"}
    for name, given in rubric.inputs.items():
        control = page.controls[name]
        assert control.attributes == attributes(given)
        assert control.tag == ("select" if given.kind == "choice" else "input")
        assert control.options == (("", *given.options) if given.kind == "choice" else ())
        assert page.labels[name] == given.title + (f" ({given.unit})" if given.unit else "")
        assert page.texts.get(f"{name}-clause") == given.clause
    return page


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_each_input_has_one_labelled_control_that_fits_it(path: Path) -> None:
    page = check(govrubric.load(path))
    for control in page.controls.values():
        for key in ("min", "max", "step"):
            digits = control.attributes.get(key)
            assert digits is None or re.fullmatch(r"-?[0-9]+(\.[0-9]+)?", digits), "no number for a browser"


def test_the_rubrics_that_are_tried_have_every_kind_of_input() -> None:
    kinds = {given.kind for path in FILES for given in govrubric.load(path).inputs.values()}
    assert kinds == {"count", "flag", "number", "choice"}
    assert len(FILES) == 15
    assert any(given.excused_by for path in FILES for given in govrubric.load(path).inputs.values())


def test_texts_that_would_break_a_page_stay_texts() -> None:
    page = check(HOSTILE)
    assert page.controls["a.c"].options == ("", '"><option>', "a & b", "'<'")
    assert page.labels["a.r"] == '</label><script>&amp; "a" <b>: r (<i>"&lt;)'
    assert page.texts["a.r-clause"] == "</small><img src=x onerror='x'>"
    assert [page.controls["n"].attributes[key] for key in ("min", "max", "step")] == [
        "-1.5",
        "2.125",
        "0.001",
    ]


def test_the_example_is_short_and_reads_nothing_but_inputs() -> None:
    assert len(BLOCKS[0].strip().splitlines()) < 40
    assert set(re.findall(r"^(?:from|import) (\S+)", BLOCKS[0], re.MULTILINE)) == {
        "collections.abc",
        "html",
        "govrubric",
    }


def test_the_form_begins_as_the_manual_shows() -> None:
    assert len(SHOWN) == 1
    assert form(govrubric.shipped("2023-district").inputs).startswith(SHOWN[0])


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_what_a_browser_sends_becomes_a_tally(path: Path) -> None:
    rubric = govrubric.load(path)
    sent: dict[str, str] = {}
    expected: dict[str, object] = {}
    for name, control in Page(form(rubric.inputs)).controls.items():
        given = rubric.inputs[name]
        if given.kind == "flag":
            continue  # not ticked
        sent[name] = control.options[-1] if control.options else str(control.attributes["min"])
        expected[name] = int(sent[name]) if given.kind == "count" else sent[name]
    assert tally(rubric.inputs, sent) == expected
    assert rubric.score(tally(rubric.inputs, sent)).assumed == tuple(
        name for name, given in rubric.inputs.items() if given.kind == "flag"
    )


def test_what_a_browser_sends_is_told_apart_by_kind() -> None:
    sent = {"f": "on", "n": "", "a.r": "12", "a.c": "a & b", "x": "1"}
    assert tally(HOSTILE.inputs, sent) == {"f": True, "a.r": 12, "a.c": "a & b", "x": "1"}


@pytest.mark.parametrize("digits", ["1.5", "-1", "1e3", "٣", "9" * 5000, "x"])
def test_a_field_that_is_wrong_is_named(digits: str) -> None:
    with pytest.raises(TallyError) as caught:
        HOSTILE.score(tally(HOSTILE.inputs, {"n": "0", "a.c": "a & b", "a.r": digits}))
    assert list(refused(caught.value, "zh-CN")) == ["a.r"]
    assert "计数" in refused(caught.value, "zh-CN")["a.r"]


def test_every_field_that_is_wrong_is_named() -> None:
    with pytest.raises(TallyError) as caught:
        HOSTILE.score(tally(HOSTILE.inputs, {"n": "3", "a.r": "1", "zzz": "1"}))
    assert set(refused(caught.value, "en")) == {"n", "a.c", "zzz"}
