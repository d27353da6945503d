"""A real worker process on the other end of a Unix socket, for tests."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import tempfile
import textwrap
from typing import Any

from sdk._frames import Channel, Message

SDK_ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
PATIENCE = 60.0


class WorkerProcess:
    """Starts the runner on a program and speaks the connector's side of the protocol."""

    def __init__(self, program: str, *, stdio: bool = False) -> None:
        self._folder = tempfile.TemporaryDirectory()
        self.connection: socket.socket | None = None
        self._write("job.py", textwrap.dedent(program))
        self._write("token", "secret\n")
        command = [sys.executable, "-m", "sdk.runner", "--token-file", self._path("token")]
        if stdio:
            self.process = self._spawn([*command, "--stdio", self._path("job.py")], pipe=True)
            assert self.process.stdin and self.process.stdout
            self.channel = Channel(self.process.stdout, self.process.stdin)  # type: ignore[arg-type]
        else:
            self._listen(command)

    def _listen(self, command: list[str]) -> None:
        with socket.socket(socket.AF_UNIX) as listener:
            listener.bind(self._path("s"))
            listener.listen(1)
            listener.settimeout(PATIENCE)
            self.process = self._spawn([*command, "--socket", self._path("s"), self._path("job.py")], pipe=False)
            self.connection, _ = listener.accept()
        self.connection.settimeout(PATIENCE)
        source, sink = self.connection.makefile("rb"), self.connection.makefile("wb")
        self.channel = Channel(source, sink)

    def _spawn(self, command: list[str], *, pipe: bool) -> subprocess.Popen[bytes]:
        ends = subprocess.PIPE if pipe else subprocess.DEVNULL
        return subprocess.Popen(command, cwd=SDK_ROOT, stdin=ends, stdout=ends, stderr=subprocess.DEVNULL)

    def _path(self, name: str) -> str:
        return os.path.join(self._folder.name, name)

    def _write(self, name: str, text: str) -> None:
        with open(self._path(name), "w", encoding="utf-8") as file:
            file.write(text)

    def read(self) -> Message:
        message = self.channel.read()
        assert message is not None, "the worker left"
        return message

    def begin(self) -> dict[str, Any]:
        """Read hello and what follows it, logs aside: ready or init-failed."""
        assert self.read().header["token"] == "secret"
        return self.read_past_log()[1].header

    def ask(self, payload: bytes, **extra: Any) -> tuple[dict[str, Any] | None, Message]:
        """One job: its log header, if it printed, and its answer."""
        self.channel.write({"type": "job", "id": "job/1", **extra}, payload)
        return self.read_past_log()

    def read_past_log(self) -> tuple[dict[str, Any] | None, Message]:
        message = self.read()
        if message.header["type"] == "log":
            return message.header, self.read()
        return None, message

    def close(self) -> None:
        self.process.kill()
        self.process.wait(PATIENCE)
        if self.connection is not None:
            self.connection.close()
        for end in (self.process.stdin, self.process.stdout):
            if end is not None:
                try:
                    end.close()
                except BrokenPipeError:
                    pass
        self._folder.cleanup()

    def __enter__(self) -> WorkerProcess:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()
