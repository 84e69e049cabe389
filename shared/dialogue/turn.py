"""One turn: retrieve, compose, stream, act. `open_turn` is the whole surface.

Calls go down, events come up as one stream; nothing here knows a socket, a screen or a database. Whatever a library
raises or a provider does ends in another model's answer or in `failed`, never in an exception out of the stream.
"""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from time import perf_counter

from shared.acting.moments import Moment
from shared.contract.turn import Ask, Outcome, RetrievedPassage, Timings, TurnFailed, TurnFinished, TurnStarted, Usage
from shared.dialogue.asking import Answering, begin_answer, next_chunk
from shared.dialogue.cast import Cast, TurnLimits
from shared.dialogue.compose import compose_prompt
from shared.dialogue.outlet import Stamps, TurnEvents
from shared.dialogue.questions import whole_question
from shared.dialogue.script import Script
from shared.dialogue.staging import staged_script
from shared.dialogue.trace import Staging, TurnTrace
from shared.errors import ModelCut, ModelFailed, ModelRefusedKey, ModelRefusedPrompt, TroupeError, Unavailable
from shared.knowledge.library import Found, Library
from shared.providers.chat import ChatModel, EndChunk, TextChunk, full_name
from shared.providers.cost import interrupted_usage, usage_of
from shared.providers.loading import load_sdk
from shared.providers.smalltalk import SmallTalk, small_talk

OURS = "troupe"
DECLINED_BY = f"{OURS}/understudy"
PLAIN_DECLINE = "I am sorry, I do not know that."

_MOMENTS: dict[SmallTalk, Moment] = {
    "greeting": "greeting", "thanks": "thanks", "goodbye": "goodbye", "how_are_you": "chat", "who_are_you": "greeting",
    "praise": "praise", "laugh": "chat",
}  # fmt: skip


@asynccontextmanager
async def open_turn(
    ask: Ask,
    cast: Cast,
    *,
    library: Library,
    models: Sequence[ChatModel],
    limits: TurnLimits | None = None,
    trace: TurnTrace | None = None,
) -> AsyncIterator[TurnEvents]:
    """Answer one question of a visitor.

    Args:
        ask: the question, with the history so far.
        cast: who answers.
        library: the knowledge to search.
        models: whom to ask, in order; the understudy should be the last.
        limits: bounds of time and size.
        trace: hears what the visitor does not: the prompt, and each cue with what became of it.
    Yields: the turn's events, from `started` to `finished` or `failed`; `cancel()` on them ends the turn early. Leaving
        the context ends it at once and without a word.
    """
    turn = _Turn(ask, cast, library, models, limits or TurnLimits(), trace or TurnTrace())
    performing = asyncio.create_task(turn.perform(), name=f"turn {ask.turn_id}")
    try:
        yield turn.events
    finally:
        performing.cancel()
        await asyncio.wait({performing})


