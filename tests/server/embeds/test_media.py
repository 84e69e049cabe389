"""Avatars on the wire: compressed once, each encoding with a tag of its own, ranges of what was uploaded."""

import asyncio
import gzip
from collections.abc import AsyncIterator, Mapping
from hashlib import sha256
from pathlib import Path

import brotli
import httpx
import pytest

from server.avatars.forms import LateForms, form_key, form_of, keep_forms
from server.avatars.service import keep_blob
from server.config import Settings
from server.web.parts import Parts
from tests.server.conftest import Signed
from tests.server.embeds.conftest import SITE, EmbedFixture
from tests.server.glbs import triangle_glb

AVATAR = triangle_glb()
DIGEST = sha256(AVATAR).hexdigest()
UNPACK = {"br": brotli.decompress, "gzip": gzip.decompress, None: bytes}
Answer = tuple[httpx.Response, bytes]


@pytest.fixture
async def client(live_server: str) -> AsyncIterator[httpx.AsyncClient]:
    """Requests over a real socket: what is tested here is the wire."""
    async with httpx.AsyncClient(base_url=live_server) as opened:
        yield opened


@pytest.fixture
async def address(client: httpx.AsyncClient, live_server: str, first: Signed, embed: EmbedFixture) -> str:
    """Where a real server has the avatar of a release that was just published."""
    answer = await client.get(
        f"/embed/{await embed(first)}/config.json", params={"site": SITE}, headers={"Origin": SITE}
    )
    return f"{live_server}/media/{answer.json()['release_id']}/avatar.glb"


async def fetch(address: str, accepted: str, headers: Mapping[str, str] | None = None) -> Answer:
    """Fetches without unpacking what comes."""
    async with httpx.AsyncClient() as wire:
        asking = wire.build_request("GET", address, headers={"Accept-Encoding": accepted, **(headers or {})})
        answer = await wire.send(asking, stream=True)
        content = b"".join([chunk async for chunk in answer.aiter_raw()])
        await answer.aclose()
    return answer, content


def folder_of(settings: Settings, who: Signed) -> Path:
    return settings.blobs_folder / str(who.tenant) / "blobs"


@pytest.mark.parametrize(
    ("accepted", "encoding"),
    [
        ("gzip, deflate, br, zstd", "br"),
        ("gzip", "gzip"),
        ("br;q=0, gzip;q=0.1", "gzip"),
        ("identity", None),
        ("", None),
    ],
)
async def test_an_avatar_comes_in_the_best_encoding_its_browser_takes(
    address: str, accepted: str, encoding: str | None
) -> None:
    answer, content = await fetch(address, accepted)

    assert answer.status_code == 200
    assert answer.headers.get("content-encoding") == encoding
    assert UNPACK[encoding](content) == AVATAR
    assert (len(content) < len(AVATAR)) == bool(encoding)
    assert int(answer.headers["content-length"]) == len(content)
    assert answer.headers["vary"] == "Accept-Encoding"
    assert answer.headers["content-type"] == "model/gltf-binary"
    assert answer.headers["cache-control"] == "public, max-age=31536000, immutable"


async def test_each_encoding_has_a_tag_of_its_own(address: str) -> None:
    tags = {name: (await fetch(address, name))[0].headers["etag"] for name in ("br", "gzip", "identity")}

    known = {name: await fetch(address, name, {"If-None-Match": tag}) for name, tag in tags.items()}
    other, _ = await fetch(address, "br", {"If-None-Match": tags["identity"]})

    assert len(set(tags.values())) == 3
    assert all(tag.startswith('"') for tag in tags.values())
    assert all((answer.status_code, content) == (304, b"") for answer, content in known.values())
    assert {name: answer.headers["etag"] for name, (answer, _) in known.items()} == tags
    assert (other.status_code, other.headers["etag"]) == (200, tags["br"])


async def test_a_range_is_of_the_avatar_as_it_is(address: str) -> None:
    part, content = await fetch(address, "br", {"Range": "bytes=4-11"})
    packed, _ = await fetch(address, "br")
    stale, whole = await fetch(address, "br", {"Range": "bytes=4-11", "If-Range": packed.headers["etag"]})
    beyond, _ = await fetch(address, "br", {"Range": f"bytes={len(AVATAR)}-"})

    assert (part.status_code, content) == (206, AVATAR[4:12])
    assert part.headers["content-range"] == f"bytes 4-11/{len(AVATAR)}"
    assert "content-encoding" not in part.headers
    assert "accept-ranges" not in packed.headers
    assert (stale.status_code, whole) == (200, AVATAR)
    assert beyond.status_code == 416


async def test_an_older_release_is_compressed_by_its_first_visitor(
    address: str, settings: Settings, first: Signed
) -> None:
    folder = folder_of(settings, first)
    for file in folder.glob("*.*"):
        file.unlink()

    before, content = await fetch(address, "br")
    after = before
    while "content-encoding" not in after.headers:
        after, _ = await fetch(address, "br")

    assert (before.headers.get("content-encoding"), content) == (None, AVATAR)
    assert before.headers["cache-control"] == "public, max-age=60"
    assert after.headers["content-encoding"] == "br"
    assert (folder / f"{DIGEST}.br").stat().st_size == int(after.headers["content-length"])


async def test_what_does_not_become_smaller_is_sent_as_it_is(parts: Parts, first: Signed) -> None:
    digest = await keep_blob(parts, first.tenant, noise := brotli.compress(AVATAR * 9))

    await keep_forms(parts.blobs, first.tenant, digest)
    form = await form_of(parts.blobs, first.tenant, digest, "br")

    assert form is not None
    assert form.bytes == 0
    assert await parts.blobs.get(first.tenant, digest) == noise


async def test_many_visitors_have_it_compressed_once(parts: Parts, first: Signed) -> None:
    digest = await keep_blob(parts, first.tenant, AVATAR)
    late = LateForms(parts.blobs)

    await asyncio.gather(*(late.make(first.tenant, digest) for _ in range(8)))
    key = form_key(first.tenant, digest, "br")
    stored = b"".join([chunk async for chunk in parts.blobs.stream_at(key)])

    assert brotli.decompress(stored) == AVATAR


async def test_another_tenants_form_is_its_own(parts: Parts, first: Signed, second: Signed) -> None:
    digest = await keep_blob(parts, first.tenant, AVATAR)

    await keep_forms(parts.blobs, first.tenant, digest, AVATAR)

    assert await form_of(parts.blobs, first.tenant, digest, "br") is not None
    assert await form_of(parts.blobs, second.tenant, digest, "br") is None
