"""The object store: content-addressed files under tenant-prefixed keys, in a folder or in S3.

Keys: `TENANT/blobs/SHA256` for whole blobs, `TENANT/parts/SHA256/...` for uploads that are under way.
"""

import asyncio
from collections.abc import AsyncIterable, AsyncIterator
from typing import Any

import obstore
from obstore.exceptions import BaseError
from obstore.store import LocalStore, ObjectStore, S3Store

from server.config import Settings
from server.db.base import TenantId
from shared.errors import NotFound, Unavailable

_CHUNK_BYTES = 1 << 20
_REST_SECONDS = 0.1
_AWAY = "The object store is away. Try again in a moment; nothing that was saved is lost."


class BlobStore:
    """Reads and writes blobs of a tenant. Holds no state, so every server process may have its own."""

    def __init__(self, store: ObjectStore) -> None:
        self._store = store
        self._used = False

    async def put(self, tenant: TenantId, sha256: str, content: bytes | AsyncIterable[bytes]) -> None:
        """Stores a blob whose digest the caller has verified; storing it again changes nothing.

        Raises: Unavailable: the object store is away.
        """
        await self.put_at(blob_key(tenant, sha256), content)

    async def get(self, tenant: TenantId, sha256: str) -> bytes:
        """The whole blob.

        Raises: NotFound: the tenant has no such blob. Unavailable: the object store is away.
        """
        return b"".join([chunk async for chunk in self.stream(tenant, sha256)])

    async def exists(self, tenant: TenantId, sha256: str) -> bool:
        """Whether the tenant has the blob."""
        return await self.size_at(blob_key(tenant, sha256)) is not None

    async def size(self, tenant: TenantId, sha256: str) -> int:
        """The blob's size in bytes.

        Raises: NotFound: the tenant has no such blob.
        """
        found = await self.size_at(blob_key(tenant, sha256))
        if found is None:
            raise NotFound("blob")
        return found

    def stream(self, tenant: TenantId, sha256: str, start: int = 0, end: int | None = None) -> AsyncIterator[bytes]:
        """Yields the bytes from `start` up to, not including, `end`. Raises as `get` does, at the first step."""
        return self.stream_at(blob_key(tenant, sha256), start, end)

    async def put_at(self, key: str, content: bytes | AsyncIterable[bytes]) -> None:
        """Writes one object; a reader sees all of it or nothing."""
        self._used = True
        try:
            await obstore.put_async(self._store, key, content)
        except (BaseError, OSError) as error:
            raise Unavailable(_AWAY) from error

    async def size_at(self, key: str) -> int | None:
        """Size of an object in bytes, None when there is none."""
        self._used = True
        try:
            return int((await obstore.head_async(self._store, key))["size"])
        except FileNotFoundError:
            return None
        except (BaseError, OSError) as error:
            raise Unavailable(_AWAY) from error

    async def stream_at(self, key: str, start: int = 0, end: int | None = None) -> AsyncIterator[bytes]:
        """Yields an object's bytes in chunks of about a mebibyte."""
        asked: Any = {"range": (start, end) if end is not None else {"offset": start}} if (start or end) else None
        self._used = True
        try:
            found = await obstore.get_async(self._store, key, options=asked)
            async for chunk in found.stream(min_chunk_size=_CHUNK_BYTES):
                yield bytes(chunk)
        except FileNotFoundError as error:
            raise NotFound("blob") from error
        except (BaseError, OSError) as error:
            raise Unavailable(_AWAY) from error

    async def close(self) -> None:
        """Call last, before the program ends."""
        # WORKAROUND https://github.com/developmentseed/obstore: its threads still let go of Python objects some
        # milliseconds after an answer, and abort the program when Python is gone by then: can go when they do not.
        if self._used:
            self._used = False
            await asyncio.sleep(_REST_SECONDS)

    async def move(self, source: str, target: str) -> None:
        """Gives an object another key."""
        self._used = True
        try:
            await obstore.rename_async(self._store, source, target)
        except FileNotFoundError as error:
            raise NotFound("blob") from error
        except (BaseError, OSError) as error:
            raise Unavailable(_AWAY) from error

    async def clear(self, prefix: str) -> None:
        """Deletes every object under a prefix that ends at a slash."""
        self._used = True
        try:
            listed = await obstore.list(self._store, prefix).collect_async()
            if listed:
                await obstore.delete_async(self._store, [entry["path"] for entry in listed])
        except FileNotFoundError:
            return
        except (BaseError, OSError) as error:
            raise Unavailable(_AWAY) from error


def blob_key(tenant: TenantId, sha256: str) -> str:
    """Where a whole blob lies."""
    return f"{tenant}/blobs/{sha256}"


def open_blob_store(settings: Settings) -> BlobStore:
    """The store that the settings name: a folder, or an S3-compatible service."""
    if not settings.blob_url:
        return BlobStore(LocalStore(settings.blobs_folder, automatic_cleanup=False, mkdir=True))
    config: Any = {"region": settings.blob_region}
    if settings.blob_access_key and settings.blob_secret_key:
        config["access_key_id"] = settings.blob_access_key
        config["secret_access_key"] = settings.blob_secret_key.get_secret_value()
    if settings.blob_endpoint:
        config["endpoint"] = settings.blob_endpoint
    allow_http = settings.blob_endpoint.startswith("http://")
    return BlobStore(S3Store.from_url(settings.blob_url, config=config, client_options={"allow_http": allow_http}))
