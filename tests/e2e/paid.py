"""The loopback provider in a thread of its own, for tests that are not asynchronous themselves."""

import asyncio
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from tests.providers.loopback import Loopback
from tests.providers.script import Script

SLOW_ANSWER = (
    "The lighthouse opens at nine in the morning and closes at six. "
    "Its stairs have two hundred and seven steps, and the lamp room is open to everyone. "
    "On windy days the gallery stays closed, so ask at the door before you climb. "
    "Tickets are sold in the keeper's cottage, and children come in without one."
)


def words(text: str) -> tuple[str, ...]:
    """Cut a text into tokens that join to exactly this text."""
    first, *rest = text.split(" ")
    return (first, *(f" {word}" for word in rest))


@contextmanager
def paid_provider() -> Iterator[Loopback]:
    """Run the loopback server of both paid wires until the block ends."""
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever, daemon=True)
    thread.start()
    provider = Loopback(Script(tokens=words(SLOW_ANSWER), seconds_between=0.12))
    asyncio.run_coroutine_threadsafe(provider.__aenter__(), loop).result(10)
    try:
        yield provider
    finally:
        asyncio.run_coroutine_threadsafe(provider.__aexit__(None, None, None), loop).result(10)
        loop.call_soon_threadsafe(loop.stop)
        thread.join(10)
        loop.close()
