"""The errors of the SDK. Each has a code that the platform knows and says whose fault it is."""

from __future__ import annotations


class SkepError(Exception):
    """Base of everything the SDK raises."""

    code = "job-threw"
    retryable = False


class JobError(SkepError):
    """Raise this from a job to say whether another attempt could help."""

    def __init__(self, message: str, *, retryable: bool = False) -> None:
        super().__init__(message)
        self.retryable = retryable


class JobMissing(SkepError):
    """The program never called create_job."""


class InitMissing(SkepError, AttributeError):
    """The job reads something from config that init never put there."""


class InputInvalid(SkepError):
    """The input is not JSON: the caller's fault."""

    code = "input-invalid"


class OutputInvalid(SkepError):
    """The job returned something that JSON cannot say."""

    code = "output-invalid"


class OutputTooLarge(SkepError):
    """The job returned more than its pool allows."""

    code = "output-too-large"
