"""No year of the number of a document is ever moved, whatever stands around it."""

from hypothesis import example, given
from hypothesis import strategies as st

from govrubric import loads
from govrubric.document.yaml import parse
from govrubric.editing.successor import successor
from govrubric.editing.years import times

AROUND = st.text(
    st.sampled_from("2023 年度月号第—-至、，。()（）〔〕[]【】“”国办发函令No.abc \u3000'\"\\:#\n"),
    max_size=12,
)
SPACE = st.sampled_from(["", " ", "\u3000", " " * 9])
NUMBERS = st.builds(
    "{}{}{}{}2023{}{}{}{}{}{}号".format,
    st.sampled_from(["", "国办发", "教基一厅函", "X政办发", "Notice "]),
    SPACE,
    st.sampled_from("(（[［〔【"),
    SPACE,
    SPACE,
    st.sampled_from(")）]］〕】"),
    SPACE,
    st.sampled_from(["", "第", "No. "]),
    st.integers(1, 9999),
    SPACE,
)


@given(AROUND, NUMBERS, AROUND)
@example("", "国办发（2023）16号", "")
@example("2023年", "(2023)第16 号", "2023年")
def test_the_year_in_the_number_of_a_document_is_never_the_own_year(
    before: str, number: str, after: str
) -> None:
    """`govrubric new`: “the number of a document … is kept”."""
    text = before + number + after
    at = len(before) + number.index("2023")
    assert at not in times(text, "2023", bare=True).own


@given(AROUND, NUMBERS, AROUND)
def test_a_title_keeps_the_numbers_of_documents(before: str, number: str, after: str) -> None:
    """The same of a whole rubric, however its title is written."""
    title = f"x{before}{number}{after}x"
    written = title.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    text = (
        f'govrubric: 1\nid: form-2023\ntitle: "{written}"\nvalid: {{from: 2023-01-01}}\ntotal: 1\n'
        "round: {places: 0, mode: half_up}\nindicators: [{id: a, title: A, weight: 1, rules: [{id: r, judge: 1}]}]\n"
    )
    new = loads(successor(parse("x", text), text.encode(), "form-2031", 2031).text)
    assert number in new.title
    assert len(new.title) == len(title)
