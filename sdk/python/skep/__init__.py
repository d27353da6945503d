"""Call Skep pools from any Python program; standard library only.

    from skep import use_pool

    with use_pool("POOL_ID") as pool:              # SKEP_TOKEN=$(skep wallet token)
        print(pool.call({"text": "hello"}))        # one answer
        for answer in pool.map(inputs):            # many, in order, a window of them at a time
            print(answer)
"""

from ._errors import (
    JobFailed,
    Refused,
    SignInNeeded,
    SkepError,
    TimedOut,
    Unavailable,
    Unreachable,
)
from ._events import Listener, Progress
from ._job import Job
from ._pool import Pool, use_pool

__all__ = [
    "Job",
    "JobFailed",
    "Listener",
    "Pool",
    "Progress",
    "Refused",
    "SignInNeeded",
    "SkepError",
    "TimedOut",
    "Unavailable",
    "Unreachable",
    "use_pool",
]
