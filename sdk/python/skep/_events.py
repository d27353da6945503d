"""Server-sent events: what a streamed call answers."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import IO, Any, NamedTuple

from ._errors import Unavailable, Unreachable, from_problem

_MOST_LINE = 4 << 20


class Progress(NamedTuple):
    """How far a map or a streamed job is."""

    done: float
    total: float | None
    text: str = ""


class Listener:
    """Hears what a streamed job tells besides its items; override what is of interest."""

    def progress(self, progress: Progress) -> None:
        """How far the job says it is; may be dropped on the way."""

    def log(self, text: str) -> None:
        """What the job printed since the last time."""

    def restart(self, index: int) -> None:
        """Another attempt began: the items from this index on are void, and others follow."""
        why = {"code": "stream-restarted", "fault": "PROVIDER", "retryable": True}
        raise Unavailable(f"another attempt yields other items from item {index} on", why)


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


def told(stream: Iterator[Event], listener: Listener, fetch: Callable[[str], Any]) -> Iterator[Any]:
    """The items; the answer at the end brings those that were lost on the way, `fetch` one that is too long for it."""
    count = 0
    for kind, data in stream:
        value = json.loads(data)
        if kind == "part":
            count += 1
            yield value
        elif kind == "progress":
            listener.progress(Progress(value["done"], value.get("total"), value.get("text", "")))
        elif kind == "log":
            listener.log(value["text"])
        elif kind == "restart" and value["from"] < count:
            listener.restart(value["from"])
            count = value["from"]
        elif kind == "problem":
            raise from_problem(422, data.encode())
        elif kind in ("result", "result-at"):
            value = fetch(value["path"]) if kind == "result-at" else value
            yield from (value if isinstance(value, list) else [value])[count:]
            return
    raise Unreachable("the stream broke off before the job's end")
