"""Messages between connector and worker: u32 big-endian length, then that many bytes.

A message is a frame of JSON, the header; when the header says "payload": true a frame of raw bytes follows.
"""

from __future__ import annotations

import json
import struct
import threading
from typing import Any, BinaryIO, NamedTuple

MAX_FRAME = 64 * 1024 * 1024

_LENGTH = struct.Struct(">I")


class Message(NamedTuple):
    """One message: its header, and its payload when it has one."""

    header: dict[str, Any]
    payload: bytes = b""


class Channel:
    """Both directions of one connection. Reads from one thread, writes from any."""

    def __init__(self, source: BinaryIO, sink: BinaryIO) -> None:
        self._source = source
        self._sink = sink
        self._writing = threading.Lock()

    def read(self) -> Message | None:
        """The next message; None when the other side is gone."""
        head = self._frame()
        if head is None:
            return None
        header = json.loads(head)
        if not isinstance(header, dict):
            raise ValueError("a header is a JSON object")
        if not header.get("payload"):
            return Message(header)
        payload = self._frame()
        return None if payload is None else Message(header, payload)

    def _frame(self) -> bytes | None:
        prefix = self._source.read(4)
        if len(prefix) < 4:
            return None
        (length,) = _LENGTH.unpack(prefix)
        if length > MAX_FRAME:
            raise ValueError(f"frame of {length} bytes is longer than {MAX_FRAME}")
        body = self._source.read(length)
        return body if len(body) == length else None

    def write(self, header: dict[str, Any], payload: bytes | None = None) -> None:
        if payload is not None:
            header = {**header, "payload": True}
        head = json.dumps(header, separators=(",", ":")).encode()
        parts = [_LENGTH.pack(len(head)), head]
        if payload is not None:
            parts += [_LENGTH.pack(len(payload)), payload]
        with self._writing:
            self._sink.write(b"".join(parts))
            self._sink.flush()
