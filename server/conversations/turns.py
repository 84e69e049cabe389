"""Performing turns: each in a task of its own that no connection owns, saved before its last event is sent."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import structlog

from server.conversations import queries
from server.conversations.live import LiveTurn, LiveTurns, Payload
from server.conversations.outcomes import outcome_of
from server.conversations.plans import TurnPlan
from server.db.base import TenantId
from server.db.engine import Engines, tenant_session
from server.usage.service import cost_since, record_use
from shared.contract.turn import AnyTurnEvent, TurnFailed, TurnFinished
from shared.dialogue import TurnLimits, open_turn
from shared.errors import Unavailable
from shared.knowledge.library import Library
from shared.providers.budget import is_spent, month_start, within_budget
from shared.providers.chat import ChatModel
from shared.providers.choosing import Providers

log: structlog.stdlib.BoundLogger = structlog.get_logger()

OpenLibrary = Callable[[TenantId, UUID, Sequence[Any]], Library]
"""From tenant, chatbot and the release's documents to the knowledge to search."""
SendToConversation = Callable[[TenantId, UUID, Payload], Awaitable[None]]

_SAVE_AGAIN_SECONDS = (0.2, 1.0, 3.0)
_CLOSE_SECONDS = 5.0


class Performances:
    """Performs turns in this process.

    Args:
        engines: where turns are saved.
        providers: the models.
        open_library: the knowledge of a release.
        send: reaches everybody in a conversation.
    """

    def __init__(
        self, engines: Engines, providers: Providers, open_library: OpenLibrary, send: SendToConversation
    ) -> None:
        self.live = LiveTurns()
        self.limits = TurnLimits()
        self._engines = engines
        self._providers = providers
        self._open_library = open_library
        self._send = send
        self._tasks: set[asyncio.Task[None]] = set()

    def start(self, plan: TurnPlan) -> None:
        """Begins a turn whose message is committed."""
        turn = LiveTurn(plan, lambda payload: self._send(plan.tenant_id, plan.conversation_id, payload))
        self.live.add(turn)
        task = asyncio.create_task(self._perform(turn), name=f"turn {plan.turn_id}")
        self._tasks.add(task)
        task.add_done_callback(self._done)

    async def close(self) -> None:
        """Ends every turn with what it has said so far, and waits until all are saved."""
        self.live.cancel_all()
        if self._tasks:
            _, late = await asyncio.wait(self._tasks, timeout=_CLOSE_SECONDS)
            for task in late:
                task.cancel()
            await asyncio.gather(*late, return_exceptions=True)

    def _done(self, task: asyncio.Task[None]) -> None:
        self._tasks.discard(task)
        if not task.cancelled() and task.exception():
            log.error("turn_crashed", task=task.get_name(), exc_info=task.exception())

    async def _perform(self, turn: LiveTurn) -> None:
        plan = turn.plan
        structlog.contextvars.clear_contextvars()
        structlog.contextvars.bind_contextvars(tenant_id=str(plan.tenant_id), turn_id=str(plan.turn_id))
        library = self._open_library(plan.tenant_id, plan.chatbot_id, plan.documents)
        try:
            models = await self._models(plan)
            async with open_turn(plan.ask, plan.cast, library=library, models=models, limits=self.limits) as events:
                turn.cancel = events.cancel
                if turn.cancelled:
                    events.cancel()
                async for event in events:
                    if isinstance(event, TurnFinished | TurnFailed):
                        _note(event, events.fault)
                        await self._end(turn, event)
                    else:
                        await turn.publish(event)
        finally:
            self.live.remove(turn)

    async def _models(self, plan: TurnPlan) -> list[ChatModel]:
        """Whom to ask. Of a chatbot with a budget each turn asks what this month has cost so far.

        While the database is away nobody knows, and nobody who costs anything is asked.
        """
        models, budget = self._providers.models_for(plan.models), plan.models.monthly_budget_micros
        if budget is None:
            return models
        try:
            async with tenant_session(self._engines.app, plan.tenant_id) as session:
                month = month_start(datetime.now(UTC))
                spent = await cost_since(session, plan.tenant_id, plan.chatbot_id, month)
        except Unavailable:
            spent = budget
        if is_spent(plan.models, spent):
            log.info("budget_spent", budget_microunits=budget)
        return within_budget(models, plan.models, spent)

    async def _end(self, turn: LiveTurn, last: TurnFinished | TurnFailed) -> None:
        """Saves first, so that whoever hears the end finds it; and tells the end even if saving crashes."""
        try:
            await self._save(turn.plan, [*turn.events, last])
        finally:
            await turn.publish(last)

    async def _save(self, plan: TurnPlan, events: list[AnyTurnEvent]) -> None:
        """Writes the turn and what it used; while the database is away, tries again for some seconds."""
        for seconds in (*_SAVE_AGAIN_SECONDS, None):
            try:
                await self._save_once(plan, events)
            except Unavailable:
                if seconds is None:
                    log.error("turn_not_saved")  # noqa: TRY400 the reason is known: the database is away
                    return
                await asyncio.sleep(seconds)
            else:
                return

    async def _save_once(self, plan: TurnPlan, events: list[AnyTurnEvent]) -> None:
        last = events[-1]
        async with tenant_session(self._engines.app, plan.tenant_id) as session:
            await queries.end_turn(session, plan.tenant_id, plan.turn_id, outcome_of(events))
            if isinstance(last, TurnFinished):
                await record_use(session, plan.tenant_id, plan.turn_id, plan.chatbot_id, last.answered_by, last.usage)


def _note(event: TurnFinished | TurnFailed, fault: BaseException | None) -> None:
    if isinstance(event, TurnFinished):
        log.info(
            "turn_finished",
            outcome=event.outcome,
            answered_by=event.answered_by,
            first_token_seconds=event.timings.first_token,
            seconds=round(event.timings.finished, 3),
            fallbacks=list(event.fallbacks),
        )
    elif fault is not None:
        log.error("turn_failed", code=event.code, exc_info=fault)
    else:
        log.warning("turn_failed", code=event.code)
