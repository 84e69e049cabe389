"""The checklist before publishing: each item with its standing, one sentence, and where it is mended."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from shared.contract.avatar import AvatarFacts, RoleProposal
from shared.contract.chatbot import ChatbotDraft
from studio.model.budgets import Tier, megabytes, overruns
from studio.model.checklist import Section, counted, missing_roles, open_proposals, role_title, unsure_roles
from studio.model.secrets import Secret

State = Literal["fine", "note", "warning", "blocking"]
Key = Literal[
    "avatar", "roles", "licence", "phone", "desktop", "words", "knowledge", "gold", "rehearsals", "secrets"
]  # fmt: skip
_NAMED = 3
"""How many of several things a sentence names."""
GOOD_SHARE = 0.8
"""Of the gold questions that should go right."""


@dataclass(frozen=True)
class GoldStanding:
    """The gold score that was measured last."""

    right: float
    questions: int
    fresh: bool
    """Whether neither questions nor documents have changed since."""


@dataclass(frozen=True)
class Evidence:
    """What must be read or measured to tell, and cannot be seen in the draft."""

    facts: AvatarFacts = field(default_factory=AvatarFacts)
    """Of the designer's own file."""
    shown: AvatarFacts | None = None
    """Of what visitors get, where that is another file."""
    wire_bytes: int = 0
    """Of what visitors get, as it travels."""
    proposals: tuple[RoleProposal, ...] = ()
    missing_files: tuple[str, ...] = ()
    unread_documents: tuple[str, ...] = ()
    gold: GoldStanding | None = None
    replays: Mapping[str, bool] = field(default_factory=dict)
    """Whether each saved conversation held when it was replayed last, by name."""
    secrets: tuple[Secret, ...] = ()
    """In what is published: the draft's texts and the documents."""
    stray_secrets: tuple[Secret, ...] = ()
    """In other files of the project's folder."""


@dataclass(frozen=True)
class Item:
    """One line of the checklist."""

    key: Key
    state: State
    title: str
    sentence: str
    section: Section
    """Where it is mended."""

    @property
    def blocks(self) -> bool:
        """Whether it must be mended before publishing."""
        return self.state == "blocking"


def checklist(draft: ChatbotDraft, evidence: Evidence) -> tuple[Item, ...]:
    """Every item, in the order of the work."""
    items: Sequence[Callable[[ChatbotDraft, Evidence], Item]] = (
        _avatar, _roles, _licence, _phone, _desktop, _words, _knowledge, _gold, _rehearsals, _secrets,
    )  # fmt: skip
    return tuple(item(draft, evidence) for item in items)


def _avatar(draft: ChatbotDraft, evidence: Evidence) -> Item:
    def item(state: State, sentence: str) -> Item:
        return Item("avatar", state, "Avatar", sentence, "avatar")

    if draft.avatar is None:
        return item("blocking", "The character has no avatar yet.")
    if draft.avatar.glb.name in evidence.missing_files:
        return item("blocking", f"{draft.avatar.glb.name} is missing from the project's folder.")
    errors = [finding.sentence for finding in evidence.facts.findings if finding.severity == "error"]
    if errors:
        return item("blocking", errors[0])
    return item("fine", f"{draft.avatar.glb.name} can be performed.")


def _roles(draft: ChatbotDraft, evidence: Evidence) -> Item:
    def item(state: State, sentence: str) -> Item:
        return Item("roles", state, "Roles", sentence, "acting")

    there = {clip.name for clip in evidence.facts.clips}
    played = {entry.clip for entries in draft.acting.roles.values() for entry in entries}
    gone = sorted(played - there) if there else []
    if gone:
        return item("blocking", f"Roles name clips that this avatar does not have: {_some(gone)}.")
    unsure = unsure_roles(draft)
    if unsure:
        return item("blocking", f"The clips of {_some([_role(role) for role in unsure])} need your eye.")
    missing = missing_roles(draft)
    if missing:
        return item("warning", f"No clip plays {_some([_role(role) for role in missing])}; the face alone will.")
    proposed = open_proposals(draft, evidence.proposals)
    if proposed:
        return item("note", f"There are proposals for {_some([_role(role) for role in proposed])}.")
    return item("fine", f"{counted(len(draft.acting.roles), 'role')} played.")


def _licence(draft: ChatbotDraft, _evidence: Evidence) -> Item:
    def item(state: State, sentence: str) -> Item:
        return Item("licence", state, "Licence", sentence, "publish")

    if draft.avatar is None:
        return item("note", "Asked once there is an avatar.")
    if not draft.avatar.licence:
        return item("blocking", "Visitors can download the model: say by which licence you may publish it.")
    others = sum(bool(clip.licence) for clip in draft.acting.clips.values())
    more = f" {counted(others, 'clip')} by {'its' if others == 1 else 'their'} own." if others else ""
    return item("fine", f"{draft.avatar.licence}.{more}")


