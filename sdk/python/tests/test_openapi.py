from __future__ import annotations

import os
import re
import unittest

import skep

from .stand_in_queen import JOB, POOL, Reply, Request, StandInQueen
from .worker_process import SDK_ROOT

PAGE = os.path.join(SDK_ROOT, "../../queen-web/src/main/resources/META-INF/openapi.yaml")
ADDRESS = "0x" + "ab" * 20


def operations() -> set[str]:
    """Verb and path of everything the queen serves: her OpenAPI is a static file."""
    found, path = set(), ""
    with open(PAGE, encoding="utf-8") as page:
        for line in page:
            if match := re.fullmatch(r"  (/\S*):\n", line):
                path = match[1]
            elif match := re.fullmatch(r"    (get|post|put|delete):\n", line):
                found.add(f"{match[1].upper()} {path}")
    return found


def answer(request: Request) -> Reply:
    if request.path == "/api/login/challenges":
        text = f"{request.headers['host']} wants you to sign in with your Ethereum account:\n{ADDRESS}"
        return Reply(201, {"message": text})
    if request.headers.get("accept") == "text/event-stream":
        return Reply(200, b"event: result\ndata: 1\n\n")
    body = [] if request.path.endswith("/logs") else {"id": JOB, "state": "COMPLETED", "token": "t"}
    return Reply(200, body, {"Skep-Job": JOB})


class OpenApiTest(unittest.TestCase):
    def test_should_ask_only_for_what_the_queen_serves(self) -> None:
        with StandInQueen(answer) as queen:
            with skep.use_pool(POOL, queen=queen.url, address=ADDRESS, sign=lambda text: "0x") as pool:
                pool.call(1)
                job = pool.submit(1)
                job.wait()
                job.logs()
                job.cancel()
                list(pool.stream(1))
            asked = {f"{r.method} {re.sub(f'{POOL}|{JOB}', '{id}', r.path)}" for r in queen.requests}
        self.assertEqual(8, len(asked))
        self.assertEqual(set(), asked - operations())


if __name__ == "__main__":
    unittest.main()
