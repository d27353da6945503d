"""python job.py --input JSON|@FILE|-: runs the job once here, without a server, and prints its answer."""

from __future__ import annotations

import os
import sys
from contextlib import redirect_stdout

from ._canonical import decode
from ._errors import InputInvalid
from ._loading import load
from ._program import program
from ._run import run_job, settle

_USAGE = 2


def run_locally() -> None:
    """Load the main program the way a worker does, run it on the given input, and end this process."""
    path = os.path.abspath(sys.argv[0])
    try:
        given = decode(_source())
        with redirect_stdout(sys.stderr):  # only the answer is for stdout
            load(path)
            settle(program.run_init())
            answer = run_job(program.job, given)
    except (InputInvalid, OSError) as error:
        print(f"{os.path.basename(path)}: {error}", file=sys.stderr)
        sys.exit(_USAGE)
    sys.stdout.buffer.write(answer + b"\n")
    sys.stdout.flush()
    sys.exit(0)


def _source() -> bytes:
    after = sys.argv[sys.argv.index("--input") + 1 :]
    if not after:
        raise InputInvalid("--input wants JSON, @FILE, or - for what stands on stdin")
    text = after[0]
    if text == "-":
        return sys.stdin.buffer.read()
    if text.startswith("@"):
        with open(text[1:], "rb") as file:
            return file.read()
    return text.encode()
