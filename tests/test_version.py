"""The engine's version, which every score card carries."""

import re
from importlib.metadata import version

from govrubric import Rubric
from govrubric.version import __version__
from making import leaf


def test_the_version_is_three_numbers() -> None:
    assert re.fullmatch(r"\d+\.\d+\.\d+", __version__)


def test_the_package_is_installed_under_its_version() -> None:
    assert version("govrubric") == __version__


def test_a_card_carries_the_version() -> None:
    assert Rubric(leaf({"id": "r", "deduct": 1})).score({}).to_dict()["engine_version"] == __version__
