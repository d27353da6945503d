"""Runs a program's functions, whatever kind they are: plain, async, generators, async generators."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Callable, Generator, Iterator
from types import AsyncGeneratorType, GeneratorType
from typing import TYPE_CHECKING, Any

from ._canonical import encode
from ._errors import OutputTooLarge

if TYPE_CHECKING:
    from asyncio import AbstractEventLoop

Part = Callable[[int, bytes], None]
"""Takes one item of a generator as canonical JSON, with its index from 0."""

_loop: AbstractEventLoop | None = None


def run_job(job: Callable[[Any], Any], given: Any, *, limit: int | None = None, part: Part | None = None) -> bytes:
    """The job's answer as canonical bytes. A generator's items are handed to `part` and make up an array."""
    value = settle(job(given))
    if isinstance(value, GeneratorType):
        return _gather(value, limit, part)
    if isinstance(value, AsyncGeneratorType):
        return _gather(_pull(value), limit, part)
    return encode(value, limit)


def settle(value: Any) -> Any:
    """What an async function comes to; anything else as it is."""
    return _finish(value) if hasattr(value, "__await__") else value


def _finish(awaitable: Any) -> Any:
    async def wait() -> Any:
        return await awaitable

    return _event_loop().run_until_complete(wait())


def _event_loop() -> AbstractEventLoop:
    """One for the life of the worker, so that what init opened in it stays usable. Imported late: it costs a start."""
    global _loop
    if _loop is None:
        import asyncio

        _loop = asyncio.new_event_loop()
        asyncio.set_event_loop(_loop)
    return _loop


def _pull(items: AsyncGenerator[Any, None]) -> Iterator[Any]:
    try:
        while True:
            yield _finish(items.__anext__())
    except StopAsyncIteration:
        return
    finally:
        _finish(items.aclose())


def _gather(items: Iterator[Any] | Generator[Any, Any, Any], limit: int | None, part: Part | None) -> bytes:
    pieces: list[bytes] = []
    length = 1
    for item in items:
        piece = encode(item)
        length += len(piece) + 1
        if limit is not None and length > limit:
            raise OutputTooLarge(f"the parts of the answer have over {limit} bytes, which is what the pool allows")
        if part is not None:
            part(len(pieces), piece)
        pieces.append(piece)
    return b"[" + b",".join(pieces) + b"]"
