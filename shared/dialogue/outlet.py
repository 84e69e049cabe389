"""Where a turn's events come out: numbered without gaps, in a queue that no reader can make endless."""

import asyncio
from collections.abc import Callable
from typing import Self
from uuid import UUID

from shared.contract.turn import AnyTurnEvent


class Stamps:
    """Numbers a turn's events: each `seq` is given once, in the order of sending."""

    def __init__(self, turn_id: UUID) -> None:
        self.turn_id = turn_id
        self._next = 0

    def seq(self) -> int:
        """The next number."""
        self._next += 1
        return self._next - 1


class TurnEvents:
    """The events of one turn, in order, ending by themselves after `finished` or `failed`."""

    def __init__(self, waiting: int, cancel: Callable[[], object]) -> None:
        self.fault: BaseException | None = None
        """What nobody expected, when the turn failed with code `error`: for the caller's log."""
        self._queue: asyncio.Queue[AnyTurnEvent | None] = asyncio.Queue()
        self._waiting = waiting
        self._room = asyncio.Event()
        self._cancel = cancel
        self._over = False

    def cancel(self) -> None:
        """End the turn: what was said stays, and `finished` comes with the outcome `cancelled`."""
        self._cancel()

    async def send(self, event: AnyTurnEvent) -> None:
        """Hand out one event, then wait while the reader is too far behind.

        In this order, so that a cancel in the waiting loses no event and leaves no gap in the numbers.
        """
        self._queue.put_nowait(event)
        while self._queue.qsize() > self._waiting:
            self._room.clear()
            await self._room.wait()

    def close(self) -> None:
        """No more events come."""
        self._queue.put_nowait(None)

    def __aiter__(self) -> Self:
        return self

    async def __anext__(self) -> AnyTurnEvent:
        event = None if self._over else await self._queue.get()
        self._room.set()
        if event is None:
            self._over = True
            raise StopAsyncIteration
        return event
