"""A job that runs without anybody waiting on the line."""

from __future__ import annotations

import json
import time
from typing import Any

from ._errors import from_problem
from ._http import Deadline, Http, retrying
from ._session import Session

ENDED = ("COMPLETED", "FAILED", "CANCELLED", "EXPIRED")
_FIRST_LOOK, _MOST_LOOK = 0.1, 2.0


class Job:
    """One accepted job. Its answer is kept by the queen for as long as she says."""

    def __init__(self, id: str, http: Http, session: Session) -> None:
        self.id = id
        self._http = http
        self._session = session

    def show(self) -> dict[str, Any]:
        """The job's document: state, cost, attempts, receipts."""
        shown = self._ask("GET", "")
        return dict(shown)

    @property
    def state(self) -> str:
        return str(self.show()["state"])

    def wait(self, timeout: float = 300) -> Any:
        """The answer, once it is there; raises what the job failed with."""
        deadline, pause = Deadline(timeout), _FIRST_LOOK
        while (shown := retrying(self.show, deadline))["state"] not in ENDED:
            deadline.check(f"job {self.id}")
            time.sleep(min(pause, max(0.0, deadline.left)))
            pause = min(_MOST_LOOK, pause * 1.5)
        if shown["state"] == "COMPLETED":
            return self._ask("GET", "/output")
        raise _failure(shown)

    def logs(self) -> str:
        """What the job's code printed, over all attempts."""
        return "".join(str(log["text"]) for log in self._ask("GET", "/logs"))

    def cancel(self) -> None:
        """Stop it. A job that has ended stays as it is."""
        self._ask("POST", "/cancel")

    def _ask(self, method: str, what: str) -> Any:
        return self._http.json(method, f"/api/jobs/{self.id}{what}", headers=self._session.headers())

    def __repr__(self) -> str:
        return f"Job({self.id})"


def _failure(shown: dict[str, Any]) -> Exception:
    problem = shown.get("problem") or {"code": f"job-{str(shown['state']).lower()}", "fault": "PLATFORM"}
    told = {"status": 422, **problem, "job": {"id": shown["id"]}}
    return from_problem(int(told["status"]), json.dumps(told).encode())
