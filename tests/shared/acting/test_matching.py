"""A re-export under other names keeps every decision: clips are known again by how they move."""

from collections.abc import Callable, Mapping

import numpy as np
import pytest

from shared.acting.mapping import build_map
from shared.acting.matching import CERTAIN, LIKE, Matching, carried_over, matched
from shared.contract.acting import ActingMap, ClipSettings, CueRule, EmotionFace, FaceRig, RoleClip
from shared.contract.avatar import AvatarFacts
from shared.glb import inspect, read_glb
from shared.glb.prints import motion_gap
from shared.glb.transforms import Floats
from tests.shared.glb.building import GlbBuilder
from tests.shared.glb.parity.reference import OWN_AVATARS

Motion = Callable[[Floats], Floats]
"""Where the right hand is, (T, 3), at shares of the clip, (T,)."""


def swing(x: float, y: float, rounds: float) -> Motion:
    """A hand that goes out and back so many times."""

    def at(share: Floats) -> Floats:
        out = np.sin(share * rounds * np.pi) ** 2
        return np.stack([-0.5 - x * out, 1 + y * out, 0 * out], axis=-1)

    return at


WAVE, POINT, SHRUG = swing(0.2, 0.8, 3), swing(0.9, 0.2, 1), swing(0.1, 0.25, 1)
STILL = swing(0.0, 0.01, 1)


def exported(clips: Mapping[str, tuple[Motion, float]], rate: float = 30, late_frames: int = 0) -> AvatarFacts:
    """An avatar with these clips, (motion, seconds), as an exporter samples them.

    Args:
        late_frames: frames that the export leaves out at the beginning.
    """
    make = GlbBuilder()
    make.node(name="Hips", children=[1, 2, 3])
    make.node(name="Head", translation=[0, 1.6, 0])
    make.node(name="Hand.L", translation=[0.5, 1, 0])
    make.node(name="Hand.R", translation=[-0.5, 1, 0])
    make.node(name="Body", mesh=make.triangle(), scale=[1, 2, 1])
    make.document["scenes"] = [{"nodes": [0, 4]}]
    for name, (motion, seconds) in clips.items():
        times = np.arange(late_frames, round(seconds * rate) + 1) / rate
        keys = make.floats(times - times[0], "SCALAR"), make.floats(motion(times / seconds), "VEC3")
        make.clip(name, (3, "translation", "LINEAR", *keys))
    return inspect(read_glb(make.glb()))


BEFORE = {"Idle": (STILL, 2.0), "Wave": (WAVE, 2.0), "Point": (POINT, 1.5), "Shrug": (SHRUG, 1.2)}


def fates(found: Matching) -> dict[str, tuple[str, str]]:
    return {pair.before: (pair.after, pair.fate) for pair in found.pairs}


def test_renamed_clips_are_found_by_their_motion() -> None:
    again = {"Armature|Rest": BEFORE["Idle"], "Gruß": BEFORE["Wave"], "Zeigen": BEFORE["Point"], "X": BEFORE["Shrug"]}

    found = matched(exported(BEFORE), exported(again))

    assert found.names == {"Idle": "Armature|Rest", "Wave": "Gruß", "Point": "Zeigen", "Shrug": "X"}
    assert len(found.of_fate("renamed")) == 4
    assert found.gone == found.new == ()


@pytest.mark.parametrize(("rate", "late"), [(24, 0), (60, 0), (30, 1), (25, 1)])
def test_names_and_sampling_may_both_be_new(rate: float, late: int) -> None:
    again = {f"Clip {number}": clip for number, clip in enumerate(BEFORE.values())}

    found = matched(exported(BEFORE), exported(again, rate, late))

    assert list(found.names.values()) == ["Clip 0", "Clip 1", "Clip 2", "Clip 3"]
    assert found.gone == found.new == ()


def test_a_clip_that_takes_another_time_is_the_same_motion() -> None:
    slower = {**BEFORE, "Wave": (WAVE, 2.5)}

    found = matched(exported(BEFORE), exported(slower))

    assert {name: fate for name, (_, fate) in fates(found).items()} == dict.fromkeys(BEFORE, "same")
    assert [pair.after for pair in found.pairs if pair.retimed] == ["Wave"]
    assert not found.unchanged
    assert matched(exported(BEFORE), exported(BEFORE)).unchanged


