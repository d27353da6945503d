"""Server-sent events: what a streamed call answers."""

from __future__ import annotations

from collections.abc import Iterator
from typing import IO, NamedTuple

_MOST_LINE = 4 << 20


class Event(NamedTuple):
    kind: str
    data: str


def events(source: IO[bytes]) -> Iterator[Event]:
    """The events of a text/event-stream until it ends; comments are skipped."""
    kind = "message"
    data: list[str] = []
    while line := source.readline(_MOST_LINE):
        text = line.decode("utf-8", "replace").rstrip("\r\n")
        name, _, value = text.partition(":")
        value = value[1:] if value.startswith(" ") else value
        if not text and data:
            yield Event(kind, "\n".join(data))
        if not text:
            kind, data = "message", []
        elif name == "event":
            kind = value
        elif name == "data":
            data.append(value)
