"""A draft whose avatar was exported again: its acting and its licence stay, those of another avatar do not."""

import pytest

from shared.contract.acting import ActingMap, ClipSettings, RoleClip
from shared.contract.avatar import AvatarFacts, ClipFacts
from shared.contract.chatbot import AvatarRef, BlobRef, ChatbotDraft
from studio.model.edits import with_decisions_of


def facts(**fingerprints: str) -> AvatarFacts:
    return AvatarFacts(
        clips=tuple(
            ClipFacts(
                name=name, seconds=2, tracks=3, active_start=0, active_end=2, mean_speed=0.4, seam_error=0,
                root_drift=0, fingerprint=f"2.00s-3t-{motion}",
            )
            for name, motion in fingerprints.items()
        )
    )  # fmt: skip


def drafted(acting: ActingMap, **avatar: str) -> ChatbotDraft:
    glb = BlobRef(name="a.glb", sha256="0" * 64, bytes=4, media_type="model/gltf-binary")
    return ChatbotDraft(name="Mira", avatar=AvatarRef(glb=glb, **avatar), acting=acting)


@pytest.mark.parametrize(
    ("motion", "licence", "greets"), [("aaa", "CC0", ("Hello there",)), ("bbb", "", ())], ids=["again", "another"]
)
def test_a_licence_stays_with_the_avatar_it_was_given_to(motion: str, licence: str, greets: tuple[str, ...]) -> None:
    settings = ClipSettings(duration=2, fingerprint="2.00s-3t-aaa")
    before = drafted(
        ActingMap(roles={"greet": (RoleClip(clip="Wave"),)}, clips={"Wave": settings}), licence="CC0", credit="Kay"
    )
    now = facts(**{"Hello there": motion})
    after = drafted(ActingMap(clips={"Hello there": ClipSettings(duration=2)}), credit="Somebody")

    kept = with_decisions_of(before, after, now)

    assert kept.avatar is not None
    assert kept.avatar.licence == licence
    assert kept.avatar.credit == ("Kay" if licence else "Somebody")
    assert tuple(one.clip for one in kept.acting.roles.get("greet", ())) == greets
