"""A pool, seen from outside."""

from __future__ import annotations

import json
import os
import uuid
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sized
from concurrent.futures import Future, ThreadPoolExecutor
from types import TracebackType
from typing import Any
from urllib.parse import urlsplit

from ._events import Listener, Progress, events, told
from ._http import Deadline, Http, Request, retrying
from ._job import Job
from ._session import Session, Sign

DEFAULT_QUEEN = "http://localhost:8080"
_WAIT = 60  # seconds the queen holds one request open; a longer call asks again with the same key


def use_pool(
    pool: str,
    *,
    queen: str | None = None,
    token: str | None = None,
    address: str | None = None,
    sign: Sign | None = None,
    timeout: float = 300,
) -> Pool:
    """A pool by its id or POOL_URL.

    Who calls: `token` (of `skep wallet token`), else `address` with `sign(text)`, else $SKEP_TOKEN, else nobody, which
    public pools allow. `queen` defaults to $SKEP_QUEEN, then to this machine. `timeout` is seconds for one call.
    """
    if "://" in pool:
        parts = urlsplit(pool)
        queen, pool = queen or f"{parts.scheme}://{parts.netloc}", parts.path.rstrip("/").rsplit("/", 1)[-1]
    http = Http(queen or os.environ.get("SKEP_QUEEN") or DEFAULT_QUEEN)
    return Pool(str(uuid.UUID(pool)), http, Session(http, token, address, sign), timeout)


class Pool:
    """Calls one pool. Thread-safe; also a context manager that releases it."""

    def __init__(self, id: str, http: Http, session: Session, timeout: float) -> None:
        self.id = id
        self.url = f"{http.url}/pools/{id}"
        self._http = http
        self._session = session
        self._timeout = timeout

    def call(self, input: Any, *, timeout: float | None = None, key: str | None = None) -> Any:
        """The job's answer. The same `key` and input again are the same job; without one each call is a new job."""
        deadline = Deadline(timeout or self._timeout)
        body, headers = json.dumps(input).encode(), {"Idempotency-Key": key or str(uuid.uuid4())}
        job = None
        while True:
            seconds = max(1, min(_WAIT, int(deadline.left)))
            status, answer, job = retrying(lambda: self._post(body, {**headers, "Prefer": f"wait={seconds}"}), deadline)
            if status == 200:
                return answer
            if deadline.left <= 0:
                self._job(job).cancel()
            deadline.check(f"job {job}")

    def submit(self, input: Any, *, key: str | None = None) -> Job:
        """Send a job and return at once; it runs on whether this program lives or not."""
        headers = {"Idempotency-Key": key or str(uuid.uuid4()), "Prefer": "respond-async"}
        body = json.dumps(input).encode()
        return self._job(retrying(lambda: self._post(body, headers), Deadline(self._timeout))[2])

    def map(
        self, inputs: Iterable[Any], *, window: int = 16, progress: Callable[[Progress], None] | None = None
    ) -> Iterator[Any]:
        """The answers in the order of the inputs, `window` jobs at a time; the first failure is raised in its place."""
        total = len(inputs) if isinstance(inputs, Sized) else None
        waiting: deque[Future[Any]] = deque()
        done = 0
        with ThreadPoolExecutor(window, thread_name_prefix="skep-map") as threads:
            try:
                for item in inputs:
                    waiting.append(threads.submit(self.call, item))
                    if len(waiting) < window:
                        continue
                    yield waiting.popleft().result()
                    done = _tell(progress, done, total)
                while waiting:
                    yield waiting.popleft().result()
                    done = _tell(progress, done, total)
            finally:
                for future in waiting:
                    future.cancel()

    def stream(self, input: Any, *, listener: Listener | None = None) -> Iterator[Any]:
        """The items of a job that is a generator, each as soon as it is there; leaving the loop cancels the job.

        Whatever the way of the items, at the end there were as many as the answer has; a job that is no generator is
        one item. Raises Unavailable when another attempt yields other items than those given out, unless the listener
        takes that.
        """
        headers = {"Accept": "text/event-stream", **self._session.headers()}
        request = Request("POST", f"/pools/{self.id}", json.dumps(input).encode(), headers)
        with self._http.stream(request, self._timeout) as source:
            yield from told(events(source), listener or Listener(), self._fetch)

    def _fetch(self, path: str) -> Any:
        reply = self._http.send(Request("GET", path, None, self._session.headers()), self._timeout)
        return json.loads(reply.body)

    def _post(self, body: bytes, headers: dict[str, str]) -> tuple[int, Any, str]:
        request = Request("POST", f"/pools/{self.id}", body, {**headers, **self._session.headers()})
        reply = self._http.send(request, _WAIT + 30)
        return reply.status, json.loads(reply.body), reply.headers.get("Skep-Job", "")

    def _job(self, id: str) -> Job:
        return Job(id, self._http, self._session)

    def release(self) -> None:
        """Sign off. The pool can be used again, which signs in again."""
        self._session.release()
        self._http.close()

    def __enter__(self) -> Pool:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.release()


def _tell(progress: Callable[[Progress], None] | None, done: int, total: int | None) -> int:
    if progress is not None:
        progress(Progress(done + 1, total))
    return done + 1
