"""How many questions a visitor, and all visitors of an embed, may ask: a visitor token costs nothing to get."""

import time

from limits import RateLimitItem, parse
from limits.aio.storage import MemoryStorage, RedisStorage
from limits.aio.strategies import MovingWindowRateLimiter

from server.config import Settings
from server.embeds.tokens import VisitorClaims
from shared.errors import TooFast


class QuestionThrottle:
    """Counts in memory, or in Redis where there is more than one server process."""

    def __init__(self, settings: Settings) -> None:
        url = settings.redis_url
        storage = RedisStorage(f"async+{url.get_secret_value()}") if url else MemoryStorage()
        self._limiter = MovingWindowRateLimiter(storage)
        self._per_visitor = parse(settings.visitor_limit)
        self._per_embed = parse(settings.embed_limit)

    async def count(self, claims: VisitorClaims) -> None:
        """Counts one question.

        Raises: TooFast: this visitor, or this embed's visitors together, asked too many.
        """
        await self._count(self._per_visitor, claims, str(claims.visitor_id))
        await self._count(self._per_embed, claims, "everybody")

    async def _count(self, limit: RateLimitItem, claims: VisitorClaims, who: str) -> None:
        place = (str(claims.tenant_id), claims.embed_id, who)
        if not await self._limiter.hit(limit, "questions", *place):
            window = await self._limiter.get_window_stats(limit, "questions", *place)
            raise TooFast(max(1.0, window.reset_time - time.time()))
