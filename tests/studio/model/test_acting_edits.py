"""Edits of the acting map: each changes what it says, and nothing else."""

import pytest

from shared.contract.acting import ActingMap, ClipSettings, EmotionFace, Role, RoleClip
from shared.contract.avatar import ClipFacts
from shared.contract.chatbot import ChatbotDraft
from studio.model import acting_edits as edits

GUESS = RoleClip(clip="Wave", confidence=0.5, source="motion", weight=2.0)
FACTS = ClipFacts(
    name="Wave", seconds=2.0, tracks=9, active_start=0.4, active_end=1.6, mean_speed=0.5, seam_error=0.0,
    root_drift=0.0, fingerprint="f",
)  # fmt: skip


@pytest.fixture
def draft() -> ChatbotDraft:
    """Three clips greet, one thanks, one has a face."""
    roles: dict[Role, tuple[RoleClip, ...]] = {
        "greet": (RoleClip(clip="Hi"), GUESS, RoleClip(clip="Hello")),
        "thank": (RoleClip(clip="Bow"),),
    }
    acting = ActingMap(roles=roles, emotions={"happy": EmotionFace(morphs={"smile": 0.8}, role="nod")})
    return ChatbotDraft(acting=acting)


def clips(draft: ChatbotDraft, role: Role) -> list[str]:
    """Names of a role's clips, in order."""
    return [entry.clip for entry in draft.acting.roles.get(role, ())]


@pytest.mark.parametrize(
    ("place", "order"),
    [(0, ["Wave", "Hi", "Hello"]), (1, ["Hi", "Wave", "Hello"]), (3, ["Hi", "Hello", "Wave"])],
)
def test_a_clip_moves_within_its_role_as_it_is(draft: ChatbotDraft, place: int, order: list[str]) -> None:
    after = edits.with_role_clip_moved(draft, "greet", "greet", "Wave", place)

    assert clips(after, "greet") == order
    assert edits.entry_of(after, "greet", "Wave") == GUESS


def test_a_clip_that_moves_to_another_role_is_the_designers_choice(draft: ChatbotDraft) -> None:
    after = edits.with_role_clip_moved(draft, "greet", "thank", "Wave", 0)

    assert clips(after, "greet") == ["Hi", "Hello"]
    assert clips(after, "thank") == ["Wave", "Bow"]
    assert edits.entry_of(after, "thank", "Wave") == RoleClip(clip="Wave")


def test_the_last_clip_that_leaves_takes_the_role_along(draft: ChatbotDraft) -> None:
    after = edits.with_role_clip_moved(draft, "thank", "greet", "Bow", 9)

    assert "thank" not in after.acting.roles
    assert clips(after, "greet")[-1] == "Bow"


def test_accepting_keeps_weight_and_place_and_takes_proposals_in(draft: ChatbotDraft) -> None:
    after = edits.with_accepted(draft, [("greet", "Wave"), ("shrug", "Dunno")])

    wave = edits.entry_of(after, "greet", "Wave")
    assert wave == GUESS.model_copy(update={"confidence": 1.0, "source": "designer"})
    assert clips(after, "greet") == ["Hi", "Wave", "Hello"]
    assert clips(after, "shrug") == ["Dunno"]


def test_shares_add_up(draft: ChatbotDraft) -> None:
    found = edits.shares(draft.acting.roles["greet"])

    assert found == {"Hi": 0.25, "Wave": 0.5, "Hello": 0.25}


@pytest.mark.parametrize(
    ("asked", "kept"), [((0.5, 1.0), (0.5, 1.0)), ((-1.0, 9.0), (0.0, 2.0)), ((1.5, 1.2), (1.15, 1.2))]
)
def test_a_window_stays_inside_the_clip_and_open(
    draft: ChatbotDraft, asked: tuple[float, float], kept: tuple[float, float]
) -> None:
    settings = edits.with_window(draft, FACTS, *asked).acting.clips["Wave"]

    assert (settings.active_start, settings.active_end) == pytest.approx(kept)
    assert settings.fingerprint == "f"


def test_reset_forgets_how_it_is_played_and_keeps_what_is_no_matter_of_measuring(draft: ChatbotDraft) -> None:
    changed = edits.with_settings_changed(draft, FACTS, speed=2.0, mirror=True, hidden=True, licence="CC0")
    after = edits.with_settings_measured(changed, FACTS, loop=True).acting.clips["Wave"]

    assert changed.acting.clips["Wave"].speed == 2.0
    measured = ClipSettings(duration=2.0, active_start=0.4, active_end=1.6, loop=True, fingerprint="f")
    assert after == measured.model_copy(update={"hidden": True, "licence": "CC0"})


def test_a_settings_field_that_does_not_fit_is_refused(draft: ChatbotDraft) -> None:
    with pytest.raises(ValueError, match="speed"):
        edits.with_settings_changed(draft, FACTS, speed=9.0)


def test_morphs_come_change_and_go(draft: ChatbotDraft) -> None:
    after = edits.with_morph(draft, "happy", "browUp", 0.5)
    gone = edits.with_morph(after, "happy", "smile", None)

    assert after.acting.emotions["happy"].morphs == {"smile": 0.8, "browUp": 0.5}
    assert gone.acting.emotions["happy"] == EmotionFace(morphs={"browUp": 0.5}, role="nod")
