"""What a program registers: one init, one job, and the config they share."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Any, TypeVar, Union, overload

from ._batch import batched
from ._errors import InitMissing, JobMissing

Json = Union[None, bool, int, float, str, "list[Json]", "dict[str, Json]"]
"""What a job may return. Its input is the same, parsed."""

Init = Callable[[], Any]
Job = Callable[[Any], Any]
_I = TypeVar("_I", bound=Init)
_J = TypeVar("_J", bound=Job)


class Config:
    """Holds what init loaded, from then on for every job of this container."""

    def __getattr__(self, name: str) -> Any:
        raise InitMissing(f"config has no '{name}'; set config.{name} in the function given to define_init")

    def __setattr__(self, name: str, value: Any) -> None:
        object.__setattr__(self, name, value)

    def __contains__(self, name: object) -> bool:
        return name in self.__dict__

    def __repr__(self) -> str:
        return f"Config({', '.join(sorted(self.__dict__))})"


class Program:
    """The functions a program registered; the last registration of each wins."""

    def __init__(self) -> None:
        self.init: Init | None = None
        self._job: Job | None = None

    def set_job(self, job: Job) -> None:
        self._job = job

    @property
    def job(self) -> Job:
        if self._job is None:
            raise JobMissing("the program registered no job; call create_job(function) at its end")
        return self._job

    def run_init(self) -> Any:
        """What init returns: something to await when it is async."""
        return None if self.init is None else self.init()


program = Program()
config = Config()


def define_init(init: _I) -> _I:
    """Register the function that loads what jobs need; it runs once per container. Also a decorator."""
    if not callable(init):
        raise TypeError("define_init wants a function without parameters")
    program.init = init
    _run_locally_when_asked()
    return init


@overload
def create_job(job: _J, *, batch: int | None = None) -> _J: ...
@overload
def create_job(*, batch: int) -> Callable[[_J], _J]: ...
def create_job(job: Any = None, *, batch: int | None = None) -> Any:
    """Register the function that answers one input; it runs once per job. Also a decorator.

    It may be async. A generator's items are streamed to callers who listen; everybody else gets them as one array.
    With `batch` the function takes a list of at most that many inputs and returns a list of as many answers; the input
    of the job is then one input or an array of them, its answer one answer or an array.
    """
    if job is None and batch is not None:
        return lambda decorated: create_job(decorated, batch=batch)
    if not callable(job):
        raise TypeError("create_job wants a function of one parameter, the input")
    program.set_job(job if batch is None else batched(job, batch))
    _run_locally_when_asked()
    return job


def _run_locally_when_asked() -> None:
    """python job.py --input ...: the program's first registration hands over; it is then loaded as a worker would."""
    caller = sys._getframe(2)
    while caller.f_globals is globals() and caller.f_back is not None:
        caller = caller.f_back
    if caller.f_globals.get("__name__") == "__main__" and "--input" in sys.argv[1:]:
        from ._local import run_locally

        run_locally()
