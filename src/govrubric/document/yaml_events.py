"""YAML text -> the events of a YAML library: of the careful one, or of the fast one.

The careful library is ruamel.yaml, whose errors are turned into findings. The fast one is libyaml, by way of
PyYAML, where that is installed: it takes a twentieth of the time. Both give the same events and marks for the
texts that `quick` lets through, and whatever is refused is read once more by the careful one, so that no
finding depends on what is installed.
"""

import re
from collections.abc import Iterator
from typing import Any, Literal

from ruamel.yaml import YAML
from ruamel.yaml import events as careful_events
from ruamel.yaml.error import MarkedYAMLError

try:
    import yaml as pyyaml
    from yaml.cyaml import CParser
except ImportError:  # PyYAML is not there, or it was built without libyaml
    pyyaml = None

Kind = Literal["document", "alias", "scalar", "mapping", "sequence", "end"]
Event = Any
"""An event of either library: both have the same attributes."""

# The two libraries read these in other ways: a tab, a comment right after the sign of a block of text, and
# the mark at the end of a document. They also place the end of a last line otherwise that has no end of line.
_UNLIKE = re.compile(r"\t|[|>]#|^\.\.\.", re.MULTILINE)


class LibraryError(Exception):
    """The YAML library failed with an error of its own; its last event is the best place for it."""


def _kinds(module: Any) -> dict[type, Kind]:
    return {
        module.DocumentStartEvent: "document",
        module.AliasEvent: "alias",
        module.ScalarEvent: "scalar",
        module.MappingStartEvent: "mapping",
        module.SequenceStartEvent: "sequence",
        module.MappingEndEvent: "end",
        module.SequenceEndEvent: "end",
    }


KINDS: dict[type, Kind] = _kinds(careful_events)
"""The kind of each event that means something; the others only begin and end the stream."""
if pyyaml is not None:
    KINDS |= _kinds(pyyaml)


def careful(text: str) -> Iterator[Event]:
    """The events of ruamel.yaml.

    Raises:
        MarkedYAMLError: where the text is no YAML.
        LibraryError: where the library itself fails.
    """
    # pure=True, since the optional C parser reads the same text by other rules.
    events = YAML(typ="safe", pure=True).parse(text)
    while True:
        try:
            event = next(events)
        except StopIteration:
            return
        except MarkedYAMLError:
            raise
        except Exception as error:
            # Fuzzing found ValueError, IndexError and others; an author gets a finding instead.
            raise LibraryError from error
        yield event


def quick(text: str) -> Iterator[Event] | None:
    """The events of libyaml; ``None`` where the text must be read with care.

    Raises:
        LibraryError: where the text is no YAML to libyaml.
    """
    if pyyaml is None or not text.endswith("\n") or _UNLIKE.search(text):
        return None
    return _quick(text)


def _quick(text: str) -> Iterator[Event]:
    parser = CParser(text)
    try:
        while (event := parser.get_event()) is not None:
            yield event
    except Exception as error:  # whatever it is, the careful library says it better
        raise LibraryError from error
