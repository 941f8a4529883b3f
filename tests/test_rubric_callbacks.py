"""Callbacks that wait for `Rubric`: each is called once, and the list is there without the class."""

import subprocess
import sys


def run(code: str) -> str:
    """What a fresh interpreter prints."""
    command = [sys.executable, "-c", f"import sys; from govrubric import rubric_callbacks; {code}"]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip()


def test_a_callback_is_called_with_the_class_once() -> None:
    waits = "rubric_callbacks.when_defined.append(lambda made: print(made.__name__))"
    assert run(f"{waits}; import govrubric.rubric; import govrubric.loading") == "Rubric"


def test_the_list_is_there_without_the_class() -> None:
    code = (
        "print(rubric_callbacks.when_defined, 'pydantic' in sys.modules, 'govrubric.rubric' in sys.modules)"
    )
    assert run(code) == "[] False False"
