"""The project's knowledge on this desk: made once, kept, and made again when it changed."""

import asyncio
import hashlib
import threading
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from shared.contract.chatbot import ChatbotDraft, ModelChoice
from shared.contract.turn import TurnFinished
from shared.errors import BadRequest
from shared.knowledge.embedder import Vectors
from shared.providers.understudy import Understudy
from studio.files.creation import take_document
from studio.files.project import Project
from studio.model.edits import with_documents
from studio.rehearsal.indexing import DocumentStanding, KnowledgeIndex, SharedEmbedder
from studio.rehearsal.parts import PART
from studio.rehearsal.shelves import shelf_of
from studio.rehearsal.turns import Conversation

TICKETS = "A ticket for the museum costs 12 euros for adults.\n\nStudents pay 8 euros for a ticket.\n"


class WordEmbedder:
    """Vectors of the words in a text, hashed into 64 places: near texts share words. Counts what it embeds."""

    name = "words"
    dimensions = 64

    def __init__(self) -> None:
        self.embedded = 0

    def trust(self, language: str) -> float:
        """As much as the words themselves."""
        return 1.0

    def embed(self, texts: Sequence[str]) -> Vectors:
        """(N, 64) unit vectors."""
        self.embedded += len(texts)
        made = np.full((len(texts), self.dimensions), 1e-3, np.float32)
        for row, text in enumerate(texts):
            for word in text.lower().split():
                made[row, hashlib.sha256(word.strip(".,?").encode()).digest()[0] % self.dimensions] += 1
        vectors: Vectors = made / np.linalg.norm(made, axis=1, keepdims=True)
        return vectors


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """An empty project."""
    return Project(tmp_path / "project")


def document(project: Project, folder: Path, name: str, text: str) -> ChatbotDraft:
    """A draft with one document of this text."""
    source = folder / name
    source.write_text(text, encoding="utf-8")
    return with_documents(ChatbotDraft(name="Pip"), [take_document(project, source)])


def test_a_kept_shelf_is_not_embedded_again(project: Project, tmp_path: Path) -> None:
    draft = document(project, tmp_path, "tickets.txt", TICKETS)
    first, second = WordEmbedder(), WordEmbedder()

    made = shelf_of(project, draft.knowledge[0], first)
    kept = shelf_of(project, draft.knowledge[0], second)

    assert first.embedded == len(made.passages) > 0
    assert second.embedded == 0
    assert kept.passages == made.passages
    assert np.array_equal(kept.vectors, made.vectors)


def test_a_changed_or_damaged_shelf_is_made_again(project: Project, tmp_path: Path) -> None:
    before = document(project, tmp_path, "tickets.txt", TICKETS)
    shelf_of(project, before.knowledge[0], WordEmbedder())
    after = document(project, tmp_path, "tickets.txt", TICKETS + "\nDogs pay nothing.\n")
    changed, damaged = WordEmbedder(), WordEmbedder()

    shelf_of(project, after.knowledge[0], changed)
    for kept in (project.cache / "index").iterdir():
        kept.write_bytes(kept.read_bytes()[:100])
    shelf_of(project, after.knowledge[0], damaged)

    assert changed.embedded > 0
    assert damaged.embedded == changed.embedded


LONG = "\n\n".join(f"Room {number} shows {'marvels ' * 90}from shelf {number}." for number in range(700))


def test_a_reading_that_is_broken_off_goes_on_where_it_stopped(project: Project, tmp_path: Path) -> None:
    draft = document(project, tmp_path, "rooms.txt", LONG)
    first, second = WordEmbedder(), WordEmbedder()
    told: list[tuple[int, int]] = []

    def break_off(done: int, passages: int) -> None:
        if first.embedded > PART + 20:
            raise InterruptedError

    with pytest.raises(InterruptedError):
        shelf_of(project, draft.knowledge[0], first, break_off)
    made = shelf_of(project, draft.knowledge[0], second, lambda *how_far: told.append(how_far))
    left = [path.suffix for path in (project.cache / "index").iterdir()]

    assert len(made.passages) > 2 * PART
    assert second.embedded == len(made.passages) - PART
    assert np.array_equal(made.vectors, WordEmbedder().embed([one.passage.in_context for one in made.passages]))
    assert told == sorted(told)
    assert {passages for _, passages in told} == {len(made.passages)}
    assert (told[0][0] > 0, told[-1][0]) == (True, len(made.passages))
    assert left == [".npz"]