class _Turn:
    """The state of one turn while it is performed."""

    def __init__(
        self,
        ask: Ask,
        cast: Cast,
        library: Library,
        models: Sequence[ChatModel],
        limits: TurnLimits,
        trace: TurnTrace,
    ) -> None:
        self._trace = trace
        self.events = TurnEvents(limits.waiting_events, self._cancel)
        self._ask, self._cast, self._library, self._models, self._limits = ask, cast, library, models, limits
        self._stamps = Stamps(ask.turn_id)
        self._opened = perf_counter()
        self._telling: asyncio.Task[None] | None = None
        self._cancelled_early = False
        self._script = self._scripted(())
        self._found: list[Found] = []
        self._outcome: Outcome = "answered"
        self._answered_by = DECLINED_BY
        self._fallbacks: list[str] = []
        self._usage = Usage(cost_microunits=0)
        self._failure: TroupeError | None = None
        self._retrieved_at: float | None = None
        self._first_token_at: float | None = None
        self._first_delta_at: float | None = None
        self._news = asyncio.Event()
        self._heard_all = asyncio.Event()

    def _cancel(self) -> None:
        self._cancelled_early = self._telling is None
        if self._telling is not None:
            self._telling.cancel()

    def _scripted(self, found: Sequence[Found], opening: Moment | None = None, citing: Moment | None = None) -> Script:
        staging = Staging(self._ask.turn_id, self._cast.recent_clips, found, opening, citing)
        self._trace.staging = staging
        return staged_script(staging, self._stamps, self._cast.acting, self._trace)

    async def perform(self) -> None:
        """Tell the turn, and say how it ended whatever happens."""
        await self.events.send(
            TurnStarted(turn_id=self._ask.turn_id, seq=self._stamps.seq(), message_id=self._ask.message_id)
        )
        self._telling = asyncio.create_task(self._tell())
        if self._cancelled_early:
            self._telling.cancel()
        try:
            await asyncio.wait({self._telling})
        finally:
            self._telling.cancel()
            await asyncio.wait({self._telling})
        if self._telling.cancelled():
            self._outcome = "cancelled"
            await self._estimate_usage()
            await self._finish()
        elif (fault := self._telling.exception()) is not None:
            self.events.fault = fault
            await self._fail("error", "Something went wrong on our side: please try again.", retryable=True)
        self.events.close()

    async def _tell(self) -> None:
        try:
            await self._answer()
        except TroupeError as error:
            self._failure = error
        if self._failure is None:
            await self._finish()
            return
        self._act_at_end("error")
        await self._send_script()
        lasting = isinstance(self._failure, ModelRefusedKey | ModelRefusedPrompt)
        await self._fail(self._failure.code, self._failure.sentence, retryable=not lasting)

    async def _answer(self) -> None:
        chat = small_talk(self._ask.text)
        self._found = [] if chat else await self._retrieve()
        self._trace.found = tuple(self._found)
        self._retrieved_at = self._elapsed()
        if chat is None and not self._found:
            await self._decline()
            return
        self._outcome = "small_talk" if chat else "answered"
        prompt = self._trace.prompt = compose_prompt(self._ask, self._cast, self._found, self._limits)
        answering = await begin_answer(self._models, prompt, self._limits, self._fallbacks)
        self._first_token_at = self._elapsed()
        self._answered_by = full_name(answering.model)
        if chat:
            self._script = self._scripted(self._found, _MOMENTS[chat])
        elif answering.model.provider == OURS:
            self._script = self._scripted(self._found, "found")
        else:
            # A model may decline in spite of its passages: only its first citation says that it found something.
            self._script = self._scripted(self._found, citing="found")
        self._usage = Usage()  # what it costs is unknown until it says how many tokens it took
        await self._perform_answer(answering)

    async def _retrieve(self) -> list[Found]:
        question = self._trace.searched = whole_question(self._ask.text, self._ask.history)
        try:
            async with asyncio.timeout(self._limits.search_seconds):
                return (await self._library.search(question, self._limits.passages))[: self._limits.passages]
        except TimeoutError as error:
            raise Unavailable("The knowledge took too long to search: please try again.") from error

    async def _decline(self) -> None:
        """Nothing was found: decline in the chatbot's own words, with a shrug, without asking any model."""
        self._outcome = "nothing_found"
        self._script = self._scripted((), "nothing_found")
        self._feed(self._cast.personality.decline.strip() or PLAIN_DECLINE)
        self._script.close()
        await self._send_script()

    async def _perform_answer(self, answering: Answering) -> None:
        """Listen to the model and send what it says, gathered, at the same time."""
        try:
            async with asyncio.TaskGroup() as group:
                group.create_task(self._send_gathered())
                await self._listen(answering)
        finally:
            await answering.stream.aclose()

    async def _listen(self, answering: Answering) -> None:
        deadline = perf_counter() + self._limits.answer_seconds
        chunk: TextChunk | EndChunk = answering.first
        try:
            while isinstance(chunk, TextChunk):
                self._feed(chunk.text)
                self._news.set()
                left = deadline - perf_counter()
                if left <= 0:
                    raise ModelCut(full_name(answering.model))
                chunk = await next_chunk(
                    answering.stream, answering.model, min(left, self._limits.between_tokens_seconds)
                )
            await self._end(answering.model, chunk)
        except ModelFailed as error:
            self._failure = error
        self._script.close()
        self._heard_all.set()
        self._news.set()

    def _feed(self, text: str) -> None:
        self._trace.staging.reply += text
        self._script.feed(text)

    async def _end(self, model: ChatModel, end: EndChunk) -> None:
        if model.provider not in {OURS, "compatible"}:
            await load_sdk("genai_prices")
        self._usage = usage_of(model.provider, model.model, end)
        if end.stop == "refused":
            self._act_at_end("refused")

    async def _estimate_usage(self) -> None:
        """A model that was broken off says no more what it took, and is billed all the same."""
        prompt, (provider, _, model) = self._trace.prompt, self._answered_by.partition("/")
        if prompt is None or provider == OURS or self._usage != Usage():
            return
        if provider != "compatible":
            await load_sdk("genai_prices")
        self._usage = interrupted_usage(provider, model, prompt, self._trace.staging.reply)

    def _act_at_end(self, moment: Moment) -> None:
        self._trace.staging.endings.append(moment)
        self._script.act(moment)

    async def _send_gathered(self) -> None:
        """Send the first words at once, and then what has gathered."""
        while True:
            await self._news.wait()
            self._news.clear()
            last = self._heard_all.is_set()
            await self._send_script()
            if last:
                return
            if self._first_delta_at is None:
                continue  # a marker alone was heard: its words shall not wait
            try:
                await asyncio.wait_for(self._heard_all.wait(), self._limits.gather_seconds)
            except TimeoutError:
                continue

    async def _send_script(self) -> None:
        for event in self._script.take():
            await self.events.send(event)
            if self._first_delta_at is None and event.type == "delta":
                self._first_delta_at = self._elapsed()

    async def _finish(self) -> None:
        if self._outcome == "answered" and self._script.sent == self._cast.personality.decline.strip():
            self._outcome = "nothing_found"
        await self.events.send(
            TurnFinished(
                turn_id=self._ask.turn_id,
                seq=self._stamps.seq(),
                text=self._script.sent,
                outcome=self._outcome,
                answered_by=self._answered_by,
                usage=self._usage,
                timings=self._timings(),
                retrieved=tuple(_retrieved(one) for one in self._found),
                fallbacks=tuple(self._fallbacks),
            )
        )

    async def _fail(self, code: str, sentence: str, *, retryable: bool) -> None:
        await self.events.send(
            TurnFailed(
                turn_id=self._ask.turn_id, seq=self._stamps.seq(), code=code, sentence=sentence, retryable=retryable
            )
        )

    def _elapsed(self) -> float:
        return perf_counter() - self._opened

    def _timings(self) -> Timings:
        return Timings(
            retrieved=self._retrieved_at,
            first_token=self._first_token_at,
            first_delta=self._first_delta_at,
            finished=self._elapsed(),
        )


def _retrieved(found: Found) -> RetrievedPassage:
    return RetrievedPassage(document_id=found.document_id, title=found.title, page=found.page, score=found.score)
