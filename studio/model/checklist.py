"""How far a project is, section by section: what the rail shows, and what publishing asks for."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from shared.contract.acting import ROLES, Role
from shared.contract.avatar import AvatarFacts, RoleProposal
from shared.contract.chatbot import ChatbotDraft, Look
from shared.contract.placement import Placement
from shared.glb.health import CORE_ROLES as CORE_ROLES
from shared.glb.health import file_findings
from shared.placement.evaluating import given_rules
from studio.model.placing import placement_advice

Section = Literal["avatar", "acting", "personality", "knowledge", "rehearsal", "look", "publish"]
SECTIONS: tuple[Section, ...] = ("avatar", "acting", "personality", "knowledge", "rehearsal", "look", "publish")
Standing = Literal["empty", "fine", "warning"]

SURE_ENOUGH = 0.7
"""Below this confidence the designer is asked. Source: acting.md section 2."""


@dataclass(frozen=True)
class SectionState:
    """One section's standing, and one sentence about it."""

    standing: Standing
    sentence: str


def unsure_roles(draft: ChatbotDraft) -> tuple[Role, ...]:
    """Roles that hold a clip whose confidence is too low to publish without a look."""
    roles = draft.acting.roles
    return tuple(role for role in ROLES if any(entry.confidence < SURE_ENOUGH for entry in roles.get(role, ())))


def missing_roles(draft: ChatbotDraft) -> tuple[Role, ...]:
    """Core roles that no clip plays; the stage falls back along their chains."""
    return tuple(role for role in CORE_ROLES if not draft.acting.roles.get(role))


def open_proposals(draft: ChatbotDraft, proposals: Iterable[RoleProposal]) -> dict[Role, tuple[RoleProposal, ...]]:
    """Proposals too unsure to be taken silently, for roles that no clip plays yet; best first."""
    found: dict[Role, tuple[RoleProposal, ...]] = {}
    for proposal in proposals:
        if proposal.confidence < SURE_ENOUGH and not draft.acting.roles.get(proposal.role):
            found[proposal.role] = (*found.get(proposal.role, ()), proposal)
    return found


def section_states(
    draft: ChatbotDraft, facts: AvatarFacts, proposals: Iterable[RoleProposal] = ()
) -> dict[Section, SectionState]:
    """The standing of every section."""
    return {
        "avatar": _avatar(draft, facts),
        "acting": _acting(draft, len(open_proposals(draft, proposals))),
        "personality": _personality(draft),
        "knowledge": _knowledge(draft),
        "rehearsal": _rehearsal(draft),
        "look": _look(draft),
        "publish": _publish(draft, facts),
    }


def _avatar(draft: ChatbotDraft, facts: AvatarFacts) -> SectionState:
    if draft.avatar is None:
        return SectionState("empty", "No avatar yet.")
    errors = [finding for finding in facts.findings if finding.severity == "error"]
    # What is about single clips is told with them, under Acting.
    warnings = [finding for finding in file_findings(facts.findings) if finding.severity == "warning"]
    if errors or warnings:
        return SectionState("warning", f"{counted(len(errors + warnings), 'finding')} to look at.")
    return SectionState("fine", f"{counted(len(facts.clips), 'clip')}, {facts.triangles:,} triangles.")


def _acting(draft: ChatbotDraft, proposed: int) -> SectionState:
    unsure = len(unsure_roles(draft)) + proposed
    if unsure:
        return SectionState("warning", f"{counted(unsure, 'role')} {'needs' if unsure == 1 else 'need'} your eye.")
    if not draft.acting.roles:
        return SectionState("empty", "No clip has a role yet.")
    missing = missing_roles(draft)
    if missing:
        return SectionState("warning", f"No clip for {', '.join(role_title(role).lower() for role in missing)}.")
    return SectionState("fine", f"{counted(len(draft.acting.roles), 'role')} played.")


def _personality(draft: ChatbotDraft) -> SectionState:
    person = draft.personality
    if not person.about.strip():
        return SectionState("empty", "Say who the character is.")
    if not person.decline.strip() or not person.greeting.strip():
        return SectionState("warning", "Greeting and declining need words.")
    return SectionState("fine", "It knows who it is.")


def _knowledge(draft: ChatbotDraft) -> SectionState:
    if not draft.knowledge:
        return SectionState("empty", "No documents: it can only decline.")
    return SectionState("fine", f"{counted(len(draft.knowledge), 'document')}.")


def _rehearsal(draft: ChatbotDraft) -> SectionState:
    if draft.avatar is None or not draft.knowledge:
        return SectionState("empty", "Needs an avatar and a document.")
    return SectionState("fine", "Ready to rehearse.")


def _look(draft: ChatbotDraft) -> SectionState:
    if draft.look == Look() and draft.placement == Placement():
        return SectionState("empty", "Our colours, on every page.")
    advice = placement_advice(draft.placement)
    if advice:
        return SectionState("warning", advice)
    given = len(given_rules(draft.placement))
    return SectionState("fine", f"Your own look, {counted(given, 'rule')}." if given else "Your own look and place.")


def _publish(draft: ChatbotDraft, facts: AvatarFacts) -> SectionState:
    blockers = publish_blockers(draft, facts)
    if draft.avatar is None:
        return SectionState("empty", blockers[0])
    return SectionState("warning", blockers[0]) if blockers else SectionState("fine", "Ready to publish.")


def publish_blockers(draft: ChatbotDraft, facts: AvatarFacts) -> tuple[str, ...]:
    """Sentences that say why this draft should not be published as it is; none when it may."""
    reasons = []
    if draft.avatar is None:
        reasons.append("Give the character an avatar first.")
    if any(finding.severity == "error" for finding in facts.findings):
        reasons.append("The avatar has an error that stops it from showing: see Avatar.")
    if unsure_roles(draft):
        reasons.append("Some roles need your eye: see Acting.")
    if draft.avatar is not None and not draft.avatar.licence:
        reasons.append("Say by which licence the avatar may be published.")
    return tuple(reasons)


def role_title(role: str) -> str:
    """A role or emotion as people read it: `shake_head` is "Shake head"."""
    return role.replace("_", " ").capitalize()


def counted(number: int, noun: str) -> str:
    """A number with its noun: "1 clip", "3 clips"."""
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"
