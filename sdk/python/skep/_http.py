"""HTTP to one queen: kept connections, time limits always, problems as exceptions, retries where they are safe."""

from __future__ import annotations

import ipaddress
import json
import random
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from email.message import Message as HTTPMessage
from http.client import HTTPConnection, HTTPException, HTTPResponse, HTTPSConnection, RemoteDisconnected
from typing import IO, Any, NamedTuple
from urllib.parse import urlsplit

from ._errors import SkepError, TimedOut, Unreachable, from_problem

_TRIES = 5
_MOST_PAUSE = 10.0

Headers = Mapping[str, str]


class Deadline:
    """A moment by which something is to be done."""

    def __init__(self, seconds: float) -> None:
        self._end = time.monotonic() + seconds

    @property
    def left(self) -> float:
        return self._end - time.monotonic()

    def check(self, what: str) -> None:
        if self.left <= 0:
            raise TimedOut(f"{what} took longer than allowed")


class Reply(NamedTuple):
    """An answer that has been read whole."""

    status: int
    headers: HTTPMessage
    body: bytes


class Request(NamedTuple):
    method: str
    path: str
    body: bytes | None
    headers: Headers

    @property
    def is_safe(self) -> bool:
        """Whether sending it twice does no more than once."""
        return self.method in ("GET", "DELETE") or "Idempotency-Key" in self.headers


class Http:
    """Sends requests from any thread; connections are kept for the next one."""

    def __init__(self, url: str) -> None:
        parts = urlsplit(url)
        if parts.scheme != "https" and not _is_loopback(parts.hostname or ""):
            raise ValueError(f"{url}: a queen elsewhere is reached by https, or the token could be read on the way")
        self.url = url.rstrip("/")
        self._parts = parts
        self._idle: list[HTTPConnection] = []

    def json(self, method: str, path: str, body: Any = None, *, headers: Headers | None = None) -> Any:
        """One request without retries; the parsed answer."""
        payload = None if body is None else json.dumps(body).encode()
        reply = self.send(Request(method, path, payload, headers or {}), 30)
        return json.loads(reply.body) if reply.body else None

    def send(self, request: Request, seconds: float) -> Reply:
        """One request and its answer. Only what is safe to send twice goes over a kept line, which may be dead."""
        with self._translated():
            line = self._kept() if request.is_safe else None
            if line is not None:
                with suppress(RemoteDisconnected, BrokenPipeError, ConnectionResetError):
                    return self._read(line, request, seconds)
            return self._read(self._line(seconds), request, seconds)

    def _read(self, line: HTTPConnection, request: Request, seconds: float) -> Reply:
        answer = _exchange(line, request, seconds)
        with _closing_on_error(line):
            reply = Reply(answer.status, answer.headers, answer.read())
        self._idle.append(line)
        if reply.status >= 400:
            raise from_problem(reply.status, reply.body)
        return reply

    @contextmanager
    def stream(self, request: Request, seconds: float) -> Iterator[IO[bytes]]:
        """The body of an answer while it comes, over a line of its own that leaving closes."""
        with self._translated():
            line = self._line(seconds)
            answer = _exchange(line, request, seconds)
            try:
                if answer.status >= 400:
                    raise from_problem(answer.status, answer.read())
                yield answer
            finally:
                answer.close()
                line.close()

    def _kept(self) -> HTTPConnection | None:
        try:
            return self._idle.pop()
        except IndexError:
            return None

    def _line(self, seconds: float) -> HTTPConnection:
        kind = HTTPSConnection if self._parts.scheme == "https" else HTTPConnection
        return kind(self._parts.hostname or "", self._parts.port, timeout=seconds)

    @contextmanager
    def _translated(self) -> Iterator[None]:
        try:
            yield
        except SkepError:
            raise
        except TimeoutError as error:
            raise TimedOut(f"{self.url} did not answer in time") from error
        except (OSError, HTTPException) as error:
            raise Unreachable(f"{self.url} cannot be reached: {error}") from error

    def close(self) -> None:
        """Drop the kept connections."""
        while (line := self._kept()) is not None:
            line.close()


def _exchange(line: HTTPConnection, request: Request, seconds: float) -> HTTPResponse:
    with _closing_on_error(line):
        line.timeout = seconds
        if line.sock is not None:
            line.sock.settimeout(seconds)
        headers = {"Content-Type": "application/json", **request.headers}
        line.request(request.method, request.path, request.body, headers)
        return line.getresponse()


@contextmanager
def _closing_on_error(line: HTTPConnection) -> Iterator[None]:
    try:
        yield
    except BaseException:
        line.close()
        raise


def _is_loopback(host: str) -> bool:
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def retrying(attempt: Callable[[], Any], deadline: Deadline) -> Any:
    """What `attempt` returns, tried again when the queen is away or asks for it; never when a job has failed."""
    for turn in range(_TRIES):
        try:
            return attempt()
        except SkepError as error:
            passing = isinstance(error, Unreachable) or error.retryable and not error.job
            pause = min(_MOST_PAUSE, 0.2 * 2**turn) * random.uniform(0.5, 1.0)
            if not passing or turn == _TRIES - 1 or pause > deadline.left:
                raise
            time.sleep(pause)
    raise AssertionError("the last turn returns or raises")
