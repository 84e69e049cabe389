"""Slows down guessing: so many sign-in attempts per e-mail address, and five times as many per network address."""

import time

from limits import RateLimitItem, parse
from limits.aio.storage import MemoryStorage, RedisStorage
from limits.aio.strategies import MovingWindowRateLimiter

from server.config import Settings
from shared.errors import TooFast

_ADDRESSES_FACTOR = 5


class SignInThrottle:
    """Counts attempts in memory, or in Redis where there is more than one server process."""

    def __init__(self, settings: Settings) -> None:
        url = settings.redis_url
        storage = RedisStorage(f"async+{url.get_secret_value()}") if url else MemoryStorage()
        self._limiter = MovingWindowRateLimiter(storage)
        self._per_email = parse(settings.sign_in_limit)
        per_address = self._per_email.amount * _ADDRESSES_FACTOR
        self._per_address = type(self._per_email)(per_address, self._per_email.multiples)

    async def count(self, email: str, address: str) -> None:
        """Counts one attempt.

        Raises: TooFast: too many came for this e-mail address, or from this network address.
        """
        await self._count(self._per_address, "address", address)
        await self._count(self._per_email, "email", email)

    async def _count(self, limit: RateLimitItem, kind: str, value: str) -> None:
        if not await self._limiter.hit(limit, "sign-in", kind, value):
            window = await self._limiter.get_window_stats(limit, "sign-in", kind, value)
            raise TooFast(max(1.0, window.reset_time - time.time()))
