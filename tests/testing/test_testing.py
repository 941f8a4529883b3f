"""The names of `govrubric.testing`, the modules that it imports, and the strategy of `Rubric`."""

import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

import govrubric.testing
from govrubric import Rubric, rubric_callbacks
from govrubric.testing import laws
from govrubric.testing.registration import register

PUBLIC = ["check_all_laws", "check_backend", "check_law", "laws", "rubrics", "tallies"]
HEAVY = ("hypothesis", "pydantic", "ruamel", "click")


def run(code: str) -> str:
    """The output of a fresh interpreter."""
    return subprocess.run(
        [sys.executable, "-c", code], check=True, capture_output=True, text=True
    ).stdout.strip()


def test_the_public_names_are_these() -> None:
    assert govrubric.testing.__all__ == PUBLIC
    assert dir(govrubric.testing) == PUBLIC


@pytest.mark.parametrize("name", PUBLIC)
def test_a_public_name_is_there_when_it_is_asked_for(name: str) -> None:
    assert (
        run(f"from govrubric.testing import {name}; print(callable({name}) or {name}.LAWS is not None)")
        == "True"
    )


def test_a_name_asked_for_once_is_kept() -> None:
    assert run("import govrubric.testing as t; t.tallies; print('tallies' in vars(t))") == "True"


def test_the_laws_are_a_module() -> None:
    assert govrubric.testing.__getattr__("laws") is laws


def test_an_unknown_name_is_refused() -> None:
    with pytest.raises(AttributeError, match=r"module 'govrubric\.testing' has no attribute 'tally_all'"):
        _ = govrubric.testing.tally_all  # type: ignore[attr-defined] # what is tested


@pytest.mark.parametrize(
    "module", ["govrubric.testing", "govrubric.testing.plugin", "govrubric.testing.registration"]
)
def test_importing_what_is_always_imported_imports_nothing_heavy(module: str) -> None:
    assert run(f"import sys, {module}; print(*[one for one in {HEAVY!r} if one in sys.modules])") == ""


# The registration with Hypothesis


def test_hypothesis_alone_imports_nothing_heavy() -> None:
    heavy = tuple(one for one in HEAVY if one != "hypothesis")
    there = f"*[one for one in {heavy!r} if one in sys.modules]"
    code = f"import sys, hypothesis.strategies; print({there}, 'govrubric.rubric' in sys.modules)"
    assert run(code) == "False"


FROM_TYPE = (
    "print(st.from_type(Rubric).__class__.__name__ != '', isinstance(st.from_type(Rubric).example(), Rubric))"
)
QUIET = "import warnings; warnings.simplefilter('ignore')"


@pytest.mark.parametrize(
    "imports",
    [
        "from hypothesis import strategies as st; from govrubric import Rubric",
        "from govrubric import Rubric; from hypothesis import strategies as st",
        "import govrubric.loading; from hypothesis import strategies as st; from govrubric import Rubric",
    ],
    ids=("hypothesis first", "govrubric first", "another module first"),
)
def test_a_rubric_is_drawn_from_its_type_whichever_is_imported_first(imports: str) -> None:
    assert run(f"{QUIET}; {imports}; {FROM_TYPE}") == "True True"


def test_a_rubric_is_drawn_though_its_module_was_half_imported_when_hypothesis_came() -> None:
    half = "import sys, types; sys.modules['govrubric.rubric'] = types.ModuleType('govrubric.rubric')"
    rest = "import hypothesis; del sys.modules['govrubric.rubric']; from hypothesis import strategies as st"
    assert run(f"{QUIET}; {half}; {rest}; from govrubric import Rubric; {FROM_TYPE}") == "True True"


def test_the_import_system_is_left_as_it_is() -> None:
    loader = "import govrubric.rubric; 'exec_module' in vars(govrubric.rubric.__spec__.loader)"
    before = "import sys; before = list(sys.meta_path); import hypothesis; print(sys.meta_path == before)"
    code = f"{before}; {loader}"
    assert run(code.replace("; 'exec", "; print('exec") + ")") == "True\nFalse"


def test_a_class_that_is_there_is_told_of_at_once() -> None:
    before = list(rubric_callbacks.when_defined)
    register()
    assert rubric_callbacks.when_defined == before


@given(st.from_type(Rubric))
def test_rubrics_come_from_their_type(rubric: Rubric) -> None:
    assert isinstance(rubric, Rubric)
