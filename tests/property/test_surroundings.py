"""A score depends on the rubric and the tally, and on nothing around them."""

import builtins
import decimal
import locale
import os
import random
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from decimal import Context, Decimal
from typing import Any, NoReturn

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govrubric import shipped
from govrubric.numbers import _ratio
from laws import context_matters, everything
from strategies import Sample, samples

SIGNALS: tuple[type[decimal.DecimalException], ...] = tuple(decimal.Context().flags)
ROUNDINGS = (
    decimal.ROUND_UP,
    decimal.ROUND_DOWN,
    decimal.ROUND_HALF_EVEN,
    decimal.ROUND_CEILING,
    decimal.ROUND_05UP,
)


@st.composite
def contexts(draw: st.DrawFn) -> Context:
    """A context that a host program may have set: few digits, small exponents, all traps or none."""
    traps: tuple[type[decimal.DecimalException], ...] = draw(
        st.sampled_from((SIGNALS, SIGNALS, (), (decimal.Inexact,), (decimal.FloatOperation, decimal.Rounded)))
    )
    small = draw(st.sampled_from((0, 1, 3, 999_999)))
    return Context(
        draw(st.integers(1, 5)),
        draw(st.sampled_from(ROUNDINGS)),
        -small,
        small,
        draw(st.integers(0, 1)),
        draw(st.integers(0, 1)),
        [],
        list(traps),
    )


@given(samples(), contexts())
def test_the_same_in_any_decimal_context(sample: Sample, context: Context) -> None:
    assert context_matters(sample, context) == []


def tally_of(name: str) -> dict[str, Any]:
    given: dict[str, Any] = {"count": 3, "flag": True, "number": Decimal("1.25")}
    return {name: given[one.kind] for name, one in shipped(name)._inputs.items()}


NAME = "2023-department"


@pytest.fixture(scope="module")
def usual() -> tuple[str, ...]:
    return everything(shipped(NAME), tally_of(NAME))


@pytest.fixture
def forgotten() -> Iterator[None]:
    """What was computed before is not remembered, and neither is what a test computes."""
    _ratio.cache_clear()
    yield
    _ratio.cache_clear()


@pytest.mark.usefixtures("forgotten")
def test_the_same_under_another_default_context_and_in_its_threads(usual: tuple[str, ...]) -> None:
    """New threads begin with the default context that a host program has set."""
    tally, default, before = tally_of(NAME), decimal.DefaultContext, decimal.getcontext()
    kept = default.prec, default.Emax, default.Emin, default.traps.copy()
    try:
        default.prec, default.Emax, default.Emin = 1, 1, -1
        for signal in SIGNALS:
            default.traps[signal] = True
        decimal.setcontext(Context())
        assert everything(shipped(NAME), tally) == usual
        found: list[tuple[str, ...]] = []
        thread = threading.Thread(target=lambda: found.append(everything(shipped(NAME), tally)))
        thread.start()
        thread.join()
        assert found == [usual]
    finally:
        default.prec, default.Emax, default.Emin = kept[:3]
        for signal, trapped in kept[3].items():
            default.traps[signal] = trapped
        decimal.setcontext(before)


@pytest.mark.usefixtures("forgotten")
def test_the_same_in_many_threads_at_once(usual: tuple[str, ...]) -> None:
    """`Rubric`: “one rubric serves many threads”, from its first use on."""
    rubric, tally = shipped(NAME), tally_of(NAME)
    others = [
        {name: value if type(value) is not int else (index * 7) % 23 for name, value in tally.items()}
        for index in range(12)
    ]
    alone = [shipped(NAME).score(other).to_json() for other in others]
    started = threading.Barrier(8)

    def work(index: int) -> tuple[tuple[str, ...], list[str]]:
        started.wait()
        order = list(range(len(others)))
        random.Random(index).shuffle(order)
        made = {place: rubric.score(others[place]).to_json() for place in order}
        return everything(rubric, tally), [made[place] for place in range(len(others))]

    with ThreadPoolExecutor(8) as pool:
        for whole, made in pool.map(work, range(8)):
            assert whole == usual
            assert made == alone


