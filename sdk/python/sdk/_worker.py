"""The life of a worker: hello, load the program, run init once, then answer jobs until the connector is gone."""

from __future__ import annotations

import json
import os
import select
import sys
import threading
import time
import traceback
from types import ModuleType
from typing import Any

from ._errors import InputInvalid, OutputInvalid, OutputTooLarge, SkepError
from ._frames import Channel, Message
from ._logs import LogCapture
from ._program import program
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
            program.run_init()
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
        try:
            limit = int(message.header.get("maxOutput", DEFAULT_MAX_OUTPUT))
            output = encode(program.job(decode(message.payload)), limit)
        except BaseException as error:  # boundary: whatever the job raised is the job's answer
            failure = describe(error)
        self._log(job)
        if output is None:
            self._channel.write({"type": "error", "id": job, "error": failure})
        else:
            self._channel.write({"type": "result", "id": job}, output)

    def _log(self, job: str) -> None:
        text, truncated = self._logs.take()
        if text:
            self._channel.write({"type": "log", "id": job, "text": text, "truncated": truncated})


def load(path: str) -> None:
    """Run the program's file as the module "job", so that it can be pickled from and shows up in tracebacks."""
    module = ModuleType("job")
    module.__file__ = path
    sys.modules["job"] = module
    with open(path, "rb") as file:
        code = compile(file.read(), path, "exec")
    exec(code, module.__dict__)


def decode(payload: bytes) -> Any:
    try:
        return json.loads(payload, parse_constant=_no_constant)
    except (ValueError, RecursionError) as error:
        raise InputInvalid(f"the input is not JSON: {error}") from None


def encode(value: Any, limit: int) -> bytes:
    """The answer as canonical JSON: the same value gives the same bytes on every machine."""
    try:
        text = _CANONICAL.encode(value)
        output = text.encode()
    except (TypeError, ValueError, RecursionError) as error:
        raise OutputInvalid(f"the job returned {_kind(value)} that is not JSON: {error}") from None
    if len(output) > limit:
        raise OutputTooLarge(f"the answer has {len(output)} bytes, the pool allows {limit}")
    return output


def _plain(value: Any) -> Any:
    """Numbers and arrays of numpy and torch are what models return, so they count as what they hold."""
    to_list = getattr(value, "tolist", None)
    if not callable(to_list):
        raise TypeError(f"{_kind(value)} is not JSON")
    return to_list()


_CANONICAL = json.JSONEncoder(
    sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False, default=_plain
)


def _no_constant(name: str) -> None:
    raise ValueError(f"{name} is not JSON")


def _kind(value: Any) -> str:
    name = type(value).__name__
    return ("an " if name[:1] in "aeiou" else "a ") + name


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
