"""What a running job tells besides its answer: progress and structured logs."""

from __future__ import annotations

import json
import math
import sys
import time
from collections.abc import Callable
from typing import Any

_PROGRESS_SECONDS = 0.1

Listener = Callable[[dict[str, Any]], None]


class _Progress:
    def __init__(self) -> None:
        self.listener: Listener | None = None
        self.next = 0.0


_current = _Progress()


def listen(listener: Listener | None) -> None:
    """From now on progress goes here; None when nobody listens."""
    _current.listener, _current.next = listener, 0.0


def progress(done: float, total: float | None = None, text: str = "") -> None:
    """Tell the caller how far this job is; at most ten times a second leave the container."""
    if not all(math.isfinite(number) for number in (done, total or 0)):
        raise ValueError("progress wants finite numbers")
    listener, now = _current.listener, time.monotonic()
    last = total is not None and done >= total
    if listener is None or (now < _current.next and not last):
        return
    _current.next = now + _PROGRESS_SECONDS
    listener({"done": done, "total": total, "text": str(text)[:500]})


class Log:
    """Structured logs: each call is one line of JSON in the job's log."""

    def debug(self, text: str, **fields: Any) -> None:
        _line("debug", text, fields)

    def info(self, text: str, **fields: Any) -> None:
        _line("info", text, fields)

    def warn(self, text: str, **fields: Any) -> None:
        _line("warn", text, fields)

    def error(self, text: str, **fields: Any) -> None:
        _line("error", text, fields)


log = Log()


def _line(level: str, text: str, fields: dict[str, Any]) -> None:
    now = time.time()
    clock = time.strftime("%Y-%m-%dT%H:%M:%S", time.gmtime(now)) + f".{int(now % 1 * 1000):03d}Z"
    entry = {**fields, "level": level, "text": str(text), "time": clock}
    print(json.dumps(entry, sort_keys=True, separators=(",", ":"), ensure_ascii=False, default=str), file=sys.stderr)
