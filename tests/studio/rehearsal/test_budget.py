"""A chatbot's monthly budget holds at rehearsal too, counted for each project by itself."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from shared.contract.chatbot import ChatbotDraft, ModelChoice
from shared.contract.turn import TurnFinished
from studio.config import Settings
from studio.files.documents import store_document
from studio.files.project import Project
from studio.files.spending import spent_this_month
from studio.model.edits import with_documents
from studio.rehearsal.models import RehearsalParts
from tests.providers.loopback import Loopback
from tests.providers.script import Script

QUESTION = "How high is the tower?"
TOKENS = ("It is ", "90 metres ", "high [1].")


@pytest.fixture
async def provider() -> AsyncIterator[Loopback]:
    async with Loopback(Script(tokens=TOKENS)) as running:
        yield running


@pytest.fixture
async def parts(tmp_path: Path, models_folder: Path, provider: Loopback) -> AsyncIterator[RehearsalParts]:
    given = {"config_folder": tmp_path / "config", "cache_folder": models_folder, "keyring": False}
    keys = {"OPENAI_API_KEY": "test-key", "OPENAI_BASE_URL": f"{provider.url}/v1", "ANTHROPIC_API_KEY": None}
    made = RehearsalParts(Settings.model_validate({**given, **keys}))
    yield made
    await made.close()


async def asked(parts: RehearsalParts, project: Project, draft: ChatbotDraft) -> TurnFinished:
    _, conversation = parts.for_project(project)
    async with conversation.turn(QUESTION, draft) as events:
        last = [event async for event in events][-1]
    assert isinstance(last, TurnFinished), last
    return last


async def test_once_the_budget_is_spent_the_understudy_rehearses(
    parts: RehearsalParts, provider: Loopback, tmp_path: Path
) -> None:
    projects = [Project(tmp_path / name) for name in ("one", "other")]
    stored = [store_document(project, "tower.txt", b"The tower is 90 metres high.") for project in projects]
    models = ModelChoice(provider="openai", temperature=0.3, answer_tokens=200, monthly_budget_micros=1)
    draft = with_documents(ChatbotDraft(models=models), stored[:1])

    first = await asked(parts, projects[0], draft)
    second = await asked(parts, projects[0], draft)
    elsewhere = await asked(parts, projects[1], draft)

    assert (first.answered_by, second.answered_by) == ("openai/gpt-5.4-mini", "troupe/understudy")
    assert second.fallbacks == ("openai/gpt-5.4-mini: model_budget_spent",)
    assert elsewhere.answered_by == "openai/gpt-5.4-mini"
    assert len(provider.requests) == 2
    assert spent_this_month(projects[0]) == first.usage.cost_microunits
    body = provider.requests[0].body
    assert (body["temperature"], body["max_completion_tokens"]) == (0.3, 200)
