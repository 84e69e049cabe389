"""What the rail says about each section."""

from shared.contract.acting import ActingMap, RoleClip
from shared.contract.avatar import AvatarFacts, Finding, RoleProposal
from shared.contract.chatbot import AvatarRef, BlobRef, ChatbotDraft
from studio.model.checklist import CORE_ROLES, open_proposals, publish_blockers, section_states

AVATAR = AvatarRef(glb=BlobRef(name="ada.glb", sha256="0" * 64, bytes=1), licence="CC0")


def test_a_new_draft_is_empty_everywhere() -> None:
    states = section_states(ChatbotDraft(), AvatarFacts())

    assert {state.standing for state in states.values()} == {"empty"}


def test_an_unsure_role_needs_an_eye_and_blocks_publishing() -> None:
    acting = ActingMap(roles={"idle": (RoleClip(clip="A", confidence=0.5, source="motion"),)})
    draft = ChatbotDraft(avatar=AVATAR, acting=acting)

    assert section_states(draft, AvatarFacts())["acting"].sentence == "1 role needs your eye."
    assert any("eye" in reason for reason in publish_blockers(draft, AvatarFacts()))


def test_a_proposal_stays_open_until_its_role_is_played() -> None:
    proposal = RoleProposal(role="greet", clip="Clip7", confidence=0.5, source="motion")
    played = ChatbotDraft(acting=ActingMap(roles={"greet": (RoleClip(clip="Wave"),)}))

    assert open_proposals(ChatbotDraft(), [proposal]) == {"greet": (proposal,)}
    assert open_proposals(played, [proposal]) == {}


def test_a_full_core_is_fine_and_an_error_finding_stops_publishing() -> None:
    roles = {role: (RoleClip(clip=role),) for role in CORE_ROLES}
    draft = ChatbotDraft(avatar=AVATAR, acting=ActingMap(roles=roles))
    broken = AvatarFacts(findings=(Finding(code="nan", severity="error", sentence="A number is missing."),))

    assert section_states(draft, AvatarFacts())["acting"].standing == "fine"
    assert publish_blockers(draft, AvatarFacts()) == ()
    assert len(publish_blockers(draft, broken)) == 1
    bare = draft.model_copy(update={"avatar": AVATAR.model_copy(update={"licence": ""})})
    assert any("licence" in reason for reason in publish_blockers(bare, AvatarFacts()))
