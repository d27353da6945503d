"""What can go wrong when a pool is called: one tree, made from the queen's problem documents (RFC 9457)."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any


class SkepError(Exception):
    """Base of everything this package raises.

    `code` is the platform's name for it, `fault` says whose it is, `hint` what to do next, `job` and `reference` what
    to name when asking for help.
    """

    def __init__(self, message: str, problem: Mapping[str, Any] | None = None) -> None:
        known = problem or {}
        self.code = str(known.get("code", ""))
        self.status = int(known.get("status", 0))
        self.fault = str(known.get("fault", ""))
        self.retryable = known.get("retryable") is True
        self.hint = str(known.get("hint", ""))
        self.reference = str(known.get("reference", ""))
        job = known.get("job")
        self.job = str(job.get("id", "")) if isinstance(job, dict) else ""
        told = [message, self.hint, f"(job {self.job})" if self.job else ""]
        super().__init__(" ".join(part for part in told if part))


class Refused(SkepError):
    """The request was not taken: something about it has to change."""


class SignInNeeded(Refused):
    """Nobody is signed in, or the token has run out."""


class JobFailed(SkepError):
    """The job ran and failed by its own fault; its traceback is in the message."""


class Unavailable(SkepError):
    """The platform, a provider or the chain could not do it now; another try may help."""


class TimedOut(SkepError, TimeoutError):
    """The answer did not come in time."""


class Unreachable(SkepError, ConnectionError):
    """The queen does not answer, or the connection broke."""


def from_problem(status: int, body: bytes) -> SkepError:
    """The error that an answer's body describes, whatever an unknown proxy may have made of it."""
    try:
        problem = json.loads(body)
    except ValueError:
        problem = None
    if not isinstance(problem, dict):
        problem = {"detail": f"the answer has status {status}"}
    problem["status"] = problem["status"] if isinstance(problem.get("status"), int) else status
    return _kind(problem)(f"{problem.get('code', status)}: {problem.get('detail', '')}", problem)


def _kind(problem: Mapping[str, Any]) -> type[SkepError]:
    if problem["status"] == 401:
        return SignInNeeded
    if problem.get("fault") == "JOB":
        return JobFailed
    if problem.get("fault") == "CALLER" or 400 <= problem["status"] < 500 and problem["status"] != 429:
        return Refused
    return Unavailable
