"""Compressed forms of a blob: made once, and kept beside it under its own key with the encoding's name behind it.

A form that would not be smaller is kept empty: it says that the blob is to be sent as it is.
"""

import asyncio
from dataclasses import dataclass

from server.db.base import TenantId
from server.db.blobs import BlobStore, blob_key
from server.web.encodings import FOR_KEEPING

_WORTHWHILE = 0.97
"""A form of more than this share of its blob is not worth unpacking."""


@dataclass(frozen=True)
class Form:
    """One form of a blob, as it lies in the object store."""

    key: str
    encoding: str
    bytes: int


def form_key(tenant: TenantId, sha256: str, encoding: str) -> str:
    """Where a form of a blob lies."""
    return f"{blob_key(tenant, sha256)}.{encoding}"


async def form_of(blobs: BlobStore, tenant: TenantId, sha256: str, encoding: str) -> Form | None:
    """A blob's form in one encoding; None when it was not made yet. One of no bytes is not worth sending."""
    key = form_key(tenant, sha256, encoding)
    size = await blobs.size_at(key)
    return None if size is None else Form(key, encoding, size)


async def keep_forms(blobs: BlobStore, tenant: TenantId, sha256: str, content: bytes | None = None) -> None:
    """Makes the forms of a blob that are not there yet: some tenths of a second for a megabyte, in a thread.

    Args:
        content: of the blob, where the caller has it at hand.
    Raises: NotFound: the tenant has no such blob. Unavailable: the object store is away.
    """
    lacking = [encoding for encoding in FOR_KEEPING if await form_of(blobs, tenant, sha256, encoding) is None]
    if not lacking:
        return
    if content is None:
        content = await blobs.get(tenant, sha256)
    for encoding in lacking:
        form = await asyncio.to_thread(FOR_KEEPING[encoding], content)
        worthwhile = len(form) <= len(content) * _WORTHWHILE
        await blobs.put_at(form_key(tenant, sha256, encoding), form if worthwhile else b"")


class LateForms:
    """Makes the forms of blobs that were published without; made once by `app.py`."""

    def __init__(self, blobs: BlobStore) -> None:
        self._blobs = blobs
        self._making: set[tuple[TenantId, str]] = set()

    async def make(self, tenant: TenantId, sha256: str) -> None:
        """As `keep_forms`, but only once at a time for each blob, however many visitors ask for it."""
        making = (tenant, sha256)
        if making in self._making:
            return
        self._making.add(making)
        try:
            await keep_forms(self._blobs, tenant, sha256)
        finally:
            self._making.discard(making)
