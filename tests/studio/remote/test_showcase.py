"""The test page on the desk, and where sign-ins are kept."""

import asyncio
from datetime import UTC, datetime
from pathlib import Path
from typing import ClassVar
from uuid import UUID

import httpx
import keyring
import pytest
from keyring.backend import KeyringBackend

from shared.contract.sync import Tokens
from shared.errors import Unavailable
from studio.remote.showcase import PORT, SITE, Showcase, page_with
from studio.remote.vault import FileVault, KeptSignIn, KeyringVault, open_vault

KEPT = KeptSignIn(
    server="https://troupe.example.com",
    email="mira@example.com",
    tokens=Tokens(
        access_token="access",
        refresh_token="refresh",
        expires_at=datetime(2030, 1, 1, tzinfo=UTC),
        tenant_id=UUID(int=1),
    ),
)


class MemoryKeyring(KeyringBackend):
    """A keyring that works, and is gone with the test."""

    priority = 5

    kept: ClassVar[dict[tuple[str, str], str]] = {}

    def get_password(self, service: str, username: str) -> str | None:
        """What was kept."""
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        """Keep it."""
        self.kept[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        """Drop it."""
        self.kept.pop((service, username), None)


def test_a_name_is_text_and_the_snippet_is_markup() -> None:
    page = page_with("<b>Pip</b>", '<script async src="http://x/embed.js"></script>').decode()

    assert "<b>Pip" not in page
    assert '<script async src="http://x/embed.js"></script>' in page


async def test_the_page_is_served_with_the_newest_snippet() -> None:
    showcase = Showcase()
    try:
        await showcase.show("Pip", "<script>1</script>")
        address = await showcase.show("Pip", "<script>2</script>")
        async with httpx.AsyncClient(trust_env=False) as client:
            answer = await client.get(address)
    finally:
        await showcase.close()

    assert address == f"{SITE}/"
    assert "<script>2</script>" in answer.text
    assert "<script>1</script>" not in answer.text


async def test_a_taken_port_is_named() -> None:
    other = await asyncio.start_server(lambda _reader, writer: writer.close(), "127.0.0.1", PORT)
    async with other:
        with pytest.raises(Unavailable, match=f"Port {PORT} is taken"):
            await Showcase().show("Pip", "")


def test_sign_ins_go_to_the_keyring_where_there_is_one(tmp_path: Path) -> None:
    before = keyring.get_keyring()
    keyring.set_keyring(MemoryKeyring())  # type: ignore[no-untyped-call]  # the base has no types
    try:
        vault = open_vault(tmp_path, use_keyring=True)
        vault.save(KEPT)
        loaded = vault.load(KEPT.server)
        vault.forget(KEPT.server)
        forgotten = vault.load(KEPT.server)
    finally:
        keyring.set_keyring(before)

    assert isinstance(vault, KeyringVault)
    assert loaded == KEPT
    assert forgotten is None
    assert list(tmp_path.iterdir()) == []


def test_without_a_keyring_they_go_to_a_file(tmp_path: Path) -> None:
    vault = open_vault(tmp_path, use_keyring=False)

    vault.save(KEPT)

    assert isinstance(vault, FileVault)
    assert vault.load(KEPT.server) == KEPT
    assert vault.load("https://other.example.com") is None
