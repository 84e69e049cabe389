"""Clip health: what is told, what a fix changes, and that it helps; the designer's file is never touched."""

import numpy as np
import pytest

from shared.contract.acting import ActingMap, ClipSettings, Role, RoleClip
from shared.contract.avatar import RoleProposal
from shared.glb import Glb, inspect, read_glb
from shared.glb.health import CORE_ROLES, Ailment, clip_health, file_findings, fixed
from shared.glb.transforms import Floats
from tests.shared.glb.building import GlbBuilder

Keys = tuple[list[float], list[list[float]]]
HELD: Keys = ([0, 1], [[1.5, 0, 0], [1.5, 0, 0]])


def body_glb(**hands: Keys) -> Glb:
    """A body 2 units high whose hand rests at x = 1; each clip moves the hand, and by "hips" in its name the whole."""
    make = GlbBuilder()
    make.node(name="Hips", children=[1])
    make.node(name="Hand", translation=[1, 0, 0])
    make.node(name="Body", mesh=_skinned(make), skin=0)
    make.document["skins"] = [{"joints": [0, 1]}]
    make.document["scenes"] = [{"nodes": [0, 2]}]
    for name, (times, places) in hands.items():
        moved = 0 if "hips" in name else 1
        keys = make.floats(times, "SCALAR"), make.floats(places, "VEC3")
        make.clip(name.replace("hips", ""), (moved, "translation", "LINEAR", *keys))
    return read_glb(make.glb())


def _skinned(make: GlbBuilder) -> int:
    corners: Floats = np.array([[0, 0, 0], [1, 0, 0], [0, 2, 0]], np.float64)
    joints = make.accessor(np.array([[0, 0, 0, 0], [1, 0, 0, 0], [0, 0, 0, 0]], np.uint8), "VEC4")
    weights = make.floats([[1, 0, 0, 0]] * 3, "VEC4")
    attributes = {"POSITION": make.floats(corners, "VEC3"), "JOINTS_0": joints, "WEIGHTS_0": weights}
    make.document["meshes"].append({"primitives": [{"attributes": attributes}]})
    return len(make.document["meshes"]) - 1


def acting(glb: Glb, roles: dict[Role, tuple[str, ...]], **settings: dict[str, object]) -> ActingMap:
    made = {role: tuple(RoleClip(clip=clip) for clip in clips) for role, clips in roles.items()}
    clips = {
        clip.name: ClipSettings.model_validate(
            {
                "duration": clip.seconds,
                "active_start": clip.active_start,
                "active_end": clip.active_end,
                **settings.get(clip.name, {}),
            }
        )
        for clip in inspect(glb).clips
    }
    return ActingMap(roles=made, clips=clips)


def told(glb: Glb, acting: ActingMap, code: str, proposals: tuple[RoleProposal, ...] = ()) -> list[Ailment]:
    return [one for one in clip_health(glb, inspect(glb), acting, proposals) if one.code == code]


def test_stillness_before_and_after_a_gesture_is_trimmed_away() -> None:
    swing = [[1.0, 0, 0]] * 2 + [[1, 1, 0]] + [[1.0, 0, 0]] * 2
    glb = body_glb(Idle=HELD, Wave=([0, 1, 1.5, 2, 3], swing))
    map_ = acting(glb, {"idle": ("Idle",), "greet": ("Wave",)})

    [ailment] = told(glb, map_, "lead_in")
    after = fixed(map_, ailment)

    assert ailment.clip == "Wave"
    assert "1.0 s before it moves and 1.0 s after" in ailment.sentence
    assert after.clips["Wave"].trim
    assert after.clips["Wave"].active_start == pytest.approx(0.9, abs=0.05)
    assert after.clips["Wave"].active_end == pytest.approx(2.1, abs=0.05)
    assert told(glb, after, "lead_in") == []


def test_who_moves_slowly_does_not_stand_still() -> None:
    glb = body_glb(Idle=HELD, Shift=([0, 2, 4], [[1, 0, 0], [1.2, 0, 0], [1, 0, 0]]))

    assert told(glb, acting(glb, {"idle": ("Idle",), "idle_variant": ("Shift",)}), "lead_in") == []


def test_an_open_loop_is_closed_by_the_part_that_closes() -> None:
    # Up and down within two seconds, and then somewhere else.
    glb = body_glb(Idle=([0, 1, 2, 2.5], [[1, 0, 0], [1, 1, 0], [1, 0, 0], [1, 0, 1]]))
    map_ = acting(glb, {"idle": ("Idle",)})

    [ailment] = told(glb, map_, "loop_open")
    after = fixed(map_, ailment)

    assert "50%" in ailment.sentence
    assert (after.clips["Idle"].active_start, after.clips["Idle"].active_end) == pytest.approx((0, 2), abs=0.1)
    assert told(glb, after, "loop_open") == []


