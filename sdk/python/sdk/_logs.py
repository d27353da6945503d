"""Captures what a job prints, whichever way it prints, without ever touching the frames.

File descriptors 1 and 2 become the ends of one pipe, so that prints of native code and of subprocesses are caught as
well as Python's. At most 64 KiB are kept per job; the rest is drained and counted, so a chatty job never blocks.
"""

from __future__ import annotations

import codecs
import os
import select
import sys
import threading
import time
from collections.abc import Callable

MAX_LOG = 64 * 1024
_MARK_ROOM = 80
_CHUNK = 65536
_TELL_SECONDS = 0.2

Tell = Callable[[str], None]


class LogCapture:
    """What was printed since the last take(). One per process."""

    def __init__(self, read_end: int) -> None:
        self._pipe = read_end
        self._lock = threading.Lock()
        self._kept = bytearray()
        self._dropped = 0
        self._tell: Tell | None = None
        self._told = 0
        self._next = 0.0
        self._decoder = codecs.getincrementaldecoder("utf-8")("replace")

    @classmethod
    def install(cls) -> LogCapture:
        """Redirect this process's output, and that of every child it will have, into a capture."""
        read_end, write_end = os.pipe()
        os.set_blocking(read_end, False)
        sys.stdout.flush()
        sys.stderr.flush()
        os.dup2(write_end, 1)
        os.dup2(write_end, 2)
        os.close(write_end)
        capture = cls(read_end)
        threading.Thread(target=capture._pump, name="skep-logs", daemon=True).start()
        return capture

    def take(self) -> tuple[str, bool]:
        """The text printed so far and whether it was cut; starts afresh."""
        _flush()
        with self._lock:
            self._drain()
            kept, dropped = self._kept, self._dropped
            if not kept:
                return "", False
            self._kept, self._dropped, self._told = bytearray(), 0, 0
        text = kept.decode("utf-8", "replace")
        if not dropped:
            return _fit(text, MAX_LOG), False
        mark = f"\n[skep: log cut here, {dropped} more bytes were printed]\n"
        return _fit(text, MAX_LOG - len(mark)) + mark, True

    def follow(self, tell: Tell | None) -> None:
        """From now on tell what is printed, about five times a second; take() gives it again. None ends that."""
        with self._lock:
            self._tell = tell
            self._decoder.reset()

    def _pump(self) -> None:
        waiting = select.poll()
        waiting.register(self._pipe, select.POLLIN)
        while True:
            waiting.poll(self._patience())
            with self._lock:
                if not self._drain():
                    return
                self._tell_fresh()

    def _patience(self) -> float | None:
        """Milliseconds until what was printed meanwhile is due to be told; None when nothing is."""
        due = self._tell is not None and len(self._kept) > self._told
        return max(0.0, self._next - time.monotonic()) * 1000 + 1 if due else None

    def _tell_fresh(self) -> None:
        fresh = self._kept[self._told :]
        if self._tell is None or not fresh or time.monotonic() < self._next:
            return
        self._next = time.monotonic() + _TELL_SECONDS
        self._told = len(self._kept)
        self._tell(self._decoder.decode(bytes(fresh)))

    def _drain(self) -> bool:
        """Read what is in the pipe now; False at its end, when no writer is left."""
        while True:
            try:
                chunk = os.read(self._pipe, _CHUNK)
            except BlockingIOError:
                return True
            if not chunk:
                return False
            room = MAX_LOG - _MARK_ROOM - len(self._kept)
            self._kept += chunk[: max(0, room)]
            self._dropped += max(0, len(chunk) - max(0, room))


def _flush() -> None:
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except (ValueError, OSError, AttributeError):
            pass  # the job closed or replaced it: what it printed through it is its own loss


def _fit(text: str, limit: int) -> str:
    """Cut to a number of UTF-8 bytes: replacement characters may have made it longer than what was read."""
    raw = text.encode("utf-8", "replace")
    return text if len(raw) <= limit else raw[:limit].decode("utf-8", "ignore")