def test_removed_and_added_clips_are_told() -> None:
    again = {"Idle": BEFORE["Idle"], "Winken": BEFORE["Wave"], "Bow": (swing(-0.6, -0.7, 1), 1.4)}

    found = matched(exported(BEFORE), exported(again))

    assert fates(found) == {"Idle": ("Idle", "same"), "Wave": ("Winken", "renamed")}
    assert found.gone == ("Point", "Shrug")
    assert found.new == ("Bow",)


def test_a_clip_under_its_old_name_that_moves_otherwise_has_changed() -> None:
    found = matched(exported(BEFORE), exported({**BEFORE, "Wave": (swing(0.7, -0.5, 2), 2.0)}))

    assert fates(found)["Wave"] == ("Wave", "changed")
    assert found.gone == found.new == ()


def test_exchanged_names_follow_the_motion() -> None:
    found = matched(exported(BEFORE), exported({**BEFORE, "Wave": BEFORE["Point"], "Point": BEFORE["Wave"]}))

    assert (found.names["Wave"], found.names["Point"]) == ("Point", "Wave")


def test_two_clips_of_one_motion_keep_their_names_else_their_order() -> None:
    twins = {"Talk A": (POINT, 1.5), "Talk B": (POINT, 1.5)}

    kept = matched(exported(twins), exported({"Talk B": (POINT, 1.5), "Talk A": (POINT, 1.5)}))
    numbered = matched(exported(twins), exported({"Action": (POINT, 1.5), "Action.001": (POINT, 1.5)}))
    half = matched(exported(twins), exported({"Talk B": (POINT, 1.5), "Other": (POINT, 1.5)}))

    assert kept.names == {"Talk A": "Talk A", "Talk B": "Talk B"}
    assert numbered.names == {"Talk A": "Action", "Talk B": "Action.001"}
    assert half.names == {"Talk A": "Other", "Talk B": "Talk B"}


def test_old_fingerprints_without_a_vector_still_match_by_name_and_hash() -> None:
    facts = exported(BEFORE)
    old = ActingMap(
        clips={
            clip.name: ClipSettings(duration=clip.seconds, fingerprint="-".join(clip.fingerprint.split("-")[:3]))
            for clip in facts.clips
        }
    )

    found = matched(old, exported({"Idle": BEFORE["Idle"], "Winken": BEFORE["Wave"]}))

    assert found.names == {"Idle": "Idle", "Wave": "Winken"}


def test_damaged_fingerprints_say_nothing() -> None:
    assert motion_gap("", "") is None
    assert motion_gap("1.00s-3t-abc-!!!", "1.00s-3t-abd-AAAA") is None
    assert motion_gap("f", "f") == 0.0


@pytest.mark.parametrize("name", ["mira", "pip"])
def test_clips_of_our_avatars_are_further_apart_than_exports_of_one(name: str) -> None:
    clips = inspect(read_glb(OWN_AVATARS / f"{name}.glb")).clips

    gaps = [motion_gap(a.fingerprint, b.fingerprint) for n, a in enumerate(clips) for b in clips[n + 1 :]]

    assert all(gap is not None and gap > LIKE > CERTAIN for gap in gaps)
    assert max(len(clip.fingerprint) for clip in clips) < 160


def decided() -> ActingMap:
    """What a designer made of the avatar of BEFORE."""
    fresh = build_map(exported(BEFORE), FaceRig())
    wave = fresh.clips["Wave"].model_copy(
        update={"speed": 1.5, "trim": True, "active_start": 0.5, "active_end": 1.5, "licence": "CC0", "mirror": True}
    )
    return fresh.model_copy(
        update={
            "roles": {
                "idle": (RoleClip(clip="Idle", weight=2.0, emotion="happy"),),
                "celebrate": (RoleClip(clip="Wave", weight=3.0), RoleClip(clip="Shrug")),
            },
            "clips": {**fresh.clips, "Wave": wave},
            "emotions": {
                "excited": EmotionFace(role="celebrate", clip="Wave", minimum_intensity=0.8),
                "sad": EmotionFace(morphs={"frown": 0.4}, clip="Point"),
            },
            "rules": (
                CueRule(words="hello", clip="Wave", role="celebrate"),
                CueRule(words="there", clip="Point", role="present"),
                CueRule(words="quiet", suppress=True),
            ),
            "preset": "cartoon",
            "snappiness": 1.4,
            "front": "-Z",
        }
    )


