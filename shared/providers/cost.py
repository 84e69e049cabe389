"""What an answer cost, in millionths of a US dollar, from the price list that lies in genai-prices."""

from decimal import ROUND_HALF_UP, Decimal
from functools import cache
from importlib.metadata import version
from typing import Final

from shared.contract.turn import Usage
from shared.providers.chat import EndChunk, Prompt
from shared.providers.tokens import counted_tokens

MICROUNITS: Final = 1_000_000


@cache
def price_snapshot() -> str:
    """Which price list costs are taken from."""
    return f"genai-prices {version('genai-prices')}"


def usage_of(provider: str, model: str, end: EndChunk) -> Usage:
    """Tokens and cost of one answer.

    Returns: cost 0 for our own understudy; None for a model whose price is not known, never zero.
    """
    own = provider == "troupe"
    cost = 0 if own else _cost(provider, end.model or model, end) or _cost(provider, model, end)
    return Usage(
        input_tokens=end.input_tokens,
        output_tokens=end.output_tokens,
        cached_tokens=end.cached_tokens,
        cost_microunits=cost,
        price_snapshot="" if own else price_snapshot(),
    )


def interrupted_usage(provider: str, model: str, prompt: Prompt, said: str) -> Usage:
    """Estimated tokens and cost of an answer that was broken off: its provider bills it, but says nothing any more.

    Imports the price list; `price_snapshot` says that the tokens are estimates.
    """
    read = counted_tokens(prompt.system) + counted_tokens(prompt.request)
    read += sum(counted_tokens(message.text) for message in prompt.history)
    usage = usage_of(provider, model, EndChunk("end", read, counted_tokens(said)))
    return usage.model_copy(update={"price_snapshot": f"{usage.price_snapshot}, tokens estimated"})


def _cost(provider: str, model: str, end: EndChunk) -> int | None:
    """The price, or None: a server that is merely compatible has prices of its own."""
    if provider == "compatible":
        return None
    import genai_prices

    usage = genai_prices.Usage(
        input_tokens=end.input_tokens, output_tokens=end.output_tokens, cache_read_tokens=end.cached_tokens
    )
    try:
        price = genai_prices.calc_price(usage, model_ref=model, provider_id=provider).total_price
    except (LookupError, ValueError):
        return None
    return int((Decimal(price) * MICROUNITS).to_integral_value(ROUND_HALF_UP))
