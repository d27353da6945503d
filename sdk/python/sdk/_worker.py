"""The life of a worker: hello, load the program, run init once, then answer jobs until the connector is gone."""

from __future__ import annotations

import os
import select
import threading
import time
import traceback
from typing import Any

from ._canonical import decode
from ._errors import SkepError
from ._events import listen
from ._frames import Channel, Message
from ._loading import load
from ._logs import LogCapture
from ._program import program
from ._run import Part, run_job, settle
from ._version import VERSION

DEFAULT_MAX_OUTPUT = 1 << 20
_MAX_TRACEBACK = 8000
_OWN_FILES = os.path.dirname(os.path.abspath(__file__)) + os.sep


class Worker:
    """One connection to the connector and one program."""

    def __init__(self, channel: Channel, logs: LogCapture, program_path: str) -> None:
        self._channel = channel
        self._logs = logs
        self._program_path = program_path

    def serve(self, token: str) -> int:
        """Answer jobs until told to stop or alone; the process's exit status."""
        self._channel.write({"type": "hello", "token": token, "sdk": VERSION})
        if not self._start():
            return 1
        while (message := self._channel.read()) is not None:
            if message.header.get("type") == "stop":
                return 0
            self._answer(message)
        return 0

    def _start(self) -> bool:
        begun = time.monotonic()
        try:
            load(self._program_path)
            program.job  # registered, or this says what is missing
            settle(program.run_init())
        except BaseException as error:  # boundary: SystemExit and the like are failures of init too
            self._log("init")
            self._channel.write({"type": "init-failed", "error": describe(error)})
            return False
        self._log("init")
        self._channel.write({"type": "ready", "initMillis": int((time.monotonic() - begun) * 1000)})
        return True

    def _answer(self, message: Message) -> None:
        job = message.header["id"]
        output: bytes | None = None
        failure: dict[str, Any] = {}
        part = self._follow(job) if message.header.get("stream") is True else None
        try:
            limit = int(message.header.get("maxOutput", DEFAULT_MAX_OUTPUT))
            output = run_job(program.job, decode(message.payload), limit=limit, part=part)
        except BaseException as error:  # boundary: whatever the job raised is the job's answer
            failure = describe(error)
        self._unfollow()
        self._log(job)
        if output is None:
            self._channel.write({"type": "error", "id": job, "error": failure})
        else:
            self._channel.write({"type": "result", "id": job}, output)

    def _follow(self, job: str) -> Part:
        """Tell progress and fresh log lines while the job runs; returns what tells its parts."""
        write = self._channel.write
        listen(lambda told: write({"type": "progress", "id": job, **told}))
        self._logs.follow(lambda text: write({"type": "log-part", "id": job, "text": text}))
        return lambda index, piece: write({"type": "part", "id": job, "index": index}, piece)

    def _unfollow(self) -> None:
        listen(None)
        self._logs.follow(None)

    def _log(self, job: str) -> None:
        text, truncated = self._logs.take()
        if text:
            self._channel.write({"type": "log", "id": job, "text": text, "truncated": truncated})


def describe(error: BaseException) -> dict[str, Any]:
    """An exception as the connector wants it; the traceback starts at the program, not at the SDK."""
    return {
        "code": error.code if isinstance(error, SkepError) else "job-threw",
        "type": type(error).__name__,
        "message": _message(error)[:2000],
        "traceback": _traceback(error)[-_MAX_TRACEBACK:],
        "retryable": isinstance(error, SkepError) and bool(error.retryable),
    }


def _message(error: BaseException) -> str:
    try:
        return str(error)
    except Exception:  # boundary: a stranger's __str__
        return "(the exception's own text raised)"


def _traceback(error: BaseException) -> str:
    frame = error.__traceback__
    while frame is not None and frame.tb_frame.f_code.co_filename.startswith(_OWN_FILES):
        frame = frame.tb_next
    try:
        return "".join(traceback.format_exception(type(error), error, frame))
    except Exception:  # boundary: a stranger's __str__ again
        return type(error).__name__


def leave_when_alone(descriptor: int) -> None:
    """End this process as soon as the connector is gone, even in the middle of a job."""

    def watch() -> None:
        gone = select.poll()
        gone.register(descriptor, select.POLLHUP)
        gone.poll()
        os._exit(0)

    threading.Thread(target=watch, name="skep-alone", daemon=True).start()
