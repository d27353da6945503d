"""Entry of the container: python3 -m sdk.runner [--socket PATH] [--token-file PATH] [--stdio] PROGRAM.

The worker dials out to the connector's Unix socket. Where sockets cannot be mounted the same frames go over stdin
and stdout (--stdio). Either way descriptors 1 and 2 belong to the job and are captured.
"""

from __future__ import annotations

import argparse
import os
import socket
import traceback
from typing import BinaryIO, cast

from ._frames import Channel
from ._logs import LogCapture
from ._worker import Worker, leave_when_alone

_BUFFER = 1 << 16
_SOFTWARE = 70  # EX_SOFTWARE of sysexits.h


def main(arguments: list[str] | None = None) -> int:
    options = _parse(arguments)
    with open(options.token_file, encoding="ascii") as file:
        token = file.read().strip()
    channel = _over_stdio() if options.stdio else _over_socket(options.socket)
    container_log = os.dup(2)
    worker = Worker(channel, LogCapture.install(), options.program)
    try:
        return worker.serve(token)
    except Exception:  # boundary: descriptor 2 is the job's by now, so say it where the container's log is
        os.write(container_log, traceback.format_exc().encode())
        return _SOFTWARE


def _parse(arguments: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="sdk.runner", description="Runs one program as a warm worker.")
    parser.add_argument("--socket", default="/run/skep/s")
    parser.add_argument("--token-file", default="/run/skep/token")
    parser.add_argument("--stdio", action="store_true", help="frames over stdin and stdout instead of the socket")
    parser.add_argument("program", nargs="?", default="/job/job.py")
    return parser.parse_args(arguments)


def _over_socket(path: str) -> Channel:
    connection = socket.socket(socket.AF_UNIX)
    connection.connect(path)
    leave_when_alone(connection.fileno())
    source = cast(BinaryIO, connection.makefile("rb", _BUFFER))
    return Channel(source, cast(BinaryIO, connection.makefile("wb", _BUFFER)))


def _over_stdio() -> Channel:
    source = os.fdopen(os.dup(0), "rb", _BUFFER)
    leave_when_alone(source.fileno())
    sink = os.fdopen(os.dup(1), "wb", _BUFFER)
    # The job must not eat frames by reading stdin.
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    os.close(nothing)
    return Channel(source, sink)


if __name__ == "__main__":
    # Not sys.exit: threads and exit handlers of the job must not keep an orphan alive.
    os._exit(main())
