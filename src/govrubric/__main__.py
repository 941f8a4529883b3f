"""The command, as `govrubric` and as `python -m govrubric`."""

import sys


def run() -> None:
    """Start the command, or say which extra it needs."""
    try:
        import click  # noqa: F401, PLC0415 - an extra, so it may be absent
    except ImportError:
        sys.exit("The command needs one more package: pip install 'govrubric[cli]'")
    from govrubric.cli import main  # noqa: PLC0415 - it needs click, which was only now found

    main(prog_name="govrubric")


if __name__ == "__main__":
    run()
