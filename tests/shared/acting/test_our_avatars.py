"""The avatars that come with Troupe fill the roles by name, and their raised hands are seen without one."""

from pathlib import Path

import pytest

from shared.acting.mapping import build_map, propose_roles
from shared.contract.acting import EMOTIONS, Role
from shared.glb import inspect, read_glb
from shared.glb.face import propose_face

AVATARS = Path(__file__).resolve().parents[3] / "packaging" / "avatars"
NEEDED: set[Role] = {
    "idle", "idle_variant", "listening", "thinking", "talking", "greet", "goodbye", "nod", "shake_head", "shrug",
    "present", "approve", "thank", "celebrate", "laugh", "sad", "surprised", "confused", "shy",
}  # fmt: skip


@pytest.mark.parametrize("name", ["mira", "pip"])
def test_our_avatars_play_every_common_role_and_emotion(name: str) -> None:
    glb = read_glb(AVATARS / f"{name}.glb")

    acting = build_map(inspect(glb), propose_face(glb))

    assert set(acting.roles) >= NEEDED
    assert all(acting.emotions[emotion].morphs for emotion in EMOTIONS if emotion != "neutral")
    assert all(choice.confidence >= 0.7 for choices in acting.roles.values() for choice in choices)


@pytest.mark.parametrize("name", ["mira", "pip"])
def test_without_names_motions_propose_their_roles(name: str) -> None:
    clips = {clip.name: clip for clip in inspect(read_glb(AVATARS / f"{name}.glb")).clips}

    def by_motion(clip: str) -> tuple[str, float]:
        [proposal] = propose_roles([clips[clip].model_copy(update={"name": "Take 001"})])
        return proposal.role, proposal.confidence

    assert by_motion("Wave") == ("greet", 0.5)
    assert by_motion("Celebrate") == ("celebrate", 0.5)
    assert by_motion("Idle") == ("idle", 0.5)
    assert by_motion("Nod_Yes") == ("nod", 0.5)
    assert by_motion("Shake_Head_No") == ("shake_head", 0.5)
    assert by_motion("Thank_You_Bow") == ("thank", 0.5)
    assert by_motion("Sad") == ("sad", 0.5)
    assert by_motion("Idle_LookAround") == ("idle_variant", 0.5)
    assert by_motion("Point_There") == ("present", 0.5)
