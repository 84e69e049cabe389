"""What is read off a project's files for the checklist."""

from pathlib import Path

import pytest

from shared.contract.avatar import AvatarFacts
from shared.contract.chatbot import ChatbotDraft, GoldQuestion
from shared.contract.rehearsal import Rehearsal, RehearsalTurn
from shared.dialogue.gold import GoldResult, GoldScore
from studio.files.creation import new_project, take_document
from studio.files.evidence import gather
from studio.files.gold import keep_score
from studio.files.project import Project
from studio.files.replays import keep_replay
from studio.model.edits import with_documents

AVATAR = Path(__file__).parents[3] / "packaging" / "avatars" / "pip.glb"
KEY = "sk-" + "proj-Ab3dEf6hIj9kLm2nOp5q"


@pytest.fixture
def made(tmp_path: Path) -> tuple[Project, ChatbotDraft]:
    """A project with one document."""
    project, draft = new_project(tmp_path / "pip", AVATAR)
    source = tmp_path / "notes.md"
    source.write_text("# Notes\n\nWe open at ten.\n")
    return project, with_documents(draft, [take_document(project, source)])


def test_a_clean_project_shows_nothing_but_its_weight(made: tuple[Project, ChatbotDraft]) -> None:
    found = gather(*made, AvatarFacts())

    assert (found.missing_files, found.unread_documents, found.secrets, found.stray_secrets) == ((), (), (), ())
    assert 50_000 < found.wire_bytes < AVATAR.stat().st_size


def test_a_key_in_a_document_edited_in_place_is_found(made: tuple[Project, ChatbotDraft]) -> None:
    project, draft = made
    gather(project, draft, AvatarFacts())
    project.document_path(draft.knowledge[0].blob).write_text(f"We open at ten.\n\nOur key: {KEY}\n")

    [found] = gather(project, draft, AvatarFacts()).secrets

    assert (found.kind, found.place) == ("an OpenAI key", "notes.md")
    assert KEY not in (project.cache / "checked.json").read_text()


def test_other_files_of_the_folder_are_looked_at_too(made: tuple[Project, ChatbotDraft]) -> None:
    project, draft = made
    (project.folder / ".env").write_text(f"OPENAI_API_KEY={KEY}\n")
    (project.folder / "picture.bin").write_bytes(b"\xff\xfe" + KEY.encode())

    found = gather(project, draft, AvatarFacts())

    assert found.secrets == ()
    assert [secret.place for secret in found.stray_secrets] == [".env"]


def test_missing_and_unreadable_files_are_named(made: tuple[Project, ChatbotDraft]) -> None:
    project, draft = made
    assert draft.avatar is not None
    project.avatar_path(draft.avatar.glb).unlink()
    project.document_path(draft.knowledge[0].blob).write_bytes(b"   ")

    found = gather(project, draft, AvatarFacts())

    assert found.missing_files == ("pip.glb",)
    assert found.unread_documents == ("notes.md",)
    assert found.wire_bytes == 0


def test_scores_and_replays_are_remembered_until_they_change(made: tuple[Project, ChatbotDraft]) -> None:
    project, draft = made
    conversation = Rehearsal(name="Hours", turns=(RehearsalTurn(visitor="When?"),))
    draft = draft.model_copy(
        update={"gold": (GoldQuestion(question="When?", document="notes.md"),), "rehearsals": (conversation,)}
    )
    result = GoldResult(question="When?", document="notes.md", found=("notes.md",))
    keep_score(project, draft, GoldScore(results=(result,)))
    keep_replay(project, conversation, held=True)

    now = gather(project, draft, AvatarFacts())
    longer = conversation.model_copy(update={"turns": (*conversation.turns, RehearsalTurn(visitor="Where?"))})
    later = gather(project, draft.model_copy(update={"gold": (), "rehearsals": (longer,)}), AvatarFacts())

    assert now.gold is not None
    assert (now.gold.right, now.gold.questions, now.gold.fresh) == (1.0, 1, True)
    assert now.replays == {"Hours": True}
    assert later.gold is not None
    assert not later.gold.fresh
    assert later.replays == {}
