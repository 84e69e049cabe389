"""Which models answer a chatbot's turns, in order: the designer's choice, its fallbacks, the understudy."""

from dataclasses import dataclass
from typing import Final, Literal

from shared.contract.chatbot import ModelChoice
from shared.providers.anthropic_chat import AnthropicChat
from shared.providers.chat import ChatModel, full_name
from shared.providers.circuits import Circuit, GuardedModel
from shared.providers.loading import load_sdk
from shared.providers.openai_chat import OpenAiChat
from shared.providers.understudy import Understudy

Paid = Literal["openai", "anthropic", "compatible"]
PAID: Final[tuple[Paid, ...]] = ("anthropic", "openai", "compatible")
"""In the order in which `auto` takes them."""
DEFAULT_MODELS: Final[dict[Paid, str]] = {
    "openai": "gpt-5.4-mini",
    "anthropic": "claude-haiku-4-5",
    "compatible": "default",
}
"""Quick models: a visitor waits for the first word more than for the best one."""


@dataclass(frozen=True, slots=True, repr=False)
class ProviderKeys:
    """Keys and addresses of the paid providers; empty is not configured. Its repr shows no key."""

    openai: str = ""
    openai_base_url: str | None = None
    anthropic: str = ""
    anthropic_base_url: str | None = None
    compatible: str = ""
    compatible_base_url: str | None = None
    compatible_model: str = ""

    def has(self, provider: Paid) -> bool:
        """Can this provider be asked?"""
        if provider == "compatible":
            return bool(self.compatible_base_url)
        return bool(self.openai if provider == "openai" else self.anthropic)


def wanted_models(choice: ModelChoice) -> list[tuple[Paid, str]]:
    """Whom a choice names, in order, whether or not there is a key; an empty model is the provider's usual one."""
    if choice.provider == "understudy":
        return []
    first = [(provider, "") for provider in PAID] if choice.provider == "auto" else [(choice.provider, choice.model)]
    return [*first, *((one.provider, one.model) for one in choice.fallbacks)]


class Providers:
    """Keeps one client and one circuit for each model, for the life of a server or a studio.

    Args:
        keys: what is configured.
        understudy: the last in every row.
    """

    def __init__(self, keys: ProviderKeys, understudy: Understudy | None = None) -> None:
        self._keys = keys
        self._understudy = understudy or Understudy()
        self._models: dict[tuple[Paid, str], tuple[OpenAiChat | AnthropicChat, GuardedModel]] = {}

    def models_for(self, choice: ModelChoice) -> list[ChatModel]:
        """The models to ask, in order. The understudy comes last, and alone when no key is there.

        Nobody is asked whom the designer did not name: a visitor's words go to no other provider. Only `auto` takes
        whichever has a key.
        """
        paid: dict[str, ChatModel] = {}
        for provider, model in self._order(choice):
            one = self._model(provider, model)
            paid.setdefault(full_name(one), one)
        return [*paid.values(), self._understudy]

    def has(self, provider: Paid) -> bool:
        """Can this provider be asked?"""
        return self._keys.has(provider)

    async def prepare(self) -> None:
        """Import the SDKs of the providers that have a key, so that no visitor waits for it."""
        if self._keys.has("openai") or self._keys.has("compatible"):
            await load_sdk("openai")
        if self._keys.has("anthropic"):
            await load_sdk("anthropic")
        await load_sdk("genai_prices")

    async def close(self) -> None:
        """Let go of all connections."""
        for client, _ in self._models.values():
            await client.close()
        self._models.clear()

    def _order(self, choice: ModelChoice) -> list[tuple[Paid, str]]:
        return [(provider, model) for provider, model in wanted_models(choice) if self._keys.has(provider)]

    def _model(self, provider: Paid, model: str) -> GuardedModel:
        name = model or (provider == "compatible" and self._keys.compatible_model) or DEFAULT_MODELS[provider]
        if (provider, name) not in self._models:
            client = self._client(provider, name)
            self._models[provider, name] = (client, GuardedModel(client, Circuit()))
        return self._models[provider, name][1]

    def _client(self, provider: Paid, name: str) -> OpenAiChat | AnthropicChat:
        keys = self._keys
        if provider == "anthropic":
            return AnthropicChat(name, keys.anthropic, keys.anthropic_base_url)
        if provider == "openai":
            return OpenAiChat(name, keys.openai, keys.openai_base_url)
        return OpenAiChat(name, keys.compatible or "none", keys.compatible_base_url, provider="compatible")


def models_for(choice: ModelChoice, keys: ProviderKeys) -> list[ChatModel]:
    """The models to ask, in order, for a caller that makes one turn; keep `Providers` for many."""
    return Providers(keys).models_for(choice)
