"""Jobs whose function answers several inputs at once, as models do fastest."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ._errors import InputInvalid, OutputInvalid
from ._run import settle


def batched(job: Callable[[list[Any]], Any], most: int) -> Callable[[Any], Any]:
    """From a function of several inputs a job whose input is one of them, or an array of at most `most`."""
    if isinstance(most, bool) or not isinstance(most, int) or most < 1:
        raise ValueError("batch wants a whole number from 1, the most inputs that one call takes")

    def answer(given: Any) -> Any:
        if not isinstance(given, list):
            return _answers(job, [given])[0]
        if len(given) > most:
            raise InputInvalid(f"the array has {len(given)} inputs, this job takes at most {most} at once")
        return _answers(job, given) if given else []

    return answer


def _answers(job: Callable[[list[Any]], Any], inputs: list[Any]) -> list[Any]:
    answers = settle(job(inputs))
    to_list = getattr(answers, "tolist", None)
    answers = to_list() if callable(to_list) else answers
    if not isinstance(answers, (list, tuple)) or len(answers) != len(inputs):
        told = f"{len(answers)} answers" if isinstance(answers, (list, tuple)) else f"one {type(answers).__name__}"
        raise OutputInvalid(f"a batch of {len(inputs)} inputs wants as many answers in a list, the job returned {told}")
    return list(answers)
