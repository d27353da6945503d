"""A small HTTP server that answers as a queen does, for tests of the clients."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, NamedTuple

POOL = "01a203e1-69b7-76e4-bc91-8880e87bd6a2"
JOB = "01a203e1-0000-7000-8000-000000000001"


class Request(NamedTuple):
    method: str
    path: str
    headers: dict[str, str]
    body: Any


class Reply(NamedTuple):
    status: int
    body: Any = None
    headers: dict[str, str] = {}
    drop: bool = False


Answer = Callable[[Request], Reply]


def problem(status: int, code: str, fault: str, **more: Any) -> Reply:
    return Reply(status, {"status": status, "code": code, "fault": fault, "detail": "said so", **more})


class StandInQueen:
    """Remembers what it was asked; `answer` decides."""

    def __init__(self, answer: Answer) -> None:
        self.requests: list[Request] = []
        queen = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do(self) -> None:
                raw = self.rfile.read(int(self.headers.get("Content-Length") or 0))
                body = json.loads(raw) if raw else None
                request = Request(self.command, self.path, {k.lower(): v for k, v in self.headers.items()}, body)
                queen.requests.append(request)
                queen._reply(self, answer(request))

            do_GET = do_POST = do_DELETE = do

            def log_message(self, format: str, *args: Any) -> None:
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self._server.server_address[1]}"
        threading.Thread(target=self._server.serve_forever, args=(0.01,), daemon=True).start()

    @staticmethod
    def _reply(handler: BaseHTTPRequestHandler, reply: Reply) -> None:
        if reply.drop:
            handler.close_connection = True
            return
        text = reply.body if isinstance(reply.body, bytes) else json.dumps(reply.body).encode()
        handler.send_response(reply.status)
        for name, value in {"Content-Length": str(len(text)), **reply.headers}.items():
            handler.send_header(name, value)
        handler.end_headers()
        handler.wfile.write(text)

    def __enter__(self) -> StandInQueen:
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()
