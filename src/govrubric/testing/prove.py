"""Rubric -> what is proved of it, and what became of the laws tried on it: what `prove` gives."""

from govrubric.rubric import Rubric
from govrubric.testing.certificate import Proof
from govrubric.testing.laws import EXAMPLES, SEED


def prove(rubric: Rubric, *, examples: int = EXAMPLES, seed: int = SEED) -> Proof:
    """Prove what every score can come to, and try the laws of the language on random tallies.

    Args:
        rubric: the rubric.
        examples: how many random tallies each law is tried on, at least 1.
        seed: a whole number from 0; the same number draws the same tallies.

    Raises:
        ValueError: for another number of examples, or another seed.
        ImportError: with the package to install, where Hypothesis is missing.
    """
    for name, value, least in (("examples", examples, 1), ("seed", seed, 0)):
        if type(value) is not int or value < least:
            raise ValueError(f"{name} is a whole number from {least}")
    needed()
    from govrubric.testing.proof import tried

    return Proof._of(rubric, tried(rubric, examples=examples, seed=seed), seed)


def needed() -> None:
    """Raise `ImportError`, with the package to install, where Hypothesis is missing."""
    try:
        import hypothesis  # noqa: F401 - only looked for: an extra, so it may be absent
    except ImportError:
        raise ImportError("prove needs one more package: pip install 'govrubric[testing]'") from None