def reexported(clips: Mapping[str, tuple[Motion, float]]) -> ActingMap:
    facts = exported(clips)
    return carried_over(decided(), build_map(facts, FaceRig(head="Head")), facts)


def test_every_decision_survives_other_names() -> None:
    kept = reexported({"A": BEFORE["Idle"], "B": BEFORE["Wave"], "C": BEFORE["Shrug"]})

    assert kept.roles["idle"] == (RoleClip(clip="A", weight=2.0, emotion="happy"),)
    assert kept.roles["celebrate"] == (RoleClip(clip="B", weight=3.0), RoleClip(clip="C"))
    assert (kept.clips["B"].speed, kept.clips["B"].licence, kept.clips["B"].mirror) == (1.5, "CC0", True)
    assert (kept.clips["B"].active_start, kept.clips["B"].active_end) == (0.5, 1.5)
    assert kept.emotions["excited"] == EmotionFace(role="celebrate", clip="B", minimum_intensity=0.8)
    assert kept.rules == (
        CueRule(words="hello", clip="B", role="celebrate"),
        CueRule(words="there", clip=None, role="present"),
        CueRule(words="quiet", suppress=True),
    )
    assert (kept.preset, kept.snappiness, kept.front) == ("cartoon", 1.4, "-Z")
    assert kept.face == FaceRig(head="Head")
    assert set(kept.clips) == {"A", "B", "C"}


def test_a_role_that_was_taken_from_a_clip_does_not_come_back() -> None:
    kept = reexported({**BEFORE, "Bow": (swing(-0.6, -0.7, 1), 1.4)})

    # By its name the wave would greet again; the designer has it celebrate.
    assert "greet" not in kept.roles
    assert [one.clip for one in kept.roles["thank"]] == ["Bow"]


def test_a_window_moves_with_a_clip_that_takes_another_time() -> None:
    retimed = reexported({**BEFORE, "Wave": (WAVE, 4.0)}).clips["Wave"]
    changed = reexported({**BEFORE, "Wave": (swing(0.7, -0.5, 2), 2.0)}).clips["Wave"]

    assert (retimed.duration, retimed.active_start, retimed.active_end) == pytest.approx((4.0, 1.0, 3.0))
    assert (changed.active_start, changed.active_end) != (0.5, 1.5)
    assert changed.speed == 1.5


def test_a_face_whose_targets_have_gone_takes_the_new_ones() -> None:
    facts = exported(BEFORE).model_copy(update={"morph_targets": ("mouthFrown", "browInnerUp")})
    fresh = build_map(facts, FaceRig())

    kept = carried_over(decided(), fresh, facts)

    assert kept.emotions["sad"].morphs == fresh.emotions["sad"].morphs != {}
    assert kept.emotions["sad"].clip == "Point"


def test_an_idle_that_has_gone_leaves_another() -> None:
    kept = reexported({"Wave": BEFORE["Wave"], "Breathing": (swing(0.0, 0.05, 2), 3.0)})

    assert [one.clip for one in kept.roles["idle"]] == ["Breathing"]


def test_the_same_avatar_is_told_from_another() -> None:
    renamed = {f"Clip {number}": clip for number, clip in enumerate(BEFORE.values())}
    other = {"Idle": (swing(0.5, -0.5, 2), 2.0), "Wave": (swing(-0.7, 0.7, 1), 2.0), "Bow": BEFORE["Shrug"]}

    assert matched(exported(BEFORE), exported(renamed)).same_avatar
    assert not matched(exported(BEFORE), exported(other)).same_avatar
    assert not matched(AvatarFacts(), exported(BEFORE)).same_avatar
