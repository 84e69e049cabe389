"""The checklist: what blocks, what warns, and where each item is mended."""

from typing import Any

import pytest

from shared.contract.acting import ActingMap, ClipSettings, RoleClip
from shared.contract.avatar import AvatarFacts, ClipFacts, Finding
from shared.contract.chatbot import AvatarRef, BlobRef, ChatbotDraft, DocumentRef, GoldQuestion, Personality
from shared.contract.rehearsal import Rehearsal, RehearsalTurn
from studio.model.budgets import overruns
from studio.model.checklist import CORE_ROLES
from studio.model.readiness import Evidence, GoldStanding, Item, checklist
from studio.model.secrets import Secret

CLIP = ClipFacts(
    name="Wave", seconds=1, tracks=1, active_start=0, active_end=1, mean_speed=0, seam_error=0, root_drift=0,
    fingerprint="",
)  # fmt: skip
FACTS = AvatarFacts(clips=(CLIP,), triangles=8_000, draw_calls=3, largest_texture=512)
GLB = BlobRef(name="pip.glb", sha256="a" * 64, bytes=9)
ROLES = {role: (RoleClip(clip="Wave"),) for role in CORE_ROLES}
READY = ChatbotDraft(
    name="Pip",
    avatar=AvatarRef(glb=GLB, licence="MIT"),
    acting=ActingMap(roles=ROLES),
    personality=Personality(about="A robot.", suggestions=("When?",)),
    knowledge=(DocumentRef(blob=BlobRef(name="a.md", sha256="b" * 64, bytes=1), title="A"),),
    gold=(GoldQuestion(question="When?", document="a.md"),),
)
EVIDENCE = Evidence(facts=FACTS, wire_bytes=400_000, gold=GoldStanding(1.0, 1, fresh=True))
SECRET = Secret("an OpenAI key", "a.md", 3, "sk-abc")


def item(key: str, draft: ChatbotDraft = READY, **evidence: Any) -> Item:
    """One item of the checklist."""
    given = Evidence(**{**EVIDENCE.__dict__, **evidence})
    return next(one for one in checklist(draft, given) if one.key == key)


def changed(**fields: Any) -> ChatbotDraft:
    return READY.model_copy(update=fields)


def test_a_ready_draft_has_nothing_to_mend() -> None:
    found = checklist(READY, EVIDENCE)

    assert {one.state for one in found} <= {"fine", "note"}
    assert len({one.key for one in found}) == len(found) == 10


def test_the_licence_is_asked_before_anything_is_published() -> None:
    asked = item("licence", changed(avatar=AvatarRef(glb=GLB)))
    clips = {"Wave": ClipSettings(duration=1, licence="CC0")}
    given = item("licence", changed(acting=ActingMap(roles=ROLES, clips=clips)))

    assert (asked.state, asked.section) == ("blocking", "publish")
    assert (given.state, given.sentence) == ("fine", "MIT. 1 clip by its own.")


def test_a_role_may_not_name_a_clip_that_is_gone() -> None:
    found = item("roles", changed(acting=ActingMap(roles={**ROLES, "greet": (RoleClip(clip="Bow"),)})))

    assert (found.state, found.section) == ("blocking", "acting")
    assert "Bow" in found.sentence


def test_unsure_roles_block_and_missing_ones_warn() -> None:
    unsure = {**ROLES, "greet": (RoleClip(clip="Wave", confidence=0.5),)}
    missing = {role: clips for role, clips in ROLES.items() if role != "nod"}

    assert item("roles", changed(acting=ActingMap(roles=unsure))).state == "blocking"
    assert item("roles", changed(acting=ActingMap(roles=missing))).state == "warning"


@pytest.mark.parametrize(
    ("facts", "wire", "phone", "desktop"),
    [
        ({"triangles": 40_001}, 1, "warning", "warning"),
        ({"triangles": 40_000, "draw_calls": 12}, 1_200_000, "fine", "fine"),
        ({"draw_calls": 13}, 1, "warning", "warning"),
        ({"largest_texture": 2048}, 1, "warning", "fine"),
        ({"largest_texture": 4096}, 1, "warning", "warning"),
        ({}, 1_300_000, "warning", "warning"),
    ],
)
def test_budgets_are_checked_for_each_device(facts: dict[str, int], wire: int, phone: str, desktop: str) -> None:
    heavy = FACTS.model_copy(update=facts)

    states = [item(tier, facts=heavy, wire_bytes=wire).state for tier in ("phone", "desktop")]

    assert states == [phone, desktop]


def test_what_visitors_get_is_what_is_weighed() -> None:
    heavy = FACTS.model_copy(update={"triangles": 90_000})

    assert item("phone", facts=heavy, shown=FACTS).state == "fine"
    assert overruns(heavy, 1, "phone") == ("90,000 triangles, 40,000 are the most",)


@pytest.mark.parametrize(
    ("gold", "state", "words"),
    [
        (None, "warning", "never measured"),
        (GoldStanding(0.9, 10, fresh=True), "fine", "90% of 10 questions"),
        (GoldStanding(0.5, 10, fresh=True), "warning", "50% of 10 questions"),
        (GoldStanding(1.0, 10, fresh=False), "warning", "have changed since"),
    ],
)
def test_an_old_gold_score_is_said_to_be_old(gold: GoldStanding | None, state: str, words: str) -> None:
    found = item("gold", gold=gold)

    assert found.state == state
    assert words in found.sentence


def test_conversations_that_did_not_hold_are_named() -> None:
    turns = (RehearsalTurn(visitor="When?"),)
    draft = changed(rehearsals=(Rehearsal(name="Hours", turns=turns), Rehearsal(name="Prices", turns=turns)))

    assert item("rehearsals", draft).state == "note"
    assert item("rehearsals", draft, replays={"Hours": True, "Prices": True}).state == "fine"
    failed = item("rehearsals", draft, replays={"Hours": True, "Prices": False})
    assert (failed.state, failed.sentence) == ("warning", "Prices did not hold when replayed last.")


def test_secrets_in_what_is_published_block_and_others_warn() -> None:
    published, stray = item("secrets", secrets=(SECRET, SECRET)), item("secrets", stray_secrets=(SECRET,))

    assert (published.state, stray.state) == ("blocking", "warning")
    assert "a.md, line 3" in published.sentence
    assert "And 1 more" in published.sentence


def test_what_is_missing_on_disk_blocks() -> None:
    assert item("knowledge", missing_files=("a.md",)).state == "blocking"
    assert item("knowledge", unread_documents=("a.md",)).state == "blocking"
    assert item("avatar", missing_files=("pip.glb",)).state == "blocking"
    broken = FACTS.model_copy(update={"findings": (Finding(code="x", severity="error", sentence="Broken."),)})
    assert item("avatar", facts=broken).sentence == "Broken."


def test_without_an_avatar_that_alone_blocks() -> None:
    found = checklist(ChatbotDraft(name="Pip"), Evidence())

    assert [one.key for one in found if one.blocks] == ["avatar"]
    assert item("words", changed(personality=Personality(greeting=" "))).state == "warning"
