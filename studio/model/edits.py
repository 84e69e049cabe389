"""Pure edits: a draft in, the changed draft out. Names of clips, roles and documents are the caller's to know."""

from collections.abc import Iterable

from shared.acting.matching import carried_over, matched
from shared.contract.acting import ActingMap, ClipSettings, Emotion, EmotionFace, Role, RoleClip
from shared.contract.avatar import AvatarFacts
from shared.contract.chatbot import ChatbotDraft, DocumentRef, Personality


def with_acting(draft: ChatbotDraft, acting: ActingMap) -> ChatbotDraft:
    """The draft with another acting map."""
    return draft.model_copy(update={"acting": acting})


def with_personality(draft: ChatbotDraft, **fields: object) -> ChatbotDraft:
    """The draft with some fields of its personality replaced and checked.

    Raises: pydantic.ValidationError: a field does not fit the contract.
    """
    changed = Personality.model_validate({**draft.personality.model_dump(), **fields})
    return draft.model_copy(update={"personality": changed})


def with_licence(draft: ChatbotDraft, licence: str) -> ChatbotDraft:
    """The draft whose avatar may be published by this licence; without an avatar it stays as it is."""
    if draft.avatar is None:
        return draft
    avatar = draft.avatar.model_copy(update={"licence": " ".join(licence.split())[:200]})
    return draft.model_copy(update={"avatar": avatar})


def with_role_clips(draft: ChatbotDraft, role: Role, clips: Iterable[RoleClip]) -> ChatbotDraft:
    """The draft whose `role` is played by exactly `clips`; none takes the role out of the map."""
    roles = dict(draft.acting.roles)
    chosen = tuple(clips)
    if chosen:
        roles[role] = chosen
    else:
        roles.pop(role, None)
    return with_acting(draft, draft.acting.model_copy(update={"roles": roles}))


def with_role_clip_added(draft: ChatbotDraft, role: Role, clip: str) -> ChatbotDraft:
    """The draft where the designer gave `clip` to `role`; a clip stands in a role once."""
    others = tuple(entry for entry in draft.acting.roles.get(role, ()) if entry.clip != clip)
    return with_role_clips(draft, role, (*others, RoleClip(clip=clip)))


def without_role_clip(draft: ChatbotDraft, role: Role, clip: str) -> ChatbotDraft:
    """The draft where `clip` no longer plays `role`."""
    return with_role_clips(draft, role, (e for e in draft.acting.roles.get(role, ()) if e.clip != clip))


def with_clip_settings(draft: ChatbotDraft, clip: str, settings: ClipSettings) -> ChatbotDraft:
    """The draft with other settings for one clip."""
    clips = {**draft.acting.clips, clip: settings}
    return with_acting(draft, draft.acting.model_copy(update={"clips": clips}))


def with_emotion(draft: ChatbotDraft, emotion: Emotion, face: EmotionFace) -> ChatbotDraft:
    """The draft with another row in the emotion table."""
    emotions = {**draft.acting.emotions, emotion: face}
    return with_acting(draft, draft.acting.model_copy(update={"emotions": emotions}))


def with_documents(draft: ChatbotDraft, documents: Iterable[DocumentRef]) -> ChatbotDraft:
    """The draft with `documents` added; one of the same file name replaces the earlier."""
    knowledge = {document.blob.name: document for document in draft.knowledge}
    knowledge.update({document.blob.name: document for document in documents})
    return draft.model_copy(update={"knowledge": tuple(knowledge.values())})


def with_document_at(draft: ChatbotDraft, name: str, changed: DocumentRef) -> ChatbotDraft:
    """The draft where the document of file `name` is `changed`, in its place; gold questions go with its new name."""
    others = tuple(one for one in draft.knowledge if one.blob.name in {name} or one.blob.name != changed.blob.name)
    knowledge = tuple(changed if one.blob.name == name else one for one in others)
    gold = tuple(
        one.model_copy(update={"document": changed.blob.name}) if one.document == name else one for one in draft.gold
    )
    return draft.model_copy(update={"knowledge": knowledge, "gold": gold})


def with_document_title(draft: ChatbotDraft, name: str, title: str) -> ChatbotDraft:
    """The draft where the document of file `name` is called otherwise; its file keeps its name."""
    found = next(one for one in draft.knowledge if one.blob.name == name)
    return with_document_at(draft, name, found.model_copy(update={"title": " ".join(title.split())[:200]}))


def without_document(draft: ChatbotDraft, name: str) -> ChatbotDraft:
    """The draft that no longer knows the document of file `name`."""
    kept = tuple(document for document in draft.knowledge if document.blob.name != name)
    return draft.model_copy(update={"knowledge": kept})


def with_decisions_of(before: ChatbotDraft, after: ChatbotDraft, facts: AvatarFacts) -> ChatbotDraft:
    """The draft with a new avatar, `after`, and what was decided about the one before.

    The licence stays only with the same avatar exported again: somebody else's has another.
    """
    matching = matched(before.acting, facts)
    kept = with_acting(after, carried_over(before.acting, after.acting, facts, matching))
    if before.avatar is None or after.avatar is None or not matching.same_avatar:
        return kept
    credits = {"licence": before.avatar.licence, "credit": before.avatar.credit or after.avatar.credit}
    return kept.model_copy(update={"avatar": after.avatar.model_copy(update=credits)})
