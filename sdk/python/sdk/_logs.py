"""Captures what a job prints, whichever way it prints, without ever touching the frames.

File descriptors 1 and 2 become the ends of one pipe, so that prints of native code and of subprocesses are caught as
well as Python's. At most 64 KiB are kept per job; the rest is drained and counted, so a chatty job never blocks.
"""

from __future__ import annotations

import os
import select
import sys
import threading

MAX_LOG = 64 * 1024
_MARK_ROOM = 80
_CHUNK = 65536


class LogCapture:
    """What was printed since the last take(). One per process."""

    def __init__(self, read_end: int) -> None:
        self._pipe = read_end
        self._lock = threading.Lock()
        self._kept = bytearray()
        self._dropped = 0

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
            self._kept, self._dropped = bytearray(), 0
        text = kept.decode("utf-8", "replace")
        if not dropped:
            return _fit(text, MAX_LOG), False
        mark = f"\n[skep: log cut here, {dropped} more bytes were printed]\n"
        return _fit(text, MAX_LOG - len(mark)) + mark, True

    def _pump(self) -> None:
        waiting = select.poll()
        waiting.register(self._pipe, select.POLLIN)
        while True:
            waiting.poll()
            with self._lock:
                if not self._drain():
                    return

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
