"""What nobody needs any more is cleared away at night, and nothing else."""

import hashlib

import httpx
import pytest
from sqlalchemy import text

from server.accounts.sweep import forget_old_sign_ins
from server.avatars.service import parts_prefix
from server.avatars.sweep import clear_stale_uploads
from server.db.engine import platform_session
from server.web.parts import Parts
from tests.server.conftest import Signed

CONTENT = b"half of it has come"
DIGEST = hashlib.sha256(CONTENT).hexdigest()


async def later(parts: Parts, statement: str) -> None:
    """Lets time pass, in the database."""
    async with platform_session(parts.engines.platform) as session:
        await session.execute(text(statement))


@pytest.mark.parametrize(
    ("statement", "forgotten"),
    [("select 1", 0), ("update refresh_families set expires_at = now() - interval '8 days'", 1),
     ("update refresh_families set ended_at = now() - interval '8 days'", 1),
     ("update refresh_families set ended_at = now() - interval '6 days'", 0)],
)  # fmt: skip
async def test_sign_ins_are_forgotten_a_week_after_their_end(
    parts: Parts, first: Signed, statement: str, forgotten: int
) -> None:
    await later(parts, statement)

    assert await forget_old_sign_ins(parts.engines) == forgotten


async def test_an_upload_that_nobody_went_on_with_is_cleared_away(
    client: httpx.AsyncClient, parts: Parts, first: Signed, second: Signed
) -> None:
    for who in (first, second):
        address = f"/api/blobs/{DIGEST}/upload?total={len(CONTENT)}&offset=0"
        await client.patch(address, content=CONTENT[:5], headers=who.headers)
    await later(parts, f"update uploads set updated_at = now() - interval '3 days' where tenant_id = '{first.tenant}'")
    folder = parts.settings.blobs_folder

    cleared = await clear_stale_uploads(parts)

    left = [path for path in folder.rglob("*") if path.is_file()]
    assert cleared == 1
    assert len(left) == 1
    assert left[0].is_relative_to(folder / parts_prefix(second.tenant, DIGEST))