def test_a_loop_that_walks_away_is_kept_in_place() -> None:
    glb = body_glb(hipsIdle=([0, 1, 2], [[0, 0, 0], [0.5, 0.1, 0], [1, 0, 0]]))
    map_ = acting(glb, {"idle": ("Idle",)})

    [drift], [seam] = told(glb, map_, "root_drift"), told(glb, map_, "loop_open")
    after = fixed(map_, seam)

    assert drift.severity == "warning"
    assert drift.fix == seam.fix
    assert after.clips["Idle"].lock_root
    assert told(glb, after, "root_drift") == told(glb, after, "loop_open") == []


def test_a_repeated_gesture_that_cannot_close_is_played_once() -> None:
    glb = body_glb(Idle=HELD, Reach=([0, 2], [[1, 0, 0], [1, 2, 0]]))
    map_ = acting(glb, {"idle": ("Idle",), "present": ("Reach",)}, Reach={"loop": True})

    [ailment] = told(glb, map_, "loop_open")

    assert not fixed(map_, ailment).clips["Reach"].loop
    assert told(glb, fixed(map_, ailment), "loop_open") == []


def test_a_posture_that_cannot_loop_leaves_its_role_to_one_that_can() -> None:
    glb = body_glb(Idle=HELD, Standing=([0, 2], [[1, 0, 0], [1, 2, 0]]))
    map_ = acting(glb, {"idle": ("Idle", "Standing")}, Standing={"loop": True})

    [ailment] = told(glb, map_, "loop_open")

    assert [one.clip for one in fixed(map_, ailment).roles["idle"]] == ["Idle"]


def test_a_flash_of_the_bind_pose_is_begun_later_or_faded_in_slowly() -> None:
    rise = [[1.0, 0.0, 0.0], [1.5, 1.0, 0.0], [1.0, 0.0, 0.0]]
    still = [[1.0, 0.0, 0.0], [1.0, 0.0, 0.0], [1.0, 1.0, 0.0]]
    glb = body_glb(Idle=([0, 1], [[1, 2, 0], [1, 2, 0]]), Wave=([0, 1, 2], rise), Late=([0, 1.9, 2], still))
    map_ = acting(glb, {"idle": ("Idle",), "greet": ("Wave", "Late")})

    ailments = {one.clip: one for one in told(glb, map_, "starts_in_bind_pose")}
    begun, slow = fixed(map_, ailments["Wave"]).clips["Wave"], fixed(map_, ailments["Late"]).clips["Late"]

    assert begun.trim
    assert 0 < begun.active_start < 0.7
    assert slow.fade_in_seconds == 0.7
    assert told(glb, fixed(fixed(map_, ailments["Wave"]), ailments["Late"]), "starts_in_bind_pose") == []


def test_hidden_clips_are_healthy() -> None:
    glb = body_glb(Idle=([0, 1], [[1, 0, 0], [1, 2, 0]]))
    map_ = acting(glb, {"idle": ("Idle",)}, Idle={"hidden": True})

    assert [one.code for one in clip_health(glb, inspect(glb), map_) if one.code != "role_missing"] == []


def test_a_missing_role_says_what_happens_instead_and_offers_a_clip() -> None:
    glb = body_glb(Idle=HELD)
    offer = RoleProposal(role="greet", clip="Idle", confidence=0.5, source="motion")

    missing = {one.role: one for one in told(glb, acting(glb, {"idle": ("Idle",)}), "role_missing", (offer,))}
    greets = fixed(acting(glb, {"idle": ("Idle",)}), missing["greet"])

    assert set(missing) == set(CORE_ROLES) - {"idle"}
    assert missing["listening"].fix is None
    assert "nods" in missing["greet"].sentence
    assert greets.roles["greet"] == (RoleClip(clip="Idle"),)


def test_what_nothing_of_ours_can_mend_has_no_fix() -> None:
    make = GlbBuilder()
    make.node(name="shown", mesh=make.triangle())
    make.node(name="astray")
    times, places = make.floats([0, 1], "SCALAR"), make.floats([[0, 0, 0], [0, 0, 0]], "VEC3")
    for _ in range(2):
        make.clip("Twice", (0, "translation", "LINEAR", times, places), (1, "scale", "LINEAR", times, places))
    glb = read_glb(make.glb())

    found = {one.code: one for one in clip_health(glb, inspect(glb), ActingMap())}

    assert found["clip_name_twice"].fix is None
    assert found["tracks_unbound"].fix is None
    assert fixed(ActingMap(), found["tracks_unbound"]) == ActingMap()
    codes = {finding.code for finding in file_findings(inspect(glb).findings)}
    assert codes.isdisjoint(found)


def test_a_mirror_without_sides_is_told() -> None:
    glb = body_glb(Idle=HELD, Wave=([0, 1, 2], [[1, 0, 0], [1, 1, 0], [1, 0, 0]]))
    map_ = acting(glb, {"idle": ("Idle",), "greet": ("Wave",)}, Wave={"mirror": True})

    [ailment] = told(glb, map_, "mirror_without_pairs")

    assert not fixed(map_, ailment).clips["Wave"].mirror
