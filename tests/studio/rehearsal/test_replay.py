"""Saved conversations are replayed by the draft as it is now, and every pin is held against the new answer."""

from pathlib import Path

import pytest

from shared.contract.acting import ActingMap, CueRule, RoleClip
from shared.contract.chatbot import ChatbotDraft, ModelChoice
from shared.contract.rehearsal import CueExpectation, Expectations, Rehearsal, RehearsalTurn
from shared.contract.turn import TurnFailed
from shared.providers.chat import ChatModel
from shared.providers.openai_chat import OpenAiChat
from shared.providers.understudy import Understudy
from studio.files.creation import take_document
from studio.files.project import Project, prepare_cache
from studio.model.edits import with_documents
from studio.rehearsal.expectations import Check
from studio.rehearsal.indexing import KnowledgeIndex, SharedEmbedder
from studio.rehearsal.replay import Replayed, perform, replay, report_of, saved_as
from studio.rehearsal.turns import Conversation
from tests.providers.loopback import Loopback
from tests.providers.script import Script

TICKETS = "A ticket for the museum costs 12 euros for adults.\n\nStudents pay 8 euros for a ticket.\n"
STUDENTS = "What do students pay for a ticket?"
ACTING = ActingMap(
    roles={"present": (RoleClip(clip="Point"), RoleClip(clip="Show")), "shrug": (RoleClip(clip="Shrug"),)}
)


async def understudy(_choice: ModelChoice) -> list[ChatModel]:
    return [Understudy(seconds_per_chunk=0)]


@pytest.fixture
def draft(tmp_path: Path) -> ChatbotDraft:
    """A draft that knows what tickets cost."""
    project = Project(tmp_path / "pip")
    project.folder.mkdir()
    prepare_cache(project)
    (tmp_path / "tickets.txt").write_text(TICKETS, encoding="utf-8")
    taken = take_document(project, tmp_path / "tickets.txt")
    return with_documents(ChatbotDraft(acting=ACTING), [taken])


@pytest.fixture
def index(tmp_path: Path, models_folder: Path) -> KnowledgeIndex:
    return KnowledgeIndex(Project(tmp_path / "pip"), SharedEmbedder(models_folder))


def of_one(expect: Expectations, question: str = STUDENTS) -> Rehearsal:
    return Rehearsal(name="Prices", turns=(RehearsalTurn(visitor=question, expect=expect),))


def checks(replayed: Replayed) -> list[tuple[str, bool]]:
    return [(check.kind, check.held) for check in replayed.turns[0].checks]


async def test_what_was_saved_holds_at_once(draft: ChatbotDraft, index: KnowledgeIndex) -> None:
    conversation = Conversation(index, understudy)
    asked = [await perform(conversation, question, draft) for question in (STUDENTS, "And adults?", "Who was Caesar?")]
    performed = [one for one in asked if not isinstance(one, TurnFailed)]

    saved = saved_as("Prices", performed)
    replayed = await replay(saved, draft, conversation.another())

    assert len(saved.turns) == 3
    assert saved.turns[0].expect == Expectations(declines=False, cites=("tickets.txt",))
    assert saved.turns[2].expect == Expectations(declines=True)
    assert replayed.held
    assert [turn.answered for turn in replayed.turns] == [turn.answered for turn in saved.turns]
    assert [one.cues for turn in replayed.turns if (one := turn.performed)] == [one.cues for one in performed]
    assert report_of(replayed)["turns"][0]["cited"] == ["tickets.txt"]


async def test_every_pin_that_does_not_hold_is_told(draft: ChatbotDraft, index: KnowledgeIndex) -> None:
    expect = Expectations(
        says=("8 EUROS", "9 euros"),
        says_not=("adults only", "students"),
        cites=("tickets.txt", "prices.pdf"),
        declines=True,
        cues=(CueExpectation(role="present"), CueExpectation(words="students", emotion="angry")),
    )

    replayed = await replay(of_one(expect), draft, Conversation(index, understudy))

    assert not replayed.held
    assert checks(replayed) == [
        ("says", True), ("says", False), ("says_not", True), ("says_not", False), ("cites", True), ("cites", False),
        ("declines", False), ("cue", True), ("cue", False),
    ]  # fmt: skip
    wrong = replayed.turns[0].checks[-1]
    assert wrong == Check("cue", "angry, at “students”", held=False, found=wrong.found)
    assert wrong.found.startswith("present, happy, clip")


async def test_a_rule_makes_a_pinned_cue_hold(draft: ChatbotDraft, index: KnowledgeIndex) -> None:
    wanted = of_one(Expectations(cues=(CueExpectation(words="students", emotion="amused", clip="Show"),)))
    rule = CueRule(words="8 euros", emotion="amused", role="present", clip="Show")
    ruled = draft.model_copy(update={"acting": ACTING.model_copy(update={"rules": (rule,)})})

    before = await replay(wanted, draft, Conversation(index, understudy))
    after = await replay(wanted, ruled, Conversation(index, understudy))

    assert (before.held, after.held) == (False, True)


async def test_a_real_model_s_stream_is_replayed(draft: ChatbotDraft, index: KnowledgeIndex) -> None:
    tokens = ("<act happy 0.8 pres", "ent/>Students ", "pay 8 euros [1]", ".")
    async with Loopback(Script(tokens=tokens)) as server:
        model = OpenAiChat("gpt-5.4-mini", "test-key", f"{server.url}/v1")

        async def paid(_choice: ModelChoice) -> list[ChatModel]:
            return [model]

        expect = Expectations(says=("8 euros",), cites=("tickets.txt",), cues=(CueExpectation(role="present"),))
        held = await replay(of_one(expect), draft, Conversation(index, paid))
        server.script = Script(fault="down")
        failed = await replay(of_one(expect), draft, Conversation(index, paid))
        await model.close()

    assert held.held
    assert held.turns[0].answered == "Students pay 8 euros [1]."
    assert not failed.held
    assert [check.held for check in failed.turns[0].checks] == [False, False, False]
    assert "is not to be reached" in failed.turns[0].failure


async def test_the_same_question_at_the_same_place_is_acted_the_same(
    draft: ChatbotDraft, index: KnowledgeIndex
) -> None:
    one, other = Conversation(index, understudy), Conversation(index, understudy)

    first, again = await perform(one, STUDENTS, draft), await perform(other, STUDENTS, draft)
    repeated = await perform(one, STUDENTS, draft)

    assert not isinstance(first, TurnFailed)
    assert not isinstance(again, TurnFailed)
    assert not isinstance(repeated, TurnFailed)
    assert first.cues == again.cues
    assert {cue.clip for cue in first.cues} != {cue.clip for cue in repeated.cues}
