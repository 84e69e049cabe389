"""Keys are kept by the keyring alone, tried with one cheap call, and stronger than those of the environment."""

import json
from collections.abc import Iterator
from pathlib import Path

import keyring
import pytest
from keyring.backend import KeyringBackend
from keyring.errors import PasswordDeleteError

from shared.contract.chatbot import ModelChoice
from shared.errors import ModelRefusedKey
from shared.providers.chat import full_name
from shared.providers.choosing import Paid
from studio.config import Settings
from studio.rehearsal.models import RehearsalParts, try_key
from studio.remote.keys import KeptKey
from tests.providers.loopback import Loopback

SECRET = "sk-of-nobody-else"


class Drawer(KeyringBackend):
    """A keyring in memory."""

    priority = 5

    def __init__(self) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self.entries: dict[tuple[str, str], str] = {}

    def get_password(self, service: str, username: str) -> str | None:
        return self.entries.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self.entries[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        if self.entries.pop((service, username), None) is None:
            raise PasswordDeleteError(username)


@pytest.fixture
def drawer() -> Iterator[Drawer]:
    before = keyring.get_keyring()
    made = Drawer()
    keyring.set_keyring(made)
    yield made
    keyring.set_keyring(before)


def desk(tmp_path: Path, *, with_keyring: bool, openai: str | None = None) -> RehearsalParts:
    given = {"config_folder": tmp_path / "config", "cache_folder": tmp_path / "cache", "keyring": with_keyring}
    return RehearsalParts(Settings.model_validate({**given, "OPENAI_API_KEY": openai, "ANTHROPIC_API_KEY": None}))


def files_of(folder: Path) -> list[Path]:
    return [file for file in folder.rglob("*") if file.is_file()]


async def names(parts: RehearsalParts) -> list[str]:
    return [full_name(model) for model in await parts.models_for(ModelChoice())]


async def test_a_key_is_there_again_after_the_next_start(tmp_path: Path, drawer: Drawer) -> None:
    first = desk(tmp_path, with_keyring=True)
    await first.keep_key("anthropic", KeptKey(SECRET))
    before = await names(first)

    second = desk(tmp_path, with_keyring=True)
    again = await names(second)
    source = second.source_of("anthropic")
    await second.forget_key("anthropic")

    assert before == again == ["anthropic/claude-haiku-4-5", "troupe/understudy"]
    assert source == "keyring"
    assert await names(second) == ["troupe/understudy"]
    assert drawer.entries == {}
    assert [file for file in files_of(tmp_path) if SECRET in file.read_text("utf-8", "replace")] == []


async def test_without_a_keyring_a_key_goes_with_the_program(tmp_path: Path, drawer: Drawer) -> None:
    first = desk(tmp_path, with_keyring=False)
    await first.keep_key("openai", KeptKey(SECRET))

    assert first.source_of("openai") == "memory"
    assert "openai/gpt-5.4-mini" in await names(first)
    assert await names(desk(tmp_path, with_keyring=False)) == ["troupe/understudy"]
    assert drawer.entries == {}
    assert SECRET not in repr(KeptKey(SECRET))


async def test_the_environment_s_key_is_used_again_when_the_other_is_forgotten(tmp_path: Path, drawer: Drawer) -> None:
    parts = desk(tmp_path, with_keyring=True, openai="sk-environment")
    at_first = parts.source_of("openai")

    await parts.keep_key("openai", KeptKey(SECRET))
    entered = parts.source_of("openai")
    await parts.forget_key("openai")

    assert (at_first, entered, parts.source_of("openai")) == ("environment", "keyring", "environment")


async def test_a_damaged_entry_counts_as_none(tmp_path: Path, drawer: Drawer) -> None:
    drawer.entries["troupe", "model:openai"] = "{"
    drawer.entries["troupe", "model:anthropic"] = json.dumps(["no", "key"])

    assert await names(desk(tmp_path, with_keyring=True)) == ["troupe/understudy"]


async def test_a_compatible_address_keeps_its_model(tmp_path: Path, drawer: Drawer) -> None:
    async with Loopback() as server:
        parts = desk(tmp_path, with_keyring=True)
        await parts.keep_key("compatible", KeptKey("test-key", f"{server.url}/v1", "llama-7"))

        assert await names(parts) == ["compatible/llama-7", "troupe/understudy"]
        assert (await parts.try_provider("compatible")).startswith("compatible/")
        await parts.close()
        [request] = server.requests

    assert request.body["model"] == "llama-7"
    assert any(request.body.get(limit) == 16 for limit in ("max_tokens", "max_completion_tokens"))


@pytest.mark.parametrize("name", ["openai", "anthropic"])
async def test_a_wrong_key_is_told_before_it_is_kept(tmp_path: Path, drawer: Drawer, name: Paid) -> None:
    async with Loopback() as server:
        address = f"{server.url}/v1" if name == "openai" else server.url
        parts = desk(tmp_path, with_keyring=True)

        good = await try_key(parts.keys_with(name, KeptKey("test-key", address)), name)
        with pytest.raises(ModelRefusedKey) as caught:
            await try_key(parts.keys_with(name, KeptKey(SECRET, address)), name)

    assert good.startswith(f"{name}/")
    assert SECRET not in str(caught.value)
    assert drawer.entries == {}
