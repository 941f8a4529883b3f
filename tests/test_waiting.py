"""Callbacks that wait for `Rubric`: each is called with the class, once, and the list is filled without importing it."""

import subprocess
import sys


def run(code: str) -> str:
    """What a fresh interpreter prints."""
    command = [sys.executable, "-c", f"import sys; from govrubric import waiting; {code}"]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip()


def test_a_callback_is_called_with_the_class_once() -> None:
    code = "waiting.for_rubric.append(lambda made: print(made.__name__)); import govrubric.rubric; import govrubric.loading"
    assert run(code) == "Rubric"


def test_the_list_is_there_without_the_class() -> None:
    code = "print(waiting.for_rubric, 'pydantic' in sys.modules, 'govrubric.rubric' in sys.modules)"
    assert run(code) == "[] False False"