@pytest.mark.usefixtures("forgotten")
@pytest.mark.parametrize(
    "name", ["C", "POSIX", "C.UTF-8", "zh_CN.UTF-8", "de_DE.UTF-8", "fa_IR.UTF-8", "tr_TR.UTF-8"]
)
def test_the_same_in_any_locale(usual: tuple[str, ...], name: str) -> None:
    before = locale.setlocale(locale.LC_ALL)
    try:
        locale.setlocale(locale.LC_ALL, name)
    except locale.Error:
        pytest.skip(f"{name} is not installed here")
    try:
        assert everything(shipped(NAME), tally_of(NAME)) == usual
    finally:
        locale.setlocale(locale.LC_ALL, before)


@pytest.mark.usefixtures("forgotten")
def test_scoring_asks_for_nothing_around_it(usual: tuple[str, ...], monkeypatch: pytest.MonkeyPatch) -> None:
    rubric, tally = shipped(NAME), tally_of(NAME)

    def forbidden(*_: object, **__: object) -> NoReturn:
        raise RuntimeError("asked for something around it")

    asked = (
        (time, ("time", "time_ns", "localtime", "gmtime", "strftime")),
        (locale, ("getlocale", "localeconv", "setlocale")),
        (os, ("getenv", "open", "stat", "getcwd", "urandom")),
        (builtins, ("open", "input", "print")),
        (random, ("random", "randint")),
        (decimal, ("getcontext", "localcontext", "setcontext")),
    )
    with monkeypatch.context() as patch:
        for module, names in asked:
            for name in names:
                patch.setattr(module, name, forbidden)
        found = everything(rubric, tally)
    assert found == usual


PROGRAM = """
import sys
if sys.argv[1] == "context":
    import decimal
    decimal.DefaultContext.prec = 1
    for signal in decimal.DefaultContext.traps:
        decimal.DefaultContext.traps[signal] = True
    decimal.setcontext(decimal.Context())
import govrubric
rubric = govrubric.shipped(sys.argv[2])
tally = {name: {"count": 3, "flag": True, "number": "1.25"}[one.kind] for name, one in rubric.inputs.items()}
card = rubric.score(tally, unit="u1", name="\\u5355\\u4f4d")
sys.stdout.buffer.write(card.to_json().encode() + card.explain().encode() + rubric.to_text().encode())
"""


def printed(*flags: str, context: str = "", **variables: str) -> bytes:
    """What another process makes of the shipped rubric, byte for byte."""
    kept = {key: value for key, value in os.environ.items() if not key.startswith(("PYTHON", "LC_", "LANG"))}
    done = subprocess.run(
        [sys.executable, *flags, "-c", PROGRAM, context, NAME],
        env=kept | variables,
        capture_output=True,
        check=False,
        timeout=60,
    )
    assert done.returncode == 0, done.stderr.decode(errors="replace")
    return done.stdout


@pytest.fixture(scope="module")
def elsewhere() -> bytes:
    return printed(PYTHONHASHSEED="0")


@pytest.mark.parametrize(
    ("flags", "context", "variables"),
    [
        ((), "", {"PYTHONHASHSEED": "1"}),
        ((), "", {"PYTHONHASHSEED": "4294967295", "TZ": "Asia/Shanghai"}),
        ((), "context", {"PYTHONHASHSEED": "2"}),
        (("-OO",), "", {"PYTHONHASHSEED": "3"}),
        (
            (),
            "",
            {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0", "PYTHONINTMAXSTRDIGITS": "640"},
        ),
    ],
    ids=("hash seed", "time zone", "default context", "no assertions", "no UTF-8"),
)
def test_the_same_bytes_in_another_process(
    elsewhere: bytes, flags: tuple[str, ...], context: str, variables: dict[str, str]
) -> None:
    """`ScoreCard.to_json`: “the same bytes for the same card on every machine”."""
    assert printed(*flags, context=context, **variables) == elsewhere


def test_another_process_makes_the_bytes_that_this_one_makes(elsewhere: bytes) -> None:
    rubric = shipped(NAME)
    card = rubric.score(tally_of(NAME), unit="u1", name="单位")
    assert card.to_json().encode() + card.explain().encode() + rubric.to_text().encode() == elsewhere
