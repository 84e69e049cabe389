"""The chat's wire: Socket.IO namespace `/chat`. Translates, and is the edge where nothing may escape.

Every socket of a conversation is in one room, so that two tabs hear the same answer. Answers to `ask`, `resume` and
`cancel` are acknowledgements: what was wished, or a `Problem`.
"""

from collections.abc import Awaitable, Callable
from typing import Any, TypeVar

import socketio  # type: ignore[import-untyped]
import structlog
from pydantic import BaseModel, ValidationError
from socketio.exceptions import ConnectionRefusedError as SocketRefused  # type: ignore[import-untyped]

from server.conversations.live import Payload
from server.conversations.service import accept_question, stored_events
from server.conversations.throttle import QuestionThrottle
from server.conversations.turns import Performances
from server.db.engine import Engines, tenant_session
from server.embeds.tokens import VisitorClaims, VisitorTokens
from server.web.errors import problem_of
from shared.contract.embed import AskAccepted, SocketAsk, SocketCancel, SocketResume
from shared.contract.sync import Problem
from shared.errors import BadRequest, NotFound, SignInRequired, TroupeError

log: structlog.stdlib.BoundLogger = structlog.get_logger()

Wish = TypeVar("Wish", bound=BaseModel)

NAMESPACE = "/chat"
_UNEXPECTED = Problem(
    code="error", title="Internal server error", status=500,
    detail="Something went wrong on our side. It has been noted; try again.",
)  # fmt: skip
_DONE = {"ok": True}


def room_of(claims: VisitorClaims) -> str:
    """The room of a conversation; it carries the tenant."""
    return f"{claims.tenant_id}/{claims.conversation_id}"


class ChatNamespace(socketio.AsyncNamespace):  # type: ignore[misc]  # the package has no types
    """The handlers of `/chat`."""

    def __init__(
        self, engines: Engines, tokens: VisitorTokens, performances: Performances, throttle: QuestionThrottle
    ) -> None:
        super().__init__(NAMESPACE)
        self._engines = engines
        self._tokens = tokens
        self._performances = performances
        self._throttle = throttle

    async def on_connect(self, sid: str, environ: dict[str, Any], auth: Any = None) -> None:
        """Lets in who holds a visitor token."""
        token = auth.get("token") if isinstance(auth, dict) else None
        try:
            claims = self._tokens.verify_visitor(token if isinstance(token, str) else "")
        except SignInRequired as error:
            raise SocketRefused("sign_in_required", problem_of(error).model_dump(mode="json")) from error
        await self.save_session(sid, claims)
        await self.enter_room(sid, room_of(claims))

    async def on_ask(self, sid: str, payload: Any = None) -> Payload:
        """Stores the question, begins its turn, and acknowledges with the turn's id."""

        async def ask(claims: VisitorClaims) -> Payload:
            question = _read(SocketAsk, payload)
            await self._throttle.count(claims)
            async with tenant_session(self._engines.app, claims.tenant_id) as session:
                accepted = await accept_question(session, claims, question)
            if accepted.plan is not None:
                self._performances.start(accepted.plan)
            return AskAccepted(turn_id=accepted.turn_id).model_dump(mode="json")

        return await self._answered(sid, ask)

    async def on_resume(self, sid: str, payload: Any = None) -> Payload:
        """Sends this socket the events that it lacks, live ones after them."""

        async def resume(claims: VisitorClaims) -> Payload:
            wish = _read(SocketResume, payload)

            async def send(event: Payload) -> None:
                await self.emit("event", event, to=sid)

            live = self._performances.live.find(wish.turn_id, claims.conversation_id)
            if live is not None:
                await live.replay(wish.after_seq, send)
                return _DONE
            async with tenant_session(self._engines.app, claims.tenant_id) as session:
                events = await stored_events(session, claims, wish.turn_id, wish.after_seq)
            for event in events:
                await send(event)
            return _DONE

        return await self._answered(sid, resume)

    async def on_cancel(self, sid: str, payload: Any = None) -> Payload:
        """Ends a turn early; what was said stays."""

        async def cancel(claims: VisitorClaims) -> Payload:
            wish = _read(SocketCancel, payload)
            live = self._performances.live.find(wish.turn_id, claims.conversation_id)
            if live is None:
                raise NotFound("running turn")
            live.cancel()
            return _DONE

        return await self._answered(sid, cancel)

    async def on_typing(self, sid: str, payload: Any = None) -> None:
        """The visitor types: the stage in the page listens by itself, so nothing is to be done here."""

    async def _answered(self, sid: str, act: Callable[[VisitorClaims], Awaitable[Payload]]) -> Payload:
        """The socket edge: whatever happens becomes an acknowledgement."""
        try:
            claims: VisitorClaims = await self.get_session(sid)
            return await act(claims)
        except TroupeError as error:
            return problem_of(error).model_dump(mode="json")
        except Exception:
            log.exception("socket_crashed")
            return _UNEXPECTED.model_dump(mode="json")


def _read(kind: type[Wish], payload: Any) -> Wish:
    """What a client sent, checked.

    Raises: BadRequest: it does not fit; nothing of it is repeated.
    """
    try:
        return kind.model_validate(payload)
    except ValidationError as error:
        fields = ", ".join(".".join(str(part) for part in fault["loc"]) or "its body" for fault in error.errors())
        raise BadRequest(f"The message does not fit: look at {fields}.") from error
