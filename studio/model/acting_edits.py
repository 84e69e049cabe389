"""Pure edits of the acting map: a draft in, the changed draft out. Which clips there are is for the caller to know."""

from collections.abc import Iterable, Mapping

from shared.contract.acting import ActingMap, ClipSettings, Emotion, EmotionFace, Role, RoleClip
from shared.contract.avatar import AvatarFacts, ClipFacts
from shared.contract.chatbot import ChatbotDraft
from shared.glb.health import Ailment, fixed
from studio.model.edits import with_acting, with_clip_settings, with_emotion, with_role_clips

MOODED_ROLES: tuple[Role, ...] = ("idle", "listening", "thinking", "talking")
"""Loops of which one may be for a mood; a gesture's mood is its role."""
LEAST_WEIGHT, MOST_WEIGHT = 0.1, 5.0
LEAST_WINDOW_SECONDS = 0.05


def entry_of(draft: ChatbotDraft, role: Role, clip: str) -> RoleClip | None:
    """What the map says of a clip in a role; None when it does not play it."""
    return next((entry for entry in draft.acting.roles.get(role, ()) if entry.clip == clip), None)


def with_role_clip_at(draft: ChatbotDraft, role: Role, clip: str, place: int) -> ChatbotDraft:
    """The draft where `clip` plays `role` in this place of the list; one that is there already moves, as it is."""
    entries = draft.acting.roles.get(role, ())
    moved = entry_of(draft, role, clip) or RoleClip(clip=clip)
    before = [entry for entry in entries[:place] if entry.clip != clip]
    after = [entry for entry in entries[place:] if entry.clip != clip]
    return with_role_clips(draft, role, (*before, moved, *after))


def with_role_clip_moved(draft: ChatbotDraft, old: Role, role: Role, clip: str, place: int) -> ChatbotDraft:
    """The draft where a clip has gone from one role to a place in another; the choice is the designer's from then."""
    if old == role:
        return with_role_clip_at(draft, role, clip, place)
    kept = (entry for entry in draft.acting.roles.get(old, ()) if entry.clip != clip)
    return with_role_clip_at(with_role_clips(draft, old, kept), role, clip, place)


def with_role_clip_fields(draft: ChatbotDraft, role: Role, clip: str, **fields: object) -> ChatbotDraft:
    """The draft where a clip in a role has other fields, checked.

    Raises: pydantic.ValidationError: a field does not fit the contract.
    """
    entries = draft.acting.roles.get(role, ())
    changed = (
        RoleClip.model_validate({**entry.model_dump(), **fields}) if entry.clip == clip else entry for entry in entries
    )
    return with_role_clips(draft, role, changed)


def with_accepted(draft: ChatbotDraft, choices: Iterable[tuple[Role, str]]) -> ChatbotDraft:
    """The draft where the designer agreed to clips in roles: from now on they are the designer's choice."""
    for role, clip in choices:
        if entry_of(draft, role, clip) is None:
            draft = with_role_clip_at(draft, role, clip, len(draft.acting.roles.get(role, ())))
        draft = with_role_clip_fields(draft, role, clip, confidence=1.0, source="designer")
    return draft


def shares(entries: Iterable[RoleClip]) -> dict[str, float]:
    """How often each clip of a role is chosen, adding up to 1."""
    weights = {entry.clip: entry.weight for entry in entries}
    total = sum(weights.values())
    return {clip: weight / total for clip, weight in weights.items()}


def settings_of(acting: ActingMap, facts: ClipFacts) -> ClipSettings:
    """How a clip is played; as measured where the map says nothing."""
    return acting.clips.get(facts.name) or measured_settings(facts)


def measured_settings(facts: ClipFacts, *, loop: bool = False) -> ClipSettings:
    """The settings that measuring gives a clip."""
    return ClipSettings(
        duration=facts.seconds,
        active_start=facts.active_start,
        active_end=facts.active_end,
        loop=loop,
        fingerprint=facts.fingerprint,
    )


def with_settings_changed(draft: ChatbotDraft, facts: ClipFacts, **fields: object) -> ChatbotDraft:
    """The draft where one clip is played otherwise, checked.

    Raises: pydantic.ValidationError: a field does not fit the contract.
    """
    before = settings_of(draft.acting, facts)
    changed = ClipSettings.model_validate({**before.model_dump(), **fields})
    return with_clip_settings(draft, facts.name, changed)


def with_window(draft: ChatbotDraft, facts: ClipFacts, start: float, end: float) -> ChatbotDraft:
    """The draft where a clip's active window is another; it stays inside the clip, and never closes."""
    end = min(max(end, LEAST_WINDOW_SECONDS), facts.seconds)
    start = min(max(start, 0.0), max(end - LEAST_WINDOW_SECONDS, 0.0))
    return with_settings_changed(draft, facts, active_start=start, active_end=end)


def with_settings_measured(draft: ChatbotDraft, facts: ClipFacts, *, loop: bool) -> ChatbotDraft:
    """The draft where a clip is played as it was measured; whether it is hidden and its licence stay."""
    before = settings_of(draft.acting, facts)
    kept = {"hidden": before.hidden, "licence": before.licence}
    return with_clip_settings(draft, facts.name, measured_settings(facts, loop=loop).model_copy(update=kept))


def with_morph(draft: ChatbotDraft, emotion: Emotion, morph: str, weight: float | None) -> ChatbotDraft:
    """The draft where an emotion moves a morph target so far; None takes it out of the face."""
    face = draft.acting.emotions.get(emotion, EmotionFace())
    morphs = {**face.morphs, morph: weight or 0.0}
    if weight is None:
        del morphs[morph]
    return with_emotion(draft, emotion, face.model_copy(update={"morphs": morphs}))


def with_emotion_fields(draft: ChatbotDraft, emotion: Emotion, fields: Mapping[str, object]) -> ChatbotDraft:
    """The draft with some fields of an emotion's row replaced and checked.

    Raises: pydantic.ValidationError: a field does not fit the contract.
    """
    face = draft.acting.emotions.get(emotion, EmotionFace())
    return with_emotion(draft, emotion, EmotionFace.model_validate({**face.model_dump(), **fields}))


def with_acting_fields(draft: ChatbotDraft, fields: Mapping[str, object]) -> ChatbotDraft:
    """The draft with some fields of its acting map replaced and checked.

    Raises: pydantic.ValidationError: a field does not fit the contract.
    """
    return with_acting(draft, ActingMap.model_validate({**draft.acting.model_dump(), **fields}))


def clip_facts(facts: AvatarFacts, clip: str | None) -> ClipFacts | None:
    """What was measured of a clip; None when there is no such clip."""
    return next((one for one in facts.clips if one.name == clip), None)


def with_fixes(draft: ChatbotDraft, ailments: Iterable[Ailment]) -> ChatbotDraft:
    """The draft after the fixes of these ailments; of two that would set the same field of a clip, the first counts."""
    acting, taken = draft.acting, set[tuple[str, str]]()
    for ailment in ailments:
        fields = {(ailment.clip, name) for name in ailment.fix.settings} if ailment.fix else set()
        if not fields & taken:
            acting, taken = fixed(acting, ailment), taken | fields
    return with_acting(draft, acting)
