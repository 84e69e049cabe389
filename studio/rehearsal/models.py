"""Making the rehearsal's parts for a project, with the models that this desk has keys for."""

from pydantic import SecretStr

from shared.contract.chatbot import ModelChoice
from shared.providers.chat import ChatModel
from shared.providers.choosing import ProviderKeys, Providers
from studio.config import Settings
from studio.files.project import Project
from studio.rehearsal.indexing import KnowledgeIndex, SharedEmbedder
from studio.rehearsal.turns import Rehearsal


def provider_keys(settings: Settings) -> ProviderKeys:
    """The keys that this person brought along."""
    return ProviderKeys(
        openai=_plain(settings.openai_api_key),
        openai_base_url=settings.openai_base_url,
        anthropic=_plain(settings.anthropic_api_key),
        anthropic_base_url=settings.anthropic_base_url,
    )


def _plain(secret: SecretStr | None) -> str:
    return secret.get_secret_value() if secret else ""


class RehearsalParts:
    """What the studio keeps for its life: embedding model and provider connections. Each project gets its own rest."""

    def __init__(self, settings: Settings) -> None:
        self._embedder = SharedEmbedder(settings.models_folder)
        self._providers = Providers(provider_keys(settings))

    def for_project(self, project: Project) -> tuple[KnowledgeIndex, Rehearsal]:
        """The index of a project's knowledge, and a new conversation over it."""
        index = KnowledgeIndex(project, self._embedder)
        return index, Rehearsal(index, self._models)

    def _models(self, choice: ModelChoice) -> list[ChatModel]:
        return self._providers.models_for(choice)

    async def close(self) -> None:
        """Let go of the providers' connections."""
        await self._providers.close()
