"""What a turn adds: our time to the first delta minus the provider's first token, on loopback."""

import asyncio
import time
from uuid import uuid4

from shared.contract.turn import Ask
from shared.dialogue.turn import open_turn
from shared.providers.anthropic_chat import AnthropicChat
from shared.providers.chat import ChatModel
from shared.providers.loading import load_sdk
from shared.providers.openai_chat import OpenAiChat
from tests.bench.__main__ import Row
from tests.providers.loopback import Loopback
from tests.providers.script import Script
from tests.shared.dialogue.stages import CAST, TOWER

TURNS = 300
WARM_UP = 20
PROMISED_MILLISECONDS = 15.0
TOKENS = ("<act happy 0.7 greet/>", *(f"word{number} " for number in range(40)))


def run() -> list[Row]:
    """Measure several hundred turns with each provider's real SDK."""
    return asyncio.run(_measure())


async def _measure() -> list[Row]:
    rows: list[Row] = []
    for name in ("openai", "anthropic"):
        await load_sdk(name)
        async with Loopback(Script(tokens=TOKENS, seconds_to_first_token=0.002, seconds_between=0.0005)) as server:
            model = _model(name, server)
            overheads = [await _overhead(server, model) for _ in range(WARM_UP + TURNS)][WARM_UP:]
            await model.close()
        rows += _rows(name, sorted(1_000 * seconds for seconds in overheads))
    return rows


def _model(name: str, server: Loopback) -> OpenAiChat | AnthropicChat:
    if name == "openai":
        return OpenAiChat("gpt-5.4-mini", "test-key", f"{server.url}/v1")
    return AnthropicChat("claude-haiku-4-5", "test-key", server.url)


async def _overhead(server: Loopback, model: ChatModel) -> float:
    """Seconds from the moment when the provider wrote its first token to our first delta in the reader's hand."""
    ask = Ask(turn_id=uuid4(), message_id=uuid4(), text="How high is the tower?")
    first_delta = 0.0
    async with open_turn(ask, CAST, library=TOWER, models=[model]) as events:
        async for event in events:
            if event.type == "delta" and not first_delta:
                first_delta = time.perf_counter()
    return first_delta - server.first_token_at


def _rows(name: str, sorted_milliseconds: list[float]) -> list[Row]:
    def quantile(share: float) -> float:
        return sorted_milliseconds[min(len(sorted_milliseconds) - 1, int(share * len(sorted_milliseconds)))]

    return [
        {"what": f"first delta after the first token, {name}, p50", "value": quantile(0.5), "unit": "ms"},
        {
            "what": f"first delta after the first token, {name}, p95",
            "value": quantile(0.95),
            "unit": "ms",
            "promise": f"<= {PROMISED_MILLISECONDS:.0f}",
        },
    ]