def _phone(draft: ChatbotDraft, evidence: Evidence) -> Item:
    return _budget(draft, evidence, "phone")


def _desktop(draft: ChatbotDraft, evidence: Evidence) -> Item:
    return _budget(draft, evidence, "desktop")


def _budget(draft: ChatbotDraft, evidence: Evidence, tier: Tier) -> Item:
    title = {"phone": "On phones", "desktop": "On desktops"}[tier]
    if draft.avatar is None:
        return Item(tier, "note", title, "Measured once there is an avatar.", "avatar")
    facts = evidence.shown or evidence.facts
    over = overruns(facts, evidence.wire_bytes, tier)
    if over:
        return Item(tier, "warning", title, f"Too heavy: {'; '.join(over)}.", "avatar")
    light = f"{facts.triangles:,} triangles, {megabytes(evidence.wire_bytes)} to first movement."
    return Item(tier, "fine", title, light, "avatar")


def _words(draft: ChatbotDraft, _evidence: Evidence) -> Item:
    person = draft.personality
    wanted = {
        "its name": draft.name, "who it is": person.about or person.role, "its greeting": person.greeting,
        "what it says when it does not know": person.decline,
    }  # fmt: skip
    lacking = [name for name, text in wanted.items() if not text.strip()]
    if lacking:
        return Item("words", "warning", "Words", f"There are no words yet for {_some(lacking)}.", "personality")
    if not person.suggestions:
        return Item("words", "note", "Words", "Suggested questions help visitors to begin.", "personality")
    return Item("words", "fine", "Words", "Name, character, greeting and declining are written.", "personality")


def _knowledge(draft: ChatbotDraft, evidence: Evidence) -> Item:
    def item(state: State, sentence: str) -> Item:
        return Item("knowledge", state, "Knowledge", sentence, "knowledge")

    gone = [document.blob.name for document in draft.knowledge if document.blob.name in evidence.missing_files]
    if gone:
        return item("blocking", f"{_some(gone)} {'is' if len(gone) == 1 else 'are'} missing from the folder.")
    if evidence.unread_documents:
        return item("blocking", f"{_some(list(evidence.unread_documents))} cannot be read.")
    if not draft.knowledge:
        return item("warning", "Without documents it can only decline.")
    return item("fine", f"{counted(len(draft.knowledge), 'document')}.")


def _gold(draft: ChatbotDraft, evidence: Evidence) -> Item:
    def item(state: State, sentence: str) -> Item:
        return Item("gold", state, "Gold questions", sentence, "knowledge")

    gold = evidence.gold
    if not draft.gold:
        return item("note", "None yet: with some, a score says whether answers are found.")
    if gold is None:
        return item("warning", f"{counted(len(draft.gold), 'question')}, never measured.")
    said = f"{gold.right:.0%} of {counted(gold.questions, 'question')} found what they should"
    if not gold.fresh:
        return item("warning", f"{said}, but questions or documents have changed since.")
    return item("fine" if gold.right >= GOOD_SHARE else "warning", f"{said}.")


def _rehearsals(draft: ChatbotDraft, evidence: Evidence) -> Item:
    def item(state: State, sentence: str) -> Item:
        return Item("rehearsals", state, "Conversations", sentence, "rehearsal")

    names = [one.name for one in draft.rehearsals]
    if not names:
        return item("note", "None saved to be replayed as tests.")
    known = [name for name in names if name in evidence.replays]
    failed = [name for name in known if not evidence.replays[name]]
    if failed:
        return item("warning", f"{_some(failed)} did not hold when replayed last.")
    if len(known) < len(names):
        return item("note", f"{len(known)} of {len(names)} saved conversations replayed so far.")
    return item("fine", f"{counted(len(names), 'saved conversation')} held.")


def _secrets(_draft: ChatbotDraft, evidence: Evidence) -> Item:
    found = evidence.secrets
    if found:
        more = f" And {len(found) - 1} more." if len(found) > 1 else ""
        section: Section = _section_of(found[0])
        return Item("secrets", "blocking", "Secrets", found[0].sentence + more, section)
    if evidence.stray_secrets:
        said = f"{evidence.stray_secrets[0].sentence} It is not published, but it should not lie there."
        return Item("secrets", "warning", "Secrets", said, "publish")
    return Item("secrets", "fine", "Secrets", "No key or token in texts, documents or files.", "publish")


def _section_of(secret: Secret) -> Section:
    sections: dict[str, Section] = {
        "acting": "acting", "avatar": "avatar", "rehearsals": "rehearsal", "look": "look", "placement": "look",
        "knowledge": "knowledge", "gold": "knowledge",
    }  # fmt: skip
    return sections.get(secret.field[0], "personality") if secret.field else "knowledge"


def _role(role: str) -> str:
    return role_title(role).lower()


def _some(names: Sequence[str]) -> str:
    more = len(names) - _NAMED
    return ", ".join(names[:_NAMED]) + (f" and {more} more" if more > 0 else "")