class HeldEmbedder(WordEmbedder):
    """Waits, after its first texts, until the test lets it go on."""

    def __init__(self) -> None:
        super().__init__()
        self.waiting, self.go_on = threading.Event(), threading.Event()

    def embed(self, texts: Sequence[str]) -> Vectors:
        """As words, but held."""
        made = super().embed(texts)
        self.waiting.set()
        self.go_on.wait(20)
        return made


class GivenEmbedder(SharedEmbedder):
    """Gives what the test made."""

    def __init__(self, given: WordEmbedder) -> None:
        super().__init__(Path())
        self._given = given

    async def loaded(self) -> WordEmbedder:
        """The given one."""
        return self._given


async def test_a_cancelled_reading_ends_its_thread_soon(project: Project, tmp_path: Path) -> None:
    draft, held = document(project, tmp_path, "rooms.txt", LONG), HeldEmbedder()
    index = KnowledgeIndex(project, GivenEmbedder(held))

    reading = asyncio.create_task(index.library_for(draft))
    await asyncio.to_thread(held.waiting.wait, 20)
    reading.cancel()
    with pytest.raises(asyncio.CancelledError):
        await reading
    held.go_on.set()
    await asyncio.get_running_loop().shutdown_default_executor()

    assert 0 < held.embedded < PART
    assert index.standing_of(draft.knowledge[0]).state == "waiting"


async def test_a_reading_tells_its_fraction(project: Project, tmp_path: Path) -> None:
    draft = document(project, tmp_path, "rooms.txt", LONG)
    index = KnowledgeIndex(project, GivenEmbedder(WordEmbedder()))
    told: list[DocumentStanding] = []
    index.changed.connect(lambda: told.append(index.standing_of(draft.knowledge[0])))

    await index.library_for(draft)

    fractions = [standing.fraction for standing in told if standing.state == "reading"]
    assert fractions == sorted(fractions)
    assert len(set(fractions)) > 10
    assert {standing.passages for standing in told[1:]} == {told[-1].passages}
    assert len(index.passages_of(draft.knowledge[0])) == told[-1].passages
    assert told[-1].state == "ready"


async def test_a_document_that_cannot_be_read_is_left_out_and_says_why(
    project: Project, tmp_path: Path, models_folder: Path
) -> None:
    draft = document(project, tmp_path, "tickets.txt", TICKETS)
    (tmp_path / "broken.pdf").write_bytes(b"%PDF-1.7 nothing")
    draft = with_documents(draft, [take_document(project, tmp_path / "broken.pdf")])
    index = KnowledgeIndex(project, SharedEmbedder(models_folder))

    library = await index.library_for(draft)
    found = await library.search("What do students pay for a ticket?", 3)

    assert [index.standing_of(one).state for one in draft.knowledge] == ["ready", "failed"]
    assert "broken.pdf" in index.standing_of(draft.knowledge[1]).problem
    assert found[0].document_id == "tickets.txt"


async def understudy(_choice: ModelChoice) -> list[Understudy]:
    return [Understudy(seconds_per_chunk=0)]


async def test_a_rehearsed_turn_answers_with_its_source(project: Project, tmp_path: Path, models_folder: Path) -> None:
    draft = document(project, tmp_path, "tickets.txt", TICKETS)
    rehearsal = Conversation(KnowledgeIndex(project, SharedEmbedder(models_folder)), understudy)

    async with rehearsal.turn("What do students pay for a ticket?", draft) as events:
        told = [event async for event in events]
    with pytest.raises(BadRequest):
        async with rehearsal.turn("   ", draft):
            pytest.fail("an empty question opened a turn")

    finished = told[-1]
    assert isinstance(finished, TurnFinished)
    assert "8 euros" in finished.text
    assert finished.outcome == "answered"
