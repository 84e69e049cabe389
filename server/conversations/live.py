"""Turns that are being performed in this process, and the numbered buffer of what each has sent."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any
from uuid import UUID

from server.conversations.plans import TurnPlan
from shared.contract.turn import AnyTurnEvent

Payload = dict[str, Any]
Send = Callable[[Payload], Awaitable[None]]
"""Sends one event as JSON."""


class LiveTurn:
    """One turn while it runs. Sending and replaying take turns, so that nobody gets events out of order."""

    def __init__(self, plan: TurnPlan, send: Send) -> None:
        self.plan = plan
        self.events: list[AnyTurnEvent] = []
        self.cancel: Callable[[], None] = self._cancel_later
        """Ends the turn early; `finished` comes with what was said."""
        self.cancelled = False
        self._send = send
        self._lock = asyncio.Lock()

    def _cancel_later(self) -> None:
        self.cancelled = True

    async def publish(self, event: AnyTurnEvent) -> None:
        """Keeps an event and sends it to everybody in the conversation."""
        async with self._lock:
            self.events.append(event)
            await self._send(event.model_dump(mode="json"))

    async def replay(self, after_seq: int, send: Send) -> None:
        """Sends one who came back every event with a greater `seq`; what happens meanwhile waits."""
        async with self._lock:
            for event in self.events[after_seq + 1 :]:
                await send(event.model_dump(mode="json"))


class LiveTurns:
    """The running turns of this process, by id."""

    def __init__(self) -> None:
        self._turns: dict[UUID, LiveTurn] = {}

    def add(self, turn: LiveTurn) -> None:
        """From now on it can be found."""
        self._turns[turn.plan.turn_id] = turn

    def remove(self, turn: LiveTurn) -> None:
        """It is stored whole, or lost."""
        self._turns.pop(turn.plan.turn_id, None)

    def find(self, turn_id: UUID, conversation_id: UUID) -> LiveTurn | None:
        """A running turn of this conversation: another's is nobody's business."""
        turn = self._turns.get(turn_id)
        return turn if turn and turn.plan.conversation_id == conversation_id else None

    def cancel_all(self) -> None:
        """Ends every turn early."""
        for turn in self._turns.values():
            turn.cancel()
