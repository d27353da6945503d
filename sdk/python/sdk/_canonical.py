"""Canonical JSON: equal values are equal bytes, in Python as in JavaScript.

That is RFC 8785 (no spaces, ECMAScript's numbers, so 1.0 is 1) with two differences that the C encoder is fast with:
keys are sorted by code point, and integers are written out in full.
"""

from __future__ import annotations

import json
import re
from typing import Any

from ._errors import InputInvalid, OutputInvalid, OutputTooLarge

_FOREIGN = re.compile(r"\d\.0(?!\d)|\de-|\de\+(?:1[6-9]|20)")
"""A number that ECMAScript may spell otherwise. Text looks like it too, which only costs time."""
_TEXT_OR_NUMBER = re.compile(r'"(?:[^"\\]|\\.)*"|-?\d+(?:\.\d+)?(?:e[+-]\d+)?')
_WITH_EXPONENT = re.compile(r"(-?)(\d)(?:\.(\d+))?e([+-]\d+)")
_SMALLEST, _LARGEST = -6, 20  # the powers of ten between which ECMAScript writes no exponent


def decode(payload: bytes) -> Any:
    """The input of a job, from its bytes."""
    try:
        return json.loads(payload, parse_constant=_no_constant)
    except (ValueError, RecursionError) as error:
        raise InputInvalid(f"the input is not JSON: {error}") from None


def encode(value: Any, limit: int | None = None) -> bytes:
    """The answer of a job as bytes, at most `limit` of them."""
    try:
        output = _text(value).encode()
    except (TypeError, ValueError, RecursionError) as error:
        raise OutputInvalid(f"the job returned {_kind(value)} that is not JSON: {error}") from None
    if limit is not None and len(output) > limit:
        raise OutputTooLarge(f"the answer has {len(output)} bytes, the pool allows {limit}")
    return output


def _text(value: Any) -> str:
    text = _CANONICAL.encode(value)
    return _TEXT_OR_NUMBER.sub(_respell, text) if _FOREIGN.search(text) else text


def _respell(token: re.Match[str]) -> str:
    text = token[0]
    if text[0] == '"':
        return text
    if text.endswith(".0"):
        return "0" if text == "-0.0" else text[:-2]
    parts = _WITH_EXPONENT.fullmatch(text)
    return text if parts is None else _with_exponent(*parts.groups(default=""))


def _with_exponent(sign: str, first: str, rest: str, exponent: str) -> str:
    power = int(exponent)
    if power < _SMALLEST or power > _LARGEST:
        return f"{sign}{first}{'.' if rest else ''}{rest}e{power:+d}"
    if power < 0:
        return f"{sign}0.{'0' * (-power - 1)}{first}{rest}"
    return sign + (first + rest).ljust(power + 1, "0")


def _plain(value: Any) -> Any:
    """Numbers and arrays of numpy and torch are what models return, so they count as what they hold."""
    to_list = getattr(value, "tolist", None)
    if not callable(to_list):
        raise TypeError(f"{_kind(value)} is not JSON")
    return to_list()


_CANONICAL = json.JSONEncoder(
    sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False, default=_plain
)


def _no_constant(name: str) -> None:
    raise ValueError(f"{name} is not JSON")


def _kind(value: Any) -> str:
    name = type(value).__name__
    return ("an " if name[:1] in "aeiou" else "a ") + name
