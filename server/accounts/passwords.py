"""Passwords as Argon2 hashes, computed in a thread: one takes tens of milliseconds and megabytes on purpose."""

import asyncio
from functools import cache

from pwdlib import PasswordHash
from pwdlib.hashers.argon2 import Argon2Hasher

_HASHING = PasswordHash((Argon2Hasher(time_cost=2, memory_cost=19 * 1024, parallelism=1),))
"""Source: OWASP Password Storage Cheat Sheet, Argon2id: 19 MiB, two passes, one lane."""
_AT_ONCE = 4
"""Hashes computed at a time: more would only take the machine's memory from everybody else."""


class Passwords:
    """Hashes and checks passwords, a few at a time."""

    def __init__(self) -> None:
        self._turn = asyncio.Semaphore(_AT_ONCE)

    async def hash(self, password: str) -> str:
        """The password's hash, with its own salt."""
        async with self._turn:
            return await asyncio.to_thread(_HASHING.hash, password)

    async def fits(self, password: str, password_hash: str | None) -> bool:
        """Whether the password has this hash. Takes as long for None, an account that is not there, and is False."""
        async with self._turn:
            right = await asyncio.to_thread(_HASHING.verify, password, password_hash or await _nobodys_hash())
        return right and password_hash is not None


async def _nobodys_hash() -> str:
    return await asyncio.to_thread(_make_nobodys_hash)


@cache
def _make_nobodys_hash() -> str:
    return _HASHING.hash("a password that nobody has")
