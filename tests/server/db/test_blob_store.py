"""One conformance file for both object stores: a folder, and what speaks S3."""

import hashlib
import random
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from uuid import UUID

import pytest
from pydantic import SecretStr

from server.config import Settings
from server.db.base import TenantId
from server.db.blobs import BlobStore, open_blob_store
from shared.errors import NotFound, Unavailable
from tests.server.conftest import test_settings
from tests.server.db.s3_server import Shelf, s3_server

TENANT = TenantId(UUID(int=1))
OTHER = TenantId(UUID(int=2))
CONTENT = random.Random(3).randbytes(300_000)
DIGEST = hashlib.sha256(CONTENT).hexdigest()


def s3_settings(folder: Path, address: str) -> Settings:
    return test_settings(
        folder, blob_url="s3://bucket/some/prefix", blob_endpoint=address, blob_access_key="key",
        blob_secret_key=SecretStr("secret"),
    )  # fmt: skip


@pytest.fixture
def shelf() -> Iterator[tuple[str, Shelf]]:
    """A service that speaks S3."""
    with s3_server() as found:
        yield found


@pytest.fixture(params=["folder", "s3"])
async def store(request: pytest.FixtureRequest, tmp_path: Path, shelf: tuple[str, Shelf]) -> AsyncIterator[BlobStore]:
    """Each kind of store."""
    settings = test_settings(tmp_path) if request.param == "folder" else s3_settings(tmp_path, shelf[0])
    opened = open_blob_store(settings)
    yield opened
    await opened.close()


async def test_a_blob_comes_back_as_it_was_put(store: BlobStore) -> None:
    await store.put(TENANT, DIGEST, CONTENT)
    await store.put(TENANT, DIGEST, CONTENT)

    assert await store.get(TENANT, DIGEST) == CONTENT
    assert (await store.exists(TENANT, DIGEST), await store.size(TENANT, DIGEST)) == (True, len(CONTENT))


async def test_a_tenant_has_only_its_own_blobs(store: BlobStore) -> None:
    await store.put(TENANT, DIGEST, CONTENT)

    assert not await store.exists(OTHER, DIGEST)
    with pytest.raises(NotFound):
        await store.get(OTHER, DIGEST)
    with pytest.raises(NotFound):
        await store.size(OTHER, DIGEST)


@pytest.mark.parametrize(("start", "end"), [(0, 10), (5, 6), (299_990, 300_000), (100, None)])
async def test_a_range_is_streamed(store: BlobStore, start: int, end: int | None) -> None:
    await store.put(TENANT, DIGEST, CONTENT)

    found = b"".join([chunk async for chunk in store.stream(TENANT, DIGEST, start, end)])

    assert found == CONTENT[start:end]


async def test_a_large_blob_is_put_in_chunks(store: BlobStore) -> None:
    async def chunks() -> AsyncIterator[bytes]:
        for _ in range(40):
            yield CONTENT

    await store.put(TENANT, DIGEST, chunks())

    assert await store.get(TENANT, DIGEST) == CONTENT * 40


async def test_an_empty_blob_is_a_blob(store: BlobStore) -> None:
    await store.put(TENANT, DIGEST, b"")

    assert (await store.get(TENANT, DIGEST), await store.size(TENANT, DIGEST)) == (b"", 0)


async def test_an_object_moves(store: BlobStore) -> None:
    await store.put_at("a/parts/whole", CONTENT)
    await store.move("a/parts/whole", "a/blobs/x")

    assert (await store.size_at("a/parts/whole"), await store.size_at("a/blobs/x")) == (None, len(CONTENT))
    with pytest.raises(NotFound):
        await store.move("a/parts/whole", "a/blobs/x")


async def test_clearing_a_prefix_leaves_its_neighbours(store: BlobStore) -> None:
    for key in ("a/parts/one/1", "a/parts/one/2", "a/parts/other/1"):
        await store.put_at(key, b"x")
    for _ in range(2):
        await store.clear("a/parts/one/")

    sizes = [await store.size_at(key) for key in ("a/parts/one/1", "a/parts/one/2", "a/parts/other/1")]
    assert sizes == [None, None, 1]


async def test_a_store_that_is_away_is_named(tmp_path: Path) -> None:
    store = open_blob_store(s3_settings(tmp_path, "http://127.0.0.1:9"))

    with pytest.raises(Unavailable, match="object store is away"):
        await store.exists(TENANT, DIGEST)
    await store.close()
