"""Write a job for a Skep pool: what init loads stays warm, what the job returns is the answer.

    from sdk import define_init, create_job, config

    def load():
        config.words = {"queen", "king"}

    def count(input):
        return {"known": sum(word in config.words for word in input["text"].split())}

    define_init(load)
    create_job(count)
"""

from ._errors import (
    InitMissing,
    InputInvalid,
    JobError,
    JobMissing,
    OutputInvalid,
    OutputTooLarge,
    SkepError,
)
from ._events import Log, log, progress
from ._program import Config, Json, config, create_job, define_init
from ._version import VERSION as __version__


__all__ = [
    "Config",
    "InitMissing",
    "InputInvalid",
    "JobError",
    "JobMissing",
    "Json",
    "Log",
    "OutputInvalid",
    "OutputTooLarge",
    "SkepError",
    "config",
    "create_job",
    "define_init",
    "log",
    "progress",
]
