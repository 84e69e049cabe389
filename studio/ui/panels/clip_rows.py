"""What the shelves show of every clip, read off the map, and which of them a filter lets through."""

from shared.acting.vocabulary import POSTURES
from shared.contract.avatar import AvatarFacts
from shared.contract.chatbot import ChatbotDraft
from studio.model.acting_edits import settings_of
from studio.model.checklist import role_title
from studio.ui.parts.clip_list import ClipRow


def fits(one: ClipRow, key: str) -> bool:
    """Whether a clip is among those that a filter shows."""
    postures = {role_title(role) for role in POSTURES}
    if key == "free":
        return not one.roles
    if key == "posture":
        return bool(postures & set(one.roles))
    if key == "gesture":
        return bool(set(one.roles) - postures)
    return bool(one.ailment) if key == "ill" else True


def shelf_rows(facts: AvatarFacts, draft: ChatbotDraft, ailments: dict[str, str]) -> tuple[ClipRow, ...]:
    """All clips with what the map says of them; those with a role first, hidden ones last."""
    roles: dict[str, list[str]] = {}
    for role, entries in draft.acting.roles.items():
        for entry in entries:
            roles.setdefault(entry.clip, []).append(role_title(role))
    made = []
    for one in facts.clips:
        settings = settings_of(draft.acting, one)
        end = one.seconds if settings.active_end is None else settings.active_end
        window = (settings.active_start, end)
        played, wrong = tuple(roles.get(one.name, ())), ailments.get(one.name, "")
        made.append(ClipRow(one.name, one.seconds, played, settings.hidden, window, one.mean_speed, wrong))
    return tuple(sorted(made, key=lambda row: (row.hidden, not row.roles, row.name.lower())))
