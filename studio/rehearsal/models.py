"""Making the rehearsal's parts for a project, with the models that this desk has keys for."""

import asyncio
from contextlib import aclosing
from dataclasses import replace
from functools import partial
from typing import Literal

from pydantic import SecretStr

from shared.contract.chatbot import ModelChoice
from shared.errors import ModelGarbled, ModelSilent
from shared.providers.budget import OURS, CountedModel, within_budget
from shared.providers.chat import ChatModel, EndChunk, Prompt, full_name
from shared.providers.choosing import PAID, Paid, ProviderKeys, Providers
from studio.config import Settings
from studio.files.project import Project
from studio.files.spending import add_spending, spent_this_month
from studio.model.signals import Signal
from studio.rehearsal.indexing import KnowledgeIndex, SharedEmbedder
from studio.rehearsal.turns import Conversation
from studio.remote.keys import KeptKey, KeyVault

KeySource = Literal["none", "environment", "keyring", "memory"]
TRIAL_TOKENS = 16
TRIAL_SECONDS = 20.0


def provider_keys(settings: Settings) -> ProviderKeys:
    """The keys that this person brought along in the environment."""
    return ProviderKeys(
        openai=_plain(settings.openai_api_key),
        openai_base_url=settings.openai_base_url,
        anthropic=_plain(settings.anthropic_api_key),
        anthropic_base_url=settings.anthropic_base_url,
    )


def _plain(secret: SecretStr | None) -> str:
    return secret.get_secret_value() if secret else ""


def with_kept(keys: ProviderKeys, provider: Paid, kept: KeptKey) -> ProviderKeys:
    """The keys, with one that was entered here before one of the environment."""
    if provider == "compatible":
        return replace(keys, compatible=kept.key, compatible_base_url=kept.address or None, compatible_model=kept.model)
    if provider == "openai":
        return replace(keys, openai=kept.key, openai_base_url=kept.address or keys.openai_base_url)
    return replace(keys, anthropic=kept.key, anthropic_base_url=kept.address or keys.anthropic_base_url)


async def try_key(keys: ProviderKeys, provider: Paid) -> str:
    """Ask a provider for a word, at next to no cost.

    Returns: `provider/model` that answered.
    Raises: ModelFailed: it did not, with the reason.
    """
    providers = Providers(keys)
    model = providers.models_for(ModelChoice(provider=provider))[0]
    prompt = Prompt("Answer with one word.", (), "Say hello.", "Say hello.", output_tokens=TRIAL_TOKENS)
    try:
        async with asyncio.timeout(TRIAL_SECONDS), aclosing(model.answer(prompt)) as stream:
            async for chunk in stream:
                if isinstance(chunk, EndChunk):
                    return f"{provider}/{chunk.model}" if chunk.model else full_name(model)
    except TimeoutError as error:
        raise ModelSilent(full_name(model)) from error
    finally:
        await providers.close()
    raise ModelGarbled(full_name(model))


class RehearsalParts:
    """What the studio keeps for its life: embedding model and provider connections. Each project gets its own rest."""

    def __init__(self, settings: Settings) -> None:
        self.keys_changed = Signal[[]]()
        self.vault = KeyVault(use_keyring=settings.keyring)
        self._embedder = SharedEmbedder(settings.models_folder)
        self._brought = provider_keys(settings)
        self._kept: dict[Paid, KeptKey] | None = None
        self._loading = asyncio.Lock()
        self._providers = Providers(self._brought)

    def for_project(self, project: Project) -> tuple[KnowledgeIndex, Conversation]:
        """The index of a project's knowledge, and a new conversation over it."""
        index = KnowledgeIndex(project, self._embedder)
        return index, Conversation(index, lambda choice: self._within_budget(project, choice))

    async def _within_budget(self, project: Project, choice: ModelChoice) -> list[ChatModel]:
        """The models to ask for a project: what they cost is counted, and its month's budget holds here too."""
        spent = await asyncio.to_thread(spent_this_month, project)
        models = await self.models_for(choice)
        counted = [
            model if model.provider == OURS else CountedModel(model, partial(add_spending, project)) for model in models
        ]
        return within_budget(counted, choice, spent)

    async def models_for(self, choice: ModelChoice) -> list[ChatModel]:
        """The models to ask, in order, with the keys of this desk."""
        await self.kept_keys()
        return self._providers.models_for(choice)

    async def kept_keys(self) -> dict[Paid, KeptKey]:
        """The keys that were entered here; the keyring is opened with the first question, not at the start."""
        async with self._loading:
            if self._kept is None:
                self._kept = await asyncio.to_thread(self.vault.load_all)
                await self._take_up()
        return self._kept

    def source_of(self, provider: Paid) -> KeySource:
        """Where a provider's key comes from, as far as is known by now."""
        if provider in (self._kept or {}):
            return "keyring" if self.vault.durable else "memory"
        return "environment" if self._brought.has(provider) else "none"

    def keys_with(self, provider: Paid, kept: KeptKey) -> ProviderKeys:
        """The keys as they would be with another one, for trying it."""
        return with_kept(self._brought, provider, kept)

    async def try_provider(self, provider: Paid) -> str:
        """Ask a provider for a word with the keys in force. Returns and raises as `try_key`."""
        await self.kept_keys()
        return await try_key(self._in_force(), provider)

    async def keep_key(self, provider: Paid, kept: KeptKey) -> None:
        """Keep a key, and ask with it from now on.

        Raises: Unavailable: the keyring refused.
        """
        await asyncio.to_thread(self.vault.save, provider, kept)
        self._kept = {**await self.kept_keys(), provider: kept}
        await self._take_up()

    async def forget_key(self, provider: Paid) -> None:
        """Drop a key; one of the environment is used again."""
        await asyncio.to_thread(self.vault.forget, provider)
        self._kept = {name: kept for name, kept in (await self.kept_keys()).items() if name != provider}
        await self._take_up()

    async def close(self) -> None:
        """Let go of the providers' connections."""
        await self._providers.close()

    def _in_force(self) -> ProviderKeys:
        keys = self._brought
        for provider in PAID:
            if provider in (self._kept or {}):
                keys = with_kept(keys, provider, (self._kept or {})[provider])
        return keys

    async def _take_up(self) -> None:
        before, self._providers = self._providers, Providers(self._in_force())
        await before.close()
        self.keys_changed.emit()
